"""Where names go on a map, so that none touches another, a line or the edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.drawing.geometry import Box, Point


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be placed at a pixel, with its size; the important come first.

    Where there is no room for `height`, it may be drawn `least_height` high, with its first line alone; and
    where there is none beside the pixel, above or below the circle that reaches `reach` pixels around it.
    """

    key: str
    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0
    least_height: float = 0.0
    reach: float = 0.0


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a name goes: pixels from its place, which side of it is held there, whether its first line alone."""

    dx: float
    dy: float
    side: str
    is_short: bool = False


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


def _choices(name: Name) -> Iterator[tuple[Anchor, Box]]:
    for height in (name.height, name.least_height) if name.least_height else (name.height,):
        for side, dx, dy in (*_beside(name, height), *_around(name, height)):
            left = name.x + dx - {"start": 0.0, "end": name.width, "middle": name.width / 2}[side]
            top = name.y + dy - height / 2
            box = (left, top, left + name.width, top + height)
            yield Anchor(dx, dy, side, is_short=height < name.height), box


def _beside(name: Name, height: float) -> Iterator[tuple[str, float, float]]:
    gap, half = name.radius + 5, height / 2
    for dy in (0.0, -half, half):
        yield "start", gap, dy
        yield "end", -gap, dy
    for dy in (-height, height):
        yield "start", gap, dy
        yield "end", -gap, dy
    yield "middle", 0.0, -gap - half
    yield "middle", 0.0, gap + half


def _around(name: Name, height: float) -> Iterator[tuple[str, float, float]]:
    """Above and below a circle, in the middle or a little to a side."""
    if name.reach:
        away = name.reach + 3 + height / 2
        for dy in (-away, away):
            for share in (0.0, 0.15, -0.15, 0.3, -0.3):
                yield "middle", share * name.width, dy


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
