"""Where an expression stands: when it was written, what was told before, which way the clause looks.

Everything a reader needs beside the words themselves, and the choices that depend on it: which Tuesday, which
April.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from loaders.timex.moments import Moment

Tense = Literal["", "past", "future"]
_NIGHT_ENDS = 5
"""The hour of the morning until which the night before is still "tonight"."""
_AGAINST_TENSE = 3
"""A date that runs against the tense of its clause must be this many times nearer to be the one meant."""
_THIS_YEAR = 2
"""A date of the same year may be so many times farther: news leaves out the year where it is this one."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds one expression.

    Args:
        anchor: The aware instant of posting, None where not known.
        zones: The zones local days are meant in, the first deciding.
        is_day: Only the day of posting is known, the date of `anchor` in every zone.
        told: The last dated moment before it in the same post.
        is_narrative: Whether the post tells of a time far from its own, so that a bare month belongs to the
            year told of and not to the one of posting.
        tense: Which way the clause looks.
        day_beside: The day another expression of the sentence names.
        year_beside: The year of the date it is coordinated with ("between May and August 1995").
        zone_beside: The zone of the clock time it is coordinated with ("between 1 a.m. and 2 a.m. ET").
    """

    anchor: datetime | None = None
    zones: tuple[tzinfo, ...] = (UTC,)
    is_day: bool = False
    told: Moment | None = None
    is_narrative: bool = False
    tense: Tense = ""
    day_beside: date | None = None
    year_beside: int | None = None
    zone_beside: tzinfo | None = None

    def now(self, zone: tzinfo | None = None) -> datetime | None:
        """The local moment of posting, in the first zone unless another is named."""
        if self.anchor is None:
            return None
        if self.is_day:
            return datetime.combine(self.anchor.date(), time())
        try:
            return self.anchor.astimezone(zone or self.zones[0]).replace(tzinfo=None)
        except OverflowError:
            return self.anchor.replace(tzinfo=None)

    def today(self, zone: tzinfo | None = None) -> date | None:
        """The local day of posting."""
        now = self.now(zone)
        return now.date() if now else None

    @property
    def evening(self) -> date | None:
        """The day whose evening and night "tonight" means: until five in the morning that of the day before."""
        now = self.now()
        if now is None or self.is_day or now.hour >= _NIGHT_ENDS:
            return now.date() if now else None
        return now.date() - timedelta(days=1) if now.date() > date.min else now.date()

    @property
    def told_day(self) -> date | None:
        """The day told of, or the first of the stretch told of; the day of posting where nothing was told."""
        if self.told and self.told.start:
            return self.told.start.date()
        return None if self.is_narrative else self.today()

    @property
    def base(self) -> date | None:
        """The day from which the nearest date is meant."""
        return self.told_day if self.is_narrative else self.today()


def nearest(days: Iterable[date], base: date, tense: Tense) -> date | None:
    """The day meant among several of one name: the nearest, as the tense looks, rather of the same year."""
    return min(days, key=lambda day: _distance(day, base, tense), default=None)


def _distance(day: date, base: date, tense: Tense) -> tuple[float, bool]:
    ahead = (day - base).days
    if (tense == "past" and ahead > 0) or (tense == "future" and ahead < 0):
        return abs(ahead) * _AGAINST_TENSE, ahead > 0
    return abs(ahead) / (_THIS_YEAR if day.year == base.year else 1), ahead > 0


def nearest_weekday(number: int, setting: Setting) -> date | None:
    """The nearest such weekday: today where it is one, in any of the zones; else the way the tense looks."""
    base = setting.told.day if setting.is_narrative and setting.told and setting.told.day else setting.today()
    if base is None:
        return None
    if not setting.is_narrative:
        for today in (setting.today(zone) for zone in setting.zones):
            if today and today.isoweekday() == number:
                return today
    back = (base.isoweekday() - number) % 7
    is_ahead = setting.tense == "future" or (not setting.tense and back > 3)
    return base + timedelta(days=(7 if is_ahead and back else 0) - back)


def years_near(setting: Setting) -> range:
    """The years a date without one can lie in, empty where nothing says when it was written."""
    base = setting.base
    if setting.year_beside is not None:
        return range(setting.year_beside, setting.year_beside + 1)
    if base is None:
        return range(0)
    if setting.is_narrative:
        return range(base.year, base.year + 1)
    return range(max(base.year - 1, 1), min(base.year + 1, 9999) + 1)


def month_year(month: int, setting: Setting) -> int | None:
    """The year of a month named without one: the last such month, or the next where the clause looks ahead.

    Where no tense shows, news tells of what has been. A month that would lie some nine months back or more is
    the next one all the same: of the other, news says "last November".
    """
    years, base = years_near(setting), setting.base
    if len(years) <= 1 or base is None:
        return years[0] if years else None
    months = (date(year, month, 1) for year in years)
    chosen = nearest(months, date(base.year, base.month, 1), setting.tense or "past")
    return chosen.year if chosen else None


def date_in(year: int, month: int, day: int) -> date | None:
    """The date, None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
