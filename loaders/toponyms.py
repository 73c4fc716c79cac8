"""Finds the names of places that no registry knows, and drops those that only look like places.

A name in the gazetteer is a place where the words beside it say so, or where the text says so elsewhere; a name in
no gazetteer only where they leave no doubt. Which place is meant is `geocoding`'s to say.

Errors that remain (counts stand in `geocoding`), as live pages show them: teams in running text ("Leicestershire took
over") and registered cities that play ("NEW YORK 74 59") are places; a road or a square called after a town is that
town ("Cambridge Gardens"); a saint's flag is his town ("St George flags"). In CoNLL 2003 testa, half of it sport, F is
.845 (1,837 names of places).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.gazetteer import Gazetteer, folded
from loaders.model import Span
from loaders.names import Name
from loaders.segmentation import Sentence, Token
from loaders.toponym_evidence import LARGE, Evidence, Strength, is_namesake, surnames
from loaders.toponym_spans import SentenceSpans, Stretch, is_word
from loaders.vocabulary import language, toponyms

_JOINTS = frozenset({(",",), ("and",), ("or",), ("&",), (",", "and"), (",", "or"), ("/",), ("-",), ("to",)})


@dataclass(frozen=True, slots=True)
class _Found:
    """What may be a place's name, and how sure that is."""

    stretch: Stretch
    span: Span
    first: int
    last: int
    strength: Strength
    is_team: bool = False

    @property
    def key(self) -> str:
        """The name as it is looked up."""
        return self.stretch.key


def find_toponyms(
    sentences: Sequence[Sentence], names: Mapping[int, Sequence[Name]], gazetteer: Gazetteer
) -> dict[int, tuple[Name, ...]]:
    """The names of each sentence with those of places added, in text order; which place is left open.

    Args:
        sentences: The sentences.
        names: What is known of their names, by the sentence's position.
        gazetteer: The towns, divisions and regions that may be meant.
    """
    people = surnames(sentences, [names[at] for at in range(len(sentences))])
    found = {at: _in_sentence(s, names[at], gazetteer, people) for at, s in enumerate(sentences)}
    sure = {f.key for listed in found.values() for f in listed if f.strength is Strength.SURE} - people
    teams = {f.key for listed in found.values() for f in listed if f.is_team}
    houses, titles = _houses(sentences, gazetteer), _titles(sentences)
    sure -= houses
    unlikely = (
        houses | {token.lower for s in sentences for token in s.tokens if token.text[0].islower()} | people
    )
    return {
        at: tuple(
            _merged(s, names[at], [f for f in found[at] if _is_place(f, sure, unlikely, teams)], titles)
        )
        for at, s in enumerate(sentences)
    }


def _houses(sentences: Sequence[Sentence], gazetteer: Gazetteer) -> set[str]:
    """The villages whose names the text has as a house's, so that alone they may be short for it: "Fairmead Lodge"."""
    named = {
        word.lower
        for tokens in (s.tokens for s in sentences)
        for word, house in pairwise(tokens)
        if house.lower in toponyms().houses and house.text[0].isupper() and word.text[0].isupper()
    }
    return {key for key in named if all(entry.population < LARGE for entry in gazetteer.find(folded(key)))}


def _titles(sentences: Sequence[Sentence]) -> frozenset[str]:
    """What somebody of the text is duke, duchess or prince of: "the Duchess of Sussex"."""
    return frozenset(
        tokens[at].text
        for tokens in (s.tokens for s in sentences)
        for at in range(2, len(tokens))
        if tokens[at - 1].lower == "of"
        and tokens[at - 2].lower in toponyms().titles
        and tokens[at].text[0].isupper()
    )


def _is_place(
    found: _Found, sure: Collection[str], unlikely: Collection[str], teams: Collection[str]
) -> bool:
    if found.strength is Strength.NONE or (found.key in teams and found.strength is not Strength.SURE):
        return False
    if found.stretch.is_known and (found.strength is Strength.SURE or found.key in sure):
        return True
    enough = Strength.LIKELY if found.stretch.is_known else Strength.SURE
    return found.strength >= enough and found.key not in unlikely


def _in_sentence(
    sentence: Sentence, names: Sequence[Name], gazetteer: Gazetteer, people: Collection[str]
) -> list[_Found]:
    if not any(token.text[0].isupper() for token in sentence.tokens):
        return []
    spans = SentenceSpans(sentence, names, gazetteer)
    evidence = Evidence(sentence, spans, people)
    found = [
        _found(spans, stretch, evidence.strength(stretch), evidence.is_team(stretch))
        for stretch in spans.stretches()
    ]
    listed = _ended_by_kind(spans, _continued(spans, found))
    return [one for one in listed if one.strength is not Strength.NONE or one.is_team]


def _found(spans: SentenceSpans, stretch: Stretch, strength: Strength, is_team: bool) -> _Found:
    opening, closing = spans.pieces[stretch.first], spans.pieces[stretch.last - 1]
    return _Found(
        stretch, Span(opening.start, closing.end), opening.token, closing.token + 1, strength, is_team
    )


# --- lists ----------------------------------------------------------------------------------------------------


def _is_joined(spans: SentenceSpans, left: _Found, right: _Found) -> bool:
    """Whether only what joins a list stands between two names."""
    gap = spans.pieces[left.stretch.last : right.stretch.first][:3]
    return tuple(piece.lower for piece in gap) in _JOINTS


def _continued(spans: SentenceSpans, found: list[_Found]) -> list[_Found]:
    """Names in a list are places as the one before is: "in Dayton, Springfield and Columbus"."""
    for n in range(1, len(found)):
        before, one = found[n - 1], found[n]
        if before.strength <= one.strength or not _is_joined(spans, before, one):
            continue
        is_open = one.strength is not Strength.NONE and not _goes_on(spans, one)
        if is_open or (before.strength is Strength.SURE and _is_unknown_in_list(spans, one)):
            found[n] = replace(one, strength=before.strength)
    return found


def _goes_on(spans: SentenceSpans, one: _Found) -> bool:
    """Whether a word for land or water behind a name makes another name of it: "Ellesmere Port"."""
    words, behind = toponyms(), one.stretch.last
    return spans.is_name_at(behind) and spans.lower(behind) in words.features | words.feature_openers


def _is_unknown_in_list(spans: SentenceSpans, one: _Found) -> bool:
    """Whether a name in no gazetteer, nobody's, stands in a list that goes on, or at its end after "and"."""
    first, last = one.stretch.first, one.stretch.last
    name = spans.names.get(first)
    if one.stretch.is_known or last - first > 2 or (name is not None and name.kind is not None):
        return False
    goes_on = spans.lower(last) in {"and", "or"} or (spans.lower(last) == "," and spans.is_name_at(last + 1))
    return goes_on or spans.lower(first - 1) in {"and", "or"}


def _ended_by_kind(spans: SentenceSpans, found: list[_Found]) -> list[_Found]:
    """The names before "counties" or "avenues" are all places': "between Walton and Oconee counties"."""
    in_list = False
    for n in range(len(found) - 1, -1, -1):
        one = found[n]
        joins = in_list and _is_joined(spans, one, found[n + 1])
        closes = spans.lower(one.stretch.last) in toponyms().plural_kinds
        in_list = joins or (closes and (one.stretch.is_known or one.stretch.first > 0))
        if in_list:
            found[n] = replace(one, strength=Strength.SURE)
    return found


# --- what was found before ------------------------------------------------------------------------------------


def _merged(
    sentence: Sentence, names: Sequence[Name], found: Sequence[_Found], titles: Collection[str]
) -> Iterator[Name]:
    """The names with the places found: a place replaces what is open or shorter where it stands."""
    places = [Name(one.span, one.first, one.last, "location") for one in found]
    starts = [place.span.start for place in places]
    kept = [n for n in names if not _only_lends(sentence, n, titles) and not _gives_way(n, places, starts)]
    known = sorted(name.span for name in kept if name.kind == "location")
    fresh = [place for place in places if not _overlaps_any(place.span, known)]
    yield from sorted([*kept, *fresh], key=lambda name: (name.first, -name.last, name.span))


def _only_lends(sentence: Sentence, name: Name, titles: Collection[str]) -> bool:
    if name.is_demonym:
        return _ends_team(sentence.tokens, name)
    if name.kind != "location":
        return False
    after = sentence.tokens[name.last].lower if name.last < len(sentence.tokens) else ""
    is_household = after in toponyms().households
    is_title = is_household and sentence.tokens[name.first].text in titles and name.last == name.first + 1
    return is_title or is_namesake(sentence.tokens, name.first, name.last)


def _ends_team(tokens: Sequence[Token], name: Name) -> bool:
    """Whether a people's name is a team's: "Mumbai Indians"."""
    is_team = name.last - name.first == 1 and tokens[name.first].lower in toponyms().teams
    before = tokens[name.first - 1] if name.first else None
    if not is_team or before is None or not before.text[0].isupper():
        return False
    return not is_word(before.lower) and before.lower not in language().function_words | language().not_names


def _gives_way(name: Name, places: Sequence[Name], starts: Sequence[int]) -> bool:
    """Whether a name found before is no longer one where places were found."""
    nearest = bisect_left(starts, name.span.end)
    for place in reversed(places[:nearest]):
        if place.span.end <= name.span.start:
            return False
        if name.kind == "organization" and not (name.span == place.span and not name.entity_id):
            continue
        if name.kind != "location" or (name.span != place.span and place.span.holds(name.span)):
            return True
    return False


def _overlaps_any(span: Span, others: Sequence[Span]) -> bool:
    at = bisect_left(others, span)
    return any(other.overlaps(span) for other in others[max(at - 1, 0) : at + 1])
