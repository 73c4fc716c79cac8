"""The timeline, the map or a single quote alone, in a frame of somebody else's page.

Nothing stands around the graphic but its title, what it shows, where it is from, and the way to the full page.
Every link opens in a window of its own: a frame is too small to go elsewhere in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from loaders.drawing.lanes import shown_events
from loaders.drawing.markup import EMPTY, Html, Mark, joined, marked, tag
from loaders.drawing.provenance import in_marks
from loaders.model import web_address
from loaders.moments import interval, said_at
from loaders.search import hits, parse_words
from loaders.sentences import describe
from pages.view.atlas import drawn, place_list, shown_on_map
from pages.view.cards import attribution
from pages.view.chart import CHANGING, draw, filling
from pages.view.embedding import timeline_words, title
from pages.view.frame import View, open_embedded
from pages.view.links import linked
from pages.view.naming import event_list
from pages.view.story_lines import party_key, timeline_key
from pages.view.timeline_chart import timeline_chart

_LEAST_MAP = 260


def timeline() -> None:
    """Draws the timeline."""
    if view := open_embedded("timeline"):
        _timeline(view)


@st.fragment(key=CHANGING)
def _timeline(view: View) -> None:
    view = view.now()
    events = view.rows("events")
    has_any = len(shown_events(events)) > 0
    key = (
        timeline_key(view) if has_any else tag("p", "None of them has a time to be drawn at.", class_="hint")
    )
    linked(_head(view, timeline_words(view, events)) + key, "head")
    if has_any:
        filling(lambda width, room: timeline_chart(view, events, width, room))
    linked(_foot(view, _chosen(view), _listed("The events as a list", event_list(view, events))), "foot")


def world() -> None:
    """Draws the map."""
    if view := open_embedded("map"):
        _world(view)


@st.fragment(key=CHANGING)
def _world(view: View) -> None:
    view = view.now()
    shown = shown_on_map(view)
    said = describe(view.record, "events", view.filters)
    until = f"; up to {said_at(view.filters.at, view.zone)}" if view.filters.at else ""
    key = party_key(view) if shown.pins else tag("p", "Nothing of it has a place on the map.", class_="hint")
    linked(_head(view, f"{said}{until}.") + key, "head")
    if shown.pins:
        filling(lambda width, room: draw(view, "map", *drawn(view, shown, width, max(room, _LEAST_MAP))))
    source = "Outlines: Natural Earth. Coordinates: GeoNames and others."
    linked(
        _foot(view, _chosen(view), _listed("The places as a list", place_list(view, shown)), source), "foot"
    )


def quote() -> None:
    """Shows the quote that the link names."""
    view = open_embedded("quotes")
    if view is None:
        return
    kind, key = view.filters.row or ("", "")
    row = view.told.rows["quote"].get(key) if kind == "quote" else None
    if row is None:
        only("quotes", "A frame shows one quote, and the link names none.")
        return
    found = (Mark(*hit) for hit in hits(parse_words(view.filters.words), row["quote"]))
    words = tag("blockquote", in_marks(row, marked(row["quote"], found)), class_="said")
    card = tag(
        "figure",
        words,
        tag("figcaption", attribution(view, row)),
        class_=f"card party {view.parties.of(row['speaker_id'])} {row['quote_type']}",
    )
    linked(tag("header", tag("h1", title(view)), class_="head") + card, "head")
    linked(_foot(view, EMPTY, EMPTY), "foot")


def only(page: str, why: str = "Only the timeline, the map and a single quote fit a frame.") -> None:
    """Says that there is nothing for a frame here, and leads to the page."""
    link = tag("a", "Open the page", href=f"./{'' if page == 'overview' else page}", data_go=True)
    linked(tag("p", f"{why} ", link, class_="hint colophon"), "only")


def _unfit(page: str) -> Callable[[], None]:
    def show() -> None:
        if open_embedded(page):
            only(page)

    return show


FRAMED: Mapping[str, Callable[[], None]] = {"timeline": timeline, "map": world, "quotes": quote}


def framed(page: str) -> Callable[[], None]:
    """What shows a page in a frame."""
    return FRAMED.get(page) or _unfit(page)


def _head(view: View, said: str) -> Html:
    return tag(
        "header",
        tag("h1", title(view)),
        tag("p", said, class_="sentence"),
        class_="head",
    )


def _chosen(view: View) -> Html:
    """What a mark that was clicked stands for, with the way to its evidence."""
    kind, key = view.filters.row or ("", "")
    row = view.told.rows[kind].get(key) if kind else None
    if row is None:
        return EMPTY
    name = row.get("title") or row.get("name") or row.get("headline") or row.get("quote") or key
    quiet: list[str] = []
    if kind == "event":
        quiet = [interval(row["start_at"], row["end_at"], view.zone, row["granularity"]), row["source_type"]]
    link = tag("a", "Read the evidence", href=view.to(), data_go=True)
    said = joined([tag("b", name), *(each for each in quiet if each), link], " · ")
    return tag("p", said, class_="chosen")


def _listed(said: str, rows: Html) -> Html:
    return tag("details", tag("summary", said), rows, id="dl-list")


def _foot(view: View, chosen: Html, listed: Html, source: str = "") -> Html:
    blog = view.record.blog
    address = web_address(blog.url)
    outlet = blog.outlet or "its publisher"
    text = tag("a", outlet, href=address, data_go=True) if address else outlet
    credit = joined([joined(["Text: ", text, "."]), source], " ")
    full = tag("a", "The full page, with every source", href=view.to(), data_go=True, id="dl-full-page")
    return tag(
        "footer",
        tag("div", chosen, role="status"),
        listed,
        tag("p", tag("span", "Dateline. ", credit), full, class_="credit"),
        class_="foot colophon",
    )
