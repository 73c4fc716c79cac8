"""What happened, when, and on whose word: each row is a text posted at noon UTC on 13 September 2023, a Wednesday."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from loaders import annotate

POSTED = datetime(2023, 9, 13, 12, tzinfo=UTC)


def events(text: str) -> pd.DataFrame:
    """The events of a text."""
    return annotate(text, POSTED).events


STATUS = [
    ("Vladimir Putin arrived in Seoul.", "arrival", "happened"),
    ("Vladimir Putin arrived in Seoul, according to Reuters.", "arrival", "claimed"),
    ("Vladimir Putin is expected to arrive in Seoul.", "arrival", "planned"),
    ("Vladimir Putin could arrive in Seoul.", "arrival", "possible"),
]


@pytest.mark.parametrize(("text", "kind", "expected"), STATUS)
def test_how_certain_an_event_is(text: str, kind: str, expected: str) -> None:
    assert list(events(text)[["event_type", "status"]].itertuples(index=False, name=None)) == [
        (kind, expected)
    ]


NONE = [
    "Will North Korea launch a satellite?",
    "North Korea did not fire missiles.",
    "It did not say whether North Korea fired missiles.",
    "The rocket launch site is remote.",
    'Residents were told to "stay away".',
]


@pytest.mark.parametrize("text", NONE)
def test_no_event(text: str) -> None:
    assert events(text).empty


def test_what_has_happened_cannot_have_happened_after_the_post() -> None:
    row = events("Vladimir Putin arrived in Seoul on Wednesday evening.").iloc[0]
    assert (row["end_at"], row["time_basis"]) == (pd.Timestamp(POSTED), "bounded by the post")


def test_a_day_is_that_of_the_place() -> None:
    row = events("Vladimir Putin arrived in Seoul on Tuesday.").iloc[0]
    assert (row["start_at"], row["end_at"]) == (
        pd.Timestamp("2023-09-11T15:00Z"),
        pd.Timestamp("2023-09-12T15:00Z"),
    )


def test_between_two_clock_times() -> None:
    row = events(
        "North Korea fired two missiles from Sunan between 11:43 a.m. and 11:53 a.m. local time."
    ).iloc[0]
    assert (row["start_at"], row["end_at"], row["granularity"]) == (
        pd.Timestamp("2023-09-13T02:43Z"),
        pd.Timestamp("2023-09-13T02:53Z"),
        "minute",
    )


def test_two_leaders_arrive_in_two_arrivals() -> None:
    found = events("Kim Jong Un and Vladimir Putin arrived in Seoul.")
    assert sorted(found["participants"]) == ["kim-jong-un", "vladimir-putin"]


def test_reports_of_one_event_are_merged() -> None:
    found = events(
        "North Korea fired two missiles.\nNorth Korea fired missiles from Sunan on Tuesday, Reuters said."
    )
    assert list(found["location_id"]) == ["sunan"]
    assert list(found["status"]) == ["happened"]


def test_a_second_arrest_elsewhere_is_another() -> None:
    found = events("Anna Reed was arrested in Seoul.\nMark Hall was arrested in Tokyo.")
    assert sorted(found["location_id"]) == ["seoul", "tokyo"]


def test_nobody_acts_across_quotation_marks() -> None:
    found = events('Anna Reed said: "Those attacking police in Seoul will be found."')
    assert not any("anna-reed" in row for row in found["participants"])
