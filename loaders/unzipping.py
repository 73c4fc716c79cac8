"""Opens a zip held in memory so that none does harm: bounded in size, names that stay inside, nothing on disk."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from loaders.errors import SourceError

MOST_MEMBERS = 500
LARGEST_MEMBER = 64 * 1024 * 1024
LARGEST_WHOLE = 100 * 1024 * 1024
"""Bytes all members may have unpacked; the package of a thousand posts has about 50 million."""
MOST_SHRUNK = 100
"""How many times as large as the zip its content may be; tables and text come to 5 or 10."""
_SMALL = 1024 * 1024
"""Bytes of content below which it does not matter how far a zip was shrunk."""
_LARGEST_DIRECTORY = 512 * 1024
_END, _END_SIZE, _END_64 = b"PK\x05\x06", 22, b"PK\x06\x07"
_LONGEST_COMMENT = 65535
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_ADVICE = "download the package again, and do not unpack and repack it"


def is_zip(content: str | bytes) -> bool:
    """Whether content is a zip, by how it begins."""
    return isinstance(content, bytes) and content.startswith((b"PK\x03\x04", _END))


def unzipped(content: bytes) -> Mapping[str, bytes]:
    """The files of a zip by their names, without its folders.

    Raises:
        SourceError: It is broken, encrypted, too large once unpacked, shrunk further than any text can be, holds a
            name twice, a link, or a name that leads out of the folder it would be unpacked in.
    """
    _refuse_large_directory(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _refuse_too_many(members, len(content))
            for member in members:
                _refuse_dangerous(member)
            return dict(_contents(archive, [member for member in members if not member.is_dir()]))
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
        OverflowError,
        IndexError,
    ) as error:
        raise SourceError(
            f"this zip is broken: {str(error) or type(error).__name__}", advice=_ADVICE
        ) from None


def _refuse_large_directory(content: bytes) -> None:
    """Looks at the size of the list of members before it is read: a list alone can fill the memory."""
    tail = content[-(_END_SIZE + _LONGEST_COMMENT + 20) :]
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise SourceError("this zip is broken: it has no end", advice=_ADVICE)
    (size,) = struct.unpack_from("<L", tail, at + 12)
    if size > _LARGEST_DIRECTORY or _END_64 in tail:
        raise SourceError("this zip lists too many files", allowed=f"up to {MOST_MEMBERS}", advice=_ADVICE)


def _refuse_too_many(members: Sequence[zipfile.ZipInfo], size: int) -> None:
    if len(members) > MOST_MEMBERS:
        raise SourceError(
            "this zip holds too many files",
            value=len(members),
            allowed=f"up to {MOST_MEMBERS}",
            advice=_ADVICE,
        )
    whole = sum(member.file_size for member in members)
    if whole > LARGEST_WHOLE or (whole > _SMALL and whole > MOST_SHRUNK * size):
        raise SourceError(
            "this zip is too large once unpacked",
            value=f"{whole:,} bytes out of {size:,}",
            allowed=f"up to {LARGEST_WHOLE:,} bytes, and {MOST_SHRUNK} times the zip",
            advice=_ADVICE,
        )
    counted = Counter(member.filename.casefold() for member in members)
    if twice := [member.filename for member in members if counted[member.filename.casefold()] > 1]:
        raise SourceError("this zip holds a name twice", entry=_named(twice[0]), advice=_ADVICE)


def _refuse_dangerous(member: zipfile.ZipInfo) -> None:
    """Refuses a member that nobody who means well would pack."""
    name, mode = member.orig_filename, member.external_attr >> 16
    steps = name.split("/")
    kind = stat.S_IFMT(mode)
    wrong = {
        "its name leads out of the folder": name.startswith("/") or ".." in steps or ":" in name,
        "its name has characters that names do not have": "\\" in name
        or not name.isprintable()
        or not name.strip("/"),
        "it is a link or a device, not a file": kind not in (0, stat.S_IFREG, stat.S_IFDIR),
        "it is encrypted": bool(member.flag_bits & _ENCRYPTED),
        "it is packed in a way that is not read": member.compress_type not in _METHODS,
        "it is too large": member.file_size > LARGEST_MEMBER,
    }
    for what, is_so in wrong.items():
        if is_so:
            raise SourceError(f"a file of this zip is refused: {what}", entry=_named(name), advice=_ADVICE)


def _contents(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """Each file's name and bytes; read in steps, since what a zip says of its sizes may be a lie."""
    for member in members:
        with archive.open(member) as packed:
            content = packed.read(member.file_size + 1)
            rest = packed.read(1)
        if len(content) != member.file_size or rest:
            raise SourceError(
                "a file of this zip is not as large as it says", entry=_named(member.filename), advice=_ADVICE
            )
        yield member.filename, content


def _named(name: str) -> str:
    return f"file {name[:80]!a}"
