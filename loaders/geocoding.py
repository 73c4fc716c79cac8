"""Chooses among the namesakes of a place's name by the company it keeps.

What is weighed: the container printed beside the name ("Paris, Texas"), the states, regions and countries the text
names anywhere, how near the candidates lie to those of the text's other names, and how many people live there. One
name means one place all through a text, unless a container says otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, exp, hypot, log10, radians

from loaders.clauses import GENITIVE
from loaders.gazetteer import Entry, Gazetteer, folded
from loaders.names import Name
from loaders.registry import Place
from loaders.segmentation import Sentence

_KM_PER_DEGREE = 111.2
_NEAR_KM = 45.0
"""How far apart two places are whose company says most of what it can say."""
_COMPANY = 400
"""The names of a text that are looked at as company, the most frequent first."""
_IN_CONTAINER, _REGION_NAMED, _COUNTRY_NAMED = 8.0, 2.2, 1.2
_SAME_REGION, _SAME_COUNTRY, _NEARBY = 2.0, 1.0, 2.2
_REGISTERED = 1.0
_PRIORS = {"country": 9.0, "former state": 9.0, "sea": 7.5, "site": 7.5, "region": 7.0, "district": 6.5, "city": 5.5}
_REGION_PRIOR, _DIVISION_PRIOR, _SHORTENED = 5.2, 3.0, 2.5


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One place that a name may mean."""

    place_id: str
    latitude: float
    longitude: float
    country: str
    region: int
    prior: float
    level: str
    radius_km: float = 0
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    """A name, its container where one stands beside it, and what it may mean."""

    key: str
    container: str
    count: int
    candidates: tuple[_Candidate, ...]


@dataclass(frozen=True, slots=True)
class Geocoded:
    """The names of each sentence with the places they mean, and every place there is to mean, by id."""

    names: Mapping[int, tuple[Name, ...]]
    places: Mapping[str, Place]


def geocode(
    sentences: Sequence[Sentence],
    names: Mapping[int, Sequence[Name]],
    registered: Mapping[str, Place],
    gazetteer: Gazetteer,
) -> Geocoded:
    """Says which place each name of a place means, "" where no gazetteer has the name.

    Args:
        sentences: The sentences.
        names: The names in each, by the sentence's position.
        registered: The places of the registries, by id.
        gazetteer: The towns, divisions and regions that may be meant.
    """
    chooser = _Chooser(sentences, names, registered, gazetteer)
    meant = chooser.meant()
    places: dict[str, Place] = dict(registered)
    placed: dict[int, tuple[Name, ...]] = {}
    for at in range(len(sentences)):
        listed = []
        for name in names[at]:
            choice = meant.get(chooser.keys.get((at, name.first, name.last), ("", "")))
            if name.kind == "location" and choice and not name.is_demonym:
                name = replace(name, entity_id=choice.place_id)
                if choice.entry and choice.place_id not in places:
                    places[choice.place_id] = choice.entry.place()
            listed.append(name)
        placed[at] = tuple(listed)
    return Geocoded(placed, places)


class _Chooser:
    def __init__(self, sentences, names, registered, gazetteer) -> None:
        self._registered, self._gazetteer = registered, gazetteer
        self._regions: dict[str, int] = {}
        self.keys: dict[tuple[int, int, int], tuple[str, str]] = {}
        counts: Counter[tuple[str, str]] = Counter()
        meanings: dict[tuple[str, str], tuple[str, str]] = {}
        self._named: Counter[str] = Counter()
        for at, sentence in enumerate(sentences):
            located = [n for n in names[at] if n.kind == "location"]
            by_first = {n.first: n for n in located}
            for name in located:
                if name.is_demonym:
                    self._named[name.entity_id] += 1
                    continue
                key = _key(sentence, name)
                container = _container(sentence, name, by_first)
                full = (f"{key}|{name.entity_id}", _key(sentence, container) if container else "")
                self.keys[at, name.first, name.last] = full
                counts[full] += 1
                meanings[full] = (key, name.entity_id)
        self._containers = {c for _, c in counts if c}
        cache: dict[tuple[str, str], tuple[_Candidate, ...]] = {}
        self._by_key: dict[str, tuple[_Candidate, ...]] = {}
        self.groups: dict[tuple[str, str], _Group] = {}
        for full, count in counts.items():
            key, entity_id = meanings[full]
            if (key, entity_id) not in cache:
                cache[key, entity_id] = tuple(self._candidates(key, entity_id))
            self._by_key[key] = cache[key, entity_id]
            self.groups[full] = _Group(full[0], full[1], count, cache[key, entity_id])

    # --- candidates ---------------------------------------------------------------------------------------

    def _candidates(self, key: str, entity_id: str) -> Iterator[_Candidate]:
        entries = list(self._gazetteer.find(key)) or list(self._gazetteer.find(_shorter(key)))
        place = self._registered.get(entity_id)
        if place is not None and place.latitude is not None:
            twins = [e for e in entries if _distance(e.latitude, e.longitude, place.latitude, place.longitude) < 60 + place.radius_km and e.country == place.country]
            people = max((e.population for e in twins), default=0)
            prior = _PRIORS[place.location_type] if place.location_type != "city" else max(log10(people + 10), 5.5)
            yield _Candidate(
                place.id, place.latitude, place.longitude, place.country, self._region_of(place, twins), prior + _REGISTERED,
                place.location_type, place.radius_km,
            )
            entries = [e for e in entries if e not in twins]
        elif place is not None:
            yield _Candidate(place.id, 0, 0, place.country, -1, 9, place.location_type)
        for entry in entries:
            yield _candidate(entry, key)

    def _region_of(self, place: Place, twins: Sequence[Entry]) -> int:
        if place.location_type in {"country", "sea", "former state"}:
            return -1
        found = [e for e in twins if e.kind == ("region" if place.location_type == "region" else "town")]
        if not found and place.location_type == "region":
            found = [e for e in self._gazetteer.find(folded(place.name)) if e.kind == "region" and e.country == place.country]
        return max(found, key=lambda e: e.population).region if found else -1

    # --- choice -------------------------------------------------------------------------------------------

    def meant(self) -> dict[tuple[str, str], _Candidate]:
        groups = self.groups
        base = {full: [self._base(group, c) for c in group.candidates] for full, group in groups.items()}
        named = self._named_areas()
        for full, group in groups.items():
            base[full] = [s + self._areas(c, named, group) for s, c in zip(base[full], group.candidates, strict=True)]
        company = sorted(groups.values(), key=lambda g: -g.count)[:_COMPANY]
        soft = _cells((g.key, c, 1 / len(g.candidates) ** 0.5) for g in company for c in g.candidates if _is_point(c))
        best = {
            full: _best(group, [s + _NEARBY * _support(c, soft, group.key) for s, c in zip(base[full], group.candidates, strict=True)])
            for full, group in groups.items()
            if group.candidates
        }
        for _ in range(2):
            best = self._round(base, best, company)
        return best

    def _round(self, base, best, company):
        chosen = [(g, best[g.key, g.container]) for g in company if g.candidates]
        cells = _cells((g.key, c, 1.0) for g, c in chosen if _is_point(c))
        regions = Counter(c.region for g, c in chosen if c.region >= 0)
        countries = Counter(c.country for g, c in chosen if c.country)
        contained = {g.key: c for g, c in chosen if g.container and self._is_inside(c, g.container)}
        found = {}
        for full, group in self.groups.items():
            if not group.candidates:
                continue
            mine = best[full]
            scores = []
            for s, c in zip(base[full], group.candidates, strict=True):
                others = regions[c.region] - (mine.region == c.region), sum(regions.values()) - (mine.region >= 0)
                states = countries[c.country] - (mine.country == c.country), sum(countries.values()) - bool(mine.country)
                s += _NEARBY * _support(c, cells, group.key)
                s += _SAME_REGION * others[0] / others[1] if others[1] and c.region >= 0 else 0
                s += _SAME_COUNTRY * states[0] / states[1] if states[1] else 0
                if not group.container and group.key in contained and contained[group.key].place_id == c.place_id:
                    s += _IN_CONTAINER / 2
                scores.append(s)
            found[full] = _best(group, scores)
        return found

    def _base(self, group: _Group, candidate: _Candidate) -> float:
        if not group.container:
            return candidate.prior
        return candidate.prior + (_IN_CONTAINER if self._is_inside(candidate, group.container) else 0)

    def _is_inside(self, candidate: _Candidate, container: str) -> bool:
        return any(_lies_in(candidate, whole) for whole in self._by_key.get(container, ()))

    def _named_areas(self):
        regions, countries = Counter(), Counter()
        for entity_id, count in self._named.items():
            place = self._registered.get(entity_id)
            if place is not None and place.location_type == "country":
                countries[place.country] += count
            elif place is not None and place.location_type == "region":
                region = self._region_of(place, ())
                regions[region] += count
                countries[place.country] += count
        for group in self.groups.values():
            for c in group.candidates[:1]:
                if c.level == "country":
                    countries[c.country] += group.count
                elif c.level == "region" and c.entry is None and c.region >= 0:
                    regions[c.region] += group.count
                    countries[c.country] += group.count
        return regions, countries

    def _areas(self, c: _Candidate, named, group: _Group) -> float:
        regions, countries = named
        score = 0.0
        if c.region >= 0 and c.level != "region":
            score += _REGION_NAMED * (regions[c.region] / max(sum(regions.values()), 1)) ** 0.5
        if c.level not in {"country", "region"}:
            score += _COUNTRY_NAMED * (countries[c.country] / max(sum(countries.values()), 1)) ** 0.5
        return score


def _best(group: _Group, scores: Sequence[float]) -> _Candidate:
    return max(zip(scores, range(0, -len(scores), -1), group.candidates, strict=True), key=lambda s: s[:2])[2]


def _key(sentence: Sentence, name: Name) -> str:
    tokens = sentence.tokens[name.first : name.last]
    return folded("".join(t.text if t.text in GENITIVE else f" {t.text}" for t in tokens).strip())


def _shorter(key: str) -> str:
    """A name without the word for its kind: "Nyanza Province"."""
    from loaders.gazetteer import _without_kind

    return _without_kind(key)


def _container(sentence: Sentence, name: Name, by_first: Mapping[int, Name]) -> Name | None:
    """What a name is said to lie in: ", Texas", "(Texas)", "in Texas"."""
    tokens = sentence.tokens
    at = name.last
    if at < len(tokens) and tokens[at].lower in {",", "(", "in"}:
        inner = by_first.get(at + 1) or (by_first.get(at + 2) if at + 1 < len(tokens) and tokens[at+1].lower in {"in", "northern", "southern", "eastern", "western", "central"} else None)
        return inner if inner is not None and not inner.is_demonym and inner.last > name.last else None
    return None


def _candidate(entry: Entry, key: str) -> _Candidate:
    if entry.kind == "region":
        prior = _REGION_PRIOR
    elif entry.kind == "division":
        is_short = folded(entry.name) != key and entry.country == "USA"
        prior = _DIVISION_PRIOR - (_SHORTENED if is_short else 0)
    else:
        prior = log10(entry.population + 10)
    return _Candidate(
        entry.place_id, entry.latitude, entry.longitude, entry.country, entry.region, prior, entry.kind,
        entry.radius_km, entry,
    )  # fmt: skip


def _lies_in(one: _Candidate, whole: _Candidate) -> bool:
    if one.place_id == whole.place_id:
        return False
    if whole.level == "country":
        return one.country == whole.country and one.level != "country"
    if whole.level == "region" and whole.region >= 0 and one.region >= 0:
        return one.region == whole.region and one.level not in {"region", "country"}
    reach = max(1.3 * whole.radius_km, 60.0) if whole.level in {"region", "site", "sea"} else 60.0
    return one.country == whole.country and _apart(one, whole) <= reach


def _is_point(candidate: _Candidate) -> bool:
    return candidate.level not in {"country", "region", "sea", "former state"} and candidate.radius_km < 100


def _apart(one: _Candidate, other: _Candidate) -> float:
    return _distance(one.latitude, one.longitude, other.latitude, other.longitude)


def _distance(a: float, b: float, c: float, d: float) -> float:
    """Kilometres between two points not far from each other."""
    across = (d - b + 180) % 360 - 180
    return hypot(a - c, across * cos(radians((a + c) / 2))) * _KM_PER_DEGREE


Cells = Mapping[tuple[int, int], list[tuple[str, _Candidate, float]]]


def _cells(members: Iterable[tuple[str, _Candidate, float]]) -> Cells:
    """Company by the whole degrees it lies in."""
    cells: dict[tuple[int, int], list[tuple[str, _Candidate, float]]] = {}
    for key, candidate, weight in members:
        cells.setdefault((round(candidate.latitude), round(candidate.longitude)), []).append(
            (key, candidate, weight)
        )
    return cells


def _support(candidate: _Candidate, cells: Cells, key: str) -> float:
    """How much company of other names a candidate has nearby."""
    if not _is_point(candidate):
        return 0
    nearest: dict[str, float] = {}
    row, column = round(candidate.latitude), round(candidate.longitude)
    for cell in ((row + y, column + x) for y in (-1, 0, 1) for x in (-1, 0, 1)):
        for other, one, weight in cells.get(cell, ()):
            if other != key and one.place_id != candidate.place_id:
                near = weight * exp(-_apart(candidate, one) / _NEAR_KM)
                nearest[other] = max(nearest.get(other, 0), near)
    return sum(nearest.values()) ** 0.5
