"""Which capitalised names are places, and which only look like places."""

from __future__ import annotations

import pytest

from loaders import annotate


def places(text: str) -> list[str]:
    mentions = annotate(text).mentions
    return list(mentions[(mentions["entity_type"] == "location") & (mentions["sense"] != "demonym")]["text"])


FOUND = [
    # what the words beside it say, the text, its places
    ("a preposition of place", "She grew up in Chillicothe.", ["Chillicothe"]),
    ("a region behind a comma", "He farms near Ottumwa, Iowa.", ["Ottumwa", "Iowa"]),
    ("its kind behind it", "The road through Laurel County is open.", ["Laurel County"]),
    ("its kind, with a capital of its own", "Rain fell on Sindh Province today.", ["Sindh Province"]),
    ("its kind before it", "The city of Independence has a new mayor.", ["Independence"]),
    ("the noun it narrows", "Two Chillicothe firefighters were hurt.", ["Chillicothe"]),
    ("what belongs to it", "The Chillicothe Fire Department came.", ["Chillicothe"]),
    ("a direction", "Floods hit northern Queensland.", ["Queensland"]),
    ("a list", "He taught in Dayton, Chillicothe and Zanesville.", ["Dayton", "Chillicothe", "Zanesville"]),
    ("a list with its kind", "They live between Walton and Oconee counties.", ["Walton", "Oconee"]),
    ("a dateline", "CHILLICOTHE, Ohio — Nobody was hurt.", ["CHILLICOTHE", "Ohio"]),
    ("a party's dash", "Rep. Jane Roe, D-Ottumwa, voted no.", ["Ottumwa"]),
    ("a compound", "An Ottumwa-based firm won.", ["Ottumwa"]),
    ("two in a compound", "The Fargo-Moorhead area is wet.", ["Fargo", "Moorhead"]),
    ("elsewhere in the text", "She moved to Zanesville in May. Zanesville was quiet.", ["Zanesville", "Zanesville"]),
    ("in no gazetteer, its kind before it", "It began in the village of Qwertle.", ["Qwertle"]),
    ("in no gazetteer, two of a list", "It began in the villages of Qwertle and Asdfle.", ["Qwertle", "Asdfle"]),
    ("in no gazetteer, a preposition", "It began in Qwertle.", ["Qwertle"]),
    ("in no gazetteer, its kind behind it", "Police closed the Qwertle district.", ["Qwertle"]),
    ("where a team plays", "Chillicothe beat Ottumwa. They met in Chillicothe.", ["Chillicothe"]),
    ("in a village that has a house", "He was born in Frogmore. He left Frogmore Cottage.", ["Frogmore"]),
    ("ground beside a title", "The Duchess of Sussex lives in Sussex.", ["Sussex"]),
    ("a number of people", "In Chillicothe 12 and in Ottumwa 3 were hurt.", ["Chillicothe", "Ottumwa"]),
    ("the centre of a city", "Crowds came to Chillicothe City Centre.", ["Chillicothe"]),
    ("a street", "A car hit a tree on Old Quarry Road.", ["Old Quarry Road"]),
    ("a longer name in a list", "He lives in Old Quarry Road, Houghton Port.", ["Old Quarry Road"]),
    ("a river", "Two men drowned in the Qwertle River.", ["Qwertle River"]),
    ("a numbered road", "Snow closed Highway 19.", ["Highway 19"]),
    ("accents and marks do not count", "He was born in Saint-Etienne.", ["Saint-Etienne"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND])
def test_a_place_is_known_by_the_words_beside_it(text: str, expected: list[str]) -> None:
    assert places(text) == expected


LEFT = [
    ("a craft bears a name of its own", "They waved as the airship Meridian took off."),
    # why it is no place, the text
    ("a given name before it", "Anna Houghton spoke first."),
    ("a title before it", "Mr. Houghton spoke first."),
    ("a surname of this text", "Anna Houghton spoke first. Houghton was calm."),
    ("a newspaper", "He told the Chillicothe Gazette so."),
    ("a university", "She studied at the University of Rochester."),
    ("a university of a state", "She studied at Ohio State University."),
    ("money", "They paid US$5 for it."),
    ("a virus", "Two monkeys had the Marburg virus."),
    ("a nationality in brackets", "Anna Houghton (Ireland) won."),
    ("a part of a longer name", "It was Qwertle Lancaster again."),
    ("an English word", "The Mission was long."),
    ("an abbreviation", "He was tested for HIV twice."),
    ("a month", "It began in March."),
    ("a small word of this text", "He likes orient. Orient was good."),
    ("a heading's word", "CRICKET - Rain stopped play."),
    ("a surname that is a hill as well", "Mark Hill won."),
    ("a number that goes on", "The U.S. 30-year bond fell."),
    ("a club", "They lost to Dynamo Chillicothe."),
    ("a team called after it", "The Chillicothe Super Kings lost."),
    ("runs", "Chillicothe 83 and 174 ( B. Roe 4-38 )."),
    ("goals", "Chillicothe 2 Ottumwa 0"),
    ("a row of a table", "Zanesville 2 1 1 11"),
    ("rivals, wherever they are named", "Chillicothe beat Ottumwa. A late goal saved Chillicothe."),
    ("a chant", "They shouted ‘Free, Free, free’."),
    ("a team, wherever it is named", "The Chillicothe Super Kings lost. A late goal saved Chillicothe."),
    ("a league", "She plays in the Chillicothe Premier League."),
    ("a village's name that is short for a house", "He was sent from Frogmore. He left Frogmore Cottage."),
    ("what somebody is duchess of", "The Duchess of Sussex left. A Sussex aide confirmed it."),
    ("a direction alone", "They came from the North East."),
]


@pytest.mark.parametrize("text", [row[1] for row in LEFT], ids=[row[0] for row in LEFT])
def test_what_only_looks_like_a_place_is_left(text: str) -> None:
    assert [name for name in places(text) if name not in {"Ireland", "U.S."}] == []


def test_a_place_in_no_gazetteer_has_no_row_and_stays_a_mention() -> None:
    record = annotate("It began in the village of Qwertle.")
    assert list(record.locations["location_id"]) == []
    assert list(record.mentions["entity_id"]) == [""]


def test_a_short_name_is_the_longer_one_of_the_text() -> None:
    mentions = annotate("Fire in Stoke-on-Trent went on. Police warn of an area of Stoke.").mentions
    assert set(mentions[mentions["entity_type"] == "location"]["entity_id"]) == {"stoke-on-trent-2636841"}


def test_which_towns_street_is_meant_is_left_open() -> None:
    mentions = annotate("They came down Church Street in Hull.").mentions
    found = mentions.set_index("text")["entity_id"]
    assert (found["Church Street"], found["Hull"]) == ("", "hull")


def test_a_surname_of_the_registry_is_the_town_that_the_text_is_in() -> None:
    mentions = annotate("Riots went on in Bolton. The order covers Bolton until 10pm.").mentions
    assert set(mentions["entity_type"]) == {"location"}
    mentions = annotate("Riots went on in Bolton. John Bolton left. An aide called Bolton a friend.").mentions
    assert "person" in set(mentions["entity_type"])


def test_a_longer_name_counts_before_a_registered_one() -> None:
    assert places("He lives in West Berlin, New Jersey.")[0] == "West Berlin"


def test_people_stay_people_where_a_town_has_their_name() -> None:
    record = annotate("Anna Houghton of Ottumwa said she was late. Houghton left early.")
    people = record.mentions[record.mentions["entity_type"] == "person"]
    assert {"Anna Houghton", "Houghton"} <= set(people["text"])


NOBODY = [
    # what is neither a place's people nor anybody: the text
    "Chillicothe Indians won.",
    "The Chillicothe Super Kings won.",
    "They met at 2pm on Monday.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_a_team_is_no_people_and_half_a_day_nobody(text: str) -> None:
    mentions = annotate(text).mentions
    assert list(mentions[mentions["text"] != "They"]["text"]) == []


def test_a_people_stays_one_behind_other_words() -> None:
    mentions = annotate("Many Indians came. Some Indians left.").mentions
    assert list(mentions["text"]) == ["Indians", "Indians"]


def test_an_age_is_part_of_whom_it_describes() -> None:
    assert list(annotate("A 56-year-old man was arrested.").mentions["text"]) == ["A 56-year-old man"]
