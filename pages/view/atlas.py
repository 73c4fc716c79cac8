"""What stands on and around the map: the time slider, the key, and the places as a list."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from loaders.drawing.geometry import Frame, framed
from loaders.drawing.markup import EMPTY, Html, joined, long_list, tag
from loaders.drawing.places import Arc, Pin, arcs, holding, is_backdrop, is_simply_written, pins, steps, until
from loaders.filters import Filters
from loaders.model import iso
from loaders.moments import said_at
from loaders.sentences import counted
from pages.view.chart import chosen_on
from pages.view.deck import alt_text, story_deck
from pages.view.facets import hidden
from pages.view.frame import View
from pages.view.links import href
from pages.view.naming import event_list, row_link
from pages.view.story_lines import party_key


@dataclass(frozen=True)
class Shown:
    """What a map shows: the places and movements its filters and its slider leave, and the events behind them."""

    pins: tuple[Pin, ...]
    arcs: tuple[Arc, ...]
    events: pd.DataFrame


def shown_on_map(view: View) -> Shown:
    """What the map of a view shows."""
    whole = view.rows("events")
    events = until(whole[~whole["is_background"]], view.filters.at)
    found = pins(view.rows("locations"), events, view.parties, all_senses=view.filters.all_senses)
    return Shown(tuple(found), tuple(arcs(view.record, events, view.parties)), events)


def drawn(view: View, shown: Shown, width: int, room: int = 0) -> tuple[Any, str, int]:
    """The deck of what is shown, its alternative text, and its height, for a width and perhaps a height in pixels."""
    record = view.record
    height, padding = (room or 560, 80) if width >= 640 else (room or 440, 48)
    current = record.events[~record.events["is_background"]]
    every = pins(record.locations, current, view.parties, all_senses=False)
    chosen = chosen_on(view, "place") or chosen_on(view, "event")
    points = [
        *holding(every, arcs(record, current, view.parties)),
        *(
            (pin.longitude, pin.latitude)
            for pin in shown.pins
            if pin.location_id == chosen and not pin.is_wide
        ),
    ]
    frame = framed(points, width, height, padding)
    drawable = [_drawable(pin, frame) for pin in shown.pins]
    deck = story_deck(drawable, shown.arcs, frame, view.parties, view.look, chosen)
    when = f"up to {said_at(view.filters.at, view.zone)}" if view.filters.at else ""
    return deck, alt_text(shown.pins, shown.arcs, when), height


def _drawable(pin: Pin, frame: Frame) -> Pin:
    """A place as the map can draw it: without a circle that would cover it, or letters it cannot join."""
    native = pin.native_name if is_simply_written(pin.native_name) else ""
    return replace(pin, is_wide=is_backdrop(pin, frame), native_name=native)


def time_slider(view: View) -> Html:
    """A slider over the moments at which something new happened; at its right end the whole story."""
    whole = view.rows("events")
    moments = steps(whole[~whole["is_background"]])
    if len(moments) < 2:
        return EMPTY
    values = [*(iso(moment) for moment in moments), ""]
    said = [*(said_at(moment, view.zone) for moment in moments), "the whole story"]
    at = next(
        (n for n, moment in enumerate(moments) if view.filters.at and moment >= view.filters.at), len(moments)
    )
    field = tag(
        "input",
        type="range",
        name="at",
        id="dl-at",
        min="0",
        max=str(len(moments)),
        value=str(at),
        data_values=json.dumps(values),
        data_said=json.dumps(said),
        aria_valuetext=said[at],
    )
    label = tag("label", "Story so far: ", tag("output", said[at], for_="dl-at"), for_="dl-at")
    return tag(
        "form",
        hidden(view.filters, ("at",)),
        label,
        field,
        action=href(view.page, Filters()),
        class_="slider",
    )


def map_key(view: View, beside: Html) -> Html:
    """Which colour means whom, the choice to show places that only stand for a government, and `beside` that."""
    if view.record.locations.empty:
        return tag(
            "p", "The text names no place that Dateline knows, so the map has nothing to show.", class_="hint"
        )
    senses = tag(
        "a",
        "Hide places that only stand for a government"
        if view.filters.all_senses
        else "Show places that only stand for a government or a reporter’s desk",
        href=view.to(all_senses=not view.filters.all_senses),
        data_go=True,
        id="dl-senses",
    )
    read = tag("p", "A dot grows with how often a place is named; a ring is an area.", class_="quiet")
    line = tag("div", tag("p", senses, class_="choices"), beside, class_="line")
    return tag("div", party_key(view), read, line, class_="keys")


def place_list(view: View, shown: Shown) -> Html:
    """The places and the events of the map as lists of links: what it shows, in words."""
    places = (_place_line(view, pin) for pin in shown.pins)
    listed = long_list(places, class_="places", key="places")
    parts = [tag("h2", "Places on this map"), listed] if shown.pins else []
    if len(shown.events):
        parts += [
            tag("h2", "What has happened so far" if view.filters.at else "What happened"),
            event_list(view, shown.events),
        ]
    return tag("section", *parts, class_="lists")


def _place_line(view: View, pin: Pin) -> Html:
    said = [
        f"named {pin.mentions}×" if pin.mentions else "",
        counted(pin.events, "event") if pin.events else "",
    ]
    link = row_link(view, "place", pin.location_id, pin.name)
    native = tag("span", pin.native_name, class_="native") if pin.native_name else None
    return tag(
        "li",
        link,
        native,
        tag("span", joined([each for each in said if each], " · "), class_="quiet"),
        class_=f"party {pin.party}",
    )
