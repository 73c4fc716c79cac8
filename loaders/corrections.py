"""Applies a story's corrections.yaml: what rules cannot know, each change with its reason and what stood before.

A correction that matches no row, or changes nothing, fails: the rules have moved on, and it must be removed or
updated.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from loaders import schema
from loaders.clock import YEARS, Posted, bounded_by_neighbours
from loaders.errors import CorrectionError
from loaders.model import LIST_SEPARATOR, Blog, Post, Record, parts, stable_ids
from loaders.own_entries import Question
from loaders.registry import Correction

_ALLOWED = {
    "instant": "an instant with its offset, such as 2023-09-13T05:23:00Z",
    "list": "words, or a list of them",
}
_STALE = "remove the correction or update it to the table as built now"
_BY_HAND = "correction"
"""What `clock` says of a post whose time a correction states."""


def corrections_of(questions: Sequence[Question]) -> tuple[Correction, ...]:
    """The answers as corrections, a row each."""
    return tuple(
        Correction(
            table=question.table,
            row=row,
            action="set",
            column=question.column,
            value=question.answer,
            reason=f"answer to: {question.question}",
            source=question.sentence,
        )
        for question in questions
        if question.answer and question.table and question.table != "problems"
        for row in question.rows
    )


def with_stated_times(blog: Blog, corrections: Sequence[Correction]) -> Blog:
    """The blog with the instants that corrections state for its posts, so that all that hangs on them follows.

    A post whose time a correction empties is one without a stamp: its neighbours give it bounds. What is no instant is
    left to `apply_corrections`, which refuses it.
    """
    stated: dict[str, datetime | None] = {}
    for correction in corrections:
        if _states_time(correction):
            with suppress(ValueError):
                stated[correction.row] = _instant(correction.value)
    if stated.keys().isdisjoint(post.post_id for post in blog.records):
        return blog
    times = [_posted(post, stated) for post in blog.records]
    bounded = bounded_by_neighbours(times, read_at=blog.read_at)
    records = (
        replace(post, posted_at=t.at, posted_from=t.after, posted_to=t.until, clock=t.clock)
        if post.post_id in stated
        else post
        for post, t in zip(blog.records, bounded, strict=True)
    )
    return replace(blog, records=tuple(records))


def _states_time(correction: Correction) -> bool:
    return (correction.table, correction.column, correction.action) == ("posts", "posted_at", "set")


def _posted(post: Post, stated: Mapping[str, datetime | None]) -> Posted:
    """When a post was posted, as a correction states it or else as it was read."""
    if post.post_id not in stated:
        return Posted(post.posted_at, post.posted_from, post.posted_to, post.clock)
    at = stated[post.post_id]
    return Posted(at, at, at, _BY_HAND) if at else Posted()


def apply_corrections(record: Record, corrections: Sequence[Correction], *, file: Path | str = "") -> Record:
    """The record with the corrections made, and each of them added to the rows of its `corrections` table.

    How often somebody or something is mentioned and quoted is counted again after them, except where a correction
    sets that count.

    Args:
        record: The record as the rules made it, from the blog `with_stated_times`.
        corrections: What to change, in order.
        file: The file they come from, for the errors.

    Raises:
        CorrectionError: A correction matches no row or column, changes nothing, or breaks the schema.
    """
    tables = dict(record.tables())
    key = schema.TABLES["corrections"].key
    log: list[dict[str, object]] = [
        {str(name): cell for name, cell in row.items() if name != key}
        for row in record.corrections.to_dict("records")
    ]
    for correction in corrections:
        before = tables[correction.table]
        after, changes = _ACTIONS[correction.action](before, correction, str(file))
        tables[correction.table] = (
            _timed(after, correction, record.blog) if _states_time(correction) else after
        )
        log += changes
    tables["quotes"] = _named(tables, log)
    tables |= _recounted(tables, log)
    ids = stable_ids("c", log, lambda row: (row["table"], row["row"], row["action"], row["column"]))
    tables["corrections"] = schema.table(
        "corrections", ({"correction_id": i, **row} for i, row in zip(ids, log, strict=True))
    )
    return record.with_tables(**tables)


def _row_at(rows: pd.DataFrame, key: str, correction: Correction, file: str) -> int:
    name = schema.TABLES[correction.table].key
    at = next((at for at, value in enumerate(rows[name]) if value == key), None)
    if at is None:
        what = f"no row of {correction.table} has this {name}"
        raise CorrectionError(what, file=file, entry=correction.row, value=key, advice=_STALE)
    return at


def _set(
    rows: pd.DataFrame, correction: Correction, file: str
) -> tuple[pd.DataFrame, list[dict[str, object]]]:
    at = _row_at(rows, correction.row, correction, file)
    column = _column(correction, file)
    cell = _cell(column, correction, file)
    before = rows.at[rows.index[at], column.name]
    if schema.shown(before) == schema.shown(cell):
        raise CorrectionError(
            f"{column.name} is this already",
            file=file,
            entry=correction.row,
            value=schema.shown(cell),
            advice=_STALE,
        )
    changed = rows.assign(**{column.name: _with_cell(rows[column.name], at, cell)})
    return changed, [_logged(correction, column.name, before, cell)]


def _column(correction: Correction, file: str) -> schema.Column:
    table = schema.TABLES[correction.table]
    column = table.column(correction.column)
    if column is None or column.name == table.key:
        raise CorrectionError(
            "this column cannot be set",
            file=file,
            entry=correction.row,
            value=correction.column,
            allowed=", ".join(c.name for c in table.columns[1:]),
        )
    return column


def _cell(column: schema.Column, correction: Correction, file: str) -> object:
    """The value to set, as a cell of its column."""
    what, entry = f"{column.name} cannot be this", correction.row
    try:
        cell = schema.cell(column, _typed(column, correction.value))
    except (TypeError, ValueError, OverflowError):
        allowed = _ALLOWED.get(column.type, column.type)
        raise CorrectionError(what, file=file, entry=entry, value=correction.value, allowed=allowed) from None
    if column.allowed and cell not in {"", *column.allowed}:
        raise CorrectionError(what, file=file, entry=entry, value=cell, allowed=", ".join(column.allowed))
    return cell


def _typed(column: schema.Column, value: object) -> object:
    """The value as its column's type takes it, whether YAML read it as that or it was written in quotes.

    Raises:
        ValueError: It is nothing of that type.
    """
    match column.type, value:
        case "instant", _:
            return _instant(value)
        case ("integer", bool() | None) | ("boolean", None):
            raise ValueError
        case "integer", str() | float():
            number = float(value)
            if not number.is_integer():
                raise ValueError
            return int(number)
        case "number", str() | float():
            if not math.isfinite(float(value)):
                raise ValueError
            return float(value)
        case ("boolean", bool()) | ("list", str() | tuple()) | (_, None):
            return value
        case (("text" | "country"), str()):
            return value
        case (("text" | "country"), float()) if value.is_integer():
            return str(int(value))
        case (("text" | "country"), float()):
            return str(value)
    raise ValueError


def _instant(value: object) -> datetime | None:
    """The instant (UTC) a value states, in quotes or not; None where it is empty.

    Raises:
        ValueError: It states none, has no offset, or is of a year in which nothing was posted.
    """
    if value is None or value == "":
        return None
    instant = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(instant, datetime) or instant.tzinfo is None or instant.year not in YEARS:
        raise ValueError
    return instant.astimezone(UTC)


def _timed(posts: pd.DataFrame, correction: Correction, blog: Blog) -> pd.DataFrame:
    """The posts with the bounds and the clock of one whose time was set; `with_stated_times` has made them."""
    at = next(at for at, key in enumerate(posts["post_id"]) if key == correction.row)
    post = next(post for post in blog.records if post.post_id == correction.row)
    fixed: dict[str, object] = {
        "posted_from": post.posted_from,
        "posted_to": post.posted_to,
        "clock": post.clock,
    }
    return posts.assign(**{name: _with_cell(posts[name], at, cell) for name, cell in fixed.items()})


def _with_cell(cells: pd.Series, at: int, cell: object) -> pd.Series:
    return pd.Series([*cells[:at], cell, *cells[at + 1 :]], index=cells.index, dtype=cells.dtype)


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
        listed = [*parts(before), *parts(rows.iloc[source][column.name])]
        after = LIST_SEPARATOR.join(dict.fromkeys(listed))
        if after != before:
            merged.at[rows.index[target], column.name] = after
            log.append(_logged(correction, column.name, before, after, row=correction.into))
    log.append(_logged(correction, schema.TABLES[correction.table].key, correction.row, correction.into))
    return merged.drop(index=rows.index[source]).reset_index(drop=True), log


def _named(tables: Mapping[str, pd.DataFrame], log: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """The quotes with the name of each speaker whose id a correction sets, unless another sets the name."""
    changed = {(row["row"], row["column"]) for row in log if row["table"] == "quotes"}
    quotes = tables["quotes"]
    names = {
        key: name
        for table in schema.ENTITIES
        for key, name in zip(tables[table][schema.TABLES[table].key], tables[table]["name"], strict=True)
    }
    speakers = [
        LIST_SEPARATOR.join(names.get(i, i) for i in parts(cell))
        if (key, "speaker_id") in changed and (key, "speaker") not in changed
        else speaker
        for key, cell, speaker in zip(
            quotes["quote_id"], quotes["speaker_id"], quotes["speaker"], strict=True
        )
    ]
    return quotes.assign(speaker=pd.Series(speakers, index=quotes.index, dtype=quotes["speaker"].dtype))


def _recounted(
    tables: Mapping[str, pd.DataFrame], log: Sequence[Mapping[str, object]]
) -> dict[str, pd.DataFrame]:
    """The tables that count mentions and quotes, counted again where these were changed; counts set by hand stay."""
    if not {"mentions", "quotes"} & {change["table"] for change in log}:
        return {}
    by_hand = {(change["table"], change["row"], change["column"]) for change in log}
    mentions, quotes = tables["mentions"], tables["quotes"]
    spoken = _counts(quotes["speaker_id"])
    counted: dict[str, pd.DataFrame] = {}
    for name, entity_type in (
        ("people", "person"),
        ("organizations", "organization"),
        ("locations", "location"),
    ):
        rows, of_type = tables[name], mentions[mentions["entity_type"] == entity_type]
        counts = {"mention_count": _counts(of_type["entity_id"]), "quote_count": spoken}
        for sense in ("literal", "metonym", "dateline"):
            counts[f"{sense}_count"] = _counts(of_type[of_type["sense"] == sense]["entity_id"])
        keys = rows[schema.TABLES[name].key]
        fresh = {
            column: [
                cell if (name, key, column) in by_hand else count[key]
                for key, cell in zip(keys, rows[column], strict=True)
            ]
            for column, count in counts.items()
            if column in rows
        }
        counted[name] = rows.assign(
            **{
                column: pd.Series(cells, index=rows.index, dtype=rows[column].dtype)
                for column, cells in fresh.items()
            }
        )
    return counted


def _counts(cells: pd.Series) -> Counter[str]:
    return Counter(part for cell in cells for part in parts(cell))


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
