"""Turns HTML into lines of plain text: one a paragraph, list item, heading or quotation; only markup is lost.

The parser is selectolax (Lexbor). Trees are walked without recursion, so that no depth of nesting harms.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from loaders.sources.markup import parsed, tags

LINES = tags(
    "blockquote br caption dd dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol option p pre summary table "
    "tbody tfoot thead time tr ul"
)
"""Elements that are lines of a text."""

BOXES = tags("address article aside body details div fieldset footer form header main nav section")
"""Elements that are boxes around lines."""

BLOCKS = LINES | BOXES
"""Elements that begin and end a line."""

CELLS = tags("td th")
SILENT = tags(
    "button canvas head iframe input noscript object script select style svg template textarea title video"
)
"""Elements whose text is not read on the page."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}\d{0,2});")
_ESCAPED_AGAIN = re.compile(
    r"&(?:amp;)*((?:amp|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|pound|euro|#\d{1,7});)"
)
"""An entity left after reading, which a system escaped twice; what could be a tag stays as it is."""
_BLANKS = re.compile(r"[^\S\n]+")
_PLACEHOLDER = re.compile(r"\[\[[^\[\]\n]{1,300}\]\]")
"""What some publishing systems leave in a text where a picture or a link is to be put."""
_LINE_ENDS = re.compile(r"[\n\r\u2028\u2029]+")
_DROPPED = dict.fromkeys([*map(ord, "\u200b\ufeff\u00ad\x7f"), *range(0x09), *range(0x0E, 0x1C)])
"""What is not seen, and control characters that are no blanks."""


@dataclass(frozen=True, slots=True)
class ShownTime:
    """A <time> element: the number of the line it stands before, and what it states."""

    line: int
    stated: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What an element shows, in reading order: its lines, the boxes around them, the times it marks.

    `box_of` gives the innermost box of each line; `outer` and `ends` give the box around each box and the
    number of the line before which it ends. Box 0 is the whole.
    """

    lines: list[str]
    box_of: list[int]
    outer: list[int]
    ends: list[int]
    times: list[ShownTime]


def lines_of(markup: str) -> list[str]:
    """The lines of text that a fragment of HTML, or text with entities, shows.

    Structured data holds all of these: HTML, HTML that is itself escaped, and text with entities.
    """
    text = _PLACEHOLDER.sub("", markup)
    for _ in range(2):
        if _TAG.search(text) or not _ENTITY.search(text):
            break
        text = html.unescape(text)
    if not _TAG.search(text):
        return _split(text)
    return shown_lines(parsed(text).root)


def line_of(markup: str) -> str:
    """The text of a fragment of HTML as one line, for headlines and names."""
    return " ".join(lines_of(markup))


def shown_lines(root: LexborNode | None) -> list[str]:
    """The lines of text that an element shows, in reading order."""
    return shown(root).lines


def shown(root: LexborNode | None) -> Shown:
    """What an element shows."""
    page = Shown([], [], [0], [0], [])
    parts: list[str] = []
    box = captions = 0
    for is_start, node in walk(root):
        tag = node.tag
        if tag == "-text":
            parts.append((node.text_content or "").replace("\n", " "))
            continue
        captions += (1 if is_start else -1) if tag == "figcaption" else 0
        if tag in CELLS or (tag in BLOCKS and captions and tag != "figcaption"):
            parts.append(" ")
        elif tag in BLOCKS:
            _close(page, parts, box)
            if tag == "time" and is_start:
                page.times.append(
                    ShownTime(len(page.lines), node.attributes.get("datetime") or node.text().strip())
                )
            elif tag in BOXES and is_start:
                page.outer.append(box)
                page.ends.append(0)
                box = len(page.outer) - 1
            elif tag in BOXES:
                page.ends[box] = len(page.lines)
                box = page.outer[box]
    _close(page, parts, box)
    page.ends[0] = len(page.lines)
    return page


def _close(page: Shown, parts: list[str], box: int) -> None:
    """Ends the line that `parts` make."""
    lines = _split("".join(parts))
    page.lines.extend(lines)
    page.box_of.extend([box] * len(lines))
    parts.clear()


def _split(text: str) -> list[str]:
    text = _ESCAPED_AGAIN.sub(lambda match: html.unescape(f"&{match[1]}"), text).translate(_DROPPED)
    lines = (_BLANKS.sub(" ", line).strip() for line in _LINE_ENDS.split(text))
    return [line for line in lines if line]


def walk(root: LexborNode | None) -> Iterator[tuple[bool, LexborNode]]:
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
