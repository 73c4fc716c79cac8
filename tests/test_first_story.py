"""The first story, table by table: what its text says must stand in its record, and nothing else.

The tables below were typed from the text, not from the program. Words in [brackets] are the ones meant, in the
words around them. The golden tables hold every cell; `python -m tests.regenerate_golden` writes them anew.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

import pandas as pd
import pytest

from loaders.model import LIST_SEPARATOR
from loaders.schema import TABLES
from loaders.table_checks import check_record
from tests.packed import first_story
from tests.regenerate_golden import GOLDEN, golden_files

NOT_KNOWN = "not known"


def instant(words: str) -> pd.Timestamp:
    """ "13 02:43" as that day and time of September 2023, UTC."""
    day, clock = words.split()
    hour, minute = map(int, clock.split(":"))
    return pd.Timestamp(datetime(2023, 9, int(day), hour, minute, tzinfo=UTC))


def found(cell: object, expected: str) -> bool:
    return pd.isna(cell) if expected == NOT_KNOWN else cell == instant(expected)  # type: ignore[call-overload,no-any-return]


def ids(cell: str) -> set[str]:
    return set(cell.split(LIST_SEPARATOR)) if cell else set()


def span_of(marked: str) -> tuple[int, int]:
    """The span of the words in [brackets] within words that the text has exactly once."""
    before, rest = marked.split("[")
    words, after = rest.split("]")
    text = first_story().text
    assert text.count(before + words + after) == 1, f"not once in the text: {marked}"
    start = text.index(before + words + after) + len(before)
    return start, start + len(words)


def mention_at(marked: str, entity_type: str) -> dict[str, object] | None:
    """The mention of a type that stands at the words in [brackets], or the shortest that they are part of."""
    start, end = span_of(marked)
    covering = [
        mention
        for mention in first_story().mentions.to_dict("records")
        if mention["entity_type"] == entity_type and mention["start"] <= start and end <= mention["end"]
    ]
    return min(covering, key=lambda mention: mention["end"] - mention["start"], default=None)


# --- posts --------------------------------------------------------------------------------------------------

POSTS = [
    # headline begins, reporters, dateline, age, posted at, after, not after
    ("Kim Jong Un’s sister appears", "Jake Kwon", "Hong Kong", "", NOT_KNOWN, "13 04:57", "13 05:23"),
    ("Will Russia help North Korea", "Anna Chernova; Jake Kwon; Alex Stambaugh", "", "25 min ago",
     "13 04:58", "13 04:57", "13 04:58"),
    ("North Korea and Russia in", "Jessie Yeung", "", "20 min ago", "13 05:03", "13 05:02", "13 05:03"),
    ("Kim asking \"detailed questions\"", "Anna Chernova", "", "30 min ago", "13 04:53", "13 04:52", "13 04:53"),
    ("Why it matters that Putin", "Jessie Yeung; Brad Lendon; Simone McCarthy", "", "53 min ago",
     "13 04:30", "13 04:29", "13 04:30"),
    ("Kim Jong Un steps off famed", "Jessie Yeung", "", "1 hr 6 min ago", "13 04:17", "13 04:16", "13 04:17"),
    ("Kim Jong Un and Vladimir Putin arrive", "Josh Pennington", "", "1 hr 21 min ago",
     "13 04:02", "13 04:01", "13 04:02"),
    ("Putin arrives at Vostochny", "Josh Pennington", "", "1 hr 23 min ago", "13 04:00", "13 03:59", "13 04:00"),
    ("North Korea fires two ballistic", "Junko Ogura; Akanksha Sharma", "Tokyo; Hong Kong", "1 hr 32 min ago",
     "13 03:51", "13 03:50", "13 03:51"),
]  # fmt: skip


def test_there_are_nine_posts() -> None:
    assert len(first_story().posts) == len(POSTS) == 9


@pytest.mark.parametrize("position", range(1, 10))
def test_each_post_has_its_headline_reporters_and_clock(position: int) -> None:
    post = first_story().posts.iloc[position - 1]
    headline, reporters, dateline, age, at, after, until = POSTS[position - 1]
    assert post["position"] == position
    assert post["headline"].startswith(headline)
    assert (post["reporters"], post["dateline"], post["age"]) == (reporters, dateline, age)
    assert found(post["posted_at"], at)
    assert found(post["posted_from"], after)
    assert found(post["posted_to"], until)


# --- quotes -------------------------------------------------------------------------------------------------

KIM, PUTIN, BOLTON, EASLEY, PANDA = (
    "kim-jong-un", "vladimir-putin", "john-bolton", "leif-eric-easley", "ankit-panda"
)  # fmt: skip
DIRECT, MIXED, OPEN = "direct", "mixed", ""
QUOTES = [
    # the words between the marks, of what type, speaker's id, speaker, cue, addressee; in the order of the page
    ("Russia, which gave birth to the first conquerors of space…", DIRECT, KIM, "Kim Jong Un", "writes", ""),
    ("That's exactly why we came here,", DIRECT, PUTIN, "Vladimir Putin", "says", ""),
    ("launch its own satellites and rockets", MIXED, OPEN, "reporter", "asked", ""),
    ("That's exactly why we came here.", DIRECT, PUTIN, "Vladimir Putin", "responded", ""),
    ("The leader of North Korea shows great interest in space, in rocketry, and they are trying to develop space. "
     "We'll show our new objects,", DIRECT, PUTIN, "Vladimir Putin", "said", ""),
    ("We'll talk about all the issues without haste, there is time.", DIRECT, PUTIN, "Vladimir Putin", "told",
     "reporters"),
    ("talked a lot, he was well received, we have a lot of questions.", MIXED, PUTIN, "Vladimir Putin", "saying", ""),
    ("significant contact", MIXED, BOLTON, "John Bolton", "says", ""),
    ("quite significant,", MIXED, BOLTON, "John Bolton", "warned", ""),
    ("goes well beyond a potential arms deal.", MIXED, BOLTON, "John Bolton", "warned", ""),
    ("From North Korea's point of view, this gets them back into really significant contact with Russia for the "
     "first time since the collapse of the Soviet Union,", DIRECT, BOLTON, "John Bolton", "told", "CNN"),
    ("Back in the Cold War, North Korea played off China against the Soviet Union very well, going back to the "
     "Korean War,", DIRECT, BOLTON, "John Bolton", "said", ""),
    ("gives North Korea, going forward, the potential to play Russia off to get oil and gas directly from Russia, "
     "to get high technology in exchange for these weapons,", MIXED, BOLTON, "John Bolton", "said", ""),
    ("I think the big winner here is Kim Jong Un.", DIRECT, BOLTON, "John Bolton", "", ""),  # he goes on
    ("increase Russian influence in Korea and the Peninsula and the whole geographic area, at a time when I think "
     "the Russians are worried about being the junior partner in the Beijing-Moscow axis.", MIXED, BOLTON,
     "John Bolton", "added", ""),
    ("detailed questions", MIXED, "russia-1", "Russia 1", "says", ""),  # "state media", which the body names
    ("key objects,", MIXED, OPEN, "Russia 1 journalist", "said", ""),
    ("a lot of very detailed questions", MIXED, OPEN, "Russia 1 journalist", "adding", ""),
    ("Meeting at Russia’s eastern spaceport is particularly provocative because it suggests that Putin may offer "
     "sanctions-violating satellite launch technology in exchange for North Korean munitions that Moscow would "
     "employ in its illegal war in Ukraine,", DIRECT, EASLEY, "Leif-Eric Easley", "told", "CNN"),
    ("that the military maintains readiness with uninterrupted command and control.", MIXED, EASLEY,
     "Leif-Eric Easley", "said", ""),
    ("Beginning in 2019, Kim started to generally grow more hands-off on testing and exercises, with many launches "
     "taking place without his apparent presence. This launch could have been carried out under standing orders,",
     DIRECT, PANDA, "Ankit Panda", "said", ""),
    ("Hi. Glad to see you. How was your trip?", DIRECT, PUTIN, "Vladimir Putin", "tells", "Kim"),
    ("Thank you for inviting us and welcoming us while your work is busy.", DIRECT, KIM, "Kim Jong Un", "responds",
     ""),
]  # fmt: skip
HEADLINE_QUOTES = ("That's exactly why we came here,", "significant contact", "detailed questions")


def quotations() -> pd.DataFrame:
    quotes = first_story().quotes
    return quotes[quotes["quote_type"] != "indirect"].sort_values("start").reset_index(drop=True)


def test_there_are_twenty_quotations_in_bodies_and_three_in_headlines_and_no_others() -> None:
    assert list(quotations()["quote"]) == [quote for quote, *_ in QUOTES]
    in_headlines = quotations()[quotations()["is_headline"]]
    assert tuple(in_headlines["quote"]) == HEADLINE_QUOTES
    assert len(quotations()) == 20 + 3


@pytest.mark.parametrize("number", range(23))
def test_each_quotation_has_its_speaker(number: int) -> None:
    quote = quotations().iloc[number]
    _, quote_type, speaker_id, speaker, cue, addressee = QUOTES[number]
    assert quote["quote_type"] == quote_type
    assert quote["speaker_id"] == speaker_id
    assert quote["speaker"] == speaker
    assert quote["cue"] == cue
    assert quote["addressee"] == addressee
    assert quote["attribution"]


SOURCES = [
    # words of a quotation, on whose word it stands, what it came through
    ("Hi. Glad to see you", "government", "video released by the Kremlin"),
    ("Russia, which gave birth", "government", ""),
    ("quite significant,", "analyst", ""),
    ("Meeting at Russia’s eastern", "analyst", ""),
    ("Beginning in 2019", "analyst", ""),
    ("key objects,", "state media", "Russia 1"),
    ("a lot of very detailed", "state media", "Russia 1"),
    ("detailed questions", "state media", ""),
    ("launch its own satellites", "news outlet", ""),
]


@pytest.mark.parametrize(("quote", "source_type", "via"), SOURCES)
def test_on_whose_word_a_quotation_stands_and_what_it_came_through(
    quote: str, source_type: str, via: str
) -> None:
    rows = quotations()[quotations()["quote"].str.startswith(quote)]
    assert list(rows["source_type"]) == [source_type]
    assert list(rows["via"]) == [via]


REPORTED = [
    # words of reported speech without marks, who says so, the words that report it, what it came through
    ("have both arrived at Russia’s remote space rocket launch site", "ria-novosti; tass", "according to", ""),
    ("has arrived at the country's remote space rocket launch site", "tass", "reported", ""),
    ("Both missiles have already fallen", "japanese-coast-guard", "said", "Japanese Ministry of Defence"),
    ("Kim has also stressed the role of military satellites", "kcna", "said", ""),
    ("The two missiles were launched from North Korea's Sunan area", "joint-chiefs-of-staff-kor", "according to", ""),
    ("The South Korean military has strengthened surveillance", "joint-chiefs-of-staff-kor", "added", ""),
    ("toured the building where the launch vehicle is assembled", "russia-1", "reported", ""),
    ("Kim and Putin are currently touring the space center", "russia-1", "according to", ""),
    ("after the Soviet Union collapsed, North Korea became increasingly dependent", BOLTON, "added", ""),
    ("any potential arms deal could see Pyongyang provide weapons", OPEN, "warning", ""),
    ("it was highly unusual for North Korea to launch missiles", OPEN, "told", ""),
    ("The location itself is significant", EASLEY, "said", ""),
]  # fmt: skip


@pytest.mark.parametrize(("words", "speaker_id", "cue", "via"), REPORTED)
def test_reported_speech_has_its_source(words: str, speaker_id: str, cue: str, via: str) -> None:
    quotes = first_story().quotes
    rows = quotes[(quotes["quote_type"] == "indirect") & quotes["quote"].str.contains(words, regex=False)]
    assert list(rows["speaker_id"]) == [speaker_id]
    assert list(rows["cue"]) == [cue]
    assert list(rows["via"]) == [via]


# --- people and what is called by their names ------------------------------------------------------------------

NEWSMAKERS = {
    # name: words of the role as printed, affiliations, country
    "Kim Jong Un": ("North Korean leader", (), "PRK"),
    "Kim Yo Jong": ("sister", (), "PRK"),
    "Vladimir Putin": ("Russian President", (), "RUS"),
    "Sergei Shoigu": ("Russian Defense Minister", (), "RUS"),
    "John Bolton": ("Former US National Security Adviser", (), "USA"),
    "Leif-Eric Easley": ("professor", ("Ewha University",), ""),
    "Ankit Panda": (
        "senior fellow",
        ("Nuclear Policy Program", "Carnegie Endowment for International Peace"),
        "",
    ),
    "Pavel Zarubin": ("Russian state television journalist", (), "RUS"),
    "Joseph Stalin": ("", (), "SUN"),
}
REPORTERS = {
    "Jake Kwon", "Anna Chernova", "Alex Stambaugh", "Jessie Yeung", "Brad Lendon", "Simone McCarthy",
    "Josh Pennington", "Junko Ogura", "Akanksha Sharma",
}  # fmt: skip


def test_nine_make_the_news_nine_report_it_and_nobody_else() -> None:
    people = first_story().people
    assert len(NEWSMAKERS) == len(REPORTERS) == 9
    assert set(people["name"]) == set(NEWSMAKERS) | REPORTERS
    assert len(people) == 18


@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_reporters_are_journalists_of_the_outlet(name: str) -> None:
    person = first_story().people.set_index("name").loc[name]
    assert (person["person_type"], person["affiliation"], person["quote_count"]) == ("journalist", "CNN", 0)


@pytest.mark.parametrize("name", NEWSMAKERS)
def test_roles_and_affiliations_are_as_the_text_gives_them(name: str) -> None:
    person = first_story().people.set_index("name").loc[name]
    role, affiliations, country = NEWSMAKERS[name]
    assert role in person["role"]
    assert set(affiliations) == ids(person["affiliation"])
    assert country in {person["country"], ""}


BOTH = f"{KIM}; {PUTIN}"
PERSONS_MEANT = [
    # words that stand for somebody, who; "" where it is nobody the text names
    ("[The North Korean leader] writes", KIM),
    ("looking over [her brother]'s shoulder", KIM),
    ("shoulder while [he] signs a guest book", KIM),
    ("key adviser to [her brother]", KIM),
    ("In 2021 [she] was promoted", "kim-yo-jong"),
    ("Ahead of North Korean leader [Kim Jong Un]'s arrival", KIM),
    ("[He] referenced Russian Defense Minister", PUTIN),
    ("saying [Shoigu] and his", "sergei-shoigu"),
    ("accompanying Putin on [Kim]'s visit", KIM),
    ('going back to the Korean War," [he] said', BOLTON),
    ("However, [he] added", BOLTON),
    ("in Ukraine,” [he] told CNN", EASLEY),
    ("taking place without [his] apparent presence", KIM),
    ("the famed green train that carried [him] from", KIM),
    ("hands with [the waiting Russian president]", PUTIN),
    ("after traveling from Pyongyang on [his] private train", KIM),
    ("ahead of [the leader]'s arrival at the space center", KIM),
    ("[The two leaders] have inspected", BOTH),
    ("support of [Kim’s grandfather] at the start", ""),
]


@pytest.mark.parametrize(("marked", "person_id"), PERSONS_MEANT)
def test_who_is_meant(marked: str, person_id: str) -> None:
    mention = mention_at(marked, "person")
    assert ids(mention["entity_id"] if mention else "") == ids(person_id)


ORGANIZATIONS = {
    # id: kind, on whose word it speaks
    "cnn": ("news outlet", "news outlet"),
    "russia-1": ("state media", "state media"),
    "tass": ("state media", "state media"),
    "ria-novosti": ("state media", "state media"),
    "kcna": ("state media", "state media"),
    "kremlin": ("government", "government"),
    "joint-chiefs-of-staff-kor": ("military", "military"),
    "japanese-coast-guard": ("government", "government"),
    "japanese-ministry-of-defence": ("government", "government"),
    "un-security-council": ("international body", "government"),
    "state-affairs-commission": ("government", "government"),
    "ewha-university": ("university", "analyst"),
    "carnegie-endowment": ("think tank", "analyst"),
}


@pytest.mark.parametrize("organization_id", ORGANIZATIONS)
def test_organizations_have_their_kind_and_word(organization_id: str) -> None:
    organization = first_story().organizations.set_index("organization_id").loc[organization_id]
    kind, word = ORGANIZATIONS[organization_id]
    assert (organization["organization_type"], organization["source_type"]) == (kind, word)


def test_nobody_is_a_person_and_an_organization() -> None:
    assert not set(first_story().people["person_id"]) & set(first_story().organizations["organization_id"])


# --- places -------------------------------------------------------------------------------------------------

SENSES = [
    # words that name a place, which, what is meant by it
    ("From CNN’s Jake Kwon in [Hong Kong]", "hong-kong", "dateline"),
    ("Junko Ogura in [Tokyo] and", "tokyo", "dateline"),
    ("from North Korea's [Sunan] area into", "sunan", "literal"),
    ("into [waters off the east coast] of the Korean Peninsula", "sea-of-japan-east-sea", "literal"),
    ("off the east coast of the [Korean Peninsula]", "korean-peninsula", "literal"),
    ("the North Korean capital [Pyongyang]", "pyongyang", "literal"),
    ("after traveling from [Pyongyang] on his", "pyongyang", "literal"),
    ("Easley said [Pyongyang] could be trying", "pyongyang", "metonym"),
    ("Military cooperation between [Moscow] and", "moscow", "metonym"),
    ("between Moscow and [Pyongyang] has a history", "pyongyang", "metonym"),
    ("munitions that [Moscow] would employ", "moscow", "metonym"),
    ("[Moscow] is in need of fresh supplies", "moscow", "metonym"),
    ("partner in the [Beijing]-Moscow axis", "beijing", "metonym"),
    ("partner in the Beijing-[Moscow] axis", "moscow", "metonym"),
    ("at Ewha University in [Seoul]", "seoul", "literal"),
    ("its illegal war in [Ukraine]", "ukraine", "literal"),
    ("18 months of war in [Ukraine]", "ukraine", "literal"),
    ("use in its war against [Ukraine]", "ukraine", "metonym"),
    ("[North Korea] launched two short-range", "north-korea", "metonym"),
    ("ballistic missiles, according to [South Korean] authorities.\nExperts", "south-korea", "demonym"),
    ("Kim arrived in [Russia] on Tuesday", "russia", "literal"),
    ("become increasingly dependent on [China] since", "china", "metonym"),
    ("against the [Soviet Union] very well", "soviet-union", "metonym"),
    ("launch site in the country's [Far East] region", "russian-far-east", "literal"),
    ("cooperation with the [United States]", "united-states", "metonym"),
]


@pytest.mark.parametrize(("marked", "location_id", "sense"), SENSES)
def test_what_a_place_name_means(marked: str, location_id: str, sense: str) -> None:
    mention = mention_at(marked, "location")
    assert mention
    assert (mention["entity_id"], mention["sense"]) == (location_id, sense)


PLACES = {
    # id: kind, latitude, longitude, is an area
    "vostochny-cosmodrome": ("site", 51.884, 128.334, False),
    "pyongyang": ("city", 39.03, 125.75, False),
    "sunan": ("district", 39.21, 125.68, True),
    "seoul": ("city", 37.57, 126.98, False),
    "tokyo": ("city", 35.69, 139.69, False),
    "hong-kong": ("city", 22.28, 114.17, False),
    "moscow": ("city", 55.75, 37.62, False),
    "beijing": ("city", 39.91, 116.40, False),
    "russian-far-east": ("region", None, None, True),
    "korean-peninsula": ("region", None, None, True),
    "sea-of-japan-east-sea": ("sea", None, None, True),
    "soviet-union": ("former state", None, None, True),
    **dict.fromkeys(("russia", "north-korea", "south-korea", "china", "japan", "ukraine", "united-states"), ("country", None, None, True)),
}  # fmt: skip


def test_the_places_are_these_and_no_others() -> None:
    assert set(first_story().locations["location_id"]) == set(PLACES)


@pytest.mark.parametrize("location_id", PLACES)
def test_places_lie_where_they_are(location_id: str) -> None:
    place = first_story().locations.set_index("location_id").loc[location_id]
    kind, latitude, longitude, is_area = PLACES[location_id]
    assert place["location_type"] == kind
    assert (place["radius_km"] > 0) == is_area
    assert place["gazetteer"]
    assert place["time_zone"]
    if latitude is not None:
        assert place["latitude"] == pytest.approx(latitude, abs=0.02)
        assert place["longitude"] == pytest.approx(longitude, abs=0.02)


# --- events -------------------------------------------------------------------------------------------------

VOSTOCHNY, ANY = "vostochny-cosmodrome", "any"
HAPPENED, CLAIMED, PLANNED, POSSIBLE = "happened", "claimed", "planned", "possible"
EVENTS = [
    # words of the evidence, kind, who takes part, status, where, where to, not before, not after
    ("were launched from North Korea's Sunan area", "launch", {"north-korea"}, HAPPENED,
     "sunan", "sea-of-japan-east-sea", "13 02:43", "13 02:53"),
    ("Both missiles have already fallen", "impact", set(), ANY, ANY, ANY, "13 02:43", "13 03:51"),
    ("from Pyongyang on his private train", "journey", {KIM}, HAPPENED, "pyongyang", ANY, NOT_KNOWN, "12 15:00"),
    ("who arrived in Russia on Tuesday", "arrival", {KIM}, HAPPENED, "russia", "", "11 15:00", "12 15:00"),
    ("Putin has arrived at the country's remote", "arrival", {PUTIN}, ANY, VOSTOCHNY, "", "13 03:00", "13 04:00"),
    ("Putin spoke to reporters at the Vostochny", "remarks", {PUTIN}, HAPPENED, VOSTOCHNY, "", "13 03:00",
     "13 04:02"),
    ("have both arrived at Russia’s remote", "arrival", {KIM}, ANY, VOSTOCHNY, "", "13 03:00", "13 04:02"),
    ("shaking hands with the waiting Russian president", "handshake", {KIM, PUTIN}, HAPPENED, VOSTOCHNY, "",
     "13 03:00", "13 04:17"),
    ("are touring the Vostochny Cosmodrome", "tour", {KIM, PUTIN}, ANY, VOSTOCHNY, "", "13 03:00", "13 04:53"),
    ("have inspected the Angara space rocket complex", "tour", {KIM, PUTIN}, ANY, VOSTOCHNY, "", "13 03:00",
     "13 04:58"),
    ("toured the building where the launch vehicle", "tour", {KIM, PUTIN}, ANY, VOSTOCHNY, "", "13 03:00",
     "13 04:58"),
    ("while he signs a guest book inside", "signing", {KIM, "kim-yo-jong"}, ANY, VOSTOCHNY, "", "13 03:00",
     "13 05:23"),
    ("warned Tuesday that the meeting", "statement", {BOLTON}, HAPPENED, "", "", "12 04:00", "13 04:00"),
    ("expected to hold arms talks", "talks", {KIM, PUTIN}, PLANNED, ANY, ANY, NOT_KNOWN, NOT_KNOWN),
    ("provide weapons for", "arms deal", {"north-korea", "russia"}, POSSIBLE, ANY, ANY, NOT_KNOWN, NOT_KNOWN),
    ("Sergei Shoigu's recent visit to North Korea", "visit", {"sergei-shoigu"}, HAPPENED, "north-korea", ANY,
     NOT_KNOWN, "13 04:58"),
]  # fmt: skip
BACKGROUND = [
    # words of the evidence, kind, who takes part, where, the year or month ("" where the text gives none)
    ("failed to launch a spy satellite", "failed launch", {"north-korea"}, ANY, ""),
    ("KCNA said in April", "statement", {"kcna"}, ANY, "2023-04"),
    ("In 2021 she was promoted", "appointment", {"kim-yo-jong"}, ANY, "2021"),
    ("Beginning in 2019, Kim started", "weapons tests", {KIM}, ANY, "2019"),
    ("at the start of the Korean War in 1950", "war", set(), "korean-peninsula", "1950"),
    ("after the Soviet Union collapsed", "collapse", {"soviet-union"}, ANY, ""),
    ("of war in Ukraine", "war", set(), "ukraine", ""),
]


def events_of(evidence: str, kind: str, participants: set[str]) -> list[dict[str, object]]:
    """The events of a kind with these in it, that a post reports in these words."""
    text, posts = first_story().text, first_story().posts
    spans = zip(posts["post_id"], posts["start"], posts["end"], strict=True)
    reporting = {post for post, start, end in spans if evidence in text[start:end]}
    assert reporting, f"not in the text: {evidence}"
    return [
        event
        for event in first_story().events.to_dict("records")
        if event["event_type"] == kind
        and ids(event["post_ids"]) & reporting
        and participants <= ids(event["participants"])
    ]


@pytest.mark.parametrize("event", EVENTS, ids=[event[0] for event in EVENTS])
def test_what_happened(event: tuple[str, str, set[str], str, str, str, str, str]) -> None:
    evidence, kind, participants, status, location, destination, start, end = event
    expected = {"status": status, "location_id": location, "destination_id": destination}
    rows = events_of(evidence, kind, participants)
    fitting = [
        row
        for row in rows
        if all(wanted in {ANY, row[column]} for column, wanted in expected.items())
        and found(row["start_at"], start)
        and found(row["end_at"], end)
        and not row["is_background"]
    ]
    shown = ("title", "status", "location_id", "destination_id", "start_at", "end_at", "is_background")
    assert fitting, [{column: str(row[column]) for column in shown} for row in rows]


@pytest.mark.parametrize("event", BACKGROUND, ids=[event[0] for event in BACKGROUND])
def test_what_lies_behind_the_story(event: tuple[str, str, set[str], str, str]) -> None:
    evidence, kind, participants, location, period = event
    rows = [row for row in events_of(evidence, kind, participants) if location in {ANY, row["location_id"]}]
    assert [row["is_background"] for row in rows] == [True] * len(rows)
    assert len(rows)
    starts = [row["start_at"] for row in rows if period]
    near = [
        str((start + pd.Timedelta(hours=12)).date()) for start in starts
    ]  # a zone is half a day from UTC at most
    assert all(day.startswith(period) for day in near), near


def test_every_event_stands_once() -> None:
    assert not first_story().events.duplicated(["title"]).any()


def test_nothing_happened_after_it_was_posted_or_ended_before_it_began() -> None:
    posts, events = first_story().posts, first_story().events
    for event in events[events["status"].isin([HAPPENED, CLAIMED])].itertuples():
        telling = posts[(posts["start"] <= event.start) & (posts["end"] >= event.end)].iloc[0]
        assert event.end_at <= telling["posted_to"], event.title
    assert not (events["start_at"] > events["end_at"]).any()


# --- the whole ----------------------------------------------------------------------------------------------


def test_the_rows_hold_together() -> None:
    check_record(first_story())
    assert first_story().problems.empty


@cache
def written(story: str) -> Mapping[str, bytes]:
    return golden_files(story)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("story", sorted(path.name for path in GOLDEN.iterdir() if path.is_dir()))
def test_golden_table(story: str, name: str) -> None:
    """Read by eye against the text; see tests/regenerate_golden.py before you change one."""
    golden = (GOLDEN / story / f"{name}.csv").read_bytes()
    now, before = (
        list(csv.DictReader(io.StringIO(data.decode(), newline="")))
        for data in (written(story)[f"{name}.csv"], golden)
    )
    key = TABLES[name].key
    assert [row[key] for row in now] == [row[key] for row in before]
    changed = {
        row[key]: {column: (old[column], row[column]) for column in row if row[column] != old[column]}
        for row, old in zip(now, before, strict=True)
        if row != old
    }
    assert not changed
