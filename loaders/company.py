"""Which of its namesakes a name means, by the company it keeps in a text.

First each name is judged by itself, its container and all that the others may mean; then twice again by what the
others were taken to mean. The work grows with the names of the text, not with their square.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from loaders.candidates import Candidate, Level, distance_km, lies_in

Key = tuple[str, str, str]
"""A name as it is looked up, the id of the registered place that has it, and the container beside it."""

_ROUNDS = 2
_COMPANY = 400
"""The names of a text that are looked at as company, the most frequent first."""
_NEAR_KM = 45.0
"""How far apart two places are whose company says half of what it can say."""
_ENOUGH = 2.5
"""The places next to a candidate that say all company near by can say."""

_BEYOND = 0.3
"""What company beyond that still says: in a text of hundreds of places all may have enough."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of company is worth, where ten times the inhabitants are worth 1.

    Set by hand, then varied at random against the two sets that `geocoding` names and rounded. As
    first set they placed under 1 in 100 names fewer rightly, so their size matters less than their kinds.
    """

    contained: float = 6.0
    """The candidate lies in the container beside the name: "Paris, Texas"."""
    contains: float = 8.0
    """Names that have this one as their container may lie in the candidate: "Athens, Georgia"."""
    listed: float = 4.0
    """The names it is listed with are of its level: "Ohio, New York and Utah"."""
    repeated: float = 4.0
    """The name stands elsewhere with a container the candidate lies in."""
    region_named: float = 1.5
    country_named: float = 1.2
    """The text names the region, the country that the candidate lies in."""
    in_region: float = 2.5
    in_country: float = 1.5
    nearby: float = 3.0
    """Other names mean places of its region, of its country, near by."""
    region_holds: float = 10.0
    country_holds: float = 4.0
    """The candidate is a region or a country, and other names mean places in it."""


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Group:
    """All mentions of a name with the same container: what it and the container may mean, what it is listed with."""

    key: Key
    count: int
    candidates: tuple[Candidate, ...]
    container: tuple[Candidate, ...] = ()
    listed_with: Level | None = None
    is_said_in: bool = False
    """Its container stands behind "in" or in brackets, not behind a comma, which parts the names of a list too."""

    @property
    def name(self) -> str:
        """The name as it is looked up."""
        return self.key[0]

    def best(self, score: Callable[[int, Candidate], float]) -> Candidate:
        """The candidate that scores highest, of equals the first."""
        scored = [(score(n, one), -n) for n, one in enumerate(self.candidates)]
        return self.candidates[-max(scored)[1]]


def choose(groups: Sequence[Group], demonyms: Sequence[tuple[Candidate, int]]) -> dict[Key, Candidate]:
    """What each name means.

    Args:
        groups: The names that may mean something.
        demonyms: The places whose people or adjective the text prints, and how often.
    """
    company = sorted(groups, key=lambda group: -group.count)[:_COMPANY]
    areas = _named_areas(groups, demonyms)
    containing = _containing(company)
    alone = {g.key: [_alone(g, one, areas, containing) for one in g.candidates] for g in groups}
    possible = _cells((g.name, one, len(g.candidates) ** -0.5) for g in company for one in g.candidates)

    def first(group: Group) -> Candidate:
        scores = alone[group.key]
        return group.best(lambda n, one: scores[n] + WEIGHTS.nearby * _nearby(one, possible, group.name))

    chosen = {group.key: first(group) for group in groups}
    for _ in range(_ROUNDS):
        chosen = _again(groups, company, alone, chosen)
    return chosen


# --- a name by itself -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Areas:
    """How often each region and country is named, or how many places lie in it."""

    regions: Counter[int]
    countries: Counter[str]

    def share_of_region(self, one: Candidate, own: Candidate | None = None) -> float:
        """The share of all that is in the region of `one`, without `own`."""
        if one.region < 0:
            return 0
        mine = own is not None and own.region >= 0
        same = mine and own is not None and own.region == one.region
        return max(self.regions[one.region] - same, 0) / max(self.regions.total() - mine, 1)

    def share_of_country(self, one: Candidate, own: Candidate | None = None) -> float:
        """The share of all that is in the country of `one`, without `own`."""
        same = own is not None and own.country == one.country
        mine = own is not None and bool(own.country)
        return max(self.countries[one.country] - same, 0) / max(self.countries.total() - mine, 1)


def _named_areas(groups: Sequence[Group], demonyms: Sequence[tuple[Candidate, int]]) -> _Areas:
    regions, countries = Counter[int](), Counter[str]()
    for one, count in [*((group.candidates[0], group.count) for group in groups), *demonyms]:
        if one.level == "country" or (one.level == "region" and one.region >= 0):
            countries[one.country] += count
        if one.level == "region" and one.region >= 0:
            regions[one.region] += count
    return _Areas(regions, countries)


def _containing(company: Sequence[Group]) -> Mapping[str, list[Group]]:
    """The names that have a container, by the id of each place that the container may be."""
    containing: dict[str, list[Group]] = {}
    for group in company:
        for whole in group.container:
            containing.setdefault(whole.place_id, []).append(group)
    return containing


def _alone(group: Group, one: Candidate, areas: _Areas, containing: Mapping[str, list[Group]]) -> float:
    """What speaks for a candidate without knowing what the other names mean."""
    score = one.prior
    if any(lies_in(one, whole) for whole in group.container):
        score += WEIGHTS.contained
    inside = containing.get(one.place_id, ())[:_COMPANY]
    if inside:
        held = sum(any(lies_in(part, one) for part in other.candidates) for other in inside)
        score += WEIGHTS.contains * held / len(inside)
    if one.level not in {"country", "region"}:
        score += WEIGHTS.region_named * sqrt(areas.share_of_region(one))
    if one.level != "country":
        score += WEIGHTS.country_named * sqrt(areas.share_of_country(one))
    return score + (WEIGHTS.listed if group.listed_with == one.level else 0)


# --- a name among others --------------------------------------------------------------------------------------


def _again(
    groups: Sequence[Group],
    company: Sequence[Group],
    alone: Mapping[Key, Sequence[float]],
    chosen: Mapping[Key, Candidate],
) -> dict[Key, Candidate]:
    """The choice once more, by what the others were taken to mean."""
    meant = {(g.name, chosen[g.key].place_id): chosen[g.key] for g in company}
    cells = _cells((name, one, 1.0) for (name, _), one in meant.items())
    areas = _Areas(
        Counter(one.region for one in meant.values() if one.region >= 0),
        Counter(one.country for one in meant.values() if one.country),
    )
    placed = {
        (g.name, chosen[g.key].place_id)
        for g in company
        if any(lies_in(chosen[g.key], whole) for whole in g.container)
    }

    def score(group: Group, n: int, one: Candidate) -> float:
        own = chosen[group.key]
        region, country = sqrt(areas.share_of_region(one, own)), sqrt(areas.share_of_country(one, own))
        repeated = WEIGHTS.repeated if not group.container and (group.name, one.place_id) in placed else 0
        total = alone[group.key][n] + repeated
        if one.level == "region":
            return total + WEIGHTS.region_holds * region + WEIGHTS.in_country * country
        if one.level == "country":
            return total + WEIGHTS.country_holds * country
        nearby = WEIGHTS.nearby * _nearby(one, cells, group.name)
        return total + WEIGHTS.in_region * region + WEIGHTS.in_country * country + nearby

    return {g.key: g.best(lambda n, one, g=g: score(g, n, one)) for g in groups}  # type: ignore[misc]


_Cells = Mapping[tuple[int, int], list[tuple[str, Candidate, float]]]


def _cells(members: Iterable[tuple[str, Candidate, float]]) -> _Cells:
    """Company by the whole degrees it lies in: name, place, and how much it counts."""
    cells: dict[tuple[int, int], list[tuple[str, Candidate, float]]] = {}
    for name, one, weight in members:
        if one.is_point:
            cells.setdefault((round(one.latitude), round(one.longitude)), []).append((name, one, weight))
    return cells


def _nearby(one: Candidate, cells: _Cells, name: str) -> float:
    """How much company of other names a candidate has near by."""
    if not one.is_point:
        return 0
    nearest: dict[str, float] = {}
    row, column = round(one.latitude), round(one.longitude)
    for cell in ((row + y, column + x) for y in (-1, 0, 1) for x in (-1, 0, 1)):
        for other, near, weight in cells.get(cell, ()):
            if other != name and near.place_id != one.place_id:
                closeness = weight / (1 + (distance_km(one, near) / _NEAR_KM) ** 2)
                nearest[other] = max(nearest.get(other, 0), closeness)
    company = sum(nearest.values())
    return sqrt(min(company, _ENOUGH)) + _BEYOND * log(max(company, _ENOUGH) / _ENOUGH)
