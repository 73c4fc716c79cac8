"""Compiles the grammar's patterns to regular expressions over kinds, and finds their hits in token lists.

Each kind is one character, so a token sequence is a string and a rule is a regular expression. The compiler
also works out which kinds a rule can begin with, so that at each token only the few rules that can match are
tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from loaders.model import Span
from loaders.timex.grammar import KINDS, MACROS, RULES, Rule
from loaders.timex.tokens import Token

_CODES = {kind: chr(0x100 + index) for index, kind in enumerate(KINDS.split())}
_NOTATION = re.compile(r"<(\w+):|([>()|?])|(\{\d,\d\})|(\w+)|\s+")
_IDLE = ["capital", "comma", "line", "other", "plural", "possessive", "stop", "word"]
"""Kinds no expression begins with, nor has second after an article or an approximation."""
_WEAK = ["a", "around", "the"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One match of a rule: its tokens, and the token ranges of its groups."""

    rule: str
    span: Span
    tokens: tuple[Token, ...]
    groups: Mapping[str, tuple[Token, ...]]
    piece: str = ""

    def first(self, *kinds: str, group: str = "") -> Token | None:
        """The first token of one of these kinds, in a group where one is named."""
        tokens = self.groups.get(group, ()) if group else self.tokens
        return next((token for token in tokens if token.kind in kinds), None)

    def value(self, *kinds: str, group: str = "") -> Any:
        """What that token means, None where there is none."""
        token = self.first(*kinds, group=group)
        return token.value if token else None


@dataclass(frozen=True, slots=True)
class _Part:
    """A compiled piece of a pattern: its regular expression, what it can begin with, whether it can be empty.

    A piece that is one token of this or that kind is kept as a class of characters: it matches fastest.
    """

    regex: str
    first: frozenset[str]
    is_optional: bool = False
    is_class: bool = False


@dataclass(frozen=True)
class _Compiled:
    """A rule with its regular expression, which is made when the first text needs it: most texts need few."""

    rule: Rule

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The rule over kind characters."""
        rule = self.rule
        around = _behind(rule.after, "="), _behind(rule.not_after, "!"), _ahead(rule.not_before)
        return re.compile(around[0] + around[1] + _compiled(rule.pattern).regex + around[2])


def find_hits(tokens: Sequence[Token]) -> Iterator[Hit]:
    """The expressions in a token list, from left to right; the longest match wins at each token."""
    grammar = _grammar()
    codes = "".join([_CODES[token.kind] for token in tokens])
    position = 0
    while candidate := grammar.candidates.search(codes, position):
        start = candidate.start()
        best, match = _longest(grammar.by_first.get(codes[start], ()), codes, start)
        if best is None or match is None:
            position = start + 1
            continue
        position = match.end()
        if best.name:
            yield from _hits(best, match, tokens)


def _longest(rules: Sequence[_Compiled], codes: str, start: int) -> tuple[Rule | None, re.Match[str] | None]:
    best, longest = None, None
    for compiled in rules:
        match = compiled.regex.match(codes, start)
        if match and (longest is None or match.end() > longest.end()):
            best, longest = compiled.rule, match
    return best, longest


def _hits(rule: Rule, match: re.Match[str], tokens: Sequence[Token]) -> Iterator[Hit]:
    whole = tuple(tokens[match.start() : match.end()])
    groups = {
        name: tuple(tokens[match.start(name) : match.end(name)])
        for name, matched in match.groupdict().items()
        if matched
    }
    for piece in rule.pieces or ("",):
        covered = groups[piece] if piece else whole
        yield Hit(rule.name, Span(covered[0].start, covered[-1].end), whole, groups, piece)


@dataclass(frozen=True, slots=True)
class _Grammar:
    by_first: Mapping[str, tuple[_Compiled, ...]]
    candidates: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    by_first: dict[str, list[_Compiled]] = {}
    for rule in RULES:
        compiled = _Compiled(rule)
        for code in _compiled(rule.pattern).first:
            by_first.setdefault(code, []).append(compiled)
    strong = "".join(code for code in by_first if code not in _class(_WEAK))
    candidates = re.compile(f"[{strong}]|[{_class(_WEAK)}](?![{_class(_IDLE)}])")
    return _Grammar({code: tuple(rules) for code, rules in by_first.items()}, candidates)


def _class(kinds: Sequence[str]) -> str:
    return "".join(_CODES[kind] for kind in kinds)


def _behind(kinds: str, sign: str) -> str:
    return f"(?<{sign}[{_any_of(kinds)}])" if kinds else ""


def _ahead(kinds: str) -> str:
    return f"(?![{_any_of(kinds)}])" if kinds else ""


def _any_of(kinds: str) -> str:
    """The characters of several kinds and macros."""
    return "".join(sorted(_compiled("|".join(kinds.split())).first))


@cache
def _compiled(pattern: str) -> _Part:
    """The pattern as a regular expression over kinds."""
    words = [match for match in _NOTATION.finditer(pattern) if not match.group().isspace()]
    part, rest = _alternatives(words, 0)
    if rest != len(words):
        raise ValueError(f"the pattern does not end where its brackets do: {pattern}")
    return part


def _alternatives(words: Sequence[re.Match[str]], at: int) -> tuple[_Part, int]:
    parts = []
    while True:
        part, at = _sequence(words, at)
        parts.append(part)
        if at == len(words) or words[at].group() != "|":
            break
        at += 1
    first = frozenset().union(*(part.first for part in parts))
    if all(part.is_class for part in parts):
        return _class_of(first), at
    regex = "|".join(part.regex for part in parts)
    return _Part(f"(?:{regex})", first, any(part.is_optional for part in parts)), at


def _class_of(codes: frozenset[str]) -> _Part:
    return _Part(f"[{''.join(sorted(codes))}]", codes, is_class=True)


def _sequence(words: Sequence[re.Match[str]], at: int) -> tuple[_Part, int]:
    parts: list[_Part] = []
    while at < len(words) and words[at].group() not in ("|", ")", ">"):
        part, at = _item(words, at)
        parts.append(part)
    if len(parts) == 1:
        return parts[0], at
    first, is_open = frozenset[str](), True
    for part in parts:
        first |= part.first if is_open else frozenset()
        is_open = is_open and part.is_optional
    return _Part("".join(part.regex for part in parts), first, is_open), at


def _item(words: Sequence[re.Match[str]], at: int) -> tuple[_Part, int]:
    name, mark, _, kind = words[at].groups()
    if kind:
        part, at = _named(kind), at + 1
    else:
        part, at = _alternatives(words, at + 1)
        if at == len(words) or words[at].group() != (")" if mark else ">"):
            raise ValueError(f"a bracket is not closed: {words[0].string}")
        at += 1
        if name:
            part = _Part(f"(?P<{name}>{part.regex})", part.first, part.is_optional)
    if at < len(words) and (words[at].group() == "?" or words[at].group(3)):
        times = words[at].group()
        is_optional = part.is_optional or times[:2] in ("?", "{0")
        once = part.regex if part.is_class else f"(?:{part.regex})"
        part, at = _Part(once + times, part.first, is_optional), at + 1
    return part, at


def _named(kind: str) -> _Part:
    if kind in MACROS:
        return _compiled(MACROS[kind])
    if kind not in _CODES:
        raise ValueError(f"no such kind or macro: {kind}")
    return _class_of(frozenset(_CODES[kind]))
