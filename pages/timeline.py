"""When it happened, how exactly that is known, and how late the news was."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from loaders.drawing.lanes import laid_out
from loaders.drawing.markup import EMPTY
from loaders.sentences import describe
from pages.view.chart import CHANGING, chosen_on, fitted, plot
from pages.view.evidence import evidence
from pages.view.frame import View, open_view
from pages.view.links import linked
from pages.view.page_parts import downloads, footer, heading
from pages.view.story_lines import background, before_and_undated, lane_choice, timeline_key
from pages.view.timeline_figure import alt_text, margin, timeline_figure


def show() -> None:
    """Draws the page."""
    view = open_view("timeline", "events")
    if view is None:
        return
    heading(
        view,
        "Timeline",
        "When it happened, as exactly as the text says; and how late the news was.",
        "events",
    )
    _story(view)
    downloads(view, "events")
    footer(view)


@st.fragment(key=CHANGING)
def _story(view: View) -> None:
    view = view.now()
    events = view.rows("events")
    linked(lane_choice(view) + timeline_key(view) if len(view.record.events) else EMPTY, "lanes")
    fitted(lambda width: _chart(view, events, width))
    linked(evidence(view), "evidence")
    linked(background(view, events), "background")
    linked(before_and_undated(view, events), "events")


def _chart(view: View, events: pd.DataFrame, width: int) -> None:
    room = margin(width)
    parties = {
        key: view.parties.of(who) for key, who in zip(events["event_id"], events["participants"], strict=True)
    }
    layout = laid_out(
        view.record, events, view.filters.lane or "place", width - room, parties, lane_titles_above=not room
    )
    if layout:
        figure = timeline_figure(
            view.record, events, layout, view.parties, view.look, view.zone, chosen_on(view, "event")
        )
        plot(
            view,
            figure,
            "timeline",
            alt_text(layout, len(layout.marks), describe(view.record, "events", view.filters)),
        )


if __name__ == "__main__":
    import dashboard

    dashboard.main()
