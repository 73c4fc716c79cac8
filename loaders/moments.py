"""Times in words, in the reader's zone, no more exact than they are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

DAY = timedelta(days=1)
CALENDAR = ("year", "month", "day")
"""What has no clock time, the coarsest first."""


def local(instant: Any, zone: str) -> datetime | None:
    """An instant on the zone's clock; None where it is not known."""
    if instant is None or instant is pd.NaT:
        return None
    moment: datetime = instant.to_pydatetime() if isinstance(instant, pd.Timestamp) else instant
    try:
        return moment.astimezone(ZoneInfo(zone))
    except OverflowError:
        return None


def said_at(instant: Any, zone: str) -> str:
    """An instant as "13:58, 13 Sep 2023"; empty where it is not known."""
    moment = local(instant, zone)
    return f"{moment:%H:%M}, {_date(moment)}" if moment else ""


def _date(moment: datetime) -> str:
    return f"{moment.day} {moment:%b} {moment.year}"


def posted(post: Mapping[str, Any], zone: str) -> str:
    """When a post was posted: its instant, or the bounds where that is all that is known."""
    if at := said_at(post["posted_at"], zone):
        return at
    return interval(post["posted_from"], post["posted_to"], zone) or "time not known"


def interval(start: Any, end: Any, zone: str, granularity: str = "") -> str:
    """The bounds of an event: "11:43–11:53, 13 Sep 2023", "12 Sep 2023", "2021", "by 13:58, …"; or nothing.

    What is known to the day, month or year is never given a clock time.
    """
    first, last = local(start, zone), local(end, zone)
    if granularity in CALENDAR and (known := first or last):
        own = calendar_zone(start, end, zone)
        return _calendar(local(first or known, own) or known, local(last or known, own) or known, granularity)
    if first is None or last is None:
        if last:
            return f"by {last:%H:%M}, {_date(last)}"
        return f"from {first:%H:%M}, {_date(first)}" if first else ""
    if first == last:
        return f"{first:%H:%M}, {_date(first)}"
    if first.date() == last.date():
        return f"{first:%H:%M}–{last:%H:%M}, {_date(last)}"
    return f"{first:%H:%M}, {_date(first)} – {last:%H:%M}, {_date(last)}"


def calendar_zone(start: Any, end: Any, zone: str) -> str:
    """The zone whose calendar the bounds of a day, month or year are to be read by.

    It is `zone` where one of them is a midnight there. Otherwise the day is that of another place, and UTC tells its
    date: noon anywhere between twelve hours behind and twelve ahead falls on the same day there.
    """
    bounds = (local(start, zone), local(end, zone))
    is_own = any(moment and moment.time() == time.min for moment in bounds)
    return zone if is_own else "UTC"


def calendar_day(start: Any, end: Any, zone: str) -> date | None:
    """The middle day of bounds known to the day, month or year, as their place counts it; None for neither."""
    first, last = (local(each, calendar_zone(start, end, zone)) for each in (start, end))
    if first and last:
        return (first + (last - first) / 2).date()
    return known.date() if (known := first or last) else None


def _calendar(first: datetime, last: datetime, granularity: str) -> str:
    """A day, month or year by its middle, so that another zone's clock does not move it to the next one."""
    days, said = _CALENDAR[granularity]
    if last - first <= DAY * days * 1.5:
        return said(first + (last - first) / 2)
    return f"{said(first + DAY / 2)} – {said(last - DAY / 2)}"


_CALENDAR: dict[str, tuple[float, Callable[[datetime], str]]] = {
    "year": (365, lambda moment: f"{moment.year}"),
    "month": (30, lambda moment: f"{moment:%B} {moment.year}"),
    "day": (1, _date),
}
