"""Rows of tables as plain mappings, and what their cells hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

Row = Mapping[str, Any]


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
