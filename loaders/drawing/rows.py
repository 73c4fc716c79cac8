"""Rows of tables as plain mappings, and what their cells hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from loaders.filters import ROWS
from loaders.model import Record
from loaders.schema import TABLES

Row = Mapping[str, Any]
ByKind = Mapping[str, Mapping[str, Row]]
"""The rows a page can show one of, by kind (a key of `ROWS`) and id."""


def records(rows: pd.DataFrame) -> list[Row]:
    """The rows of a table, one mapping each; instants as datetimes, None where they are not known."""
    columns = {str(name): _cells(cells) for name, cells in rows.items()}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _cells(cells: pd.Series[Any]) -> list[Any]:
    listed = cells.tolist()
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        return [None if cell is pd.NaT else cell.to_pydatetime() for cell in listed]
    return listed


def is_known(value: object) -> bool:
    """Whether a cell of an instant or a number holds one."""
    return value is not None and value is not pd.NaT and value == value  # NaN is not itself


def by_kind(record: Record) -> dict[str, Mapping[str, Row]]:
    """Every row of a record, by kind and id."""
    return {
        kind: {str(row[TABLES[table].key]): row for row in records(getattr(record, table))}
        for kind, table in ROWS.items()
    }


def kind_of(rows: ByKind, key: str) -> str:
    """What an id is the id of: person, organization or place; empty where it is none of them."""
    return next((kind for kind in ("person", "organization", "place") if key in rows[kind]), "")


def name_of(rows: ByKind, key: str) -> str:
    """The name of a person, organization or place; the id itself where it is none of them."""
    kind = kind_of(rows, key)
    return str(rows[kind][key]["name"]) if kind else key
