"""The vocabulary as the tokenizer looks it up: words and phrases by how they begin, each with its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from loaders.timex.vocabulary import Part, TimeWords, time_words

_UNIT_KINDS = {"W": "unit_week", "WE": "unit_weekend", "Q": "quarter", "Y": "unit_year", "CE": "unit_century"}


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").replace("\xa0", " ")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase of the lexicon: its kind in the grammar, what it means, and how it must be written."""

    kind: str
    value: Any = None
    capital: bool = False
    upper: bool = False


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases that begin with one word, longest first, and what each means."""

    words: tuple[tuple[str, Word], ...]
    begins: frozenset[str]
    """What may follow the first word, two characters of it: a quick look that spares most others."""

    def at(self, text: str, start: int, end: int, limit: int) -> tuple[Word, int] | None:
        """The longest phrase whose first word is the one from `start` to `end`, and where it ends."""
        if _plain(text[end : end + 2]) not in self.begins:
            return None
        ahead = _plain(text[start : min(limit, start + len(self.words[0][0]) + 1)])
        for phrase, word in self.words:
            if ahead.startswith(phrase) and not ahead[len(phrase) : len(phrase) + 1].isalnum():
                return word, start + len(phrase)
        return None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the words mean: single words by their lower-case form, phrases by their first word."""

    words: Mapping[str, Word]
    phrases: Mapping[str, Phrases]
    parts: Mapping[str, Part]
    """The usual hours of each part of the day, by code: the first entry of that code."""
    known: frozenset[str]
    """Every word that is one, or begins a phrase."""
    plain: Mapping[str, Word]
    """The words that need no second look: they begin no phrase, and case does not matter."""
    telling: frozenset[str]
    """The words of which, or a figure, every time expression has one."""


@cache
def lexicon() -> Lexicon:
    """The vocabulary as the tokenizer looks it up."""
    vocabulary = time_words()
    words: dict[str, Word] = {}
    phrases: dict[str, dict[str, Word]] = {}
    for phrase, word in _entries(vocabulary):
        first = _FIRST.match(phrase)
        if first is None or first.group() == phrase:
            words[phrase] = word
        else:
            phrases.setdefault(first.group(), {})[phrase] = word
    return Lexicon(
        words,
        {first: _longest_first(first, many) for first, many in phrases.items()},
        {part.code: part for part in reversed(vocabulary.parts)},
        frozenset(words) | frozenset(phrases),
        {
            word: entry
            for word, entry in words.items()
            if word not in phrases and not (entry.capital or entry.upper)
        },
        _telling(words, phrases),
    )


_STRUCTURAL = frozenset({
    "the", "a", "of", "in", "on", "at", "and", "to", "that", "more", "long", "old", "all",
    "around", "cue", "counted", "numbered", "scale", "fraction", "zone", "shift", "this", "told", "portion", "stretch",
    "comparative", "before", "fiscal", "vague", "name", "era", "ampm", "number_word", "every", "every_other",
})  # fmt: skip
"""Kinds whose words only lead to, count or limit what tells a time."""


def _telling(words: Mapping[str, Word], phrases: Mapping[str, Mapping[str, Word]]) -> frozenset[str]:
    single = {word for word, entry in words.items() if entry.kind not in _STRUCTURAL}
    inside = {
        max(re.findall(r"[^\W\d_]+", phrase), key=len)
        for many in phrases.values()
        for phrase, entry in many.items()
        if entry.kind not in _STRUCTURAL
    }
    return frozenset(single | inside)


_FIRST = re.compile(r"[^\W\d_]+")


def _longest_first(first: str, phrases: Mapping[str, Word]) -> Phrases:
    begins = frozenset(phrase[len(first) : len(first) + 2] for phrase in phrases)
    return Phrases(tuple(sorted(phrases.items(), key=lambda phrase: -len(phrase[0]))), begins)


def _entries(v: TimeWords) -> Iterator[tuple[str, Word]]:
    """Every word and phrase; where two entries share a word, the later one wins."""
    yield from _small_words(v)
    yield from _calendar_words(v)
    yield from _pointing_words(v)
    yield from (("am", Word("ampm", "a")), ("pm", Word("ampm", "p")))
    yield from ((phrase, Word("name")) for phrase in v.links["name"])


def _small_words(v: TimeWords) -> Iterator[tuple[str, Word]]:
    for link, words in v.links.items():
        yield from ((word, Word(link)) for word in words)
    for kind, values in {"number_word": v.numbers, "ordinal_word": v.ordinals, "scale": v.scales}.items():
        yield from ((word, Word(kind, value)) for word, value in values.items())
    yield from ((word, Word("fraction", value)) for word, value in v.fractions.items())
    yield from ((word, Word("era", value, upper=True)) for word, value in v.eras.items())
    for zone in v.zones:
        yield from ((word, Word("zone", zone.zone, upper=zone.upper)) for word in zone.words)


def _calendar_words(v: TimeWords) -> Iterator[tuple[str, Word]]:
    for day in v.weekdays:
        yield day.name, Word("weekday", day.number)
        yield f"{day.name}s", Word("weekdays", day.number)
        yield from ((short, Word("weekday_short", day.number, capital=True)) for short in day.short)
    for month in v.months:
        yield month.name, Word("month_shy" if month.shy else "month", month.number, capital=month.shy)
        yield from ((short, Word("month_short", month.number, capital=True)) for short in month.short)
    for season in v.seasons:
        kind = "season_shy" if season.shy else "season"
        yield from ((word, Word(kind, season)) for word in season.words)
    yield from ((word, Word("part", part)) for part in v.parts for word in part.words)
    yield from ((word, Word("overnight", v.overnight)) for word in v.overnight.words)
    yield from ((word, Word("instant", instant)) for instant in v.instants for word in instant.words)
    yield from ((word, Word("holiday", holiday)) for holiday in v.holidays for word in holiday.words)
    yield from ((word, Word("fixed", day)) for word, day in v.fixed.items())
    for unit in v.units:
        yield from ((word, Word(_UNIT_KINDS.get(unit.letter, "unit"), unit)) for word in unit.one)
        yield from ((word, Word("units_hour" if unit.letter == "H" else "units", unit)) for word in unit.many)


def _pointing_words(v: TimeWords) -> Iterator[tuple[str, Word]]:
    for shift in v.shifts:
        kind = "told" if shift.origin == "told" else "this" if shift.by == 0 else "shift"
        yield from ((word, Word(kind, shift)) for word in shift.words)
    for kind, portions in {"portion": v.portions, "stretch": v.stretches}.items():
        yield from ((word, Word(kind, portion.share)) for portion in portions for word in portion.words)
    yield from ((word, Word("comparative", entry)) for entry in v.comparatives for word in entry.words)
    for kind, shifts in {"ago": v.ago, "before": v.sides}.items():
        yield from ((word, Word(kind, shift)) for shift in shifts for word in shift.words)
    yield from ((word, Word("day_word", day)) for day in v.days for word in day.words)
    yield from ((word, Word("ref", value)) for value, words in v.refs.items() for word in words)
    yield from ((word, Word("set", value)) for value, words in v.sets.items() for word in words)
