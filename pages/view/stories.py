"""The stories there are, and each one's record: loaded once, the same for every reader."""

from __future__ import annotations

import streamlit as st

import loaders
from loaders.model import Record
from loaders.registry import DATA, Story, read_yaml
from pages.view.parties import Parties, parties_of

FOLDER = DATA / "stories"


def slugs() -> list[str]:
    """The names of the story folders, in alphabetical order."""
    return sorted(entry.name for entry in FOLDER.iterdir() if (entry / "story.yaml").is_file())


def load(slug: str) -> tuple[Record, Parties, Story]:
    """A story's record, parties and what its story.yaml says; read again only when one of its files, a registry or a word list changed.

    Raises:
        LoaderError: What is wrong with the story.
    """
    read = (FOLDER / slug, DATA / "registry", DATA / "vocabulary")
    changed = tuple(entry.stat().st_mtime_ns for folder in read for entry in sorted(folder.iterdir()))
    return _loaded(slug, changed)


@st.cache_resource(show_spinner=False, max_entries=16)
def _loaded(slug: str, changed: tuple[int, ...]) -> tuple[Record, Parties, Story]:
    record = loaders.load_story(FOLDER / slug)
    story: Story = read_yaml(FOLDER / slug / "story.yaml", Story)
    return record, parties_of(record), story
