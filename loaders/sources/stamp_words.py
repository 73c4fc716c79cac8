"""The words that stamps are made of, as data/vocabulary/stamps.yaml gives them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated

from pydantic import Field

from loaders.registry import DATA, Entry, Said, Zone, read_yaml


class Unit(Entry):
    """A unit of time and the words for it."""

    seconds: Annotated[int, Field(gt=0)]
    names: tuple[Said, ...]


class ZoneWord(Entry):
    """Words for a zone: the IANA zones they are used for, and the offset where they fix it."""

    names: tuple[Said, ...]
    zone: tuple[Zone, ...]
    offset: Annotated[str, Field(pattern=r"^([+-]\d\d:\d\d)?$")] = ""


class StampWords(Entry):
    """data/vocabulary/stamps.yaml; its header comment documents every field."""

    units: tuple[Unit, ...]
    counts: Mapping[str, int]
    ago: tuple[Said, ...]
    now: tuple[Said, ...]
    updated: tuple[Said, ...]
    posted: tuple[Said, ...]
    fillers: tuple[Said, ...]
    months: Mapping[str, Annotated[int, Field(ge=1, le=12)]]
    weekdays: Mapping[str, Annotated[int, Field(ge=0, le=6)]]
    days: Mapping[str, int]
    zones: tuple[ZoneWord, ...]
    furniture: tuple[Said, ...]


@cache
def stamp_words() -> StampWords:
    """The vocabulary of stamps, read once."""
    words: StampWords = read_yaml(DATA / "vocabulary" / "stamps.yaml", StampWords)
    return words
