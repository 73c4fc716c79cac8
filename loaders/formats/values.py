"""What all formats have in common: text that every tool can hold, cells as JSON knows them, JSON safe anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from loaders.model import Record, iso
from loaders.schema import TABLES, Column

Row = Mapping[str, Any]

_RISKY = re.compile("[<>&\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""What could end a script element, a line of JavaScript, or turn the direction in which JSON itself is read."""


def plain(text: str) -> str:
    """Text that every tool can hold: a NUL, which ends a text in many, and lone surrogates are replaced."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


def json_bytes(value: object) -> bytes:
    """A value as JSON in UTF-8 that may also stand in a page's script element.

    What is risky there, or turns the direction of writing, is written as an escape: whoever reads the JSON gets the
    very same text.
    """
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1)
    safe = _RISKY.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
    return f"{safe}\n".encode("utf-8", "replace")


def rows_of(record: Record, table: str) -> Iterator[Row]:
    """Each row of a table with its cells as JSON knows them; None where nothing is known."""
    columns, rows = TABLES[table].columns, getattr(record, table)
    for cells in zip(*(rows[column.name] for column in columns), strict=True):
        yield {column.name: value(column, cell) for column, cell in zip(columns, cells, strict=True)}


def value(column: Column, cell: object) -> str | int | float | bool | None:
    """A cell as JSON knows it: instants in ISO 8601 (UTC), lists as their cell has them, None for an empty one."""
    match column.type:
        case "instant":
            return iso(cell) if isinstance(cell, datetime) and not pd.isna(cell) else None
        case "integer":
            return int(cell)  # type: ignore[call-overload, no-any-return]
        case "number":
            number = float(cell)  # type: ignore[arg-type]
            return number if abs(number) < float("inf") else None
        case "boolean":
            return bool(cell)
    return plain(str(cell)) or None


def without_empty(found: Mapping[str, object]) -> dict[str, object]:
    """What is known of something: its entries that are not empty."""
    return {key: each for key, each in found.items() if each not in (None, "", [], {})}
