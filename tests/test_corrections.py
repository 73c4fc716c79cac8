"""Corrections by hand: what may be set, what follows from it, and what is refused with a word."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from loaders.corrections import apply_corrections
from loaders.errors import CorrectionError, LoaderError
from loaders.model import Record
from loaders.record import load_story
from loaders.registry import Correction
from tests.sample_record import sample_record

STORY = "title: Ferries\noutlet: The Post\nsource: source.txt\nread_at: 2024-01-02T12:00:00Z\n"
PAGE = """10 min ago
Ferry arrives
“We made it,” the captain, Orla Finn, said.
20 min ago
Ferry is late
“It is late,” Orla Finn said in Lisbon.
30 min ago
Ferry sails
Orla Finn set out at noon.
"""
NOON = pd.Timestamp("2024-01-02T12:00:00Z")
MINUTE = pd.Timedelta(minutes=1)


def story(folder: Path, *corrections: str) -> Record:
    """The record of the ferries, with corrections of the form "table row column value"."""
    lines = []
    for correction in corrections:
        table, row, column, value = correction.split(" ", 3)
        lines.append(
            f"- {{table: {table}, row: {row}, action: set, column: {column}, value: {value}, reason: r}}\n"
        )
    for name, content in (("story.yaml", STORY), ("source.txt", PAGE), ("corrections.yaml", "".join(lines))):
        (folder / name).write_text(content, "utf-8")
    return load_story(folder)


@pytest.mark.parametrize(
    "written", ["2024-01-02T09:30:00Z", '"2024-01-02T09:30:00Z"', "'2024-01-02T11:30+02:00'"]
)
def test_an_instant_moves_all_that_hangs_on_it_in_quotes_or_not(written: str, tmp_path: Path) -> None:
    record = story(tmp_path, f"posts ferry-is-late posted_at {written}")
    at = pd.Timestamp("2024-01-02T09:30:00Z")
    post = record.posts.iloc[1]
    assert (post["posted_at"], post["posted_from"], post["posted_to"], post["clock"]) == (
        at,
        at,
        at,
        "correction",
    )
    assert list(record.quotes["posted_at"]) == [NOON - 10 * MINUTE, at]
    assert record.corrections["after"].iloc[0] == "2024-01-02T09:30:00Z"


@pytest.mark.parametrize("nothing", ["", '""', "null"])
def test_a_time_set_to_nothing_leaves_the_bounds_of_the_neighbours(nothing: str, tmp_path: Path) -> None:
    record = story(tmp_path, f"posts ferry-is-late posted_at {nothing}")
    post = record.posts.iloc[1]
    assert pd.isna(post["posted_at"])
    assert post["clock"] == "neighbours"
    assert (post["posted_from"], post["posted_to"]) == (NOON - 31 * MINUTE, NOON - 10 * MINUTE)
    assert pd.isna(record.quotes["posted_at"].iloc[1])


def test_other_posts_keep_their_times(tmp_path: Path) -> None:
    (tmp_path / "as-read").mkdir()
    before = story(tmp_path / "as-read").posts
    after = story(tmp_path, "posts ferry-is-late posted_at 2024-01-02T09:30:00Z").posts
    assert after.drop(index=1).equals(before.drop(index=1))


@pytest.mark.parametrize(
    "written",
    [
        # what is no instant, or one in which nobody posts
        "noon", '"now"', '"2024-01-02T09:30"', "12", "true", "[a]", '"0001-01-01T00:00:00+14:00"', "9999-12-31T23:59:59-14:00",
    ],
)  # fmt: skip
def test_what_is_no_instant_is_refused(written: str, tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="posted_at cannot be this") as refused:
        story(tmp_path, f"posts ferry-is-late posted_at {written}")
    assert "an instant with its offset, such as" in str(refused.value)


def test_a_count_set_by_hand_stays_when_mentions_are_changed(tmp_path: Path) -> None:
    (tmp_path / "as-read").mkdir()
    before = story(tmp_path / "as-read")
    quote, counted = before.quotes["quote_id"].iloc[0], before.people.set_index("person_id")["quote_count"]
    assert counted["orla-finn"] == 2
    emptied = f'quotes {quote} speaker_id ""'
    assert story(tmp_path, emptied).people["quote_count"].iloc[0] == 1
    record = story(tmp_path, emptied, "people orla-finn mention_count 40")
    assert list(record.people[["mention_count", "quote_count"]].iloc[0]) == [40, 1]


CELLS: list[tuple[str, str, object, object]] = [
    # table, column, value as YAML gives it, the cell; None where it is refused
    ("people", "mention_count", 6.0, 6),
    ("people", "mention_count", "6", 6),
    ("people", "mention_count", 5.5, None),
    ("people", "mention_count", float("inf"), None),
    ("people", "mention_count", float("nan"), None),
    ("people", "mention_count", 1e30, None),
    ("people", "mention_count", True, None),
    ("people", "mention_count", None, None),
    ("people", "role", 5.0, "5"),
    ("people", "role", ("a", "b"), None),
    ("people", "aliases", ("a", "b"), "a; b"),
    ("people", "aliases", "a", "a"),
    ("people", "aliases", 5.0, None),
    ("people", "is_registered", "false", None),
    ("people", "person_type", "wizard", None),
    ("locations", "latitude", "1.5", 1.5),
    ("locations", "latitude", float("inf"), None),
    ("locations", "latitude", "north", None),
    ("locations", "latitude", datetime(2024, 1, 2, tzinfo=UTC), None),
]


@pytest.mark.parametrize(("table", "column", "value", "cell"), CELLS)
def test_a_value_is_a_cell_of_its_column_or_refused(
    table: str, column: str, value: object, cell: object
) -> None:
    record = sample_record()
    key = getattr(record, table).iloc[0, 0]
    given: dict[str, object] = {"table": table, "row": key, "action": "set", "column": column, "value": value}
    correction = Correction.model_validate({**given, "reason": "r"})
    if cell is None:
        with pytest.raises(LoaderError, match=f"{column} cannot be this"):
            apply_corrections(record, [correction])
    else:
        assert getattr(apply_corrections(record, [correction]), table)[column].iloc[0] == cell
