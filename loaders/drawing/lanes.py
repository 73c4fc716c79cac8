"""Where each event stands on the timeline: its lane, its row, its stretch of the axis and its label.

All of it is worked out here, in pixels, so that no label meets a mark or another label.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import pandas as pd

from loaders.drawing.rows import Row, is_known, records
from loaders.drawing.scale import Scale, folded_scale
from loaders.model import Record, parts
from loaders.sentences import label

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
SHARP = ("minute", "hour", "part of day")
LETTER = 6.1
"""Width of a letter of a label, on average, in pixels."""

LINE, ROW = 15, 33
"""Height of a label's line, and of a row with a label of one line, in pixels."""

_GAP = 14.0
_TITLE = 20
_SHORTEST = 6.0
_OPEN = 44.0


@dataclass(frozen=True, slots=True)
class Placed:
    """An event on the timeline. Positions across are fractions of the axis, `row` counts from the top.

    A row whose labels all have one line is lower than the others: `row` is where a full one would begin that
    ends at the same foot.
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


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane's name and the rows it takes, with those of a title above it, from `first` up to but without `last`."""

    name: str
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A timeline, laid out for a width in pixels; a row is `pitch` pixels high, names of lanes have `left`."""

    scale: Scale
    lanes: tuple[Lane, ...]
    marks: tuple[Placed, ...]
    rows: float
    width: float
    left: int
    pitch: int


def shown_events(events: pd.DataFrame) -> pd.DataFrame:
    """The events that stand on the main axis: of the story itself, and dated at all."""
    dated = events["start_at"].notna() | events["end_at"].notna()
    return events[~events["is_background"] & dated]


def scale_of(record: Record, events: pd.DataFrame) -> Scale | None:
    """The axis for these events and the record's posts."""
    sharp: list[datetime] = []
    loose: list[datetime] = []
    for row in records(events):
        is_sharp = row["granularity"] in SHARP
        for column in ("start_at", "end_at"):
            if is_known(row[column]):
                (sharp if is_sharp or _is_post_time(row, column) else loose).append(row[column])
    for post in records(record.posts):
        at = post["posted_at"] if is_known(post["posted_at"]) else post["posted_to"]
        if is_known(at):
            sharp.append(at)
    return folded_scale(sharp, loose)


def _is_post_time(row: Row, column: str) -> bool:
    return column == "end_at" and row["end_at"] == row["first_posted_at"]


def laid_out(
    record: Record,
    events: pd.DataFrame,
    by: str,
    width: float,
    parties: Mapping[str, str],
    *,
    left: int = 0,
    air: int = 0,
    letter: float = LETTER,
) -> Layout | None:
    """The timeline of these events in lanes by "place", "people" or "kind"; None where none has a time.

    Args:
        record: The story, for the names of lanes and the times of posts.
        events: Rows of its events.
        by: What a lane stands for.
        width: The width of the axis in pixels.
        parties: The party of each event, by its id.
        left: Pixels left of the axis for the names of the lanes; without any, they stand above their rows.
        air: Pixels more for each row than its label and its mark need.
        letter: Width of a letter of a label, on average, in pixels.
    """
    dated = shown_events(events)
    scale = scale_of(record, dated)
    if scale is None or dated.empty:
        return None
    packed = [
        (name, _packed(rows, scale, width, parties, letter)) for name, rows in _in_lanes(record, dated, by)
    ]
    most = max(len(mark.lines) for _, rows in packed for row in rows for mark in row)
    pitch = ROW + LINE * (most - 1) + air
    lanes: list[Lane] = []
    marks: list[Placed] = []
    top = 0.0
    for name, rows in packed:
        first, top = top, top + (_TITLE / pitch if not left else 0)
        for row in rows:
            top += 1 - LINE * (most - max(len(mark.lines) for mark in row)) / pitch
            marks += [replace(mark, row=round(top - 1, 4)) for mark in row]
        lanes.append(Lane(name, first, top))
    return Layout(scale, tuple(lanes), tuple(marks), round(top, 4), width, left, pitch)


def _in_lanes(record: Record, events: pd.DataFrame, by: str) -> Iterable[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = {}
    for row in records(events):
        found.setdefault(_lane_of(row, by), []).append(row)
    for key in sorted(found, key=lambda key: (key == "", _rank(record, by, key, len(found[key])), key)):
        unknown = "No place given" if by == "place" else "Nobody named"
        yield (key if by == "kind" else label(record, key)) if key else unknown, found[key]


def _rank(record: Record, by: str, key: str, count: int) -> float:
    return {"place": -_latitude(record, key), "people": -count}.get(by, 0)


def _lane_of(row: Row, by: str) -> str:
    match by:
        case "people":
            return next(iter(parts(row["participants"])), "")
        case "kind":
            return str(row["event_type"])
        case _:
            return str(row["location_id"] or row["destination_id"])


def _latitude(record: Record, place: str) -> float:
    """How far north a place lies, the northernmost first; places without coordinates last."""
    rows = record.locations
    found = rows["latitude"][rows["location_id"] == place]
    return float(found.iloc[0]) if len(found) and is_known(found.iloc[0]) else -90.0


def _packed(
    rows: list[Row], scale: Scale, width: float, parties: Mapping[str, str], letter: float
) -> list[list[Placed]]:
    """Marks of one lane in as few rows as hold them without touching."""
    taken: list[list[Stretch]] = []
    placed: list[list[Placed]] = []
    for row in sorted(rows, key=lambda each: _bounds(each, scale, width)[0]):
        mark, (low, high) = _placed(row, scale, width, parties.get(row["event_id"], "others"), letter)
        free = next(
            (n for n, there in enumerate(taken) if all(high < a or low > b for a, b in there)), len(taken)
        )
        if free == len(taken):
            taken.append([])
            placed.append([])
        taken[free].append((low, high))
        placed[free].append(mark)
    return placed


def _bounds(row: Row, scale: Scale, width: float) -> tuple[float, float, bool]:
    """Start and end in pixels, and whether the start is not known."""
    is_open = not is_known(row["start_at"])
    end = scale.at(row["end_at"]) * width if is_known(row["end_at"]) else scale.at(row["start_at"]) * width
    start = max(end - _OPEN, 0.0) if is_open else scale.at(row["start_at"]) * width
    if end - start < _SHORTEST:
        start = min(max((start + end - _SHORTEST) / 2, 0.0), width - _SHORTEST)
        end = start + _SHORTEST
    return start, end, is_open


def _placed(row: Row, scale: Scale, width: float, party: str, letter: float) -> tuple[Placed, Stretch]:
    """A mark, its label above it, and the stretch of its row both take, in pixels."""
    start, end, is_open = _bounds(row, scale, width)
    posted = scale.at(row["first_posted_at"]) * width if is_known(row["first_posted_at"]) else None
    lines = wrapped(str(row["title"]), int(width / letter))
    size = max(map(len, lines)) * letter
    at = start if start + size <= width else max(end - size, 0.0)
    mark = Placed(
        event_id=str(row["event_id"]),
        title=str(row["title"]),
        row=0,
        start=start / width,
        end=end / width,
        posted=posted / width if posted is not None and posted > end + 1 else None,
        look=_look(row),
        is_open=is_open,
        lines=lines,
        label_at=at / width,
        party=party,
    )
    return mark, (min(start, at), max(end, posted or end, at + size) + _GAP)


def wrapped(words: str, letters: int, most: int = 2) -> tuple[str, ...]:
    """Words in at most `most` lines of so many letters; only what no line holds is cut."""
    lines = textwrap.wrap(words, max(letters, 8), max_lines=most, placeholder="…")
    return tuple(lines) or ("",)


def _look(row: Row) -> Look:
    if row["status"] in ("planned", "possible"):
        return "hollow"
    return "solid" if row["time_basis"] == "stated" else "faded"
