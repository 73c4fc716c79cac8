"""Finds the people of a blog: links every name to a person, and reads role, country and kinship from the text.

A short name is linked to the one person it can mean in its post, else in the blog, else in the registry; where
two remain, it stays open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from loaders.clauses import printed
from loaders.model import Blog, Mention, Person, Reference, plain_name, slug
from loaders.names import Name
from loaders.registry import Person as RegisteredPerson
from loaders.registry import given_names
from loaders.roles import RolePhrase, apposition_after, copular_role, title_before
from loaders.segmentation import Sentence
from loaders.vocabulary import language, roles

_PLACING = frozenset({"in", "at", "near", "across", "outside"})
_DOUBT = 0.1
"""The share of bearers of the other gender from which on a given name decides nothing."""
Names = Mapping[int, Sequence[Name]]


@dataclass(frozen=True)
class Kin:
    """That one person is the sister, father, … of another."""

    person_id: str
    kinship: str
    of: str


@dataclass(frozen=True)
class People:
    """The persons of a blog by id, the references by name, and how they are related."""

    persons: Mapping[str, Person]
    references: tuple[Reference, ...]
    kin: tuple[Kin, ...]

    @cached_property
    def ids_by_post(self) -> Mapping[str, Sequence[str]]:
        """The ids of those each post names, in the order of their first mention."""
        found: dict[str, dict[str, None]] = {}
        for reference in self.references:
            if reference.mention.entity_id:
                found.setdefault(reference.mention.post_id, {})[reference.mention.entity_id] = None
        return {post_id: list(ids) for post_id, ids in found.items()}


@dataclass(frozen=True, slots=True)
class _Named:
    """A person's name where it stands, with the title before and the role behind it."""

    sentence: int
    name: Name
    words: tuple[str, ...]
    full_id: str
    """The id of whom the name gives in full, "" where it is short."""
    title: RolePhrase | None
    behind: RolePhrase | None


def find_people(
    blog: Blog,
    sentences: Sequence[Sentence],
    names: Names,
    registered: Mapping[str, RegisteredPerson],
    countries: Mapping[str, str],
) -> People:
    """The people named in a blog's posts and bylines.

    Args:
        blog: The blog.
        sentences: Its sentences.
        names: The names in each sentence, by the sentence's position.
        registered: The people registry, by id.
        countries: The country (ISO 3166-1 alpha-3) of each place and organization id.
    """
    named = tuple(_named(sentences, names, countries))
    persons = _full_names(named, registered)
    persons |= {
        person.person_id: person for person in _reporters(blog, registered) if person.person_id not in persons
    }
    in_post = _full_names_by_post(named, sentences)
    placed = {one.words for one in named if _follows_place_word(sentences[one.sentence], one.name)}
    linked = [
        (
            one,
            _link(
                one,
                in_post.get(sentences[one.sentence].post_id, set()),
                one.words in placed,
                persons,
                registered,
            ),
        )
        for one in named
    ]
    persons |= {i: _from_registry(registered[i]) for _, i in linked if i and i not in persons}
    for one, person_id in linked:
        if person_id:
            persons[person_id] = _with_role(persons[person_id], one, sentences, names)
    references = tuple(_reference(one, person_id, sentences) for one, person_id in linked)
    return People(persons, references, tuple(_kin(linked)))


def byline_mentions(blog: Blog, outlets: Mapping[str, str]) -> Iterator[Mention]:
    """The reporters and outlets named in bylines, as mentions; `outlets` maps printed names to ids."""
    for post in blog.records:
        if post.outlet:
            outlet = outlets.get(post.outlet.of(blog.text), "")
            yield Mention(post.outlet, post.post_id, "organization", outlet, "name", "byline")
        for reporter in post.reporters:
            person_id = slug(reporter.name.of(blog.text))
            yield Mention(reporter.name, post.post_id, "person", person_id, "name", "byline")


def _named(sentences: Sequence[Sentence], names: Names, countries: Mapping[str, str]) -> Iterator[_Named]:
    for at, sentence in enumerate(sentences):
        for name in names[at]:
            if name.kind != "person" or _names_a_family(sentence, name):
                continue
            title = title_before(sentence, name, names[at], countries)
            behind = apposition_after(sentence, name.last, names[at], countries) or copular_role(
                sentence, name.last, names[at], countries
            )
            words = tuple(token.text for token in sentence.tokens[name.first : name.last])
            full_id = name.entity_id or (slug(" ".join(words)) if len(words) > 1 else "")
            yield _Named(at, name, words, full_id, title, behind)


def _names_a_family(sentence: Sentence, name: Name) -> bool:
    following = sentence.tokens[name.last].lower if name.last < len(sentence.tokens) else ""
    return name.last - name.first == 1 and following in language().family_words


def _full_names(named: Sequence[_Named], registered: Mapping[str, RegisteredPerson]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for one in named:
        if one.name.entity_id:
            found[one.name.entity_id] = _from_registry(registered[one.name.entity_id])
        elif one.full_id:
            name, gender = " ".join(one.words), _usual_gender(one.words[0])
            found.setdefault(one.full_id, Person(one.full_id, name, one.words[-1], gender=gender))
    return found


def _usual_gender(given_name: str) -> str:
    """The gender a given name nearly always has, "" where it does not say."""
    share = given_names().get(plain_name(given_name))
    if share is None or _DOUBT < share < 1 - _DOUBT:
        return ""
    return "female" if share > _DOUBT else "male"


def _from_registry(entry: RegisteredPerson) -> Person:
    return Person(
        person_id=entry.id,
        name=entry.name,
        family_name=entry.family_name or entry.name.split()[-1],
        gender=entry.gender,
        country=entry.country,
        person_type=entry.person_type,
        offices=entry.offices,
        role=entry.role,
        is_registered=True,
    )


def _reporters(blog: Blog, registered: Mapping[str, RegisteredPerson]) -> Iterator[Person]:
    for post in blog.records:
        outlet = (post.outlet.of(blog.text),) if post.outlet else ()
        for reporter in post.reporters:
            name = reporter.name.of(blog.text)
            entry = registered.get(slug(name))
            person = (
                _from_registry(entry)
                if entry
                else Person(slug(name), name, name.split()[-1], person_type="journalist")
            )
            yield replace(person, role=person.role or "reporter", affiliations=outlet)


def _link(
    one: _Named,
    in_post: Collection[str],
    is_placed: bool,
    persons: Mapping[str, Person],
    registered: Mapping[str, RegisteredPerson],
) -> str:
    """The id of the person a name means, "" where more than one remains.

    Args:
        one: The name.
        in_post: The ids of those its post names in full.
        is_placed: Whether the blog writes "in Bolton" somewhere: the registry's bearer of a surname may not be meant.
        persons: Everybody the blog names in full.
        registered: The registry.
    """
    if one.full_id:
        return one.full_id
    word = one.words[0]
    known = _bearers(word, [persons[i] for i in in_post]) or _family(word, persons.values())
    if not known and not is_placed:
        known = _family(word, map(_from_registry, registered.values()))
    return known[0] if len(known) == 1 else ""


def _full_names_by_post(named: Sequence[_Named], sentences: Sequence[Sentence]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in named:
        if one.full_id:
            found.setdefault(sentences[one.sentence].post_id, set()).add(one.full_id)
    return found


def _follows_place_word(sentence: Sentence, name: Name) -> bool:
    return bool(name.first) and sentence.tokens[name.first - 1].lower in _PLACING


def _family(word: str, persons: Iterable[Person]) -> list[str]:
    return sorted({person.person_id for person in persons if person.family_name == word})


def _bearers(word: str, persons: Iterable[Person]) -> list[str]:
    """Ids of the people a single name can mean: by family name, else by given name."""
    listed = list(persons)
    return _family(word, listed) or sorted({p.person_id for p in listed if p.name.split()[0] == word})


def _with_role(person: Person, one: _Named, sentences: Sequence[Sentence], names: Names) -> Person:
    """The person with what this occurrence adds: the first role printed is kept, gaps are filled."""
    for phrase in (one.title, one.behind):
        if phrase is None:
            continue
        role = phrase.role
        person = replace(
            person,
            role=person.role or _role_text(phrase, sentences[one.sentence]),
            country=person.country or _only(phrase.countries if phrase is one.title else frozenset()),
            gender=person.gender or _kin_gender(phrase),
            person_type=role.person_type if role and person.person_type == "other" else person.person_type,
            role_noun=person.role_noun or phrase.noun,
            offices=person.offices or ((role.noun,) if role else ()),
            affiliations=person.affiliations
            or _affiliations(phrase, names[one.sentence], sentences[one.sentence]),
        )
    honorific = sentences[one.sentence].tokens[one.name.first - 1].lower if one.name.first else ""
    return replace(person, gender=person.gender or language().honorifics.get(honorific, ""))


def _role_text(phrase: RolePhrase, sentence: Sentence) -> str:
    return " ".join(printed(sentence.tokens[phrase.first : phrase.last]).split())


def _only(values: frozenset[str]) -> str:
    return next(iter(values)) if len(values) == 1 else ""


def _kin_gender(phrase: RolePhrase) -> str:
    return language().kinship[phrase.kinship].gender if phrase.kinship else ""


def _affiliations(phrase: RolePhrase, names: Sequence[Name], sentence: Sentence) -> tuple[str, ...]:
    """The organizations named in a role phrase, as printed or by their id."""
    inside = [
        n for n in names if n.kind == "organization" and phrase.first <= n.first and n.last <= phrase.last
    ]
    return tuple(
        n.entity_id or " ".join(token.text for token in sentence.tokens[n.first : n.last]) for n in inside
    )


def _reference(one: _Named, person_id: str, sentences: Sequence[Sentence]) -> Reference:
    sentence = sentences[one.sentence]
    first = one.title.first if one.title else one.name.first
    if first and sentence.tokens[first - 1].lower in language().honorifics:
        first -= 1
    if one.title and first and sentence.tokens[first - 1].lower in language().determiners:
        first -= 1
    mention = Mention(one.name.span, sentence.post_id, "person", person_id, "name")
    noun = one.title.noun if one.title else ""
    return Reference(mention, one.sentence, first, one.name.last, noun=noun)


def _kin(linked: Sequence[tuple[_Named, str]]) -> Iterator[Kin]:
    """Who is whose sister, from "Kim Jong Un's sister Kim Yo Jong"."""
    by_place = {(one.sentence, one.name.first): person_id for one, person_id in linked}
    for one, person_id in linked:
        if one.title and one.title.kinship and one.title.owner is not None and person_id:
            owner = by_place.get((one.sentence, one.title.owner), "")
            if owner:
                yield Kin(person_id, one.title.kinship, owner)


def is_leader(person: Person) -> bool:
    """Whether "the two leaders" may mean the person."""
    return person.person_type == "leader" or bool(set(person.offices) & roles().leaders)
