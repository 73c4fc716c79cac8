"""When posts were posted: stamps to instants and bounds, neighbours, and what cannot be known.

All pages here are read on 13 September 2023 at 05:23 UTC unless a case says otherwise.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.clock import Age, Day, Instant, Posted, Stamp, TimeOfDay, is_oldest_first, posting_times
from loaders.errors import ClockError

READ_AT = datetime(2023, 9, 13, 5, 23, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EASTERN, LONDON = ZoneInfo("America/New_York"), ZoneInfo("Europe/London")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def only(stamp: Stamp | None, *, read_at: datetime | None = READ_AT, zone: str = "") -> Posted:
    return posting_times([stamp], read_at=read_at, zone=zone)[0]


AGES = [
    # "25 min ago": after the age of 26 minutes, not after that of 25
    (Age(25 * MINUTE), utc(2023, 9, 13, 4, 57), utc(2023, 9, 13, 4, 58)),
    # "1 hr 6 min ago" is counted in minutes too
    (Age(66 * MINUTE), utc(2023, 9, 13, 4, 16), utc(2023, 9, 13, 4, 17)),
    # "2 hr ago" may be nearly three
    (Age(2 * HOUR, HOUR), utc(2023, 9, 13, 2, 23), utc(2023, 9, 13, 3, 23)),
    # "2 days ago" may be nearly three
    (Age(2 * DAY, DAY), utc(2023, 9, 10, 5, 23), utc(2023, 9, 11, 5, 23)),
    # "just now" is less than a minute
    (Age(timedelta(0)), utc(2023, 9, 13, 5, 22), utc(2023, 9, 13, 5, 23)),
]


@pytest.mark.parametrize(("age", "after", "until"), AGES)
def test_an_age_gives_its_end_and_bounds_as_wide_as_its_unit(
    age: Age, after: datetime, until: datetime
) -> None:
    assert only(age) == Posted(at=until, after=after, until=until, clock="age stamp")


TIMES = [
    # the date is printed: read_at plays no part
    (TimeOfDay(time(0, 1), Day(2023, 9, 12), EASTERN), "", utc(2023, 9, 12, 4, 1)),
    # the same words in winter are an hour later
    (TimeOfDay(time(0, 1), Day(2023, 1, 12), EASTERN), "", utc(2023, 1, 12, 5, 1)),
    # no zone printed: the page's
    (TimeOfDay(time(14, 5), Day(2023, 9, 12)), "Asia/Tokyo", utc(2023, 9, 12, 5, 5)),
    # no date: today, where the clock already shows it
    (TimeOfDay(time(6, 0), zone=LONDON), "", utc(2023, 9, 13, 5, 0)),
    # no date: yesterday, where it is still to come today
    (TimeOfDay(time(14, 5), zone=LONDON), "", utc(2023, 9, 12, 13, 5)),
    # the last Sunday
    (TimeOfDay(time(9, 0), Day(weekday=6), UTC), "", utc(2023, 9, 10, 9, 0)),
    # Wednesday is today, and 5 o'clock has passed
    (TimeOfDay(time(5, 0), Day(weekday=2), UTC), "", utc(2023, 9, 13, 5, 0)),
    # Wednesday at 6 o'clock was a week ago
    (TimeOfDay(time(6, 0), Day(weekday=2), UTC), "", utc(2023, 9, 6, 6, 0)),
    # a date without its year is the last one there was
    (TimeOfDay(time(8, 0), Day(month=12, day=24), UTC), "", utc(2022, 12, 24, 8, 0)),
    # the last 29 February
    (TimeOfDay(time(8, 0), Day(month=2, day=29), UTC), "", utc(2020, 2, 29, 8, 0)),
    # yesterday by the zone's calendar: at 05:23 UTC it is still the 12th in Honolulu
    (TimeOfDay(time(23, 0), Day(back=1), timezone(-10 * HOUR)), "", utc(2023, 9, 12, 9, 0)),
    # an age beside the time says which day: 30 hours ago it was the day before yesterday there
    (TimeOfDay(time(23, 23), zone=UTC, age=Age(30 * HOUR, HOUR)), "", utc(2023, 9, 11, 23, 23)),
]


@pytest.mark.parametrize(("stamp", "zone", "at"), TIMES)
def test_a_time_of_day_gives_that_minute_of_the_day_that_is_meant(
    stamp: TimeOfDay, zone: str, at: datetime
) -> None:
    assert only(stamp, zone=zone) == Posted(at=at, after=at, until=at + MINUTE, clock="absolute stamp")


def test_structured_data_is_exact() -> None:
    at = utc(2023, 9, 13, 4, 0, 18)
    assert only(Instant(at), read_at=None) == Posted(at=at, after=at, until=at, clock="structured data")


def test_times_without_a_date_go_back_a_day_where_the_page_passes_midnight() -> None:
    clocks = [time(0, 40), time(0, 10), time(23, 50), time(21, 0), time(22, 0), time(20, 0)]
    found = posting_times([TimeOfDay(clock, zone=UTC) for clock in clocks], read_at=READ_AT)
    # 22:00 under 21:00 is a post out of order, not one of the day before
    assert [posted.at and posted.at.day for posted in found] == [13, 13, 12, 12, 12, 12]


def test_times_without_a_date_are_read_from_the_newest_also_where_that_is_at_the_bottom() -> None:
    clocks = [time(22, 0), time(23, 50), time(0, 10), time(0, 40), time(1, 0)]
    found = posting_times([TimeOfDay(clock, zone=UTC) for clock in clocks], read_at=READ_AT)
    assert [posted.at and posted.at.day for posted in found] == [12, 12, 13, 13, 13]


def test_a_post_without_a_stamp_has_bounds_from_its_neighbours_and_no_time() -> None:
    top, older, unstamped, oldest, last = posting_times(
        [None, Age(25 * MINUTE), None, Age(60 * MINUTE), None], read_at=READ_AT
    )
    assert top == Posted(after=older.after, until=READ_AT, clock="neighbours")
    assert unstamped == Posted(after=oldest.after, until=older.until, clock="neighbours")
    # nothing bounds the last post from below
    assert last == Posted(after=None, until=oldest.until, clock="neighbours")


def test_on_a_page_with_the_oldest_post_on_top_the_neighbours_change_sides() -> None:
    first, unstamped, second, top = posting_times(
        [Age(60 * MINUTE), None, Age(25 * MINUTE), None], read_at=READ_AT
    )
    assert unstamped == Posted(after=first.after, until=second.until, clock="neighbours")
    assert top == Posted(after=second.after, until=READ_AT, clock="neighbours")


def test_the_order_of_the_page_never_overrules_a_stamp() -> None:
    found = posting_times([Age(25 * MINUTE), Age(20 * MINUTE), Age(30 * MINUTE)], read_at=READ_AT)
    assert [READ_AT - posted.at for posted in found if posted.at] == [25 * MINUTE, 20 * MINUTE, 30 * MINUTE]


def test_contradicting_neighbours_give_the_wider_bounds() -> None:
    stamps = [Age(25 * MINUTE), None, Age(20 * MINUTE), Age(40 * MINUTE)]
    above, unstamped, below, _ = posting_times(stamps, read_at=READ_AT)
    # it was posted before the post above it (04:58) and after the one below (05:02): one of the two is misplaced
    assert (unstamped.after, unstamped.until) == (above.until, below.after)


ORDERS = [
    # newest first, with two out of order as in the first story
    ([25, 20, 30, 53, 66], False),
    # oldest first
    ([66, 53, 30, 25], True),
    # a pinned old post on top
    ([3000, 5, 10, 20], False),
    # all at once
    ([5, 5, 5], False),
]


@pytest.mark.parametrize(("minutes", "expected"), ORDERS)
def test_the_order_of_a_page_is_that_of_most_of_its_posts(minutes: list[int], expected: bool) -> None:
    assert is_oldest_first(posting_times([Age(n * MINUTE) for n in minutes], read_at=READ_AT)) is expected


UNKNOWN = [
    # an age counts from a moment that nobody knows
    (Age(MINUTE), None, "", "--read-at"),
    # a time without a date
    (TimeOfDay(time(14, 5), zone=UTC), None, "", "read_at in story.yaml"),
    # yesterday
    (TimeOfDay(time(14, 5), Day(back=1), UTC), None, "", "read_at"),
    # a naive read_at
    (Age(MINUTE), datetime(2023, 9, 13, 5, 23), "", "offset"),
    # a read_at before there were pages
    (Age(MINUTE), datetime(1, 1, 1, tzinfo=UTC), "", "year"),
    # zones that are none
    (Age(MINUTE), READ_AT, "Mars/Olympus", "IANA"),
    (Age(MINUTE), READ_AT, "../etc/passwd", "IANA"),
]


@pytest.mark.parametrize(("stamp", "read_at", "zone", "says"), UNKNOWN)
def test_what_cannot_be_known_is_an_error_that_says_what_to_do(
    stamp: Stamp, read_at: datetime | None, zone: str, says: str
) -> None:
    with pytest.raises(ClockError, match=says):
        only(stamp, read_at=read_at, zone=zone)


ages = st.builds(Age, st.timedeltas(timedelta(0), 300 * DAY), st.sampled_from([MINUTE, HOUR, DAY]))
times_of_day = st.builds(
    TimeOfDay,
    st.times(),
    st.one_of(
        st.builds(Day, weekday=st.integers(0, 6)),
        st.builds(Day, back=st.integers(0, 1)),
        st.builds(Day, month=st.integers(1, 12), day=st.integers(1, 28)),
        st.just(Day()),
    ),
    st.sampled_from([None, UTC, EASTERN, LONDON, timezone(14 * HOUR)]),
    st.none() | ages,
)


@given(st.lists(st.none() | ages | times_of_day, max_size=8))
def test_bounds_hold_the_time_and_nothing_is_posted_after_the_page_was_read(
    stamps: list[Stamp | None],
) -> None:
    for stamp, posted in zip(stamps, posting_times(stamps, read_at=READ_AT), strict=True):
        assert posted.after is None or posted.until is None or posted.after <= posted.until
        if stamp is None:
            assert posted.at is None
        elif isinstance(stamp, Age):
            assert posted.at == READ_AT - stamp.amount
        else:
            assert posted.at is not None
            assert posted.after == posted.at
            # "today 14:00" read at 5 is printed so, and stays
            assert posted.at <= READ_AT or stamp.day.back is not None
