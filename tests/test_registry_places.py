"""The registry of places says what it must, once, and puts each place where it is."""

import json
import math
import re
from itertools import pairwise

import pytest

from loaders.registry import Place
from loaders.settings import DATA, read_yaml

REGISTRY = DATA / "registry"
COUNTRIES = read_yaml(REGISTRY / "countries.yaml", tuple[Place, ...])
PLACES = read_yaml(REGISTRY / "places.yaml", tuple[Place, ...])
BY_ID = {place.id: place for place in COUNTRIES + PLACES}
AREAS = {
    feature["properties"]["iso3"]: feature["geometry"]["coordinates"]
    for feature in json.loads((DATA / "basemap" / "world.json").read_text(encoding="utf-8"))["features"]
}

# Drawn by who holds the ground, listed by whose ground it is (data/basemap/README.md).
DISPUTED = """
    crimea crimean-bridge sevastopol simferopol yalta laayoune northern-cyprus somaliland hargeisa
    baikonur-cosmodrome
"""
# On islands that the world's outlines leave out, or at sea beside their country.
ISLANDS = """
    azores bahamas balearic-islands bali canary-islands cape-verde denpasar galapagos-islands
    great-barrier-reef honiara honolulu jeju kadena-air-base kinmen kiribati kuril-islands lahaina lampedusa
    lesbos madeira malabo mallorca maui naha okinawa pearl-harbor port-vila rhodes saint-helena shetland
    solomon-islands tanegashima-space-center tarawa
"""
# In a part of their country that the world's outlines leave out: Gaza, Nakhchivan.
EXCLAVES = "rafah rafah-crossing philadelphi-corridor nakhchivan"
NOT_DRAWN = {*DISPUTED.split(), *ISLANDS.split(), *EXCLAVES.split()}


def _names(place):
    return dict.fromkeys((place.name, *place.aliases))


def _distance_to(areas, longitude, latitude):
    """Kilometres from a point to the outline of the nearest area, 0 inside one."""
    shrink = math.cos(math.radians(latitude))
    shortest = math.inf
    for outer, *_ in areas:
        inside = False
        for (x0, y0), (x1, y1) in pairwise(outer):
            if (y0 > latitude) != (y1 > latitude):
                inside ^= longitude < x0 + (latitude - y0) / (y1 - y0) * (x1 - x0)
            dx, dy = (x1 - x0) * shrink, y1 - y0
            px, py = (longitude - x0) * shrink, latitude - y0
            part = max(0.0, min(1.0, (px * dx + py * dy) / (dx * dx + dy * dy)))
            shortest = min(shortest, math.hypot(px - part * dx, py - part * dy))
        if inside:
            return 0.0
    return shortest * 111.2


def test_ids_are_unique_over_both_files():
    assert len(BY_ID) == len(COUNTRIES) + len(PLACES)


def test_no_name_is_claimed_twice():
    claims = {}
    for place in COUNTRIES + PLACES:
        for name in dict.fromkeys((*_names(place), *place.demonyms)):
            assert name not in claims, f"{name!r} is claimed by {claims[name]} and {place.id}"
            claims[name] = place.id


def test_no_place_repeats_its_own_name():
    for place in BY_ID.values():
        said = (place.name, *place.aliases, *place.demonyms, *place.descriptions)
        assert place.name not in place.aliases, place.id
        assert len(set(place.aliases)) == len(place.aliases), place.id
        assert all(words == words.strip() for words in said), place.id


def test_every_country_has_what_the_table_of_locations_shows():
    for place in COUNTRIES:
        assert place.location_type in {"country", "former state"}, place.id
        assert place.native_name, place.id
        assert place.latitude is not None, place.id
        assert place.longitude is not None, place.id
        assert place.radius_km > 0, place.id
        assert place.time_zone, place.id
        assert place.gazetteer, place.id
        assert place.country or place.location_type == "former state", place.id


def test_every_place_says_where_it_is_and_who_says_so():
    for place in PLACES:
        assert place.location_type not in {"country", "former state"}, place.id
        assert place.latitude is not None, place.id
        assert place.longitude is not None, place.id
        assert place.gazetteer, place.id
        if place.location_type in {"city", "site", "district"} and place.country:
            assert place.native_name, place.id
            assert len(place.time_zone) == 1, place.id


def test_areas_have_a_radius_and_points_have_none():
    for place in PLACES:
        assert (place.radius_km > 0) == (place.location_type in {"region", "sea", "district"}), place.id


def test_there_is_one_country_a_code():
    codes = [place.country for place in COUNTRIES if place.location_type == "country"]
    assert len(codes) == len(set(codes))


def test_a_capital_lies_in_its_country_and_no_country_has_two():
    capitals = [place for place in BY_ID.values() if place.capital_of]
    assert all(place.country == place.capital_of for place in capitals)
    assert len({place.capital_of for place in capitals}) == len(capitals)


# fmt: off
SOVEREIGN = re.findall(r"[A-Z]{3}", """
AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI KHM
CMR CAN CPV CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH
FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ
KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG
MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT ROU RUS RWA KNA
LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS TGO
TON TTO TUN TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE
VAT PSE TWN XKX
""")
# fmt: on


def test_every_sovereign_country_is_there_with_its_capital():
    # 193 members of the United Nations, its two observers, Taiwan and Kosovo
    assert len(SOVEREIGN) == 197
    assert set(SOVEREIGN) <= {place.country for place in COUNTRIES if place.location_type == "country"}
    assert set(SOVEREIGN) <= {place.capital_of for place in BY_ID.values()}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        # the first story
        ("Vostochny Cosmodrome", "vostochny-cosmodrome"),
        ("Sunan", "sunan"),
        ("Korea", "korean-peninsula"),
        ("Soviet Union", "soviet-union"),
        # as agencies, Americans and the British print it
        ("US", "united-states"),
        ("U.S.", "united-states"),
        ("UK", "united-kingdom"),
        ("Britain", "united-kingdom"),
        ("DPRK", "north-korea"),
        ("Burma", "myanmar"),
        ("Czechia", "czech-republic"),
        ("Cote d'Ivoire", "ivory-coast"),
        ("Turkiye", "turkey"),
        ("Kiev", "kyiv"),
        ("Gaza", "gaza-strip"),
        ("Palestine", "palestinian-territories"),
        ("Washington, D.C.", "washington"),
        ("St. Petersburg", "st-petersburg"),
        # names that two places share
        ("Georgia", "georgia"),
        ("State of Georgia", "state-of-georgia"),
        ("New York", "new-york"),
        ("Congo", "democratic-republic-of-the-congo"),
        ("Birmingham", "birmingham"),
        ("East Sea", "sea-of-japan-east-sea"),
    ],
)
def test_a_name_means(said, meant):
    assert [place.id for place in BY_ID.values() if said in _names(place)] == [meant]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Russian", "russia"),
        ("Americans", "united-states"),
        ("Briton", "united-kingdom"),
        ("Dutch", "netherlands"),
        ("North Koreans", "north-korea"),
        ("Korean", "korean-peninsula"),
        ("Soviet", "soviet-union"),
        ("Congolese", "democratic-republic-of-the-congo"),
        ("Nigerien", "niger"),
        ("Nigerian", "nigeria"),
        ("Gazans", "gaza-strip"),
        ("Scottish", "scotland"),
        ("Texan", "texas"),
    ],
)
def test_a_demonym_means(said, meant):
    assert [place.id for place in BY_ID.values() if said in place.demonyms] == [meant]


def test_what_is_not_drawn_is_registered():
    assert set(BY_ID) >= NOT_DRAWN


def test_a_place_lies_in_its_country():
    # the world's outlines are simplified by a third of a degree and lack small islands: 60 km of grace
    for place in BY_ID.values():
        if place.country in AREAS and place.country and place.id not in NOT_DRAWN:
            away = _distance_to(AREAS[place.country], place.longitude, place.latitude)
            assert away <= max(60, place.radius_km / 3), f"{place.id} is {away:.0f} km from {place.country}"


@pytest.mark.parametrize(
    ("entry", "first", "last"),
    [
        ("russia", "Asia/Kamchatka", "Europe/Kaliningrad"),
        ("united-states", "America/New_York", "Pacific/Honolulu"),
        ("australia", "Australia/Sydney", "Australia/Perth"),
        ("china", "Asia/Shanghai", "Asia/Shanghai"),
    ],
)
def test_zones_run_from_east_to_west(entry, first, last):
    assert (BY_ID[entry].time_zone[0], BY_ID[entry].time_zone[-1]) == (first, last)


def test_the_first_story_s_places_stand_where_they_are():
    at = {
        name: (BY_ID[name].latitude, BY_ID[name].longitude)
        for name in ("vostochny-cosmodrome", "pyongyang", "sunan")
    }
    assert at == {
        "vostochny-cosmodrome": (51.884, 128.334),
        "pyongyang": (39.03, 125.75),
        "sunan": (39.21, 125.68),
    }
    assert BY_ID["vostochny-cosmodrome"].time_zone == ("Asia/Yakutsk",)
    assert BY_ID["pyongyang"].native_name == "평양"


def test_nothing_of_yaml_became_something_else():
    # NO, ON and YES unquoted are truth values to YAML: the schema wants words, so they would fail; N.Y. must stay
    assert "N.Y." in BY_ID["new-york-state"].aliases
    assert BY_ID["norway"].country == "NOR"
