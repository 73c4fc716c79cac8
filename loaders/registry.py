"""Everyone and everything known beforehand: people, places and organizations; and what a story's files may say."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import AwareDatetime, Field

from loaders.errors import SettingsError
from loaders.model import EntityType, LocationType, OrganizationType, PersonType, SourceType
from loaders.settings import DATA, CountryCode, Entry, Said, Slug, Zone, ZoneOrNone, read_yaml

Gender = Literal["", "female", "male"]


class Person(Entry):
    """One entry of data/registry/people.yaml; its header comment documents every field."""

    id: Slug
    name: Said
    aliases: tuple[Said, ...] = ()
    family_name: str = ""
    gender: Gender = ""
    country: CountryCode = ""
    person_type: PersonType = "other"
    role: str = ""
    offices: tuple[Said, ...] = ()


class Place(Entry):
    """One entry of data/registry/places.yaml or countries.yaml."""

    id: Slug
    name: Said
    native_name: str = ""
    aliases: tuple[Said, ...] = ()
    demonyms: tuple[Said, ...] = ()
    descriptions: tuple[Said, ...] = ()
    location_type: LocationType
    country: CountryCode = ""
    capital_of: CountryCode = ""
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    radius_km: float = Field(default=0, ge=0, le=6000)
    time_zone: tuple[Zone, ...] = ()
    gazetteer: str = ""


class Organization(Entry):
    """One entry of data/registry/organizations.yaml."""

    id: Slug
    name: Said
    aliases: tuple[Said, ...] = ()
    organization_type: OrganizationType
    country: CountryCode = ""
    source_type: SourceType = ""


Named = TypeVar("Named", Person, Place, Organization)


class Story(Entry):
    """A story folder's story.yaml."""

    title: Said
    outlet: Said
    url: str = ""
    source: Said
    read_at: AwareDatetime | None = None
    read_at_basis: str = ""
    zone: ZoneOrNone = ""
    standfirst: str = ""
    notes: tuple[Said, ...] = ()


class Correction(Entry):
    """One entry of a story's corrections.yaml: what to change in which row, and why."""

    table: Literal["posts", "people", "organizations", "locations", "quotes", "events", "mentions", "times"]
    row: Said
    action: Literal["set", "merge", "drop"]
    column: str = ""
    value: str | bool | float | AwareDatetime | tuple[str, ...] | None = None
    into: str = ""
    reason: Said
    source: str = ""


@dataclass(frozen=True)
class Registries:
    """Everyone and everything the registries know, by id."""

    people: Mapping[str, Person]
    places: Mapping[str, Place]
    organizations: Mapping[str, Organization]
    wrong: frozenset[tuple[EntityType, str]] = frozenset()
    """Names that a story says name nothing of their kind."""

    @cached_property
    def outlet_ids(self) -> Mapping[str, str]:
        """The id of each organization by each of its names, as a byline prints it; of two with one name the first."""
        known: dict[str, str] = {}
        for organization in self.organizations.values():
            for name in (organization.name, *organization.aliases):
                known.setdefault(name, organization.id)
        return known


@cache
def registries() -> Registries:
    """The registries of data/registry, read and checked once a process.

    Raises:
        SettingsError: A file breaks its schema, or an id stands twice.
    """
    folder = DATA / "registry"
    return Registries(
        people=_registered(Person, folder / "people.yaml"),
        places=_registered(Place, folder / "countries.yaml", folder / "places.yaml"),
        organizations=_registered(Organization, folder / "organizations.yaml"),
    )


@cache
def given_names() -> Mapping[str, float]:
    """Given names in lower case without accents, each with the share of its bearers who are women (0 to 1).

    Source: data/registry/given_names.csv; data/registry/README.md says where the figures come from.
    """
    lines = (DATA / "registry" / "given_names.csv").read_text(encoding="utf-8").splitlines()[1:]
    return {name: float(share) for name, _, share in (line.partition(",") for line in lines)}


def read_gazetteer() -> str:
    """The text of data/registry/gazetteer.txt.gz; data/registry/README.md says what its blocks are.

    Raises:
        SettingsError: The file is missing or is not packed as it should be.
    """
    path = DATA / "registry" / "gazetteer.txt.gz"
    try:
        return gzip.decompress(path.read_bytes()).decode("utf-8")
    except (OSError, EOFError, ValueError) as error:
        raise SettingsError(
            f"the gazetteer cannot be read: {error}", file=path, advice="check it out again"
        ) from None


def _registered(model: type[Named], *paths: Path) -> dict[str, Named]:
    return by_id((path, entry) for path in paths for entry in read_yaml(path, tuple[model, ...]))  # type: ignore[valid-type]


def by_id(entries: Iterable[tuple[Path, Named]]) -> dict[str, Named]:
    """Entries, each with the file it stands in, by their ids.

    Raises:
        SettingsError: An id stands twice.
    """
    found: dict[str, Named] = {}
    for path, entry in entries:
        if entry.id in found:
            raise SettingsError(
                "this id stands twice", file=path, entry=entry.id, advice="rename or merge one of them"
            )
        found[entry.id] = entry
    return found


@cache
def zones_by_country() -> Mapping[str, frozenset[str]]:
    """The zones of each country by its ISO 3166 code of two letters, as the time zone database lists them."""
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {code: frozenset(row[2] for row in rows if row[0] == code) for code in {row[0] for row in rows}}
