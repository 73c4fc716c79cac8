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
    # the present tense with a time to come
    ("Vladimir Putin is meeting Kim Jong Un tomorrow.", "meeting", "planned"),
    # of what somebody is only accused, and what somebody is found to have done
    ("Anna Reed is accused of killing Mark Hall in Seoul.", "death", "claimed"),
    ("Anna Reed was convicted of killing Mark Hall in Seoul.", "death", "happened"),
    # what was called off is another matter
    ("Anna Reed scrapped the deal after the meeting with Mark Hall in Seoul.", "meeting", "happened"),
    ("A flight was cancelled after a crash in Seoul.", "crash", "happened"),
    # a noun that is said to be planned
    ("More protests are planned in Seoul.", "protest", "planned"),
    ("The call was for protests to be staged in Seoul.", "protest", "planned"),
    # a noun that others get ready for, that is to take place
    ("Shops are braced for a protest in Seoul.", "protest", "planned"),
    ("Anna Reed is gearing up for protests in Seoul.", "protest", "planned"),
    ("The force will respond to protests in Seoul today.", "protest", "planned"),
    ("A protest in Seoul is to be held today.", "protest", "planned"),
    ("A protest in Seoul will take place today.", "protest", "planned"),
    # what is answered is there, and what it will lead to says nothing of when it was
    ("We are responding to protest activity in Seoul today.", "protest", "happened"),
    ("The attack in Seoul will be remembered.", "attack", "happened"),
    ("The attack in Seoul is expected to raise prices.", "attack", "happened"),
    ("The attack in Seoul set back the talks.", "attack", "happened"),
    ("The protest in Seoul, due to rain, was short.", "protest", "happened"),
    # what is only called or asked for
    ("There were calls for protests in Seoul.", "protest", "possible"),
    ("Voters called on Vladimir Putin to resign.", "resignation", "possible"),
    # what others follow has happened, though it was planned
    ("Shops were shut following a planned protest in Seoul.", "protest", "happened"),
    ("Reuters had word of alleged attacks in Seoul.", "attack", "possible"),
    # what is only claimed to have been
    ("Police dismissed claims of an attack in Seoul.", "attack", "possible"),
    # a plural narrows no noun, so that a verb follows it
    ("Protests erupt in Seoul.", "protest", "happened"),
    # on the word of an organization that two places name
    ("Two men were arrested in Seoul, Avon and Home Office said.", "arrest", "claimed"),
    # what an unnamed speaker says is there, and what a text takes as known
    ("One man said: “There are riots in Seoul.”", "protest", "claimed"),
    # reported without marks, in a sentence that quotes something else
    ("Reuters said three men were killed in Seoul, a “dark day” for the city.", "death", "claimed"),
]


@pytest.mark.parametrize(("text", "kind", "expected"), STATUS)
def test_how_certain_an_event_is(text: str, kind: str, expected: str) -> None:
    assert list(events(text)[["event_type", "status"]].itertuples(index=False, name=None)) == [
        (kind, expected)
    ]


NONE = [
    "Storm near Fiji",
    "Will North Korea launch a satellite?",
    "North Korea did not fire missiles.",
    "It did not say whether North Korea fired missiles.",
    "The rocket launch site is remote.",
    'Residents were told to "stay away".',
    # what is called false, and what shakes, blows or scores
    "False claims that two men were killed in Seoul spread online.",
    "An aftershock struck at noon near Seoul.",
    "Anna Reed strikes from 25 yards in Seoul.",
    "Reed’s side attack down the left in Seoul.",
    "Anna Reed crashed to defeat in Seoul.",
    # what is denied, called off, said to be untrue, or only would have been
    "Anna Reed denied that she had met Mark Hall in Seoul.",
    "Anna Reed postponed a meeting with Mark Hall in Seoul.",
    "Anna Reed’s visit to Seoul has been cancelled.",
    "A visit to Seoul by Anna Reed was called off.",
    "Reports that Anna Reed arrived in Seoul are false.",
    "Had Anna Reed arrived in Seoul, Mark Hall would have left.",
    "Anna Reed would have met Mark Hall in Seoul.",
    # verbs with a word behind them that makes another verb of them
    "Anna Reed departs for 82 in Seoul.",
    "The train is set to carry on to Seoul.",
    "The crowd from Seoul was to be met with a wall of police.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_event(text: str) -> None:
    assert events(text).empty


def test_a_nationality_says_whose_a_strike_is_and_not_where() -> None:
    assert "russia" not in set(events("A Russian air strike on a farm left a crater.")["location_id"])
    assert list(events("A Russian air strike in Kyiv left a crater.")["location_id"]) == ["kyiv"]


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


TWO_REPORTS = [
    # another number, another name of the same: two events
    (
        "Police arrested 3 people at pier 3 in Seoul on Tuesday.",
        "Police arrested 3 people at pier 4 in Seoul on Tuesday.",
        2,
    ),
    ("Police arrested 12 people in Seoul on Tuesday.", "Police arrested nine people in Seoul on Tuesday.", 2),
    (
        "A bomb exploded in Mill Lane in Seoul on Tuesday.",
        "A bomb exploded in Harbour Lane in Seoul on Tuesday.",
        2,
    ),
    (
        "Vladimir Putin met Kim Jong Un at Gate 3 in Seoul.",
        "Vladimir Putin met Kim Jong Un at Gate 4 in Seoul.",
        2,
    ),
    ("North Korea fired two missiles from Sunan.", "North Korea fired three missiles from Sunan.", 2),
    # the same, in words, with less said, or with a toll that has grown: one
    (
        "Police arrested 12 people in Seoul on Tuesday.",
        "Police arrested twelve people in Seoul on Tuesday.",
        1,
    ),
    (
        "Police arrested 12 people at pier 3 in Seoul on Tuesday.",
        "Police arrested 12 people in Seoul on Tuesday.",
        1,
    ),
    (
        "A bomb exploded in Mill Lane in Seoul on Tuesday.",
        "The bomb exploded in Mill Lane in Seoul on Tuesday, Reuters said.",
        1,
    ),
    (
        "A missile killed three people in Seoul on Tuesday.",
        "The missile killed five people in Seoul on Tuesday.",
        1,
    ),
    ("At least 12 were killed in Seoul on Tuesday.", "At least 20 were killed in Seoul on Tuesday.", 1),
]


@pytest.mark.parametrize(("first", "second", "count"), TWO_REPORTS)
def test_another_number_or_name_is_another_event(first: str, second: str, count: int) -> None:
    assert len(events(f"{first}\n{second}")) == count


def test_nobody_acts_across_quotation_marks() -> None:
    found = events('Anna Reed said: "Those attacking police in Seoul will be found."')
    assert not any("anna-reed" in row for row in found["participants"])


OTHERS = [
    # what leads on to another matter: text, the event's kind, its place, whether a time dates it
    (
        "A protest in Tokyo was held following the murder of two girls in Seoul on Monday.",
        "protest",
        "tokyo",
        False,
    ),
    ("Anna Reed was arrested after a group gathered in Seoul last Tuesday.", "arrest", "", False),
    ("Anna Reed protested about the election results in Seoul.", "protest", "", False),
    # where the police are from is not where they arrest somebody
    ("Anna Reed was arrested by Seoul Police.", "arrest", "", False),
    ("Anna Reed was arrested in Seoul last Tuesday.", "arrest", "seoul", True),
]


@pytest.mark.parametrize(("text", "kind", "place", "is_dated"), OTHERS)
def test_the_place_and_time_of_another_matter_are_not_the_events(
    text: str, kind: str, place: str, is_dated: bool
) -> None:
    row = next(row for row in events(text).to_dict("records") if row["event_type"] == kind)
    assert (row["location_id"], bool(row["time_text"])) == (place, is_dated)


def test_an_age_dates_nothing() -> None:
    row = events("Anna Reed was charged with theft in Seoul beside two 16-year-olds.").iloc[0]
    assert (row["time_text"], row["time_basis"]) == ("", "bounded by the post")


def test_crowds_attack_and_not_the_police_who_speak_of_them() -> None:
    text = "The Home Office has stepped up patrols, with crowds rioting on Tuesday and attacking a hotel in Seoul."
    assert not any("home-office" in row for row in events(text)["participants"])


def test_claims_that_spread_are_nobodys_words() -> None:
    found = events("False claims have spread that Anna Reed arrived in Seoul.")
    assert not any("False" in row for row in found["sources"])


@pytest.mark.parametrize(
    "text",
    [
        "There are no reports of anyone being injured in Seoul.",
        "Vladimir Putin was right to combat this with cameras and travel bans.",
        "Anna Reed has been carrying a niggle since the Pacific Party was founded.",
    ],
)
def test_nothing_happened(text: str) -> None:
    assert events(text).empty


TITLES = [
    # what a title does without: text, title
    ("It was a riot, which saw three officers injured in Seoul.", "Three officers injured in Seoul"),
    ("Police watch ‘violent protests in Seoul’", "Protests in Seoul"),
    ("A man was arrested in Seoul shortly on Tuesday.", "A man was arrested in Seoul"),
    ("Police saw attacks in Seoul - it was late.", "Attacks in Seoul"),
    ("Anna Reed was arrested in Seoul and charged with fraud.", "Anna Reed is charged with fraud"),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_a_title_begins_and_ends_with_words_of_its_own(text: str, title: str) -> None:
    assert title in set(events(text)["title"])


def test_whose_house_it_is_does_not_meet() -> None:
    assert list(events("Police met at Mark Hall's house on Monday.")["participants"].fillna("")) == [""]
