"""The command `archive`: what is said while it works, what it did, and the exit status."""

from __future__ import annotations

import argparse
import sys
import time

from loaders.archive.building import Progress, Summary, build_archive
from loaders.archive.running import Where
from loaders.errors import LoaderError

SHOWN = 10
"""Failures that are listed; all of them stand in the table `failures`."""
SOME_FAILED, INTERRUPTED = 1, 130


def archive(given: argparse.Namespace) -> int:
    """Does what the command line asks for; the exit status is 1 where documents failed, 130 after Ctrl-C."""
    if given.workers is not None and (given.scheduler or given.workers < 1):
        raise LoaderError(
            "the number of processes is for this machine"
            if given.scheduler
            else "this is no number of processes",
            entry="--workers",
            value=given.workers,
            allowed="1 or more, and not together with --scheduler",
        )
    with _Line() as line:
        try:
            summary = build_archive(
                given.folder,
                given.out,
                where=Where(given.workers, given.scheduler or ""),
                zone=given.zone or "",
                only=given.only or (),
                again=given.again,
                progress=line,
            )
        except KeyboardInterrupt:
            line.clear()
            print("interrupted; what was read is kept. Run the same command again to go on", file=sys.stderr)
            return INTERRUPTED
    print(_said(summary, given))
    return SOME_FAILED if summary.failures else 0


def _said(summary: Summary, given: argparse.Namespace) -> str:
    rate = f", {summary.read / summary.seconds:.1f} a second" if summary.seconds else ""
    failed, skipped = len(summary.failures), len(summary.skipped)
    lines = [
        f"{summary.documents:,} documents in {given.folder}: {summary.read:,} read now{rate}, "
        f"{summary.unchanged:,} as they were, {summary.dropped:,} gone and dropped, {failed:,} failed",
        *(f"  {name:<14}{count:>10,}" for name, count in sorted(summary.rows.items())),
        *(f"  failed: {each.path}: {each.failure}" for each in summary.failures[:SHOWN]),
        *([f"  and {failed - SHOWN:,} more in the table failures"] if failed > SHOWN else []),
        *(f"  skipped: {each.path}: {each.why}" for each in summary.skipped[:SHOWN]),
        *([f"  and {skipped - SHOWN:,} more skipped"] if skipped > SHOWN else []),
        f"{len(summary.rows)} tables of {summary.outlets:,} outlets and {summary.months:,} months in {given.out}",
    ]
    return "\n".join(lines)


class _Line:
    """How far a run is: on a terminal one line that is written over, elsewhere a line now and then."""

    EVERY = (0.2, 15.0)
    """Seconds between two lines, on a terminal and elsewhere."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._last, self._doing = 0.0, ""

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        every = self.EVERY[0 if self._is_terminal else 1]
        is_over = progress.done == progress.of
        if progress.doing == self._doing and now - self._last < every and not is_over:
            return
        self._last, self._doing = now, progress.doing
        self.clear()
        print(_words(progress), end="" if self._is_terminal else "\n", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Takes the line away."""
        if self._is_terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def __enter__(self) -> _Line:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()


def _words(progress: Progress) -> str:
    if not progress.done:
        return f"{progress.doing} …" + (f" ({progress.of:,} documents)" if progress.of else "")
    left = (progress.of - progress.done) / progress.per_second if progress.per_second else 0.0
    return (
        f"{progress.doing}: {progress.done:,} of {progress.of:,} documents, {progress.per_second:.1f} a second, "
        f"{progress.failed:,} failed, about {left / 60:.0f} min left"
    )
