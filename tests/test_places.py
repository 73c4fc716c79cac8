"""What a place name means where it stands: ground, a state, a nationality."""

from __future__ import annotations

import pytest

from loaders import annotate

SENSES = [
    ("Kim arrived in Russia.", "Russia", "literal"),
    ("He visited North Korea.", "North Korea", "metonym"),
    ("His visit to North Korea was short.", "North Korea", "literal"),
    ("Weapons for Moscow to use were sent.", "Moscow", "metonym"),
    ("Ties between Moscow and Pyongyang are old.", "Pyongyang", "metonym"),
    ("Sanctions on Iran were lifted.", "Iran", "metonym"),
    ("North Korea fired two missiles.", "North Korea", "metonym"),
    ("They came from North Korea's Sunan area.", "North Korea", "literal"),
    ("It is the Beijing-Moscow axis.", "Beijing", "metonym"),
    ("US officials spoke.", "US", "demonym"),
    ("Russian officials spoke.", "Russian", "demonym"),
    ("The invasion of Ukraine began.", "Ukraine", "literal"),
    ("She teaches in Seoul.", "Seoul", "literal"),
    # what somebody does comes from a party, who travels from the ground
    ("A response from Iran came.", "Iran", "metonym"),
    ("It was sheer dominance from India.", "India", "metonym"),
    ("A flight from Iran came.", "Iran", "literal"),
    # a team, and ground beside it
    ("Leeds lost to Liverpool in Cardiff.", "Leeds", "metonym"),
    ("Leeds lost to Liverpool in Cardiff.", "Liverpool", "metonym"),
    ("Leeds lost to Liverpool in Cardiff.", "Cardiff", "literal"),
    ("It was a heavy defeat to India.", "India", "metonym"),
]


@pytest.mark.parametrize(("text", "words", "expected"), SENSES)
def test_sense(text: str, words: str, expected: str) -> None:
    mentions = annotate(text).mentions
    assert set(mentions[mentions["text"] == words]["sense"]) == {expected}


def test_a_description_is_the_place_the_post_names() -> None:
    mentions = annotate("He reached the Vostochny Cosmodrome. The space center is remote.").mentions
    assert set(mentions[mentions["text"] == "space center"]["entity_id"]) == {"vostochny-cosmodrome"}


def test_an_organization_of_a_country_names_the_country() -> None:
    mentions = annotate("The Japanese Coast Guard said so.").mentions
    assert dict(zip(mentions["text"], mentions["entity_id"], strict=True)) == {
        "Japanese Coast Guard": "japanese-coast-guard",
        "Japanese": "japan",
    }


def test_a_surname_that_is_a_place_the_text_goes_to_stays_open() -> None:
    mentions = annotate("She flew from France. Ali France won. France waved.").mentions
    assert list(mentions["entity_id"]) == ["", "france", "ali-france"]


def test_a_hospital_is_only_called_after_a_nationality() -> None:
    mentions = annotate("They came to the European Hospital.").mentions
    assert list(mentions[mentions["entity_type"] == "location"]["text"]) == []
