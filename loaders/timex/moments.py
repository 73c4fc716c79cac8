"""What a time expression means: a TIMEX3 value and the local bounds it covers, and these bounds in UTC.

All here is arithmetic on the proleptic Gregorian calendar. What the calendar of `datetime` cannot hold
(before the year 1, after 9999) keeps its value and has no bounds.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from loaders.model import Granularity

DAY = timedelta(days=1)
MIDNIGHT = time()
_UNIT_GRANULARITY: dict[str, Granularity] = {"D": "day", "W": "month", "WE": "month", "M": "month"}
"""How exact each unit is; what is not here is coarser and counts as a year."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One meaning: its TIMEX3 value, local bounds (half-open, None where not known) and how exact it is.

    `granularity` is the finest of the schema's grains that is not finer than what is meant, so a week is
    "month"; nothing coarser than "year" is told apart. `zone` is the zone the words themselves name.
    """

    value: str
    start: datetime | None = None
    end: datetime | None = None
    granularity: Granularity = ""
    zone: tzinfo | None = None
    unit: str = ""

    @property
    def day(self) -> date | None:
        """The one day it lies in, None where it is longer or has no bounds."""
        return self.start.date() if self.start and self.unit in ("D", "H") else None

    @property
    def year(self) -> int | None:
        """The year it begins in, None where it has no bounds or no single year."""
        return self.start.year if self.start and self.unit not in ("", "DE", "CE", "ML") else None


def utc_bounds(moment: Moment, zones: Sequence[tzinfo]) -> tuple[datetime | None, datetime | None]:
    """The moment's bounds in UTC: from its earliest start to its latest end in any of `zones`."""
    if moment.start is None or moment.end is None:
        return None, None
    meant = (moment.zone,) if moment.zone else tuple(zones)
    try:
        return min(_utc(moment.start, zone) for zone in meant), max(_utc(moment.end, zone) for zone in meant)
    except (OverflowError, ValueError):
        return None, None


def _utc(local: datetime, zone: tzinfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)


def span_of(value: str, unit: str, first: Callable[[], date], after: Callable[[], date]) -> Moment:
    """A stretch of whole days from `first` up to, not including, `after()`."""
    try:
        start, end = datetime.combine(first(), MIDNIGHT), datetime.combine(after(), MIDNIGHT)
    except (OverflowError, ValueError):
        return Moment(value, granularity=_UNIT_GRANULARITY.get(unit, "year"), unit=unit)
    return Moment(value, start, end, _UNIT_GRANULARITY.get(unit, "year"), unit=unit)


def of_day(day: date) -> Moment:
    """The day, as 2023-09-13."""
    return span_of(day.isoformat(), "D", lambda: day, lambda: day + DAY)


def of_week(day: date) -> Moment:
    """The ISO week `day` lies in, as 2023-W36."""
    monday = day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    year, week, _ = day.isocalendar()
    return span_of(f"{year:04}-W{week:02}", "W", lambda: monday, lambda: monday + timedelta(days=7))


def of_weekend(day: date) -> Moment:
    """The Saturday and Sunday of the ISO week `day` lies in, as 2023-W36-WE."""
    week = of_week(day)
    if week.start is None or week.end is None:
        return replace(week, value=f"{week.value}-WE")
    return replace(week, value=f"{week.value}-WE", start=week.end - timedelta(days=2), unit="WE")


def of_month(year: int, month: int) -> Moment:
    """The month, as 2023-09."""
    return _months(f"{year:04}-{month:02}", "M", year, month, 1)


def of_quarter(year: int, quarter: int) -> Moment:
    """The quarter of the calendar year, as 2023-Q3."""
    return _months(f"{year:04}-Q{quarter}", "Q", year, 3 * quarter - 2, 3)


def of_half(year: int, half: int) -> Moment:
    """The half of the year, as 2023-H1."""
    return _months(f"{year:04}-H{half}", "Q", year, 6 * half - 5, 6)


def of_season(year: int, code: str, first_month: int, months: int) -> Moment:
    """The season that begins in that year, as 2023-SP."""
    return _months(f"{year:04}-{code}", "Q", year, first_month, months)


def of_year(year: int) -> Moment:
    """The year, as 2023."""
    return _years(f"{year:04}", "Y", year, 1)


def of_decade(year: int) -> Moment:
    """The ten years that `year` lies in, as 199X."""
    return _years(f"{year // 10:03}X", "DE", year // 10 * 10, 10)


def of_century(number: int, era: int = 1) -> Moment:
    """The century of that ordinal number: the 20th is 19XX, from 1901 to 2000; the fourth B.C. is BC03XX."""
    if era < 0:
        return Moment(f"BC{number - 1:02}XX", granularity="year")
    return _years(f"{number - 1:02}XX", "CE", 100 * number - 99, 100)


def before_christ(year: int) -> Moment:
    """The year B.C., as BC0490; `datetime` has no bounds for it."""
    return Moment(f"BC{year:04}", granularity="year")


def _months(value: str, unit: str, year: int, month: int, count: int) -> Moment:
    return span_of(value, unit, lambda: date(year, month, 1), lambda: month_first(year, month + count))


def _years(value: str, unit: str, year: int, count: int) -> Moment:
    return span_of(value, unit, lambda: date(max(year, 1), 1, 1), lambda: date(year + count, 1, 1))


def month_first(year: int, month: int) -> date:
    """The first day of a month; a month past December is one of the years after, below January before."""
    years, index = divmod(month - 1, 12)
    return date(year + years, index + 1, 1)


def clock_time(day: date, hour: int, minute: int, *, exact: bool) -> Moment:
    """The instant at that local time, as 2023-09-13T11:43; hour 24 is the midnight that ends the day."""
    value = f"{day.isoformat()}T{hour:02}:{minute:02}"
    try:
        at = datetime.combine(day, MIDNIGHT) + timedelta(hours=hour, minutes=minute)
    except OverflowError:
        return Moment(value, granularity="minute" if exact else "hour", unit="H")
    return Moment(value, at, at, "minute" if exact else "hour", unit="H")


def part_of_day(day: date, code: str, hours: tuple[float, float]) -> Moment:
    """The part of that day, as 2023-09-13TAF; hours past 24 belong to the next day."""
    value = f"{day.isoformat()}{code}"
    try:
        midnight = datetime.combine(day, MIDNIGHT)
        start, end = midnight + timedelta(hours=hours[0]), midnight + timedelta(hours=hours[1])
    except OverflowError:
        return Moment(value, granularity="part of day", unit="D")
    return Moment(value, start, end, "part of day", unit="D")


def narrowed(moment: Moment, share: tuple[float, float]) -> Moment:
    """The same value, its bounds cut to that share of the stretch: what "early" or "late" says about it."""
    if moment.start is None or moment.end is None or moment.start == moment.end:
        return moment
    length = moment.end - moment.start
    start, end = moment.start + length * share[0], moment.start + length * share[1]
    if length > DAY:  # whole days stay whole: half of 30 days and a bit is no hour of a day
        start, end = _to_midnight(start), _to_midnight(end)
    return replace(moment, start=start, end=end)


def _to_midnight(local: datetime) -> datetime:
    return datetime.combine(local.date(), MIDNIGHT)


def moved(day: date, unit: str, count: float) -> date:
    """`day` moved by `count` units, to the last day of the month where the month is shorter.

    Raises:
        OverflowError: The calendar does not reach that far.
    """
    days = {"D": 1, "W": 7, "WE": 7}.get(unit)
    if days is not None:
        return day + timedelta(days=round(days * count))
    months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}[unit]
    whole = round(months * count)
    if abs(whole) > 12 * 9999:
        raise OverflowError("the calendar ends before")
    try:
        first = month_first(day.year, day.month + whole)
    except ValueError:
        raise OverflowError("the calendar ends before") from None
    return first + (min(day.day, monthrange(first.year, first.month)[1]) - 1) * DAY


def containing(day: date, unit: str) -> Moment:
    """The stretch of that unit `day` lies in: its week, its year, its decade."""
    match unit:
        case "D":
            return of_day(day)
        case "W":
            return of_week(day)
        case "WE":
            return of_weekend(day)
        case "M":
            return of_month(day.year, day.month)
        case "Q":
            return of_quarter(day.year, (day.month + 2) // 3)
        case "DE":
            return of_decade(day.year)
        case "CE":
            return of_century((day.year + 99) // 100)
        case "ML":
            return Moment(f"{day.year // 1000}XXX", granularity="year")
        case _:
            return of_year(day.year)


def full_year(two_digits: int) -> int:
    """The year two figures stand for: 1930 to 2029."""
    return two_digits + (1900 if two_digits >= 30 else 2000)
