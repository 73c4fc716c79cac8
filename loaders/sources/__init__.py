"""Reads a live blog from a file or a text, in whatever of the known formats it is, into a `Blog`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from loaders.model import Blog
from loaders.sources.decoding import decoded, file_content
from loaders.sources.pasted import read_pasted


def read_source(path: Path, *, read_at: datetime | None = None, zone: str = "") -> Blog:
    """The live blog in a file; the format is found from its content, not from its name.

    Args:
        path: Pasted text, a saved HTML page, or Guardian blocks in JSON.
        read_at: When the page was read (aware); ages count from it. A page may state it itself.
        zone: IANA zone of stamps that print none.

    Raises:
        SourceError: The file cannot be read as a live blog: missing, empty, binary, too large, without posts.
        ClockError: The posts carry ages, and nobody says when the page was read.
    """
    return read_source_text(file_content(Path(path)), name=str(path), read_at=read_at, zone=zone)


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
    text = decoded(content, name=name)
    return read_pasted(text, read_at=read_at, zone=zone, name=name)
