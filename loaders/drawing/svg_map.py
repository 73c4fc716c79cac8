"""Land and movements as SVG paths, for every map that is drawn without a library."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from loaders.drawing.geometry import Frame, Point, arrow_head, curve, outlines
from loaders.drawing.places import Arc


def land_path(frame: Frame, step: int) -> str:
    """The outlines of the countries in a frame, as the `d` of a path.

    Args:
        frame: The part of the world shown.
        step: Pixels by which a point has to differ from the one before to be kept.
    """
    rings = (_thinned(frame, ring, step) for outline in outlines(frame.box(0.05)) for ring in outline.rings)
    return "".join(_closed(ring) for ring in rings if len(ring) > 2)


def _thinned(frame: Frame, ring: Sequence[Point], step: int) -> list[tuple[int, int]]:
    """A ring in whole pixels, without points that fall on the one before or beside it."""
    kept: list[tuple[int, int]] = []
    for point in ring:
        x, y = (round(each) for each in frame.pixels(*point))
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= step:
            kept.append((x, y))
    return kept


def _closed(ring: Sequence[tuple[int, int]]) -> str:
    """A ring as a path, each point told from the one before: half as long to send."""
    steps = (f"{x - x0} {y - y0}" for (x0, y0), (x, y) in pairwise(ring))
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z"


def arc_path(frame: Frame, arc: Arc, head: float) -> str:
    """A movement as a curve with an arrow’s head `head` pixels long, as the `d` of a path."""
    points = curve(arc.start, arc.end)
    whole = [frame.pixels(*point) for point in (*points, *arrow_head(frame, points, head), points[-1])]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in whole)
