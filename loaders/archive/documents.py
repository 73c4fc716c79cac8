"""The files of a folder that are documents to read, with the hash of each; nothing is read into memory whole."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from loaders.archive.shape import document_id
from loaders.errors import LoaderError, SourceError
from loaders.sources.decoding import file_content

_PAGES = (".html", ".htm")
_COMPANIONS = "_files"


@dataclass(frozen=True, slots=True)
class Found:
    """One file: its key, its path below the folder as it is shown, where it is, and its hash ("" if unreadable)."""

    document_id: str
    path: str
    file: Path
    sha256: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that is no document, and why."""

    path: str
    why: str


def find(folder: Path, *, out: Path, only: Sequence[str] = ()) -> Iterator[Found | Skipped]:
    """Every file below `folder`, in the order of its path: a document, or skipped with the reason.

    Left out without a word is what is hidden. Skipped are symbolic links, what a browser saved beside a page
    (`PAGE_files` beside `PAGE.html`), and what `only` does not name.

    Args:
        folder: Where to look.
        out: The archive's own folder.
        only: Patterns such as `*.html`, one of which the file's name must fit; none for every file.

    Raises:
        LoaderError: The folder is not there, or the archive lies in it.
    """
    if not folder.is_dir():
        raise LoaderError(
            "there is no such folder", file=folder, advice="name the folder with the saved pages"
        )
    if out.resolve().is_relative_to(folder.resolve()):
        raise LoaderError(
            "the archive would lie in the folder it is made from",
            file=out,
            advice="choose another with --out",
        )
    yield from _in(folder, folder, only)


def _in(folder: Path, top: Path, only: Sequence[str]) -> Iterator[Found | Skipped]:
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(_shown(folder, top), f"the folder cannot be opened: {error.strerror or error}")
        return
    pages = {entry.name.rsplit(".", 1)[0] for entry in entries if entry.name.lower().endswith(_PAGES)}
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            yield Skipped(_shown(path, top), "a symbolic link")
        elif entry.is_dir():
            if entry.name.endswith(_COMPANIONS) and entry.name.removesuffix(_COMPANIONS) in pages:
                yield Skipped(_shown(path, top), "what a browser saved beside a page")
            else:
                yield from _in(path, top, only)
        elif only and not any(fnmatch(entry.name, pattern) for pattern in only):
            yield Skipped(_shown(path, top), "not what --only names")
        elif entry.is_file():
            yield _found(path, top)
        else:
            yield Skipped(_shown(path, top), "not a file")


def _found(path: Path, top: Path) -> Found:
    key = document_id(os.fsencode(path.relative_to(top).as_posix()))
    try:
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
            return Found(key, _shown(path, top), path, digest, opened.tell())
    except OSError:
        return Found(key, _shown(path, top), path, "")


def _shown(path: Path, top: Path) -> str:
    """A path as text; of a name that is no UTF-8, the bytes in hexadecimal."""
    return os.fsencode(path.relative_to(top).as_posix()).decode("utf-8", "backslashreplace")


def content_of(found: Found) -> bytes | SourceError:
    """The bytes of a document, or what is wrong with its file."""
    try:
        return file_content(found.file)
    except SourceError as error:
        return error
