"""Reads the hits of one post in order: each with its setting, each moving what the next is told from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, tzinfo

from loaders.model import Span
from loaders.timex import amounts, days, periods, relative, times_of_day
from loaders.timex.context import (
    Placed,
    TimeContext,
    coordinated,
    is_told_from_now,
    place_hits,
    tells_of_other_times,
)
from loaders.timex.moments import Moment
from loaders.timex.patterns import Hit
from loaders.timex.setting import Setting
from loaders.timex.tense import tense_at

Reader = Callable[[Hit, Setting], Moment | None]

READERS: Mapping[str, Reader] = {
    "day": days.read_day,
    "date": days.read_date,
    "day_of_month": days.read_day_of_month,
    "week_of": days.read_week_of,
    "month": periods.read_month,
    "season": periods.read_season,
    "quarter": periods.read_quarter,
    "year": periods.read_year,
    "era": periods.read_era,
    "decade": periods.read_decade,
    "century": periods.read_century,
    "clock": times_of_day.read_clock,
    "stretch": relative.read_stretch,
    "weekend": relative.read_weekend,
    "part": relative.read_part,
    "overnight": relative.read_overnight,
    "offset": relative.read_offset,
    "ahead": relative.read_ahead,
    "duration": amounts.read_duration,
    "window": amounts.read_window,
    "some_stretch": amounts.read_some_stretch,
    "every": amounts.read_every,
    "weekdays": amounts.read_weekdays,
    "set": amounts.read_set,
    "reference": amounts.read_reference,
    "past": amounts.read_reference,
}
_TENSED = (
    "day",
    "date",
    "day_of_month",
    "month",
    "season",
    "quarter",
    "weekend",
    "stretch",
    "ahead",
    "clock",
)
_CLOCKED = ("clock", "part", "overnight")
_DAYS = ("day", "date", "day_of_month", "part")
_TELLING_NOTHING = ("window", "clock", "overnight", "duration")
"""Rules after which the time told of is what it was before."""
_CENTURY = 100
_BEFORE_CLOCK = re.compile(r"\b(?:from|after|until|till|before|at)\s+$", re.IGNORECASE)
_LOOKED_BACK = 24
"""Expressions looked back through for the day of a clock time; no sentence needs as many."""


@dataclass(frozen=True, slots=True)
class Found:
    """An expression with what it means and the zones it is local to."""

    span: Span
    moment: Moment
    zones: tuple[tzinfo, ...]


def read_post(text: str, passages: Sequence[TimeContext]) -> list[Found]:
    """Every time expression in the passages of one post, in text order."""
    placed = [each for passage in passages for each in place_hits(text, passage)]
    is_narrative = tells_of_other_times(placed)
    found: list[Found] = []
    told: Moment | None = None
    for index, each in enumerate(placed):
        passage, zones = each.passage, each.passage.zones or (UTC,)
        setting = Setting(passage.anchor, zones, passage.is_day, told, is_narrative)
        moment = _read(text, placed, index, setting, found)
        if moment is None:
            continue
        found.append(Found(each.hit.span, moment, zones))
        if _tells(each.hit, moment, is_narrative=is_narrative):
            told = moment
    return found


def _tells(hit: Hit, moment: Moment, *, is_narrative: bool) -> bool:
    """Whether what follows may be told from this moment; in a narrative "today" is not the time told of."""
    if moment.start is None or hit.rule in _TELLING_NOTHING:
        return False
    return not (is_narrative and is_told_from_now(hit))


def _read(
    text: str, placed: Sequence[Placed], index: int, setting: Setting, found: Sequence[Found]
) -> Moment | None:
    hit, sentence = placed[index].hit, placed[index].sentence
    if hit.rule == "year" and not setting.is_narrative and _may_be_clock(text, placed, index):
        return None
    try:
        if hit.rule in _TENSED:
            year = _year_beside(text, placed, index)
            setting = replace(setting, tense=tense_at(text, hit.span, sentence), year_beside=year)
        if hit.rule in _CLOCKED:
            setting = replace(setting, zone_beside=_zone_beside(text, placed, index))
            setting = replace(setting, day_beside=_day_beside(text, placed, index, setting, found))
        return READERS[hit.rule](hit, setting)
    except (OverflowError, ValueError):  # a day before the year 1 or after 9999
        return None


def _may_be_clock(text: str, placed: Sequence[Placed], index: int) -> bool:
    """Whether four figures in news may as well be a time of day, which is left open: "buses run from 1530".

    They are behind a word that times of day stand behind, make a time in steps of five minutes, and as a year would
    be more than a century off; or a day stands right behind them ("at 2010 on Monday").
    """
    here = placed[index]
    year, anchor = here.hit.value("year"), here.passage.anchor
    hour, minute = divmod(year or 0, 100)
    if len(here.hit.tokens) > 1 or hour > 23 or minute > 59 or minute % 5:
        return False
    if not _BEFORE_CLOCK.search(text, max(here.hit.span.start - 9, 0), here.hit.span.start):
        return False
    following = placed[index + 1].hit if index + 1 < len(placed) else None
    if following and coordinated(text, placed, index) and following.rule == "year":
        return False
    between = text[here.hit.span.end : following.span.start] if following and following.rule == "day" else "."
    return between.strip() in {"", "on"} or (anchor is not None and abs(year - anchor.year) > _CENTURY)


def _year_beside(text: str, placed: Sequence[Placed], index: int) -> int | None:
    """The year of the next date where the two are coordinated: "between May and August 1995"."""
    following = coordinated(text, placed, index)
    if following is None or following.rule not in ("day", "date", "month", "season"):
        return None
    year: int | None = following.value("year")
    return year


def _zone_beside(text: str, placed: Sequence[Placed], index: int) -> tzinfo | None:
    """The zone that two clock times share: "between 1 a.m. and 2 a.m. ET"; after a comma it is another's."""
    following = coordinated(text, placed, index, comma=False)
    if following is None or following.rule not in ("clock", "day"):
        return None
    return times_of_day.named_zone(following.tokens)


def _day_beside(
    text: str, placed: Sequence[Placed], index: int, setting: Setting, found: Sequence[Found]
) -> date | None:
    """The day meant by a time that stands without one.

    That of the date it is coordinated with ("at 9 and at 10 on Tuesday"), else the last named in the sentence
    before it, else the first after it.
    """
    each = placed[index]
    following = coordinated(text, placed, index)
    if following and following.rule == "clock":
        following = coordinated(text, placed, index + 1)
    if following and following.rule in _DAYS:
        return _day_of(READERS[following.rule](following, setting), each.hit, setting)
    for earlier in reversed(found[-_LOOKED_BACK:]):
        if not each.sentence.holds(earlier.span):
            break
        if earlier.moment.day:
            return _day_of(earlier.moment, each.hit, setting)
    ahead = (other.hit for other in placed[index + 1 : index + 6] if other.sentence == each.sentence)
    dated = next((hit for hit in ahead if hit.rule in _DAYS), None)
    return _day_of(READERS[dated.rule](dated, setting), each.hit, setting) if dated else None


def _day_of(moment: Moment | None, hit: Hit, setting: Setting) -> date | None:
    """The day of a moment as the hit's zone counts it: 1:43 p.m. in New York is the next day in Seoul."""
    if moment is None or moment.start is None or moment.day is None or moment.unit != "H":
        return moment.day if moment else None
    told, meant = (zone or setting.zones[0] for zone in (moment.zone, times_of_day.named_zone(hit.tokens)))
    return moment.start.replace(tzinfo=told).astimezone(meant).date()
