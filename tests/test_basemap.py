"""The outlines are sound GeoJSON, show the places they are for, and are small enough to send."""

import gzip
import json
from itertools import pairwise

import numpy as np
import pytest

from loaders.registry import Place
from loaders.settings import DATA, read_yaml

BASEMAP = DATA / "basemap"
REGIONS = json.loads((BASEMAP / "regions.json").read_text(encoding="utf-8"))


def _read(region):
    return json.loads((BASEMAP / f"{region}.json").read_text(encoding="utf-8"))


def _rings(collection):
    for feature in collection["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            for number, ring in enumerate(polygon):
                yield feature["properties"]["name"], number, ring


def _signed_area(ring):
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring)) / 2


def _is_inside(longitude, latitude, ring):
    crossings = (
        x0 + (latitude - y0) / (y1 - y0) * (x1 - x0)
        for (x0, y0), (x1, y1) in pairwise(ring)
        if (y0 > latitude) != (y1 > latitude)
    )
    return sum(longitude < crossing for crossing in crossings) % 2 == 1


def _country_at(collection, longitude, latitude):
    for feature in collection["features"]:
        for outer, *holes in feature["geometry"]["coordinates"]:
            if _is_inside(longitude, latitude, outer) and not any(
                _is_inside(longitude, latitude, hole) for hole in holes
            ):
                return feature["properties"]["iso3"]
    return None


def _crossings(ring):
    """How many pairs of a ring's sides properly cross."""
    points = np.array(ring)
    start, side = points[:-1], np.diff(points, axis=0)

    def turn(at):
        return np.sign(
            side[:, None, 0] * (at[:, 1] - start[:, None, 1])
            - side[:, None, 1] * (at[:, 0] - start[:, None, 0])
        )

    apart = turn(points[:-1]) * turn(points[1:]) < 0
    return int(np.sum(apart & apart.T)) // 2


def test_every_region_has_its_file_and_no_file_is_left_over():
    assert {path.stem for path in BASEMAP.glob("*.json")} == {*REGIONS, "regions"}


@pytest.mark.parametrize("region", REGIONS)
def test_rings_are_as_rfc_7946_wants_them(region):
    for name, number, ring in _rings(_read(region)):
        assert ring[0] == ring[-1], f"{name}: a ring is closed"
        assert len(ring) >= 4, f"{name}: a ring has at least three corners"
        assert all(a != b for a, b in pairwise(ring)), f"{name}: no corner twice in a row"
        area = _signed_area(ring)
        assert area > 0 if number == 0 else area < 0, (
            f"{name}: outer rings run counter-clockwise, holes clockwise"
        )
        assert _crossings(ring) == 0, f"{name}: no ring crosses itself"


@pytest.mark.parametrize("region", REGIONS)
def test_nothing_leaves_the_frame_nor_jumps_over_the_antimeridian(region):
    collection = _read(region)
    west, south, east, north = collection["bbox"]
    assert collection["bbox"] == REGIONS[region]["bbox"]
    for name, _, ring in _rings(collection):
        assert all(west <= x <= east and south <= y <= north for x, y in ring), name
        assert all(abs(x1 - x0) < 60 for (x0, _), (x1, _) in pairwise(ring)), f"{name}: no side spans the map"


@pytest.mark.parametrize("region", REGIONS)
def test_a_country_is_one_feature(region):
    codes = [feature["properties"]["iso3"] for feature in _read(region)["features"]]
    assert len(set(filter(None, codes))) == len(list(filter(None, codes)))


@pytest.mark.parametrize("region", REGIONS)
def test_labels_lie_on_their_country_and_names_are_the_registry_s(region):
    collection = _read(region)
    countries = read_yaml(DATA / "registry" / "countries.yaml", tuple[Place, ...])
    named = {place.country: place.name for place in countries if place.country}
    for feature in collection["features"]:
        said = feature["properties"]
        assert set(said) == {"iso3", "name", "label", "size"}
        assert said["name"] == named.get(said["iso3"], said["name"])
        assert any(_is_inside(*said["label"], outer) for outer, *_ in feature["geometry"]["coordinates"]), (
            said["name"]
        )


@pytest.mark.parametrize(
    ("region", "place", "longitude", "latitude", "country"),
    [
        ("east-asia", "Vostochny Cosmodrome", 128.334, 51.884, "RUS"),
        ("north-east-asia", "Vostochny Cosmodrome", 128.334, 51.884, "RUS"),
        ("north-east-asia", "Pyongyang", 125.75, 39.03, "PRK"),
        ("north-east-asia", "the sea the missiles fell into", 129.5, 39.5, None),
        ("east-asia", "Chukotka, this side of the antimeridian", 175, 66, "RUS"),
        ("world", "Uelen, Chukotka, the other side", -172, 66.5, "RUS"),
        ("world", "Viti Levu, Fiji", 178, -17.8, "FJI"),
        ("world", "Denver", -105, 39.7, "USA"),
        ("world", "the middle of the Pacific", -150, 30, None),
        ("world", "the Caspian Sea, a hole in no country", 51, 41, None),
        ("levant", "Gaza City", 34.45, 31.51, "PSE"),
        ("levant", "Ramallah", 35.2, 31.9, "PSE"),
        ("middle-east", "Tehran", 51.42, 35.69, "IRN"),
        ("ukraine", "Bakhmut", 38, 48.59, "UKR"),
        ("europe", "Paris", 2.35, 48.85, "FRA"),
        ("africa", "Kinshasa's hinterland", 16, -4.6, "COD"),
        ("africa", "Lesotho, within South Africa", 28.2, -29.6, "LSO"),
        ("latin-america", "Manaus", -60, -3.1, "BRA"),
        ("north-america", "Chicago's hinterland", -88.2, 41.8, "USA"),
        ("oceania", "Canberra", 149.1, -35.3, "AUS"),
        ("south-asia", "Delhi", 77.2, 28.6, "IND"),
    ],
)  # fmt: skip
def test_a_place_lies_in_its_country(region, place, longitude, latitude, country):
    assert _country_at(_read(region), longitude, latitude) == country, place


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_is_small_enough_to_send_with_a_page(region):
    raw = (BASEMAP / f"{region}.json").read_bytes()
    limit = 120_000 if region == "world" else 70_000
    assert len(raw) < limit
    assert len(gzip.compress(raw)) < limit / 3


def test_the_world_shows_every_sovereign_country_that_natural_earth_has_at_this_scale():
    drawn = {feature["properties"]["iso3"] for feature in _read("world")["features"]}
    countries = read_yaml(DATA / "registry" / "countries.yaml", tuple[Place, ...])
    missing = {place.country for place in countries if place.location_type == "country"} - drawn
    # too small or, as overseas departments of France, drawn with France; Antarctica lies outside the frame
    assert missing == {"ATA", "GIB", "GLP", "GUF", "MTQ", "MYT", "REU", "TUV"}
