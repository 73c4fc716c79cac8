"""What can still be known of a text that is not English, whose small words say nothing to the rules.

Registered names stay; of the others only people whose capitals cannot be those of a sentence's beginning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from loaders.names import Name
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import language

_ENOUGH_WORDS = 200
_ENGLISH = 0.33
"""The share of small words that are English function words below which a text is hardly English; news has 0.5.

Words with capitals are not counted: tables of results are English and hold little else.
"""


def is_english(sentences: Sequence[Sentence]) -> bool:
    """Whether a text seems to be English; one too short to tell, or a table of names, counts as English."""
    words = [token.text for sentence in sentences for token in sentence.tokens if token.text.islower()]
    english = sum(word in language().function_words for word in words)
    return len(words) < _ENOUGH_WORDS or english > _ENGLISH * len(words)


def sure_names(
    sentences: Sequence[Sentence], names: Mapping[int, Sequence[Name]]
) -> dict[int, tuple[Name, ...]]:
    """The names of each sentence that do not rest on English words.

    Args:
        sentences: The sentences.
        names: What the rules of English take for names, by the sentence's position.
    """
    whole = Counter(
        words
        for at, listed in names.items()
        for name in listed
        if name.first and (words := _words(sentences[at].tokens, name))
    )
    surnames = {words[-1] for words in whole}
    return {
        at: tuple(name for name in listed if _is_sure(sentences[at].tokens, name, whole, surnames))
        for at, listed in names.items()
    }


def _words(tokens: Sequence[Token], name: Name) -> tuple[str, ...]:
    """The words of somebody's full name, none where it is no person's or has a small word in it."""
    words = tuple(token.text for token in tokens[name.first : name.last])
    is_full = name.kind == "person" and len(words) > 1 and all(word[0].isupper() for word in words)
    return words if is_full else ()


def _is_sure(
    tokens: Sequence[Token], name: Name, whole: Mapping[tuple[str, ...], int], surnames: set[str]
) -> bool:
    if name.entity_id or name.kind != "person":
        return bool(name.entity_id)
    if name.last - name.first == 1:
        return tokens[name.first].text in surnames
    return _words(tokens, name) in whole
