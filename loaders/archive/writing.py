"""Puts the files of an archive into place whole, and takes away what is no longer of it.

New files first stand in `.new` and are moved, then the manifest changes in one transaction, then old files go. A run
that is killed in between leaves files the manifest does not name; the next one takes them away.
"""

from __future__ import annotations

import os
import re
import shutil
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from loaders.archive.arrow import ROWS_AT_A_TIME, without, writer
from loaders.archive.manifest import NAME, Kept, Known, Manifest, file_of
from loaders.archive.reading import Part
from loaders.archive.shape import ARCHIVE
from loaders.errors import LoaderError

NEW = ".new"
LOCK = ".lock"
ENOUGH_PARTS = 8
"""Small parts a partition may have before they are put together: many small files are slow to read."""
SMALL, LARGE = 256, 1024
"""Documents of a part that is small, and of one that is not made any larger."""
_MAGIC = b"PAR1"
"""What every Parquet file ends with."""
_FILE = re.compile(r"part-[0-9a-f]{16}\.parquet")


class Archive:
    """An archive that is being written; `folder` is its own, and nobody else's."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder, self.manifest = folder, manifest
        self._parts: dict[str, Kept] = {}
        self._part_of: dict[str, str] = {}
        self._remember(manifest.parts())

    @property
    def documents(self) -> Iterator[Known]:
        """Every document that is in, those that failed as well."""
        return (known for kept in self._parts.values() for known in kept.documents)

    @property
    def parts(self) -> Collection[Kept]:
        """Every part there is."""
        return self._parts.values()

    def tidy(self) -> None:
        """Takes away what an interrupted run left, and forgets parts whose files somebody deleted or cut off."""
        shutil.rmtree(self.folder / NEW, ignore_errors=True)
        torn = [kept for kept in self.parts if not all(map(_is_whole, kept.files(self.folder)))]
        self._change(drop=torn)
        named = {file for kept in self.parts for file in kept.files(self.folder)}
        for name in ARCHIVE:
            for file in (self.folder / name).glob("outlet=*/month=*/*.parquet"):
                if _FILE.fullmatch(file.name) and file not in named:
                    _remove(file, self.folder)

    def take_in(self, parts: Sequence[Part], rules: str) -> None:
        """Takes in what was read, in place of what was known of the same documents."""
        read = {document.document_id for part in parts for document in part.documents}
        added = [self._written(part, rules) for part in parts]
        old = self._with(read)
        self._change(add=[*added, *self._left_of(old, read)], drop=old)

    def drop(self, documents: Collection[str]) -> None:
        """Takes the rows of documents out."""
        gone = set(documents)
        for kept in self._with(gone):
            self._change(add=self._left_of([kept], gone), drop=[kept])

    def put_together(self) -> None:
        """Makes few larger files of many small ones, partition by partition."""
        places: defaultdict[tuple[str, str], list[Kept]] = defaultdict(list)
        for kept in self.parts:
            if len(kept.documents) < SMALL:
                places[kept.outlet, kept.month].append(kept)
        for small in places.values():
            if len(small) > ENOUGH_PARTS:
                for group in _groups(small):
                    self._change(add=[self._rewritten(group, frozenset())], drop=group)

    def _with(self, documents: Collection[str]) -> list[Kept]:
        """The parts that hold any of these documents."""
        return [self._parts[part] for part in {self._part_of.get(key) for key in documents} if part]

    def _remember(self, added: Iterable[Kept]) -> None:
        for kept in added:
            self._parts[kept.part] = kept
            self._part_of |= {known.document_id: kept.part for known in kept.documents}

    def _left_of(self, old: Iterable[Kept], gone: Collection[str]) -> list[Kept]:
        """Each old part without the documents that are gone, written anew; nothing of those that had no others."""
        return [
            self._rewritten([kept], gone)
            for kept in old
            if any(known.document_id not in gone for known in kept.documents)
        ]

    def _change(self, *, add: Sequence[Kept] = (), drop: Sequence[Kept] = ()) -> None:
        """The one way an archive changes: files in, the manifest, files out."""
        if not add and not drop:
            return
        for kept in add:
            for name in kept.rows:
                place = file_of(self.folder, name, kept.outlet, kept.month, kept.part)
                place.parent.mkdir(parents=True, exist_ok=True)
                (self.folder / NEW / f"{name}-{kept.part}").replace(place)
        self.manifest.change(add=add, drop=[kept.part for kept in drop])
        for kept in drop:
            del self._parts[kept.part]
            for known in kept.documents:
                del self._part_of[known.document_id]
            for file in kept.files(self.folder):
                _remove(file, self.folder)
        self._remember(add)

    def _written(self, part: Part, rules: str) -> Kept:
        name = _new_name()
        for table, data in part.files.items():
            with self._new_file(table, name).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        known = [
            Known(d.document_id, d.path, d.sha256, rules if d.is_settled else "", d.failure, name)
            for d in part.documents
        ]
        return Kept(name, part.outlet, part.month, tuple(known), part.rows)

    def _rewritten(self, parts: Sequence[Kept], gone: Collection[str]) -> Kept:
        """One part of several, without the documents that are gone; a few rows at a time are in memory."""
        name, rows = _new_name(), {}
        dropped = pa.array(sorted(gone), pa.string())
        for table in ARCHIVE:
            old = [
                file_of(self.folder, table, kept.outlet, kept.month, kept.part)
                for kept in parts
                if table in kept.rows
            ]
            if count := self._rewrite(table, old, self._new_file(table, name), dropped):
                rows[table] = count
        left = [
            replace(known, part=name)
            for kept in parts
            for known in kept.documents
            if known.document_id not in gone
        ]
        return Kept(name, parts[0].outlet, parts[0].month, tuple(left), rows)

    def _rewrite(self, table: str, old: Sequence[Path], new: Path, dropped: pa.Array) -> int:
        if not old:
            return 0
        count = 0
        with new.open("wb") as file, writer(file, table) as written:
            for path in old:
                with pq.ParquetFile(path) as read:
                    for batch in read.iter_batches(ROWS_AT_A_TIME):
                        kept = without(batch, dropped)
                        count += kept.num_rows
                        if kept.num_rows:
                            written.write_batch(kept)
        if not count:
            new.unlink()
        return count

    def _new_file(self, table: str, part: str) -> Path:
        (self.folder / NEW).mkdir(exist_ok=True)
        return self.folder / NEW / f"{table}-{part}"


def prepare(folder: Path) -> None:
    """Makes the folder of an archive.

    Raises:
        LoaderError: It holds other things than an archive.
    """
    if folder.exists() and not folder.is_dir():
        raise LoaderError("this is a file, not a folder", file=folder, advice="choose another with --out")
    if folder.is_dir() and not (folder / NAME).exists():
        foreign = sorted(entry.name for entry in folder.iterdir() if entry.name != LOCK)
        if foreign:
            raise LoaderError(
                "the folder holds other files",
                file=folder,
                value=", ".join(foreign[:5]),
                allowed="a new folder, an empty one, or an archive",
                advice="choose another with --out",
            )
    folder.mkdir(parents=True, exist_ok=True)


def _groups(small: Iterable[Kept]) -> Iterator[list[Kept]]:
    """The parts in groups of up to `LARGE` documents, of at least two parts each."""
    group: list[Kept] = []
    for kept in small:
        if group and sum(len(each.documents) for each in [*group, kept]) > LARGE:
            yield group
            group = []
        group.append(kept)
    if len(group) > 1:
        yield group


def _is_whole(file: Path) -> bool:
    """Whether a file is there and ends as Parquet does, which one that was cut off does not."""
    if not file.is_file() or file.stat().st_size < 2 * len(_MAGIC):
        return False
    with file.open("rb") as opened:
        opened.seek(-len(_MAGIC), os.SEEK_END)
        return opened.read() == _MAGIC


def _remove(file: Path, top: Path) -> None:
    """Deletes a file, and the folders that are empty without it."""
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == top or any(folder.iterdir()):
            return
        folder.rmdir()


def _new_name() -> str:
    return uuid.uuid4().hex[:16]
