"""A time axis with folds: stretches in which nothing is dated are drawn narrow, so that the busy hours stay readable.

Positions run from 0 (left) to 1 (right). Where the axis is folded it says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
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


def folded_scale(sharp: Iterable[datetime], loose: Iterable[datetime] = ()) -> Scale | None:
    """The axis that holds all instants and folds the stretches without a sharp one; None without any.

    Args:
        sharp: Instants known well enough to be told apart: they make their hour (day, month) a wide one.
        loose: Instants that only have to be on the axis, such as the bounds of a day.
    """
    sharp = sorted(sharp)
    whole = sorted([*sharp, *loose])
    if not whole:
        return None
    step = _step((sharp[-1] - sharp[0]) if sharp else whole[-1] - whole[0])
    first, last = _floor(whole[0], step), _floor(whole[-1], step) + step
    busy = {_floor(instant, step) for instant in sharp}
    widths = _widths(first, last, step, busy)
    total = sum(width for _, _, width, _ in widths)
    knots, reached = [(first, 0.0)], 0.0
    for _, end, width, _ in widths:
        reached += width / total
        knots.append((end, reached))
    return Scale(tuple(knots), tuple((start, end) for start, end, _, is_fold in widths if is_fold))


def _step(span: timedelta) -> timedelta:
    return next((step for step in (HOUR, DAY, 30 * DAY) if span <= step * 72), 365 * DAY)


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
        Tick(
            scale.at(each),
            f"{each.astimezone(clock):%a} {each.astimezone(clock).day} {each.astimezone(clock):%b}",
            True,
        )
        for each in _midnights(scale, clock)
    ]
    hours = [
        Tick(x, _hour(moment.astimezone(clock), scale))
        for moment, x in scale.knots
        if not any(start < moment < end for start, end in scale.folds)
    ]
    kept: list[Tick] = []
    for tick in [*days, *hours]:
        left, right = _extent(tick, width, room)
        if all(right <= low or left >= high for low, high in (_extent(other, width, room) for other in kept)):
            kept.append(tick)
    return sorted(kept, key=lambda tick: tick.x)


def _extent(tick: Tick, width: float, room: float) -> tuple[float, float]:
    """The pixels a tick's words take, anchored inside at the ends of the axis."""
    size = room * (1.25 if tick.is_day else 1.0)
    shift = 0.0 if tick.x < EDGE else 1.0 if tick.x > 1 - EDGE else 0.5
    return tick.x * width - size * shift, tick.x * width + size * (1 - shift)


def _hour(moment: datetime, scale: Scale) -> str:
    if scale.end - scale.start > 120 * DAY:
        return f"{moment:%b} {moment.year}"
    return f"{moment.day} {moment:%b}" if scale.end - scale.start > 4 * DAY else f"{moment:%H:%M}"


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
