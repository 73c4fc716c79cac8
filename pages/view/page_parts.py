"""What every page says of itself: its headline, the sentence of what is shown, downloads, where it comes from."""

from __future__ import annotations

from loaders.drawing.geometry import BORDERS
from loaders.drawing.markup import EMPTY, Html, joined, tag
from loaders.export import csv_bytes
from loaders.model import web_address
from loaders.sentences import citation, counted, describe, emptied_by, file_name, phrases
from pages.view.downloads import csv_downloads
from pages.view.frame import View
from pages.view.links import drop_link, href, linked

_NONE_FOUND = {
    "events": "No sentence of the text tells of an event in words Dateline knows, such as an arrival, a meeting, "
    "an attack or an arrest. Its quotes, people and tables may still tell what happened.",
    "quotes": "The text quotes nobody, and reports nobody’s words with a verb Dateline knows.",
    "people": "The text names nobody in a way that Dateline recognizes as a person.",
}


def heading(view: View, title: str, standfirst: str, table: str) -> None:
    """A page's headline, its standfirst, and the sentence that says what is shown, with filters to drop."""
    linked(
        tag(
            "div",
            tag("h1", title),
            tag("p", standfirst, class_="standfirst"),
            shown(view, table),
            class_="heading",
        ),
        "heading",
    )


def shown(view: View, table: str) -> Html:
    """The sentence that says which rows are shown, each filter of it a link that drops it."""
    said, _, _ = describe(view.record, table, view.filters).partition(": ")
    parts = phrases(view.record, table, view.filters)
    drops = (
        drop_link(part, href(view.page, view.filters.without(name)), f"dl-drop-{name}")
        for name, part in parts.items()
    )
    sentence = tag("span", said, ": " if parts else ".", class_="count") + joined(drops, " ")
    copy = tag("button", "Copy link", type="button", data_copy="", class_="quiet", id="dl-copy-link")
    cited = citation(view.record, table, view.filters, view.cited(view.to()))
    cite = tag(
        "button", "Copy citation", type="button", data_copy=cited, class_="quiet", id="dl-copy-citation"
    )
    # Streamlit folds the sidebar away on narrow screens, behind a sign without words.
    filters = tag("button", "Filters", type="button", data_filters="", class_="quiet filters")
    empty = _emptied(view, table)
    return (
        tag(
            "div",
            tag("p", sentence, class_="sentence", role="status"),
            tag(
                "p",
                filters,
                copy,
                cite,
                tag("span", view.caution, class_="quiet") if view.caution else None,
                class_="tools",
            ),
            class_="shown",
        )
        + empty
    )


def _emptied(view: View, table: str) -> Html:
    if not len(getattr(view.record, table)):
        return tag("p", _NONE_FOUND.get(table, "Nothing of this kind was found in the text."), class_="hint")
    names = emptied_by(view.record, table, view.filters)
    if not names:
        return EMPTY
    parts = phrases(view.record, table, view.filters)
    offers = (
        tag(
            "li",
            tag("a", f"Drop: {parts[name]}", href=href(view.page, view.filters.without(name)), data_go=True),
        )
        for name in names
    )
    one = "This filter leaves nothing" if len(names) == 1 else "Dropping any of these brings rows back"
    return tag("div", tag("p", f"{one}:"), tag("ul", *offers), class_="emptied")


def downloads(view: View, table: str) -> None:
    """Buttons that download exactly the rows shown, raw and made harmless for spreadsheets; none without rows."""
    rows = view.rows(table)
    if rows.empty:
        return
    csv_downloads(
        f"{counted(len(rows), 'row')} of {table}",
        lambda spreadsheet: csv_bytes(table, rows, spreadsheet=spreadsheet),
        file_name=lambda suffix: file_name(view.file_stem, view.record, table, view.filters, suffix),
        key=table,
    )


def footer(view: View) -> None:
    """Where the text, the outlines and the coordinates come from."""
    blog = view.record.blog
    address = web_address(blog.url)
    source = tag("a", blog.title or address, href=address, rel="noopener") if address else blog.title
    linked(
        tag(
            "footer",
            tag("p", "The text is its publisher’s: ", source, f" ({blog.outlet})." if blog.outlet else "."),
            tag("p", f"{BORDERS} The table of locations says where the coordinates of each place come from."),
            class_="colophon",
        ),
        "footer",
    )
