"""Finds the names of places that no registry knows, and drops those that only look like places.

A name in the gazetteer is a place where the words beside it say so, or where the text says so elsewhere; a name in
no gazetteer only where they leave no doubt. Which place is meant is `geocoding`'s to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from loaders.gazetteer import Gazetteer
from loaders.model import Span
from loaders.names import Name
from loaders.segmentation import Sentence
from loaders.toponym_evidence import Found, Strength, find_in_sentence, is_namesake


def find_toponyms(
    sentences: Sequence[Sentence], names: Mapping[int, Sequence[Name]], gazetteer: Gazetteer
) -> dict[int, tuple[Name, ...]]:
    """The names of each sentence with those of places added, in text order; which place is left open.

    Args:
        sentences: The sentences.
        names: What is known of their names, by the sentence's position.
        gazetteer: The towns, divisions and regions that may be meant.
    """
    people = _surnames(sentences, names)
    found = {
        at: find_in_sentence(sentence, names[at], gazetteer, people) for at, sentence in enumerate(sentences)
    }
    sure = {one.key for listed in found.values() for one in listed if one.strength >= Strength.SURE} - people
    small = {token.lower for s in sentences for token in s.tokens if token.text[0].islower()}
    unlikely = small | people
    return {
        at: tuple(_merged(s, names[at], [f for f in found[at] if _is_place(f, sure, unlikely)]))
        for at, s in enumerate(sentences)
    }


def _is_place(one: Found, sure: set[str], unlikely: set[str] | frozenset[str]) -> bool:
    if one.is_known and (one.key in sure or one.strength >= Strength.SURE):
        return True
    if not one.is_known:
        return one.strength >= Strength.SURE and one.key not in unlikely
    return one.strength >= Strength.LIKELY and one.key not in unlikely


def _surnames(sentences: Sequence[Sentence], names: Mapping[int, Sequence[Name]]) -> frozenset[str]:
    """The last words of the people the text names in full, small."""
    return frozenset(
        sentences[at].tokens[name.last - 1].lower
        for at, listed in names.items()
        for name in listed
        if name.kind == "person" and name.last - name.first > 1
    )


def _merged(sentence: Sentence, names: Sequence[Name], found: Sequence[Found]) -> Iterator[Name]:
    """The names with the places found: a place replaces what is open or shorter where it stands."""
    places = [Name(Span(one.start, one.end), one.first, one.last, "location") for one in found]
    kept = [
        name
        for name in names
        if not (name.kind == "location" and is_namesake(sentence, name))
        and not any(_gives_way(name, place) for place in places)
    ]
    known = [name.span for name in kept if name.kind == "location"]
    fresh = [place for place in places if not any(span.overlaps(place.span) for span in known)]
    yield from sorted([*kept, *fresh], key=lambda name: (name.first, -name.last, name.span))


def _gives_way(name: Name, place: Name) -> bool:
    """Whether a name found before is no longer one where a place was found."""
    if not name.span.overlaps(place.span):
        return False
    if name.kind == "organization":
        return name.span == place.span and not name.entity_id
    if name.kind == "location":
        return name.span != place.span and place.span.holds(name.span)
    return True
