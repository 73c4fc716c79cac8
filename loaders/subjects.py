"""Finds who stands beside a verb of saying as its subject, among those the text names or describes.

Before the verb, behind it where what is said comes first, in front of an apposition or a relative clause, or further
left where the verb shares a subject with the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from loaders.clauses import (
    BEHIND_NAMES,
    COMPARING,
    COMPLEMENTS,
    DASHES,
    POSSESSIVES,
    NounPhrases,
    before_apposition,
    before_bracket,
    coordinated,
    first_subject,
    goes_on_as_verb,
    is_manner,
    is_possessive,
    joined_before,
)
from loaders.model import Reference
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import CueForm, cues, language, roles

Order = Literal["subject first", "verb first", "shared subject", "participle", "according to"]
_PUBLISHED = frozenset(
    {"issued", "released", "published", "posted", "written", "made", "signed", "shared", "put", "out", "on"}
)
_JOINING = frozenset({"and", "but", "then", "or"}) | DASHES
_OBJECT_PRONOUNS = frozenset(
    {"him", "her", "them", "his", "their", "himself", "herself", "themselves", "hers", "theirs"}
)
_LONGEST_RELATIVE = 10
_MOST_HANGING = 4
"""How many that hang one on the other are looked through: "a friend of the wife of the owner of …"."""
_SPEAKERS_THEMSELVES = frozenset({"i", "we"})
_OTHERS = frozenset({"i", "we", "you", "it", "they"})
"""Subjects that nobody the text names can be."""
_NEVER_INVERTED = frozenset({"tell", "inform", "assure"})
"""Verbs that somebody spoken to always follows: in "…, told Anna Reed" she is told."""


def named_subject(
    sentence: Sentence,
    at: int,
    last: int,
    form: CueForm,
    phrases: NounPhrases,
    shared: tuple[Reference, ...],
    quoted: frozenset[int],
    references: Sequence[Reference],
) -> tuple[Order | None, tuple[Reference, ...], int]:
    """How a verb and its subject stand, the subject, and where the clause begins.

    Args:
        sentence: The sentence.
        at: The first token of the verb.
        last: Behind its last token.
        form: The verb's form.
        phrases: The references by their edges.
        shared: The subject of the reporting clause before, which a second verb shares.
        quoted: The positions between quotation marks.
        references: The references of the reporter's in the sentence.
    """
    tokens = sentence.tokens
    before = skip_back(tokens, at, quoted)
    subject = _before_letters(tokens, before, phrases) or phrases.ending.get(before)
    if subject is None and not form.is_participle:
        subject = before_apposition(tokens, before, phrases) or _before_defining(tokens, before, phrases)
    if (
        subject is not None
        and _hangs(tokens, subject)
        and (not form.is_participle or _is_told(tokens, subject))
    ):
        subject = _governor(tokens, subject, phrases)
    is_where = subject is not None and form.is_participle and _is_placed(tokens, subject)
    if subject and not is_where and not is_possessive(tokens, subject) and not _is_object(tokens, subject):
        subject = _head(tokens, subject, phrases)
        joined = joined_before(tokens, phrases, subject)
        return "subject first", joined, joined[0].first
    if before and tokens[before - 1].lower in {"who", "which"}:
        back = before - 2 if before > 1 and tokens[before - 2].text == "," else before - 1
        subject = phrases.ending.get(back)
        if subject:
            subject = _head(tokens, subject, phrases)
            return "subject first", (subject,), subject.first
    follows = phrases.starting.get(last)
    if follows and not form.is_participle and is_inverted(tokens, at, form, quoted):
        return "verb first", coordinated(tokens, phrases, follows), at
    if form.is_participle and before == 1 and tokens[0].lower in language().prepositions:
        return "participle", _subject_behind(tokens, last, phrases, quoted), at
    if form.is_participle and _is_free_participle(tokens, before, form):
        return "participle", shared or _main_subject(tokens, at, references, quoted), at
    if before and tokens[before - 1].lower in _JOINING:
        return "shared subject", shared or _main_subject(tokens, at, references, quoted), at
    return None, (), at


def _main_subject(
    tokens: Sequence[Token], at: int, references: Sequence[Reference], quoted: frozenset[int]
) -> tuple[Reference, ...]:
    """The first that can be the subject, unless "I" or "it" is: "when Reed came, I laughed and", "it blamed Reed,"."""
    subject = first_subject(tokens, references, at)
    if subject is None:
        return ()
    before = range(max(subject.first - 3, 0), subject.first - 1)
    is_object = tokens[subject.first - 1].text[0].islower() and any(
        tokens[i].lower in _OTHERS for i in before if i not in quoted
    )
    return () if is_object or speak_themselves(tokens, subject.last, at, quoted) else (subject,)


def speak_themselves(tokens: Sequence[Token], start: int, end: int, quoted: frozenset[int]) -> bool:
    """Whether "I" or "we" is the subject of a clause between two tokens, outside quotation marks."""
    return any(
        tokens[i].lower in _SPEAKERS_THEMSELVES and tokens[i + 1].text[0].isalpha()
        for i in range(start, end)
        if i not in quoted
    )


def _subject_behind(
    tokens: Sequence[Token], last: int, phrases: NounPhrases, quoted: frozenset[int]
) -> tuple[Reference, ...]:
    """The subject behind a participle that opens the sentence: "After saying it was over, Reed left"."""
    pauses = (i for i in range(last, len(tokens) - 1) if tokens[i].text == "," or i in quoted)
    subject = next((phrases.starting[i + 1] for i in pauses if i + 1 in phrases.starting), None)
    acts = subject is not None and subject.last < len(tokens) and goes_on_as_verb(tokens[subject.last])
    return (subject,) if subject and acts else ()


def _head(tokens: Sequence[Token], last: Reference, phrases: NounPhrases) -> Reference:
    """The head of a noun phrase that ends in a name: Anna Reed in "Anna Reed of the Transport Institute"."""
    at = last.first - 1
    if at > 0 and tokens[at].lower in language().determiners:
        at -= 1
    is_complement = at > 0 and tokens[at].lower in COMPLEMENTS
    head = phrases.ending.get(at) if is_complement else _before_relative(tokens, last, phrases)
    return head if head and head.mention.entity_type == "person" else last


def _hangs(tokens: Sequence[Token], reference: Reference) -> bool:
    """Whether a preposition that opens no clause stands right before: "a source close to Reed said".

    Behind "of" it may be several of whom some say something ("half of voters"); a title has prepositions of its own.
    """
    words, mention = language(), reference.mention
    at = reference.first - 1
    at -= at > 0 and tokens[at].lower in words.determiners
    before = tokens[at].lower if at >= 0 else ""
    has_article = tokens[reference.first].lower in words.determiners
    if tokens[min(reference.first + has_article, reference.last - 1)].start < mention.span.start:
        return False
    role = roles().nouns.get(reference.noun)
    is_part = before == "of" and (reference.is_guess or (role is not None and role.is_group))
    is_author = before in {"by", "from"} and _is_published(tokens, at)
    return not (is_part or is_author) and before in words.prepositions - words.conjunctions - COMPARING


def _is_published(tokens: Sequence[Token], at: int) -> bool:
    """Whether a statement stands before "by" or "from", whose author speaks in it: "a letter from Reed said"."""
    for word in (token.lower for token in reversed(tokens[max(at - _LONGEST_RELATIVE, 0) : at])):
        if word in cues().channels | cues().footage:
            return True
        if word not in language().time_words | _PUBLISHED:
            return False
    return False


def _is_told(tokens: Sequence[Token], reference: Reference) -> bool:
    """Whether a reference is only spoken to: "a letter to voters saying"."""
    return reference.first > 0 and tokens[reference.first - 1].lower == "to"


def _governor(tokens: Sequence[Token], hanging: Reference, phrases: NounPhrases) -> Reference | None:
    """Who somebody behind a preposition only tells apart: the source of "a source close to Reed said"."""
    for _ in range(_MOST_HANGING):
        head = _head_before(tokens, hanging, phrases)
        if head is None or not _hangs(tokens, head):
            return head
        hanging = head
    return None


def _head_before(tokens: Sequence[Token], hanging: Reference, phrases: NounPhrases) -> Reference | None:
    """The nearest one before a preposition, with small words alone between, or a comma ("Hale, of Leeds, said")."""
    comma = hanging.first - 2
    if comma > 0 and tokens[comma].text == "," and comma in phrases.ending:
        return phrases.ending[comma]
    for at in range(hanging.first - 1, max(hanging.first - _LONGEST_RELATIVE, -1), -1):
        if at in phrases.ending:
            return phrases.ending[at]
        if at and not (tokens[at - 1].text[0].isalnum() and tokens[at - 1].text.islower()):
            return None
    return None


def _before_relative(tokens: Sequence[Token], last: Reference, phrases: NounPhrases) -> Reference | None:
    """Whom a relative clause describes that ends, its comma forgotten, in a thing's name: "Reed, who led Kent said"."""
    if last.mention.entity_type == "person" and not last.is_guess:
        return None
    return _before_defining(tokens, last.first, phrases)


def _before_letters(tokens: Sequence[Token], before: int, phrases: NounPhrases) -> Reference | None:
    """Who has the letters behind the name: "Anna Reed MP said", but not "the Leeds MP said"."""
    named = phrases.ending.get(before - 1) if before and tokens[before - 1].text in BEHIND_NAMES else None
    return named if named and named.mention.entity_type == "person" and not named.is_guess else None


def _before_defining(tokens: Sequence[Token], before: int, phrases: NounPhrases) -> Reference | None:
    """Whom a relative clause defines that ends before the verb: "the officer who made the arrest said"."""
    for at in range(before - 1, max(before - _LONGEST_RELATIVE, 0), -1):
        if tokens[at].lower in {"who", "whose"}:
            back = at - 1 if tokens[at - 1].text == "," else at
            if back > 1 and tokens[back - 1].text.isdigit() and tokens[back - 2].text == ",":
                back -= 2
            return phrases.ending.get(back)
        if not tokens[at].text[0].isalnum():
            return None
    return None


def _is_placed(tokens: Sequence[Token], reference: Reference) -> bool:
    """Whether something only stands there: "a post on Facebook revealing that"."""
    is_person = reference.mention.entity_type == "person" and not reference.is_guess
    return not is_person and reference.first > 0 and tokens[reference.first - 1].lower in {"on", "in", "at"}


def _is_free_participle(tokens: Sequence[Token], before: int, form: CueForm) -> bool:
    """Whether an -ing form hangs on the whole clause: ", adding that", "in a new statement saying"."""
    if before == 0 or tokens[before - 1].text in {","} | DASHES or tokens[before - 1].lower in _JOINING:
        return True
    opener = tokens[before - 1].lower
    return form.verb.strong and opener not in language().function_words and opener not in POSSESSIVES


def _is_object(tokens: Sequence[Token], reference: Reference) -> bool:
    """Whether a reference cannot be a subject: "behind her shouting"."""
    return reference.last - reference.first == 1 and tokens[reference.first].lower in _OBJECT_PRONOUNS


def skip_back(tokens: Sequence[Token], at: int, quoted: frozenset[int]) -> int:
    """Back over adverbs, auxiliaries and brackets: the position behind which the subject must end."""
    skipped = language().before_verbs
    while at and at - 1 not in quoted:
        token = tokens[at - 1]
        if token.text == ")":
            at = min(before_bracket(tokens, at), at - 1)
        elif token.lower in skipped or is_manner(token):
            at -= 1
        else:
            break
    return at


def is_inverted(tokens: Sequence[Token], at: int, form: CueForm, quoted: frozenset[int]) -> bool:
    """Whether a verb can stand before its subject where it stands."""
    return form.lemma not in _NEVER_INVERTED and opens_inversion(tokens, at, quoted)


def opens_inversion(tokens: Sequence[Token], at: int, quoted: frozenset[int]) -> bool:
    """Whether a verb before its subject follows what was said: behind a comma, a quotation or a dash."""
    return at == 0 or at - 1 in quoted or tokens[at - 1].text in {",", "?", "!", "”", '"', "’", "'"} | DASHES
