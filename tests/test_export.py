"""Export: a CSV read back equals its table; what a spreadsheet would run is harmless; folders appear whole."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from loaders.errors import LoaderError
from loaders.export import csv_bytes, files, read_csv, write_tables, zip_bytes
from loaders.schema import TABLES, Column, table
from tests.sample_record import sample_record

RECORD = sample_record()
TEXT = some.text(some.characters(exclude_categories=["Cs"]), max_size=12)
CELLS = {
    "text": TEXT,
    "country": TEXT,
    "list": TEXT,
    "integer": some.integers(-(2**62), 2**62),
    "number": some.none() | some.floats(allow_nan=False),
    "boolean": some.booleans(),
    "instant": some.none()
    | some.datetimes(datetime(1700, 1, 1), datetime(2250, 1, 1), timezones=some.just(UTC)),
}


def rows_of(columns: tuple[Column, ...]) -> some.SearchStrategy[list[dict[str, object]]]:
    return some.lists(
        some.fixed_dictionaries({column.name: CELLS[column.type] for column in columns}), max_size=3
    )


@given(some.data(), some.sampled_from(sorted(TABLES)))
def test_a_csv_read_back_equals_the_table(data: some.DataObject, name: str) -> None:
    rows = table(name, data.draw(rows_of(TABLES[name].columns)))
    assert read_csv(name, csv_bytes(name, rows)).equals(rows)


def test_the_form_of_a_csv() -> None:
    lines = csv_bytes("times", RECORD.times).decode().split("\r\n")
    assert lines[0] == "time_id,post_id,text,value,time_from,time_to,granularity,start,end"
    assert "2023-09-13T02:43:00Z,2023-09-13T02:53:00Z" in lines[1]
    assert lines[2:] == [""]


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠", " =", "\x00=", "\ufeff+", "\u202e-"]
)
def test_the_spreadsheet_copy_runs_nothing_and_the_raw_copy_stays_raw(start: str) -> None:
    cell = f"{start}cmd|' /C calc'!A0"
    rows = table("problems", [{"problem_id": "p-1", "what": cell, "start": -5, "end": 2}])
    raw = list(csv.reader(io.StringIO(csv_bytes("problems", rows).decode(), newline="")))[1]
    safe = list(csv.reader(io.StringIO(csv_bytes("problems", rows, spreadsheet=True).decode(), newline="")))[
        1
    ]
    assert raw[4] == cell
    assert safe[4] == f"'{cell}"
    assert safe[2] == raw[2] == "-5"  # a number is no formula


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "this is not the table times"),
        (b"a,b\r\n", "this is not the table times"),
        (csv_bytes("times", RECORD.times) + b"one\r\n", "wrong number of cells"),
        (
            csv_bytes("times", RECORD.times).replace(b"2023-09-13T02:43:00Z", b"noon"),
            "a cell that is no instant",
        ),
        # What the fuzzers found, and what stands beside it.
        (b"\x80" + csv_bytes("times", RECORD.times), "this is not UTF-8: invalid start byte at byte 0"),
        (csv_bytes("times", RECORD.times).replace(b"02:43:00Z", b"02:43:00"), "has no offset from UTC"),
        (
            csv_bytes("times", RECORD.times).replace(b"2023-09-13T02:43:00Z", b"0001-01-01T00:00+14:00"),
            "no instant",
        ),
        (
            csv_bytes("times", RECORD.times).replace(b"\r\n", b"\r\n" + b"9" * 30 + b",", 1),
            "wrong number of cells",
        ),
    ],
)
def test_what_is_no_such_table_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(LoaderError, match=what):
        read_csv("times", data)


def test_a_number_no_table_holds_is_refused() -> None:
    data = csv_bytes("times", RECORD.times)
    start = str(RECORD.times["start"].iloc[0]).encode()
    with pytest.raises(LoaderError, match="a cell that is no integer"):
        read_csv("times", data.replace(b"," + start + b",", b"," + b"9" * 30 + b",", 1))


def test_a_cell_of_any_length_is_read_back() -> None:
    rows = RECORD.posts.assign(headline="word " * 100_000)
    assert read_csv("posts", csv_bytes("posts", rows)).equals(rows.astype(RECORD.posts.dtypes.to_dict()))


def test_the_zip_holds_every_table_and_the_source_and_is_always_the_same() -> None:
    packed = zip_bytes(files(RECORD))
    assert packed == zip_bytes(files(sample_record()))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == [*(f"{name}.csv" for name in TABLES), "source.txt"]
        assert archive.read("source.txt").decode() == RECORD.text
        assert read_csv("quotes", archive.read("quotes.csv")).equals(RECORD.quotes)


def test_tables_are_written_whole_and_again(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    for _ in range(2):
        paths = write_tables(RECORD, folder)
        assert sorted(paths) == sorted(folder.iterdir())
        assert read_csv("events", (folder / "events.csv").read_bytes()).equals(RECORD.events)
    assert list(folder.parent.iterdir()) == [folder]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("three years of work")
    with pytest.raises(LoaderError, match="other files"):
        write_tables(RECORD, tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(LoaderError, match="not a folder"):
        write_tables(RECORD, tmp_path / "out")
