"""Finds what a page shows for a post whose structured data is shorter or flatter than what readers see.

Outlets cut articleBody after a hundred letters or at the first quotation mark, and drop its paragraphs and
lists. Where the page shows the same words, its own lines are taken. Where all posts state the same time, or
none does, the page's own <time> elements are better.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice

from selectolax.lexbor import LexborNode

from loaders.clock import Instant, TimeOfDay
from loaders.sources.html_text import Shown, ShownTime, shown
from loaders.sources.postings import Posting, stated_time
from loaders.sources.stamps import read_stamp

KEY = 24
"""Letters that must agree for a line of the page to be the beginning of a post."""
LONG_KEY = 60
AGREED = 200
"""Letters that must agree as far as both lines go for the page's to be read on."""
SHORTEST_KEY = 8
TIMED = 0.9
"""Share of the posts that the page must show a time for, if its times are to be taken."""
SPARE = 1_000
"""Letters of a page that are read beyond three times the stated ones."""
MOST_PLACES = 5
"""Places of a page that are looked at for one post."""
MOST_BOXES = 4
"""Boxes around such a place that are looked at for its end."""

_CUT = re.compile(r"(?:&\w*)?\s*(?:…|\.\.\.)$")
_WORD = re.compile(r"\w+")
_Places = Mapping[str, Sequence[int]]


def completed(postings: Sequence[Posting], root: LexborNode | None) -> list[Posting]:
    """The posts with the fuller text of their page and, where theirs cannot be true, its better times."""
    page = shown(root)
    places = _places(page.lines)
    openings = {_key(words) for posting in postings for words in (posting.headline, *posting.lines[:1])}
    openings.discard("")
    page = replace(page, lines=_without_stamps(page))
    fuller = [_fuller(posting, page, places, openings) for posting in postings]
    if len(postings) > 2 and len({str(posting.when) for posting in postings}) == 1:
        return _with_shown_times(fuller, places, page.times)
    return fuller


def _without_stamps(page: Shown) -> list[str]:
    """The lines of a page, empty where a <time> element stands that is a stamp by itself."""
    stamps = {
        time.line for time in page.times if time.line < len(page.lines) and read_stamp(page.lines[time.line])
    }
    return ["" if n in stamps else line for n, line in enumerate(page.lines)]


def _places(lines: Sequence[str]) -> _Places:
    places: dict[str, list[int]] = defaultdict(list)
    for n, line in enumerate(lines):
        for key in _keys(line):
            places[key].append(n)
    return places


def _key(words: str) -> str:
    """The first letters of a line, by which it is recognised; empty for lines too short for that."""
    letters = _letters(words, KEY)
    return letters if len(letters) >= SHORTEST_KEY else ""


def _keys(words: str) -> list[str]:
    """A long and a short key of a line, as far as it is long enough for them."""
    letters = _letters(words, LONG_KEY)
    short = letters[:KEY] if len(letters) >= SHORTEST_KEY else ""
    return [key for key in (letters if len(letters) == LONG_KEY else "", short) if key]


def _letters(words: str, most: int) -> str:
    return "".join(_WORD.findall(words[: 4 * most].casefold()))[:most]


def _alike(stated: str, page: Shown, places: _Places) -> Iterator[int]:
    """The lines of the page that begin as a stated line does."""
    candidates = chain.from_iterable(places.get(key, ()) for key in _keys(stated))
    alike = (n for n in islice(candidates, 10 * MOST_PLACES) if _agree(stated, page.lines[n]))
    return islice(alike, MOST_PLACES)


def _agree(stated: str, line: str) -> bool:
    """Whether a stated line and a line of the page say the same as far as both go."""
    first, second = _letters(stated, AGREED), _letters(line, AGREED)
    return first.startswith(second) or second.startswith(first)


def _fuller(posting: Posting, page: Shown, places: _Places, openings: set[str]) -> Posting:
    headline = _whole(posting.headline, page, places)
    if not posting.lines:
        return replace(posting, headline=headline)
    stated = Counter(_words(posting.lines))
    most = 3 * sum(map(len, posting.lines)) + SPARE
    for place in _alike(posting.lines[0], page, places):
        for end in _ends(page, place):
            lines = list(_passage(page.lines, place, end, openings, most))
            if _says_all(stated, posting.lines[-1], lines):
                return replace(posting, headline=headline, lines=tuple(lines))
    return replace(posting, headline=headline)


def _whole(headline: str, page: Shown, places: _Places) -> str:
    """A headline that ends in an ellipsis, as the page shows it in full."""
    stem = _CUT.sub("", headline)
    if stem == headline:
        return headline
    fuller = (page.lines[place] for place in islice(places.get(_key(stem), ()), 10 * MOST_PLACES))
    return next((line for line in fuller if line.startswith(stem) and not _CUT.search(line)), headline)


def _ends(page: Shown, place: int) -> Iterator[int]:
    """Where the boxes around a line end, from the innermost outward."""
    box = page.box_of[place]
    for _ in range(MOST_BOXES):
        yield page.ends[box]
        box = page.outer[box]


def _passage(lines: Sequence[str], place: int, end: int, openings: set[str], most: int) -> Iterator[str]:
    """The lines from a place to an end, to where another post begins, or to `most` letters."""
    for n in range(place, end):
        most -= len(lines[n]) + 1
        if most < 0 or (n > place and _key(lines[n]) in openings):
            return
        if lines[n]:
            yield lines[n]


def _says_all(stated: Counter[str], last_line: str, lines: Sequence[str]) -> bool:
    """Whether the lines hold all stated words; the last may be cut off in the middle."""
    found = Counter(_words(lines))
    missing = list((stated - found).elements())
    cut = (_WORD.findall(last_line.casefold()) or [""])[-1]
    return not missing or (missing == [cut] and any(word.startswith(cut) for word in found))


def _words(lines: Sequence[str]) -> Iterator[str]:
    return (word for line in lines for word in _WORD.findall(line.casefold()))


def _with_shown_times(postings: list[Posting], places: _Places, times: Sequence[ShownTime]) -> list[Posting]:
    """The posts with the <time> elements that stand above them, or below where those are nearer."""
    found = [_place(posting, places) for posting in postings]
    ways = [_nearest(found, times, above) for above in (True, False)]
    chosen = min(ways, key=lambda way: sum(abs(time.line - place) if time else 1000 for place, time in way))
    stated = [time.stated if time and _is_dated(time.stated) else None for _, time in chosen]
    if len(set(stated)) < 2 or stated.count(None) > (1 - TIMED) * len(postings):
        return postings
    return [replace(posting, when=when) for posting, when in zip(postings, stated, strict=True)]


def _place(posting: Posting, places: _Places) -> int:
    """Where the page shows the beginning of a post, by what it shows once if it can; -1 where it does not."""
    keys = [_key(words) for words in (*posting.lines[:1], posting.headline)]
    shown_at = sorted((places[key] for key in keys if key in places), key=lambda found: len(found) > 1)
    return shown_at[0][0] if shown_at else -1


def _nearest(
    found: Sequence[int], times: Sequence[ShownTime], above: bool
) -> list[tuple[int, ShownTime | None]]:
    """For each place the time next to it, above or below, that no other place stands between."""
    known = sorted({place for place in found if place >= 0})
    marks = [time.line for time in times]
    nearest: dict[int, ShownTime | None] = {-1: None}
    for last, place, following in zip(
        [-1, *known], known, [*known[1:], len(marks) + (1 << 40)], strict=False
    ):
        n = bisect_right(marks, place) - 1 if above else bisect_right(marks, place)
        is_between = 0 <= n < len(marks) and (last < marks[n] if above else marks[n] <= following)
        nearest[place] = times[n] if is_between else None
    return [(place, nearest[place]) for place in found]


def _is_dated(stated: str) -> bool:
    """Whether a <time> gives an instant by itself."""
    stamp = stated_time(stated)
    return isinstance(stamp, Instant) or (isinstance(stamp, TimeOfDay) and stamp.day.year is not None)
