"""Reads the stamp line of a pasted post: "25 min ago", "14:05 BST", "12:01 a.m. ET, September 13, 2023".

A line is a stamp when nothing but the parts of one stands on it, in any order: a lead ("Updated"), an age, a
time, a date, a zone, and words that say nothing. The words are in data/vocabulary/stamps.yaml.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from loaders.sources.stamp_parts import NO_DAY, StampLine, either, stamp_parts
from loaders.sources.stamp_words import stamp_words

LONGEST = 80
"""No stamp is longer than this many code points; longer lines are not looked at."""
SHORTEST_COPY = 4
"""Code points of the shortest stamp that is looked for twice in a line, "9:01"."""
INVISIBLE = dict.fromkeys(
    map(
        ord,
        "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff",
    )
)


def read_stamp(line: str, *, home: str = "") -> StampLine | None:
    """What the line says if it is a stamp or a date and nothing else, None otherwise.

    Args:
        line: One line of a page.
        home: The page's IANA zone, which decides between zones of the same abbreviation.
    """
    read = _read(line, home)
    if read is None or read == StampLine(is_update=read.is_update):
        return None
    return None if read.zone is not None and read.clock is None else read


def read_lead(line: str) -> StampLine | None:
    """What leads into the stamp on the next line, if that is all a line says: "Published", "Updated at"."""
    read = _read(line, "") if any(letter.isalpha() for letter in line[: LONGEST + 1]) else None
    return read if read == StampLine(is_update=read is not None and read.is_update) else None


@lru_cache(maxsize=4096)
def _read(line: str, home: str) -> StampLine | None:
    """The parts of a stamp that a line is made of, None where something else stands on it.

    A page prints the same few stamps again and again: they are read once.
    """
    if len(line) > LONGEST:
        return None
    plain = _said_once(line.translate(INVISIBLE).strip().casefold())
    return _posted_among(plain, home) or _parsed(plain, home)


def _said_once(plain: str) -> str:
    """A line without the second copy that pages print for screen readers: "Posted at 9:019:01"."""
    for size in range(len(plain) // 2, SHORTEST_COPY - 1, -1):
        copy = plain[-size:]
        if plain[:-size].endswith(copy) and copy[0].isdigit():
            return plain[:-size]
    return plain


def read_latest(line: str, *, home: str = "") -> StampLine | None:
    """The last time that a line says which gives two, as `read_stamp` of others."""
    times = _times_among(line.translate(INVISIBLE).strip().casefold(), home)
    return times[-1].joined(times[0]) if times else read_stamp(line, home=home)


def _posted_among(plain: str, home: str) -> StampLine | None:
    """What a line says that gives two times behind words for them: "02.05 BST Updated at 03.10 BST".

    A zone printed once is that of both.
    """
    times = _times_among(plain, home)
    posted = next((part for part in times if not part.is_update), None)
    zoned = next((part for part in times if part.zone), None)
    if posted and zoned and not posted.zone:
        return replace(posted, zone=zoned.zone, zone_name=zoned.zone_name)
    return posted


def _times_among(plain: str, home: str) -> list[StampLine]:
    """The times of a line that gives several behind words for them; none of a line with anything else on it."""
    starts = [match.start() for match in _leads().finditer(plain, 1)] if plain[:1] else []
    ends = zip([0, *starts], [*starts, len(plain)], strict=True)
    parts = [_parsed(plain[start:end], home) for start, end in ends] if starts else []
    found = [part for part in parts if part and (part.stamp or part.day != NO_DAY)]
    return [part for part in found if part.stamp] if len(found) == len(parts) else []


def _parsed(plain: str, home: str) -> StampLine | None:
    read, at = StampLine(), 0
    while at < len(plain):
        step = _next_part(plain, at, read, home)
        if step is None:
            return None
        read, at = step
    return read


def _next_part(plain: str, at: int, read: StampLine, home: str) -> tuple[StampLine, int] | None:
    for pattern, take in stamp_parts():
        match = pattern.match(plain, at)
        taken = take(read, match, home) if match and match.end() > at else None
        if match and taken is not None:
            return taken, match.end()
    return None


@cache
def _leads() -> re.Pattern[str]:
    words = stamp_words()
    return re.compile(rf"{either((*words.updated, *words.posted))}\b")
