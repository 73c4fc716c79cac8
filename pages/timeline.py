"""When it happened, how exactly that is known, and how late the news was."""

from __future__ import annotations

import streamlit as st

from loaders.drawing.markup import EMPTY
from pages.view.chart import CHANGING, fitted
from pages.view.embedding import offer, timeline_frame
from pages.view.evidence import evidence
from pages.view.frame import View, open_view
from pages.view.links import linked
from pages.view.page_parts import downloads, footer, heading
from pages.view.story_lines import background, before_and_undated, day_choice, lane_choice, timeline_key
from pages.view.timeline_chart import timeline_chart


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
    if (days := day_choice(view)) != EMPTY:
        linked(days, "days")
    _story(view)
    downloads(view, "events")
    footer(view)


@st.fragment(key=CHANGING)
def _story(view: View) -> None:
    drawn, view = view, view.now()
    if view.filters.lane != drawn.filters.lane:
        st.rerun()  # the links around this part keep the lane only when they are drawn anew
    events = view.rows("events")
    embed = offer(view, timeline_frame(view, events))
    choices = lane_choice(view, embed) + timeline_key(view)
    linked(choices if len(view.record.events) else EMPTY, "lanes")
    fitted(lambda width: timeline_chart(view, events, width))
    linked(evidence(view), "evidence")
    linked(background(view, events), "background")
    linked(before_and_undated(view, events), "events")


if __name__ == "__main__":
    import dashboard

    dashboard.main()
