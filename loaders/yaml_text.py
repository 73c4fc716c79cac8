"""Writes YAML that reads back as what was given, whatever the text of a stranger's page holds.

Words in quotes, one line each: nothing in them can end the line, open a bracket, or turn the writing around.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from loaders.model import iso

_BARE = re.compile(r"[a-z]+(?: [a-z]+)*(?:-[a-z]+)*")
_MEANS_SOMETHING = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_RUN = re.compile(r"([\[{?-]) ?(?:[\[{?-] ?){19,}")
"""So many of these in a row look like a file that nests too deep, which is refused."""


def entry(values: Mapping[str, object]) -> str:
    """One entry of a list, a line a key; lists stand in brackets."""
    lines = [f"{key}: {scalar(value)}".rstrip() for key, value in values.items()]
    return "".join(f"{'- ' if not at else '  '}{line}\n" for at, line in enumerate(lines))


def scalar(value: object) -> str:
    """One value, or a list of them, on one line; None is left empty."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, str):
        return _words(value)
    if isinstance(value, Iterable):
        return f"[{', '.join(scalar(part) for part in value)}]"
    return repr(value)


def _words(text: str) -> str:
    if _BARE.fullmatch(text) and text not in _MEANS_SOMETHING:
        return text
    shown = "".join(_escaped(letter) for letter in text)
    return f'"{_RUN.sub(_hidden, shown)}"'


def _escaped(letter: str) -> str:
    """A letter as it may stand between quotes: what is not seen, or steers what is seen, by its number."""
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    number = ord(letter)
    if 0xD800 <= number <= 0xDFFF:
        return "\ufffd"
    if letter.isprintable():
        return letter
    return (
        f"\\x{number:02X}"
        if number < 0x100
        else f"\\u{number:04X}"
        if number < 0x10000
        else f"\\U{number:08X}"
    )


def _hidden(run: re.Match[str]) -> str:
    return "".join(letter if letter == " " else f"\\x{ord(letter):02X}" for letter in run[0])
