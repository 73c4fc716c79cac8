"""The route as a small map: outlines, movements and places as SVG, with names that do not touch."""

from __future__ import annotations

import pandas as pd

from loaders.drawing.geometry import Frame, curve, framed
from loaders.drawing.markup import EMPTY, Html, tag
from loaders.drawing.name_places import Name, placed_names
from loaders.drawing.places import KM_A_DEGREE, Arc, Pin, arcs, holding, is_backdrop, pins
from loaders.drawing.svg_map import arc_path, land_path
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
        tag("path", d=land_path(frame, step=4), class_="land"),
        *(_area(frame, pin) for pin in spots if pin.radius_km),
        *(_arc(frame, arc) for arc in moves),
        *(_dot(frame, pin) for pin in spots if not pin.radius_km),
        *_names(view, frame, spots, moves),
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        class_="route",
        role="group",
        aria_label=f"Map of {', '.join(pin.name for pin in spots[:5])}",
    )


def _area(frame: Frame, pin: Pin) -> Html:
    x, y = frame.pixels(pin.longitude, pin.latitude)
    _, edge = frame.pixels(pin.longitude, pin.latitude + pin.radius_km / KM_A_DEGREE)
    return tag(
        "circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{max(y - edge, 5):.1f}", class_=f"area party {pin.party}"
    )


def _arc(frame: Frame, arc: Arc) -> Html:
    planned = "" if arc.status in ("happened", "claimed") else " planned"
    return tag(
        "path",
        tag("title", arc.title),
        d=arc_path(frame, arc, head=8),
        class_=f"arc party {arc.party}{planned}",
    )


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
