"""The places a name may mean, registered ones first, each with how much speaks for it before the text is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, log10, radians
from typing import Literal

from loaders.gazetteer import Entry, Gazetteer, folded, without_kind
from loaders.registry import Place
from loaders.vocabulary import toponyms

Level = Literal["country", "region", "district", "town", "site", "sea"]

_KM_PER_DEGREE = 111.2
_LEVELS: Mapping[str, Level] = {
    "country": "country", "former state": "country", "region": "region", "district": "district", "city": "town",
    "site": "site", "sea": "sea",
}  # fmt: skip
_PRIORS: Mapping[Level, float] = {
    "country": 10.0,
    "region": 8.5,
    "district": 7.5,
    "town": 5.0,
    "site": 8.0,
    "sea": 8.5,
}
"""Of a registered place; a town's counts for more where more people live in it."""
_REGISTERED = 1.5
_REGION, _DIVISION, _SHORTENED = 2.5, 5.0, -3.0
"""Of a region and a division of the gazetteer; and what a county loses whose name is printed without "County"."""
_UNCLAIMED = -1.3
"""What a registered region has less than the registered place that news mostly means by its name: "Georgia"."""
_TWIN_KM = 60.0
_REACH_KM = 60.0
"""How far from a town or county what is said to lie in it may be."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a name may mean; `prior` is a logarithm of inhabitants, or what stands for it."""

    place_id: str
    level: Level
    latitude: float
    longitude: float
    country: str
    region: int
    prior: float
    radius_km: float = 0
    entry: Entry | None = None

    @property
    def is_point(self) -> bool:
        """Whether it is small enough to be near to something."""
        return self.level in {"town", "site", "district"} and self.radius_km < 100


class PlaceBook:
    """The registered places and the gazetteer's, asked by name.

    Args:
        registered: The registered places, by id.
        gazetteer: All others.
    """

    def __init__(self, registered: Mapping[str, Place], gazetteer: Gazetteer) -> None:
        self.registered, self._gazetteer = registered, gazetteer
        self._ids = {
            folded(name): place.id for place in registered.values() for name in (place.name, *place.aliases)
        }
        self._region_of = dict(self._registered_regions())
        self._place_of = {region: place_id for place_id, region in reversed(self._region_of.items())}

    def candidates(self, key: str, entity_id: str = "") -> tuple[Candidate, ...]:
        """The places that a name may mean, a registered one first.

        Args:
            key: The name, as `folded` gives it.
            entity_id: The id of the registered place that has the name, "" where that is not known.
        """
        return tuple(self._candidates(key, entity_id))

    def _candidates(self, key: str, entity_id: str) -> Iterator[Candidate]:
        entries = self._gazetteer.find(key)
        for other in (without_kind(key), f"{key} city"):
            entries = entries or self._gazetteer.find(other)
        if not entries and key not in self._ids and key.partition(" ")[0] in toponyms().directions:
            key = key.partition(" ")[2]
            entries = self._gazetteer.find(key)
        place = self.registered.get(entity_id) or self.registered.get(self._ids.get(key, ""))
        claim = None
        if place is not None:
            twins = [entry for entry in entries if _is_twin(place, entry)] or self._twins(place)
            claim = _registered(place, twins, self._region_of.get(place.id, -1))
            yield claim
            entries = tuple(entry for entry in entries if entry not in twins)
        for entry in entries:
            known = self._place_of.get(entry.region) if entry.kind == "region" else None
            if known is None:
                yield _listed(entry, key)
            elif claim is None:
                yield _registered(self.registered[known], (), entry.region)
            elif known != claim.place_id:
                region = _registered(self.registered[known], (), entry.region)
                yield replace(region, prior=min(region.prior, claim.prior + _UNCLAIMED))

    def _twins(self, place: Place) -> list[Entry]:
        """The gazetteer's entries for a registered place under its other names: "Newcastle upon Tyne"."""
        found = (entry for name in place.aliases for entry in self._gazetteer.find(folded(name)))
        return [entry for entry in found if _is_twin(place, entry)]

    def _registered_regions(self) -> Iterator[tuple[str, int]]:
        """Which region of the gazetteer a registered region is."""
        for place in self.registered.values():
            if place.location_type == "region" and place.country:
                keys = [folded(name) for name in (place.name, *place.aliases)]
                found = (e for key in keys for k in (key, without_kind(key)) for e in self._gazetteer.find(k))
                match = next((e for e in found if e.kind == "region" and e.country == place.country), None)
                if match is not None:
                    yield place.id, match.region


def lies_in(one: Candidate, whole: Candidate) -> bool:
    """Whether one place lies in another."""
    if one.place_id == whole.place_id or one.level == "country":
        return False
    if whole.level == "country":
        return one.country == whole.country
    if whole.level == "region" and whole.region >= 0 and one.region >= 0:
        return one.region == whole.region and one.level != "region"
    reach = max(1.3 * whole.radius_km, _REACH_KM)
    return one.country == whole.country and distance_km(one, whole) <= reach


def distance_km(one: Candidate | Entry, other: Candidate | Entry) -> float:
    """Kilometres between two places not far from each other."""
    across = (other.longitude - one.longitude + 180) % 360 - 180
    middle = radians((one.latitude + other.latitude) / 2)
    return hypot(one.latitude - other.latitude, across * cos(middle)) * _KM_PER_DEGREE


def _is_twin(place: Place, entry: Entry) -> bool:
    if place.latitude is None or place.longitude is None or entry.country != place.country:
        return False
    across = (entry.longitude - place.longitude) * cos(radians(place.latitude))
    return hypot(entry.latitude - place.latitude, across) * _KM_PER_DEGREE < _TWIN_KM + place.radius_km


def _registered(place: Place, twins: Sequence[Entry], region: int) -> Candidate:
    level = _LEVELS[place.location_type]
    towns = [entry for entry in twins if entry.kind == "town"]
    people = max((entry.population for entry in towns), default=0)
    prior = max(_PRIORS[level], log10(people + 10) + _REGISTERED)
    if level in {"town", "site", "district"} and towns:
        region = max(towns, key=lambda entry: entry.population).region
    return Candidate(
        place.id,
        level,
        place.latitude or 0,
        place.longitude or 0,
        place.country,
        region,
        prior,
        place.radius_km,
    )


def _listed(entry: Entry, key: str) -> Candidate:
    levels: Mapping[str, Level] = {"town": "town", "division": "district", "region": "region"}
    prior = {"town": log10(entry.population + 10), "division": _DIVISION, "region": _REGION}[entry.kind]
    if entry.kind == "division" and entry.country == "USA" and folded(entry.name) != key:
        prior += _SHORTENED
    where = entry.latitude, entry.longitude
    return Candidate(
        entry.place_id, levels[entry.kind], *where, entry.country, entry.region, prior, entry.radius_km, entry
    )
