"""Finds the passages that are reported without quotation marks: what stands behind or before a verb of saying."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.clauses import DASHES, opens_after_pause
from loaders.model import Span
from loaders.reporting import ReportingClause, Speech
from loaders.segmentation import Token
from loaders.vocabulary import language

_NOMINATIVE = frozenset({"he", "she", "they", "we", "i"})
"""Subjects by their form, which a verb follows whether it is known or not: "she left"."""
_NEAR_CLAUSES = 6
"""How many reporting clauses ahead the end of reported words is sought."""
_FEW_WORDS = 6
"""How many words may be reported without a verb the rules know."""


def reported_content(passage: Speech, index: int) -> Span | None:
    """What is reported: the clause behind the verb, or the one before it where the verb closes the sentence."""
    clause, tokens = passage.clauses[index], passage.sentence.tokens
    if clause.order != "according to" or clause.start == 0:
        behind = _behind(passage, index)
        if behind:
            return behind
    if clause.order in {"participle", "shared subject"}:
        return None
    return _ahead(passage, clause, tokens)


def _behind(passage: Speech, index: int) -> Span | None:
    clause, tokens = passage.clauses[index], passage.sentence.tokens
    start, verb = clause.complement, clause.form.verb if clause.form else None
    if (
        start < len(tokens)
        and tokens[start].text == ","
        and (clause.start == 0 or clause.order == "according to")
    ):
        start += 1 if clause.order == "according to" else 0
    if start >= len(tokens):
        return None
    opener = tokens[start].lower
    limit = _content_limit(passage, index, start)
    if verb is not None and opener == "that" and verb.that:
        start += 1
    elif (
        verb is not None and opener in {"whether", "if", "how", "why", "what", "where", "when"} and verb.that
    ):
        pass
    elif (
        (verb is not None and not verb.clause)
        or not (_opens_with_pronoun(tokens[start:limit]) or _has_finite_verb(tokens[start:limit]))
        or tokens[start].text in {",", "."} | DASHES
    ):
        return None
    return _trimmed(tokens, start, limit)


def _content_limit(passage: Speech, index: int, start: int) -> int:
    """Where reported words end: a semicolon, a dash, or the clause of another speaker."""
    tokens = passage.sentence.tokens
    limit = len(tokens)
    for later in passage.clauses[index + 1 : index + _NEAR_CLAUSES]:
        is_strong = later.form is None or later.form.verb.strong or opens_after_pause(tokens, later.start)
        if later.start > start and later.order != "participle" and is_strong:
            limit = min(limit, later.start)
    quoted = passage.quoted
    stops = (i for i in range(start, limit) if tokens[i].text in DASHES | {";"} and i not in quoted)
    return next(stops, limit)


def _opens_with_pronoun(tokens: Sequence[Token]) -> bool:
    """Whether a pronoun that can only be a subject is followed by a word, the verb: "she left"."""
    return len(tokens) > 1 and tokens[0].lower in _NOMINATIVE and tokens[1].text.islower()


def _has_finite_verb(tokens: Sequence[Token]) -> bool:
    window = tokens[:18]
    return any(
        t.lower in language().finite or (t.text.islower() and language().is_past(t.lower)) for t in window[1:]
    )


def _ahead(passage: Speech, clause: ReportingClause, tokens: Sequence[Token]) -> Span | None:
    """The clause before a verb that closes the sentence, back to a semicolon, a dash or another reporting clause."""
    end = clause.start
    if not end or not (opens_after_pause(tokens, end) or clause.order == "according to"):
        return None
    start, _ = passage.sentence.segment(end - 1)
    for index, other in enumerate(passage.clauses):
        if start < other.complement <= end and other.first < clause.first and _behind(passage, index):
            start = other.complement
    while start < end and tokens[start].lower in {"and", "but", "that", ","}:
        start += 1
    says_something = end - start > _FEW_WORDS or _has_finite_verb(tokens[start:end])
    return _trimmed(tokens, start, end) if says_something else None


def _trimmed(tokens: Sequence[Token], start: int, end: int) -> Span | None:
    while end > start and (
        tokens[end - 1].text in {",", ".", ";", ":", "—", "–", "--"}
        or tokens[end - 1].lower in {"and", "but", "though", "while"}
    ):
        end -= 1
    return Span(tokens[start].start, tokens[end - 1].end) if end > start else None
