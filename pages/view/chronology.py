"""What happened, in order: each event on a line with its clock, under its day where there are many."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from loaders.drawing.lanes import shown_events
from loaders.drawing.markup import EMPTY, Html, tag
from loaders.drawing.rows import Row, is_known, records
from loaders.filters import shortened
from loaders.moments import CALENDAR, calendar_day, local, said_at
from pages.view.frame import View
from pages.view.naming import event_link
from pages.view.strip import day_strip

_LINES, _TITLE = 9, 90
_ONE_STORY = 2
"""Days up to which a chronology goes without their names."""


def in_order(view: View, events: pd.DataFrame) -> Html:
    """The events as a strip and as lines, with a heading."""
    days = {_day(row, view.zone) for row in records(shown_events(events))}
    return tag(
        "section",
        tag("h2", "The day in order" if len(days) <= _ONE_STORY else "The days in order"),
        day_strip(view, events),
        chronology(view, events),
        class_="day",
    )


def newest_posts(view: View) -> Html:
    """The posts, newest first, for a blog in which no event was found."""
    lines = [_post_line(view, post) for post in records(view.record.posts.head(_LINES))]
    every = tag("a", "All posts in the tables", href=view.to("tables", table="posts"), data_go=True)
    return tag(
        "section",
        tag("h2", "The posts"),
        tag("ol", *lines, class_="day-lines posts"),
        tag("p", every),
        class_="day",
    )


def _post_line(view: View, post: Row) -> Html:
    opening = view.record.text[post["start"] : min(post["end"], post["start"] + 10 * _TITLE)]
    link = tag(
        "a",
        shortened(post["headline"] or opening, _TITLE) or "A post",
        href=view.chosen("post", post["post_id"]),
        data_go=True,
        id=f"dl-post-{post['post_id']}",
    )
    when = said_at(post["posted_at"], view.zone) or "no time"
    return tag("li", tag("span", when, class_="when"), tag("span", link))


def chronology(view: View, events: pd.DataFrame) -> Html:
    """What happened, in order, each line with its clock: no more exact than it is known."""
    dated = shown_events(events)
    listed = sorted(records(dated), key=_order)
    is_long = len({_day(row, view.zone) for row in listed}) > _ONE_STORY
    first, rest = (_lines(view, part, is_long) for part in (listed[:_LINES], listed[_LINES:]))
    more = tag(
        "details",
        tag("summary", f"{len(listed[_LINES:])} more"),
        tag("ol", *rest, class_="day-lines"),
        id="dl-more-day",
    )
    return (
        tag("ol", *first, class_="day-lines")
        + (more if rest else EMPTY)
        + tag("p", tag("a", "Open the timeline", href=view.to("timeline"), data_go=True))
    )


def _lines(view: View, rows: list[Row], is_long: bool) -> list[Html]:
    """The lines of these events; where the story is of many days, under the name of each."""
    days = [_day(row, view.zone) for row in rows]
    lines: list[Html] = []
    for row, day, before in zip(rows, days, [None, *days], strict=False):
        if is_long and day and day != before:
            lines.append(tag("li", f"{day:%a} {day.day} {day:%b} {day.year}", class_="day-name"))
        lines.append(_line(view, row))
    return lines


def _day(row: Row, zone: str) -> date | None:
    """The day an event is told under: the one it had happened by, the middle one of what has no clock time."""
    if row["granularity"] in CALENDAR:
        return calendar_day(row["start_at"], row["end_at"], zone)
    start, end = local(row["start_at"], zone), local(row["end_at"], zone)
    if end and start != end:
        return (end - timedelta(seconds=1)).date()
    return known.date() if (known := end or start) else None


def _order(row: Row) -> tuple[float, bool]:
    """When it had happened; of two by the same instant, the one without a beginning came before."""
    instant = row["end_at"] if is_known(row["end_at"]) else row["start_at"]
    return float(instant.timestamp()), is_known(row["start_at"])


def _line(view: View, row: Row) -> Html:
    status = "" if row["status"] == "happened" else f" ({row['status']})"
    return tag(
        "li",
        tag("span", clock(row, view.zone), class_="when"),
        tag("span", event_link(view, row, "day"), status),
        class_=f"party {view.parties.of(row['participants'])}",
    )


def clock(row: Row, zone: str) -> str:
    """An event's time as short as a line of a chronology needs: "11:43–11:53", "by 13:02", "Tue 12"."""
    if row["granularity"] in CALENDAR and (day := calendar_day(row["start_at"], row["end_at"], zone)):
        return f"{day:%a} {day.day}"
    start, end = local(row["start_at"], zone), local(row["end_at"], zone)
    middle = start + (end - start) / 2 if start and end else end or start
    if middle is None:
        return ""
    if start and end and row["granularity"] in ("minute", "hour"):
        return f"{start:%H:%M}–{end:%H:%M}" if start != end else f"{start:%H:%M}"
    if row["status"] in ("planned", "possible") and start:
        return f"after {start:%H:%M}"
    return f"by {end:%H:%M}" if end and (end.hour or end.minute) else f"before {middle:%a} {middle.day}"
