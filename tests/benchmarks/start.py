"""How long a start takes, beside a bare Streamlit app on the same machine in the same run.

    python -m tests.benchmarks.start [--write] [--rounds 7] [--port 8660]

Run by hand; prints the table that stands in the README, and `--write` puts it there: medians of seconds from the start of the process until the server says it is healthy, and until
the first reader has the whole first page (for Dateline: the story read, the overview built), by the clock and of the
processor. Both servers start in turn; the first round fills the disk's cache and is left out.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.browser.running import ROOT, streamlit
from tests.reader import Reader
from tests.write_dictionary import write_between

BARE = "import streamlit as st\n\nst.write('Bare')\n"


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long something took, by the clock and of the processor."""

    clock: float
    processor: float


def started(script: str, folder: Path, port: int, foot: str) -> tuple[Seconds, Seconds]:
    """Seconds until healthy, and until the first page is whole."""

    async def opened() -> None:
        reader = Reader(f"http://127.0.0.1:{port}", foot)
        await reader.open()
        await reader.close()

    start = time.perf_counter()
    with streamlit(script, port, folder) as server:
        healthy = Seconds(time.perf_counter() - start, processor(server.pid))
        asyncio.run(opened())
        return healthy, Seconds(time.perf_counter() - start, processor(server.pid))


def processor(pid: int) -> float:
    """Seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measures and prints."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rounds", type=int, default=7)
    words.add_argument("--port", type=int, default=8660)
    words.add_argument("--write", action="store_true", help="put the table into the README")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bare.py").write_text(BARE)
        apps = {"bare": ("bare.py", Path(folder), ""), "ours": ("dashboard.py", ROOT, ".colophon")}
        found: dict[str, list[tuple[Seconds, Seconds]]] = {name: [] for name in apps}
        for number in range(asked.rounds + 1):
            for name, (script, where, foot) in apps.items():
                took = started(script, where, asked.port, foot)
                if number:
                    found[name].append(took)
    lines = [
        "| from the start of the process to | bare, s | Dateline, s | × bare | × bare, processor time |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for column, what in enumerate(("healthy (at most 1.2 × bare)", "the first page whole")):
        bare, ours = (
            Seconds(
                median(each[column].clock for each in found[name]),
                median(each[column].processor for each in found[name]),
            )
            for name in apps
        )
        times, work = ours.clock / bare.clock, ours.processor / bare.processor
        lines.append(f"| {what} | {bare.clock:.2f} | {ours.clock:.2f} | {times:.2f} | {work:.2f} |")
    table = "\n".join(lines)
    print(table)
    if asked.write:
        write_between("start", table)


if __name__ == "__main__":
    main()
