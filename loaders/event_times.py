"""Dates the events of a sentence: which words of time belong to which event, and the bounds that follow.

Bounds are honest: what has happened cannot have happened after the post that reports it, and where nothing
gives a beginning, there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from loaders.clauses import GENITIVE
from loaders.event_frames import ELSEWHERE, Frame
from loaders.event_triggers import Trigger
from loaders.model import Granularity, Post, TimeExpression
from loaders.reporting import ReportingClause
from loaders.segmentation import Sentence
from loaders.vocabulary import language

_LIMITS = frozenset({"until", "till", "by"})
"""What makes the time behind it a limit and not a date."""
FINEST: tuple[Granularity, ...] = ("minute", "hour", "part of day", "day", "month", "year", "")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which instants an event lies (UTC, None where open), how exactly, and what fixed it."""

    start: datetime | None = None
    end: datetime | None = None
    granularity: Granularity = ""
    text: tuple[str, ...] = ()
    basis: str = ""


def times_of(
    sentence: Sentence,
    times: Sequence[TimeExpression],
    triggers: Sequence[Trigger],
    reporting: Sequence[ReportingClause],
) -> dict[int, tuple[TimeExpression, ...]]:
    """The words of time of each trigger, by the token it begins at.

    Args:
        sentence: The sentence.
        times: Its time expressions.
        triggers: Its events.
        reporting: Its reporting clauses: a time right behind the verb, or that opens the sentence, dates the saying.
    """
    dated: dict[int, tuple[TimeExpression, ...]] = {}
    for time in times:
        if time.time_from is None and (not _is_duration(time.value) or _is_age(sentence, time)):
            continue
        owner = _owner(sentence, time, triggers, reporting)
        if owner is not None:
            dated[owner] = (*dated.get(owner, ()), time)
    for trigger in triggers:
        if trigger.form.is_participle and trigger.first not in dated:
            main = _main_before(sentence, trigger, triggers, dated)
            if main is not None:
                dated[trigger.first] = dated[main]
    return dated


def _owner(
    sentence: Sentence,
    time: TimeExpression,
    triggers: Sequence[Trigger],
    reporting: Sequence[ReportingClause],
) -> int | None:
    """The token of the event or verb of saying a time belongs to: the nearest before it, else the first behind."""
    at = next((i for i, t in enumerate(sentence.tokens) if t.end > time.span.start), 0)
    if at and sentence.tokens[at - 1].lower in _LIMITS:
        return None
    adjacent = _adjacent(sentence, time, triggers)
    said = next((clause for clause in reporting if _dates(sentence, clause, at)), None)
    if adjacent is not None or said is not None:
        return said.first if adjacent is None and said else adjacent
    first, last = sentence.segment(at)
    if any(clause.order == "according to" and first <= clause.first < at for clause in reporting):
        return None
    before = [t.first for t in triggers if first <= t.first < at]
    if before and any(t.lower in ELSEWHERE for t in sentence.tokens[before[-1] : at]):
        return None
    behind = [t.first for t in triggers if at < t.first < last and not t.is_subordinate]
    return before[-1] if before else behind[0] if behind else None


def _dates(sentence: Sentence, clause: ReportingClause, at: int) -> bool:
    """Whether the time at a token says when something was said, and not when what is said took place."""
    if clause.order == "according to":
        return False
    opens_sentence = at <= 1 and clause.start > at and not sentence.tokens[at].text[0].islower()
    between = sentence.tokens[at : clause.start]
    leading = language().time_words | {",", "on", "in"}
    is_lead = opens_sentence and all(t.lower in leading or t.text.isdigit() for t in between)
    return clause.last <= at < clause.complement or is_lead


def _is_duration(value: str) -> bool:
    """Whether a TIMEX3 value is a length of time with a number, and not a reference such as PAST_REF."""
    return value[:1] == "P" and value[1:2].isdigit()


def _is_age(sentence: Sentence, time: TimeExpression) -> bool:
    """Whether a length of time is how old somebody is: "two 16-year-olds", "16 years old"."""
    at = next((i for i, t in enumerate(sentence.tokens) if t.end >= time.span.end), len(sentence.tokens))
    if at == len(sentence.tokens):
        return False
    rest = sentence.tokens[at].lower[time.span.end - sentence.tokens[at].start :]
    behind = [token.lower for token in sentence.tokens[at + 1 : at + 3]]
    return (
        rest.startswith("-old")
        or behind[:1] == ["old"]
        or behind == ["of", "age"]
        or behind[:2] == ["-", "old"]
    )


def _adjacent(sentence: Sentence, time: TimeExpression, triggers: Sequence[Trigger]) -> int | None:
    """The noun a time stands at: "18 months of war", "Tuesday's meeting"."""
    end = next((i for i, t in enumerate(sentence.tokens) if t.start >= time.span.end), len(sentence.tokens))
    if end < len(sentence.tokens) and sentence.tokens[end].lower in GENITIVE | {"of"}:
        return next((t.first for t in triggers if t.form.is_noun and end < t.first <= end + 3), None)
    return None


def _main_before(
    sentence: Sentence,
    trigger: Trigger,
    triggers: Sequence[Trigger],
    dated: dict[int, tuple[TimeExpression, ...]],
) -> int | None:
    first, _ = sentence.segment(trigger.first)
    before = [
        t.first
        for t in triggers
        if first <= t.first < trigger.first and t.first in dated and not t.is_subordinate
    ]
    return before[-1] if before and not trigger.is_subordinate else None


def bounds_of(frame: Frame, times: Sequence[TimeExpression], text: str, post: Post) -> Bounds:
    """The bounds of an event: those its words of time state, cut at the post that says it has happened.

    Args:
        frame: The event.
        times: The words of time that belong to it.
        text: The blog's text.
        post: The post it stands in.
    """
    known = [time for time in times if time.time_from is not None]
    printed = tuple(time.span.of(text) for time in known or times)
    limit = post.posted_to if frame.status in {"happened", "claimed"} else None
    if not known:
        lasting = _lasting(times, printed, post) if frame.trigger.form.is_noun else None
        return lasting or Bounds(None, limit, "", printed, "bounded by the post" if limit else "")
    start = min(time.time_from for time in known if time.time_from)
    end = max(time.time_to for time in known if time.time_to)
    granularity = min((time.granularity for time in known), key=FINEST.index)
    if limit and start > limit:
        return Bounds(None, limit, "", (), "bounded by the post")
    if limit and end > limit:
        return Bounds(start, limit, granularity, printed, "bounded by the post")
    return Bounds(start, end, granularity, printed, "stated")


def _lasting(times: Sequence[TimeExpression], printed: tuple[str, ...], post: Post) -> Bounds | None:
    """What "more than 18 months of war" means: it was on by then, and is at the post."""
    amount = next((time.value for time in times if time.value.startswith("P")), "")
    began = _months_before(post.posted_to, amount)
    return Bounds(began, post.posted_to, "month", printed, "derived") if began else None


def _months_before(instant: datetime | None, amount: str) -> datetime | None:
    """The instant a TIMEX3 duration in months or years before another, None for other durations."""
    unit, number = amount[-1:], amount[1:-1]
    if instant is None or unit not in {"M", "Y"} or not number.isdigit() or "T" in amount:
        return None
    months = int(number) * (12 if unit == "Y" else 1)
    index = instant.year * 12 + instant.month - 1 - months
    if index < 12:
        return None
    return instant.replace(year=index // 12, month=index % 12 + 1, day=min(instant.day, 28))
