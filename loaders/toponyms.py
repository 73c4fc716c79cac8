"""Finds the names of places that no registry knows, and drops those that only look like places.

A name in the gazetteer is a place where the words beside it say so, or where the text says so elsewhere; a name in
no gazetteer only where they leave no doubt. Which place is meant is `geocoding`'s to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from loaders.clauses import GENITIVE
from loaders.gazetteer import Gazetteer, folded
from loaders.model import Span
from loaders.names import Name, is_given_name
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import cues, language, roles, toponyms

_LONGEST = 5
"""Words of the longest name that is looked up."""
_SURE, _LIKELY, _POSSIBLE = 3, 2, 1
_DASHES = frozenset({"-", "–", "—", "--"})


@dataclass(frozen=True, slots=True)
class _Found:
    """A stretch of a sentence that may be a place's name, and how sure the words beside it make that."""

    sentence: int
    first: int
    last: int
    key: str
    known: bool
    evidence: int


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
    found: list[_Found] = []
    for at, sentence in enumerate(sentences):
        found += _Reader(at, sentence, names[at], gazetteer, people).find()
    sure = {one.key for one in found if one.evidence >= _SURE}
    small = {t.lower for s in sentences for t in s.tokens if t.text[0].islower()}
    kept: dict[int, list[_Found]] = {}
    for one in found:
        if _is_place(one, sure, small, people):
            kept.setdefault(one.sentence, []).append(one)
    return {
        at: tuple(_merged(sentence, names[at], kept.get(at, ()))) for at, sentence in enumerate(sentences)
    }


def _is_place(one: _Found, sure: set[str], small: set[str], people: frozenset[str]) -> bool:
    if one.evidence >= _SURE:
        return True
    if one.key in sure:
        return one.evidence >= _POSSIBLE
    return one.known and one.evidence >= _LIKELY and one.key not in small and one.key not in people


def _surnames(sentences: Sequence[Sentence], names: Mapping[int, Sequence[Name]]) -> frozenset[str]:
    """The last words of the people the text names in full, small."""
    return frozenset(
        sentences[at].tokens[name.last - 1].lower
        for at, listed in names.items()
        for name in listed
        if name.kind == "person" and name.last - name.first > 1
    )


def _merged(sentence: Sentence, names: Sequence[Name], found: Sequence[_Found]) -> Iterator[Name]:
    """The names with the places found: a place replaces what is open or shorter where it stands."""
    tokens = sentence.tokens
    places = [
        Name(Span(tokens[one.first].start, tokens[one.last - 1].end), one.first, one.last, "location")
        for one in found
    ]
    kept = [name for name in names if not any(_gives_way(name, place) for place in places)]
    fresh = [p for p in places if not any(n.kind == "location" and n.first <= p.first < n.last for n in kept)]
    kept = [n for n in kept if n.kind != "location" or not _is_namesake(tokens, n)]
    yield from sorted([*kept, *fresh], key=lambda name: (name.first, -name.last))


def _gives_way(name: Name, place: Name) -> bool:
    if name.last <= place.first or place.last <= name.first:
        return False
    if name.kind == "organization":
        return name.first == place.first and name.last == place.last and not name.entity_id
    if name.kind == "location":
        return name.last - name.first < place.last - place.first
    return True


class _Reader:
    """One sentence, read for the names of places."""

    def __init__(
        self,
        at: int,
        sentence: Sentence,
        names: Sequence[Name],
        gazetteer: Gazetteer,
        people: frozenset[str],
    ) -> None:
        self._at = at
        self._tokens = sentence.tokens
        self._is_head = sentence.part == "headline" or sentence.span.start == 0
        self._gazetteer = gazetteer
        self._people = people
        self._by_token = {
            i: n for n in sorted(names, key=lambda n: n.kind == "location") for i in range(n.first, n.last)
        }
        self._keys = {}
        self._words = toponyms()

    def find(self) -> list[_Found]:
        """What may be a place's name, the longest at each position, in order."""
        found: list[_Found] = []
        at = 0
        while at < len(self._tokens):
            one = self._at_position(at, found) if self._may_open(at) else None
            if one:
                found.append(one)
            at = one.last if one else at + 1
        return self._listed(found)

    # --- where a name may stand ---------------------------------------------------------------------------

    def _may_open(self, at: int) -> bool:
        token = self._tokens[at]
        if not _is_capital(token):
            return False
        name = self._by_token.get(at)
        if name and name.kind != "location" and name.entity_id:
            return False
        return not (name and name.kind == "location" and at > name.first)

    def _at_position(self, at: int, found: Sequence[_Found]) -> _Found | None:
        registered = self._by_token.get(at)
        size = self._size(at)
        is_registered = registered is not None and registered.kind == "location"
        if is_registered and size <= registered.last - registered.first:
            return None
        if size:
            key = self._key(at, at + size)
            size += self._kind_behind(at + size)
            return self._judged(at, at + size, key, known=True, found=found)
        size = self._feature_size(at)
        if size and not is_registered:
            return self._judged(at, at + size, self._key(at, at + size), known=False, found=found)
        size = self._run_size(at)
        if size and not is_registered:
            return self._judged(at, at + size, self._key(at, at + size), known=False, found=found)
        return None

    def _key(self, first: int, last: int) -> str:
        words = [
            token.text if token.text in GENITIVE else f" {token.text}" for token in self._tokens[first:last]
        ]
        return folded("".join(words).strip())

    def _size(self, at: int) -> int:
        """How many tokens the longest name of the gazetteer takes that begins here."""
        end = at + 1
        while end < len(self._tokens) and end - at < _LONGEST and self._goes_on(end):
            end += 1
        for last in range(end, at, -1):
            if _is_capital(self._tokens[last - 1]) and self._gazetteer.knows(self._key(at, last)):
                return last - at
        return 0

    def _goes_on(self, at: int) -> bool:
        token = self._tokens[at]
        return _is_capital(token) or token.text in GENITIVE or token.lower in language().name_particles

    def _kind_behind(self, at: int) -> int:
        """Whether a capitalised word for its kind follows, which is of the name: "Sindh Province"."""
        follows = at < len(self._tokens) and _is_capital(self._tokens[at])
        kind = follows and self._tokens[at].lower in self._words.kinds
        return int(bool(kind) and not self._is_name_at(at + 1) and self._tokens[at].lower not in {"city", "state", "community", "department", "area"})

    def _is_name_at(self, at: int) -> bool:
        return at < len(self._tokens) and _is_capital(self._tokens[at])

    def _feature_size(self, at: int) -> int:
        """How many tokens a name takes that ends as a street's, a river's or a county's does."""
        if self._is_function_word(at):
            return 0
        end = at
        while end < len(self._tokens) and end - at < _LONGEST and (_is_capital(self._tokens[end]) or self._tokens[end].text in GENITIVE):
            end += 1
            if end - at > 1 and self._tokens[end - 1].lower in self._words.features and not self._is_name_at(end):
                return end - at
        if self._tokens[at].lower in {"lake", "mount", "fort", "camp", "cape", "port"} and end - at in (2, 3):
            return end - at
        return 0

    def _is_function_word(self, at: int) -> bool:
        word = self._tokens[at].lower
        return word in language().not_names or word in roles().nouns or word in language().honorifics

    def _run_size(self, at: int) -> int:
        """How many tokens an unknown name takes, 0 where a part of it is known as something else."""
        if self._is_function_word(at) or (at and self._is_name_at(at - 1)):
            return 0
        end = at
        while end < len(self._tokens) and _is_capital(self._tokens[end]):
            end += 1
        words = [token.lower for token in self._tokens[at:end]]
        known = language(), roles()
        if end - at > 3 or any(
            w in self._words.not_places or w in known[1].organization_types or w in known[0].not_names for w in words
        ):
            return 0
        if any(self._tokens[i].text.isupper() and len(self._tokens[i].text) < 6 for i in range(at, end)):
            return 0
        return end - at

    # --- how sure the words beside it make it -------------------------------------------------------------

    def _judged(
        self, first: int, last: int, key: str, *, known: bool, found: Sequence[_Found]
    ) -> _Found | None:
        evidence = self._evidence(first, last, known=known)
        if not known and evidence < _SURE:
            return None
        return _Found(self._at, first, last, key, known, evidence) if evidence > 0 else None

    def _evidence(self, first: int, last: int, *, known: bool) -> int:
        words, tokens = self._words, self._tokens
        before = tokens[first - 1] if first else None
        after = tokens[last] if last < len(tokens) else None
        name = self._by_token.get(first)
        size = last - first
        if _is_namesake_at(tokens, first, last):
            return 0
        if size == 1 and self._is_common(first):
            return _SURE if self._has_container(last) or self._is_called(first) else 0
        if self._is_feature(first, last):
            return _SURE if not self._is_person_before(first) or size > 2 else _POSSIBLE
        if self._is_person(first, last, name):
            return 0
        in_name = self._is_name_at(last)
        civic = in_name and tokens[last].lower in words.civic_names
        placed = before is not None and before.lower in words.inside
        led = before is not None and before.lower in words.toward
        if self._has_container(last) or self._is_called(first):
            return _SURE if known or placed or led or self._is_called(first) else (_SURE if not self._starts(first) else _POSSIBLE)
        if self._is_dateline(first, last):
            return _SURE if known else 0
        if not known:
            return _SURE if placed and not in_name and before.lower in {"in", "near"} and self._is_placeable(first, last) else 0
        if in_name and not civic:
            return _POSSIBLE if placed and size == 1 and not self._is_joined(last) else (_SURE if placed else 0)
        if placed and not civic:
            return _SURE
        if placed or (civic and (size > 1 or not is_given_name(tokens[first].text))):
            return _LIKELY
        if after is not None and after.lower in words.kinds and after.text.islower() and not civic:
            return _SURE
        if after is not None and after.text.islower() and after.lower in words.civic_nouns:
            return _SURE if not name or name.kind != "person" else _LIKELY
        if before is not None and before.lower in words.directions and before.text.islower():
            return _SURE
        if after is not None and after.lower.endswith("-based"):
            return _SURE
        if name is not None and name.kind == "person":
            return _POSSIBLE if led else 0
        if size > 1:
            return _LIKELY
        if self._speaks(first, last):
            return _POSSIBLE if led else 0
        if led:
            return _LIKELY if not is_given_name(tokens[first].text) else _POSSIBLE
        return _POSSIBLE if is_given_name(tokens[first].text) or self._starts(first) else _LIKELY

    def _is_common(self, at: int) -> bool:
        word = self._tokens[at].lower
        return (
            word in self._words.not_places
            or word in language().not_names
            or word in roles().nouns
            or word in roles().organization_types
            or word in self._words.kinds
            or word in self._words.features
            or word in self._words.directions
            or word in language().time_words
            or len(word) < 3
        )

    def _is_feature(self, first: int, last: int) -> bool:
        if last - first < 2:
            return False
        return self._tokens[last - 1].lower in self._words.features or (self._tokens[first].lower in {"lake", "mount", "fort", "cape", "camp", "port"})

    def _is_person_before(self, first: int) -> bool:
        before = self._tokens[first - 1] if first else None
        return before is not None and _is_capital(before) and (
            before.lower in language().honorifics or is_given_name(before.text) or _is_initial(before.text)
        )

    def _is_person(self, first: int, last: int, name: Name | None) -> bool:
        """Whether it is, or is part of, somebody's name."""
        tokens = self._tokens
        before = tokens[first - 1] if first else None
        if name and name.kind == "person" and (name.entity_id or name.last - name.first > last - first):
            return True
        if name and name.kind == "person" and last - first > 1 and is_given_name(tokens[first].text):
            return not (first and tokens[first - 1].lower in self._words.inside)
        if before is None or not _is_capital(before) or self._is_known_place(first - 1):
            return False
        if before.lower in language().honorifics or _is_initial(before.text):
            return True
        role = roles().nouns.get(before.lower)
        if role is not None:
            return not role.is_group
        if before.lower in self._words.directions or before.lower in language().not_names:
            return False
        return is_given_name(before.text)

    def _is_known_place(self, at: int) -> bool:
        name = self._by_token.get(at)
        return name is not None and name.kind == "location"

    def _container_at(self, at: int) -> bool:
        """Whether a registered state, region or country, or a known county, begins here."""
        name = self._by_token.get(at)
        if name is not None and name.kind == "location" and name.first == at and not name.is_demonym:
            follows = self._tokens[name.last] if name.last < len(self._tokens) else None
            return follows is None or follows.text not in GENITIVE
        if at < len(self._tokens) and _is_capital(self._tokens[at]):
            size = self._size(at)
            return size > 0 and any(
                entry.kind != "town" for entry in self._gazetteer.find(self._key(at, at + size))
            ) and not is_given_name(self._tokens[at].text)
        return False

    def _has_container(self, last: int) -> bool:
        """Whether ", Texas" or "(Texas)" follows."""
        tokens = self._tokens
        return last + 1 < len(tokens) and tokens[last].text in {",", "("} and self._container_at(last + 1)

    def _is_called(self, first: int) -> bool:
        """Whether "the town of", "the city of" stands before it."""
        if first < 2 or self._tokens[first - 1].lower != "of":
            return False
        return self._tokens[first - 2].lower in self._words.kinds_before_of

    def _is_dateline(self, first: int, last: int) -> bool:
        tokens = self._tokens
        opens = first == 0 and self._is_head or tokens[first].text.isupper()
        if not opens or first > 2 or last >= len(tokens):
            return False
        if tokens[last].text in _DASHES:
            return True
        return tokens[last].text == "(" and any(t.text == ")" for t in tokens[last + 1 : last + 4])

    def _is_placeable(self, first: int, last: int) -> bool:
        """Whether an unknown name after "in" can be a place: no acronym, no language, nobody's name."""
        name = self._by_token.get(first)
        if name is not None and name.kind is not None:
            return False
        return not (last - first > 1 and is_given_name(self._tokens[first].text)) and len(self._tokens[first].text) > 3

    def _is_joined(self, last: int) -> bool:
        return False

    def _starts(self, first: int) -> bool:
        return first == 0 or not self._tokens[first - 1].text[0].isalnum() and self._tokens[first - 1].text not in {",", "(", "-"}

    def _speaks(self, first: int, last: int) -> bool:
        forms = cues().forms
        after = self._tokens[last].lower if last < len(self._tokens) else ""
        before = self._tokens[first - 1].lower if first else ""
        return any(word in forms and forms[word].verb.strong for word in (before, after))

    def _listed(self, found: list[_Found]) -> list[_Found]:
        """Names in a list are places as their neighbour is: "in Dayton, Springfield and Columbus"."""
        by_first = {one.first: n for n, one in enumerate(found)}
        for n, one in enumerate(found):
            if one.evidence < _LIKELY:
                continue
            at = one.last
            for gap in (1, 2):
                joined = [t.lower for t in self._tokens[at : at + gap]]
                following = by_first.get(at + gap)
                if following is not None and joined in ([","], ["and"], ["or"], [",", "and"], ["/"], ["-"]):
                    other = found[following]
                    if other.known and other.evidence < one.evidence and other.evidence > 0:
                        found[following] = replace(other, evidence=one.evidence)
        return found


def _is_namesake(tokens: Sequence[Token], name: Name) -> bool:
    """Whether a registered place only lends its name: "the Boston Globe", "University of Georgia", "US$5"."""
    if name.is_demonym:
        return False
    return _is_namesake_at(tokens, name.first, name.last)


def _is_namesake_at(tokens: Sequence[Token], first: int, last: int) -> bool:
    words = toponyms()
    after = tokens[last] if last < len(tokens) else None
    if after is not None and after.text == "$" and after.start == tokens[last - 1].end:
        return True
    if after is not None and _is_capital(after):
        if after.lower in words.namesakes:
            return True
        following = tokens[last + 1].lower if last + 1 < len(tokens) else ""
        if after.lower == "state" and following in {"university", "college"}:
            return True
        if after.lower in {"university", "college"}:
            return True
    if first > 1 and tokens[first - 1].lower == "of":
        head = tokens[first - 2]
        return _is_capital(head) and head.lower in {"university", "college", "bank", "club", "institute", "diocese"}
    return False


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper() and token.text[0].isalpha()


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word[0].isupper() and word[1] == "."
