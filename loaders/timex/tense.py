"""Which way a clause looks: whether it tells of what is to come or of what has happened.

The verb or cue nearest before the expression decides; at the head of a sentence, the first one after it. No
grammar is parsed for it: in news text the nearest cue is right far more often than not, and where there is
none, no tense is claimed.
"""

from __future__ import annotations

import re
from functools import cache

from loaders.model import Span
from loaders.timex.setting import Tense
from loaders.timex.vocabulary import time_words

_REACH = 160
"""Characters looked at on either side: about two lines of print."""


@cache
def _cues() -> re.Pattern[str]:
    words = time_words()
    future, past = (
        "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(many, key=len, reverse=True))
        for many in (words.future, words.past)
    )
    return re.compile(rf"(?<![\w-])(?:(?P<future>{future})|(?P<past>{past}|[a-z]{{2,12}}ed))(?![\w-])")


def tense_at(text: str, span: Span, sentence: Span) -> Tense:
    """The tense of the clause around an expression in its sentence."""
    before = list(_cues().finditer(text, max(sentence.start, span.start - _REACH), span.start))
    if before:
        return _tense(before[-1])
    after = _cues().search(text, span.end, min(sentence.end, span.end + _REACH))
    return _tense(after) if after else ""


def _tense(cue: re.Match[str]) -> Tense:
    return "future" if cue.lastgroup == "future" else "past"
