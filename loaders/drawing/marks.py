"""One event as a mark of the timeline: its stretch of the axis, its label above, and the rows that hold many.

All of it is worked out in pixels, so that no label meets a mark or another label.
"""

from __future__ import annotations

import textwrap
from bisect import bisect_right, insort
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from loaders.drawing.rows import Row, is_known
from loaders.drawing.scale import Scale

Look = Literal["solid", "faded", "hollow"]
Stretch = tuple[float, float]
MARKS = (
    ("solid", "time stated"),
    ("faded", "somewhere within these bounds"),
    ("open", "beginning not known"),
    ("hollow", "planned or possible"),
    ("thread", "until it was posted"),
)
"""What a mark looks like, and what that says."""
LETTER = 6.1
"""Width of a letter of a label, on average, in pixels."""

LINE, ROW, BARE, DENSE = 15, 33, 10, 8
"""Height of a label's line, of a row with a label of one line, of one without, and of such a dense one, in pixels."""

_GAP, _BARE_GAP, _DENSE_GAP = 14.0, 5.0, 1.5
_SHORTEST = 6.0
_OPEN, _BARE_OPEN, _POINT = 44.0, 10.0, 5.0


@dataclass(frozen=True, slots=True)
class Placed:
    """An event on the timeline. Positions across are fractions of the axis, `row` counts from the top.

    A row whose labels all have one line is lower than the others: `row` is where a full one would begin that
    ends at the same foot. A mark without a label has no `lines`.
    """

    event_id: str
    title: str
    row: float
    start: float
    end: float
    posted: float | None
    look: Look
    is_open: bool
    lines: tuple[str, ...]
    label_at: float
    party: str


def packed(
    rows: list[Row],
    scale: Scale,
    width: float,
    parties: Mapping[str, str],
    letter: float,
    labelled: Collection[str] | None = None,
    *,
    is_dense: bool = False,
) -> list[list[Placed]]:
    """Marks of one lane in as few rows as hold them without touching; those without a label come after the others.

    Args:
        rows: The events of the lane.
        scale: The axis.
        width: Its width in pixels.
        parties: The party of each event, by its id.
        letter: Width of a letter of a label, on average, in pixels.
        labelled: The ids of the events that have a label; None for all of them.
        is_dense: Whether marks without a label are as short as a mark can be, and stand as close.
    """
    taken: list[list[Stretch]] = []
    """Of each row, in order; none meets another."""
    placed: list[list[Placed]] = []
    found = [
        _placed(
            row,
            scale,
            width,
            parties.get(row["event_id"], "others"),
            letter if labelled is None or row["event_id"] in labelled else 0,
            is_dense,
        )
        for row in rows
    ]
    for mark, stretch in sorted(found, key=lambda pair: (not pair[0].lines, pair[0].start)):
        free = next((n for n, there in enumerate(taken) if _fits(stretch, there)), len(taken))
        if free == len(taken):
            taken.append([])
            placed.append([])
        insort(taken[free], stretch)
        placed[free].append(mark)
    return placed


def _fits(stretch: Stretch, there: Sequence[Stretch]) -> bool:
    """Whether a stretch meets none of a row."""
    low, high = stretch
    at = bisect_right(there, (high, inf))
    return at == 0 or there[at - 1][1] < low


def _bounds(row: Row, scale: Scale, width: float, size: float) -> tuple[float, float, bool]:
    """Start and end in pixels, and whether the start is not known; such a mark is `size` pixels long."""
    is_open = not is_known(row["start_at"])
    end = scale.at(row["end_at"]) * width if is_known(row["end_at"]) else scale.at(row["start_at"]) * width
    start = max(end - size, 0.0) if is_open else scale.at(row["start_at"]) * width
    if end - start < _SHORTEST:
        start = min(max((start + end - _SHORTEST) / 2, 0.0), width - _SHORTEST)
        end = start + _SHORTEST
    return start, end, is_open


def _placed(
    row: Row, scale: Scale, width: float, party: str, letter: float, is_dense: bool
) -> tuple[Placed, Stretch]:
    """A mark, its label above it unless letters have no width, and the stretch of its row both take, in pixels."""
    start, end, is_open = _bounds(
        row, scale, width, _OPEN if letter else _SHORTEST if is_dense else _BARE_OPEN
    )
    posted = scale.at(row["first_posted_at"]) * width if is_known(row["first_posted_at"]) else None
    lines = wrapped(str(row["title"]), int(width / letter)) if letter else ()
    size = max(map(len, lines), default=0) * letter
    at = start if start + size <= width else max(end - size, 0.0)
    mark = Placed(
        event_id=str(row["event_id"]),
        title=str(row["title"]),
        row=0,
        start=start / width,
        end=end / width,
        posted=posted / width if posted is not None and posted > end + 1 else None,
        look=look(row),
        is_open=is_open,
        lines=lines,
        label_at=at / width,
        party=party,
    )
    if letter:
        return mark, (min(start, at), max(end, posted or end, at + size) + _GAP)
    return mark, (start - is_open * _POINT, max(end, posted or end) + (_DENSE_GAP if is_dense else _BARE_GAP))


def wrapped(words: str, letters: int, most: int = 2) -> tuple[str, ...]:
    """Words in at most `most` lines of so many letters; only what no line holds is cut."""
    lines = textwrap.wrap(words, max(letters, 8), max_lines=most, placeholder="…")
    return tuple(lines) or ("",)


def look(row: Row) -> Look:
    """How surely an event is known, as a mark shows it."""
    if row["status"] in ("planned", "possible"):
        return "hollow"
    return "solid" if row["time_basis"] == "stated" else "faded"
