"""The story in one screen: what happened, where, who is quoted, and on whose word it all stands."""

from __future__ import annotations

from pages.view.evidence import evidence
from pages.view.frame import open_view
from pages.view.front import front, opening
from pages.view.links import linked
from pages.view.page_parts import downloads, footer


def show() -> None:
    """Draws the page."""
    view = open_view("overview", "events")
    if view is None:
        return
    linked(opening(view), "heading")
    linked(evidence(view), "evidence")
    linked(front(view), "front")
    downloads(view, "events")
    footer(view)


if __name__ == "__main__":
    import dashboard

    dashboard.main()
