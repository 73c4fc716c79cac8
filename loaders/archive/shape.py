"""What an archive holds: the tables of every document, told apart by keys, and two tables about the documents.

Each table is a folder of Parquet files, `TABLE/outlet=OUTLET/month=YYYY-MM/part-ID.parquet`, as pandas, pyarrow and
DuckDB read it by themselves. A document lies in one outlet and one month whole: the month (UTC) of its oldest post.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from loaders import __version__
from loaders.model import slug
from loaders.registry import registries
from loaders.schema import TABLES, Column, Table

UNKNOWN = "unknown"
"""The partition of documents whose outlet, or whose month, nothing in them says."""
OUTLET, MONTH = "outlet", "month"
KEYS = (
    Column("document_id", "text", "the document it is from; made of its path, and the same in every run"),
    Column("path", "text", "the document's file, below the folder that was read"),
    Column("sha256", "text", "the hash of the bytes that were read"),
)
_ROW_ID = Column("row_id", "text", "key, unique in the whole archive: the document and the row in it")
_POST_TEXT = Column("text", "text", "the post as printed; `start` of this row is where it begins")


def _of_documents(table: Table) -> Table:
    own = (*table.columns, _POST_TEXT) if table.name == "posts" else table.columns
    return replace(table, columns=(_ROW_ID, *KEYS, *own))


DOCUMENTS = Table(
    "documents",
    "one document that was read",
    (
        *KEYS,
        Column("outlet_name", "text", "its outlet, as printed"),
        Column("title", "text", "as printed"),
        Column("url", "text", "its address"),
        Column("first_posted_at", "instant", "when its oldest post was posted, at the latest", "UTC"),
        Column("last_posted_at", "instant", "when its newest post was posted, at the latest", "UTC"),
        Column("read_at", "instant", "when the page was saved, where it says so", "UTC"),
        Column("post_count", "integer", "rows of posts"),
        Column("quote_count", "integer", "rows of quotes"),
        Column("event_count", "integer", "rows of events"),
        Column("problem_count", "integer", "rows of problems"),
        Column("character_count", "integer", "length of its text", "code points"),
    ),
)
FAILURES = Table(
    "failures",
    "one document that could not be read",
    (
        *KEYS,
        Column("what", "text", "what is wrong with it"),
        Column("found", "text", "the value that was found"),
        Column("allowed", "text", "what would have been right"),
        Column("advice", "text", "what to do about it"),
    ),
)
ARCHIVE: Mapping[str, Table] = {
    "documents": DOCUMENTS,
    **{name: _of_documents(table) for name, table in TABLES.items() if name != "corrections"},
    "failures": FAILURES,
}
"""The tables of an archive. There are no corrections: those belong to stories."""

SEARCHED: Mapping[str, tuple[str, ...]] = {
    "documents": ("path", "outlet_name", "title", "url"),
    "posts": ("text",),
    "people": ("name", "aliases", "role", "affiliation"),
    "organizations": ("name", "aliases"),
    "locations": ("name", "native_name"),
    "quotes": ("quote", "speaker"),
    "events": ("title", "evidence"),
    "mentions": ("text",),
    "times": ("text", "value"),
    "problems": ("what", "advice"),
    "failures": ("path", "what", "found", "advice"),
}
"""The columns of each table that searched words are looked for in."""


def document_id(path: bytes) -> str:
    """The key of the document in the file of that path (below the folder that is read, with `/`)."""
    return f"d-{sha256(path).hexdigest()[:16]}"


def outlet_partition(name: str) -> str:
    """The partition of an outlet by its printed name: its id in the registry, else a plain form of the name."""
    return registries().outlet_ids.get(name) or slug(name) or UNKNOWN


def month_partition(oldest: datetime | None) -> str:
    """The partition of a document by when its oldest post was posted."""
    return oldest.astimezone(UTC).strftime("%Y-%m").rjust(7, "0") if oldest else UNKNOWN


def rules_name(zone: str) -> str:
    """By which rules a document is read: this version, these columns, this zone; after others it is read again."""
    columns = "\n".join(f"{name} {c.name} {c.type}" for name, table in ARCHIVE.items() for c in table.columns)
    return f"{__version__} {sha256(columns.encode()).hexdigest()[:8]} {zone}".strip()
