"""Shallow syntax that speech and events share: who stands beside a verb, and what belongs to one noun phrase.

There is no parser here; the noun phrases are the references, and what lies between them decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.model import Reference
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import cues, language

DASHES = frozenset({"—", "–", "--", "―"})
_PAUSES = DASHES | {",", ";", "?", "!"}
_ASIDE = 30
"""How many tokens an apposition or a bracket may hold."""
_COMPLEMENT = 5
"""How many words a complement may have that is a name."""
COMPLEMENTS = frozenset({"of", "from", "at", "with", "for", "in"})
"""Prepositions that hang a name on the noun before it: "Anna Reed of the Transport Institute"."""
_ARTICLES = frozenset({"the", "a", "an"})
_OBJECTIVE = frozenset({"him", "them"})
_FRONTING = frozenset(
    {
        "when",
        "after",
        "as",
        "although",
        "though",
        "while",
        "if",
        "since",
        "because",
        "before",
        "once",
        "until",
    }
)
"""Words that open a clause put before the main one."""
_MARKS = frozenset('"”“')
_ENDS_ASIDE = frozenset(';"”“')
BEHIND_NAMES = frozenset({"MP", "MSP", "MLA", "MEP", "TD", "MBE", "OBE", "CBE", "KC", "QC"})
"""Offices and honours that follow a name: "Anna Reed MP"."""
GENITIVE = frozenset({"'s", "’s"})
COMPARING = frozenset({"as", "than", "like"})
"""Prepositions that open a clause as well: "as Reed said"."""
SPOKEN_OF = frozenset(
    {"speak", "tell", "warn", "complain", "boast", "brag", "think", "write", "sing", "remind", "inform"}
)
"""Verbs with "of" before what is said."""
POSSESSIVES = GENITIVE | {"'", "’"}
"""What a possessor ends in; behind a plural the bare apostrophe, which may also be a closing mark."""


@dataclass(frozen=True)
class NounPhrases:
    """The references of a sentence by the token they begin at and the one they end before, the widest first."""

    starting: dict[int, Reference]
    ending: dict[int, Reference]


def noun_phrases(references: Sequence[Reference]) -> NounPhrases:
    """The references of one sentence by their edges; of two with the same edge, the wider, then the resolved one."""
    ranked = sorted(references, key=lambda r: (r.last - r.first, bool(r.mention.entity_id)))
    return NounPhrases({r.first: r for r in ranked}, {r.last: r for r in ranked})


def quoted_positions(sentence: Sentence) -> frozenset[int]:
    """The positions of the tokens between quotation marks, the marks included."""
    return frozenset(i for q in sentence.quotations for i in sentence.positions_in(q.outer))


def printed(tokens: Sequence[Token]) -> str:
    """Tokens as they are printed, spaces as in the text."""
    text = ""
    for left, token in zip((None, *tokens), tokens, strict=False):
        text += " " * (token.start - left.end if left else 0) + token.text
    return text


def coordinated(
    tokens: Sequence[Token], phrases: NounPhrases, first: Reference | None
) -> tuple[Reference, ...]:
    """A noun phrase and those joined to it on the right: "RIA Novosti and TASS"."""
    joined: tuple[Reference, ...] = ()
    while first is not None:
        joined += (first,)
        goes_on = first.last < len(tokens) and tokens[first.last].lower == "and"
        first = phrases.starting.get(first.last + 1) if goes_on else None
    return joined


def joined_before(tokens: Sequence[Token], phrases: NounPhrases, last: Reference) -> tuple[Reference, ...]:
    """A noun phrase and those joined to it on the left: "Kim and Putin", "Reed and her husband, Hale,"."""
    joined: tuple[Reference, ...] = (last,)
    while (first := _whole_first(tokens, phrases, joined[0])) and tokens[first - 1].lower == "and":
        left = phrases.ending.get(first - 1)
        if left is None or _opens_title(tokens, left, joined[0]):
            break
        joined = (left, *joined)
    return joined


def _whole_first(tokens: Sequence[Token], phrases: NounPhrases, name: Reference) -> int:
    """Where a noun phrase begins, with the description that a name between commas says again: "her husband, Hale,"."""
    if name.first < 2 or tokens[name.first - 1].text != ",":
        return name.first
    described = phrases.ending.get(name.first - 1)
    is_same = described and name.mention.entity_id and described.mention.entity_id == name.mention.entity_id
    return described.first if described and is_same else name.first


def _opens_title(tokens: Sequence[Token], left: Reference, right: Reference) -> bool:
    """Whether two joined phrases are one title: "Police and Crime Commissioner Anna Reed"."""
    is_bare = left.mention.form == "description" and left.last == left.first + 1
    return is_bare and tokens[left.first].text[0].isupper() and tokens[right.first].text[0].isupper()


def before_apposition(tokens: Sequence[Token], before: int, phrases: NounPhrases) -> Reference | None:
    """The name before an apposition that ends at `before`: "Easley, a professor at Ewha University, said".

    Behind a name that opens the sentence a title may stand between marks: "Hale, who wrote “Going Far,” said".
    """
    if before < 2 or tokens[before - 1].text != ",":
        return None
    end = before - 2 if tokens[before - 2].text in BEHIND_NAMES else before - 1
    between_commas = phrases.ending.get(end)
    is_whole = between_commas is not None and (
        between_commas.first == 0 or not tokens[between_commas.first - 1].text[0].isalnum()
    )
    if between_commas and is_whole and between_commas.mention.form == "name":
        return between_commas
    marks = 0
    for comma in range(before - 2, max(before - _ASIDE, 0), -1):
        is_mark = tokens[comma].text in _MARKS
        marks += is_mark
        if tokens[comma].text in _ENDS_ASIDE and not is_mark:
            break
        named = phrases.ending.get(before_bracket(tokens, comma)) if tokens[comma].text == "," else None
        opens = named is not None and (
            named.first == 0 or (not marks and tokens[named.first - 1].text in _MARKS)
        )
        if named and (opens or (named.mention.form == "name" and not marks)):
            return named
    return None


def behind_aside(tokens: Sequence[Token], at: int) -> int:
    """Past what stands in brackets or between commas from `at` on: "Anna Reed (R-Ohio), who is 59, said"."""
    if at < len(tokens) and tokens[at].text == "(":
        at = next((i + 1 for i in range(at, min(at + _ASIDE, len(tokens))) if tokens[i].text == ")"), at)
    if at < len(tokens) and tokens[at].text == ",":
        for comma in range(at + 1, min(at + _ASIDE, len(tokens))):
            if tokens[comma].text in _ENDS_ASIDE:
                break
            if tokens[comma].text == "," and comma + 1 < len(tokens) and goes_on_as_verb(tokens[comma + 1]):
                return comma + 1
    return at


def behind_complement(tokens: Sequence[Token], at: int) -> int:
    """Past where somebody is from or of: "of New York" behind "Anna Reed", `at` itself where nothing such follows."""
    if at + 1 >= len(tokens) or tokens[at].lower not in COMPLEMENTS:
        return at
    start = end = at + 2 if tokens[at + 1].lower == "the" else at + 1
    while end < len(tokens) and end - start < _COMPLEMENT and tokens[end].text[0].isupper():
        end += 1
    return end if end > start else at


def goes_on_as_verb(token: Token) -> bool:
    """Whether a word can be the verb of the one before it."""
    words = language()
    word = token.lower
    return word in cues().forms or word in words.before_verbs or word in words.modals or words.is_past(word)


def before_bracket(tokens: Sequence[Token], at: int) -> int:
    """Before a bracket that closes at `at`: the comma of "Jason Chaffetz (R-Utah), who"."""
    if not at or tokens[at - 1].text != ")":
        return at
    return next((i for i in range(at - 2, max(at - 10, -1), -1) if tokens[i].text == "("), at)


def is_possessive(tokens: Sequence[Token], reference: Reference) -> bool:
    """Whether the reference owns what follows: "Kim's visit"."""
    is_pronoun = reference.mention.form == "pronoun"
    return not is_pronoun and reference.last < len(tokens) and tokens[reference.last].text in POSSESSIVES


def first_subject(tokens: Sequence[Token], references: Sequence[Reference], before: int) -> Reference | None:
    """The first reference of a sentence's main clause that can be its subject."""
    start = main_clause(tokens, references, before)
    for reference in references:
        if reference.last > before:
            return None
        if reference.first >= start and can_be_subject(tokens, reference):
            return reference
    return None


def can_be_subject(tokens: Sequence[Token], reference: Reference) -> bool:
    """Whether a reference can be a subject: no preposition or verb form without a subject leads it, it owns nothing."""
    at = reference.first - 1
    while at > 0 and tokens[at].lower in _ARTICLES:
        at -= 1
    opener = tokens[at].lower if at >= 0 else ""
    is_infinitive = at > 0 and tokens[at - 1].lower == "to" and _is_verb_like(tokens[at])
    is_object = is_infinitive or (opener.endswith("ing") and opener not in language().time_words)
    owns = reference.last == reference.first + 1 and (
        tokens[reference.first].lower in language().possessive_pronouns | _OBJECTIVE
    )
    is_led = is_object or opener in language().prepositions
    return not is_led and not owns and not is_possessive(tokens, reference)


def main_clause(tokens: Sequence[Token], references: Sequence[Reference], before: int) -> int:
    """Where the main clause begins behind one put before it: "When Anna Reed died, Dean Hale released"; 0 without one.

    Where nobody known is the subject behind the commas, it is `before`: nobody in the clause before can be it.
    """
    if not before or tokens[0].lower not in _FRONTING:
        return 0
    commas = {i + 1 for i in range(1, before) if tokens[i].text == ","}
    if not commas:
        return 0
    acting = (r for r in references if r.first in commas and r.last < len(tokens))
    subject = next((r for r in acting if _is_verb_like(tokens[r.last])), None)
    return subject.first if subject else before


def _is_verb_like(token: Token) -> bool:
    """Whether a word behind a noun can be its verb: small, and no word that ends a noun phrase."""
    words = language()
    is_content = token.text[0].islower() and token.lower not in words.function_words
    return is_content or token.lower in words.before_verbs | words.modals


def is_plural_subject(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word in -s is no verb, for one follows, or "of": "member states agreed", not "the mayor states it"."""
    word = tokens[at].lower
    forms, words = cues().forms, language()
    is_other = word == "says" or word in words.function_words | words.finite
    if is_other or not word.endswith("s") or at + 1 >= len(tokens):
        return False
    after = tokens[at + 1].lower
    if after == "of":
        return word not in forms or forms[word].lemma not in SPOKEN_OF
    is_past_cue = after in forms and not after.endswith("ing") and after != forms[after].lemma
    return words.is_past(after) or is_past_cue or after in words.modals | words.finite - GENITIVE


def is_manner(token: Token) -> bool:
    """Whether a word is an adverb of manner: "bluntly", but not "family"."""
    return token.lower.endswith("ly") and token.text.islower() and token.lower not in language().not_adverbs


def opens_after_pause(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token at `at` follows a comma, a dash, a semicolon or the end of a question."""
    return at > 0 and tokens[at - 1].text in _PAUSES
