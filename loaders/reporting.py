"""Finds the reporting clauses of a sentence: the verb of saying, who its subject is, and where its complement begins.

"said Ankit Panda", "he told CNN", "with US officials warning that", "adding that", "according to": each is one
`ReportingClause`. Words inside quotation marks report nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from loaders.model import Reference, Span
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import CueForm, cues, language

Order = Literal["subject first", "verb first", "shared subject", "participle", "according to"]
_DASHES = frozenset({"—", "–", "--", "-"})
_JOINING = frozenset({"and", "but", "then", "or"}) | _DASHES
_POSSESSIVES = frozenset({"'s", "’s"})
_TIME_WORDS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today", "tonight",
    "earlier", "later", "on", "in", "at", "morning", "afternoon", "evening", "night", "last", "this", "week", "month",
})  # fmt: skip


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


@dataclass(frozen=True)
class NounPhrases:
    """The references of a sentence by the token they begin at and the one they end before, the widest first."""

    starting: dict[int, Reference]
    ending: dict[int, Reference]


def noun_phrases(references: Sequence[Reference]) -> NounPhrases:
    """The references of one sentence by their edges; of two with the same edge, the one that is resolved, then the wider."""
    ranked = sorted(references, key=lambda r: (bool(r.mention.entity_id), r.last - r.first))
    return NounPhrases({r.first: r for r in ranked}, {r.last: r for r in ranked})


def find_reporting(sentence: Sentence, references: Sequence[Reference]) -> tuple[ReportingClause, ...]:
    """The reporting clauses of a sentence in text order.

    Args:
        sentence: The sentence.
        references: Those to people, organizations and states acting as such, in this sentence.
    """
    quoted = quoted_positions(sentence)
    outside = [r for r in references if r.first not in quoted]
    phrases = noun_phrases(outside)
    inside = {i for r in outside for i in range(r.first, r.last)}
    found: list[ReportingClause] = []
    at = 0
    while at < len(sentence.tokens):
        clause = None if at in quoted else _clause_at(sentence, at, phrases, inside, found, quoted, outside)
        if clause:
            found.append(clause)
        at = clause.last if clause else at + 1
    return tuple(found)


def quoted_positions(sentence: Sentence) -> frozenset[int]:
    """The positions of the tokens between quotation marks, the marks included."""
    if not sentence.quotations:
        return frozenset()
    return frozenset(
        i
        for i, token in enumerate(sentence.tokens)
        if any(q.outer.start <= token.start < q.outer.end for q in sentence.quotations)
    )


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
    for phrase in cues().phrases:
        if [t.lower for t in tokens[at : at + len(phrase)]] == list(phrase):
            return _according(sentence, at, at + len(phrase), phrases)
    form, size = _form_at(tokens, at)
    if form is None or at in inside:
        return None
    last = at + size
    negated = any(t.lower in language().negations for t in tokens[max(at - 3, 0) : at])
    if at and tokens[at - 1].lower == "to":
        return None
    addressee, complement = _addressee(tokens, last, form, phrases)
    order, subjects, start = _subject(sentence, at, last, form, phrases, found, quoted, references)
    if order is None or (order != "verb first" and not subjects):
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


def _form_at(tokens: Sequence[Token], at: int) -> tuple[CueForm | None, int]:
    forms = cues().forms
    if at + 1 < len(tokens) and (two := forms.get(f"{tokens[at].lower} {tokens[at + 1].lower}")):
        return two, 2
    return forms.get(tokens[at].lower), 1


def _according(sentence: Sentence, at: int, last: int, phrases: NounPhrases) -> ReportingClause:
    tokens = sentence.tokens
    subjects = _coordinated(tokens, phrases, phrases.starting.get(last))
    end = subjects[-1].last if subjects else last
    cue = Span(tokens[at].start, tokens[last - 1].end)
    return ReportingClause(cue, at, last, "according to", "according to", subjects, at, end, end)


def _coordinated(tokens: Sequence[Token], phrases: NounPhrases, first: Reference | None) -> tuple[Reference, ...]:
    """A noun phrase and those joined to it: "RIA Novosti and TASS"."""
    subjects: tuple[Reference, ...] = ()
    while first is not None:
        subjects += (first,)
        joined = first.last < len(tokens) and tokens[first.last].lower == "and"
        first = phrases.starting.get(first.last + 1) if joined else None
    return subjects


def _addressee(tokens: Sequence[Token], last: int, form: CueForm, phrases: NounPhrases) -> tuple[str, int]:
    """Whom it was said to, as printed, and the token behind that and behind words of time."""
    complement, addressee = last, ""
    if form.verb.addressee and (spoken_to := phrases.starting.get(last)):
        addressee = _printed(tokens[spoken_to.first : spoken_to.last])
        complement = spoken_to.last
    elif last + 1 < len(tokens) and tokens[last].lower == "to" and (spoken_to := phrases.starting.get(last + 1)):
        addressee = _printed(tokens[spoken_to.first : spoken_to.last])
        complement = spoken_to.last
    while complement < len(tokens) and tokens[complement].lower in _TIME_WORDS:
        complement += 1
    return addressee, complement


def _printed(tokens: Sequence[Token]) -> str:
    text = ""
    for left, token in zip((None, *tokens), tokens, strict=False):
        text += " " * (token.start - left.end if left else 0) + token.text
    return text


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
    subject = phrases.ending.get(before) or _before_apposition(tokens, before, phrases)
    if subject and not _is_possessive(tokens, subject):
        joined = _joined_before(tokens, phrases, subject)
        return "subject first", joined, joined[0].first
    if before and tokens[before - 1].lower in {"who", "which"}:
        back = before - 2 if before > 1 and tokens[before - 2].text == "," else before - 1
        subject = phrases.ending.get(back)
        if subject:
            return "subject first", (subject,), subject.first
    follows = phrases.starting.get(last)
    if follows and not form.is_participle and _opens_inversion(tokens, at, quoted):
        return "verb first", _coordinated(tokens, phrases, follows), at
    if form.is_participle and (before == 0 or tokens[before - 1].text in {","} | _DASHES or tokens[before - 1].lower in _JOINING):
        return "participle", _main_subject(sentence, at, found, references), at
    if before and tokens[before - 1].lower in _JOINING:
        return "shared subject", _main_subject(sentence, at, found, references), at
    return None, (), at


def _skip_back(tokens: Sequence[Token], at: int, quoted: frozenset[int]) -> int:
    """Back over adverbs and auxiliaries: the position behind which the subject must end."""
    words = language()
    skipped = words.adverbs | words.auxiliaries | words.negations
    while at and at - 1 not in quoted and tokens[at - 1].lower in skipped:
        at -= 1
    return at


def _before_apposition(tokens: Sequence[Token], before: int, phrases: NounPhrases) -> Reference | None:
    """The name before an apposition between commas: "Easley, a professor at Ewha University, said"."""
    if before < 3 or tokens[before - 1].text != ",":
        return None
    for comma in range(before - 2, max(before - 30, 0), -1):
        if tokens[comma].text in ".;\"”“":
            return None
        if tokens[comma].text == "," and (named := phrases.ending.get(comma)):
            return named if named.mention.form == "name" else None
    return None


def _joined_before(tokens: Sequence[Token], phrases: NounPhrases, last: Reference) -> tuple[Reference, ...]:
    subjects: tuple[Reference, ...] = (last,)
    while subjects[0].first and tokens[subjects[0].first - 1].lower == "and":
        left = phrases.ending.get(subjects[0].first - 1)
        if left is None:
            break
        subjects = (left, *subjects)
    return subjects


def _is_possessive(tokens: Sequence[Token], reference: Reference) -> bool:
    return reference.last < len(tokens) and tokens[reference.last].text in _POSSESSIVES


def _opens_inversion(tokens: Sequence[Token], at: int, quoted: frozenset[int]) -> bool:
    """Whether a verb before its subject follows what was said: behind a comma, a quotation or a dash."""
    return at == 0 or at - 1 in quoted or tokens[at - 1].text in {",", "?", "!", "”", '"', "’", "'"} | _DASHES


def _main_subject(
    sentence: Sentence, at: int, found: Sequence[ReportingClause], references: Sequence[Reference]
) -> tuple[Reference, ...]:
    """The subject a second verb shares: that of the reporting clause before, else of the sentence."""
    if found and found[-1].subjects:
        return found[-1].subjects
    tokens = sentence.tokens
    for reference in references:
        before = tokens[reference.first - 1].lower if reference.first else ""
        if reference.last > at:
            break
        if before not in language().prepositions and not _is_possessive(tokens, reference):
            return (reference,)
    return ()


def clauses_by_sentence(
    sentences: Sequence[Sentence], references: Sequence[Reference]
) -> Iterator[tuple[int, Sentence, tuple[Reference, ...], tuple[ReportingClause, ...]]]:
    """Each sentence with its position, its references and its reporting clauses."""
    by_sentence: dict[int, list[Reference]] = {}
    for reference in references:
        by_sentence.setdefault(reference.sentence, []).append(reference)
    for at, sentence in enumerate(sentences):
        here = tuple(sorted(by_sentence.get(at, ()), key=lambda r: (r.first, -r.last)))
        yield at, sentence, here, find_reporting(sentence, here)
