"""The code that puts a view into somebody's page: escaped, as high as needed, and only for what others can see."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from loaders.drawing.rows import records
from loaders.drawing.theme import LIGHT
from loaders.filters import Filters
from loaders.registry import Story
from pages.view import stories
from pages.view.embedding import Frame, map_frame, offer, quote_frame, timeline_frame
from pages.view.frame import View
from pages.view.timeline_chart import filled, laid
from pages.view.timeline_figure import height
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
    code = replace(map_frame(view, has_any=True), title=words).code(appearance)
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


@pytest.mark.parametrize("room", range(300, 2400, 210))
def test_a_timeline_in_a_frame_fills_its_room_and_never_more(room: int) -> None:
    # Labels of one and of two lines make rows of two heights, and each gets its air.
    many = pd.concat([RECORD.events] * 6, ignore_index=True)
    titles = [
        "A title that is far too long for one line of a narrow chart on a phone",
        *["Short"] * len(many),
    ]
    events = many.assign(title=titles[: len(many)], event_id=[f"e-{n}" for n in range(len(many))])
    natural = height(laid(VIEW, events, 330))  # type: ignore[arg-type]
    layout = filled(VIEW, events, 330, room)
    assert layout is not None
    assert natural <= height(layout) <= max(room, natural)
    if natural < room < natural + 100:
        assert height(layout) > room - len(layout.marks) - 1


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Kim meets Putin as officials in Seoul, Tokyo and Washington warn of consequences", "CNN"),
        ("北朝鮮の金正恩総書記がロシアのプーチン大統領と会談", "CNN"),  # each as wide as two letters
        ("PUTIN MEETS KIM IN RUSSIA", "CNN"),
        ("Kim meets Putin", "The Northumberland and Berwickshire Telegraph and Advertiser"),
    ],
)
def test_a_frame_is_higher_where_title_or_credit_take_more_lines(title: str, outlet: str) -> None:
    def view(title: str, outlet: str) -> View:
        record = replace(RECORD, blog=replace(RECORD.blog, title=title, outlet=outlet))
        return replace(
            VIEW, told=stories.told(record, Story(title=title, outlet=outlet, source="source.txt"))
        )

    usual, long = view("Kim meets Putin", "CNN"), view(title, outlet)
    row = records(RECORD.quotes.head(1))[0]
    for frame in (
        lambda view: map_frame(view, has_any=True),
        lambda view: map_frame(view, has_any=False),
        lambda view: timeline_frame(view, RECORD.events),
        lambda view: quote_frame(view, row),
    ):
        assert frame(usual).height + 20 <= frame(long).height


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
