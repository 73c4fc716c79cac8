"""Pairs quotation marks, straight, curly and mixed, so that a quotation is known before its speaker is sought.

A pair may open straight and close curly. A mark is judged by what stands beside it, never by its shape alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.model import Span

DOUBLE = '"“”„‟«»＂'
_TYPED = ("''", "``")
"""Two single marks typed for a double one."""
_DOUBLE_MARK = re.compile(f"[{DOUBLE}]|{'|'.join(_TYPED)}")
_SINGLE_MARK = re.compile("['‘’‚]")
_SINGLE = "'‘’‚"
_OPENING_NEIGHBOURS = "([{—–-/:"


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between two marks; `outer` takes in the marks.

    `continues` is set where the quotation runs on into the next paragraph, which opens with a mark again.
    A quotation without a closing mark ends with its paragraph.
    """

    span: Span
    outer: Span
    continues: bool = False


def pair_marks(text: str, span: Span, *, next_opens: bool = False) -> tuple[Quotation, ...]:
    """The quotations of one paragraph, in order; `span` is the paragraph, offsets are into `text`.

    Args:
        text: The blog's text.
        span: The paragraph.
        next_opens: Whether the next paragraph begins with a mark, so that an open one may run on.
    """
    found = _paired_double(text, span, next_opens)
    return found or _paired_single(text, span)


def opens_with_mark(text: str, span: Span) -> bool:
    """Whether the first visible character of the span is a double quotation mark."""
    words = text[span.start : span.end].lstrip()
    return bool(words) and (words[0] in DOUBLE or words.startswith(_TYPED))


def _paired_double(text: str, span: Span, next_opens: bool) -> tuple[Quotation, ...]:
    marks = list(_double_marks(text, span))
    found: list[Quotation] = []
    opened: Span | None = None
    inner = 0
    for at, mark in enumerate(marks):
        if opened is None:
            opened = mark if _can_open(text, mark, span) else None
        elif inner:
            inner -= 1
        elif _must_open(text, mark, span):
            if _is_nested(text, marks, at):
                inner = 1
                continue
            found.append(_quotation(text, opened, Span(mark.start, mark.start), is_closed=False))
            opened = mark
        else:
            found.append(_quotation(text, opened, mark))
            opened = None
    if opened is not None:
        end = Span(span.end, span.end)
        found.append(_quotation(text, opened, end, is_closed=False, continues=next_opens))
    return tuple(q for q in found if q.span.start < q.span.end)


def _is_nested(text: str, marks: Sequence[Span], at: int) -> bool:
    """Whether a curly mark opens a quotation inside the one that is open: two closing marks follow."""
    following = [text[mark.start] for mark in marks[at + 1 : at + 3]]
    return text[marks[at].start] == "“" and following == ["”", "”"]


def _double_marks(text: str, span: Span) -> Iterator[Span]:
    """Where the double marks stand, those typed as two single ones included."""
    return (Span(*match.span()) for match in _DOUBLE_MARK.finditer(text, span.start, span.end))


def _can_open(text: str, mark: Span, span: Span) -> bool:
    """A closing mark with nothing open, or inches (5'10"), opens nothing; an opening one may have a space behind it."""
    before = text[mark.start - 1] if mark.start > span.start else " "
    after = text[mark.end] if mark.end < span.end else " "
    if text[mark.start] in "”»" and not before.isspace():
        return False
    if text[mark.start] == "“" and before.isspace():
        return True
    return not after.isspace() and not (before.isalnum() and not after.isalnum())


def _must_open(text: str, mark: Span, span: Span) -> bool:
    """A mark after a space and before a letter opens, though another is still open: its end was forgotten."""
    if text[mark.start] in "”»":
        return False
    before, after = text[mark.start - 1], text[mark.end] if mark.end < span.end else " "
    return before.isspace() and after.isalnum()


def _paired_single(text: str, span: Span) -> tuple[Quotation, ...]:
    """Quotations between single marks, as British headlines print them; apostrophes are no marks."""
    found: list[Quotation] = []
    opened: int | None = None
    for at in (match.start() for match in _SINGLE_MARK.finditer(text, span.start, span.end)):
        before = text[at - 1] if at > span.start else " "
        after = text[at + 1] if at + 1 < span.end else " "
        if opened is None and (before.isspace() or before in _OPENING_NEIGHBOURS) and after.isalnum():
            opened = at
        elif opened is not None and not after.isalnum() and not before.isspace():
            if before == "s" and _closes_later(text, at + 1, span):
                continue
            found.append(_quotation(text, Span(opened, opened + 1), Span(at, at + 1)))
            opened = None
    return tuple(q for q in found if len(q.span.of(text).split()) >= 2)


def _closes_later(text: str, start: int, span: Span) -> bool:
    """Whether a plain closing mark follows soon, so that the one after an "s" is a possessive's apostrophe."""
    for at in range(start, min(span.end, start + 80)):
        if text[at] in _SINGLE:
            return not text[at - 1].isspace() and not (at + 1 < span.end and text[at + 1].isalnum())
    return False


def _quotation(
    text: str, opened: Span, closed: Span, *, is_closed: bool = True, continues: bool = False
) -> Quotation:
    start, end = opened.end, closed.start
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    outer_end = closed.end if is_closed else end
    return Quotation(Span(start, end), Span(opened.start, outer_end), continues)
