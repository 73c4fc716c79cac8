"""Says who a speaker is: the name, on whose word the speaker speaks, and the medium an unnamed one works for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loaders.model import LIST_SEPARATOR, Organization, Person, Reference
from loaders.vocabulary import roles


@dataclass(frozen=True)
class Cast:
    """Everyone a speaker may be, by id."""

    persons: Mapping[str, Person]
    organizations: Mapping[str, Organization]


def speaker_name(reference: Reference, cast: Cast) -> str:
    """What the speaker is called: the name where it is known, the description where there is none, "" where open."""
    names = []
    for entity_id in reference.mention.entity_ids:
        person, organization = cast.persons.get(entity_id), cast.organizations.get(entity_id)
        names.append(person.name if person else organization.name if organization else "")
    return LIST_SEPARATOR.join(filter(None, names)) or reference.label


def source_type_of(reference: Reference, cast: Cast) -> str:
    """On whose word a speaker speaks; "" where the text does not say what the speaker is."""
    ids = reference.mention.entity_ids
    organization = cast.organizations.get(ids[0]) if ids else None
    if organization:
        return organization.source_type
    person = cast.persons.get(ids[0]) if ids else None
    return _person_source_type(person) if person else reference.source_type


def _person_source_type(person: Person) -> str:
    role = person.role.lower()
    for source_type, media in roles().media.items():
        if any(medium in role for medium in media):
            return source_type
    if role.startswith("former") and person.person_type in {"leader", "official"}:
        return "analyst"
    if person.person_type in {"leader", "official"}:
        known = [roles().nouns[office].source_type for office in person.offices if office in roles().nouns]
        return known[0] if known else "government"
    return {"analyst": "analyst", "journalist": "news outlet"}.get(person.person_type, "")


def outlet_of(subjects: Sequence[Reference], cast: Cast) -> str:
    """The medium an unnamed journalist works for, where the description names it."""
    if len(subjects) != 1 or subjects[0].mention.entity_id:
        return ""
    named = [o.name for o in cast.organizations.values() if subjects[0].label.startswith(o.name)]
    return max(named, key=len, default="")
