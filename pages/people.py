"""Who they are, what they said, where and when they appear, and with whom."""

from __future__ import annotations

from pages.view.evidence import evidence
from pages.view.frame import open_view
from pages.view.links import linked
from pages.view.page_parts import downloads, footer, heading
from pages.view.roster import organizations, roster


def show() -> None:
    """Draws the page."""
    view = open_view("people", "people")
    if view is None:
        return
    heading(
        view,
        "People",
        "Who makes the news, who explains it and who reports it; and who appears with whom.",
        "people",
    )
    linked(evidence(view), "evidence")
    linked(roster(view) + organizations(view), "people")
    downloads(view, "people")
    footer(view)


if __name__ == "__main__":
    import dashboard

    dashboard.main()
