"""The archive on the Tables page: what it shows, what its links say, bad links, hostile documents, and without one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from loaders.archive import extras
from loaders.archive.asking import PAGE_ROWS
from pages.view import archive as archive_page
from tests.archive.newsroom import directly, page
from tests.test_pages import HOSTILE, html_of, read, shown, words_of

BRIDGE = ("Bridge closed", "“The bridge is closed,” said the mayor, Orla Fennimore.")
MANY = tuple(
    (f"Post {number}", f"“It is number {number},” said the mayor, Orla Fennimore.") for number in range(60)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = {
        "a/bridge.html": page("Harbor Post", "2024-01-02", [BRIDGE]),
        "a/many.html": page("Harbor Post", "2024-02-02", MANY),
        "b/undated.html": page("", "someday", [BRIDGE]),
        "b/broken.html": "<html><body>no live blog</body></html>",
    }
    return directly(tmp_path_factory.mktemp("archive-page") / "pages-of-2024", pages)


@pytest.fixture
def archive(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(archive_page.FOLDER, str(folder))
    return folder


def tables(monkeypatch: pytest.MonkeyPatch, **query: str | list[str]) -> AppTest:
    """The Tables page after one run."""
    return shown(monkeypatch, "tables", **query)


def links(app: AppTest) -> dict[str, dict[str, list[str]]]:
    """Where the links of a page lead, by their id: what they ask for."""
    found = {str(a["id"]): str(a["href"]) for name, a in read(app).tags if name == "a" and a.get("id")}
    return {key: parse_qs(urlsplit(href).query) for key, href in found.items()}


# --- whether there is one -----------------------------------------------------------------------------------


def test_without_an_archive_nothing_of_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(archive_page.FOLDER, raising=False)
    for query in ({}, {"archive": "quotes"}):
        said = words_of(tables(monkeypatch, **query))
        assert "archive" not in said
        assert "All 6 quotes." in said


def test_a_storys_tables_lead_to_the_archive(monkeypatch: pytest.MonkeyPatch, archive: Path) -> None:
    app = tables(monkeypatch)
    assert "This server also has an archive of 3 documents." in words_of(app)
    assert links(app)["dl-open-archive"] == {"archive": ["quotes"]}
    assert "All 6 quotes." in words_of(app)


@pytest.mark.parametrize("query", [{}, {"archive": "quotes"}])
def test_a_folder_that_is_no_archive_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, query: dict[str, str]
) -> None:
    monkeypatch.setenv(archive_page.FOLDER, str(tmp_path))
    assert "this folder is no archive" in words_of(tables(monkeypatch, **query))


def test_missing_packages_are_said_with_the_line_that_installs_them(
    monkeypatch: pytest.MonkeyPatch, archive: Path
) -> None:
    find = extras.find_spec
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "duckdb" else find(name))
    said = words_of(tables(monkeypatch, archive="quotes"))
    assert "found: duckdb" in said
    assert "pip install -e '.[archive-shown]'" in said


# --- what it shows ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "said", "count"),
    [
        ({"archive": "quotes"}, "62 rows of quotes.", PAGE_ROWS),
        ({"archive": "quotes", "page": "2"}, "Rows 51 to 62 of 62.", 12),
        ({"archive": "quotes", "words": "bridge"}, "2 rows of quotes: containing “bridge”", 2),
        ({"archive": "quotes", "outlet": "unknown"}, "1 row of quotes: of an unknown outlet", 1),
        ({"archive": "posts", "since": "2024-02"}, "60 rows of posts: from 2024-02 on", PAGE_ROWS),
        ({"archive": "posts", "until": "2024-01"}, "1 row of posts: up to 2024-01", 1),
        (
            {"archive": "posts", "since": "unknown", "until": "unknown"},
            "1 row of posts: of no known month",
            1,
        ),
        ({"archive": "failures"}, "1 row of failures.", 1),
    ],
)
def test_the_link_says_which_rows_are_shown(
    monkeypatch: pytest.MonkeyPatch, archive: Path, query: dict[str, str], said: str, count: int
) -> None:
    app = tables(monkeypatch, **query)
    assert said in words_of(app)
    assert len(app.dataframe[0].value) == count


def test_every_row_says_its_document(monkeypatch: pytest.MonkeyPatch, archive: Path) -> None:
    app = tables(monkeypatch, archive="quotes", words="bridge")
    assert list(app.dataframe[0].value["path"]) == ["a/bridge.html", "b/undated.html"]


def test_the_sorting_holds_over_all_pages(monkeypatch: pytest.MonkeyPatch, archive: Path) -> None:
    app = tables(monkeypatch, archive="quotes", sort="-start", page="2")
    starts = list(app.dataframe[0].value["start"])
    assert starts == sorted(starts, reverse=True)
    selected = [a for name, a in read(app).tags if name == "option" and "selected" in a]
    assert "-start" in {a["value"] for a in selected}


def test_links_turn_pages_and_keep_the_filters(monkeypatch: pytest.MonkeyPatch, archive: Path) -> None:
    app = tables(monkeypatch, archive="quotes", outlet="harbor-post", words="number")
    asked = {"archive": ["quotes"], "outlet": ["harbor-post"], "words": ["number"]}
    found = links(app)
    assert found["dl-page-next"] == {**asked, "page": ["2"]}
    assert "dl-page-previous" not in found
    assert found["dl-archive-posts"] == {**asked, "archive": ["posts"]}


def test_a_chosen_row_shows_its_document_and_the_words_in_their_post(
    monkeypatch: pytest.MonkeyPatch, archive: Path
) -> None:
    row = tables(monkeypatch, archive="quotes", words="bridge").dataframe[0].value["row_id"].iloc[0]
    app = tables(monkeypatch, archive="quotes", row=row)
    said = words_of(app)
    assert "A day of Harbor Post" in said
    assert "a/bridge.html" in said
    assert "<mark class='mark'>The bridge is closed,</mark>" in html_of(app)
    assert any(a.get("href") == "https://news.example/live" for _, a in read(app).tags)
    assert links(app)["dl-close"] == {"archive": ["quotes"]}


def test_a_row_that_is_gone_is_said(monkeypatch: pytest.MonkeyPatch, archive: Path) -> None:
    assert "has no row “d-0/q-0” of quotes now" in words_of(
        tables(monkeypatch, archive="quotes", row="d-0/q-0")
    )


def test_the_downloads_say_how_much_they_hold(monkeypatch: pytest.MonkeyPatch, archive: Path) -> None:
    from loaders.archive import query

    labels = [
        button.label
        for button in tables(monkeypatch, archive="quotes", words="bridge").get("download_button")
    ]
    assert labels == ["Download 2 rows of quotes as CSV", "Download 2 rows of quotes as CSV for spreadsheets"]
    monkeypatch.setattr(query, "CSV_ROWS", 10)
    labels = [button.label for button in tables(monkeypatch, archive="quotes").get("download_button")]
    assert labels[0] == "Download the first 10 of 62 rows of quotes as CSV"


# --- what cannot be meant, and what means harm ----------------------------------------------------------------

BAD = {
    "archive": "secrets",
    "outlet": "nobody",
    "since": "yesterday",
    "until": "2024-13",
    "sort": "age",
    "page": "-1",
}


def test_a_bad_link_gets_a_word_and_the_archive(monkeypatch: pytest.MonkeyPatch, archive: Path) -> None:
    said = words_of(tables(monkeypatch, **{**BAD, "sort": "no"}))
    for value in {**BAD, "sort": "no"}.values():
        assert f"“{value}”" in said
    assert "62 rows of quotes." in said


def test_a_page_past_the_last_is_the_last(monkeypatch: pytest.MonkeyPatch, archive: Path) -> None:
    said = words_of(tables(monkeypatch, archive="quotes", page="99"))
    assert "There are only 2 pages; this is the last one." in said
    assert "Rows 51 to 62 of 62." in said


def test_nothing_found_says_so(monkeypatch: pytest.MonkeyPatch, archive: Path) -> None:
    said = words_of(tables(monkeypatch, archive="quotes", words="zeppelin"))
    assert "0 rows of quotes: containing “zeppelin”" in said
    assert "Nothing in the archive has all of this." in said


@pytest.mark.parametrize("harm", HOSTILE)
@pytest.mark.parametrize("key", ["archive", "outlet", "since", "words", "sort", "row"])
def test_a_hostile_link_is_shown_as_text(
    monkeypatch: pytest.MonkeyPatch, archive: Path, key: str, harm: str
) -> None:
    app = tables(monkeypatch, **{"archive": "quotes", key: harm})
    is_safe(app)


def test_a_hostile_document_is_shown_as_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    posts = [(harm, f"“{harm} is here,” said the mayor, Orla Fennimore.") for harm in HOSTILE]
    folder = directly(tmp_path / "archive", {f"{HOSTILE[1]}.html": page(HOSTILE[0], posts=posts)})
    monkeypatch.setenv(archive_page.FOLDER, str(folder))
    for table in ("documents", "posts", "quotes"):
        app = tables(monkeypatch, archive=table)
        is_safe(app)
        key = "document_id" if table == "documents" else "row_id"
        for row in app.dataframe[0].value[key]:
            chosen = tables(monkeypatch, archive=table, row=row)
            is_safe(chosen)
            assert "alert(1)" in words_of(chosen)


def is_safe(app: AppTest) -> None:
    """No tag, attribute or Markdown of outside text has become one of the page's."""
    assert not app.markdown
    for name, attributes in read(app).tags:
        assert name not in ("script", "img", "iframe", "object")
        assert not [
            attribute for attribute in attributes if attribute.startswith("on") or attribute == "autofocus"
        ]
        assert not str(attributes.get("href", "")).lower().startswith(("javascript:", "data:"))
