"""The forms of English verbs and nouns that follow the rules; irregular ones stand in the word lists."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache


def inflected(lemma: str, forms: tuple[str, ...] = ()) -> Iterator[tuple[str, bool]]:
    """Each form of an English verb, and whether it is the -ing form; only the first word of a phrase inflects.

    `forms` gives past and past participle whole where they are irregular.
    """
    head, _, rest = lemma.partition(" ")
    tail = f" {rest}" if rest else ""
    yield lemma, False
    yield s_form(head) + tail, False
    for past in forms or (_past(head) + tail,):
        yield past, False
    yield _gerund(head) + tail, True


@cache
def present_forms(lemma: str) -> tuple[str, str]:
    """The forms of a verb's present tense: "arrive", "arrives"."""
    forms = inflected(lemma)
    return next(forms)[0], next(forms)[0]


def s_form(word: str) -> str:
    """A word with its -s: the third person of a verb, the plural of a noun."""
    if word.endswith(("s", "sh", "ch", "x", "z", "o")):
        return word + "es"
    return word[:-1] + "ies" if word.endswith("y") and word[-2] not in "aeiou" else word + "s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return (verb + verb[-1] if _doubles(verb) else verb) + "ed"


def _gerund(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        return verb[:-1] + "ing"
    return (verb + verb[-1] if _doubles(verb) else verb) + "ing"


_STRESSED_LAST = ("admit", "mmit", "bmit", "rmit", "fer", "cur", "rebut", "regret", "compel", "control")


def _doubles(verb: str) -> bool:
    """Whether the last consonant doubles: in short verbs (slam, slammed), and where the stress is last (admit)."""
    if verb.endswith(_STRESSED_LAST) and not verb.endswith("ffer"):
        return True
    vowels = sum(letter in "aeiou" for letter in verb)
    return len(verb) >= 3 and vowels == 1 and verb[-2] in "aeiou" and verb[-1] not in "aeiouwxy"
