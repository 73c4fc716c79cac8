"""Parses HTML, after making sure that no parser would take longer for it than its length deserves.

The HTML standard has a page repair itself in ways that cost the square of its length when thousands of
elements are left open. No page that was ever published does that; one that does is refused unparsed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

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
MOST_MOVED = 100_000_000
"""Code points that the parser would move when a text goes on behind tags which make no element but have attributes."""

_ATTRIBUTES = (
    r"(?:[\s/]++"
    r"|(?:=[^\s/>=]*+|[^\s/>=]++)"  # a name; one may begin with the sign that parts it from a value
    r"(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>\"'][^\s>]*+)?+)?+)*+"
)
_TAG = re.compile(rf"<(?:(/?)([a-zA-Z][^\s/>]*+)({_ATTRIBUTES})>?|!--)")
_COMMENT_ENDS = re.compile(r"(?<=<!--)-?>|--!?>")
_QUOTED = re.compile(r'"[^"]*(?:"|$)|\'[^\']*(?:\'|$)')
_NEVER_OPEN = tags(
    "area base body br col colgroup dd dt embed head hr html img input li link meta option p param rp rt "
    "source tbody td tfoot th thead tr track wbr"
)
_FORMATTING = tags("a b big code em font i nobr s small strike strong tt u")
_RAW = tags("script style textarea title iframe xmp")
_FOREIGN = tags("math svg")
_POINTS = tags("annotation-xml desc foreignobject mi mn mo ms mtext title")
_LEAVES_FOREIGN = tags(
    "b big blockquote body br center code dd div dl dt em embed font h1 h2 h3 h4 h5 h6 head hr i img li listing menu "
    "meta nobr ol p pre ruby s small span strike strong sub sup table tt u ul var"
)
_MAY_MAKE_NOTHING = tags("body caption col colgroup form frame frameset head html tbody td tfoot th thead tr")
_CELLS = tags("caption td th")


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag as the parser sees it: where it begins, and whether it opens an element without end at once."""

    at: int
    name: str
    rest: str
    closes: bool
    is_whole: bool


def parsed(markup: str) -> LexborHTMLParser:
    """The tree of an HTML page or fragment.

    Raises:
        SourceError: It is built so that parsing it would take forever.
    """
    if why := _harm(markup):
        raise SourceError(
            f"this HTML is broken beyond reading: {why}",
            advice="save the page again from a browser, or copy its text and read that",
        )
    return LexborHTMLParser(markup)


def _harm(markup: str) -> str:
    """What would make parsing slow, in words; empty when nothing would.

    A closing tag closes what has its name and is open, and nothing else: the parser does not let it either.
    """
    is_open: Counter[str] = Counter()
    depth = formatting = copies = options = moved = text_from = 0
    for tag in _tags(markup):
        name = tag.name
        if tag.closes:
            if is_open[name]:
                is_open[name] -= 1
                depth -= 1
                formatting -= name in _FORMATTING
        elif not tag.is_whole:
            is_open[name] += 1
            depth += 1
            formatting += name in _FORMATTING
        copies += formatting
        if _makes_an_element(tag, is_open):
            text_from = tag.at
        elif tag.rest.strip():
            moved += tag.at - text_from
        if depth > DEEPEST:
            return f"more than {DEEPEST:,} elements are left open"
        if copies > MOST_COPIES:
            return "formatting elements are left open throughout"
        if moved > MOST_MOVED:
            return "text stands between tags that have attributes and open nothing"
        if len(tag.rest) > MOST_ATTRIBUTES and len(_QUOTED.sub("", tag.rest).split()) > MOST_ATTRIBUTES:
            return f"an element has more than {MOST_ATTRIBUTES:,} attributes"
        options += name == "option"
        if options > MOST_OPTIONS:
            return f"it has more than {MOST_OPTIONS:,} options to choose from"
    return ""


def _makes_an_element(tag: _Tag, is_open: Counter[str]) -> bool:
    """Whether the text before a tag is over for certain."""
    if tag.closes:
        return False
    return tag.name not in _MAY_MAKE_NOTHING or (tag.name in _CELLS and is_open["table"] > 0)


def _tags(markup: str) -> Iterator[_Tag]:
    """Each tag outside scripts and comments."""
    at, drawing = 0, _Drawing()
    while match := _TAG.search(markup, at):
        at = match.end()
        if match[2] is None:
            ends = _COMMENT_ENDS.search(markup, at)
            at = ends.end() if ends else len(markup)
            continue
        name, closes, rest = match[2].lower(), match[1] == "/", match[3]
        is_empty = rest.endswith("/")
        yield _Tag(
            match.start(), name, rest, closes, name in _NEVER_OPEN or (drawing.is_certain and is_empty)
        )
        drawing = drawing.behind(name, closes, is_empty)
        if name in _RAW and not closes and drawing == _Drawing():
            at = _end_of(f"</{name}", markup, at)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """How deep a place of a page is in SVG or MathML, where a slash ends an element and no text is raw.

    `point` names the element in which HTML begins again. What that holds besides text leaves it open where the page
    is: then neither is a slash taken for an end, nor a text for raw.
    """

    name: str = ""
    depth: int = 0
    point: str = ""
    is_open: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether the place is in a drawing for certain."""
        return self.depth > 0 and not self.point

    def behind(self, name: str, closes: bool, is_empty: bool) -> _Drawing:
        """Where the page is behind a tag."""
        if self.is_open:
            return self
        if self.point:
            is_closed = closes and name == self.point
            return replace(self, point="") if is_closed else _Drawing(is_open=True)
        if name in _FOREIGN and self.name not in ("", name):
            return self if closes else _Drawing(is_open=True)
        if name in _FOREIGN and (closes or not is_empty):
            depth = max(0, self.depth + (-1 if closes else 1))
            return _Drawing(name if depth else "", depth)
        if self.depth and (name in ("p", "br") if closes else name in _LEAVES_FOREIGN):
            return _Drawing()
        if self.depth and name in _POINTS and not closes and not is_empty:
            return replace(self, point=name)
        return self


def _end_of(sign: str, markup: str, at: int) -> int:
    found = re.compile(re.escape(sign), re.IGNORECASE).search(markup, at)
    return found.start() if found else len(markup)
