"""Cuts text into tokens, each with its kind in the grammar: what the vocabulary says, or the shape it has.

One pass from left to right; every pattern is bounded or possessive, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from loaders.model import Span
from loaders.timex.vocabulary import Lexicon, Word

_TOKEN = re.compile(
    r"""
      (?P<ampm>[AaPp]\.[ ]?[Mm]\b\.?|[AaPp][Mm]\b(?!\.\w))
    | (?P<era>(?:B\.[ ]?C\.(?:[ ]?E\.)?|A\.[ ]?D\.|C\.E\.))
    | (?P<label>[QH][1-4]\b)
    | (?P<word>[^\W\d_]++)
    | (?P<iso>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w-]))
    | (?P<slashed>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\w/]))
    | (?P<fraction>\d{1,2}/\d{1,2}(?![\w/]))
    | (?P<clock>[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:])(?=\W|[ap]\.?m|hr|$))
    | (?P<dotted>[0-2]?\d\.[0-5]\d(?![\d.])(?=[ ]?(?:[ap]\.?m\b|[A-Z]{2,4}\b)))
    | (?P<decade>(?:\d{3}0|['’]\d0)['’]?s\b)
    | (?P<short_year>['’]\d{2}\b)
    | (?P<day_ordinal>(?:[12]?\d|3[01])(?:st|nd|rd|th)\b)
    | (?P<ordinal>\d{1,4}(?:st|nd|rd|th)\b)
    | (?P<junk>\d[\d.,]*+(?![ap]\.?m\b|hrs?\b|hours?\b|[ap]\.m)[^\W\d_]\w*+|\+\d[\d-]*+|\d++(?:[.-]\d++){2,8}+(?![.-]?\w))
    | (?P<number>\d{1,3}(?:,\d{3}){1,6}+(?:\.\d++)?|\d++(?:\.\d++)?)
    | (?P<possessive>['’]s\b)
    | (?P<space>[ \t\xa0]++)
    | (?P<line>\n)
    | (?P<mark>\S)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_MARKS = {",": "comma", "-": "hyphen", "‐": "hyphen", "‑": "hyphen", "–": "hyphen", "/": "slash", "(": "open"}
_STOPS = frozenset(".!?;:)]\"”")


class Token(NamedTuple):
    """A word, number or mark: its kind, where it stands, and what it means where it means something."""

    kind: str
    start: int
    end: int
    value: Any = None


def tokenize(text: str, span: Span, lexicon: Lexicon) -> list[Token]:
    """The tokens of a span of `text`, white space left out; a line's end is a token of its own."""
    tokens: list[Token] = []
    resume = span.start
    for match in _TOKEN.finditer(text, span.start, span.end):
        group = match.lastgroup or "other"
        if group == "space" or match.start() < resume:
            continue
        if group == "word":
            token = _word(text, match, span.end, lexicon, tokens)
        else:
            token = _SHAPES[group](match, text, span.end, lexicon)
        tokens.append(token)
        resume = token.end
    return tokens


def _word(text: str, match: re.Match[str], limit: int, lexicon: Lexicon, before: list[Token]) -> Token:
    start, end = match.span()
    written = match.group()
    lower = written.lower()
    found, end = _looked_up(text, written, lower, start, end, limit, lexicon)
    if found is None:
        return Token(_unknown(written, lower), start, end)
    if found.kind == "set" and written[0].isupper() and before and before[-1].kind == "capital":
        return Token("name", start, end)
    return Token(found.kind, start, end, found.value)


def _looked_up(
    text: str, written: str, lower: str, start: int, end: int, limit: int, lexicon: Lexicon
) -> tuple[Word | None, int]:
    for pattern, word in lexicon.phrases.get(lower, ()):
        phrase = pattern.match(text, start, limit)
        if phrase and _is_written_right(word, phrase.group()):
            return word, phrase.end()
    found = lexicon.words.get(lower)
    if found is None or not _is_written_right(found, written):
        return None, end
    if found.kind in ("month_short", "weekday_short") and text[end : end + 1] == "." and end < limit:
        return found, end + 1
    return found, end


def _is_written_right(word: Word, written: str) -> bool:
    return not (word.upper and not written.isupper()) and not (word.capital and not written[0].isupper())


def _unknown(written: str, lower: str) -> str:
    if written[0].isupper():
        return "capital"
    return "plural" if len(lower) > 3 and lower[-1] == "s" and lower[-2] not in "siu" else "word"


def _number(match: re.Match[str], *_: object) -> Token:
    written = match.group().replace(",", "")
    value = float(written) if "." in written or len(written) > 15 else int(written)
    kind = "number"
    if written.isdigit() and "," not in match.group():
        if len(written) == 4 and 1000 <= value <= 2999:
            kind = "year"
        elif len(written) <= 2:
            kind = "day" if 1 <= value <= 31 else "two_digits"
        elif len(written) == 4:
            kind = "four_digits"
    return Token(kind, *match.span(), value)


def _fraction(match: re.Match[str], text: str, limit: int, lexicon: Lexicon) -> Token:
    known = lexicon.words.get(match.group())
    return Token(known.kind if known else "junk", *match.span(), known.value if known else None)


def _slashed(match: re.Match[str], *_: object) -> Token:
    """A date in figures: month first as in the United States, unless only day first can be meant."""
    first, second, year = (int(part) for part in match.group().split("/"))
    if year < 100:
        year += 2000 if year < 50 else 1900
    month, day = (second, first) if first > 12 else (first, second)
    return _dated(match, year, month, day)


def _dated(match: re.Match[str], year: int, month: int, day: int) -> Token:
    try:
        return Token("full_date", *match.span(), (date(year, month, day), None))
    except ValueError:
        return Token("junk", *match.span())


def _iso(match: re.Match[str], *_: object) -> Token:
    written = match.group()
    token = _dated(match, *(int(part) for part in written[:10].split("-")))
    if token.value is None or len(written) <= 10:
        return token
    return token._replace(value=(token.value[0], written[11:]))


def _clock(match: re.Match[str], *_: object) -> Token:
    hour, minute = (int(part) for part in re.split("[:.]", match.group())[:2])
    kind = match.lastgroup or "clock"
    return Token(kind if hour <= 24 else "junk", *match.span(), (hour, minute))


def _decade(match: re.Match[str], *_: object) -> Token:
    figures = int("".join(filter(str.isdigit, match.group())))
    return Token("decade", *match.span(), figures if figures > 99 else _full_year(figures))


def _full_year(two_digits: int) -> int:
    return two_digits + (1900 if two_digits >= 30 else 2000)


def _plain(value: Callable[[str], Any]) -> Callable[..., Token]:
    def shaped(match: re.Match[str], *_: object) -> Token:
        return Token(match.lastgroup or "other", *match.span(), value(match.group()))

    return shaped


def _mark(match: re.Match[str], text: str, limit: int, lexicon: Lexicon) -> Token:
    written = match.group()
    known = lexicon.words.get(written)
    if known:
        return Token(known.kind, *match.span(), known.value)
    return Token(_MARKS.get(written, "stop" if written in _STOPS else "other"), *match.span())


def _leading_digits(written: str) -> int:
    return int("".join(filter(str.isdigit, written)))


_SHAPES: dict[str, Callable[..., Token]] = {
    "ampm": _plain(lambda written: "p" if written[0] in "pP" else "a"),
    "era": _plain(lambda written: -1 if written[0] == "B" else 1),
    "label": _plain(lambda written: (written[0], int(written[1]))),
    "iso": _iso,
    "slashed": _slashed,
    "fraction": _fraction,
    "clock": _clock,
    "dotted": _clock,
    "decade": _decade,
    "short_year": _plain(lambda written: _full_year(int(written[1:]))),
    "day_ordinal": _plain(_leading_digits),
    "ordinal": _plain(_leading_digits),
    "junk": _plain(lambda written: None),
    "number": _number,
    "possessive": _plain(lambda written: None),
    "line": _plain(lambda written: None),
    "mark": _mark,
    "other": _plain(lambda written: None),
}
