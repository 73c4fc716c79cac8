"""Asking an archive: exactly the rows that are meant, page by page, for hostile words too, and nothing but its folder."""

from __future__ import annotations

import csv
import io
import threading
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from loaders.archive import query
from loaders.archive.asking import MOST_PAGES, PAGE_ROWS, Asked, from_query, to_query
from loaders.archive.manifest import Manifest, file_of
from loaders.archive.query import OpenArchive
from loaders.archive.shape import ARCHIVE, SEARCHED
from loaders.errors import LoaderError
from loaders.search import found_in, parse_words
from tests.archive.newsroom import directly, page, rows

HOSTILE = (
    "'; drop table x; --",
    "\"); attach '/etc/passwd' as x; --",
    "%",
    "_",
    "\\",
    "(?:a+)+$",
    "[[:alpha:]]",
    "\x00",
    "\u202egnp.exe",
    "{rows}",
    "?",
    "$1",
)
WORDS = (
    "bridge",
    "BRIDGE",
    "ridge",
    '"the bridge"',
    '"the brid"',
    "café",
    "CAFE",
    "naïve rocket",
    "rocket-like",
    "朝鮮",
    "鮮",
    "speaker:fennimore",
    "speaker:bridge",
    "a.c",
    "(100%)",
    '"it\'s"',
    "“it’s”",
)
POSTS = (
    ("Bridge closed", "“The bridge is closed (100%),” said the mayor, Orla Fennimore."),
    (
        "Rockets over the café",
        "“It’s a naïve rocket-like thing,” said the mayor, Orla Fennimore. ABC News saw it.",
    ),
    (
        "朝鮮",
        "The talks on 朝鮮 go on, TASS said. Russian President Vladimir Putin arrived in Moscow on Tuesday.",
    ),
)
PAGES = {
    "a/bridge.html": page("Harbor Post", "2024-01-02", POSTS),
    "a/later.html": page("Harbor Post", "2024-03-02", POSTS[:1]),
    "b/times.html": page("Example Times", "2024-02-02", POSTS[1:]),
    "b/undated.html": page("", "someday", POSTS[:1]),
    "b/broken.html": "<html><body>no live blog</body></html>",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> OpenArchive:
    """An archive in a folder whose name needs care."""
    return OpenArchive(directly(tmp_path_factory.mktemp("it's [a] folder* of %") / "archive", PAGES))


def everything(archive: OpenArchive, table: str) -> pd.DataFrame:
    return rows(archive.folder, table)


# --- which rows ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ARCHIVE)
def test_without_filters_every_row_is_there(archive: OpenArchive, table: str) -> None:
    whole = everything(archive, table)
    assert archive.count(Asked(table)) == len(whole) == archive.tables(Asked())[table] > 0
    key = ARCHIVE[table].key
    assert set(archive.page(Asked(table))[key]) == set(whole[key])


@pytest.mark.parametrize(
    ("asked", "paths"),
    [
        (Asked("posts", outlets=("example-times",)), ["b/times.html"]),
        (Asked("posts", outlets=("example-times", "unknown")), ["b/times.html", "b/undated.html"]),
        (Asked("posts", since="2024-02"), ["a/later.html", "b/times.html"]),
        (Asked("posts", since="2024-02", until="2024-02"), ["b/times.html"]),
        (Asked("posts", until="2024-01"), ["a/bridge.html"]),
        (Asked("posts", since="unknown", until="unknown"), ["b/undated.html"]),
        (Asked("posts", outlets=("harbor-post",), until="2024-02", words="café"), ["a/bridge.html"]),
        (Asked("posts", since="2025-01"), []),
        (Asked("failures", words="posts"), ["b/broken.html"]),
        (Asked("documents", words="undated"), ["b/undated.html"]),
    ],
)
def test_outlets_months_and_words(archive: OpenArchive, asked: Asked, paths: list[str]) -> None:
    found = archive.page(asked)
    assert sorted(set(found["path"])) == paths
    assert archive.count(asked) == len(found)


@pytest.mark.parametrize("words", [*WORDS, *HOSTILE])
@pytest.mark.parametrize("table", ["posts", "quotes", "mentions"])
def test_words_find_what_the_search_of_every_other_page_finds(
    archive: OpenArchive, table: str, words: str
) -> None:
    whole = everything(archive, table)
    texts = ["\n".join(map(str, cells)) for cells in whole[list(SEARCHED[table])].itertuples(index=False)]
    speakers = list(whole["speaker"]) if "speaker" in whole else texts
    terms = parse_words(words)
    expected = [found_in(terms, text, speaker) for text, speaker in zip(texts, speakers, strict=True)]
    found = archive.page(Asked(table, words=words))
    assert set(found["row_id"]) == set(whole[expected]["row_id"])
    assert archive.count(Asked(table, words=words)) == sum(expected)


@pytest.mark.parametrize("is_descending", [False, True])
@pytest.mark.parametrize("table", ARCHIVE)
def test_every_column_can_be_sorted_by(archive: OpenArchive, table: str, is_descending: bool) -> None:
    for column in ARCHIVE[table].columns:
        found = archive.page(Asked(table, sort=column.name, is_descending=is_descending))
        known = [cell for cell in found[column.name] if not pd.isna(cell)]
        assert known == sorted(known, reverse=is_descending)
        assert len(found) == archive.count(Asked(table))


def test_pages_hold_each_row_once(archive: OpenArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "PAGE_ROWS", 2)
    total = archive.count(Asked("mentions"))
    pages = [archive.page(Asked("mentions", page=number, sort="form")) for number in range(1, total // 2 + 2)]
    keys = pd.concat(pages)["row_id"]
    assert keys.is_unique
    assert len(keys) == total


# --- one row ------------------------------------------------------------------------------------------------


def test_a_row_says_its_document_and_the_post_it_stands_in(archive: OpenArchive) -> None:
    for quote in archive.page(Asked("quotes")).to_dict("records"):
        row = archive.row(Asked("quotes", row=quote["row_id"]))
        assert row is not None
        document, post = archive.document(row), archive.post(row)
        assert document is not None
        assert post is not None
        assert document["path"] == quote["path"]
        start = post["start"]
        assert post["text"][quote["start"] - start : quote["end"] - start] == quote["quote"]


def test_a_row_that_is_not_there(archive: OpenArchive) -> None:
    for key in ("", "d-1/q-1", *HOSTILE):
        assert archive.row(Asked("quotes", row=key)) is None


def test_a_document_that_failed_has_no_post(archive: OpenArchive) -> None:
    failed = archive.page(Asked("failures")).to_dict("records")[0]
    assert archive.document(failed) is None
    assert archive.post(failed) is None


# --- CSV ----------------------------------------------------------------------------------------------------


def test_the_csv_has_exactly_what_is_asked_for(archive: OpenArchive) -> None:
    asked = Asked("quotes", words="bridge", sort="path", is_descending=True)
    lines = list(csv.DictReader(io.StringIO(b"".join(archive.csv(asked)).decode(), newline="")))
    found = archive.page(asked)
    assert [line["row_id"] for line in lines] == list(found["row_id"])
    assert [line["quote"] for line in lines] == list(found["quote"])
    assert list(lines[0]) == [column.name for column in ARCHIVE["quotes"].columns]
    assert lines[0]["is_headline"] in ("true", "false")


def test_the_csv_ends_at_its_limit_and_comes_in_pieces(
    archive: OpenArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "_AT_ONCE", 2)
    pieces = list(archive.csv(Asked("mentions"), most=5))
    assert b"".join(pieces).count(b"\r\n") == 6
    assert len(pieces) > 2


def test_the_copy_for_spreadsheets_runs_nothing(tmp_path: Path) -> None:
    formula = '=HYPERLINK("http://x")'
    archive = OpenArchive(
        directly(tmp_path / "archive", {"a.html": page(posts=[(formula, "It is closed.")])})
    )
    assert b",'=HYPERLINK" not in b"".join(archive.csv(Asked("posts")))
    safe = b"".join(archive.csv(Asked("posts"), spreadsheet=True)).decode()
    headlines = [line["headline"] for line in csv.DictReader(io.StringIO(safe, newline=""))]
    assert headlines == [f"'{formula}"]


# --- what it may and may not --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_text('/etc/hostname')",
        "select * from read_csv('{outside}')",
        "select * from glob('{outside}')",
        "select * from read_text('{folder}/../secret.csv')",
        "copy (select 1) to '{outside}.out'",
        "attach '{outside}.db'",
        "install httpfs",
        "set enable_external_access = true",
        "set threads = 64",
        "set lock_configuration = false",
    ],
)
def test_duckdb_reaches_nothing_but_the_archive(archive: OpenArchive, tmp_path: Path, statement: str) -> None:
    outside = tmp_path / "secret.csv"
    outside.write_text("secret\n1\n")
    quoted = statement.format(outside=str(outside), folder=str(archive.folder).replace("'", "''"))
    with pytest.raises(duckdb.Error), archive._db.cursor() as cursor:
        cursor.execute(quoted)


def test_a_question_that_takes_too_long_is_given_up(
    archive: OpenArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "LONGEST", 0.2)
    with pytest.raises(LoaderError, match=r"took more than 0\.2 seconds"), archive._cursor() as cursor:
        cursor.execute(
            "select sum(a.range % (b.range + 1)) from range(10000000000) a, range(10) b"
        ).fetchall()
    assert archive.count(Asked("posts"))


def test_many_threads_ask_at_once(archive: OpenArchive) -> None:
    counted: list[int] = []
    asking = [
        threading.Thread(target=lambda: counted.append(archive.count(Asked("posts", words="bridge"))))
        for _ in range(16)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(counted) == 16
    assert len(set(counted)) == 1


def test_a_folder_that_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(LoaderError, match="this folder is no archive"):
        OpenArchive(tmp_path)


def test_a_file_the_manifest_does_not_name_is_not_shown(tmp_path: Path) -> None:
    """What a run that was killed has left, or somebody has put there."""
    archive = directly(tmp_path / "archive", {"a.html": page()})
    with Manifest(archive) as manifest:
        (kept,) = manifest.parts()
    mine = file_of(archive, "quotes", kept.outlet, kept.month, kept.part)
    mine.with_name("part-0123456789abcdef.parquet").write_bytes(mine.read_bytes())
    assert OpenArchive(archive).count(Asked("quotes")) == kept.rows["quotes"]


def test_an_archive_that_changed_is_seen_as_it_is_now(tmp_path: Path) -> None:
    folder = directly(tmp_path / "archive", {"a.html": page()})
    archive = OpenArchive(folder)
    before, state = archive.count(Asked("documents")), archive.state
    directly(folder, {"b.html": page("Example Times")})
    assert archive.state != state
    assert archive.count(Asked("documents")) == before + 1


def test_a_broken_file_is_an_error_in_words(tmp_path: Path) -> None:
    folder = directly(tmp_path / "archive", {"a.html": page()})
    next((folder / "quotes").rglob("*.parquet")).write_bytes(b"PAR1 and then nothing")
    with pytest.raises(LoaderError, match="the archive cannot be read"):
        OpenArchive(folder).page(Asked("quotes"))


# --- the link -----------------------------------------------------------------------------------------------

OUTLETS = {"harbor-post", "unknown"}
VIEWS = some.builds(
    Asked,
    table=some.sampled_from(sorted(ARCHIVE)),
    outlets=some.lists(some.sampled_from(sorted(OUTLETS)), unique=True).map(tuple),
    since=some.sampled_from(["", "2024-01", "1999-12"]),
    until=some.sampled_from(["", "2024-02"]),
    words=some.text(max_size=40),
    page=some.integers(1, MOST_PAGES),
    row=some.text(max_size=40),
)


@given(VIEWS, some.data())
def test_a_link_is_a_view(asked: Asked, data: some.DataObject) -> None:
    names = [column.name for column in ARCHIVE[asked.table].columns]
    sort = data.draw(some.sampled_from(["", *names]))
    asked = Asked(
        **{**{f: getattr(asked, f) for f in Asked.__slots__}, "sort": sort, "is_descending": bool(sort)}
    )
    assert from_query(to_query(asked), OUTLETS) == (asked, ())


@given(some.dictionaries(some.sampled_from(["archive", "outlet", "since", "until", "words", "sort", "page", "row"]),
                         some.lists(some.text(), max_size=3)))  # fmt: skip
def test_no_link_whatever_breaks_and_what_cannot_be_meant_is_said(link: dict[str, list[str]]) -> None:
    asked, said = from_query(link, OUTLETS)
    assert asked.table in ARCHIVE
    assert set(asked.outlets) <= OUTLETS
    assert 1 <= asked.page <= MOST_PAGES
    assert all("It was left out." in sentence for sentence in said)
    assert from_query(to_query(asked), OUTLETS) == (asked, ())


def test_pages_are_as_long_as_the_page_says(archive: OpenArchive) -> None:
    assert len(archive.page(Asked("mentions"))) == min(PAGE_ROWS, archive.count(Asked("mentions")))
