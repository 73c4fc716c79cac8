"""The registered names by their first word, so that a text is matched in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from loaders.model import EntityType, Span
from loaders.registry import Registries
from loaders.segmentation import Token, tokenize


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One printed form of a registered name."""

    words: tuple[str, ...]
    kind: EntityType
    entity_id: str
    is_demonym: bool = False


class NameIndex:
    """Registered names by their first word and their length, so that a text is matched in one pass.

    Of two entries with the same words the first one given counts.
    """

    def __init__(self, entries: Iterable[IndexEntry]) -> None:
        by_first: dict[str, dict[int, dict[tuple[str, ...], IndexEntry]]] = {}
        for entry in entries:
            by_size = by_first.setdefault(entry.words[0], {})
            by_size.setdefault(len(entry.words), {}).setdefault(entry.words, entry)
        self._by_first = {
            first: tuple(sorted(by_size.items(), reverse=True)) for first, by_size in by_first.items()
        }

    def opens(self, word: str) -> bool:
        """Whether a registered name begins with this word."""
        return word in self._by_first

    def is_demonym(self, word: str) -> bool:
        """Whether a word says where somebody comes from: "Cuban"."""
        return any(
            entry.is_demonym and words == (word,)
            for _, entries in self._by_first.get(word, ())
            for words, entry in entries.items()
        )

    def is_place(self, word: str) -> bool:
        """Whether a word alone is a registered place's name."""
        entry = next(
            (entries.get((word,)) for size, entries in self._by_first.get(word, ()) if size == 1), None
        )
        return entry is not None and entry.kind == "location" and not entry.is_demonym

    def match(self, tokens: Sequence[Token], at: int) -> IndexEntry | None:
        """The longest registered name that begins at token `at`."""
        return self.shorter(tokens, at, len(tokens) + 1)

    def shorter(self, tokens: Sequence[Token], at: int, limit: int) -> IndexEntry | None:
        """The longest registered name of fewer than `limit` words that begins at token `at`."""
        for size, entries in self._by_first.get(tokens[at].text, ()):
            if size < limit and (entry := entries.get(tuple([t.text for t in tokens[at : at + size]]))):
                return entry
        return None


def name_index(registries: Registries) -> NameIndex:
    """The printed names of everyone and everything registered; a family name alone says only that it is a person."""
    return NameIndex(_entries(registries))


def _entries(registries: Registries) -> Iterator[IndexEntry]:
    for person in registries.people.values():
        for name in (person.name, *person.aliases):
            yield IndexEntry(_words(name), "person", person.id)
        yield IndexEntry((person.family_name or person.name.split()[-1],), "person", "")
    for place in registries.places.values():
        for name in (place.name, *place.aliases):
            yield IndexEntry(_words(name), "location", place.id)
        for name in place.demonyms:
            yield IndexEntry(_words(name), "location", place.id, is_demonym=True)
    for organization in registries.organizations.values():
        for name in (organization.name, *organization.aliases):
            yield IndexEntry(_words(name), "organization", organization.id)


def _words(name: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenize(name, Span(0, len(name))))
