"""Which way a clause looks: whether it tells of what is to come or of what has happened.

The verb or cue nearest before the expression decides; at the head of a sentence, the first one after it. No
grammar is parsed for it: in news text the nearest cue is right far more often than not, and where there is
none, no tense is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from loaders.model import Span
from loaders.timex.setting import Tense
from loaders.timex.vocabulary import time_words

_REACH = 160
"""Characters looked at on either side: about two lines of print."""
_THAT = re.compile(r"\bthat\s")
"""Opens the clause that somebody tells, whose own verb stands behind its time: "said that on Friday it will …"."""


@cache
def _cues() -> re.Pattern[str]:
    words = time_words()
    future, planned, past = (_any_of(many) for many in (words.future, words.planned, words.past))
    return re.compile(
        rf"(?<![\w-])(?:(?P<future>{future})|(?P<planned>{planned})"
        rf"|(?<!\bbe\s)(?<!\bis\s)(?<!\bare\s)(?P<past>{past}|[a-z]{{2,12}}ed))(?![\w-])"
    )


@cache
def _edges() -> re.Pattern[str]:
    words = time_words()
    return re.compile(
        rf"(?:[\w,]\s(?P<deadline>{_any_of(words.deadlines)})|\b(?P<since>{_any_of(words.since)}))\s$", re.I
    )


def _any_of(words: Sequence[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in longest_first)


def tense_at(text: str, span: Span, sentence: Span) -> Tense:
    """The tense of the clause around an expression in its sentence."""
    edge = _edges().search(text, max(sentence.start, span.start - 8), span.start)
    owns = text[span.end : span.end + 2] in {"'s", "’s"}
    if edge and not (edge["deadline"] and owns):
        return "future" if edge["deadline"] else "past"
    cue, end = "", span.start
    for match in _cues().finditer(text, max(sentence.start, span.start - _REACH), span.start):
        cue, end = match.lastgroup or "", match.end()
    opens_clause = cue == "past" and _THAT.search(text, end, span.start) is not None
    if not cue or opens_clause:
        after = _cues().search(text, span.end, min(sentence.end, span.end + _REACH))
        ahead = (after.lastgroup or "") if after else cue
        return "future" if ahead == "future" else "past" if ahead else ""
    return "past" if cue == "past" else "future"
