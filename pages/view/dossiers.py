"""What is known of a place, a person or an organization: all that happened, was said, and every mention."""

from __future__ import annotations

from loaders.drawing.markup import EMPTY, Html, Mark, Piece, marked, tag
from loaders.drawing.places import native_name
from loaders.drawing.rows import Row, is_known, records
from loaders.model import LIST_SEPARATOR
from pages.view.facts import facts
from pages.view.frame import View
from pages.view.naming import event_list, names, quotes_link


def place(view: View, row: Row) -> Html:
    """A place: where it is, how often and in which sense it is named, what happened there."""
    record, key = view.record, row["location_id"]
    events = record.events[
        [
            key in (place, goal)
            for place, goal in zip(record.events["location_id"], record.events["destination_id"], strict=True)
        ]
    ]
    counted = [
        (row["literal_count"], "as a place"),
        (row["metonym_count"], "for its government"),
        (row["dateline_count"], "as a reporter’s city"),
    ]
    lines: list[tuple[str, Piece]] = [
        ("Named", ", ".join(f"{count}× {how}" for count, how in counted if count)),
        ("Where", _coordinates(row)),
        ("Clock", row["time_zone"]),
        ("Coordinates from", row["gazetteer"]),
        (
            "What was said",
            tag(
                "a",
                "Quotes about or from here",
                href=view.to("quotes", places=(key,), row=None),
                data_go=True,
            ),
        ),
        (
            "All on the timeline",
            tag("a", "Events here", href=view.to("timeline", places=(key,), row=None), data_go=True),
        ),
    ]
    happened = tag("h3", "What happened here") + event_list(view, events, "here") if len(events) else EMPTY
    native = tag("span", native_name(row), class_="native") if native_name(row) else EMPTY
    return tag("h2", row["name"], " ", native) + facts(view, key, lines) + happened + _mentions(view, key)


def _coordinates(row: Row) -> str:
    if not is_known(row["latitude"]):
        return ""
    north, east = row["latitude"], row["longitude"]
    where = f"{abs(north):.3f}° {'N' if north >= 0 else 'S'}, {abs(east):.3f}° {'E' if east >= 0 else 'W'}"
    return f"{where}, an area of about {row['radius_km']:.0f} km around" if row["radius_km"] else where


def person(view: View, row: Row) -> Html:
    """A person: role, affiliation, quotes and mentions."""
    key = row["person_id"]
    lines: list[tuple[str, Piece]] = [
        ("Role", row["role"]),
        ("With", names(view, row["affiliation"])),
        ("Also called", row["aliases"]),
        ("Named", f"{row['mention_count']}×"),
        ("Quotes", quotes_link(view, key, row["quote_count"])),
        ("In the news as", row["person_type"]),
    ]
    return tag("h2", row["name"]) + facts(view, key, lines) + _mentions(view, key)


def organization(view: View, row: Row) -> Html:
    """An organization: its kind, on whose word it speaks, quotes and mentions."""
    key = row["organization_id"]
    lines: list[tuple[str, Piece]] = [
        ("Kind", row["organization_type"]),
        ("Speaks as", row["source_type"]),
        ("Also called", row["aliases"]),
        ("Named", f"{row['mention_count']}×"),
        ("Quotes", quotes_link(view, key, row["quote_count"])),
    ]
    return tag("h2", row["name"]) + facts(view, key, lines) + _mentions(view, key)


def _mentions(view: View, key: str, limit: int = 60) -> Html:
    """Every place a person, organization or place is mentioned at, in context."""
    rows = view.record.mentions
    found = rows[[key in cell.split(LIST_SEPARATOR) for cell in rows["entity_id"]]]
    text, lines = view.record.text, []
    for row in records(found.head(limit)):
        start, end = max(text.rfind("\n", 0, row["start"]) + 1, row["start"] - 70), row["end"] + 70
        stop = text.find("\n", row["end"])
        words = marked(
            text[start : min(end, stop if stop >= 0 else end)], [Mark(row["start"], row["end"])], offset=start
        )
        sense = tag("span", row["sense"], class_="sense") if row["sense"] not in ("", "literal") else EMPTY
        lines.append(
            tag("li", tag("a", words, href=view.chosen("post", row["post_id"]), data_go=True), " ", sense)
        )
    title = f"Named {len(found)} times" if len(found) != 1 else "Named once"
    return (
        tag(
            "details",
            tag("summary", title),
            tag("ul", *lines, class_="mentions"),
            id="dl-mentions",
            open=len(found) < 8,
        )
        if lines
        else EMPTY
    )
