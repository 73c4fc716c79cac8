"""How Dateline stands up: a hundred readers on one server, a replica killed under them, and a day of coming and going.

    python -m tests.benchmarks.load [--write] [--readers 100] [--seconds 60] [--visits 2000] [--port 8670]

Run by hand; prints the table that stands in the README, and `--write` puts it there. Everything stays on loopback
and ends by itself; the part with two replicas needs nginx. Readers follow the links that stand on the pages and
press the download buttons (tests/reader.py); between the word where a file lies and asking for it each waits as a
slow line would. An error is whatever a reader sees go wrong: no answer, an exception, a download that fails. Any
ends the run with exit status 1.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from tests.hosted import NGINX, nginx, replica, settings
from tests.reader import Reader, ReaderError
from tests.write_dictionary import write_between

PAUSE = (5.0, 15.0)
"""Seconds a reader looks at an answer before the next click."""
DOWNLOADS, TURNS = 0.15, 0.3
"""How often a reader downloads, and how often a click is one in the masthead, which turns to another page."""
AT_ONCE = 3
WARM = 150
"""Visits before memory is compared: Streamlit keeps the last 128 sessions that were closed for two minutes."""


@dataclass(slots=True)
class Tally:
    """What all readers of one part saw: seconds by kind of action, and what went wrong."""

    openings: list[float] = field(default_factory=list)
    clicks: list[float] = field(default_factory=list)
    downloads: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


# --- what a reader does -------------------------------------------------------------------------------------------


async def act(reader: Reader, chance: random.Random, tally: Tally) -> None:
    """One click or one download."""
    if reader.shown.offers and chance.random() < DOWNLOADS:
        took, _ = await reader.download(chance.choice(reader.shown.offers))
        tally.downloads.append(took)
        return
    links = reader.shown.links(reader.query)
    turns = [link for link in links if link.piece.endswith("masthead")]
    tally.clicks.append(await reader.click(chance.choice(turns if chance.random() < TURNS else links)))


async def browse(reader: Reader, chance: random.Random, tally: Tally, until: float) -> None:
    """Opens the dashboard, then clicks and downloads until it is time to go."""
    try:
        await asyncio.sleep(chance.uniform(0, PAUSE[1]))
        tally.openings.append(
            await reader.open(chance.choice(["", "timeline", "map", "quotes", "people", "tables"]))
        )
        while time.monotonic() + PAUSE[1] < until:
            await asyncio.sleep(chance.uniform(*PAUSE))
            await act(reader, chance, tally)
    except ReaderError as error:
        tally.errors.append(str(error))


# --- one server ---------------------------------------------------------------------------------------------------


async def at_leisure(address: str, count: int, seconds: float, pid: int) -> tuple[Tally, Tally, str, str]:
    """Many readers on one server, each at its own pace; then all of them clicking at the same moment."""
    tally, together = Tally(), Tally()
    before = memory(pid)
    readers = [Reader(address) for _ in range(count)]
    chances = [random.Random(number) for number in range(count)]
    until = time.monotonic() + seconds + PAUSE[1]
    with watched(pid) as most:
        await asyncio.gather(*(browse(r, c, tally, until) for r, c in zip(readers, chances, strict=True)))
    each = (memory(pid) - before) / count
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    for _ in range(AT_ONCE):
        await asyncio.gather(
            *(safely(together, act(r, c, together)) for r, c in zip(readers, chances, strict=True))
        )
    await asyncio.gather(*(reader.close() for reader in readers))
    return tally, together, f"{max(most):.0f} MB at most, {each:.2f} MB a reader", f"{files} open files"


async def visits(address: str, count: int, pid: int) -> tuple[Tally, list[tuple[int, float]]]:
    """A day's readers, shortened: each opens a link, clicks twice and goes; how the server grew over them."""
    tally, grown, gate = Tally(), [], asyncio.Semaphore(8)

    async def visit(number: int) -> None:
        async with gate:
            reader, chance = Reader(address), random.Random(number)
            try:
                tally.openings.append(await reader.open())
                for _ in range(2):
                    await act(reader, chance, tally)
            except ReaderError as error:
                tally.errors.append(str(error))
            await reader.close()
            if number % max(count // 10, 1) == 0 and number >= WARM:
                grown.append((number, memory(pid)))

    await asyncio.gather(*(visit(number) for number in range(count + 1)))
    return tally, grown


# --- two replicas -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Losses:
    """What killing a replica cost."""

    reloads: int = 0
    lost_once: int = 0
    lost_twice: int = 0
    stranded: int = 0
    slowest: float = 0.0


async def insisting(
    reader: Reader, chance: random.Random, tally: Tally, losses: Losses, until: float
) -> None:
    """Browses; where something fails, reloads the link and does it again. Failing again is an error."""
    try:
        await asyncio.sleep(chance.uniform(0, 3))
        tally.openings.append(await reader.open(chance.choice(["", "quotes", "tables"])))
    except ReaderError as error:
        tally.errors.append(str(error))
        return
    while time.monotonic() < until:
        await asyncio.sleep(chance.uniform(1, 4))
        wanted = (
            chance.choice(reader.shown.offers).label
            if chance.random() < DOWNLOADS and reader.shown.offers
            else ""
        )
        try:
            await (fetch(reader, wanted) if wanted else act(reader, chance, tally))
        except ReaderError:
            losses.reloads += 1
            losses.lost_once += bool(wanted)
            try:
                losses.slowest = max(losses.slowest, await reader.open(reader.link))
                if wanted:
                    await fetch(reader, wanted)
            except ReaderError as error:
                losses.stranded += 1
                losses.lost_twice += bool(wanted)
                tally.errors.append(f"after a reload: {error}")


async def fetch(reader: Reader, label: str) -> None:
    """Downloads what the button with that label gives."""
    await reader.download(next(offer for offer in reader.shown.offers if offer.label == label))


async def killing(
    address: str, count: int, kill: Callable[[], None], back: Callable[[], None]
) -> tuple[Tally, Losses]:
    """Many readers on two replicas, one of which dies under them and later comes back."""
    tally, losses = Tally(), Losses()
    until = time.monotonic() + 45

    async def fate() -> None:
        await asyncio.sleep(15)
        kill()
        await asyncio.sleep(12)
        await asyncio.to_thread(back)

    readers = [Reader(address) for _ in range(count)]
    await asyncio.gather(
        fate(),
        *(insisting(r, random.Random(n), tally, losses, until) for n, r in enumerate(readers)),
    )
    await asyncio.gather(*(reader.close() for reader in readers))
    return tally, losses


# --- measuring ----------------------------------------------------------------------------------------------------


async def safely(tally: Tally, action: Awaitable[None]) -> None:
    """Does it, and notes what goes wrong."""
    try:
        await action
    except ReaderError as error:
        tally.errors.append(str(error))


def memory(pid: int) -> float:
    """MB that a server holds of the machine's memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@contextlib.contextmanager
def watched(pid: int) -> Iterator[list[float]]:
    """What a server's memory was, once a second."""
    seen = [memory(pid)]

    async def watch() -> None:
        while True:
            await asyncio.sleep(1)
            seen.append(memory(pid))

    task = asyncio.ensure_future(watch())
    yield seen
    task.cancel()


def percentiles(seconds: list[float]) -> str:
    """p50 and p95, in milliseconds."""
    if len(seconds) < 2:
        return "–"
    cuts = quantiles(seconds, n=20)
    return f"{1000 * cuts[9]:,.0f} / {1000 * cuts[18]:,.0f} ms"


def main() -> None:
    """Measures, prints, and with `--write` puts the table into the README."""
    asked = options()
    rows, errors = measured(asked)
    table = "\n".join(
        ["| what | measured |", "| --- | --- |", *(f"| {what} | {found} |" for what, found in rows)]
    )
    print(table)
    for error in sorted(set(errors)):
        print(f"{errors.count(error)} × {error}", file=sys.stderr)
    if asked.write:
        write_between("load", table)
    sys.exit(1 if errors else 0)


def options() -> argparse.Namespace:
    """What the command line says."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--readers", type=int, default=100)
    words.add_argument("--seconds", type=float, default=60)
    words.add_argument("--visits", type=int, default=2000)
    words.add_argument("--port", type=int, default=8670)
    words.add_argument("--parts", default="one,two,day", help="which parts to run")
    words.add_argument("--write", action="store_true", help="put the table into the README")
    return words.parse_args()


def run(action: Awaitable[object]) -> object:
    """Runs with a thread for every reader: each of their requests waits in one."""

    async def threaded() -> object:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(256))
        return await action

    return asyncio.run(threaded())


def measured(asked: argparse.Namespace) -> tuple[list[tuple[str, str]], list[str]]:
    """The rows of the table, and every error."""
    rows: list[tuple[str, str]] = []
    errors: list[str] = []
    parts = asked.parts.split(",")
    if "one" in parts:
        with replica(asked.port + 1) as server:
            address = f"http://127.0.0.1:{asked.port + 1}"
            run(visits(address, 5, server.pid))
            tally, together, held, files = run(at_leisure(address, asked.readers, asked.seconds, server.pid))
        errors += tally.errors + together.errors
        rows += [
            (f"{asked.readers} readers on one process, a click every 5 to 15 s: click to answer, p50 / p95",
             f"{percentiles(tally.clicks)} ({len(tally.clicks)} clicks)"),
            ("the same: opening a link", percentiles(tally.openings)),
            ("the same: a download", f"{percentiles(tally.downloads)} ({len(tally.downloads)} downloads)"),
            ("the same: memory of the server", f"{held}; {files}"),
            (f"all {asked.readers} at the same moment, {AT_ONCE} times: click to answer, p50 / p95",
             percentiles(together.clicks)),
            ("errors in all of this", str(len(tally.errors + together.errors))),
        ]  # fmt: skip
    if "two" in parts:
        rows += two(asked, errors)
    if "day" in parts:
        with replica(asked.port + 1) as server:
            tally, grown = run(visits(f"http://127.0.0.1:{asked.port + 1}", asked.visits, server.pid))
        errors += tally.errors
        told = ", ".join(f"{size:.0f}" for _, size in grown)
        rows += [
            (f"{asked.visits:,} visits, eight at a time, each opening a link and clicking twice: "
             f"memory of the server, MB, from visit {grown[0][0]:,} on", told),
            ("the same: click to answer, p50 / p95; errors", f"{percentiles(tally.clicks)}; {len(tally.errors)}"),
        ]  # fmt: skip
    return rows, errors


def two(asked: argparse.Namespace, errors: list[str]) -> list[tuple[str, str]]:
    """The rows on two replicas behind nginx, one of which is killed under load."""
    if not NGINX.exists():
        return [("two replicas behind nginx, one killed", "not measured: no nginx")]
    first, second = asked.port + 1, asked.port + 2
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.ExitStack() as later,
        replica(second),
        replica(first) as victim,
        nginx(settings(asked.port, first, second), Path(folder)) as address,
    ):
        tally, losses = run(
            killing(address, asked.readers, victim.kill, lambda: later.enter_context(replica(first)) and None)
        )
    errors += tally.errors
    return [
        (f"{asked.readers} readers on two replicas behind nginx, one killed: readers who had to reload their link",
         f"{losses.reloads} times, {losses.slowest:.1f} s at most"),
        ("the same: readers who could not go on after it", str(losses.stranded)),
        ("the same: downloads lost once, lost twice", f"{losses.lost_once}, {losses.lost_twice}"),
        ("the same: click to answer, p50 / p95", percentiles(tally.clicks)),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
