"""The map of the offline page as SVG: outlines, areas, movements and places, with names that do not touch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from loaders.drawing.geometry import Frame, curve, framed
from loaders.drawing.markup import EMPTY, Html, joined, tag
from loaders.drawing.name_places import Anchor, Name, placed_names
from loaders.drawing.places import KM_A_DEGREE, Arc, Pin, arcs, holding, is_backdrop, pins
from loaders.drawing.svg_map import arc_path, land_path
from loaders.formats.page_view import Page, address

SIZES = {"narrow": (340.0, 420.0), "middle": (660.0, 520.0), "wide": (1080.0, 640.0)}
"""The class of each drawing, with its width and height in pixels."""

_LETTER, _WIDE_LETTER, _NATIVE_LETTER = 8.3, 9.4, 7.4
_MOST_SPOTS = 40
_NEAR = 36
"""Pixels from a spot within which the name of a country or region would look like that of the spot."""
_STEPS = 24
"""Pixels told of the edge of an area, for names to keep off."""


def story_map(page: Page) -> Html:
    """The drawings of the map, of which a window shows the one for its width; nothing where nothing is located."""
    current = page.record.events[~page.record.events["is_background"]]
    every = pins(page.record.locations, current, page.parties, all_senses=False)
    moves = arcs(page.record, current, page.parties)
    points = holding(every, moves)
    if not points or not every:
        return EMPTY
    return joined(
        _drawing(page, every, moves, framed(points, *size, padding=56 if name == "narrow" else 84), name)
        for name, size in SIZES.items()
    )


def _drawing(page: Page, every: list[Pin], moves: list[Arc], frame: Frame, name: str) -> Html:
    inside = [pin for pin in every if _is_inside(frame, pin)]
    backdrop = [pin for pin in inside if is_backdrop(pin, frame)]
    spots = [pin for pin in inside if pin not in backdrop][:_MOST_SPOTS]
    wide = [pin for pin in backdrop if all(_distance(frame, pin, spot) > _NEAR for spot in spots)]
    anchors = _anchors(frame, spots, wide, moves)
    width, height = f"{frame.width:g}", f"{frame.height:g}"
    svg = tag(
        "svg",
        tag("rect", width=width, height=height, class_="sea"),
        tag("path", d=land_path(frame, step=2), class_="land"),
        *(_backdrop(frame, pin, anchors[pin.location_id]) for pin in wide if pin.location_id in anchors),
        *(_move(page, frame, arc) for arc in moves),
        *(_spot(page, frame, pin, anchors.get(pin.location_id)) for pin in reversed(spots)),
        viewBox=f"0 0 {width} {height}",
        role="group",
        aria_label=_words(spots, moves),
    )
    return tag("div", svg, class_=f"map {name}")


def _words(spots: Sequence[Pin], moves: Sequence[Arc]) -> str:
    named = ", ".join(pin.name for pin in spots[:6]) or "no place"
    moved = "; ".join(arc.title for arc in moves[:4]) or "none"
    return f"Map: {named}. Movements: {moved}. The same places follow as a table."


def _is_inside(frame: Frame, pin: Pin) -> bool:
    x, y = frame.pixels(pin.longitude, pin.latitude)
    return 0 <= x <= frame.width and 0 <= y <= frame.height


def _distance(frame: Frame, one: Pin, other: Pin) -> float:
    return math.dist(frame.pixels(one.longitude, one.latitude), frame.pixels(other.longitude, other.latitude))


def _radius(frame: Frame, pin: Pin) -> float:
    """Pixels: an area's own radius, else larger the more often a place is named."""
    if not pin.radius_km:
        return 4.5 + 1.6 * math.sqrt(min(pin.mentions, 25))
    _, y = frame.pixels(pin.longitude, pin.latitude)
    _, edge = frame.pixels(pin.longitude, pin.latitude + pin.radius_km / KM_A_DEGREE)
    return max(y - edge, 6.0)


def _anchors(
    frame: Frame, spots: Sequence[Pin], wide: Sequence[Pin], moves: Sequence[Arc]
) -> dict[str, Anchor]:
    lines = [frame.pixels(*point) for arc in moves for point in curve(arc.start, arc.end)]
    lines += [point for pin in spots if pin.radius_km for point in _edge(frame, pin)]
    names = [*(_name(frame, pin) for pin in spots), *(_wide_name(frame, pin) for pin in wide)]
    return placed_names(names, frame.width, frame.height, lines)


def _edge(frame: Frame, pin: Pin) -> Iterator[tuple[float, float]]:
    """Pixels along the edge of an area."""
    x, y = frame.pixels(pin.longitude, pin.latitude)
    radius = _radius(frame, pin)
    for step in range(_STEPS):
        angle = step * math.tau / _STEPS
        yield x + radius * math.cos(angle), y + radius * math.sin(angle)


def _name(frame: Frame, pin: Pin) -> Name:
    x, y = frame.pixels(pin.longitude, pin.latitude)
    native = sum(13.0 if ord(letter) > 0x2E80 else _NATIVE_LETTER for letter in pin.native_name)
    width, radius = max(len(pin.name) * _LETTER, native), _radius(frame, pin)
    height = 36 if pin.native_name else 20
    if pin.radius_km:
        return Name(pin.location_id, x, y, width, height, 6, least_height=20, reach=radius)
    return Name(pin.location_id, x, y, width, height, radius, least_height=20)


def _wide_name(frame: Frame, pin: Pin) -> Name:
    x, y = frame.pixels(pin.longitude, pin.latitude)
    return Name(pin.location_id, x, y, len(pin.name) * _WIDE_LETTER, 14, -5)


def _backdrop(frame: Frame, pin: Pin, anchor: Anchor) -> Html:
    """The name of what is too wide for a circle, such as a country."""
    x, y = frame.pixels(pin.longitude, pin.latitude)
    return tag(
        "a",
        tag(
            "text",
            pin.name.upper(),
            x=f"{x + anchor.dx:.1f}",
            y=f"{y + anchor.dy + 4:.1f}",
            text_anchor=anchor.side,
            class_="country",
        ),
        href=address("place", pin.location_id),
    )


def _move(page: Page, frame: Frame, arc: Arc) -> Html:
    planned = "" if arc.status in ("happened", "claimed") else " planned"
    path = arc_path(frame, arc, head=9)
    return tag(
        "a",
        tag("title", arc.title),
        tag("path", d=path, class_="reach"),
        tag("path", d=path, class_=f"arc{planned}"),
        href=address("event", arc.event_id),
        aria_label=arc.title,
        class_=_class(page, arc.party),
    )


def _class(page: Page, party: str) -> str:
    listed = [each.id for each in page.parties.shown]
    return f"party p{listed.index(party)}" if party in listed else "party"


def _spot(page: Page, frame: Frame, pin: Pin, anchor: Anchor | None) -> Html:
    x, y = frame.pixels(pin.longitude, pin.latitude)
    shape = tag(
        "circle",
        cx=f"{x:.1f}",
        cy=f"{y:.1f}",
        r=f"{_radius(frame, pin):.1f}",
        class_="area" if pin.radius_km else "dot",
    )
    return tag(
        "a",
        tag("title", pin.name),
        shape,
        *(_said(pin, x, y, anchor) if anchor else ()),
        href=address("place", pin.location_id),
        aria_label=pin.name,
        class_=_class(page, pin.party),
    )


def _said(pin: Pin, x: float, y: float, anchor: Anchor) -> Iterator[Html]:
    """A place's name, and under it the one in its own language."""
    has_two = bool(pin.native_name) and not anchor.is_short
    lines = [(pin.name, "name", -4.0 if has_two else 5.0), (pin.native_name, "native", 13.0)]
    for words, class_, drop in lines if has_two else lines[:1]:
        yield tag(
            "text",
            words,
            x=f"{x + anchor.dx:.1f}",
            y=f"{y + anchor.dy + drop:.1f}",
            text_anchor=anchor.side,
            class_=class_,
        )
