"""How fast and how large the reading of an archive is: `python -m tests.benchmarks.archive`, run by hand.

Multiplies the sample pages (nine in ten have two or three posts, one in ten the nine of the first story) and reads them
with one worker and with two. Prints the table that stands in the README; `--write` puts it there; `--documents N` reads
other than 10,000.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import psutil

from loaders.archive.asking import Asked
from loaders.archive.building import Progress, build_archive
from loaders.archive.query import OpenArchive
from loaders.archive.running import Where
from tests.many_pages import write_copies
from tests.write_dictionary import write_between

DOCUMENTS = 10_000
STEP = 1_000
WORKERS = (1, 2)
MEGABYTE = 1024 * 1024


@dataclass
class Memory:
    """What this process and its largest child hold, noted at every `step` documents."""

    step: int
    own: list[float] = field(default_factory=list)
    largest: list[float] = field(default_factory=list)
    took: float = 0.0
    worked: float = 0.0
    """Seconds of processor time that the workers had."""

    def __call__(self, progress: Progress) -> None:
        if progress.doing == "reading":
            self.took = progress.seconds
            if progress.done == progress.of:
                self.worked = sum(
                    sum(child.cpu_times()[:2]) for child in psutil.Process().children(recursive=True)
                )
        if progress.done < self.step * (len(self.own) + 1):
            return
        process = psutil.Process()
        self.own.append(process.memory_info().rss / MEGABYTE)
        children = [child.memory_info().rss for child in process.children(recursive=True)]
        self.largest.append(max(children, default=0) / MEGABYTE)
        print(
            f"{progress.done:,} documents, {progress.per_second:.1f} a second, {self.own[-1]:.0f} MB here, "
            f"{self.largest[-1]:.0f} MB in the largest worker",
            file=sys.stderr,
            flush=True,
        )


def measured(pages: Path, archive: Path, workers: int, step: int) -> Memory:
    memory = Memory(step)
    summary = build_archive(pages, archive, where=Where(workers), progress=memory)
    if summary.failures:
        raise SystemExit(f"{len(summary.failures)} documents failed: {summary.failures[0]}")
    return memory


def lines(documents: int) -> list[str]:
    step = max(1, min(STEP, documents // 10))
    with tempfile.TemporaryDirectory() as scratch:
        pages = Path(scratch) / "pages"
        size = write_copies(pages, documents)
        runs = {n: measured(pages, Path(scratch) / f"archive-{n}", n, step) for n in WORKERS}
        first = Path(scratch) / f"archive-{WORKERS[0]}"
        began = monotonic()
        build_archive(pages, first)
        again = monotonic() - began
        files = list(first.rglob("*.parquet"))
        archive = OpenArchive(first)
        asked = Asked("quotes", words="satellites")
        began = monotonic()
        found = archive.count(asked)
        archive.page(asked)
        search = monotonic() - began
        stored = sum(file.stat().st_size for file in files)
    return [
        f"{documents:,} documents, {size / MEGABYTE:.1f} MB:",
        "",
        "| workers | documents a second | in all, s | processor time a document, ms | memory of a worker, MB | "
        "of the process that hands out, MB |",
        "| ---: | ---: | ---: | ---: | --- | --- |",
        *(
            f"| {n} | {documents / run.took:.1f} | {run.took:.0f} | {1000 * run.worked / documents:.0f} | "
            f"{curve(run.largest)} | {curve(run.own)} |"
            for n, run in runs.items()
        ),
        "",
        f"Processor time is that of the workers, memory that after every {step:,} documents. A second run that finds nothing changed takes {again:.1f} s. The "
        f"archive has {len(files):,} files, {stored / MEGABYTE:.0f} MB; a word is looked for in its quotes, and the first of "
        f"{found:,} rows shown, in {search:.2f} s.",
    ]


def curve(values: list[float]) -> str:
    return ", ".join(f"{value:.0f}" for value in values)


def main() -> None:
    """Prints what stands in the README."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=DOCUMENTS)
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    body = "\n".join(lines(given.documents))
    print(body)
    if given.write:
        write_between("archive", body)


if __name__ == "__main__":
    main()
