"""How long a start takes, beside a bare Streamlit app on the same machine in the same run.

    python -m tests.benchmarks.start [--write] [--rounds 7] [--port 8660]

Run by hand; prints the table that stands in the README, and `--write` puts it there: medians of seconds from the start of the process until the server says it is healthy, and until
the first reader has the whole first page (for Dateline: the story read, the overview built). Both servers start in
turn; the first round fills the disk's cache and is left out.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.browser.running import ROOT, streamlit
from tests.reader import Reader
from tests.write_dictionary import README, between_marks

BARE = "import streamlit as st\n\nst.write('Bare')\n"


def started(script: str, folder: Path, port: int, foot: str) -> tuple[float, float]:
    """Seconds until healthy, and until the first page is whole."""

    async def opened() -> None:
        reader = Reader(f"http://127.0.0.1:{port}", foot)
        await reader.open()
        await reader.close()

    start = time.perf_counter()
    with streamlit(script, port, folder):
        healthy = time.perf_counter() - start
        asyncio.run(opened())
        return healthy, time.perf_counter() - start


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
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in apps}
        for number in range(asked.rounds + 1):
            for name, (script, where, foot) in apps.items():
                took = started(script, where, asked.port, foot)
                if number:
                    found[name].append(took)
    lines = [
        "| from the start of the process to | bare, s | Dateline, s | × bare |",
        "| --- | ---: | ---: | ---: |",
    ]
    for column, what in enumerate(("healthy (at most 1.2 × bare)", "the first page whole")):
        bare, ours = (median(each[column] for each in found[name]) for name in apps)
        lines.append(f"| {what} | {bare:.2f} | {ours:.2f} | {ours / bare:.2f} |")
    table = "\n".join(lines)
    print(table)
    if asked.write:
        README.write_text(between_marks(README.read_text("utf-8"), "start", table), "utf-8")


if __name__ == "__main__":
    main()
