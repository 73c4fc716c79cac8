"""Reads a byline: the outlet, the reporters, and the city each of them reports from.

Forms: "From CNN's Jane Doe in Hong Kong", "From CNN's Jane Doe and John Roe", "By Jane Doe, BBC News". A
line that has a word no byline has is none; the words are in data/vocabulary/bylines.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import takewhile

from loaders.model import Reporter, Span
from loaders.registry import registries
from loaders.settings import Entry, Said, read_words
from loaders.vocabulary import Words, language

LONGEST = 300
"""No byline is longer than this many code points; longer lines are not looked at."""

_TOKEN = re.compile(r"[,;&|]|[^\s,;&|]+")
_POSSESSIVE = re.compile(r"['’ʼ][sS]?$")
_BREAKS = frozenset(",;|")


class BylineWords(Entry):
    """data/vocabulary/bylines.yaml; its header comment documents every field."""

    leads: tuple[Said, ...]
    dateline: tuple[Said, ...]
    joints: Words
    particles: Words
    outlets: Words
    roles: Words

    @cached_property
    def in_names(self) -> frozenset[str]:
        """Words that are part of a name or a place although they are not capitalised."""
        return self.particles | language().name_particles


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline as printed, and who and where it names."""

    span: Span
    outlet: Span | None = None
    reporters: tuple[Reporter, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    span: Span
    word: str

    @property
    def plain(self) -> str:
        return self.word.casefold()

    @property
    def is_capital(self) -> bool:
        first = next((c for c in self.word if c.isalpha()), "")
        return first.isupper() or (first != "" and not first.islower())


@dataclass(frozen=True, slots=True)
class _Item:
    """One element of the list: a name, then perhaps the words of a place."""

    name: tuple[_Token, ...]
    place: tuple[_Token, ...] = ()
    after: str = ""
    """The sign or word that joins it to the one before."""


@cache
def byline_words() -> BylineWords:
    """The vocabulary of bylines, read once."""
    return read_words("bylines", BylineWords)


def read_byline(text: str, line: Span) -> Byline | None:
    """The byline that the line at that span is, None if it is none.

    Args:
        text: The whole text, which all spans are offsets into.
        line: The line, without blanks around it.
    """
    lead = _lead().match(text, line.start, line.end) if line.end - line.start <= LONGEST else None
    tokens = _tokens(text, Span(lead.end(), line.end)) if lead else []
    return _read(line, tokens) if tokens and not _ends_a_sentence(tokens[-1]) else None


def read_names(text: str, line: Span) -> Byline | None:
    """The names in words that are known to be a byline, with "By" or without; None if they are odd.

    Args:
        text: The whole text, which all spans are offsets into.
        line: The words.
    """
    if line.end - line.start > LONGEST:
        return None
    lead = _lead().match(text, line.start, line.end)
    return _read(line, _tokens(text, Span(lead.end() if lead else line.start, line.end)))


@cache
def _lead() -> re.Pattern[str]:
    """What a byline opens with."""
    leads = sorted(byline_words().leads, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, leads))})(?::\s*|\s+)", re.IGNORECASE)


def _tokens(text: str, line: Span) -> list[_Token]:
    return [_Token(Span(*match.span()), match[0]) for match in _TOKEN.finditer(text, line.start, line.end)]


def _read(line: Span, tokens: list[_Token]) -> Byline | None:
    outlet, rest = _leading_outlet(tokens)
    return _byline(line, outlet, _places_joined(list(_items(rest))))


def _ends_a_sentence(last: _Token) -> bool:
    return last.word[-1] in "!?:…" or (last.word[-1] == "." and len(last.word) > 3)


def _leading_outlet(tokens: list[_Token]) -> tuple[Span | None, list[_Token]]:
    """The outlet that a possessive marks ("CNN's"), and the tokens after it."""
    for n, token in enumerate(tokens[:5]):
        if token.word in _BREAKS or not (token.is_capital or token.plain in byline_words().in_names):
            break
        if n + 1 < len(tokens) and (mark := _POSSESSIVE.search(token.word)):
            first = next((t for t in tokens[:n] if t.is_capital), token)
            return Span(first.span.start, token.span.start + mark.start()), tokens[n + 1 :]
    return None, tokens


def _items(tokens: Sequence[_Token]) -> Iterator[_Item]:
    words = byline_words()
    openers = {said.split()[0] for said in words.dateline}
    name: list[_Token] = []
    place: list[_Token] | None = None
    joint = ""
    for n, token in enumerate(tokens):
        is_placed = name and place is None and n + 1 < len(tokens) and tokens[n + 1].plain in openers
        if token.word == "," and is_placed:
            continue
        if token.word in _BREAKS or token.plain in words.joints:
            if name:
                yield _Item(tuple(name), tuple(place or ()), joint)
                name, place, joint = [], None, ""
            joint = "and" if joint == "and" or token.plain in words.joints else ","
        elif name and place is None and token.plain in openers:
            place = []
        elif place is not None:
            if place or token.plain not in words.dateline:
                place.append(token)
        else:
            name.append(token)
    if name:
        yield _Item(tuple(name), tuple(place or ()), joint)


def _places_joined(items: list[_Item]) -> list[_Item]:
    """The items in which the region after a city ("in Seoul, South Korea") belongs to the place before it."""
    joined: list[_Item] = []
    for n, item in enumerate(items):
        if (
            joined
            and item.after == ","
            and not item.place
            and _is_region(item, joined[-1], n == len(items) - 1)
        ):
            before = joined.pop()
            item = _Item(before.name, (*before.place, *item.name), before.after)
        joined.append(item)
    return joined


def _is_region(item: _Item, before: _Item, is_last: bool) -> bool:
    """Whether an item is no reporter but where the city before it lies: a known area, or what closes the list."""
    if before.place and " ".join(token.word for token in item.name) in _areas():
        return True
    return is_last and _kind(item.name) == "name" and (bool(before.place) or len(item.name) == 1)


@cache
def _areas() -> frozenset[str]:
    """The names of countries and regions that are registered."""
    areas = (p for p in registries().places.values() if p.location_type in {"country", "region"})
    return frozenset(name for place in areas for name in (place.name, *place.aliases))


def _byline(line: Span, outlet: Span | None, items: Sequence[_Item]) -> Byline | None:
    reporters = []
    for item in items:
        inner, rest = _leading_outlet(list(item.name))
        kind = _kind(rest)
        if not kind or not all(_is_said(token) for token in item.place):
            return None
        outlet = outlet or inner
        if kind in ("outlet", "role"):
            outlet = outlet or _named_outlet(rest)
        elif len(rest) < 2:
            return None
        else:
            reporters.append(Reporter(_over(rest), _over(item.place) if item.place else None))
    return Byline(line, outlet, tuple(reporters)) if reporters or outlet else None


def _kind(tokens: Sequence[_Token]) -> str:
    """What an item names: "name", "outlet" or "role"; empty when no byline would say it."""
    words = byline_words()
    if any(token.plain in words.roles for token in tokens):
        return "role"
    if (
        not tokens
        or len(tokens) > 6
        or not all(_is_said(token) for token in tokens)
        or not tokens[0].is_capital
    ):
        return ""
    return "outlet" if _named_outlet(tokens) else "name"


def _named_outlet(tokens: Sequence[_Token]) -> Span | None:
    """The outlet at the head of an item: "BBC News", "CNN" of "CNN staff"."""
    words = byline_words()
    head = list(takewhile(lambda token: token.is_capital and token.plain not in words.roles, tokens))
    if head and (head[-1].plain in words.outlets or (len(head) == 1 and _is_initials(head[0].word))):
        return _over(head)
    return None


def _is_said(token: _Token) -> bool:
    return token.is_capital or token.plain in byline_words().in_names


def _is_initials(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word.isupper() and word.isascii()


def _over(tokens: Sequence[_Token]) -> Span:
    return Span(tokens[0].span.start, tokens[-1].span.end)
