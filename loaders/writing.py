"""Writes a file or a folder whole or not at all, and never over what somebody else has put there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from loaders.errors import LoaderError

_ANOTHER = "choose another with --out, or move it aside with --force"


def write_folder(
    contents: Mapping[str, bytes], folder: Path, *, may_replace: Collection[str] = ()
) -> list[Path]:
    """Writes files into `folder`; returns their paths.

    All of it goes to a temporary folder beside and is moved into place whole: a reader never sees half.

    Args:
        contents: The content of each file by its name.
        folder: A new folder, or one that holds no other files than may be replaced.
        may_replace: The names of the files that may be lost.

    Raises:
        LoaderError: The folder cannot be written, or holds other files (none is lost).
    """
    try:
        _refuse_foreign(folder, may_replace)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
            for name, data in contents.items():
                (Path(scratch) / name).write_bytes(data)
            _move_into_place(Path(scratch), folder)
    except OSError as error:
        raise LoaderError(
            f"the folder cannot be written: {error.strerror or error}",
            file=folder,
            advice="choose another with --out",
        ) from error
    return [folder / name for name in contents]


def write_file(data: bytes, path: Path, *, may_replace: Callable[[bytes], bool]) -> None:
    """Writes a file whole or not at all.

    Args:
        data: Its content.
        path: A new file, or one that may be lost.
        may_replace: Whether a file with this content may be lost.

    Raises:
        LoaderError: The file cannot be written, or another stands there (it is not lost).
    """
    try:
        if path.exists() and not (path.is_file() and may_replace(path.read_bytes())):
            raise LoaderError(
                "something else stands where the file is to be written",
                file=path,
                allowed="a new file, or one written before",
                advice=_ANOTHER,
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as scratch:
            ready = Path(scratch) / path.name
            ready.write_bytes(data)
            ready.rename(path)
    except OSError as error:
        raise LoaderError(
            f"the file cannot be written: {error.strerror or error}",
            file=path,
            advice="choose another with --out",
        ) from error


def _refuse_foreign(folder: Path, ours: Collection[str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise LoaderError("this is a file, not a folder", file=folder, advice=_ANOTHER)
    if folder.is_dir() and (
        foreign := sorted(entry.name for entry in folder.iterdir() if entry.name not in ours)
    ):
        raise LoaderError(
            "the folder holds other files, which writing it whole would lose",
            file=folder,
            value=", ".join(foreign[:5]),
            allowed="an empty folder, a new one, or one written before"
            if ours
            else "an empty folder or a new one",
            advice=_ANOTHER,
        )


def _move_into_place(scratch: Path, folder: Path) -> None:
    """Swaps the finished folder in; the one written before is kept until the new one stands."""
    ready, old = scratch / "ready", scratch / "old"
    ready.mkdir()
    for entry in [entry for entry in scratch.iterdir() if entry.is_file()]:
        entry.rename(ready / entry.name)
    ready.chmod(0o755)
    if folder.exists():
        folder.rename(old)
    try:
        ready.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
