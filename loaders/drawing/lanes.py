"""Where each event stands on the timeline: its lane and its row, and which events have a label where not all can.

All of it is worked out here, in pixels. A timeline that would grow too high is drawn with fewer labels, those of the
events that most posts report; its lanes with few events are joined, and stretches with little in them folded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pandas as pd

from loaders.drawing.marks import BARE, DENSE, LETTER, LINE, ROW, Placed, packed
from loaders.drawing.rows import Row, is_known, records
from loaders.drawing.scale import Scale, folded_scale
from loaders.model import Record, parts
from loaders.sentences import label

Window = tuple[datetime | None, datetime | None]
SHARP = ("minute", "hour", "part of day")
_TITLE, _PAD = 20, 7
_FEWER = (80, 40, 20, 10)
"""How many events have a label where not all can; with the last, where even they are too many, marks stand closer."""
_MOST_LANES, _LEAST = 18, 0.01
_UNKNOWN = {"place": "No place given", "people": "Nobody named"}


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane's name and the rows it takes, with those of a title above it, from `first` up to but without `last`."""

    name: str
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A timeline, laid out for a width in pixels; names of lanes have `left`.

    A row is `pitch` pixels high, one without labels `bare`.
    """

    scale: Scale
    lanes: tuple[Lane, ...]
    marks: tuple[Placed, ...]
    rows: float
    width: float
    left: int
    pitch: int
    bare: int = BARE

    @property
    def labelled(self) -> int:
        """How many events have a label."""
        return sum(bool(mark.lines) for mark in self.marks)


def shown_events(events: pd.DataFrame) -> pd.DataFrame:
    """The events that stand on the main axis: of the story itself, and dated at all."""
    dated = events["start_at"].notna() | events["end_at"].notna()
    return events[~events["is_background"] & dated]


def scale_of(
    record: Record, events: pd.DataFrame, window: Window = (None, None), least: float = 0.0
) -> Scale | None:
    """The axis for these events and the record's posts; what lies outside the window is folded.

    So is, with `least`, an hour (day, month) that holds a smaller share of all that is dated.
    """
    earliest = window[0] or datetime.min.replace(tzinfo=UTC)
    latest = window[1] or datetime.max.replace(tzinfo=UTC)
    sharp: list[datetime] = []
    loose: list[datetime] = []
    for row in records(events):
        is_sharp = row["granularity"] in SHARP
        for column in ("start_at", "end_at"):
            if is_known(row[column]):
                is_told = is_sharp or _is_post_time(row, column)
                (sharp if is_told and earliest <= row[column] <= latest else loose).append(row[column])
    sharp += [at for post in records(record.posts) if (at := posted_at(post)) and earliest <= at <= latest]
    return folded_scale(sharp, loose, least)


def posted_at(post: Row) -> datetime | None:
    """When a post was posted, or by when."""
    at = post["posted_at"] if is_known(post["posted_at"]) else post["posted_to"]
    return at if is_known(at) else None


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
    most: int = 0,
    chosen: str = "",
    window: Window = (None, None),
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
        most: Pixels above which labels are left out and lanes joined; 0 for none.
        chosen: The id of the event that keeps its label whatever happens.
        window: The stretch of the axis that is drawn to scale; the rest is folded.
    """
    dated = shown_events(events)
    scale = scale_of(record, dated, window)
    if scale is None or dated.empty:
        return None
    lanes = list(_in_lanes(record, dated, by))

    def stacked(scale: Scale, labelled: Collection[str] | None = None, *, is_dense: bool = False) -> Layout:
        rows = [
            (name, packed(each, scale, width, parties, letter, labelled, is_dense=is_dense))
            for name, each in lanes
        ]
        return _stacked(rows, scale, width, left, air, DENSE if is_dense else BARE)

    found = stacked(scale)
    if not most or found.rows * found.pitch <= most:
        return found
    lanes, ranked = _joined(lanes, by), most_told(dated)
    scale = scale_of(record, dated, window, _LEAST) or scale
    for count in _FEWER:
        found = stacked(scale, {*ranked[:count], chosen})
        if found.rows * found.pitch <= most:
            return found
    return stacked(scale, {*ranked[: _FEWER[-1]], chosen}, is_dense=True)


def _stacked(
    lanes: list[tuple[str, list[list[Placed]]]], scale: Scale, width: float, left: int, air: int, low: int
) -> Layout:
    """The rows of all lanes below each other."""
    most = max(1, *(len(mark.lines) for _, rows in lanes for row in rows for mark in row))
    pitch = ROW + LINE * (most - 1) + air
    placed: list[Lane] = []
    marks: list[Placed] = []
    top = 0.0
    for name, rows in lanes:
        first, top = top, top + (_TITLE / pitch if not left else 0)
        for number, row in enumerate(rows):
            lines = max(len(mark.lines) for mark in row)
            # the mark of a row without labels reaches into the foot of the row above: the first of a lane has none
            bare = low + (0 if number else _PAD)
            top += 1 - LINE * (most - lines) / pitch if lines else bare / pitch
            marks += [replace(mark, row=round(top - 1, 4)) for mark in row]
        if left:
            top = max(top, first + _TITLE / pitch)
        placed.append(Lane(name, first, top))
    return Layout(scale, tuple(placed), tuple(marks), round(top, 4), width, left, pitch, low)


def most_told(events: pd.DataFrame) -> list[str]:
    """The ids of events in the order in which they deserve a label: those most posts report, the earlier first.

    Of equals, those come first whose beginning is known; and a title of one word, or one seen before, comes last.
    """
    told = events["post_ids"].str.count("; ") + events["start_at"].notna() * 0.5
    dull = ~events["title"].str.contains(" ") | events["title"].duplicated()
    order = told.sub(dull * 1000).sort_values(ascending=False, kind="stable").index
    return [str(key) for key in events["event_id"].loc[order]]


def _joined(lanes: list[tuple[str, list[Row]]], by: str) -> list[tuple[str, list[Row]]]:
    """The lanes with most events, in their order, and one for all others before that of no name."""
    unknown = [lane for lane in lanes if lane[0] in _UNKNOWN.values()]
    named = [lane for lane in lanes if lane not in unknown]
    kept = sorted(sorted(range(len(named)), key=lambda at: -len(named[at][1]))[:_MOST_LANES])
    rest = [lane for at, lane in enumerate(named) if at not in kept]
    if len(rest) < 2:
        return lanes
    what = {"place": "places", "people": "people"}.get(by, "kinds")
    others = (f"{len(rest)} other {what}", [row for _, rows in rest for row in rows])
    return [*(named[at] for at in kept), others, *unknown]


def _in_lanes(record: Record, events: pd.DataFrame, by: str) -> Iterable[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = {}
    for row in records(events):
        found.setdefault(_lane_of(row, by), []).append(row)
    for key in sorted(found, key=lambda key: (key == "", _rank(record, by, key, len(found[key])), key)):
        yield (key if by == "kind" else label(record, key)) if key else _UNKNOWN.get(by, ""), found[key]


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
