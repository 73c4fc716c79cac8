"""Who belongs to which party, and the colour that means it on every page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from loaders.drawing.theme import Theme
from loaders.model import LIST_SEPARATOR, Record
from loaders.registry import registries
from loaders.settings import DATA, CountryCode, Entry, Said, Slug, read_yaml

FILE = DATA / "vocabulary" / "parties.yaml"
OTHERS = "others"


class Party(Entry):
    """One entry of data/vocabulary/parties.yaml; its header comment documents every field."""

    id: Slug
    name: Said
    countries: tuple[CountryCode, ...] = ()
    kinds: tuple[Said, ...] = ()
    light: Said
    dark: Said


@cache
def registered() -> tuple[Party, ...]:
    """The parties of the vocabulary."""
    found: tuple[Party, ...] = read_yaml(FILE, tuple[Party, ...])
    return found


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties of one story: each entity's party, and the parties in the order of the legend."""

    shown: tuple[Party, ...]
    of_id: Mapping[str, str]

    def of(self, ids: str | Iterable[str]) -> str:
        """The party of the first of these ids that has one (a list cell or ids); "others" for none."""
        listed = ids.split(LIST_SEPARATOR) if isinstance(ids, str) else ids
        return next((self.of_id[key] for key in listed if key in self.of_id), OTHERS)

    def colour(self, party: str, look: Theme) -> str:
        """The colour of a party in an appearance."""
        found = next((each for each in self.shown if each.id == party), None)
        if found is None:
            return look.muted
        return found.dark if look.is_dark else found.light

    def name(self, party: str) -> str:
        """The name of a party as the legend says it."""
        return next((each.name for each in self.shown if each.id == party), "Others")


def parties_of(record: Record) -> Parties:
    """The parties of a story: the registered ones it has, and its other countries in the colours left over."""
    whose = _countries(record)
    here = Counter(country for country, kind in whose.values() if country and not _by_kind(kind))
    known = [party for party in registered() if party.kinds or here.keys() & set(party.countries)]
    spare = [party for party in registered() if party not in known]
    taken = {country for party in known for country in party.countries}
    for (country, _), party in zip(
        ((country, count) for country, count in here.most_common() if country not in taken),
        spare,
        strict=False,
    ):
        name = _country_name(record, country)
        known.insert(
            -1, party.model_copy(update={"id": country.lower(), "name": name, "countries": (country,)})
        )
    of_id = {key: _party(known, country, kind) for key, (country, kind) in whose.items()}
    return Parties(tuple(known), {key: party for key, party in of_id.items() if party})


def _countries(record: Record) -> dict[str, tuple[str, str]]:
    """Country and kind of every person, organization and state of a record."""
    found: dict[str, tuple[str, str]] = {}
    for table, key, kind in (
        ("locations", "location_id", "location_type"),
        ("organizations", "organization_id", "organization_type"),
        ("people", "person_id", "person_type"),
    ):
        rows = getattr(record, table)
        found.update(zip(rows[key], zip(rows["country"], rows[kind], strict=True), strict=True))
    return found


def _by_kind(kind: str) -> Party | None:
    return next((party for party in registered() if kind in party.kinds), None)


def _party(known: list[Party], country: str, kind: str) -> str:
    if by_kind := _by_kind(kind):
        return by_kind.id
    return next((party.id for party in known if country and country in party.countries), "")


def _country_name(record: Record, code: str) -> str:
    rows = record.locations
    named = rows["name"][(rows["country"] == code) & (rows["location_type"] == "country")]
    if len(named):
        return str(named.iloc[0])
    known = registries().places.values()
    return next((p.name for p in known if p.country == code and p.location_type == "country"), code)
