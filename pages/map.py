"""Where it happened: places, areas and movements, as they join the story one after the other."""

from __future__ import annotations

import streamlit as st

from pages.view.atlas import drawn, map_key, place_list, shown_on_map, time_slider
from pages.view.chart import CHANGING, draw, fitted
from pages.view.embedding import map_frame, offer
from pages.view.evidence import evidence
from pages.view.frame import View, open_view
from pages.view.links import linked
from pages.view.page_parts import downloads, footer, heading


def show() -> None:
    """Draws the page."""
    view = open_view("map", "events")
    if view is None:
        return
    heading(
        view,
        "Map",
        "Where it happened, who went where, and which places only stand for a government.",
        "events",
    )
    _story(view)
    downloads(view, "locations")
    footer(view)


@st.fragment(key=CHANGING)
def _story(view: View) -> None:
    view = view.now()
    shown = shown_on_map(view)
    embed = offer(view, map_frame(view, has_any=bool(shown.pins)))
    linked(time_slider(view) + map_key(view, embed), "slider")
    fitted(lambda width: draw(view, "map", *drawn(view, shown, width)))
    linked(evidence(view), "evidence")
    linked(place_list(view, shown), "places")


if __name__ == "__main__":
    import dashboard

    dashboard.main()
