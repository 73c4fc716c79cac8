"""Each column of each table once: name, type, unit, meaning, what is allowed.

The DataFrames' dtypes, the checks and the data dictionary in the README all come from here. An empty cell
means "not known": "" in text, NaT in instants, NaN in numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast, get_args

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray, ExtensionDtype

from loaders.model import (
    LIST_SEPARATOR,
    Blog,
    EntityType,
    Form,
    Granularity,
    LocationType,
    OrganizationType,
    PersonType,
    Post,
    QuoteType,
    Sense,
    SourceType,
    Status,
)

ColumnType = Literal["text", "list", "integer", "number", "boolean", "instant", "country"]
_TEXT = pd.StringDtype("python", na_value=np.nan)
"""pandas' text type, kept as Python strings: tables of this size are made several times as fast."""
_INSTANT = pd.DatetimeTZDtype("us", "UTC")
DTYPES: Mapping[ColumnType, ExtensionDtype | np.dtype[Any]] = {
    "text": _TEXT,
    "list": _TEXT,
    "country": _TEXT,
    "integer": np.dtype("int64"),
    "number": np.dtype("float64"),
    "boolean": np.dtype("bool"),
    "instant": _INSTANT,
}
CLOCKS = ("age stamp", "absolute stamp", "structured data", "neighbours", "correction")
TIME_BASES = ("stated", "derived", "bounded by the post")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what its cells mean, of what type and unit, and which values are allowed.

    `allowed` is a closed list, `least` and `most` bound a number (both included), and `refers_to` names the tables
    whose keys the cells hold. An `is_required` cell is never empty.
    """

    name: str
    type: ColumnType
    meaning: str
    unit: str = ""
    allowed: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns in order (the first is the key), and the text its spans show."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    span_of: str = ""
    """The column that equals text[start:end], where there is one."""

    @property
    def key(self) -> str:
        """The name of the key column."""
        return self.columns[0].name

    def column(self, name: str) -> Column | None:
        """The column of that name, None where the table has none."""
        return next((column for column in self.columns if column.name == name), None)


def _closed(values: object) -> tuple[str, ...]:
    return tuple(value for value in get_args(values) if value)


ENTITIES = ("people", "organizations", "locations")
"""The tables of who and what can be meant; a column that refers to them holds keys of any of the three."""
_START = Column("start", "integer", "where the words begin in source.txt", "code points", least=0)
_END = Column("end", "integer", "where they end (not included)", "code points", least=0)
_POST = Column("post_id", "text", "the post it stands in", refers_to=("posts",))
_MOST_KM = 6000
"""Further than this no place reaches: half of the largest country is less."""

_TABLES = (
    Table(
        "posts",
        "one post of the live blog, in page order (newest first)",
        (
            Column("post_id", "text", "key: the outlet's own id, or the first words of the headline"),
            Column("position", "integer", "place on the page, 1 at the top", least=1),
            Column("headline", "text", "as printed"),
            Column("byline", "text", "as printed"),
            Column("reporters", "list", "names in the byline"),
            Column("dateline", "list", "cities the byline says the reporters are in"),
            Column("age", "text", "the stamp as printed, such as 25 min ago"),
            Column("posted_at", "instant", "when it was posted, as exactly as its stamp says", "UTC"),
            Column("posted_from", "instant", "it was posted after this", "UTC"),
            Column("posted_to", "instant", "it was posted at this instant or before", "UTC"),
            Column("clock", "text", "what fixed the time", allowed=CLOCKS),
            Column("url", "text", "the post's own address"),
            Column("word_count", "integer", "words in the body", "words", least=0),
            _START,
            _END,
        ),
    ),
    Table(
        "people",
        "one person who is named, as newsmaker or in a byline",
        (
            Column("person_id", "text", "key"),
            Column("name", "text", "full name"),
            Column("aliases", "list", "the other names printed for the person in this blog"),
            Column("role", "text", "role as the text gives it, first one printed"),
            Column("affiliation", "list", "organizations the text ties the person to"),
            Column("country", "country", "the country the person acts for", "ISO 3166-1 alpha-3"),
            Column(
                "person_type",
                "text",
                "what the person is in the news as",
                allowed=_closed(PersonType),
                is_required=True,
            ),
            Column("mention_count", "integer", "mentions resolved to the person, bylines included", least=0),
            Column("quote_count", "integer", "rows of quotes the person is the speaker of", least=0),
            Column("first_post_id", "text", "the oldest post that mentions the person", refers_to=("posts",)),
            Column("is_registered", "boolean", "whether data/registry/people.yaml knows the person"),
        ),
    ),
    Table(
        "organizations",
        "one organization that is named",
        (
            Column("organization_id", "text", "key"),
            Column("name", "text", "full name"),
            Column("aliases", "list", "the other names printed for it in this blog"),
            Column(
                "organization_type", "text", "its kind", allowed=_closed(OrganizationType), is_required=True
            ),
            Column("country", "country", "the country it belongs to", "ISO 3166-1 alpha-3"),
            Column("source_type", "text", "on whose word it speaks", allowed=_closed(SourceType)),
            Column("mention_count", "integer", "mentions resolved to it", least=0),
            Column("quote_count", "integer", "rows of quotes it is the speaker of", least=0),
            Column("is_registered", "boolean", "whether data/registry/organizations.yaml knows it"),
        ),
    ),
    Table(
        "locations",
        "one place that is named, with where it is",
        (
            Column("location_id", "text", "key"),
            Column("name", "text", "English name"),
            Column("native_name", "text", "name in the place's own language and script"),
            Column("location_type", "text", "its kind", allowed=_closed(LocationType), is_required=True),
            Column("country", "country", "the country it lies in", "ISO 3166-1 alpha-3"),
            Column("latitude", "number", "WGS 84", "degrees north", least=-90, most=90),
            Column("longitude", "number", "WGS 84", "degrees east", least=-180, most=180),
            Column(
                "radius_km",
                "number",
                "of the circle an area is drawn as; 0 for a point",
                "km",
                least=0,
                most=_MOST_KM,
            ),
            Column(
                "time_zone",
                "list",
                "its zone; for a country with several, the easternmost and westernmost",
                "IANA",
            ),
            Column("gazetteer", "text", "where the coordinates come from"),
            Column("mention_count", "integer", "mentions resolved to it", least=0),
            Column("literal_count", "integer", "of these, mentions that mean the place", least=0),
            Column(
                "metonym_count", "integer", "of these, mentions that mean its government or state", least=0
            ),
            Column("dateline_count", "integer", "of these, cities reporters write from", least=0),
        ),
    ),
    Table(
        "quotes",
        "one quotation between marks, or one passage of reported speech",
        (
            Column("quote_id", "text", "key"),
            _POST,
            Column(
                "quote", "text", "verbatim: the words between the marks, or the reported words as printed"
            ),
            Column(
                "quote_type",
                "text",
                "direct: whole words of a speaker; mixed: quoted words inside the reporter's sentence; "
                "indirect: reported without marks",
                allowed=_closed(QuoteType),
                is_required=True,
            ),
            Column("is_headline", "boolean", "whether it stands in a headline"),
            Column(
                "speaker_id",
                "list",
                "the person's or organization's id; empty where unnamed or open",
                refers_to=ENTITIES,
            ),
            Column(
                "speaker",
                "text",
                "who said it; a description where unnamed; empty where the text leaves it open",
            ),
            Column("speaker_mention", "text", "the speaker as printed beside the cue"),
            Column("cue", "text", "the words that report the speech, as printed"),
            Column("addressee", "text", "who it was said to, as printed"),
            Column("via", "text", "the outlet or footage it came through, or whom the speaker cites"),
            Column("source_type", "text", "on whose word it stands", allowed=_closed(SourceType)),
            Column("posted_at", "instant", "when the post was posted", "UTC"),
            Column("attribution", "text", "the rule that found the speaker"),
            _START,
            _END,
        ),
        span_of="quote",
    ),
    Table(
        "events",
        "one event, merged over all posts that report it",
        (
            Column("event_id", "text", "key"),
            Column("title", "text", "what happened, in a line"),
            Column("event_type", "text", "its kind, a key of data/vocabulary/events.yaml"),
            Column(
                "status",
                "text",
                "happened: said in the blog's own voice; claimed: only on somebody's word; planned; possible",
                allowed=_closed(Status),
                is_required=True,
            ),
            Column("is_background", "boolean", "whether it lies before the story"),
            Column("start_at", "instant", "it did not begin before this", "UTC"),
            Column("end_at", "instant", "it was over, or had happened, by this", "UTC"),
            Column("granularity", "text", "how exactly the text dates it", allowed=_closed(Granularity)),
            Column("time_text", "list", "the words that date it"),
            Column("time_basis", "text", "what fixed the bounds", allowed=TIME_BASES),
            Column("location_id", "text", "where it happened, or set out from", refers_to=("locations",)),
            Column("destination_id", "text", "where it led to", refers_to=("locations",)),
            Column(
                "participants",
                "list",
                "ids of the people, organizations and states that take part",
                refers_to=ENTITIES,
            ),
            Column("sources", "list", "who says so"),
            Column("source_type", "text", "on whose word it stands", allowed=_closed(SourceType)),
            Column("first_posted_at", "instant", "when the first post that reports it was posted", "UTC"),
            Column("post_ids", "list", "every post that reports it, oldest first", refers_to=("posts",)),
            Column("evidence", "text", "the sentence it was found in, verbatim"),
            _START,
            _END,
        ),
        span_of="evidence",
    ),
    Table(
        "mentions",
        "words that name, describe or point to a person, an organization or a place",
        (
            Column("mention_id", "text", "key"),
            _POST,
            Column("text", "text", "as printed"),
            Column("entity_type", "text", "what is mentioned", allowed=_closed(EntityType), is_required=True),
            Column(
                "entity_id",
                "list",
                "who or what is meant; several for a plural; empty where left open",
                refers_to=ENTITIES,
            ),
            Column("form", "text", "how it is referred to", allowed=_closed(Form), is_required=True),
            Column(
                "sense",
                "text",
                "of a place name: literal (ground), metonym (its government or state), dateline (where a reporter "
                "is), demonym (Russian); of a person or outlet: byline",
                allowed=_closed(Sense),
            ),
            _START,
            _END,
        ),
        span_of="text",
    ),
    Table(
        "times",
        "one time expression and what it means",
        (
            Column("time_id", "text", "key"),
            _POST,
            Column("text", "text", "as printed"),
            Column("value", "text", "TIMEX3 value, local to the place spoken of"),
            Column("time_from", "instant", "earliest instant meant", "UTC"),
            Column("time_to", "instant", "latest instant meant", "UTC"),
            Column("granularity", "text", "how exact it is", allowed=_closed(Granularity)),
            _START,
            _END,
        ),
        span_of="text",
    ),
    Table(
        "corrections",
        "one change made by corrections.yaml, with what stood there before",
        (
            Column("correction_id", "text", "key"),
            Column("table", "text", "the table changed"),
            Column("row", "text", "the key of the row"),
            Column("action", "text", "what was done", allowed=("set", "merge", "drop"), is_required=True),
            Column("column", "text", "the column changed"),
            Column("before", "text", "the value found by rules"),
            Column("after", "text", "the value now"),
            Column("reason", "text", "why"),
            Column("source", "text", "what the reason rests on"),
        ),
    ),
    Table(
        "problems",
        "something that could not be read or decided, with what to do",
        (
            Column("problem_id", "text", "key"),
            _POST,
            _START,
            _END,
            Column("what", "text", "what is wrong"),
            Column("advice", "text", "what to do about it"),
        ),
    ),
)
TABLES: Mapping[str, Table] = {table.name: table for table in _TABLES}


def table(name: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """The rows as a DataFrame with the columns, order and dtypes of the schema's table `name`.

    A key that a row lacks is empty. Lists are joined with "; ".

    Raises:
        KeyError: A row has a key the table has no column for.
    """
    schema = TABLES[name]
    listed = list(rows)
    known = {column.name for column in schema.columns}
    for row in listed:
        if not row.keys() <= known:
            extra = row.keys() - known
            raise KeyError(f"table {name} has no column {', '.join(sorted(extra))}")
    cells = {
        column.name: _cells(column, [row.get(column.name) for row in listed]) for column in schema.columns
    }
    return pd.DataFrame(cells, copy=False)


def cell(column: Column, value: object) -> object:
    """One value as the cell of a column, empty where it is None.

    Raises:
        ValueError: The value is not of the column's type.
    """
    return _cells(column, [value])[0]


def shown(value: object) -> str:
    """A cell as words: instants in ISO 8601 UTC, nothing for an empty one."""
    if value is None or value is pd.NaT:
        return ""
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else str(value)


def _cells(column: Column, values: list[object]) -> ExtensionArray | np.ndarray[tuple[int], np.dtype[Any]]:
    match column.type:
        case "text" | "country":
            return pd.array(["" if value is None else str(value) for value in values], dtype=_TEXT)
        case "list":
            return pd.array([_joined(value) for value in values], dtype=_TEXT)
        case "integer":
            return np.array([0 if value is None else value for value in values], dtype="int64")
        case "boolean":
            return np.array([bool(value) for value in values], dtype="bool")
        case "number":
            return np.array([math.nan if value is None else value for value in values], dtype="float64")
    return pd.array(cast("list[datetime | None]", values), dtype=_INSTANT)


def _joined(cell: object) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    assert isinstance(cell, Iterable)
    return LIST_SEPARATOR.join(str(part) for part in cell)


def posts_table(blog: Blog) -> pd.DataFrame:
    """The `posts` table of a blog, one row a post in page order."""
    return table("posts", (_post_row(blog.text, post) for post in blog.records))


def _post_row(text: str, post: Post) -> dict[str, object]:
    return {
        "post_id": post.post_id,
        "position": post.position,
        "headline": post.headline.of(text) if post.headline else "",
        "byline": post.byline.of(text) if post.byline else "",
        "reporters": [reporter.name.of(text) for reporter in post.reporters],
        "dateline": list(dict.fromkeys(r.dateline.of(text) for r in post.reporters if r.dateline)),
        "age": post.age,
        "posted_at": post.posted_at,
        "posted_from": post.posted_from,
        "posted_to": post.posted_to,
        "clock": post.clock,
        "url": post.url,
        "word_count": len(post.body.of(text).split()),
        "start": post.span.start,
        "end": post.span.end,
    }
