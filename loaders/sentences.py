"""Filters in words: the one sentence that page, file name and citation share, and the counts beside options.

Each filter carries its own part of the sentence, so that all three describe a selection alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd

from loaders.filters import NAMES, Filters, Name, shortened
from loaders.model import LIST_SEPARATOR, Record, once_a_record, slug
from loaders.schema import TABLES
from loaders.selection import KINDS, applies, known_values, select_rows, tags_of, values

_PEOPLE = {"quotes": "said by", "events": "with", "posts": "that name", "mentions": "of"}
_PLACES = {
    "quotes": "about or from",
    "events": "at",
    "posts": "that name",
    "mentions": "of",
    "people": "named beside",
}
_WHEN = {"events": "", "times": ""}
_FILE_NAME_LENGTH = 90


def describe(record: Record, table: str, filters: Filters) -> str:
    """One sentence that says which rows of a table are shown: "12 of 20 quotes: said by Vladimir Putin"."""
    whole, left = len(getattr(record, table)), len(select_rows(record, table, filters))
    parts = phrases(record, table, filters)
    noun = _singular(table) if whole == 1 else table
    if not parts:
        return f"All {whole:,} {noun}" if whole > 1 else f"{whole or 'No'} {noun}"
    return f"{left:,} of {whole:,} {noun}: {', '.join(parts.values())}"


def counted(count: int, noun: str) -> str:
    """So many of something: "1 quote", "2 people"."""
    plural = "people" if noun == "person" else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def _singular(table: str) -> str:
    return "person" if table == "people" else table.removesuffix("s")


def phrases(record: Record, table: str, filters: Filters) -> dict[Name, str]:
    """The part of the sentence each filter that applies to a table carries."""
    return {
        name: _phrase(record, table, filters, name)
        for name in NAMES
        if filters.is_set(name) and applies(record, table, filters, name)
    }


def _phrase(record: Record, table: str, filters: Filters, name: Name) -> str:
    match name:
        case "people":
            who = _either(label(record, value) for value in filters.people)
            return (
                who if table in ("people", "organizations") else f"{_PEOPLE.get(table, 'named beside')} {who}"
            )
        case "places":
            where = _either(label(record, value) for value in filters.places)
            return where if table == "locations" else f"{_PLACES[table]} {where}"
        case "sources":
            return f"on the word of {_either(filters.sources)}"
        case "kinds":
            asked = [kind for kind in filters.kinds if _has_kind(record, table, kind)]
            return f"only {_either(asked or filters.kinds)}"
        case "time":
            return f"{_WHEN.get(table, 'posted ')}{_span(record, filters)}"
        case "words":
            return f"containing “{shortened(filters.words)}”"


def _has_kind(record: Record, table: str, kind: str) -> bool:
    return any(kind in set(getattr(record, table)[column]) for column in KINDS.get(table, ()))


def _either(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def _span(record: Record, filters: Filters) -> str:
    zone = zone_of(record, filters)
    start, end = filters.time_from, filters.time_to
    if start and end:
        said = f"between {moment(start, zone)} and {moment(end, zone)}"
    else:
        said = f"from {moment(start, zone)} on" if start else f"up to {moment(end, zone) if end else ''}"
    place = zone_place(record, zone)
    return f"{said} {'at' if place != zone else 'in'} {place}"


def moment(instant: datetime | None, zone: str, *, seconds: bool = False) -> str:
    """An instant as a news desk writes it, in local time: "13:00 on 13 Sep 2023"; empty for None."""
    if instant is None or pd.isna(instant):
        return ""
    try:
        local = instant.astimezone(ZoneInfo(zone))
    except OverflowError:
        return instant.isoformat()
    clock = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    return f"{clock} on {local.day} {local:%b} {local.year}"


def zone_of(record: Record, filters: Filters) -> str:
    """The IANA zone a view's clocks show: the one asked for, else that of the place most events happen at.

    Where no event has a place with a zone of its own, it is the outlet's.
    """
    return filters.zone or _own_zone(record)


@once_a_record
def _own_zone(record: Record) -> str:
    zones = dict(zip(record.locations["location_id"], record.locations["time_zone"], strict=True))
    current = record.events["location_id"][~record.events["is_background"]]
    found = Counter(
        zone for place in current if (zone := zones.get(place, "")) and LIST_SEPARATOR not in zone
    )
    return max(found, key=lambda zone: (found[zone], zone), default="") or record.blog.zone or "UTC"


@once_a_record
def zone_place(record: Record, zone: str) -> str:
    """The place of the story a time zone is best known by; the zone's own name where there is none."""
    places = record.locations
    here = places[(places["time_zone"] == zone) & places["location_type"].isin(("site", "city", "district"))]
    if here.empty:
        return zone
    return str(here.sort_values("literal_count", ascending=False, kind="stable")["name"].iloc[0])


def label(record: Record, value: str) -> str:
    """The name of a person, organization or place, for its id; the id where nothing has it."""
    return _labels(record).get(value, value)


@once_a_record
def _labels(record: Record) -> Mapping[str, str]:
    tables = ((TABLES[name].key, getattr(record, name)) for name in ("locations", "organizations", "people"))
    return {
        key: name for column, rows in tables for key, name in zip(rows[column], rows["name"], strict=True)
    }


# --- counts beside options ----------------------------------------------------------------------------


def counts(record: Record, table: str, filters: Filters, name: Name) -> dict[str, int]:
    """For each value a list filter can take, the rows it would leave beside the other filters, most first."""
    rows = select_rows(record, table, filters.without(name))
    found = Counter(dict.fromkeys(known_values(record, name), 0))
    for tags in tags_of(record, table, rows, name):
        found.update(tags & found.keys())
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def kind_counts(record: Record, table: str, filters: Filters) -> dict[str, dict[str, int]]:
    """For each column of kinds of a table, the values it has and the rows each would leave, most first.

    The values chosen in the other columns still hold; those chosen in the column itself do not.
    """
    found = {}
    for column in KINDS.get(table, ()):
        own = values(record, table, column)
        others = filters.choosing("kinds", tuple(kind for kind in filters.kinds if kind not in own))
        count = Counter(dict.fromkeys(own, 0))
        count.update(cell for cell in select_rows(record, table, others)[column] if cell)
        found[column] = dict(sorted(count.items(), key=lambda item: (-item[1], item[0])))
    return found


def emptied_by(record: Record, table: str, filters: Filters) -> tuple[Name, ...]:
    """Which filters emptied a table: those that, dropped alone, bring rows back; else all that apply."""
    applied = tuple(phrases(record, table, filters))
    if len(getattr(record, table)) == 0 or len(select_rows(record, table, filters)):
        return ()
    alone = tuple(name for name in applied if len(select_rows(record, table, filters.without(name))))
    return alone or applied


def file_name(story: str, record: Record, table: str, filters: Filters, suffix: str = "csv") -> str:
    """A name that says the story, the table and how it is filtered: `story_quotes_said-by-….csv`."""
    parts = [slug(part) for part in phrases(record, table, filters).values()]
    stem = "_".join([slug(story) or "story", table, *filter(None, parts)])
    return f"{stem[:_FILE_NAME_LENGTH].rstrip('-_')}.{suffix}"


def citation(record: Record, table: str, filters: Filters, link: str) -> str:
    """How to cite a selection: the sentence, the source it was made from, and the link."""
    blog = record.blog
    read = f", read {moment(blog.read_at, 'UTC')} UTC" if blog.read_at else ""
    source = ", ".join(part for part in (blog.title, blog.outlet) if part) or "live blog"
    return f"{describe(record, table, filters)}. Dateline, from: {source}{read}. {link}".strip()
