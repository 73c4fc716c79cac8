"""Checks that the rows of a record hold together: keys, allowed values, references, spans."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from loaders.errors import LoaderError, SpanError
from loaders.model import Record, parts
from loaders.schema import TABLES, Column

Tables = Mapping[str, pd.DataFrame]


def check_record(record: Record) -> None:
    """Makes sure that the rows of a record hold together; see `check_tables`."""
    check_tables(dict(record.tables()), record.text)


def check_tables(tables: Tables, text: str) -> None:
    """Makes sure that keys are unique, cells allowed, references met, and that spans slice to their words.

    Args:
        tables: Every table of a record by its name.
        text: What the spans slice.

    Raises:
        LoaderError: The first row that does not hold, with its table, key, value and what is allowed.
        SpanError: The first span that does not slice to its words.
    """
    for name, rows in tables.items():
        _check_keys(name, rows)
        for column in TABLES[name].columns:
            _check_allowed(name, rows, column)
            _check_references(name, rows, column, tables)
        _check_within(name, rows, len(text))
        check_spans(name, rows, text)


def _check_keys(name: str, rows: pd.DataFrame) -> None:
    keys = rows[TABLES[name].key]
    wrong = keys[keys.duplicated() | (keys == "")]
    if len(wrong):
        raise LoaderError(
            "this key is empty or stands twice",
            entry=f"table {name}",
            value=wrong.iloc[0],
            allowed="one row a key",
        )


def _check_allowed(name: str, rows: pd.DataFrame, column: Column) -> None:
    allowed = {*column.allowed, *([] if column.is_required else [""])}
    if column.allowed and (strange := [cell for cell in rows[column.name] if cell not in allowed]):
        raise _not_allowed(name, column, strange[0] or "nothing", ", ".join(column.allowed))
    least, most = column.least, column.most
    if least is None and most is None:
        return
    for cell in rows[column.name]:
        if (least is not None and cell < least) or (most is not None and cell > most):
            bounds = [f"at least {least:g}" if least is not None else "", f"at most {most:g}" if most else ""]
            raise _not_allowed(name, column, cell, ", ".join(filter(None, bounds)))


def _not_allowed(name: str, column: Column, cell: object, allowed: str) -> LoaderError:
    return LoaderError(
        f"{column.name} cannot be this",
        entry=f"table {name}",
        value=cell,
        allowed=allowed,
    )


def _check_references(name: str, rows: pd.DataFrame, column: Column, tables: Tables) -> None:
    if not column.refers_to:
        return
    known = {key for target in column.refers_to for key in tables[target][TABLES[target].key]}
    for key, cell in zip(rows[TABLES[name].key], rows[column.name], strict=True):
        if missing := [part for part in parts(cell) if part not in known]:
            raise LoaderError(
                f"{column.name} names a row that is not there",
                entry=f"table {name}, row {key}",
                value=missing[0],
                allowed=f"a key of {' or '.join(column.refers_to)}",
                advice="where a correction dropped or merged that row, correct this one too",
            )


def _check_within(name: str, rows: pd.DataFrame, length: int) -> None:
    """Makes sure that spans lie in the text, those of tables too whose rows hold none of its words."""
    if TABLES[name].column("start") is None:
        return
    for key, start, end in zip(rows[TABLES[name].key], rows["start"], rows["end"], strict=True):
        if not start <= end <= length:
            raise SpanError(
                f"the span {start}–{end} does not lie in the text",
                entry=f"table {name}, row {key}",
                allowed=f"0 ≤ start ≤ end ≤ {length}, the length of the text",
                advice="the text was changed after the table was made: build it again",
            )


def check_spans(name: str, rows: pd.DataFrame, text: str) -> None:
    """Makes sure that every row of a table slices to its words.

    Raises:
        SpanError: The first row that does not, with what stands there instead.
    """
    schema = TABLES[name]
    if not schema.span_of:
        return
    for key, said, start, end in zip(
        rows[schema.key], rows[schema.span_of], rows["start"], rows["end"], strict=True
    ):
        if text[start:end] != said:
            raise SpanError(
                f"the span {start}–{end} does not hold the row's {schema.span_of}",
                entry=f"table {name}, {schema.key} {key}",
                value=text[start:end],
                allowed=repr(said),
                advice="the source was changed after the table was made: build it again",
            )
