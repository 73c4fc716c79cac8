"""The timeline drawn for a view: laid out for the width there is, in a frame also for the height."""

from __future__ import annotations

import pandas as pd

from loaders.drawing.lanes import Layout, Window, laid_out
from loaders.sentences import describe
from pages.view.chart import chosen_on, plot
from pages.view.frame import View
from pages.view.links import linked
from pages.view.story_lines import unlabelled
from pages.view.timeline_figure import alt_text, height, margin, timeline_figure

_MOST_AIR = 72
_HIGHEST = 1800
"""Pixels of lanes above which labels are left out: two screens."""


def timeline_chart(view: View, events: pd.DataFrame, width: int, room: int = 0) -> None:
    """Draws the events that have a time; with `room`, in rows far enough apart to fill so many pixels."""
    layout = filled(view, events, width, room)
    if layout is None:
        return
    figure = timeline_figure(
        view.record,
        events,
        layout,
        view.parties,
        view.look,
        view.zone,
        chosen_on(view, "event"),
        _window(view),
    )
    if (bare := len(layout.marks) - layout.labelled) > 0:
        linked(unlabelled(layout.labelled, bare), "unlabelled")
    said = describe(view.record, "events", view.filters)
    plot(view, figure, "timeline", alt_text(layout, len(layout.marks), said))


def filled(view: View, events: pd.DataFrame, width: int, room: int) -> Layout | None:
    """The layout of these events, with as much air between its rows as keeps it within `room`."""
    layout = laid(view, events, width)
    if layout is None or room <= height(layout):
        return layout
    # Air goes to each row, however low it is: `rows` counts the full ones and would give more than there is.
    rows = len({mark.row for mark in layout.marks}) + 1
    return laid(view, events, width, min((room - height(layout)) // rows, _MOST_AIR))


def laid(view: View, events: pd.DataFrame, width: int, air: int = 0) -> Layout | None:
    """The layout of these events on a chart of this width in pixels; None where none has a time."""
    left = margin(width)
    parties = {
        key: view.parties.of(who) for key, who in zip(events["event_id"], events["participants"], strict=True)
    }
    return laid_out(
        view.record,
        events,
        view.filters.lane or "place",
        width - left,
        parties,
        left=left,
        air=air,
        most=_HIGHEST,
        chosen=chosen_on(view, "event"),
        window=_window(view),
    )


def _window(view: View) -> Window:
    return view.filters.time_from, view.filters.time_to
