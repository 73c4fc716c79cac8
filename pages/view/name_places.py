"""Where names go on a map, so that none touches another, a line or the edge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pages.view.geometry import Box, Point


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be placed at a pixel, with its size; the important come first."""

    key: str
    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a name goes: pixels from its place, and which side of the name is held there."""

    dx: float
    dy: float
    side: str


def placed_names(
    names: Iterable[Name], width: float, height: float, lines: Iterable[Point] = ()
) -> dict[str, Anchor]:
    """Where each name goes beside its place so that none touches another, a line, or the edge; the rest are left out.

    Args:
        names: The names, the most important first.
        width: Of the map in pixels.
        height: Of the map in pixels.
        lines: Pixels that lines run through, close enough together that no name fits between.
    """
    taken: list[Box] = [(x - 2, y - 2, x + 2, y + 2) for x, y in lines]
    listed = list(names)
    pins = [
        (each.x - each.radius, each.y - each.radius, each.x + each.radius, each.y + each.radius)
        for each in listed
    ]
    found: dict[str, Anchor] = {}
    for number, name in enumerate(listed):
        others = [*taken, *pins[:number], *pins[number + 1 :]]
        for anchor, box in _choices(name):
            inside = box[0] >= 2 and box[1] >= 2 and box[2] <= width - 2 and box[3] <= height - 2
            if inside and not any(_meet(box, other) for other in others):
                found[name.key] = anchor
                taken.append(box)
                break
    return found


def _choices(name: Name) -> Iterable[tuple[Anchor, Box]]:
    gap = name.radius + 5
    half = name.height / 2
    for side, dx, dy in (
        ("start", gap, 0.0),
        ("end", -gap, 0.0),
        ("start", gap, -half),
        ("end", -gap, -half),
        ("start", gap, half),
        ("end", -gap, half),
        ("middle", 0.0, -gap - half),
        ("middle", 0.0, gap + half),
    ):
        left = name.x + dx - {"start": 0.0, "end": name.width, "middle": name.width / 2}[side]
        top = name.y + dy - half
        yield Anchor(dx, dy, side), (left, top, left + name.width, top + name.height)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
