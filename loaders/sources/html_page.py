"""Reads a saved HTML page: JSON-LD with posts, microdata or other JSON otherwise, completed by what the page shows."""

from __future__ import annotations

from dataclasses import replace

from selectolax.lexbor import LexborNode

from loaders.model import Problem
from loaders.sources.drafts import Page
from loaders.sources.json_ld import live_blog_in
from loaders.sources.json_values import read_json
from loaders.sources.markup import parsed
from loaders.sources.microdata import microdata_in
from loaders.sources.postings import Posting
from loaders.sources.visible import completed

_LINKED_DATA = 'script[type*="ld+json" i]'
_OTHER_JSON = 'script[type="application/json" i]'


def html_in(markup: str) -> tuple[list[Posting], Page, list[Problem]] | None:
    """The posts of a page, what it says of itself, and what could not be read; None for a page without posts.

    Raises:
        SourceError: It is HTML that cannot be parsed.
    """
    root = parsed(markup).root
    if root is None:
        return None
    found = _stated(root)
    if found is None:
        return None
    postings, page, problems = found
    return completed(postings, root), _named(page, root), problems


def _stated(root: LexborNode) -> tuple[list[Posting], Page, list[Problem]] | None:
    """The posts in JSON-LD, else in microdata, else in the JSON a page's own program is fed with."""
    values, problems = _scripts(root, _LINKED_DATA)
    if found := live_blog_in(values):
        postings, page, others = found
    else:
        postings, page, others = microdata_in(root)
    if not postings and (found := live_blog_in(_scripts(root, _OTHER_JSON)[0])):
        postings, page, others = found
    return (postings, page, [*problems, *others]) if postings else None


def _scripts(root: LexborNode, kind: str) -> tuple[list[object], list[Problem]]:
    """The JSON of all scripts of a kind, and a row for each with posts in it that is none."""
    values: list[object] = []
    problems = []
    for script in root.css(kind):
        text = script.text()
        found = read_json(text)
        values += found
        if not found and "liveBlogUpdate" in text:
            what = "a JSON-LD script with posts is not JSON, even with what outlets get wrong forgiven"
            problems.append(Problem(what, "posts that stand only there are missing"))
    return values, problems


def _named(page: Page, root: LexborNode) -> Page:
    """The page with its name, address and title from its head where the posts' data lacks them."""
    return replace(
        page,
        title=page.title or _meta(root, "og:title") or _text(root, "title"),
        outlet=_meta(root, "og:site_name") or page.outlet,
        url=page.url or _meta(root, "og:url") or _link(root),
    )


def _meta(root: LexborNode, name: str) -> str:
    node = root.css_first(f'meta[property="{name}"], meta[name="{name}"]')
    return " ".join((node.attributes.get("content") or "").split()) if node is not None else ""


def _text(root: LexborNode, name: str) -> str:
    node = root.css_first(name)
    return " ".join(node.text().split()) if node is not None else ""


def _link(root: LexborNode) -> str:
    node = root.css_first('link[rel="canonical" i]')
    return (node.attributes.get("href") or "").strip() if node is not None else ""
