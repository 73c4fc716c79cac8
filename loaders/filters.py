"""What a reader asked to see: frozen `Filters`, and their form in a URL.

A link is a view: `from_query(to_query(filters)) == filters`. What the filters leave of each table is
`loaders/selection.py`, how they are put in words `loaders/sentences.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

from loaders.model import Record, is_time_zone, iso

Name = Literal["people", "places", "sources", "kinds", "time", "words"]
NAMES: tuple[Name, ...] = ("people", "places", "sources", "kinds", "time", "words")
ROWS: Mapping[str, str] = {
    "quote": "quotes",
    "event": "events",
    "place": "locations",
    "person": "people",
    "organization": "organizations",
    "post": "posts",
    "mention": "mentions",
    "time": "times",
    "correction": "corrections",
    "problem": "problems",
}
"""What can be chosen, by its name in a URL, and the table it is a row of."""

LANES = ("place", "people", "kind")
SORTS = ("newest", "oldest", "speaker", "longest")
LISTS = ("people", "places", "sources", "kinds")
_MAX_WORDS = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """Everything a view depends on; the empty value shows everything.

    `people` holds ids of people and organizations, `places` of locations, `sources` source types, `kinds`
    values of the tables' own closed lists (quote type, event type, status, …). The bounds of time are UTC
    instants, both included. `row` is the chosen row: its kind (a key of `ROWS`) and its id.
    """

    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    time_from: datetime | None = None
    time_to: datetime | None = None
    words: str = ""
    zone: str = ""
    lane: str = ""
    sort: str = ""
    at: datetime | None = None
    all_senses: bool = False
    table: str = ""
    row: tuple[str, str] | None = None
    page: int = 1
    story: str = ""

    def is_set(self, name: Name) -> bool:
        """Whether this filter asks for anything."""
        if name == "time":
            return self.time_from is not None or self.time_to is not None
        return bool(getattr(self, name))

    def without(self, name: Name) -> Filters:
        """The same view with one filter dropped."""
        empty: Mapping[str, object] = {"time": {"time_from": None, "time_to": None}, "words": {"words": ""}}
        return replace(self, **empty.get(name, {name: ()}))  # type: ignore[arg-type]

    def choosing(self, name: Name, values: tuple[str, ...]) -> Filters:
        """The same view with other values of a list filter, from its first page on."""
        return replace(self, **{name: values, "page": 1})  # type: ignore[arg-type]

    def cleared(self) -> Filters:
        """The same view with every filter dropped."""
        kept = self
        for name in NAMES:
            kept = kept.without(name)
        return kept


@dataclass(frozen=True, eq=False)
class Excerpt(Record):
    """A part of a record: the rows that filters keep of it, and those that kept rows refer to.

    What ties a row to a place or a person may be a row that was not kept. So which rows the filters keep, and which
    filters had a meaning for a table, is remembered and not worked out again.

    Attributes:
        cut_by: The filters.
        kept: The keys of the rows they keep, for each table.
        applied: Which of them had a meaning for each table of the whole record.
    """

    cut_by: Filters = Filters()
    kept: Mapping[str, frozenset[str]] = field(default_factory=dict)
    applied: Mapping[str, frozenset[Name]] = field(default_factory=dict)

    def still_cut_by(self, name: Name, filters: Filters) -> bool:
        """Whether filters ask for the same, in this respect, as those the excerpt was cut by."""
        names = ("time_from", "time_to") if name == "time" else (name,)
        return self.cut_by.is_set(name) and all(
            getattr(filters, each) == getattr(self.cut_by, each) for each in names
        )

    def is_within(self, filters: Filters) -> bool:
        """Whether filters ask for all that the excerpt was cut by, and perhaps more."""
        return all(self.still_cut_by(name, filters) for name in NAMES if self.cut_by.is_set(name))


# --- the URL -----------------------------------------------------------------------------------------

_TIMES = {"from": "time_from", "to": "time_to", "at": "at"}
_TEXTS = ("words", "zone", "lane", "sort", "table", "story")


def to_query(filters: Filters) -> dict[str, list[str]]:
    """The view as URL parameters; what is empty is left out."""
    query = {name: list(getattr(filters, name)) for name in LISTS}
    query |= {key: [iso(getattr(filters, name))] for key, name in _TIMES.items() if getattr(filters, name)}
    query |= {name: [getattr(filters, name)] for name in _TEXTS if getattr(filters, name)}
    if filters.all_senses:
        query["senses"] = ["all"]
    if filters.page > 1:
        query["page"] = [str(filters.page)]
    if filters.row:
        query[filters.row[0]] = [filters.row[1]]
    return {key: values for key, values in query.items() if values}


def from_query(query: Mapping[str, Sequence[str]]) -> tuple[Filters, tuple[str, ...]]:
    """The view that URL parameters ask for, and a sentence for each value that cannot be meant."""
    said: list[str] = []
    found: dict[str, object] = {
        name: tuple(dict.fromkeys(filter(None, query.get(name, ())))) for name in LISTS
    }
    found |= {name: _parsed(key, query, _instant, said) for key, name in _TIMES.items()}
    found |= {name: (query.get(name) or [""])[-1] for name in ("table", "story")}
    found["words"] = (query.get("words") or [""])[-1][:_MAX_WORDS]
    found["zone"] = _parsed("zone", query, _zone, said) or ""
    found["lane"] = _parsed("lane", query, _one_of(LANES), said) or ""
    found["sort"] = _parsed("sort", query, _one_of(SORTS), said) or ""
    found["all_senses"] = _parsed("senses", query, _one_of(("all",)), said) is not None
    found["page"] = _parsed("page", query, _page, said) or 1
    found["row"] = next(
        ((kind, query[kind][-1]) for kind in ROWS if query.get(kind) and query[kind][-1]), None
    )
    return Filters(**found), tuple(said)  # type: ignore[arg-type]


def _parsed(
    key: str, query: Mapping[str, Sequence[str]], read: Callable[[str], object], said: list[str]
) -> object:
    value = (query.get(key) or [""])[-1]
    if not value:
        return None
    try:
        return read(value)
    except (ValueError, OSError, KeyError) as error:
        said.append(f"The link asks for {key} “{shortened(value)}”: {error}. It was left out.")
        return None


def _instant(value: str) -> datetime:
    try:
        instant = datetime.fromisoformat(value)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("not a time; it is written like 2023-09-13T02:43Z") from None


def _zone(value: str) -> str:
    if not is_time_zone(value):
        raise ValueError("not a time zone; it is written like Asia/Seoul")
    return value


def _page(value: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,5}", value):
        raise ValueError("pages are counted 1, 2, 3, …")
    return int(value)


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"it can be {' or '.join(allowed)}")
        return value

    return read


def shortened(value: str, limit: int = 40) -> str:
    """`value` on one line, cut where it would be longer than `limit` characters."""
    value = " ".join(value.split())
    return value if len(value) <= limit else value[: limit - 1] + "…"
