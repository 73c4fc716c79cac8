"""Finds the strangers: names of which nothing says what they name, where the blog somewhere has them speak.

"Carver said so. Carver shrugged." They are nobody's name for certain, but a pronoun may mean them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from loaders.clauses import is_manner
from loaders.model import Mention, Reference, grouped
from loaders.names import Name
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import cues, language

_LONGEST_NAME = 3
_PEOPLE = "people"
"""The noun for a name that stands for several, so that "he" is none of them."""
_OF_SEVERAL = frozenset({"are", "were", "have", "do"})
"""Verbs whose subject is several: "Allies are"."""
_PLACING = frozenset({"at", "in", "near", "inside"})
_BEFORE_SEVERAL = frozenset({"the", "these", "those", "many", "most", "some", "few", "several", "all"})


def find_strangers(
    sentences: Sequence[Sentence], names: Mapping[int, Sequence[Name]]
) -> Mapping[int, Sequence[Reference]]:
    """The references to strangers, each a guess, by the sentence's position; of several, the noun is "people".

    Args:
        sentences: The blog's sentences.
        names: The names in each, by position.
    """
    found = list(_unknown(sentences, names))
    speaking = {r.label for r in found if _speaks(sentences[r.sentence].tokens, r.last)}
    several = {r.label for r in found if r.label in speaking and _is_several(sentences[r.sentence].tokens, r)}
    known = (replace(r, noun=_PEOPLE) if r.label in several else r for r in found if r.label in speaking)
    return grouped(known, lambda r: r.sentence)


def _unknown(sentences: Sequence[Sentence], names: Mapping[int, Sequence[Name]]) -> Iterator[Reference]:
    for at, in_sentence in names.items():
        tokens, post_id = sentences[at].tokens, sentences[at].post_id
        for name in in_sentence:
            is_short = name.last - name.first <= _LONGEST_NAME
            if name.kind is None and is_short and not _is_acronym(tokens, name):
                label = " ".join(token.text for token in tokens[name.first : name.last])
                mention = Mention(name.span, post_id, "person")
                yield Reference(mention, at, name.first, name.last, label, is_guess=True)


def _is_acronym(tokens: Sequence[Token], name: Name) -> bool:
    return tokens[name.first].text.isupper() and name.last == name.first + 1


def _speaks(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb of saying stands at `at` that cannot be a noun: "said", but neither "estimates" nor "report"."""
    at = _past_adverbs(tokens, at)
    form = cues().forms.get(tokens[at].lower) if at < len(tokens) else None
    if form is None or not form.verb.that:
        return False
    return form.lemma == "say" or tokens[at].lower not in {form.lemma, form.lemma + "s"}


def _past_adverbs(tokens: Sequence[Token], at: int) -> int:
    skipped = language().before_verbs
    while at < len(tokens) and (tokens[at].lower in skipped or is_manner(tokens[at])):
        at += 1
    return at


def _is_several(tokens: Sequence[Token], reference: Reference) -> bool:
    """Whether a name stands for several: "Allies say", "many Democrats", "the Democrats", "at Carver", a firm.

    "The Carver campaign" says nothing of the sort.
    """
    after = tokens[reference.last].lower if reference.last < len(tokens) else "."
    before = tokens[reference.first - 1].lower if reference.first else ""
    if after in _OF_SEVERAL or before in _PLACING:
        return True
    form = cues().forms.get(after)
    if form is not None and form.lemma == after and form.verb.forms[:1] != (after,):
        return True
    ends_phrase = not after[0].isalnum() or after in language().function_words or form is not None
    return before in _BEFORE_SEVERAL and ends_phrase
