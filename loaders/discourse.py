"""What is known while a post is read on: its last sentences, who spoke in them, and the unnamed met so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from loaders.linking import noun_gender
from loaders.model import Reference
from loaders.names import Name
from loaders.people import People
from loaders.salience import SUBJECT, Minds, after_sentence, key_of, weight_of
from loaders.segmentation import Sentence
from loaders.vocabulary import language, roles

_UNNAMED = 60
"""How many references of a sentence, and how many of the unnamed, are kept in mind."""


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence already read, and the references to named people the reporter makes in it."""

    sentence: Sentence
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Discourse:
    """What is known while a post is read: its last sentence, who is in mind, and the unnamed met so far."""

    people: People
    names: Mapping[int, Sequence[Name]]
    sentences: Sequence[Sentence]
    read: tuple[ReadSentence, ...] = ()
    minds: Minds = field(default_factory=dict)
    genders: Mapping[str, str] = field(default_factory=dict)
    """What pronouns have told of the gender of those whose name does not tell it, by id or description."""
    unnamed: tuple[Reference, ...] = ()
    group: Reference | None = None
    """Whom the last sentence of the reporter's is about, where that is several without a name: "critics"."""


def read_on(discourse: Discourse, sentence: Sentence, resolved: Sequence[Reference]) -> Discourse:
    """The discourse after a sentence whose references are resolved."""
    own = tuple(r for r in resolved if not in_quotation(sentence, r))
    named = tuple(r for r in own if r.mention.entity_id)[-_UNNAMED:]
    present = [r for r in own if _is_present(sentence, r)]
    has_own_words = _has_own_words(sentence)
    minds = after_sentence(discourse.minds, sentence, present, fades=has_own_words)
    unnamed = discourse.unnamed + tuple(
        r for r in resolved if r.mention.form == "description" and not r.mention.entity_id
    )
    read = (ReadSentence(sentence, named),)
    return Discourse(
        discourse.people,
        discourse.names,
        discourse.sentences,
        read,
        minds,
        with_genders(discourse, sentence, resolved),
        unnamed[-_UNNAMED:],
        group_of(sentence, own) or (None if has_own_words else discourse.group),
    )


def group_of(sentence: Sentence, references: Sequence[Reference]) -> Reference | None:
    """The last of several without a name who act or speak: "critics of the plan"."""
    groups = (r for r in reversed(references) if _is_group(r))
    return next((r for r in groups if weight_of(sentence, r) >= SUBJECT), None)


def _is_group(reference: Reference) -> bool:
    role = roles().nouns.get(reference.noun)
    return bool(role and role.is_group and reference.label and not reference.mention.entity_id)


def with_genders(
    discourse: Discourse, sentence: Sentence, resolved: Sequence[Reference]
) -> Mapping[str, str]:
    """The genders known, with what a sentence's pronouns tell of somebody whose gender was not."""
    told: dict[str, str] = {}
    for r in resolved:
        if r.mention.form == "pronoun" and is_one_person(r) and not gender_of(r, discourse):
            told.setdefault(key_of(r), language().pronouns[sentence.tokens[r.first].lower].gender)
    return {**discourse.genders, **told} if told else discourse.genders


def gender_of(reference: Reference, discourse: Discourse) -> str:
    """The gender of the one person a reference means, as the name, the description or a pronoun has told it."""
    person = discourse.people.persons.get(reference.mention.entity_id)
    known = person.gender if person else noun_gender(reference.noun)
    return known or discourse.genders.get(key_of(reference), "")


def is_one_person(reference: Reference) -> bool:
    """Whether a reference means one person, named or not: what a pronoun in the singular may go back to."""
    mention = reference.mention
    if len(mention.entity_ids) == 1:
        return True
    role = roles().nouns.get(reference.noun)
    return not mention.entity_id and bool(reference.label) and not (role and role.is_group)


def _is_present(sentence: Sentence, reference: Reference) -> bool:
    """Whether a reference puts one person into mind; the unnamed only where they act or speak."""
    if not is_one_person(reference):
        return False
    is_named = bool(reference.mention.entity_id) or reference.mention.form != "description"
    return is_named or weight_of(sentence, reference) >= SUBJECT


def _has_own_words(sentence: Sentence) -> bool:
    """Whether the reporter says more in a sentence than what is quoted."""
    quoted = sum(q.outer.end - q.outer.start for q in sentence.quotations)
    return quoted + 2 < sentence.span.end - sentence.span.start


def in_quotation(sentence: Sentence, reference: Reference) -> bool:
    """Whether a reference stands in somebody's quoted words and not in the reporter's."""
    span = reference.mention.span
    quotation = sentence.quotation_at(span.start)
    return quotation is not None and quotation.outer.holds(span)
