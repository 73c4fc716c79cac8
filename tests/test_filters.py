"""Filters: what they leave of each table, how they read as a link and as a sentence, how search forgives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from loaders.filters import LANES, NAMES, ROWS, SORTS, Filters, from_query, to_query
from loaders.schema import TABLES
from loaders.search import concordance, fold, found_in, hits, parse_words
from loaders.selection import KINDS, known_only, known_values, select_rows
from loaders.sentences import (
    citation,
    counts,
    describe,
    emptied_by,
    file_name,
    kind_counts,
    phrases,
    zone_of,
    zone_place,
)
from tests.sample_record import SUNAN, VOSTOCHNY, at, sample_record

RECORD = sample_record()
WORDS = some.text(some.characters(exclude_categories=["Cs"]), max_size=40)
IDS = some.lists(WORDS.filter(bool), max_size=3, unique=True).map(tuple)
INSTANTS = some.none() | some.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=some.just(UTC))
ROW = some.none() | some.tuples(some.sampled_from(sorted(ROWS)), WORDS.filter(bool))
ANY = some.builds(
    Filters,
    people=IDS,
    places=IDS,
    sources=IDS,
    kinds=IDS,
    time_from=INSTANTS,
    time_to=INSTANTS,
    words=WORDS,
    zone=some.sampled_from(["", "UTC", "Asia/Seoul", "America/New_York"]),
    lane=some.sampled_from(["", *LANES]),
    sort=some.sampled_from(["", *SORTS]),
    at=INSTANTS,
    all_senses=some.booleans(),
    table=WORDS,
    row=ROW,
    story=WORDS,
    page=some.integers(1, 999_999),
)


def a_few(name: str) -> some.SearchStrategy[tuple[str, ...]]:
    return some.lists(some.sampled_from(sorted(known_values(RECORD, name))), max_size=2, unique=True).map(
        tuple
    )


SENSIBLE = some.builds(
    Filters,
    people=a_few("people"),
    places=a_few("places"),
    sources=a_few("sources"),
    kinds=a_few("kinds"),
    time_from=some.sampled_from([None, at(2), at(4, 17)]),
    time_to=some.sampled_from([None, at(4), at(5, 30)]),
    words=some.sampled_from(["", "kim", "LAUNCH", '"glad to see"', "speaker:putin here"]),
)


@given(ANY)
def test_a_link_is_the_view_it_was_copied_from(filters: Filters) -> None:
    assert from_query(to_query(filters)) == (filters, ())


@given(SENSIBLE, some.sampled_from(sorted(TABLES)))
def test_a_filter_only_removes_rows(filters: Filters, table: str) -> None:
    key = TABLES[table].key
    whole = list(getattr(RECORD, table)[key])
    left = list(select_rows(RECORD, table, filters)[key])
    assert [row for row in whole if row in set(left)] == left
    for name in NAMES:
        assert set(left) <= set(select_rows(RECORD, table, filters.without(name))[key])


@given(SENSIBLE, some.sampled_from(sorted(TABLES)))
def test_the_sentence_counts_what_is_shown_and_names_each_filter_that_bites(
    filters: Filters, table: str
) -> None:
    said, parts = describe(RECORD, table, filters), phrases(RECORD, table, filters)
    if parts:
        assert said.startswith(
            f"{len(select_rows(RECORD, table, filters))} of {len(getattr(RECORD, table))} "
        )
    assert all(part in said for part in parts.values())


@given(SENSIBLE, some.sampled_from(sorted(TABLES)), some.sampled_from(NAMES[:3]))
def test_a_count_beside_an_option_is_what_choosing_it_alone_leaves(
    filters: Filters, table: str, name: str
) -> None:
    for value, count in counts(RECORD, table, filters, name).items():
        chosen = replace(filters, **{name: (value,)})
        if name in phrases(RECORD, table, chosen):
            assert count == len(select_rows(RECORD, table, chosen))


@given(SENSIBLE, some.sampled_from(sorted(KINDS)))
def test_a_count_beside_a_kind_is_what_choosing_it_beside_the_other_columns_leaves(
    filters: Filters, table: str
) -> None:
    for column, found in kind_counts(RECORD, table, filters).items():
        values = set(getattr(RECORD, table)[column])
        for value, count in found.items():
            chosen = (*(kind for kind in filters.kinds if kind not in values), value)
            shown = select_rows(RECORD, table, filters.choosing("kinds", chosen))
            assert count == int((shown[column] == value).sum())


@pytest.mark.parametrize(
    ("table", "filters", "expected"),
    [
        # a speaker, by id
        ("quotes", Filters(people=("vladimir-putin",)), ["q-headline", "q-time", "q-trip"]),
        # two kinds of one column are either, not both
        ("quotes", Filters(kinds=("mixed", "indirect")), ["q-rockets", "q-jcs"]),
        # two columns: the event must fit in both
        ("events", Filters(kinds=("talks", "planned")), ["e-talks"]),
        # a kind of another table leaves this one alone
        (
            "events",
            Filters(kinds=("direct",)),
            ["e-missiles", "e-train", "e-hands", "e-talks", "e-promotion"],
        ),
        # whence and whither both count as the place of an event
        ("events", Filters(places=(VOSTOCHNY,)), ["e-train", "e-hands", "e-talks"]),
        # said there: Putin takes part in an event at Vostochny that the same post reports
        ("quotes", Filters(places=(VOSTOCHNY,)), ["q-trip"]),
        # on whose word
        ("events", Filters(sources=("military",)), ["e-missiles"]),
        # an interval that only touches the bound stays: it may have been then
        ("events", Filters(time_from=at(4, 17), time_to=at(4, 17)), ["e-hands", "e-talks"]),
        # a post without a stamp has bounds, and a quote in it stays where these overlap
        ("quotes", Filters(time_from=at(5)), ["q-guest-book"]),
        # posts that name somebody
        ("posts", Filters(people=("kim-yo-jong",)), ["kim-jong-uns-sister"]),
        # places named in one paragraph with somebody
        ("locations", Filters(people=("kim-jong-un",)), ["pyongyang"]),
        # words look at who spoke too
        ("quotes", Filters(words="joint chiefs"), ["q-jcs"]),
        ("quotes", Filters(words="speaker:putin trip"), ["q-trip"]),
        ("problems", Filters(words="stamps"), ["p-1"]),
    ],
)
def test_selection(table: str, filters: Filters, expected: list[str]) -> None:
    assert list(select_rows(RECORD, table, filters)[TABLES[table].key]) == expected


@pytest.mark.parametrize(
    ("table", "filters", "sentence"),
    [
        ("quotes", Filters(), "All 6 quotes"),
        ("problems", Filters(), "1 problem"),
        ("people", Filters(kinds=("leader",)), "2 of 4 people: only leader"),
        (
            "quotes",
            Filters(people=("vladimir-putin",), time_to=at(4, 30)),
            "1 of 6 quotes: said by Vladimir Putin, posted up to 13:30 on 13 Sep 2023 at Vostochny Cosmodrome",
        ),
        (
            "events",
            Filters(time_from=at(2), time_to=at(3), zone="UTC"),
            "2 of 5 events: between 02:00 on 13 Sep 2023 and 03:00 on 13 Sep 2023 in UTC",
        ),
        (
            "events",
            Filters(sources=("military", "analyst")),
            "1 of 5 events: on the word of military or analyst",
        ),
    ],
)
def test_sentences(table: str, filters: Filters, sentence: str) -> None:
    assert describe(RECORD, table, filters) == sentence


def test_a_sentence_separates_thousands() -> None:
    quotes = pd.concat([RECORD.quotes.head(1)] * 1200, ignore_index=True)
    assert describe(replace(RECORD, quotes=quotes), "quotes", Filters()) == "All 1,200 quotes"


def test_page_file_and_citation_say_the_same() -> None:
    filters = Filters(places=(SUNAN,), words="missiles")
    said = describe(RECORD, "events", filters)
    assert said == "1 of 5 events: at Sunan, containing “missiles”"
    assert (
        file_name("kim-putin-2023", RECORD, "events", filters)
        == "kim-putin-2023_events_at-sunan_containing-missiles.csv"
    )
    cited = citation(RECORD, "events", filters, "http://localhost/timeline?places=sunan")
    assert cited.startswith(said)
    assert cited.endswith("http://localhost/timeline?places=sunan")


def test_the_empty_result_says_which_filter_emptied_it() -> None:
    both = Filters(people=("vladimir-putin",), words="conquerors")
    assert emptied_by(RECORD, "quotes", both) == ("people", "words")
    never = Filters(people=("vladimir-putin",), words="nowhere to be found")
    assert emptied_by(RECORD, "quotes", never) == ("words",)
    assert emptied_by(RECORD, "quotes", Filters(people=("vladimir-putin",))) == ()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"from": ["yesterday"]}, "from “yesterday”: not a time"),
        ({"zone": ["Mars/Olympus"]}, "zone “Mars/Olympus”: not a time zone"),
        ({"zone": ["../../etc/passwd"]}, "not a time zone"),
        ({"lane": ["sideways"]}, "it can be place or people or kind"),
        ({"page": ["-3"]}, "page “-3”: pages are counted"),
        ({"page": ["9" * 5000]}, "pages are counted"),
        ({"at": ["0001-01-01T00:00+14:00"]}, "not a time"),
    ],
)
def test_a_bad_value_in_a_link_is_dropped_with_a_word(query: dict[str, list[str]], said: str) -> None:
    filters, complaints = from_query(query)
    assert filters == Filters()
    assert len(complaints) == 1
    assert said in complaints[0]


def test_what_the_story_does_not_have_is_dropped_with_a_word() -> None:
    asked = Filters(
        people=("vladimir-putin", "nobody"), row=("quote", "q-none"), table="passwords", kinds=("direct",)
    )
    kept, said = known_only(asked, RECORD)
    assert kept == Filters(people=("vladimir-putin",), kinds=("direct",))
    assert len(said) == 3


@given(
    some.dictionaries(
        some.sampled_from(["from", "zone", "lane", "people", "quote", "words", "at", "x"]), some.lists(WORDS)
    )
)
def test_no_link_whatever_breaks(query: dict[str, list[str]]) -> None:
    filters, _ = known_only(from_query(query)[0], RECORD)
    assert from_query(to_query(filters)) == (filters, ())


def test_the_place_a_zone_is_known_by() -> None:
    assert zone_place(RECORD, "Asia/Yakutsk") == "Vostochny Cosmodrome"
    assert zone_place(RECORD, "Europe/Paris") == "Europe/Paris"
    assert zone_of(RECORD, Filters()) == "Asia/Yakutsk"
    assert zone_of(RECORD, Filters(zone="UTC")) == "UTC"


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("KIM", "kim", True),
        ("rocket", "two rockets", True),  # a word's beginning
        ("rocket", "skyrocket", False),  # and not its middle
        ('"arms talks"', "the arms  talks", True),  # a phrase, whatever the spaces
        ('"arms talk"', "the arms talks", False),  # but whole
        ("“arms talks”", "arms talks", True),  # curly marks make a phrase too
        ("zoe", "Zoë", True),  # accents
        ("strasse", "STRAßE", True),
        ("don't", "don’t", True),  # either apostrophe
        ("평", "도시 평양", True),  # scripts without spaces match inside
        ("arms missiles", "arms only", False),  # every word must be there
        ('"', "anything", True),  # nothing asked
    ],
)
def test_search_forgives(words: str, text: str, expected: bool) -> None:
    assert found_in(parse_words(words), text) is expected


@given(WORDS, WORDS)
def test_no_search_whatever_breaks_and_every_hit_slices(words: str, text: str) -> None:
    terms = parse_words(words)
    for line in concordance(terms, text):
        assert text[line.start : line.end] == line.hit
    assert all(0 <= start < end <= len(text) for start, end in hits(terms, text))


def test_folding_keeps_what_matters() -> None:
    assert fold("“Žižek’s” ÉTÉ") == '"zizek\'s" ete'


@settings(deadline=2000)
@given(some.integers(min_value=1, max_value=3))
def test_search_is_linear_on_hostile_text(power: int) -> None:
    text = "a" * 10**power * 100
    assert list(hits(parse_words('"a a a a a b"'), text)) == []
