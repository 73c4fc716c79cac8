"""Where it happened: places, areas and movements, as they join the story one after the other."""

from __future__ import annotations

import streamlit as st

from pages.view.atlas import atlas, map_key, place_list, time_slider
from pages.view.chart import draw, page_width
from pages.view.evidence import evidence
from pages.view.frame import View, downloads, footer, heading, open_view
from pages.view.links import linked


def show() -> None:
    """Draws the page."""
    view = open_view("map", "events")
    if view is None:
        return
    heading(view, "Map", "Where it happened, who went where, and which places only stand for a government.", "events")
    _map(view)
    downloads(view, "locations")
    footer(view)


@st.fragment
def _map(view: View) -> None:
    view = view.now()
    linked(time_slider(view) + map_key(view), "slider")
    shown = atlas(view, page_width())
    draw(view, shown.deck, "map", shown.alt, shown.height)
    linked(evidence(view), "evidence")
    linked(place_list(view, shown), "places")


if __name__ == "__main__":
    import dashboard

    dashboard.main()
