"""Reads each post on, sentence by sentence, and resolves what stands for a person without a name.

What the text leaves open stays a mention without an entity.

Errors that remain. Whom "he" and "she" mean is counted on PolNeAR, whose answers another program gave: in its
development set 105 of 184 pronoun speakers agree. Read by eye, 70 of the 79 others are right here and wrong there
("Romare Bearden Park" for "he"), have no name there, or are only described there ("the nominee"); 9 are ours, see
`quotes`. A program without fault would agree in about 110. In half of 840 further articles, read the same way, some
35 of the 280 that do not agree are ours: an "I" in one article told in the first person, left open (12); an "it" for
a letter, a video, a council (7); a description that varies a name and is not linked to it, "the businessman" (6); of
two men in a sentence the wrong one (5); a surname that nothing introduces, "Carson defied the question" (3); a
place's name taken for a person's (2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from loaders.descriptions import resolve_description
from loaders.discourse import Discourse, read_on
from loaders.model import Reference, grouped
from loaders.names import Name
from loaders.people import People
from loaders.pronouns import resolve_pronoun
from loaders.roles import RolePhrase, descriptions
from loaders.segmentation import Sentence
from loaders.strangers import find_strangers
from loaders.vocabulary import language

_MOST_BEFORE = 40
"""How many references before it in a sentence may decide what a pronoun means."""


def resolve_references(
    sentences: Sequence[Sentence],
    names: Mapping[int, Sequence[Name]],
    people: People,
    countries: Mapping[str, str],
) -> tuple[Reference, ...]:
    """Every reference to a person, by name, description or pronoun, in text order.

    Args:
        sentences: The blog's sentences.
        names: The names in each, by position.
        people: The people named.
        countries: The country of each place and organization id.
    """
    by_sentence = grouped(people.references, lambda r: r.sentence)
    strangers = find_strangers(sentences, names)
    found: list[Reference] = []
    discourse = Discourse(people, names, sentences)
    post_id = ""
    for at, sentence in enumerate(sentences):
        if sentence.post_id != post_id:
            post_id, discourse = sentence.post_id, Discourse(people, names, sentences)
        resolved = _in_sentence(
            at, sentence, by_sentence.get(at, []), strangers.get(at, []), discourse, countries
        )
        found.extend(resolved)
        discourse = read_on(discourse, sentence, resolved)
    return tuple(found)


def _in_sentence(
    at: int,
    sentence: Sentence,
    named: Sequence[Reference],
    strangers: Sequence[Reference],
    discourse: Discourse,
    countries: Mapping[str, str],
) -> list[Reference]:
    strangers = [s for s in strangers if not any(r.first <= s.first < r.last for r in named)]
    resolved: list[Reference] = [*named, *strangers]
    phrases = descriptions(sentence, discourse.names[at], countries)
    pending: list[RolePhrase | int] = sorted([*phrases, *_pronouns(sentence)], key=_position)
    for one in pending:
        before = sorted((r for r in resolved if r.first < _position(one)), key=lambda r: r.first)[
            -_MOST_BEFORE:
        ]
        if isinstance(one, int):
            reference = resolve_pronoun(at, sentence, one, before, [*named, *strangers], discourse)
        elif any(r.first <= one.head < r.last for r in named):
            continue
        else:
            reference = resolve_description(at, sentence, one, before, named, discourse)
        if reference:
            resolved.append(reference)
    return sorted(resolved, key=lambda r: (r.first, r.last))


def _position(one: RolePhrase | int) -> int:
    return one if isinstance(one, int) else one.head


def _pronouns(sentence: Sentence) -> Iterator[int]:
    return (i for i, token in enumerate(sentence.tokens) if token.lower in language().pronouns)
