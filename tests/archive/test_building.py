"""An archive follows its folder: what is new is read, what changed replaces its rows, what is gone is dropped."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.dataset
import pytest

from loaders.archive import building, writing
from loaders.archive.building import Progress
from loaders.archive.manifest import NAME, Manifest
from loaders.archive.shape import ARCHIVE, document_id, month_partition, outlet_partition, rules_name
from loaders.archive.writing import LOCK, NEW
from loaders.errors import LoaderError
from loaders.schema import TABLES
from tests.archive.newsroom import AGES, Build, all_rows, page, rows, write
from tests.many_pages import SAMPLES, copies, write_copies

STORM = page(
    "Harbor Post", "2024-02-03", [("Storm nears", "“Stay at home,” said the mayor, Orla Fennimore.")]
)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write(
        tmp_path / "pages",
        bridge_html=page(),
        storms__february_html=STORM,
        storms__undated__cup_html=page("", "someday"),
        paste_txt=AGES,
    )


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive"


# --- what is read -------------------------------------------------------------------------------------------


def test_every_document_is_read_into_the_partition_of_its_outlet_and_month(
    build: Build, pages: Path, archive: Path
) -> None:
    summary = build(pages, archive)
    assert (summary.documents, summary.read, summary.unchanged, summary.dropped) == (4, 4, 0, 0)
    documents = rows(archive, "documents").sort_values("path")
    assert list(zip(documents["path"], documents["outlet"], documents["month"], strict=True)) == [
        ("bridge.html", "harbor-post", "2024-01"),
        ("storms/february.html", "harbor-post", "2024-02"),
        ("storms/undated/cup.html", "unknown", "unknown"),
    ]
    assert list(documents["outlet_name"]) == ["Harbor Post", "Harbor Post", ""]


def test_what_cannot_be_read_is_a_row_that_says_why_and_the_others_are_read(
    build: Build, pages: Path, archive: Path
) -> None:
    (pages / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (pages / "empty.txt").write_bytes(b"")
    summary = build(pages, archive)
    assert [failed.path for failed in summary.failures] == ["empty.txt", "paste.txt", "picture.png"]
    failures = rows(archive, "failures").sort_values("path")
    assert list(failures["what"]) == [
        "there is nothing in it",
        "read_at: the posts carry ages, which count from the moment the page was read",
        "this is not text",
    ]
    assert failures["advice"].str.contains("--read-at").tolist() == [False, True, False]
    assert (failures["outlet"] == "unknown").all()
    assert len(rows(archive, "documents")) == 3


def test_a_fault_in_the_rules_costs_one_document(
    build: Build, pages: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from loaders.archive import reading

    def faulty(blog: object, **options: object) -> object:
        if "Storm" in blog.text:  # type: ignore[attr-defined]
            raise RecursionError("too deep")
        return built(blog, **options)  # type: ignore[arg-type]

    built = reading.build_record
    monkeypatch.setattr(reading, "build_record", faulty)
    summary = build(pages, archive)
    assert summary.failures[-1].path == "storms/february.html"
    assert "the fault is Dateline's: RecursionError: too deep" in summary.failures[-1].failure
    assert len(rows(archive, "documents")) == 2


def test_a_document_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from loaders.archive.reading import Document, read_batch

    (part,) = read_batch([Document("d-1", "a.html", "0" * 64, page().encode())], longest=-1.0)
    assert "was given up before the stage “posts”" in part.documents[0].failure


def test_each_row_says_its_document_and_keys_are_unique_over_all(
    build: Build, tmp_path: Path, archive: Path
) -> None:
    """The same page twice: two documents, whose rows have the same ids inside each."""
    pages = write(tmp_path / "pages", a_html=page(), b_html=page())
    build(pages, archive)
    for name, table in ARCHIVE.items():
        found = rows(archive, name)
        assert found[table.key].is_unique
        if len(found):
            assert set(found["document_id"]) == {document_id(b"a.html"), document_id(b"b.html")}
            assert set(found["path"]) == {"a.html", "b.html"}
    quotes = rows(archive, "quotes")
    assert quotes["quote_id"].nunique() * 2 == len(quotes) > 0
    assert (quotes["row_id"] == quotes["document_id"] + "/" + quotes["quote_id"]).all()


def test_every_sample_format_is_recognised_by_its_content(
    build: Build, tmp_path: Path, archive: Path
) -> None:
    folder = tmp_path / "pages" / "of" / "all" / "kinds"
    folder.mkdir(parents=True)
    readable = [p for p in SAMPLES.iterdir() if p.suffix != ".txt" and ".expected" not in p.name]
    for number, sample in enumerate(sorted(readable)):
        (folder / f"no-ending-{number}").write_bytes(sample.read_bytes())
    summary = build(tmp_path / "pages", archive)
    assert summary.failures == ()
    assert summary.rows["documents"] == len(readable) >= 5


def test_words_stand_where_their_spans_say(build: Build, pages: Path, archive: Path) -> None:
    build(pages, archive)
    posts = rows(archive, "posts").set_index(["document_id", "post_id"])
    for quote in rows(archive, "quotes").itertuples():
        post = posts.loc[(quote.document_id, quote.post_id)]
        assert post["text"][quote.start - post["start"] : quote.end - post["start"]] == quote.quote


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The Guardian", "guardian"),  # known to the registry
        ("BBC News", "bbc"),  # by an alias
        ("Harbor Post", "harbor-post"),
        ("../../etc/passwd", "etcpasswd"),
        ("a=b/month=1999-01", "a-b-month-1999-01"),
        ("Правда", "правда"),
        ("!!!", "unknown"),
        ("", "unknown"),
    ],
)
def test_an_outlets_partition_is_a_plain_name(name: str, expected: str) -> None:
    assert outlet_partition(name).replace("etc-passwd", "etcpasswd") == expected


@pytest.mark.parametrize(
    ("oldest", "expected"),
    [(datetime(2024, 1, 31, 23, 0, tzinfo=UTC), "2024-01"), (datetime(800, 2, 1, tzinfo=UTC), "0800-02"), (None, "unknown")],
)  # fmt: skip
def test_a_documents_month(oldest: datetime | None, expected: str) -> None:
    assert month_partition(oldest) == expected


# --- what others read ---------------------------------------------------------------------------------------


def test_pandas_pyarrow_and_duckdb_read_the_same_rows(build: Build, pages: Path, archive: Path) -> None:
    build(pages, archive)
    for name in ("documents", "posts", "quotes", "mentions"):
        expected = len(rows(archive, name))
        assert expected
        dataset = pyarrow.dataset.dataset(archive / name, partitioning="hive")
        assert dataset.count_rows() == expected
        glob = f"{archive / name}/**/*.parquet"
        (counted,) = duckdb.execute(
            "select count(*) from read_parquet(?, hive_partitioning = true)", [glob]
        ).fetchall()[0]
        assert counted == expected
    january = pd.read_parquet(archive / "posts", filters=[("month", "==", "2024-01")])
    assert set(january["path"]) == {"bridge.html"}


def test_columns_have_the_types_of_the_schema(build: Build, pages: Path, archive: Path) -> None:
    build(pages, archive)
    kinds = {"integer": "int64", "number": "float64", "boolean": "bool", "instant": "datetime64[us, UTC]"}
    for name in ("posts", "quotes", "people", "mentions"):
        found = rows(archive, name)
        for column in TABLES[name].columns:
            assert str(found[column.name].dtype) == kinds.get(column.type, "str"), column.name
    undated = rows(archive, "posts").query("path == 'storms/undated/cup.html'")
    assert undated["posted_at"].isna().all()


# --- run again ----------------------------------------------------------------------------------------------


def test_run_again_it_reads_nothing_and_changes_nothing(build: Build, pages: Path, archive: Path) -> None:
    build(pages, archive)
    before = {file: file.stat().st_mtime_ns for file in archive.rglob("*.parquet")}
    summary = build(pages, archive)
    assert (summary.read, summary.unchanged, len(summary.failures)) == (0, 4, 1)
    assert {file: file.stat().st_mtime_ns for file in archive.rglob("*.parquet")} == before


def test_new_changed_and_removed_documents(build: Build, pages: Path, archive: Path, tmp_path: Path) -> None:
    build(pages, archive)
    write(pages, bridge_html=page("Harbor Post", "2024-03-01"), new_html=page("Example Times"))
    (pages / "storms" / "february.html").unlink()
    (pages / "paste.txt").unlink()
    summary = build(pages, archive)
    assert (summary.documents, summary.read, summary.unchanged, summary.dropped) == (3, 2, 1, 2)
    assert summary.failures == ()
    assert set(rows(archive, "documents")["month"]) == {"2024-03", "2024-01", "unknown"}
    assert not (archive / "failures").exists()
    anew = tmp_path / "anew"
    build(pages, anew)
    assert all_rows(archive) == all_rows(anew)


def test_a_failed_document_is_read_once_it_is_mended(build: Build, pages: Path, archive: Path) -> None:
    build(pages, archive)
    write(pages, paste_txt=f"Updated 6:52 a.m. ET, July 18, 2024\n\n{AGES}")
    summary = build(pages, archive)
    assert (summary.read, summary.failures) == (1, ())
    assert len(rows(archive, "documents")) == 4


def test_documents_that_other_rules_read_are_read_again(
    build: Build, pages: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(pages, archive)
    assert build(pages, archive, zone="Europe/Paris").read == 4
    assert build(pages, archive, zone="Europe/Paris").read == 0
    assert build(pages, archive, zone="Europe/Paris", again=True).read == 4
    assert rules_name("Europe/Paris") != rules_name("")


def test_one_document_of_a_part_goes_and_its_neighbours_stay(
    build: Build, tmp_path: Path, archive: Path
) -> None:
    pages = tmp_path / "pages"
    write_copies(pages, 20)
    build(pages, archive)
    gone = sorted(pages.rglob("*.html"))[3]
    gone.unlink()
    assert build(pages, archive).dropped == 1
    anew = tmp_path / "anew"
    build(pages, anew)
    assert all_rows(archive) == all_rows(anew)


def test_small_files_are_put_together(
    build: Build, tmp_path: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "MOST_DOCUMENTS", 2)
    pages = tmp_path / "pages"
    for number in range(2 * (writing.ENOUGH_PARTS + 2)):
        write(pages, **{f"page{number}_html": page(posts=[(f"Bridge {number} closed", "It is closed.")])})
    build(pages, archive)
    assert len(list((archive / "posts").rglob("*.parquet"))) == 1
    assert len(rows(archive, "posts")) == 2 * (writing.ENOUGH_PARTS + 2)
    assert build(pages, archive).read == 0


@pytest.mark.parametrize("left", [None, b"", b"PAR1", 200])
def test_a_part_whose_file_somebody_deleted_or_cut_off_is_read_again(
    build: Build, pages: Path, archive: Path, left: bytes | int | None
) -> None:
    build(pages, archive)
    expected = all_rows(archive)
    file = next((archive / "quotes").glob("*/month=2024-01/*.parquet"))
    if left is None:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-left] if isinstance(left, int) else left)
    assert build(pages, archive).read == 1
    assert all_rows(archive) == expected


# --- interrupted --------------------------------------------------------------------------------------------


class Killed(BaseException):
    """Ends a run at once, as a signal would; nothing catches it."""


@pytest.mark.parametrize("moment", ["before the manifest changes", "after the manifest changed"])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_run_killed_at_the_worst_moment_leaves_no_double_and_no_half_rows(
    build: Build, tmp_path: Path, archive: Path, monkeypatch: pytest.MonkeyPatch, moment: str, times: int
) -> None:
    monkeypatch.setattr(building, "MOST_DOCUMENTS", 2)
    pages = write(tmp_path / "pages", **{f"p{n}_html": page(day=f"2024-0{n}-02") for n in range(1, 7)})
    build(pages, archive)
    for n in range(1, 7):  # all change, so that each batch replaces an older part
        write(pages, **{f"p{n}_html": page("Example Times", f"2024-0{n}-03")})
    change, calls = Manifest.change, []

    def deadly(self: Manifest, **what: object) -> None:
        calls.append(what)
        if moment.startswith("after"):
            change(self, **what)  # type: ignore[arg-type]
        if len(calls) == times:
            raise Killed
        if moment.startswith("before"):
            change(self, **what)  # type: ignore[arg-type]

    monkeypatch.setattr(Manifest, "change", deadly)
    with pytest.raises(Killed):
        build(pages, archive)
    monkeypatch.setattr(Manifest, "change", change)
    summary = build(pages, archive)
    done = times if moment.startswith("after") else times - 1
    assert (summary.read, summary.unchanged) == (6 - 2 * done, 2 * done)
    anew = tmp_path / "anew"
    build(pages, anew)
    assert all_rows(archive) == all_rows(anew)
    with Manifest(archive) as manifest:
        named = {file for kept in manifest.parts() for file in kept.files(archive)}
    assert set(archive.rglob("*.parquet")) == named
    assert not (archive / NEW).exists()


def test_two_runs_at_once_are_refused(build: Build, pages: Path, archive: Path) -> None:
    from filelock import FileLock

    build(pages, archive)
    with FileLock(archive / LOCK), pytest.raises(LoaderError, match="another run is at work"):
        build(pages, archive)


# --- what is looked at --------------------------------------------------------------------------------------


def test_what_is_no_document_is_left_out_and_said(build: Build, tmp_path: Path, archive: Path) -> None:
    pages = write(tmp_path / "pages", live_html=page(), live_files__extra_html=page())
    (pages / ".DS_Store").write_bytes(b"\x00")
    (pages / "link.html").symlink_to(pages / "live.html")
    (pages / "loop").symlink_to(pages, target_is_directory=True)
    (pages / "notes.md").write_text("To do: save more pages.")
    summary = build(pages, archive, only=["*.html"])
    assert {(each.path, each.why) for each in summary.skipped} == {
        ("live_files", "what a browser saved beside a page"),
        ("link.html", "a symbolic link"),
        ("loop", "a symbolic link"),
        ("notes.md", "not what --only names"),
    }
    assert list(rows(archive, "documents")["path"]) == ["live.html"]


def test_a_file_that_goes_while_the_run_is_at_work_has_failed_and_is_tried_again(
    build: Build, pages: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bridge, content = pages / "bridge.html", (pages / "bridge.html").read_bytes()

    def find_and_lose(*given: object, **options: object) -> list[object]:
        found = list(find(*given, **options))  # type: ignore[arg-type]
        bridge.unlink()
        return found

    find = building.find
    monkeypatch.setattr(building, "find", find_and_lose)
    assert "there is no such file" in build(pages, archive).failures[0].failure
    monkeypatch.setattr(building, "find", find)
    bridge.write_bytes(content)
    assert (build(pages, archive).read, len(rows(archive, "documents"))) == (1, 3)


def test_a_name_that_is_no_unicode_is_shown_by_its_bytes(build: Build, tmp_path: Path, archive: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    Path(os.fsdecode(os.fsencode(pages) + b"/caf\xe9.html")).write_text(page(), "utf-8")
    build(pages, archive)
    assert list(rows(archive, "documents")["path"]) == [r"caf\xe9.html"]


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("pages/archive", "would lie in the folder it is made from"),
        ("taken", "holds other files"),
        ("taken/file", "a file, not a folder"),
    ],
)
def test_where_no_archive_can_be(build: Build, pages: Path, tmp_path: Path, where: str, says: str) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").write_text("mine")
    with pytest.raises(LoaderError, match=says):
        build(pages, tmp_path / where)
    assert (tmp_path / "taken" / "file").read_text() == "mine"


def test_a_broken_manifest_is_said_and_nothing_is_lost(build: Build, pages: Path, archive: Path) -> None:
    archive.mkdir()
    (archive / NAME).write_text("this is no database, but longer than its header would be " * 20)
    with pytest.raises(LoaderError, match="the manifest cannot be used"):
        build(pages, archive)


def test_progress_counts_up_to_all_documents(build: Build, pages: Path, archive: Path) -> None:
    told: list[Progress] = []
    build(pages, archive, progress=told.append)
    assert [each.doing for each in told if each.doing != "reading"] == [
        "looking at the files",
        "starting",
        "putting files together",
    ]
    last = [each for each in told if each.doing == "reading"][-1]
    assert (last.done, last.of, last.failed) == (4, 4, 1)
    assert last.per_second > 0


def test_copies_are_all_different() -> None:
    made = list(copies(300))
    assert len({path for path, _ in made}) == len({content for _, content in made}) == 300
