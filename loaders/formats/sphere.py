"""Circles and ways on the globe as GeoJSON wants them: cut where the 180th meridian is, rings counter-clockwise."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
Ring = list[Point]
Box = tuple[float, float, float, float]
"""West, south, east, north; west is greater than east where the 180th meridian lies inside."""

EARTH_KM = 6371.0088
"""Mean radius (IUGG)."""
_CORNERS = 72
_STEP = math.radians(1.5)
"""A way has a point at least every so often, so that it follows the globe on a flat map too."""
_NEAR_POLE = 89.999999
"""At a pole itself every bearing is the same."""
_DIGITS = 6
"""About ten centimetres; RFC 7946 advises no more than seven."""


def circle(centre: Point, radius_km: float) -> list[Ring]:
    """The rings of all points at a distance from a place: one, or two where the 180th meridian cuts it."""
    longitude = math.radians(centre[0])
    latitude = math.radians(max(-_NEAR_POLE, min(_NEAR_POLE, centre[1])))
    distance = min(radius_km / EARTH_KM, math.pi / 2)
    corners = []
    for step in range(_CORNERS):
        # Against the clock, as the right-hand rule wants outer rings.
        bearing = -2 * math.pi * step / _CORNERS
        y = math.asin(
            math.sin(latitude) * math.cos(distance)
            + math.cos(latitude) * math.sin(distance) * math.cos(bearing)
        )
        x = longitude + math.atan2(
            math.sin(bearing) * math.sin(distance) * math.cos(latitude),
            math.cos(distance) - math.sin(latitude) * math.sin(y),
        )
        corners.append((math.degrees(x), math.degrees(y)))
    if abs(latitude) + distance >= math.pi / 2:
        return [_cap(corners, math.copysign(90.0, latitude))]
    line = _unwrapped(corners)
    rings = [_closed(_between(line, low)) for low in (-540.0, -180.0, 180.0)]
    return [_counter_clockwise(_shifted(ring)) for ring in rings if len(ring) > 3]


def _cap(line: Sequence[Point], pole: float) -> Ring:
    """The ring of an area around a pole: along its edge from one side of the map to the other, and back at the pole."""
    edge = sorted(((x + 180) % 360 - 180, y) for x, y in line)
    (x1, y1), (x2, y2) = edge[-1], edge[0]
    side = y1 + (y2 - y1) * (180 - x1) / (x2 + 360 - x1)
    ring = [(-180.0, side), *edge, (180.0, side), (180.0, pole), (-180.0, pole)]
    return _counter_clockwise(_closed([rounded(point) for point in ring]))


def way(start: Point, end: Point) -> list[Ring]:
    """The shortest way from one place to another: one line, or two where the 180th meridian cuts it."""
    a, b = _vector(start), _vector(end)
    angle = math.acos(max(-1.0, min(1.0, sum(p * q for p, q in zip(a, b, strict=True)))))
    count = max(1, math.ceil(angle / _STEP))
    line = [start]
    for step in range(1, count):
        part = step / count
        one, two = (math.sin((1 - part) * angle), math.sin(part * angle))
        x, y, z = (p * one + q * two for p, q in zip(a, b, strict=True))
        if math.hypot(x, y, z) > 1e-9:
            line.append((math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))))
    return _lines(_unwrapped([*line, end]))


def _lines(line: Sequence[Point]) -> list[Ring]:
    """A line whose longitudes run on, cut wherever it goes over the 180th meridian."""
    found: list[Ring] = [[line[0]]]
    for (x1, y1), (x2, y2) in pairwise(line):
        edge = _edge_between(x1, x2)
        if edge is not None:
            crossing = (edge, y1 + (y2 - y1) * (edge - x1) / (x2 - x1))
            found[-1].append(crossing)
            found.append([crossing])
        found[-1].append((x2, y2))
    return [_shifted(part) for part in found if len(dict.fromkeys(part)) > 1]


def _edge_between(x1: float, x2: float) -> float | None:
    low, high = min(x1, x2), max(x1, x2)
    return next((edge for edge in (-540.0, -180.0, 180.0, 540.0) if low < edge < high), None)


def box_of(parts: Iterable[Sequence[Point]]) -> Box | None:
    """The smallest box around lines and rings, over the 180th meridian where that is smaller; None for none."""
    listed = [part for part in parts if part]
    if not listed:
        return None
    ys = [y for part in listed for _, y in part]
    spans = sorted((min(x for x, _ in part), max(x for x, _ in part)) for part in listed)
    gaps, reach = [], spans[0][1]
    for west, east in spans[1:]:
        gaps.append((west - reach, reach, west))
        reach = max(reach, east)
    widest, east, west = max(gaps, default=(0.0, reach, spans[0][0]))
    if widest <= spans[0][0] + 360 - reach:
        west, east = spans[0][0], reach
    return west, min(ys), east, max(ys)


def _vector(point: Point) -> tuple[float, float, float]:
    x, y = map(math.radians, point)
    return math.cos(y) * math.cos(x), math.cos(y) * math.sin(x), math.sin(y)


def _unwrapped(line: Sequence[Point]) -> list[Point]:
    """The same points with longitudes that run on over the 180th meridian instead of jumping."""
    found = [line[0]]
    for x, y in line[1:]:
        before = found[-1][0]
        found.append((x - 360 * round((x - before) / 360), y))
    return found


def _between(ring: Sequence[Point], low: float) -> list[Point]:
    """A ring cut to the 360 degrees from `low` on (Sutherland and Hodgman, 1974)."""
    return _beyond(_beyond(list(ring), low, 1), low + 360, -1)


def _beyond(ring: list[Point], edge: float, sign: int) -> list[Point]:
    kept: list[Point] = []
    for (x1, y1), (x2, y2) in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        was_inside, is_inside = sign * (x1 - edge) >= 0, sign * (x2 - edge) >= 0
        if was_inside != is_inside:
            kept.append((edge, y1 + (y2 - y1) * (edge - x1) / (x2 - x1)))
        if is_inside:
            kept.append((x2, y2))
    return kept


def _shifted(line: Sequence[Point]) -> Ring:
    """A line that lies within one turn of the globe, with longitudes from -180 to 180."""
    middle = (min(x for x, _ in line) + max(x for x, _ in line)) / 2
    turns = 360 * math.floor((middle + 180) / 360)
    return [rounded((x - turns, y)) for x, y in line]


def _closed(ring: list[Point]) -> Ring:
    return [*ring, ring[0]] if ring and ring[0] != ring[-1] else ring


def _counter_clockwise(ring: Ring) -> Ring:
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    return ring if area >= 0 else ring[::-1]


def rounded(point: Point) -> Point:
    """A point with as many digits as mean something, and never a negative zero."""
    return round(point[0], _DIGITS) + 0.0, round(point[1], _DIGITS) + 0.0
