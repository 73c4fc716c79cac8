"""The evidence panel: the chosen row, the post it stands in with the very words marked, and how it is known."""

from __future__ import annotations

from collections.abc import Iterable

from loaders.filters import ROWS, Filters
from loaders.model import Record
from loaders.schema import LIST_SEPARATOR, TABLES
from loaders.search import hits, parse_words
from pages.view.frame import View
from pages.view.markup import EMPTY, Html, Mark, Piece, joined, marked, tag
from pages.view.moments import interval, posted, said_at
from pages.view.naming import (
    Row,
    event_list,
    find,
    is_known,
    names,
    places_links,
    post_link,
    quotes_link,
    records,
    speaker_link,
)

_CLOCKS = {
    "age stamp": "from the age printed beside it and the moment the page was read, to the minute",
    "absolute stamp": "from the time printed beside it",
    "structured data": "from the page’s structured data",
    "neighbours": "it has no stamp; the posts around it bound the time",
}
_BASES = {
    "stated": "the text states it",
    "derived": "worked out from what the text says",
    "bounded by the post": "the text gives no time; it cannot be later than the post that reports it",
}


def evidence(view: View) -> Html:
    """The panel for the chosen row of a view; nothing where no row is chosen."""
    if view.filters.row is None:
        return EMPTY
    kind, key = view.filters.row
    row = find(view.record, ROWS[kind], key)
    if row is None:
        return EMPTY
    body = {
        "quote": _quote,
        "event": _event,
        "place": _place,
        "person": _person,
        "organization": _organization,
        "post": _post,
    }[kind](view, row)
    close = tag("a", "Close", href=view.to(row=None), data_go=True, class_="close", id="dl-close")
    return tag("section", close, body, _links(view, kind, row), class_="evidence", aria_label="Evidence",
               id="evidence")  # fmt: skip


# --- one kind of row each -----------------------------------------------------------------------------


def _quote(view: View, row: Row) -> Html:
    post = find(view.record, "posts", row["post_id"])
    marks = [Mark(row["start"], row["end"]), *_beside(view.record.text, row, ("cue", "speaker_mention"))]
    facts: list[tuple[str, Piece]] = [
        ("Speaker", speaker_link(view, row) if row["speaker"] else "left open: the text does not decide it"),
        ("Printed as", joined([row["speaker_mention"], tag("i", row["cue"])], " · ") if row["cue"] else None),
        ("Said to", row["addressee"]),
        ("Came through", row["via"]),
        ("On whose word", row["source_type"]),
        ("Form", _quote_form(row)),
        ("Speaker found by", _rule(row["attribution"])),
        *_clock_facts(view, post),
    ]
    head = tag("h2", "“" if row["quote_type"] != "indirect" else "", row["quote"],
               "”" if row["quote_type"] != "indirect" else "", class_="words")  # fmt: skip
    return head + _facts(view, row["quote_id"], facts) + _post_text(view, post, marks)


def _quote_form(row: Row) -> str:
    form = {
        "direct": "direct: the speaker’s own words",
        "mixed": "mixed: quoted words in the reporter’s sentence",
        "indirect": "reported: no quotation marks, the reporter’s words",
    }[row["quote_type"]]
    return f"{form}; in a headline" if row["is_headline"] else form


def _beside(text: str, row: Row, columns: Iterable[str]) -> list[Mark]:
    """Where the words of these columns stand nearest to the row's own words, in its paragraph."""
    start, end = text.rfind("\n", 0, row["start"]) + 1, text.find("\n", row["end"])
    paragraph = text[start : end if end >= 0 else len(text)]
    found: list[Mark] = []
    for column in columns:
        words = row[column]
        places = [start + at for at in _all(paragraph, words)] if words else []
        if places:
            nearest = min(
                places, key=lambda at: min(abs(at - row["end"]), abs(at + len(words) - row["start"]))
            )
            found.append(Mark(nearest, nearest + len(words), f"mark {column.replace('_', '-')}"))
    return found


def _all(text: str, words: str) -> list[int]:
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) < 50:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _event(view: View, row: Row) -> Html:
    post = find(view.record, "posts", _first(row["post_ids"]))
    home = _home_of(view.record, row) or post
    others = [key for key in row["post_ids"].split(LIST_SEPARATOR) if home is None or key != home["post_id"]]
    facts: list[tuple[str, Piece]] = [
        (
            "When",
            joined([interval(row["start_at"], row["end_at"], view.zone, row["granularity"]) or "not known"]),
        ),
        ("How exact", _BASES.get(row["time_basis"], row["time_basis"])),
        ("Dated by the words", f"“{row['time_text']}”" if row["time_text"] else None),
        ("Where", places_links(view, row)),
        ("Who", names(view, row["participants"])),
        ("Status", _status(row)),
        ("Who says so", names(view, row["sources"])),
        ("On whose word", row["source_type"]),
        ("First posted", said_at(row["first_posted_at"], view.zone)),
        (
            "Also reported in",
            joined([post_link(view, key) for key in others if key], tag("br")) if others else None,
        ),
    ]
    marks = [Mark(row["start"], row["end"])]
    return tag("h2", row["title"]) + _facts(view, row["event_id"], facts) + _post_text(view, home, marks)


def _home_of(record: Record, row: Row) -> Row | None:
    """The post an event's evidence stands in."""
    posts = record.posts
    found = posts[(posts["start"] <= row["start"]) & (posts["end"] >= row["end"])]
    return next(iter(records(found.head(1))), None)


def _status(row: Row) -> str:
    said = {
        "happened": "happened, in the blog’s own voice",
        "claimed": "claimed: it stands on somebody’s word alone",
        "planned": "planned or expected, not yet happened",
        "possible": "possible: officials or analysts speak of it",
    }
    return f"{said.get(row['status'], row['status'])}{'; background to the story' if row['is_background'] else ''}"


def _place(view: View, row: Row) -> Html:
    record, key = view.record, row["location_id"]
    there = Filters(places=(key,))
    events = record.events[
        [
            key in (place, goal)
            for place, goal in zip(record.events["location_id"], record.events["destination_id"], strict=True)
        ]
    ]
    counted = [(row["literal_count"], "as a place"), (row["metonym_count"], "for its government"),
               (row["dateline_count"], "as a reporter’s city")]  # fmt: skip
    facts: list[tuple[str, Piece]] = [
        ("Named", ", ".join(f"{count}× {how}" for count, how in counted if count)),
        ("Where", _coordinates(row)),
        ("Clock", row["time_zone"]),
        ("Coordinates from", row["gazetteer"]),
        ("What was said", tag("a", "Quotes about or from here", href=view.to("quotes", places=(key,), row=None), data_go=True)),
        ("All on the timeline", tag("a", "Events here", href=view.to("timeline", places=there.places, row=None), data_go=True)),
    ]  # fmt: skip
    happened = tag("h3", "What happened here") + event_list(view, events) if len(events) else EMPTY
    native = tag("span", row["native_name"], class_="native") if row["native_name"] else EMPTY
    return tag("h2", row["name"], " ", native) + _facts(view, key, facts) + happened + _mentions(view, key)


def _coordinates(row: Row) -> str:
    if not is_known(row["latitude"]):
        return ""
    north, east = row["latitude"], row["longitude"]
    where = f"{abs(north):.3f}° {'N' if north >= 0 else 'S'}, {abs(east):.3f}° {'E' if east >= 0 else 'W'}"
    return f"{where}, an area of about {row['radius_km']:.0f} km around" if row["radius_km"] else where


def _person(view: View, row: Row) -> Html:
    key = row["person_id"]
    facts: list[tuple[str, Piece]] = [
        ("Role", row["role"]),
        ("With", names(view, row["affiliation"])),
        ("Also called", row["aliases"]),
        ("Named", f"{row['mention_count']}×"),
        ("Quotes", quotes_link(view, key, row["quote_count"])),
        ("In the news as", row["person_type"]),
    ]
    return tag("h2", row["name"]) + _facts(view, key, facts) + _mentions(view, key)


def _organization(view: View, row: Row) -> Html:
    key = row["organization_id"]
    facts: list[tuple[str, Piece]] = [
        ("Kind", row["organization_type"]),
        ("Speaks as", row["source_type"]),
        ("Also called", row["aliases"]),
        ("Named", f"{row['mention_count']}×"),
        ("Quotes", quotes_link(view, key, row["quote_count"])),
    ]
    return tag("h2", row["name"]) + _facts(view, key, facts) + _mentions(view, key)


def _post(view: View, row: Row) -> Html:
    marks = [
        Mark(start, end)
        for start, end in hits(parse_words(view.filters.words), view.record.text[row["start"] : row["end"]])
    ]
    shifted = [Mark(mark.start + row["start"], mark.end + row["start"]) for mark in marks]
    return (
        tag("h2", row["headline"] or row["post_id"])
        + _facts(view, row["post_id"], _clock_facts(view, row))
        + (_post_text(view, row, shifted))
    )


# --- what the kinds share -----------------------------------------------------------------------------


def _facts(view: View, key: str, facts: Iterable[tuple[str, Piece]]) -> Html:
    lines = [tag("dt", name) + tag("dd", said) for name, said in facts if said and said != EMPTY]
    return tag("dl", *lines, *_corrections(view.record, key))


def _corrections(record: Record, key: str) -> list[Html]:
    rows = record.corrections[record.corrections["row"] == key]
    return [
        tag("dt", "Corrected by hand")
        + tag(
            "dd",
            _change(row),
            tag("br"),
            tag("i", f"{row['reason']}"),
            f" ({row['source']})" if row["source"] else "",
        )
        for row in records(rows)
    ]


def _change(row: Row) -> str:
    match row["action"]:
        case "set":
            return f"{row['column']}: “{row['before']}” became “{row['after']}”"
        case "merge":
            return f"{row['before'] or row['row']} was merged into {row['after']}"
        case _:
            return f"{row['action']}: “{row['before']}”"


def _rule(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def _clock_facts(view: View, post: Row | None) -> list[tuple[str, Piece]]:
    if post is None:
        return []
    stamp = f" (printed: “{post['age']}”)" if post["age"] else ""
    return [
        ("Posted", posted(post, view.zone) + stamp),
        ("That time is known", _CLOCKS.get(post["clock"], post["clock"])),
    ]


def _post_text(view: View, post: Row | None, marks: Iterable[Mark]) -> Html:
    if post is None:
        return EMPTY
    listed = list(marks)
    text = view.record.text[post["start"] : post["end"]]
    pieces, offset = [], int(post["start"])
    for number, line in enumerate(text.split("\n")):
        class_ = (
            "headline" if number == 0 and post["headline"] else "byline" if line == post["byline"] else None
        )
        pieces.append(tag("p", marked(line, listed, offset=offset), class_=class_))
        offset += len(line) + 1
    return tag("blockquote", *pieces, class_="post", cite=post["url"] or view.record.blog.url or None)


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


def _links(view: View, kind: str, row: Row) -> Html:
    address = view.link(view.chosen(kind, row[TABLES[ROWS[kind]].key]))
    return tag(
        "p",
        tag("button", "Copy citation", type="button", data_copy=cite(view, kind, row, address), class_="quiet", id="dl-cite-row"),
        tag("button", "Copy link to this", type="button", data_copy=address, class_="quiet", id="dl-link-row"),
        tag("a", "Its row in the tables", href=view.to("tables", table=ROWS[kind], row=(kind, row[TABLES[ROWS[kind]].key])),
            data_go=True),
        class_="tools",
    )  # fmt: skip


def cite(view: View, kind: str, row: Row, address: str) -> str:
    """How to cite a row: what it says, who says it, in which post of which blog, when posted, and the link."""
    blog = view.record.blog
    post = (
        _home_of(view.record, row) if "start" in row and kind != "post" else row if kind == "post" else None
    )
    what = f"“{row['quote']}” ({row['speaker'] or 'speaker left open'})" if kind == "quote" else _title(row)
    inside = f"in: “{post['headline']}”, posted {posted(post, 'UTC')} UTC" if post is not None else ""
    source = ", ".join(part for part in (blog.title, blog.outlet, blog.url) if part)
    return ". ".join(part for part in (what, inside, source, f"Dateline: {address}") if part)


def _title(row: Row) -> str:
    return str(next((row[column] for column in ("title", "headline", "name") if row.get(column)), ""))


def _first(cell: str) -> str:
    return cell.split(LIST_SEPARATOR)[0]
