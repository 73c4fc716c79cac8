"""The words and links around an archive's rows: what is shown, filters, tables, order, pages, the chosen row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from loaders.archive.asking import MOST_PAGES, PAGE_ROWS, Asked, to_query
from loaders.archive.shape import ARCHIVE, SEARCHED, UNKNOWN
from loaders.drawing.markup import EMPTY, Html, Mark, Piece, joined, marked, tag
from loaders.model import web_address
from loaders.schema import shown
from loaders.search import hits, parse_words
from pages.view.forms import hidden_fields, search_form
from pages.view.links import drop_link

_SHOWN = 12
_HEADS = ("quote", "title", "name", "headline", "text", "what")
_KEYS = ("row_id", "document_id", "path", "sha256", "outlet", "month", "text", "start", "end")


@dataclass(frozen=True, slots=True)
class About:
    """What an archive is: how many documents, of how many outlets, and its months."""

    documents: int
    outlets: int
    months: Sequence[str]


def href(asked: Asked) -> str:
    """The address of a view of the archive."""
    return f"tables?{urlencode(to_query(asked), doseq=True)}"


def pointer(documents: int) -> Html:
    """The line on a story's tables that leads to the archive."""
    link = tag("a", "Open the archive", href=href(Asked()), data_go=True, id="dl-open-archive")
    said = f"This server also has an archive of {documents:,} document{'' if documents == 1 else 's'}. "
    return tag("p", said, link, class_="quiet")


# --- what is shown ------------------------------------------------------------------------------------------


def heading(asked: Asked, counted: int, about: About) -> Html:
    """The headline, what the archive is, and the sentence of what is shown, with filters to drop."""
    span = f", {about.months[0]} to {about.months[-1]}" if about.months else ""
    standfirst = (
        f"{about.documents:,} documents of {about.outlets:,} outlets{span}, as the rules read them. "
        "Nobody has checked them by hand."
    )
    drops = [drop_link(words, href(replace(without, page=1, row=""))) for words, without in _filters(asked)]
    said = f"{counted:,} row{'' if counted == 1 else 's'} of {asked.table}"
    sentence = tag("span", said, ": " if drops else ".", class_="count") + joined(drops, " ")
    tools = tag(
        "p",
        tag("button", "Filters", type="button", data_filters="", class_="quiet filters"),
        tag("button", "Copy link", type="button", data_copy="", class_="quiet", id="dl-copy-link"),
        tag("a", "Back to the story’s tables", href="tables", data_go=True),
        class_="tools",
    )
    body = tag("div", tag("p", sentence, class_="sentence", role="status"), tools, class_="shown")
    empty = (
        tag(
            "p",
            "Nothing in the archive has all of this. Drop one of them, or choose another table.",
            class_="hint",
        )
        if drops and not counted
        else EMPTY
    )
    return tag(
        "div",
        tag("h1", "The archive"),
        tag("p", standfirst, class_="standfirst"),
        body,
        empty,
        class_="heading",
    )


def _filters(asked: Asked) -> Iterable[tuple[str, Asked]]:
    """Each filter in words, and the view without it."""
    for outlet in asked.outlets:
        said = "of an unknown outlet" if outlet == UNKNOWN else f"of {outlet}"
        yield said, replace(asked, outlets=tuple(each for each in asked.outlets if each != outlet))
    if asked.is_undated:
        yield "of no known month", replace(asked, since="", until="")
        return
    if asked.since:
        yield f"from {asked.since} on", replace(asked, since="")
    if asked.until:
        yield f"up to {asked.until}", replace(asked, until="")
    if asked.words:
        yield f"containing “{asked.words}”", replace(asked, words="")


def choice(asked: Asked, counts: Mapping[str, int]) -> Html:
    """The tables, as links with how many rows the outlets and months leave of each."""
    links = (
        tag(
            "a",
            f"{name} ",
            tag("span", f"{count:,}", class_="count"),
            href=href(replace(asked, table=name, sort="", is_descending=False, page=1, row="")),
            data_go=True,
            id=f"dl-archive-{name}",
            aria_current="true" if name == asked.table else None,
        )
        for name, count in counts.items()
    )
    return tag("p", joined(links, " "), class_="choices") + tag(
        "p",
        f"One row: {ARCHIVE[asked.table].meaning}. A click on a row shows the document it is from.",
        class_="quiet",
    )


# --- filters ------------------------------------------------------------------------------------------------


def facets(asked: Asked, outlets: Counter[str], months: Sequence[str]) -> Html:
    """The filters: words, outlets with the rows of each, months."""
    return _search(asked) + _outlets(asked, outlets) + _months(asked, months)


def _search(asked: Asked) -> Html:
    columns = ", ".join(name.replace("_", " ") for name in SEARCHED[asked.table])
    kept = hidden_fields(to_query(replace(asked, words="", page=1, row="")))
    return search_form(kept, asked.words, f"Words or “phrases”, in: {columns}", "tables")


def _outlets(asked: Asked, outlets: Counter[str]) -> Html:
    chosen = [outlet for outlet in asked.outlets if outlet in outlets]
    ordered = [*chosen, *(outlet for outlet, _ in outlets.most_common() if outlet not in chosen)]
    items = [_outlet(asked, outlet, outlets[outlet]) for outlet in ordered]
    first, rest = items[: max(_SHOWN, len(chosen))], items[max(_SHOWN, len(chosen)) :]
    more = tag("details", tag("summary", f"{len(rest):,} more"), tag("ul", *rest), id="dl-more-outlets")
    return tag(
        "section",
        tag("h2", "Outlet", id="dl-facet-outlets"),
        tag("ul", *first),
        more if rest else EMPTY,
        class_="facet",
        aria_labelledby="dl-facet-outlets",
    )


def _outlet(asked: Asked, outlet: str, count: int) -> Html:
    is_chosen = outlet in asked.outlets
    others = tuple(each for each in asked.outlets if each != outlet)
    link = tag(
        "a",
        tag("span", outlet if outlet != UNKNOWN else "unknown: it does not say"),
        tag("i", f"{count:,}"),
        href=href(replace(asked, outlets=others if is_chosen else (*others, outlet), page=1, row="")),
        data_go=True,
        aria_current="true" if is_chosen else None,
        title=f"Drop {outlet}" if is_chosen else None,
    )
    return tag("li", link)


def _months(asked: Asked, months: Sequence[str]) -> Html:
    undated = tag(
        "a",
        "Only documents of no known month",
        href=href(replace(asked, since=UNKNOWN, until=UNKNOWN, page=1, row="")),
        data_go=True,
        class_="quiet",
    )
    kept = replace(asked, since="", until="", page=1, row="")
    return tag(
        "form",
        hidden_fields(to_query(kept)),
        tag("h2", "Months"),
        _select("since", "From", months, asked.since, "the first"),
        _select("until", "To", months, asked.until, "the last"),
        tag("p", undated),
        action="tables",
        class_="facet when",
    )


def _select(name: str, title: str, values: Sequence[str], chosen: str, none: str) -> Html:
    listed = [*values, *([chosen] if chosen and chosen not in values else [])]
    options = [tag("option", none, value="", selected=not chosen)]
    options += [tag("option", value, value=value, selected=value == chosen) for value in listed]
    key = f"dl-archive-{name}"
    return tag("label", title, for_=key) + tag("select", *options, name=name, id=key)


# --- order and pages ----------------------------------------------------------------------------------------


def order(asked: Asked, counted: int) -> Html:
    """A form that chooses the column rows are sorted by."""
    if not counted:
        return EMPTY
    options = [tag("option", "document and place in it", value="", selected=not asked.sort)]
    for column in ARCHIVE[asked.table].columns:
        for sign, way in (("", "lowest first"), ("-", "highest first")):
            is_chosen = asked.sort == column.name and asked.is_descending == bool(sign)
            words = f"{column.name.replace('_', ' ')}, {way}"
            options.append(tag("option", words, value=f"{sign}{column.name}", selected=is_chosen))
    return tag(
        "form",
        hidden_fields(to_query(replace(asked, sort="", is_descending=False, page=1, row=""))),
        tag("label", "Sorted by ", for_="dl-archive-sort"),
        tag("select", *options, name="sort", id="dl-archive-sort"),
        action="tables",
        class_="sorting",
    )


def pager(asked: Asked, counted: int) -> Html:
    """Which rows of how many are on this page, and the pages before and after."""
    if not counted:
        return EMPTY
    pages = -(-counted // PAGE_ROWS)
    first = (asked.page - 1) * PAGE_ROWS + 1
    said = f"Rows {first:,} to {min(first + PAGE_ROWS - 1, counted):,} of {counted:,}"
    turns = [
        tag("a", words, href=href(asked.on_page(page)), data_go=True, id=f"dl-page-{key}")
        for words, key, page in (
            ("First", "first", 1),
            ("Previous", "previous", asked.page - 1),
            ("Next", "next", asked.page + 1),
            ("Last", "last", pages),
        )
        if 1 <= page <= min(pages, MOST_PAGES) and page != asked.page
    ]
    beyond = f"Pages end at {MOST_PAGES:,}: choose less to see the rest. " if pages > MOST_PAGES else ""
    return tag("p", tag("span", f"{said}. {beyond}", class_="quiet"), *turns, class_="tools pager")


# --- the chosen row -----------------------------------------------------------------------------------------


def no_row(asked: Asked) -> Html:
    """What is said of a link to a row that is not there."""
    return tag(
        "p",
        f"The archive has no row “{asked.row}” of {asked.table} now. It may have been read anew.",
        class_="words",
    )


def evidence(
    asked: Asked, row: Mapping[str, Any], document: Mapping[str, Any] | None, post: Mapping[str, Any] | None
) -> Html:
    """The chosen row: its cells, the document it is from, and the post it stands in with its words marked."""
    head = next((str(row[name]) for name in _HEADS if row.get(name)), str(row["path"]))
    own = [
        (name.replace("_", " "), shown(cell))
        for name, cell in row.items()
        if name not in (*_KEYS, *_HEADS[:1])
    ]
    facts = [*_document(row, document), *own]
    listed = [tag("dt", name) + tag("dd", said) for name, said in facts if said and said != EMPTY]
    return tag(
        "section",
        tag("a", "Close", href=href(replace(asked, row="")), data_go=True, class_="close", id="dl-close"),
        tag("h2", head[:600], class_="words"),
        tag("dl", *listed),
        _post(asked, row, post),
        tag(
            "p",
            tag("button", "Copy link to this", type="button", data_copy="", class_="quiet"),
            class_="tools",
        ),
        class_="evidence",
        aria_label="Evidence",
        id="evidence",
    )


def _document(row: Mapping[str, Any], document: Mapping[str, Any] | None) -> list[tuple[str, Piece]]:
    about: list[tuple[str, Piece]] = []
    if document:
        address = web_address(str(document["url"]))
        title = str(document["title"] or document["url"] or "")
        named = tag("a", title, href=address, rel="noopener") if address else title
        about = [("Document", named), ("Outlet", str(document["outlet_name"]))]
    return [
        *about,
        ("File", str(row["path"])),
        ("Hash (SHA-256)", str(row["sha256"])),
        ("Partition", f"{row['outlet']}, {row['month']}"),
    ]


def _post(asked: Asked, row: Mapping[str, Any], post: Mapping[str, Any] | None) -> Html:
    if post is None:
        return EMPTY
    text, start = str(post["text"]), int(post["start"])
    marks = [Mark(row["start"], row["end"])]
    if asked.table == "posts":
        marks = [Mark(start + at, start + end) for at, end in hits(parse_words(asked.words), text)]
    pieces = []
    offset = start
    for line in text.split("\n"):
        pieces.append(tag("p", marked(line, marks, offset=offset)))
        offset += len(line) + 1
    return tag(
        "blockquote",
        *pieces,
        class_="post",
        tabindex="0",
        role="region",
        aria_label="The post",
        cite=web_address(str(post["url"])),
    )
