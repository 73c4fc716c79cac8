"""Reads schema.org LiveBlogPosting as JSON-LD: in a script, a list, an @graph, or an object inside another.

Where a page holds several, the posts of all that are of this page are read, and the same post is read once.
Only what the standard names is read: liveBlogUpdate with headline, articleBody, datePublished, author, url.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from urllib.parse import unquote, urlsplit

from loaders.errors import SourceError
from loaders.model import Problem
from loaders.sources.drafts import Page
from loaders.sources.html_text import line_of, lines_of
from loaders.sources.json_values import objects_in
from loaders.sources.postings import Posting, joined_posts, reporters_among

Object = Mapping[str, object]

_BODIES = ("articleBody", "text", "description", "abstract")
_TIMES = ("datePublished", "dateCreated", "uploadDate", "dateModified")


def live_blog_in(values: Sequence[object]) -> tuple[list[Posting], Page, list[Problem]] | None:
    """The posts of the live blogs in some JSON values, what the one with most posts says of itself, and problems.

    A live blog of another address is another page's: its posts are left out, and a problem says so. None where
    no posts are found.
    """
    blogs = [found for value in values for found in objects_in(value) if _updates(found)]
    if not blogs:
        return None
    main = max(blogs, key=lambda blog: len(_updates(blog)))
    page = page_of(main)
    lists: list[list[Posting]] = []
    problems: list[Problem] = []
    for blog in (main, *(blog for blog in blogs if blog is not main)):
        if _is_elsewhere(_url(blog), page.url):
            what = f"the page holds another live blog too: {_text(blog.get('headline'))[:80] or _url(blog)[:80]!r}"
            problems.append(Problem(what, "its posts are left out; save that page to read them"))
            continue
        postings, others = postings_of(blog, values)
        lists.append(postings)
        problems += others
    return (joined, page, problems) if (joined := joined_posts(lists)) else None


def _is_elsewhere(url: str, main: str) -> bool:
    """Whether two addresses are of two pages; parts of one page differ behind the path at most."""
    paths = [re.split(r"[?#]", address, maxsplit=1)[0].rstrip("/") for address in (url, main)]
    return all(path.startswith(("http://", "https://")) for path in paths) and paths[0] != paths[1]


def postings_of(blog: Object, values: Sequence[object] = ()) -> tuple[list[Posting], list[Problem]]:
    """The posts of a live blog in its own order, and what in it is no post.

    Args:
        blog: The LiveBlogPosting.
        values: The JSON it stands in, where posts may stand that it only points to by `@id`.
    """
    named = {
        found["@id"]: found
        for value in values
        for found in objects_in(value)
        if isinstance(found.get("@id"), str) and not set(found) <= {"@id", "@type"}
    }
    outlets = set(_names(blog.get("publisher")))
    page_url = _text(blog.get("url")) or _text(blog.get("@id"))
    postings, problems = [], []
    for number, update in enumerate(_updates(blog), 1):
        if isinstance(update, Mapping) and set(update) <= {"@id", "@type"}:
            update = named.get(_text(update.get("@id")), {})
        if not isinstance(update, Mapping) or not update:
            said = repr(update[:60]) if isinstance(update, str) else type(update).__name__
            what = f"update {number} of the page is no post but {said}"
            problems.append(Problem(what, "look at the page's structured data"))
            continue
        try:
            postings.append(_posting(update, page_url, outlets))
        except SourceError as error:
            problems.append(Problem(f"update {number} of the page: {error.what}", error.advice))
    return postings, problems


def page_of(blog: Object) -> Page:
    """What the live blog says of itself."""
    return Page(
        title=line_of(_text(blog.get("headline")) or _text(blog.get("name"))),
        outlet=outlet_of(blog),
        url=_url(blog),
    )


def outlet_of(blog: Object) -> str:
    """The publisher's name."""
    return next(iter(_names(blog.get("publisher"))), "")


def _updates(blog: Object) -> list[object]:
    """The posts of a live blog: a list, one post, an ItemList, or an object that numbers them."""
    updates = blog.get("liveBlogUpdate")
    if isinstance(updates, Mapping):
        listed = updates.get("@list", updates.get("itemListElement"))
        numbered = bool(updates) and all(key.isdecimal() for key in updates)
        updates = listed if listed is not None else list(updates.values()) if numbered else [updates]
    if not isinstance(updates, list):
        return []
    parts = chain.from_iterable(part if isinstance(part, list) else [part] for part in updates)
    return [part.get("item", part) if isinstance(part, Mapping) else part for part in parts]


def _posting(update: Object, page_url: str, outlets: set[str]) -> Posting:
    bodies = (lines_of(_joined(update.get(key))) for key in _BODIES)
    url = _url(update)
    return Posting(
        headline=line_of(_text(update.get("headline")) or _text(update.get("name"))),
        lines=tuple(next((body for body in bodies if body), ())),
        authors=reporters_among((*_names(update.get("author")), *_names(update.get("creator"))), outlets),
        when=next((when for key in _TIMES if (when := _time(update.get(key)))), None),
        own_id=own_id(_text(update.get("@id")), page_url)
        or own_id(url, page_url)
        or _text(update.get("identifier")),
        url=url if url.startswith(("http://", "https://")) else "",
    )


def own_id(address: str, page_url: str) -> str:
    """The outlet's id for a post, from its address: the fragment, or the last part of one of its own."""
    if not address or address == page_url:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.fragment:
        return unquote(parts.fragment)
    if parts.scheme in ("http", "https") and address.split("#")[0].rstrip("/") == page_url.split("#")[
        0
    ].rstrip("/"):
        return ""
    return unquote(parts.path.rstrip("/").rpartition("/")[2])


def _names(value: object) -> Iterator[str]:
    """The names in an author or publisher: a text, an object, or a list of these."""
    waiting = deque([value])
    while waiting:
        found = waiting.popleft()
        if isinstance(found, list):
            waiting.extendleft(reversed(found))
        elif isinstance(found, Mapping):
            waiting.appendleft(found.get("name"))
        elif isinstance(found, str) and (name := line_of(found)):
            yield name


def _joined(value: object) -> str:
    """A body as one text: a text, a list of these, or the object whose text it is."""
    if isinstance(value, Mapping) and isinstance(value.get("text"), str):
        value = value["text"]
    if isinstance(value, list):
        return "\n".join(part for part in value if isinstance(part, str))
    return _text(value)


def _time(value: object) -> object:
    """A time as stated: a text or a number, alone, in a list, or as the value of a typed one."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get("@value") if isinstance(value, Mapping) else value


def _url(found: Object) -> str:
    page = found.get("mainEntityOfPage")
    inner = page.get("@id") if isinstance(page, Mapping) else page
    return next((text for key in (found.get("url"), found.get("@id"), inner) if (text := _text(key))), "")


def _text(value: object) -> str:
    """A value as text where it is one: structured data has objects and numbers in its place."""
    if isinstance(value, Mapping):
        value = value.get("@value", value.get("@id"))
    if isinstance(value, list):
        value = next((part for part in value if isinstance(part, str)), "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""
