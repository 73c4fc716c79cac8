"""The words of data/vocabulary/times.yaml as checked records.

The header comment of the file says what each section means.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, model_validator

from loaders.settings import Entry, Said, Zone, read_words

Wordings = tuple[Said, ...]
Share = tuple[Annotated[float, Field(ge=0, le=1)], Annotated[float, Field(ge=0, le=1)]]
Hours = tuple[Annotated[float, Field(ge=-24, le=48)], Annotated[float, Field(ge=-24, le=48)]]
Month = Annotated[int, Field(ge=1, le=12)]
Weekday = Annotated[int, Field(ge=1, le=7)]
From = Literal["now", "told"]
PartCode = Literal["TMO", "TAF", "TEV", "TNI", "TDT"]
Link = Literal[
    "the", "a", "of", "in", "on", "at", "and", "to", "that", "past", "recent", "current", "more",
    "long", "old", "all", "every", "every_other", "week_of", "oclock", "fiscal", "vague", "around",
    "cue", "counted", "numbered", "name",
]  # fmt: skip
UnitLetter = Literal["S", "M", "H", "D", "W", "WE", "Q", "Y", "DE", "CE", "ML"]


class WeekdayName(Entry):
    """A day of the week by its ISO number."""

    number: Weekday
    name: Said
    short: Wordings = ()


class MonthName(Entry):
    """A month; a shy one is another word too and needs company."""

    number: Month
    name: Said
    short: Wordings = ()
    shy: bool = False


class Season(Entry):
    """A season by its TIMEX3 code, with the months it covers."""

    code: Literal["SP", "SU", "FA", "WI"]
    words: Wordings
    first: Month
    months: Annotated[int, Field(ge=1, le=12)]
    shy: bool = False


class Part(Entry):
    """A part of the day by its TIMEX3 code, with its local hours."""

    code: PartCode
    words: Wordings
    hours: Hours
    early: Hours | None = None
    late: Hours | None = None


class Instant(Entry):
    """A word for one moment of the day."""

    words: Wordings
    clock: tuple[Annotated[int, Field(ge=0, le=24)], Annotated[int, Field(ge=0, le=59)]]


class Unit(Entry):
    """A unit of time by its ISO 8601 letter."""

    letter: UnitLetter
    one: Wordings = ()
    many: Wordings = ()
    clocked: bool = False


class Shift(Entry):
    """Words that point some units forward or back, from now or from the day told of."""

    words: Wordings
    by: Annotated[int, Field(ge=-1, le=1)]
    origin: From


class Portion(Entry):
    """Words for a part of a stretch of time, as shares of it."""

    words: Wordings
    share: Share


class Comparative(Entry):
    """Words for a portion ("earlier this year") or, after a duration, a direction ("two days earlier")."""

    words: Wordings
    by: Literal[-1, 1]


class DayWord(Entry):
    """A word for a day by its distance from today, with a part of that day."""

    words: Wordings
    by: int
    part: Literal["", PartCode] = ""


class Holiday(Entry):
    """A day with a name: fixed, the nth weekday of a month, or counted from Easter."""

    words: Wordings
    month: Month | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    weekday: Weekday | None = None
    nth: Annotated[int, Field(ge=-1, le=5)] | None = None
    after: int = 0
    easter: int | None = None

    @model_validator(mode="after")
    def _is_one_of_three(self) -> Holiday:
        fixed = self.month is not None and self.day is not None
        counted = self.month is not None and self.weekday is not None and self.nth
        if sum(map(bool, (fixed, counted, self.easter is not None))) != 1:
            raise ValueError("a holiday has month and day, or month, weekday and nth, or easter")
        return self


class ZoneWord(Entry):
    """Words after a clock time that name its zone; "local" is that of the place told of."""

    words: Wordings
    zone: Zone | Literal["local"]
    upper: bool = False


class TimeWords(Entry):
    """data/vocabulary/times.yaml."""

    weekdays: tuple[WeekdayName, ...]
    months: tuple[MonthName, ...]
    seasons: tuple[Season, ...]
    parts: tuple[Part, ...]
    overnight: Part
    instants: tuple[Instant, ...]
    units: tuple[Unit, ...]
    numbers: Mapping[Said, float]
    ordinals: Mapping[Said, int]
    scales: Mapping[Said, int]
    fractions: Mapping[Said, float]
    shifts: tuple[Shift, ...]
    portions: tuple[Portion, ...]
    stretches: tuple[Portion, ...]
    comparatives: tuple[Comparative, ...]
    ago: tuple[Shift, ...]
    sides: tuple[Shift, ...]
    days: tuple[DayWord, ...]
    refs: Mapping[Literal["PRESENT_REF", "PAST_REF", "FUTURE_REF"], Wordings]
    sets: Mapping[Annotated[str, Field(pattern=r"^PT?\d+[A-Z]$")], Wordings]
    holidays: tuple[Holiday, ...]
    fixed: Mapping[Said, date]
    zones: tuple[ZoneWord, ...]
    eras: Mapping[Said, Literal[-1, 1]]
    links: Mapping[Link, Wordings]
    future: Wordings
    planned: Wordings
    deadlines: Wordings
    since: Wordings
    past: Wordings


@cache
def time_words() -> TimeWords:
    """The words of data/vocabulary/times.yaml.

    Raises:
        SettingsError: The file breaks its schema.
    """
    return read_words("times", TimeWords)
