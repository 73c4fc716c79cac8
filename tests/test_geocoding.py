"""Which of its namesakes a place's name means, by the company it keeps."""

from __future__ import annotations

import tracemalloc

import pytest

from loaders import annotate
from loaders.candidates import PlaceBook
from loaders.gazetteer import Gazetteer, folded, gazetteer
from loaders.geocoding import geocode_datelines
from loaders.model import Blog, Post, Reporter, Span
from loaders.registry import read_gazetteer, registries

MEANT = [
    # what decides, the text, the name, country and region of the place meant
    ("nothing: what news mostly means", "She lives in Paris.", "Paris", 48.9, 2.4),
    ("a state behind a comma", "She lives in Paris, Texas.", "Paris", 33.7, -95.6),
    ("a state in brackets", "She lives in Paris (Texas).", "Paris", 33.7, -95.6),
    ("a container elsewhere in the text", "He came to Paris, Texas. He liked Paris.", "Paris", 33.7, -95.6),
    ("two containers, the last named", "From Paris, Texas, to Paris, France.", "Paris", 48.9, 2.4),
    ("a county near by", "She lives in Paris. The Lamar County jail in Texas is full.", "Paris", 33.7, -95.6),
    ("towns near by", "Pullman, Lewiston and Moscow were dark. Lewiston lies in Idaho.", "Moscow", 46.7, -117.0),
    ("a country's towns", "Georgia is at war. Troops left Tbilisi and Gori.", "Georgia", 42.0, 43.5),
    ("a state's towns", "Georgia voted. Athens, Macon and Savannah were for it, Augusta was not.", "Georgia", 32.6, -83.4),
    ("a list of states", "It was seen in Ohio, New York and Vermont.", "New York", 42.9, -75.5),
    ("a state that is a container", "He drove to Buffalo, New York.", "New York", 42.9, -75.5),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "latitude", "longitude"), [row[1:] for row in MEANT], ids=[row[0] for row in MEANT]
)
def test_the_company_a_name_keeps_decides(text: str, name: str, latitude: float, longitude: float) -> None:
    record = annotate(text)
    last = record.mentions[record.mentions["text"] == name].iloc[-1]
    row = record.locations.set_index("location_id").loc[last["entity_id"]]
    assert abs(row["latitude"] - latitude) < 1.5
    assert abs(row["longitude"] - longitude) < 1.5


def test_a_place_of_the_gazetteer_has_a_whole_row() -> None:
    row = annotate("She lives in Gainesville, Florida.").locations.iloc[0]
    assert row["location_id"] == "gainesville-4156404"
    assert row["name"] == "Gainesville"
    assert row["location_type"] == "city"
    assert row["country"] == "USA"
    assert row["time_zone"] == "America/New_York"
    assert row["gazetteer"] == "GeoNames 4156404"
    assert row["radius_km"] == 0


def test_a_county_is_an_area() -> None:
    row = annotate("Laurel County in Kentucky was dark.").locations.iloc[0]
    assert row["location_id"] == "laurel-county-usa-ky"
    assert row["location_type"] == "district"
    assert row["radius_km"] > 0
    assert row["gazetteer"].startswith("GeoNames")


@pytest.mark.parametrize(("name", "most"), [("Chukotka", 700), ("Eastern Division, Fiji", 400)])
def test_a_region_across_the_180th_meridian_is_no_wider_than_it_is(name: str, most: float) -> None:
    locations = annotate(f"The storm reached {name}.").locations
    assert 0 < locations["radius_km"].max() < most


def test_no_region_is_wider_than_the_schema_allows() -> None:
    regions = [entry for name in gazetteer()._region_rows for entry in gazetteer().find(name)]
    assert max(entry.radius_km for entry in regions) < 2000


def test_the_same_text_gives_the_same_places() -> None:
    text = "Springfield, Salem and Lebanon were dark. Jackson was not."
    assert annotate(text).locations.equals(annotate(text).locations)


# --- the gazetteer --------------------------------------------------------------------------------------------


SPELLINGS = [
    # the same name in two spellings
    ("Saint-Denis", "St. Denis"),
    ("Łódź", "Lodz"),
    ("Mount Isa", "Mt Isa"),
    ("Port-au-Prince", "Port au Prince"),
    ("Queen Anne’s County", "Queen Anne's County"),
]


@pytest.mark.parametrize(("left", "right"), SPELLINGS)
def test_spellings_of_a_name_fold_alike(left: str, right: str) -> None:
    assert folded(left) == folded(right)


def test_names_fold_alone_as_they_do_in_a_block() -> None:
    names = [entry.name for row in range(0, len(gazetteer()), 997) for entry in [gazetteer().entry(row)]]
    assert folded("\n".join(names)).split("\n") == [folded(name) for name in names]


def test_every_row_is_found_by_its_name() -> None:
    for row in range(0, len(gazetteer()), 499):
        entry = gazetteer().entry(row)
        assert entry in gazetteer().find(folded(entry.name))


def test_a_division_is_found_with_and_without_the_word_for_its_kind() -> None:
    assert {e.place_id for e in gazetteer().find("laurel")} >= {"laurel-county-usa-ky"}
    assert {e.place_id for e in gazetteer().find("laurel county")} == {"laurel-county-usa-ky"}


def test_an_id_is_one_place_and_no_registered_one() -> None:
    ids = {gazetteer().entry(row).place_id for row in range(len(gazetteer()))}
    assert len(ids) == len(gazetteer()) - 6, "six divisions share name and region with another"
    assert ids.isdisjoint(registries().places)


def test_it_is_small_in_memory() -> None:
    text = read_gazetteer()
    tracemalloc.start()
    kept = Gazetteer(text)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(kept) == 128_530
    assert held < 50e6
    assert peak < 80e6


# --- datelines of bylines -------------------------------------------------------------------------------------


def test_a_dateline_means_the_city_in_its_state() -> None:
    line = "Ann Reed in Ottumwa, Iowa"
    reporter = Reporter(Span(0, 8), Span(12, len(line)))
    post = Post("p", 1, Span(0, len(line)), Span(len(line), len(line)), reporters=(reporter,))
    found = geocode_datelines(Blog(line, (post,)), PlaceBook(registries().places, gazetteer()))
    assert [(words, place.name, place.country) for words, place in found.items()] == [
        ("Ottumwa, Iowa", "Ottumwa", "USA")
    ]


# --- a small place abroad -------------------------------------------------------------------------------------

BRITISH = (
    "Crowds gathered in Leeds, Bristol, Hull, Sunderland, Rotherham, Blackpool, Nottingham, Sheffield, Plymouth, "
    "Preston, Burnley, Southport and Liverpool. "
)
STRAYS = [
    # why the place is or is not open, the text, the name, whether its place is known
    (
        "all of one country, and a small town abroad",
        BRITISH + "A crowd met near Whitehall.",
        "Whitehall",
        False,
    ),
    ("a registered one as well", BRITISH + "A crowd met near Cleveland.", "Cleveland", False),
    ("a container says what is meant", BRITISH + "A crowd met near Cleveland, Ohio.", "Cleveland", True),
    ("a city known everywhere", BRITISH + "A crowd met in Chicago.", "Chicago", True),
    ("a town of the country", BRITISH + "A crowd met near Tamworth.", "Tamworth", True),
    ("company abroad", BRITISH + "She flew to Cleveland, then to Akron.", "Cleveland", True),
    ("too little to be of one country", "Crowds met in Leeds and near Cleveland.", "Cleveland", True),
]


@pytest.mark.parametrize(("text", "name", "is_known"), [s[1:] for s in STRAYS], ids=[s[0] for s in STRAYS])
def test_a_small_place_abroad_alone_among_those_of_one_country_is_left_open(
    text: str, name: str, is_known: bool
) -> None:
    mentions = annotate(text).mentions
    assert [bool(i) for i in mentions[mentions["text"] == name]["entity_id"]] == [is_known]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # a namesake elsewhere is not the one
        ("She lives in Pullman in Washington state.", "pullman-5807540"),
        ("She lives in Pullman in Vermont.", ""),
        ("She lives in Gainesville (Vermont).", ""),
    ],
)
def test_a_place_said_to_lie_where_no_namesake_is_known_is_left_open(text: str, place: str) -> None:
    mentions = annotate(text).mentions
    name = text.split()[3].strip("(")
    assert mentions.loc[mentions["text"] == name, "entity_id"].tolist() == [place]


def test_a_town_is_as_large_as_under_its_other_names() -> None:
    text = "Belfast and Bangor were calm. Crowds met in Newcastle, Liverpool, Leeds and Hull."
    mentions = annotate(text).mentions
    assert list(mentions[mentions["text"] == "Newcastle"]["entity_id"]) == ["newcastle"]
