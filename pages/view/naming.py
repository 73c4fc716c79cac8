"""Rows and ids as the pages name them: each name a link to where the thing is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from loaders.filters import ROWS
from loaders.model import Record
from loaders.schema import LIST_SEPARATOR, TABLES
from loaders.sentences import label
from pages.view.frame import View
from pages.view.markup import Html, Piece, joined, tag
from pages.view.moments import interval

Row = Mapping[str, Any]
_HOMES = (("person", "people"), ("organization", "people"), ("place", "map"))


def records(rows: pd.DataFrame) -> list[Row]:
    """The rows of a table, one mapping each."""
    columns = [str(column) for column in rows.columns]
    return [dict(zip(columns, cells, strict=True)) for cells in rows.itertuples(index=False, name=None)]


def is_known(value: object) -> bool:
    """Whether a cell of an instant or a number holds one."""
    return value is not None and value is not pd.NaT and value == value


def find(record: Record, table: str, key: str) -> Row | None:
    """The row of a table with this key, None where there is none."""
    rows = getattr(record, table)
    found = records(rows[rows[TABLES[table].key] == key].head(1))
    return found[0] if found else None


def ids(cell: str) -> list[str]:
    """The ids of a list cell."""
    return [each for each in cell.split(LIST_SEPARATOR) if each]


def name_link(view: View, key: str, said: str = "") -> Html:
    """A person, organization or place as a link to where it is shown; plain words where nothing has the id."""
    said = said or label(view.record, key)
    for kind, page in _HOMES:
        if key in set(getattr(view.record, ROWS[kind])[TABLES[ROWS[kind]].key]):
            return tag("a", said, href=view.chosen(kind, key, page), data_go=True)
    return tag("span", said)


def names(view: View, cell: str) -> Html:
    """A list cell of ids as links, with commas between."""
    return joined([name_link(view, key) for key in ids(cell)], ", ")


def speaker_link(view: View, row: Row) -> Html:
    """A quote's speaker as a link to the person or organization, as plain words where nobody is known."""
    keys = ids(row["speaker_id"])
    return name_link(view, keys[0], row["speaker"]) if keys else tag("span", row["speaker"])


def places_links(view: View, row: Row) -> Html:
    """Where an event happened and where it led to, as links to the map."""
    return joined([name_link(view, key) for key in (row["location_id"], row["destination_id"]) if key], " → ")


def quotes_link(view: View, key: str, count: int) -> Piece:
    """A link to all that somebody says; nothing where it is nothing."""
    said = f"{count} quote{'' if count == 1 else 's'}"
    return tag("a", said, href=view.to("quotes", people=(key,), row=None), data_go=True) if count else None


def post_link(view: View, key: str) -> Html:
    """A post by its headline, as a link to it."""
    post = find(view.record, "posts", key)
    return tag("a", (post["headline"] or key) if post else key, href=view.chosen("post", key), data_go=True)


def event_list(view: View, events: pd.DataFrame) -> Html:
    """Events as a list of links with when, where and on whose word: what a chart of them says, in words."""
    return tag("ul", *(_event_line(view, row) for row in records(events)), class_="events")


def _event_line(view: View, row: Row) -> Html:
    quiet = (
        interval(row["start_at"], row["end_at"], view.zone, row["granularity"]) or "no time known",
        label(view.record, row["location_id"]) if row["location_id"] else "",
        row["source_type"],
        "" if row["status"] == "happened" else row["status"],
    )
    link = tag(
        "a",
        row["title"],
        href=view.chosen("event", row["event_id"]),
        data_go=True,
        id=f"dl-event-{row['event_id']}",
        aria_current="true" if view.filters.row == ("event", row["event_id"]) else None,
    )
    said = tag("span", joined([each for each in quiet if each], " · "), class_="quiet")
    return tag("li", link, said, class_=f"party {view.parties.of(row['participants'])}")
