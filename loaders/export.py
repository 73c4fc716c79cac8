"""Tables as files: CSV (RFC 4180, UTF-8, ISO 8601 in UTC), a folder of all of them, or one zip.

The raw table stays raw; the copy meant for spreadsheets makes harmless what one of them would run.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from loaders.errors import LoaderError
from loaders.model import Record, iso
from loaders.schema import DTYPES, TABLES, Column, ColumnType
from loaders.writing import write_folder

SOURCE_NAME = "source.txt"
_ZIP_YEARS = range(1981, 2107)
"""A zip knows no others, on the clocks of all zones."""
_COMPRESSION, _UNIX = 6, 3
STARTS_A_FORMULA = re.compile(
    r"[\t\r\n]|[\s\x00-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠]"
)
"""What a spreadsheet would run: behind what is not seen too, and in full width, as it drops both on opening."""
_WORDS: tuple[ColumnType, ...] = ("text", "list", "country")


def csv_bytes(table: str, rows: pd.DataFrame, *, spreadsheet: bool = False) -> bytes:
    """Rows of `table` as CSV: UTF-8, CRLF, one header line of column names, empty cells for "not known".

    Args:
        table: The table's name in the schema.
        rows: Rows of it, all its columns.
        spreadsheet: Make text cells harmless that begin with `= + - @` (of any width, also behind what is not
            seen), tab, CR or LF, by an apostrophe before them (OWASP, "CSV injection"). Numbers, instants and
            truth values are never touched.
    """
    columns = TABLES[table].columns
    return csv_lines(columns, None) + csv_lines(columns, rows, spreadsheet=spreadsheet)


def csv_lines(columns: Sequence[Column], rows: pd.DataFrame | None, *, spreadsheet: bool = False) -> bytes:
    """Lines of a CSV: of some rows, or the header where `rows` is None; see `csv_bytes`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    if rows is None:
        writer.writerow(column.name for column in columns)
    else:
        cells = [_written(column, rows[column.name], spreadsheet) for column in columns]
        writer.writerows(zip(*cells, strict=True))
    return out.getvalue().encode("utf-8", "replace")


def _written(column: Column, cells: Iterable[object], spreadsheet: bool) -> list[str]:
    if column.type in _WORDS:
        return [_harmless(str(cell)) if spreadsheet else str(cell) for cell in cells]
    write = _WRITERS[column.type]
    return ["" if pd.isna(cell) else write(cell) for cell in cells]  # type: ignore[call-overload]


def _harmless(cell: str) -> str:
    return f"'{cell}" if STARTS_A_FORMULA.match(cell) else cell


_WRITERS: dict[ColumnType, Callable[..., str]] = {
    "integer": str,
    "number": lambda number: repr(float(number)),
    "boolean": lambda truth: "true" if truth else "false",
    "instant": iso,
}


def read_csv(table: str, data: bytes) -> pd.DataFrame:
    """The rows that `csv_bytes` wrote (raw, not the spreadsheet copy), with the schema's dtypes.

    Raises:
        LoaderError: It is not UTF-8, the header is not that of the table, a line has too few or too many
            cells, or a cell is not of its column's type.
    """
    names = [column.name for column in TABLES[table].columns]
    header, *rows = _lines(table, data) or [[]]
    if header != names:
        raise LoaderError(f"this is not the table {table}", value=",".join(header), allowed=",".join(names))
    for number, row in enumerate(rows, start=2):
        if len(row) != len(names):
            raise LoaderError(
                "a line with the wrong number of cells",
                entry=f"table {table}, row {number}",
                value=len(row),
                allowed=str(len(names)),
            )
    cells = list(zip(*rows, strict=True)) or [()] * len(names)
    return pd.DataFrame(
        {
            column.name: _read(table, column, list(found))
            for column, found in zip(TABLES[table].columns, cells, strict=True)
        }
    )


def _lines(table: str, data: bytes) -> list[list[str]]:
    """The cells of each line, however long they are: Python's reader refuses more than its limit in one."""
    csv.field_size_limit(max(csv.field_size_limit(), len(data)))
    try:
        return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    except UnicodeDecodeError as error:
        raise LoaderError(
            f"this is not UTF-8: {error.reason} at byte {error.start}",
            entry=f"table {table}",
            allowed="UTF-8",
        ) from None
    except csv.Error as error:
        raise LoaderError(f"this is not CSV: {error}", entry=f"table {table}", allowed="RFC 4180") from None


def _instant(cell: str) -> datetime | None:
    if not cell:
        return None
    instant = datetime.fromisoformat(cell)
    if instant.tzinfo is None:
        raise ValueError(f"{cell!r} has no offset from UTC")
    return instant.astimezone(UTC)


def _read(table: str, column: Column, cells: list[str]) -> pd.Series:
    read: dict[ColumnType, Callable[[str], object]] = {
        "integer": int,
        "number": lambda cell: float(cell) if cell else float("nan"),
        "boolean": {"true": True, "false": False}.__getitem__,
        "instant": _instant,
    }
    try:
        found: list[object] = (
            [read[column.type](cell) for cell in cells] if column.type in read else list(cells)
        )
        return pd.Series(found, dtype=DTYPES[column.type])
    except (ValueError, KeyError, OverflowError, TypeError) as error:
        raise LoaderError(
            f"a cell that is no {column.type}", entry=f"table {table}, column {column.name}", value=str(error)
        ) from None


def files(record: Record) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file of a record: each table as CSV, and the text their spans slice."""
    for name, rows in record.tables():
        yield f"{name}.csv", csv_bytes(name, rows)
    yield SOURCE_NAME, record.text.encode("utf-8", "replace")


def zip_bytes(contents: Iterable[tuple[str, bytes]], *, dated: datetime | None = None) -> bytes:
    """The files as one zip; the same files always give the same bytes.

    Args:
        contents: Each file's name and content, in order.
        dated: The time (UTC) all files bear; it must come from the story, never from a clock.
    """
    stamp = dated.astimezone(UTC) if dated and dated.year in _ZIP_YEARS else datetime(1980, 1, 1, tzinfo=UTC)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as archive:
        for name, data in contents:
            entry = zipfile.ZipInfo(name, date_time=stamp.timetuple()[:6])
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, _UNIX
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, compresslevel=_COMPRESSION)
    return out.getvalue()


def write_tables(record: Record, folder: Path) -> list[Path]:
    """Writes every table as CSV and `source.txt` into `folder`; returns their paths.

    Raises:
        LoaderError: The folder cannot be written, or holds files that are not of this kind (none is lost).
    """
    contents = dict(files(record))
    return write_folder(contents, folder, may_replace=contents)
