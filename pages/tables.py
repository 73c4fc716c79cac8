"""Every table, filtered, with what each column means; as CSV one by one, or all at once."""

from __future__ import annotations

import streamlit as st

from loaders.schema import TABLES
from pages.view import archive
from pages.view.evidence import evidence
from pages.view.frame import View, open_view
from pages.view.links import linked
from pages.view.page_parts import downloads, footer, heading
from pages.view.sheets import all_tables, choice, columns, package, package_told, sheet


def show() -> None:
    """Draws the page: a story's tables, or the archive where the link asks for it."""
    if archive.is_asked_for():
        archive.show()
        return
    view = open_view("tables", "quotes")
    if view is None:
        return
    name = view.filters.table or "quotes"
    heading(view, "Tables", "What everything here is made of: each row tied to the words it came from.", name)
    linked(choice(view, name) + archive.pointer(), "tables")
    _table(view, name)
    downloads(view, name)
    all_tables(view)
    package(view)
    linked(package_told() + columns(TABLES[name]), "columns")
    footer(view)


@st.fragment
def _table(view: View, name: str) -> None:
    view = view.now()
    sheet(view, name)
    linked(evidence(view), "evidence")


if __name__ == "__main__":
    import dashboard

    dashboard.main()
