"""When a post was posted: from the stamp it carries, or from its neighbours, never more exactly than known.

Pure arithmetic on instants; the words of stamps are read in `loaders.sources.stamps`. Post time and event
time are different things: this module knows the first only. The rules are section 4 of the design: an age
read at T says "after T minus the next greater age, and not after T minus this one"; a post without a stamp
has bounds and no time; the order of the page never overrules a stamp.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

from loaders.errors import ClockError
from loaders.model import is_time_zone

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
DISORDER = timedelta(hours=3)
"""How far a time of day may run against the page's order before it must belong to another day."""


MOST_COMPARED = 100
"""Posts, evenly spaced over the page, that tell in what order it is."""
ROUNDED = timedelta(minutes=30)
"""How much younger than its printed age a post may be where the outlet rounds."""
YEARS = range(1900, 2200)
"""Years a page can have been read in."""


@dataclass(frozen=True, slots=True)
class Age:
    """A stamp such as "1 hr 6 min ago": the age, and the smallest unit it is counted in."""

    amount: timedelta
    unit: timedelta = MINUTE


@dataclass(frozen=True, slots=True)
class Day:
    """The day a stamp names, as far as it does: a date, a date without its year, a weekday, "yesterday"."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    back: int | None = None

    @property
    def full(self) -> date | None:
        """The date, None where not all of it is printed."""
        return date(self.year, self.month, self.day) if self.year and self.month and self.day else None


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A stamp such as "14:05 BST" or "12:01 a.m. ET, September 13, 2023".

    `zone` is None where none is printed; `age` is the age printed beside it, which says what day is meant.
    """

    clock: time
    day: Day = Day()
    zone: tzinfo | None = None
    age: Age | None = None


@dataclass(frozen=True, slots=True)
class Instant:
    """An instant stated by structured data, in UTC."""

    at: datetime


Stamp = Age | TimeOfDay | Instant


@dataclass(frozen=True, slots=True)
class Posted:
    """When a post was posted: the best single instant, the bounds, and what fixed them."""

    at: datetime | None = None
    after: datetime | None = None
    until: datetime | None = None
    clock: str = ""


def posting_times(
    stamps: Sequence[Stamp | None], *, read_at: datetime | None = None, zone: str = ""
) -> tuple[Posted, ...]:
    """When each post was posted, in the order of the stamps (page order, newest or oldest first).

    Args:
        stamps: One stamp a post, None where the post has none.
        read_at: When the page was read (aware), which ages and days without a date count from.
        zone: IANA zone of stamps that print none; UTC when empty.

    Raises:
        ClockError: Ages or dateless times without `read_at`; a `read_at` without offset; a zone that is none.
    """
    read = _in_utc(read_at)
    home = zone_named(zone or "UTC")
    upward = _dateless_run_upward(stamps)
    ordered = list(stamps) if not upward else list(reversed(stamps))
    times = _stamped(ordered, read, home)
    if upward:
        return tuple(reversed(list(_between_neighbours(times, read))))
    return bounded_by_neighbours(times, read_at=read)


def bounded_by_neighbours(times: Sequence[Posted], *, read_at: datetime | None) -> tuple[Posted, ...]:
    """The times of a page's posts, in page order, in which those without one have the bounds of their neighbours."""
    turned = is_oldest_first(times)
    bounded = list(_between_neighbours(times[::-1] if turned else times, _in_utc(read_at)))
    return tuple(reversed(bounded) if turned else bounded)


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone of that name.

    Raises:
        ClockError: There is no such zone.
    """
    if not is_time_zone(name):
        raise ClockError(
            "this is not a time zone", value=name, allowed="an IANA name such as America/New_York"
        )
    return ZoneInfo(name)


def aged(age: Age, read_at: datetime) -> Posted:
    """When a post of that age was posted, read at that instant."""
    until = read_at - age.amount
    return Posted(at=until, after=until - age.unit, until=until, clock="age stamp")


def timed(stamp: TimeOfDay, *, near: datetime | None, home: tzinfo) -> Posted:
    """When a post with that time was posted: that minute of the latest day that fits, not after `near`.

    Raises:
        ClockError: The stamp names no date, and `near` is unknown.
    """
    zone = stamp.zone or home
    if near is None and stamp.day.year is None:
        raise _needs_read_at("a post is stamped with a time but not with a date")
    day = _dated(stamp.day, stamp.clock, zone, near)
    at = datetime.combine(day, stamp.clock, zone).astimezone(UTC)
    exact = bool(stamp.clock.second)
    return Posted(at=at, after=at, until=at if exact else at + MINUTE, clock="absolute stamp")


def is_oldest_first(times: Sequence[Posted]) -> bool:
    """Whether a page puts its oldest post on top: of most two posts the lower is the later one.

    All pairs count and not just neighbours, so that a pinned or a misplaced post does not turn the page over.
    """
    known = [posted.at for posted in times if posted.at is not None]
    sample = known[:: len(known) // MOST_COMPARED + 1]
    rises = sum((lower > upper) - (lower < upper) for upper, lower in combinations(sample, 2))
    return rises > 0


def _stamped(stamps: Sequence[Stamp | None], read: datetime | None, home: tzinfo) -> list[Posted]:
    times: list[Posted] = []
    above = None if read else _newest_by_dates_below(stamps, home)
    for stamp in stamps:
        posted = _one(stamp, read, above, home)
        above = posted.at or above
        times.append(posted)
    return times


def _newest_by_dates_below(stamps: Sequence[Stamp | None], home: tzinfo) -> datetime | None:
    """When the first of some times of day was, told by the first date below them; each is later than the next."""
    given = [stamp for stamp in stamps if stamp is not None]
    dated = next((n for n, stamp in enumerate(given) if isinstance(stamp, TimeOfDay) and stamp.day.year), 0)
    later: datetime | None = None
    for stamp in reversed(given[: dated + 1] if dated else []):
        if not isinstance(stamp, TimeOfDay):
            return None
        if later is None:
            later = timed(stamp, near=None, home=home).at
            continue
        assert later is not None
        zone = stamp.zone or home
        at = datetime.combine(later.astimezone(zone).date(), stamp.clock, zone)
        later = (at if at >= later - DISORDER else at + DAY).astimezone(UTC)
    return later


def _one(stamp: Stamp | None, read: datetime | None, above: datetime | None, home: tzinfo) -> Posted:
    match stamp:
        case None:
            return Posted()
        case Instant(at):
            return Posted(at=at, after=at, until=at, clock="structured data")
        case Age():
            if read is None:
                raise _needs_read_at("the posts carry ages, which count from the moment the page was read")
            return aged(stamp, read)
        case TimeOfDay(age=Age() as age) if read is not None:
            return timed(stamp, near=min(read, read + min(age.unit, ROUNDED) - age.amount), home=home)
        case TimeOfDay(day=Day(back=int())):
            return timed(stamp, near=read, home=home)
        case TimeOfDay():
            near = above + DISORDER if above else read
            if near and read:
                near = min(near, read)
            return timed(stamp, near=near, home=home)


def _dated(day: Day, clock: time, zone: tzinfo, near: datetime | None) -> date:
    """The date meant: as printed, or the latest that fits and does not lie after `near`."""
    if day.full:
        return day.full
    assert near is not None
    local = near.astimezone(zone)
    latest = local.date() if clock <= local.time() else local.date() - DAY
    if day.back is not None:
        return local.date() - day.back * DAY
    if day.weekday is not None:
        return latest - (latest.weekday() - day.weekday) % 7 * DAY
    if day.month and day.day:
        return _latest_anniversary(day.month, day.day, latest)
    return latest


def _latest_anniversary(month: int, day: int, latest: date) -> date:
    for year in range(latest.year, latest.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= latest:
            return found
    return latest


def _between_neighbours(newest_first: Sequence[Posted], read: datetime | None) -> Iterator[Posted]:
    """Gives posts without a stamp the bounds of the nearest stamped posts below and above."""
    below = _carried([posted.after for posted in reversed(newest_first)])[::-1]
    above = _carried([posted.until for posted in newest_first])
    for posted, after, until in zip(newest_first, below, above, strict=True):
        if posted.at is not None:
            yield posted
            continue
        until = until or read
        known = [bound for bound in (after, until) if bound is not None]
        if len(known) == 2:
            after, until = min(known), max(known)
        yield replace(posted, after=after, until=until, clock="neighbours" if known else "")


def _carried(values: Sequence[datetime | None]) -> list[datetime | None]:
    carried, last = [], None
    for value in values:
        last = value if value is not None else last
        carried.append(last)
    return carried


def _dateless_run_upward(stamps: Sequence[Stamp | None]) -> bool:
    """Whether times of day that need their day from the order show a page with the oldest post on top.

    The dates of posts that have one say it first; where none differ, how often a time is later than the one above.
    """
    times = [s for s in stamps if isinstance(s, TimeOfDay) and not s.age]
    if all(stamp.day.year for stamp in times):
        return False
    days = [day for stamp in times if (day := stamp.day.full)]
    if days and days[0] != days[-1]:
        return days[0] < days[-1]
    clocks = [stamp.clock for stamp in times if not stamp.day.year]
    rising = sum(later > earlier for earlier, later in pairwise(clocks))
    falling = sum(later < earlier for earlier, later in pairwise(clocks))
    return rising > falling


def _needs_read_at(what: str) -> ClockError:
    return ClockError(
        what,
        entry="read_at",
        allowed="an instant with its offset, such as 2023-09-13T05:23:00Z",
        advice="say when the page was read: --read-at on the command line, or read_at in story.yaml",
    )


def _in_utc(read_at: datetime | None) -> datetime | None:
    if read_at is None:
        return None
    if read_at.tzinfo is None or read_at.year not in YEARS:
        raise ClockError(
            "read_at has no offset from UTC"
            if read_at.tzinfo is None
            else "nobody reads a page in that year",
            value=read_at.isoformat(),
            allowed="an instant with its offset, such as 2023-09-13T05:23:00Z",
        )
    return read_at.astimezone(UTC)
