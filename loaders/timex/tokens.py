"""Cuts text into tokens, each with its kind in the grammar: what the vocabulary says, or the shape it has.

One pass from left to right; every pattern is bounded or possessive, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from loaders.model import Span
from loaders.timex.lexicon import Lexicon, Word
from loaders.timex.moments import full_year

_TOKEN = re.compile(
    r"""[^\S\n]*+(?:
      (?P<word>[^\W\d_]{2,}+|[^\W\d_](?![.\d]))
    | (?P<ampm>[AaPp]\.[ ]?[Mm]\b\.?)
    | (?P<era>(?:B\.[ ]?C\.(?:[ ]?E\.)?|A\.[ ]?D\.|C\.E\.))
    | (?P<label>[QH][1-4]\b)
    | (?P<iso>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w-]))
    | (?P<slashed>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\w/])|\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}(?![\w.]\w))
    | (?P<fraction>\d{1,2}/\d{1,2}(?![\w/]))
    | (?P<clock>[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:])(?=\W|[AaPp]\.?[Mm]|hr|$))
    | (?P<dotted>[0-2]?\d\.[0-5]\d(?![\d.])(?=[ ]?(?:[AaPp]\.?[Mm]\b|[A-Z]{2,4}\b)))
    | (?P<decade>(?:\d{3}0|['’]\d0)['’]?s\b)
    | (?P<short_year>['’]\d{2}\b)
    | (?P<day_ordinal>(?:[12]?\d|3[01])(?:st|nd|rd|th)\b)
    | (?P<ordinal>\d{1,4}(?:st|nd|rd|th)\b)
    | (?P<junk>\d[\d.,]{0,24}+(?![AaPp]\.?[Mm]\b|hrs?\b)[^\W\d_½¼¾]\w*+|\+\d[\d-]*+
        |\d++(?:[.-]\d++){2,8}+(?![.-]?\w))
    | (?P<number>\d{1,3}(?:,\d{3}){1,6}+(?:\.\d++)?|\d++(?:\.\d++)?)
    | (?P<possessive>['’]s\b)
    | (?P<line>\n|\Z)
    | (?P<mark>\S)
    )""",
    re.VERBOSE | re.DOTALL,
)
_JOINTS = {
    ",": "comma",
    "-": "hyphen",
    "‐": "hyphen",
    "‑": "hyphen",
    "–": "hyphen",
    "/": "slash",
    "(": "open",
}
_NAME_WORDS = frozenset({"set", "instant"})
"""Kinds whose words, with a capital after another capital, belong to a name: the Daily Mirror, High Noon."""


class Token(NamedTuple):
    """A word, number or mark: its kind, where it stands, and what it means where it means something."""

    kind: str
    start: int
    end: int
    value: Any = None


def tokenize(text: str, span: Span, lexicon: Lexicon) -> list[Token]:
    """The tokens of a span of `text`, white space left out; a line's end is a token of its own.

    What no expression can hold (unknown words, most marks) has no span of its own.
    """
    tokens: list[Token] = []
    plain, known, resume = lexicon.plain, lexicon.known, 0
    for match in _TOKEN.finditer(text, span.start, span.end):
        shape = match.lastgroup or "mark"
        written = match[shape]
        if resume:  # within a phrase of several words
            if match.start(shape) < resume:
                continue
            resume = 0
        if shape != "word":
            token = _MARKS.get(written) or _SHAPES[shape](match, written, lexicon)
        elif (lower := written.lower()) not in known:
            token = _unknown(written, lower)
        elif word := plain.get(lower):
            token = _known(word, written, match.start(shape), match.end(shape), tokens)
        else:
            token = _word(text, match, span.end, lexicon, tokens)
            resume = token.end if token.end > match.end() else 0
        tokens.append(token)
    return tokens


def _known(word: Word, written: str, start: int, end: int, before: list[Token]) -> Token:
    if word.kind in _NAME_WORDS and written[0].isupper() and before and before[-1].kind == "capital":
        return Token("name", start, end)
    return Token(word.kind, start, end, word.value)


def _word(text: str, match: re.Match[str], limit: int, lexicon: Lexicon, before: list[Token]) -> Token:
    """A word that may begin a phrase, or counts only if written right."""
    start, end = match.span("word")
    written = match["word"]
    lower = written.lower()
    phrases = lexicon.phrases.get(lower)
    phrase = phrases.at(text, start, end, limit) if phrases else None
    if phrase:
        return _known(phrase[0], written, start, phrase[1], before)
    word = lexicon.words.get(lower)
    if word is None or not _is_written_right(word, written):
        return _unknown(written, lower)
    if word.kind in ("month_short", "weekday_short") and text[end : end + 1] == "." and end < limit:
        end += 1
    return _known(word, written, start, end, before)


def _is_written_right(word: Word, written: str) -> bool:
    return not (word.upper and not written.isupper()) and not (word.capital and not written[0].isupper())


_MARKS = {mark: Token("stop", -1, -1) for mark in '.!?;:)]"”'} | dict.fromkeys(
    ("\n", ""), Token("line", -1, -1)
)
_CAPITAL, _PLURAL, _OTHER = (Token(kind, -1, -1) for kind in ("capital", "plural", "word"))


def _unknown(written: str, lower: str) -> Token:
    if written != lower:
        return _CAPITAL
    return _PLURAL if len(lower) > 3 and lower[-1] == "s" and lower[-2] not in "siu" else _OTHER


def _number(match: re.Match[str], written: str, lexicon: Lexicon) -> Token:
    figures = written.replace(",", "")
    value = float(figures) if "." in figures or len(figures) > 15 else int(figures)
    kind = "number"
    if written.isdigit() and len(written) in (1, 2):
        kind = "day" if 1 <= value <= 31 else "two_digits"
    elif written.isdigit() and len(written) == 4:
        kind = "year" if 1000 <= value <= 2999 else "four_digits"
    return Token(kind, *match.span("number"), value)


def _fraction(match: re.Match[str], written: str, lexicon: Lexicon) -> Token:
    known = lexicon.words.get(written, Word("junk"))
    return Token(known.kind, *match.span("fraction"), known.value)


def _slashed(match: re.Match[str], written: str, lexicon: Lexicon) -> Token:
    """A date in figures: month first as in the United States, unless only day first can be meant."""
    first, second, year = (int(part) for part in re.split("[/.]", written))
    if year < 100:
        year = full_year(year)
    is_day_first = first > 12 or "." in written
    return _dated(match, year, second if is_day_first else first, first if is_day_first else second)


def _dated(match: re.Match[str], year: int, month: int, day: int) -> Token:
    span = match.span(match.lastgroup or 0)
    try:
        return Token("full_date", *span, (date(year, month, day), None))
    except ValueError:
        return Token("junk", *span)


def _iso(match: re.Match[str], written: str, lexicon: Lexicon) -> Token:
    token = _dated(match, *(int(part) for part in written[:10].split("-")))
    if token.value is None or len(written) <= 10:
        return token
    return token._replace(value=(token.value[0], written[11:]))


def _clock(match: re.Match[str], written: str, lexicon: Lexicon) -> Token:
    hour, minute = (int(part) for part in re.split("[:.]", written)[:2])
    shape = match.lastgroup or ""
    return Token(shape if hour <= 24 else "junk", *match.span(shape), (hour, minute))


def _decade(match: re.Match[str], written: str, lexicon: Lexicon) -> Token:
    figures = _figures(written)
    return Token("decade", *match.span("decade"), figures if figures > 99 else full_year(figures))


def _mark(match: re.Match[str], written: str, lexicon: Lexicon) -> Token:
    known = lexicon.words.get(written)
    if known:
        return Token(known.kind, *match.span("mark"), known.value)
    return Token(_JOINTS.get(written, "other"), *match.span("mark"))


def _shaped(value: Callable[[str], Any]) -> Callable[[re.Match[str], str, Lexicon], Token]:
    """The token of a shape that is a kind, with what its characters mean."""

    def token(match: re.Match[str], written: str, lexicon: Lexicon) -> Token:
        kind = match.lastgroup or ""
        return Token(kind, *match.span(kind), value(written))

    return token


def _figures(written: str) -> int:
    return int("".join(filter(str.isdigit, written)))


_SHAPES: Mapping[str, Callable[[re.Match[str], str, Lexicon], Token]] = {
    "ampm": _shaped(lambda written: written[0].lower()),
    "era": _shaped(lambda written: -1 if written[0] == "B" else 1),
    "label": _shaped(lambda written: (written[0], int(written[1]))),
    "iso": _iso,
    "slashed": _slashed,
    "fraction": _fraction,
    "clock": _clock,
    "dotted": _clock,
    "decade": _decade,
    "short_year": _shaped(lambda written: full_year(int(written[1:]))),
    "day_ordinal": _shaped(_figures),
    "ordinal": _shaped(_figures),
    "junk": _shaped(lambda written: None),
    "number": _number,
    "possessive": _shaped(lambda written: None),
    "mark": _mark,
}
