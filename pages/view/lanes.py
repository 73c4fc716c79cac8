"""Where each event stands on the timeline: its lane, its row, its stretch of the axis and its label.

All of it is worked out here, in pixels, so that no label meets a mark or another label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import pandas as pd

from loaders.model import Record
from loaders.sentences import label
from pages.view.naming import Row, ids, is_known, records
from pages.view.scale import Scale, folded_scale

Look = Literal["solid", "faded", "hollow"]
Stretch = tuple[float, float]
SHARP = ("minute", "hour", "part of day")
LETTER = 6.35
"""Width of a letter of a label, on average, in pixels."""

_GAP = 7.0
_SHORTEST = 6.0
_OPEN = 44.0


@dataclass(frozen=True, slots=True)
class Placed:
    """An event on the timeline. Positions across are fractions of the axis, `row` counts from the top."""

    event_id: str
    title: str
    row: int
    start: float
    end: float
    posted: float | None
    look: Look
    is_open: bool
    label: str
    label_at: float
    label_row: int
    label_side: Literal["right", "left"]
    party: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane's name and the rows it takes, from `first` up to but without `last`."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A timeline, laid out for a width in pixels."""

    scale: Scale
    lanes: tuple[Lane, ...]
    marks: tuple[Placed, ...]
    rows: int
    width: float


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
                (sharp if is_sharp or _is_post_time(row, column) else loose).append(
                    row[column].to_pydatetime()
                )
    for post in records(record.posts):
        at = post["posted_at"] if is_known(post["posted_at"]) else post["posted_to"]
        if is_known(at):
            sharp.append(at.to_pydatetime())
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
    lane_titles_above: bool = False,
) -> Layout | None:
    """The timeline of these events in lanes by "place", "people" or "kind"; None where none has a time.

    Args:
        record: The story, for the names of lanes and the times of posts.
        events: Rows of its events.
        by: What a lane stands for.
        width: The width of the axis in pixels.
        parties: The party of each event, by its id.
        lane_titles_above: Leave a row free at the top of each lane for its name.
    """
    dated = shown_events(events)
    scale = scale_of(record, dated)
    if scale is None or dated.empty:
        return None
    lanes: list[Lane] = []
    marks: list[Placed] = []
    top = 0
    for name, rows in _in_lanes(record, dated, by):
        first = top + (1 if lane_titles_above else 0)
        placed, used = _packed(rows, scale, width, first, parties)
        lanes.append(Lane(name, top, first + used))
        marks += placed
        top = first + used
    return Layout(scale, tuple(lanes), tuple(marks), top, width)


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
            return next(iter(ids(row["participants"])), "")
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
    rows: list[Row], scale: Scale, width: float, first: int, parties: Mapping[str, str]
) -> tuple[list[Placed], int]:
    """Marks of one lane in as few rows as hold them without touching, and how many rows that is."""
    taken: list[list[Stretch]] = []
    placed = []
    for row in sorted(rows, key=lambda each: _bounds(each, scale, width)[0]):
        mark, stretches = _placed(row, scale, width, parties.get(row["event_id"], "others"))
        free = next(n for n in range(len(taken) + 1) if _is_free(taken[n : n + len(stretches)], stretches))
        for number, stretch in enumerate(stretches, start=free):
            taken += [[] for _ in range(number + 1 - len(taken))]
            taken[number].append(stretch)
        placed.append(replace(mark, row=first + free, label_row=first + free + mark.label_row))
    return placed, len(taken)


def _is_free(rows: list[list[Stretch]], stretches: list[Stretch]) -> bool:
    return all(high < low_there or low > high_there
               for row, (low, high) in zip(rows, stretches, strict=False) for low_there, high_there in row)  # fmt: skip


def _bounds(row: Row, scale: Scale, width: float) -> tuple[float, float, bool]:
    """Start and end in pixels, and whether the start is not known."""
    is_open = not is_known(row["start_at"])
    end = scale.at(row["end_at"]) * width if is_known(row["end_at"]) else scale.at(row["start_at"]) * width
    start = max(end - _OPEN, 0.0) if is_open else scale.at(row["start_at"]) * width
    if end - start < _SHORTEST:
        middle = (start + end) / 2
        start, end = middle - _SHORTEST / 2, middle + _SHORTEST / 2
    return start, end, is_open


def _placed(row: Row, scale: Scale, width: float, party: str) -> tuple[Placed, list[Stretch]]:
    """A mark with its label, and the stretches both take in the mark's row and the one below, in pixels."""
    start, end, is_open = _bounds(row, scale, width)
    posted = scale.at(row["first_posted_at"]) * width if is_known(row["first_posted_at"]) else None
    far = max(end, posted or end)
    words, at, below, side = _label(str(row["title"]), start, far, width)
    size = len(words) * LETTER
    low, high = (at, at + size + _GAP) if side == "right" else (at - size, at)
    stretches = [(start, far + _GAP), (low, high)] if below else [(min(start, low), max(far + _GAP, high))]
    mark = Placed(
        event_id=row["event_id"],
        title=str(row["title"]),
        row=0,
        start=start / width,
        end=end / width,
        posted=posted / width if posted is not None and posted > end + 1 else None,
        look=_look(row),
        is_open=is_open,
        label=words,
        label_at=at / width,
        label_row=int(below),
        label_side=side,
        party=party,
    )
    return mark, stretches


def _label(
    title: str, start: float, far: float, width: float
) -> tuple[str, float, bool, Literal["right", "left"]]:
    """The label: after its mark where it fits, else before it, else in the row below, there cut if it must be."""
    size = len(title) * LETTER
    if size <= width - far - _GAP:
        return title, far + _GAP, False, "right"
    if size <= start - _GAP:
        return title, start - _GAP, False, "left"
    letters = int(width / LETTER)
    words = title if len(title) <= letters else f"{title[: max(letters - 1, 0)].rstrip()}…"
    return words, min(start, max(width - len(words) * LETTER, 0)), True, "right"


def _look(row: Row) -> Look:
    if row["status"] in ("planned", "possible"):
        return "hollow"
    return "solid" if row["time_basis"] == "stated" else "faded"
