"""Parses HTML, after making sure that no parser would take longer for it than its length deserves.

The HTML standard has a page repair itself in ways that cost the square of its length when thousands of
elements are left open. No page that was ever published does that; one that does is refused unparsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from loaders.errors import SourceError


def tags(names: str) -> frozenset[str]:
    """A set of element names, written as one text."""
    return frozenset(names.split())


DEEPEST = 1_000
"""Elements open at once. Browsers stop at 512."""
MOST_ATTRIBUTES = 500
MOST_OPTIONS = 5_000
MOST_COPIES = 2_000_000
"""Copies of unclosed formatting elements that later blocks would carry."""

_TAG = re.compile(r"<(?:(/?)([a-zA-Z][^\s/<>]{0,30})([^<>]*)|!--)")
_QUOTED = re.compile(r'"[^"]*(?:"|$)|\'[^\']*(?:\'|$)')
_NEVER_OPEN = tags(
    "area base body br col colgroup dd dt embed head hr html img input li link meta option p param rp rt "
    "source tbody td tfoot th thead tr track wbr"
)
_FORMATTING = tags("a b big code em font i nobr s small strike strong tt u")
_RAW = tags("script style textarea title noscript iframe xmp")


def parsed(markup: str) -> LexborHTMLParser:
    """The tree of an HTML page or fragment.

    Raises:
        SourceError: It is built so that parsing it would take forever.
    """
    if why := _harm(markup):
        raise SourceError(
            f"this HTML is broken beyond reading: {why}",
            advice="save the page again from a browser, or copy its text into a file",
        )
    return LexborHTMLParser(markup)


def _harm(markup: str) -> str:
    """What would make parsing slow, in words; empty when nothing would."""
    depth = formatting = copies = options = 0
    for closes, name, rest in _tags(markup):
        if name not in _NEVER_OPEN:
            step = -1 if closes else 1
            depth = max(0, depth + step)
            formatting = max(0, formatting + step) if name in _FORMATTING else formatting
        copies += formatting
        options += name == "option"
        if depth > DEEPEST:
            return f"more than {DEEPEST:,} elements are left open"
        if copies > MOST_COPIES:
            return "formatting elements are left open throughout"
        if options > MOST_OPTIONS:
            return f"it has more than {MOST_OPTIONS:,} options to choose from"
        if len(rest) > MOST_ATTRIBUTES and len(_QUOTED.sub("", rest).split()) > MOST_ATTRIBUTES:
            return f"an element has more than {MOST_ATTRIBUTES:,} attributes"
    return ""


def _tags(markup: str) -> Iterator[tuple[bool, str, str]]:
    """Each tag outside scripts and comments: whether it closes, its name, the rest of it."""
    at = 0
    while match := _TAG.search(markup, at):
        at = match.end()
        if match[2] is None:
            at = _end_of("-->", markup, at)
            continue
        name = match[2].lower()
        yield match[1] == "/", name, match[3]
        if name in _RAW and not match[1]:
            at = _end_of(f"</{name}", markup, at)


def _end_of(sign: str, markup: str, at: int) -> int:
    found = re.compile(re.escape(sign), re.IGNORECASE).search(markup, at)
    return found.start() if found else len(markup)
