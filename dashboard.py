"""Dateline's dashboard: `streamlit run dashboard.py` shows a live blog as a record that can be checked.

Registers the pages. Each page file ends by calling `main` here: before a first session has come this way,
Streamlit answers a link to a page by running its file alone.
"""

from __future__ import annotations

import streamlit as st

from pages import map as map_page
from pages import open_blog, overview, people, quotes, tables, timeline
from pages.view.embedded import framed
from pages.view.frame import TITLES
from pages.view.links import HOME, OPEN, opened

SHOWN = {
    "overview": overview.show,
    "timeline": timeline.show,
    "map": map_page.show,
    "quotes": quotes.show,
    "people": people.show,
    "tables": tables.show,
    OPEN: open_blog.show,
}


def main() -> None:
    """Registers the pages and shows the one the URL names."""
    pages = {
        name: st.Page(
            framed(name) if st.context.is_embedded else SHOWN[name],
            title=f"{title} · Dateline",
            url_path="" if name == HOME else name,
            default=name == HOME,
        )
        for name, title in TITLES.items()
    }
    st.set_page_config(
        layout="wide", menu_items={"About": "Dateline: a live blog as a record that can be checked."}
    )
    page = st.navigation(list(pages.values()), position="hidden")
    opened(pages, page.url_path or HOME)
    page.run()


if __name__ == "__main__":
    main()
