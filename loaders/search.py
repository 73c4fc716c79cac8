"""Search that forgives: letter case, accents and the kind of quotation mark make no difference.

Words match where a word begins ("rocket" finds "rockets"), "phrases" match whole, and `speaker:name` looks
at who spoke. Folding keeps the offsets, so that a hit can be shown in the text as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.model import plain_name

_MARKS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‐": "-", "‑": "-"}
)
_TERM = re.compile(r'(speaker:)?(?:"([^"]*)"?|(\S+))', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing searched for, folded; `of_speaker` where it must be in the speaker's name."""

    words: str
    is_phrase: bool = False
    of_speaker: bool = False


def parse_words(words: str) -> tuple[Term, ...]:
    """The terms of a search as typed; each of them must be found."""
    terms = []
    for speaker, phrase, word in _TERM.findall(words.translate(_MARKS)):
        if folded := " ".join(fold(phrase or word).split()):
            terms.append(Term(folded, is_phrase=bool(phrase), of_speaker=bool(speaker)))
    return tuple(terms)


def fold(text: str) -> str:
    """`text` in the form it is compared in: no case, no accents, plain marks."""
    return _folded(text)[0]


def _folded(text: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text.translate(_MARKS)):
        plain = char.lower() if char.isascii() else plain_name(char)
        letters.append(plain)
        offsets.extend([offset] * len(plain))
    return "".join(letters), offsets


def found_in(terms: tuple[Term, ...], text: str, speaker: str = "") -> bool:
    """Whether every term is found in `text` or, where it asks for that, in `speaker`."""
    body, name = fold(text), fold(speaker)
    return all(_pattern(term).search(name if term.of_speaker else f"{body}\n{name}") for term in terms)


def hits(terms: tuple[Term, ...], text: str) -> Iterator[tuple[int, int]]:
    """Where the terms stand in `text`: half-open offsets in order, none overlapping."""
    folded, offsets = _folded(text)
    spans = sorted(
        (offsets[found.start()], offsets[found.end() - 1] + 1)
        for term in terms
        if not term.of_speaker
        for found in _pattern(term).finditer(folded)
    )
    reached = 0
    for start, end in spans:
        if start >= reached:
            yield start, end
            reached = end


def _pattern(term: Term) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in term.words.split())
    spaced = term.words.isascii()  # scripts written without spaces have no word edges to hold on to
    before = r"(?<!\w)" if spaced and term.words[0].isalnum() else ""
    after = r"(?!\w)" if spaced and term.is_phrase and term.words[-1].isalnum() else ""
    return re.compile(before + words + after)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a concordance: the words found, with what stands before and after them."""

    before: str
    hit: str
    after: str
    start: int
    end: int


def concordance(terms: tuple[Term, ...], text: str, *, offset: int = 0, width: int = 60) -> Iterator[Line]:
    """Each place the terms stand at, in context of up to `width` characters either side.

    `offset` is where `text` begins in the whole, and is added to the spans.
    """
    for start, end in hits(terms, text):
        before = text[max(0, start - width) : start].replace("\n", " ")
        after = text[end : end + width].replace("\n", " ")
        yield Line(before, text[start:end], after, offset + start, offset + end)
