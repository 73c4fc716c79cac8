"""How sure the words beside a capitalised name make it that it is a place's.

What is in no gazetteer counts only where hardly anything else can be meant ("the village of …", "…, Ontario").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import IntEnum

from loaders.clauses import GENITIVE
from loaders.name_evidence import family_name, is_given_name, is_initial
from loaders.names import Name, is_title_case
from loaders.segmentation import Sentence, Token
from loaders.toponym_spans import PARTIES, Piece, SentenceSpans, Stretch, is_capital, is_word
from loaders.vocabulary import cues, language, roles, toponyms

LARGE = 20_000
"""Inhabitants of a town that may open a sentence without a word beside it that says what it is."""
_ARTICLES = frozenset({"a", "an", "the"})
_SUREST = frozenset({"in", "near"})
_COMPOUND_ENDS = frozenset({"area", "based", "born", "bound"})
_DASHES = frozenset({"-", "–", "—", "--"})
_MONEY = frozenset("$€£")
_RUNS, _GOALS, _SCORE = re.compile(r"\d{1,3}"), re.compile(r"\d{1,2}"), re.compile(r"\d{1,3}[-/–]\d{1,3}d?")
_SHORTEST_UNKNOWN = 4
_LONGEST_ACRONYM = 4


class Strength(IntEnum):
    """How sure it is that a name is a place's; a possible one counts where the text is sure of it elsewhere."""

    NONE = 0
    POSSIBLE = 1
    LIKELY = 2
    SURE = 3


def is_namesake(words: Sequence[Token] | Sequence[Piece], first: int, last: int) -> bool:
    """Whether a place only lends its name to what is meant: "the Boston Globe", "the airship Georgia", "US$5"."""
    after = words[last] if last < len(words) else None
    before = words[first - 1] if first else None
    if before is not None and (before.text in _MONEY or before.lower in toponyms().named_after):
        return True
    if before is not None and before.lower in toponyms().clubs and is_capital(before):
        return True
    if after is not None:
        if after.text in toponyms().namesakes_small or (
            after.text in _MONEY and after.start == words[last - 1].end
        ):
            return True
        behind = words[last + 1] if last + 1 < len(words) else None
        following = behind.lower if behind is not None else ""
        is_longer = behind is not None and is_capital(after) and is_capital(behind)
        if is_longer and following in toponyms().teams | toponyms().leagues:
            return True
        is_school = after.lower == "state" and following in {"university", "college"}
        if is_capital(after) and (is_school or _ends_namesake(after.lower)):
            return True
    head = words[first - 2] if first > 1 and before is not None and before.lower == "of" else None
    return head is not None and is_capital(head) and head.lower in toponyms().namesakes_of


def _ends_namesake(word: str) -> bool:
    return word in toponyms().namesakes or word in toponyms().teams


def _is_score(words: Sequence[Piece], first: int, last: int) -> bool:
    """Whether what a team has scored stands behind a name: "Somerset 83 and 174", "Derby 2-1", "Derby 2 Hull 0"."""
    if last >= len(words) or not words[last].text[0].isdigit():
        return False
    behind = [word.text for word in words[last : last + 6]]
    if not _RUNS.fullmatch(behind[0]):
        return bool(_SCORE.fullmatch(behind[0]))
    if first and _GOALS.fullmatch(words[first - 1].text):
        return True
    if len(behind) > 2 and all(_RUNS.fullmatch(word) for word in behind[:3]):
        return True
    if len(behind) > 2 and behind[1].lower() in {"and", "for", "&", "-", "/", "–"}:
        return bool(_RUNS.fullmatch(behind[2]))
    other = next((n for n, word in enumerate(behind) if n and not word[0].isupper()), 0)
    return 1 < other < 4 and bool(_GOALS.fullmatch(behind[0]) and _GOALS.fullmatch(behind[other]))


class Evidence:
    """The words beside the names of one sentence.

    Args:
        sentence: The sentence.
        spans: Its pieces, and what is known of the names in it.
        people: The surnames of the people the text names in full, small.
    """

    def __init__(self, sentence: Sentence, spans: SentenceSpans, people: Collection[str]) -> None:
        self._spans, self._pieces, self._people = spans, spans.pieces, people
        self._is_title_case = is_title_case(sentence)
        self._opens_text = sentence.span.start == 0

    def is_team(self, stretch: Stretch) -> bool:
        """Whether what is named plays: it has scored, it meets or beats somebody, or a team's name holds it."""
        first, last, spans, words = stretch.first, stretch.last, self._spans, toponyms()
        plays = spans.lower(first - 1) in words.rivals or spans.lower(last) in words.rivals
        is_named = (
            spans.lower(last + 1) in words.teams and spans.is_name_at(last) and spans.is_name_at(last + 1)
        )
        return stretch.is_known and (plays or is_named or _is_score(self._pieces, first, last))

    def strength(self, stretch: Stretch) -> Strength:
        """How sure it is that the name is a place's."""
        first, last = stretch.first, stretch.last
        if is_namesake(self._pieces, first, last) or _is_score(self._pieces, first, last):
            return Strength.NONE
        if self._is_of_firm(first):
            return Strength.NONE
        if self._is_feature(first, last):
            is_surname = not stretch.is_known and self._may_be_surname(first, last)
            may_be_person = self._follows_given_name(first) or is_surname
            return Strength.POSSIBLE if may_be_person and last - first < 3 else Strength.SURE
        if last - first > 1 and self._spans.is_place_at(last - 1) and not self._spans.is_place_at(first):
            return Strength.SURE
        is_person = self._is_person(first, last)
        if self._spans.is_called(first) or (not is_person and self._has_container(stretch)):
            return Strength.SURE
        if is_person or self._is_acronym(first, last):
            return Strength.NONE
        if self._is_dateline(first, last):
            is_plain = last - first == 1 and is_word(self._pieces[first].lower)
            return Strength.SURE if stretch.is_known and not is_plain else Strength.NONE
        if self._is_title_case:
            return Strength.POSSIBLE if stretch.is_known else Strength.NONE
        is_direction = all(word in toponyms().directions for word in stretch.key.split())
        if is_direction or (last - first == 1 and is_word(self._pieces[first].lower)):
            return self._strength_of_word(first, last)
        if self._is_part_of_longer(first):
            return Strength.NONE
        return self._known_strength(stretch) if stretch.is_known else self._unknown_strength(first, last)

    def _strength_of_word(self, first: int, last: int) -> Strength:
        """Of an English word that is a town as well: "in Mobile"."""
        word, words = self._pieces[first].lower, toponyms()
        is_common = word in words.common_words and word not in language().time_words
        is_placed = self._spans.lower(first - 1) in _SUREST and not self._spans.is_name_at(last)
        return Strength.LIKELY if is_common and is_placed else Strength.NONE

    def _unknown_strength(self, first: int, last: int) -> Strength:
        """Of a name in no gazetteer: "in Lujhu", "the Warab state", "Makonono village"."""
        word, after = self._pieces[first].text, self._spans.lower(last)
        is_odd = len(word) < _SHORTEST_UNKNOWN or not word[1:].islower() or after in GENITIVE
        if is_odd or self._has_persons_name(first, last) or self._spans.is_name_at(last):
            return Strength.NONE
        is_kind = self._spans.small(last) in toponyms().kinds_of_ground
        return Strength.SURE if is_kind or self._spans.lower(first - 1) in _SUREST else Strength.NONE

    def _known_strength(self, stretch: Stretch) -> Strength:
        first, last, spans, words = stretch.first, stretch.last, self._spans, toponyms()
        before, after = spans.lower(first - 1), spans.lower(last)
        is_single = last - first == 1
        is_given = is_single and is_given_name(self._pieces[first].text)
        name = spans.names.get(first)
        may_be_person = (name is not None and name.kind == "person") or stretch.key in self._people
        in_name = spans.is_name_at(last)
        is_civic = in_name and after in words.civic_names
        narrows = not in_name and after in words.kinds | words.civic_nouns
        compound = after == "-" and spans.lower(last + 1) in _COMPOUND_ENDS
        if before in _ARTICLES and not (narrows or is_civic or after == "-"):
            is_open = may_be_person or is_given or in_name or (is_single and not self._is_noun(last))
            return Strength.NONE if is_open else Strength.LIKELY
        if is_civic:
            return Strength.POSSIBLE if may_be_person or is_given else Strength.LIKELY
        if in_name:
            return Strength.POSSIBLE if is_single or may_be_person else Strength.LIKELY
        if before in words.inside or (before == "of" and spans.lower(first - 2) == ","):
            return Strength.SURE
        if narrows or before in words.directions or compound:
            return Strength.POSSIBLE if may_be_person and narrows else Strength.SURE
        if may_be_person:
            is_open = before in words.toward or not (stretch.key in self._people or self._speaks(first, last))
            return Strength.POSSIBLE if is_open else Strength.NONE
        if before == "-" and self._pieces[first - 2].text in PARTIES:
            return Strength.SURE
        if not is_single:
            return Strength.LIKELY
        if is_given or self._speaks(first, last):
            return Strength.POSSIBLE
        return Strength.LIKELY if self._is_inside(first) or self._is_large(stretch.key) else Strength.POSSIBLE

    def _is_of_firm(self, first: int) -> bool:
        """Whether it is one of the two names of a firm: "Redland and Wilby"."""
        name = self._spans.names.get(first)
        if name is None or name.kind != "organization":
            return False
        words = {p.lower for p in self._pieces if name.span.start <= p.start and p.end <= name.span.end}
        return bool(words & {"and", "&"}) and not words & roles().organization_types.keys()

    def _is_inside(self, first: int) -> bool:
        """Whether a word or a comma stands before it, so that its capital is the name's own."""
        before = self._spans.piece(first - 1)
        return before is not None and (before.text[0].isalnum() or before.text in {",", "(", "-", "/"})

    def _is_large(self, key: str) -> bool:
        return any(entry.population >= LARGE for entry in self._spans.gazetteer.find(key))

    def _is_noun(self, at: int) -> bool:
        """Whether a small word stands here that is no verb and no function word, so that a name narrows it."""
        word = self._spans.small(at)
        closed = language()
        return (
            word.isalpha()
            and word not in closed.function_words
            and word not in closed.finite
            and word not in cues().forms
        )

    def _is_feature(self, first: int, last: int) -> bool:
        if last - first < 2:
            return False
        opens = self._pieces[first].lower in toponyms().feature_openers
        closing = self._pieces[last - 1]
        return opens or closing.lower in toponyms().features or closing.text.isdigit()

    def _is_acronym(self, first: int, last: int) -> bool:
        word = self._pieces[first].text
        if last - first > 1 or not word.isupper() or len(word) > _LONGEST_ACRONYM:
            return False
        around = [p.text for p in self._pieces[max(first - 2, 0) : last + 3] if p.text.isalpha()]
        return not all(text.isupper() for text in around if len(text) > 2)

    # --- people -----------------------------------------------------------------------------------------------

    def _follows_given_name(self, first: int) -> bool:
        before = self._spans.piece(first - 1)
        return before is not None and is_capital(before) and _opens_persons_name(before)

    def _may_be_surname(self, first: int, last: int) -> bool:
        """Whether a given name stands before a word that is a surname as well: "Mark Hill" not after "near"."""
        if self._spans.lower(first - 1) in toponyms().inside:
            return False
        return self._spans.lower(last - 1) in language().surnames_too and is_given_name(
            self._pieces[first].text
        )

    def _has_persons_name(self, first: int, last: int) -> bool:
        name = self._spans.names.get(first)
        is_named = name is not None and name.kind is not None
        return is_named or (last - first > 1 and is_given_name(self._pieces[first].text))

    def _is_person(self, first: int, last: int) -> bool:
        """Whether it is, or is part of, somebody's name."""
        name = self._spans.names.get(first)
        before = self._spans.piece(first - 1)
        if name is not None and name.kind == "person":
            if name.entity_id or name.last - name.first > last - first:
                return True
            if last - first > 1 and is_given_name(self._pieces[first].text):
                return before is None or before.lower not in toponyms().inside
        if before is None or not is_capital(before) or self._spans.is_place_at(first - 1):
            return False
        role = roles().nouns.get(before.lower)
        if role is not None:
            return not role.is_group
        is_word = before.lower in toponyms().directions or before.lower in language().not_names
        return not is_word and _opens_persons_name(before)

    def _is_part_of_longer(self, first: int) -> bool:
        """Whether a capitalised word stands before it that is no title and no direction: "Salmonella Litchfield"."""
        before = self._spans.piece(first - 1)
        if before is None:
            return False
        if not is_capital(before):
            head = self._spans.piece(first - 2)
            is_organization = head is not None and head.lower in roles().organization_types
            return before.lower == "of" and head is not None and is_capital(head) and is_organization
        word, closed = before.lower, language()
        is_other = word in toponyms().directions or word in closed.not_names or word in closed.time_words
        return not is_other and word not in roles().nouns

    # --- what stands beside it --------------------------------------------------------------------------------

    def _has_container(self, stretch: Stretch) -> bool:
        """Whether ", Texas", "(Texas)" or "in Texas" follows, and nobody from there is meant."""
        first, last = stretch.first, stretch.last
        joint, is_chant = self._spans.lower(last), self._spans.lower(first) in toponyms().not_places
        if joint not in {",", "(", "in"} or is_chant or self._is_part_of_longer(first):
            return False
        led = self._spans.lower(first - 1) in toponyms().inside | toponyms().toward
        if joint != "," and not (stretch.is_known and led):
            return False
        if not stretch.is_known and self._has_persons_name(first, last):
            return False
        return self._is_container(last + 1)

    def _is_container(self, at: int) -> bool:
        """Whether a registered place, or a known region or county, begins here and owns nothing."""
        spans = self._spans
        name = spans.starts.get(at)
        if name is not None and name.kind == "location":
            end = at
            while spans.names.get(end) is name:
                end += 1
            return not name.is_demonym and spans.lower(end) not in GENITIVE
        if not spans.is_name_at(at) or is_word(spans.lower(at)) or is_given_name(self._pieces[at].text):
            return False
        size = spans.known_size(at)
        return any(entry.kind != "town" for entry in spans.gazetteer.find(spans.key(at, at + size)))

    def _is_dateline(self, first: int, last: int) -> bool:
        opens = (first == 0 and self._opens_text) or self._pieces[first].text.isupper()
        after = self._spans.piece(last)
        if not opens or first > 2 or after is None:
            return False
        if after.text in _DASHES:
            return after.start > self._pieces[last - 1].end
        return after.text == "(" and any(piece.text == ")" for piece in self._pieces[last + 1 : last + 4])

    def _speaks(self, first: int, last: int) -> bool:
        beside = (self._spans.lower(first - 1), self._spans.lower(last))
        forms = cues().forms
        return any(word in forms and forms[word].verb.strong for word in beside)


def _opens_persons_name(word: Piece) -> bool:
    return word.lower in language().honorifics or is_initial(word.text) or is_given_name(word.text)


def surnames(sentences: Sequence[Sentence], names: Sequence[Sequence[Name]]) -> frozenset[str]:
    """The surnames of the people a text names in full, small; a "Jr." is none."""
    return frozenset(
        family_name([token.text for token in sentence.tokens[name.first : name.last]]).lower()
        for sentence, listed in zip(sentences, names, strict=True)
        for name in listed
        if name.kind == "person" and name.last - name.first > 1
    )
