"""The route as a small map: outlines, movements and places as SVG, with names that do not touch."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from loaders.drawing.geometry import Frame, arrow_head, curve, framed, outlines
from loaders.drawing.markup import EMPTY, Html, tag
from loaders.drawing.name_places import Name, placed_names
from loaders.drawing.places import KM_A_DEGREE, Arc, Pin, arcs, holding, is_backdrop, pins
from pages.view.frame import View

WIDTH, HEIGHT = 420.0, 400.0
_LETTER = 6.9
_MOST_NAMED = 12
"""Places shown where nothing happens at any: the most mentioned ones."""


def route(view: View, events: pd.DataFrame) -> Html:
    """The places where something happens, or else those named most, and the movements; nothing without any."""
    current = events[~events["is_background"]]
    every = pins(view.record.locations, current, view.parties, all_senses=False)
    shown = [pin for pin in every if pin.events] or every[:_MOST_NAMED]
    moves = arcs(view.record, current, view.parties)
    points = holding(shown, moves)
    if not points:
        return EMPTY
    frame = framed(points, WIDTH, HEIGHT, padding=64, most=5.5)
    spots = [pin for pin in shown if not is_backdrop(pin, frame)]
    if not spots:
        return EMPTY
    return tag(
        "svg",
        tag("rect", x="0", y="0", width=f"{WIDTH:g}", height=f"{HEIGHT:g}", class_="sea"),
        _land(frame),
        *(_area(frame, pin) for pin in spots if pin.radius_km),
        *(_arc(frame, arc) for arc in moves),
        *(_dot(frame, pin) for pin in spots if not pin.radius_km),
        *_names(view, frame, spots, moves),
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        class_="route",
        role="group",
        aria_label=f"Map of {', '.join(pin.name for pin in spots[:5])}",
    )


def _land(frame: Frame) -> Html:
    rings = (_thinned(frame, ring) for outline in outlines(frame.box(0.05)) for ring in outline.rings)
    return tag("path", d="".join(_closed(ring) for ring in rings if len(ring) > 2), class_="land")


def _thinned(frame: Frame, ring: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """A ring in whole pixels, without points that fall on the one before or beside it."""
    kept: list[tuple[int, int]] = []
    for point in ring:
        x, y = (round(each) for each in frame.pixels(*point))
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) > 3:
            kept.append((x, y))
    return kept


def _closed(ring: Sequence[tuple[int, int]]) -> str:
    """A ring as an SVG path, each point told from the one before: half as long to send."""
    steps = (f"{x - x0} {y - y0}" for (x0, y0), (x, y) in pairwise(ring))
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z"


def _area(frame: Frame, pin: Pin) -> Html:
    x, y = frame.pixels(pin.longitude, pin.latitude)
    _, edge = frame.pixels(pin.longitude, pin.latitude + pin.radius_km / KM_A_DEGREE)
    return tag(
        "circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{max(y - edge, 5):.1f}", class_=f"area party {pin.party}"
    )


def _arc(frame: Frame, arc: Arc) -> Html:
    points = curve(arc.start, arc.end)
    whole = [frame.pixels(*point) for point in (*points, *arrow_head(frame, points, 8), points[-1])]
    planned = "" if arc.status in ("happened", "claimed") else " planned"
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in whole)
    return tag("path", tag("title", arc.title), d=path, class_=f"arc party {arc.party}{planned}")


def _dot(frame: Frame, pin: Pin) -> Html:
    x, y = frame.pixels(pin.longitude, pin.latitude)
    return tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="5", class_=f"dot party {pin.party}")


def _names(view: View, frame: Frame, spots: list[Pin], moves: list[Arc]) -> list[Html]:
    sizes = []
    for pin in spots:
        x, y = frame.pixels(pin.longitude, pin.latitude)
        sizes.append(Name(pin.location_id, x, y, len(pin.name) * _LETTER, 17, 6))
    lines = [frame.pixels(*point) for arc in moves for point in curve(arc.start, arc.end)]
    anchors = placed_names(sizes, WIDTH, HEIGHT, lines)
    found = []
    for pin in spots:
        if anchor := anchors.get(pin.location_id):
            x, y = frame.pixels(pin.longitude, pin.latitude)
            words = tag(
                "text",
                pin.name,
                x=f"{x + anchor.dx:.1f}",
                y=f"{y + anchor.dy + 4.5:.1f}",
                text_anchor=anchor.side,
            )
            found.append(tag("a", words, href=view.chosen("place", pin.location_id, "map"), data_go=True))
    return found
