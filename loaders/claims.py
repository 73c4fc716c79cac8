"""Finds whose words a noun of saying leads to: "he denied her claim that it was “over”" quotes her, and not him."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.clauses import DASHES, POSSESSIVES, noun_phrases
from loaders.model import Reference
from loaders.reporting import Speech
from loaders.segmentation import Token
from loaders.vocabulary import cues, language

_FARTHEST = 40
"""How many words such a noun may stand before the words it leads to."""
_ADJECTIVES = 3
"""How many words may stand between a possessor and the noun."""
_PAUSES = frozenset({",", ";", ":"}) | DASHES
_BY = frozenset({"by", "from"})
_PARTICLES = frozenset({"at", "to", "back"})
"""What may stand between a verb and what it rejects: "laughed at the idea", "hit back at claims"."""


def whose_claim(passage: Speech, first: int) -> tuple[Reference, ...] | None:
    """Who claimed the words that begin at token `first`: empty where nobody says whose the claim is.

    None where no noun of saying leads to the words, or the one of whom the sentence tells may have said them.
    """
    tokens = passage.sentence.tokens
    verbs = {clause.first for clause in passage.clauses}
    for at in range(first - 1, max(first - _FARTHEST, 0), -1):
        if at in passage.quoted:
            continue
        if tokens[at].text in _PAUSES or at in verbs:
            return None
        if _leads_on(tokens, at + 1) and at + 1 < first and tokens[at].lower in cues().claims:
            return _owner(passage, at)
        if tokens[at].lower in _BY and tokens[at - 1].lower in cues().claims:
            by = noun_phrases(passage.references).starting.get(at + 1)
            return (by,) if by and _leads_on(tokens, by.last) else None
    return None


def _leads_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether what is claimed begins at `at`: "claims that it is over", "his claim he was robbed"."""
    return at < len(tokens) and tokens[at].lower in {"that", "he", "she", "it", "they"}


def _owner(passage: Speech, noun: int) -> tuple[Reference, ...] | None:
    """Whose a noun of saying is; nobody's where a verb rejects it, None where one may make it."""
    tokens = passage.sentence.tokens
    ending = noun_phrases([r for r in passage.references if r.first not in passage.quoted]).ending
    for at in range(noun, max(noun - _ADJECTIVES - 1, 0), -1):
        before = tokens[at - 1]
        if before.text in POSSESSIVES:
            return (ending[at - 1],) if at - 1 in ending else ()
        if before.lower in language().possessive_pronouns:
            return (ending[at],) if at in ending else ()
        if before.lower in cues().rejecting_forms:
            return ()
        if before.lower in _PARTICLES and any(
            t.lower in cues().rejecting_forms for t in tokens[max(at - 3, 0) : at - 1]
        ):
            return ()
    return None
