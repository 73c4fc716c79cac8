"""Rows and ids as the pages name them: each name a link to where the thing is shown."""

from __future__ import annotations

import pandas as pd

from loaders.drawing.markup import Html, Piece, joined, long_list, tag
from loaders.drawing.rows import Row, records
from loaders.model import parts
from loaders.moments import interval
from loaders.sentences import counted
from pages.view.frame import View
from pages.view.links import choice_link

_HOMES = {"person": "people", "organization": "people", "place": "map"}


def name_link(view: View, key: str, said: str = "") -> Html:
    """A person, organization or place as a link to where it is shown; plain words where nothing has the id."""
    kind = view.told.kind(key)
    said = said or view.told.name(key)
    return (
        tag("a", said, href=view.chosen(kind, key, _HOMES[kind]), data_go=True) if kind else tag("span", said)
    )


def names(view: View, cell: str) -> Html:
    """A list cell of ids as links, with commas between."""
    return joined([name_link(view, key) for key in parts(cell)], ", ")


def speaker_link(view: View, row: Row) -> Html:
    """A quote's speaker as a link to the person or organization, as plain words where nobody is known."""
    keys = parts(row["speaker_id"])
    return name_link(view, keys[0], row["speaker"]) if keys else tag("span", row["speaker"])


def places_links(view: View, row: Row) -> Html:
    """Where an event happened and where it led to, as links to the map."""
    return joined([name_link(view, key) for key in (row["location_id"], row["destination_id"]) if key], " → ")


def quotes_link(view: View, key: str, count: int) -> Piece:
    """A link to all that somebody says; nothing where it is nothing."""
    address = view.to("quotes", people=(key,), row=None)
    return tag("a", counted(count, "quote"), href=address, data_go=True) if count else None


def post_link(view: View, key: str) -> Html:
    """A post by its headline, as a link to it."""
    post = view.told.rows["post"].get(key)
    return tag("a", (post["headline"] or key) if post else key, href=view.chosen("post", key), data_go=True)


def row_link(view: View, kind: str, key: str, said: str, list_name: str = "") -> Html:
    """A row in words, as a link to it; `list_name` tells the lists of a page apart that have the same row."""
    is_chosen = view.filters.row == (kind, key)
    return choice_link(said, view.chosen(kind, key), is_chosen=is_chosen, key=f"dl-{list_name or kind}-{key}")


def event_list(view: View, events: pd.DataFrame, list_name: str = "events") -> Html:
    """Events as a list of links with when, where and on whose word: what a chart of them says, in words."""
    return long_list((_event_line(view, row) for row in records(events)), class_="events", key=list_name)


def _event_line(view: View, row: Row) -> Html:
    quiet = (
        interval(row["start_at"], row["end_at"], view.zone, row["granularity"]) or "no time known",
        view.told.name(row["location_id"]) if row["location_id"] else "",
        row["source_type"],
        "" if row["status"] == "happened" else row["status"],
    )
    link = event_link(view, row, "event")
    said = tag("span", joined([each for each in quiet if each], " · "), class_="quiet")
    return tag("li", link, said, class_=f"party {view.parties.of(row['participants'])}")


def event_link(view: View, row: Row, list_name: str) -> Html:
    """An event by its title, as a link to it; `list_name` tells the lists of a page apart that have the same event."""
    return row_link(view, "event", row["event_id"], row["title"], list_name)
