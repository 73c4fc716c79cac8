"""The evidence panel: the chosen row, the post it stands in with the very words marked, and how it is known."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from loaders.drawing.markup import EMPTY, Html, Mark, Piece, joined, tag
from loaders.drawing.provenance import BASES, beside, cite, home_of, in_marks, quote_form, rule, status
from loaders.drawing.rows import Row
from loaders.filters import ROWS
from loaders.model import LIST_SEPARATOR
from loaders.moments import interval, said_at
from loaders.schema import TABLES, Table
from loaders.search import hits, parse_words
from pages.view.dossiers import organization, person, place
from pages.view.embedding import offer, quote_frame
from pages.view.facts import clock_facts, facts, post_text
from pages.view.frame import View
from pages.view.naming import names, places_links, post_link, speaker_link


def evidence(view: View) -> Html:
    """The panel for the chosen row of a view; nothing where no row is chosen."""
    if view.filters.row is None:
        return EMPTY
    kind, key = view.filters.row
    row = view.told.rows[kind].get(key)
    if row is None:
        return EMPTY
    body = {
        "quote": _quote,
        "event": _event,
        "place": place,
        "person": person,
        "organization": organization,
        "post": _post,
    }.get(kind, partial(_plain, table=TABLES[ROWS[kind]]))(view, row)
    close = tag("a", "Close", href=view.to(row=None), data_go=True, class_="close", id="dl-close")
    return tag(
        "section",
        close,
        body,
        _links(view, kind, row),
        class_="evidence",
        aria_label="Evidence",
        id="evidence",
    )


# --- one kind of row each -----------------------------------------------------------------------------


def _quote(view: View, row: Row) -> Html:
    post = view.told.rows["post"].get(row["post_id"])
    marks = [Mark(row["start"], row["end"]), *beside(view.record.text, row, ("cue", "speaker_mention"))]
    lines: list[tuple[str, Piece]] = [
        ("Speaker", speaker_link(view, row) if row["speaker"] else "left open: the text does not decide it"),
        ("Printed as", joined([row["speaker_mention"], tag("i", row["cue"])], " · ") if row["cue"] else None),
        ("Said to", row["addressee"]),
        ("Came through", row["via"]),
        ("On whose word", row["source_type"]),
        ("Form", quote_form(row)),
        ("Speaker found by", rule(row["attribution"])),
        *clock_facts(view, post),
    ]
    head = tag("h2", in_marks(row, row["quote"]), class_="words")
    return head + facts(view, row["quote_id"], lines) + post_text(view, post, marks)


def _event(view: View, row: Row) -> Html:
    post = view.told.rows["post"].get(_first(row["post_ids"]))
    home = home_of(view.record, row) or post
    others = [key for key in row["post_ids"].split(LIST_SEPARATOR) if home is None or key != home["post_id"]]
    lines: list[tuple[str, Piece]] = [
        (
            "When",
            joined([interval(row["start_at"], row["end_at"], view.zone, row["granularity"]) or "not known"]),
        ),
        ("How exact", BASES.get(row["time_basis"], row["time_basis"])),
        ("Dated by the words", f"“{row['time_text']}”" if row["time_text"] else None),
        ("Where", places_links(view, row)),
        ("Who", names(view, row["participants"])),
        ("Status", status(row)),
        ("Who says so", names(view, row["sources"])),
        ("On whose word", row["source_type"]),
        ("First posted", said_at(row["first_posted_at"], view.zone)),
        (
            "Also reported in",
            joined([post_link(view, key) for key in others if key], tag("br")) if others else None,
        ),
    ]
    marks = [Mark(row["start"], row["end"])]
    return tag("h2", row["title"]) + facts(view, row["event_id"], lines) + post_text(view, home, marks)


def _post(view: View, row: Row) -> Html:
    marks = [
        Mark(start, end)
        for start, end in hits(parse_words(view.filters.words), view.record.text[row["start"] : row["end"]])
    ]
    shifted = [Mark(mark.start + row["start"], mark.end + row["start"]) for mark in marks]
    return (
        tag("h2", row["headline"] or row["post_id"])
        + facts(view, row["post_id"], clock_facts(view, row))
        + (post_text(view, row, shifted))
    )


def _plain(view: View, row: Row, table: Table) -> Html:
    """A row of a table that has no page of its own: its cells, and its words in their post."""
    lines = [(column.name.replace("_", " "), _cell(view, row[column.name])) for column in table.columns[1:]]
    head = row.get("text") or row.get("what") or row.get("reason") or ""
    post = view.told.rows["post"].get(row.get("post_id", ""))
    marks = [Mark(row["start"], row["end"])] if row.get("end") else []
    return tag("h2", head) + facts(view, row[table.key], lines) + post_text(view, post, marks)


def _cell(view: View, cell: object) -> str:
    return said_at(cell, view.zone) if isinstance(cell, datetime) else "" if cell is None else str(cell)


def _links(view: View, kind: str, row: Row) -> Html:
    chosen = view.chosen(kind, row[TABLES[ROWS[kind]].key])
    return tag(
        "div",
        tag(
            "button",
            "Copy citation",
            type="button",
            data_copy=cite(view.record, kind, row, view.cited(chosen)),
            class_="quiet",
            id="dl-cite-row",
        ),
        tag(
            "button",
            "Copy link to this",
            type="button",
            data_copy=view.link(chosen),
            class_="quiet",
            id="dl-link-row",
        ),
        tag(
            "a",
            "Its row in the tables",
            href=view.to("tables", table=ROWS[kind], row=(kind, row[TABLES[ROWS[kind]].key])),
            data_go=True,
        ),
        offer(view, quote_frame(view, row)) if kind == "quote" else None,
        tag("span", view.caution, class_="quiet") if view.caution else None,
        class_="tools",
    )


def _first(cell: str) -> str:
    return cell.split(LIST_SEPARATOR)[0]
