"""`places.geojson` (RFC 7946): places as points, areas as polygons, journeys as lines, cut at the 180th meridian."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from loaders.formats.sphere import Point, Ring, box_of, circle, rounded, way
from loaders.formats.values import Row, json_bytes, plain, rows_of, without_empty
from loaders.model import Record

_LEAST_AREA_KM = 0.001


def geojson(record: Record, *, sentence: str = "") -> bytes:
    """The places and journeys of a record as a FeatureCollection.

    Each place is a feature with all that the table `locations` says of it, without a geometry where it is not known
    where it lies. Each event that led from one place to another is one more, with all that `events` says of it.

    Args:
        record: The record, or an excerpt.
        sentence: What is shown, where it is not all of the story.
    """
    places = list(rows_of(record, "locations"))
    points = {row["location_id"]: point for row in places if (point := _point(row))}
    features = [*map(_place, places), *_journeys(record, points)]
    box = box_of([part for feature in features for part in _parts(feature["geometry"])])
    collection = {
        "type": "FeatureCollection",
        "title": plain(record.blog.title),
        "description": plain(sentence),
        "bbox": list(box) if box else None,
        "features": features,
    }
    return json_bytes({"features": [], **without_empty(collection)})


def _point(row: Row) -> Point | None:
    x, y = row["longitude"], row["latitude"]
    return None if x is None or y is None else rounded((x, y))


def _place(row: Row) -> dict[str, Any]:
    point = _point(row)
    if point is None:
        return _feature("place", row["location_id"], None, row)
    radius = row["radius_km"] or 0
    if radius < _LEAST_AREA_KM:
        return _feature("place", row["location_id"], {"type": "Point", "coordinates": point}, row)
    rings = [[ring] for ring in circle(point, radius)]
    shape = {"type": "Polygon", "coordinates": rings[0]}
    if len(rings) > 1:
        shape = {"type": "MultiPolygon", "coordinates": rings}
    return _feature("area", row["location_id"], shape, row)


def _journeys(record: Record, points: Mapping[str, Point]) -> Iterator[dict[str, Any]]:
    for row in rows_of(record, "events"):
        start, end = points.get(row["location_id"]), points.get(row["destination_id"])
        if start is None or end is None or start == end:
            continue
        lines = way(start, end)
        shape = {"type": "LineString", "coordinates": lines[0]}
        if len(lines) > 1:
            shape = {"type": "MultiLineString", "coordinates": lines}
        yield _feature("journey", row["event_id"], shape, {"name": row["title"], **row})


def _feature(kind: str, key: str, geometry: Mapping[str, Any] | None, row: Row) -> dict[str, Any]:
    box = box_of(_parts(geometry))
    return {
        "type": "Feature",
        "id": key,
        **({"bbox": list(box)} if box else {}),
        "geometry": geometry,
        "properties": {"kind": kind, **row},
    }


def _parts(geometry: Mapping[str, Any] | None) -> Sequence[Ring]:
    """The lines and rings of a geometry, one after the other."""
    if geometry is None:
        return []
    found = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            return [[found]]
        case "LineString":
            return [found]
        case "MultiPolygon":
            return [ring for polygon in found for ring in polygon]
    return list(found)
