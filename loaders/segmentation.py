"""Cuts a post into headline and paragraphs, these into sentences and tokens; quotations stay whole.

A full stop inside a quotation ends no sentence of the reporter's; a bold run-in head ("Some context:") is a
sentence of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from loaders.model import Blog, Post, Span
from loaders.quotation_marks import Quotation, opens_with_mark, pair_marks
from loaders.vocabulary import cues, language

Part = Literal["headline", "run-in head", "body"]

_TOKEN = re.compile(
    r"[^\W\d_]++(?![\w.'’&‑-])"  # a plain word, which most are
    r"|(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Gens|Col|Sgt|Lt|Capt|Maj|Adm|Rev|Hon|St|Jr|Sr|Supt|Insp)\.(?=\s)"
    r"|(?<=\s)[A-Z]\.(?=\s[A-Z])"  # an initial
    r"|''|``"  # typed quotation marks
    r"|['’](?:s|re|ve|d|ll|m)\b"  # the clitics
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\W_]+(?:[-‑'’][^\W\d_]+)*?(?=['’](?:s|re|ve|d|ll|m)\b)"  # a word before a clitic
    r"|[^\W_]+(?:[-‑'’&][^\W_]+)*"
    r"|--+|[^\w\s]",
    re.UNICODE,
)
_RUN_IN_HEAD = re.compile(r"[^\s\d\"“”:.!?][^\"“”:.!?\n]{0,48}:(?= \S)")
_MAX_HEAD_WORDS = 6
_LONGEST_SENTENCE = 6000
"""In code points; real sentences with whole quotations in them stay far below it."""
_STOP = re.compile(r"[.!?…]+")
_BREAKS = frozenset({";", "—", "–", "--"})
_PRINTED = re.compile(r"\S")
_CLOSERS = "\"”’')]»"


class Token(NamedTuple):
    """One word, number or mark of punctuation."""

    text: str
    lower: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """One sentence of the reporter's, the quotations in it, and where in the post it stands.

    `paragraph` counts from 0, the headline being -1.
    """

    span: Span
    post_id: str
    part: Part
    paragraph: int
    tokens: tuple[Token, ...]
    quotations: tuple[Quotation, ...]

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """The positions of semicolons and dashes, which part it into segments."""
        return tuple(at for at, token in enumerate(self.tokens) if token.text in _BREAKS)

    def segment(self, at: int) -> tuple[int, int]:
        """The segment around a token position: half-open, without the marks that part it."""
        if not self.breaks:
            return 0, len(self.tokens)
        first = max((mark + 1 for mark in self.breaks if mark < at), default=0)
        return first, min((mark for mark in self.breaks if mark >= at), default=len(self.tokens))

    def positions(self, words: Container[str]) -> list[int]:
        """The positions of the tokens that are one of some lower-case words."""
        return [at for at, token in enumerate(self.tokens) if token.lower in words]

    def positions_in(self, span: Span) -> range:
        """The positions of the tokens that begin in a span of the text."""
        edges = (bisect_left(self.tokens, edge, key=lambda t: t.start) for edge in (span.start, span.end))
        return range(*edges)

    def quotation_at(self, offset: int) -> Quotation | None:
        """The quotation that holds an offset into the text, its marks included."""
        at = bisect_right(self.quotations, offset, key=lambda q: q.outer.start) - 1
        return self.quotations[at] if at >= 0 and offset < self.quotations[at].outer.end else None


def segment(blog: Blog) -> tuple[Sentence, ...]:
    """Every sentence of the blog's posts, headlines first in each post, in text order."""
    return tuple(sentence for post in blog.records for sentence in _post_sentences(blog.text, post))


def tokenize(text: str, span: Span) -> tuple[Token, ...]:
    """The tokens of a span, offsets into `text`."""
    spans = [match.span() for match in _TOKEN.finditer(text, span.start, span.end)]
    words = [(text[start:end], start, end) for start, end in spans]
    return tuple([Token(w, _lowered(w) if "." in w else w.lower(), start, end) for w, start, end in words])


def _lowered(word: str) -> str:
    """A word in lower case; a title's full stop ("Mr.") is left out, so that it is found in the word lists."""
    lower = word.lower()
    return (
        lower[:-1]
        if lower.endswith(".") and len(lower) > 2 and "." not in lower[:-1] and lower[0].isalpha()
        else lower
    )


def paragraphs(text: str, span: Span) -> Iterator[Span]:
    """The lines of a span that hold something, without the white space around them."""
    start = span.start
    while start < span.end:
        end = text.find("\n", start, span.end)
        end = span.end if end < 0 else end
        inner = text[start:end]
        if inner.strip():
            lead = len(inner) - len(inner.lstrip())
            yield Span(start + lead, start + len(inner.rstrip()))
        start = end + 1


def _post_sentences(text: str, post: Post) -> Iterator[Sentence]:
    if post.headline:
        yield from _paragraph_sentences(text, post, post.headline, "headline", -1, next_opens=False)
    lines = list(paragraphs(text, post.body))
    for index, line in enumerate(lines):
        next_opens = index + 1 < len(lines) and opens_with_mark(text, lines[index + 1])
        head = run_in_head(text, line)
        if head:
            yield Sentence(head, post.post_id, "run-in head", index, tokenize(text, head), ())
            line = Span(head.end + 1, line.end)
        yield from _paragraph_sentences(text, post, line, "body", index, next_opens=next_opens)


def run_in_head(text: str, paragraph: Span) -> Span | None:
    """The few words before a colon that head a paragraph ("Some context:"), None where there are none.

    A colon after a reporting verb introduces speech, and a name before a colon is a speaker: no head either way.
    """
    match = _RUN_IN_HEAD.match(text, paragraph.start, paragraph.end)
    if not match:
        return None
    words = match.group()[:-1].split()
    after = _following(text, match.end(), len(text))[:1]
    if (
        len(words) > _MAX_HEAD_WORDS
        or words[-1].lower() in cues().forms
        or not (after.isupper() or after.isdigit())
    ):
        return None
    return (
        Span(match.start(), match.end()) if any(word.islower() for word in words) or len(words) == 1 else None
    )


def _paragraph_sentences(
    text: str, post: Post, paragraph: Span, part: Part, index: int, *, next_opens: bool
) -> Iterator[Sentence]:
    quotations = pair_marks(text, paragraph, next_opens=next_opens)
    starts = [q.outer.start for q in quotations]
    for whole in _sentence_spans(text, paragraph, quotations):
        for span in _bounded(text, whole):
            inside = quotations[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
            kept = tuple(q for q in inside if q.outer.end <= span.end)
            yield Sentence(span, post.post_id, part, index, tokenize(text, span), kept)


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """The span in pieces no longer than a sentence of any language is, so that no text costs more than its length."""
    start = span.start
    while span.end - start > _LONGEST_SENTENCE:
        space = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        end = space if space > start else start + _LONGEST_SENTENCE
        yield Span(start, end)
        start = end + 1 if space > start else end
    if start < span.end:
        yield Span(start, span.end)


def _sentence_spans(text: str, paragraph: Span, quotations: tuple[Quotation, ...]) -> Iterator[Span]:
    start = paragraph.start
    for end in _boundaries(text, paragraph, quotations):
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            yield Span(start, end)
        start = end
    while start < paragraph.end and text[start].isspace():
        start += 1
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _boundaries(text: str, paragraph: Span, quotations: tuple[Quotation, ...]) -> Iterator[int]:
    """Offsets after which a new sentence of the reporter's begins."""
    closing = {q.outer.end: q for q in quotations}
    pending = iter([*sorted(q.outer.start for q in quotations), paragraph.end])
    inside = {q.outer.start: q.outer.end for q in quotations}
    position, next_quotation = paragraph.start, next(pending)
    while position < paragraph.end:
        match = _STOP.search(text, position, min(next_quotation, paragraph.end))
        if match:
            end = match.end()
            while end < paragraph.end and text[end] in _CLOSERS and end not in inside:
                end += 1
            if _ends_sentence(text, match.start(), end, paragraph.end):
                yield end
            position = end
            continue
        if next_quotation >= paragraph.end:
            return
        position = inside[next_quotation]
        if _quotation_ends_sentence(text, closing[position], paragraph.end):
            yield position
        next_quotation = next((start for start in pending if start >= position), paragraph.end)


def _following(text: str, start: int, limit: int) -> str:
    """The next words behind an offset, without white space before them: as many as tell whether a sentence is over."""
    first = _PRINTED.search(text, start, limit)
    return text[first.start() : min(first.start() + 80, limit)] if first else ""


def _ends_sentence(text: str, stop: int, end: int, limit: int) -> bool:
    following = _following(text, end, limit)
    if not following or not text[end].isspace():
        return False
    if not (following[0].isupper() or following[0].isdigit() or following[0] in "\"“‘'«(["):
        return text[stop] in "!?" and not following[0].islower()
    if text[stop] != ".":
        return True
    word = _word_before(text, stop)
    if word in language().abbreviations or _is_initials(word):
        return _abbreviation_ends(word, following)
    return True


def _is_initials(word: str) -> bool:
    """Whether a word is one letter, or letters with stops between: the "G.K" of "G.K. Butter"."""
    return all(len(part) == 1 and part.isalpha() for part in word.split("."))


def _abbreviation_ends(word: str, following: str) -> bool:
    """After "a.m." or "U.S." a sentence ends only where a plain sentence opener follows."""
    opener = re.match(r"[\w’']+", following)
    return "." in word and opener is not None and opener.group().lower() in language().not_names


def _word_before(text: str, stop: int) -> str:
    start = stop
    while start > 0 and stop - start < 12 and (text[start - 1].isalnum() or text[start - 1] == "."):
        start -= 1
    return text[start:stop].lower()


def _quotation_ends_sentence(text: str, quotation: Quotation, limit: int) -> bool:
    """Whether the reporter's sentence is over where a quotation closes."""
    last = text[quotation.span.end - 1]
    following = _following(text, quotation.outer.end, limit)
    if not following:
        return False
    if last not in ".!?…" or not text[quotation.outer.end : quotation.outer.end + 1].isspace():
        return False
    if following[0] in '"“«':
        return True
    if not following[0].isupper():
        return False
    return last == "." or not _cue_follows(following)


def _cue_follows(following: str) -> bool:
    """Whether `…?" Putin tells Kim` goes on: a reporting verb among the next few words of the same sentence."""
    words = re.findall(r"[\w’'-]+|[.;]", following)[:7]
    words = words[: words.index(".")] if "." in words[:-1] and words.index(".") > 1 else words
    return any(word.lower() in cues().forms for word in words)
