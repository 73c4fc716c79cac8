"""Reads the hits of one post in order: each with its setting, each moving what the next is told from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from loaders.model import Span
from loaders.timex import amounts, days, periods, relative, times_of_day
from loaders.timex.lexicon import lexicon
from loaders.timex.moments import Moment
from loaders.timex.patterns import Hit, find_hits
from loaders.timex.setting import Setting
from loaders.timex.tense import tense_at
from loaders.timex.tokens import tokenize

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
_TENSED = frozenset(["day", "date", "day_of_month", "month", "season", "quarter", "weekend", "ahead"])
_DAYS = frozenset(["day", "date", "day_of_month", "part"])
_UNDATED = frozenset(["window", "clock", "overnight", "duration"])
_DEICTIC = frozenset(["clock", "overnight", "weekend"])
_SHIFTED = frozenset(["stretch", "part", "month", "season", "quarter", "day", "window"])
_FAR_YEARS = 3
_NEWS_WORDS = 3
"""So many years in figures, far from the one of posting, and so many to each "Tuesday" or "last month", make a
narrative."""

_SENTENCE_END = re.compile(
    r"[.!?\n](?:(?<=\n)|(?:(?<=[a-z0-9)%\"”’'].)|(?=[\"”’')]))[\"”’')]{0,2}\s+(?=[\"“‘'(]?[A-Z]))"
)
_COORDINATED = re.compile(r"\s*(?:,|and|or|to|through|until|till|[-–])\s*(?:the|in|early|mid|late|by)?\s*")


@dataclass(frozen=True, slots=True)
class Found:
    """An expression with what it means and the zones it is local to."""

    span: Span
    moment: Moment
    zones: tuple[tzinfo, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a post whose times are told from one moment and meant in the same zones."""

    span: Span
    anchor: datetime | None
    zones: tuple[tzinfo, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A hit with the sentence and the passage it stands in."""

    hit: Hit
    sentence: Span
    passage: Passage


def read_post(text: str, passages: Sequence[Passage]) -> list[Found]:
    """Every time expression in the passages of one post, in text order."""
    placed = [each for passage in passages for each in _placed(text, passage)]
    is_narrative = tells_of_other_times(placed)
    found: list[Found] = []
    told: Moment | None = None
    for index, each in enumerate(placed):
        setting = Setting(each.passage.anchor, each.passage.zones, told, is_narrative)
        moment = _read(text, placed, index, setting, found)
        if moment is None:
            continue
        found.append(Found(each.hit.span, moment, each.passage.zones))
        if (
            moment.start is not None
            and not (is_narrative and _is_told_from_now(each.hit))
            and each.hit.rule not in _UNDATED
        ):
            told = moment
    return found


def _placed(text: str, passage: Passage) -> list[_Placed]:
    ends = [match.end() for match in _SENTENCE_END.finditer(text, passage.span.start, passage.span.end)]
    edges = [passage.span.start, *ends, passage.span.end]
    placed, sentence = [], 0
    for hit in find_hits(tokenize(text, passage.span, lexicon())):
        while sentence < len(edges) - 2 and edges[sentence + 1] <= hit.span.start:
            sentence += 1
        placed.append(_Placed(hit, Span(edges[sentence], edges[sentence + 1]), passage))
    return placed


def tells_of_other_times(placed: Sequence[_Placed]) -> bool:
    """Whether a post is history rather than news: years far from its own prevail over "Tuesday" and "today"."""
    far = deictic = 0
    for each in placed:
        year = each.hit.value("year")
        anchor = each.passage.anchor
        far += each.hit.rule == "era" or (
            year is not None and (anchor is None or abs(int(year) - anchor.year) > 1)
        )
        deictic += _is_told_from_now(each.hit)
    return far >= _FAR_YEARS and far > _NEWS_WORDS * deictic


def _is_told_from_now(hit: Hit) -> bool:
    """Whether the words count from the moment of writing, as news does: "Tuesday", "last month", "a year ago"."""
    if hit.value("year") is not None:
        return False
    if hit.rule == "offset":
        ago = hit.value("ago")
        return ago is not None and ago.origin == "now"
    if (
        hit.rule == "day"
        and hit.first("day_word", "weekday")
        and not hit.first("month", "month_shy", "month_short")
    ):
        return True
    return hit.rule in _DEICTIC or (
        hit.rule in _SHIFTED and hit.first("shift", "this", "current", "past") is not None
    )


def _read(
    text: str, placed: Sequence[_Placed], index: int, setting: Setting, found: Sequence[Found]
) -> Moment | None:
    each = placed[index]
    rule = each.hit.rule
    if rule in _TENSED:
        setting = replace(setting, tense=tense_at(text, each.hit.span, each.sentence))
        setting = replace(setting, year_beside=_year_beside(text, placed, index))
    if rule in ("clock", "part", "overnight"):
        setting = replace(setting, day_beside=_day_beside(text, placed, index, setting, found))
    try:
        return READERS[rule](each.hit, setting)
    except OverflowError:
        return None


def _year_beside(text: str, placed: Sequence[_Placed], index: int) -> int | None:
    """The year of the next date where the two are coordinated: "between May and August 1995"."""
    following = _coordinated(text, placed, index)
    if following is None or following.rule not in ("day", "date", "month", "season"):
        return None
    year: int | None = following.value("year")
    return year


def _coordinated(text: str, placed: Sequence[_Placed], index: int) -> Hit | None:
    """The next hit, where only "and", "to" or a comma stands between."""
    if index + 1 == len(placed):
        return None
    here, following = placed[index].hit, placed[index + 1].hit
    return following if _COORDINATED.fullmatch(text, here.span.end, following.span.start) else None


def _day_beside(
    text: str, placed: Sequence[_Placed], index: int, setting: Setting, found: Sequence[Found]
) -> date | None:
    """The day meant by a time that stands without one.

    That of the date it is coordinated with ("at 9 and at 10 on Tuesday"), else the last named in the sentence
    before it, else the first after it.
    """
    each = placed[index]
    following = _coordinated(text, placed, index)
    ahead = [other for other in placed[index + 1 : index + 6] if other.sentence == each.sentence]
    if following and following.rule in _DAYS:
        return _day_of(READERS[following.rule](following, setting), each.hit, setting)
    for earlier in reversed(found):
        if not each.sentence.holds(earlier.span):
            break
        if earlier.moment.day:
            return _day_of(earlier.moment, each.hit, setting)
    dated = next((other.hit for other in ahead if other.hit.rule in _DAYS), None)
    return _day_of(READERS[dated.rule](dated, setting), each.hit, setting) if dated else None


def _day_of(moment: Moment | None, hit: Hit, setting: Setting) -> date | None:
    """The day of a moment as the hit's zone counts it: 1:43 p.m. in New York is the next day in Seoul."""
    if moment is None or moment.start is None or moment.day is None or moment.unit != "H":
        return moment.day if moment else None
    told, meant = (zone or setting.zones[0] for zone in (moment.zone, times_of_day.named_zone(hit.tokens)))
    return moment.start.replace(tzinfo=told).astimezone(meant).date()
