"""What days mean: dates of the calendar, weekdays, holidays, "today"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from loaders.timex.moments import DAY, Moment, clock_time, month_first, of_day, of_week, part_of_day
from loaders.timex.patterns import Hit
from loaders.timex.pointing import DAYS, MONTHS, core_of, explicit_year, shift_base, shift_by, shifted_year
from loaders.timex.setting import Setting, date_in, nearest, nearest_weekday, years_near
from loaders.timex.times_of_day import on_day, portioned, usual_part
from loaders.timex.vocabulary import Holiday


def read_day(hit: Hit, setting: Setting) -> Moment | None:
    """A day, however it is named."""
    if hit.first("day_word"):
        return read_day_word(hit, setting)
    if hit.first("holiday"):
        return read_holiday(hit, setting)
    if hit.first("weekday", group="core") and not hit.first(*MONTHS, group="core"):
        return read_weekday(hit, setting)
    return read_date(hit, setting)


def read_date(hit: Hit, setting: Setting) -> Moment | None:
    """A day of a month, its year the nearest where none is given."""
    full = hit.value("full_date")
    if full:
        return _stamped(hit, full[0], full[1], setting)
    fixed = hit.value("fixed")
    if fixed:
        return on_day(hit, of_day(fixed), setting)
    month = hit.value(*MONTHS, group=core_of(hit)) or hit.value(*MONTHS)
    day = hit.value(*DAYS, group=core_of(hit))
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
    if shifted := shifted_year(hit, month, day, setting):
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
    stamp = datetime.fromisoformat(f"{day.isoformat()}T{clock}")
    return replace(clock_time(day, stamp.hour, stamp.minute, exact=True), zone=stamp.tzinfo)


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
        week = base + timedelta(weeks=shift_by(hit))
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
    days = _numbered(day, base, range(-14, 15))
    return nearest((found for found in days if found.isoweekday() == number), base, setting.tense)


def read_day_of_month(hit: Hit, setting: Setting) -> Moment | None:
    """A day by its number alone ("the 13th"): of the month told of, else the nearest."""
    base, number = setting.told_day, hit.value("day_ordinal")
    if base is None:
        return Moment(f"XXXX-XX-{number:02}", granularity="day")
    days = _numbered(number, base, range(1) if setting.told else range(-1, 2))
    found = nearest(days, base, setting.tense)
    return of_day(found) if found else None


def _numbered(day: int, base: date, steps: range) -> list[date]:
    """That day of the months so many steps from the one of `base`."""
    firsts = (month_first(base.year, base.month + step) for step in steps)
    return [found for first in firsts if (found := date_in(first.year, first.month, day))]


def read_week_of(hit: Hit, setting: Setting) -> Moment | None:
    """The week a day lies in ("the week of March 6")."""
    month, day = hit.value(*MONTHS), hit.value(*DAYS)
    found = _in_year(hit, month, day, setting)
    return portioned(hit, of_week(found), setting) if found else None


def read_day_word(hit: Hit, setting: Setting) -> Moment | None:
    """Today, yesterday, tonight: counted from the local day of posting."""
    word, today = hit.value("day_word"), setting.today()
    if today is None:
        return Moment(f"XXXX-XX-XX{word.part}", granularity="day")
    is_tonight = word.part == "TNI" and not word.by and setting.evening is not None
    day = setting.evening if is_tonight and setting.evening else today + word.by * DAY
    if word.part and "time" not in hit.groups and "later_time" not in hit.groups:
        part = usual_part(word.part)
        return part_of_day(day, part.code, part.hours)
    return on_day(hit, of_day(day), setting)


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
