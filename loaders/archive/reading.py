"""Reads a batch of documents into Parquet: what a worker does, here or on another machine, without any file.

A document that cannot be read becomes a row of `failures`, and the others go on.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from loaders.archive.arrow import parquet_bytes, rows_in
from loaders.archive.shape import (
    ARCHIVE,
    DOCUMENTS,
    FAILURES,
    UNKNOWN,
    month_partition,
    outlet_partition,
    rules_name,
)
from loaders.checking import check_record
from loaders.errors import LoaderError
from loaders.model import Record
from loaders.record import build_record
from loaders.schema import TABLES, rows_of
from loaders.sources import read_source_text

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
    """What became of a document: the rest of it stands in the tables. `failure` is empty where it was read."""

    document_id: str
    path: str
    sha256: str
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Documents of one outlet and month: their tables as Parquet files, and how many rows each has."""

    outlet: str
    month: str
    documents: tuple[Read, ...]
    files: Mapping[str, bytes]
    rows: Mapping[str, int]


_Frames = dict[str, pd.DataFrame]


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
    found: defaultdict[tuple[str, str], list[tuple[Read, _Frames]]] = defaultdict(list)
    for document in batch:
        place, read, frames = _read(document, zone, longest)
        found[place].append((read, frames))
    return tuple(_part(place, listed) for place, listed in sorted(found.items()))


def failed_part(documents: Sequence[Document], error: Exception) -> Part:
    """Documents that all failed for the same reason."""
    return _part((UNKNOWN, UNKNOWN), [_failed(document, error)[1:] for document in documents])


def _part(place: tuple[str, str], listed: Sequence[tuple[Read, _Frames]]) -> Part:
    files = {}
    for name in ARCHIVE:
        frames = [frames[name] for _, frames in listed if name in frames and len(frames[name])]
        if frames:
            files[name] = parquet_bytes(name, frames)
    rows = {name: rows_in(data) for name, data in files.items()}
    return Part(*place, documents=tuple(read for read, _ in listed), files=files, rows=rows)


def _read(document: Document, zone: str, longest: float) -> tuple[tuple[str, str], Read, _Frames]:
    try:
        if isinstance(document.content, LoaderError):
            raise document.content
        blog = read_source_text(document.content, name=document.path, zone=zone)
        record = build_record(blog, progress=_within(longest))
        check_record(record)
        frames = dict(_frames(document, record))
    except Exception as error:  # one document never stops the others, whatever is wrong with it
        return _failed(document, error)
    oldest = _posted(record).min()
    month = month_partition(None if pd.isna(oldest) else oldest.to_pydatetime())
    place = (outlet_partition(record.blog.outlet), month)
    return place, Read(document.document_id, document.path, document.sha256), frames


def _within(longest: float) -> Callable[[str], None]:
    until = time.monotonic() + longest

    def stage(name: str) -> None:
        if time.monotonic() > until:
            raise LoaderError(
                f"reading it took more than {longest:g} seconds and was given up before the stage “{name}”",
                advice="cut it into several files",
            )

    return stage


def _frames(document: Document, record: Record) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "documents", _about(document, record)
    for name, rows in record.tables():
        if name not in ARCHIVE:
            continue
        whole = rows.assign(
            row_id=[f"{document.document_id}/{key}" for key in rows[TABLES[name].key]], **_keys(document)
        )
        if name == "posts":
            spans = zip(rows["start"], rows["end"], strict=True)
            whole = whole.assign(text=[record.text[start:end] for start, end in spans])
        yield name, whole


def _keys(document: Document) -> dict[str, str]:
    return {"document_id": document.document_id, "path": document.path, "sha256": document.sha256}


def _posted(record: Record) -> pd.Series:
    """When each post was posted: its time, else the end of its bounds."""
    return record.posts["posted_at"].fillna(record.posts["posted_to"])


def _about(document: Document, record: Record) -> pd.DataFrame:
    blog, posted = record.blog, _posted(record)
    row = {
        **_keys(document),
        "outlet_name": blog.outlet,
        "title": blog.title,
        "url": blog.url,
        "first_posted_at": posted.min(),
        "last_posted_at": posted.max(),
        "read_at": blog.read_at,
        "post_count": len(record.posts),
        "quote_count": len(record.quotes),
        "event_count": len(record.events),
        "problem_count": len(record.problems),
        "character_count": len(record.text),
    }
    return rows_of(DOCUMENTS, [row])


def _failed(document: Document, error: Exception) -> tuple[tuple[str, str], Read, _Frames]:
    if isinstance(error, LoaderError):
        said = {"what": error.what, "allowed": error.allowed, "advice": error.advice}
        said["found"] = "" if error.value is None else str(error.value)[:500]
    else:
        said = {
            "what": f"the fault is Dateline's: {type(error).__name__}: {error}"[:500],
            "advice": "send the file to whoever looks after Dateline",
        }
    said = {name: _plain(words) for name, words in said.items()}
    read = Read(document.document_id, document.path, document.sha256, failure=said["what"])
    return (UNKNOWN, UNKNOWN), read, {"failures": rows_of(FAILURES, [{**_keys(document), **said}])}


def _plain(words: str) -> str:
    """Words on one line that any file can hold."""
    return " ".join(words.encode("utf-8", "replace").decode("utf-8").split())
