"""`record.sqlite`: keys that hold, full-text search, what columns mean; opened by sqlite3 and by Datasette."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from hypothesis import example, given
from hypothesis import strategies as some

from loaders.excerpts import excerpt_of
from loaders.filters import Filters
from loaders.formats.sqlite import SEARCHED, metadata, sqlite
from loaders.formats.values import plain
from loaders.model import Record
from loaders.schema import TABLES
from tests.packed import HOSTILE, first_story, hostile


@contextmanager
def opened(record: Record) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(sqlite(record))
        yield database


@pytest.mark.parametrize(
    "filters", [Filters(), Filters(people=("kim-yo-jong",)), Filters(words="nothing has these")]
)
def test_the_database_is_sound_and_every_reference_leads_somewhere(filters: Filters) -> None:
    with opened(excerpt_of(first_story(), filters)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        keys = {row[2:5] for row in database.execute("PRAGMA foreign_key_list(events)")}
        assert keys == {
            ("locations", "location_id", "location_id"),
            ("locations", "destination_id", "location_id"),
        }


def test_every_row_is_there_and_empty_means_null() -> None:
    record = first_story()
    with opened(record) as database:
        for name, rows in record.tables():
            assert database.execute(f"SELECT count(*) FROM {name}").fetchone() == (len(rows),)
        assert database.execute("SELECT count(*) FROM quotes WHERE speaker = ''").fetchone() == (0,)
        told = database.execute(
            "SELECT start_at, end_at, location_id, is_background FROM events WHERE event_id = 'e-5295e4bf'"
        )
        assert told.fetchone() == ("2023-09-13T02:43:00Z", "2023-09-13T02:53:00Z", "sunan", 0)


def test_lists_can_be_followed() -> None:
    with opened(first_story()) as database:
        found = database.execute(
            "SELECT title FROM events JOIN events_participants USING (event_id) JOIN entities USING (entity_id) "
            "WHERE name = 'Kim Yo Jong' ORDER BY title"
        ).fetchall()
    assert found == [
        ("Kim Jong Un signs a guest book, his sister beside him",),
        ("Kim Yo Jong is promoted to the State Affairs Commission",),
        ("Kim Yo Jong stands alongside her brother at the Vostochny Cosmodrome",),
    ]


@pytest.mark.parametrize(
    ("table", "words", "said"),
    [
        ("posts", "guest book", "Kim Jong Un’s sister appears alongside him at meeting with Putin"),
        ("quotes", '"there is time"', "We'll talk about all the issues without haste, there is time."),
        (
            "events",
            "firing missile Sunan",
            "North Korea fires two short-range ballistic missiles from Sunan",
        ),  # by stem
        ("events", "missiles NOT fallen", "North Korea fires two short-range ballistic missiles from Sunan"),
    ],
)
def test_full_text_search_finds(table: str, words: str, said: str) -> None:
    shown = SEARCHED[table][0]
    with opened(first_story()) as database:
        rows = database.execute(
            f"SELECT {shown} FROM {table} WHERE rowid IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?)",
            (words,),
        ).fetchall()
    assert (said,) in rows
    assert len(rows) < 5


def test_every_column_is_described() -> None:
    with opened(first_story()) as database:
        described = set(database.execute('SELECT "table", "column" FROM descriptions'))
        for name, schema in TABLES.items():
            assert {(name, column.name) for column in schema.columns} <= described


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_comes_out_as_it_is(words: str) -> None:
    with opened(hostile(words)) as database:
        assert database.execute("SELECT DISTINCT title FROM events").fetchall() == [(plain(words),)]
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@given(some.text(max_size=20))
@example("")
def test_any_text_is_kept(words: str) -> None:
    with opened(hostile(words)) as database:
        assert database.execute("SELECT DISTINCT title FROM events").fetchall() == [(plain(words) or None,)]


def asked(files: tuple[Path, Path], *addresses: str) -> list[Any]:
    """What Datasette answers at these addresses."""
    database, described = files

    async def answers() -> list[Any]:
        server = Datasette([str(database)], metadata=json.loads(described.read_text("utf-8")))
        await server.invoke_startup()
        found = [await server.client.get(address) for address in addresses]
        assert [answer.status_code for answer in found] == [200] * len(addresses)
        return [
            answer.json() if ".json" in a else answer.text for a, answer in zip(addresses, found, strict=True)
        ]

    # In a thread of its own: another test's browser may have an event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, answers()).result()


def test_datasette_opens_it_with_search_links_and_descriptions(tmp_path: Path) -> None:
    files = tmp_path / "record.sqlite", tmp_path / "datasette.json"
    files[0].write_bytes(sqlite(first_story()))
    files[1].write_bytes(metadata(first_story()))
    found, page = asked(files, "/record/events.json?_search=missiles&_shape=array", "/record/events")
    assert "North Korea fires two short-range ballistic missiles from Sunan" in [
        row["title"] for row in found
    ]
    assert 'href="/record/locations/vostochny-cosmodrome"' in page
    assert "what happened, in a line" in page
    assert 'name="_search"' in page
