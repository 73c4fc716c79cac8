"""Finds firms called after two people: "pollsters Redland and Wilby", "a Redland and Wilby poll"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from loaders.model import Span
from loaders.name_evidence import is_given_name
from loaders.names import Name
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import roles

_JOINS = frozenset({"and", "&"})
_NEAR = 12
"""How many words before "by" the survey may stand that a firm made."""


def with_firms(
    sentences: Sequence[Sentence], names: Mapping[int, Sequence[Name]]
) -> dict[int, tuple[Name, ...]]:
    """The names of each sentence, two that make a firm's taken together, wherever in the blog they stand so.

    Args:
        sentences: The blog's sentences.
        names: The names in each, by position.
    """
    pairs = {at: list(_pairs(sentence.tokens, names[at])) for at, sentence in enumerate(sentences)}
    firms = {
        _words(sentences[at].tokens, pair)
        for at, found in pairs.items()
        for pair in found
        if _is_firm(sentences[at].tokens, *pair)
    }
    return {
        at: _joined(sentence.tokens, names[at], [p for p in pairs[at] if _words(sentence.tokens, p) in firms])
        for at, sentence in enumerate(sentences)
    }


def _pairs(tokens: Sequence[Token], names: Sequence[Name]) -> list[tuple[Name, Name]]:
    """Two names joined, each a surname as far as is known: not "Anna and Tom"."""
    single = [_bare(tokens, n) for n in names if n.kind is None or (n.kind == "person" and not n.entity_id)]
    by_first = {n.first: n for n in single}
    joined = ((n, by_first.get(n.last + 1)) for n in single if n.last == n.first + 1)
    return [
        (left, right)
        for left, right in joined
        if right is not None and tokens[left.last].lower in _JOINS and right.last - right.first <= 2
        if not all(is_given_name(tokens[n.first].text) for n in (left, right))
    ]


def _bare(tokens: Sequence[Token], name: Name) -> Name:
    """A name without the noun before it that has its capital from the sentence: "Pollsters Redland"."""
    opens = name.last - name.first == 2 and tokens[name.first].lower in roles().firm_nouns
    first = name.first + 1 if opens else name.first
    return replace(name, span=Span(tokens[first].start, name.span.end), first=first)


def _is_behind_firm_noun(tokens: Sequence[Token], name: Name) -> bool:
    return name.first > 0 and tokens[name.first - 1].lower in roles().firm_nouns


def _words(tokens: Sequence[Token], pair: tuple[Name, Name]) -> tuple[str, str]:
    left, right = pair
    return tokens[left.first].text, tokens[right.first].text


def _is_firm(tokens: Sequence[Token], left: Name, right: Name) -> bool:
    """Whether the words beside two names say that they are a firm's that asks, sells or advises."""
    words = roles()
    after = tokens[right.last].lower if right.last < len(tokens) else ""
    asked = {token.lower for token in tokens[max(left.first - _NEAR, 0) : left.first]} & words.survey_nouns
    if left.kind is None and right.kind is None and after in words.survey_nouns:
        return True
    is_by = left.first > 0 and tokens[left.first - 1].lower == "by"
    return _is_behind_firm_noun(tokens, left) or (is_by and bool(asked))


def _joined(
    tokens: Sequence[Token], names: Sequence[Name], firms: Sequence[tuple[Name, Name]]
) -> tuple[Name, ...]:
    whole = [
        Name(Span(left.span.start, right.span.end), left.first, right.last, "organization")
        for left, right in firms
    ]
    taken = {at for firm in whole for at in range(firm.first, firm.last)}
    kept = (n for n in names if taken.isdisjoint(range(n.first, n.last)))
    return tuple(sorted([*kept, *whole], key=lambda n: (n.first, -n.last)))
