"""What a reader asks of an archive: a frozen `Asked`, and its form in a URL. Nothing here needs what opens one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from loaders.archive.shape import ARCHIVE, UNKNOWN
from loaders.filters import shortened

FIRST_TABLE = "quotes"
PAGE_ROWS = 50
MOST_PAGES = 2000
"""Pages that can be turned to; who needs what lies beyond asks for less of it, or sorts it otherwise."""
_MAX_WORDS = 200
_MAX_KEY = 200
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Asked:
    """A view of an archive; the empty value shows the first page of a table.

    `outlets` are partitions; `since` and `until` are months ("2023-09"), both included, or both
    "unknown"; `sort` is a column, from its
    least value on unless `is_descending`; `row` is the key of the row whose document is shown.
    """

    table: str = FIRST_TABLE
    outlets: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    words: str = ""
    sort: str = ""
    is_descending: bool = False
    page: int = 1
    row: str = ""

    @property
    def is_undated(self) -> bool:
        """Whether it asks for the documents whose month nothing says."""
        return self.since == self.until == UNKNOWN

    def on_page(self, page: int) -> Asked:
        """The same view, turned to another page."""
        return replace(self, page=page, row="")

    @property
    def is_filtered(self) -> bool:
        """Whether it asks for less than a whole table."""
        return bool(self.outlets or self.since or self.until or self.words)


def to_query(asked: Asked) -> dict[str, list[str]]:
    """The view as URL parameters; what is empty is left out."""
    query = {
        "archive": [asked.table],
        "outlet": list(asked.outlets),
        "since": [asked.since],
        "until": [asked.until],
        "words": [asked.words],
        "sort": [f"{'-' if asked.is_descending else ''}{asked.sort}" if asked.sort else ""],
        "page": [str(asked.page) if asked.page > 1 else ""],
        "row": [asked.row],
    }
    return {key: kept for key, values in query.items() if (kept := [value for value in values if value])}


def from_query(query: Mapping[str, Sequence[str]], outlets: Collection[str]) -> tuple[Asked, tuple[str, ...]]:
    """The view that URL parameters ask for, and a sentence for each value that cannot be meant.

    Args:
        query: The parameters.
        outlets: The outlets the archive has.
    """
    said: list[str] = []

    def last(key: str) -> str:
        return (query.get(key) or [""])[-1]

    def left_out(key: str, value: str, why: str) -> None:
        said.append(f"The link asks for {key} “{shortened(value)}”: {why}. It was left out.")

    table = last("archive") or FIRST_TABLE
    if table not in ARCHIVE:
        left_out("archive", table, f"it has the tables {', '.join(ARCHIVE)}")
        table = FIRST_TABLE
    chosen = tuple(dict.fromkeys(query.get("outlet", ())))
    for outlet in chosen:
        if outlet not in outlets:
            left_out("outlet", outlet, "the archive has nothing of it")
    months = {key: last(key) for key in ("since", "until")}
    is_undated = months["since"] == months["until"] == UNKNOWN
    for key, value in months.items():
        if value and not is_undated and not _MONTH.fullmatch(value):
            left_out(key, value, "a month is written like 2023-09")
            months[key] = ""
    sort = last("sort")
    column = ARCHIVE[table].column(sort.removeprefix("-"))
    if sort and column is None:
        left_out("sort", sort, f"the table {table} has no such column")
    page = last("page")
    if page and not (re.fullmatch(r"[1-9][0-9]{0,5}", page) and int(page) <= MOST_PAGES):
        left_out("page", page, f"pages are counted from 1 to {MOST_PAGES}")
        page = ""
    asked = Asked(
        table=table,
        outlets=tuple(outlet for outlet in chosen if outlet in outlets),
        since=months["since"],
        until=months["until"],
        words=last("words")[:_MAX_WORDS],
        sort=column.name if column else "",
        is_descending=bool(column) and sort.startswith("-"),
        page=int(page or 1),
        row=last("row")[:_MAX_KEY],
    )
    return asked, tuple(said)
