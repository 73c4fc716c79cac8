"""Finds the reporting clauses of a sentence: the verb of saying, who its subject is, and where its complement begins.

"said Ankit Panda", "he told CNN", "with US officials warning that", "adding that", "according to": each is one
`ReportingClause`. Words inside quotation marks report nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from loaders.clauses import (
    DASHES,
    GENITIVE,
    POSSESSIVES,
    NounPhrases,
    before_apposition,
    coordinated,
    first_subject,
    is_possessive,
    joined_before,
    noun_phrases,
    printed,
    quoted_positions,
)
from loaders.model import Mention, Reference, Span, grouped
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import CueForm, cues, language, roles

Order = Literal["subject first", "verb first", "shared subject", "participle", "according to"]
_JOINING = frozenset({"and", "but", "then", "or"}) | DASHES
_PLAIN_WORDS = 5
_PASSIVE = frozenset({"is", "are", "was", "were", "be", "been", "being", "get", "gets", "got", "getting"})
_OBJECT_PRONOUNS = frozenset(
    {"him", "her", "them", "his", "their", "himself", "herself", "themselves", "hers", "theirs"}
)
_AFTER_ADDRESSEE = frozenset(
    {"that", "how", "he", "she", "it", "they", "there", ",", ":", '"', "“", "whether", "if", "why"}
)
_ADJUNCT_OPENERS = frozenset({"in", "on", "at", "via", "during", "by"})
_IMPERSONAL = frozenset({"it", "they", "one"})
_PARTICLES = frozenset({"out"})
_COMPLEMENTS = frozenset({"of", "from", "at", "with", "for", "in"})
_PLAIN_RELATIVE = 10
_LONGEST_ASIDE = 30
_LONGEST_PHRASE = 14
"""How many words a noun phrase with its complements may have."""


@dataclass(frozen=True, slots=True)
class ReportingClause:
    """One verb of saying or "according to": token positions of the cue, its subjects, and where what is said begins.

    `subjects` is empty where nobody is named beside it. `start` is the first token of the clause, subject included.
    """

    cue: Span
    first: int
    last: int
    order: Order
    lemma: str
    subjects: tuple[Reference, ...]
    start: int
    end: int
    complement: int
    form: CueForm | None = None
    addressee: str = ""
    is_negated: bool = False


def find_reporting(sentence: Sentence, references: Sequence[Reference]) -> tuple[ReportingClause, ...]:
    """The reporting clauses of a sentence in text order.

    Args:
        sentence: The sentence.
        references: Those to people, organizations and states acting as such, in this sentence.
    """
    openers = sentence.positions(cues().openers)
    if not openers:
        return ()
    quoted = quoted_positions(sentence)
    outside = [r for r in references if r.first not in quoted]
    phrases = noun_phrases(outside)
    inside = {i for r in outside for i in range(r.first, r.last)}
    found: list[ReportingClause] = []
    for at in openers:
        is_read = at in quoted or (found and at < found[-1].last)
        clause = None if is_read else _clause_at(sentence, at, phrases, inside, found, quoted, outside)
        if clause:
            found.append(clause)
    return tuple(found)


def _clause_at(
    sentence: Sentence,
    at: int,
    phrases: NounPhrases,
    inside: set[int],
    found: Sequence[ReportingClause],
    quoted: frozenset[int],
    references: Sequence[Reference],
) -> ReportingClause | None:
    tokens = sentence.tokens
    phrase = cues().phrases_by_first_word.get(tokens[at].lower)
    if phrase and tuple(t.lower for t in tokens[at : at + len(phrase)]) == phrase:
        return _according(sentence, at, at + len(phrase), phrases)
    form, size = _form_at(tokens, at)
    if form is None or at in inside or _is_noun(tokens, at, form):
        return None
    last = at + size
    negated = any(t.lower in language().negations for t in tokens[max(at - 3, 0) : at])
    if at and tokens[at - 1].lower == "to":
        return None
    addressee, complement = _addressee(tokens, last, form, phrases)
    if _is_passive(tokens, at, form):
        return None
    order, subjects, start = _subject(sentence, at, last, form, phrases, found, quoted, references)
    if not subjects and not form.is_participle and (form.verb.that or _touches(tokens, at, last, quoted)):
        order, subjects, start = _plain_subject(sentence, at, last, quoted)
        if order == "subject first" and _is_noun_after(tokens[at - 1], tokens[at], form):
            return None
    if order is None or not subjects:
        return None
    end = max((s.last for s in subjects), default=last) if order == "verb first" else complement
    return ReportingClause(
        cue=Span(tokens[at].start, tokens[last - 1].end),
        first=at,
        last=last,
        order=order,
        lemma=form.lemma,
        subjects=subjects,
        start=start,
        end=end,
        complement=end if order == "verb first" else complement,
        form=form,
        addressee=addressee,
        is_negated=negated,
    )


def _is_noun(tokens: Sequence[Token], at: int, form: CueForm) -> bool:
    """Whether a form stands as a noun: "the remark", "his comments"."""
    before = tokens[at - 1].lower if at else ""
    if tokens[at].text[0].isupper() and before and before[0].isalnum():
        return True
    possessed = before in language().determiners - {"that", "this", "all", "both"} or before in POSSESSIVES
    return possessed and tokens[at].lower in {form.lemma, form.lemma + "s", form.lemma + "es"}


def _touches(tokens: Sequence[Token], at: int, last: int, quoted: frozenset[int]) -> bool:
    """Whether a verb stands right before a quotation, or ends the clause behind one: "…?” a narrator asks."""
    leads = last in quoted or (last + 1 in quoted and tokens[last].text in {",", ":"})
    ends = last == len(tokens) or not tokens[last].text[0].isalnum()
    return leads or (ends and any(i in quoted for i in range(max(at - _LONGEST_PHRASE, 0), at)))


def _is_noun_after(before: Token, token: Token, form: CueForm) -> bool:
    """Whether a form without an ending, behind a singular, is a noun: "a 2011 message", "a deep regret"."""
    bare = token.lower == form.lemma and not form.verb.forms
    return bare and not (
        before.lower.endswith("s") or before.lower in roles().nouns or before.lower in _IMPERSONAL
    )


def _is_passive(tokens: Sequence[Token], at: int, form: CueForm) -> bool:
    """Whether it is said of or to the subject, and not by it: "were told to stay away", "is said to have"."""
    if form.is_participle or tokens[at].lower in {form.lemma, form.lemma + "s"}:
        return False
    before = at - 1
    while before >= 0 and tokens[before].lower in language().adverbs | language().negations:
        before -= 1
    return before >= 0 and tokens[before].lower in _PASSIVE


def _form_at(tokens: Sequence[Token], at: int) -> tuple[CueForm | None, int]:
    forms = cues().forms
    one = forms.get(tokens[at].lower)
    if one is None and at + 1 < len(tokens) and tokens[at + 1].lower in _PARTICLES:
        return forms.get(f"{tokens[at].lower} {tokens[at + 1].lower}"), 2
    return one, 1


def _according(sentence: Sentence, at: int, last: int, phrases: NounPhrases) -> ReportingClause:
    tokens = sentence.tokens
    subjects = coordinated(tokens, phrases, phrases.starting.get(last))
    end = subjects[-1].last if subjects else last
    cue = Span(tokens[at].start, tokens[last - 1].end)
    return ReportingClause(cue, at, last, "according to", "according to", subjects, at, end, end)


def _addressee(tokens: Sequence[Token], last: int, form: CueForm, phrases: NounPhrases) -> tuple[str, int]:
    """Whom it was said to, as printed, and the token behind that and behind words of time."""
    complement, addressee = last, ""
    spoken_to = phrases.starting.get(last)
    if (form.verb.addressee and spoken_to and not _is_acting(tokens, spoken_to.last)) or (
        last + 1 < len(tokens)
        and tokens[last].lower == "to"
        and (spoken_to := phrases.starting.get(last + 1))
    ):
        addressee = printed(tokens[spoken_to.first : spoken_to.last])
        complement = spoken_to.last
    elif form.verb.addressee and (end := _plain_addressee(tokens, last)):
        addressee, complement = printed(tokens[last:end]), end
    return addressee, _past_adjuncts(tokens, complement)


def _plain_addressee(tokens: Sequence[Token], last: int) -> int:
    """Behind an addressee nobody is known by ("told the Daily Mail that"), 0 where none is told."""
    end = last + 1 if last < len(tokens) and tokens[last].lower in language().determiners else last
    while end < len(tokens) and end - last < _PLAIN_WORDS and _is_noun_like(tokens[end]):
        end += 1
    if end == last or end >= len(tokens) or not _is_noun_like(tokens[end - 1]):
        return 0
    return end if tokens[end].lower in _AFTER_ADDRESSEE else 0


def _past_adjuncts(tokens: Sequence[Token], at: int) -> int:
    """Past words that say when or in what it was said: "on Tuesday", "in a statement", "earlier"."""
    while at < len(tokens):
        if tokens[at].lower in language().time_words:
            at += 1
        elif tokens[at].lower in _ADJUNCT_OPENERS and (behind := _adjunct_end(tokens, at + 1)):
            at = behind
        else:
            break
    return at


def _adjunct_end(tokens: Sequence[Token], at: int) -> int:
    """Behind the time or the channel that follows a preposition, 0 where something else follows."""
    if at < len(tokens) and (tokens[at].lower in language().time_words or tokens[at].text[0].isdigit()):
        return at + 1
    for end in range(at, min(at + 5, len(tokens))):
        if tokens[end].lower in cues().footage | cues().channels:
            return end + 1
        if not tokens[end].text[0].isalnum() or tokens[end].lower in cues().forms:
            return 0
    return 0


def _is_acting(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb follows: in "warned the two leaders may meet" nobody is warned."""
    return at < len(tokens) and tokens[at].lower in language().auxiliaries | language().modals - {"to"}


def _subject(
    sentence: Sentence,
    at: int,
    last: int,
    form: CueForm,
    phrases: NounPhrases,
    found: Sequence[ReportingClause],
    quoted: frozenset[int],
    references: Sequence[Reference],
) -> tuple[Order | None, tuple[Reference, ...], int]:
    """How a verb and its subject stand, the subject, and where the clause begins."""
    tokens = sentence.tokens
    before = _skip_back(tokens, at, quoted)
    subject = phrases.ending.get(before)
    if subject is None and not form.is_participle:
        subject = before_apposition(tokens, before, phrases)
    if subject and not is_possessive(tokens, subject) and not _is_object(tokens, subject):
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
    if follows and not form.is_participle and _opens_inversion(tokens, at, quoted):
        return "verb first", coordinated(tokens, phrases, follows), at
    if form.is_participle and _is_free_participle(tokens, before, form):
        return "participle", _main_subject(sentence, at, found, references), at
    if before and tokens[before - 1].lower in _JOINING:
        return "shared subject", _main_subject(sentence, at, found, references), at
    return None, (), at


def _head(tokens: Sequence[Token], last: Reference, phrases: NounPhrases) -> Reference:
    """The head of a noun phrase that ends in a name: Anna Reed in "Anna Reed of the Transport Institute"."""
    at = last.first - 1
    if at > 0 and tokens[at].lower in language().determiners:
        at -= 1
    is_complement = at > 0 and tokens[at].lower in _COMPLEMENTS
    head = phrases.ending.get(at) if is_complement else _before_relative(tokens, last, phrases)
    return head if head and head.mention.entity_type == "person" else last


def _before_relative(tokens: Sequence[Token], last: Reference, phrases: NounPhrases) -> Reference | None:
    """Whom a relative clause describes that ends, without its comma, in a name of no person: "Reed, who leads Kent said"."""
    if last.mention.entity_type == "person" and not last.is_guess:
        return None
    for at in range(last.first - 1, max(last.first - _PLAIN_RELATIVE, 0), -1):
        if tokens[at].lower == "who" and tokens[at - 1].text == ",":
            return phrases.ending.get(at - 1)
        if not tokens[at].text[0].isalnum():
            return None
    return None


def _is_free_participle(tokens: Sequence[Token], before: int, form: CueForm) -> bool:
    """Whether an -ing form hangs on the whole clause: ", adding that", "in a new statement saying"."""
    if before == 0 or tokens[before - 1].text in {","} | DASHES or tokens[before - 1].lower in _JOINING:
        return True
    opener = tokens[before - 1].lower
    return form.verb.strong and opener not in language().function_words and opener not in POSSESSIVES


def _is_object(tokens: Sequence[Token], reference: Reference) -> bool:
    """Whether a reference cannot be a subject: "behind her shouting"."""
    return reference.last - reference.first == 1 and tokens[reference.first].lower in _OBJECT_PRONOUNS


def _skip_back(tokens: Sequence[Token], at: int, quoted: frozenset[int]) -> int:
    """Back over adverbs and auxiliaries: the position behind which the subject must end."""
    skipped = language().before_verbs
    while (
        at
        and at - 1 not in quoted
        and (tokens[at - 1].lower in skipped or tokens[at - 1].text == ")" or _is_manner(tokens[at - 1]))
    ):
        at = _before_bracket(tokens, at - 1) if tokens[at - 1].text == ")" else at - 1
    return at


def _is_manner(token: Token) -> bool:
    """Whether a word is an adverb of manner: "bluntly", but not "family"."""
    return token.lower.endswith("ly") and token.text.islower() and token.lower not in language().not_adverbs


def _before_bracket(tokens: Sequence[Token], closing: int) -> int:
    """The position of the bracket that opens before a closing one: "Jason Chaffetz (R-Utah) said"."""
    return next(
        (at for at in range(closing - 1, max(closing - 9, -1), -1) if tokens[at].text == "("), closing
    )


def _plain_subject(
    sentence: Sentence, at: int, last: int, quoted: frozenset[int]
) -> tuple[Order | None, tuple[Reference, ...], int]:
    """A subject nobody is known by: "the letter reads", "it added", "said a neighbour across the street"."""
    tokens = sentence.tokens
    before = _skip_back(tokens, at, quoted)
    if (
        before > 1
        and tokens[before - 1].text == ","
        and (name := _capitals_before_aside(tokens, before - 1, quoted))
    ):
        return "subject first", (_unnamed(sentence, *name),), name[0]
    first = before
    while (
        first
        and before - first < _PLAIN_WORDS
        and first - 1 not in quoted
        and _is_noun_like(tokens[first - 1])
    ):
        first -= 1
    is_impersonal = first == before and first > 0 and tokens[first - 1].lower in _IMPERSONAL
    has_article = first < before and first > 0 and tokens[first - 1].lower in language().determiners
    if (is_impersonal or has_article) and first - 1 not in quoted:
        first -= 1
    is_inside = 0 < first < before and _is_inside(tokens, first, quoted)
    if is_inside or not (first < before and _opens_clause(tokens, first, quoted)):
        whole = _long_phrase(tokens, before, quoted)
        first = before if whole is None else whole
    if first < before and _opens_clause(tokens, first, quoted):
        return "subject first", (_unnamed(sentence, first, before),), first
    if not _opens_inversion(tokens, at, quoted):
        return None, (), at
    end = last + 1 if last < len(tokens) and tokens[last].lower in language().determiners else last
    start = end
    while end < len(tokens) and end - start < _PLAIN_WORDS and _is_noun_like(tokens[end]):
        end += 1
    return ("verb first", (_unnamed(sentence, last, end),), at) if end > start else (None, (), at)


def _capitals_before_aside(
    tokens: Sequence[Token], closing: int, quoted: frozenset[int]
) -> tuple[int, int] | None:
    """A name nothing is known of, before an apposition that ends at `closing`: "Vonn R. Kirk II, a writer, said"."""
    for comma in range(closing - 1, max(closing - _LONGEST_ASIDE, 0), -1):
        if comma in quoted or tokens[comma].text == ";":
            return None
        first = comma
        while first and first - 1 not in quoted and tokens[first - 1].text[0].isupper():
            first -= 1
        begins = first == 0 or first - 1 in quoted or tokens[first - 1].text == ","
        if tokens[comma].text == "," and begins and 2 <= comma - first <= _PLAIN_WORDS:
            return first, comma
    return None


def _is_inside(tokens: Sequence[Token], first: int, quoted: frozenset[int]) -> bool:
    """Whether a noun phrase hangs on what stands before it: "a statement confirming the eviction"."""
    before = tokens[first - 1]
    return first - 1 not in quoted and (before.lower in _COMPLEMENTS | {"by"} or before.lower.endswith("ing"))


def _long_phrase(tokens: Sequence[Token], before: int, quoted: frozenset[int]) -> int | None:
    """Where a noun phrase with complements begins that fills what stands before the verb: "the pitch on the site".

    It begins at the start of the sentence or behind a quotation, and has no verb in it.
    """
    first, words = before, language()
    while first and first - 1 not in quoted and before - first < _LONGEST_PHRASE:
        token = tokens[first - 1]
        is_verb = (
            token.lower in cues().forms and not token.lower.endswith("ing")
        ) or token.lower in words.before_verbs - GENITIVE
        if is_verb or token.lower in words.modals | words.personal | words.conjunctions - {"and"}:
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


def _is_noun_like(token: Token) -> bool:
    word = token.lower
    is_word = (
        token.text[0].isalnum()
        and word not in language().function_words
        and word not in language().time_words
    )
    return is_word and not word.endswith("ing")


def _opens_clause(tokens: Sequence[Token], first: int, quoted: frozenset[int]) -> bool:
    """Whether a noun phrase begins a clause: at the start, behind a pause or a quotation, or by an article."""
    if first == 0 or first - 1 in quoted or tokens[first].lower in language().determiners | _IMPERSONAL:
        return True
    return (
        tokens[first - 1].text in {",", ":", ";"} | DASHES
        or tokens[first - 1].lower in language().conjunctions
    )


def _unnamed(sentence: Sentence, first: int, last: int) -> Reference:
    tokens = sentence.tokens
    named = first + 1 if tokens[first].lower in language().determiners and first + 1 < last else first
    span = Span(tokens[first].start, tokens[last - 1].end)
    is_pronoun = last == first + 1 and tokens[first].lower in _IMPERSONAL
    mention = Mention(span, sentence.post_id, "person", form="pronoun" if is_pronoun else "description")
    label = "" if is_pronoun else printed(tokens[named:last])
    return Reference(mention, 0, first, last, label, tokens[last - 1].lower, "unnamed")


def _opens_inversion(tokens: Sequence[Token], at: int, quoted: frozenset[int]) -> bool:
    """Whether a verb before its subject follows what was said: behind a comma, a quotation or a dash."""
    return at == 0 or at - 1 in quoted or tokens[at - 1].text in {",", "?", "!", "”", '"', "’", "'"} | DASHES


def _main_subject(
    sentence: Sentence, at: int, found: Sequence[ReportingClause], references: Sequence[Reference]
) -> tuple[Reference, ...]:
    """The subject a second verb shares: that of the reporting clause before, else of the sentence."""
    if found and found[-1].subjects:
        return found[-1].subjects
    subject = first_subject(sentence.tokens, references, at)
    return (subject,) if subject else ()


@dataclass(frozen=True)
class Speech:
    """A sentence with the references to those who may speak in it, and its reporting clauses."""

    at: int
    sentence: Sentence
    references: tuple[Reference, ...]
    clauses: tuple[ReportingClause, ...]

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The positions of the tokens between quotation marks."""
        return quoted_positions(self.sentence)


def find_speech(sentences: Sequence[Sentence], speakers: Sequence[Reference]) -> tuple[Speech, ...]:
    """Each sentence with its reporting clauses.

    Args:
        sentences: The blog's sentences.
        speakers: The references to people, organizations, and places that stand for a state.
    """
    by_sentence = grouped(speakers, lambda r: r.sentence)
    found = []
    for at, sentence in enumerate(sentences):
        here = tuple(sorted(by_sentence.get(at, ()), key=lambda r: (r.first, -r.last)))
        found.append(Speech(at, sentence, here, find_reporting(sentence, here)))
    return tuple(found)
