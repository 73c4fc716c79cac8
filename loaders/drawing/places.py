"""What a map of a story shows: its places with what was said and done there, its movements, and how far it got."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

import pandas as pd

from loaders.drawing.geometry import Frame
from loaders.drawing.parties import Parties
from loaders.drawing.rows import Row, is_known, records
from loaders.model import Record, plain_name

KM_A_DEGREE = 111.2
_WIDEST = 0.35
"""Of a map's height, the largest radius a circle is drawn with."""
_MOSTLY = 0.8
"""Share of the mentions of places that a map without events has to hold."""
_NEARLY_ALL = 0.9
"""Share of the events a map has to hold where the places of the others are far off."""
_FAR = 0.5
"""Of a map's extent, the most that may be left for the others to count as far off."""
_WIDE = ("country", "region", "former state")


@dataclass(frozen=True, slots=True)
class Pin:
    """A place as a map shows it: how often it is meant, how many events are there, whose it is."""

    location_id: str
    name: str
    native_name: str
    longitude: float
    latitude: float
    radius_km: float
    is_wide: bool
    mentions: int
    events: int
    party: str


@dataclass(frozen=True, slots=True)
class Arc:
    """A movement from one place to another."""

    event_id: str
    title: str
    start: tuple[float, float]
    end: tuple[float, float]
    status: str
    party: str


def pins(places: pd.DataFrame, events: pd.DataFrame, parties: Parties, *, all_senses: bool) -> list[Pin]:
    """The places to show, the most mentioned first: those meant as ground or where something happens.

    With `all_senses` also those that only stand for a government or say where a reporter is.
    """
    here = Counter(
        place for row in records(events) for place in {row["location_id"], row["destination_id"]} if place
    )
    found = []
    for row in records(places):
        mentions = int(row["mention_count"] if all_senses else row["literal_count"])
        key = str(row["location_id"])
        if not is_known(row["latitude"]) or not (mentions or here[key]):
            continue
        found.append(
            Pin(
                key,
                str(row["name"]),
                native_name(row),
                float(row["longitude"]),
                float(row["latitude"]),
                float(row["radius_km"]),
                row["location_type"] in _WIDE,
                mentions,
                here[key],
                parties.of(key),
            )
        )
    return sorted(found, key=lambda pin: (-pin.events, -pin.mentions, pin.name))


def native_name(row: Row) -> str:
    """A place's name in its own language; empty where it is the English one."""
    name, native = str(row["name"]), str(row["native_name"])
    return "" if plain_name(name) == plain_name(native) else native


def is_backdrop(pin: Pin, frame: Frame) -> bool:
    """Whether a place is so wide that its circle would cover most of a map: it is named, but not drawn."""
    if pin.is_wide:
        return True
    _, middle = frame.pixels(pin.longitude, pin.latitude)
    _, edge = frame.pixels(pin.longitude, pin.latitude + pin.radius_km / KM_A_DEGREE)
    return middle - edge > _WIDEST * frame.height


def arcs(record: Record, events: pd.DataFrame, parties: Parties) -> list[Arc]:
    """The movements among these events, for those whose two ends are closer known than a country."""
    where = {
        str(row["location_id"]): (float(row["longitude"]), float(row["latitude"]))
        for row in records(record.locations)
        if is_known(row["latitude"]) and row["location_type"] not in _WIDE
    }
    return [
        Arc(
            str(row["event_id"]),
            str(row["title"]),
            where[row["location_id"]],
            where[row["destination_id"]],
            str(row["status"]),
            parties.of(row["participants"]),
        )
        for row in records(events)
        if row["location_id"] in where and row["destination_id"] in where
    ]


def until(events: pd.DataFrame, at: datetime | None) -> pd.DataFrame:
    """The events that had begun by an instant, or may have; all where none is given, also the undated."""
    if at is None:
        return events
    began = [_begin(row) for row in records(events)]
    return events[
        pd.Series([begin is not None and begin <= at for begin in began], index=events.index, dtype=bool)
    ]


def _begin(row: Row) -> datetime | None:
    """When an event had begun at the latest: where only bounds are known, its end."""
    sharp = row["granularity"] in ("minute", "hour")
    instant = row["start_at"] if sharp and is_known(row["start_at"]) else row["end_at"]
    instant = instant if is_known(instant) else row["start_at"]
    return instant if is_known(instant) else None


def steps(events: pd.DataFrame) -> list[datetime]:
    """The instants at which a new event joins the map, in order."""
    return sorted({begin for row in records(events) if (begin := _begin(row)) is not None})


def holding(pins_shown: Iterable[Pin], arcs_shown: Iterable[Arc]) -> list[tuple[float, float]]:
    """The points a map has to hold: places (no wider than a city or sea) of events, and the ends of movements.

    One event at the other end of the world does not make it a map of the world. Without any event: the places
    named most often, with the land around them.
    """
    listed = list(pins_shown)
    close = [pin for pin in listed if not pin.is_wide and pin.events]
    ends = [end for arc in arcs_shown for end in (arc.start, arc.end)]
    every = [*ends, *_at(close)]
    nearly = [*ends, *_at(_holding_most(close, [pin.events for pin in close], _NEARLY_ALL))]
    points = nearly if _extent(nearly) < _FAR * _extent(every) else every
    named = _holding_most(listed, [pin.mentions for pin in listed], _MOSTLY)
    return points or [point for pin in named for point in _around(pin)]


def _at(listed: Iterable[Pin]) -> list[tuple[float, float]]:
    return [(pin.longitude, pin.latitude) for pin in listed]


def _holding_most(listed: list[Pin], counts: list[int], share: float) -> list[Pin]:
    """As few places as hold this share of what is counted at them; all where nothing is counted."""
    ranked = sorted(zip(counts, listed, strict=True), key=lambda pair: -pair[0])
    reached = accumulate((count for count, _ in ranked), initial=0)
    enough = share * sum(counts)
    return [pin for (_, pin), before in zip(ranked, reached, strict=False) if before < enough or not enough]


def _extent(points: list[tuple[float, float]]) -> float:
    """The longer side (degrees) of the box that holds these points; 0 for none."""
    sides = (max(side) - min(side) for side in zip(*points, strict=True))
    return max(sides, default=0.0)


def _around(pin: Pin) -> list[tuple[float, float]]:
    """The corners of the square (degrees) that holds a place's circle."""
    high = pin.radius_km / KM_A_DEGREE
    wide = high / max(math.cos(math.radians(pin.latitude)), 0.1)
    corners = ((-wide, -high), (wide, high))
    return [
        (max(-180.0, min(180.0, pin.longitude + x)), max(-85.0, min(85.0, pin.latitude + y)))
        for x, y in corners
    ]


def is_simply_written(name: str) -> bool:
    """Whether a name can be drawn letter after letter from the left, as the map does: not Arabic, Hebrew, Hindi."""
    return not any(
        unicodedata.bidirectional(c) in ("R", "AL") or unicodedata.category(c).startswith("M") for c in name
    )
