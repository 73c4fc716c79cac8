"""The live blog itself on the offline page: every post as printed, the words that rows stand on told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from loaders.drawing.markup import EMPTY, Html, Piece, joined, tag
from loaders.drawing.provenance import CLOCKS, beside
from loaders.drawing.rows import Row, records
from loaders.formats.page_view import Page, address, anchor
from loaders.model import grouped, parts, web_address
from loaders.moments import posted

_HEAD_LINES = 3
_MANY = 20
"""Posts from which on what is known of the clock of most of them is said once."""
_FIRST = {"person": "person", "organization": "organization", "location": "place"}
"""The kind of row a mention belongs to."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the text that a row of the page stands on; `is_beside` where they only say who spoke and how."""

    start: int
    end: int
    number: int
    is_beside: bool = False


def posts(page: Page) -> Html:
    """All posts in page order."""
    spans = sorted(_spans(page), key=lambda words: (words.start, words.end, words.number))
    clocks = Counter(post["clock"] for post in page.rows["post"].values() if not post["age"])
    usual, count = next(iter(clocks.most_common(1)), ("", 0))
    if count < _MANY:
        usual = ""
    known = CLOCKS.get(usual, usual)
    note = tag("p", f"How the time of a post is known, unless it says otherwise: {known}.", class_="quiet")
    listed = joined(_post(page, post, spans, usual) for post in page.rows["post"].values())
    return (note if usual else EMPTY) + listed


def _post(page: Page, post: Row, spans: list[Words], usual: str) -> Html:
    key, (start, end) = str(post["post_id"]), (int(post["start"]), int(post["end"]))
    mine = [words for words in spans if words.start < end and words.end > start]
    lines = _lines(page.record.text[start:end], start)
    heads = {post["headline"]: "h3", post["byline"]: "p", post["age"]: "age"}
    pieces: list[Html] = []
    for number, (line, offset) in enumerate(lines):
        head = heads.get(line, "") if number < _HEAD_LINES and line else ""
        if line.strip() and head != "age":
            said = _told_apart(line, offset, mine)
            pieces.append(tag(head or "p", said, class_="byline" if head == "p" else None))
    if not any(piece.code.startswith("<h3") for piece in pieces):
        pieces.insert(0, tag("h3", post["headline"] or "Post without a headline", class_="unseen"))
    when = page.time("post", key)
    printed = f"printed “{post['age']}”; " if post["age"] else ""
    is_usual = post["clock"] == usual and not printed
    known = None if is_usual else tag("span", printed, CLOCKS.get(post["clock"], post["clock"]))
    outlet = web_address(post["url"])
    there = tag("a", "At the outlet", href=outlet, rel="noreferrer") if outlet else None
    return tag(
        "article",
        tag("p", tag("a", when or "Time not known", href=address("post", key)), known, there, class_="when"),
        *pieces,
        id=anchor("post", key),
        data_utc=posted(post, "UTC"),
    )


def _lines(text: str, start: int) -> Iterator[tuple[str, int]]:
    for line in text.split("\n"):
        yield line, start
        start += len(line) + 1


def _told_apart(line: str, offset: int, spans: Iterable[Words]) -> Html:
    """A line in pieces, each with the numbers of the rows that stand on it."""
    here = [words for words in spans if words.start < offset + len(line) and words.end > offset]
    if not here:
        return joined([line])
    cuts = {offset, offset + len(line)}
    cuts |= {
        edge for words in here for edge in (words.start, words.end) if offset < edge < offset + len(line)
    }
    edges = sorted(cuts)
    pieces: list[Piece] = []
    for start, end in pairwise(edges):
        said = line[start - offset : end - offset]
        over = [words for words in here if words.start <= start and words.end >= end]
        rows = " ".join(dict.fromkeys(str(words.number) for words in over if not words.is_beside))
        cues = " ".join(dict.fromkeys(str(words.number) for words in over if words.is_beside))
        pieces.append(tag("u", said, data_r=rows or None, data_c=cues or None) if rows or cues else said)
    return joined(pieces) if pieces else EMPTY


def _spans(page: Page) -> Iterator[Words]:
    for key, row in page.rows["quote"].items():
        number = page.numbers["quote", key]
        yield Words(row["start"], row["end"], number)
        for mark in beside(page.record.text, row, ("cue", "speaker_mention")):
            yield Words(mark.start, mark.end, number, is_beside=True)
    for key, row in page.rows["event"].items():
        yield Words(row["start"], row["end"], page.numbers["event", key])
    yield from _first_mentions(page)


def _first_mentions(page: Page) -> Iterator[Words]:
    """Where each person, organization and place is first meant, by name and as ground rather than otherwise."""
    named = ((key, row) for row in records(page.record.mentions) for key in parts(row["entity_id"]))
    for key, found in grouped(named, lambda pair: pair[0]).items():
        _, best = min(found, key=lambda pair: _rank(pair[1]))
        kind = _FIRST[best["entity_type"]]
        if (kind, key) in page.numbers:
            yield Words(best["start"], best["end"], page.numbers[kind, key])


def _rank(mention: Row) -> tuple[bool, bool, int]:
    return mention["form"] != "name", mention["sense"] not in ("", "literal"), int(mention["start"])
