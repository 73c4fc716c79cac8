"""What dates of the calendar mean: days, weekdays, months, seasons, quarters, years, decades, holidays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from loaders.timex.clock_words import clock_reading, on_day, portioned
from loaders.timex.moments import (
    DAY,
    Moment,
    before_christ,
    clock_time,
    containing,
    month_first,
    moved,
    of_century,
    of_day,
    of_decade,
    of_month,
    of_quarter,
    of_season,
    of_week,
    of_year,
)
from loaders.timex.patterns import Hit
from loaders.timex.setting import (
    Setting,
    date_in,
    month_year,
    nearest,
    nearest_weekday,
    years_near,
)
from loaders.timex.vocabulary import Holiday

_MONTHS = ("month", "month_shy", "month_short")
_DAYS = ("day", "day_ordinal")
_SHIFTS = ("shift", "this", "told", "current")


def explicit_year(hit: Hit, setting: Setting) -> int | None:
    """The year the words give: in figures, or as "last year", "that year"."""
    year: int | None = hit.value("year", "short_year", group=_core(hit))
    if year is None and hit.piece:
        year = hit.value("year", "short_year")
    if year is None and hit.first("fiscal"):
        year = _two_digit_year(hit.value("two_digits", "day"))
    if year is not None or not hit.first("unit_year"):
        return year
    base = shift_base(hit, setting)
    return base.year + _shift_by(hit) if base else None


def _core(hit: Hit) -> str:
    """The group that holds the date itself, without a clock time beside it."""
    return hit.piece or ("core" if "core" in hit.groups else "")


def _two_digit_year(figures: int | None) -> int | None:
    return None if figures is None else figures + (1900 if figures >= 30 else 2000)


def _shift_by(hit: Hit) -> int:
    shift = hit.value("shift", "told")
    return shift.by if shift else -1 if hit.first("past") else 0


def shift_base(hit: Hit, setting: Setting) -> date | None:
    """The day a shift counts from: the one told of for "that", "the following", else the one of posting.

    In a narrative, "next spring" follows what is told.
    """
    shift = hit.value("shift")
    is_told = hit.first("told", "that") or (setting.is_narrative and shift and shift.by > 0)
    return setting.told_day if is_told else setting.today()


def read_date(hit: Hit, setting: Setting) -> Moment | None:
    """A day of a month, its year the nearest where none is given."""
    full = hit.value("full_date")
    if full:
        return _stamped(hit, *full, setting)
    fixed = hit.value("fixed")
    if fixed:
        return on_day(hit, of_day(fixed), setting)
    month = hit.value(*_MONTHS, group=_core(hit)) or hit.value(*_MONTHS)
    day = hit.value(*_DAYS, group=_core(hit))
    if month is None or day is None:
        return None
    found = _in_year(hit, month, day, setting)
    if found is None:
        return Moment(f"XXXX-{month:02}-{day:02}", granularity="day") if date_in(2000, month, day) else None
    return on_day(hit, of_day(found), setting)


def _in_year(hit: Hit, month: int, day: int, setting: Setting) -> date | None:
    year = explicit_year(hit, setting)
    if year is not None:
        return date_in(year, month, day)
    years: Sequence[int] = years_near(setting)
    if shifted := _shifted_month_year(hit, month, day, setting):
        years = (shifted,)
    days = [found for year in years if (found := date_in(year, month, day))]
    weekday = hit.value("weekday", "weekday_short")
    fitting = [found for found in days if found.isoweekday() == weekday]
    base = setting.base
    if base is None or len(days) == 1:
        return days[0] if days else None
    return nearest(fitting or days, base, setting.tense)


def _stamped(hit: Hit, day: date, clock: str | None, setting: Setting) -> Moment:
    if not clock:
        return on_day(hit, of_day(day), setting)
    return clock_time(day, int(clock[:2]) % 24, int(clock[3:5]) % 60, exact=True)


def read_weekday(hit: Hit, setting: Setting) -> Moment | None:
    """A weekday: today or the nearest, the way a shift or the tense points."""
    number = hit.value("weekday")
    day = _weekday(hit, number, setting)
    if day is None:
        part = hit.value("part", group="later_part")
        return Moment(f"XXXX-WXX-{number}{part.code if part else ''}", granularity="day")
    return on_day(hit, of_day(day), setting)


def _weekday(hit: Hit, number: int, setting: Setting) -> date | None:
    dated = hit.value("day_ordinal", group="core")
    if dated:
        return _weekday_dated(number, dated, setting)
    shift, base = hit.value("shift", "told", group="core"), shift_base(hit, setting)
    if base is not None and hit.first("unit_week"):
        week = base + timedelta(weeks=_shift_by(hit))
        return week + timedelta(days=number - week.isoweekday())
    if base is not None and shift and shift.by:
        distance = (shift.by * (number - base.isoweekday())) % 7 or 7
        return base + timedelta(days=shift.by * distance)
    return nearest_weekday(number, setting)


def _weekday_dated(number: int, day: int, setting: Setting) -> date | None:
    """Friday the 13th: the nearest 13th that is a Friday."""
    base = setting.base
    if base is None:
        return None
    firsts = (month_first(base.year, base.month + step) for step in range(-14, 15))
    days = (found for first in firsts if (found := date_in(first.year, first.month, day)))
    return nearest((found for found in days if found.isoweekday() == number), base, setting.tense)


def read_day_of_month(hit: Hit, setting: Setting) -> Moment | None:
    """ "The 13th": of the month told of, else the nearest."""
    base, number = setting.told_day, hit.value("day_ordinal")
    if base is None:
        return Moment(f"XXXX-XX-{number:02}", granularity="day")
    steps = (0,) if setting.told else (-1, 0, 1)
    firsts = [month_first(base.year, base.month + step) for step in steps]
    days = (found for first in firsts if (found := date_in(first.year, first.month, number)))
    found = nearest(days, base, setting.tense)
    return of_day(found) if found else None


def read_month(hit: Hit, setting: Setting) -> Moment | None:
    """A month, its year the nearest where none is given."""
    month = hit.value(*_MONTHS)
    year = explicit_year(hit, setting)
    if year is None:
        year = _shifted_month_year(hit, month, None, setting) or month_year(month, setting)
    if year is None:
        return Moment(f"XXXX-{month:02}", granularity="month")
    return portioned(hit, of_month(year, month), setting)


def _shifted_month_year(hit: Hit, month: int, day: int | None, setting: Setting) -> int | None:
    """The year of "last November", "next May 3": the nearest on that side, this month being neither."""
    shift, base = hit.value("shift", "told", group="core") or hit.value("shift", "told"), shift_base(hit, setting)
    if shift is None or base is None or not shift.by:
        return None
    there, here = (month, day or 0), (base.month, base.day if day else 0)
    return base.year if (there < here if shift.by < 0 else there > here) else base.year + shift.by


def read_season(hit: Hit, setting: Setting) -> Moment | None:
    """A season; without a year the last one begun, or the next where the clause looks ahead."""
    season = hit.value("season", "season_shy")
    year = explicit_year(hit, setting)
    if year is None:
        year = _season_year(hit, season.first, setting)
    if year is None:
        return Moment(f"XXXX-{season.code}", granularity="year")
    return portioned(hit, of_season(year, season.code, season.first, season.months), setting)


def _season_year(hit: Hit, first: int, setting: Setting) -> int | None:
    shift = hit.value("shift", "told")
    base = shift_base(hit, setting) if hit.first("shift", "told", "that", "this", "current") else setting.base
    if base is None or setting.year_beside or (setting.is_narrative and not shift):
        return setting.year_beside or (base.year if base else None)
    begun = base.year if base.month >= first else base.year - 1
    if shift and shift.by < 0:
        is_running = date(begun, first, 1) <= base < month_first(begun, first + 3)
        return begun - 1 if is_running else begun
    is_ahead = (shift and shift.by > 0) or setting.tense == "future" or hit.first("this")
    is_over = base >= month_first(begun, first + 3)
    return begun + 1 if is_ahead and is_over else begun


def read_quarter(hit: Hit, setting: Setting) -> Moment | None:
    """A quarter or half of a year; without one, the last that has begun."""
    label = hit.value("label")
    number = label[1] if label else hit.value("ordinal_word", "day_ordinal")
    today = setting.today()
    if number is None:
        return containing(moved(today, "Q", _shift_by(hit)), "Q") if today else Moment("XXXX-QX", granularity="year")
    if not 1 <= number <= 4:
        return None
    if label and label[0] == "H":
        year = explicit_year(hit, setting) or (today.year if today else None)
        return of_half(year, number) if year and number <= 2 else None
    year = explicit_year(hit, setting) or _quarter_year(number, setting)
    return of_quarter(year, number) if year else Moment(f"XXXX-Q{number}", granularity="year")


def _quarter_year(number: int, setting: Setting) -> int | None:
    base = setting.base
    if base is None or setting.tense == "future" or setting.is_narrative:
        return base.year if base else None
    return base.year if 3 * number - 2 <= base.month else base.year - 1


def read_year(hit: Hit, setting: Setting) -> Moment | None:
    """A year."""
    year = hit.value("year", group=hit.piece) if hit.piece else explicit_year(hit, setting)
    if year is None and hit.piece:
        year = _same_century(hit)
    return portioned(hit, of_year(int(year)), setting) if year else None


def _same_century(hit: Hit) -> int | None:
    """1914–18: the second year has the first one's century, and lies after it."""
    first, figures = hit.value("year", group="first"), hit.value("two_digits", "day", group="second")
    return first // 100 * 100 + figures if figures is not None and figures > first % 100 else None


def read_era(hit: Hit, setting: Setting) -> Moment | None:
    """A year counted from the beginning of our era: 490 B.C. is BC0490."""
    year = int(hit.value("day", "two_digits", "four_digits", "year", "number", group=hit.piece))
    if not 0 < year <= 9999:
        return None
    return before_christ(year) if hit.value("era") < 0 else portioned(hit, of_year(year), setting)


def read_decade(hit: Hit, setting: Setting) -> Moment | None:
    """Ten years: the 1990s are 199X."""
    return portioned(hit, of_decade(hit.value("decade")), setting)


def read_century(hit: Hit, setting: Setting) -> Moment | None:
    """A hundred years by their ordinal."""
    number = (hit.value("number_word") or 0) + hit.value("ordinal_word", "ordinal", "day_ordinal")
    if not 0 < number < 100:
        return None
    return portioned(hit, of_century(int(number), hit.value("era") or 1), setting)


def read_holiday(hit: Hit, setting: Setting) -> Moment | None:
    """A day with a name, in the year given or the nearest."""
    holiday, year, base = hit.value("holiday"), explicit_year(hit, setting), setting.base
    shift = hit.value("shift")
    if year is not None:
        return on_day(hit, of_day(holiday_in(holiday, year)), setting) if 1 <= year <= 9998 else None
    days = [holiday_in(holiday, near) for near in years_near(setting) if 1 <= near <= 9998]
    if base is None:
        return Moment("XXXX-XX-XX", granularity="day")
    if shift and shift.by:
        days = [day for day in days if (day < base if shift.by < 0 else day > base)]
    found = nearest(days, base, setting.tense)
    return on_day(hit, of_day(found), setting) if found else None


def holiday_in(holiday: Holiday, year: int) -> date:
    """The day a holiday falls on in that year."""
    if holiday.easter is not None:
        return easter(year) + holiday.easter * DAY
    month = holiday.month or 1
    if holiday.day:
        return date(year, month, holiday.day)
    days = [day for day in _days_of(year, month) if day.isoweekday() == holiday.weekday]
    nth = holiday.nth or 1
    return days[nth - 1 if nth > 0 else nth] + holiday.after * DAY


def _days_of(year: int, month: int) -> Iterator[date]:
    day = date(year, month, 1)
    while day.month == month:
        yield day
        day += DAY


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the anonymous algorithm of 1876 (Meeus, Jones, Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def read_week_of(hit: Hit, setting: Setting) -> Moment | None:
    """ "The week of March 6": the week that day lies in."""
    month, day = hit.value(*_MONTHS), hit.value(*_DAYS)
    found = _in_year(hit, month, day, setting)
    return portioned(hit, of_week(found), setting) if found else None
