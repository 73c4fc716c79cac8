"""Reads the Guardian's blocks: an answer of its Content API, or the JSON its front end renders pages from.

Both name the same things differently: the Content API gives dates in ISO 8601 and one `bodyHtml` a block, the
front end gives milliseconds and a list of elements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loaders.errors import SourceError
from loaders.model import Problem
from loaders.sources.drafts import Page
from loaders.sources.html_text import line_of, lines_of
from loaders.sources.json_values import objects_in
from loaders.sources.postings import Posting, reporters_among
from loaders.sources.stamps import read_stamp

Object = Mapping[str, object]

OUTLET = "The Guardian"
_TIMES = ("blockFirstPublished", "firstPublishedDate", "publishedDate", "blockCreatedOn", "createdDate")
_TITLES = ("webTitle", "headline")
_ADDRESSES = ("webUrl", "webURL", "canonicalUrl")


def guardian_in(values: Sequence[object]) -> tuple[list[Posting], Page, list[Problem]] | None:
    """The posts of the first article with blocks, its page, and what is wrong; None without an article."""
    for article in (found for value in values for found in objects_in(value)):
        if blocks := _in_answer(article.get("blocks")):
            return _read(article, blocks)
    if len(values) == 1 and (blocks := _in_answer(values[0])):
        return _read({}, blocks)
    return None


def _read(article: Object, blocks: Sequence[object]) -> tuple[list[Posting], Page, list[Problem]]:
    page = Page(
        title=line_of(_first(article, _TITLES)),
        outlet=OUTLET,
        url=_first(article, _ADDRESSES),
        zone=_zone(blocks),
    )
    postings, problems = [], []
    for number, block in enumerate(blocks, 1):
        if not isinstance(block, Mapping):
            what = f"block {number} is no block but {type(block).__name__}"
            problems.append(Problem(what, "look at the JSON"))
            continue
        try:
            postings.append(_posting(block, page.url))
        except SourceError as error:
            problems.append(Problem(f"block {number}: {error.what}", error.advice))
    return postings, page, problems


def _in_answer(blocks: object) -> list[object]:
    """The blocks in a list of them, or in the object the Content API puts them in: all, or those asked for."""
    lists = [blocks]
    if isinstance(blocks, Mapping):
        asked_for = blocks.get("requestedBodyBlocks")
        lists = [blocks.get("body"), *(asked_for.values() if isinstance(asked_for, Mapping) else ())]
    return max(filter(_are_blocks, map(_listed, lists)), key=len, default=[])


def _are_blocks(blocks: Sequence[object]) -> bool:
    """Whether a list is one of blocks: most have an id and a body or elements."""
    alike = [
        b for b in blocks if isinstance(b, Mapping) and "id" in b and ("bodyHtml" in b or "elements" in b)
    ]
    return bool(blocks) and 2 * len(alike) > len(blocks)


def _posting(block: Object, page_url: str) -> Posting:
    block_id = block["id"] if isinstance(block.get("id"), str) else ""
    contributors = _listed(block.get("contributors"))
    names = (_first(person, ("name", "webTitle")) for person in contributors if isinstance(person, Mapping))
    markup = block.get("bodyHtml")
    return Posting(
        headline=line_of(_first(block, ("title",))),
        lines=tuple(
            _element_lines(block.get("elements")) or lines_of(markup if isinstance(markup, str) else "")
        ),
        authors=reporters_among(map(line_of, names), (OUTLET,)),
        when=next((time for key in _TIMES if (time := _time(block.get(key)))), None),
        own_id=str(block_id),
        url=f"{page_url}?page=with:block-{block_id}#block-{block_id}" if page_url and block_id else "",
    )


def _element_lines(elements: object) -> list[str]:
    """The lines of the front end's elements: text, captions and credits of pictures, titles of videos."""
    lines: list[str] = []
    for element in _listed(elements):
        if not isinstance(element, Mapping):
            continue
        data = element.get("data")
        words = data if isinstance(data, Mapping) else element
        if markup := _first(element, ("html",)) or _first(words, ("html",)):
            lines += lines_of(markup)
            continue
        caption = [line_of(_first(words, (key,))) for key in ("caption", "credit")]
        lines += [" ".join(part for part in caption if part)] if any(caption) else []
        lines += lines_of(_first(element, ("mediaTitle", "title", "text", "quote")))
    return lines


def _zone(blocks: Sequence[object]) -> str:
    """The zone whose word the front end prints beside its times."""
    for block in blocks:
        if isinstance(block, Mapping) and (shown := _first(block, ("blockFirstPublishedDisplay",))):
            line = read_stamp(shown)
            return line.zone_name if line else ""
    return ""


def _time(value: object) -> object:
    """A date as ISO text or a number; the Content API also has objects that hold one."""
    if isinstance(value, Mapping):
        value = value.get("iso8601") or value.get("dateTime")
    return value if isinstance(value, str | int | float) else None


def _first(found: Object, keys: Sequence[str]) -> str:
    return next(
        (value.strip() for key in keys if isinstance(value := found.get(key), str) and value.strip()), ""
    )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
