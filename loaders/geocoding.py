"""Chooses among the namesakes of a place's name by the company it keeps.

What is weighed: the container printed beside the name ("Paris, Texas"), the states, regions and countries the text
names anywhere, how near the candidates lie to those of the text's other names, and how many people live there. One
name means one place all through a text, unless a container says otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from loaders.candidates import Candidate, PlaceBook, distance_km, lies_in
from loaders.clauses import GENITIVE
from loaders.gazetteer import folded
from loaders.names import Name
from loaders.registry import Place
from loaders.segmentation import Sentence

_COMPANY = 400
"""The names of a text that are looked at as company, the most frequent first."""
_NEAR_KM = 45.0
"""How far apart two places are whose company says a good part of what it can say."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of company counts against ten times the inhabitants, which count 1."""

    contained: float = 6.0
    container: float = 8.0
    region_named: float = 1.5
    country_named: float = 1.2
    in_region: float = 2.5
    in_country: float = 1.5
    nearby: float = 3.0
    region_holds: float = 10.0
    country_holds: float = 4.0
    peers: float = 4.0
    repeated: float = 4.0


WEIGHTS = Weights()
Key = tuple[str, str, str]
"""A name as it is looked up, the id of the registered place that has it, and the key of its container."""


@dataclass(frozen=True, slots=True)
class _Group:
    """All mentions of a name with the same container, what it may mean, and what it is listed with."""

    key: Key
    count: int
    candidates: tuple[Candidate, ...]
    container: tuple[Candidate, ...]
    peers: str


@dataclass(frozen=True, slots=True)
class Geocoded:
    """The names of each sentence with the places they mean, and every place there is to mean, by id."""

    names: Mapping[int, tuple[Name, ...]]
    places: Mapping[str, Place]


def geocode(
    sentences: Sequence[Sentence],
    names: Mapping[int, Sequence[Name]],
    book: PlaceBook,
) -> Geocoded:
    """Says which place each name of a place means, "" where no gazetteer has the name.

    Args:
        sentences: The sentences.
        names: The names in each, by the sentence's position.
        book: The places that may be meant.
    """
    keys = {
        (at, name.span): key
        for at, sentence in enumerate(sentences)
        for name, key in _keys(sentence, [n for n in names[at] if n.kind == "location" and not n.is_demonym])
    }
    demonyms = Counter(n.entity_id for listed in names.values() for n in listed if n.is_demonym)
    look_up = cache(book.candidates)
    groups = _groups(sentences, names, keys, look_up)
    meant = _choose(groups, _areas(groups, [(look_up("", i)[:1], n) for i, n in demonyms.items()]))
    places = dict(book.registered)
    for choice in meant.values():
        if choice.entry is not None:
            places.setdefault(choice.place_id, choice.entry.place())
    placed = {
        at: tuple(
            replace(n, entity_id=meant[key].place_id) if (key := keys.get((at, n.span))) in meant else n
            for n in listed
        )
        for at, listed in names.items()
    }
    return Geocoded(placed, places)


# --- names and their containers -------------------------------------------------------------------------------


def _keys(sentence: Sentence, places: Sequence[Name]) -> Iterable[tuple[Name, Key]]:
    """The places of a sentence, each with the key of what it means."""
    by_first: dict[int, Name] = {}
    for name in places:
        by_first.setdefault(name.first, name)
    for name in places:
        container = _container(sentence, name, by_first)
        whole = f"{_key(sentence, container)}|{container.entity_id}" if container else ""
        yield name, (_key(sentence, name), name.entity_id, whole)


def _key(sentence: Sentence, name: Name) -> str:
    tokens = sentence.tokens[name.first : name.last]
    if len(tokens) == 1 or tokens[0].start != name.span.start or tokens[-1].end != name.span.end:
        cut = max(name.span.start - tokens[0].start, 0)
        words = [tokens[0].text[cut:], *(t.text for t in tokens[1:])]
        words[-1] = words[-1][: len(words[-1]) - max(tokens[-1].end - name.span.end, 0)]
    else:
        words = [token.text for token in tokens]
    return folded("".join(word if word in GENITIVE else f" {word}" for word in words).strip())


def _container(sentence: Sentence, name: Name, by_first: Mapping[int, Name]) -> Name | None:
    """What a name is said to lie in: ", Texas", "(Texas)", "in Texas", "in northern Texas"."""
    tokens, at = sentence.tokens, name.last
    if at >= len(tokens) or tokens[at].lower not in {",", "(", "in"}:
        return None
    inner = by_first.get(at + 1)
    if inner is None and at + 1 < len(tokens) and tokens[at + 1].lower in {"in", "northern", "southern", "eastern", "western", "central"}:
        inner = by_first.get(at + 2)
    return inner if inner is not None and inner.first >= name.last else None


def _groups(
    sentences: Sequence[Sentence],
    names: Mapping[int, Sequence[Name]],
    keys: Mapping[tuple[int, object], Key],
    look_up: Callable[[str, str], tuple[Candidate, ...]],
) -> list[_Group]:
    counts: Counter[Key] = Counter()
    peers: dict[Key, Counter[str]] = {}
    for at, sentence in enumerate(sentences):
        placed = [(name, keys[at, name.span]) for name in names[at] if (at, name.span) in keys]
        for n, (name, key) in enumerate(placed):
            counts[key] += 1
            for other in (*placed[max(n - 1, 0) : n], *placed[n + 1 : n + 2]):
                if _is_listed(sentence, *sorted((name, other[0]), key=lambda o: o.first)):
                    levels = look_up(*other[1][:2])
                    if levels and len({c.level for c in levels[:2]}) == 1 or (levels and levels[0].entry is None):
                        peers.setdefault(key, Counter())[levels[0].level] += 1
    return [
        _Group(
            key,
            count,
            look_up(*key[:2]),
            _wholes(look_up, key),
            peers[key].most_common(1)[0][0] if key in peers else "",
        )
        for key, count in counts.items()
    ]


def _wholes(look_up: Callable[[str, str], tuple[Candidate, ...]], key: Key) -> tuple[Candidate, ...]:
    """What the container of a name may mean: a country, region or division, or a registered city."""
    if not key[2]:
        return ()
    own = {c.place_id for c in look_up(*key[:2]) if c.level == "country"}
    name, _, entity_id = key[2].rpartition("|")
    found = look_up(name, entity_id)
    return () if own else tuple(c for c in found if c.level != "town" or len(found) == 1)


def _is_listed(sentence: Sentence, left: Name, right: Name) -> bool:
    between = [token.lower for token in sentence.tokens[left.last : right.first]]
    return between in ([","], ["and"], ["or"], [",", "and"], [",", "or"], [";"])


# --- choice ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Areas:
    """How often the text names each region and country."""

    regions: Counter[int]
    countries: Counter[str]


def _areas(groups: Sequence[_Group], demonyms: Sequence[tuple[Sequence[Candidate], int]]) -> _Areas:
    regions, countries = Counter[int](), Counter[str]()
    named = [(group.candidates[:1], group.count) for group in groups]
    for candidates, count in [*named, *demonyms]:
        for one in candidates:
            if one.level == "country":
                countries[one.country] += count
            elif one.level == "region" and one.region >= 0:
                regions[one.region] += count
                countries[one.country] += count
    return _Areas(regions, countries)


def _choose(groups: Sequence[_Group], areas: _Areas) -> dict[Key, Candidate]:
    """What each name means, found in three rounds: by itself and all its possible company, then by the company chosen."""
    groups = [group for group in groups if group.candidates]
    company = sorted(groups, key=lambda g: -g.count)[:_COMPANY]
    base = {group.key: _base(group, areas, company) for group in groups}
    cells = _cells((g.key[0], c, len(g.candidates) ** -0.5) for g in company for c in g.candidates)
    chosen = {
        g.key: _best(g, [s + WEIGHTS.nearby * _nearby(c, cells, g.key[0]) for s, c in zip(base[g.key], g.candidates, strict=True)])
        for g in groups
    }
    for _ in range(2):
        chosen = _again(groups, company, base, chosen)
    return chosen


def _best(group: _Group, scores: Sequence[float]) -> Candidate:
    order = range(0, -len(scores), -1)
    return max(zip(scores, order, group.candidates, strict=True), key=lambda scored: scored[:2])[2]


def _base(group: _Group, areas: _Areas, company: Sequence[_Group]) -> list[float]:
    """What speaks for each candidate without knowing what the other names mean."""
    region_count, country_count = areas.regions.total() or 1, areas.countries.total() or 1
    inside = [g for g in company if any(c.place_id in {w.place_id for w in group.candidates} for c in g.container)]
    scores = []
    for one in group.candidates:
        score = one.prior
        if any(lies_in(one, whole) for whole in group.container):
            score += WEIGHTS.contained
        if inside and any(w.place_id == one.place_id for g in inside for w in g.container):
            held = [g for g in inside if any(lies_in(c, one) for c in g.candidates)]
            score += WEIGHTS.container * len(held) / len(inside)
        if one.level not in {"country", "region"}:
            score += WEIGHTS.region_named * (areas.regions[one.region] / region_count) ** 0.5
            score += WEIGHTS.country_named * (areas.countries[one.country] / country_count) ** 0.5
        if group.peers and group.peers == one.level:
            score += WEIGHTS.peers
        scores.append(score)
    return scores


def _again(
    groups: Sequence[_Group],
    company: Sequence[_Group],
    base: Mapping[Key, Sequence[float]],
    chosen: Mapping[Key, Candidate],
) -> dict[Key, Candidate]:
    """The choice once more, with what the others were taken to mean as company."""
    others = {(g.key[0], chosen[g.key].place_id): chosen[g.key] for g in company}
    cells = _cells((key, one, 1.0) for (key, _), one in others.items())
    regions = Counter(one.region for one in others.values() if one.region >= 0)
    countries = Counter(one.country for one in others.values() if one.country)
    contained = {g.key[0]: chosen[g.key].place_id for g in company if g.container and any(lies_in(chosen[g.key], w) for w in g.container)}
    found = {}
    for group in groups:
        mine = chosen[group.key]
        in_regions = max(regions.total() - (mine.region >= 0), 1)
        in_countries = max(countries.total() - bool(mine.country), 1)
        scores = []
        for score, one in zip(base[group.key], group.candidates, strict=True):
            region = max(regions[one.region] - (mine.region == one.region), 0) / in_regions if one.region >= 0 else 0
            country = max(countries[one.country] - (mine.country == one.country), 0) / in_countries
            if one.level == "region":
                score += WEIGHTS.region_holds * region**0.5
            elif one.level == "country":
                score += WEIGHTS.country_holds * country**0.5
            else:
                score += WEIGHTS.in_region * region**0.5 + WEIGHTS.nearby * _nearby(one, cells, group.key[0])
                score += WEIGHTS.in_country * country**0.5
            if not group.container and contained.get(group.key[0]) == one.place_id:
                score += WEIGHTS.repeated
            scores.append(score)
        found[group.key] = _best(group, scores)
    return found


# --- nearness -------------------------------------------------------------------------------------------------

_Cells = Mapping[tuple[int, int], list[tuple[str, Candidate, float]]]


def _cells(members: Iterable[tuple[str, Candidate, float]]) -> _Cells:
    """Company by the whole degrees it lies in."""
    cells: dict[tuple[int, int], list[tuple[str, Candidate, float]]] = {}
    for key, one, weight in members:
        if one.is_point:
            cells.setdefault((round(one.latitude), round(one.longitude)), []).append((key, one, weight))
    return cells


def _nearby(one: Candidate, cells: _Cells, key: str) -> float:
    """How much company of other names a candidate has."""
    if not one.is_point:
        return 0
    nearest: dict[str, float] = {}
    row, column = round(one.latitude), round(one.longitude)
    for cell in ((row + y, column + x) for y in (-1, 0, 1) for x in (-1, 0, 1)):
        for other, near, weight in cells.get(cell, ()):
            if other != key and near.place_id != one.place_id:
                closeness = weight / (1 + (distance_km(one, near) / _NEAR_KM) ** 2)
                nearest[other] = max(nearest.get(other, 0), closeness)
    return sum(nearest.values()) ** 0.5
