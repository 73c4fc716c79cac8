"""Attributes a quotation to its speaker: one function a rule, tried in order, each with one surviving speaker or none.

Terms follow the literature (PARC 3, PolNeAR): source, cue, content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.claims import whose_claim
from loaders.clauses import (
    DASHES,
    GENITIVE,
    behind_aside,
    first_subject,
    is_possessive,
    main_clause,
    opens_after_pause,
    printed,
)
from loaders.model import Mention, Quote, Reference, Span
from loaders.quotation_marks import Quotation
from loaders.reporting import ReportingClause, Speech
from loaders.segmentation import Token
from loaders.subjects import speak_themselves
from loaders.vocabulary import cues, language

_FILLERS = frozenset({",", ":", "that", "this", ";", "-", "–", "—", "--", "…"})
_WORDS_OF_SPEECH = frozenset(
    {"i", "we", "you", "is", "are", "was", "were", "will", "would", "can", "could", "has", "have"}
)
_BEHIND_MARK = frozenset({",", "'", "’", '"', ")"})
_LONGEST_LABEL = 4
_FARTHEST = 120
"""How many words before a quotation one may stand whose doing it is part of."""
_NOMINATIVE = frozenset({"he", "she"})
_TOPICAL = frozenset({"on", "to", "about", "of"})
"""What leads to those spoken of, or to, before a colon."""
_WHERE = frozenset({"in", "at", "via"})
"""What says where something was said, so that "he replied via Twitter: …" is not said by Twitter."""
_BEING = frozenset({"is", "are", "was", "were", "be", "been", "being", "'s", "’s"})
CONTINUES = "continues the quotation before"
"""The rule for a quotation without a verb of its own."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who a rule says spoke, with which words."""

    rule: str
    subjects: tuple[Reference, ...] = ()
    clause: ReportingClause | None = None
    start: int | None = None
    """Where the words said begin, if not with the quotation."""


def attribute(
    passage: Speech,
    quotation: Quotation,
    earlier: Sequence[Quote],
    previous: tuple[Speech, list[Quote]] | None,
) -> Attribution:
    """The first rule that finds a speaker; an empty rule where none does."""
    inside = passage.sentence.positions_in(quotation.outer)
    first, last = inside.start, inside.stop
    return (
        _labelled(passage, first, last)
        or _introduced_and_ended(passage, first, last)
        or _claimed(passage, first)
        or _called(passage, first)
        or _after(passage, first, last)
        or _before(passage, first)
        or _in_the_eyes_of(passage, first)
        or _governed(passage, first)
        or _closing(passage, last)
        or _according_to(passage)
        or _introduced(passage, first, previous)
        or _named_behind(passage, last)
        or _continued(passage, first, last, earlier, previous)
        or Attribution("")
    )


def _claimed(passage: Speech, first: int) -> Attribution | None:
    """Reed rejected Hale's claim that it was "over" — whose the claim is, if anybody's that is known."""
    owners = whose_claim(passage, first)
    if owners is None:
        return None
    return Attribution("whose claim it is" if owners else "a claim of somebody unnamed", owners)


def _after(passage: Speech, first: int, last: int) -> Attribution | None:
    """The verb right behind the mark, as in `"…," Putin said` and `"…," said Ankit Panda`."""
    tokens = passage.sentence.tokens
    dashed = last < len(tokens) and tokens[last].text in DASHES
    while last < len(tokens) and tokens[last].text in _BEHIND_MARK | DASHES:
        last += 1
    signed = next((r for r in passage.references if r.first == last), None) if dashed else None
    if signed and first == 0 and all(not t.text[0].isalnum() for t in tokens[signed.last :]):
        return Attribution("signed behind the quotation", (signed,))
    for clause in passage.clauses:
        is_adjacent = clause.start >= last and all(
            _is_title_word(token) for token in tokens[last : clause.start]
        )
        if clause.order in {"subject first", "verb first"} and is_adjacent and clause.subjects:
            order = "verb before speaker" if clause.order == "verb first" else "speaker before verb"
            return Attribution(f"after the quotation, {order}", clause.subjects, clause)
    return None


def _labelled(passage: Speech, first: int, last: int) -> Attribution | None:
    """The label of a transcript: the speaker's name in capitals inside the marks, as in "REED: We are late."."""
    tokens = passage.sentence.tokens
    start = first + 1
    end = start
    while (
        end < last
        and end - start < _LONGEST_LABEL
        and tokens[end].text.isupper()
        and len(tokens[end].text) > 1
    ):
        end += 1
    if end == start or end >= last or tokens[end].text != ":":
        return None
    span = Span(tokens[start].start, tokens[end - 1].end)
    mention = Mention(span, passage.sentence.post_id, "person")
    speaker = Reference(mention, passage.at, start, end, printed(tokens[start:end]))
    return Attribution("label of a transcript", (speaker,), start=tokens[end].end)


def _introduced_and_ended(passage: Speech, first: int, last: int) -> Attribution | None:
    """He told her, "…?" She laughed. — a verb right before a quotation that ends its sentence."""
    tokens = passage.sentence.tokens
    goes_on = last < len(tokens) and tokens[last].text[0].isupper()
    ends = last > 1 and tokens[last - 2].text[-1] in ".!?…"
    return _before(passage, first) if goes_on and ends and tokens[first - 1].text in {",", ":"} else None


def _called(passage: Speech, first: int) -> Attribution | None:
    """Under what Hall called "an old model," the club charged a fee — a verb of naming that touches the mark."""
    clause = next((c for c in passage.clauses if c.last == first and c.order == "subject first"), None)
    is_naming = clause is not None and clause.form is not None and not clause.form.verb.that
    return _before(passage, first) if is_naming else None


def _named_behind(passage: Speech, last: int) -> Attribution | None:
    """“…,” Reed shot back. — a name right behind the mark, and a verb that is none of saying."""
    tokens = passage.sentence.tokens
    reference = next((r for r in passage.references if r.first == last), None)
    if reference is None or reference.last >= len(tokens) or reference.mention.form == "description":
        return None
    if last > 1 and tokens[last - 2].text == ".":
        return None
    after = tokens[reference.last]
    is_verb = after.text[0].islower() and after.lower not in language().function_words
    return Attribution("named right behind the quotation", (reference,)) if is_verb else None


def _is_title_word(token: Token) -> bool:
    """Whether a word may stand between a mark and its speaker: the first of "panel Chairman Jason Chaffetz"."""
    words = language()
    if token.text in GENITIVE:
        return True
    return (
        token.text[0].isalpha()
        and token.lower not in words.function_words - words.determiners
        and (token.text[0].isupper() or token.lower not in cues().forms)
    )


def _before(passage: Speech, first: int) -> Attribution | None:
    """Putin responded, "…" — the verb directly before the mark."""
    for clause in reversed(passage.clauses):
        between = passage.sentence.tokens[clause.complement : first]
        if clause.complement > first or clause.order == "according to":
            continue
        if all(token.lower in _FILLERS for token in between) and not _describes_speech(passage, first):
            return Attribution("verb before the quotation", clause.subjects, clause)
    return None


def _describes_speech(passage: Speech, first: int) -> bool:
    """Whether the quoted words are a noun phrase for speech ("detailed questions"), not the speech itself."""
    sentence = passage.sentence
    quotation = sentence.quotation_at(sentence.tokens[first].start)
    inside = sentence.positions_in(quotation.span) if quotation else range(0)
    words = [sentence.tokens[i].lower for i in inside if sentence.tokens[i].text[0].isalnum()]
    return bool(words) and words[-1] in cues().speech_nouns and not set(words) & _WORDS_OF_SPEECH


def _governed(passage: Speech, first: int) -> Attribution | None:
    """John Bolton warned that the meeting is "…" — the nearest verb of saying to the left whose clause this is."""
    main = main_clause(passage.sentence.tokens, passage.references, first)
    for clause in reversed(passage.clauses):
        if (
            clause.last > first
            or (clause.last < main < first and passage.sentence.tokens[0].lower != "as")
            or clause.order == "according to"
            or not clause.subjects
            or clause.form is None
        ):
            continue
        if clause.complement == first and _describes_speech(passage, first):
            continue
        if clause.order == "verb first" and not _is_parenthetical(passage, clause):
            continue
        if _is_parenthesis(passage, clause):
            continue
        if _is_expletive(passage, clause) and any(
            c.subjects and c.first < clause.start for c in passage.clauses
        ):
            continue
        return Attribution("within the clause of the verb", clause.subjects, clause)
    return None


def _is_parenthesis(passage: Speech, clause: ReportingClause) -> bool:
    """Whether a clause only puts in what somebody holds: "contrary to what she believes, …"."""
    tokens = passage.sentence.tokens
    opener = tokens[clause.start - 1].lower if clause.start else ""
    ends = clause.complement < len(tokens) and tokens[clause.complement].text == ","
    return ends and opener in language().relatives - {"who", "which"}


def _is_expletive(passage: Speech, clause: ReportingClause) -> bool:
    """Whether the subject is the "it" of "she says it underscores that …", which stands for what was said."""
    return passage.sentence.tokens[clause.subjects[0].first].lower == "it"


def _is_parenthetical(passage: Speech, clause: ReportingClause) -> bool:
    tokens = passage.sentence.tokens
    return clause.end < len(tokens) and tokens[clause.end].text in {",", ":"} | DASHES


def _in_the_eyes_of(passage: Speech, first: int) -> Attribution | None:
    """She is glad because to her, "…" — whose view it is, right before the mark."""
    tokens = passage.sentence.tokens
    if first < 3 or tokens[first - 1].text != ",":
        return None
    reference = next((r for r in passage.references if r.last == first - 1), None)
    if reference is None or not reference.first or tokens[reference.first - 1].lower not in {"to", "for"}:
        return None
    opener = tokens[reference.first - 2].lower if reference.first > 1 else ""
    opens = not opener or opener in language().conjunctions or not opener[0].isalnum()
    return Attribution("in the eyes of the speaker", (reference,)) if opens else None


def _closing(passage: Speech, last: int) -> Attribution | None:
    """Kim asking "…" about rockets, state media says — the verb that closes the sentence."""
    for clause in reversed(passage.clauses):
        is_behind = clause.start >= last and clause.order in {"subject first", "verb first"}
        if is_behind and clause.subjects and opens_after_pause(passage.sentence.tokens, clause.start):
            return Attribution("verb that closes the sentence", clause.subjects, clause)
    return None


def _according_to(passage: Speech) -> Attribution | None:
    for clause in passage.clauses:
        if clause.order == "according to" and clause.subjects:
            return Attribution("according to", clause.subjects, clause)
    return None


def _introduced(
    passage: Speech, first: int, previous: tuple[Speech, list[Quote]] | None
) -> Attribution | None:
    """He told reporters: (new paragraph) "…" — also a name and a colon before the mark."""
    tokens = passage.sentence.tokens
    if first >= 2 and tokens[first - 1].text == ":":
        speaker = _before_colon(passage, first - 1)
        if speaker:
            return Attribution("name and colon before the quotation", (speaker,))
    if first > 0 or previous is None or previous[0].sentence.post_id != passage.sentence.post_id:
        return None
    before = previous[0]
    if before.sentence.tokens[-1].text != ":":
        return None
    if before.clauses:
        clause = before.clauses[-1]
        return Attribution("introduced by the sentence before", clause.subjects, clause)
    subject = first_subject(before.sentence.tokens, before.references, len(before.sentence.tokens))
    return Attribution("introduced by the sentence before", (subject,)) if subject else None


def _before_colon(passage: Speech, colon: int) -> Reference | None:
    """Whose words follow a colon: in "Reed on Hale: …" and "Reed to Hale: …" it is Reed."""
    ending = {r.last: r for r in passage.references}
    speaker, tokens = ending.get(colon), passage.sentence.tokens
    opener = tokens[speaker.first - 1].lower if speaker and speaker.first else ""
    if speaker and opener in _TOPICAL:
        return ending.get(speaker.first - 1)
    return None if opener in _WHERE else speaker


def _continued(
    passage: Speech,
    first: int,
    last: int,
    earlier: Sequence[Quote],
    previous: tuple[Speech, list[Quote]] | None,
) -> Attribution | None:
    """A quotation that follows another without a verb of its own, or runs on from the paragraph before."""
    if earlier:
        return Attribution(CONTINUES)
    if previous is None or first > 0 or previous[0].sentence.post_id != passage.sentence.post_id:
        return None
    before = previous[0]
    if previous[1]:
        runs_on = bool(before.sentence.quotations) and before.sentence.quotations[-1].continues
        same_paragraph = before.sentence.paragraph == passage.sentence.paragraph
        speaks_on = _is_alone(passage, last) and (previous[1][-1].quote_type == "direct" or before.clauses)
        return Attribution(CONTINUES) if runs_on or same_paragraph or speaks_on else None
    if before.sentence.part != "body":
        return None
    said = [c for c in before.clauses if c.form is None or c.form.verb.strong]
    return Attribution("follows what the speaker is reported to say", said[-1].subjects) if said else None


def attribute_by_subject(
    passage: Speech, quotation: Quotation, previous: tuple[Speech, list[Quote]] | None
) -> Attribution:
    """Who speaks where no verb of saying is near: the subject of the clause around it, or of the sentence before.

    "Reed blocked every plan “to …”", "Reed shook her head. “We …”"
    Where the subject only is something, others say so.
    """
    inside = passage.sentence.positions_in(quotation.outer)
    first, last = inside.start, inside.stop
    if first:
        subject = _acting(passage, first)
        return Attribution("subject of the clause around it", (subject,)) if subject else Attribution("")
    if not _is_alone(passage, last) or previous is None or previous[1]:
        return Attribution("")
    before = previous[0]
    together = (before.sentence.post_id, before.sentence.paragraph)
    if together != (passage.sentence.post_id, passage.sentence.paragraph):
        return Attribution("")
    if speak_themselves(before.sentence.tokens, 0, len(before.sentence.tokens) - 1, before.quoted):
        return Attribution("")
    subject = first_subject(before.sentence.tokens, before.references, len(before.sentence.tokens))
    is_person = subject is not None and subject.mention.entity_type == "person"
    return (
        Attribution("subject of the sentence before", (subject,))
        if subject and is_person
        else Attribution("")
    )


def _is_alone(passage: Speech, last: int) -> bool:
    """Whether no word follows a quotation in its sentence."""
    return all(not token.text[0].isalnum() for token in passage.sentence.tokens[last:])


def _acting(passage: Speech, first: int) -> Reference | None:
    """The last one before a token who does something: a subject with a verb that is no form of "to be"."""
    tokens = passage.sentence.tokens
    for reference in reversed(passage.references):
        behind = behind_aside(tokens, reference.last)
        if first - behind > _FARTHEST:
            return None
        if behind >= first or reference.first in passage.quoted or is_possessive(tokens, reference):
            continue
        opener = tokens[reference.first - 1].lower if reference.first else ""
        if opener in language().prepositions | language().subordinators:
            continue
        if speak_themselves(tokens, reference.last, first, passage.quoted):
            return None
        verb = next((t.lower for t in tokens[behind:first] if t.lower not in language().adverbs), "")
        if verb in _BEING:
            return None
        is_pronoun = reference.mention.form == "pronoun" and tokens[reference.first].lower in _NOMINATIVE
        if is_pronoun or verb in cues().forms or language().is_past(verb):
            return reference
        if verb in language().before_verbs | language().modals:
            return reference
    return None
