"""Words meant to be run are words on charts and maps too: in labels, on hover, in alternative texts."""

from __future__ import annotations

import html
import json
import re

import pytest

from loaders.drawing.geometry import framed
from loaders.drawing.lanes import laid_out
from loaders.drawing.parties import parties_of
from loaders.drawing.places import arcs, pins
from loaders.drawing.theme import LIGHT
from loaders.filters import Filters
from loaders.registry import Story
from loaders.sentences import citation, file_name
from pages.view import stories
from pages.view.deck import alt_text as map_text
from pages.view.deck import story_deck
from pages.view.frame import View
from pages.view.strip import day_strip
from pages.view.timeline_figure import alt_text, timeline_figure
from tests.hostile import HOSTILE, NOT_SEEN
from tests.test_pages import hostile_record

PLOTLY_TAGS = re.compile(r"</?(?:b|br)>")
"""All the HTML of our own that a figure holds; Plotly shows a few more kinds, links among them."""


@pytest.mark.parametrize("words", [*HOSTILE, *NOT_SEEN])
@pytest.mark.parametrize("lane", ["place", "people"])
def test_a_timeline_holds_them_as_text(words: str, lane: str) -> None:
    record = hostile_record(words)
    layout = laid_out(record, record.events, lane, 900, {}, left=168)
    assert layout is not None
    figure = timeline_figure(record, record.events, layout, parties_of(record), LIGHT, "UTC")
    traces = {trace.name: trace for trace in figure.data}
    texts = [
        *traces["events"].hovertext,
        *traces["posts"].hovertext,
        *traces["labels"].text,
        *traces["lanes"].text,
    ]
    for text in texts:
        assert "<" not in PLOTLY_TAGS.sub("", text)
    assert any(words in html.unescape(text) for text in traces["events"].hovertext)
    for trace in figure.data:
        # What Plotly fills in is ours; what is filled in is not looked at again.
        assert trace.hovertemplate in (None, "%{hovertext}<extra></extra>")
        assert trace.texttemplate is None
    assert words in alt_text(layout, 1, words)


@pytest.mark.parametrize("words", HOSTILE)
def test_the_strip_of_the_day_names_an_event_last(words: str) -> None:
    record = hostile_record(words)
    told = stories.told(record, Story(title="Storm", outlet="CNN", source="source.txt"))
    view = View("overview", "storm", told, Filters(), LIGHT, "https://news.example")
    titles = re.findall(r"<title>(.*?)</title>", day_strip(view, record.events).code, re.DOTALL)
    events = [html.unescape(each) for each in titles if not each.startswith("Posted: ")]
    assert events
    # Nothing of ours stands behind what may turn the direction of writing.
    assert all(any(each.endswith(f": {title}") for title in record.events["title"]) for each in events)


@pytest.mark.parametrize("words", [*HOSTILE, *NOT_SEEN])
def test_a_map_holds_them_as_text(words: str) -> None:
    record = hostile_record(words)
    parties = parties_of(record)
    places = pins(record.locations, record.events, parties, all_senses=True)
    moves = arcs(record, record.events, parties)
    frame = framed([(pin.longitude, pin.latitude) for pin in places], 900, 500)
    sent = json.loads(story_deck(places, moves, frame, parties, LIGHT).to_json())
    rows = [row for layer in sent["layers"] for row in layer["data"]]
    values = [value for row in rows for value in row.values() if isinstance(value, str)]
    assert any(words in value for value in values)
    # The reader of a deck runs what begins so, and looks up what it names.
    assert not any(value.startswith("@@") for value in values)
    assert not any("html" in str(key).lower() or key.startswith("@@") for row in rows for key in row)
    assert words in map_text(places, moves, "")


@pytest.mark.parametrize("words", [*HOSTILE, *NOT_SEEN])
def test_a_file_name_holds_letters_and_a_citation_the_words(words: str) -> None:
    record = hostile_record(words)
    filters = Filters(words=words[:200], people=("vladimir-putin",))
    name = file_name(words, record, "quotes", filters)
    assert re.fullmatch(r"[\w-]+\.csv", name)
    assert len(name.encode()) < 255
    assert words in citation(record, "quotes", filters, "https://news.example/quotes")
