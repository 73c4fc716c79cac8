"""Finds the reporting clauses of a sentence: the verb of saying, who its subject is, and where its complement begins.

"said Ankit Panda", "he told CNN", "with US officials warning that", "adding that", "according to": each is one
`ReportingClause`. Words inside quotation marks report nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from loaders.clauses import (
    POSSESSIVES,
    SPOKEN_OF,
    NounPhrases,
    coordinated,
    is_manner,
    is_plural_subject,
    noun_phrases,
    printed,
    quoted_positions,
)
from loaders.model import Reference, Span, grouped
from loaders.plain_subjects import IMPERSONAL, LONGEST_PHRASE, PLAIN_WORDS, is_noun_like, plain_subject
from loaders.segmentation import Sentence, Token
from loaders.subjects import Order, named_subject, speak_themselves
from loaders.vocabulary import CueForm, cues, events, language, roles

_PASSIVE = frozenset({"is", "are", "was", "were", "be", "been", "being", "get", "gets", "got", "getting"})
_FINITE_BE = frozenset({"is", "was"})
"""What a verb's base form never stands before: "the jobs report was released"."""
_COUNTING = frozenset(
    {
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "several",
        "many",
        "both",
        "these",
        "those",
    }
)
_TIMING = frozenset({"after", "before", "since", "during", "following", "amid"})
_FEW = 3
"""How many words may stand between a plural and what counts it."""
_AFTER_ADDRESSEE = frozenset(
    {"that", "how", "he", "she", "it", "they", "there", ",", ":", '"', "“", "whether", "if", "why"}
)
_ADJUNCT_OPENERS = frozenset({"in", "on", "at", "via", "during", "by"})
_DIGITS_OF_DAY = 2
_PARTICLES = frozenset({"out", "on", "back"})
_SUPPOSING = frozenset({"if", "unless"})
"""Verbs that what is spoken of follows with "of"."""
_GOING = frozenset({"go", "goes", "went", "going"})
_BEGINNING = frozenset(
    {"began", "begins", "started", "starts", "opened", "opens", "ended", "ends", "concluded", "concludes", "closed",
     "finished", "responded", "replied", "reacted", "answered", "countered"}
)  # fmt: skip
"""Verbs that say where in a speech something is said by saying it: "began by saying"."""


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
    head = _governing(tokens, at, form)
    if at and tokens[at - 1].lower == "to" and head == at:
        return None
    addressee, complement = _addressee(tokens, last, form, phrases)
    if (
        _is_passive(tokens, at, form)
        or _takes_lives(tokens, last, form)
        or _is_done_by(tokens, at, last, form)
    ):
        return None
    is_mine = bool(found) and speak_themselves(tokens, found[-1].last, at, quoted)
    shared = found[-1].subjects if found and not is_mine else ()
    finite = form if head == at else replace(form, is_participle=False)
    order, subjects, start = named_subject(sentence, head, last, finite, phrases, shared, quoted, references)
    if head < at and order != "subject first" and not form.is_participle:
        return None
    if not subjects and not form.is_participle and (form.verb.that or _touches(tokens, at, last, quoted)):
        order, subjects, start = plain_subject(sentence, at, last, form, quoted)
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
        is_negated=negated or _is_supposed(tokens, start),
    )


def _is_supposed(tokens: Sequence[Token], start: int) -> bool:
    """Whether a clause only supposes that something is said: "if Reed says so", "had Reed said so"."""
    return start > 0 and tokens[start - 1].lower in _SUPPOSING | ({"had"} if start == 1 else set())


def _governing(tokens: Sequence[Token], at: int, form: CueForm) -> int:
    """Where the verb stands that a verb of saying hangs on: "went on to say", "began by saying"; else `at` itself."""
    before = [token.lower for token in tokens[max(at - 4, 0) : at]]
    if before[-2:] == ["on", "to"] and len(before) > 2 and before[-3] in _GOING:
        return at - 3
    if before[-4:-3] == ["made"] and before[-3:] == ["a", "point", "of"]:
        return at - 4
    is_means = form.is_participle and before[-1:] == ["by"] and len(before) > 1
    return at - 2 if is_means and before[-2] in _BEGINNING else at


def _is_noun(tokens: Sequence[Token], at: int, form: CueForm) -> bool:
    """Whether a form stands as a noun: "the remark", "his comments"."""
    before = tokens[at - 1].lower if at else ""
    if tokens[at].text[0].isupper() and before and before[0].isalnum():
        return True
    if tokens[at].lower == form.lemma + "s" and is_plural_subject(tokens, at):
        return True
    if tokens[at].lower == form.lemma + "s" and (before in cues().doubts or _is_claimed_thing(tokens, at)):
        return True
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if before == "whose" or (tokens[at].lower == form.lemma and after in _FINITE_BE):
        return True
    if tokens[at].lower == form.lemma + "s" and _is_counted(tokens, at):
        return True
    if _is_imperative(tokens, at, form) or _is_event_noun(tokens, at) or _is_kind_of_speech(tokens, at, form):
        return True
    possessed = before in language().determiners - {"that", "this", "all", "both"} or before in POSSESSIVES
    return possessed and tokens[at].lower in {form.lemma, form.lemma + "s", form.lemma + "es"}


def _is_claimed_thing(tokens: Sequence[Token], at: int) -> bool:
    """Whether a plural is what a verb denies or repeats: "Reed denied claims", but not "the accused claims"."""
    before = tokens[at - 1].lower if at else ""
    is_verb = before in cues().rejecting_forms or (before in cues().forms and before.endswith("ed"))
    is_led = at > 1 and tokens[at - 2].lower in language().determiners
    return is_verb and not is_led and tokens[at].lower in cues().claims


def _is_counted(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word in -s is a plural: counted ("two long reports"), or a time ("after the Paris attacks,")."""
    first = at
    while first and at - first < _FEW and is_noun_like(tokens[first - 1]):
        first -= 1
    opener = tokens[first - 1].lower if first else ""
    leads = tokens[first - 2].lower if first > 1 else ""
    is_pause = at + 1 < len(tokens) and tokens[at + 1].text == ","
    return opener in _COUNTING or (opener == "the" and leads in _TIMING and first == 2 and is_pause)


def _is_imperative(tokens: Sequence[Token], at: int, form: CueForm) -> bool:
    """Whether a verb's base form opens its sentence, and tells the reader to do so: "Read more here"."""
    return at == 0 and tokens[0].lower == form.lemma


def _is_event_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a plural names events and a verb or noun follows: "Exeter protests erupt"."""
    if not tokens[at].lower.endswith("s") or at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    is_noun = any(f.is_noun and len(f.words) == 1 for f in events().by_first.get(tokens[at].lower, ()))
    is_verb = after.text.islower() and after.lower not in language().function_words
    return is_noun and is_verb and after.lower not in language().pronouns


def _is_kind_of_speech(tokens: Sequence[Token], at: int, form: CueForm) -> bool:
    """Whether a plural names words or cries: "screams of pain", "“unacceptable” comments"."""
    if tokens[at].lower != form.lemma + "s":
        return False
    is_described = at > 1 and tokens[at - 1].text in {"”", '"', "’"} and tokens[at - 2].text[-1].isalnum()
    is_of = at + 1 < len(tokens) and tokens[at + 1].lower == "of" and form.lemma not in SPOKEN_OF
    return is_of or (is_described and tokens[at].lower in cues().speech_nouns)


def _takes_lives(tokens: Sequence[Token], last: int, form: CueForm) -> bool:
    """Whether what "claims" takes lives and says nothing."""
    return form.lemma == "claim" and any(t.lower in {"life", "lives"} for t in tokens[last : last + 4])


def _is_done_by(tokens: Sequence[Token], at: int, last: int, form: CueForm) -> bool:
    """Whether a past form is done to what stands before it: "the plan announced by the council", not "by phone"."""
    is_past = tokens[at].lower not in {form.lemma, form.lemma + "s"} and not form.is_participle
    is_by = last + 1 < len(tokens) and tokens[last].lower == "by"
    return is_past and is_by and not _adjunct_end(tokens, last + 1)


def _touches(tokens: Sequence[Token], at: int, last: int, quoted: frozenset[int]) -> bool:
    """Whether a verb stands right before a quotation, or ends the clause behind one: "…?” a narrator asks."""
    leads = last in quoted or (last + 1 in quoted and tokens[last].text in {",", ":"})
    ends = last == len(tokens) or not tokens[last].text[0].isalnum()
    return leads or (ends and any(i in quoted for i in range(max(at - LONGEST_PHRASE, 0), at)))


def _is_noun_after(before: Token, token: Token, form: CueForm) -> bool:
    """Whether a form without an ending, behind a singular, is a noun: "a 2011 message", "a deep regret"."""
    bare = token.lower == form.lemma and not form.verb.forms
    return bare and not (
        before.lower.endswith("s") or before.lower in roles().nouns or before.lower in IMPERSONAL
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
        two = forms.get(f"{tokens[at].lower} {tokens[at + 1].lower}")
        return (two if tokens[at + 1].lower == "out" or _pauses(tokens, at + 2) else None), 2
    return one, 1


def _pauses(tokens: Sequence[Token], at: int) -> bool:
    """Whether a pause, a mark or the end follows: "she went on:", "fired back hotly:", not "she went on a trip"."""
    at += at < len(tokens) and is_manner(tokens[at])
    return at >= len(tokens) or not tokens[at].text[0].isalnum()


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
    while end < len(tokens) and end - last < PLAIN_WORDS and is_noun_like(tokens[end]):
        end += 1
    if end == last or end >= len(tokens) or not is_noun_like(tokens[end - 1]):
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
    if dated := _behind_date(tokens, at):
        return dated
    if at < len(tokens) and (tokens[at].lower in language().time_words or tokens[at].text[0].isdigit()):
        return at + 1
    is_name = at < len(tokens) and tokens[at].text[0].isupper()
    for end in range(at, min(at + 5, len(tokens))):
        if is_name and end > at and (tokens[end].lower == "that" or _is_dated(tokens, end)):
            return end
        if tokens[end].lower in cues().footage | cues().channels:
            return end + 1
        if not tokens[end].text[0].isalnum() or tokens[end].lower in cues().forms:
            return 0
    return 0


def _behind_date(tokens: Sequence[Token], at: int) -> int:
    """Behind the month and day that follow "on" ("on Jan. 15", "on May 3"), 0 where something else follows."""
    day = at + 2 if at + 1 < len(tokens) and tokens[at + 1].text == "." else at + 1
    is_day = day < len(tokens) and tokens[day].text.isdecimal() and len(tokens[day].text) <= _DIGITS_OF_DAY
    is_month = is_day and tokens[at].text[0].isupper() and tokens[at].lower in language().months
    return day + 1 if is_month and tokens[at - 1].lower == "on" else 0


def _is_dated(tokens: Sequence[Token], at: int) -> bool:
    """Whether words of time follow that say when it was said: "in Paris on Monday that"."""
    return tokens[at].lower == "on" and at + 1 < len(tokens) and tokens[at + 1].lower in language().time_words


def _is_acting(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb follows: in "warned the two leaders may meet" nobody is warned."""
    return at < len(tokens) and tokens[at].lower in language().auxiliaries | language().modals - {"to"}


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
