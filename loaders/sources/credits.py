"""Reads the bylines that fill two lines, or have no "By": "Jane Doe" above "Reporting from Kyiv"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.model import Reporter, Span, plain_name
from loaders.registry import given_names
from loaders.sources.bylines import LONGEST as LONGEST_BYLINE
from loaders.sources.bylines import Byline, byline_words, read_byline, read_names

LONGEST = 80
"""Code points of a line with a name or a job on it; a longer one is text."""

_REPORTING = re.compile(r"reporting\s+(?:from|in)\s+(?=\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\s,|]+")


def read_credit(text: str, lines: Sequence[Span], *, names_alone: bool = False) -> tuple[Byline | None, int]:
    """The byline that some lines open with, and how many of them it takes.

    Args:
        text: The whole text, which all spans are offsets into.
        lines: The lines, without blanks around them.
        names_alone: Whether nothing but a name is a byline on this page.
    """
    if not lines:
        return None, 0
    byline = read_byline(text, lines[0])
    if len(lines) > 1:
        if joined := _over_two_lines(text, lines[0], lines[1]):
            return joined, 2
        named = byline or _named(text, lines[0])
        if named and (credit := _with_credit(text, named, lines[1])):
            return credit, 2
    if byline is None and names_alone:
        byline = _named(text, lines[0])
    return byline, 1 if byline else 0


def is_name(text: str, line: Span) -> bool:
    """Whether a line is somebody's name and nothing else."""
    return _named(text, line) is not None


def _over_two_lines(text: str, first: Span, second: Span) -> Byline | None:
    """A byline that goes on below: after a comma or an "and", or with one."""
    if second.end - first.start > LONGEST_BYLINE:
        return None
    joints = byline_words().joints
    ends, begins = _WORD.findall(first.of(text))[-1:], _WORD.findall(second.of(text))[:1]
    goes_on = first.of(text).endswith(",") or any(word.casefold() in joints for word in (*ends, *begins))
    return read_byline(text, Span(first.start, second.end)) if goes_on else None


def _named(text: str, line: Span) -> Byline | None:
    """The byline that a bare name is; the first word must be a given name, so that headlines are none."""
    words = _WORD.findall(line.of(text)) if line.end - line.start <= LONGEST else []
    if not 2 <= len(words) <= 4 or plain_name(words[0]) not in given_names():
        return None
    byline = read_names(text, line)
    is_one = byline is not None and byline.outlet is None and len(byline.reporters) == 1
    return byline if byline and is_one and byline.reporters[0] == Reporter(line) else None


def _with_credit(text: str, byline: Byline, line: Span) -> Byline | None:
    """The byline with the line below it, if that says where the reporter is or what the reporter does."""
    if line.end - line.start > LONGEST:
        return None
    span = Span(byline.span.start, line.end)
    if place := _REPORTING.match(text, line.start, line.end):
        dateline = Span(place.end(), line.end)
        is_place = all(
            word[0].isupper() or word in byline_words().in_names for word in dateline.of(text).split()
        )
        return (
            Byline(span, byline.outlet, tuple(_at(r, dateline) for r in byline.reporters))
            if is_place
            else None
        )
    return Byline(span, byline.outlet, byline.reporters) if _is_job(line.of(text)) else None


def _at(reporter: Reporter, dateline: Span) -> Reporter:
    return Reporter(reporter.name, reporter.dateline or dateline)


def _is_job(line: str) -> bool:
    """Whether a line is a job and perhaps a place: "Political correspondent", "Europe editor in Kyiv"."""
    words = byline_words()
    said = _WORD.findall(line)
    jobs = [n for n, word in enumerate(said) if word.casefold() in words.roles]
    if not jobs or line[-1] in ".!?:":
        return False
    before, after = said[: jobs[-1]], said[jobs[-1] + 1 :]
    joints = words.in_names | words.joints | {opener for opener in words.dateline if " " not in opener}
    return all(word[0].isupper() or word.casefold() in words.roles | joints for word in (*before, *after))
