"""Says what did not come about: a visit called off, a meeting denied, an attack that only might have been."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from loaders.segmentation import Token
from loaders.vocabulary import cues, events, language

_DENYING = frozenset({"deny", "denies", "denied", "denying"})
_ENDS_DENIAL = frozenset({",", ";", "but", "after", "before", "when", "while", "as"})
_ENDS_OBJECT = _ENDS_DENIAL | {"that", "following", "during", "amid", "over", "because", "since", "at"}
_BEING = frozenset({"is", "are", "was", "were", "been", "being"})
_KNOWING = frozenset(
    {"report", "reports", "evidence", "intelligence", "indication", "sign", "signs", "suggestion"}
)
"""What there is none of where nothing happened: "no reports of anyone being injured"."""
_TOLD = frozenset({"report", "reports", "rumour", "rumours", "rumor", "rumors"})
_NEAR = 10
"""Words on either side of a trigger that may deny it."""
_ADJECTIVES = 5
"""Words between a verb and the noun it calls off."""


def is_denied(tokens: Sequence[Token], first: int, last: int, *, is_noun: bool) -> bool:
    """Whether the words around a trigger, tokens [first, last), say that it did not come about, or leave it open."""
    before = [t.lower for t in tokens[max(first - _NEAR, 0) : first]]
    after = [t.lower for t in tokens[last : last + _NEAR]]
    return (
        _is_negated(before)
        or _is_supposed(tokens, first, before)
        or _is_untrue(before, after)
        or (is_noun and _is_called_off(before, after))
    )


def _is_negated(before: Sequence[str]) -> bool:
    """Whether the words before a verb deny it ("did not fire") or leave it open ("did not specify where")."""
    words = language().negations
    near = set(before[-3:])
    asked = {"where", "if"} & set(before)
    is_unreported = any(no == "no" and noun in _KNOWING for no, noun in pairwise(before))
    is_unreported |= any(
        word in cues().doubts and noun in cues().speech_nouns for word, noun in pairwise(before)
    )
    denial = next((at for at in range(len(before) - 1, -1, -1) if before[at] in _DENYING), None)
    is_denial = denial is not None and _ENDS_DENIAL.isdisjoint(before[denial:])
    negates = bool(near & words) or is_denial
    return negates or is_unreported or "whether" in before or bool(asked and set(before) & words)


def _is_supposed(tokens: Sequence[Token], first: int, before: Sequence[str]) -> bool:
    """Whether it only would have been: "had Reed met Hale", "would have met"."""
    would_have = list(before[-2:]) == ["would", "have"]
    opens = tokens[0].lower == "had" and all(t.text != "," for t in tokens[:first])
    return would_have or opens


def _is_untrue(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether what is reported is said to be false: "reports that Reed arrived are false"."""
    told = any(noun in _TOLD | cues().claims and that == "that" for noun, that in pairwise(before))
    return told and any(be in _BEING and word in cues().doubts for be, word in pairwise(after))


def _is_called_off(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether what a noun names was called off: "postponed a meeting", "the visit has been cancelled"."""
    words = events().file.called_off
    near = before[-_ADJECTIVES:]
    cut = next((at for at, word in enumerate(near[::-1]) if word in _ENDS_OBJECT), len(near))
    clause = after[: next((at for at, word in enumerate(after) if word in {",", ";", "but"}), len(after))]
    is_object = any(word in words for word in near[len(near) - cut :])
    return is_object or any(
        be in _BEING and (word in words or (word, *clause[at + 2 : at + 3]) == ("called", "off"))
        for at, (be, word) in enumerate(pairwise(clause))
    )
