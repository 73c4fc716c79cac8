"""Draws lines with fewer points, and those that would then cross or collapse an area finer again.

A line that two areas share is one line here, so no gap opens between them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from shapely import LineString, Polygon, box
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union
from shapely.validation import explain_validity

Point = tuple[float, float]
Line = Sequence[Point]
Rings = Sequence[Sequence[int]]
"""An area: its outer ring and its holes, each the numbers of its arcs as TopoJSON writes them."""

ROUNDS = 8
"""How often a spoilt line is drawn twice as fine; what is still spoilt then is so in Natural Earth itself."""


def simplified(areas: Sequence[Rings], arcs: Sequence[Line], tolerance: float) -> list[Line]:
    """The arcs without the points within `tolerance` degrees of their lines, as far as the areas allow."""
    weights = [[1.0] * len(arc) for arc in arcs]
    used = {_number(reference) for rings in areas for ring in rings for reference in ring}
    lines = [_simplified(arc, weights[n], tolerance) if n in used else arc for n, arc in enumerate(arcs)]
    for _ in range(ROUNDS):
        for number, spot in [spoilt for rings in areas for spoilt in _spoilt(rings, lines, tolerance)]:
            weights[number] = [
                _doubled(weight, at, spot) for weight, at in zip(weights[number], arcs[number], strict=True)
            ]
            lines[number] = _simplified(arcs[number], weights[number], tolerance)
    return lines


def _number(reference: int) -> int:
    return reference if reference >= 0 else ~reference  # TopoJSON writes an arc walked backwards as ~number


def _doubled(weight: float, at: Point, spot: BaseGeometry | None) -> float:
    return weight * 2 if spot is None or spot.intersects(ShapelyPoint(at)) else weight


def _spoilt(rings: Rings, lines: Sequence[Line], reach: float) -> Iterator[tuple[int, BaseGeometry | None]]:
    """The arcs that make an area collapse (no spot: all of it) or cross itself, with the spot."""
    numbers = {_number(reference) for ring in rings for reference in ring}
    closed = [joined(ring, lines) for ring in rings]
    if any(len(set(ring)) < 3 for ring in closed):
        yield from ((number, None) for number in numbers)
        return
    area = Polygon(closed[0], closed[1:])
    if area.is_valid:
        return
    x, y = map(float, re.findall(r"-?[\d.]+(?:e-?\d+)?", explain_validity(area).split("[")[-1]))
    around = [box(x - reach + turn, y - reach, x + reach + turn, y + reach) for turn in (-360, 0, 360)]
    spot = unary_union(around)
    yield from ((number, spot) for number in numbers if LineString(lines[number]).intersects(spot))


def _simplified(line: Line, weights: Sequence[float], tolerance: float) -> Line:
    """The line without the points that lie within `tolerance` degrees of it (Douglas and Peucker)."""
    if line[0] != line[-1] or len(line) < 3:
        return _thinned(line, weights, tolerance)
    farthest = max(range(len(line)), key=lambda i: math.dist(line[0], line[i]))
    there = _thinned(line[: farthest + 1], weights[: farthest + 1], tolerance)
    return [*there[:-1], *_thinned(line[farthest:], weights[farthest:], tolerance)]


def _thinned(line: Line, weights: Sequence[float], tolerance: float) -> list[Point]:
    kept, stretches = {0, len(line) - 1}, [(0, len(line) - 1)]
    while stretches:
        start, end = stretches.pop()
        gaps = [_distance(line[i], line[start], line[end]) * weights[i] for i in range(start + 1, end)]
        if gaps and max(gaps) > tolerance:
            middle = start + 1 + gaps.index(max(gaps))
            kept.add(middle)
            stretches += [(start, middle), (middle, end)]
    return [line[i] for i in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """From the point to the stretch between start and end, in degrees of latitude."""
    shrink = math.cos(math.radians(point[1]))
    x, y = (point[0] - start[0]) * shrink, point[1] - start[1]
    along_x, along_y = (end[0] - start[0]) * shrink, end[1] - start[1]
    length = along_x**2 + along_y**2
    part = max(0.0, min(1.0, (x * along_x + y * along_y) / length)) if length else 0.0
    return math.hypot(x - part * along_x, y - part * along_y)


def joined(references: Iterable[int], lines: Sequence[Line]) -> list[Point]:
    """The arcs joined; one that runs round a pole is closed along it."""
    ring: list[Point] = []
    for reference in references:
        line = lines[reference] if reference >= 0 else lines[~reference][::-1]
        turn = 360 * round((ring[-1][0] - line[0][0]) / 360) if ring else 0
        ring += [(x + turn, y) for x, y in (line[1:] if ring else line)]
    if abs(ring[-1][0] - ring[0][0]) > 180:
        ring += [(ring[-1][0], -90.0), (ring[0][0], -90.0)]
    return ring
