"""Finds who said what: every quotation with its speaker, and the speech that is reported without marks.

A quotation is attributed by the first of the rules of `attribution` that finds one speaker; the rule's name stands in
the column `attribution`. A quotation is direct, mixed into the reporter's sentence, or reported (indirect).

Errors that remain, as read in the 84 articles of PolNeAR's development set (716 quotations of four words or more, 588
counted right). Of 9 pronoun speakers that are wrong or open, 4 stand in an article quoted whole inside another, where
the narrator's sentences are taken for somebody's words; 2 are an "I" of the reporter's, left open or given to the one
who spoke before; 2 are an "it" for a possessor's thing ("Hall's campaign is defending it. It calls …"); 1 is only
wished for ("I hope the country says"). Of the others most lack a verb of saying near the marks, or have as subject a
thing or a group with a long tail ("the letter sent by …"), of which the end is cut.

In 840 more articles the rules do as well (speakers .82, pronouns .61). Of 145 speakers read there that are named and
count as wrong, about 70 are right and differ in the answer only (a cue taken for the source, "who", a medium that
cites whom we name), 15 cannot be decided, some 60 were ours. 28 of the 145 are mended; of the rest the commonest are
a verb in a relative clause nearer to the marks than the speaker's ("women who complained about it"), a noun that
looks like a verb ("her safe messages"), an owner's thing that speaks ("the paper's editorial telling Hall"), a
participle of which the subject is an object before it, and words between marks that are a title and not said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.attribution import CONTINUES, Attribution, attribute, attribute_by_subject
from loaders.model import LIST_SEPARATOR, Blog, Quote, QuoteType, Reference, Span, grouped
from loaders.quotation_marks import Quotation
from loaders.reported_speech import reported_content
from loaders.reporting import ReportingClause, Speech
from loaders.segmentation import Sentence
from loaders.speakers import Cast, outlet_of, source_type_of, speaker_name
from loaders.vocabulary import cues, language

Heard = tuple[Speech, list[Quote]]
"""A passage and the quotes in it."""
_RECENT = 20
"""How many quotes back the one whom "it" means is sought."""
_SCARE_WORDS = 3


def find_quotes(blog: Blog, speech: Sequence[Speech], cast: Cast) -> tuple[Quote, ...]:
    """Every quotation and every passage of reported speech, in text order.

    Args:
        blog: The blog.
        speech: Its sentences with their reporting clauses.
        cast: The people and organizations of the blog.
    """
    found: list[Quote] = []
    previous: Heard | None = None
    spoken: Heard | None = None
    for passage in speech:
        spoken = spoken if spoken and _share_paragraph(spoken[0], passage) else None
        quotes = list(_quotations(blog, passage, previous, spoken, cast))
        quotes += _reported(blog, passage, quotes, cast)
        resolved = []
        for quote in sorted(quotes, key=lambda quote: quote.span):
            resolved.append(_with_impersonal(blog, quote, found, cast))
            found.append(resolved[-1])
        previous = passage, resolved
        spoken = previous if any(quote.quote_type == "direct" for quote in resolved) else spoken
    return tuple(_with_headline_speakers(blog, found))


def _share_paragraph(one: Speech, other: Speech) -> bool:
    places = {(s.sentence.post_id, s.sentence.paragraph) for s in (one, other)}
    return len(places) == 1


def _quotations(
    blog: Blog, passage: Speech, previous: Heard | None, spoken: Heard | None, cast: Cast
) -> Iterator[Quote]:
    """The quotations of a passage; `previous` is the passage before, `spoken` the last of its paragraph that quotes."""
    earlier: list[Quote] = []
    for quotation in passage.sentence.quotations:
        attribution = attribute(passage, quotation, earlier, previous)
        before = earlier or (previous[1] if previous else [])
        kind = _quote_type(blog.text, passage.sentence, quotation)
        if not attribution.rule and _is_scare_quote(blog.text, quotation, kind):
            continue
        if not attribution.rule and spoken and _stands_alone(passage, quotation):
            attribution, before = Attribution(CONTINUES), spoken[1]
        if not attribution.rule:
            attribution = attribute_by_subject(passage, quotation, previous)
        quote = _quote(
            blog, passage, _said(blog.text, quotation.span, attribution.start), kind, attribution, cast
        )
        if attribution.rule == CONTINUES:
            quote = replace(
                _goes_on(before), span=quotation.span, quote_type=kind, cue=None, attribution=attribution.rule
            )
        earlier.append(_with_reply(quote, attribution, earlier, previous))
        yield earlier[-1]


def _goes_on(before: Sequence[Quote]) -> Quote:
    """The quote that a further one goes on with: the last of its passage that is not told by the way."""
    direct = [quote for quote in before if quote.quote_type == "direct"]
    return direct[-1] if direct and before[-1].quote_type == "indirect" else before[-1]


def _said(text: str, span: Span, start: int | None) -> Span:
    """The words said, without the label of a transcript before them."""
    words = text[start : span.end] if start is not None else ""
    return Span(span.end - len(words.lstrip()), span.end) if words.strip() else span


def _stands_alone(passage: Speech, quotation: Quotation) -> bool:
    """Whether a quotation is all there is of its sentence, but for a word that links it: 'But "…"', 'Then, "…"'."""
    sentence = passage.sentence
    first = sentence.positions_in(quotation.outer).start
    before = [token.lower for token in sentence.tokens[:first] if token.text != ","]
    links = language().conjunctions | language().adverbs
    return quotation.outer.end >= sentence.span.end - 1 and (
        not before or (len(before) == 1 and before[0] in links)
    )


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
    return not ends_whole and (
        len(words) <= _SCARE_WORDS or titled or (kind == "mixed" and len(words) <= 2 * _SCARE_WORDS)
    )


def _quote(
    blog: Blog, passage: Speech, span: Span, kind: QuoteType, attribution: Attribution, cast: Cast
) -> Quote:
    subjects, clause = attribution.subjects, attribution.clause
    return Quote(
        span=span,
        post_id=passage.sentence.post_id,
        quote_type=kind,
        is_headline=passage.sentence.part == "headline",
        speaker_id=LIST_SEPARATOR.join(
            dict.fromkeys(r.mention.entity_id for r in subjects if r.mention.entity_id and _names_speaker(r))
        ),
        speaker=LIST_SEPARATOR.join(dict.fromkeys(filter(None, (speaker_name(r, cast) for r in subjects)))),
        speaker_span=Span(subjects[0].mention.span.start, subjects[-1].mention.span.end)
        if subjects
        else None,
        cue=clause.cue if clause else None,
        addressee=clause.addressee if clause else "",
        via=_via(blog, passage, clause, subjects, cast),
        source_type=source_type_of(subjects[0], cast) if subjects else "",
        attribution=attribution.rule,
    )


def _names_speaker(reference: Reference) -> bool:
    return reference.mention.entity_type != "location"


def _via(
    blog: Blog, passage: Speech, clause: ReportingClause | None, subjects: Sequence[Reference], cast: Cast
) -> str:
    """What the words came through: footage, a medium's journalist, or whom the speaker cites."""
    for other in passage.clauses:
        if other is clause or (clause and other.first < clause.first):
            continue
        if other.order == "according to" and clause:
            return _footage(blog, passage, other) or LIST_SEPARATOR.join(
                speaker_name(r, cast) for r in other.subjects
            )
        if other.lemma == "cite":
            cited = next((r for r in passage.references if r.first == other.last), None)
            return speaker_name(cited, cast) if cited else ""
    return outlet_of(subjects, cast)


def _footage(blog: Blog, passage: Speech, clause: ReportingClause) -> str:
    """What the words came through, such as "video released by the Kremlin", as printed, up to the end of its clause."""
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


def _with_impersonal(blog: Blog, quote: Quote, found: Sequence[Quote], cast: Cast) -> Quote:
    """Who "it", "they" or an open "he" is: the organization, or the unnamed, that spoke last in the post."""
    said = quote.speaker_span.of(blog.text).lower() if quote.speaker_span else ""
    if quote.speaker or said not in {"it", "they", "he", "she"}:
        return quote
    recent = (q for q in reversed(found[-_RECENT:]) if q.post_id == quote.post_id)
    before = next((q for q in recent if q.speaker), None)
    if before is None or before.speaker_id in cast.persons or (before.speaker_id and said in {"he", "she"}):
        return quote
    return replace(
        quote, speaker=before.speaker, speaker_id=before.speaker_id, source_type=before.source_type
    )


def _with_reply(
    quote: Quote,
    attribution: Attribution,
    earlier: Sequence[Quote],
    previous: tuple[Speech, list[Quote]] | None,
) -> Quote:
    """An answer comes through what the words before it came through: "Kim responds" in the same footage."""
    before = earlier[-1] if earlier else previous[1][-1] if previous and previous[1] else None
    is_reply = attribution.clause is not None and attribution.clause.lemma in cues().replies
    if is_reply and before and before.via and not quote.via and before.post_id == quote.post_id:
        return replace(quote, via=before.via)
    return quote


def _with_headline_speakers(blog: Blog, quotes: Sequence[Quote]) -> Iterator[Quote]:
    """A headline's quotation without a speaker takes the one the body gives the same words."""
    in_bodies = grouped((q for q in quotes if not q.is_headline), lambda q: q.post_id)
    for quote in quotes:
        if quote.is_headline and not quote.speaker:
            words = _plain(quote.span.of(blog.text))
            same = [q for q in in_bodies.get(quote.post_id, ()) if words in _plain(q.span.of(blog.text))]
            if words and len({q.speaker for q in same}) == 1:
                body = same[0]
                quote = replace(quote, speaker=body.speaker, speaker_id=body.speaker_id, source_type=body.source_type,
                                via=body.via, attribution="same words in the body")  # fmt: skip
        yield quote


def _plain(words: str) -> str:
    return words.strip(" .,;:!?…").lower()


def _reported(blog: Blog, passage: Speech, quotes: Sequence[Quote], cast: Cast) -> Iterator[Quote]:
    """The passages reported without marks, one a reporting clause that governs no quotation."""
    used = {quote.cue for quote in quotes}
    for index, clause in enumerate(passage.clauses):
        if clause.cue in used or not clause.subjects or clause.is_negated or not _is_strong(clause):
            continue
        content = reported_content(passage, index)
        if content is None or any(content.overlaps(q.outer) for q in passage.sentence.quotations):
            continue
        rule = "according to" if clause.order == "according to" else "reported by the verb"
        yield _quote(blog, passage, content, "indirect", Attribution(rule, clause.subjects, clause), cast)


def _is_strong(clause: ReportingClause) -> bool:
    return clause.form is None or clause.form.verb.strong
