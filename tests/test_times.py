"""Time expressions: which words are one, what TIMEX3 value they have, and when that is in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.model import Span, TimeExpression
from loaders.settings import DATA
from loaders.times import TimeContext, find_times
from loaders.timex.lexicon import lexicon

STORY = DATA / "stories" / "kim-putin-2023" / "source.txt"
WEDNESDAY = "2023-09-13T03:51Z"
"""Wednesday noon in Pyongyang, a little before midnight of Tuesday in New York."""
PYONGYANG, NEW_YORK = "Asia/Pyongyang", "America/New_York"


def times(text: str, anchor: str | None = WEDNESDAY, *zones: str) -> tuple[TimeExpression, ...]:
    at = datetime.fromisoformat(anchor) if anchor else None
    return find_times(
        text, [TimeContext(Span(0, len(text)), "post", at, tuple(ZoneInfo(zone) for zone in zones))]
    )


def values(text: str, anchor: str | None = WEDNESDAY, *zones: str) -> list[tuple[str, str]]:
    return [(each.span.of(text), each.value) for each in times(text, anchor, *(zones or (PYONGYANG,)))]


def bounds(expression: TimeExpression) -> tuple[str, str]:
    assert expression.time_from is not None
    assert expression.time_to is not None
    return f"{expression.time_from:%Y-%m-%d %H:%M}", f"{expression.time_to:%Y-%m-%d %H:%M}"


def test_first_story() -> None:
    """Every time in the posts of the first story, read at noon in Pyongyang; its age stamps are left out."""
    text = STORY.read_text(encoding="utf-8")
    at = datetime.fromisoformat(WEDNESDAY)
    starts, passages = 0, []
    for line in text.splitlines(keepends=True):
        if not line.rstrip().endswith(" ago"):
            passages.append(TimeContext(Span(starts, starts + len(line)), "", at, (ZoneInfo(PYONGYANG),)))
        starts += len(line)
    assert [(each.span.of(text), each.value) for each in find_times(text, passages)] == [
        ("2021", "2021"),
        ("currently", "PRESENT_REF"),
        ("Tuesday", "2023-09-12"),
        ("currently", "PRESENT_REF"),
        ("1950", "1950"),
        ("recent years", "PAST_REF"),
        ("Wednesday", "2023-09-13"),
        ("Wednesday afternoon", "2023-09-13TAF"),
        ("more than 18 months", "P18M"),
        ("years", "PXY"),
        ("April", "2023-04"),
        ("2019", "2019"),
        ("Tuesday", "2023-09-12"),
        ("Wednesday morning", "2023-09-13TMO"),
        ("Tuesday", "2023-09-12"),
        ("Wednesday morning", "2023-09-13TMO"),
        ("11:43 a.m.", "2023-09-13T11:43"),
        ("11:53 a.m. local time", "2023-09-13T11:53"),
        ("Wednesday morning local time", "2023-09-13TMO"),
    ]


@pytest.mark.parametrize(
    ("text", "anchor", "zone", "value", "start", "end"),
    [
        # today in the zone of the place, although it is still Tuesday in New York
        ("It fired on Wednesday.", WEDNESDAY, PYONGYANG, "2023-09-13", "2023-09-12 15:00", "2023-09-13 15:00"),
        # yesterday there, and today in New York until four hours UTC
        ("He warned Tuesday.", "2023-09-13T05:03Z", NEW_YORK, "2023-09-12", "2023-09-12 04:00", "2023-09-13 04:00"),
        ("He warned Tuesday.", "2023-09-13T03:03Z", NEW_YORK, "2023-09-12", "2023-09-12 04:00", "2023-09-13 04:00"),
        # parts of a day
        ("on Wednesday morning", WEDNESDAY, PYONGYANG, "2023-09-13TMO", "2023-09-12 21:00", "2023-09-13 03:00"),
        ("on Wednesday afternoon", WEDNESDAY, PYONGYANG, "2023-09-13TAF", "2023-09-13 03:00", "2023-09-13 09:00"),
        ("on Tuesday evening", WEDNESDAY, PYONGYANG, "2023-09-12TEV", "2023-09-12 09:00", "2023-09-12 15:00"),
        ("on Tuesday night", WEDNESDAY, PYONGYANG, "2023-09-12TNI", "2023-09-12 09:00", "2023-09-12 21:00"),
        ("early Tuesday", WEDNESDAY, PYONGYANG, "2023-09-12", "2023-09-11 15:00", "2023-09-12 03:00"),
        ("early Tuesday morning", WEDNESDAY, PYONGYANG, "2023-09-12TMO", "2023-09-11 15:00", "2023-09-12 00:00"),
        ("late Tuesday night", WEDNESDAY, PYONGYANG, "2023-09-12TNI", "2023-09-12 12:00", "2023-09-12 19:00"),
        ("Shells fell overnight.", WEDNESDAY, PYONGYANG, "2023-09-13TNI", "2023-09-12 09:00", "2023-09-12 23:00"),
        # a clock time is an instant
        ("at 11:43 a.m. local time", WEDNESDAY, PYONGYANG, "2023-09-13T11:43", "2023-09-13 02:43", "2023-09-13 02:43"),
        # a zone that is named wins over the zone of the place
        ("at 12:01 a.m. ET", WEDNESDAY, PYONGYANG, "2023-09-12T00:01", "2023-09-12 04:01", "2023-09-12 04:01"),
        ("Monday at 7 p.m. Moscow time", WEDNESDAY, PYONGYANG, "2023-09-11T19:00", "2023-09-11 16:00", "2023-09-11 16:00"),
        ("Tuesday at midnight", WEDNESDAY, "UTC", "2023-09-12T24:00", "2023-09-13 00:00", "2023-09-13 00:00"),
        # longer stretches
        ("last week", WEDNESDAY, "UTC", "2023-W36", "2023-09-04 00:00", "2023-09-11 00:00"),
        ("KCNA said in April", WEDNESDAY, "UTC", "2023-04", "2023-04-01 00:00", "2023-05-01 00:00"),
        ("in early April 2021", WEDNESDAY, "UTC", "2021-04", "2021-04-01 00:00", "2021-04-16 00:00"),
        ("in mid-2019", WEDNESDAY, "UTC", "2019", "2019-04-02 00:00", "2019-10-01 00:00"),
        ("in 2021", WEDNESDAY, "UTC", "2021", "2021-01-01 00:00", "2022-01-01 00:00"),
        ("in the 1990s", WEDNESDAY, "UTC", "199X", "1990-01-01 00:00", "2000-01-01 00:00"),
        ("in the 20th century", WEDNESDAY, "UTC", "19XX", "1901-01-01 00:00", "2001-01-01 00:00"),
        # what is past of this year, and what is to come of it
        ("earlier this year", WEDNESDAY, "UTC", "2023", "2023-01-01 00:00", "2023-09-13 03:51"),
        ("later this year", WEDNESDAY, "UTC", "2023", "2023-09-13 03:51", "2024-01-01 00:00"),
        # a duration that ends now
        ("over the past two years", WEDNESDAY, "UTC", "P2Y", "2021-09-13 03:51", "2023-09-13 03:51"),
    ],
)  # fmt: skip
def test_bounds(text: str, anchor: str, zone: str, value: str, start: str, end: str) -> None:
    (expression,) = times(text, anchor, zone)
    assert (expression.value, *bounds(expression)) == (value, start, end)


def test_a_time_of_the_evening_before_told_after_midnight() -> None:
    after_midnight = "2023-09-12T17:00Z"
    told = [
        times(text, after_midnight, PYONGYANG)[0].value
        for text in (
            "It struck at 9 p.m. local time.",
            "It will land at 9 p.m. local time.",
            "It struck at 1 a.m.",
        )
    ]
    assert told == ["2023-09-12T21:00", "2023-09-13T21:00", "2023-09-13T01:00"]


def test_two_clock_times_of_one_sentence() -> None:
    first, second = times("It fired between 11:43 a.m. and 11:53 a.m. local time.", WEDNESDAY, PYONGYANG)
    assert bounds(first) == ("2023-09-13 02:43",) * 2
    assert bounds(second) == ("2023-09-13 02:53",) * 2


def test_where_only_the_day_of_posting_is_known_it_is_that_day_in_every_zone() -> None:
    text = "He spoke on Wednesday, an hour ago."
    at = datetime(2023, 9, 13, tzinfo=UTC)
    for zone in (NEW_YORK, PYONGYANG):
        context = TimeContext(Span(0, len(text)), "", at, (ZoneInfo(zone),), is_day=True)
        assert [each.value for each in find_times(text, [context])] == ["2023-09-13", "PAST_REF"]


def test_bounds_in_several_zones_are_their_union() -> None:
    (expression,) = times("They meet on Wednesday.", WEDNESDAY, PYONGYANG, "Europe/Moscow")
    assert bounds(expression) == ("2023-09-12 15:00", "2023-09-13 21:00")


@pytest.mark.parametrize(
    ("text", "granularity"),
    [
        ("at 11:43 a.m.", "minute"),
        ("at 11 a.m.", "hour"),
        ("on Wednesday morning", "part of day"),
        ("on Wednesday", "day"),
        ("last week", "month"),
        ("in April", "month"),
        ("last spring", "year"),
        ("in 2021", "year"),
        ("recently", ""),
        ("for two days", ""),
    ],
)
def test_granularity(text: str, granularity: str) -> None:
    (expression,) = times(text)
    assert expression.granularity == granularity


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the way the clause looks
        ("He arrived on Friday.", ["2023-09-08"]),
        ("He will arrive on Friday.", ["2023-09-15"]),
        ("They are expected to meet on Friday.", ["2023-09-15"]),
        ("On Friday, he will speak.", ["2023-09-15"]),
        ("On Friday, he planned to speak.", ["2023-09-08"]),
        ("He has until Friday to answer.", ["2023-09-15"]),
        ("The talks set for Monday were put off.", ["2023-09-18"]),
        # today is today, whatever the tense
        ("He arrived on Wednesday.", ["2023-09-13"]),
        ("He will arrive on Wednesday.", ["2023-09-13"]),
        # words that point
        ("last Wednesday", ["2023-09-06"]),
        ("next Wednesday", ["2023-09-20"]),
        ("this Friday", ["2023-09-15"]),
        ("Tuesday last week", ["2023-09-05"]),
        ("Friday the 13th", ["2023-10-13"]),
        ("every Monday", ["XXXX-WXX-1"]),
        ("on Sundays", ["XXXX-WXX-7"]),
        # months and days take the nearest year, a month the past one unless the clause looks ahead
        ("It failed in January.", ["2023-01"]),
        ("It failed last November.", ["2022-11"]),
        ("It will be launched in November.", ["2023-11"]),
        ("He will go in March.", ["2024-03"]),
        ("last September", ["2022-09"]),
        ("next May", ["2024-05"]),
        ("He came on Sept. 20.", ["2023-09-20"]),
        ("He came on Dec. 20.", ["2022-12-20"]),
        ("last Oct. 23", ["2022-10-23"]),
        ("It has fired 20 since January 1.", ["2023-01-01"]),
        # seasons and quarters
        ("last spring", ["2023-SP"]),
        ("this winter", ["2023-WI"]),
        ("in the fall of 1998", ["1998-FA"]),
        ("in the third quarter", ["2023-Q3"]),
        ("in the fourth quarter", ["2022-Q4"]),
        ("Q1 2021", ["2021-Q1"]),
        ("fiscal 1998", ["1998"]),
    ],
)
def test_dates_without_their_year(text: str, expected: list[str]) -> None:
    assert [value for _, value in values(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Sept. 11, 2001",
        "September 11, 2001",
        "11 September 2001",
        "the 11th of September 2001",
        "Tuesday, Sept. 11, 2001",
        "Tue 11 Sep 2001",
        "2001-09-11",
        "09/11/2001",
        "11.09.2001",
        "9/11",
    ],
)
def test_one_date_written_in_many_ways(text: str) -> None:
    assert values(f"It was {text}, they said.") == [(text, "2001-09-11")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 a.m. EST Tuesday", "2023-09-12T09:00"),
        ("Tuesday at 3:30 p.m.", "2023-09-12T15:30"),
        ("11.43am", "2023-09-13T11:43"),
        ("7pm", "2023-09-13T19:00"),
        ("14:05 BST", "2023-09-13T14:05"),
        ("0735 GMT", "2023-09-13T07:35"),
        ("noon Monday", "2023-09-11T12:00"),
        ("four o'clock in the afternoon", "2023-09-13T16:00"),
        ("9 in the evening", "2023-09-13T21:00"),
        ("half past three in the morning", "2023-09-13T03:30"),
        ("ten past nine in the evening", "2023-09-13T21:10"),
        ("a quarter to one in the afternoon", "2023-09-13T12:45"),
        ("September 13, 2023 at 12:01 a.m. ET", "2023-09-13T00:01"),
        ("the night of May 13", "2023-05-13TNI"),
        ("this morning", "2023-09-13TMO"),
        ("last night", "2023-09-12TNI"),
        ("tonight", "2023-09-13TNI"),
        ("yesterday", "2023-09-12"),
        ("the day after tomorrow", "2023-09-15"),
        ("tomorrow morning", "2023-09-14TMO"),
    ],
)
def test_times_of_day(text: str, expected: str) -> None:
    assert values(f"It came {text}.") == [(text, expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the date of the same sentence, before or after
        ("On Monday he left at 9 a.m. by car.", ["2023-09-11", "2023-09-11T09:00"]),
        ("At 9 a.m. he left, on Monday by train.", ["2023-09-11T09:00", "2023-09-11"]),
        ("It lasted from 9 a.m. to 10 a.m. on Monday.", ["2023-09-11T09:00", "2023-09-11T10:00"]),
        ("between 10 and 11 a.m. Monday", ["2023-09-11T10:00", "2023-09-11T11:00", "2023-09-11"]),
        # but not that of another sentence
        ("He left Monday. At 9 a.m. he was back.", ["2023-09-11", "2023-09-13T09:00"]),
        # the zone of the second is that of both; and one instant told in two zones is one instant
        ("between 1 a.m. and 2 a.m. ET", ["2023-09-12T01:00", "2023-09-12T02:00"]),
        ("at 2:43 a.m. (1:43 p.m. ET Tuesday)", ["2023-09-13T02:43", "2023-09-12T13:43"]),
        ("from 11 to 1 p.m.", ["2023-09-13T11:00", "2023-09-13T13:00"]),
    ],
)
def test_clock_times_take_the_day_beside_them(text: str, expected: list[str]) -> None:
    assert [value for _, value in values(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18 months ago", "2022-03"),
        ("a decade ago", "2013"),
        ("two weeks ago", "2023-W35"),
        ("three days ago", "2023-09-10"),
        ("an hour ago", "2023-09-13T11:51"),
        ("more than four decades ago", "1983"),
        ("years ago", "PAST_REF"),
        ("10,000 years ago", "PAST_REF"),
        ("last month", "2023-08"),
        ("this year", "2023"),
        ("next week", "2023-W38"),
        ("the past decade", "P10Y"),
        ("the end of the year", "2023"),
        ("early next week", "2023-W38"),
        ("recent years", "PAST_REF"),
        ("coming weeks", "FUTURE_REF"),
        ("now", "PRESENT_REF"),
        ("the future", "FUTURE_REF"),
        ("the past", "PAST_REF"),
        # durations
        ("more than 18 months", "P18M"),
        ("at least 72 hours", "PT72H"),
        ("five and a half hours", "PT5H30M"),
        ("5 1/2 hours", "PT5H30M"),
        ("half an hour", "PT30M"),
        ("two decades", "P20Y"),
        ("one hundred and twenty days", "P120D"),
        ("a two-day", "P2D"),
        ("months-long", "PXM"),
        ("several years", "PXY"),
        ("18 years old", "P18Y"),
        # what comes again
        ("daily", "P1D"),
        ("every two weeks", "P2W"),
        ("every other day", "P2D"),
        ("twice a year", "P1Y"),
        ("three times a week", "P1W"),
        # the calendar before Christ has no instants
        ("490 B.C.", "BC0490"),
        ("the 4th century BC", "BC03XX"),
        ("AD 70", "0070"),
        # holidays
        ("Thanksgiving", "2023-11-23"),
        ("Christmas 1998", "1998-12-25"),
        ("Easter Sunday", "2023-04-09"),
        ("Election Day", "2023-11-07"),
        ("May Day", "2023-05-01"),
    ],
)
def test_values(text: str, expected: str) -> None:
    assert values(f"He said {text}.") == [(text, expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("July 14-16", [("July 14", "2023-07-14"), ("16", "2023-07-16")]),
        ("from 2 to 5 May 1944", [("2", "1944-05-02"), ("5 May 1944", "1944-05-05")]),
        ("1914–18", [("1914", "1914"), ("18", "1918")]),
        ("between May and August 1995", [("May", "1995-05"), ("August 1995", "1995-08")]),
        ("17 August-2 September", [("17 August", "2023-08-17"), ("2 September", "2023-09-02")]),
        ("264-241 BC", [("264", "BC0264"), ("241 BC", "BC0241")]),
    ],
)
def test_two_dates_that_share_what_they_say(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # names and other words
        "Theresa May said she may march on.",
        "They march on the palace; Ms. May led the March for Life.",
        "April Smith and Jan Kowalski spoke to the Sun.",
        "The fall of Saigon made the Arab Spring look small.",
        "He finished second in a second race.",
        "The Daily Mirror and High Noon",
        "The Sunday Times said so.",
        # numbers that are no years
        "1,500 people and 2000 people and 1998 soldiers",
        "It cost $1998, or £2000 with tax.",
        "flight 1998, Room 2012, Resolution 1973, Windows 2000",
        "Call 555-1998 or 1-800-555-1998 or +1 202 555 1998.",
        "They won 3-2 and lost 19-21.",
        "about 2000 more",
        "version 1.1.1.1.1, 1998km away, 2:1 against",
        # ages stand in the people table
        "The 26-year-old and the six-year-old",
        # runs, not years
        "He hit a half-century and then a century.",
        # no such date
        "on February 30",
        "",
        "   \n\n  ",
    ],
)
def test_not_times(text: str) -> None:
    assert values(text) == []


def test_history_takes_the_year_told_of() -> None:
    """A text whose years lie far back is told from them, not from the day it was written."""
    text = (
        "The war began in September 1939. By early October, the country was divided. In June 1940 the front "
        "broke, and on the 14th the capital fell. Two days later the government resigned. In 1941 the tide "
        "turned; the following year, in November, the siege began."
    )
    assert values(text, "2009-12-19T00:00Z", "UTC") == [
        ("September 1939", "1939-09"),
        ("early October", "1939-10"),
        ("June 1940", "1940-06"),
        ("the 14th", "1940-06-14"),
        ("Two days later", "1940-06-16"),
        ("1941", "1941"),
        ("the following year", "1942"),
        ("November", "1942-11"),
    ]


def test_news_is_told_from_the_day_of_posting() -> None:
    """Years of the background do not draw the months of the news to them."""
    text = (
        "The war of 1950 never ended, and 1953 brought a truce. On Monday, KCNA recalled its words of April."
    )
    assert values(text)[-1] == ("April", "2023-04")


def test_what_was_told_is_told_on_within_a_post_only() -> None:
    text = "He left on Sept. 5. The next day he was back."
    cut = text.index("The")
    at, zone = datetime.fromisoformat(WEDNESDAY), (ZoneInfo(PYONGYANG),)
    first = TimeContext(Span(0, cut), "one", at, zone)
    same = find_times(text, [first, TimeContext(Span(cut, len(text)), "one", at, zone)])
    other = find_times(text, [first, TimeContext(Span(cut, len(text)), "two", at, zone)])
    assert [each.value for each in same] == ["2023-09-05", "2023-09-06"]
    assert [each.value for each in other] == ["2023-09-05", "2023-09-14"]
    assert [each.post_id for each in other] == ["one", "two"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Tuesday", "XXXX-WXX-2"),
        ("in April", "XXXX-04"),
        ("on April 8", "XXXX-04-08"),
        ("at 9 a.m.", "XXXX-XX-XXT09:00"),
        ("last week", "PAST_REF"),
        ("today", "XXXX-XX-XX"),
        ("last summer", "XXXX-SU"),
        ("in 1998", "1998"),
    ],
)
def test_without_a_day_of_posting_nothing_is_guessed(text: str, expected: str) -> None:
    (expression,) = times(text, None)
    assert expression.value == expected
    assert (expression.time_from is None) == (expected != "1998")


WORDS = [word for word in lexicon().known if word.isascii()]
NUMBERS = [
    "1",
    "13",
    "31",
    "1998",
    "9999",
    "1000",
    "12:30",
    "9.45",
    "3,000",
    "99999999999999999999",
    "1/2",
    "'98",
    "21st",
]
MARKS = [
    ",",
    ".",
    "-",
    "–",
    "(",
    ")",
    "/",
    "\n",
    "’s",
    "a.m.",
    "p.m.",
    "B.C.",
    "$",
    "“",
    "Kim",
    "years",
    "the",
]
SENTENCES = st.lists(st.sampled_from(WORDS + NUMBERS + MARKS), max_size=40).map(" ".join)
ANCHORS = st.none() | st.datetimes(timezones=st.just(UTC))
ZONES = st.lists(
    st.sampled_from([PYONGYANG, NEW_YORK, "Pacific/Kiritimati", "UTC"]).map(ZoneInfo), max_size=3
).map(tuple)


@given(SENTENCES | SENTENCES.map(str.title) | st.text(max_size=200), ANCHORS, ZONES)
def test_whatever_the_text_spans_and_bounds_hold(
    text: str, anchor: datetime | None, zones: tuple[ZoneInfo, ...]
) -> None:
    found = find_times(text, [TimeContext(Span(0, len(text)), "post", anchor, zones)])
    ends = [0]
    for each in found:
        assert ends[-1] <= each.span.start < each.span.end <= len(text)
        assert each.span.of(text) == each.span.of(text).strip()
        assert each.value
        assert (each.time_from is None) == (each.time_to is None)
        assert each.time_from is None or each.time_to is None or each.time_from <= each.time_to
        assert each.time_from is None or each.time_from.utcoffset() == timedelta(0)
        ends.append(each.span.end)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_a_full_date_is_read_back(day: date) -> None:
    text = f"It was {day:%A}, {day:%B} {day.day}, {day.year}."
    assert [value for _, value in values(text, None)] == [day.isoformat()]


@pytest.mark.parametrize(
    "piece", ["1.", "1,", "1-", "a ", "the ", "in ", "\n", "may ", "1 ", "' ", "two ", "(9 a.m.) "]
)
def test_hostile_repetition_stays_linear(piece: str) -> None:
    """A quadratic rule would take minutes on one of these; the text between is found all the same."""
    text = piece * (80_000 // len(piece)) + " on Sept. 11, 2001"
    assert times(text)[-1].value == "2001-09-11"


WEEKENDS = [
    # the case, the day of posting, the text, the value: 5 August 2024 is a Monday
    (
        "this weekend, said on a Monday",
        "2024-08-05",
        "Five men were charged over riots this weekend.",
        "2024-W31-WE",
    ),
    ("and of what is to come", "2024-08-05", "More protests will be held this weekend.", "2024-W32-WE"),
    ("said on a Wednesday", "2024-08-07", "A recap of this weekend.", "2024-W32-WE"),
    ("the weekend, on its eve", "2024-08-02", "Braced for protests over the weekend", "2024-W31-WE"),
    ("on its eve, of what was", "2024-08-02", "He was seen over the weekend.", "2024-W30-WE"),
    (
        "a day that owns something is no deadline",
        "2024-08-03",
        "All were moved by Monday’s attack.",
        "2024-07-29",
    ),
    ("a deadline", "2024-08-03", "They asked for it by Monday.", "2024-08-05"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # as likely a time of day, so neither
        ("Buses run from 1530.", []),
        ("Doors open at 2010 on Monday.", ["Monday"]),
        # years: near ones, two that belong together, and behind other words
        ("Seas rise after 2100.", ["2100"]),
        ("From 2010 on, it rained.", ["2010"]),
        ("They ruled from 1530 until 1580.", ["1530", "1580"]),
        ("The treaty of 1530 is old.", ["1530"]),
    ],
)
def test_four_figures_that_may_be_a_time_of_day_are_no_year(text: str, found: list[str]) -> None:
    assert [each.span.of(text) for each in times(text)] == found


SMALL_HOURS = [
    # the instant of posting in UTC, an hour earlier than in London, the text, the value
    ("2024-08-04T23:51Z", "Disorder unfolded tonight.", "2024-08-04TNI"),
    ("2024-08-04T23:51Z", "Crowds came earlier this evening.", "2024-08-04TEV"),
    ("2024-08-05T20:00Z", "Crowds came this evening.", "2024-08-05TEV"),
    # what is to come at an hour long gone is tomorrow's, what was is not
    ("2024-08-02T21:00Z", "The road is shut until 7am.", "2024-08-03T07:00"),
    ("2024-08-02T21:00Z", "The group revealed that a 7am cleanup is being planned.", "2024-08-03T07:00"),
    ("2024-08-02T21:00Z", "The cleanup began at 7am.", "2024-08-02T07:00"),
    ("2024-08-02T21:00Z", "A rally is to start at 8pm.", "2024-08-02T20:00"),
    # the clause that is told has a tense of its own
    ("2024-08-03T12:00Z", "Police said that on Friday officers will patrol.", "2024-08-09"),
    ("2024-08-03T12:00Z", "Police said that on Friday officers patrolled.", "2024-08-02"),
    # a deadline behind a comma
    ("2024-08-03T12:00Z", "An order is in place, until 8.40pm on Sunday.", "2024-08-04T20:40"),
    # the week up to now, and the calendar's
    ("2024-08-03T12:00Z", "There was violence over the last week.", "P1W"),
    ("2024-08-03T12:00Z", "There was violence last week.", "2024-W30"),
    # a preposition, not the Friday that follows
    ("2024-08-04T12:00Z", "Following Friday night’s scenes, police came.", "2024-08-02TNI"),
]


@pytest.mark.parametrize(("at", "text", "value"), SMALL_HOURS)
def test_what_a_time_near_the_post_means(at: str, text: str, value: str) -> None:
    assert [found for _, found in values(text, at, "Europe/London")] == [value]


@pytest.mark.parametrize(("day", "text", "value"), [w[1:] for w in WEEKENDS], ids=[w[0] for w in WEEKENDS])
def test_weekends_and_days_near_by(day: str, text: str, value: str) -> None:
    assert [found for _, found in values(text, f"{day}T12:00Z", "Europe/London")] == [value]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("In May 2021 two bridges fell on the same day.", ("the same day", "XXXX-XX-XX")),
        ("On May 4, 2021, two bridges fell. A dam broke the same day.", ("the same day", "2021-05-04")),
    ],
)
def test_the_same_day_is_none_that_is_known_where_a_month_is_told(text: str, told: tuple[str, str]) -> None:
    assert values(text)[-1] == told
