"""Open a blog: paste one or choose its file, and every page shows it, for this session alone."""

from __future__ import annotations

import streamlit as st

from pages.view.elsewhere import colophon
from pages.view.frame import open_frame
from pages.view.links import OPEN, linked
from pages.view.opening import asks, asks_when, closed_by_link, has_room, is_reading, offers, reads
from pages.view.opening_parts import heading, opened_list


def show() -> None:
    """Draws the page."""
    said = closed_by_link()
    open_frame(OPEN, said)
    linked(heading(), "heading")
    body = st.empty()
    if is_reading():
        with body.container():
            reads()
    elif asks_when():
        with body.container():
            asks()
    else:
        with body.container():
            offers(has_room())
    linked(opened_list(), "opened")
    linked(colophon(), "footer")


if __name__ == "__main__":
    import dashboard

    dashboard.main()
