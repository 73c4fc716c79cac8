"""Finds the people of a blog: links every name to a person, and reads role, country and kinship from the text.

A short name is linked to the one person it can mean in its post, else in the blog, else in the registry; where
two remain, it stays open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from loaders.clauses import printed
from loaders.linking import Named, link, named_person, usual_gender
from loaders.model import Blog, Mention, Person, Reference, slug
from loaders.names import Name
from loaders.registry import Person as RegisteredPerson
from loaders.roles import RolePhrase, apposition_after, copular_role, title_before
from loaders.segmentation import Sentence
from loaders.vocabulary import language, roles

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
    linked = tuple(link(tuple(_named(sentences, names, countries)), registered))
    full = (found for found in linked if found[0].full_id and _is_own(found[0], found[1]))
    persons = {person_id: _person(person_id, one, registered) for one, person_id, _ in full}
    persons |= {
        person.person_id: person for person in _reporters(blog, registered) if person.person_id not in persons
    }
    for one, person_id, _ in linked:
        if person_id:
            person = persons.get(person_id) or _person(person_id, one, registered)
            persons[person_id] = _with_role(person, one, sentences, names)
    references = tuple(_reference(one, person_id, may_mean, sentences) for one, person_id, may_mean in linked)
    return People(persons, references, tuple(dict.fromkeys(_kin(linked))))


def byline_mentions(blog: Blog, outlets: Mapping[str, str]) -> Iterator[Mention]:
    """The reporters and outlets named in bylines, as mentions; `outlets` maps printed names to ids."""
    for post in blog.records:
        if post.outlet:
            outlet = outlets.get(post.outlet.of(blog.text), "")
            yield Mention(post.outlet, post.post_id, "organization", outlet, "name", "byline")
        for reporter in post.reporters:
            person_id = slug(reporter.name.of(blog.text))
            yield Mention(reporter.name, post.post_id, "person", person_id, "name", "byline")


def _named(sentences: Sequence[Sentence], names: Names, countries: Mapping[str, str]) -> Iterator[Named]:
    for at, sentence in enumerate(sentences):
        for name in names[at]:
            if name.kind != "person" or _names_a_family(sentence, name):
                continue
            title = title_before(sentence, name, names[at], countries)
            behind = apposition_after(sentence, name.last, names[at], countries) or copular_role(
                sentence, name.last, names[at], countries
            )
            yield named_person(at, sentence, name, title, behind)


def _is_own(one: Named, person_id: str) -> bool:
    """Whether a full name is the one its person's id is made of, not another spelling of it."""
    return bool(one.name.entity_id) or slug(" ".join(one.words)) == person_id


def _names_a_family(sentence: Sentence, name: Name) -> bool:
    following = sentence.tokens[name.last].lower if name.last < len(sentence.tokens) else ""
    return name.last - name.first == 1 and following in language().family_words


def _person(person_id: str, one: Named, registered: Mapping[str, RegisteredPerson]) -> Person:
    if person_id in registered:
        return _from_registry(registered[person_id])
    gender = usual_gender(one.words[0]) if one.full_id else ""
    return Person(person_id, " ".join(one.words), one.family_name, gender=gender)


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


def _with_role(person: Person, one: Named, sentences: Sequence[Sentence], names: Names) -> Person:
    """The person with what this occurrence adds: the first role printed is kept, gaps are filled."""
    for phrase in (one.title, one.behind):
        if phrase is None:
            continue
        role = phrase.role
        person = replace(
            person,
            role=person.role or _role_text(phrase, sentences[one.sentence]),
            country=person.country or _only(phrase.countries if phrase is one.title else frozenset()),
            person_type=role.person_type if role and person.person_type == "other" else person.person_type,
            role_noun=person.role_noun or phrase.noun,
            offices=person.offices or ((role.noun,) if role else ()),
            affiliations=person.affiliations
            or _affiliations(phrase, names[one.sentence], sentences[one.sentence]),
        )
    return person if person.is_registered else replace(person, gender=one.gender or person.gender)


def _role_text(phrase: RolePhrase, sentence: Sentence) -> str:
    return " ".join(printed(sentence.tokens[phrase.first : phrase.last]).split())


def _only(values: frozenset[str]) -> str:
    return next(iter(values)) if len(values) == 1 else ""


def _affiliations(phrase: RolePhrase, names: Sequence[Name], sentence: Sentence) -> tuple[str, ...]:
    """The organizations named in a role phrase, as printed or by their id."""
    inside = [
        n for n in names if n.kind == "organization" and phrase.first <= n.first and n.last <= phrase.last
    ]
    return tuple(
        n.entity_id or " ".join(token.text for token in sentence.tokens[n.first : n.last]) for n in inside
    )


def _reference(
    one: Named, person_id: str, may_mean: tuple[str, ...], sentences: Sequence[Sentence]
) -> Reference:
    sentence = sentences[one.sentence]
    first = one.title.first if one.title else one.name.first
    if first and sentence.tokens[first - 1].lower in language().honorifics:
        first -= 1
    if one.title and first and sentence.tokens[first - 1].lower in language().determiners:
        first -= 1
    mention = Mention(one.name.span, sentence.post_id, "person", person_id, "name")
    noun = one.title.noun if one.title else ""
    label = "" if person_id else " ".join(one.words)
    return Reference(mention, one.sentence, first, one.name.last, label, noun, may_mean=may_mean)


def _kin(linked: Sequence[tuple[Named, str, tuple[str, ...]]]) -> Iterator[Kin]:
    """Who is whose sister, from "Kim Jong Un's sister Kim Yo Jong"."""
    by_place = {(one.sentence, one.name.first): person_id for one, person_id, _ in linked}
    for one, person_id, _ in linked:
        if one.title and one.title.kinship and one.title.owner is not None and person_id:
            owner = by_place.get((one.sentence, one.title.owner), "")
            if owner:
                yield Kin(person_id, one.title.kinship, owner)


def is_leader(person: Person) -> bool:
    """Whether "the two leaders" may mean the person."""
    return person.person_type == "leader" or bool(set(person.offices) & roles().leaders)
