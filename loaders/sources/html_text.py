"""Turns HTML into lines of plain text: a line a paragraph, list item, heading or quotation, nothing lost but markup.

The parser is selectolax (Lexbor). Trees are walked without recursion, so that no depth of nesting harms.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

BLOCKS = frozenset(
    "address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table tbody tfoot thead time tr ul".split()
)
"""Elements that begin and end a line."""

CELLS = frozenset(("td", "th"))
SILENT = frozenset(
    "button canvas head iframe input noscript object script select style svg template textarea title video".split()
)
"""Elements whose text is not read on the page."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}\d{0,2});")
_BLANKS = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r"[\n\r\u2028\u2029]+")
_DROPPED = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad\x00"))


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of a page, and the innermost block element it begins in."""

    text: str
    owner: LexborNode


def lines_of(markup: str) -> list[str]:
    """The lines of text that a fragment of HTML, or text with entities, shows.

    Structured data holds all of these: HTML, HTML that is itself escaped, and text with entities.
    """
    text = markup
    for _ in range(2):
        if _TAG.search(text) or not _ENTITY.search(text):
            break
        text = html.unescape(text)
    if not _TAG.search(text):
        return _split(text)
    return [line.text for line in shown_lines(LexborHTMLParser(text).root)]


def line_of(markup: str) -> str:
    """The text of a fragment of HTML as one line, for headlines and names."""
    return " ".join(lines_of(markup))


def shown_lines(root: LexborNode | None) -> list[ShownLine]:
    """The lines of text that an element shows, in reading order."""
    lines: list[ShownLine] = []
    parts: list[str] = []
    owners: list[LexborNode] = [root] if root is not None else []
    owner = root
    for is_start, node in _walk(root):
        if node.tag == "-text":
            parts.append((node.text_content or "").replace("\n", " "))
            owner = owner if len(parts) > 1 else owners[-1]
        elif node.tag in CELLS:
            parts.append(" ")
        elif node.tag in BLOCKS:
            lines += _closed(parts, owner)
            parts = []
            owners = [*owners, node] if is_start else owners
        if not is_start and node.tag in BLOCKS and len(owners) > 1:
            owners.pop()
    return [*lines, *_closed(parts, owner)]


def _closed(parts: list[str], owner: LexborNode | None) -> list[ShownLine]:
    return [ShownLine(line, owner) for line in _split("".join(parts))] if parts and owner is not None else []


def _split(text: str) -> list[str]:
    lines = (_BLANKS.sub(" ", line).strip() for line in _LINE_ENDS.split(text.translate(_DROPPED)))
    return [line for line in lines if line]


def _walk(root: LexborNode | None) -> Iterator[tuple[bool, LexborNode]]:
    """Each node in reading order: (True, node) where it begins and (False, node) where an element ends."""
    stack: list[tuple[bool, LexborNode]] = [(True, root)] if root is not None else []
    while stack:
        is_start, node = stack.pop()
        yield is_start, node
        if not is_start or node.tag == "-text":
            continue
        stack.append((False, node))
        child = node.last_child if node.tag not in SILENT else None
        while child is not None:
            stack.append((True, child))
            child = child.prev
