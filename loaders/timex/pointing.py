"""What "last", "next", "this" and "that" point to: the day they count from and the year they give a date."""

from __future__ import annotations

from datetime import date

from loaders.timex.moments import full_year
from loaders.timex.patterns import Hit
from loaders.timex.setting import Setting

MONTHS = ("month", "month_shy", "month_short")
DAYS = ("day", "day_ordinal")


def explicit_year(hit: Hit, setting: Setting) -> int | None:
    """The year the words give: in figures, or as "last year", "that year"."""
    year: int | None = hit.value("year", "short_year", group=core_of(hit))
    if year is None and hit.piece:
        year = hit.value("year", "short_year")
    if year is None and hit.first("fiscal"):
        figures = hit.value("two_digits", "day")
        year = None if figures is None else full_year(figures)
    if year is not None or not hit.first("unit_year"):
        return year
    base = shift_base(hit, setting)
    return base.year + shift_by(hit) if base else None


def core_of(hit: Hit) -> str:
    """The group that holds the date itself, without a clock time beside it."""
    return hit.piece or ("core" if "core" in hit.groups else "")


def shift_by(hit: Hit) -> int:
    """How many units a shift points away: -1, 0 or 1."""
    shift = hit.value("shift", "told")
    return shift.by if shift else -1 if hit.first("past") else 0


def shift_base(hit: Hit, setting: Setting) -> date | None:
    """The day a shift counts from: the one told of for "that", "the following", else the one of posting.

    In a narrative, "next spring" follows what is told.
    """
    shift = hit.value("shift")
    is_told = hit.first("told", "that") or (setting.is_narrative and shift and shift.by > 0)
    return setting.told_day if is_told else setting.today()


def shifted_year(hit: Hit, month: int, day: int | None, setting: Setting) -> int | None:
    """The year of "last November", "next May 3": the nearest on that side, this month being neither."""
    shift, base = (
        hit.value("shift", "told", group="core") or hit.value("shift", "told"),
        shift_base(hit, setting),
    )
    if shift is None or base is None or not shift.by:
        return None
    there, here = (month, day or 0), (base.month, base.day if day else 0)
    return base.year if (there < here if shift.by < 0 else there > here) else base.year + shift.by
