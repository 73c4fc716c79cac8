"""Makes the outlines in this folder from Natural Earth, as the npm package world-atlas 2.0.2 ships it.

    npm install world-atlas@2.0.2
    pip install shapely pycountry
    python data/basemap/make.py node_modules/world-atlas

Lines that two countries share are simplified once, so that no gap opens between them; a country that would
lose its shape is given a finer line; what is too small to see is left out, never a country's largest part.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pycountry
import yaml
from shapely import LineString, Polygon, box, make_valid, set_precision
from shapely.affinity import translate
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.ops import polylabel, unary_union
from simplify import Line, Rings, joined, simplified

HERE = Path(__file__).resolve().parent
COUNTRIES = HERE.parent / "registry" / "countries.yaml"
SPELLED_OUT = {"N. Cyprus": "Northern Cyprus"}
"""Names that Natural Earth shortens, of areas that countries.yaml does not hold."""


@dataclass(frozen=True)
class Country:
    """A country: its code, empty where it has none, its name, and its areas."""

    iso3: str
    name: str
    areas: tuple[Rings, ...]


def main(world_atlas: Path) -> None:
    """Writes one GeoJSON file a region of regions.json, from the folder of the npm package."""
    for region, settings in json.loads((HERE / "regions.json").read_text(encoding="utf-8")).items():
        file = world_atlas / f"countries-{settings['scale']}.json"
        topology = json.loads(file.read_text(encoding="utf-8"))
        arcs = [_unwrapped(points) for points in _decoded(topology)]
        features = list(_features(_joined_by_code(_countries(topology)), arcs, settings))
        collection = {"type": "FeatureCollection", "bbox": settings["bbox"], "features": features}
        text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
        (HERE / f"{region}.json").write_text(text + "\n", encoding="utf-8")


def _decoded(topology: dict) -> Iterator[Line]:
    """Each arc in degrees: TopoJSON stores steps on a grid."""
    scale_x, scale_y = topology["transform"]["scale"]
    origin_x, origin_y = topology["transform"]["translate"]
    for steps in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + origin_x, y * scale_y + origin_y))
        yield points


def _unwrapped(points: Line) -> Line:
    """The line with no jump from 180 to -180: it may leave the range of longitudes instead."""
    out = [points[0]]
    for x, y in points[1:]:
        out.append((x + 360 * round((out[-1][0] - x) / 360), y))
    return out


def _countries(topology: dict) -> Iterator[Country]:
    registry = yaml.safe_load(COUNTRIES.read_text(encoding="utf-8"))
    names = {entry["country"]: entry["name"] for entry in registry if "country" in entry}
    for geometry in topology["objects"]["countries"]["geometries"]:
        drawn_as = geometry["properties"]["name"]
        known = pycountry.countries.get(numeric=geometry.get("id", ""))
        iso3 = known.alpha_3 if known else "XKX" if drawn_as == "Kosovo" else ""
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        yield Country(
            iso3,
            names.get(iso3) or SPELLED_OUT.get(drawn_as, drawn_as),
            tuple(tuple(map(tuple, rings)) for rings in polygons),
        )


def _joined_by_code(countries: Iterable[Country]) -> list[Country]:
    """One country a code: Natural Earth lists some far islands by themselves under their country's code."""
    by_code: dict[str, Country] = {}
    for country in countries:
        key = country.iso3 or country.name
        known = by_code.get(key, replace(country, areas=()))
        by_code[key] = replace(known, areas=known.areas + country.areas)
    return list(by_code.values())


def _features(countries: Iterable[Country], arcs: Sequence[Line], settings: dict) -> Iterator[dict]:
    frame = box(*settings["bbox"])
    within = [_within(country, arcs, frame) for country in countries]
    lines = simplified([rings for country in within for rings in country.areas], arcs, settings["tolerance"])
    for country in within:
        seen = _rounded(_whole(country, lines).intersection(frame), settings["grid"])
        if seen:
            largest = max(seen, key=_size)
            kept = [part for part in seen if part is largest or _size(part) >= settings["smallest"]]
            yield _feature(country, kept, largest)


def _rounded(shape: BaseGeometry, grid: float) -> list[Polygon]:
    """The shape's areas with their corners on the grid; a country that vanishes there gets a finer one."""
    finer = (_areas(set_precision(shape, grid / part)) for part in (1, 10, 100))
    return next((areas for areas in finer if areas), [])


def _within(country: Country, arcs: Sequence[Line], frame: BaseGeometry) -> Country:
    """The country without what lies outside the frame, nor rings that its own grid collapsed."""
    frames = unary_union([translate(frame, turn) for turn in (-360, 0, 360)])
    sound = (tuple(ring for ring in area if len(set(joined(ring, arcs))) >= 3) for area in country.areas)
    seen = (area for area in sound if area and LineString(joined(area[0], arcs)).envelope.intersects(frames))
    return replace(country, areas=tuple(seen))


def _feature(country: Country, parts: list[Polygon], largest: Polygon) -> dict:
    coordinates = [
        _numbers(mapping(orient(part))["coordinates"]) for part in sorted(parts, key=_size, reverse=True)
    ]
    label = polylabel(largest, 0.001)
    return {
        "type": "Feature",
        "properties": {
            "iso3": country.iso3,
            "name": country.name,
            "label": [_short(label.x), _short(label.y)],
            "size": round(sum(map(_size, parts)), 1),
        },
        "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
    }


def _numbers(rings: Iterable[Line]) -> list[list[list[float]]]:
    return [[[_short(x), _short(y)] for x, y in ring] for ring in rings]


def _short(degrees: float) -> float:
    rounded = round(degrees, 3) + 0.0
    return int(rounded) if rounded.is_integer() else rounded


def _size(area: BaseGeometry) -> float:
    """Square degrees as wide as at the equator, so that the Arctic does not count for more."""
    return area.area * math.cos(math.radians(area.representative_point().y))


def _whole(country: Country, lines: Sequence[Line]) -> BaseGeometry:
    rings = [[joined(ring, lines) for ring in area] for area in country.areas]
    return unary_union([piece for area in rings for piece in _cut(make_valid(Polygon(area[0], area[1:])))])


def _cut(area: BaseGeometry) -> Iterator[BaseGeometry]:
    """The area cut at the antimeridian, as GeoJSON wants it (RFC 7946, 3.1.9)."""
    for turn in (-1, 0, 1):
        piece = area.intersection(box(-180 + 360 * turn, -90, 180 + 360 * turn, 90))
        yield from _areas(translate(piece, xoff=-360 * turn))


def _areas(shape: BaseGeometry) -> list[Polygon]:
    if isinstance(shape, Polygon):
        return [] if shape.is_empty else [shape]
    return [area for part in getattr(shape, "geoms", ()) for area in _areas(part)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
