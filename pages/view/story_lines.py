"""What stands around the timeline: its lanes, its key, the background on its own axis, the same events as a list."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from loaders.drawing.lanes import shown_events
from loaders.drawing.marks import MARKS
from loaders.drawing.markup import EMPTY, Html, Piece, joined, tag
from loaders.drawing.rows import Row, is_known, records
from loaders.filters import LANES
from loaders.moments import interval
from loaders.selection import select_rows, time_bounds
from pages.view.frame import View
from pages.view.links import choice_link
from pages.view.naming import event_link, event_list

_FEW, _MOST_DAYS = 60, 8
"""Events that one axis holds with their words, and how many days are offered for more than those."""
_LANES = {"place": "Place", "people": "People", "kind": "Kind"}


def lane_choice(view: View, beside: Html) -> Html:
    """What the lanes of the timeline stand for, as links; `beside` at the end of their line."""
    current = view.filters.lane or "place"
    links = (
        choice_link(
            _LANES[lane],
            view.to(lane="" if lane == "place" else lane),
            is_chosen=lane == current,
            key=f"dl-lane-{lane}",
        )
        for lane in LANES
    )
    choices = tag("p", tag("span", "Lanes: "), joined(links, " "), class_="choices")
    return tag("div", choices, beside, class_="line")


def day_choice(view: View) -> Html:
    """The days of a long story, each a link to its events alone, with how many; nothing where one axis holds all.

    A day keeps every other filter. The days with most events are offered, in order; `When` beside has all hours.
    """
    if len(shown_events(view.record.events)) <= _FEW:
        return EMPTY
    zone = ZoneInfo(view.zone)
    anytime = replace(view.filters, time_from=None, time_to=None)
    current = shown_events(select_rows(view.record, "events", anytime))
    counts = Counter(
        day for bounds in time_bounds(view.record, "events", current) for day in _days(bounds, zone)
    )
    most = sorted(day for day, _ in counts.most_common(_MOST_DAYS))
    chosen = (view.filters.time_from, view.filters.time_to)
    whole = _day_link(view, "all", "All days", (None, None), chosen)
    links = (
        _day_link(
            view,
            f"{day}",
            joined([f"{day:%a} {day.day} {day:%b} ", tag("i", str(counts[day]))]),
            _bounds(day, zone),
            chosen,
        )
        for day in most
    )
    return tag("p", tag("span", "Day: "), joined([whole, *links], " "), class_="choices days")


def _days(bounds: tuple[datetime | None, datetime | None], zone: ZoneInfo) -> list[date]:
    """The days an event touches, where that is a few."""
    start, end = (
        each.astimezone(zone).date() for each in (bounds[0] or bounds[1], bounds[1] or bounds[0]) if each
    )
    span = range(min((end - start).days, _MOST_DAYS) + 1)
    return [start + timedelta(days=n) for n in span]


def _bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """A day's first and last minute, in UTC."""
    first, after = (datetime.combine(each, time(), zone) for each in (day, day + timedelta(days=1)))
    return first.astimezone(UTC), after.astimezone(UTC) - timedelta(minutes=1)


def _day_link(
    view: View, key: str, said: Piece, window: tuple[datetime | None, datetime | None], chosen: object
) -> Html:
    start, end = window
    address = view.to(time_from=start, time_to=end)
    return choice_link(said, address, is_chosen=window == chosen, key=f"dl-day-{key}")


def party_key(view: View) -> Html:
    """Which colour means whom."""
    found = {view.parties.of(key) for key in view.parties.of_id}
    items = (
        tag("li", tag("span", class_="swatch", aria_hidden="true"), party.name, class_=f"party {party.id}")
        for party in view.parties.shown
        if party.id in found
    )
    return tag("ul", *items, class_="key", aria_label="Colours")


def timeline_key(view: View) -> Html:
    """How to read a mark of the timeline."""
    items = (
        tag("li", tag("span", class_=f"sample {look}", aria_hidden="true"), said) for look, said in MARKS
    )
    return tag("div", party_key(view), tag("ul", *items, class_="key", aria_label="Marks"), class_="keys")


def background(view: View, events: pd.DataFrame) -> Html:
    """What lies before the story, on an axis of its own: in order, not to scale."""
    dated = [row for row in records(events) if row["is_background"] and is_dated(row)]
    if not dated:
        return EMPTY
    points = (_point(view, row) for row in sorted(dated, key=_moment))
    note = tag("span", "in order, not to scale", class_="quiet")
    return tag("section", tag("h2", "Before this story ", note), tag("ol", *points, class_="axis"))


def is_dated(row: Row) -> bool:
    """Whether the text says when a background event was: that it lay before its post is not saying much."""
    return is_known(row["start_at"]) or (is_known(row["end_at"]) and bool(row["granularity"]))


def _moment(row: Row) -> float:
    instant = row["start_at"] if is_known(row["start_at"]) else row["end_at"]
    return float(instant.timestamp()) if is_known(instant) else 0.0


def _point(view: View, row: Row) -> Html:
    when = interval(row["start_at"], row["end_at"], view.zone, row["granularity"])
    link = event_link(view, row, "background")
    return tag(
        "li", tag("span", when, class_="when"), link, class_=f"party {view.parties.of(row['participants'])}"
    )


def before_and_undated(view: View, events: pd.DataFrame) -> Html:
    """The events of the chart as a list, then those no words date."""
    dated = shown_events(events)
    on_axis = set(dated["event_id"])
    left = [row["event_id"] not in on_axis and not is_dated(row) for row in records(events)]
    undated = events[pd.Series(left, index=events.index, dtype=bool)]
    order = (
        dated.assign(_by=dated["end_at"].fillna(dated["start_at"]))
        .sort_values("_by", kind="stable")
        .drop(columns="_by")
    )
    parts = [tag("h2", "The same events as a list"), event_list(view, order)] if len(order) else []
    if len(undated):
        parts += [tag("h2", "Without a time in the text"), event_list(view, undated, "undated")]
    return tag("section", *parts, class_="lists")


def unlabelled(labelled: int, bare: int) -> Html:
    """That not every mark has its label, and where its words are."""
    said = f"The {labelled} events that most posts report have their words beside them. " if labelled else ""
    return tag(
        "p",
        f"{said}Click any of the {bare} {'other ' if labelled else ''}marks to read what it stands for; choose a "
        "day, a place or a name to have more words. All events are in the list below.",
        class_="hint",
    )
