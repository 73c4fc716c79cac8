"""Resolves third-person pronouns to people, where the text decides whom they mean.

Inside a quotation only the quotation's own words can decide; in the reporter's own voice, the sentence and then the
nearest one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from loaders.clauses import GENITIVE
from loaders.discourse import Discourse, in_quotation
from loaders.model import LIST_SEPARATOR, Mention, Reference, Span
from loaders.segmentation import Sentence
from loaders.vocabulary import language


def resolve_pronoun(
    at: int, sentence: Sentence, position: int, before: Sequence[Reference], discourse: Discourse
) -> Reference | None:
    """The reference a pronoun makes, without a person where it stays open; None for a plural that means things.

    Args:
        at: The position of its sentence.
        sentence: The sentence.
        position: The pronoun's token position.
        before: The references before it in the sentence.
        discourse: What is known of the post so far.
    """
    token = sentence.tokens[position]
    pronoun = language().pronouns[token.lower]
    span = Span(token.start, token.end)
    quoted = next((q for q in sentence.quotations if q.outer.holds(span)), None)
    if quoted:
        before = [r for r in before if quoted.outer.holds(r.mention.span)]
        discourse = Discourse(discourse.people, discourse.names, discourse.sentences)
    else:
        before = [r for r in before if not in_quotation(sentence, r)]
    if pronoun.number == "plural":
        entity_id = _plural(before, discourse)
        if not entity_id:
            return None
    else:
        entity_id = _singular(sentence, position, pronoun.gender, before, discourse)
    return Reference(
        Mention(span, sentence.post_id, "person", entity_id, "pronoun"), at, position, position + 1
    )


def _singular(
    sentence: Sentence, position: int, gender: str, before: Sequence[Reference], discourse: Discourse
) -> str:
    """Whom "he" or "she" means: somebody in the sentence, else the speaker or subject of the nearest one before.

    Where somebody unnamed spoke last, it may well be that one: the pronoun stays open.
    """
    fits = [r for r in before if _agrees(r, gender, discourse)]
    coordinated = _coordinated(sentence, position, fits)
    if coordinated or fits:
        return coordinated or _one(fits) or _subject(sentence, fits)
    for read in reversed(discourse.read):
        fits = [r for r in read.references if _agrees(r, gender, discourse)]
        if read.speaker and (read.speaker in fits or not read.speaker.mention.entity_id):
            return read.speaker.mention.entity_id
        if fits:
            return _one(fits) or _subject(read.sentence, fits)
    return ""


def _agrees(reference: Reference, gender: str, discourse: Discourse) -> bool:
    ids = reference.mention.entity_ids
    person = discourse.people.persons.get(ids[0]) if len(ids) == 1 else None
    return person is not None and person.gender in {gender, ""}


def _coordinated(sentence: Sentence, position: int, fits: Sequence[Reference]) -> str:
    """Whose counterparts "Shoigu and his counterparts" are."""
    if position < 2 or sentence.tokens[position - 1].lower != "and":
        return ""
    return next((r.mention.entity_id for r in fits if r.last == position - 1), "")


def _one(references: Sequence[Reference]) -> str:
    ids = {r.mention.entity_id for r in references}
    return next(iter(ids)) if len(ids) == 1 else ""


def _subject(sentence: Sentence, references: Sequence[Reference]) -> str:
    """The first of the references that can be its sentence's subject."""
    tokens = sentence.tokens
    for reference in references:
        before = tokens[reference.first - 1].lower if reference.first else ""
        after = tokens[reference.last].text if reference.last < len(tokens) else ""
        if before not in language().prepositions and after not in GENITIVE:
            return reference.mention.entity_id
    return ""


def _plural(before: Sequence[Reference], discourse: Discourse) -> str:
    """Whom "they" means: the pair the sentence, or the one before it, is about."""
    last = discourse.read[-1] if discourse.read and discourse.read[-1].sentence.part != "headline" else None
    for references in (before, last.references if last else ()):
        pairs = [r.mention.entity_id for r in references if len(r.mention.entity_ids) == 2]
        joined = _joined(references, discourse)
        if pairs or joined:
            return (pairs or [joined])[-1]
    return ""


def _joined(references: Sequence[Reference], discourse: Discourse) -> str:
    """Two people joined by "and" as subject."""
    for left, right in pairwise(references):
        tokens = discourse.sentences[left.sentence].tokens
        between = [t.lower for t in tokens[left.last : right.first]]
        singles = len(left.mention.entity_ids) == len(right.mention.entity_ids) == 1
        if between == ["and"] and singles and left.mention.entity_id != right.mention.entity_id:
            return LIST_SEPARATOR.join((left.mention.entity_id, right.mention.entity_id))
    return ""
