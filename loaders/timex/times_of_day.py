"""Times of day ("11:43 a.m.", "noon ET", "Wednesday afternoon"), and what "early" and "late" cut off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from zoneinfo import ZoneInfo

from loaders.timex.lexicon import lexicon
from loaders.timex.moments import DAY, Moment, clock_time, narrowed, part_of_day
from loaders.timex.patterns import Hit
from loaders.timex.setting import Setting
from loaders.timex.tokens import Token
from loaders.timex.vocabulary import Part

_HOURS = ("day", "number_word")
_EVENING_BEFORE = timedelta(hours=12)
"""A time of today that would be further ahead than this is, where it has been, one of the day before."""
_MORNING_AFTER = timedelta(hours=10)
"""A time of today that is further back than this, where it is to come, is one of the day after: "shut until 7am"."""


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A time of day as read: hour 0 to 24, whether minutes were said, and the zone where one is."""

    hour: int
    minute: int
    is_exact: bool
    zone: tzinfo | None = None


def clock_reading(tokens: Sequence[Token]) -> ClockReading | None:
    """The time of day these tokens say, None where no clock shows it."""
    by_kind = {token.kind: token for token in reversed(tokens)}
    named = named_zone(tokens)
    if "instant" in by_kind:
        hour, minute = by_kind["instant"].value.clock
        return ClockReading(hour, minute, True, named)
    face = by_kind.get("clock") or by_kind.get("dotted")
    if face:
        hour, minute = face.value
    elif military := by_kind.get("four_digits") or by_kind.get("year"):
        hour, minute = divmod(int(military.value), 100)
    elif beside := _beside_hour(tokens):
        hour, minute = beside
    else:
        hour, minute = next((int(token.value) for token in tokens if token.kind in _HOURS), -1), 0
    hour = _of_24(hour, by_kind)
    if not 0 <= hour <= 24 or not 0 <= minute <= 59 or (hour == 24 and minute):
        return None
    return ClockReading(hour, minute, face is not None or minute > 0, named)


def _beside_hour(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """The hour and minute of "half past three", "ten past three", "a quarter to three"; None of other words."""
    at = next((n for n, token in enumerate(tokens) if token.kind in {"past", "to"}), 0)
    if not 0 < at < len(tokens) - 1 or tokens[at + 1].kind != "number_word":
        return None
    part, hour = tokens[at - 1], int(tokens[at + 1].value)
    minute = 15 if part.kind == "quarter" else int(part.value * (60 if part.kind == "fraction" else 1))
    return (hour, minute) if tokens[at].kind == "past" else ((hour - 2) % 12 + 1, 60 - minute)


def named_zone(tokens: Sequence[Token]) -> tzinfo | None:
    """The zone the words name, None where they name none or say "local time"."""
    name = next((token.value for token in tokens if token.kind == "zone"), "local")
    return None if name == "local" else ZoneInfo(name)


def _of_24(hour: int, by_kind: dict[str, Token]) -> int:
    ampm, part = by_kind.get("ampm"), by_kind.get("part")
    if ampm:
        return (hour % 12) + (12 if ampm.value == "p" else 0) if hour <= 12 else hour
    if part and hour < 12:
        is_late = part.value.code in ("TAF", "TEV") or (part.value.code == "TNI" and hour >= 6)
        return hour + 12 if is_late else hour
    return hour


def on_day(hit: Hit, day: Moment, setting: Setting) -> Moment:
    """A day with the clock time, part of the day or portion that the hit gives beside it."""
    if day.day is None:
        return portioned(hit, day, setting)
    tokens = hit.groups.get("time") or hit.groups.get("later_time")
    reading = clock_reading(tokens) if tokens else None
    zone = named_zone(hit.tokens)
    if reading:
        at = clock_time(day.day, reading.hour, reading.minute, exact=reading.is_exact)
        return replace(at, zone=zone)
    part = hit.value("part", group="part") or hit.value("part", group="later_part")
    moment = in_part(hit, day.day, part, setting) if part else portioned(hit, day, setting)
    return replace(moment, zone=zone)


def in_part(hit: Hit, day: date, part: Part, setting: Setting) -> Moment:
    """That part of that day; "early morning" and "late night" have hours of their own."""
    start, end = _share(hit) or (0, 1)
    own = part.early if start == 0 and end < 1 else part.late if start > 0 and end == 1 else None
    if own:
        return part_of_day(day, part.code, own)
    return portioned(hit, part_of_day(day, part.code, part.hours), setting)


def portioned(hit: Hit, moment: Moment, setting: Setting) -> Moment:
    """The moment cut to what "early", "the end of", "later" leave of it."""
    share, comparative = _share(hit), hit.value("comparative", group="share")
    if share:
        return narrowed(moment, share)
    now = setting.now()
    if not (comparative and now and moment.start and moment.end and moment.start < now < moment.end):
        return moment
    return replace(moment, end=now) if comparative.by < 0 else replace(moment, start=now)


def _share(hit: Hit) -> tuple[float, float] | None:
    for group in ("share", "portion"):
        share: tuple[float, float] | None = hit.value("portion", "stretch", group=group)
        if share:
            return share
    return None


def read_clock(hit: Hit, setting: Setting) -> Moment | None:
    """A clock time without its date: on the day named beside it, else the day of posting there."""
    said = hit.groups.get(hit.piece, hit.tokens)
    reading = _first_of_two(hit) if hit.piece == "first" else clock_reading(said)
    if reading is None:
        return None
    zone = reading.zone or (None if hit.first("zone") else setting.zone_beside)
    day = setting.day_beside or setting.today(zone)
    if day is None:
        return Moment(f"XXXX-XX-XXT{reading.hour:02}:{reading.minute:02}", granularity="minute")
    at = clock_time(day, reading.hour, reading.minute, exact=reading.is_exact)
    now = setting.now(zone)
    if setting.day_beside or setting.is_day or now is None or at.start is None:
        return replace(at, zone=zone)
    if setting.tense == "past" and at.start - now > _EVENING_BEFORE and day > date.min:
        day -= DAY
    elif setting.tense == "future" and now - at.start > _MORNING_AFTER and day < date.max:
        day += DAY
    return replace(clock_time(day, reading.hour, reading.minute, exact=reading.is_exact), zone=zone)


def _first_of_two(hit: Hit) -> ClockReading | None:
    """The earlier of "between 11 and 1 p.m.": in the same half of the day, unless it would be the later."""
    shared = tuple(token for token in hit.groups["second"] if token.kind in ("ampm", "zone"))
    first, second = clock_reading(hit.groups["first"] + shared), clock_reading(hit.groups["second"])
    if first and second and (first.hour, first.minute) > (second.hour, second.minute) and first.hour >= 12:
        return replace(first, hour=first.hour - 12)
    return first


def usual_part(code: str) -> Part:
    """The part of the day a code stands for, with its usual hours."""
    return lexicon().parts[code]
