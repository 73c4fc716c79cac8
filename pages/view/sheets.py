"""The tables page: which table, its rows, what its columns mean, and all tables at once."""

from __future__ import annotations

from collections.abc import Callable, Sized
from dataclasses import replace
from typing import Any

import streamlit as st

from loaders.drawing.markup import Html, joined, tag
from loaders.excerpts import is_filtered
from loaders.export import SOURCE_NAME, csv_bytes, zip_bytes
from loaders.filters import ROWS, to_query
from loaders.model import slug
from loaders.package import Package, package_bytes, package_name, story_files
from loaders.schema import TABLES, Column, Table
from pages.view.downloads import download
from pages.view.frame import View
from pages.view.links import choice_link

_KINDS = {table: kind for kind, table in ROWS.items()}
_HEIGHT = 420


def choice(view: View, name: str) -> Html:
    """The tables, as links with how many rows the filters leave of each."""
    links = (
        choice_link(
            joined([f"{table} ", tag("span", f"{len(view.rows(table)):,}", class_="count")]),
            view.to(table=table, row=None),
            is_chosen=table == name,
            key=f"dl-table-{table}",
        )
        for table in TABLES
    )
    return tag("p", joined(links, " "), class_="choices") + tag(
        "p", f"One row: {TABLES[name].meaning}.", class_="quiet"
    )


def sheet(view: View, name: str) -> None:
    """A table's rows as a grid; a click on a row of a kind that has a page chooses it."""
    rows = view.rows(name)
    kind, key = _KINDS.get(name), f"sheet-{name}"
    options: dict[str, Any] = {}
    if kind:
        options = {"on_select": lambda: _choose(view, name, key), "selection_mode": "single-row"}
    st.dataframe(
        rows,
        key=key,
        hide_index=True,
        height=height_of(rows, _HEIGHT),
        column_config={column.name: config(column) for column in TABLES[name].columns},
        alt=f"The table {name}, {len(rows)} rows. What its columns mean stands below.",
        **options,
    )


def height_of(rows: Sized, most: int) -> int:
    """The pixels a grid takes with its head and these rows, up to `most`."""
    return min(most, 38 + 35 * max(len(rows), 1))


def config(column: Column) -> Any:
    """How a column is shown: text always as text, instants in UTC as the CSV has them."""
    told = f"{column.meaning}{f' ({column.unit})' if column.unit else ''}"
    match column.type:
        case "instant":
            return st.column_config.DatetimeColumn(
                column.name, help=told, format="YYYY-MM-DD HH:mm", timezone="UTC"
            )
        case "integer" | "number":
            return st.column_config.NumberColumn(column.name, help=told, format="plain")
        case "boolean":
            return st.column_config.CheckboxColumn(column.name, help=told)
        case _:
            wide = column.name in ("quote", "evidence", "headline", "title", "reason", "what", "advice")
            return st.column_config.TextColumn(column.name, help=told, width="large" if wide else None)


def _choose(view: View, name: str, key: str) -> None:
    filters = view.now().filters
    picked = st.session_state[key].selection.rows
    row = (_KINDS[name], str(view.rows(name)[TABLES[name].key].iloc[picked[0]])) if picked else None
    st.query_params.from_dict(to_query(replace(filters, row=row)))


def all_tables(view: View) -> None:
    """A button that downloads every table, filtered, and the text, as one zip."""
    is_cut = is_filtered(view.filters)
    with st.container(key="downloads-all"):
        download(
            "Download all tables, filtered alike, and the text, as a zip"
            if is_cut
            else "Download all tables and the text as a zip",
            _zipped(view),
            file_name=f"{slug(view.file_stem)}_tables{'_filtered' if is_cut else ''}.zip",
            mime="application/zip",
            key="download-all",
        )


def package(view: View) -> None:
    """A button that downloads the story, or what the filters keep of it, in every format, as one zip."""
    name = view.filters.table or "quotes"
    is_cut = is_filtered(view.filters)
    with st.container(key="downloads-package"):
        download(
            "Download the story package, filtered alike" if is_cut else "Download the story package",
            _packed(view),
            file_name=package_name(view.file_stem, view.record, name, view.filters),
            mime="application/zip",
            key="download-package",
        )


def package_told() -> Html:
    """What a story package is good for."""
    return tag(
        "p",
        "The story package is for others’ tools: a Data Package of the tables, TimelineJS, GeoJSON, JSON-LD, SQLite "
        "with full-text search, and a page that works offline. Open a blog opens it again, in this view.",
        class_="quiet",
    )


def _packed(view: View) -> Callable[[], bytes]:
    def made() -> bytes:
        told = view.told
        own_files = story_files(told.folder, told.settings) if told.folder else {}
        return package_bytes(
            Package(view.record, told.settings, view.page, view.filters), own_files=own_files
        )

    return made


def _zipped(view: View) -> Callable[[], bytes]:
    def made() -> bytes:
        contents = [(f"{name}.csv", csv_bytes(name, view.rows(name))) for name in TABLES]
        return zip_bytes([*contents, (SOURCE_NAME, view.record.text.encode("utf-8", "replace"))])

    return made


def columns(table: Table) -> Html:
    """What each column of a table means, in what unit, and which values it can have."""
    lines = (
        tag(
            "tr",
            tag("th", tag("code", column.name), scope="row"),
            tag("td", f"{column.type}{f', {column.unit}' if column.unit else ''}"),
            tag("td", column.meaning, f". One of: {', '.join(column.allowed)}" if column.allowed else ""),
        )
        for column in table.columns
    )
    head = tag("tr", *(tag("th", title, scope="col") for title in ("Column", "Type", "Meaning")))
    return tag(
        "section",
        tag("h2", f"What the columns of {table.name} mean"),
        tag("table", tag("thead", head), tag("tbody", *lines), class_="columns"),
        class_="lists",
    )
