"""Who said what, to whom, through whom: searched, sorted, counted, each quotation with its evidence."""

from __future__ import annotations

from loaders.drawing.markup import EMPTY, tag
from pages.view.cards import (
    PER_PAGE,
    cards,
    concordance_lines,
    leaf,
    pager,
    sorted_quotes,
    sorting,
    words_per_speaker,
)
from pages.view.evidence import evidence
from pages.view.frame import open_view
from pages.view.links import linked
from pages.view.page_parts import downloads, footer, heading


def show() -> None:
    """Draws the page."""
    view = open_view("quotes", "quotes")
    if view is None:
        return
    heading(
        view,
        "Quotes",
        "Every quotation and every reported statement, with who said it and how that is known.",
        "quotes",
    )
    rows = sorted_quotes(view.rows("quotes"), view.filters.sort)
    number = leaf(view, rows)
    page = rows.iloc[PER_PAGE * (number - 1) : PER_PAGE * number]
    is_on_page = view.filters.row is None or view.filters.row[1] in set(page["quote_id"])
    bars = tag("aside", tag("h2", "Words quoted"), words_per_speaker(view, rows)) if len(rows) else EMPTY
    body = tag(
        "div", sorting(view) if len(rows) else EMPTY, cards(view, page), pager(view, len(rows), number)
    )
    linked(EMPTY if is_on_page else evidence(view), "evidence")
    linked(concordance_lines(view, rows) + tag("div", body, bars, class_="beside"), "quotes")
    downloads(view, "quotes")
    footer(view)


if __name__ == "__main__":
    import dashboard

    dashboard.main()
