"""How right the loaders are on text annotated by hand: `python -m tests.benchmarks.scores CORPORA`, run by hand.

Prints the table "How right it is" of the README; `--write` puts it there. CORPORA is a folder of the reader's own, as
the texts are other people's; the README says where each set comes from. In it stand

    liveblogs/truth.jsonl          raw_path (beside it), n_posts_true, post_times_true (ISO 8601)
    quotes/polnear-dev.jsonl, polnear-train.jsonl
                                   quotes: start, end, n_words, speaker, speaker_resolved
    names/conll2003-testa.jsonl    people: start, end
    places/geovirus.jsonl, lgl.jsonl            places: start, end, lat, lon
    times/aquaint.jsonl, wikiwars.jsonl         times: start, end, value

one JSON object a line and document, with `doc_id`, `text` and, where known, its day `dct`. Offsets are code points into
`text`, half open. How rows are counted says `counting`. A set that is not there has "not here" for its figures.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from loaders import annotate, read_blog
from loaders.model import Record
from tests.benchmarks.counting import SCORERS, Row, Tallies, posts, summed
from tests.write_dictionary import write_between

LIVE = "liveblogs/truth.jsonl"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the table: which tally of which file, as an F or as a share of all gold rows, and its floor."""

    set: str
    file: str
    kind: str
    tally: str
    is_f: bool
    floor: float


DEV, TRAIN = "quotes/polnear-dev.jsonl", "quotes/polnear-train.jsonl"
LINES: Sequence[tuple[str, tuple[Figure, ...]]] = (
    (
        "direct quotations",
        (
            Figure("PolNeAR dev", DEV, "quotes", "found", True, 0.95),
            Figure("train", TRAIN, "quotes", "found", True, 0.95),
        ),
    ),
    (
        "who said it",
        (
            Figure("PolNeAR dev", DEV, "quotes", "speaker", False, 0.80),
            Figure("train", TRAIN, "quotes", "speaker", False, 0.80),
        ),
    ),
    (
        'who "he" and "she" are',
        (
            Figure("PolNeAR dev", DEV, "quotes", "pronoun", False, 0.60),
            Figure("train", TRAIN, "quotes", "pronoun", False, 0.60),
        ),
    ),
    (
        "people's names",
        (Figure("CoNLL 2003 testa", "names/conll2003-testa.jsonl", "people", "found", True, 0.78),),
    ),
    (
        "place names",
        (
            Figure("GeoVirus", "places/geovirus.jsonl", "places", "found", True, 0.88),
            Figure("LGL", "places/lgl.jsonl", "places", "found", True, 0.70),
        ),
    ),
    (
        "places within 161 km",
        (
            Figure("GeoVirus", "places/geovirus.jsonl", "places", "near", False, 0.80),
            Figure("LGL", "places/lgl.jsonl", "places", "near", False, 0.65),
        ),
    ),
    (
        "times, found",
        (
            Figure("TempEval-3 AQUAINT", "times/aquaint.jsonl", "times", "found", True, 0.88),
            Figure("WikiWars", "times/wikiwars.jsonl", "times", "found", True, 0.85),
        ),
    ),
    ("times, value", (Figure("TempEval-3 AQUAINT", "times/aquaint.jsonl", "times", "value", True, 0.75),)),
)


def documents(path: Path) -> list[Row]:
    """The documents of a set, one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def day_of(document: Row) -> datetime | None:
    """The day of a document where it is written as YYYY-MM-DD, None elsewhere."""
    try:
        return datetime.fromisoformat(str(document.get("dct") or "")[:10]).replace(tzinfo=UTC)
    except ValueError:
        return None


@cache
def nothing() -> Record:
    """What was found in a text that could not be read."""
    return annotate("")


def annotated(document: Row) -> Record:
    """The record of a document; one that fails is told of, and has found nothing."""
    try:
        return annotate(document["text"], published_at=day_of(document))
    except Exception as error:  # whatever it is, it costs this document and no other
        print(f"{document['doc_id']}: {type(error).__name__}: {error}", file=sys.stderr)
        return nothing()


@cache
def tallies(path: Path, kind: str) -> Tallies:
    """What is counted in all documents of a set."""
    score = SCORERS[kind]
    return summed(score(document, annotated(document)) for document in documents(path))


def live_pages(path: Path) -> Tallies:
    """What is counted in all live pages."""
    return summed(_live_page(path.parent, document) for document in documents(path))


def _live_page(folder: Path, document: Row) -> Tallies:
    try:
        read = read_blog(folder / document["raw_path"]).posts
    except Exception as error:
        print(f"{document['doc_id']}: {type(error).__name__}: {error}", file=sys.stderr)
        return posts(document, (), 0)
    return posts(document, [stamp.to_pydatetime() for stamp in read["posted_at"].dropna()], len(read))


# --- the table --------------------------------------------------------------------------------------------------


def shown(figure: float) -> str:
    """A figure between 0 and 1 as the table has it: ".887"."""
    return f"{figure:.3f}".removeprefix("0")


def floor_cell(floors: Sequence[float], measured: Sequence[float | None]) -> str:
    """The floors of a line, and whether one is not met."""
    missed = any(value is not None and value < floor for value, floor in zip(measured, floors, strict=True))
    return ", ".join(f"{floor:.2f}".removeprefix("0") for floor in floors) + (", not met" if missed else "")


def figure_of(corpora: Path, figure: Figure) -> float | None:
    """The figure measured, None where the set is not there."""
    if not (corpora / figure.file).is_file():
        return None
    tally = tallies(corpora / figure.file, figure.kind)[figure.tally]
    return tally.f if figure.is_f else tally.share


def line_of(corpora: Path, what: str, figures: Sequence[Figure]) -> str:
    """One line of the table."""
    measured = [figure_of(corpora, figure) for figure in figures]
    cell = ", ".join("not here" if value is None else shown(value) for value in measured)
    sets, floors = ", ".join(figure.set for figure in figures), [figure.floor for figure in figures]
    return f"| {what} | {sets} | {'F ' * figures[0].is_f}{cell} | {floor_cell(floors, measured)} |"


def live_line(corpora: Path, read: Callable[[Path], Tallies] = live_pages) -> str:
    """The line of the live pages, of which every post and every instant must be right."""
    what = "posts and their times, to the minute"
    if not (corpora / LIVE).is_file():
        return f"| {what} | live pages | not here | all |"
    counted = read(corpora / LIVE)
    pages, stamps = counted["documents"], counted["times"]
    size = f"{pages.gold} documents of live pages, {counted['posts'].gold:,} posts"
    measured = (
        "all" if pages.right == pages.gold else f"{pages.right} documents, {shown(stamps.share)} of the times"
    )
    return f"| {what} | {size} | {measured} | {'all' if pages.right == pages.gold else 'all, not met'} |"


def table(corpora: Path) -> Iterator[str]:
    """The lines of the table, each as soon as it is measured."""
    yield "| what | set | measured | floor |"
    yield "| --- | --- | --- | --- |"
    yield live_line(corpora)
    for what, figures in LINES:
        yield line_of(corpora, what, figures)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpora", type=Path, help="the folder with the annotated sets")
    parser.add_argument("--write", action="store_true", help="also put the table into the README")
    given = parser.parse_args()
    if not given.corpora.is_dir():
        parser.error(
            f"{given.corpora}: there is no such folder; give the one that holds names/, places/, quotes/ …"
        )
    lines = []
    for line in table(given.corpora):
        lines.append(line)
        print(line, flush=True)
    if given.write and any("not here" in line for line in lines):
        parser.error("a set is missing, and the README's table must be of all; nothing was written")
    if given.write:
        write_between("scores", "\n".join(lines))


if __name__ == "__main__":
    main()
