"""Reads a live blog copied from the screen: lines of text, with a stamp line before or after each headline.

The text stays as it is; only spans are laid over it. A stamp line belongs to its post, but neither to its
headline nor to its body. What stands above the first stamp is the page's head, or a post without a stamp.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from loaders.clock import TimeOfDay, timed, zone_named
from loaders.errors import SourceError
from loaders.model import Blog, Problem, Span
from loaders.sources.bylines import Byline, read_byline
from loaders.sources.drafts import Draft, Page, to_blog
from loaders.sources.stamps import INVISIBLE, StampLine, read_stamp, stamp_words

HEADLINE_LIMIT = 250
"""A first line of more code points is a paragraph. The longest headlines of live blogs have 200."""

_CLOSERS = "\"'”’»)]"
_ABBREVIATION = re.compile(r"(?:^|[\s(“\"‘'])(?:\w\.){1,4}$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something, without the blanks around it, and the stamp it is if it is one."""

    span: Span
    stamp: StampLine | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of one post: those above its stamp, the stamp's, and those below it."""

    above: tuple[Line, ...]
    stamps: tuple[Line, ...]
    below: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are not stamps."""
        return self.above + self.below


def read_pasted(text: str, *, read_at: datetime | None = None, zone: str = "", name: str = "") -> Blog:
    """The blog a pasted page holds.

    Args:
        text: The page's text with LF line ends; it becomes `Blog.text` unchanged.
        read_at: When the page was read. Where it is not given, the page's own "Updated …" says it.
        zone: The page's IANA zone, for stamps that name none.
        name: What the text is called in errors.

    Raises:
        SourceError: No line is a stamp, so that no posts can be told apart.
        ClockError: The posts carry ages, and neither `read_at` nor the page says when it was read.
    """
    lines = _without_doubtful_stamps(_lines(text, zone))
    page, lines = _head(text, lines, Page(zone=zone, read_at=read_at))
    pieces = _pieces(text, lines)
    if not any(piece.stamps for piece in pieces):
        raise SourceError(
            "no posts were found: no line is a stamp that would begin one",
            file=name,
            allowed='stamps on lines of their own: "25 min ago", "14:05 BST", "12:01 a.m. ET, May 13, 2023"',
            advice="paste the page with its stamps",
        )
    page, pieces = _title_taken(text, page, pieces)
    has_headlines = _mostly_headed(text, pieces)
    drafts = [_draft(text, piece, has_headlines) for piece in pieces]
    return to_blog(text, drafts, page, _zone_problem(page, drafts))


def _lines(text: str, zone: str) -> list[Line]:
    found = []
    start = 0
    for raw in text.split("\n"):
        said = raw.strip()
        if said.translate(INVISIBLE).strip():
            begin = start + raw.index(said[0])
            found.append(Line(Span(begin, begin + len(said)), read_stamp(said, home=zone)))
        start += len(raw) + 1
    return found


def _without_doubtful_stamps(lines: Sequence[Line]) -> list[Line]:
    """The lines, with bare times of day taken for text where the page stamps its posts in another way."""
    full = sum(
        line.stamp is not None and line.stamp.stamp is not None and not line.stamp.is_bare for line in lines
    )
    bare = sum(line.stamp is not None and line.stamp.is_bare for line in lines)
    if not full or bare > full:
        return list(lines)
    return [replace(line, stamp=None) if line.stamp and line.stamp.is_bare else line for line in lines]


def _head(text: str, lines: list[Line], page: Page) -> tuple[Page, list[Line]]:
    """What the head says ("Live Updates", a title, "Updated … ET, July 18, 2024"), and the lines after it."""
    first = next((n for n, line in enumerate(lines) if line.stamp and line.stamp.stamp), None)
    if first is None:
        return page, lines
    updated = lines[first].stamp
    others = sum(line.stamp is not None and line.stamp.is_update for line in lines) > 1
    if not updated or not updated.is_update or not isinstance(updated.stamp, TimeOfDay) or others:
        return page, lines
    zone = page.zone or updated.zone_name
    stated = (
        timed(updated.stamp, near=page.read_at, home=zone_named(zone or "UTC")).at
        if _is_datable(updated, page)
        else None
    )
    title = _title([line.span.of(text) for line in lines[:first]])
    return replace(page, title=title, zone=zone, read_at=page.read_at or stated), lines[first + 1 :]


def _is_datable(line: StampLine, page: Page) -> bool:
    return line.day.year is not None or page.read_at is not None


def _title(lines: Sequence[str]) -> str:
    furniture = {words.casefold() for words in stamp_words().furniture}
    return next(
        (line for line in lines if line.casefold().strip(" :•") not in furniture and not _is_byline(line)), ""
    )


def _is_byline(line: str) -> bool:
    return read_byline(line, Span(0, len(line))) is not None


def _pieces(text: str, lines: Sequence[Line]) -> list[Piece]:
    """The lines cut into posts, at the stamps or, where stamps stand under headlines, above those."""
    runs = list(_stamp_runs(lines))
    under = _stamps_under_headlines(text, lines, runs)
    starts = [_headline_start(text, lines, begin) if under else begin for begin, _ in runs]
    pieces = []
    if starts and starts[0] > 0:
        pieces.append(Piece((), (), tuple(lines[: starts[0]])))
    for n, (begin, end) in enumerate(runs):
        stop = starts[n + 1] if n + 1 < len(runs) else len(lines)
        pieces.append(Piece(tuple(lines[starts[n] : begin]), tuple(lines[begin:end]), tuple(lines[end:stop])))
    return pieces


def _stamp_runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where stamp lines stand together: an age and the time it means, a date and a time."""
    n = 0
    while n < len(lines):
        end = n
        while end < len(lines) and _fits(lines[n:end], lines[end]):
            end += 1
        if any(line.stamp and line.stamp.stamp for line in lines[n:end]):
            yield n, end
        n = max(end, n + 1)


def _fits(run: Sequence[Line], line: Line) -> bool:
    """Whether a stamp line belongs to those above it: it says what they do not, or when it was updated."""
    if line.stamp is None:
        return False
    said = [stamp for stamp in (above.stamp for above in run) if stamp]
    if line.stamp.is_update and said:
        return True
    has_age = line.stamp.age is None or all(stamp.age is None for stamp in said)
    has_clock = line.stamp.clock is None or all(stamp.clock is None for stamp in said)
    return has_age and has_clock and len(said) < 3


def _stamps_under_headlines(text: str, lines: Sequence[Line], runs: Sequence[tuple[int, int]]) -> bool:
    """Whether the page prints each stamp under the headline it belongs to.

    The first stamp then has one headline and no more above it, and what stands above the others looks like
    headlines more often than what stands below.
    """
    if not runs or not 1 <= runs[0][0] <= 2 or len(runs) < 2:
        return False
    heads = [_headline_start(text, lines, begin) for begin, _ in runs]
    above = sum(head < begin for head, (begin, _) in zip(heads, runs, strict=True))
    below = sum(end < len(lines) and _is_headline_like(lines[end].span.of(text)) for _, end in runs)
    return heads[0] == 0 and above >= 0.8 * len(runs) and above > below


def _headline_start(text: str, lines: Sequence[Line], begin: int) -> int:
    """Where the headline above a stamp begins (a byline may stand between); the stamp itself without one."""
    head = begin
    if head and not lines[head - 1].stamp and read_byline(text, lines[head - 1].span):
        head -= 1
    if head and not lines[head - 1].stamp and _is_headline_like(lines[head - 1].span.of(text)):
        return head - 1
    return begin


def _title_taken(text: str, page: Page, pieces: list[Piece]) -> tuple[Page, list[Piece]]:
    """Takes a single headline-like line above the first stamp for the page's title, not for a post."""
    first = pieces[0]
    said = [line.span.of(text) for line in first.lines]
    titles = [line for line in said if _title([line])]
    if (
        first.stamps
        or page.title
        or len(titles) > 1
        or not all(map(_is_headline_like, titles))
        or len(said) > 2
    ):
        return page, pieces
    return replace(page, title=page.title or (titles[0] if titles else "")), pieces[1:]


def _mostly_headed(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether most posts of more than one line open with a headline."""
    several = [piece.lines for piece in pieces if len(piece.lines) > 1]
    headed = sum(_is_headline_like(lines[0].span.of(text)) for lines in several)
    return bool(several) and 2 * headed >= len(several)


def _is_headline_like(line: str) -> bool:
    """Whether a line is short and does not end as sentences end."""
    bare = line.rstrip(_CLOSERS)
    return 0 < len(line) <= HEADLINE_LIMIT and (
        bare[-1:] not in ".!?:;,…" or bool(_ABBREVIATION.search(bare))
    )


def _draft(text: str, piece: Piece, has_headlines: bool) -> Draft:
    lines = piece.lines
    headline, byline, used = _headline_and_byline(text, lines, has_headlines)
    everything = sorted((line.span for line in (*piece.stamps, *lines)), key=lambda span: span.start)
    end = everything[-1].end
    body = lines[used:]
    start = min(body[0].span.start if body else end, end)
    stamp = _joined([line.stamp for line in piece.stamps if line.stamp])
    return Draft(
        span=Span(everything[0].start, end),
        body=Span(start, end),
        headline=headline,
        byline=byline,
        stamp=stamp.stamp if stamp else None,
        printed=_printed(text, piece.stamps),
    )


def _headline_and_byline(
    text: str, lines: Sequence[Line], has_headlines: bool
) -> tuple[Span | None, Byline | None, int]:
    """The headline and the byline that open a post, and how many lines they take."""
    if not lines:
        return None, None, 0
    if byline := read_byline(text, lines[0].span):
        return None, byline, 1
    first = lines[0].span.of(text)
    if len(lines) > 1 and len(first) <= HEADLINE_LIMIT and (byline := read_byline(text, lines[1].span)):
        return lines[0].span, byline, 2
    asks = has_headlines and len(first) <= HEADLINE_LIMIT and first.rstrip(_CLOSERS)[-1:] in "?!"
    if len(lines) > 1 and (_is_headline_like(first) or asks):
        return lines[0].span, None, 1
    return None, None, 0


def _joined(stamps: Sequence[StampLine]) -> StampLine | None:
    """The stamps of one post as one: what was posted goes before what was updated."""
    ordered = sorted(stamps, key=lambda stamp: stamp.is_update)
    joined = ordered[0] if ordered else None
    for stamp in ordered[1:]:
        if joined and (not stamp.is_update or joined.stamp is None):
            joined = joined.joined(stamp)
    return joined


def _printed(text: str, stamps: Sequence[Line]) -> str:
    """The stamp as printed: the age where there is one, else the first line that gives a time."""
    aged = [line for line in stamps if line.stamp and line.stamp.age]
    timed_ = [line for line in stamps if line.stamp and line.stamp.stamp]
    return next((line.span.of(text) for line in (*aged, *timed_)), "")


def _zone_problem(page: Page, drafts: Sequence[Draft]) -> list[Problem]:
    """One row for the page when its stamps name no zone and nothing else does."""
    for draft in drafts:
        if not page.zone and isinstance(draft.stamp, TimeOfDay) and draft.stamp.zone is None:
            return [
                Problem(
                    what=f"the stamps name no time zone and were read as UTC, the first is {draft.printed!r}",
                    advice="say the page's zone: zone in story.yaml",
                    start=draft.span.start,
                    end=draft.span.end,
                )
            ]
    return []
