"""`places.geojson`: places right, read by GDAL, and true to RFC 7946 wherever on the globe."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pyogrio.raw
import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from loaders.formats.geojson import geojson
from loaders.formats.sphere import Point, box_of, circle, way
from loaders.formats.values import plain
from tests.packed import HOSTILE, first_story, hostile

WKB_TYPES = {0: None, 1: "Point", 2: "LineString", 3: "Polygon", 5: "MultiLineString", 6: "MultiPolygon"}
PLACES = some.tuples(some.floats(-180, 180), some.floats(-90, 90))


def read_by_gdal(data: bytes) -> tuple[dict[str, list[Any]], list[str | None]]:
    meta, _, shapes, columns = pyogrio.raw.read(data)
    assert meta["crs"] in ("EPSG:4326", "OGC:CRS84")
    kinds = [
        WKB_TYPES[struct.unpack("<L", bytes(s)[1:5])[0] % 1000] if s is not None else None for s in shapes
    ]
    return {name: list(cells) for name, cells in zip(meta["fields"], columns, strict=True)}, kinds


def positions(found: Any) -> Iterator[Point]:
    if found and isinstance(found[0], (int, float)):
        yield tuple(found)
    else:
        for part in found:
            yield from positions(part)


def test_gdal_reads_every_place_and_journey_of_the_first_story() -> None:
    record = first_story()
    columns, kinds = read_by_gdal(geojson(record))
    named = dict(zip(columns["name"], kinds, strict=True))
    assert named["Vostochny Cosmodrome"] == "Point"
    assert named["Sunan"] == named["Russia"] == "Polygon"
    assert named["Kim Jong Un leaves Pyongyang by armored train"] == "LineString"
    assert columns["kind"].count("journey") == 2
    assert len(kinds) == len(record.locations) + 2


def test_places_lie_where_they_lie() -> None:
    features = {each["id"]: each for each in json.loads(geojson(first_story()))["features"]}
    assert features["vostochny-cosmodrome"]["geometry"]["coordinates"] == [128.334, 51.884]
    train = features["e-c4030d7a"]["geometry"]["coordinates"]
    assert (train[0], train[-1]) == ([125.75, 39.03], [128.334, 51.884])
    west, south, east, north = features["sunan"]["bbox"]
    assert (west, south, east, north) == pytest.approx((125.587, 39.138, 125.773, 39.282), abs=0.001)
    assert features["sunan"]["properties"]["radius_km"] == 8.0


def test_a_place_nobody_located_is_there_without_a_geometry() -> None:
    record = first_story()
    lost = record.with_tables(locations=record.locations.assign(latitude=float("nan")))
    columns, kinds = read_by_gdal(geojson(lost))
    assert set(kinds) == {None}
    assert columns["kind"] == ["place"] * len(record.locations)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_comes_out_as_it_is(words: str) -> None:
    data = geojson(hostile(words), sentence=words)
    assert b"<" not in data
    assert b"\xe2\x80\xae" not in data  # a bidirectional override is written as an escape
    columns, _ = read_by_gdal(data)
    assert set(columns["name"]) == {plain(words)}


@given(PLACES, some.floats(0.01, 6000))
@example((180.0, 0.0), 50.0)
@example((-179.5, -17.0), 500.0)
@example((0.0, 90.0), 10.0)
@example((20.0, -85.0), 900.0)
@example((98.0, 61.5), 2330.0)
def test_an_area_is_closed_counter_clockwise_and_cut_at_the_antimeridian(
    centre: Point, radius: float
) -> None:
    rings = circle(centre, radius)
    assert 1 <= len(rings) <= 2
    for ring in rings:
        assert ring[0] == ring[-1]
        assert len(ring) >= 4
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
        assert sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) >= 0
        is_cap = any(abs(y) == 90 for _, y in ring)
        assert is_cap or max(x for x, _ in ring) - min(x for x, _ in ring) < 360
    assert all(round(c, 7) == c for ring in rings for point in ring for c in point)


@given(PLACES, PLACES)
@example((170.0, 60.0), (-170.0, 60.0))
@example((180.0, 10.0), (-170.0, 10.0))
@example((0.0, 0.0), (180.0, 0.0))
@example((0.0, 90.0), (0.0, -90.0))
def test_a_way_never_jumps_over_the_map(start: Point, end: Point) -> None:
    lines = way(start, end)
    assert len(lines) <= 2 or abs(start[0]) == 180 or abs(end[0]) == 180
    for line in lines:
        assert len(line) >= 2
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in line)
        assert all(abs(x2 - x1) <= 180.000001 for (x1, _), (x2, _) in pairwise(line))
    for line, after in pairwise(lines):
        assert abs(line[-1][0]) == abs(after[0][0]) == 180
        assert line[-1][1] == after[0][1]


def test_a_box_over_the_antimeridian_has_its_west_east_of_its_east() -> None:
    assert box_of(way((170.0, 60.0), (-170.0, 60.0)))[::2] == (170.0, -170.0)
    assert box_of([[(10.0, 1.0)], [(20.0, 2.0)]]) == (10.0, 1.0, 20.0, 2.0)
    assert box_of([]) is None
