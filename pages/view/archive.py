"""An archive on the Tables page: which one the server is told of, what a link asks of it, and its rows.

DATELINE_ARCHIVE names the folder that `python -m loaders archive` wrote. Without it nothing of this shows, and what
opens an archive is never imported.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from loaders.archive.asking import PAGE_ROWS, Asked, from_query, to_query
from loaders.archive.extras import OPENING, require
from loaders.archive.manifest import Manifest
from loaders.archive.shape import ARCHIVE
from loaders.drawing.markup import EMPTY, Html
from loaders.errors import LoaderError
from loaders.model import slug
from pages.view import archive_parts as parts
from pages.view.downloads import csv_downloads
from pages.view.frame import open_frame, refusal
from pages.view.links import linked
from pages.view.sheets import columns, config, height_of

if TYPE_CHECKING:
    from loaders.archive.query import OpenArchive

FOLDER = "DATELINE_ARCHIVE"
"""The environment variable that names the archive's folder."""
_HEIGHT = 560
_PLACE = ("outlet", "month")


def folder() -> Path | None:
    """The archive this server is told of; None where there is none."""
    named = os.environ.get(FOLDER, "").strip()
    return Path(named) if named else None


def is_asked_for() -> bool:
    """Whether the link asks for the archive, and there is one."""
    return folder() is not None and "archive" in st.query_params


def pointer() -> Html:
    """A line that leads to the archive; nothing where there is none."""
    named = folder()
    if named is None:
        return EMPTY
    try:
        with Manifest(named) as manifest:
            documents = sum(file[4] for file in manifest.files() if file[0] == "documents")
    except LoaderError as error:
        return refusal(str(error))
    return parts.pointer(documents)


def show() -> None:
    """Draws the archive in place of a story's tables."""
    try:
        require(OPENING)
        archive = _opened(str(folder()))
        asked, said = _asked(archive)
        counted = _count(archive, archive.state, asked)
    except LoaderError as error:
        open_frame("tables", keeps=False)
        linked(refusal(str(error)), "trouble")
        return
    pages = max(1, -(-counted // PAGE_ROWS))
    if asked.page > pages:
        asked, said = asked.on_page(pages), (*said, f"There are only {pages:,} pages; this is the last one.")
    open_frame("tables", said, keeps=False)
    with st.sidebar:
        linked(parts.facets(asked, archive.outlets(asked.table), archive.months()), "archive-facets")
    linked(parts.heading(asked, counted, _about(archive)), "heading")
    linked(parts.choice(asked, archive.tables(asked)), "archive-tables")
    _rows(archive, asked, counted)
    linked(columns(ARCHIVE[asked.table]), "columns")


def _about(archive: OpenArchive) -> parts.About:
    return parts.About(
        sum(archive.outlets("documents").values()), len(archive.outlets("posts")), archive.months()
    )


def _asked(archive: OpenArchive) -> tuple[Asked, tuple[str, ...]]:
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    return from_query(query, set(archive.outlets("documents")))


def _rows(archive: OpenArchive, asked: Asked, counted: int) -> None:
    """One page of rows, what leads to the others, the chosen one, and the downloads."""
    try:
        rows = _page(archive, archive.state, asked)
        chosen = archive.row(asked)
        evidence = _evidence(archive, asked, chosen)
    except LoaderError as error:
        linked(refusal(str(error)), "trouble")
        return
    table = ARCHIVE[asked.table]
    ids = [column.name for column in table.columns if column.name.endswith(("_id", "_ids"))]
    own = [column.name for column in table.columns if column.name not in (*ids, "path", "sha256")]
    key = f"archive-{hash(str(to_query(replace(asked, row=''))))}"
    linked(parts.order(asked, counted), "archive-order")
    st.dataframe(
        rows,
        key=key,
        hide_index=True,
        height=height_of(rows, _HEIGHT),
        column_order=["path", *_PLACE, *own, *ids, "sha256"],
        column_config={
            **{name: st.column_config.TextColumn(name) for name in _PLACE},
            **{column.name: config(column) for column in table.columns},
        },
        on_select=lambda: _choose(asked, rows, key),
        selection_mode="single-row",
        alt=f"{len(rows)} of {counted} rows of {asked.table} in the archive. What its columns mean stands below.",
    )
    linked(parts.pager(asked, counted), "archive-pager")
    linked(evidence, "evidence")
    _downloads(archive, asked, counted)


def _evidence(archive: OpenArchive, asked: Asked, row: Any) -> Html:
    if row is None:
        return parts.no_row(asked) if asked.row else EMPTY
    return parts.evidence(asked, row, archive.document(row), archive.post(row))


def _choose(asked: Asked, rows: pd.DataFrame, key: str) -> None:
    picked = st.session_state[key].selection.rows
    row = str(rows[ARCHIVE[asked.table].key].iloc[picked[0]]) if picked else ""
    st.query_params.from_dict(to_query(replace(asked, row=row)))


def _downloads(archive: OpenArchive, asked: Asked, counted: int) -> None:
    """Buttons that download exactly what is asked for, up to the limit they name."""
    from loaders.archive.query import CSV_ROWS

    if not counted:
        return
    much = (
        f"the first {CSV_ROWS:,} of {counted:,} rows"
        if counted > CSV_ROWS
        else f"{counted:,} row{'' if counted == 1 else 's'}"
    )
    filtered = "_filtered" if asked.is_filtered else ""
    csv_downloads(
        f"{much} of {asked.table}",
        lambda spreadsheet: b"".join(archive.csv(asked, spreadsheet=spreadsheet)),
        file_name=lambda suffix: f"{slug(archive.folder.name) or 'archive'}_{asked.table}{filtered}.{suffix}",
        key=f"archive-{asked.table}",
    )


# --- kept for all readers, until the archive changes ---------------------------------------------------------


@st.cache_resource(show_spinner=False, max_entries=4)
def _opened(named: str) -> OpenArchive:
    from loaders.archive.query import OpenArchive

    return OpenArchive(Path(named))


@st.cache_data(show_spinner=False, max_entries=256)
def _count(_archive: OpenArchive, state: object, asked: Asked) -> int:
    return _archive.count(replace(asked, page=1, row="", sort="", is_descending=False))


@st.cache_data(show_spinner="Looking through the archive …", max_entries=64)
def _page(_archive: OpenArchive, state: object, asked: Asked) -> pd.DataFrame:
    return _archive.page(asked)
