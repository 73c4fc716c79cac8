"""The story package: one zip of a record in every format, and back from the zip to record, filters and view.

    datapackage.json  what every file is (Data Package 2.0); under "dateline" the story's settings and the view
    index.html        the story as one page that needs no network
    source.txt        the text the spans count characters of
    tables/           every table, raw; what is read when the package is opened
    spreadsheet/      the same, in which nothing is run by a spreadsheet
    and the record as TimelineJS, GeoJSON, JSON-LD and SQLite read it; for a whole story, under story/, its own folder

The same record always gives the same bytes; what differs between two packages is what differs between two records.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from loaders import __version__
from loaders.errors import LoaderError, SourceError
from loaders.excerpts import excerpt_of, is_filtered, sentence
from loaders.export import SOURCE_NAME, csv_bytes, read_csv, zip_bytes
from loaders.filters import Excerpt, Filters, Name, from_query, to_query
from loaders.formats.datapackage import OWN, RAW, SAFE, datapackage, sha256
from loaders.formats.geojson import geojson
from loaders.formats.jsonld import live_blog
from loaders.formats.offline_page import offline_page
from loaders.formats.sqlite import metadata, sqlite
from loaders.formats.timelinejs import timelinejs_csv, timelinejs_json
from loaders.model import Blog, Record, is_time_zone, parts
from loaders.own_entries import FILES, QUESTIONS
from loaders.registry import Story
from loaders.schema import TABLES
from loaders.selection import known_only
from loaders.sentences import file_name, phrases, zone_of
from loaders.sources.decoding import file_content
from loaders.table_checks import check_tables
from loaders.unzipping import is_zip, unzipped

DESCRIPTION = "datapackage.json"
PAGE = "index.html"
FORMAT = 1
"""Raised when what a package holds changes so that an older Dateline would misread it."""
_STORY = "story"
_DEEPEST = 50
_LARGEST_DESCRIPTION = 8 * 1024 * 1024
_ADVICE = "download the package again; what was changed by hand is better changed in the story"
_WRITERS = {
    "timelinejs.json": timelinejs_json,
    "timelinejs.csv": timelinejs_csv,
    "places.geojson": geojson,
    "liveblog.jsonld": live_blog,
    "record.sqlite": sqlite,
    "datasette.json": metadata,
}


@dataclass(frozen=True)
class Package:
    """What an opened package holds: the record, the story's settings, and the view it was made from.

    `page` is the name the page had, which this one may not have.
    """

    record: Record
    story: Story
    page: str = ""
    filters: Filters = field(default_factory=Filters)


# --- writing ------------------------------------------------------------------------------------------


def package_bytes(package: Package, *, own_files: Mapping[str, bytes] | None = None) -> bytes:
    """A package as a zip: of the whole record, or of what the view's filters keep of it.

    Args:
        package: The whole record, its settings, and the view.
        own_files: The files of the story's folder by their names; they go in where nothing is filtered.
    """
    whole, filters = package.record, package.filters
    said = sentence(whole, filters)
    record = excerpt_of(whole, filters) if is_filtered(filters) else whole
    shown = replace(filters, story="", zone=zone_of(whole, filters))
    is_cut = isinstance(record, Excerpt)
    contents = dict(
        _contents(
            replace(package, record=record), said if is_cut else "", {} if is_cut else dict(own_files or {})
        )
    )
    created = _created(record)
    described = datapackage(
        record,
        contents,
        sentence=said,
        created=created,
        own=_own(replace(package, record=record, filters=shown), said),
        own_of_tables={name: _own_of_table(record, name) for name in TABLES},
    )
    return zip_bytes([(DESCRIPTION, described), *contents.items()], dated=created)


def _contents(package: Package, said: str, own_files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    record = package.record
    yield PAGE, offline_page(record, sentence=said, settings=package.story)
    for name, write in _WRITERS.items():
        yield name, write(record, sentence=said)
    yield SOURCE_NAME, record.text.encode("utf-8", "replace")
    for name, rows in record.tables():
        yield f"{RAW}/{name}.csv", csv_bytes(name, rows)
    for name, rows in record.tables():
        yield f"{SAFE}/{name}.csv", csv_bytes(name, rows, spreadsheet=True)
    for name, data in own_files.items():
        yield f"{_STORY}/{name}", data


def _created(record: Record) -> datetime | None:
    """When the page was read; where nobody knows, when its newest post was posted."""
    if record.blog.read_at:
        return record.blog.read_at
    posted = record.posts["posted_at"].max()
    return posted.to_pydatetime() if isinstance(posted, pd.Timestamp) else None


def _own(package: Package, said: str) -> dict[str, object]:
    blog = package.record.blog
    return {
        "format": FORMAT,
        "version": __version__,
        "shown": said,
        "view": {"page": package.page, "query": to_query(package.filters)},
        "blog": {
            "title": blog.title,
            "outlet": blog.outlet,
            "url": blog.url,
            "zone": blog.zone,
            "read_at": blog.read_at.isoformat() if blog.read_at else None,
        },
        "story": package.story.model_dump(mode="json", exclude_defaults=True),
    }


def _own_of_table(record: Record, name: str) -> dict[str, object]:
    """Of an excerpt's table: which filters had a meaning for it, and the rows they do not keep."""
    if not isinstance(record, Excerpt):
        return {}
    keys = getattr(record, name)[TABLES[name].key]
    return {
        "filtered_by": sorted(record.applied[name]),
        "only_referred_to": [key for key in keys if key not in record.kept[name]],
    }


def package_name(story: str, record: Record, table: str, filters: Filters) -> str:
    """A file's name that says the story and how it is filtered, in the words of the table that is shown."""
    table = next((name for name in (table, *TABLES) if phrases(record, name, filters)), table)
    return file_name(story, record, table, filters, "zip").replace(f"_{table}", "_package", 1)


def story_files(folder: Path, story: Story) -> dict[str, bytes]:
    """The files a story's folder is made of, by their names.

    Raises:
        SourceError: One of them cannot be read.
    """
    names = ("story.yaml", story.source, "corrections.yaml", *FILES, QUESTIONS)
    own = (name for name in names if name == Path(name).name and (folder / name).is_file())
    return {name: file_content(folder / name) for name in own}


def settings_of(blog: Blog, source: str) -> Story:
    """What a story.yaml would say of a blog that has none."""
    return Story(
        title=blog.title.strip() or "A live blog",
        outlet=blog.outlet.strip() or "an outlet it does not name",
        source=source.strip() or "pasted text",
        read_at_basis="When the page was read is as the page itself says." if blog.read_at else "",
    )


# --- opening ------------------------------------------------------------------------------------------


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
