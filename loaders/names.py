"""Finds the names in a post and tells people, organizations and places apart.

Known names come from the registries; unknown ones are runs of capitalised words, judged by the words beside them. A
name that nothing decides is left alone.

Errors that remain, in 1,842 names of people in CoNLL 2003 testa: 307 missed, of them 136 full names whose given name
is on no list and beside which no verb or role tells (most in results: "Vebjoen Rodal ( Norway )"), 127 single
surnames, 27 in lines of capitals, 17 with other bounds; 108 found where none is, of them 61 organizations ("Warner
Bros", "Der Spiegel"), 7 places, 18 with other bounds. In six live pages, cricketers whose names no list has stay
unknown, and a first word that is a given name too makes people of a shop, a hall and a seat ("Hart Space", "Pier Head",
"Brenton South").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.clauses import BEHIND_NAMES, GENITIVE
from loaders.model import EntityType, Span
from loaders.name_evidence import family_name, is_given_name, is_initial, is_person, is_person_role
from loaders.name_index import IndexEntry, NameIndex
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import cues, language, roles

_ORGANIZATION_LINKS = frozenset({"of", "for", "on", "and", "the", "&"})
_TITLE_CASE = 0.7
_MIN_TITLE_WORDS = 4
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


def find_names(sentences: Sequence[Sentence], index: NameIndex) -> dict[int, tuple[Name, ...]]:
    """The names of each sentence, by the sentence's position in `sentences`, in text order.

    A name decided in one place ("professor Jane Roe") is the same wherever it stands in the blog.
    """
    found = {at: list(_sentence_names(sentence, index)) for at, sentence in enumerate(sentences)}
    people = _decided(found, sentences, "person")
    organizations = _decided(found, sentences, "organization")
    acronyms = _acronyms(found, sentences)
    borne = _borne_names(people, sentences, index)
    return {
        at: tuple(
            _settled(name, sentences[at].tokens, people, organizations, acronyms, borne) for name in names
        )
        for at, names in found.items()
    }


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
    small: frozenset[str]
    double: frozenset[tuple[str, ...]]


def _borne_names(
    people: frozenset[tuple[str, ...]], sentences: Sequence[Sentence], index: NameIndex
) -> _Borne:
    small = frozenset(t.text for sentence in sentences for t in sentence.tokens if t.text[0].islower())
    last = {family_name(full) for full in people}
    words = {word for full in people if len(full) > 1 for word in (full[0], family_name(full))}
    plain = frozenset(
        w for w in words | last if w.lower() not in small and not index.opens(w) and not _is_title(w.lower())
    )
    demonyms = frozenset(full[-1] for full in people if len(full) > 1 and index.is_demonym(full[-1]))
    double = frozenset(full[1:] for full in people if len(full) == 3 and not is_initial(full[1]))
    return _Borne(plain & words, plain & last, demonyms, small, double)


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


def _sentence_names(sentence: Sentence, index: NameIndex) -> Iterator[Name]:
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
        else:
            yield from _hyphenated(tokens[at], at, index)


def _full_name_at(tokens: Sequence[Token], at: int) -> Iterator[Name]:
    """A given name and the capitalised word behind it, which another sentence must show to be somebody."""
    last = at + 2
    if last <= len(tokens) and _is_capital(tokens[at + 1]):
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


def _is_capital(token: Token) -> bool:
    if not (token.text[0].isupper() and token.text[0].isalpha()):
        return False
    return "-" not in token.text or token.lower.rpartition("-")[2] not in language().compound_ends


def _run_length(tokens: Sequence[Token], at: int, index: NameIndex) -> int:
    """How many tokens from `at` make one run of capitalised words; an organization's name may hold "of" and "for"."""
    words = language()
    if not _is_capital(tokens[at]) or (tokens[at].lower in words.not_names and not index.match(tokens, at)):
        return 0
    end = at + 1
    while end < len(tokens):
        is_particle = tokens[end].lower in words.name_particles and _goes_on(tokens, at, end)
        is_particle = is_particle or _is_owned_body(tokens, at, end, index)
        if is_particle or (_is_capital(tokens[end]) and tokens[end].lower not in words.conjunctions):
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
    """Whether a plural owns the body behind it, which is one name: "Harbour Pilots' Association"."""
    if tokens[apostrophe].text not in {"'", "’"} or apostrophe - at < 2 or apostrophe + 1 >= len(tokens):
        return False
    body, owner = tokens[apostrophe + 1], tokens[apostrophe - 1]
    is_body = _is_capital(body) and body.lower in roles().organization_types
    return is_body and owner.lower.endswith("s") and index.match(tokens, apostrophe - 1) is None


def _is_group(word: str) -> bool:
    """Whether a word stands for several people: "Critics"."""
    role = roles().nouns.get(word)
    return role is not None and role.is_group


def _goes_on(tokens: Sequence[Token], at: int, particle: int) -> bool:
    """Whether a particle stands inside somebody's name: "Joaquin del Olmo", "Ursula von der Leyen"."""
    after = tokens[particle + 1 : particle + 3]
    leads_on = bool(after) and (
        _is_capital(after[0]) or (after[0].lower in language().name_particles and len(after) > 1)
    )
    return is_given_name(tokens[at].text) and leads_on


def _after_links(tokens: Sequence[Token], at: int) -> int | None:
    """Past "of the", "for", where a capitalised word follows; "and" joins only what one word follows."""
    end = at
    while end < len(tokens) and tokens[end].lower in _ORGANIZATION_LINKS and end - at < 2:
        end += 1
    if end >= len(tokens) or not _is_capital(tokens[end]) or tokens[at].lower in {"and", "the", "on"}:
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
        inside = list(_registered_inside(tokens, first, titled, index))
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


def _only_opens(tokens: Sequence[Token], first: int, size: int) -> bool:
    """Whether the first word of a run has its capital from its sentence: "Thanking Anna Reed", "Furious Anna Reed"."""
    word = tokens[first].lower
    if first == 0 and word in language().not_names:
        return True
    is_form = word.endswith(("ing", "ious")) and not is_given_name(word) and word not in roles().nouns
    return is_form and size > 2 and is_given_name(tokens[first + 1].text)


def _names_a_place(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a run ends as a street's or a building's name does: "Walton Road", but not "Mark Hall"."""
    word = tokens[last - 1].lower
    is_surname = word in language().surnames_too and last - first == 2 and is_given_name(tokens[first].text)
    is_centre = word in {"centre", "center"} and tokens[last - 2].lower in {"city", "town"}
    return is_centre or (word in language().place_words and not is_surname)


def _where_a_person_begins(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where a person's name begins inside a longer run, 0 where none does.

    "Northumbria Police Sue Sim"; behind an office, also of three words: "Secretary of State Anna Reed".
    """
    if is_given_name(tokens[first].text):
        return 0
    is_office = first > 1 and tokens[first - 1].lower == "of" and is_person_role(tokens[first - 2].lower)
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
        and (not inside[0].entity_id or _is_borne(tokens, first, inside[0]))
    )
    return (opens or closes) and 2 <= last - first <= 3 and is_given_name(tokens[first].text)


def _is_borne(tokens: Sequence[Token], first: int, demonym: Name) -> bool:
    """Whether a word that says where people come from is a surname behind a given name: "Mark Cuban".

    Not so "Young Indians", "a Young Indian", "Will Russian troops".
    """
    before = tokens[first - 1].lower if first else ""
    is_noun = tokens[demonym.first].lower.endswith("s") or before in language().determiners
    return demonym.is_demonym and not is_noun and tokens[first].lower not in language().function_words


def _organization_run(tokens: Sequence[Token], first: int, last: int, index: NameIndex) -> list[Name]:
    """An organization's name, and the country in it ("Japanese Coast Guard" also names Japan)."""
    for start in range(first, last):
        known = index.match(tokens, start)
        if known and known.kind == "organization" and start + len(known.words) == last:
            return [*_registered_inside(tokens, first, start, index), _registered(tokens, start, known)]
    nested = [n for n in _registered_inside(tokens, first, last, index) if n.kind == "location"]
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
    if tokens[first].lower in honorifics:
        return first + 1
    for at in range(last - 1, first - 1, -1):
        word = tokens[at].lower
        leads = tokens[at].text.endswith(".") or (at + 1 < last and is_given_name(tokens[at + 1].text))
        is_role = word in known and (not known[word].is_group or leads)
        if word in honorifics or is_role:
            is_surname = at == last - 1 and at > first and is_given_name(tokens[first].text)
            return first if is_surname else at + 1
    return first


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
