"""The code that puts a view into somebody's page: escaped, as high as needed, and only for what others can see."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from loaders.drawing.rows import records
from loaders.drawing.theme import LIGHT
from loaders.filters import Filters
from loaders.registry import Story
from pages.view import stories
from pages.view.embedding import Frame, map_frame, offer, quote_frame, timeline_frame
from pages.view.frame import View
from tests.html_reading import ReadHtml
from tests.sample_record import sample_record

RECORD = sample_record()
TOLD = stories.told(RECORD, Story(title="Kim meets Putin", outlet="CNN", source="source.txt"))
VIEW = View("timeline", "kim-putin-2023", TOLD, Filters(), LIGHT, "https://news.example")
HOSTILE = (
    '"><script>alert(1)</script>',
    "' onload='alert(1)",
    "a\"b&c<d>\n\tand 'more' \u202e",
    "javascript:alert(1)",
)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_code_is_one_frame_whatever_stands_in_title_and_filters(words: str, appearance: str) -> None:
    view = replace(VIEW, filters=Filters(words=words, people=(words,)))
    code = replace(map_frame(view), title=words).code(appearance)
    ((name, attributes),) = ReadHtml(code).tags
    assert name == "iframe"
    assert attributes | {"src": "", "title": "", "height": ""} == {
        "src": "",
        "title": "",
        "width": "100%",
        "height": "",
        "loading": "lazy",
        "style": "border:0",
    }
    assert attributes["title"] == " ".join(words.split())
    source = urlsplit(str(attributes["src"]))
    assert (source.scheme, source.netloc, source.path) == ("https", "news.example", "/timeline")
    asked = parse_qs(source.query)
    assert (asked["words"], asked["people"]) == ([words], [words])
    assert (asked["embed"], asked["embed_options"]) == (["true"], [f"{appearance}_theme"])


def test_a_frame_is_as_high_as_what_it_shows() -> None:
    few, many = timeline_frame(VIEW, RECORD.events.head(1)), timeline_frame(VIEW, RECORD.events)
    assert 250 < few.height < many.height < 900
    short, long = (
        quote_frame(VIEW, {**row, "quote": "word " * count})
        for count in (3, 90)
        for row in records(RECORD.quotes.head(1))
    )
    assert short.height + 10 * 26 < long.height


def test_a_quote_is_named_by_who_says_it_and_found_on_the_page_of_quotes() -> None:
    row = records(RECORD.quotes.head(1))[0]
    frame = quote_frame(replace(VIEW, page="timeline"), row)
    assert urlsplit(frame.address).path == "/quotes"
    assert parse_qs(urlsplit(frame.address).query)["quote"] == [row["quote_id"]]
    assert (row["speaker"] or "speaker left open") in frame.title


def test_a_blog_that_one_session_has_opened_is_not_offered_to_others() -> None:
    frame = Frame("https://news.example/map", "Map", 500)
    assert "iframe" in offer(VIEW, frame).code
    assert offer(replace(VIEW, story="opened-0123456789abcdef"), frame).code == ""


def test_what_is_offered_can_be_copied_as_it_is() -> None:
    frame = Frame("https://news.example/map?words=a%26b", 'Map: "quoted" & <b>', 500)
    copied = [
        values["data-copy"] for name, values in ReadHtml(offer(VIEW, frame).code).tags if name == "button"
    ]
    assert copied == [frame.code("light"), frame.code("dark")]
