"""The facts of the charts as tables, and who and what the text names: all that the offline page draws, in words."""

from __future__ import annotations

from collections.abc import Iterable

from loaders.drawing.markup import EMPTY, Html, Piece, joined, tag
from loaders.drawing.provenance import BASES, status
from loaders.drawing.rows import Row, is_known
from loaders.formats.page_view import Page, anchor, facts, link
from loaders.model import grouped, parts

_FEW = 3
"""Events named beside a place; the rest stand in how it is known."""


def events(page: Page) -> Html:
    """The events of the story in order of time, then those no words date."""
    current = [(key, row) for key, row in page.rows["event"].items() if not row["is_background"]]
    dated = sorted(
        (pair for pair in current if _moment(pair[1]) is not None), key=lambda pair: _order(pair[1])
    )
    undated = [pair for pair in current if _moment(pair[1]) is None]
    return _event_table(page, "What happened, in order", dated) + _event_table(
        page, "Without a time in the text", undated
    )


def background(page: Page) -> Html:
    """What lies before the story: what is dated as points on an axis, in order, then all of it as a table."""
    before = [(key, row) for key, row in page.rows["event"].items() if row["is_background"]]
    listed = sorted(before, key=lambda pair: _beginning(pair[1]))
    points = [_point(page, key, row) for key, row in listed if row["granularity"]]
    axis = tag("ol", *points, class_="axis", aria_label="Before this story, in order, not to scale")
    return (axis if points else EMPTY) + _event_table(page, "Before this story", listed)


def _beginning(row: Row) -> float:
    instant = row["start_at"] if is_known(row["start_at"]) else row["end_at"]
    return float(instant.timestamp()) if is_known(instant) else float("inf")


def _point(page: Page, key: str, row: Row) -> Html:
    when = page.time("event", key)
    return tag(
        "li", tag("b", when), link("event", key, row["title"]), class_=page.colour(row["participants"])
    )


def _moment(row: Row) -> float | None:
    instant = row["end_at"] if is_known(row["end_at"]) else row["start_at"]
    return float(instant.timestamp()) if is_known(instant) else None


def _order(row: Row) -> tuple[float, bool]:
    """When it had happened; of two by the same instant, the one without a beginning came before."""
    moment = _moment(row)
    return (float("inf") if moment is None else moment), is_known(row["start_at"])


def _event_table(page: Page, title: str, listed: list[tuple[str, Row]]) -> Html:
    if not listed:
        return EMPTY
    heads = ("When", "What", "Where", "On whose word")
    return _table(title, heads, [_event(page, key, row) for key, row in listed], "events")


def _table(title: str, heads: Iterable[str], rows: Iterable[Html], class_: str) -> Html:
    head = tag("tr", *(tag("th", each, scope="col") for each in heads))
    return tag("table", tag("caption", title), tag("thead", head), tag("tbody", *rows), class_=class_)


def _event(page: Page, key: str, row: Row) -> Html:
    where, word = page.where(row), str(row["source_type"])
    said = "" if row["status"] == "happened" else f" ({row['status']})"
    short = joined([each for each in (where, word) if each and each != EMPTY], " · ")
    return tag(
        "tr",
        tag("td", page.time("event", key) or "not known"),
        tag(
            "th",
            tag(
                "span",
                link("event", key, row["title"], "opens"),
                said,
                class_=page.colour(row["participants"]),
            ),
            tag("span", short, class_="quiet narrow") if short != EMPTY else None,
            facts(page, key, _event_lines(page, key, row), row["evidence"]),
            scope="row",
        ),
        tag("td", where),
        tag("td", word),
        id=anchor("event", key),
        data_n=page.number("event", key),
    )


def _event_lines(page: Page, key: str, row: Row) -> list[tuple[str, Piece]]:
    reported = [_post(page, post) for post in parts(row["post_ids"])]
    return [
        ("How exact", BASES.get(row["time_basis"], row["time_basis"])),
        ("Dated by the words", f"“{row['time_text']}”" if row["time_text"] else None),
        ("Who", page.names(row["participants"])),
        ("Status", status(row) if row["status"] != "happened" or row["is_background"] else None),
        ("Who says so", page.names(row["sources"])),
        ("First posted", page.time("first", key)),
        ("Reported in", joined(reported, tag("br")) if reported else None),
    ]


def _post(page: Page, key: str) -> Html:
    post = page.rows["post"].get(key)
    return link("post", key, (post["headline"] or key) if post else key)


def places(page: Page) -> Html:
    """The places, those of events first, with where their coordinates come from."""
    here = grouped(
        (
            (place, key)
            for key, row in page.rows["event"].items()
            for place in dict.fromkeys((row["location_id"], row["destination_id"]))
            if place
        ),
        lambda pair: pair[0],
    )
    rows = page.rows["place"]
    listed = sorted(
        rows, key=lambda key: (-len(here.get(key, ())), -rows[key]["mention_count"], rows[key]["name"])
    )
    lines = (_place(page, key, rows[key], [event for _, event in here.get(key, ())]) for key in listed)
    return (
        _table("Places", ("Place", "Kind", "Named", "What happened there"), lines, "places")
        if listed
        else EMPTY
    )


def _place(page: Page, key: str, row: Row, there: list[str]) -> Html:
    links = [link("event", event, page.rows["event"][event]["title"]) for event in there]
    happened = joined(links, tag("br"))
    more = [link("place", key, f"{len(links) - _FEW} more")] if len(links) > _FEW else []
    few = joined([*links[:_FEW], *more], tag("br"))
    native = row["native_name"] if row["native_name"] != row["name"] else ""
    spot = f"{row['latitude']:.3f}, {row['longitude']:.3f}" if is_known(row["latitude"]) else "not known"
    size = f"{row['radius_km']:g} km around" if row["radius_km"] else None
    counts = " · ".join(
        f"{row[f'{sense}_count']} {said}"
        for sense, said in (
            ("literal", "as a place"),
            ("metonym", "for its government"),
            ("dateline", "where a reporter is"),
        )
        if row[f"{sense}_count"]
    )
    lines: list[tuple[str, Piece]] = [
        ("Latitude, longitude", spot),
        ("An area of", size),
        ("Coordinates from", row["gazetteer"]),
        ("Named", counts),
        ("Clock", row["time_zone"]),
        ("What happened there", happened if more else None),
    ]
    return tag(
        "tr",
        tag(
            "th",
            tag("span", link("place", key, row["name"], "opens"), class_=page.colour(key)),
            tag("span", native, class_="quiet native") if native else None,
            facts(page, key, lines),
            scope="row",
        ),
        tag("td", row["location_type"]),
        tag("td", f"{row['mention_count']}×"),
        tag("td", few),
        id=anchor("place", key),
        data_n=page.number("place", key),
    )


def people(page: Page) -> Html:
    """Who is named, the most quoted first, and the organizations that speak or act."""
    return _named(page, "person", "People", "role") + _named(
        page, "organization", "Organizations", "organization_type"
    )


def _named(page: Page, kind: str, title: str, column: str) -> Html:
    rows = page.rows[kind]
    listed = sorted(
        rows, key=lambda key: (-rows[key]["quote_count"], -rows[key]["mention_count"], rows[key]["name"])
    )
    lines = (_name(page, kind, key, rows[key], column) for key in listed)
    return _table(title, ("Name", "Who", "Quoted", "Named"), lines, "names") if listed else EMPTY


def _name(page: Page, kind: str, key: str, row: Row, column: str) -> Html:
    known = "in the registry" if row["is_registered"] else "by the text alone"
    lines: list[tuple[str, Piece]] = [
        ("Also called", row["aliases"]),
        ("Country", row["country"]),
        ("Known", known),
    ]
    return tag(
        "tr",
        tag(
            "th",
            tag("span", link(kind, key, row["name"], "opens"), class_=page.colour(key)),
            facts(page, key, lines),
            scope="row",
        ),
        tag("td", row[column]),
        tag("td", f"{row['quote_count']}×" if row["quote_count"] else "–"),
        tag("td", f"{row['mention_count']}×"),
        id=anchor(kind, key),
        data_n=page.number(kind, key),
    )


def open_questions(page: Page) -> Html:
    """What was corrected by hand and what could not be read, openly."""
    corrections = [
        tag(
            "tr",
            tag("td", f"{row['table']}, {row['row']}"),
            tag("td", f"{row['column']}: “{row['before']}” → “{row['after']}”"),
            tag("td", row["reason"]),
        )
        for row in page.rows["correction"].values()
    ]
    problems = [
        tag("tr", tag("td", row["what"]), tag("td", row["advice"])) for row in page.rows["problem"].values()
    ]
    found = EMPTY
    if corrections:
        found += _table("Corrected by hand", ("Row", "Change", "Why"), corrections, "changes")
    if problems:
        found += _table("What could not be read or decided", ("What", "What to do"), problems, "changes")
    return found
