"""Cuts an excerpt out of a record: what filters keep, and all that the kept rows refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from loaders.filters import NAMES, ROWS, Excerpt, Filters
from loaders.model import Record, parts
from loaders.schema import ENTITIES, TABLES
from loaders.selection import applies, keys, select_rows
from loaders.sentences import describe

Wanted = dict[str, set[str]]

_TOLD = ("posts", "events", "quotes")
"""The tables whose rows say how much of a story there is."""


def excerpt_of(record: Record, filters: Filters) -> Excerpt:
    """The part of a record that filters keep; every reference in it leads to a row that is there.

    Whom and what the filters themselves name, and the chosen row, are part of it. The text stays whole, since the
    spans count its characters.
    """
    selected = {name: select_rows(record, name, filters) for name in TABLES}
    kept = {name: frozenset(rows[TABLES[name].key]) for name, rows in selected.items()}
    wanted = _with_references(record, kept, _asked_for(record, filters))
    tables = {
        name: rows[rows[TABLES[name].key].isin(wanted[name])].reset_index(drop=True)
        for name, rows in record.tables()
    }
    applied = {
        table: frozenset(
            name for name in NAMES if filters.is_set(name) and applies(record, table, filters, name)
        )
        for table in TABLES
    }
    return Excerpt(text=record.text, blog=record.blog, cut_by=filters, kept=kept, applied=applied, **tables)


def is_filtered(filters: Filters) -> bool:
    """Whether filters can remove any row."""
    return any(filters.is_set(name) for name in NAMES)


def sentence(record: Record, filters: Filters) -> str:
    """What the filters show of a whole record, in a sentence: "5 of 20 quotes: said by Vladimir Putin; …"."""
    told = [describe(record, table, filters) for table in _TOLD]
    said = [told[0], *(each[:1].lower() + each[1:] for each in told[1:])]
    return f"{'; '.join(said)}."


def _asked_for(record: Record, filters: Filters) -> Iterator[tuple[str, str]]:
    """The rows that a view names itself, by table and key."""
    for table in ENTITIES:
        for key in (*filters.people, *filters.places):
            yield table, key
    if filters.row:
        yield ROWS[filters.row[0]], filters.row[1]


def _with_references(
    record: Record, kept: Mapping[str, frozenset[str]], asked: Iterator[tuple[str, str]]
) -> Wanted:
    """The keys of the kept rows, of those asked for, and of all they refer to, one step after the other."""
    wanted: Wanted = {name: set() for name in TABLES}
    fresh: Wanted = {name: set(found) for name, found in kept.items()}
    for table, key in asked:
        fresh[table] |= {key} & keys(record, table)
    while any(fresh.values()):
        for name, found in fresh.items():
            wanted[name] |= found
        referred: Wanted = {name: set() for name in TABLES}
        for name, found in fresh.items():
            for table, key in _referred_to(record, name, found):
                referred[table].add(key)
        fresh = {name: (found & keys(record, name)) - wanted[name] for name, found in referred.items()}
    return wanted


def _referred_to(record: Record, name: str, found: set[str]) -> Iterator[tuple[str, str]]:
    schema, rows = TABLES[name], getattr(record, name)
    chosen = rows[rows[schema.key].isin(found)] if found else rows.iloc[:0]
    for column in schema.columns:
        if column.refers_to:
            for key in {part for cell in chosen[column.name] for part in parts(cell)}:
                for table in column.refers_to:
                    yield table, key
