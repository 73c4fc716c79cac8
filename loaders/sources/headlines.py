"""Headlines of structured data as a reader sees them.

The stamp printed before the words is left out; what only repeats the page's title or how the post begins is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from loaders.sources.stamps import read_stamp

_CUT = 60
"""Code points from which a headline that repeats how its post begins was cut off by a system, not written."""
_CLOCK = re.compile(
    r"\s*[\[(]?\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b\.?)?(?P<zone>\s?\(?(?:[A-Z]{2,5}\b|(?:GMT|UTC)[+-]\d{1,2})\)?)?\]?"
)
_BREAK = re.compile(r"\s*[-–—|:•·]+\s+(?=\D)")
_BLANK = re.compile(r"\s+(?=\S)")


def without_stamp(headline: str, posted_at: datetime | None, zone: str = "") -> str:
    """The headline without the post's own time before it: "19:02(IST) Toss: …", "7.02pm - Toss: …".

    A time before a headline is the post's own where it names its zone or is set off by a sign, and its minutes are
    those of the time that the post states, which zones of whole quarters of an hour leave as they are.
    """
    clock = _CLOCK.match(headline)
    if clock is None or posted_at is None:
        return headline
    after = _BREAK.match(headline, clock.end()) or (
        _BLANK.match(headline, clock.end()) if clock["zone"] else None
    )
    said = read_stamp(clock[0].strip(" [(])").replace("(", " "), home=zone)
    if after is None or said is None or said.clock is None or (said.clock.minute - posted_at.minute) % 15:
        return headline
    return headline[after.end() :]


def own_headline(headline: str, lines: Sequence[str], title: str = "") -> str:
    """The headline, empty where it is the page's title or the beginning of the post, cut off.

    Args:
        headline: The headline as stated, without a stamp.
        lines: The lines of the post.
        title: The page's title, if every post of the page states it for its headline.
    """
    if title and headline == title:
        return ""
    said = headline.rstrip(" .…")
    begins = bool(lines) and bool(said) and lines[0].startswith(said)
    if not begins:
        return headline
    if lines[0].rstrip(" .…") == said:
        return "" if len(lines) == 1 else headline
    in_word = lines[0][len(said)].isalnum() and said[-1].isalnum()
    return "" if in_word or len(said) >= _CUT else headline
