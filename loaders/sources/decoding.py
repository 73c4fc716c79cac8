"""Turns the bytes of a source into text, and says plainly when they are no text.

Tried in this order: a byte order mark, UTF-8, the charset an HTML page declares, Windows-1252. Only what must
change is changed: the byte order mark and NUL go, line ends become LF.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from loaders.errors import SourceError

LARGEST = 64 * 1024 * 1024
"""Bytes; a live blog's page of several thousand posts has less than a tenth."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def file_content(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        SourceError: It is missing, no file, not readable or too large.
    """
    try:
        if path.is_dir():
            raise SourceError(
                "this is a folder",
                allowed="a file with one live blog",
                advice="name the file in it",
            )
        if not path.is_file():
            raise SourceError("there is no such file", advice="check the name")
        size = path.stat().st_size
        if size > LARGEST:
            raise _too_large(size)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise SourceError(f"the file cannot be read: {error}") from None


def decoded(content: str | bytes) -> str:
    """The content as text, with LF line ends and neither byte order mark nor NUL.

    Raises:
        SourceError: It is empty, too large, binary, or in an encoding that cannot be told.
    """
    if len(content) > LARGEST:
        raise _too_large(len(content))
    text = content if isinstance(content, str) else _text(content)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    text = _SURROGATES.sub("\ufffd", text)
    if not text.strip():
        raise SourceError("there is nothing in it", allowed="a live blog: pasted text, HTML or JSON")
    return text


def _text(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _with(content[len(mark) :], encoding)
    if _is_binary(content):
        raise _binary()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(content, error)


def _with(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _wrong_encoding(f"the byte order mark says {encoding}, but {error.reason}") from None


def _not_utf8(content: bytes, error: UnicodeDecodeError) -> str:
    """Text that is not UTF-8 throughout: damaged UTF-8, a declared charset, or Windows-1252."""
    damaged = content.decode("utf-8", "replace")
    wrong = damaged.count("\ufffd")
    whole = sum(c > "\x7f" for c in damaged) - wrong
    if whole >= 10 * wrong:
        return damaged
    for encoding in (_declared(content), "cp1252"):
        text = _tried(content, encoding)
        if text is not None and len(_CONTROLS.findall(text[:100_000])) * 100 <= len(text[:100_000]):
            return text
    raise _wrong_encoding(f"byte {error.start} is not UTF-8")


def _declared(content: bytes) -> str:
    match = _DECLARED.search(content, 0, 4096)
    return match[1].decode("ascii") if match else ""


def _tried(content: bytes, encoding: str) -> str | None:
    try:
        if not codecs.lookup(encoding)._is_text_encoding:
            return None
        return content.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return None


def _is_binary(content: bytes) -> bool:
    """Whether the first bytes hold more control characters than any text has."""
    head = content[:65536]
    controls = sum(head.count(bytes([byte])) for byte in (*range(0x00, 0x09), *range(0x0E, 0x1B)))
    return controls * 50 > len(head) or head.startswith(
        (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\x1f\x8b", b"\xff\xd8\xff")
    )


def _binary() -> SourceError:
    return SourceError(
        "this is not text",
        allowed="pasted text, a saved HTML page, or Guardian blocks in JSON",
        advice="save the page as HTML, or copy its text into a file",
    )


def _wrong_encoding(why: str) -> SourceError:
    return SourceError(
        f"the encoding cannot be told: {why}",
        allowed="UTF-8, UTF-16 with a byte order mark, or the charset that the HTML declares",
        advice="save it as UTF-8",
    )


def _too_large(size: int) -> SourceError:
    return SourceError(
        "this is too large for one live blog",
        value=f"{size:,} bytes",
        allowed=f"up to {LARGEST:,} bytes",
        advice="cut it into several files",
    )
