"""Zips from strangers: what is safe is read, everything else is refused with a word, and nothing reaches the disk."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from loaders.errors import LoaderError
from loaders.unzipping import MOST_MEMBERS, is_zip, unzipped

Member = str | zipfile.ZipInfo


def packed(*members: tuple[Member, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members, the same bytes at any time of day: each process that shares the tests names them alike."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about the same name twice
        for name, data in members:
            member = zipfile.ZipInfo(name) if isinstance(name, str) else name
            archive.writestr(member, data, method)
    return out.getvalue()


def named(name: str, mode: int = 0o100644) -> zipfile.ZipInfo:
    """A member with a name as it is, which the library itself would tidy."""
    member = zipfile.ZipInfo("x")
    member.filename = name
    member.external_attr = mode << 16
    member.create_system = 3
    return member


def lying(content: bytes, says: int) -> bytes:
    """A zip whose one member is said to have another size, in its own head and in the list."""
    data = bytearray(packed(("a.txt", content)))
    central = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, 22, says)
    struct.pack_into("<L", data, central + 24, says)
    return bytes(data)


def flagged(bit: int) -> bytes:
    data = bytearray(packed(("a.txt", b"a")))
    data[6] |= bit
    data[data.index(b"PK\x01\x02") + 8] |= bit
    return bytes(data)


def overlapping(count: int) -> bytes:
    """Many names for one and the same packed stretch, as bombs have that unpack to thousands of times their size."""
    kernel = packed(("0", b"\0" * 1_000_000))
    at = kernel.index(b"PK\x01\x02")
    end = kernel.index(b"PK\x05\x06")
    entry = kernel[at:end]
    directory = b"".join(entry[:46] + bytes([65 + n]) for n in range(count))
    tail = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, count, count, len(directory), at, 0)
    return kernel[:at] + directory + tail


def test_files_are_read_as_they_are() -> None:
    files = {"datapackage.json": b"{}", "tables/posts.csv": b"a\r\n", "Überblick.txt": b""}
    assert unzipped(packed(*files.items(), ("tables/", b""))) == files
    assert unzipped(packed(*files.items(), method=zipfile.ZIP_STORED)) == files


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (packed(("bomb.txt", b"\0" * 20_000_000)), "too large once unpacked"),
        (packed(*((f"{n}.txt", b"\0" * 60_000_000) for n in range(4))), "too large once unpacked"),
        (overlapping(20), "too large once unpacked"),
        (packed(("large.txt", b"ab" * 35_000_000), method=zipfile.ZIP_STORED), "it is too large"),
        (packed(*((f"{n}", b"") for n in range(MOST_MEMBERS + 1))), "too many files"),
        (packed(*((f"{n:0200}", b"") for n in range(4000))), "lists too many files"),
        (packed((named("../evil.csv"), b"a")), "leads out of the folder"),
        (packed((named("tables/../../evil.csv"), b"a")), "leads out of the folder"),
        (packed((named("/etc/passwd"), b"a")), "leads out of the folder"),
        (packed((named("C:/evil.csv"), b"a")), "leads out of the folder"),
        (packed((named("tables\\evil.csv"), b"a")), "characters that names do not have"),
        (packed((named("a\x07.csv"), b"a")), "characters that names do not have"),
        (packed((named("a\u202egnp.exe"), b"a")), "characters that names do not have"),
        (packed((named("link", 0o120777), b"/etc/passwd")), "a link or a device"),
        (packed((named("pipe", 0o010644), b"")), "a link or a device"),
        (packed(("a.csv", b"1"), ("a.csv", b"2")), "holds a name twice"),
        (packed(("a.csv", b"1"), ("A.csv", b"2")), "holds a name twice"),
        (packed(("a.csv", b"1" * 99), method=zipfile.ZIP_LZMA), "packed in a way that is not read"),
        (flagged(0x1), "encrypted"),
        (lying(b"\0" * 1_000_000, 10), "not as large as it says|broken"),
        (lying(b"abc", 300), "not as large as it says|broken"),
        (packed(("a.csv", b"1"))[:-30], "broken"),
        (packed(("a.csv", b"1" * 1000)).replace(b"\x01\x00", b"\x09\x09", 1), "broken"),
        (b"PK\x03\x04", "broken"),
        (b"PK\x05\x06" + b"\xff" * 18, "too many files"),
    ],
)
def test_what_is_dangerous_or_broken_is_refused(content: bytes, what: str) -> None:
    assert is_zip(content)
    with pytest.raises(LoaderError, match=what):
        unzipped(content)


def test_a_list_of_members_in_the_format_for_huge_zips_is_refused() -> None:
    end_64 = b"PK\x06\x06" + b"\0" * 52 + b"PK\x06\x07" + b"\0" * 16
    whole = packed(("a.csv", b"1"))
    at = whole.index(b"PK\x05\x06")
    with pytest.raises(LoaderError, match="too many files"):
        unzipped(whole[:at] + end_64 + whole[at:])


def test_a_lie_about_sizes_never_unpacks_far(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    real = zlib.decompressobj

    class Watched:
        def __init__(self, *given: int) -> None:
            self.inner = real(*given)

        def decompress(self, data: bytes, most: int = 0) -> bytes:
            found = self.inner.decompress(data, most)
            steps.append(len(found))
            return found

        def __getattr__(self, name: str) -> object:
            return getattr(self.inner, name)

    monkeypatch.setattr(zipfile.zlib, "decompressobj", Watched)
    with pytest.raises(LoaderError):
        unzipped(lying(b"\0" * 30_000_000, 10))
    assert sum(steps) < 100_000


WHOLE = packed(("datapackage.json", b"{}" * 40), ("tables/posts.csv", b"a,b\r\n" * 40))


@given(some.lists(some.tuples(some.integers(0, len(WHOLE) - 1), some.integers(0, 255)), max_size=6))
@example([])
def test_whatever_is_changed_it_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for at, byte in changes:
        data[at] = byte
    with contextlib.suppress(LoaderError):
        unzipped(bytes(data))


@given(some.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for data in (content, b"PK\x03\x04" + content, content + WHOLE[WHOLE.index(b"PK\x05\x06") :]):
        with contextlib.suppress(LoaderError):
            unzipped(data)


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written: list[str] = []
    monkeypatch.setattr(Path, "write_bytes", lambda *_: written.append("file"))
    monkeypatch.setattr(zipfile.ZipFile, "extract", lambda *_: written.append("file"))
    unzipped(WHOLE)
    assert written == list(tmp_path.iterdir()) == []
