"""What times mean that are told from another: "today", "last night", "the following year", "two days ago"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from loaders.timex.amounts import (
    count_of,
    duration_value,
    is_about,
    later,
    read_duration,
    read_window,
    unit_of,
)
from loaders.timex.moments import DAY, Moment, clock_time, containing, moved, of_day, of_year, part_of_day
from loaders.timex.patterns import Hit
from loaders.timex.pointing import shift_base, shift_by
from loaders.timex.setting import Setting
from loaders.timex.times_of_day import in_part, on_day, portioned
from loaders.timex.vocabulary import Unit

_UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Y": "XXXX"}
_TUESDAY, _THURSDAY, _SATURDAY = 2, 4, 6
_REFS = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


def read_stretch(hit: Hit, setting: Setting) -> Moment | None:
    """One unit before, after or around now or the day told of."""
    unit = unit_of(hit)
    if unit is None:
        return None
    by, is_told = _direction(hit, unit)
    if _runs_up_to_now(hit, by) or unit.clocked or (unit.letter in ("DE", "CE") and by < 0):
        return read_window(hit, setting) if by else None
    base = _base(hit, setting, is_told=is_told)
    if unit.letter == "WE" and by == 0 and not is_told and base and _is_over(base, setting):
        base -= 7 * DAY
    if base is None or (is_told and unit.letter == "D" and _tells_no_day(setting)):
        return Moment(_UNKNOWN.get(unit.letter, "XXXX") if is_told else _REFS[by])
    return portioned(hit, containing(moved(base, unit.letter, by), unit.letter), setting)


def _tells_no_day(setting: Setting) -> bool:
    """Whether what was told is longer than a day, so that "the same day" is none of it that is known."""
    return setting.told is not None and setting.told.granularity in {"month", "year"}


def _runs_up_to_now(hit: Hit, by: int) -> bool:
    """Whether a unit ends now: "the past week", "over the last week"; "last week" is the calendar's."""
    shift = hit.value("shift")
    is_last = shift is not None and by < 0 and shift.origin == "now" and hit.first("the") is not None
    return is_last or hit.first("past") is not None


def _is_over(day: date, setting: Setting) -> bool:
    """Whether "this weekend", said on a Monday or Tuesday, is the one just over."""
    return day.isoweekday() <= _TUESDAY and setting.tense != "future"


def _direction(hit: Hit, unit: Unit) -> tuple[int, bool]:
    """How many units away, and whether from the day told of: "the next day" is, "next year" is not."""
    before = hit.value("before")
    if before:
        return before.by, True
    return shift_by(hit), bool(hit.first("told", "that")) or (
        unit.letter == "D" and not hit.first("this", "current", "past")
    )


def _base(hit: Hit, setting: Setting, *, is_told: bool) -> date | None:
    if is_told:
        return setting.told_day
    return shift_base(hit, setting) if hit.first("shift", "this", "current") else setting.base


def read_weekend(hit: Hit, setting: Setting) -> Moment | None:
    """The weekend: the last one begun, or the next: where the clause looks ahead, or at its eve looks nowhere."""
    base = setting.base
    if base is None:
        return Moment("XXXX-WXX-WE", granularity="month")
    is_near = base.isoweekday() >= _THURSDAY and not setting.tense
    is_begun = base.isoweekday() >= _SATURDAY or setting.tense == "future" or is_near
    return portioned(hit, containing(base if is_begun else base - 7 * DAY, "WE"), setting)


def read_part(hit: Hit, setting: Setting) -> Moment | None:
    """A part of a day said without the day: "this morning", "last night", "in the afternoon"."""
    part, day = hit.value("part"), _day_of_part(hit, setting)
    if day is None:
        return Moment(f"XXXX-XX-XX{part.code}", granularity="part of day")
    if "time" in hit.groups:
        return on_day(hit, of_day(day), setting)
    return in_part(hit, day, part, setting)


def _day_of_part(hit: Hit, setting: Setting) -> date | None:
    shift = hit.first("shift", "this", "told", "that", "current")
    if shift is None:
        return setting.day_beside
    is_told = shift.kind in ("told", "that") or (shift.kind == "shift" and shift.value.by > 0)
    by = shift.value.by if shift.value else 0
    is_late = not is_told and not by and hit.value("part").code in {"TEV", "TNI"}
    base = setting.told_day if is_told else setting.evening if is_late else setting.today()
    return base + by * DAY if base else None


def read_overnight(hit: Hit, setting: Setting) -> Moment | None:
    """The night before the day named beside it, or before the day of posting."""
    night, day = hit.value("overnight"), setting.day_beside or setting.today()
    if day is None:
        return Moment(f"XXXX-XX-XX{night.code}", granularity="part of day")
    return part_of_day(day, night.code, night.hours)


def read_offset(hit: Hit, setting: Setting) -> Moment | None:
    """So many units before or after now or the day told of: as fine as the unit, a day, a month, a year."""
    unit, to = unit_of(hit), hit.first("ago", "comparative", "before")
    if unit is None or to is None:
        return None
    is_from_now = to.kind == "ago" and to.value.origin == "now"
    told = setting.told_day
    base = setting.now() if is_from_now else datetime.combine(told, time()) if told else None
    if unit.clocked and setting.is_day:
        base = None
    moment = _moved(count_of(hit), unit, to.value.by, base)
    if unit.clocked and not is_from_now:  # the hour told of is not known
        return Moment(duration_value(count_of(hit), unit))
    return _bounded(moment, hit)


def _moved(count: float | None, unit: Unit, by: int, base: datetime | None) -> Moment:
    at = later(base, unit, by * count) if count is not None and base is not None else None
    if at is None or count is None:
        return Moment(_REFS[by])
    if unit.clocked:
        return clock_time(at.date(), at.hour, at.minute, exact=True)
    if unit.letter in ("DE", "CE", "ML"):
        return of_year(at.year)
    return containing(at.date(), "M" if unit.letter == "Y" and count % 1 else unit.letter)


def _bounded(moment: Moment, hit: Hit) -> Moment:
    """The moment without its bounds where the amount is inexact: "about", "more than"."""
    return replace(moment, start=None, end=None) if is_about(hit.tokens) else moment


def read_ahead(hit: Hit, setting: Setting) -> Moment | None:
    """So long from now, where the clause looks ahead ("in three weeks"); else how long something took."""
    unit, now = unit_of(hit), setting.now()
    count = count_of(hit)
    is_open = now is None or count is None or (unit is not None and unit.clocked and setting.is_day)
    if unit is None or setting.tense != "future" or is_open:
        return read_duration(hit, setting)
    return _bounded(_moved(count, unit, 1, now), hit)
