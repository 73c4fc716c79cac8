"""HTML from Python, escaped by default: whatever stands in a live blog is shown as text and never runs."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Html:
    """A piece of HTML that is safe to show: built by `tag`, never from outside text directly."""

    code: str

    def __add__(self, other: Html) -> Html:
        return Html(self.code + other.code)


Piece = Html | str | None
EMPTY = Html("")


def text(piece: Piece) -> Html:
    """A piece as HTML: text is escaped, HTML kept, None is nothing."""
    if piece is None:
        return EMPTY
    return piece if isinstance(piece, Html) else Html(html.escape(piece))


def tag(name: str, /, *pieces: Piece, **attributes: str | bool | None) -> Html:
    """An element. Attributes: `class_` and `for_` lose the underscore, others become dashes; False is left out."""
    written = "".join(
        _attribute(key, value) for key, value in attributes.items() if value not in (None, False)
    )
    if name in ("br", "hr", "input"):
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{joined(pieces).code}</{name}>")


def _attribute(key: str, value: str | bool | None) -> str:
    name = key if key == "viewBox" else key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f" {name}='{html.escape(str(value))}'"


def joined(pieces: Iterable[Piece], between: Piece = None) -> Html:
    """The pieces after one another."""
    return Html(text(between).code.join(text(piece).code for piece in pieces))


def long_list(items: Iterable[Html], *, class_: str, key: str, most: int = 30) -> Html:
    """A list of which `most` items are seen at first, the rest folded; `key` tells it from the page's others."""
    every = list(items)
    if len(every) <= most:
        return tag("ul", *every, class_=class_)
    more = tag("summary", f"{len(every) - most} more")
    rest = tag("details", more, tag("ul", *every[most:], class_=class_), id=f"dl-more-{key}")
    return tag("ul", *every[:most], class_=class_) + rest


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to set apart, with the class it is shown in."""

    start: int
    end: int
    class_: str = "mark"


def marked(words: str, marks: Iterable[Mark], *, offset: int = 0) -> Html:
    """Escaped text in which the marks (absolute offsets; `offset` is where `words` begins) are highlighted.

    Of overlapping marks the one given first wins; what lies outside the text is left out.
    """
    taken: list[Mark] = []
    for mark in marks:
        start, end = max(mark.start - offset, 0), min(mark.end - offset, len(words))
        if start < end and not any(start < other.end and other.start < end for other in taken):
            taken.append(Mark(start, end, mark.class_))
    pieces: list[Piece] = []
    reached = 0
    for mark in sorted(taken, key=lambda each: each.start):
        pieces += [words[reached : mark.start], tag("mark", words[mark.start : mark.end], class_=mark.class_)]
        reached = mark.end
    return joined([*pieces, words[reached:]])
