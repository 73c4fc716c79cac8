"""How sure the words beside a capitalised name make it that it is a place's.

Each sentence is read once, from left to right; the longest name counts. What is in no gazetteer counts only where
nothing else can be meant ("the village of …", "…, Ontario", "… River").
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from loaders.clauses import GENITIVE
from loaders.gazetteer import Gazetteer, folded
from loaders.names import Name, is_given_name, is_title_case
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import cues, language, roles, toponyms

_LONGEST = 5
"""Words of the longest name that is looked up."""
_LARGE = 20_000
"""Inhabitants of a town that may open a sentence without a word beside it that says what it is."""
_DASHES = frozenset({"-", "–", "—", "--"})
_JOINED = ([","], ["and"], ["or"], ["&"], [",", "and"], ["/"], ["-"], ["to"])
_PARTIES = frozenset({"R", "D", "I"})


class Strength(IntEnum):
    """How sure it is that a name is a place's; a possible one counts where the text is sure of it elsewhere."""

    NONE = 0
    POSSIBLE = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, slots=True)
class Found:
    """What may be a place's name: code points [start, end), tokens [first, last), the name as it is looked up."""

    start: int
    end: int
    first: int
    last: int
    key: str
    is_known: bool
    strength: Strength


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, or the part of a compound between hyphens, and the token it belongs to."""

    text: str
    lower: str
    start: int
    end: int
    token: int


def find_in_sentence(
    sentence: Sentence, names: Sequence[Name], gazetteer: Gazetteer, people: Collection[str]
) -> tuple[Found, ...]:
    """What may be a place's name in a sentence and is not registered, in text order.

    Args:
        sentence: The sentence.
        names: The names known in it.
        gazetteer: The names to look for.
        people: The surnames of the people the text names in full, small.
    """
    if not any(token.text[0].isupper() for token in sentence.tokens):
        return ()
    return tuple(_Reader(sentence, names, gazetteer, people).find())


def is_namesake(sentence: Sentence, name: Name) -> bool:
    """Whether a registered place only lends its name: "the Boston Globe", "University of Georgia", "US$5"."""
    return not name.is_demonym and _lends_its_name(sentence.tokens, name.first, name.last)


def _lends_its_name(words: Sequence[Token | _Piece], first: int, last: int) -> bool:
    after = words[last] if last < len(words) else None
    before = words[first - 1] if first else None
    if after is not None and after.text in "$€£" and after.start == words[last - 1].end:
        return True
    if before is not None and before.text in "$€£":
        return True
    if after is not None and after.text in toponyms().namesakes_small:
        return True
    if after is not None and _is_capital(after):
        following = words[last + 1].lower if last + 1 < len(words) else ""
        if after.lower in toponyms().namesakes or after.lower in {"university", "college"}:
            return True
        if after.lower == "state" and following in {"university", "college"}:
            return True
    head = words[first - 2] if first > 1 and before is not None and before.lower == "of" else None
    return head is not None and _is_capital(head) and head.lower in toponyms().namesakes_of


def _is_capital(word: Token | _Piece) -> bool:
    return word.text[0].isupper() and word.text[0].isalpha()


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word[0].isupper() and word[1] == "."


class _Reader:
    """One sentence, read for the names of places."""

    def __init__(
        self, sentence: Sentence, names: Sequence[Name], gazetteer: Gazetteer, people: Collection[str]
    ) -> None:
        self._gazetteer, self._people = gazetteer, people
        self._known: dict[str, bool] = {}
        self._pieces = [p for at, token in enumerate(sentence.tokens) for p in self._parts(at, token)]
        self._is_title_case = is_title_case(sentence)
        self._opens_text = sentence.span.start == 0
        self._names: dict[int, Name] = {}
        self._starts: dict[int, Name] = {}
        ordered = sorted(names, key=lambda n: (n.kind != "organization" or bool(n.entity_id), n.kind == "location"))
        by_token: dict[int, list[int]] = {}
        for at, piece in enumerate(self._pieces):
            by_token.setdefault(piece.token, []).append(at)
        for name in ordered:
            for token in range(name.first, name.last):
                for at in by_token[token]:
                    if name.span.start <= self._pieces[at].start and self._pieces[at].end <= name.span.end:
                        self._names[at] = name
                        if name.span.start == self._pieces[at].start:
                            self._starts[at] = name

    def _parts(self, at: int, token: Token) -> Iterator[_Piece]:
        """A token, or the parts of a compound that no gazetteer has as a whole: "Fargo-Moorhead"."""
        parts = token.text.split("-") if "-" in token.text and any(map(str.isupper, token.text)) else []
        opener = parts[0] if parts else ""
        is_name = len(parts) > 1 and (not all(parts) or self._knows(folded(token.text)))
        if len(parts) < 2 or is_name or (len(opener) < 3 and opener not in _PARTIES):
            yield _Piece(token.text, token.lower, token.start, token.end, at)
            return
        start = token.start
        for n, part in enumerate(parts):
            if n:
                yield _Piece("-", "-", start, start + 1, at)
                start += 1
            yield _Piece(part, part.lower(), start, start + len(part), at)
            start += len(part)

    def _knows(self, key: str) -> bool:
        if key not in self._known:
            self._known[key] = self._gazetteer.knows(key)
        return self._known[key]

    def find(self) -> list[Found]:
        """What may be a place's name, in order, the longest at each position."""
        found: list[Found] = []
        at = 0
        while at < len(self._pieces):
            size, one = self._read(at) if self._may_open(at) else (0, None)
            if one:
                found.append(one)
            at += size or 1
        return self._counties(self._listed(found))

    # --- where a name may stand ---------------------------------------------------------------------------

    def _may_open(self, at: int) -> bool:
        if not _is_capital(self._pieces[at]):
            return False
        name = self._names.get(at)
        return name is None or not name.entity_id or (name.kind == "location" and at in self._starts)

    def _read(self, at: int) -> tuple[int, Found | None]:
        """How many pieces the name takes that begins here, and what it is if it may be a place's."""
        registered = self._starts.get(at)
        if registered is not None and registered.kind != "location":
            registered = None
        length = registered.span.end if registered else 0
        known, feature, run = self._size(at), self._feature_size(at), 0
        if feature > known and self._pieces[at + feature - 1].end > length:
            return feature, self._judged(at, at + feature, is_known=False)
        if registered and (not known or self._pieces[at + known - 1].end <= length):
            return registered.last - registered.first, None
        if known:
            longer = self._longer(at, known)
            if longer:
                return longer, self._judged(at, at + longer, is_known=False)
            whole = known + self._kind_behind(at + known)
            return whole, self._judged(at, at + whole, is_known=True, key_size=known)
        run = self._run_size(at)
        return run, self._judged(at, at + run, is_known=False) if run else None

    def _key(self, first: int, last: int) -> str:
        words = [p.text if p.text in GENITIVE else f" {p.text}" for p in self._pieces[first:last]]
        return folded("".join(words).strip())

    def _size(self, at: int) -> int:
        """How many pieces the longest name of the gazetteer takes that begins here."""
        end = at + 1
        while end < len(self._pieces) and end - at < _LONGEST and self._goes_on(end):
            end += 1
        for last in range(end, at, -1):
            if _is_capital(self._pieces[last - 1]) and self._knows(self._key(at, last)):
                return last - at
        return 0

    def _goes_on(self, at: int) -> bool:
        piece = self._pieces[at]
        return _is_capital(piece) or piece.text in GENITIVE or piece.lower in language().name_particles | toponyms().links

    def _is_name_at(self, at: int) -> bool:
        """Whether a capitalised word that can be of a name stands here: no weekday, no month."""
        return at < len(self._pieces) and _is_capital(self._pieces[at]) and self._pieces[at].lower not in language().time_words

    def _longer(self, at: int, known: int) -> int:
        """How many pieces a longer name takes of which only the beginning is known: "Kasai Occidental province"."""
        end = at + known
        while end < len(self._pieces) and end - at < _LONGEST and self._is_name_at(end):
            end += 1
        follows = self._pieces[end].text if end < len(self._pieces) else ""
        is_more = end > at + known and not any(map(self._is_word, (p.lower for p in self._pieces[at + known : end])))
        return end - at if is_more and (follows in toponyms().kinds_in_names or self._is_called(at)) else 0

    def _kind_behind(self, at: int) -> int:
        """1 where a capitalised word for its kind follows, which is of the name: "Sindh Province"."""
        is_kind = self._is_name_at(at) and self._pieces[at].lower in toponyms().kinds_in_names
        return int(is_kind and not self._is_name_at(at + 1))

    def _feature_size(self, at: int) -> int:
        """How many pieces a name takes that ends, or begins, as a street's, a river's or a county's does."""
        words, pieces = toponyms(), self._pieces
        if self._is_no_name(at) and pieces[at].lower not in words.feature_openers:
            return self._numbered_size(at)
        end = at
        while end < len(pieces) and end - at < _LONGEST and (self._is_name_at(end) or pieces[end].text in GENITIVE):
            end += 1
            inside = pieces[at : end - 1]
            if end - at > 1 and pieces[end - 1].lower in words.features and not self._is_name_at(end):
                plain = all(p.lower not in roles().organization_types and p.lower not in words.civic_names - words.directions for p in inside)
                return end - at if plain else 0
        if pieces[at].lower in words.feature_openers and 2 <= end - at <= 3:
            return end - at
        return self._numbered_size(at)

    def _numbered_size(self, at: int) -> int:
        """How many pieces the name of a numbered road takes: "Highway 19", "County Road 15"."""
        words = toponyms()
        end = at + 1
        if end < len(self._pieces) and self._pieces[end].lower in words.numbered_roads and _is_capital(self._pieces[end]):
            end += 1
        numbered = self._pieces[end - 1].lower in words.numbered_roads and end < len(self._pieces)
        return end + 1 - at if numbered and self._pieces[end].text.isdigit() else 0

    def _is_no_name(self, at: int) -> bool:
        word = self._pieces[at].lower
        return word in language().not_names or word in roles().nouns or word in language().honorifics

    def _run_size(self, at: int) -> int:
        """How many pieces an unknown name takes, 0 where a part of it is known as something else."""
        if self._is_no_name(at) or (at and _is_capital(self._pieces[at - 1])):
            return 0
        end = at
        while end < len(self._pieces) and self._is_name_at(end):
            end += 1
        words = [piece.lower for piece in self._pieces[at:end]]
        if end - at > 3 or any(map(self._is_word, words)) or any(i in self._names and self._names[i].entity_id for i in range(at, end)):
            return 0
        shortest = min((len(p.text) for p in self._pieces[at:end] if p.text.isupper()), default=9)
        return end - at if shortest > 5 else 0

    def _is_word(self, word: str) -> bool:
        """Whether a word means something else in English, so that it alone is hardly a place's name."""
        words = toponyms()
        return (
            word in words.not_places or word in words.common_words or word in words.civic_names or word in words.kinds
            or word in words.features or word in words.directions or word in language().not_names
            or word in roles().nouns or word in roles().organization_types or word in language().time_words
        )  # fmt: skip

    # --- how sure the words beside it make it -------------------------------------------------------------

    def _judged(self, first: int, last: int, *, is_known: bool, key_size: int = 0) -> Found | None:
        key = self._key(first, first + (key_size or last - first))
        strength = self._strength(first, last, key, is_known)
        if not is_known and strength < Strength.SURE and not self._is_listable(first, last):
            return None
        start, end = self._pieces[first], self._pieces[last - 1]
        return Found(start.start, end.end, start.token, end.token + 1, key, is_known, strength)

    def _is_listable(self, first: int, last: int) -> bool:
        name = self._names.get(first)
        return last - first < 3 and (name is None or name.kind is None) and not self._is_person(first, last)

    def _strength(self, first: int, last: int, key: str, is_known: bool) -> Strength:
        if _lends_its_name(self._pieces, first, last):
            return Strength.NONE
        if self._is_feature(first, last):
            return Strength.POSSIBLE if self._is_person_before(first) and last - first < 3 else Strength.SURE
        before = self._pieces[first - 1] if first else None
        if self._is_called(first):
            return Strength.SURE
        if self._has_container(first, last, is_known) and not self._is_person(first, last):
            return Strength.SURE
        if self._is_acronym(first, last) or self._is_person(first, last):
            return Strength.NONE
        if self._is_dateline(first, last):
            return Strength.SURE if is_known else Strength.NONE
        if self._is_title_case:
            return Strength.POSSIBLE if is_known else Strength.NONE
        if last - first == 1 and self._is_word(self._pieces[first].lower):
            placed = before is not None and before.lower in {"in", "near"} and not self._is_name_at(last)
            word = self._pieces[first].lower
            placed = placed and word in toponyms().common_words and word not in language().time_words
            return Strength.LIKELY if placed else Strength.NONE
        if self._is_part_of_longer(first):
            return Strength.POSSIBLE if before is not None and self._is_known_place(first - 1) else Strength.NONE
        return self._known_strength(first, last, key) if is_known else self._unknown_strength(first, last)

    def _unknown_strength(self, first: int, last: int) -> Strength:
        """Of a name in no gazetteer: "in Lujhu", "the Warab state", "Makonono village"."""
        before = self._pieces[first - 1].lower if first else ""
        after = self._pieces[last] if last < len(self._pieces) else None
        word = self._pieces[first].text
        if self._has_name_of_person(first, last) or self._is_name_at(last) or len(word) < 4 or not word[1:].islower():
            return Strength.NONE
        if after is not None and after.text in GENITIVE:
            return Strength.NONE
        if after is not None and after.text in toponyms().kinds and after.text not in {"department", "team", "community", "division", "area", "republic", "state", "city"}:
            return Strength.SURE
        return Strength.SURE if before in {"in", "near"} else Strength.NONE

    def _known_strength(self, first: int, last: int, key: str) -> Strength:
        words = toponyms()
        before = self._pieces[first - 1].lower if first else ""
        after = self._pieces[last] if last < len(self._pieces) else None
        name = self._names.get(first)
        is_single = last - first == 1
        may_be_person = (name is not None and name.kind == "person") or key in self._people
        is_given = is_single and is_given_name(self._pieces[first].text)
        in_name = self._is_name_at(last)
        is_civic = in_name and self._pieces[last].lower in words.civic_names
        narrows = after is not None and not in_name and (after.lower in words.kinds or after.lower in words.civic_nouns)
        compound = after is not None and after.text == "-" and last + 1 < len(self._pieces)
        if before in {"a", "an", "the"} and not narrows and not is_civic and not compound:
            if may_be_person or is_given or in_name or (is_single and not self._is_noun(last)):
                return Strength.NONE
            return Strength.LIKELY
        if in_name and not is_civic:
            return Strength.POSSIBLE if is_single or may_be_person else Strength.LIKELY
        if is_civic:
            return Strength.POSSIBLE if may_be_person or is_given else Strength.LIKELY
        if before in words.inside:
            return Strength.SURE
        if before == "of" and first > 1 and self._pieces[first - 2].text == ",":
            return Strength.SURE
        if narrows:
            return Strength.POSSIBLE if may_be_person else Strength.SURE
        if before in words.directions or (compound and self._pieces[last + 1].lower in {"area", "based", "born", "bound"}):
            return Strength.SURE
        if may_be_person:
            return Strength.POSSIBLE if before in words.toward else Strength.NONE
        if before == "-" and first > 1 and self._pieces[first - 2].text in _PARTIES:
            return Strength.SURE
        if not is_single:
            return Strength.LIKELY
        if is_given or self._speaks(first, last):
            return Strength.POSSIBLE
        if before in words.toward or (first and self._pieces[first - 1].text[0].isalnum()) or before in {",", "(", "-", "/"}:
            return Strength.LIKELY
        large = max((entry.population for entry in self._gazetteer.find(key)), default=0) >= _LARGE
        return Strength.LIKELY if large else Strength.POSSIBLE

    def _is_noun(self, at: int) -> bool:
        """Whether a small word stands here that no verb or function word is, so that a name before it narrows it."""
        word = self._pieces[at].text if at < len(self._pieces) else ""
        return word.isalpha() and word.islower() and word not in language().function_words | language().finite and (
            word not in cues().forms
        )

    def _is_feature(self, first: int, last: int) -> bool:
        words = toponyms()
        if last - first < 2:
            return False
        opens, closes = self._pieces[first].lower in words.feature_openers, self._pieces[last - 1].lower in words.features
        return opens or closes or self._pieces[last - 1].text.isdigit()

    def _is_acronym(self, first: int, last: int) -> bool:
        word = self._pieces[first].text
        around = [p.text for p in self._pieces[max(first - 2, 0) : last + 3] if len(p.text) > 2 and p.text.isalpha()]
        return last - first == 1 and word.isupper() and len(word) < 5 and not all(map(str.isupper, around))

    def _is_person_before(self, first: int) -> bool:
        before = self._pieces[first - 1] if first else None
        return before is not None and _is_capital(before) and (
            before.lower in language().honorifics or is_given_name(before.text) or _is_initial(before.text)
        )

    def _has_name_of_person(self, first: int, last: int) -> bool:
        name = self._names.get(first)
        return (name is not None and name.kind is not None) or (
            last - first > 1 and is_given_name(self._pieces[first].text)
        )

    def _is_person(self, first: int, last: int) -> bool:
        """Whether it is, or is part of, somebody's name."""
        name = self._names.get(first)
        before = self._pieces[first - 1] if first else None
        if name is not None and name.kind == "person":
            if name.entity_id or name.last - name.first > last - first:
                return True
            if last - first > 1 and is_given_name(self._pieces[first].text):
                return before is None or before.lower not in toponyms().inside
        if before is None or not _is_capital(before) or self._is_known_place(first - 1):
            return False
        role = roles().nouns.get(before.lower)
        if role is not None:
            return not role.is_group
        if before.lower in toponyms().directions or before.lower in language().not_names:
            return False
        return before.lower in language().honorifics or _is_initial(before.text) or is_given_name(before.text)

    def _is_part_of_longer(self, first: int) -> bool:
        """Whether a capitalised word stands before it that is no place, title or direction: "Salmonella Litchfield"."""
        before = self._pieces[first - 1] if first else None
        if before is None or not _is_capital(before):
            return before is not None and before.lower == "of" and first > 1 and self._heads_an_organization(first - 2)
        if before.lower in toponyms().directions or before.lower in language().not_names:
            return False
        return before.lower not in roles().nouns and before.lower not in language().time_words

    def _heads_an_organization(self, at: int) -> bool:
        word = self._pieces[at]
        return _is_capital(word) and at > 0 and word.lower in roles().organization_types

    def _is_known_place(self, at: int) -> bool:
        name = self._names.get(at)
        return name is not None and name.kind == "location"

    def _has_container(self, first: int, last: int, is_known: bool) -> bool:
        """Whether ", Texas", "(Texas)" or "in Texas" follows, and a person from there is not meant."""
        pieces = self._pieces
        if last + 1 >= len(pieces) or pieces[last].lower not in {",", "(", "in"} or self._is_part_of_longer(first):
            return False
        led = first > 0 and pieces[first - 1].lower in toponyms().inside | toponyms().toward
        if pieces[last].text != "," and not (is_known and led):
            return False
        if not is_known and self._has_name_of_person(first, last):
            return False
        return self._is_container(last + 1)

    def _is_container(self, at: int) -> bool:
        """Whether a registered place, or a known region or county, begins here."""
        name = self._starts.get(at)
        if name is not None and name.kind == "location" and not name.is_demonym:
            end = next(i for i in range(at, len(self._pieces) + 1) if i == len(self._pieces) or self._pieces[i].start >= name.span.end)
            return end == len(self._pieces) or self._pieces[end].text not in GENITIVE
        if not self._is_name_at(at) or is_given_name(self._pieces[at].text) or self._is_word(self._pieces[at].lower):
            return False
        size = self._size(at)
        return size > 0 and any(e.kind != "town" for e in self._gazetteer.find(self._key(at, at + size)))

    def _is_called(self, first: int) -> bool:
        """Whether "the town of", "in the villages of" stands before it."""
        if first < 2 or self._pieces[first - 1].lower != "of":
            return False
        return self._pieces[first - 2].text in toponyms().kinds_before_of

    def _is_dateline(self, first: int, last: int) -> bool:
        pieces = self._pieces
        opens = (first == 0 and self._opens_text) or pieces[first].text.isupper()
        if not opens or first > 2 or last >= len(pieces):
            return False
        if pieces[last].text in _DASHES and pieces[last].start > pieces[last - 1].end:
            return True
        return pieces[last].text == "(" and any(p.text == ")" for p in pieces[last + 1 : last + 4])

    def _speaks(self, first: int, last: int) -> bool:
        forms = cues().forms
        after = self._pieces[last].lower if last < len(self._pieces) else ""
        before = self._pieces[first - 1].lower if first else ""
        return any(word in forms and forms[word].verb.strong for word in (before, after))

    # --- lists --------------------------------------------------------------------------------------------

    def _gap(self, one: Found, other: Found) -> bool:
        """Whether only what joins a list stands between two names."""
        between = [
            p.lower for p in self._pieces[self._index(one.end) : self._index(other.start)]
        ]
        return between in _JOINED

    def _index(self, offset: int) -> int:
        low, high = 0, len(self._pieces)
        while low < high:
            middle = (low + high) // 2
            if self._pieces[middle].start < offset:
                low = middle + 1
            else:
                high = middle
        return low

    def _listed(self, found: list[Found]) -> list[Found]:
        """Names in a list are places as the one before is: "in Dayton, Springfield and Columbus"."""
        for n in range(1, len(found)):
            before, one = found[n - 1], found[n]
            if before.strength > one.strength and self._gap(before, one):
                unknown = not one.is_known and before.strength == Strength.SURE and self._is_inside_list(one)
                if one.strength > Strength.NONE or unknown:
                    found[n] = replace(one, strength=before.strength)
        return found

    def _is_inside_list(self, one: Found) -> bool:
        """Whether a list goes on behind a name, or ends with it after "and"."""
        first, last = self._index(one.start), self._index(one.end)
        if self._pieces[first - 1].lower in {"and", "or"}:
            return True
        return last + 1 < len(self._pieces) and (
            self._pieces[last].lower in {"and", "or"} or (self._pieces[last].text == "," and self._is_name_at(last + 1))
        )

    def _counties(self, found: list[Found]) -> list[Found]:
        """The names before "counties" or "avenues" are all places': "between Walton and Oconee counties"."""
        for n in range(len(found) - 1, -1, -1):
            end = self._index(found[n].end)
            closes = end < len(self._pieces) and self._pieces[end].lower in toponyms().plural_kinds
            closes = closes and (found[n].is_known or end > 1 and found[n].first > 0)
            joins = n + 1 < len(found) and found[n + 1].key.endswith("~") and self._gap(found[n], found[n + 1])
            if closes or joins:
                found[n] = replace(found[n], strength=Strength.SURE, key=found[n].key + "~")
        return [
            replace(one, key=one.key.removesuffix("~"))
            for one in found
            if one.strength > Strength.NONE
        ]
