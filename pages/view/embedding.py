"""What puts a view into somebody else's page: the code to copy, and how high its frame has to be.

A frame takes the width of the column it stands in, and keeps its height: that of the narrowest, `NARROWEST`.
"""

from __future__ import annotations

import html
import textwrap
from dataclasses import dataclass
from unicodedata import east_asian_width

import pandas as pd

from loaders.drawing.lanes import shown_events
from loaders.drawing.markup import EMPTY, Html, tag
from loaders.drawing.rows import Row
from loaders.sentences import describe, zone_place
from pages.view.frame import View
from pages.view.timeline_chart import laid
from pages.view.timeline_figure import height as chart_height

NARROWEST = 360
"""Pixels: the narrowest frame all of an embedded view fits."""

_SIDES = 40
# Pixels at that width, measured in Chromium: what stands around a timeline, a map with the map, and a quote; and
# what is left of the first two where they have nothing to draw.
_AROUND_TIMELINE, _MAP, _AROUND_QUOTE = 245, 600, 155
_NO_TIMELINE, _NO_MAP = 100, 150
_APPEARANCES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame to put into a page: the address of its view, what it is called, and its height in pixels."""

    address: str
    title: str
    height: int

    def code(self, appearance: str) -> str:
        """The HTML of the frame, in the "light" or the "dark" appearance."""
        joint = "&" if "?" in self.address else "?"
        source = f"{self.address}{joint}embed=true&embed_options={appearance}_theme"
        return (
            f'<iframe src="{html.escape(source)}" title="{html.escape(" ".join(self.title.split()))}" width="100%" '
            f'height="{self.height}" loading="lazy" style="border:0"></iframe>'
        )


def offer(view: View, frame: Frame) -> Html:
    """The code of a frame to copy; nothing for a blog that only this session sees."""
    if view.is_opened:
        return EMPTY
    copies = (
        tag(
            "button",
            f"Copy the code for a {appearance} page",
            type="button",
            data_copy=frame.code(appearance),
            id=f"dl-embed-{appearance}",
        )
        for appearance in _APPEARANCES
    )
    said = (
        f"This view as a frame in a page of yours: as wide as its column, from {NARROWEST} pixels on, "
        f"and {frame.height:,} pixels high."
    )
    return tag(
        "details",
        tag("summary", "Embed"),
        tag("p", said, class_="quiet"),
        tag("p", *copies, class_="tools"),
        class_="embed",
        id="dl-embed",
    )


def timeline_frame(view: View, events: pd.DataFrame) -> Frame:
    """The timeline of these events as a frame: as high as it is where it is narrowest."""
    layout = laid(view, events, NARROWEST - _SIDES)
    chart = chart_height(layout) + _AROUND_TIMELINE if layout else _NO_TIMELINE
    around = _around(view, timeline_words(view, events))
    return Frame(view.link(view.to()), f"Timeline: {title(view)}", around + chart)


def timeline_words(view: View, events: pd.DataFrame) -> str:
    """What an embedded timeline says it shows: which events, how many of them it can draw, and by which clock."""
    dated = len(shown_events(events))
    drawn = f"; {dated} of them at a time in the story itself" if 0 < dated < len(events) else ""
    clock = zone_place(view.record, view.zone).replace("_", " ")
    return f"{describe(view.record, 'events', view.filters)}{drawn}. Clock: {clock}."


def map_frame(view: View, *, has_any: bool) -> Frame:
    """The map as a frame; it fills any height, and where it has nothing to show only that is said."""
    around = _around(view, describe(view.record, "events", view.filters))
    return Frame(view.link(view.to()), f"Map: {title(view)}", around + (_MAP if has_any else _NO_MAP))


def quote_frame(view: View, row: Row) -> Frame:
    """One quote as a frame: high enough for all its words where it is narrowest."""
    words = _lines(row["quote"], 33) * 26
    address = view.link(view.chosen("quote", row["quote_id"], "quotes"))
    who = row["speaker"] or "speaker left open"
    return Frame(address, f"Quote ({who}): {title(view)}", _around(view, "") + words + _AROUND_QUOTE)


def title(view: View) -> str:
    """What a frame is headed by: the blog's title."""
    return view.record.blog.title or view.story


def _around(view: View, sentence: str) -> int:
    """Pixels that what differs between blogs takes: title and sentence above, and more than a line of credit below."""
    credit = _lines(f"Dateline. Text: {view.record.blog.outlet}.", 44)
    return 23 * _lines(title(view), 30) + 20 * _lines(sentence, 44) + 20 * max(credit - 1, 0)


def _lines(words: str, letters: int) -> int:
    """Lines that words take where so many letters of usual width fit one."""
    return len(textwrap.wrap(" ".join(map(_as_wide, words.split())), letters))


def _as_wide(word: str) -> str:
    """A word of usual letters about as wide: those of East Asian width, and words in capitals, take more."""
    is_shouted = len(word) > 3 and word.isupper()
    return "".join("mm" if is_shouted or east_asian_width(char) in "WF" else "m" for char in word)
