"""Reads the hits of one post in order: each with its setting, each moving what the next is told from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from loaders.model import Span
from loaders.timex import amounts, clock_words, dates, relative
from loaders.timex.moments import Moment
from loaders.timex.patterns import Hit, find_hits
from loaders.timex.setting import Setting
from loaders.timex.tense import tense_at
from loaders.timex.tokens import tokenize
from loaders.timex.vocabulary import lexicon

Reader = Callable[[Hit, Setting], Moment | None]

READERS: Mapping[str, Reader] = {
    "date": dates.read_date,
    "weekday": dates.read_weekday,
    "day_of_month": dates.read_day_of_month,
    "month": dates.read_month,
    "season": dates.read_season,
    "quarter": dates.read_quarter,
    "year": dates.read_year,
    "era": dates.read_era,
    "decade": dates.read_decade,
    "century": dates.read_century,
    "holiday": dates.read_holiday,
    "week_of": dates.read_week_of,
    "clock": clock_words.read_clock,
    "day_word": relative.read_day_word,
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
_TENSED = frozenset("date weekday day_of_month month season quarter holiday weekend ahead".split())
_DAYS = frozenset("date weekday day_word holiday day_of_month part".split())
_UNDATED = frozenset("window clock overnight duration".split())
_DEICTIC = frozenset("weekday day_word clock overnight".split())
_FAR_YEARS = 3
"""So many years in figures, far from the one of posting, and more of them than words like "Tuesday", make a
narrative."""

_SENTENCE_END = re.compile(r"(?:(?<=[a-z0-9)%\"”’'])[.!?]|[.!?][\"”’')]{1,2})\s+(?=[\"“‘'(]?[A-Z])|\n")
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
        if moment.start is not None and each.hit.rule not in _UNDATED:
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
        far += year is not None and (anchor is None or abs(int(year) - anchor.year) > 1)
        deictic += each.hit.rule in _DEICTIC and year is None
    return far >= _FAR_YEARS and far > deictic


def _read(text: str, placed: Sequence[_Placed], index: int, setting: Setting, found: Sequence[Found]) -> Moment | None:
    each = placed[index]
    rule = each.hit.rule
    if rule in _TENSED:
        setting = replace(setting, tense=tense_at(text, each.hit.span, each.sentence))
        setting = replace(setting, year_beside=_year_beside(text, placed, index))
    if rule in ("clock", "part", "overnight"):
        setting = replace(setting, day_beside=_day_beside(placed, index, setting, found))
    try:
        return READERS[rule](each.hit, setting)
    except OverflowError:
        return None


def _year_beside(text: str, placed: Sequence[_Placed], index: int) -> int | None:
    """The year of the next date where the two are coordinated: "between May and August 1995"."""
    if index + 1 == len(placed):
        return None
    here, following = placed[index].hit, placed[index + 1].hit
    year: int | None = following.value("year")
    if year is None or following.rule not in ("date", "month", "season"):
        return None
    return year if _COORDINATED.fullmatch(text, here.span.end, following.span.start) else None


def _day_beside(placed: Sequence[_Placed], index: int, setting: Setting, found: Sequence[Found]) -> date | None:
    """The day named before in the same sentence, or the first named after in it."""
    sentence = placed[index].sentence
    for earlier in reversed(found):
        if not sentence.holds(earlier.span):
            break
        if earlier.moment.day:
            return earlier.moment.day
    for each in placed[index + 1 : index + 6]:
        if each.sentence == sentence and each.hit.rule in _DAYS:
            moment = READERS[each.hit.rule](each.hit, setting)
            return moment.day if moment else None
    return None
