"""Finds the names in a sentence and tells people, organizations and places apart.

Known names come from the registries; unknown ones are runs of capitalised words, judged by the words beside them. A
name that nothing decides is left alone.

Errors that remain, in 1,842 names of people in CoNLL 2003 testa: 307 missed, of them 136 full names whose given name
is on no list and beside which no verb or role tells (most in results: "Vebjoen Rodal ( Norway )"), 127 single
surnames, 27 in lines of capitals, 17 with other bounds; 108 found where none is, of them 61 organizations ("Warner
Bros", "Der Spiegel"), 7 places, 18 with other bounds. In six live pages, cricketers whose names no list has stay
unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.clauses import BEHIND_NAMES, GENITIVE, POSSESSIVES
from loaders.model import EntityType, Span
from loaders.name_evidence import is_given_name, is_person, is_person_role
from loaders.name_index import IndexEntry, NameIndex
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import cues, language, roles, toponyms

_ORGANIZATION_LINKS = frozenset({"of", "for", "on", "and", "the", "&"})
_TITLE_CASE = 0.7
_MIN_TITLE_WORDS = 4
_ONLY_CALLED = frozenset({"hospital", "school", "college", "academy", "club", "bank", "restaurant"})
"""What a nationality only lends its name to: the European Hospital is Europe's no more than any other."""
_LONG_RUN = 4
"""How many capitalised words are more than one name is likely to have."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence: token positions [first, last), what it names, and which entry where known."""

    span: Span
    first: int
    last: int
    kind: EntityType | None
    entity_id: str = ""
    is_demonym: bool = False


def sentence_names(sentence: Sentence, index: NameIndex) -> Iterator[Name]:
    """The names of one sentence, as its own words show them, in text order."""
    tokens = sentence.tokens
    title_case = is_title_case(sentence)
    read = 0
    for at in (i for i, token in enumerate(tokens) if token.text[0].isupper() or index.opens(token.text)):
        if at < read:
            continue
        entry = index.match(tokens, at)
        run = 0 if title_case else _run_length(tokens, at, index)
        in_run = _run_names(sentence, at, run, index) if run and (not entry or len(entry.words) < run) else []
        if entry and not in_run:
            yield _registered(tokens, at, entry)
            yield from _place_inside(tokens, at, entry, index)
            read = at + len(entry.words)
        elif run:
            yield from in_run
            read = at + run
        elif title_case and is_given_name(tokens[at].text):
            yield from _full_name_at(tokens, at)
            is_surname = at + 1 < len(tokens) and _is_lone_place(tokens, at + 1, index)
            read = at + 2 if is_surname and not _is_word(tokens[at].lower) else read
        else:
            yield from _hyphenated(tokens[at], at, index)


def _is_lone_place(tokens: Sequence[Token], at: int, index: NameIndex) -> bool:
    """Whether a registered place's name of one word stands at `at`."""
    entry = index.match(tokens, at)
    return entry is not None and entry.kind == "location" and len(entry.words) == 1 and not entry.is_demonym


def _full_name_at(tokens: Sequence[Token], at: int) -> Iterator[Name]:
    """A given name and the capitalised word behind it, which another sentence must show to be somebody."""
    last = at + 2
    if last <= len(tokens) and is_capital(tokens[at + 1]):
        yield Name(Span(tokens[at].start, tokens[last - 1].end), at, last, None)


def _registered(tokens: Sequence[Token], at: int, entry: IndexEntry) -> Name:
    last = at + len(entry.words)
    span = Span(tokens[at].start, tokens[last - 1].end)
    return Name(span, at, last, entry.kind, entry.entity_id, entry.is_demonym)


def _place_inside(tokens: Sequence[Token], at: int, entry: IndexEntry, index: NameIndex) -> Iterator[Name]:
    """The country that opens an organization's name: "Japanese Coast Guard" also names Japan, "Russia 1" does not."""
    place = index.shorter(tokens, at, len(entry.words)) if entry.kind == "organization" else None
    if place and place.kind == "location":
        follows_possessive = tokens[at + len(place.words)].text in GENITIVE
        if place.is_demonym or follows_possessive:
            yield _registered(tokens, at, place)


def _hyphenated(token: Token, at: int, index: NameIndex) -> Iterator[Name]:
    """The registered names in a compound such as Beijing-Moscow."""
    if "-" not in token.text or not token.text[0].isupper():
        return
    start = token.start
    for part in token.text.split("-"):
        piece = Token(part, part.lower(), start, start + len(part))
        entry = index.match([piece], 0)
        if entry:
            yield Name(
                Span(piece.start, piece.end), at, at + 1, entry.kind, entry.entity_id, entry.is_demonym
            )
        start += len(part) + 1


def is_title_case(sentence: Sentence) -> bool:
    """Whether capitals say nothing here: a headline in title case or capitals."""
    words = [token for token in sentence.tokens[1:] if token.text[0].isalpha()]
    long = [token for token in words if len(token.text) > 3]
    capitals = sum(token.text[0].isupper() for token in long)
    if len(long) < _MIN_TITLE_WORDS or capitals <= _TITLE_CASE * len(long):
        return False
    common, forms = language().function_words, cues().forms
    return any(
        after.text[0].isupper()
        and before.text[0].isalnum()
        and (after.lower in common or after.lower in forms)
        for before, after in pairwise(sentence.tokens)
    )


def is_capital(token: Token) -> bool:
    """Whether a word has a capital and can be of a name: not "Swift-themed"."""
    if not (token.text[0].isupper() and token.text[0].isalpha()):
        return False
    return "-" not in token.text or token.lower.rpartition("-")[2] not in language().compound_ends


def _run_length(tokens: Sequence[Token], at: int, index: NameIndex) -> int:
    """How many tokens from `at` make one run of capitalised words; an organization's name may hold "of" and "for"."""
    words = language()
    if not is_capital(tokens[at]) or (tokens[at].lower in words.not_names and not index.match(tokens, at)):
        return 0
    end = at + 1
    while end < len(tokens):
        is_particle = tokens[end].lower in words.name_particles and _goes_on(tokens, at, end)
        is_particle = is_particle or _is_owned_body(tokens, at, end, index)
        if is_particle or (is_capital(tokens[end]) and tokens[end].lower not in words.conjunctions):
            end += 1
        elif (
            tokens[end].lower in _ORGANIZATION_LINKS
            and _has_organization_word(tokens[at:end])
            and (following := _after_links(tokens, end)) is not None
        ):
            end = following
        else:
            break
    return 0 if end == at + 1 and at == 0 and _is_group(tokens[at].lower) else end - at


def _is_owned_body(tokens: Sequence[Token], at: int, apostrophe: int, index: NameIndex) -> bool:
    """Whether several or an office own the body behind, which is one name: "Harbour Pilots' Association".

    "Police Chief's Council" is one as well, "Tom Hale's Council" is not.
    """
    if tokens[apostrophe].text not in POSSESSIVES or apostrophe - at < 2 or apostrophe + 1 >= len(tokens):
        return False
    body, owner = tokens[apostrophe + 1], tokens[apostrophe - 1]
    if not is_capital(body) or body.lower not in roles().organization_types:
        return False
    is_office = tokens[apostrophe].text in GENITIVE and is_person_role(owner.lower)
    is_plural = tokens[apostrophe].text not in GENITIVE and owner.lower.endswith("s")
    return is_office or (is_plural and index.match(tokens, apostrophe - 1) is None)


def _is_group(word: str) -> bool:
    """Whether a word stands for several people: "Critics"."""
    role = roles().nouns.get(word)
    return role is not None and role.is_group


def _goes_on(tokens: Sequence[Token], at: int, particle: int) -> bool:
    """Whether a particle stands inside somebody's name: "Joaquin del Olmo", "Ursula von der Leyen"."""
    after = tokens[particle + 1 : particle + 3]
    leads_on = bool(after) and (
        is_capital(after[0]) or (after[0].lower in language().name_particles and len(after) > 1)
    )
    return is_given_name(tokens[at].text) and leads_on


def _after_links(tokens: Sequence[Token], at: int) -> int | None:
    """Past "of the", "for", where a capitalised word follows; "and" joins only what one word follows."""
    end = at
    while end < len(tokens) and tokens[end].lower in _ORGANIZATION_LINKS and end - at < 2:
        end += 1
    if end >= len(tokens) or not is_capital(tokens[end]) or tokens[at].lower in {"and", "the", "on"}:
        return None
    return end + 1


def _has_organization_word(tokens: Sequence[Token]) -> bool:
    return any(token.lower in roles().organization_types for token in tokens)


def _run_names(sentence: Sentence, at: int, size: int, index: NameIndex) -> list[Name]:
    """What a run of capitalised words holds: a title and a person, an organization, registered names, or nobody."""
    tokens = sentence.tokens
    first, last = at, at + size
    if size > 1 and _only_opens(tokens, first, size):
        first += 1
    titled = _after_title(tokens, first, last)
    if titled > first and not _is_title_in_name(tokens, titled, last):
        inside = _inside_title(tokens, first, titled, index)
        return inside + (_person_run(sentence, titled, last, index) if titled < last else [])
    whole = index.match(tokens, first)
    if whole and len(whole.words) == last - first:
        return [_registered(tokens, first, whole)]
    if last - first > 1 and _names_a_place(tokens, first, last):
        return list(_registered_inside(tokens, first, last, index))
    split = _where_a_person_begins(tokens, first, last)
    if split:
        return [
            *_run_names(sentence, first, split - first, index),
            *_run_names(sentence, split, last - split, index),
        ]
    if _has_organization_word(tokens[first:last]) and last - first > 1:
        return _organization_run(tokens, first, last, index)
    inside = list(_registered_inside(tokens, first, last, index))
    if inside and not _begins_like_a_person(tokens, first, last, inside):
        return inside
    return _person_run(sentence, first, last, index)


def _inside_title(tokens: Sequence[Token], first: int, last: int, index: NameIndex) -> list[Name]:
    """The names in a title: "Leeds City Council" in "Leeds City Council Leader", nobody's in "Deputy Police Chief"."""
    registered = list(_registered_inside(tokens, first, last, index))
    bodies = [at + 1 for at in range(first, last - 1) if tokens[at].lower in roles().organization_types]
    is_named = bool(bodies) and bodies[-1] - first > 1 and tokens[first].lower not in roles().nouns
    if not is_named or all(t.lower in roles().modifiers for t in tokens[first : bodies[-1] - 1]):
        return registered
    behind = [name for name in registered if name.first >= bodies[-1]]
    return [*_organization_run(tokens, first, bodies[-1], index), *behind]


def _only_opens(tokens: Sequence[Token], first: int, size: int) -> bool:
    """Whether the first word of a run is none of the name: "Furious Anna Reed", "Dad Tom Reed"."""
    word = tokens[first].lower
    if first == 0 and word in language().not_names:
        return True
    is_form = word.endswith(("ing", "ious")) and not is_given_name(word) and word not in roles().nouns
    return (is_form or word in language().kinship) and size > 2 and is_given_name(tokens[first + 1].text)


def _names_a_place(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a run ends as a street's or a building's name does: "Walton Road", but not "Mark Hall"."""
    word = tokens[last - 1].lower
    is_surname = word in language().surnames_too and last - first == 2 and is_given_name(tokens[first].text)
    if is_surname or word in language().ground_words:
        return stands_as_ground(tokens, first, last)
    is_centre = word in {"centre", "center"} and tokens[last - 2].lower in {"city", "town"}
    return is_centre or word in language().place_words


def stands_as_ground(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether two capitals stand where a place does: "at Pier Head", "the Pier Head,", but not "at Mark Hill's"."""
    before = tokens[first - 1].lower if first else ""
    after = tokens[last] if last < len(tokens) else None
    if last - first != 2 or (after is not None and after.text in POSSESSIVES):
        return False
    ends = after is None or not after.text[0].isalnum() or after.lower in language().prepositions
    return before in toponyms().inside | {"at"} or (before == "the" and ends)


def _where_a_person_begins(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where a person's name begins inside a longer run, 0 where none does.

    "Northumbria Police Sue Sim"; behind an office, also of three words: "Secretary of State Anna Reed".
    """
    if is_given_name(tokens[first].text):
        return 0
    of = first - 2 if first and tokens[first - 1].lower == "the" else first - 1
    is_office = of > 0 and tokens[of].lower == "of" and is_person_role(tokens[of - 1].lower)
    if last - first < _LONG_RUN - is_office:
        return 0
    for at in range(first + 1, last - 1):
        rest = tokens[at:last]
        if is_given_name(tokens[at].text) and len(rest) <= 3 and not _has_organization_word(rest):
            return at
    return 0


def _begins_like_a_person(tokens: Sequence[Token], first: int, last: int, inside: Sequence[Name]) -> bool:
    """Whether a run that begins with a place's name is a person all the same: "Chelsea Clinton", "Jordan Henderson"."""
    opens = (
        len(inside) == 1
        and inside[0].first == first
        and inside[0].last == first + 1
        and not inside[0].is_demonym
    )
    closes = (
        len(inside) == 1
        and inside[0].last == last
        and inside[0].first > first
        and (
            not inside[0].entity_id
            or _is_borne(tokens, first, inside[0])
            or _is_called_after_a_place(tokens, first, last, inside[0])
        )
    )
    return (opens or closes) and 2 <= last - first <= 3 and is_given_name(tokens[first].text)


def _is_borne(tokens: Sequence[Token], first: int, demonym: Name) -> bool:
    """Whether a word that says where people come from is a surname behind a given name: "Mark Cuban".

    Not so "Young Indians", "a Young Indian", "Will Russian troops".
    """
    before = tokens[first - 1].lower if first else ""
    is_noun = tokens[demonym.first].lower.endswith("s") or before in language().determiners
    return demonym.is_demonym and not is_noun and tokens[first].lower not in language().function_words


def _is_called_after_a_place(tokens: Sequence[Token], first: int, last: int, place: Name) -> bool:
    """Whether a place's name is the surname behind a given name that is no word: "Jack London", not "Young America"."""
    is_placed = first > 0 and tokens[first - 1].lower in toponyms().inside | {"the"}
    is_surname = last - first == 2 and place.kind == "location" and not place.is_demonym
    return is_surname and not is_placed and not _is_word(tokens[first].lower)


def _is_word(word: str) -> bool:
    """Whether a given name is an English word as well, which may stand before any name: "Will", "Hope", "Summer"."""
    words, places = language(), toponyms()
    closed = (
        words.function_words | words.not_names | words.time_words | places.common_words | places.not_places
    )
    return word in closed or word in roles().nouns or word in roles().modifiers


def _organization_run(tokens: Sequence[Token], first: int, last: int, index: NameIndex) -> list[Name]:
    """An organization's name, and the country in it ("Japanese Coast Guard" also names Japan)."""
    for start in range(first, last):
        known = index.match(tokens, start)
        if known and known.kind == "organization" and start + len(known.words) == last:
            return [*_registered_inside(tokens, first, start, index), _registered(tokens, start, known)]
    nested = [n for n in _registered_inside(tokens, first, last, index) if n.kind == "location"]
    if tokens[last - 1].lower in _ONLY_CALLED:
        nested = [name for name in nested if not name.is_demonym]
    span = Span(tokens[first].start, tokens[last - 1].end)
    return [Name(span, first, last, "organization"), *nested]


def _registered_inside(tokens: Sequence[Token], first: int, last: int, index: NameIndex) -> Iterator[Name]:
    at = first
    while at < last:
        entry = index.match(tokens, at)
        if entry and at + len(entry.words) <= last:
            yield _registered(tokens, at, entry)
            at += len(entry.words)
        else:
            at += 1


def _is_title_in_name(tokens: Sequence[Token], titled: int, last: int) -> bool:
    """Whether a title only opens what a street or a body is called: "King Street", "Representative Council"."""
    if last - titled != 1 or tokens[titled - 1].lower in language().honorifics:
        return False
    word, words = tokens[titled].lower, language()
    is_place = word in words.place_words and word not in words.surnames_too
    return is_place or word in roles().organization_types


def _after_title(tokens: Sequence[Token], first: int, last: int) -> int:
    """Past a title that opens a run: one behind its last role noun, `first` where there is none."""
    known, honorifics = roles().nouns, language().honorifics
    is_called = tokens[first].lower in honorifics
    if is_called and not _owns_body(tokens, first + 1, last):
        return first + 1
    for at in range(last - 1, first - 1, -1):
        word = tokens[at].lower
        leads = tokens[at].text.endswith(".") or (at + 1 < last and is_given_name(tokens[at + 1].text))
        is_role = word in known and (not known[word].is_group or leads)
        if ((word in honorifics and not is_called) or is_role) and not _owns_body(tokens, at, last):
            is_surname = at == last - 1 and at > first and is_given_name(tokens[first].text)
            return first if is_surname else at + 1
    return first


def _owns_body(tokens: Sequence[Token], role: int, last: int) -> bool:
    """Whether a role is of what a body is called: "Justice Committee", "Police Chief's Council"."""
    body = role + 2 if role + 1 < last and tokens[role + 1].text in GENITIVE else role + 1
    is_body = body < last and tokens[body].lower in roles().organization_types
    return is_body and tokens[role].lower in roles().nouns


def _person_run(sentence: Sentence, first: int, last: int, index: NameIndex) -> list[Name]:
    tokens = sentence.tokens
    if last - first > 2 and tokens[last - 1].text in BEHIND_NAMES:
        last -= 1
    whole = index.match(tokens, first)
    is_called = first > 0 and tokens[first - 1].lower in language().honorifics
    if whole and first + len(whole.words) == last and not (is_called and whole.kind == "location"):
        return [_registered(tokens, first, whole)]
    span = Span(tokens[first].start, tokens[last - 1].end)
    compound = list(_hyphenated(tokens[first], first, index))
    if compound and last == first + 1:
        return compound
    kind: EntityType | None = "person" if is_person(tokens, first, last) else None
    return [Name(span, first, last, kind)]
