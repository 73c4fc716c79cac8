"""The map as a pydeck Deck: a pure function of places and movements, drawn over outlines that stand in the repo."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, pairwise

import pydeck as pdk  # type: ignore[import-untyped]

from loaders.drawing.geometry import Box, Frame, Point, arrow_head, curve, outlines
from loaders.drawing.name_places import Name, placed_names
from loaders.drawing.parties import Parties
from loaders.drawing.places import KM_A_DEGREE, Arc, Pin
from loaders.drawing.theme import Theme, rgba

_LETTER = 7.4
_WIDE_LETTER = 8.5
_MOST_SIZED = 25


class CompactDeck(pdk.Deck):  # type: ignore[misc]
    """A Deck that is sent without the spaces pydeck writes between its numbers, half as much; data stays data.

    The reader of a deck takes any text that begins with "@@" for code or for the name of a constant.
    """

    def to_json(self) -> str:
        """The deck as JSON."""
        written = json.loads(super().to_json())
        for layer in written["layers"]:
            layer["data"] = [
                {key: _no_code(value) for key, value in row.items()} for row in layer.get("data") or ()
            ]
        return json.dumps(written, separators=(",", ":"), ensure_ascii=False)


_JOINER = "\u2060"
"""A word joiner: it shows nothing, and breaks no line."""


def _no_code(value: object) -> object:
    return f"{_JOINER}{value}" if isinstance(value, str) and value.startswith("@@") else value


def story_deck(
    pins: Sequence[Pin], arcs: Sequence[Arc], frame: Frame, parties: Parties, look: Theme, chosen: str = ""
) -> pdk.Deck:
    """The map: outlines, areas as circles, movements as arcs, pins sized by mentions, names that do not touch.

    Args:
        pins: The places, the most important first.
        arcs: The movements.
        frame: The part of the world shown, for the size it is shown at.
        parties: Colours.
        look: Light or dark.
        chosen: The id of the place or event to set off.
    """
    spots = [pin for pin in pins if not pin.is_wide]
    layers = [
        *_land(frame.box(0.15), look),
        _areas([pin for pin in pins if pin.radius_km and not pin.is_wide], parties, look, chosen),
        *(_movement(arc, frame, parties, look, chosen) for arc in arcs),
        _pins(spots, parties, look, chosen),
        _names(pins, arcs, frame, look),
    ]
    return CompactDeck(
        layers=layers,
        initial_view_state=pdk.ViewState(
            longitude=round(frame.longitude, 4),
            latitude=round(frame.latitude, 4),
            zoom=round(frame.zoom, 3),
            pitch=0,
        ),
        views=[
            pdk.View(
                type="MapView", controller={"scrollZoom": False, "dragRotate": False, "touchRotate": False}
            )
        ],
        map_provider=None,
        tooltip={
            "text": "{words}",
            "style": {"backgroundColor": look.ink, "color": look.paper, "fontSize": "13px"},
        },
        parameters={"clearColor": [c / 255 for c in rgba(look.sea)]},
    )


def _land(box: Box, look: Theme) -> list[pdk.Layer]:
    """Countries as areas without an edge, and the borders between them as lines.

    A path around each country looks the same, and costs a browser without a graphics card half as much again.
    """
    rings = land(box)
    return [
        pdk.Layer(
            "SolidPolygonLayer",
            id="land",
            data=[{"ring": list(chain.from_iterable(ring))} for ring in rings],
            get_polygon="ring",
            position_format=pdk.types.String("XY"),
            get_fill_color=rgba(look.land),
            pickable=False,
        ),
        pdk.Layer(
            "LineLayer",
            id="borders",
            data=[{"a": start, "b": end} for start, end in borders(rings)],
            get_source_position="a",
            get_target_position="b",
            get_color=rgba(look.border),
            get_width=1.2,
            pickable=False,
        ),
    ]


def land(box: Box) -> list[list[Point]]:
    """The outlines of a box of degrees as rings at a tenth of a degree, what the eye can tell apart."""
    return [_thinned(ring) for outline in outlines(box) for ring in outline.rings]


def _thinned(ring: Sequence[Point]) -> list[Point]:
    rounded = ((round(x, 1), round(y, 1)) for x, y in ring)
    kept = [point for point, _ in groupby(rounded)]
    return kept if len(kept) > 3 else list(ring)


def borders(rings: Iterable[Sequence[Point]]) -> list[tuple[Point, Point]]:
    """The stretches that two rings share, once each: neighbours run along them in opposite directions."""
    edges = [edge for ring in rings for edge in pairwise(ring)]
    every = set(edges)
    return [(start, end) for start, end in edges if start < end and (end, start) in every]


def _areas(pins: Sequence[Pin], parties: Parties, look: Theme, chosen: str) -> pdk.Layer:
    data = [
        {
            "kind": "place",
            "key": pin.location_id,
            "at": [pin.longitude, pin.latitude],
            "radius": pin.radius_km * 1000,
            "fill": rgba(parties.colour(pin.party, look), 0.10),
            "line": rgba(look.ink if pin.location_id == chosen else parties.colour(pin.party, look), 0.8),
            "words": _words(pin),
        }
        for pin in pins
    ]
    return pdk.Layer(
        "ScatterplotLayer",
        id="areas",
        data=data,
        get_position="at",
        get_radius="radius",
        get_fill_color="fill",
        get_line_color="line",
        stroked=True,
        line_width_min_pixels=1,
        radius_min_pixels=6,
        pickable=True,
    )


def _words(pin: Pin) -> str:
    parts = [
        f"named {pin.mentions}×" if pin.mentions else "",
        f"{pin.events} events" if pin.events > 1 else "1 event" if pin.events else "",
    ]
    return f"{pin.name}: {', '.join(part for part in parts if part)}"


def _movement(arc: Arc, frame: Frame, parties: Parties, look: Theme, chosen: str) -> pdk.Layer:
    """A movement as a curve with an arrow’s head; its layer, not each of its pieces, says which event it is."""
    points = curve(arc.start, arc.end, count=10)
    wings = arrow_head(frame, points)
    whole = [(round(x, 3), round(y, 3)) for x, y in (*points, wings[0], points[-1], wings[2])]
    return pdk.Layer(
        "LineLayer",
        id=f"event {arc.event_id}",
        data=[{"at": start, "to": end, "words": arc.title} for start, end in pairwise(whole)],
        get_source_position="at",
        get_target_position="to",
        get_color=rgba(parties.colour(arc.party, look)),
        get_width=5 if arc.event_id == chosen else 3,
        pickable=True,
    )


def _radius(pin: Pin) -> float:
    """Pixels: as the root of the mentions, and hardly more beyond the most that leaves a map readable."""
    return (
        4.5 + 2.2 * math.sqrt(min(pin.mentions, _MOST_SIZED)) + math.log1p(max(pin.mentions - _MOST_SIZED, 0))
    )


def _pins(pins: Sequence[Pin], parties: Parties, look: Theme, chosen: str) -> pdk.Layer:
    data = [
        {
            "kind": "place",
            "key": pin.location_id,
            "at": [pin.longitude, pin.latitude],
            "size": round(_radius(pin), 1),
            "fill": rgba(parties.colour(pin.party, look), 0.9),
            "line": rgba(look.ink if pin.location_id == chosen else look.paper),
            "words": _words(pin),
        }
        for pin in pins
        if not pin.radius_km
    ]
    return pdk.Layer(
        "ScatterplotLayer",
        id="pins",
        data=data,
        get_position="at",
        get_radius="size",
        radius_units=pdk.types.String("pixels"),
        get_fill_color="fill",
        get_line_color="line",
        stroked=True,
        line_width_min_pixels=1.5,
        pickable=True,
    )


def _names(pins: Sequence[Pin], arcs: Sequence[Arc], frame: Frame, look: Theme) -> pdk.Layer:
    """English names and under each the native one, at the places `placed_names` finds for them.

    All in one layer: each layer of text costs a browser a third of a second before it shows anything.
    """
    sizes = [_name(pin, frame) for pin in sorted(pins, key=lambda pin: pin.is_wide)]
    lines = [frame.pixels(*point) for arc in arcs for point in curve(arc.start, arc.end)]
    anchors = placed_names(sizes, frame.width, frame.height, lines)
    data: list[dict[str, object]] = []
    for pin in pins:
        if anchor := anchors.get(pin.location_id):
            shared = {"at": [pin.longitude, pin.latitude], "anchor": anchor.side}
            for words, size, colour, drop in _lines(pin, look, is_short=anchor.is_short):
                offset = [round(anchor.dx, 1), round(anchor.dy + drop, 1)]
                data.append({**shared, "name": words, "size": size, "colour": colour, "offset": offset})
    return pdk.Layer(
        "TextLayer",
        id="names",
        data=data,
        get_position="at",
        get_text="name",
        get_size="size",
        get_color="colour",
        get_text_anchor="anchor",
        get_alignment_baseline=pdk.types.String("center"),
        get_pixel_offset="offset",
        font_family=pdk.types.String("Source Sans, Noto Sans CJK KR, sans-serif"),
        font_weight=600,
        font_settings={"fontSize": 32},
        character_set=pdk.types.String("auto"),
        pickable=False,
    )


def _lines(pin: Pin, look: Theme, *, is_short: bool) -> Iterator[tuple[str, int, list[int], int]]:
    """The lines of a place's name: words, size in pixels, colour, pixels below the middle."""
    if pin.is_wide:
        yield pin.name.upper(), 11, rgba(look.muted), 0
        return
    has_two = bool(pin.native_name) and not is_short
    yield pin.name, 15, rgba(look.ink), -8 if has_two else 0
    if has_two:
        yield pin.native_name, 12, rgba(look.muted), 9


def _name(pin: Pin, frame: Frame) -> Name:
    x, y = frame.pixels(pin.longitude, pin.latitude)
    if pin.is_wide:
        return Name(pin.location_id, x, y, len(pin.name) * _WIDE_LETTER, 14, -5)
    wide = max(len(pin.name) * _LETTER, sum(12 if ord(c) > 0x2E80 else 7 for c in pin.native_name))
    high = 34 if pin.native_name else 18
    if not pin.radius_km:
        return Name(pin.location_id, x, y, wide, high, _radius(pin), least_height=18)
    _, edge = frame.pixels(pin.longitude, pin.latitude + pin.radius_km / KM_A_DEGREE)
    return Name(pin.location_id, x, y, wide, high, 6, least_height=18, reach=y - edge)


def alt_text(pins: Sequence[Pin], arcs: Sequence[Arc], when: str) -> str:
    """What the map shows now, for those who cannot see it."""
    places = ", ".join(pin.name for pin in pins[:6]) or "no place"
    moves = "; ".join(arc.title for arc in arcs) or "no movement"
    return f"Map{f' {when}' if when else ''}: {places}. Movements: {moves}. The same places follow as a list."
