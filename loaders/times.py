"""Time expressions in news text: where they stand, their TIMEX3 values and their bounds in UTC.

This is the way in; the work is done in `loaders.timex`. What is left open there is left open here: a duration has no
bounds, "recently" has no date, and without the moment of posting "Tuesday" is any Tuesday.

Which kinds of error remain: a weekday or month whose clause does not show its tense may be taken for the nearest
one; a bare month far from its year, in a text that is neither plainly news nor plainly history, is read as news;
"today" after midnight is the new day though the day before is meant; times told from an event ("two days after the
vote", "the day of the attack") are durations or not found; quarters of games are taken for those of years; "by May"
is a month even where May is a person.

Counted in TempEval-3 AQUAINT (579) and WikiWars (2,636): 10 and 267 missed, 61 and 31 found where none is; of those
found, the value differs in 103 and 277: in 22 and 103 another date, 36 and 21 coarser or finer ("Thursday morning"
for the day), 24 and 74 a length of time for a date or the reverse, the others in how what is unknown is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from loaders.model import TimeExpression
from loaders.timex.context import TimeContext
from loaders.timex.lexicon import lexicon
from loaders.timex.moments import utc_bounds
from loaders.timex.reading import read_post

__all__ = ["TimeContext", "find_times", "may_tell_time"]


def find_times(text: str, passages: Sequence[TimeContext]) -> tuple[TimeExpression, ...]:
    """Every time expression in the passages, in their order.

    Values are TIMEX3, local to the first zone of the passage or to the zone the words name. Bounds are UTC
    and half-open, from the earliest start to the latest end in any of the zones; for a clock time both are
    that instant. They are None for durations, recurring times and what no calendar gives.

    Args:
        text: The canonical text.
        passages: Sentences, paragraphs or whole posts, not overlapping, those of one post together.
    """
    return tuple(
        expression
        for post_id, members in groupby(passages, key=lambda passage: passage.post_id)
        for expression in _in_post(text, post_id, list(members))
    )


def may_tell_time(words: Iterable[str]) -> bool:
    """Whether some words in lower case can hold a time expression at all; "the", "more" and "first" alone cannot."""
    telling = lexicon().telling
    return any(
        word in telling
        or (not word.isalpha() and len(word) > 1 and not telling.isdisjoint(re.split(r"[-‑'’]", word)))
        or any(letter.isdigit() for letter in word)
        for word in words
    )


def _in_post(text: str, post_id: str, passages: Sequence[TimeContext]) -> Iterator[TimeExpression]:
    for found in read_post(text, passages):
        start, end = utc_bounds(found.moment, found.zones)
        yield TimeExpression(found.span, post_id, found.moment.value, start, end, found.moment.granularity)
