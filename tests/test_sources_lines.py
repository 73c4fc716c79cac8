"""The small readers of pasted pages: which lines are stamps, which are bylines, and what they say."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.clock import Age, Day
from loaders.model import Span
from loaders.sources.bylines import byline_words, read_byline, read_names
from loaders.sources.postings import stated_time
from loaders.sources.stamp_parts import StampLine
from loaders.sources.stamp_words import Unit, stamp_words
from loaders.sources.stamps import read_stamp

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
DAY = timedelta(days=1)

AGES = [
    ("25 min ago", Age(25 * MINUTE)),
    ("1 hr 6 min ago", Age(66 * MINUTE)),
    ("2 hr ago", Age(2 * HOUR, HOUR)),
    ("just now", Age(timedelta(0))),
    ("Just now", Age(timedelta(0))),
    ("3 minutes ago", Age(3 * MINUTE)),
    ("32 mins ago", Age(32 * MINUTE)),
    ("1h ago", Age(HOUR, HOUR)),
    ("12m ago", Age(12 * MINUTE)),
    ("45s ago", Age(45 * SECOND, SECOND)),
    ("an hour ago", Age(HOUR, HOUR)),
    ("2 days ago", Age(2 * DAY, DAY)),
    ("1 hour, 6 minutes ago", Age(66 * MINUTE)),
    ("1 hour and 6 minutes ago", Age(66 * MINUTE)),
    ("• 25 min ago", Age(25 * MINUTE)),
    ("Posted 25 min ago", Age(25 * MINUTE)),
    ("5m ago", Age(5 * MINUTE)),
    ("1h6m ago", Age(66 * MINUTE)),
    ("about an hour ago", Age(HOUR, HOUR)),
    ("Published 25 minutes ago", Age(25 * MINUTE)),
    # no-break, thin and narrow spaces, and marks of direction, as browsers copy them
    ("25\u2009min\u202fago", Age(25 * MINUTE)),
    ("\u200e25\u00a0min ago\u200f", Age(25 * MINUTE)),
]


@pytest.mark.parametrize(("line", "age"), AGES)
def test_ages(line: str, age: Age) -> None:
    assert read_stamp(line) == StampLine(age=age)


REPEATED = [
    # once for the eye and once for the screen reader, with nothing between
    ("2h ago2 hours ago", StampLine(age=Age(2 * HOUR, HOUR))),
    ("Posted 2h ago2 hours ago", StampLine(age=Age(2 * HOUR, HOUR))),
    ("2 hours ago2h", StampLine(age=Age(2 * HOUR, HOUR))),
    ("Posted at 9:019:01", StampLine(clock=time(9, 1))),
    ("Posted at 11:1111:11", StampLine(clock=time(11, 11))),
    ("Posted at 14:05 6 Aug14:05 6 Aug", StampLine(clock=time(14, 5), day=Day(month=8, day=6))),
]


@pytest.mark.parametrize(("line", "read"), REPEATED)
def test_a_stamp_printed_twice_on_its_line_is_one(line: str, read: StampLine) -> None:
    assert read_stamp(line) == read


AGES_WITHOUT_AGO = [
    ("2h", Age(2 * HOUR, HOUR)),
    ("12 m", Age(12 * MINUTE)),
    ("17 mins", Age(17 * MINUTE)),
    ("1 hr 20 min", Age(80 * MINUTE)),
    ("1h20m", Age(80 * MINUTE)),
    ("· 1d", Age(DAY, DAY)),
    ("2h2 hours", Age(2 * HOUR, HOUR)),
]


@pytest.mark.parametrize(("line", "age"), AGES_WITHOUT_AGO)
def test_ages_without_ago_may_as_well_be_text(line: str, age: Age) -> None:
    read = read_stamp(line)
    assert read == StampLine(age=age, lacks_ago=True)
    assert read.is_bare_age


UPDATED_BESIDE = [
    "02.05 BST Updated at 03.10 BST",
    "02.05 BSTUpdated at 03.10 BST",
    "Updated 03.10 BST, first published 02.05 BST",
    "Published 02.05 BST | Last updated: August 5, 2024",
]


@pytest.mark.parametrize("line", UPDATED_BESIDE)
def test_of_two_times_on_a_line_the_one_it_was_posted_at_counts(line: str) -> None:
    read = read_stamp(line)
    assert read is not None
    assert (read.clock, read.is_update) == (time(2, 5), False)


EASTERN, LONDON = ZoneInfo("America/New_York"), ZoneInfo("Europe/London")
SUMMER_EASTERN, SUMMER_CENTRAL = timezone(-4 * HOUR), timezone(2 * HOUR)
TIMES = [
    ("12:01 a.m. ET, September 13, 2023", time(0, 1), Day(2023, 9, 13), EASTERN),
    ("14:05 BST", time(14, 5), Day(), LONDON),
    ("3:45 PM EDT", time(15, 45), Day(), SUMMER_EASTERN),
    ("13 Sep 2023 05.23 CEST", time(5, 23), Day(2023, 9, 13), SUMMER_CENTRAL),
    ("Fri 19 Feb 2021 19.41 GMT", time(19, 41), Day(2021, 2, 19), timezone(timedelta(0))),
    ("published at 14:05 British Summer Time 5 August", time(14, 5), Day(month=8, day=5), LONDON),
    ("Sept. 13, 2023, 5:23 a.m. UTC+9", time(5, 23), Day(2023, 9, 13), timezone(9 * HOUR)),
    ("2023-09-13T05:23:00+05:30", time(5, 23), Day(2023, 9, 13), timezone(5.5 * HOUR)),
    ("2023-09-13 05:23:09Z", time(5, 23, 9), Day(2023, 9, 13), timezone(timedelta(0))),
    ("Wednesday 14:05", time(14, 5), Day(weekday=2), None),
    ("Yesterday at 3pm", time(15, 0), Day(back=1), None),
    ("12 a.m.", time(0, 0), Day(), None),
    ("12:30 p.m.", time(12, 30), Day(), None),
    ("12:01 a.m. et, september 13, 2023", time(0, 1), Day(2023, 9, 13), EASTERN),
    ("2:05 p.m. E.T.", time(14, 5), Day(), EASTERN),
    ("2:05\u202fPM\u00a0ET", time(14, 5), Day(), EASTERN),
    ("09:41 GMT+1", time(9, 41), Day(), timezone(HOUR)),
    ("09:41 GMT +1", time(9, 41), Day(), timezone(HOUR)),
    ("14:05 GMT - 13 Sep 2023", time(14, 5), Day(2023, 9, 13), timezone(timedelta(0))),
    ("14:05 Kyiv time", time(14, 5), Day(), ZoneInfo("Europe/Kyiv")),
    ("Posted at 3:15pm", time(15, 15), Day(), None),
    ("LIVE 12:30", time(12, 30), Day(), None),
    ("BREAKING • 14.05", time(14, 5), Day(), None),
    ("* 14:05", time(14, 5), Day(), None),
    ("[14:05]", time(14, 5), Day(), None),
    ("14:05 hrs", time(14, 5), Day(), None),
    ("1405 GMT", time(14, 5), Day(), timezone(timedelta(0))),
    ("14.05pm", time(14, 5), Day(), None),
    ("12 noon", time(12, 0), Day(), None),
    ("2023-09-13 05:23", time(5, 23), Day(2023, 9, 13), None),
    ("2023/09/13 05:23", time(5, 23), Day(2023, 9, 13), None),
    ("13-09-2023 14:05", time(14, 5), Day(2023, 9, 13), None),
    ("9/13/23, 2:05 PM", time(14, 5), Day(2023, 9, 13), None),
    ("Yesterday, 14:05", time(14, 5), Day(back=1), None),
    # the same instant elsewhere adds nothing
    ("2:05 p.m. ET / 11:05 a.m. PT", time(14, 5), Day(), EASTERN),
    ("14:05 GMT (17:05 in Kyiv)", time(14, 5), Day(), timezone(timedelta(0))),
    ("2:05 p.m. ET (1805 GMT)", time(14, 5), Day(), EASTERN),
    # nobody says where the first is, but how far from it
    ("13 Sep 2023 - 08:23 (05:23 GMT)", time(8, 23), Day(2023, 9, 13), timezone(3 * HOUR)),
    ("13 Sep 2023 - 05:23 (05:23 GMT)", time(5, 23), Day(2023, 9, 13), timezone(timedelta(0))),
    ("01:00 (22:30 GMT)", time(1, 0), Day(), timezone(2.5 * HOUR)),
    ("20:00 local time (04:00 GMT)", time(20, 0), Day(), timezone(-8 * HOUR)),
    # one of the two can only be the day
    ("13/09/2023 14:05", time(14, 5), Day(2023, 9, 13), None),
    ("09/13/2023 14:05", time(14, 5), Day(2023, 9, 13), None),
]


@pytest.mark.parametrize(("line", "clock", "day", "zone"), TIMES)
def test_times_of_day(line: str, clock: time, day: Day, zone: tzinfo | None) -> None:
    read = read_stamp(line)
    assert read is not None
    assert (read.clock, read.day) == (clock, day)
    at = datetime(2023, 9, 13, 12, tzinfo=UTC)
    assert (read.zone and at.astimezone(read.zone).utcoffset()) == (zone and at.astimezone(zone).utcoffset())


def test_an_age_and_a_time_on_one_line_are_both_read() -> None:
    # as the Guardian's stamps come out of the clipboard
    read = read_stamp("3h ago05.23 CEST")
    assert read is not None
    assert (read.age, read.clock) == (Age(3 * HOUR, HOUR), time(5, 23))


ZONES = [
    # an abbreviation that several places use means the one the page is from
    ("14:05 IST", "", "Asia/Kolkata"),
    ("14:05 IST", "Asia/Jerusalem", "Asia/Jerusalem"),
    ("14:05 IST", "America/New_York", "Asia/Kolkata"),
]


@pytest.mark.parametrize(("line", "home", "name"), ZONES)
def test_the_page_decides_between_zones_of_one_name(line: str, home: str, name: str) -> None:
    read = read_stamp(line, home=home)
    assert read is not None
    assert read.zone_name == name


NO_STAMPS = [
    "",
    "25 minutes into the match",
    "The meeting began 25 min ago.",
    "Updated",
    "10",
    "May",
    "PT",
    "25:10",
    "13:5",
    "June 31, 2023",
    "14:05-14:30",
    "SL 49/9 (18)",
    # day and month cannot be told apart
    "09/08/2023 14:05",
    "13 p.m.",
    "9/8/23 14:05",
    "2023",
    "Live",
    "noon",
    "[1]",
    "14:05 Jane Doe",
    "2:05 p.m. / 11:05 a.m.",
    "08:23 (05:23)",
    "400 m",
    "2 h 3 points",
    "02.05 BST Updated by Jane Doe",
    "ago",
    "1,000,000 years ago",
    "5 min ago " * 9,
    # a Turkish i is no i: what only looks like a unit, a month or a day is not looked up as one
    "5 mınutes ago",
    "Aprıl 5, 2023, 14:05",
    "Frıday 14:05",
]


@pytest.mark.parametrize("line", NO_STAMPS)
def test_lines_that_are_no_stamps(line: str) -> None:
    assert read_stamp(line) is None


def test_a_date_alone_is_a_stamp_line_without_a_stamp() -> None:
    read = read_stamp("September 13, 2023")
    assert read == StampLine(day=Day(2023, 9, 13))
    assert read.stamp is None


def test_words_in_the_vocabulary_are_read_in_any_case() -> None:
    said = Unit(seconds=60, names=("Minute", "MIN"))
    assert said.names == ("minute", "min")


def test_figures_that_are_no_digits_state_no_time() -> None:
    assert stated_time("²" * 10) is None


@given(st.text(max_size=90))
def test_no_line_whatever_breaks_the_readers(line: str) -> None:
    read_stamp(line)
    read_byline(line, Span(0, len(line)))
    read_names(line, Span(0, len(line)))


BYLINES = [
    ("From CNN’s Jane Doe in Hong Kong", "CNN", [("Jane Doe", "Hong Kong")]),
    (
        "From CNN's Jane Doe, John Roe and Ann Poe",
        "CNN",
        [("Jane Doe", ""), ("John Roe", ""), ("Ann Poe", "")],
    ),
    (
        "From CNN’s Jane Doe in Tokyo and John Roe in Rome",
        "CNN",
        [("Jane Doe", "Tokyo"), ("John Roe", "Rome")],
    ),
    ("By Jane Doe", "", [("Jane Doe", "")]),
    ("By Jane Doe and John Roe, BBC News", "BBC News", [("Jane Doe", ""), ("John Roe", "")]),
    ("By Jane Doe, BBC News", "BBC News", [("Jane Doe", "")]),
    ("By Jane Doe, political correspondent", "", [("Jane Doe", "")]),
    ("From CNN's Jane Doe and CNN's John Roe", "CNN", [("Jane Doe", ""), ("John Roe", "")]),
    ("Analysis by Jane-Ann O’Neil", "", [("Jane-Ann O’Neil", "")]),
    ("By Ludwig van der Roe", "", [("Ludwig van der Roe", "")]),
    ("From the Guardian's Jane Doe", "Guardian", [("Jane Doe", "")]),
    ("From CNN's Jane Doe in Seoul, South Korea", "CNN", [("Jane Doe", "Seoul, South Korea")]),
    (  # a country behind the city is no reporter, wherever it stands in the list
        "From CNN's Jane Doe in Seoul, South Korea, and John Roe in Tokyo",
        "CNN",
        [("Jane Doe", "Seoul, South Korea"), ("John Roe", "Tokyo")],
    ),
    (
        "By Jane Doe in Austin, Texas, John Roe in Lyon, France, and Ann Poe",
        "",
        [("Jane Doe", "Austin, Texas"), ("John Roe", "Lyon, France"), ("Ann Poe", "")],
    ),
    (  # but a reporter behind a city is
        "By Jane Doe in Seoul, John Roe and Ann Poe in Tokyo",
        "",
        [("Jane Doe", "Seoul"), ("John Roe", ""), ("Ann Poe", "Tokyo")],
    ),
    ("BY JANE DOE", "", [("JANE DOE", "")]),
    # nobody is named
    ("From CNN staff", "CNN", []),
    ("From CNN's Beijing bureau", "CNN", []),
    ("From Reuters", "Reuters", []),
]


@pytest.mark.parametrize(("line", "outlet", "reporters"), BYLINES)
def test_bylines(line: str, outlet: str, reporters: list[tuple[str, str]]) -> None:
    # the spans are offsets into the whole text, not into the line
    text = f"Headline\n{line}\nBody"
    byline = read_byline(text, Span(9, 9 + len(line)))
    assert byline is not None
    assert byline.span.of(text) == line
    assert (byline.outlet.of(text) if byline.outlet else "") == outlet
    said = [(r.name.of(text), r.dateline.of(text) if r.dateline else "") for r in byline.reporters]
    assert said == reporters


NO_BYLINES = [
    "",
    "From Moscow to Beijing",
    "From Russia With Love",
    "From Kim’s sister to Putin’s train",
    "From Kim’s Train",
    "By Land and Sea",
    "By now everybody knew.",
    "By Jane Doe of the council.",
    "Jane Doe",
    "From " + "Jane Doe, " * 40,
]


@pytest.mark.parametrize("line", NO_BYLINES)
def test_lines_that_are_no_bylines(line: str) -> None:
    assert read_byline(line, Span(0, len(line))) is None


def test_the_vocabularies_are_as_their_schemas_say() -> None:
    assert {unit.seconds for unit in stamp_words().units} >= {60, 3600, 86400}
    assert "from" in byline_words().leads


def test_every_word_for_a_zone_has_one_meaning() -> None:
    names = [name.casefold() for zone in stamp_words().zones for name in zone.names]
    assert len(names) == len(set(names))
