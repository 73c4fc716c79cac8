"""What the words of two reports of a kind of event tell them apart by: another pier, another street, another count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from loaders.timex.vocabulary import time_words
from loaders.vocabulary import language

_NUMBERED = re.compile(
    r"(?:\b(?:at|on|in|near|to|from|of|by|outside|inside|off|into|along|through|behind|for)\s+(?:the\s+)?([a-z]{3,})"
    r"|(?<=\s)([A-Z][a-z]+))\s+(?:No\.?\s*)?(\d{1,5}[A-Z]?)\b(?!\s*(?:%|[,.:]\d))"
)
"""A thing with its number: "at pier 3", "Route 7". What is counted has its number before it."""
_QUANTIFIERS = frozenset(
    {"least", "most", "about", "around", "over", "nearly", "almost", "some", "only", "just", "under"}
)
_NAMED = re.compile(r"((?:[A-Z][\w’'-]+\s+){1,3})([A-Z][a-z]+)\b")
_COUNTED = re.compile(r"\b(\d{1,9}|[a-z]{3,9})\s+(?=([a-z]{3,})\b)")


def are_told_apart(title: str, other: str, *, by_count: bool) -> bool:
    """Whether two titles name another of the same: pier 3 and pier 4, Mill Lane and Harbour Lane.

    Args:
        title: One report's title.
        other: The other's.
        by_count: Whether another number of the same is another event, as it is of arrests, while tolls grow.
    """
    left, right = _marks(title), _marks(other)
    shared = [mark for mark in left if mark in right and (by_count or not mark.startswith("#"))]
    return any(left[mark].isdisjoint(right[mark]) for mark in shared)


@lru_cache(maxsize=4096)
def _marks(title: str) -> Mapping[str, frozenset[str]]:
    """What is numbered, named or counted in a title, each with its numbers or names."""
    found: dict[str, set[str]] = {}
    for thing, value in (*_numbered(title), *_named(title), *_counted(title)):
        found.setdefault(thing, set()).add(value)
    return {thing: frozenset(values) for thing, values in found.items()}


def _numbered(title: str) -> Iterator[tuple[str, str]]:
    for match in _NUMBERED.finditer(title):
        thing = (match[1] or match[2]).lower()
        if thing not in _QUANTIFIERS:
            yield thing, match[3]


def _named(title: str) -> Iterator[tuple[str, str]]:
    for match in _NAMED.finditer(title):
        kind = match[2].lower()
        if kind in language().place_words - language().surnames_too:
            yield kind, match[1].split()[-1].lower()


def _counted(title: str) -> Iterator[tuple[str, str]]:
    numbers = time_words().numbers
    for match in _COUNTED.finditer(title):
        value = match[1] if match[1].isdecimal() else numbers.get(match[1])
        if value is not None:
            yield f"#{match[2]}", str(int(value))
