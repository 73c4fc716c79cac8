"""What is in an archive: which documents, by hash, in which part, and which files each part has.

The manifest is the truth: a Parquet file it does not name is what an interrupted run left, and is no part of the
archive. It is one SQLite file; each change is one transaction, so that a run that is killed leaves the old state
or the new one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from loaders.errors import LoaderError

NAME = "manifest.sqlite"
FORMAT = "1"
_TABLES = """
create table if not exists about (key text primary key, value text not null) without rowid;
create table if not exists parts (part text primary key, outlet text not null, month text not null) without rowid;
create table if not exists files (
  part text not null references parts on delete cascade, name text not null, rows integer not null,
  primary key (part, name)) without rowid;
create table if not exists documents (
  document_id text primary key, path text not null, sha256 text not null, rules text not null,
  failure text not null, part text not null references parts) without rowid;
create index if not exists documents_by_part on documents (part);
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A document that is in the archive; `failure` is empty where it was read, `rules` where it will be again."""

    document_id: str
    path: str
    sha256: str
    rules: str
    failure: str
    part: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of the archive: its name, where it lies, its documents, and the rows of each of its files."""

    part: str
    outlet: str
    month: str
    documents: tuple[Known, ...]
    rows: Mapping[str, int]

    def files(self, folder: Path) -> Iterator[Path]:
        """Its files in the archive at `folder`."""
        for name in self.rows:
            yield file_of(folder, name, self.outlet, self.month, self.part)


def file_of(folder: Path, name: str, outlet: str, month: str, part: str) -> Path:
    """Where the file of a table and a part stands."""
    return folder / name / f"outlet={outlet}" / f"month={month}" / f"part-{part}.parquet"


class Manifest:
    """An archive's manifest, open for one run; close it, or use it in a `with`."""

    def __init__(self, folder: Path, *, writing: bool = False) -> None:
        self._path = folder / NAME
        if not writing and not self._path.is_file():
            raise LoaderError(
                "this folder is no archive",
                file=folder,
                allowed=f"a folder with {NAME}",
                advice="make one with: python -m loaders archive FOLDER --out ARCHIVE",
            )
        with self._explained():
            mode = "rwc" if writing else "ro"
            self._db = sqlite3.connect(f"{self._path.resolve().as_uri()}?mode={mode}", uri=True, timeout=20)
            self._db.execute("pragma foreign_keys = on")
            if writing:
                self._db.executescript(_TABLES)
                with self._db:
                    self._db.execute("insert or ignore into about values ('format', ?)", (FORMAT,))
            found = self._db.execute("select value from about where key = 'format'").fetchone()
        if found is None or found[0] != FORMAT:
            raise LoaderError(
                "this archive was written by another version of Dateline",
                file=self._path,
                value=found and found[0],
                allowed=FORMAT,
                advice="make the archive anew in another folder",
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._db.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LoaderError(
                f"the manifest cannot be used: {error}",
                file=self._path,
                advice="if it is broken, make the archive anew in another folder",
            ) from None

    def documents(self) -> Iterator[Known]:
        """Every document, in the order of its path."""
        with self._explained():
            rows = self._db.execute(
                "select document_id, path, sha256, rules, failure, part from documents order by path, document_id"
            )
            yield from (Known(*row) for row in rows)

    def parts(self) -> list[Kept]:
        """Every part, in the order of outlet and month."""
        documents: dict[str, list[Known]] = {}
        for known in self.documents():
            documents.setdefault(known.part, []).append(known)
        with self._explained():
            rows: dict[str, dict[str, int]] = {}
            for part, name, count in self._db.execute(
                "select part, name, rows from files order by part, name"
            ):
                rows.setdefault(part, {})[name] = count
            places = self._db.execute("select part, outlet, month from parts order by outlet, month, part")
            return [
                Kept(part, outlet, month, tuple(documents.get(part, ())), rows.get(part, {}))
                for part, outlet, month in places
            ]

    def files(self) -> list[tuple[str, str, str, str, int]]:
        """Every file: its table, outlet, month, part and how many rows it has."""
        with self._explained():
            return self._db.execute(
                "select name, outlet, month, part, rows from files join parts using (part) "
                "order by name, outlet, month, part"
            ).fetchall()

    def change(self, *, add: Iterable[Kept] = (), drop: Iterable[str] = ()) -> None:
        """Takes parts in and lets others go, at once: their documents and files with them."""
        dropped, added = [(part,) for part in drop], list(add)
        with self._explained(), self._db:
            self._db.executemany("delete from documents where part = ?", dropped)
            self._db.executemany("delete from parts where part = ?", dropped)
            for kept in added:
                self._db.execute("insert into parts values (?, ?, ?)", (kept.part, kept.outlet, kept.month))
                self._db.executemany(
                    "insert into files values (?, ?, ?)",
                    [(kept.part, name, count) for name, count in kept.rows.items()],
                )
                self._db.executemany(
                    "insert into documents values (?, ?, ?, ?, ?, ?)",
                    [
                        (d.document_id, d.path, d.sha256, d.rules, d.failure, kept.part)
                        for d in kept.documents
                    ],
                )
