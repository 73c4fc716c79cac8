"""The stories there are, and what is told of each: loaded once, the same for every reader."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import streamlit as st

import loaders
from loaders.drawing.parties import Parties, parties_of
from loaders.drawing.rows import ByKind, by_kind, kind_of, name_of
from loaders.errors import LoaderError
from loaders.filters import Filters
from loaders.model import Record
from loaders.registry import Story
from loaders.sentences import zone_of
from loaders.settings import DATA, read_yaml

FOLDER = DATA / "stories"


@dataclass(frozen=True)
class Told:
    """A story: its record, its settings, and what pages look up in it again and again.

    `rows` holds the rows a page can show one of, by kind (a key of `ROWS`) and id; `zone` is the clock
    shown unless another is asked for. `folder` is the story's own, `first_page` and `first_filters` the view
    it is opened in: both only where there is one.
    """

    record: Record
    settings: Story
    parties: Parties
    rows: ByKind
    zone: str
    folder: Path | None = None
    first_page: str = ""
    first_filters: Filters = field(default_factory=Filters)

    def kind(self, key: str) -> str:
        """What an id is the id of: person, organization or place; empty where it is none of them."""
        return kind_of(self.rows, key)

    def name(self, key: str) -> str:
        """The name of a person, organization or place; the id itself where it is none of them."""
        return name_of(self.rows, key)


def told(record: Record, settings: Story) -> Told:
    """A record as pages use it."""
    return Told(record, settings, parties_of(record), by_kind(record), zone_of(record, Filters()))


def slugs() -> list[str]:
    """The names of the story folders, in alphabetical order."""
    return sorted(entry.name for entry in FOLDER.iterdir() if (entry / "story.yaml").is_file())


def titles() -> dict[str, str]:
    """The title of each story by the name of its folder; that name where its story.yaml cannot be read."""
    files = {slug: FOLDER / slug / "story.yaml" for slug in slugs()}
    return {slug: _title(slug, file.stat().st_mtime_ns) for slug, file in files.items()}


@st.cache_data(show_spinner=False, max_entries=200)
def _title(slug: str, changed: int) -> str:
    try:
        story: Story = read_yaml(FOLDER / slug / "story.yaml", Story)
    except LoaderError:
        return slug
    return story.title


def load(slug: str) -> Told:
    """What is told of a story; read again only when one of its files, a registry or a word list changed.

    Raises:
        LoaderError: What is wrong with the story.
    """
    read = (FOLDER / slug, DATA / "registry", DATA / "vocabulary")
    changed = tuple(entry.stat().st_mtime_ns for folder in read for entry in sorted(folder.iterdir()))
    return _loaded(slug, changed)


@st.cache_resource(show_spinner=False, max_entries=16)
def _loaded(slug: str, changed: tuple[int, ...]) -> Told:
    with _no_collection():
        settings: Story = read_yaml(FOLDER / slug / "story.yaml", Story)
        story = replace(told(loaders.load_story(FOLDER / slug), settings), folder=FOLDER / slug)
    _keep_for_good()
    return story


@contextmanager
def _no_collection() -> Iterator[None]:
    """Puts garbage collection off.

    Nearly all that reading a story makes stays; looking through it again and again is a third of the time that the
    first reader of a server waits for it.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _keep_for_good() -> None:
    """Exempts all that lives by now, modules and story, from garbage collection: it would be looked through in vain."""
    gc.collect()
    gc.freeze()
