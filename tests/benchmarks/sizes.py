"""How time and memory grow with a source's size: `python -m tests.benchmarks.sizes`, run by hand.

Prints the table that stands in the README; `--write` puts it there. Each source is made, read and, where its row says
so, built into tables in a process of its own, so that its peak of memory is its own. `--shape` picks shapes, `--sizes`
megabytes. Linear is what costs at most `SLACK` times as much a megabyte at the largest size that was not given up as at
the smallest.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from time import process_time

from loaders.errors import LoaderError
from loaders.record import build_record
from loaders.sources import read_source_text
from tests.benchmarks.benchmark_loaders import ROOT, many_posts
from tests.write_dictionary import write_between

READ_AT = datetime(2023, 9, 13, 5, 23, tzinfo=UTC)
MB = 1_000_000
SIZES = (1, 5, 20)
SLACK = 1.6


def repeated(piece: str, size: int, *, head: str = "", tail: str = "") -> str:
    """The piece said again and again, up to a size."""
    return head + piece * ((size - len(head) - len(tail)) // len(piece.encode())) + tail


def numbered(piece: str, size: int, *, head: str = "", tail: str = "", between: str = "") -> str:
    """The piece with a number of its own each time, up to a size."""
    parts, left = [head], size - len(head) - len(tail)
    for number in count():
        parts.append((between if number else "") + piece.replace("%d", str(number)))
        left -= len(parts[-1].encode())
        if left <= 0:
            return "".join([*parts, tail])
    raise AssertionError


SENTENCE = (
    "Paragraph %d of the page says what happened in the harbor of Lisbon on Tuesday, the captain said. "
)
POST = json.dumps(
    {"headline": "Headline %d", "datePublished": "2023-09-13T05:00:00Z", "articleBody": SENTENCE * 10}
)
BLOCK = json.dumps(
    {"id": "b%d", "bodyHtml": f"<p>{SENTENCE * 10}</p>", "createdDate": "2023-09-13T05:00:00Z"}
)
LINKED = '{"@type": "LiveBlogPosting", "liveBlogUpdate": ['


def ordinary(size: int) -> str:
    """As many posts as the first story's, again and again, as fit."""
    text = many_posts(max(1, size // len(many_posts(1).encode())))
    return re.sub(r"^\d+ min ago$", "5 min ago", text, flags=re.MULTILINE)


def page(size: int) -> str:
    """A page whose posts stand in its data and are shown."""
    data = numbered(POST, size // 2, head=LINKED, tail="]}", between=", ")
    shown = numbered(f"<h2>Headline %d</h2><p>{SENTENCE * 10}</p>", size // 2)
    return f'<!doctype html><script type="application/ld+json">{data}</script><body>{shown}'


READ: Mapping[str, Callable[[int], str | bytes]] = {
    # what a source is, and how one of a size is made
    "pasted posts": ordinary,
    "a page with its posts as data": page,
    "Guardian blocks": lambda size: numbered(BLOCK, size, head='{"blocks": [', tail="]}", between=", "),
    "posts of one line": lambda size: numbered("5 min ago\nHeadline %d\nText.\n", size),
    "one line": lambda size: repeated("the ship went on and on ", size, head="5 min ago\n"),
    "one word": lambda size: repeated("w", size, head="5 min ago\n"),
    "stamps and nothing else": lambda size: repeated("5 min ago\n", size),
    "no stamps": lambda size: repeated("A letter.\n\nDear all, the meeting is on Monday.\n", size),
    "zero-width characters": lambda size: repeated("\u200b", size, head="5 min ago\nx", tail="y"),
    "scripts from right to left": lambda size: repeated("\u202e\u05e9\u05dc\u05d5\u05dd a \u0645\u0631 \u91d1 ", size, head="5 min ago\nx\n"),
    "Windows-1252": lambda size: repeated("5 min ago\nCaf\xe9 in Besan\xe7on\nText.\n", size).encode("cp1252"),
    "tags that never close": lambda size: repeated("<div><b><p>x", size, head="<html>"),
    "broken tags": lambda size: repeated("<div <p class='> text </span & ", size, head="<html><body>"),
    "JSON without an end": lambda size: numbered(POST, size, head=LINKED, between=", "),
    "JSON in JSON": lambda size: repeated('{"a":[', size),
    "a number without an end": lambda size: repeated("9", size, head='{"liveBlogUpdate": ', tail="}"),
}  # fmt: skip
BUILT: Mapping[str, Callable[[int], str | bytes]] = {
    # the same to tables: what is written as news is, and what keeps to no sentence
    "pasted posts": ordinary,
    "one line": READ["one line"],
    "one word": READ["one word"],
    "marks that never close": lambda size: repeated("\u201cno ", size, head="5 min ago\nx\n"),
    "marks within marks": lambda size: repeated("\u201ca \u2018b \u201cc\u201d d\u2019 e\u201d f ", size, head="5 min ago\nx\n"),
    "one sentence without an end": lambda size: repeated(
        "Putin said Kim arrived in Moscow on Tuesday and ", size, head="5 min ago\nx\n"
    ),
    "scripts from right to left": READ["scripts from right to left"],
}  # fmt: skip
GIVEN_UP = 300
"""Seconds after which a source is given up, as the page does."""


def measured(kind: str, shape: str, size: int) -> tuple[float, float, str]:
    """Seconds of processor time, peak megabytes and what came of it, in a fresh process; minus what it starts with."""
    words = [sys.executable, "-m", "tests.benchmarks.sizes", "--once", kind, shape, str(size)]
    try:
        run = subprocess.run(words, cwd=ROOT, capture_output=True, check=True, timeout=GIVEN_UP)
    except subprocess.TimeoutExpired:
        return float("inf"), float("nan"), "given up"
    seconds, peak, came = run.stdout.decode().strip().split(" ", 2)
    return float(seconds), float(peak), came


def once(kind: str, shape: str, size: int) -> str:
    """Makes a source, reads it, and says what that took."""
    source = (READ if kind == "read" else BUILT)[shape](size)
    build_record(read_source_text("5 min ago\nKim met Putin in Moscow on Tuesday.", read_at=READ_AT))
    begun = process_time()
    came = "refused"
    with contextlib.suppress(LoaderError):
        blog = read_source_text(source, read_at=READ_AT)
        came = f"{len(blog.records):,} posts"
        if kind == "built":
            record = build_record(blog)
            came += f", {sum(len(rows) for _, rows in record.tables()):,} rows"
    seconds = process_time() - begun
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return f"{seconds} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit} {came}"


def rows(kind: str, shapes: Sequence[str], sizes: Sequence[int]) -> Iterator[str]:
    """The table's lines, each as soon as it is measured."""
    for shape in shapes:
        found = [measured(kind, shape, size * MB) for size in sizes]
        done = [
            (seconds / size, came)
            for (seconds, _, came), size in zip(found, sizes, strict=True)
            if seconds < GIVEN_UP
        ] or [(float("inf"), "given up")]
        cells = [
            f"{seconds / size:.2f} s, {peak:.0f} MB" if seconds < GIVEN_UP else "given up"
            for (seconds, peak, _), size in zip(found, sizes, strict=True)
        ]
        (first, _), (last, came) = done[0], done[-1]
        grown = "yes" if last <= SLACK * max(first, 0.005) else "no"
        yield f"| {kind}: {shape} | {' | '.join(cells)} | {came} | {grown} |"


def main() -> None:
    """Prints the table, or measures one source in this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--shape", action="append")
    parser.add_argument("--kind", choices=("read", "built"), action="append")
    parser.add_argument("--once", nargs=3)
    given = parser.parse_args()
    if given.once:
        print(once(given.once[0], given.once[1], int(given.once[2])))
        return
    sizes = given.sizes
    lines = [
        f"| what | {' | '.join(f'{size} MB' for size in sizes)} | the largest | linear |",
        f"| --- |{' --- |' * (len(sizes) + 2)}",
    ]
    print(*lines, sep="\n")
    for kind, shapes in (("read", READ), ("built", BUILT)):
        if given.kind and kind not in given.kind:
            continue
        chosen = [shape for shape in shapes if not given.shape or shape in given.shape]
        for line in rows(kind, chosen, sizes):
            lines.append(line)
            print(line, flush=True)
    if given.write:
        write_between("sizes", "\n".join(lines))


if __name__ == "__main__":
    main()
