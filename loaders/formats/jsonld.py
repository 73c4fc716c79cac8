"""`liveblog.jsonld`: the posts as a schema.org LiveBlogPosting, with times only where they are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from loaders.formats.values import Row, json_bytes, plain, rows_of, without_empty
from loaders.model import LIST_SEPARATOR, Record, iso, web_address

_HEAD_LINES = 3
"""The lines of a post in which its headline, byline and stamp can stand."""


def live_blog(record: Record, *, sentence: str = "") -> bytes:
    """The posts of a record as JSON-LD.

    A post whose time is only bounded has no `datePublished`; its bounds stand in `temporalCoverage`. Where a post
    has no address of its own, it is an anchor of the page.

    Args:
        record: The record, or an excerpt.
        sentence: What is shown, where it is not all of the story.
    """
    posts = list(rows_of(record, "posts"))
    blog = record.blog
    address = web_address(plain(blog.url)) or ""
    times = sorted(row["posted_at"] for row in posts if row["posted_at"])
    about = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "@id": address,
        "url": address,
        "headline": plain(blog.title),
        "abstract": plain(sentence),
        "publisher": _named("Organization", blog.outlet),
        "isBasedOn": address,
        "coverageStartTime": times[0] if times else None,
        "coverageEndTime": times[-1] if times else None,
        "dateModified": iso(blog.read_at) if blog.read_at else None,
        "contentLocation": list(_places(record)),
    }
    return json_bytes(
        {**without_empty(about), "liveBlogUpdate": [_post(record, row, address) for row in posts]}
    )


def _post(record: Record, row: Row, page: str) -> dict[str, Any]:
    bounds = [row["posted_from"], row["posted_to"]]
    found = {
        "@type": "BlogPosting",
        "@id": f"{page}#{quote(row['post_id'] or '')}",
        "url": web_address(row["url"] or ""),
        "headline": row["headline"],
        "datePublished": row["posted_at"],
        "temporalCoverage": None if row["posted_at"] or not all(bounds) else "/".join(bounds),
        "author": [_named("Person", name) for name in (row["reporters"] or "").split(LIST_SEPARATOR) if name],
        "articleBody": body(record, row),
    }
    return without_empty(found)


def body(record: Record, row: Row) -> str:
    """The words of a post without its headline, byline and stamp, a paragraph a line."""
    heads = {row["headline"], row["byline"], row["age"]} - {None}
    lines = plain(record.text[row["start"] : row["end"]]).split("\n")
    return "\n".join(
        line for number, line in enumerate(lines) if number >= _HEAD_LINES or line not in heads
    ).strip("\n")


def _places(record: Record) -> Iterator[Mapping[str, Any]]:
    """The places events happened at, which is more than to be mentioned."""
    where = {*record.events["location_id"], *record.events["destination_id"]}
    for row in rows_of(record, "locations"):
        if row["location_id"] in where:
            geo = {"@type": "GeoCoordinates", "latitude": row["latitude"], "longitude": row["longitude"]}
            known = row["latitude"] is not None and row["longitude"] is not None
            yield {**_named("Place", row["name"]), **({"geo": geo} if known else {})}


def _named(kind: str, name: str) -> dict[str, Any]:
    return {"@type": kind, "name": plain(name)} if name else {}
