"""Finds who said what: the speaker of every quotation, and the speech that is reported without marks.

A quotation is attributed by the first of the rules below that finds one surviving speaker; the rule's name
stands in the column `attribution`. Terms follow the literature (PARC 3, PolNeAR): source, cue, content; direct,
mixed and indirect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from loaders.model import Blog, Organization, Person, Quote, QuoteType, Reference, Span
from loaders.quotation_marks import Quotation
from loaders.clauses import DASHES, quoted_positions
from loaders.reporting import ReportingClause, Speech
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import cues, language, roles

_FILLERS = frozenset({",", ":", "that", "this", ";", "-", "–", "—", "--", "…"})
_SCARE_WORDS = 3
_FINITE = frozenset({"is", "are", "was", "were", "has", "have", "had", "will", "would", "could", "can", "may", "might",
                     "must", "should", "do", "does", "did", "'s", "’s", "'re", "’re", "'d", "’d", "'ll", "’ll"})  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """Everyone a speaker may be, by id."""

    persons: Mapping[str, Person]
    organizations: Mapping[str, Organization]


@dataclass(frozen=True, slots=True)
class _Attribution:
    """Who a rule says spoke, with which words."""

    rule: str
    subjects: tuple[Reference, ...] = ()
    clause: ReportingClause | None = None


def find_quotes(blog: Blog, speech: Sequence[Speech], cast: Cast) -> tuple[Quote, ...]:
    """Every quotation and every passage of reported speech, in text order.

    Args:
        blog: The blog.
        speech: Its sentences with their reporting clauses.
        cast: The people and organizations of the blog.
    """
    found: list[Quote] = []
    previous: tuple[Speech, list[Quote]] | None = None
    for passage in speech:
        quotes = list(_quotations(blog, passage, previous, cast))
        quotes += _reported(blog, passage, quotes, cast)
        for quote in sorted(quotes, key=lambda quote: quote.span):
            found.append(_with_impersonal(blog, quote, found, cast))
        previous = passage, quotes
    return tuple(_with_headline_speakers(blog, found))


# --- quotations -----------------------------------------------------------------------------------------------


def _quotations(
    blog: Blog, passage: Speech, previous: tuple[Speech, list[Quote]] | None, cast: Cast
) -> Iterator[Quote]:
    earlier: list[Quote] = []
    for quotation in passage.sentence.quotations:
        attribution = _attribution(passage, quotation, earlier, previous)
        kind = _quote_type(blog.text, passage.sentence, quotation)
        if not attribution.rule and _is_scare_quote(blog.text, quotation, kind):
            continue
        quote = _quote(blog, passage, quotation.span, kind, attribution, cast)
        if attribution.rule == "continues the quotation before":
            before = (earlier or (previous[1] if previous else []))[-1]
            quote = replace(before, span=quotation.span, quote_type=kind, cue=None, addressee=before.addressee,
                            attribution=attribution.rule)  # fmt: skip
        earlier.append(_with_reply(quote, attribution, earlier, previous))
        yield earlier[-1]


def _attribution(
    passage: Speech, quotation: Quotation, earlier: Sequence[Quote], previous: tuple[Speech, list[Quote]] | None
) -> _Attribution:
    """The first rule that finds a speaker; an empty rule where none does."""
    first, last = _token_range(passage.sentence, quotation)
    return (
        _after(passage, first, last)
        or _before(passage, first)
        or _governed(passage, first)
        or _closing(passage, last)
        or _according_to(passage)
        or _introduced(passage, first, previous)
        or _continued(passage, first, earlier, previous)
        or _Attribution("")
    )


def _token_range(sentence: Sentence, quotation: Quotation) -> tuple[int, int]:
    """Token positions of a quotation, marks included, half-open."""
    inside = [i for i, t in enumerate(sentence.tokens) if quotation.outer.start <= t.start < quotation.outer.end]
    return inside[0], inside[-1] + 1


def _after(passage: Speech, first: int, last: int) -> _Attribution | None:
    """"…," Putin said — or — "…," said Ankit Panda."""
    tokens = passage.sentence.tokens
    dashed = last < len(tokens) and tokens[last].text in DASHES
    while last < len(tokens) and tokens[last].text in {","} | DASHES:
        last += 1
    signed = next((r for r in passage.references if r.first == last), None) if dashed else None
    if signed and first == 0 and all(not t.text[0].isalnum() for t in tokens[signed.last :]):
        return _Attribution("signed behind the quotation", (signed,))
    for clause in passage.clauses:
        if clause.order in {"subject first", "verb first"} and clause.start == last and clause.subjects:
            order = "verb before speaker" if clause.order == "verb first" else "speaker before verb"
            return _Attribution(f"after the quotation, {order}", clause.subjects, clause)
    return None


def _before(passage: Speech, first: int) -> _Attribution | None:
    """Putin responded, "…" — the verb directly before the mark."""
    for clause in reversed(passage.clauses):
        between = passage.sentence.tokens[clause.complement : first]
        if clause.complement > first or clause.order == "according to":
            continue
        if all(token.lower in _FILLERS for token in between) and not _describes_speech(passage, first):
            return _Attribution("verb before the quotation", clause.subjects, clause)
    return None


def _describes_speech(passage: Speech, first: int) -> bool:
    """Whether the quoted words are a noun phrase for speech ("detailed questions"), not the speech itself."""
    sentence = passage.sentence
    quotation = next(q for q in sentence.quotations if q.outer.start == sentence.tokens[first].start)
    words = [t.lower for t in sentence.tokens if quotation.span.start <= t.start < quotation.span.end and t.text[0].isalnum()]
    return bool(words) and words[-1] in cues().speech_nouns and not set(words) & (_FINITE | {"i", "we", "you"})


def _governed(passage: Speech, first: int) -> _Attribution | None:
    """John Bolton warned that the meeting is "…" — the nearest verb of saying to the left whose clause this is."""
    for clause in reversed(passage.clauses):
        if clause.last > first or clause.order == "according to" or not clause.subjects or clause.form is None:
            continue
        if clause.complement == first and _describes_speech(passage, first):
            continue
        if clause.order == "verb first" and not _is_parenthetical(passage, clause):
            continue
        return _Attribution("within the clause of the verb", clause.subjects, clause)
    return None


def _is_parenthetical(passage: Speech, clause: ReportingClause) -> bool:
    tokens = passage.sentence.tokens
    return clause.end < len(tokens) and tokens[clause.end].text in {",", ":"} | DASHES


def _closing(passage: Speech, last: int) -> _Attribution | None:
    """Kim asking "…" about rockets, state media says — the verb that closes the sentence."""
    for clause in reversed(passage.clauses):
        if clause.start >= last and clause.subjects and clause.order in {"subject first", "verb first"}:
            if _opens_after_pause(passage.sentence.tokens, clause.start):
                return _Attribution("verb that closes the sentence", clause.subjects, clause)
    return None


def _opens_after_pause(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].text in {",", "—", "–", "--", ";", "?", "!"}


def _according_to(passage: Speech) -> _Attribution | None:
    for clause in passage.clauses:
        if clause.order == "according to" and clause.subjects:
            return _Attribution("according to", clause.subjects, clause)
    return None


def _introduced(passage: Speech, first: int, previous: tuple[Speech, list[Quote]] | None) -> _Attribution | None:
    """He told reporters: (new paragraph) "…" — also a name and a colon before the mark."""
    tokens = passage.sentence.tokens
    if first >= 2 and tokens[first - 1].text == ":":
        speaker = next((r for r in passage.references if r.last == first - 1), None)
        if speaker:
            return _Attribution("name and colon before the quotation", (speaker,))
    if first > 0 or previous is None or previous[0].sentence.post_id != passage.sentence.post_id:
        return None
    before = previous[0]
    if before.sentence.tokens[-1].text == ":" and before.clauses:
        return _Attribution("introduced by the sentence before", before.clauses[-1].subjects, before.clauses[-1])
    return None


def _continued(
    passage: Speech, first: int, earlier: Sequence[Quote], previous: tuple[Speech, list[Quote]] | None
) -> _Attribution | None:
    """A quotation that follows another without a verb of its own, or runs on from the paragraph before."""
    if earlier:
        return _Attribution("continues the quotation before")
    if previous is None or first > 0 or not previous[1] or previous[0].sentence.post_id != passage.sentence.post_id:
        return None
    before = previous[0].sentence
    runs_on = bool(before.quotations) and before.quotations[-1].continues
    same_paragraph = before.paragraph == passage.sentence.paragraph
    return _Attribution("continues the quotation before") if runs_on or same_paragraph else None


def _quote_type(text: str, sentence: Sentence, quotation: Quotation) -> QuoteType:
    """Mixed where the quoted words are part of the reporter's sentence: they begin small, or without a pause."""
    words = quotation.span.of(text).lstrip("…. ")
    before = text[sentence.span.start : quotation.outer.start].rstrip()
    if not words or words[0].islower():
        return "mixed"
    return "mixed" if before and (before[-1].isalnum() and not _introduces(before)) else "direct"


def _introduces(before: str) -> bool:
    """Whether the words before a mark end in a verb of saying, so that a whole sentence may follow without a comma."""
    last = before.split()[-1].lower()
    return last in cues().forms


def _is_scare_quote(text: str, quotation: Quotation, kind: QuoteType) -> bool:
    """Whether marks without a speaker set off a word or a title rather than speech."""
    words = quotation.span.of(text).split()
    titled = all(word[0].isupper() or len(word) <= 3 for word in words if word[0].isalpha())
    ends_whole = quotation.span.of(text)[-1] in ".!?…,"
    return not ends_whole and (len(words) <= _SCARE_WORDS or titled or kind == "mixed" and len(words) <= 2 * _SCARE_WORDS)


# --- what goes with a speaker ---------------------------------------------------------------------------------


def _quote(
    blog: Blog, passage: Speech, span: Span, kind: QuoteType, attribution: _Attribution, cast: Cast
) -> Quote:
    subjects, clause = attribution.subjects, attribution.clause
    return Quote(
        span=span,
        post_id=passage.sentence.post_id,
        quote_type=kind,
        is_headline=passage.sentence.part == "headline",
        speaker_id="; ".join(dict.fromkeys(r.mention.entity_id for r in subjects if r.mention.entity_id and _names_speaker(r))),
        speaker="; ".join(dict.fromkeys(filter(None, (speaker_name(r, cast) for r in subjects)))),
        speaker_span=Span(subjects[0].mention.span.start, subjects[-1].mention.span.end) if subjects else None,
        cue=clause.cue if clause else None,
        addressee=clause.addressee if clause else "",
        via=_via(blog, passage, clause, subjects, cast),
        source_type=_source_type(subjects, cast),
        attribution=attribution.rule,
    )


def _names_speaker(reference: Reference) -> bool:
    return reference.mention.entity_type != "location"


def speaker_name(reference: Reference, cast: Cast) -> str:
    """What the speaker is called: the name where it is known, the description where there is none, "" where open."""
    names = []
    for entity_id in reference.mention.entity_ids:
        person, organization = cast.persons.get(entity_id), cast.organizations.get(entity_id)
        names.append(person.name if person else organization.name if organization else "")
    return "; ".join(filter(None, names)) or reference.label


def _source_type(subjects: Sequence[Reference], cast: Cast) -> str:
    return source_type_of(subjects[0], cast) if subjects else ""


def source_type_of(reference: Reference, cast: Cast) -> str:
    """On whose word a speaker speaks; "" where the text does not say what the speaker is."""
    ids = reference.mention.entity_ids
    organization = cast.organizations.get(ids[0]) if ids else None
    if organization:
        return organization.source_type
    person = cast.persons.get(ids[0]) if ids else None
    return _person_source_type(person) if person else reference.source_type


def _person_source_type(person: Person) -> str:
    role = person.role.lower()
    for source_type, media in roles().media.items():
        if any(medium in role for medium in media):
            return source_type
    if role.startswith("former") and person.person_type in {"leader", "official"}:
        return "analyst"
    if person.person_type in {"leader", "official"}:
        known = [roles().nouns[office].source_type for office in person.offices if office in roles().nouns]
        return known[0] if known else "government"
    return {"analyst": "analyst", "journalist": "news outlet"}.get(person.person_type, "")


def _via(
    blog: Blog, passage: Speech, clause: ReportingClause | None, subjects: Sequence[Reference], cast: Cast
) -> str:
    """What the words came through: footage, a medium's journalist, or whom the speaker cites."""
    for other in passage.clauses:
        if other is clause or (clause and other.first < clause.first):
            continue
        if other.order == "according to" and clause:
            return _footage(blog, passage, other) or "; ".join(speaker_name(r, cast) for r in other.subjects)
        if other.lemma == "cite":
            cited = next((r for r in passage.references if r.first == other.last), None)
            return speaker_name(cited, cast) if cited else ""
    return _outlet_of(subjects, cast)


def _footage(blog: Blog, passage: Speech, clause: ReportingClause) -> str:
    """ "video released by the Kremlin", as printed, up to the end of its clause."""
    tokens = passage.sentence.tokens
    last = clause.last
    while last < len(tokens) and tokens[last].text not in {",", ".", ";", "—", "--"}:
        last += 1
    words = tokens[clause.last : last]
    while words and words[0].lower in language().determiners:
        words = words[1:]
    if not any(word.lower in cues().footage for word in words[:4]):
        return ""
    return blog.text[words[0].start : words[-1].end]


def _outlet_of(subjects: Sequence[Reference], cast: Cast) -> str:
    """The medium an unnamed journalist works for, where the description names it."""
    if len(subjects) != 1 or subjects[0].mention.entity_id:
        return ""
    named = [o.name for o in cast.organizations.values() if subjects[0].label.startswith(o.name)]
    return max(named, key=len, default="")


def _with_impersonal(blog: Blog, quote: Quote, found: Sequence[Quote], cast: Cast) -> Quote:
    """Who "it" or "they" is: the organization, or the unnamed, that spoke last in the post."""
    if quote.speaker or not quote.speaker_span or quote.speaker_span.of(blog.text).lower() not in {"it", "they"}:
        return quote
    before = next((q for q in reversed(found) if q.post_id == quote.post_id and q.speaker), None)
    if before is None or before.speaker_id in cast.persons:
        return quote
    return replace(quote, speaker=before.speaker, speaker_id=before.speaker_id, source_type=before.source_type)


def _with_reply(
    quote: Quote, attribution: _Attribution, earlier: Sequence[Quote], previous: tuple[Speech, list[Quote]] | None
) -> Quote:
    """An answer comes through what the words before it came through: "Kim responds" in the same footage."""
    before = earlier[-1] if earlier else previous[1][-1] if previous and previous[1] else None
    is_reply = attribution.clause is not None and attribution.clause.lemma in cues().replies
    if is_reply and before and before.via and not quote.via and before.post_id == quote.post_id:
        return replace(quote, via=before.via)
    return quote


def _with_headline_speakers(blog: Blog, quotes: Sequence[Quote]) -> Iterator[Quote]:
    """A headline's quotation without a speaker takes the one the body gives the same words."""
    for quote in quotes:
        if quote.is_headline and not quote.speaker:
            words = _plain(quote.span.of(blog.text))
            same = [q for q in quotes if q.post_id == quote.post_id and not q.is_headline and words in _plain(q.span.of(blog.text))]
            if words and len({q.speaker for q in same}) == 1:
                body = same[0]
                quote = replace(quote, speaker=body.speaker, speaker_id=body.speaker_id, source_type=body.source_type,
                                via=body.via, attribution="same words in the body")  # fmt: skip
        yield quote


def _plain(words: str) -> str:
    return words.strip(" .,;:!?…").lower()


# --- reported speech ------------------------------------------------------------------------------------------


def _reported(
    blog: Blog, passage: Speech, quotes: Sequence[Quote], cast: Cast
) -> Iterator[Quote]:
    """The passages reported without marks, one a reporting clause that governs no quotation."""
    used = {quote.cue for quote in quotes}
    for index, clause in enumerate(passage.clauses):
        if clause.cue in used or not clause.subjects or clause.is_negated or not _is_strong(clause):
            continue
        content = _content(passage, index)
        if content is None or any(content.overlaps(q.outer) for q in passage.sentence.quotations):
            continue
        rule = "according to" if clause.order == "according to" else "reported by the verb"
        yield _quote(blog, passage, content, "indirect", _Attribution(rule, clause.subjects, clause), cast)


def _is_strong(clause: ReportingClause) -> bool:
    return clause.form is None or clause.form.verb.strong


def _content(passage: Speech, index: int) -> Span | None:
    """What is reported: the clause behind the verb, or the one before it where the verb closes the sentence."""
    clause, tokens = passage.clauses[index], passage.sentence.tokens
    if clause.order != "according to" or clause.start == 0:
        behind = _behind(passage, index)
        if behind:
            return behind
    if clause.order in {"participle", "shared subject"}:
        return None
    return _ahead(passage, clause, tokens)


def _behind(passage: Speech, index: int) -> Span | None:
    clause, tokens = passage.clauses[index], passage.sentence.tokens
    start, verb = clause.complement, clause.form.verb if clause.form else None
    if start < len(tokens) and tokens[start].text == "," and (clause.start == 0 or clause.order == "according to"):
        start += 1 if clause.order == "according to" else 0
    if start >= len(tokens):
        return None
    opener = tokens[start].lower
    limit = _content_limit(passage, index, start)
    if verb is not None and opener == "that" and verb.that:
        start += 1
    elif verb is not None and opener in {"whether", "if", "how", "why", "what", "where", "when"} and verb.that:
        pass
    elif verb is not None and not verb.clause or not _has_finite_verb(tokens[start:limit]) or tokens[start].text in {",", "."} | DASHES:
        return None
    return _trimmed(tokens, start, limit)


def _content_limit(passage: Speech, index: int, start: int) -> int:
    """Where reported words end: a semicolon, a dash, or the clause of another speaker."""
    tokens = passage.sentence.tokens
    limit = len(tokens)
    for later in passage.clauses[index + 1 :]:
        if later.start > start and later.order != "participle":
            limit = min(limit, later.start)
    quoted = quoted_positions(passage.sentence)
    stops = (i for i in range(start, limit) if tokens[i].text in DASHES | {";"} and i not in quoted)
    return next(stops, limit)


def _has_finite_verb(tokens: Sequence[Token]) -> bool:
    window = tokens[:18]
    return any(t.lower in _FINITE or (t.text.islower() and t.lower.endswith("ed")) for t in window[1:])


def _ahead(passage: Speech, clause: ReportingClause, tokens: Sequence[Token]) -> Span | None:
    """The clause before a verb that closes the sentence, back to a semicolon, a dash or another reporting clause."""
    end = clause.start
    if not end or not (_opens_after_pause(tokens, end) or clause.order == "according to"):
        return None
    start = 0
    for at in range(end - 1):
        if tokens[at].text in {";"} | DASHES:
            start = at + 1
    for other in passage.clauses:
        if other.first < clause.first and other.complement <= end and _behind(passage, passage.clauses.index(other)):
            start = max(start, other.complement)
    while start < end and tokens[start].lower in {"and", "but", "that", ","}:
        start += 1
    span = _trimmed(tokens, start, end)
    return span if span and end - start > 2 else None


def _trimmed(tokens: Sequence[Token], start: int, end: int) -> Span | None:
    while end > start and (tokens[end - 1].text in {",", ".", ";", ":", "—", "–", "--"} or tokens[end - 1].lower in {"and", "but", "though", "while"}):
        end -= 1
    return Span(tokens[start].start, tokens[end - 1].end) if end > start else None
