"""Reads schema.org LiveBlogPosting as microdata: itemscope, itemtype and itemprop in the page's elements."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

from loaders.errors import SourceError
from loaders.model import Problem
from loaders.sources.drafts import Page
from loaders.sources.html_text import line_of, lines_of, shown_lines, walk
from loaders.sources.json_ld import own_id
from loaders.sources.postings import Posting, reporters_among

_BLOG = '[itemtype$="LiveBlogPosting" i]'


def microdata_in(root: LexborNode) -> tuple[list[Posting], Page, list[Problem]]:
    """The posts marked as updates of a live blog, in page order, what the blog says of itself, and what is wrong."""
    blog = root.css_first(_BLOG)
    said = dict(_properties(blog)) if blog is not None else {}
    page = Page(
        title=_value(said.get("headline") or said.get("name")),
        outlet=_name(said.get("publisher")),
        url=_value(said.get("url") or said.get("mainEntityOfPage")),
    )
    postings, problems = [], []
    items = list(_items(root, _is_update)) or list(_items(blog, _is_posting) if blog is not None else ())
    for number, item in enumerate(items, 1):
        try:
            postings.append(_posting(item, page))
        except SourceError as error:
            problems.append(Problem(f"update {number} of the page: {error.what}", error.advice))
    return postings, page, problems


def _items(root: LexborNode, is_one: Callable[[LexborNode], bool]) -> Iterator[LexborNode]:
    """The items that are posts, in page order; one inside another is part of it."""
    inside = 0
    for is_start, node in walk(root):
        if node.is_element_node and is_one(node):
            if is_start and not inside:
                yield node
            inside += 1 if is_start else -1


def _is_update(node: LexborNode) -> bool:
    return "liveblogupdate" in (node.attributes.get("itemprop") or "").casefold().split()


def _is_posting(node: LexborNode) -> bool:
    """Whether an item says what it is, but not that it is an update."""
    return (node.attributes.get("itemtype") or "").casefold().endswith("/blogposting")


def _posting(item: LexborNode, page: Page) -> Posting:
    properties = list(_properties(item))
    said = dict(reversed(properties))
    url = _value(said.get("url"))
    names = [_name(node) for key, node in properties if key == "author"]
    outlets = (page.outlet, _name(said.get("publisher")))
    body = said.get("articleBody") or said.get("text") or said.get("description")
    return Posting(
        headline=_value(said.get("headline") or said.get("name")),
        lines=tuple(_lines(body)),
        authors=reporters_among(names, outlets),
        when=_value(said.get("datePublished") or said.get("dateCreated") or said.get("dateModified")),
        own_id=own_id(url, page.url) or item.id or "",
        url=url if url.startswith(("http://", "https://")) else "",
    )


def _properties(item: LexborNode) -> Iterator[tuple[str, LexborNode]]:
    """The properties of an item in order; those of items inside it are theirs."""
    inside = 0
    for is_start, node in walk(item):
        if node.mem_id == item.mem_id or not node.is_element_node:
            continue
        attributes = node.attributes
        if is_start and not inside:
            for key in (attributes.get("itemprop") or "").split():
                yield key, node
        if "itemscope" in attributes:
            inside += 1 if is_start else -1


def _name(node: LexborNode | None) -> str:
    """The name of a person or an organization, marked as an item of its own or printed."""
    if node is None or "itemscope" not in node.attributes:
        return _value(node)
    return _value(dict(_properties(node)).get("name"))


def _value(node: LexborNode | None) -> str:
    return " ".join(_lines(node))


def _lines(node: LexborNode | None) -> list[str]:
    """What a property says: in an attribute where the standard puts it there, otherwise in its text."""
    if node is None:
        return []
    attributes = node.attributes
    for key in ("content", "datetime", "href", "src"):
        if stated := attributes.get(key):
            return lines_of(stated) if key == "content" else [line_of(stated)]
    return shown_lines(node)
