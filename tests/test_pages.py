"""Each page, run without a browser: what it says of a record, of filters, of bad links and of hostile text."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from loaders.errors import SettingsError
from loaders.filters import from_query
from loaders.model import Record
from loaders.registry import Story
from pages.view import stories
from pages.view.frame import TITLES
from pages.view.links import OPEN
from tests.hostile import HOSTILE
from tests.html_reading import ReadHtml
from tests.sample_record import sample_record

PAGES = tuple(page for page in TITLES if page != OPEN)
STORY = Story(title="Kim meets Putin", outlet="CNN", source="source.txt", standfirst="A sentence on it.")


def _page(name: str) -> None:
    import importlib

    importlib.import_module(f"pages.{name}").show()


def shown(
    monkeypatch: pytest.MonkeyPatch, name: str, record: Record | None = None, /, **query: str | list[str]
) -> AppTest:
    """A page after one run on a record, with what the URL asks for."""
    record = record or sample_record()
    monkeypatch.setattr(stories, "slugs", lambda: ["kim-putin-2023"])
    monkeypatch.setattr(stories, "load", lambda slug: stories.told(record, STORY))
    app = AppTest.from_function(_page, args=(name,), default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def html_of(app: AppTest) -> str:
    """All HTML a page writes."""
    pieces = [*app.main, *app.sidebar]
    found = [json.loads(each.proto.json).get("html", "") for each in pieces if each.type == "bidi_component"]
    return "\n".join(found)


def read(app: AppTest) -> ReadHtml:
    return ReadHtml(html_of(app))


def words_of(app: AppTest) -> str:
    return " ".join(read(app).words.split())


@pytest.mark.parametrize("page", PAGES)
def test_each_page_runs_and_says_what_it_shows(monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    said = words_of(shown(monkeypatch, page))
    assert "Dateline" in said
    count = {"quotes": "All 6 quotes.", "people": "All 4 people.", "tables": "All 6 quotes."}
    assert count.get(page, "All 5 events.") in said


@pytest.mark.parametrize(
    ("page", "query", "said"),
    [
        ("overview", {"sources": ["military"]}, "1 of 5 events: on the word of military"),
        ("timeline", {"people": ["vladimir-putin"]}, "2 of 5 events: with Vladimir Putin"),
        ("map", {"places": ["sunan"]}, "1 of 5 events: at Sunan"),
        ("quotes", {"kinds": ["mixed"]}, "1 of 6 quotes: only mixed"),
        ("quotes", {"to": "2023-09-13T04:20:00Z"}, "up to 13:20 on 13 Sep 2023 at Vostochny Cosmodrome"),
        ("people", {"words": "putin"}, "1 of 4 people: containing “putin”"),
        ("tables", {"table": "mentions", "places": ["sunan"]}, "1 of 9 mentions: of Sunan"),
    ],
)
def test_filters_come_from_the_link(
    monkeypatch: pytest.MonkeyPatch, page: str, query: dict[str, Any], said: str
) -> None:
    assert said in words_of(shown(monkeypatch, page, **query))


ROWS = [
    ("quote", "q-trip", "video released by the Kremlin"),
    ("event", "e-hands", "the handshake is what the sentence ends in"),
    ("place", "sunan", "Coordinates from"),
    ("person", "kim-yo-jong", "sister of Kim Jong Un"),
    ("organization", "russia-1", "state media"),
    ("post", "north-korea-fires-two-ballistic-missiles", "printed: “92 min ago”"),
    ("mention", "m-9", "entity type"),
    ("time", "t-1", "2023-09-13T11:43"),
    ("correction", "c-1", "Kim emerging from the train"),
    ("problem", "p-1", "compare the notes"),
]


@pytest.mark.parametrize(
    ("page", "kind", "key", "said"),
    [
        # the panel is the same everywhere: each kind of row on two pages, and three kinds at least on each page
        (page, *row)
        for number, page in enumerate(PAGES)
        for at, row in enumerate(ROWS)
        if (number + at) % 3 == 0
    ],
)
def test_any_row_opens_its_evidence_on_any_page(
    monkeypatch: pytest.MonkeyPatch, page: str, kind: str, key: str, said: str
) -> None:
    app = shown(monkeypatch, page, **{kind: key})
    assert said in words_of(app)
    assert any(attributes.get("id") == "evidence" for _, attributes in read(app).tags)


def test_the_evidence_marks_the_exact_words(monkeypatch: pytest.MonkeyPatch) -> None:
    app = shown(monkeypatch, "timeline", quote="q-time")
    assert (
        "<mark class='mark'>We&#x27;ll talk about all the issues without haste, there is time.</mark>"
        in html_of(app)
    )
    assert "<mark class='mark cue'>told</mark>" in html_of(app)


BAD = {"people": "nobody", "zone": "Mars", "quote": "q-none", "table": "secrets", "page": "-1"}


@pytest.mark.parametrize("page", PAGES)
def test_a_bad_link_gets_a_word_and_the_page(monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    app = shown(monkeypatch, page, **BAD)
    said = words_of(app)
    for value in BAD.values():
        assert f"“{value}”" in said


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_result_names_the_filter_and_offers_to_drop_it(
    monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    said = words_of(shown(monkeypatch, page, words="zeppelin"))
    assert "Drop: containing “zeppelin”" in said


def test_a_story_that_cannot_be_read_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(slug: str) -> None:
        raise SettingsError("no such key is allowed", file="story.yaml", entry="tilte", advice="mend it")

    monkeypatch.setattr(stories, "slugs", lambda: ["x"])
    monkeypatch.setattr(stories, "load", broken)
    app = AppTest.from_function(_page, args=("quotes",), default_timeout=60).run()
    assert not app.exception
    assert "story.yaml, tilte: no such key is allowed" in words_of(app)


def test_the_story_is_in_the_link(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []

    def load(slug: str) -> stories.Told:
        asked.append(slug)
        return stories.told(sample_record(), STORY)

    for slug, settings in (("first", "title: Ferry"), ("second", "title: Storm\noutlet: A\nsource: a.txt\n")):
        (tmp_path / slug).mkdir()
        (tmp_path / slug / "story.yaml").write_text(settings)
    monkeypatch.setattr(stories, "FOLDER", tmp_path)
    monkeypatch.setattr(stories, "load", load)
    app = AppTest.from_function(_page, args=("quotes",), default_timeout=60)
    app.query_params["story"] = "second"
    app.run()
    assert asked == ["second"]
    assert "story=second" in html_of(app)
    assert ">Storm<" in html_of(app)
    assert ">first<" in html_of(app), "a story.yaml that cannot be read leaves the folder's name"
    app.query_params["story"] = "third"
    app.run()
    assert asked[-1] == "first"
    assert "There is no story “third”" in words_of(app)


def hostile_record(words: str) -> Record:
    """The sample with the same hostile words in every cell of text a page shows."""
    record = sample_record()
    filled = {
        "people": ("name", "role", "aliases"),
        "organizations": ("name",),
        "locations": ("name", "native_name"),
        "quotes": ("speaker", "speaker_mention", "cue", "addressee", "via", "attribution"),
        "events": ("title", "time_text"),
        "posts": ("headline", "byline", "age", "clock"),
        "corrections": ("before", "after", "reason", "source"),
        "problems": ("what", "advice"),
    }
    tables = {table: _filled(getattr(record, table), columns, words) for table, columns in filled.items()}
    blog = replace(record.blog, title=words, outlet=words, url="javascript:alert(1)")
    return replace(record.with_tables(**tables), blog=blog)


def _filled(rows: pd.DataFrame, columns: tuple[str, ...], words: str) -> pd.DataFrame:
    return rows.assign(**dict.fromkeys(columns, words)).astype(rows.dtypes.to_dict())


@pytest.mark.parametrize(
    ("page", "words", "asked"),
    [
        # each page with all words, and each of both with all that can be asked of it
        (page, words, (number + at) % 4)
        for number, page in enumerate(PAGES)
        for at, words in enumerate(HOSTILE)
    ],
)
def test_hostile_text_is_shown_as_text(
    monkeypatch: pytest.MonkeyPatch, page: str, words: str, asked: int
) -> None:
    query = (
        {},
        {"event": "e-hands"},
        {"quote": "q-trip"},
        {"words": words, "people": "vladimir-putin"},
    )[asked]
    app = shown(monkeypatch, page, hostile_record(words), **query)
    parsed = read(app)
    assert words in parsed.words
    for tag, attributes in parsed.tags:
        assert tag not in ("script", "img", "iframe", "object", "embed", "base", "meta", "link", "style")
        assert not any(name.startswith("on") or name == "autofocus" for name in attributes)
        assert not any(
            (attributes.get(name) or "").startswith("javascript:") for name in ("href", "action", "cite")
        )
    assert not app.markdown, "outside text must never be read as Markdown"


def test_every_link_on_every_page_is_a_view(monkeypatch: pytest.MonkeyPatch) -> None:
    for page in PAGES:
        tags = read(shown(monkeypatch, page, people="vladimir-putin")).tags
        addresses = [a["href"] or "" for tag, a in tags if tag == "a" and "data-go" in a]
        assert addresses
        for address in addresses:
            target, _, query = address.partition("?")
            assert target.strip("./") in {"", *TITLES}
            assert from_query(parse_qs(query))[1] == ()
