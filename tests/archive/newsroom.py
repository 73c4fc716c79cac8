"""A newsroom's saved pages, invented, and what an archive made of them holds, read by other people's tools."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pandas as pd

from loaders.archive.building import Summary, build_archive
from loaders.archive.manifest import Manifest
from loaders.archive.reading import Document, read_batch, signature
from loaders.archive.running import Where
from loaders.archive.shape import ARCHIVE, document_id
from loaders.archive.writing import Archive, prepare

Post = tuple[str, str]


def page(
    outlet: str = "Harbor Post",
    day: str = "2024-01-02",
    posts: Sequence[Post] = (("Bridge closed", "“The bridge is closed,” said the mayor, Orla Fennimore."),),
) -> str:
    """A saved page with a live blog in it; each post is a headline and a body."""
    blog = {
        "@type": "LiveBlogPosting",
        "headline": f"A day of {outlet or 'news'}",
        "url": "https://news.example/live",
        "liveBlogUpdate": [
            {"@type": "BlogPosting", "headline": headline, "datePublished": f"{day}T10:{minute:02}:00Z", "articleBody": body}
            for minute, (headline, body) in enumerate(posts)
        ],
    }  # fmt: skip
    if outlet:
        blog["publisher"] = {"@type": "Organization", "name": outlet}
    return f'<html><head><script type="application/ld+json">{json.dumps(blog)}</script></head><body></body></html>'


AGES = "25 min ago\nBridge closed\nThe bridge is closed, the mayor said.\n\n40 min ago\nStorm nears\nA storm nears.\n"
"""A pasted text that does not say when it was read, and so cannot be read in an archive."""


def write(folder: Path, **pages: str) -> Path:
    """Writes pages by name (`__` for a folder, `_html` for the ending) into a folder."""
    for name, content in pages.items():
        stem, _, ending = name.replace("__", "/").rpartition("_")
        path = folder / f"{stem}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder


Build = Callable[..., Summary]


@contextmanager
def builder(address: str) -> Iterator[Build]:
    """What builds an archive on the cluster at an address."""

    def build(folder: Path, out: Path, **options: object) -> Summary:
        return build_archive(folder, out, where=Where(scheduler=address), **options)  # type: ignore[arg-type]

    yield build


def rows(archive: Path, table: str) -> pd.DataFrame:
    """The rows of a table as pandas reads its folder, in the order of their keys."""
    key = ARCHIVE[table].key
    if not (archive / table).is_dir():
        return pd.DataFrame({key: []})
    read = pd.read_parquet(archive / table)
    return read.astype({"outlet": str, "month": str}).sort_values(key, ignore_index=True)


def all_rows(archive: Path) -> dict[str, list[dict[str, object]]]:
    """Every row of every table, to compare two archives by."""
    return {
        table: rows(archive, table).astype(object).where(lambda cells: cells.notna(), None).to_dict("records")
        for table in ARCHIVE
    }


def directly(archive: Path, pages: Mapping[str, str]) -> Path:
    """An archive of these pages (by their paths), made in this process, without Dask."""
    documents = [
        Document(document_id(path.encode()), path, sha256(text.encode()).hexdigest(), text.encode())
        for path, text in pages.items()
    ]
    prepare(archive)
    with Manifest(archive, writing=True) as manifest:
        Archive(archive, manifest).take_in(read_batch(documents), signature(""))
    return archive
