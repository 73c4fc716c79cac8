"""Reads every YAML file of the project and checks it against its schema: registries, stories, corrections, words.

The schemas are the pydantic models below; what breaks one is a `SettingsError` that names file, entry,
value and what is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from loaders.errors import SettingsError

DATA = Path(__file__).resolve().parent.parent / "data"
"""The folder the registries, vocabularies and stories stand in."""


def _is_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("not a time zone; allowed: an IANA name such as Asia/Seoul") from None
    return name


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
CountryCode = Annotated[str, Field(pattern=r"^([A-Z]{3})?$")]
Zone = Annotated[str, AfterValidator(_is_zone)]
Said = Annotated[str, Field(min_length=1)]
Gender = Literal["", "female", "male"]
SourceType = Literal[
    "", "state media", "government", "military", "analyst", "news outlet", "own reporting", "unnamed"
]


class Entry(BaseModel):
    """A frozen YAML entry that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Person(Entry):
    """One entry of data/registry/people.yaml; its header comment documents every field."""

    id: Slug
    name: Said
    aliases: tuple[Said, ...] = ()
    family_name: str = ""
    gender: Gender = ""
    country: CountryCode = ""
    person_type: Literal["leader", "official", "analyst", "journalist", "historical", "other"] = "other"
    offices: tuple[Said, ...] = ()


class Place(Entry):
    """One entry of data/registry/places.yaml or countries.yaml."""

    id: Slug
    name: Said
    native_name: str = ""
    aliases: tuple[Said, ...] = ()
    demonyms: tuple[Said, ...] = ()
    descriptions: tuple[Said, ...] = ()
    location_type: Literal["site", "city", "district", "region", "country", "sea", "former state"]
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
    descriptions: tuple[Said, ...] = ()
    organization_type: Literal[
        "news outlet", "state media", "government", "military", "university", "think tank", "international body", "other"
    ]
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
    zone: Zone = "UTC"
    standfirst: str = ""
    notes: tuple[Said, ...] = ()


class Correction(Entry):
    """One entry of a story's corrections.yaml: what to change in which row, and why."""

    table: Literal["people", "organizations", "locations", "quotes", "events", "mentions", "times"]
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


@cache
def registries() -> Registries:
    """The registries of data/registry, read and checked once a process.

    Raises:
        SettingsError: A file breaks its schema, or an id stands twice.
    """
    folder = DATA / "registry"
    return Registries(
        people=_by_id(folder / "people.yaml", Person),
        places=_by_id(folder / "countries.yaml", Place) | _by_id(folder / "places.yaml", Place),
        organizations=_by_id(folder / "organizations.yaml", Organization),
    )


def _by_id(path: Path, model: type[Named]) -> dict[str, Named]:
    entries: tuple[Named, ...] = read_yaml(path, tuple[model, ...])  # type: ignore[valid-type]
    found: dict[str, Named] = {}
    for entry in entries:
        if entry.id in found:
            raise SettingsError("this id stands twice", file=path, entry=entry.id, advice="rename or merge one of them")
        found[entry.id] = entry
    return found


def read_yaml(path: Path, model: Any) -> Any:
    """What a YAML file says, checked against `model` (anything pydantic can check).

    Raises:
        SettingsError: The file is missing, is no YAML, or breaks the schema; every breach is named.
    """
    return checked(path, _parsed(path), model)


def _parsed(path: Path) -> object:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  a safe loader, the fast one
    except FileNotFoundError:
        raise SettingsError("there is no such file", file=path, advice="check the folder's name") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"this is not YAML: {' '.join(str(error).split())}", file=path, advice="mend the line named above"
        ) from None


def checked(path: Path, value: object, model: Any) -> Any:
    """`value` as `model` says it must be, or every breach in one error.

    Raises:
        SettingsError: Naming file, entry, key, value and what is allowed.
    """
    try:
        return TypeAdapter(model).validate_python(value, strict=False)
    except ValidationError as error:
        breaches = [_breach(value, detail) for detail in error.errors(include_url=False)]
        raise SettingsError(
            "; ".join(f"{where}: {what}, found {found!r}" for where, what, found in breaches),
            file=path,
            advice="the comment at the head of the file says what each key means",
        ) from None


def _breach(value: object, detail: Any) -> tuple[str, str, object]:
    where, entry = [], value
    for step in detail["loc"]:
        if isinstance(entry, (list, tuple)) and isinstance(step, int) and step < len(entry):
            entry = entry[step]
            named = isinstance(entry, dict) and (entry.get("id") or entry.get("row"))
            where.append(str(named or f"entry {step + 1}"))
        else:
            entry = entry.get(step) if isinstance(entry, dict) else None
            where.append(str(step))
    found = detail["input"] if detail["type"] != "missing" else "nothing"
    message = detail["msg"].replace("Extra inputs are not permitted", "no such key is allowed")
    return " › ".join(where) or "the whole file", message[0].lower() + message[1:], found
