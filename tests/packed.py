"""The first story and what tests make of it, for all that packs a record or reads a package."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd

from loaders import load_story
from loaders.filters import Filters
from loaders.model import Record
from loaders.package import Package, package_bytes, story_files
from loaders.registry import Story
from loaders.schema import DTYPES
from loaders.settings import read_yaml

FOLDER = Path(__file__).resolve().parent.parent / "data" / "stories" / "kim-putin-2023"
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "&lt;img src=x onerror=alert(1)&gt;",
    '=HYPERLINK("https://example.org","a")',
    "+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\u200b=1",
    "[x](javascript:alert(1))",
    "\u202eabc\u2066",
    "a\x00b",
    "a\ud800b",
    "a\r\nb\u2028c",
    "'; DROP TABLE events; --",
    '" onload="alert(1)',
]


@cache
def first_story() -> Record:
    return load_story(FOLDER)


@cache
def first_settings() -> Story:
    story: Story = read_yaml(FOLDER / "story.yaml", Story)
    return story


@cache
def whole() -> bytes:
    """The package of the first story."""
    package = Package(first_story(), first_settings(), "overview")
    return package_bytes(package, own_files=story_files(FOLDER, first_settings()))


@cache
def part(page: str, filters: Filters) -> bytes:
    """A package of what filters keep of the first story."""
    return package_bytes(Package(first_story(), first_settings(), page, filters))


def hostile(words: str) -> Record:
    """The first story with these words wherever a text does not come from the source itself."""
    record = first_story()
    return replace(record, blog=replace(record.blog, title=words, outlet=words)).with_tables(
        events=_saying(record.events, words, "title"),
        locations=_saying(record.locations, words, "name", "native_name"),
        people=_saying(record.people, words, "name", "role"),
        organizations=_saying(record.organizations, words, "name"),
        quotes=_saying(record.quotes, words, "speaker", "via"),
        posts=_saying(record.posts, words, "headline"),
    )


def _saying(rows: pd.DataFrame, words: str, *columns: str) -> pd.DataFrame:
    """The rows with these words in these columns; lone surrogates too, which a column made by pandas cannot hold."""
    return rows.assign(**{name: pd.array([words] * len(rows), dtype=DTYPES["text"]) for name in columns})
