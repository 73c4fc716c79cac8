"""Asks an archive through DuckDB, which reads from the files what a question needs and loads none of them whole.

Which files there are the manifest says. DuckDB may open the archive's folder and nothing else, loads no extension,
and has little memory and little time. Everything a reader typed is a parameter; names of columns come from the schema.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from loaders.archive.asking import PAGE_ROWS, Asked
from loaders.archive.manifest import NAME, Manifest, file_of
from loaders.archive.shape import ARCHIVE, SEARCHED, UNKNOWN
from loaders.errors import LoaderError
from loaders.export import csv_lines
from loaders.search import Term, parse_words

MEMORY, THREADS = "256MB", 2
LONGEST = 20.0
"""Seconds after which a question is given up."""
CSV_ROWS = 20_000
"""The most rows of one CSV: it is made in the memory of the server."""
_AT_ONCE = 5_000
_MARKS = ("’‘ʼ“”„«»‐‑", '\'\'\'"""""--')
"""Quotation marks and hyphens, and what they are looked for as; as in `search`."""
_PLACE = ("path", "start")


@dataclass(frozen=True, slots=True)
class File:
    """A file of the archive, as the manifest has it."""

    table: str
    outlet: str
    month: str
    part: str
    rows: int


class OpenArchive:
    """An archive to ask questions of; the same for all readers, from any thread.

    Raises:
        LoaderError: The folder is no archive.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        Manifest(self.folder).close()
        self._db = duckdb.connect(":memory:", config={"threads": THREADS, "memory_limit": MEMORY})
        quoted = str(self.folder).replace("'", "''")
        for setting in (
            "temp_directory = ''",
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "allow_community_extensions = false",
            f"allowed_directories = ['{quoted}']",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            self._db.execute(f"set {setting}")
        self._files: tuple[object, tuple[File, ...]] = (None, ())

    @property
    def state(self) -> tuple[int, int]:
        """Another value whenever the archive has changed."""
        try:
            found = (self.folder / NAME).stat()
        except OSError as error:
            raise LoaderError("the archive is gone", file=self.folder, value=str(error)) from None
        return found.st_mtime_ns, found.st_size

    @property
    def files(self) -> tuple[File, ...]:
        """The files there are now."""
        state = self.state
        if self._files[0] != state:
            with Manifest(self.folder) as manifest:
                self._files = (state, tuple(File(*row) for row in manifest.files()))
        return self._files[1]

    def outlets(self, table: str) -> Counter[str]:
        """The rows of a table that each outlet has; none for outlets that have other tables alone."""
        counted = Counter({file.outlet: 0 for file in self.files})
        for file in self.files:
            counted[file.outlet] += file.rows if file.table == table else 0
        return counted

    def months(self) -> list[str]:
        """The months there are, the oldest first; without the documents whose month nobody knows."""
        return sorted({file.month for file in self.files} - {UNKNOWN})

    def tables(self, asked: Asked) -> dict[str, int]:
        """How many rows each table has in the outlets and months asked for, whatever the words."""
        return {name: sum(file.rows for file in self._asked_files(asked, name)) for name in ARCHIVE}

    def count(self, asked: Asked) -> int:
        """How many rows are asked for."""
        if not parse_words(asked.words):
            return self.tables(asked)[asked.table]
        rows = self._frame("select count(*) as n from {rows}", asked)
        return int(rows["n"].iloc[0]) if len(rows) else 0

    def page(self, asked: Asked) -> pd.DataFrame:
        """The rows of one page, with outlet and month before the table's own columns."""
        return self._frame(
            f"select {_columns(asked.table)} from {{rows}} {_order(asked)} limit ? offset ?",
            asked,
            (PAGE_ROWS, (asked.page - 1) * PAGE_ROWS),
        )

    def row(self, asked: Asked) -> Mapping[str, Any] | None:
        """The row chosen, wherever in its table it stands; None where there is none of that key."""
        if not asked.row:
            return None
        whole = Asked(asked.table)
        key = ARCHIVE[asked.table].key
        rows = self._frame(
            f"select {_columns(asked.table)} from {{rows}} where {_quoted(key)} = ? limit 1",
            whole,
            (asked.row,),
        )
        return _first(rows)

    def document(self, row: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The document a row is from; None where it could not be read."""
        return self._one_of("documents", row, "document_id = ?", (row["document_id"],))

    def post(self, row: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The post a row stands in, with its text; None for rows without a place in the text."""
        if not row.get("end"):
            return None
        inside = 'document_id = ? and start <= ? and "end" >= ?'
        return self._one_of("posts", row, inside, (row["document_id"], row["start"], row["end"]))

    def csv(self, asked: Asked, *, spreadsheet: bool = False, most: int = CSV_ROWS) -> Iterator[bytes]:
        """What is asked for as CSV, all its pages, a piece at a time; see `export.csv_bytes`.

        Args:
            asked: The view.
            spreadsheet: Make harmless what a spreadsheet would run.
            most: Rows at most.
        """
        columns = ARCHIVE[asked.table].columns
        yield csv_lines(columns, None, spreadsheet=spreadsheet)
        query = f"select {_columns(asked.table)} from {{rows}} {_order(asked)} limit ?"
        for rows in self._frames(query, asked, (most,)):
            yield csv_lines(columns, rows, spreadsheet=spreadsheet)

    # --- SQL ----------------------------------------------------------------------------------------------

    def _one_of(
        self, table: str, row: Mapping[str, Any], condition: str, given: Sequence[object]
    ) -> Mapping[str, Any] | None:
        """A row of another table about the same document, in the files of the same outlet and month."""
        month = row["month"]
        near = Asked(table, outlets=(row["outlet"],), since=month, until=month)
        query = f"select {_columns(table)} from {{rows}} where {condition} limit 1"
        return _first(self._frame(query, near, given))

    def _frame(self, query: str, asked: Asked, given: Sequence[object] = ()) -> pd.DataFrame:
        state = self.state
        try:
            frames = list(self._frames(query, asked, given))
        except LoaderError:
            if self.state == state:
                raise
            frames = list(self._frames(query, asked, given))  # a run has changed the files meanwhile
        return pd.concat(frames, ignore_index=True) if frames else _no_rows(asked.table)

    def _frames(self, query: str, asked: Asked, given: Sequence[object]) -> Iterator[pd.DataFrame]:
        """The answer to a query about the rows asked for, a few thousand rows at a time."""
        files = [
            str(file_of(self.folder, file.table, file.outlet, file.month, file.part))
            for file in self._asked_files(asked, asked.table)
        ]
        if not files:
            return
        condition, words = _with_words(asked)
        rows = (
            "(select * from read_parquet(?, hive_partitioning = true, "
            f"hive_types = {{'outlet': varchar, 'month': varchar}}) where {condition})"
        )
        with self._cursor() as cursor:
            found = cursor.sql(query.replace("{rows}", rows), params=[files, *words, *given])
            for batch in found.to_arrow_reader(_AT_ONCE):
                yield batch.to_pandas()

    def _asked_files(self, asked: Asked, table: str) -> Iterator[File]:
        since, until = asked.since, asked.until
        for file in self.files:
            if file.table != table or (asked.outlets and file.outlet not in asked.outlets):
                continue
            if asked.is_undated:
                if file.month == UNKNOWN:
                    yield file
            elif not (since or until) or (
                file.month != UNKNOWN and (since or file.month) <= file.month <= (until or file.month)
            ):
                yield file

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of its own for one question, with its time limit and its errors in words."""
        cursor = self._db.cursor()
        clock = threading.Timer(LONGEST, cursor.interrupt)
        clock.daemon = True
        clock.start()
        try:
            yield cursor
        except duckdb.InterruptException:
            raise LoaderError(
                f"the question took more than {LONGEST:g} seconds",
                advice="choose an outlet, fewer months or fewer words",
            ) from None
        except duckdb.OutOfMemoryException:
            raise LoaderError(
                "the question needs more memory than one may have",
                allowed=MEMORY,
                advice="choose an outlet, fewer months or fewer words",
            ) from None
        except duckdb.Error as error:
            raise LoaderError(
                f"the archive cannot be read: {' '.join(str(error).split())[:300]}",
                file=self.folder,
                advice="if a run of `python -m loaders archive` is at work, ask again; else run it once more",
            ) from None
        finally:
            clock.cancel()
            cursor.close()


def _first(rows: pd.DataFrame) -> Mapping[str, Any] | None:
    if rows.empty:
        return None
    return {str(name): None if pd.isna(cell) else cell for name, cell in rows.to_dict("records")[0].items()}


def _no_rows(table: str) -> pd.DataFrame:
    return pd.DataFrame(columns=["outlet", "month", *(column.name for column in ARCHIVE[table].columns)])


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _columns(table: str) -> str:
    own = (_quoted(column.name) for column in ARCHIVE[table].columns)
    return ", ".join(("outlet", "month", *own))


def _order(asked: Asked) -> str:
    """By the column asked for, then by document and place in it, so that pages never overlap."""
    table = ARCHIVE[asked.table]
    first = (
        [f"{_quoted(asked.sort)} {'desc' if asked.is_descending else 'asc'} nulls last"] if asked.sort else []
    )
    rest = [_quoted(name) for name in (*_PLACE, table.key) if table.column(name)]
    return f"order by {', '.join([*first, *rest])}"


def _with_words(asked: Asked) -> tuple[str, list[str]]:
    """The condition that a row has all the words, and its parameters."""
    terms = parse_words(asked.words)
    if not terms:
        return "true", []
    columns = SEARCHED[asked.table]
    conditions, patterns = [], []
    for term in terms:
        names = ("speaker",) if term.of_speaker and ARCHIVE[asked.table].column("speaker") else columns
        joined = ", ".join(_quoted(name) for name in names)
        conditions.append(
            f"regexp_matches(translate(strip_accents(lower(concat_ws(chr(10), {joined}))), ?, ?), ?)"
        )
        patterns += [*_MARKS, _pattern(term)]
    return " and ".join(conditions), patterns


def _pattern(term: Term) -> str:
    """A term as a regular expression that DuckDB reads in linear time; what it finds is what `search` finds."""
    words = r"\s+".join(_escaped(word) for word in term.words.split())
    spaced = term.words.isascii()
    before = r"(?:^|[^\pL\pN_])" if spaced and term.words[0].isalnum() else ""
    after = r"(?:$|[^\pL\pN_])" if spaced and term.is_phrase and term.words[-1].isalnum() else ""
    return before + words + after


def _escaped(word: str) -> str:
    return "".join(char if char.isalnum() or ord(char) > 127 else f"\\x{{{ord(char):x}}}" for char in word)
