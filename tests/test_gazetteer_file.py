"""The gazetteer's file is as data/registry/README.md says, holds the places it is for, and is small."""

import gzip
from itertools import accumulate

import pytest

from loaders.registry import Place
from loaders.settings import DATA, read_yaml

FILE = DATA / "registry" / "gazetteer.txt.gz"


def _blocks():
    return gzip.decompress(FILE.read_bytes()).decode("utf-8").removesuffix("\n").split("\n\n")


TITLE, *COLUMNS = _blocks()
REGIONS, NAMES, LATITUDES, LONGITUDES, POPULATIONS, STEPS, ZONES = (column.split("\n") for column in COLUMNS)
IDS = list(accumulate(map(int, STEPS)))


def _rows():
    """Each row as (name, kind, country, region's code, latitude, longitude, population, id)."""
    row = 0
    for line in REGIONS:
        country, code, _, _, _, _, towns, divisions = line.split("\t")
        for kind in ["town"] * int(towns) + ["division"] * int(divisions):
            at = int(LATITUDES[row]) / 100, int(LONGITUDES[row]) / 100
            yield NAMES[row], kind, country, code, *at, int(POPULATIONS[row]), IDS[row]
            row += 1


ROWS = list(_rows())


def test_the_title_credits_the_source():
    assert "GeoNames" in TITLE
    assert "CC BY 4.0" in TITLE


def test_the_columns_are_as_long_as_the_regions_say():
    assert len(NAMES) == len(ROWS) == len(LATITUDES) == len(LONGITUDES) == len(POPULATIONS) == len(STEPS)


def test_every_value_is_one_that_can_be():
    for name, kind, country, _, latitude, longitude, population, number in ROWS:
        assert name == " ".join(name.split()) != ""
        assert len(country) == 3
        assert -90 <= latitude <= 90
        assert -180 <= longitude <= 180
        assert population >= 0
        assert (number > 0) == (kind == "town"), name


def test_no_town_is_listed_twice():
    towns = [number for *_, number in ROWS if number]
    assert len(set(towns)) == len(towns)


def test_zones_are_those_of_the_registry_s_schema():
    zones = {line.split("\t")[3] for line in REGIONS} | {line.split("\t")[1] for line in ZONES}
    entry = {"id": "any", "name": "any", "location_type": "city"}
    assert all(Place(**entry, time_zone=(zone,)).time_zone for zone in zones - {""})


def test_a_row_s_own_zone_differs_from_its_region_s():
    of_region = [line.split("\t") for line in REGIONS for _ in range(sum(map(int, line.split("\t")[-2:])))]
    for line in ZONES:
        row, zone = line.split("\t")
        assert of_region[int(row)][3] != zone


@pytest.mark.parametrize(
    ("name", "country", "region", "latitude", "longitude"),
    [
        ("Paris", "FRA", "11", 48.85, 2.35),
        ("Paris", "USA", "TX", 33.66, -95.56),
        ("Springfield", "USA", "IL", 39.80, -89.64),
        # small towns where the news is in English, counties and parishes
        ("Natchitoches", "USA", "LA", 31.76, -93.09),
        ("Terrebonne Parish", "USA", "LA", 29.35, -90.85),
        ("Saint Tammany Parish", "USA", "LA", 30.41, -89.95),
        ("Los Angeles County", "USA", "CA", 34.3, -118.2),
        ("Harris County", "USA", "TX", 29.86, -95.39),
        ("Lancashire", "GBR", "ENG", 53.8, -2.6),
        # elsewhere, with the letters of its own language
        ("Puławy", "POL", "75", 51.42, 21.97),
        ("Mykolayiv", "UKR", "16", 46.97, 32.0),
        ("Hoeryŏng", "PRK", "17", 42.44, 129.75),
    ],
)
def test_a_place_is_there(name, country, region, latitude, longitude):
    found = [row[4:6] for row in ROWS if row[0] == name and row[2:4] == (country, region)]
    assert any(abs(y - latitude) < 0.2 and abs(x - longitude) < 0.2 for y, x in found), found


def test_every_us_county_is_there():
    counties = [name for name, kind, country, *_ in ROWS if kind == "division" and country == "USA"]
    # 50 states and the capital have 3,144 counties and equivalents (2022); GeoNames counts by towns and leaves few out
    assert 3_050 <= len(counties) <= 3_250


def test_registered_cities_are_where_the_gazetteer_has_them():
    by_id = {number: (latitude, longitude) for *_, latitude, longitude, _, number in ROWS if number}
    for place in read_yaml(DATA / "registry" / "places.yaml", tuple[Place, ...]):
        number = place.gazetteer.removeprefix("GeoNames ")
        if place.location_type == "city" and number.isdigit() and int(number) in by_id:
            latitude, longitude = by_id[int(number)]
            assert abs(place.latitude - latitude) < 0.1, place.id
            assert abs(place.longitude - longitude) < 0.1, place.id


def test_it_is_small():
    assert FILE.stat().st_size < 1_500_000
