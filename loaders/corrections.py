"""Applies a story's corrections.yaml: what rules cannot know, each change with its reason and what stood before.

A correction that matches no row, or changes nothing, fails: the rules have moved on, and it must be removed or
updated.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loaders import schema
from loaders.errors import CorrectionError
from loaders.model import LIST_SEPARATOR, Record, stable_ids
from loaders.registry import Correction

_STALE = "remove the correction or update it to the table as built now"


def apply_corrections(record: Record, corrections: Sequence[Correction], *, file: Path | str = "") -> Record:
    """The record with the corrections made, and each of them as rows of its `corrections` table.

    Args:
        record: The record as the rules made it.
        corrections: What to change, in order.
        file: The file they come from, for the errors.

    Raises:
        CorrectionError: A correction matches no row or column, changes nothing, or breaks the schema.
    """
    tables = dict(record.tables())
    log: list[dict[str, object]] = []
    for correction in corrections:
        before = tables[correction.table]
        after, changes = _ACTIONS[correction.action](before, correction, str(file))
        tables[correction.table] = after
        log += changes
    ids = stable_ids("c", log, lambda row: (row["table"], row["row"], row["action"], row["column"]))
    tables["corrections"] = schema.table(
        "corrections", ({"correction_id": i, **row} for i, row in zip(ids, log, strict=True))
    )
    return record.with_tables(**tables)


def _row_at(rows: pd.DataFrame, key: str, correction: Correction, file: str) -> int:
    name = schema.TABLES[correction.table].key
    matching = [at for at, value in enumerate(rows[name]) if value == key]
    if not matching:
        raise CorrectionError(
            f"no row of {correction.table} has this {name}",
            file=file,
            entry=correction.row,
            value=key,
            advice=_STALE,
        )
    return matching[0]


def _set(
    rows: pd.DataFrame, correction: Correction, file: str
) -> tuple[pd.DataFrame, list[dict[str, object]]]:
    at = _row_at(rows, correction.row, correction, file)
    column = schema.TABLES[correction.table].column(correction.column)
    if column is None or column.name == schema.TABLES[correction.table].key:
        allowed = ", ".join(c.name for c in schema.TABLES[correction.table].columns[1:])
        raise CorrectionError(
            "this column cannot be set",
            file=file,
            entry=correction.row,
            value=correction.column,
            allowed=allowed,
        )
    cell = schema.cell(column, correction.value)
    if column.allowed and cell not in {"", *column.allowed}:
        raise CorrectionError(
            f"{column.name} cannot be this",
            file=file,
            entry=correction.row,
            value=cell,
            allowed=", ".join(column.allowed),
        )
    before = rows.at[rows.index[at], column.name]
    if schema.shown(before) == schema.shown(cell):
        raise CorrectionError(
            f"{column.name} is this already", file=file, entry=correction.row, value=cell, advice=_STALE
        )
    cells = [*rows[column.name][:at], cell, *rows[column.name][at + 1 :]]
    changed = rows.assign(**{column.name: pd.Series(cells, index=rows.index, dtype=rows[column.name].dtype)})
    return changed, [_logged(correction, column.name, before, cell)]


def _drop(
    rows: pd.DataFrame, correction: Correction, file: str
) -> tuple[pd.DataFrame, list[dict[str, object]]]:
    at = _row_at(rows, correction.row, correction, file)
    title = schema.TABLES[correction.table].columns[1].name
    kept = rows.drop(index=rows.index[at]).reset_index(drop=True)
    return kept, [_logged(correction, title, rows.iloc[at][title], "")]


def _merge(
    rows: pd.DataFrame, correction: Correction, file: str
) -> tuple[pd.DataFrame, list[dict[str, object]]]:
    """Folds one row into another of the same table: its posts, sources and participants are added."""
    source = _row_at(rows, correction.row, correction, file)
    target = _row_at(rows, correction.into, correction, file)
    merged, log = rows.copy(), []
    for column in schema.TABLES[correction.table].columns:
        if column.type != "list":
            continue
        before = rows.iloc[target][column.name]
        parts = [
            p for cell in (before, rows.iloc[source][column.name]) for p in cell.split(LIST_SEPARATOR) if p
        ]
        after = LIST_SEPARATOR.join(dict.fromkeys(parts))
        if after != before:
            merged.at[rows.index[target], column.name] = after
            log.append(_logged(correction, column.name, before, after, row=correction.into))
    log.append(_logged(correction, schema.TABLES[correction.table].key, correction.row, correction.into))
    return merged.drop(index=rows.index[source]).reset_index(drop=True), log


def _logged(
    correction: Correction, column: str, before: object, after: object, *, row: str = ""
) -> dict[str, object]:
    return {
        "table": correction.table,
        "row": row or correction.row,
        "action": correction.action,
        "column": column,
        "before": schema.shown(before),
        "after": schema.shown(after),
        "reason": correction.reason,
        "source": correction.source,
    }


_ACTIONS = {"set": _set, "drop": _drop, "merge": _merge}
