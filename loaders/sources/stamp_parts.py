"""The parts of a stamp line and what each adds to it: an age, a time, a date, a zone, words that say nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from loaders.clock import Age, Day, Stamp, TimeOfDay
from loaders.sources.stamp_words import stamp_words

YEARS = range(1900, 2100)
SIGNS = r"[\s,;·•|/()\[\]–—:*◦▪■●‣»›\-]+"
_CLOCK = r"(\d{1,2})(?:[:.h](\d\d)(?:[:.](\d\d)(?:\.\d+)?)?)?\s*(?:([ap])\.?\s?m\b\.?)?(?!\d)"
_ELSEWHERE = r"in\s+[^\W\d_]+|local(?:\s+time)?\b"
"""How another zone is told after a time without its name: "in Kyiv", "local time"."""
NO_DAY = Day()


@dataclass(frozen=True, slots=True)
class StampLine:
    """What a stamp line says. Parts that are not printed are None or empty."""

    age: Age | None = None
    clock: time | None = None
    day: Day = NO_DAY
    zone: tzinfo | None = None
    zone_name: str = ""
    is_update: bool = False
    lacks_ago: bool = False
    """The age is printed without "ago" ("2h", "12 min"), as measures and durations are."""

    @property
    def stamp(self) -> Stamp | None:
        """The stamp, None when the line gives no more than a date."""
        if self.clock is not None:
            return TimeOfDay(self.clock, self.day, self.zone, self.age)
        return self.age

    @property
    def is_bare(self) -> bool:
        """Whether it is a time of day alone, which may as well be a line of the text."""
        return self.age is None and self.day == NO_DAY and self.zone is None

    @property
    def is_bare_age(self) -> bool:
        """Whether it is an age alone without "ago", which may as well be a line of the text."""
        return self.lacks_ago and self == StampLine(age=self.age, lacks_ago=True)

    def joined(self, other: StampLine) -> StampLine:
        """This line with what it lacks taken from the line below it."""
        return replace(
            self,
            age=self.age or other.age,
            clock=self.clock or other.clock,
            zone=self.zone or other.zone,
            day=self.day if self.day != NO_DAY else other.day,
            zone_name=self.zone_name or other.zone_name,
        )


NOTHING = StampLine()
HALF_A_DAY = timedelta(hours=12)
Taker = Callable[[StampLine, "re.Match[str]", str], "StampLine | None"]


@cache
def stamp_parts() -> tuple[tuple[re.Pattern[str], Taker], ...]:
    """The parts of a stamp in the order they are tried; a taker refuses a part that is already there."""
    words = stamp_words()
    unit = either(name for unit in words.units for name in unit.names)
    month, weekday = either(words.months), either(words.weekdays)
    counted = rf"(?:\d{{1,4}}|{either(words.counts)}\b)\s*{unit}\.?"
    few = rf"\d{{1,2}}\s*{unit}\.?"
    zone = either(name for zone in words.zones for name in zone.names)
    ordinal = r"(\d{1,2})(?:st|nd|rd|th)?"
    patterns: tuple[tuple[str, Taker], ...] = (
        (r"(?:(utc|gmt)\s?)?([+−-])(\d{1,2})(?::?(00|15|30|45))?(?!\d)", _take_offset),
        (rf"\s*[(/]\s*(?:{_CLOCK}|\d{{4}})\s*(?:({zone})\b\.?|{_ELSEWHERE})\s*\)?", _take_elsewhere),
        (SIGNS, lambda read, match, home: read),
        (r"(\d{4})([-/])(\d\d)\2(\d\d)t?", _take_iso_day),
        (rf"{either(words.now)}\b", _take_now),
        (rf"({counted}(?:[\s,]*(?:and\s+)?{counted}){{0,3}})\s*{either(words.ago)}", _take_age),
        (rf"({few}(?:[\s,]*{few}){{0,3}})(?:{SIGNS})?$", _take_age_without_ago),
        (rf"({month})\.?\s+{ordinal}(?:,?\s+(\d{{4}})\b)?", _take_month_day),
        (rf"{ordinal}\s+(?:of\s+)?({month})\b\.?(?:,?\s+(\d{{4}})\b)?", _take_day_month),
        (r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b", _take_numbers),
        (r"(\d{1,2})(/)(\d{1,2})/(\d\d)\b", _take_numbers),
        (rf"({weekday})\b\.?", _take_weekday),
        (rf"({either(words.days)})\b", _take_day_word),
        (rf"12(?:[:.]00)?\s*({either(words.twelve)})\b", _take_twelve),
        (rf"(\d\d)(\d\d)()()(?=\s*(?:{zone}|{either(words.of_clock)})\b)", _take_clock),
        (_CLOCK, _take_clock),
        (rf"({zone})\b\.?", _take_zone),
        (rf"{either(words.updated)}\b", lambda read, match, home: replace(read, is_update=True)),
        (rf"{either((*words.posted, *words.fillers))}\b", lambda read, match, home: read),
    )
    return tuple((re.compile(pattern), take) for pattern, take in patterns)


def either(names: Iterable[str]) -> str:
    """A pattern for any of the names, the longest first, blanks forgiving."""
    longest_first = sorted(names, key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first) + ")"


def _take_now(read: StampLine, match: re.Match[str], home: str) -> StampLine | None:
    return replace(read, age=Age(timedelta(0))) if read.age is None else None


def _take_age(read: StampLine, match: re.Match[str], home: str) -> StampLine | None:
    words = stamp_words()
    seconds = {name: unit.seconds for unit in words.units for name in unit.names}
    parts = re.findall(r"(\d+|[a-z]+)\s*([a-z]+)", re.sub(r"\band\b", " ", match[1]))
    amounts = [(int(n) if n.isdigit() else words.counts[n], seconds[unit]) for n, unit in parts]
    half = len(amounts) // 2
    amounts = amounts[:half] if amounts[:half] == amounts[half:] else amounts
    total = sum(count * unit for count, unit in amounts)
    age = Age(timedelta(seconds=total), timedelta(seconds=min(u for _, u in amounts)))
    return replace(read, age=age) if read.age in (None, age) else None


def _take_age_without_ago(read: StampLine, match: re.Match[str], home: str) -> StampLine | None:
    aged = _take_age(read, match, home)
    return replace(aged, lacks_ago=read.age is None) if aged else None


def _take_clock(read: StampLine, match: re.Match[str], home: str) -> StampLine | None:
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[2] is None and match[4] is None:
        return None
    if match[4] and not (hour > 12 and match[4] == "p" and match[2]):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[4] == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    clock = time(hour, minute, second)
    return replace(read, clock=clock) if read.clock in (None, clock) else None


def _take_twelve(read: StampLine, match: re.Match[str], home: str) -> StampLine | None:
    return replace(read, clock=time(stamp_words().twelve[match[1]])) if read.clock is None else None


def _take_elsewhere(read: StampLine, match: re.Match[str], home: str) -> StampLine | None:
    """The same instant in another zone, "(11:05 a.m. PT)", which tells how far the first is from it.

    It adds nothing where that has a zone: "05:23 (02:23 GMT)" is three hours ahead, "14:05 BST (13:05 GMT)" BST.
    """
    if read.clock is None:
        return None
    if read.zone is not None:
        return read
    other = _take_clock(NOTHING, match, home) if match[1] else None
    named = _zone_named(match[5], home) if match[5] else None
    if other is None or other.clock is None or named is None:
        return None
    offset = named[0].utcoffset(None)
    if offset is None:
        return None
    ahead = _since_midnight(read.clock) - _since_midnight(other.clock) + offset
    ahead = (ahead + HALF_A_DAY) % (2 * HALF_A_DAY) - HALF_A_DAY
    return replace(read, zone=timezone(ahead))


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute)


def _take_iso_day(read: StampLine, match: re.Match[str], home: str) -> StampLine | None:
    return _with_date(read, int(match[1]), int(match[3]), int(match[4]))


def _take_month_day(read: StampLine, match: re.Match[str], home: str) -> StampLine | None:
    return _with_date(read, _number(match[3]), stamp_words().months[match[1]], int(match[2]))


def _take_day_month(read: StampLine, match: re.Match[str], home: str) -> StampLine | None:
    return _with_date(read, _number(match[3]), stamp_words().months[match[2]], int(match[1]))


def _take_numbers(read: StampLine, match: re.Match[str], home: str) -> StampLine | None:
    """A date in figures, where only one of day and month can be meant (or both are the same)."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 2000 if len(match[4]) == 2 else 0
    if first > 12 or first == second or match[2] == ".":
        return _with_date(read, year, second, first)
    return _with_date(read, year, first, second) if second > 12 else None


def _with_date(read: StampLine, year: int | None, month: int, day: int) -> StampLine | None:
    if read.day.day is not None or (year is not None and year not in YEARS):
        return None
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    return replace(read, day=Day(year, month, day))


def _take_weekday(read: StampLine, match: re.Match[str], home: str) -> StampLine | None:
    if read.day.day is not None:
        return read
    return replace(read, day=Day(weekday=stamp_words().weekdays[match[1]]))


def _take_day_word(read: StampLine, match: re.Match[str], home: str) -> StampLine | None:
    if read.day.day is not None:
        return read
    return replace(read, day=Day(back=stamp_words().days[match[1]]))


def _take_offset(read: StampLine, match: re.Match[str], home: str) -> StampLine | None:
    minutes = int(match[3]) * 60 + int(match[4] or 0)
    is_whole = match[1] or (len(match[3]) == 2 and match[4])
    if read.clock is None or minutes > 14 * 60 or not is_whole:
        return None
    return replace(read, zone=timezone(timedelta(minutes=minutes if match[2] == "+" else -minutes)))


def _take_zone(read: StampLine, match: re.Match[str], home: str) -> StampLine | None:
    if read.zone is not None:
        return read
    zone, name = _zone_named(match[1], home)
    return replace(read, zone=zone, zone_name=name)


def _zone_named(said: str, home: str) -> tuple[tzinfo, str]:
    """The zone that a zone word means on a page of a home zone, and its IANA name."""
    said = " ".join(said.split())
    word = next(z for z in stamp_words().zones if said in z.names)
    name = home if home in word.zone else word.zone[0]
    return (_offset(word.offset) if word.offset else ZoneInfo(name)), name


def _offset(stated: str) -> tzinfo:
    minutes = int(stated[1:3]) * 60 + int(stated[4:])
    return timezone(timedelta(minutes=minutes if stated[0] == "+" else -minutes))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
