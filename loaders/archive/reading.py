"""Reads a batch of documents into Parquet: what a worker does, here or on another machine, without any file.

A document that cannot be read becomes a row of `failures`, and the others go on.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from loaders.archive.arrow import parquet_bytes
from loaders.archive.shape import (
    ARCHIVE,
    UNKNOWN,
    month_partition,
    outlet_partition,
    rules_name,
)
from loaders.errors import LoaderError
from loaders.model import Record
from loaders.record import build_record
from loaders.schema import TABLES, Column
from loaders.sources import read_source_text
from loaders.table_checks import check_record

LONGEST = 300.0
"""Seconds after which the reading of one document is given up, at its next stage."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document to read: its key, its path as shown, the hash of its bytes, and these (or why there are none)."""

    document_id: str
    path: str
    sha256: str
    content: bytes | LoaderError


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a document: the rest of it stands in the tables.

    `failure` is empty where it was read; `is_settled` is False where reading the same bytes again may go better.
    """

    document_id: str
    path: str
    sha256: str
    failure: str = ""
    is_settled: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """Documents of one outlet and month: their tables as Parquet files, and how many rows each has."""

    outlet: str
    month: str
    documents: tuple[Read, ...]
    files: Mapping[str, bytes]
    rows: Mapping[str, int]


_Cells = Mapping[str, Sequence[object]]
"""The cells of each column of a table."""


@dataclass(frozen=True, slots=True)
class _Done:
    """A document that was read, or failed: where it belongs, what became of it, and its rows."""

    outlet: str
    month: str
    read: Read
    tables: Mapping[str, _Cells]


def signature(zone: str) -> str:
    """By which rules this process reads; see `rules_name`."""
    return rules_name(zone)


def read_batch(batch: Sequence[Document], zone: str = "", longest: float = LONGEST) -> tuple[Part, ...]:
    """The documents of a batch, one part for each outlet and month among them.

    Args:
        batch: The documents.
        zone: IANA zone of stamps that print none.
        longest: Seconds for one document.
    """
    found: defaultdict[tuple[str, str], list[_Done]] = defaultdict(list)
    for document in batch:
        done = _read(document, zone, longest)
        found[done.outlet, done.month].append(done)
    return tuple(_part(listed) for _, listed in sorted(found.items()))


def failed_part(documents: Sequence[Document], error: Exception) -> Part:
    """Documents that all failed for the same reason, which was not in them: they will be tried again."""
    return _part([_failed(document, error, is_settled=False) for document in documents])


def _part(listed: Sequence[_Done]) -> Part:
    files, rows = {}, {}
    for name, table in ARCHIVE.items():
        if found := [done.tables[name] for done in listed if name in done.tables]:
            cells = {c.name: [cell for one in found for cell in one[c.name]] for c in table.columns}
            files[name], rows[name] = parquet_bytes(name, cells), len(cells["document_id"])
    return Part(listed[0].outlet, listed[0].month, tuple(done.read for done in listed), files, rows)


def _read(document: Document, zone: str, longest: float) -> _Done:
    try:
        if isinstance(document.content, LoaderError):
            raise document.content
        blog = read_source_text(document.content, name=document.path, zone=zone)
        record = build_record(blog, progress=_within(longest))
        check_record(record)
        tables = dict(_tables(document, record))
    except Exception as error:  # one document never stops the others, whatever is wrong with it
        return _failed(document, error, is_settled=isinstance(document.content, bytes))
    read = Read(document.document_id, document.path, document.sha256)
    return _Done(
        outlet_partition(record.blog.outlet),
        month_partition(min(_posted(record), default=None)),
        read,
        tables,
    )


def _within(longest: float) -> Callable[[str], None]:
    until = time.monotonic() + longest

    def stage(name: str) -> None:
        if time.monotonic() > until:
            raise LoaderError(
                f"reading it took more than {longest:g} seconds and was given up before the stage “{name}”",
                advice="cut it into several files",
            )

    return stage


def _tables(document: Document, record: Record) -> Iterator[tuple[str, _Cells]]:
    """The rows of each table that has any."""
    yield "documents", {name: [cell] for name, cell in _about(document, record).items()}
    for name, rows in record.tables():
        if name not in ARCHIVE or rows.empty:
            continue
        cells: dict[str, Sequence[object]] = {
            key: [said] * len(rows) for key, said in _keys(document).items()
        }
        cells["row_id"] = [f"{document.document_id}/{key}" for key in rows[TABLES[name].key]]
        cells |= {column.name: _cells(column, rows[column.name]) for column in TABLES[name].columns}
        if name == "posts":
            spans = zip(rows["start"], rows["end"], strict=True)
            cells["text"] = [record.text[start:end] for start, end in spans]
        yield name, cells


def _cells(column: Column, cells: pd.Series) -> list[object]:
    """The cells of a column, None where an instant or a number is not known."""
    listed: list[object] = cells.tolist()
    if column.type not in ("instant", "number"):
        return listed
    return [None if missing else cell for cell, missing in zip(listed, cells.isna(), strict=True)]


def _keys(document: Document) -> dict[str, str]:
    return {"document_id": document.document_id, "path": document.path, "sha256": document.sha256}


def _posted(record: Record) -> list[datetime]:
    """When each post was posted: its time, else the end of its bounds; none for a post without either."""
    times = (post.posted_at or post.posted_to for post in record.blog.records)
    return [time for time in times if time]


def _about(document: Document, record: Record) -> dict[str, object]:
    blog, posted = record.blog, _posted(record)
    return {
        **_keys(document),
        "outlet_name": blog.outlet,
        "title": blog.title,
        "url": blog.url,
        "first_posted_at": min(posted, default=None),
        "last_posted_at": max(posted, default=None),
        "read_at": blog.read_at,
        "post_count": len(record.posts),
        "quote_count": len(record.quotes),
        "event_count": len(record.events),
        "problem_count": len(record.problems),
        "character_count": len(record.text),
    }


def _failed(document: Document, error: Exception, *, is_settled: bool) -> _Done:
    if isinstance(error, LoaderError):
        what = f"{error.entry}: {error.what}" if error.entry else error.what
        found = "" if error.value is None else str(error.value)[:500]
        said = {"what": what, "found": found, "allowed": error.allowed, "advice": error.advice}
    else:
        said = {
            "what": f"the fault is Dateline's: {type(error).__name__}: {error}"[:500],
            "found": "",
            "allowed": "",
            "advice": "send the file to whoever looks after Dateline",
        }
    said = {name: _plain(words) for name, words in said.items()}
    read = Read(document.document_id, document.path, document.sha256, said["what"], is_settled)
    row = {name: [cell] for name, cell in {**_keys(document), **said}.items()}
    return _Done(UNKNOWN, UNKNOWN, read, {"failures": row})


def _plain(words: str) -> str:
    """Words on one line that any file can hold."""
    return " ".join(words.encode("utf-8", "replace").decode("utf-8").split())
