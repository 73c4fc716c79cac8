"""What is known while a post is read on: its last sentences, who spoke in them, and the unnamed met so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loaders.model import Reference
from loaders.names import Name
from loaders.people import People
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import cues, language

_UNNAMED = 60
"""How many references of a sentence, and how many of the unnamed, are kept in mind."""
_REACH = 6
"""How many sentences back the antecedent of a pronoun may stand."""


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence already read: the references the reporter makes in it, and who speaks in it."""

    sentence: Sentence
    references: tuple[Reference, ...]
    speaker: Reference | None


@dataclass(frozen=True, slots=True)
class Discourse:
    """What is known while a post is read: its last sentences, the newest last, and the unnamed met so far."""

    people: People
    names: Mapping[int, Sequence[Name]]
    sentences: Sequence[Sentence]
    read: tuple[ReadSentence, ...] = ()
    unnamed: tuple[Reference, ...] = ()


def read_on(discourse: Discourse, sentence: Sentence, resolved: Sequence[Reference]) -> Discourse:
    """The discourse after a sentence whose references are resolved."""
    own = tuple(r for r in resolved if not in_quotation(sentence, r))
    named = tuple(r for r in own if r.mention.entity_id)[-_UNNAMED:]
    read = (*discourse.read, ReadSentence(sentence, named, _speaker(sentence, own)))[-_REACH:]
    unnamed = discourse.unnamed + tuple(
        r for r in resolved if r.mention.form == "description" and not r.mention.entity_id
    )
    return Discourse(discourse.people, discourse.names, discourse.sentences, read, unnamed[-_UNNAMED:])


def _speaker(sentence: Sentence, resolved: Sequence[Reference]) -> Reference | None:
    """Who says something last in a sentence: the one person, named or not, beside its last reporting verb."""
    tokens, forms = sentence.tokens, cues().forms
    for reference in reversed(resolved):
        mention = reference.mention
        if len(mention.entity_ids) > 1 or (mention.form == "pronoun" and not mention.entity_id):
            continue
        after = next((t.lower for t in tokens[reference.last :] if t.lower not in language().adverbs), "")
        speaks_after = _is_inverted(tokens, reference.first - 1)
        if speaks_after or (after in forms and forms[after].verb.that):
            return reference
    return None


def _is_inverted(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb of saying stands at `at` behind what was said: "…," said the teacher."""
    form = cues().forms.get(tokens[at].lower) if at >= 0 else None
    return form is not None and form.verb.that and (at == 0 or not tokens[at - 1].text[0].isalnum())


def in_quotation(sentence: Sentence, reference: Reference) -> bool:
    """Whether a reference stands in somebody's quoted words and not in the reporter's."""
    return any(q.outer.holds(reference.mention.span) for q in sentence.quotations)
