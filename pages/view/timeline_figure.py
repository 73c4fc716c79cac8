"""The timeline as a Plotly figure: a pure function of events, told by `lanes` where everything stands."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from loaders.drawing.lanes import Lane, Layout, Window, posted_at
from loaders.drawing.marks import LETTER, Placed, wrapped
from loaders.drawing.parties import Parties
from loaders.drawing.rows import Row, records
from loaders.drawing.scale import EDGE, Tick, ticks
from loaders.drawing.theme import SANS, Theme, faded
from loaders.model import Record
from loaders.moments import interval, posted

TOP, BOTTOM = 30, 8
_BAR, _BAR_AT = 9, 7
_BETWEEN = 3
"""Pixels between the bars of rows without labels."""


def height(layout: Layout) -> int:
    """The height of a timeline in pixels, with its rug of posts."""
    return round((layout.rows + 0.9) * layout.pitch + TOP + BOTTOM)


def margin(width: float) -> int:
    """Room left of the axis for the names of lanes, in pixels; none where the chart is narrow."""
    return 168 if width >= 640 else 0


def timeline_figure(
    record: Record,
    events: pd.DataFrame,
    layout: Layout,
    parties: Parties,
    look: Theme,
    zone: str,
    chosen: str = "",
    window: Window = (None, None),
) -> go.Figure:
    """The timeline: bars that are intervals, labels, threads to the posting times, and the posts as a rug.

    Args:
        record: The story, for its posts.
        events: The events that `layout` placed.
        layout: Where they stand.
        parties: Colours.
        look: Light or dark.
        zone: IANA zone of the ticks and the words on hover.
        chosen: The id of the event to set off.
        window: The stretch whose posts stand below; without bounds all do.
    """
    rows = {str(row["event_id"]): row for row in records(events)}
    marks = ticks(layout.scale, zone, layout.width)
    traces = [
        _rules(layout, marks, look),
        _threads(layout, look),
        _bars(layout, rows, parties, look, zone, chosen),
        _labels(layout, look, chosen),
        _rug(record, layout, look, zone, window),
        _names(layout, look),
        _ticks(marks, look),
        _open_ends(layout, parties, look),
    ]
    figure = go.Figure(traces, {**_frame(layout, look), "shapes": _folds(layout, look)})
    figure.layout.template = None  # the default one would be a third of what is sent
    return figure


def _bars(
    layout: Layout, rows: Mapping[str, Row], parties: Parties, look: Theme, zone: str, chosen: str
) -> go.Bar:
    marks = layout.marks
    colours = [parties.colour(mark.party, look) for mark in marks]
    return go.Bar(
        name="events",
        orientation="h",
        base=[round(mark.start, 5) for mark in marks],
        x=[round(mark.end - mark.start, 5) for mark in marks],
        y=[_bar_at(layout, mark) for mark in marks],
        width=_each(layout, marks, _BAR / layout.pitch, (layout.bare - _BETWEEN) / layout.pitch),
        customdata=[["event", mark.event_id] for mark in marks],
        marker={
            "color": [_fill(mark, colour, look) for mark, colour in zip(marks, colours, strict=True)],
            "line": {
                "color": [
                    look.ink if mark.event_id == chosen else colour
                    for mark, colour in zip(marks, colours, strict=True)
                ],
                "width": [
                    2.5 if mark.event_id == chosen else 1.5 if mark.look == "hollow" else 0 for mark in marks
                ],
            },
        },
        hovertext=[_hover(rows[mark.event_id], zone) for mark in marks],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _each(layout: Layout, marks: Sequence[Placed], labelled: float, bare: float) -> float | list[float]:
    """A measure of marks: one number while all have a label, else that of each, for those without stand closer."""
    if layout.labelled == len(layout.marks):
        return labelled
    return [labelled if mark.lines else bare for mark in marks]


def _fill(mark: Placed, colour: str, look: Theme) -> str:
    return {"solid": colour, "faded": faded(colour, 0.38), "hollow": look.paper}[mark.look]


def _hover(row: Row, zone: str) -> str:
    when = interval(row["start_at"], row["end_at"], zone, row["granularity"])
    status = "" if row["status"] == "happened" else f" · {row['status']}"
    return "<br>".join(
        (
            f"<b>{plain(row['title'])}</b>",
            plain(f"{when} · {row['time_basis']}{status}"),
            plain(f"on the word of {row['source_type']}" if row["source_type"] else ""),
        )
    )


def plain(words: str) -> str:
    """Words as Plotly shows them unchanged: it reads a little HTML in every text."""
    return html.escape(words, quote=False)


def _labels(layout: Layout, look: Theme, chosen: str) -> go.Scatter:
    marks = [mark for mark in layout.marks if mark.lines]
    return go.Scatter(
        name="labels",
        mode="text",
        x=[round(mark.label_at, 5) for mark in marks],
        y=[_bar_at(layout, mark) - _BAR / 2 / layout.pitch for mark in marks],
        text=[_label(mark, chosen) for mark in marks],
        textposition="top right",
        textfont={"size": 13, "color": look.ink},
        customdata=[["event", mark.event_id] for mark in marks],
        hoverinfo="skip",
        cliponaxis=False,
    )


def _label(mark: Placed, chosen: str) -> str:
    words = "<br>".join(plain(line) for line in mark.lines)
    return f"<b>{words}</b>" if mark.event_id == chosen else words


def _bar_at(layout: Layout, mark: Placed) -> float:
    """The middle of a bar: near the foot of its row."""
    return mark.row + 0.5 - (_BAR / 2 + _BAR_AT) / layout.pitch


def _threads(layout: Layout, look: Theme) -> go.Scatter:
    """From the end of each event to the moment it was posted: how late the news was."""
    x: list[float | None] = []
    y: list[float | None] = []
    for mark in layout.marks:
        if mark.posted is not None:
            x += [mark.end, mark.posted, None, mark.posted, mark.posted, None]
            at, tip = _bar_at(layout, mark), 4 / layout.pitch
            y += [at, at, None, at - tip, at + tip, None]
    return go.Scatter(
        name="threads", mode="lines", x=x, y=y, line={"color": look.muted, "width": 1}, hoverinfo="skip"
    )


def _open_ends(layout: Layout, parties: Parties, look: Theme) -> go.Scatter:
    """A point to the left of each mark whose beginning nobody tells: it may lie long before."""
    marks = [mark for mark in layout.marks if mark.is_open]
    return go.Scatter(
        name="open ends",
        mode="markers",
        x=[round(mark.start, 5) for mark in marks],
        y=[_bar_at(layout, mark) for mark in marks],
        marker={
            "symbol": "triangle-down",
            "angle": 90,
            "standoff": _each(layout, marks, 4, 2),
            "size": _each(layout, marks, 14, layout.bare),
            "line": {"width": 0},
            "color": [faded(parties.colour(mark.party, look), 0.38) for mark in marks],
        },
        hoverinfo="skip",
        cliponaxis=False,
    )


def _rug(record: Record, layout: Layout, look: Theme, zone: str, window: Window) -> go.Scatter:
    start, end = window
    posts = [
        (post, at)
        for post in records(record.posts)
        if (at := posted_at(post)) and (start is None or at >= start) and (end is None or at <= end)
    ]
    return go.Scatter(
        name="posts",
        mode="markers",
        x=[round(layout.scale.at(at), 5) for _, at in posts],
        y=[layout.rows] * len(posts),
        marker={"symbol": "line-ns", "size": 13, "line": {"width": 2.5, "color": look.ink}},
        customdata=[["post", post["post_id"]] for post, _ in posts],
        hovertext=[f"<b>{plain(post['headline'])}</b><br>{plain(posted(post, zone))}" for post, _ in posts],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _rules(layout: Layout, marks: Sequence[Tick], look: Theme) -> go.Scatter:
    """Rules between the lanes and at the ticks: one trace, which is drawn much faster than shapes."""
    left = -layout.left / layout.width
    x: list[float | None] = []
    y: list[float | None] = []
    for lane in (*layout.lanes, _posts_lane(layout)):
        x += [left, 1, None]
        y += [lane.first - 0.5, lane.first - 0.5, None]
    for tick in marks:
        x += [round(tick.x, 5), round(tick.x, 5), None]
        y += [-0.5, layout.rows + 0.4, None]
    return go.Scatter(
        name="rules",
        mode="lines",
        x=x,
        y=y,
        line={"color": look.rule, "width": 1},
        hoverinfo="skip",
    )


def _folds(layout: Layout, look: Theme) -> list[dict[str, Any]]:
    """A tint where the axis is folded."""
    return [
        {
            "type": "rect",
            "x0": layout.scale.at(start),
            "x1": layout.scale.at(end),
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "fillcolor": faded(look.ink, 0.045),
            "line": {"width": 0},
            "layer": "below",
        }
        for start, end in layout.scale.folds
    ]


def _posts_lane(layout: Layout) -> Lane:
    return Lane("Posts", layout.rows, layout.rows + 1)


def _names(layout: Layout, look: Theme) -> go.Scatter:
    """The names of the lanes: left of the axis, or above their rows where there is no room."""
    room = layout.left
    letters = int((room or layout.width) / LETTER)
    lanes = (*layout.lanes, *((_posts_lane(layout),) if room else ()))
    return go.Scatter(
        name="lanes",
        mode="text",
        x=[-room / layout.width] * len(lanes),
        y=[lane.first - 0.5 + 2 / layout.pitch for lane in lanes],
        text=[
            "<br>".join(f"<b>{plain(line)}</b>" for line in wrapped(lane.name, letters, 2 if room else 1))
            for lane in lanes
        ],
        textposition="bottom right",
        textfont={"size": 13, "color": look.ink},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _ticks(marks: Sequence[Tick], look: Theme) -> go.Scatter:
    """The words of the axis, those at its ends kept inside."""
    return go.Scatter(
        name="ticks",
        mode="text",
        x=[round(tick.x, 5) for tick in marks],
        y=[-0.5] * len(marks),
        text=[f"<b>{tick.label}</b>" if tick.is_day else tick.label for tick in marks],
        textposition=[
            "top right" if tick.x < EDGE else "top left" if tick.x > 1 - EDGE else "top center"
            for tick in marks
        ],
        textfont={"size": 12, "color": look.muted},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _frame(layout: Layout, look: Theme) -> dict[str, Any]:
    return {
        "height": height(layout),
        "margin": {"l": 0, "r": 0, "t": TOP, "b": BOTTOM, "pad": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": SANS, "size": 13, "color": look.ink},
        "showlegend": False,
        "dragmode": False,
        "clickmode": "event+select",
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": look.paper,
            "bordercolor": look.ink,
            "align": "left",
            "font": {"color": look.ink},
        },
        "bargap": 0,
        "xaxis": {"range": [-layout.left / layout.width, 1], "fixedrange": True, "visible": False},
        "yaxis": {"range": [layout.rows + 0.4, -0.5], "fixedrange": True, "visible": False},
    }


def alt_text(layout: Layout, count: int, shown: str) -> str:
    """What the timeline shows now, for those who cannot see it."""
    lanes = ", ".join(lane.name for lane in layout.lanes[:6])
    return f"Timeline of {count} events ({shown}), in lanes: {lanes}. The same events follow as a list."
