"""Reads a live blog copied from the screen: lines of text, with a stamp line before or after each headline.

The text stays as it is; only spans are laid over it. A stamp line belongs to its post, but neither to its
headline nor to its body. What stands above the first stamp is the page's head, or a post without a stamp.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from loaders.clock import TimeOfDay, timed, zone_named
from loaders.errors import SourceError
from loaders.model import Blog, Span
from loaders.sources.bylines import Byline, read_byline
from loaders.sources.credits import is_name, read_credit
from loaders.sources.drafts import Draft, Page, refuse_more_posts, to_blog, zone_problem
from loaders.sources.layout import (
    HEADLINE_LIMIT,
    Line,
    Piece,
    asks_or_exclaims,
    is_headline_like,
    lines_in,
    pieces_of,
)
from loaders.sources.stamp_parts import StampLine
from loaders.sources.stamp_words import stamp_words
from loaders.sources.stamps import read_latest

_NO_ZONE = "the stamps name no time zone and were read as UTC, the first is {first}"
MOSTLY = 0.5
"""Share of a page's posts with headlines from which a first line that asks or exclaims is one too."""
NEARLY_ALL, ENOUGH = 0.9, 5
"""Share of them, and how many at least, from which a line that stands alone in its post is a headline."""

ENOUGH_STAMPS = 2
"""A page has more stamps than this where the first is the page's own."""


@dataclass(frozen=True, slots=True)
class Habit:
    """What a page does with headlines, as its posts of several lines show."""

    asks: bool
    """A headline may be a question."""
    stands_alone: bool
    """A headline may be all there is of a post."""
    names: bool
    """A post may begin with its reporter's name alone."""


def read_pasted(text: str, *, read_at: datetime | None = None, zone: str = "") -> Blog:
    """The blog a pasted page holds.

    Args:
        text: The page's text with LF line ends; it becomes `Blog.text` unchanged.
        read_at: When the page was read. Where it is not given, the page's own "Updated …" says it.
        zone: The page's IANA zone, for stamps that name none.

    Raises:
        SourceError: No line is a stamp, so that no posts can be told apart.
        ClockError: The posts carry ages, and neither `read_at` nor the page says when it was read.
    """
    page, lines = _head(lines_in(text, zone), Page(zone=zone, read_at=read_at))
    pieces = pieces_of(text, lines)
    if not pieces:
        raise _no_stamps()
    page, pieces = _title_taken(page, pieces)
    refuse_more_posts(len(pieces))
    habit = _habit(text, pieces)
    drafts = [_draft(text, piece, habit) for piece in pieces]
    return to_blog(text, drafts, page, zone_problem(drafts, page, _NO_ZONE))


def _no_stamps() -> SourceError:
    return SourceError(
        "no posts were found: no line is a stamp that would begin one",
        allowed='stamps on lines of their own: "25 min ago", "14:05 BST", "12:01 a.m. ET, May 13, 2023"',
        advice="paste the page with its stamps",
    )


def _head(lines: list[Line], page: Page) -> tuple[Page, list[Line]]:
    """What the head says ("Live Updates", a title, "Updated … ET, July 18, 2024"), and the lines after it."""
    times = [n for n, line in enumerate(lines) if line.gives_time]
    updated = lines[times[0]].stamp if times else None
    if updated and _is_pages_own(lines, times):
        updated = read_latest(lines[times[0]].text, home=page.zone)
    elif updated and not updated.is_update:
        updated = None
    if not updated or not isinstance(updated.stamp, TimeOfDay):
        return page, lines
    if all(lines[n].is_update for n in times[1:]):
        return page, lines
    zone = page.zone or updated.zone_name
    stated = None
    if updated.day.year is not None or page.read_at is not None:
        stated = timed(updated.stamp, near=page.read_at, home=zone_named(zone or "UTC")).at
    title = _title(lines[: times[0]])
    return replace(page, title=title, zone=zone, read_at=page.read_at or stated), lines[times[0] + 1 :]


def _is_pages_own(lines: Sequence[Line], times: Sequence[int]) -> bool:
    """Whether the first stamp is the page's: dated in full under its title, with another time right below it."""
    if len(times) <= ENOUGH_STAMPS or times[1] != times[0] + 1 or times[0] == 0:
        return False
    first, second = lines[times[0]].stamp, lines[times[1]].stamp
    is_dated = first is not None and first.day.year is not None and not lines[times[1]].is_update
    clocks = [stamp.clock for stamp in (first, second) if stamp and stamp.clock]
    return is_dated and len(clocks) == 2 and clocks[0] != clocks[1]


def _title(lines: Sequence[Line]) -> str:
    """The first line of a page's head that is neither furniture nor a byline."""
    furniture = stamp_words().furniture
    said = (line for line in lines if line.text.casefold().strip(" :•") not in furniture)
    return next((line.text for line in said if not _has_byline(line)), "")


def _title_taken(page: Page, pieces: list[Piece]) -> tuple[Page, list[Piece]]:
    """Takes a single headline-like line above the first stamp for the page's title, not for a post."""
    first = pieces[0]
    if first.stamps or page.title or len(pieces) < 2:
        return page, pieces
    title = _title(first.lines)
    others = [line for line in first.lines if line.text != title and _title([line])]
    if others or (title and not is_headline_like(title)) or any(_has_byline(line) for line in first.lines):
        return page, pieces
    return replace(page, title=title), pieces[1:]


def _has_byline(line: Line) -> bool:
    whole = Span(0, len(line.text))
    return read_byline(line.text, whole) is not None or is_name(line.text, whole)


def _habit(text: str, pieces: Sequence[Piece]) -> Habit:
    several = [piece.lines for piece in pieces if len(piece.lines) > 1]
    share = sum(is_headline_like(lines[0].text) for lines in several) / max(len(several), 1)
    named = sum(is_name(text, lines[0].span) for lines in several)
    return Habit(
        asks=share >= MOSTLY,
        stands_alone=share >= NEARLY_ALL and len(several) >= ENOUGH,
        names=named > 1 and named >= MOSTLY * len(several),
    )


def _draft(text: str, piece: Piece, habit: Habit) -> Draft:
    lines = piece.lines
    headline, byline, used = _headline_and_byline(text, lines, habit)
    spans = sorted(line.span for line in (*piece.stamps, *lines))
    said = [line for line in lines[used:] if not (line.is_update and line is lines[-1])]
    end = said[-1].span.end if said else spans[-1].end
    stamp = _joined([line.stamp for line in piece.stamps if line.stamp])
    return Draft(
        span=Span(spans[0].start, spans[-1].end),
        body=Span(said[0].span.start if said else end, end),
        headline=headline,
        byline=byline,
        stamp=stamp.stamp if stamp else None,
        printed=_printed(piece.stamps),
    )


def _headline_and_byline(
    text: str, lines: Sequence[Line], habit: Habit
) -> tuple[Span | None, Byline | None, int]:
    """The headline and the byline that open a post, and how many lines they take."""
    if not lines:
        return None, None, 0
    first, spans = lines[0], [line.span for line in lines]
    byline, used = read_credit(text, spans[:2], names_alone=habit.names)
    if byline:
        return None, byline, used
    if len(lines) > 1 and len(first.text) <= HEADLINE_LIMIT:
        byline, used = read_credit(text, spans[1:3], names_alone=len(lines) > 2)
        if byline and (is_headline_like(first.text) or read_byline(text, spans[1])):
            return first.span, byline, used + 1
    is_headline = is_headline_like(first.text) or (habit.asks and asks_or_exclaims(first.text))
    return (
        (first.span, None, 1) if is_headline and (len(lines) > 1 or habit.stands_alone) else (None, None, 0)
    )


def _joined(stamps: Sequence[StampLine]) -> StampLine | None:
    """The stamps of one post as one: what was posted goes before what was updated."""
    posted = [stamp for stamp in stamps if not stamp.is_update] or stamps[:1]
    joined = posted[0] if posted else None
    for stamp in posted[1:]:
        joined = joined.joined(stamp) if joined else stamp
    return joined


def _printed(stamps: Sequence[Line]) -> str:
    """The stamp as printed: the age where there is one, else the first line that gives a time."""
    timed_lines = [line for line in stamps if line.gives_time]
    aged = [line for line in timed_lines if line.stamp and line.stamp.age]
    return next((line.text for line in (*aged, *timed_lines)), "")
