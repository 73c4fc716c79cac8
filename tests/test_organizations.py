"""Of what kind an organization is that no registry knows, by the words of its name."""

from __future__ import annotations

import pytest

from loaders import annotate

KINDS = [
    # the case, the name, its kind
    ("a police force", "Qwertle Police Force Headquarters", "government"),
    ("a constabulary", "Qwertle Constabulary", "government"),
    ("a town's council", "Qwertle Council", "government"),
    ("a council of members", "Church Council of Qwertle", "other"),
    ("a centre for something", "Centre for Qwertle Research", "think tank"),
    ("a centre where people meet", "Qwertle Sports Centre", "other"),
    ("a school", "Qwertle Business School", "university"),
]


@pytest.mark.parametrize(("name", "kind"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS])
def test_the_words_of_a_name_say_what_it_is(name: str, kind: str) -> None:
    found = annotate(f"He spoke to the {name} on Tuesday.").organizations
    assert list(found["organization_type"]) == [kind]


FIRMS = [
    # why two names are a firm's: the text
    "A poll of 900 voters run by Redland and Wilby for a magazine came out.",
    "A Redland and Wilby poll came out.",
    "The pollster Redland and Wilby said it was close.",
    # … and stay so wherever the text has them
    "Pollsters Redland and Wilby asked. In Redland and Wilby's view it was close.",
]
NO_FIRMS = [
    # people, places, and what is asked there
    "A poll by Anna and Tom came out.",
    "A poll in Ottumwa and Chillicothe came out.",
    "A poll by Kent and Sussex universities came out.",
]


@pytest.mark.parametrize("text", FIRMS)
def test_two_surnames_are_a_firm_where_the_words_beside_them_say_so(text: str) -> None:
    record = annotate(text)
    assert list(record.organizations["name"]) == ["Redland and Wilby"]
    assert list(record.locations["name"]) == []


@pytest.mark.parametrize("text", NO_FIRMS)
def test_two_names_are_no_firm_where_nothing_says_so(text: str) -> None:
    assert list(annotate(text).organizations["name"]) == []


IN_TITLES = [
    # a title, the organizations it names
    ("National Pilot Chiefs' Council Chair Anna Reed", ["National Pilot Chiefs' Council"]),
    ("Leeds City Council Leader Anna Reed", ["Leeds City Council"]),
    ("Deputy Police Chief Anna Reed", []),
]


@pytest.mark.parametrize(("title", "expected"), IN_TITLES)
def test_a_title_names_what_it_is_of(title: str, expected: list[str]) -> None:
    assert list(annotate(f"{title} spoke on Tuesday.").organizations["name"]) == expected


@pytest.mark.parametrize(
    ("text", "organization"),
    [
        ("The General Staff said the bridge was lost.", "general-staff"),
        ("The General Staff of Ukraine's Armed Forces said the bridge was lost.", "general-staff-of-ukraine"),
    ],
)
def test_an_armys_staff_is_no_general_of_that_name(text: str, organization: str) -> None:
    record = annotate(text)
    assert record.quotes["speaker_id"].tolist() == [organization]
    assert record.people.empty
