"""Brings an archive up to date with a folder: what is new or changed is read, what is gone is dropped, the rest stays.

Called again after an interruption it goes on where it was.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from loaders.archive.documents import Found, Skipped, content_of, find
from loaders.archive.manifest import Known, Manifest
from loaders.archive.reading import Document, signature
from loaders.archive.running import Where, read_all, workers
from loaders.archive.writing import LOCK, Archive, prepare
from loaders.clock import zone_named
from loaders.errors import LoaderError

MOST_DOCUMENTS, MOST_BYTES = 64, 4 * 1024 * 1024
"""Of one batch; a larger document is a batch of its own."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: what it does, documents done and to do, of these failed, and seconds since reading began."""

    doing: str
    done: int = 0
    of: int = 0
    failed: int = 0
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Documents a second, 0 before the first is done."""
        return self.done / self.seconds if self.seconds > 0 else 0.0


@dataclass(frozen=True)
class Summary:
    """What an archive holds after a run, and what the run did."""

    documents: int
    read: int
    unchanged: int
    dropped: int
    seconds: float
    failures: tuple[Known, ...]
    skipped: tuple[Skipped, ...]
    rows: Counter[str] = field(default_factory=Counter)
    outlets: int = 0
    months: int = 0


Told = Callable[[Progress], None]


def build_archive(
    folder: Path,
    out: Path,
    *,
    where: Where | None = None,
    zone: str = "",
    only: Sequence[str] = (),
    again: bool = False,
    progress: Told = lambda progress: None,
) -> Summary:
    """Brings the archive `out` up to date with the documents in `folder`.

    Args:
        folder: Saved pages in any of the formats, in nested folders.
        out: A new folder, or the archive of an earlier run.
        where: Where documents are read; by default on every core.
        zone: IANA zone of stamps that print none.
        only: Patterns of file names to read; none for all.
        again: Read every document again, also those that did not change.
        progress: Told how far the run is.

    Raises:
        LoaderError: What is wrong with the folders, the archive, the zone or the cluster. What is wrong with a
            document is a row of `failures`, and in the summary.
    """
    if zone:
        zone_named(zone)
    progress(Progress("looking at the files"))
    found = list(find(folder, out=out, only=only))
    documents = [each for each in found if isinstance(each, Found)]
    prepare(out)
    try:
        with FileLock(out / LOCK, blocking=False), Manifest(out, writing=True) as manifest:
            archive = Archive(out, manifest)
            archive.tidy()
            run = _Run(archive, signature(zone), zone, progress)
            run.drop_all_but({each.document_id for each in documents})
            run.read(run.to_read(documents, again=again), where or Where())
            progress(Progress("putting files together"))
            archive.put_together()
            archive.tidy()
            skipped = tuple(each for each in found if isinstance(each, Skipped))
            return run.summary(len(documents), skipped)
    except Timeout:
        raise LoaderError(
            "another run is at work on this archive", file=out, advice="wait until it is done"
        ) from None


class _Run:
    """One run: what it was asked, and what it has done so far."""

    def __init__(self, archive: Archive, rules: str, zone: str, progress: Told) -> None:
        self._archive, self._rules, self._zone, self._progress = archive, rules, zone, progress
        self._done = self._failed = self._dropped = 0
        self._began = time.monotonic()
        self._seconds = 0.0

    def drop_all_but(self, present: Collection[str]) -> None:
        """Drops the documents whose files are gone."""
        gone = [d.document_id for d in self._archive.documents if d.document_id not in present]
        self._archive.drop(gone)
        self._dropped = len(gone)

    def to_read(self, documents: Sequence[Found], *, again: bool) -> list[Found]:
        """The documents that are new or changed, or that were read by other rules; old neighbours beside each other."""
        known = {} if again else {d.document_id: d for d in self._archive.documents}
        fresh = [
            each
            for each in documents
            if not each.sha256
            or (old := known.get(each.document_id)) is None
            or (old.sha256, old.rules) != (each.sha256, self._rules)
        ]
        parts = {d.document_id: d.part for d in self._archive.documents}
        return sorted(fresh, key=lambda each: parts.get(each.document_id, ""))

    def read(self, documents: Sequence[Found], where: Where) -> None:
        """Reads documents and takes them in, batch by batch."""
        if not documents:
            return
        self._progress(Progress("starting", of=len(documents)))
        with workers(where, self._zone) as client:
            self._began = time.monotonic()
            for parts in read_all(client, _batches(documents), self._zone):
                self._archive.take_in(parts, self._rules)
                read = [document for part in parts for document in part.documents]
                self._done += len(read)
                self._failed += sum(bool(document.failure) for document in read)
                seconds = time.monotonic() - self._began
                self._progress(Progress("reading", self._done, len(documents), self._failed, seconds))
        self._seconds = time.monotonic() - self._began

    def summary(self, documents: int, skipped: tuple[Skipped, ...]) -> Summary:
        """What the archive holds now."""
        rows: Counter[str] = Counter()
        for kept in self._archive.parts:
            rows.update(kept.rows)
        read = [kept for kept in self._archive.parts if "documents" in kept.rows]
        failures = sorted((d for d in self._archive.documents if d.failure), key=lambda d: d.path)
        return Summary(
            documents=documents,
            read=self._done,
            unchanged=documents - self._done,
            dropped=self._dropped,
            seconds=self._seconds,
            failures=tuple(failures),
            skipped=skipped,
            rows=rows,
            outlets=len({kept.outlet for kept in read}),
            months=len({kept.month for kept in read}),
        )


def _batches(documents: Sequence[Found]) -> Iterator[list[Document]]:
    """The documents with their content, in batches that are small in number and in bytes."""
    batch: list[Document] = []
    size = 0
    for found in documents:
        if batch and (len(batch) == MOST_DOCUMENTS or size + found.size > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(_document(found))
        size += found.size
    if batch:
        yield batch


def _document(found: Found) -> Document:
    """A document as it is now: a file that changed since it was looked at has the hash of what is read."""
    content = content_of(found)
    digest = sha256(content).hexdigest() if isinstance(content, bytes) else found.sha256
    return Document(found.document_id, found.path, digest, content)
