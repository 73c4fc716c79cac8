"""Numbers before units of time, and what they make: durations ("18 months") and sets ("every two days")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from loaders.timex.moments import Moment, moved
from loaders.timex.patterns import Hit
from loaders.timex.pointing import shift_by
from loaders.timex.setting import Setting
from loaders.timex.tokens import Token
from loaders.timex.vocabulary import Unit

_PLURALS = ("units", "units_hour")
_UNITS = ("unit", "unit_week", "unit_year", "unit_century", "unit_weekend", *_PLURALS, "quarter")
_FIGURES = ("day", "two_digits", "four_digits", "year", "number", "number_word")
_IN_YEARS = {"DE": 10, "CE": 100, "ML": 1000}
_COUNTLESS = 1e15
"""From here on a number is no number of anything; it is written X."""
_CLOCKED = {"S": timedelta(seconds=1), "M": timedelta(minutes=1), "H": timedelta(hours=1)}


def unit_of(hit: Hit) -> Unit | None:
    """The unit of time a hit counts in."""
    unit: Unit | None = hit.value(*_UNITS)
    return unit


def is_about(tokens: Sequence[Token]) -> bool:
    """Whether the amount is inexact: "more than", "about"."""
    return any(token.kind == "around" for token in tokens)


def amount(tokens: Sequence[Token]) -> float | None:
    """What the words of a count come to, None where they say no number ("several")."""
    if any(token.kind == "vague" for token in tokens) or not tokens:
        return None
    total = current = 0.0
    is_said = False
    for token in tokens:
        if token.kind == "scale":
            current = max(current, 1) * token.value
            if token.value >= 1000:
                total, current = total + current, 0
        elif token.kind in _FIGURES or token.kind == "fraction":
            current += token.value
        else:
            continue
        is_said = True
    if is_said:
        return total + current
    return 1.0 if any(token.kind == "a" for token in tokens) else None


def duration_value(count: float | None, unit: Unit) -> str:
    """The TIMEX3 value of a duration: P18M, PT72H, PXY; decades and centuries in years."""
    letter, number = unit.letter, count if count is None or count < _COUNTLESS else None
    if letter in _IN_YEARS and number is not None:
        letter, number = "Y", number * _IN_YEARS[letter]
    if letter == "Y" and number is not None and 0 < number < 1:
        letter, number = "M", round(12 * number)
    if unit.letter == "H" and number is not None and 0 < number % 1 < 1:
        return f"PT{int(number)}H{round(number % 1 * 60)}M" if number > 1 else f"PT{round(number * 60)}M"
    written = "X" if number is None else f"{number:.15g}"
    return f"{'PT' if unit.clocked else 'P'}{written}{letter}"


def read_duration(hit: Hit, setting: Setting) -> Moment | None:
    """How long something lasts; it says nothing about when."""
    unit = unit_of(hit)
    if unit is None:
        return None
    return Moment(duration_value(count_of(hit), unit))


def count_of(hit: Hit) -> float | None:
    """How many units a hit counts: one where a single unit stands alone, unknown for a plural."""
    if "count" in hit.groups:
        return amount(hit.groups["count"])
    return None if hit.first(*_PLURALS) else 1


def read_every(hit: Hit, setting: Setting) -> Moment | None:
    """What comes again every so often: P1D, P2W; "every morning" is XXXX-XX-XXTMO."""
    part = hit.value("part")
    if part:
        return Moment(f"XXXX-XX-XX{part.code}")
    unit = unit_of(hit)
    if unit is None:
        return None
    if hit.first("every_other"):
        return Moment(duration_value(2, unit))
    return Moment(duration_value(count_of(hit), unit))


def read_window(hit: Hit, setting: Setting) -> Moment | None:
    """So long up to now or from now on: a duration that has bounds ("the past two years")."""
    unit = unit_of(hit)
    if unit is None:
        return None
    shift = hit.first("shift", "told", "past")
    count = count_of(hit)
    value = duration_value(count, unit)
    if shift is None or count is None or is_about(hit.tokens):
        return Moment(value)
    edge = setting.now()
    if shift.kind == "told":
        edge = setting.told.end if setting.told and setting.told.end else None
    if edge is None or (unit.clocked and setting.is_day):
        return Moment(value)
    return _bounded(value, edge, later(edge, unit, shift_by(hit) * count))


def _bounded(value: str, edge: datetime, other: datetime | None) -> Moment:
    if other is None:
        return Moment(value)
    return Moment(value, min(edge, other), max(edge, other))


def later(start: datetime, unit: Unit, count: float) -> datetime | None:
    """The moment so many units after `start`, before it for a negative count; None past the calendar."""
    try:
        if unit.clocked:
            return start + _CLOCKED[unit.letter] * count
        return datetime.combine(moved(start.date(), unit.letter, count), start.time())
    except (OverflowError, ValueError):
        return None


def read_set(hit: Hit, setting: Setting) -> Moment | None:
    """A word for what comes again: "daily" is P1D."""
    return Moment(hit.value("set"))


def read_weekdays(hit: Hit, setting: Setting) -> Moment | None:
    """A weekday that comes again: "every Monday" is XXXX-WXX-1."""
    part = hit.value("part")
    return Moment(f"XXXX-WXX-{hit.value('weekday', 'weekdays')}{part.code if part else ''}")


def read_reference(hit: Hit, setting: Setting) -> Moment | None:
    """A time no calendar gives: now, recently, the future."""
    if hit.first("past"):
        return Moment("PAST_REF")
    return Moment(hit.value("ref") or "PRESENT_REF")


def read_some_stretch(hit: Hit, setting: Setting) -> Moment | None:
    """Units without a number: "recent years" lie behind, "coming days" ahead, "the following weeks" last."""
    shift, unit = hit.value("shift"), unit_of(hit)
    if hit.first("recent", "past") or (shift and shift.by < 0):
        return Moment("PAST_REF")
    if shift:
        return Moment("FUTURE_REF")
    return Moment(duration_value(None, unit)) if unit else None
