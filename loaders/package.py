"""The story package: one zip of a record in every format, with the filters and the view it was made from.

    datapackage.json  what every file is (Data Package 2.0); under "dateline" the story's settings and the view
    index.html        the story as one page that needs no network
    source.txt        the text the spans count characters of
    tables/           every table, raw; what is read when the package is opened
    spreadsheet/      the same, in which nothing is run by a spreadsheet
    and the record as TimelineJS, GeoJSON, JSON-LD and SQLite read it; for a whole story, under story/, its own folder

The same record always gives the same bytes; what differs between two packages is what differs between two records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pandas as pd

from loaders import __version__
from loaders.excerpts import excerpt_of, is_filtered, sentence
from loaders.export import SOURCE_NAME, csv_bytes, zip_bytes
from loaders.filters import Excerpt, Filters, to_query
from loaders.formats.datapackage import RAW, SAFE, datapackage
from loaders.formats.geojson import geojson
from loaders.formats.jsonld import live_blog
from loaders.formats.offline_page import offline_page
from loaders.formats.sqlite import metadata, sqlite
from loaders.formats.timelinejs import timelinejs_csv, timelinejs_json
from loaders.model import Blog, Record
from loaders.own_entries import FILES, QUESTIONS
from loaders.registry import Story
from loaders.schema import TABLES
from loaders.sentences import file_name, phrases, zone_of
from loaders.sources.decoding import file_content

DESCRIPTION = "datapackage.json"
PAGE = "index.html"
FORMAT = 1
"""Raised when what a package holds changes so that an older Dateline would misread it."""
_STORY = "story"
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
