"""The geometry of the maps: which outlines, which part of the world, and how a movement bends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from loaders.settings import DATA, read_json

FOLDER = DATA / "basemap"
BORDERS = (
    "Outlines and borders as Natural Earth draws them (public domain): by who holds the ground, not by who claims it; "
    "Crimea, for one, is drawn with Russia."
)
"""What every page with a map has to say of it."""
TILE = 512
"""Pixels the whole world is wide at zoom 0, as deck.gl counts."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_MOST_NORTH = 85.05


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world a map shows: its middle (degrees), deck.gl zoom, and size in pixels."""

    longitude: float
    latitude: float
    zoom: float
    width: float
    height: float

    def pixels(self, longitude: float, latitude: float) -> Point:
        """Where a place is drawn: pixels from the left and the top."""
        x, y = _mercator(longitude, latitude, self.zoom)
        middle_x, middle_y = _mercator(self.longitude, self.latitude, self.zoom)
        return x - middle_x + self.width / 2, y - middle_y + self.height / 2

    def degrees(self, x: float, y: float) -> Point:
        """The place drawn at a pixel: longitude and latitude."""
        middle_x, middle_y = _mercator(self.longitude, self.latitude, self.zoom)
        return _degrees(x + middle_x - self.width / 2, y + middle_y - self.height / 2, self.zoom)

    def box(self, margin: float = 0.0) -> Box:
        """The whole degrees that hold what is shown, widened by `margin` times its size on every side."""
        middle_x, middle_y = _mercator(self.longitude, self.latitude, self.zoom)
        wide, high = self.width * (0.5 + margin), self.height * (0.5 + margin)
        west, north = _degrees(middle_x - wide, middle_y - high, self.zoom)
        east, south = _degrees(middle_x + wide, middle_y + high, self.zoom)
        return max(math.floor(west), -180), math.floor(south), min(math.ceil(east), 180), math.ceil(north)


def _mercator(longitude: float, latitude: float, zoom: float) -> Point:
    world = TILE * 2**zoom
    north = math.radians(max(-_MOST_NORTH, min(_MOST_NORTH, latitude)))
    return (longitude + 180) / 360 * world, (1 - math.asinh(math.tan(north)) / math.pi) / 2 * world


def _degrees(x: float, y: float, zoom: float) -> Point:
    world = TILE * 2**zoom
    return x / world * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / world))))


_NAMED = 64
"""Pixels above and below all points: room for a name there."""


def framed(
    points: Sequence[Point], width: float, height: float, padding: float = 60, most: float = 6.5
) -> Frame:
    """The frame that holds all points (longitude, latitude) with room around; the whole world for none."""
    if not points:
        return Frame(10.0, 25.0, math.log2(width / TILE), width, height)
    at = [_mercator(*point, 0.0) for point in points]
    xs, ys = [x for x, _ in at], [y for _, y in at]
    across = max(max(xs) - min(xs), 1e-6) / max(width - 2 * padding, 40)
    down = max(max(ys) - min(ys), 1e-6) / max(height - 2 * max(padding, _NAMED), 40)
    zoom = min(-math.log2(max(across, down)), most)
    longitude, latitude = _degrees((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2, 0.0)
    return Frame(longitude, latitude, zoom, width, height)


# --- outlines -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outline:
    """A country's outline: its code, its name and its rings, the first of each polygon the outer one."""

    iso3: str
    name: str
    rings: tuple[tuple[Point, ...], ...]


def region_of(box: Box) -> str:
    """The smallest file of outlines that holds a box of degrees; "world" where none does."""
    fitting = [
        ((east - west) * (north - south), name)
        for name, (west, south, east, north) in _regions().items()
        if name != "world" and west <= box[0] and south <= box[1] and east >= box[2] and north >= box[3]
    ]
    return min(fitting, default=(0, "world"))[1]


@cache
def _regions() -> dict[str, Box]:
    settings = read_json(FOLDER / "regions.json")
    return {name: tuple(each["bbox"]) for name, each in settings.items()}


@cache
def _outlines(region: str) -> tuple[Outline, ...]:
    collection = read_json(FOLDER / f"{region}.json")
    return tuple(
        Outline(
            str(feature["properties"]["iso3"]),
            str(feature["properties"]["name"]),
            tuple(
                tuple((x, y) for x, y, *_ in ring)
                for polygon in _polygons(feature["geometry"])
                for ring in polygon[:1]
            ),
        )
        for feature in collection["features"]
    )


def _polygons(geometry: dict[str, Any]) -> list[list[list[list[float]]]]:
    found = geometry["coordinates"]
    return list(found) if geometry["type"] == "MultiPolygon" else [found]


@lru_cache(maxsize=32)
def outlines(box: Box) -> tuple[Outline, ...]:
    """The outlines of the countries in a box of degrees, cut to it."""
    found = []
    for outline in _outlines(region_of(box)):
        rings = tuple(cut for ring in outline.rings if len(cut := _cut(ring, box)) > 2)
        if rings:
            found.append(Outline(outline.iso3, outline.name, rings))
    return tuple(found)


def _cut(ring: Sequence[Point], box: Box) -> tuple[Point, ...]:
    """A ring cut to a box, one side after the other (Sutherland and Hodgman, 1974)."""
    points = list(ring)
    for axis, limit, keeps_greater in (
        (0, box[0], True),
        (0, box[2], False),
        (1, box[1], True),
        (1, box[3], False),
    ):
        points = _cut_side(points, axis, limit, keeps_greater)
    return tuple((round(x, 2), round(y, 2)) for x, y in points)


def _cut_side(points: list[Point], axis: int, limit: float, keeps_greater: bool) -> list[Point]:
    kept: list[Point] = []
    for before, point in zip([*points[-1:], *points[:-1]], points, strict=True):
        inside, was_inside = (
            (each[axis] >= limit) == keeps_greater or each[axis] == limit for each in (point, before)
        )
        if inside != was_inside:
            part = (limit - before[axis]) / (point[axis] - before[axis])
            kept.append(
                (before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1]))
            )
        if inside:
            kept.append(point)
    return kept


# --- movements ----------------------------------------------------------------------------------------


def curve(start: Point, end: Point, bend: float = 0.2, count: int = 24) -> list[Point]:
    """Points (degrees) of a curve from one place to another, bent to the left of the way by `bend` of its length."""
    (x1, y1), (x2, y2) = _mercator(*start, 0.0), _mercator(*end, 0.0)
    x, y = (x1 + x2) / 2 + (y2 - y1) * bend, (y1 + y2) / 2 - (x2 - x1) * bend
    found = []
    for step in range(count + 1):
        t = step / count
        one, two, three = (1 - t) ** 2, 2 * t * (1 - t), t**2
        found.append(_degrees(one * x1 + two * x + three * x2, one * y1 + two * y + three * y2, 0.0))
    return found


def arrow_head(frame: Frame, points: Sequence[Point], size: float = 9.0) -> list[Point]:
    """Three points (degrees) that make an arrow's head at the end of a curve, `size` pixels long."""
    (x0, y0), (x1, y1) = frame.pixels(*points[-3]), frame.pixels(*points[-1])
    angle = math.atan2(y1 - y0, x1 - x0)
    wings = [
        (x1 - size * math.cos(angle + side), y1 - size * math.sin(angle + side)) for side in (0.45, -0.45)
    ]
    return [frame.degrees(*wings[0]), points[-1], frame.degrees(*wings[1])]
