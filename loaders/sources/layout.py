"""Cuts the lines of a pasted page into posts, at the stamps that stand above or below their headlines.

What tells where a post begins is the page's own habit: most of its stamps show whether headlines stand above
them, whether a bare time of day is one of them, and whether "Updated …" opens a post or closes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from loaders.errors import SourceError
from loaders.model import Span
from loaders.sources.bylines import read_byline
from loaders.sources.credits import read_credit
from loaders.sources.drafts import MOST_POSTS
from loaders.sources.stamp_parts import NO_DAY, StampLine
from loaders.sources.stamp_words import stamp_words
from loaders.sources.stamps import INVISIBLE, read_lead, read_stamp

HEADLINE_LIMIT = 250
"""A first line of more code points is a paragraph. The longest headlines of live blogs have 200."""
MOST_STAMPS = 3
"""Lines that one stamp may be printed on: an age, a time, a date."""

MOST_LINES = 1_000_000
"""Lines of a page that say something; the longest live blogs have some ten thousand."""
MOSTLY_REPEATED = 0.75
"""Stamps printed again, a stamp, from which a page is taken to print each of them twice."""
ENOUGH_TITLED = 3
"""Posts that must have a headline above their stamps on a page whose first has its title above that."""
LONGEST_INLINE = 40
"""Code points in which a stamp must end that the text goes on behind."""

_AFTER_STAMP = re.compile(r"\s*[:–—|-]\s+|\s+")
_CLOSERS = "\"'”’»)]"
_ABBREVIATION = re.compile(r"(?:^|[\s(“\"‘'])(?:\w\.){1,4}$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something, without the blanks around it, and the stamp it is if it is one."""

    span: Span
    text: str
    stamp: StampLine | None = None

    @property
    def gives_time(self) -> bool:
        """Whether it is a stamp with an age or a time, not just a date."""
        return self.stamp is not None and self.stamp.stamp is not None

    @property
    def is_update(self) -> bool:
        """Whether it says when something was changed, not when it was posted."""
        return self.stamp is not None and self.stamp.is_update


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of one post: those above its stamp, the stamp's, and those below it."""

    above: tuple[Line, ...] = ()
    stamps: tuple[Line, ...] = ()
    below: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are not its stamp."""
        return self.above + self.below


def lines_in(text: str, zone: str) -> list[Line]:
    """The lines of a text that say something, with the stamps among them; the page's own buttons left out.

    Where no line is a stamp, those that begin with one are taken apart: "14:05 BST – The bridge is closed".
    """
    lines = _without_summary([line for line in _lines(text, zone) if not _is_button(line)])
    if not any(line.gives_time for line in lines):
        apart = [_taken_apart(line, zone) for line in lines]
        lines = (
            [part for parts in apart for part in parts] if sum(map(len, apart)) > len(lines) + 1 else lines
        )
    return _without_repeated(_with_leads(_without_doubtful_stamps(lines)))


def _lines(text: str, zone: str) -> list[Line]:
    found = []
    start = stamps = 0
    for raw in text.split("\n"):
        said = raw.strip()
        if said.translate(INVISIBLE).strip():
            begin = start + len(raw) - len(raw.lstrip())
            line = Line(Span(begin, begin + len(said)), said, read_stamp(said, home=zone))
            found.append(line)
            stamps += line.gives_time
            if len(found) > MOST_LINES or stamps > MOST_STAMPS * MOST_POSTS:
                raise _too_many_lines()
        start += len(raw) + 1
    return found


def _too_many_lines() -> SourceError:
    return SourceError(
        "this has more lines than any live blog",
        allowed=f"up to {MOST_LINES:,} lines that say something, and {MOST_POSTS:,} posts",
        advice="cut it into several files",
    )


def _is_button(line: Line) -> bool:
    return line.text.casefold() in stamp_words().buttons


def _without_summary(lines: list[Line]) -> list[Line]:
    """The lines without a list of headlines, with their ages, that a page repeats on top."""
    plain = [line.text.casefold() if len(line.text) <= HEADLINE_LIMIT else "" for line in lines]
    for opener, closer in stamp_words().summaries.items():
        if opener in plain and closer in plain[(first := plain.index(opener)) :]:
            return lines[:first] + lines[plain.index(closer, first) + 1 :]
    return lines


def _taken_apart(line: Line, zone: str) -> tuple[Line, ...]:
    """A line that begins with a stamp as two: the longest stamp, and what stands behind it.

    Where no sign parts the two, a day is none of the stamp: "14:05 Monday was calm".
    """
    found: tuple[Line, ...] = (line,)
    for sign in _AFTER_STAMP.finditer(line.text, 0, LONGEST_INLINE):
        words, rest = line.text[: sign.start()], line.text[sign.end() :]
        stamp = read_stamp(words, home=zone)
        if stamp and stamp.clock and rest and (not sign[0].isspace() or stamp.day == NO_DAY):
            begin = line.span.start
            behind = Line(Span(begin + sign.end(), line.span.end), rest)
            found = (Line(Span(begin, begin + sign.start()), words, stamp), behind)
    return found


def _without_repeated(lines: Sequence[Line]) -> list[Line]:
    """The lines without second stamps under the headlines, on a page that prints each stamp twice."""
    kept: list[Line] = []
    for line in lines:
        above = kept[-2] if len(kept) > 1 and line.gives_time and not kept[-1].stamp else None
        if not (above and above.stamp and line.stamp and _states_no_other(above.stamp, line.stamp)):
            kept.append(line)
    is_habit = len(lines) - len(kept) >= MOSTLY_REPEATED * sum(line.gives_time for line in kept)
    return kept if is_habit else list(lines)


def _states_no_other(first: StampLine, second: StampLine) -> bool:
    """Whether two stamps give the same time of day, and no different age or day."""
    same_age = first.age == second.age or None in (first.age, second.age)
    same_day = first.day == second.day or NO_DAY in (first.day, second.day)
    return (
        first.clock == second.clock is not None
        and same_age
        and same_day
        and first.is_update == second.is_update
    )


def pieces_of(text: str, lines: Sequence[Line]) -> list[Piece]:
    """The posts the lines hold, in page order; some lack a stamp: the first, or where a byline shows one."""
    runs = list(_stamp_runs(lines))
    heads = [_headline_above(text, lines, begin) for begin, _ in runs]
    starts = heads if _stamps_stand_under_headlines(lines, runs, heads) else [begin for begin, _ in runs]
    pieces = [Piece(below=tuple(lines[: starts[0]]))] if starts and starts[0] > 0 else []
    for n, (begin, end) in enumerate(runs):
        stop = starts[n + 1] if n + 1 < len(runs) else len(lines)
        pieces.append(Piece(tuple(lines[starts[n] : begin]), tuple(lines[begin:end]), tuple(lines[end:stop])))
    return [part for piece in pieces for part in _at_bylines(text, piece)]


def is_headline_like(line: str) -> bool:
    """Whether a line is short and does not end as sentences end."""
    bare = line.rstrip(_CLOSERS)
    return 0 < len(line) <= HEADLINE_LIMIT and (
        bare[-1:] not in ".!?:;,…" or bool(_ABBREVIATION.search(bare))
    )


def asks_or_exclaims(line: str) -> bool:
    """Whether a line is short and ends in a question or exclamation mark, as some headlines do."""
    return len(line) <= HEADLINE_LIMIT and line.rstrip(_CLOSERS)[-1:] in ("?", "!")


def _with_leads(lines: Sequence[Line]) -> list[Line]:
    """The lines, with "Published" or "Updated at" above a stamp as part of it."""
    led = list(lines)
    for at, (line, below) in enumerate(pairwise(lines)):
        lead = read_lead(line.text) if below.gives_time and line.stamp is None else None
        if lead and below.stamp:
            is_update = lead.is_update or below.is_update
            led[at : at + 2] = [
                replace(line, stamp=lead),
                replace(below, stamp=replace(below.stamp, is_update=is_update)),
            ]
    return led


def _without_doubtful_stamps(lines: Sequence[Line]) -> list[Line]:
    """The lines, with bare times of day and ages taken for text where the page stamps its posts in another way."""
    stamped = list(lines)
    for is_doubtful in (attrgetter("stamp.is_bare_age"), attrgetter("stamp.is_bare")):
        doubtful = {n for n, line in enumerate(stamped) if line.gives_time and is_doubtful(line)}
        sure = sum(line.gives_time for line in stamped) - len(doubtful)
        if sure and len(doubtful) <= sure:
            stamped = [replace(line, stamp=None) if n in doubtful else line for n, line in enumerate(stamped)]
    return stamped


def _stamp_runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where the stamps of posts stand, with the lines of one stamp together."""
    updates_open = not any(_opens(line, False) for line in lines)
    n = 0
    while n < len(lines):
        end = n if _is_late_update(lines[n], updates_open) else _end_of_run(lines, n)
        if any(_opens(line, updates_open) for line in lines[n:end]):
            yield n, end
        n = max(end, n + 1)


def _end_of_run(lines: Sequence[Line], begin: int) -> int:
    end = begin
    while end < len(lines) and _continues(lines[begin:end], lines[end]):
        end += 1
    return end


def _is_late_update(line: Line, updates_open: bool) -> bool:
    """Whether a line says when the post above it was changed, on a page whose posts have stamps of their own."""
    return line.is_update and not updates_open


def _opens(line: Line, updates_open: bool) -> bool:
    return line.gives_time and (updates_open or not line.is_update)


def _continues(run: Sequence[Line], line: Line) -> bool:
    """Whether a stamp line belongs to those above it: it says what they do not, or when it was updated."""
    if line.stamp is None or len(run) >= MOST_STAMPS:
        return False
    said = [above.stamp for above in run if above.stamp]
    if line.stamp.is_update and said:
        return True
    is_new_age = line.stamp.age is None or all(stamp.age is None for stamp in said)
    is_new_clock = line.stamp.clock is None or all(stamp.clock in (None, line.stamp.clock) for stamp in said)
    return is_new_age and is_new_clock


def _stamps_stand_under_headlines(
    lines: Sequence[Line], runs: Sequence[tuple[int, int]], heads: Sequence[int]
) -> bool:
    """Whether the page prints each stamp under the headline it belongs to.

    What stands above the stamps then looks like headlines more often than what stands below. Where the first
    has more than a headline above it, the page's own title, all others must have one.
    """
    if len(runs) < 2 or runs[0][0] < 1:
        return False
    above = sum(head < begin for head, (begin, _) in zip(heads, runs, strict=True))
    below = sum(end < len(lines) and is_headline_like(lines[end].text) for _, end in runs)
    needed = 0.8 * len(runs) if heads[0] == 0 else max(len(runs), ENOUGH_TITLED)
    return above >= needed and above > below


def _headline_above(text: str, lines: Sequence[Line], begin: int) -> int:
    """Where the headline above a stamp begins (a byline may stand between); the stamp itself without one."""
    head = begin - _byline_above(text, lines, begin)
    if head and not lines[head - 1].stamp and is_headline_like(lines[head - 1].text):
        return head - 1
    return begin


def _byline_above(text: str, lines: Sequence[Line], begin: int) -> int:
    """How many lines above a stamp are a byline: two, one or none."""
    for size in (2, 1):
        above = lines[max(begin - size, 0) : begin]
        if len(above) == size and not any(line.stamp for line in above):
            _, used = read_credit(text, [line.span for line in above])
            if used == size:
                return size
    return 0


def _at_bylines(text: str, piece: Piece) -> Iterator[Piece]:
    """The piece cut where a second headline with a byline shows a post that has lost its stamp."""
    bylines = [n for n, line in enumerate(piece.below) if read_byline(text, line.span)]
    cuts = [n - 1 for n in bylines[1:] if n >= 2 and is_headline_like(piece.below[n - 1].text)]
    first, *others = [*cuts, len(piece.below)]
    yield replace(piece, below=piece.below[:first])
    for begin, end in zip(cuts, others, strict=True):
        yield Piece(below=piece.below[begin:end])
