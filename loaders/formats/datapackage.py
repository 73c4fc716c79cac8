"""`datapackage.json` (Data Package 2.0): what every file of a package is, what every column means, and its hash."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from loaders.formats.values import json_bytes, plain, without_empty
from loaders.model import LIST_SEPARATOR, Record, iso, slug, web_address
from loaders.schema import TABLES, Column, ColumnType, Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
OWN = "dateline"
"""The key under which Dateline keeps what the standard has no word for."""
RAW, SAFE = "tables", "spreadsheet"
"""The folders of the tables as they are, and of the copies that no spreadsheet runs anything of."""

_FIELDS: Mapping[ColumnType, Mapping[str, Any]] = {
    "text": {"type": "string"},
    "country": {"type": "string"},
    "list": {"type": "list", "delimiter": LIST_SEPARATOR, "itemType": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "instant": {"type": "datetime"},
}
_TYPES = {
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "html": "text/html",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "sqlite": "application/vnd.sqlite3",
    "txt": "text/plain",
    "yaml": "application/yaml",
}
_NOT_TEXT = ("sqlite",)
_GEONAMES = "GeoNames"
_GEONAMES_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0, for coordinates from GeoNames",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_PLACES_FROM = {
    _GEONAMES: {"title": _GEONAMES, "path": "https://www.geonames.org"},
    "Natural Earth": {"title": "Natural Earth (public domain)", "path": "https://www.naturalearthdata.com"},
}


def datapackage(
    record: Record,
    contents: Mapping[str, bytes],
    *,
    sentence: str = "",
    created: datetime | None = None,
    own: Mapping[str, object] | None = None,
    own_of_tables: Mapping[str, Mapping[str, object]] | None = None,
) -> bytes:
    """The description of a package of these files.

    Args:
        record: The record, or an excerpt.
        contents: Every other file of the package, by its path.
        sentence: What is shown of the story.
        created: When the record was made from its page; never the moment of packing, which would change the bytes.
        own: What Dateline keeps of its own, such as the view.
        own_of_tables: The same for single tables.
    """
    blog = record.blog
    resources = [_resource(path, data, record, own_of_tables or {}) for path, data in contents.items()]
    hashes = "".join(str(each["hash"]) for each in resources)
    about = {
        "$schema": PROFILE,
        "name": slug(plain(blog.title)).encode("ascii", "ignore").decode().strip("-") or "live-blog",
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{plain(blog.url)}#{hashes}")),
        "title": plain(blog.title),
        "description": plain(sentence),
        "homepage": web_address(plain(blog.url)),
        "created": iso(created) if created else None,
        "licenses": [_licence(record)],
        "sources": [_source(record), *_places_from(record)],
        "resources": resources,
        OWN: own,
    }
    return json_bytes(without_empty(about))


def _licence(record: Record) -> dict[str, Any]:
    outlet = plain(record.blog.outlet) or "the outlet"
    title = f"The words are {outlet}’s and stay under its terms; they stand here as the source of the tables"
    return without_empty(
        {"name": "other-closed", "title": title, "path": web_address(plain(record.blog.url))}
    )


def _source(record: Record) -> dict[str, Any]:
    blog = record.blog
    title = ", ".join(plain(part) for part in (blog.title, blog.outlet) if part) or "a live blog"
    return without_empty({"title": title, "path": web_address(plain(blog.url))})


def _places_from(record: Record) -> Iterator[Mapping[str, str]]:
    named = " ".join(set(record.locations["gazetteer"]))
    yield from (source for name, source in _PLACES_FROM.items() if name in named)


# --- files --------------------------------------------------------------------------------------------


def sha256(data: bytes) -> str:
    """The hash of a file, as the standard writes it."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _resource(
    path: str, data: bytes, record: Record, own_of_tables: Mapping[str, Mapping[str, object]]
) -> dict[str, Any]:
    folder, _, name = path.rpartition("/")
    stem, _, ending = name.rpartition(".")
    is_table = folder in (RAW, SAFE) and stem in TABLES and ending == "csv"
    found: dict[str, object] = {
        "name": stem if is_table and folder == RAW else re.sub(r"[^a-z0-9._-]+", "-", path.lower()),
        "path": path,
        **({"type": "table"} if is_table else {}),
        "format": ending,
        "mediatype": _TYPES.get(ending, "application/octet-stream"),
        **({} if ending in _NOT_TEXT else {"encoding": "utf-8"}),
        "bytes": len(data),
        "hash": sha256(data),
    }
    if is_table:
        schema = TABLES[stem]
        found["description"] = _table_meaning(schema, folder)
        found["schema"] = _raw_schema(schema) if folder == RAW else _safe_schema(schema)
        if folder == RAW:
            found[OWN] = own_of_tables.get(stem)
            if stem == "locations" and any(_GEONAMES in cell for cell in record.locations["gazetteer"]):
                found["licenses"] = [_licence(record), _GEONAMES_LICENCE]
    return without_empty(found)


def _table_meaning(schema: Table, folder: str) -> str:
    copy = " Cells that a spreadsheet would run begin with an apostrophe." if folder == SAFE else ""
    return f"One row: {schema.meaning}.{copy}"


def _raw_schema(schema: Table) -> dict[str, Any]:
    keys = [
        {
            "fields": [column.name],
            "reference": {"resource": target, "fields": [TABLES[target].key]},
        }
        for column in schema.columns
        if column.type != "list"
        for target in column.refers_to
    ]
    found = {
        "fields": [_field(schema, column) for column in schema.columns],
        "missingValues": [""],
        "primaryKey": [schema.key],
        "foreignKeys": keys,
    }
    return without_empty(found)


def _safe_schema(schema: Table) -> dict[str, Any]:
    """The columns of a copy for spreadsheets: the apostrophe makes a text of whatever it stands before."""
    fields = [
        {"name": column.name, "type": "string", "description": _told(column)} for column in schema.columns
    ]
    return {"fields": fields, "missingValues": [""]}


def _field(schema: Table, column: Column) -> dict[str, Any]:
    limits = {
        "required": True if column.name == schema.key or column.is_required else None,
        "unique": True if column.name == schema.key else None,
        "enum": list(column.allowed),
        "minimum": column.least,
        "maximum": column.most,
    }
    constraints = {key: each for key, each in limits.items() if each not in (None, [])}
    return {
        "name": column.name,
        **_FIELDS[column.type],
        "description": _told(column),
        **({"constraints": constraints} if constraints else {}),
    }


def _told(column: Column) -> str:
    unit = f" ({column.unit})" if column.unit else ""
    keys = f"; keys of {' or '.join(column.refers_to)}" if len(column.refers_to) > 1 else ""
    return f"{column.meaning}{unit}{keys}"
