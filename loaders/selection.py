"""The rows of each table that a reader's filters leave, and what ties a row to people and places.

A filter only removes rows; one that has no meaning for a table leaves that table alone. The list filters
all work alike: each row carries tags, and stays when one of them was chosen.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd

from loaders.filters import LISTS, NAMES, ROWS, Excerpt, Filters, Name, shortened
from loaders.model import LIST_SEPARATOR, Record, once_a_record
from loaders.schema import TABLES
from loaders.search import found_in, parse_words

Tags = frozenset[str]
Bounds = tuple[datetime | None, datetime | None]

KINDS: Mapping[str, tuple[str, ...]] = {
    "quotes": ("quote_type",),
    "events": ("event_type", "status"),
    "people": ("person_type",),
    "organizations": ("organization_type",),
    "locations": ("location_type",),
    "mentions": ("entity_type", "form", "sense"),
}
"""The columns the filter of kinds looks at; a row must fit in each of them that has a chosen value."""

_OWN: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("quotes", "people"): ("speaker_id",),
    ("events", "people"): ("participants",),
    ("events", "places"): ("location_id", "destination_id"),
    ("mentions", "people"): ("entity_id",),
    ("mentions", "places"): ("entity_id",),
    ("people", "people"): ("person_id",),
    ("organizations", "people"): ("organization_id",),
    ("locations", "places"): ("location_id",),
    ("quotes", "sources"): ("source_type",),
    ("events", "sources"): ("source_type",),
    ("organizations", "sources"): ("source_type",),
}
_BESIDE = (("people", "places"), ("locations", "people"))
_BOUNDS = {"events": ("start_at", "end_at"), "times": ("time_from", "time_to")}
_POSTED = ("posts", "quotes", "mentions")
_TEXT: Mapping[str, tuple[str, ...]] = {
    "quotes": ("quote",),
    "events": ("title", "evidence"),
    "people": ("name", "aliases", "role", "affiliation"),
    "organizations": ("name", "aliases"),
    "locations": ("name", "native_name"),
    "mentions": ("text",),
    "times": ("text", "value"),
    "corrections": ("table", "row", "column", "before", "after", "reason"),
    "problems": ("what", "advice"),
    "posts": ("byline",),
}


def select_rows(record: Record, table: str, filters: Filters) -> pd.DataFrame:
    """The rows of `table` that the filters leave, in their order."""
    rows: pd.DataFrame = getattr(record, table)
    done: Sequence[Name] = ()
    if isinstance(record, Excerpt) and record.is_within(filters):
        rows = rows[rows[TABLES[table].key].isin(record.kept[table])]
        done = [name for name in NAMES if record.still_cut_by(name, filters)]
    for name in NAMES:
        if filters.is_set(name) and name not in done and applies(record, table, filters, name):
            rows = rows[pd.Series(_keep(record, table, rows, filters, name), index=rows.index, dtype=bool)]
    return rows


def applies(record: Record, table: str, filters: Filters, name: Name) -> bool:
    """Whether a filter has a meaning for a table: it may remove rows of it."""
    if isinstance(record, Excerpt) and record.is_within(filters) and record.still_cut_by(name, filters):
        return name in record.applied[table]
    if name == "kinds":
        return any(_relevant(record, table, column, filters.kinds) for column in KINDS.get(table, ()))
    if name == "time":
        return table in _BOUNDS or table in _POSTED
    if name == "words":
        return table in _TEXT and bool(parse_words(filters.words))
    if name == "people" and table in ("people", "organizations"):
        return bool(set(filters.people) & keys(record, table))
    return _is_tagged(table, name)


def _is_tagged(table: str, name: Name) -> bool:
    whose = name in ("people", "places")
    return (
        (table, name) in _OWN
        or (whose and table == "posts")
        or (table, name) in (*_BESIDE, ("quotes", "places"))
    )


def _keep(record: Record, table: str, rows: pd.DataFrame, filters: Filters, name: Name) -> list[bool]:
    if name == "kinds":
        return _of_kinds(record, table, rows, filters.kinds)
    if name == "time":
        return _in_time(record, table, rows, filters)
    if name == "words":
        return _with_words(record, table, rows, filters.words)
    chosen = set(getattr(filters, name))
    return [not chosen.isdisjoint(tags) for tags in tags_of(record, table, rows, name)]


def _relevant(record: Record, table: str, column: str, kinds: Iterable[str]) -> frozenset[str]:
    return values(record, table, column).intersection(kinds)


def _of_kinds(record: Record, table: str, rows: pd.DataFrame, kinds: tuple[str, ...]) -> list[bool]:
    keep = [True] * len(rows)
    for column in KINDS[table]:
        if wanted := _relevant(record, table, column, kinds):
            keep = [kept and cell in wanted for kept, cell in zip(keep, rows[column], strict=True)]
    return keep


def _in_time(record: Record, table: str, rows: pd.DataFrame, filters: Filters) -> list[bool]:
    earliest = filters.time_from or datetime.min.replace(tzinfo=UTC)
    latest = filters.time_to or datetime.max.replace(tzinfo=UTC)
    return [_overlaps(bounds, earliest, latest) for bounds in time_bounds(record, table, rows)]


def _overlaps(bounds: Bounds, earliest: datetime, latest: datetime) -> bool:
    start, end = bounds[0] or bounds[1], bounds[1] or bounds[0]
    return start is not None and end is not None and start <= latest and end >= earliest


def time_bounds(record: Record, table: str, rows: pd.DataFrame) -> list[Bounds]:
    """The earliest and latest instant of each row (UTC): of the event, or of the post that prints it."""
    whole = getattr(record, table)
    bounds = _all_bounds(record, table)
    return list(bounds) if rows is whole else [bounds[at] for at in whole.index.get_indexer(rows.index)]


@once_a_record
def _all_bounds(record: Record, table: str) -> Sequence[Bounds]:
    rows = getattr(record, table)
    if table in _BOUNDS:
        start, end = _BOUNDS[table]
        return [(_known(a), _known(b)) for a, b in zip(rows[start], rows[end], strict=True)]
    columns = (record.posts[name] for name in ("post_id", "posted_at", "posted_from", "posted_to"))
    posted = {
        post: (_known(at) or _known(low), _known(at) or _known(high))
        for post, at, low, high in zip(*columns, strict=True)
    }
    return [posted.get(post, (None, None)) for post in rows["post_id"]]


def _known(instant: object) -> datetime | None:
    return instant.to_pydatetime() if isinstance(instant, pd.Timestamp) else None


def _with_words(record: Record, table: str, rows: pd.DataFrame, words: str) -> list[bool]:
    terms = parse_words(words)
    texts = ["\n".join(cells) for cells in zip(*(rows[column] for column in _TEXT[table]), strict=True)]
    if table == "posts":
        texts = [record.text[start:end] for start, end in zip(rows["start"], rows["end"], strict=True)]
    speakers = list(rows["speaker"]) if table == "quotes" else [""] * len(rows)
    return [found_in(terms, text, speaker) for text, speaker in zip(texts, speakers, strict=True)]


# --- what ties a row to people and places -------------------------------------------------------------


def tags_of(record: Record, table: str, rows: pd.DataFrame, name: Name) -> list[Tags]:
    """The people, places or source types each row is tied to: those its own columns name, or nearness."""
    whole = getattr(record, table)
    tags = _all_tags(record, table, name)
    return list(tags) if rows is whole else [tags[at] for at in whole.index.get_indexer(rows.index)]


@once_a_record
def _all_tags(record: Record, table: str, name: Name) -> Sequence[Tags]:
    rows = getattr(record, table)
    if columns := _OWN.get((table, name)):
        cells = zip(*(rows[column] for column in columns), strict=True)
        return [_ids(LIST_SEPARATOR.join(row)) for row in cells]
    if table == "posts":
        named = _mentioned(record, list(record.mentions["post_id"]))
        return [named.get(post, frozenset()) for post in rows["post_id"]]
    if table == "quotes":
        return _places_of_quotes(record, rows)
    if (table, name) in _BESIDE:
        return _named_beside(record, rows[TABLES[table].key])
    return [frozenset()] * len(rows)


def _ids(cell: str) -> Tags:
    return frozenset(cell.split(LIST_SEPARATOR)) - {""}


def _mentioned(record: Record, groups: list[object]) -> dict[object, Tags]:
    """For each group of mentions (a post, a paragraph), who and what is mentioned in it."""
    found: defaultdict[object, set[str]] = defaultdict(set)
    for group, entity in zip(groups, record.mentions["entity_id"], strict=True):
        found[group].update(_ids(entity))
    return {group: frozenset(ids) for group, ids in found.items()}


def paragraphs(text: str, offsets: Iterable[int]) -> list[object]:
    """The number of the paragraph (line) each offset of a text stands in."""
    starts = [found.end() for found in re.finditer("\n", text)]
    return [bisect_right(starts, offset) for offset in offsets]


def _named_beside(record: Record, keys_of_rows: Iterable[str]) -> list[Tags]:
    """For each person or place, all that one paragraph mentions together with it."""
    whole = _mentioned(record, paragraphs(record.text, record.mentions["start"]))
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for ids in whole.values():
        for entity in ids:
            beside[entity] |= ids
    return [frozenset(beside[key]) for key in keys_of_rows]


def _places_of_quotes(record: Record, rows: pd.DataFrame) -> list[Tags]:
    """The places each quote is about (its paragraph names them) or from.

    From a place: the same post reports an event there in which the speaker takes part.
    """
    about = _mentioned(record, paragraphs(record.text, record.mentions["start"]))
    present: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    columns = (record.events[name] for name in ("post_ids", "participants", "location_id", "destination_id"))
    for posts, whole, place, destination in zip(*columns, strict=True):
        for post in _ids(posts):
            for who in _ids(whole):
                present[post, who] |= {place, destination} - {""}
    found = []
    for number, post, speaker in zip(
        paragraphs(record.text, rows["start"]), rows["post_id"], rows["speaker_id"], strict=True
    ):
        there = (present.get((post, who), set()) for who in _ids(speaker))
        found.append(about.get(number, frozenset()).union(*there))
    return found


# --- what a record has --------------------------------------------------------------------------------


@once_a_record
def keys(record: Record, table: str) -> frozenset[str]:
    """The ids of a table's rows."""
    return frozenset(getattr(record, table)[TABLES[table].key])


@once_a_record
def values(record: Record, table: str, column: str) -> frozenset[str]:
    """The words a column of a table holds, without the empty one."""
    return frozenset(getattr(record, table)[column]) - {""}


@once_a_record
def known_values(record: Record, name: str) -> frozenset[str]:
    """The values one of the list filters can take in this record."""
    match name:
        case "people":
            return keys(record, "people") | keys(record, "organizations")
        case "places":
            return keys(record, "locations")
        case "sources":
            columns = [("quotes", "source_type"), ("events", "source_type")]
        case _:
            columns = [(table, column) for table, listed in KINDS.items() for column in listed]
    asked = getattr(record.cut_by, name) if isinstance(record, Excerpt) else ()
    return frozenset[str](asked).union(*(values(record, *column) for column in columns))


def known_only(filters: Filters, record: Record) -> tuple[Filters, tuple[str, ...]]:
    """The view with only those values the record has, and a sentence for each one dropped."""
    said = []
    kept: dict[str, object] = {}
    for name in LISTS:
        allowed = known_values(record, name)
        values = getattr(filters, name)
        kept[name] = tuple(value for value in values if value in allowed)
        said += [_unknown(f"among its {name}", value) for value in values if value not in allowed]
    if filters.row and filters.row[1] not in keys(record, ROWS[filters.row[0]]):
        kept["row"] = None
        said.append(_unknown(f"among its {ROWS[filters.row[0]]}", filters.row[1]))
    if filters.table and filters.table not in TABLES:
        kept["table"] = ""
        said.append(_unknown("as a table", filters.table))
    return replace(filters, **kept), tuple(said)  # type: ignore[arg-type]


def _unknown(where: str, value: str) -> str:
    return f"The link asks for “{shortened(value)}”, which this story does not have {where}. It was left out."
