"""`record.sqlite`: every table with its keys, full-text search, and what each column means, as Datasette opens it.

Written in memory, in one order: the same record gives the same bytes with the same version of SQLite.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

from loaders.errors import LoaderError
from loaders.formats.values import json_bytes, plain, rows_of, without_empty
from loaders.model import Record, iso, parts
from loaders.schema import ENTITIES, TABLES, Column, ColumnType, Table

_TYPES: Mapping[ColumnType, str] = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}
SEARCHED: Mapping[str, tuple[str, ...]] = {
    "posts": ("headline", "text"),
    "quotes": ("quote", "speaker", "via"),
    "events": ("title", "evidence"),
}
"""The tables with full-text search, and the columns it looks through."""
_POST_TEXT = "text"
_ABOUT = "Everyone and everything the other tables mean by an id: people, organizations and places in one."


def sqlite(record: Record, *, sentence: str = "") -> bytes:
    """A record as an SQLite database.

    Beside the tables of the schema it has `entities` (people, organizations and places in one), a table of pairs for
    each column that lists keys (`events_participants`), `descriptions` of every column, and `about`. Instants are
    ISO 8601 in UTC, truth values 0 and 1, and what is not known is NULL. Posts have their text as one more column.

    Args:
        record: The record, or an excerpt.
        sentence: What is shown, where it is not all of the story.

    Raises:
        LoaderError: This Python's SQLite has no full-text search.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute("PRAGMA page_size = 4096")
        try:
            for statement, rows in _statements(record, sentence):
                database.executemany(statement, rows) if rows is not None else database.execute(statement)
        except sqlite3.OperationalError as error:
            raise LoaderError(
                f"the SQLite database cannot be written: {error}",
                allowed="an SQLite with full-text search (FTS5)",
                advice="use a Python whose sqlite3 has FTS5, as those of python.org and of Debian do",
            ) from None
        return database.serialize()


def metadata(record: Record, *, sentence: str = "") -> bytes:
    """What `datasette record.sqlite --metadata FILE` shows beside the tables: titles, sources, what columns mean."""
    blog = record.blog
    tables = {
        name: {
            "description": f"One row: {schema.meaning}.",
            "columns": {column.name: _meaning(column) for column in schema.columns},
        }
        for name, schema in TABLES.items()
    }
    about = {
        "title": plain(blog.title),
        "description": plain(sentence),
        "source": plain(blog.outlet),
        "source_url": plain(blog.url),
    }
    return json_bytes({**without_empty(about), "databases": {"record": {"tables": tables}}})


def _meaning(column: Column) -> str:
    allowed = f" One of: {', '.join(column.allowed)}." if column.allowed else ""
    return f"{column.meaning}{f' ({column.unit})' if column.unit else ''}.{allowed}"


_Statement = tuple[str, Iterable[Sequence[Any]] | None]


def _statements(record: Record, sentence: str) -> Iterator[_Statement]:
    """Every statement that writes the database, in order, each with its rows where it takes any."""
    yield "BEGIN", None
    yield from _about(record, sentence)
    yield from _entities(record)
    for schema in TABLES.values():
        yield from _table(record, schema)
    for schema in TABLES.values():
        for column in schema.columns:
            if column.refers_to and column.type == "list":
                yield from _pairs(record, schema, column)
    yield "COMMIT", None
    for name, columns in SEARCHED.items():
        listed = ", ".join(map(_quoted, columns))
        search = _quoted(f"{name}_fts")
        yield (
            f"CREATE VIRTUAL TABLE {search} USING FTS5 "
            f"({listed}, content={_quoted(name)}, tokenize='porter unicode61 remove_diacritics 2')",
            None,
        )
        yield f"INSERT INTO {search} ({search}) VALUES ('rebuild')", None


def _table(record: Record, schema: Table) -> Iterator[_Statement]:
    columns = [_defined(schema, column) for column in schema.columns]
    keys = [
        f"FOREIGN KEY ({_quoted(column.name)}) REFERENCES {_quoted(target)} ({_quoted(TABLES[target].key)})"
        for column in schema.columns
        if column.type != "list"
        for target in column.refers_to
    ]
    rows = [list(row.values()) for row in rows_of(record, schema.name)]
    if schema.name == "posts":
        columns.append(f"{_quoted(_POST_TEXT)} TEXT")
        spans = zip(record.posts["start"], record.posts["end"], strict=True)
        for row, (start, end) in zip(rows, spans, strict=True):
            row.append(plain(record.text[start:end]))
    yield from _filled(schema.name, [*columns, *keys], rows)
    for column in schema.columns:
        if column.refers_to and column.type != "list":
            index = _quoted(f"{schema.name}_by_{column.name}")
            yield f"CREATE INDEX {index} ON {_quoted(schema.name)} ({_quoted(column.name)})", None


def _defined(schema: Table, column: Column) -> str:
    key = " PRIMARY KEY NOT NULL" if column.name == schema.key else ""
    return f"{_quoted(column.name)} {_TYPES.get(column.type, 'TEXT')}{key}"


def _entities(record: Record) -> Iterator[_Statement]:
    found: dict[str, tuple[str, str]] = {}
    for name in ENTITIES:
        for row in rows_of(record, name):
            found.setdefault(row[TABLES[name].key], (name, row["name"]))
    columns = ["entity_id TEXT PRIMARY KEY NOT NULL", '"table" TEXT NOT NULL', "name TEXT"]
    yield from _filled("entities", columns, [[key, *rest] for key, rest in found.items()])


def _pairs(record: Record, schema: Table, column: Column) -> Iterator[_Statement]:
    """A table of who is meant by each cell that lists keys, so that SQL can follow them."""
    target = "entities" if len(column.refers_to) > 1 else column.refers_to[0]
    to = "entity_id" if target == "entities" else TABLES[target].key
    key = _quoted(schema.key)
    rows = [
        [row[schema.key], place, part]
        for row in rows_of(record, schema.name)
        for place, part in enumerate(dict.fromkeys(parts(row[column.name] or "")), start=1)
    ]
    columns = [
        f"{key} TEXT NOT NULL REFERENCES {_quoted(schema.name)} ({key})",
        "place INTEGER NOT NULL",
        f"{_quoted(to)} TEXT NOT NULL REFERENCES {_quoted(target)} ({_quoted(to)})",
        f"PRIMARY KEY ({key}, {_quoted(to)})",
    ]
    yield from _filled(f"{schema.name}_{column.name}", columns, rows)


def _about(record: Record, sentence: str) -> Iterator[_Statement]:
    blog = record.blog
    known = {
        "title": plain(blog.title),
        "outlet": plain(blog.outlet),
        "url": plain(blog.url),
        "read_at": iso(blog.read_at) if blog.read_at else "",
        "shown": plain(sentence),
    }
    yield from _filled(
        "about",
        ["name TEXT PRIMARY KEY NOT NULL", "value TEXT"],
        [[key, each] for key, each in known.items() if each],
    )
    told = [
        [name, column.name, column.type, column.unit or None, _meaning(column)]
        for name, schema in TABLES.items()
        for column in schema.columns
    ]
    told += [["posts", _POST_TEXT, "text", None, "the whole post as printed."]]
    told += [["entities", "entity_id", "text", None, _ABOUT]]
    columns = ['"table" TEXT NOT NULL', '"column" TEXT NOT NULL', "type TEXT", "unit TEXT", "meaning TEXT"]
    yield from _filled("descriptions", [*columns, 'PRIMARY KEY ("table", "column")'], told)


def _filled(name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[_Statement]:
    """A table that is made and filled."""
    yield f"CREATE TABLE {_quoted(name)} ({', '.join(columns)})", None
    if rows:
        holes = ", ".join("?" * len(rows[0]))
        yield f"INSERT INTO {_quoted(name)} VALUES ({holes})", rows


def _quoted(name: str) -> str:
    """A name of ours as SQL writes it; none holds a quotation mark."""
    return f'"{name}"'
