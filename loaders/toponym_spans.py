"""Where in a sentence a place's name may stand: what the gazetteer has, and what ends like a street or a river.

Compounds that no gazetteer has as a whole are read by their parts: "Fargo-Moorhead", "R-Elbow Lake".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from loaders.clauses import GENITIVE
from loaders.gazetteer import Gazetteer, folded
from loaders.names import Name
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import language, roles, toponyms

PARTIES = frozenset({"R", "D", "I"})
"""What stands for a legislator's party before the place: "D-Iowa City"."""
_LONGEST = 5
"""Words of the longest name that is looked up."""
_LONGEST_UNKNOWN = 3
_SHORTEST_CAPITALS = 5
"""Letters that a word in capitals needs so as not to be an abbreviation."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or the part of a compound between hyphens, and the token it belongs to."""

    text: str
    lower: str
    start: int
    end: int
    token: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces [first, last) that may be a place's name, and the name as it is looked up."""

    first: int
    last: int
    key: str
    is_known: bool


def is_capital(word: Token | Piece) -> bool:
    """Whether a word begins with a capital letter."""
    return word.text[0].isupper() and word.text[0].isalpha()


def is_word(word: str) -> bool:
    """Whether a small word means something else in English, so that alone it is hardly a place's name."""
    return word in _words()


@cache
def _words() -> frozenset[str]:
    words, closed = toponyms(), language()
    return frozenset().union(
        words.not_places, words.common_words, words.civic_names, words.kinds, words.features, words.directions,
        closed.not_names, closed.time_words, roles().nouns, roles().organization_types,
    )  # fmt: skip


@cache
def _links() -> frozenset[str]:
    """The small words that a place's name may have in it."""
    return language().name_particles | toponyms().links


@cache
def _words_of_organizations() -> frozenset[str]:
    return frozenset(roles().organization_types) | (toponyms().civic_names - toponyms().directions)


class SentenceSpans:
    """The pieces of one sentence, what is known of the names in it, and where others may stand."""

    def __init__(self, sentence: Sentence, names: Sequence[Name], gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._known: dict[str, bool] = {}
        self.pieces: list[Piece] = []
        for at, token in enumerate(sentence.tokens):
            if "-" in token.text and not token.text.islower():
                self.pieces += self._parts(at, token)
            else:
                self.pieces.append(Piece(token.text, token.lower, token.start, token.end, at))
        self.names: dict[int, Name] = {}
        """The name that each piece is part of."""
        self.starts: dict[int, Name] = {}
        """The name that begins at each piece."""
        self._lay_out(names)

    def _parts(self, at: int, token: Token) -> Iterator[Piece]:
        parts = token.text.split("-")
        is_short = len(parts[0]) < 3 and parts[0] not in PARTIES
        if not all(parts) or is_short or self._knows(folded(token.text)):
            yield Piece(token.text, token.lower, token.start, token.end, at)
            return
        start = token.start
        for n, part in enumerate(parts):
            if n:
                yield Piece("-", "-", start - 1, start, at)
            yield Piece(part, part.lower(), start, start + len(part), at)
            start += len(part) + 1

    def _lay_out(self, names: Sequence[Name]) -> None:
        """Notes which pieces each name takes; of two that overlap, the place or the known one counts."""
        by_token: dict[int, list[int]] = {}
        for at, piece in enumerate(self.pieces):
            by_token.setdefault(piece.token, []).append(at)
        for name in sorted(names, key=lambda n: (n.kind == "location", bool(n.entity_id))):
            for at in (at for token in range(name.first, name.last) for at in by_token[token]):
                piece = self.pieces[at]
                if name.span.start <= piece.start and piece.end <= name.span.end:
                    self.names[at] = name
                    if piece.start == name.span.start:
                        self.starts[at] = name

    def _knows(self, key: str) -> bool:
        if key not in self._known:
            self._known[key] = self.gazetteer.knows(key)
        return self._known[key]

    # --- what stands at a piece -------------------------------------------------------------------------------

    def piece(self, at: int) -> Piece | None:
        """The piece at a position, None before the first and behind the last."""
        return self.pieces[at] if 0 <= at < len(self.pieces) else None

    def lower(self, at: int) -> str:
        """The word at a position in small letters, "" where there is none."""
        return self.pieces[at].lower if 0 <= at < len(self.pieces) else ""

    def small(self, at: int) -> str:
        """The word at a position if it is printed in small letters, else ""."""
        return self.pieces[at].text if 0 <= at < len(self.pieces) and self.pieces[at].text.islower() else ""

    def is_name_at(self, at: int) -> bool:
        """Whether a capitalised word that can be of a name stands here: no weekday, no month."""
        piece = self.piece(at)
        return piece is not None and is_capital(piece) and piece.lower not in language().time_words

    def is_place_at(self, at: int) -> bool:
        """Whether a registered place's name stands here."""
        return at in self.names and self.names[at].kind == "location"

    def key(self, first: int, last: int) -> str:
        """The name of pieces [first, last) as it is looked up."""
        words = [p.text if p.text in GENITIVE else f" {p.text}" for p in self.pieces[first:last]]
        return folded("".join(words).strip())

    # --- where a name may stand -------------------------------------------------------------------------------

    def stretches(self) -> Iterator[Stretch]:
        """What may be the name of a place that is not registered, the longest at each position, in order."""
        at = 0
        while at < len(self.pieces):
            size, stretch = self._read(at) if self._may_open(at) else (1, None)
            if stretch:
                yield stretch
            at += size

    def _may_open(self, at: int) -> bool:
        if not is_capital(self.pieces[at]):
            return False
        name = self.names.get(at)
        return name is None or not name.entity_id or (name.kind == "location" and at in self.starts)

    def _read(self, at: int) -> tuple[int, Stretch | None]:
        """How many pieces to go on by, and the name that begins here."""
        name = self.starts.get(at)
        length = name.span.end if name and name.kind == "location" else 0
        directed = 0 if length else self._directed_size(at)
        if directed:
            return directed, Stretch(at, at + directed, self.key(at, at + directed), True)
        known, feature = self.known_size(at), self._feature_size(at)
        if feature > known and self.pieces[at + feature - 1].end > length:
            return feature, Stretch(at, at + feature, self.key(at, at + feature), False)
        if length and (not known or self.pieces[at + known - 1].end <= length):
            return max(sum(piece.end <= length for piece in self.pieces[at : at + 2 * _LONGEST]), 1), None
        longer = self._longer_size(at, known) if known else self._run_size(at)
        if longer:
            return longer, Stretch(at, at + longer, self.key(at, at + longer), False)
        if not known:
            return 1, None
        whole = known + self._kind_behind(at + known)
        return whole, Stretch(at, at + whole, self.key(at, at + known), True)

    def known_size(self, at: int) -> int:
        """How many pieces the longest name of the gazetteer takes that begins here."""
        end = at + 1
        while end < len(self.pieces) and end - at < _LONGEST and self._goes_on(end):
            end += 1
        for last in range(end, at, -1):
            if is_capital(self.pieces[last - 1]) and self._knows(self.key(at, last)):
                return last - at
        return 0

    def _goes_on(self, at: int) -> bool:
        piece = self.pieces[at]
        return is_capital(piece) or piece.text in GENITIVE or piece.lower in _links()

    def _capitals_end(self, at: int) -> int:
        """Where the capitalised words end that begin at a position."""
        end = at
        while end - at < _LONGEST and self.is_name_at(end):
            end += 1
        return end

    def _directed_size(self, at: int) -> int:
        """How many pieces a registered place takes with the capitalised direction before it: "North Texas"."""
        name = self.starts.get(at + 1)
        is_place = name is not None and name.kind == "location" and not name.is_demonym
        if not is_place or name is None or not at or self.pieces[at].lower not in toponyms().name_openers:
            return 0
        return 1 + sum(self.names.get(n) is name for n in range(at + 1, at + 1 + 2 * _LONGEST))

    def _longer_size(self, at: int, known: int) -> int:
        """How many pieces a name takes of which only the beginning is known: "Kasai Occidental province"."""
        end = self._capitals_end(at + known)
        is_more = end > at + known and not any(is_word(p.lower) for p in self.pieces[at + known : end])
        is_kind = self.small(end) in toponyms().kinds_in_names or self.is_called(at)
        return end - at if is_more and is_kind else 0

    def is_called(self, at: int) -> bool:
        """Whether "the town of", "in the villages of" stands before a position."""
        return self.lower(at - 1) == "of" and self.small(at - 2) in toponyms().kinds_before_of

    def _kind_behind(self, at: int) -> int:
        """1 where a capitalised word for its kind follows, which is of the name: "Sindh Province"."""
        is_kind = self.is_name_at(at) and self.pieces[at].lower in toponyms().kinds_in_names
        return int(is_kind and not self.is_name_at(at + 1))

    def _feature_size(self, at: int) -> int:
        """How many pieces a name takes that ends, or begins, as a street's, a river's or a county's does."""
        words = toponyms()
        opens = self.pieces[at].lower in words.feature_openers
        is_adjective = at > 0 and self.pieces[at].lower in words.road_adjectives
        if not opens and not is_adjective and self._is_no_name(at):
            return self._road_size(at)
        end = at
        while end - at < _LONGEST and (self.is_name_at(end) or (end > at and self.lower(end) in GENITIVE)):
            end += 1
            if end - at > 1 and self.lower(end - 1) in words.features and not self.is_name_at(end):
                inside = {piece.lower for piece in self.pieces[at : end - 1]}
                return 0 if inside & _words_of_organizations() else end - at
        return end - at if opens and 2 <= end - at <= 3 else self._road_size(at)

    def _road_size(self, at: int) -> int:
        """How many pieces the name of a numbered road takes: "Highway 19", "County Road 15"."""
        end = at + 1
        end += self.is_name_at(end) and self.lower(end) in toponyms().numbered_roads
        is_road = self.lower(end - 1) in toponyms().numbered_roads
        stands_alone = end + 1 >= len(self.pieces) or self.pieces[end + 1].text != "-"
        return end + 1 - at if is_road and stands_alone and self.lower(end).isdigit() else 0

    def _is_no_name(self, at: int) -> bool:
        word = self.pieces[at].lower
        return word in language().not_names or word in roles().nouns or word in language().honorifics

    def _run_size(self, at: int) -> int:
        """How many pieces an unknown name takes, 0 where a part of it is known as something else."""
        before = self.piece(at - 1)
        end = self._capitals_end(at)
        if self._is_no_name(at) or (before is not None and is_capital(before)) or end - at > _LONGEST_UNKNOWN:
            return 0
        for i in range(at, end):
            text = self.pieces[i].text
            is_short = text.isupper() and len(text) <= _SHORTEST_CAPITALS
            if is_short or is_word(text.lower()) or (i in self.names and self.names[i].entity_id):
                return 0
        return end - at
