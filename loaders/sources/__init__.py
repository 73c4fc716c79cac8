"""Reads a live blog from a file or a text, in whatever of the known formats it is, into a `Blog`.

One module reads each format: `pasted`, `json_ld`, `microdata`, `guardian`. All end in the same shape, made by
`drafts` (and for structured data by `postings`, which puts the text together).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from loaders.errors import LoaderError, SourceError
from loaders.model import Blog
from loaders.sources.decoding import decoded, file_content
from loaders.sources.guardian import guardian_in
from loaders.sources.html_page import html_in
from loaders.sources.json_ld import live_blog_in
from loaders.sources.json_values import read_json
from loaders.sources.pasted import read_pasted
from loaders.sources.postings import assembled

_HTML = re.compile(
    r"<(?:!doctype|html|head|body|script|meta|div|article|section|main|link|title)\b|<!--", re.IGNORECASE
)
_JSON = re.compile(r"[\[{]\s*[\"\[{]")
_HEAD = 20_000
"""Code points in which a page that begins with a sign of markup must show what it is."""


def read_source(path: Path, *, read_at: datetime | None = None, zone: str = "") -> Blog:
    """The live blog in a file; the format is found from its content, not from its name.

    Args:
        path: Pasted text, a saved HTML page, or Guardian blocks in JSON.
        read_at: When the page was read (aware); ages count from it. It goes before what the page itself says.
        zone: IANA zone of stamps that print none.

    Raises:
        SourceError: The file cannot be read as a live blog: missing, empty, binary, too large, without posts.
        ClockError: The posts carry ages, and nobody says when the page was read.
    """
    with errors_naming(str(path)):
        return _read(decoded(file_content(Path(path))), read_at, zone)


def read_source_text(
    content: str | bytes, *, name: str = "", read_at: datetime | None = None, zone: str = ""
) -> Blog:
    """The live blog in an uploaded file's bytes or a pasted text; see `read_source`.

    Args:
        content: What was uploaded or pasted.
        name: What it is called in errors.
        read_at: When the page was read (aware).
        zone: IANA zone of stamps that print none.

    Raises:
        SourceError: The content cannot be read as a live blog.
        ClockError: The posts carry ages, and nobody says when the page was read.
    """
    with errors_naming(name):
        return _read(decoded(content), read_at, zone)


def _read(text: str, read_at: datetime | None, zone: str) -> Blog:
    opening = text[:_HEAD].lstrip()
    if opening.startswith(("{", "[")) and (values := read_json(text)):
        found, kind = (
            guardian_in(values) or live_blog_in(values),
            "JSON without Guardian blocks or a LiveBlogPosting",
        )
    elif _JSON.match(opening):
        raise _broken_json()
    elif opening.startswith("<") and _HTML.search(opening):
        found, kind = html_in(text), "an HTML page without a LiveBlogPosting"
    else:
        return read_pasted(text, read_at=read_at, zone=zone)
    if found is None:
        raise _no_posts(kind)
    postings, page, problems = found
    return assembled(postings, replace(page, zone=zone or page.zone, read_at=read_at), problems)


@contextmanager
def errors_naming(name: str) -> Iterator[None]:
    """Adds the source's name to errors that are about it and do not name it."""
    try:
        yield
    except LoaderError as error:
        if error.file or not name:
            raise
        known = {"entry": error.entry, "allowed": error.allowed, "advice": error.advice}
        raise type(error)(error.what, file=name, value=error.value, **known) from None


def _broken_json() -> SourceError:
    return SourceError(
        "this is JSON that cannot be read: it is broken, or nested too deeply",
        allowed="Guardian blocks, or a schema.org LiveBlogPosting",
        advice="save it again",
    )


def _no_posts(kind: str) -> SourceError:
    return SourceError(
        f"no posts were found: this is {kind}",
        allowed="pasted text with stamps, a page with schema.org LiveBlogPosting, Guardian blocks in JSON",
        advice="copy the page's text with its stamps, and read that",
    )
