"""Opens a story package: each file as its description says, tables that hold together, the view it was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from loaders.errors import LoaderError, SourceError
from loaders.excerpts import is_filtered
from loaders.export import SOURCE_NAME, read_csv
from loaders.filters import Excerpt, Filters, Name, from_query
from loaders.formats.datapackage import OWN, RAW, sha256
from loaders.model import Blog, Record, is_time_zone, parts
from loaders.package import DESCRIPTION, FORMAT, Package
from loaders.registry import Story
from loaders.schema import TABLES
from loaders.selection import known_only
from loaders.table_checks import check_tables
from loaders.unzipping import is_zip, unzipped

_LARGEST_DESCRIPTION = 8 * 1024 * 1024
_ADVICE = "download the package again; what was changed by hand is better changed in the story"


def is_package(content: str | bytes) -> bool:
    """Whether content is to be opened as a package: it is a zip, whatever it is called."""
    return is_zip(content)


def read_package(content: bytes) -> Package:
    """What a package holds, after every file was found as its description says.

    Raises:
        LoaderError: It is no package, not a safe zip, changed since it was made, or its tables do not hold together.
    """
    files = unzipped(content)
    described = _described(files)
    for resource in described.resources:
        _check_file(resource, files)
    listed = {resource.path: resource for resource in described.resources}
    missing = [path for path in (SOURCE_NAME, *_table_paths().values()) if path not in listed]
    if missing:
        raise SourceError("this package lacks a file", value=missing[0], entry=DESCRIPTION, advice=_ADVICE)
    text = _decoded(files[SOURCE_NAME])
    tables = {name: read_csv(name, files[path]) for name, path in _table_paths().items()}
    check_tables(tables, text)
    _check_places(tables["locations"])
    own = described.own
    record = Record(text=text, blog=own.blog.as_blog(text), **tables)
    filters, _ = from_query(own.view.query)
    if is_filtered(filters):
        record = _excerpt(record, filters, {name: listed[path] for name, path in _table_paths().items()})
    return Package(record, own.story, own.view.page, known_only(replace(filters, story=""), record)[0])


def _table_paths() -> dict[str, str]:
    return {name: f"{RAW}/{name}.csv" for name in TABLES}


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(f"the text is not UTF-8: {error}", entry=SOURCE_NAME, advice=_ADVICE) from None


class _Part(BaseModel):
    """A part of a description; what others have added to it is not read."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _OfTable(_Part):
    filtered_by: tuple[Name, ...] = ()
    only_referred_to: frozenset[str] = frozenset()


class _Resource(_Part):
    path: str = Field(max_length=200)
    bytes: int
    hash: str
    own: _OfTable = Field(default=_OfTable(), alias="dateline")


class _View(_Part):
    page: str = Field(default="", max_length=40)
    query: dict[str, tuple[str, ...]] = {}


class _Blog(_Part):
    title: str = ""
    outlet: str = ""
    url: str = ""
    zone: str = ""
    read_at: AwareDatetime | None = None

    def as_blog(self, text: str) -> Blog:
        """The blog; its posts stand in their table alone."""
        zone = self.zone if is_time_zone(self.zone) else ""
        return Blog(text, (), self.title, self.outlet, self.url, zone, self.read_at)


class _Own(_Part):
    format: int
    view: _View = _View()
    blog: _Blog
    story: Story


class _Description(_Part):
    resources: tuple[_Resource, ...]
    own: _Own = Field(alias="dateline")


def _described(files: Mapping[str, bytes]) -> _Description:
    data = files.get(DESCRIPTION)
    if data is None:
        raise _no_package("it has no such file")
    if len(data) > _LARGEST_DESCRIPTION:
        raise _no_package(f"that file has {len(data):,} bytes")
    try:
        found: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _no_package(f"that file is no JSON: {error}") from None
    if not isinstance(found, dict) or not isinstance(found.get(OWN), dict):
        raise _no_package("that file does not come from Dateline")
    if isinstance(made := found[OWN].get("format"), int) and made > FORMAT:
        raise SourceError(
            "this package was made by a newer Dateline",
            entry=DESCRIPTION,
            value=f"format {made}",
            allowed=f"up to format {FORMAT}",
            advice="use a newer version of Dateline",
        )
    try:
        return _Description.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = " › ".join(map(str, first["loc"]))
        raise SourceError(
            f"the description breaks its schema: {first['msg']}",
            entry=f"{DESCRIPTION}, {where}"[:200],
            value=first["input"],
            advice=_ADVICE,
        ) from None


def _no_package(why: str) -> SourceError:
    return SourceError(
        f"this zip is no story package: {why}",
        entry=DESCRIPTION,
        allowed="a zip that “Download the story package” or `python -m loaders package` made",
        advice="unpack it, and open the saved page, text or JSON in it",
    )


def _check_file(resource: _Resource, files: Mapping[str, bytes]) -> None:
    """Makes sure that a file is there and is, to the byte, what the description says."""
    data = files.get(resource.path)
    if data is None:
        raise SourceError("this package lacks a file", value=resource.path, advice=_ADVICE)
    if len(data) != resource.bytes or sha256(data) != resource.hash:
        raise SourceError(
            "a file of this package is not the one it was made with",
            entry=resource.path,
            value=f"{len(data)} bytes, {sha256(data)}",
            allowed=f"{resource.bytes} bytes, {resource.hash[:80]}",
            advice=_ADVICE,
        )


def _check_places(locations: pd.DataFrame) -> None:
    half = locations["latitude"].isna() != locations["longitude"].isna()
    if half.any():
        raise LoaderError(
            "a place has one of latitude and longitude, and not the other",
            entry=f"table locations, row {locations['location_id'][half].iloc[0]}",
            allowed="both, or neither",
        )
    for key, cell in zip(locations["location_id"], locations["time_zone"], strict=True):
        if wrong := [name for name in parts(cell) if not is_time_zone(name)]:
            raise LoaderError(
                "time_zone cannot be this",
                entry=f"table locations, row {key}",
                value=wrong[0],
                allowed="a time zone (IANA), such as Asia/Seoul",
            )


def _excerpt(record: Record, filters: Filters, resources: Mapping[str, _Resource]) -> Excerpt:
    """The record as the excerpt it is: which of its rows the filters kept is remembered, not worked out again."""
    kept = {
        name: frozenset(rows[TABLES[name].key]) - resources[name].own.only_referred_to
        for name, rows in record.tables()
    }
    applied = {name: frozenset(resource.own.filtered_by) for name, resource in resources.items()}
    return Excerpt(
        record.text,
        blog=record.blog,
        cut_by=replace(filters, story=""),
        kept=kept,
        applied=applied,
        **dict(record.tables()),
    )
