"""Finds the subject of a verb of saying where nobody known is named: "the letter reads", "a source near him said"."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.clauses import COMPARING, DASHES, GENITIVE, is_plural_subject, printed
from loaders.model import Mention, Reference, Span
from loaders.segmentation import Sentence, Token
from loaders.subjects import Order, is_inverted, skip_back
from loaders.vocabulary import CueForm, cues, language, roles

IMPERSONAL = frozenset({"it", "they", "one"})
"""Pronouns of things and groups, which the speakers before must explain."""
PLAIN_WORDS = 5
"""How many words a plain noun phrase may have."""
LONGEST_PHRASE = 14
"""How many words it may have with its complements."""
_LONGEST_ASIDE = 30
_OF_PERSONS = frozenset({"who", "whom"})


def plain_subject(
    sentence: Sentence, at: int, last: int, form: CueForm, quoted: frozenset[int]
) -> tuple[Order | None, tuple[Reference, ...], int]:
    """A subject nobody is known by: how it stands, the subject, and where the clause begins."""
    tokens = sentence.tokens
    verb = skip_back(tokens, at, quoted)
    before = _before_relative(tokens, verb)
    if (
        before > 1
        and tokens[before - 1].text == ","
        and (name := _capitals_before_aside(tokens, before - 1, quoted))
    ):
        return "subject first", (_unnamed(sentence, *name),), name[0]
    first = before
    while (
        first and before - first < PLAIN_WORDS and first - 1 not in quoted and is_noun_like(tokens[first - 1])
    ):
        first -= 1
    first = _behind_article(tokens, first, quoted) if first < before else first
    is_impersonal = first == before and first > 0 and tokens[first - 1].lower in IMPERSONAL
    has_article = first < before and first > 0 and tokens[first - 1].lower in language().determiners
    if (is_impersonal or has_article) and first - 1 not in quoted:
        first -= 1
    is_inside = before == verb and 0 < first < before and _is_inside(tokens, first, quoted)
    if is_inside or not (first < before and _opens_clause(tokens, first, quoted)):
        whole = _long_phrase(tokens, before, quoted)
        first = before if whole is None else whole
    if first < before and _opens_clause(tokens, first, quoted):
        return "subject first", (_unnamed(sentence, first, before),), first
    if not is_inverted(tokens, at, form, quoted):
        return None, (), at
    end = last + 1 if last < len(tokens) and tokens[last].lower in language().determiners else last
    start = end
    while end < len(tokens) and end - start < PLAIN_WORDS and is_noun_like(tokens[end]):
        end += 1
    return ("verb first", (_unnamed(sentence, last, end),), at) if end > start else (None, (), at)


def _behind_article(tokens: Sequence[Token], first: int, quoted: frozenset[int]) -> int:
    """Where a noun phrase of two joined parts begins, its article aside: "the Mersey and Dee trust", "the fire and …".

    The part before "and" is one word or all capitals, so that "The mayor left and staff" is no such phrase.
    """
    if first < 3 or tokens[first - 1].lower != "and" or first - 1 in quoted:
        return first
    left = first - 2
    while (
        left
        and is_noun_like(tokens[left - 1])
        and _is_capital(tokens[left])
        and _is_capital(tokens[left - 1])
    ):
        left -= 1
    is_led = left > 0 and tokens[left - 1].lower in language().determiners and left - 1 not in quoted
    is_part = is_noun_like(tokens[left]) and tokens[left].lower not in roles().nouns
    return left if is_led and is_part and _opens_phrase(tokens, left - 1, quoted) else first


def _opens_phrase(tokens: Sequence[Token], at: int, quoted: frozenset[int]) -> bool:
    """Whether a clause may begin at `at`: at the start, behind a pause, a quotation or a conjunction."""
    return at == 0 or at - 1 in quoted or _is_behind_pause(tokens, at)


def _before_relative(tokens: Sequence[Token], before: int) -> int:
    """Before the pronoun that opens a thing's relative clause: "a headline that said"."""
    is_relative = before > 1 and tokens[before - 1].lower in {"that", "which"}
    return before - 1 if is_relative and is_noun_like(tokens[before - 2]) else before


def _capitals_before_aside(
    tokens: Sequence[Token], closing: int, quoted: frozenset[int]
) -> tuple[int, int] | None:
    """A name nothing is known of, before an apposition that ends at `closing`: "Vonn R. Kirk II, a writer, said"."""
    for comma in range(closing - 1, max(closing - _LONGEST_ASIDE, 0), -1):
        if comma in quoted or tokens[comma].text == ";":
            return None
        first = comma
        while (
            first > comma - PLAIN_WORDS - 1
            and first
            and first - 1 not in quoted
            and _is_capital(tokens[first - 1])
        ):
            first -= 1
        begins = first == 0 or first - 1 in quoted or tokens[first - 1].text == ","
        is_name = comma - first > 1 or (comma > first and tokens[comma + 1].lower == "who")
        if tokens[comma].text == "," and begins and is_name and comma - first <= PLAIN_WORDS:
            return first, comma
    return None


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper()


def _is_inside(tokens: Sequence[Token], first: int, quoted: frozenset[int]) -> bool:
    """Whether a noun phrase hangs on what stands before it: "a statement confirming the sale", "a man on the bus"."""
    word, words = tokens[first - 1].lower, language()
    hangs = word in words.prepositions - words.conjunctions - COMPARING or word.endswith("ing")
    return hangs and first - 1 not in quoted


def _long_phrase(tokens: Sequence[Token], before: int, quoted: frozenset[int]) -> int | None:
    """Where a noun phrase with complements begins that fills what stands before the verb: "the pitch on the site".

    It begins at the start of the sentence or behind a quotation, and has no verb in it.
    """
    first, words = before, language()
    while first and first - 1 not in quoted and before - first < LONGEST_PHRASE:
        token = tokens[first - 1]
        is_verb = (
            token.lower in cues().forms
            and token.text[0].islower()
            and not token.lower.endswith("ing")
            and not is_plural_subject(tokens, first - 1)
        ) or token.lower in words.before_verbs - GENITIVE
        is_modal = token.lower in words.modals and not _leads_to_noun(tokens, first - 1)
        if is_verb or is_modal or token.lower in words.personal | words.conjunctions - {"and"} | _OF_PERSONS:
            break
        if not (token.text[0].isalnum() or token.text in GENITIVE):
            break
        first -= 1
    after_comma = first > 1 and tokens[first - 1].text == ","
    is_whole = after_comma and (first - 2 in quoted or tokens[first].lower in words.determiners)
    opens = first == 0 or first - 1 in quoted or is_whole
    if not opens or before - first < 2 or first == before:
        return None
    opener = tokens[first].lower
    if opener in words.pronouns and opener not in words.possessive_pronouns:
        return None
    return None if opener in words.prepositions | words.relatives | words.time_words else first


def _leads_to_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether "to" leads to somebody and not to a verb: "sent to Anna Reed", "sent to the mayor"."""
    after = tokens[at + 1]
    is_noun = _is_capital(after) or after.lower in language().determiners
    return tokens[at].lower == "to" and is_noun


def _opens_clause(tokens: Sequence[Token], first: int, quoted: frozenset[int]) -> bool:
    """Whether a noun phrase begins a clause: at the start, behind a pause or a quotation, or by an article."""
    if first == 0 or first - 1 in quoted or tokens[first].lower in language().determiners | IMPERSONAL:
        return True
    return _is_behind_pause(tokens, first)


def _is_behind_pause(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1]
    return before.text in {",", ":", ";"} | DASHES or before.lower in language().conjunctions


def is_noun_like(token: Token) -> bool:
    """Whether a word can stand in a plain noun phrase."""
    word = token.lower
    is_word = (
        token.text[0].isalnum()
        and word not in language().function_words
        and word not in language().time_words
    )
    return is_word and not word.endswith("ing")


def _unnamed(sentence: Sentence, first: int, last: int) -> Reference:
    tokens = sentence.tokens
    while first + 1 < last and tokens[first].lower in language().conjunctions:
        first += 1
    is_article = (
        tokens[first].lower in language().determiners - {"those", "these"} - language().possessive_pronouns
    )
    named = first + 1 if is_article and first + 1 < last else first
    span = Span(tokens[first].start, tokens[last - 1].end)
    is_pronoun = last == first + 1 and tokens[first].lower in IMPERSONAL
    mention = Mention(span, sentence.post_id, "person", form="pronoun" if is_pronoun else "description")
    label = "" if is_pronoun else printed(tokens[named:last])
    if label and tokens[named].lower in language().possessive_pronouns:
        label = label[0].lower() + label[1:]
    return Reference(mention, 0, first, last, label, tokens[last - 1].lower, "unnamed")
