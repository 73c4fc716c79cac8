"""Settles the names of a whole blog: what is decided in one place holds wherever the name stands.

A surname alone means the one who bears it, and what once stands where a place does is nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from loaders.model import EntityType
from loaders.name_evidence import family_name, is_initial
from loaders.name_index import NameIndex
from loaders.names import Name, is_capital, sentence_names, stands_as_ground
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import cues, language, roles, toponyms


def find_names(sentences: Sequence[Sentence], index: NameIndex) -> dict[int, tuple[Name, ...]]:
    """The names of each sentence, by the sentence's position in `sentences`, in text order.

    A name decided in one place ("professor Jane Roe") is the same wherever it stands in the blog.
    """
    found = {at: list(sentence_names(sentence, index)) for at, sentence in enumerate(sentences)}
    people = _decided(found, sentences, "person")
    organizations = _decided(found, sentences, "organization")
    acronyms = _acronyms(found, sentences)
    grounds = _grounds(sentences)
    people -= grounds
    borne = _borne_names(people, sentences, index, _visited(found, sentences))
    return {
        at: tuple(
            _settled(name, sentences[at].tokens, people, organizations, acronyms, borne)
            for name in names
            if not _is_ground(name, sentences[at].tokens, grounds)
        )
        for at, names in found.items()
    }


def _is_ground(name: Name, tokens: Sequence[Token], grounds: frozenset[tuple[str, ...]]) -> bool:
    words = tuple(token.text for token in tokens[name.first : name.last])
    return name.kind == "person" and not name.entity_id and words in grounds


@dataclass(frozen=True, slots=True)
class _Borne:
    """The words that people of the blog bear.

    `single` may stand alone for somebody named in full; `surnames` make a longer name a person's ("Rae Scott" beside
    "Keith Scott"), unless it begins with a word of `small`, which the blog also writes small; `demonyms` are surnames
    that elsewhere say where somebody comes from ("Mark Cuban"); `double` are surnames of two words.
    """

    single: frozenset[str]
    surnames: frozenset[str]
    demonyms: frozenset[str]
    places: Mapping[str, bool]
    small: frozenset[str]
    double: frozenset[tuple[str, ...]]


def _borne_names(
    people: frozenset[tuple[str, ...]],
    sentences: Sequence[Sentence],
    index: NameIndex,
    visited: frozenset[str],
) -> _Borne:
    small = frozenset(t.text for sentence in sentences for t in sentence.tokens if t.text[0].islower())
    last = {family_name(full) for full in people}
    words = {word for full in people if len(full) > 1 for word in (full[0], family_name(full))}
    plain = frozenset(
        w for w in words | last if w.lower() not in small and not index.opens(w) and not _is_title(w.lower())
    )
    demonyms = frozenset(full[-1] for full in people if len(full) > 1 and index.is_demonym(full[-1]))
    places = {
        full[-1]: full[-1] not in visited for full in people if len(full) == 2 and index.is_place(full[-1])
    }
    double = frozenset(full[1:] for full in people if len(full) == 3 and not is_initial(full[1]))
    return _Borne(plain & words, plain & last, demonyms, places, small, double)


def _visited(found: Mapping[int, Sequence[Name]], sentences: Sequence[Sentence]) -> frozenset[str]:
    """The places of one word that the blog somewhere means as ground: "in France"."""
    return frozenset(
        sentences[at].tokens[name.first].text
        for at, names in found.items()
        for name in names
        if name.kind == "location" and name.first and name.last == name.first + 1
        if sentences[at].tokens[name.first - 1].lower in toponyms().inside | toponyms().toward
    )


def _is_title(word: str) -> bool:
    return word in roles().nouns or word in roles().organization_types or word in language().place_words


def _acronyms(found: Mapping[int, Sequence[Name]], sentences: Sequence[Sentence]) -> dict[str, Name]:
    """What the abbreviations introduced in brackets stand for: "State Affairs Commission (SAC)"."""
    meant: dict[str, Name] = {}
    for at, names in found.items():
        tokens = sentences[at].tokens
        by_end = {name.last: name for name in names if name.kind == "organization"}
        for name in names:
            whole = by_end.get(name.first - 1)
            if whole and tokens[name.first - 1].text == "(" and tokens[name.first].text.isupper():
                meant.setdefault(tokens[name.first].text, whole)
    return meant


def _decided(
    found: Mapping[int, Sequence[Name]], sentences: Sequence[Sentence], kind: EntityType
) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(token.text for token in sentences[at].tokens[name.first : name.last])
        for at, names in found.items()
        for name in names
        if name.kind == kind and not name.entity_id
    )


def _settled(
    name: Name,
    tokens: Sequence[Token],
    people: frozenset[tuple[str, ...]],
    organizations: frozenset[tuple[str, ...]],
    acronyms: Mapping[str, Name],
    borne: _Borne,
) -> Name:
    words = tuple(token.text for token in tokens[name.first : name.last])
    if name.is_demonym and len(words) == 1 and words[0] in borne.demonyms and _acts(tokens, name):
        return Name(name.span, name.first, name.last, "person")
    if name.kind == "location" and len(words) == 1 and words[0] in borne.places and _acts(tokens, name):
        return Name(name.span, name.first, name.last, "person" if borne.places[words[0]] else None)
    if name.kind is not None:
        return name
    if len(words) == 1 and words[0] in acronyms:
        return replace(name, kind="organization", entity_id=acronyms[words[0]].entity_id)
    is_short = words in borne.double or (len(words) == 1 and words[0] in borne.single)
    if words in people or is_short or _is_kin(words, borne):
        return replace(name, kind="person")
    return replace(name, kind="organization") if words in organizations else name


def _is_kin(words: Sequence[str], borne: _Borne) -> bool:
    """Whether a name ends in somebody's surname and begins with a word that can be a given name."""
    first = words[0].lower()
    is_word = first in borne.small or first in language().not_names or first in roles().modifiers
    return len(words) in {2, 3} and words[-1] in borne.surnames and not is_word and not _is_title(first)


def _acts(tokens: Sequence[Token], name: Name) -> bool:
    """Whether a verb follows a word that stands without an article: "Cuban said", not "the Cuban"."""
    before = tokens[name.first - 1].lower if name.first else ""
    after = tokens[name.last].lower if name.last < len(tokens) else ""
    is_verb = after in cues().forms or after in language().before_verbs or language().is_past(after)
    return is_verb and before not in language().determiners


def _grounds(sentences: Sequence[Sentence]) -> frozenset[tuple[str, ...]]:
    """The names of two words that the blog somewhere has where a place stands, though they may be somebody's."""
    words = language().ground_words | language().surnames_too
    return frozenset(
        (tokens[at - 1].text, tokens[at].text)
        for tokens in (sentence.tokens for sentence in sentences)
        for at in range(1, len(tokens))
        if tokens[at].lower in words and is_capital(tokens[at]) and is_capital(tokens[at - 1])
        if stands_as_ground(tokens, at - 1, at + 1)
    )
