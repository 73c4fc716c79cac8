"""Quotes as cards, the words searched for in context, and how much each speaker is quoted."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from loaders.drawing.markup import EMPTY, Html, Mark, Piece, joined, marked, tag
from loaders.drawing.provenance import SHORT_FORMS, in_marks
from loaders.drawing.rows import Row, records
from loaders.filters import SORTS
from loaders.moments import posted
from loaders.search import concordance, hits, parse_words
from pages.view.evidence import evidence
from pages.view.frame import View
from pages.view.links import choice_link
from pages.view.naming import name_link, speaker_link

PER_PAGE = 20


def sorted_quotes(rows: pd.DataFrame, sort: str) -> pd.DataFrame:
    """Quotes in the order asked for; page order (newest first) where none is."""
    match sort:
        case "oldest":
            return rows.iloc[::-1].sort_values("posted_at", kind="stable", na_position="last")
        case "speaker":
            return rows.sort_values("speaker", kind="stable", key=lambda names: names.replace("", "\uffff"))
        case "longest":
            return rows.sort_values(
                "quote", key=lambda words: words.str.len(), ascending=False, kind="stable"
            )
        case _:
            return rows


def leaf(view: View, rows: pd.DataFrame) -> int:
    """The page of a long list to show: the one asked for, or else the one that holds the chosen quote."""
    ids = list(rows["quote_id"])
    row = view.filters.row
    if view.filters.page == 1 and row and row[0] == "quote" and row[1] in ids:
        return ids.index(row[1]) // PER_PAGE + 1
    return view.filters.page


def cards(view: View, rows: pd.DataFrame) -> Html:
    """One card a quote; the chosen one opens its evidence in place."""
    return tag("ol", *(_card(view, row) for row in records(rows)), class_="cards")


def _card(view: View, row: Row) -> Html:
    key = row["quote_id"]
    is_open = view.filters.row == ("quote", key)
    target = view.to(row=None) if is_open else view.chosen("quote", key)
    words = marked(
        row["quote"], (Mark(*found) for found in hits(parse_words(view.filters.words), row["quote"]))
    )
    said = tag(
        "a",
        in_marks(row, words),
        href=target,
        data_go=True,
        id=f"dl-quote-{key}",
        aria_expanded="true" if is_open else "false",
        class_="said",
    )
    party = view.parties.of(row["speaker_id"])
    return tag(
        "li",
        said,
        attribution(view, row),
        evidence(view) if is_open else None,
        class_=f"card party {party} {row['quote_type']}",
    )


def attribution(view: View, row: Row) -> Html:
    """Who says it, as what, in which form, through whom and when."""
    role = _role(view, row)
    who = speaker_link(view, row) if row["speaker"] else tag("span", "Speaker left open", class_="open")
    post = view.told.rows["post"].get(row["post_id"])
    quiet = [
        SHORT_FORMS[row["quote_type"]],
        "headline" if row["is_headline"] else "",
        f"{row['cue']} {row['addressee']}".strip(),
        f"via {row['via']}" if row["via"] else "",
        posted(post, view.zone) if post else "",
        post["age"] if post else "",
        row["source_type"],
    ]
    return tag(
        "p",
        who,
        tag("span", f", {role}" if role else "", class_="role"),
        tag("span", joined([each for each in quiet if each], " · "), class_="quiet"),
        class_="who",
    )


def _role(view: View, row: Row) -> str:
    person = view.told.rows["person"].get(row["speaker_id"])
    return str(person["role"]) if person else ""


def words_per_speaker(view: View, rows: pd.DataFrame, limit: int = 8) -> Html:
    """Who is quoted how much, in words between quotation marks, as bars that are links."""
    found: Counter[str] = Counter()
    named: dict[str, str] = {}
    for row in records(rows[(rows["quote_type"] != "indirect") & ~rows["is_headline"]]):
        who = row["speaker_id"] or row["speaker"] or "speaker left open"
        found[who] += len(row["quote"].split())
        named[who] = row["speaker"] or "Speaker left open"
    most = max(found.values(), default=1)
    lines = [
        bar_line(
            name_link(view, who, named[who]),
            f"{count} words",
            count / most,
            f"party {view.parties.of(who)}",
        )
        for who, count in found.most_common(limit)
    ]
    return tag("ul", *lines, class_="bars", aria_label="Words quoted, by speaker") if lines else EMPTY


def bar_line(name: Piece, said: str, share: float, class_: str | None = None) -> Html:
    """A line of a list of bars: a name, how much in words, and a bar of that share of the line (0 to 1)."""
    bar = tag("span", class_="bar", style=f"width:{100 * share:.1f}%", aria_hidden="true")
    return tag("li", name, tag("span", said, class_="count"), bar, class_=class_)


def concordance_lines(view: View, rows: pd.DataFrame, limit: int = 60) -> Html:
    """The searched words wherever the shown quotes hold them, one line each in context."""
    terms = parse_words(view.filters.words)
    lines = []
    for row in records(rows):
        for line in concordance(terms, row["quote"], offset=row["start"]):
            lines.append(_line(view, row, line.before, line.hit, line.after))
    if not lines:
        return EMPTY
    head = tag("h2", f"“{view.filters.words}” in context")
    return tag("section", head, tag("ul", *lines[:limit], class_="kwic"))


def _line(view: View, row: Row, before: str, hit: str, after: str) -> Html:
    link = tag(
        "a",
        tag("span", before, class_="before"),
        tag("mark", hit),
        tag("span", after, class_="after"),
        href=view.chosen("quote", row["quote_id"]),
        data_go=True,
    )
    return tag("li", link, tag("span", row["speaker"] or "speaker left open", class_="quiet"))


_SORTS = {
    "newest": "as on the page",
    "oldest": "oldest first",
    "speaker": "by speaker",
    "longest": "longest first",
}


def sorting(view: View) -> Html:
    """The orders quotes can be put in, as links."""
    current = view.filters.sort or "newest"
    links = (
        choice_link(
            _SORTS[sort],
            view.to(sort="" if sort == "newest" else sort, page=1),
            is_chosen=sort == current,
        )
        for sort in SORTS
    )
    return tag("p", tag("span", "Order: "), joined(links, " "), class_="choices")


def pager(view: View, count: int, current: int) -> Html:
    """Links to the other pages of a long list; nothing where it fits on one."""
    pages = -(-count // PER_PAGE)
    if pages < 2:
        return EMPTY
    shown = [number for number in range(1, pages + 1) if number in (1, pages) or abs(number - current) <= 3]
    links: list[Html] = []
    for number, before in zip(shown, (0, *shown), strict=False):
        if number > before + 1:
            links.append(tag("span", "…", aria_hidden="true"))
        links.append(
            tag(
                "a",
                str(number),
                href=view.to(page=number, row=None),
                data_go=True,
                aria_label=f"Page {number} of {pages}",
                aria_current="true" if number == current else None,
            )
        )
    return tag("nav", *links, class_="choices", aria_label="More quotes")
