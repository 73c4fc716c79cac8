"""What longer stretches of the calendar mean: months, seasons, quarters, years, decades, centuries, eras."""

from __future__ import annotations

from datetime import date

from loaders.timex.moments import (
    Moment,
    before_christ,
    containing,
    month_first,
    moved,
    of_century,
    of_decade,
    of_half,
    of_month,
    of_quarter,
    of_season,
    of_year,
)
from loaders.timex.patterns import Hit
from loaders.timex.pointing import MONTHS, explicit_year, shift_base, shift_by, shifted_year
from loaders.timex.setting import Setting, month_year
from loaders.timex.times_of_day import portioned


def read_month(hit: Hit, setting: Setting) -> Moment | None:
    """A month, its year the nearest where none is given."""
    month = hit.value(*MONTHS, group=hit.piece)
    year = explicit_year(hit, setting)
    if year is None:
        year = shifted_year(hit, month, None, setting) or month_year(month, setting)
    if year is None:
        return Moment(f"XXXX-{month:02}", granularity="month")
    return portioned(hit, of_month(year, month), setting)


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
        return (
            containing(moved(today, "Q", shift_by(hit)), "Q")
            if today
            else Moment("XXXX-QX", granularity="year")
        )
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
