"""Reads each post on, sentence by sentence, and resolves what stands for a person without a name.

What the text leaves open stays a mention without an entity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from loaders.descriptions import resolve_description
from loaders.discourse import Discourse, read_on
from loaders.model import Mention, Reference, grouped
from loaders.names import Name
from loaders.people import People
from loaders.pronouns import resolve_pronoun
from loaders.roles import RolePhrase, descriptions
from loaders.salience import verb_at
from loaders.segmentation import Sentence
from loaders.vocabulary import language

_MOST_BEFORE = 40
"""How many references before it in a sentence may decide what a pronoun means."""
_LONGEST_NAME = 3


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
    strangers = _strangers(sentences, names)
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


def _strangers(
    sentences: Sequence[Sentence], names: Mapping[int, Sequence[Name]]
) -> Mapping[int, Sequence[Reference]]:
    """Names of which nothing says what they name, by sentence, where the blog somewhere has them speak.

    "Carver said so. Carver shrugged." They are nobody's name for certain, but a pronoun may mean them.
    """
    found = [
        Reference(
            Mention(name.span, sentences[at].post_id, "person"),
            at,
            name.first,
            name.last,
            _words(sentences[at], name),
            is_guess=True,
        )
        for at, in_sentence in names.items()
        for name in in_sentence
        if name.kind is None
        and name.last - name.first <= _LONGEST_NAME
        and not _is_acronym(sentences[at], name)
    ]
    speaking = {r.label for r in found if verb_at(sentences[r.sentence].tokens, r.last)}
    return grouped((r for r in found if r.label in speaking), lambda r: r.sentence)


def _words(sentence: Sentence, name: Name) -> str:
    return " ".join(token.text for token in sentence.tokens[name.first : name.last])


def _is_acronym(sentence: Sentence, name: Name) -> bool:
    return sentence.tokens[name.first].text.isupper() and name.last == name.first + 1


def _position(one: RolePhrase | int) -> int:
    return one if isinstance(one, int) else one.head


def _pronouns(sentence: Sentence) -> Iterator[int]:
    return (i for i, token in enumerate(sentence.tokens) if token.lower in language().pronouns)
