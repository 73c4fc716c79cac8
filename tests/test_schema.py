"""The schema: every table has its columns and types whatever its rows, spans are checked, the README is current."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from loaders.errors import SpanError
from loaders.model import LIST_SEPARATOR
from loaders.schema import DTYPES, TABLES, cell, shown, table
from loaders.table_checks import check_spans
from tests.write_dictionary import README, dictionary, with_dictionary

DESIGN = {
    # what the design promises, table by table; a column here cannot go away unnoticed
    "posts": "post_id position headline byline reporters dateline age posted_at posted_from posted_to clock url "
    "word_count start end",
    "people": "person_id name aliases role affiliation country person_type mention_count quote_count first_post_id "
    "is_registered",
    "organizations": "organization_id name aliases organization_type country source_type mention_count quote_count "
    "is_registered",
    "locations": "location_id name native_name location_type country latitude longitude radius_km time_zone gazetteer "
    "mention_count literal_count metonym_count dateline_count",
    "quotes": "quote_id post_id quote quote_type is_headline speaker_id speaker speaker_mention cue addressee via "
    "source_type posted_at attribution start end",
    "events": "event_id title event_type status is_background start_at end_at granularity time_text time_basis "
    "location_id destination_id participants sources source_type first_posted_at post_ids evidence start end",
    "mentions": "mention_id post_id text entity_type entity_id form sense start end",
    "times": "time_id post_id text value time_from time_to granularity start end",
    "corrections": "correction_id table row action column before after reason source",
    "problems": "problem_id post_id start end what advice",
}


def test_the_tables_and_columns_are_those_of_the_design() -> None:
    assert list(TABLES) == list(DESIGN)
    for name, columns in DESIGN.items():
        assert [column.name for column in TABLES[name].columns] == columns.split()


@pytest.mark.parametrize("name", TABLES)
def test_names_say_what_a_column_holds(name: str) -> None:
    """`_id` keys, `_at`/`_from`/`_to` instants, `is_` truth values, `_type` of a closed list or a vocabulary."""
    for column in TABLES[name].columns:
        if column.name.endswith(("_at", "_from", "_to")):
            assert (column.type, column.unit) == ("instant", "UTC")
        assert column.name.startswith("is_") == (column.type == "boolean")
        if column.name.endswith("_type") and column.name != "event_type":
            assert column.allowed
        if column.type in {"number"} or column.name in {"start", "end", "word_count"}:
            assert column.unit
    assert TABLES[name].key.endswith("_id")


@pytest.mark.parametrize("name", TABLES)
def test_the_same_column_means_the_same_in_every_table(name: str) -> None:
    for column in TABLES[name].columns:
        for other in TABLES.values():
            same = other.column(column.name)
            assert same is None or same.type in {column.type, "list", "text"}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("rows", [[], [{}], [{}, {}]], ids=["no rows", "one empty row", "two empty rows"])
def test_a_table_has_its_dtypes_whatever_its_rows(name: str, rows: list[dict[str, object]]) -> None:
    made = table(name, rows)
    assert list(made.columns) == [column.name for column in TABLES[name].columns]
    assert [str(dtype) for dtype in made.dtypes] == [DTYPES[column.type] for column in TABLES[name].columns]
    assert len(made) == len(rows)


def test_a_key_the_table_has_no_column_for_is_an_error() -> None:
    with pytest.raises(KeyError, match="table times has no column colour"):
        table("times", [{"time_id": "t-1", "colour": "red"}])


CELLS = [
    # table, column, what the row says, what the cell holds
    ("quotes", "quote", None, ""),  # empty means not known
    ("quotes", "cue", "said", "said"),
    ("quotes", "speaker_id", ("kim-jong-un", "vladimir-putin"), "kim-jong-un; vladimir-putin"),
    ("quotes", "speaker_id", "kim-jong-un", "kim-jong-un"),  # a list of one may come as text
    ("quotes", "speaker_id", [], ""),
    ("quotes", "is_headline", None, False),
    ("quotes", "start", None, 0),
    ("locations", "radius_km", 8, 8.0),
    ("locations", "radius_km", 0.25, 0.25),
]


@pytest.mark.parametrize(("name", "column", "value", "expected"), CELLS)
def test_what_a_row_says_becomes_a_cell(name: str, column: str, value: object, expected: object) -> None:
    found = TABLES[name].column(column)
    assert found is not None
    assert cell(found, value) == expected
    assert table(name, [{column: value}])[column].iloc[0] == expected


NOON = datetime(2023, 9, 13, 12, 0, tzinfo=UTC)


def test_instants_are_utc_and_what_is_not_known_is_empty() -> None:
    seoul = NOON.astimezone(timezone(timedelta(hours=9)))
    times = table("times", [{"time_from": NOON}, {"time_from": seoul}, {}])["time_from"]
    assert times.iloc[0] == times.iloc[1] == NOON
    assert str(times.dt.tz) == "UTC"
    assert pd.isna(times.iloc[2])
    assert pd.isna(table("locations", [{}])["latitude"].iloc[0])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (pd.Timestamp(NOON), "2023-09-13T12:00:00Z"),
        (pd.NaT, ""),
        (None, ""),
        ("a", "a"),
        (3, "3"),
        (True, "True"),
    ],
)
def test_a_cell_as_words(value: object, words: str) -> None:
    assert shown(value) == words


@given(
    some.lists(
        some.lists(some.text(some.characters(exclude_characters=";", exclude_categories=["Cs"]), min_size=1))
    )
)
def test_lists_are_joined_and_can_be_taken_apart(lists: list[list[str]]) -> None:
    joined = table("quotes", [{"speaker_id": parts} for parts in lists])["speaker_id"]
    assert [cell.split(LIST_SEPARATOR) if cell else [] for cell in joined] == lists


@given(some.text(max_size=30), some.integers(0, 30), some.integers(0, 30))
def test_a_span_holds_or_is_refused(text: str, start: int, end: int) -> None:
    row = {"time_id": "t-1", "text": text[start:end], "start": start, "end": end}
    check_spans("times", table("times", [row]), text)
    with pytest.raises(SpanError):
        check_spans("times", table("times", [{**row, "text": f"{text[start:end]}!"}]), text)


def test_a_span_error_says_which_row_what_stands_there_and_what_to_do() -> None:
    rows = table("times", [{"time_id": "t-1", "text": "Tuesday", "start": 3, "end": 10}])
    with pytest.raises(SpanError) as caught:
        check_spans("times", rows, "On Wednesday")
    for words in (
        "table times, time_id t-1",
        "the span 3–10",
        "found: Wednesd",
        "allowed: 'Tuesday'",
        "build it again",
    ):
        assert words in str(caught.value)


def test_the_dictionary_has_every_column_with_its_unit_and_its_closed_list() -> None:
    words = dictionary()
    for name, schema in TABLES.items():
        assert f"#### {name}\n" in words
        for column in schema.columns:
            assert f"| `{column.name}` | {column.type}" in words
            assert all(value in words for value in column.allowed)


def test_the_readme_has_the_dictionary_as_it_is_now() -> None:
    """Changed a column? Run `python -m tests.write_dictionary`."""
    readme = README.read_text("utf-8")
    assert with_dictionary(readme) == readme
