"""A time axis with folds: stretches in which nothing is dated are drawn narrow, so that the busy hours stay readable.

Positions run from 0 (left) to 1 (right). Where the axis is folded it says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

HOUR, DAY, MONTH = timedelta(hours=1), timedelta(days=1), timedelta(days=30)
EDGE = 0.06
"""Ticks nearer than this to an end of the axis have their words kept inside it."""

_FOLD_WIDTH = 1.1
_MOST_BINS = 400


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled position of the axis; `is_day` where it is a midnight."""

    x: float
    label: str
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """Knots of a piecewise linear axis, and the stretches of it that are folded."""

    knots: tuple[tuple[datetime, float], ...]
    folds: tuple[tuple[datetime, datetime], ...]

    def at(self, instant: datetime) -> float:
        """Where an instant is drawn; before and after the axis, its ends."""
        after = bisect_right(self.knots, instant, key=lambda knot: knot[0])
        if after == 0:
            return 0.0
        if after == len(self.knots):
            return 1.0
        (start, low), (end, high) = self.knots[after - 1], self.knots[after]
        return low + (high - low) * ((instant - start) / (end - start))

    @property
    def start(self) -> datetime:
        """The first instant on the axis."""
        return self.knots[0][0]

    @property
    def end(self) -> datetime:
        """The last instant on the axis."""
        return self.knots[-1][0]


def folded_scale(
    sharp: Iterable[datetime], loose: Iterable[datetime] = (), least: float = 0.0
) -> Scale | None:
    """The axis that holds all instants and folds the stretches without a sharp one; None without any.

    Args:
        sharp: Instants known well enough to be told apart: they make their hour (day, month) a wide one.
        loose: Instants that only have to be on the axis, such as the bounds of a day.
        least: The share of the sharp instants that an hour (day, month) needs to be a wide one.
    """
    sharp = sorted(sharp)
    whole = sorted([*sharp, *loose])
    if not whole:
        return None
    step = _step((sharp[-1] - sharp[0]) if sharp else whole[-1] - whole[0])
    first, last = _floor(whole[0], step), _floor(whole[-1], step) + step
    counts = Counter(_floor(instant, step) for instant in sharp)
    busy = {each for each, count in counts.items() if count >= least * len(sharp)}
    widths = _widths(first, last, step, busy)
    total = sum(width for _, _, width, _ in widths)
    knots, reached = [(first, 0.0)], 0.0
    for _, end, width, _ in widths:
        reached += width / total
        knots.append((end, reached))
    return Scale(tuple(knots), tuple((start, end) for start, end, _, is_fold in widths if is_fold))


def _step(span: timedelta) -> timedelta:
    return next((step for step in (HOUR, DAY, MONTH) if span <= step * 72), 365 * DAY)


def _floor(instant: datetime, step: timedelta) -> datetime:
    origin = datetime(1900, 1, 1, tzinfo=instant.tzinfo)
    return origin + step * ((instant - origin) // step)


def _widths(
    first: datetime, last: datetime, step: timedelta, busy: set[datetime]
) -> list[tuple[datetime, datetime, float, bool]]:
    """Stretches of the axis in order: each busy bin one wide, each run of quiet bins folded to one."""
    found: list[tuple[datetime, datetime, float, bool]] = []
    edges = sorted({first, last, *busy, *(each + step for each in busy)})
    for start, end in pairwise(edges):
        if start in busy:
            found.append((start, end, 1.0, False))
        else:
            bins = (end - start) / step
            found.append((start, end, min(bins, _FOLD_WIDTH), bins > 2))
    return found


def ticks(scale: Scale, zone: str, width: float, room: float = 52) -> list[Tick]:
    """Labelled ticks of an axis `width` pixels wide, at least `room` pixels apart; midnights come first."""
    clock = ZoneInfo(zone)
    days = [
        (each.date(), Tick(scale.at(each), f"{each:%a} {each.day} {each:%b}", True))
        for each in _midnights(scale, clock)
    ]
    kept: list[Tick] = []
    named = {day for day, tick in days if _kept(tick, kept, width, room)}
    knots = [
        (moment.astimezone(clock), x)
        for moment, x in scale.knots
        if not any(start < moment < end for start, end in scale.folds)
    ]
    words = _Words.of(scale, clock)
    for local, x in knots:
        head = words.head(local, named)
        if head and _kept(Tick(x, head, True), kept, width, room):
            named.add(local.date())
    for local, x in knots:
        if words.finest < DAY or local.date() not in named:
            _kept(Tick(x, words.plain(local)), kept, width, room)
    return sorted(kept, key=lambda tick: tick.x)


def _kept(tick: Tick, kept: list[Tick], width: float, room: float) -> bool:
    """Keeps a tick where its words touch none that was kept before; whether it was kept."""
    left, right = _extent(tick, width, room)
    fits = all(right <= low or left >= high for low, high in (_extent(other, width, room) for other in kept))
    if fits:
        kept.append(tick)
    return fits


@dataclass(frozen=True, slots=True)
class _Words:
    """How the knots of an axis are called: by the hour, day or month, whatever its finest stretch is."""

    finest: timedelta
    crosses_years: bool

    @classmethod
    def of(cls, scale: Scale, clock: ZoneInfo) -> _Words:
        """The words of an axis in a zone."""
        finest = min((end - start for (start, _), (end, _) in pairwise(scale.knots)), default=HOUR)
        return cls(finest, scale.start.astimezone(clock).year != scale.end.astimezone(clock).year)

    def head(self, local: datetime, named: set[date]) -> str:
        """The name of a knot's day, or of its year where days are the finest; empty where that is named already."""
        is_new_year = self.crosses_years and local.year not in {day.year for day in named}
        if self.finest >= DAY:
            return f"{_day(local, self.finest)} {local.year}" if is_new_year else ""
        if local.date() in named:
            return ""
        return f"{_day(local)} {local.year}" if is_new_year else f"{local:%a} {_day(local)}"

    def plain(self, local: datetime) -> str:
        """What a knot is called beside those that name a day or a year."""
        return f"{local:%H:%M}" if self.finest < DAY else _day(local, self.finest)


def _day(local: datetime, finest: timedelta = DAY) -> str:
    return f"{local:%b}" if finest >= MONTH else f"{local.day} {local:%b}"


def _extent(tick: Tick, width: float, room: float) -> tuple[float, float]:
    """The pixels a tick's words take, anchored inside at the ends of the axis."""
    size = room * (1.25 if tick.is_day else 1.0)
    shift = 0.0 if tick.x < EDGE else 1.0 if tick.x > 1 - EDGE else 0.5
    return tick.x * width - size * shift, tick.x * width + size * (1 - shift)


def _midnights(scale: Scale, clock: ZoneInfo) -> list[datetime]:
    """The midnights on the axis, where there are few enough to label."""
    if scale.end - scale.start > 10 * DAY:
        return []
    day = scale.start.astimezone(clock).replace(hour=0, minute=0, second=0, microsecond=0)
    found: list[datetime] = []
    while day <= scale.end and len(found) < _MOST_BINS:
        if day >= scale.start:
            found.append(day)
        day = (day + DAY + 2 * HOUR).replace(hour=0)
    return found
