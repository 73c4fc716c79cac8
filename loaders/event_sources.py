"""Says on whose word an event stands: the speaker whose words hold it, the footage it is seen in, or the blog alone."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.clauses import printed
from loaders.event_frames import Frame
from loaders.event_triggers import RELATIVES, Scene, Trigger
from loaders.model import LIST_SEPARATOR, Span, TimeExpression
from loaders.reporting import ReportingClause
from loaders.segmentation import Token
from loaders.speakers import Cast, source_type_of, speaker_name
from loaders.vocabulary import cues, language

_BREAKS = frozenset({",", ";", ":", "(", "–", "—", "-", '"', "“", "”", "but", "while", "although", "as"})
"""What a clause does not go on behind without doubt."""


def sources_of(
    cast: Cast, scene: Scene, frame: Frame, times: Sequence[TimeExpression]
) -> tuple[tuple[str, ...], str]:
    """Who says so: the speaker whose words hold the event, the footage it is seen in, or nobody but the blog.

    What a sentence only takes as known ("after the collapse", "the war") nobody in it vouches for.
    """
    tokens, trigger = scene.sentence.tokens, frame.trigger
    span = Span(tokens[trigger.first].start, tokens[trigger.last - 1].end)
    if trigger.is_subordinate:
        return (), "own reporting"
    names_it = trigger.form.is_noun or (trigger.form.is_participle and not frame.agents)
    exists = any(token.lower == "there" for token in tokens[max(trigger.first - 4, 0) : trigger.first])
    is_known = frame.status == "happened" and names_it and not times and not exists
    for quote in scene.quotes:
        if is_known and quote.span.holds(span):
            return (), "own reporting"
        is_cue = quote.cue is not None and quote.cue.start == span.start
        if (quote.span.holds(span) or is_cue) and quote.speaker:
            names = [*quote.speaker.split(LIST_SEPARATOR), *([quote.via] if quote.via else [])]
            return tuple(dict.fromkeys(names)), quote.source_type
        if quote.span.holds(span) and quote.quote_type == "direct":
            return (), "unnamed"
    _, limit = scene.sentence.segment(trigger.first)
    closing = [
        c for c in scene.clauses if trigger.last <= c.start < limit and c.subjects and c.order != "participle"
    ]
    for clause in closing:
        if tokens[_name_start(tokens, clause.start) - 1].text in {",", "”", '"', "?", "!"}:
            names = [name for r in clause.subjects if (name := speaker_name(r, cast))]
            return tuple(dict.fromkeys(names)), source_type_of(clause.subjects[0], cast)
    told = None if is_known else _told_by(scene, trigger)
    if told is not None:
        names = [name for r in told.subjects if (name := speaker_name(r, cast))]
        return tuple(dict.fromkeys(names)), source_type_of(told.subjects[0], cast)
    footage = _footage(scene, frame)
    return ((footage,) if footage else ()), "own reporting"


def _name_start(tokens: Sequence[Token], at: int) -> int:
    """Where a name that ends at a speaker begins: "Avon and" before "Somerset Police"."""
    joins = at > 2 and tokens[at - 1].lower == "and" and tokens[at - 2].text[0].isupper()
    return at - 2 if joins and tokens[at].text[0].isupper() else at


def _told_by(scene: Scene, trigger: Trigger) -> ReportingClause | None:
    """The clause that reports an event in its own words: "they said a man had been arrested"."""
    tokens = scene.sentence.tokens
    if scene.sentence.quotation_at(tokens[trigger.first].start) is not None:
        return None
    for clause in reversed(scene.clauses):
        if clause.last > trigger.first or clause.form is None:
            continue
        is_open = clause.order in {"subject first", "participle"} and clause.form.verb.that
        if not is_open or not clause.subjects or clause.is_negated or clause.complement > trigger.first:
            return None
        words = [token.lower for token in tokens[clause.complement : trigger.first]]
        is_aside = clause.first > 0 and tokens[clause.first - 1].lower in RELATIVES
        return None if is_aside or _BREAKS.intersection(words) else clause
    return None


def _footage(scene: Scene, frame: Frame) -> str:
    """The footage, such as "Footage from Russia", where the sentence says that footage shows the event."""
    tokens = scene.sentence.tokens
    shows = next(
        (i for i, t in enumerate(tokens[: frame.trigger.first]) if t.lower in {"shows", "show", "showed"}),
        None,
    )
    if shows and any(t.lower in cues().footage for t in tokens[:shows]):
        first = 1 if tokens[0].lower in language().determiners else 0
        return printed(tokens[first:shows])
    return ""
