"""The words that stamps are made of, as data/vocabulary/stamps.yaml gives them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field

from loaders.settings import Entry, Said, Zone, read_words

Word = Annotated[Said, AfterValidator(str.casefold)]
"""A word without its case, which matters nowhere in a stamp."""


class Unit(Entry):
    """A unit of time and the words for it."""

    seconds: Annotated[int, Field(gt=0)]
    names: tuple[Word, ...]


class ZoneWord(Entry):
    """Words for a zone: the IANA zones they are used for, and the offset where they fix it."""

    names: tuple[Word, ...]
    zone: tuple[Zone, ...]
    offset: Annotated[str, Field(pattern=r"^([+-]\d\d:\d\d)?$")] = ""


class StampWords(Entry):
    """data/vocabulary/stamps.yaml; its header comment documents every field."""

    units: tuple[Unit, ...]
    counts: Mapping[Word, int]
    ago: tuple[Word, ...]
    now: tuple[Word, ...]
    updated: tuple[Word, ...]
    posted: tuple[Word, ...]
    fillers: tuple[Word, ...]
    twelve: Mapping[Word, Annotated[int, Field(ge=0, le=23)]]
    of_clock: tuple[Word, ...]
    months: Mapping[Word, Annotated[int, Field(ge=1, le=12)]]
    weekdays: Mapping[Word, Annotated[int, Field(ge=0, le=6)]]
    days: Mapping[Word, int]
    zones: tuple[ZoneWord, ...]
    furniture: tuple[Word, ...]
    buttons: tuple[Word, ...]
    summaries: Mapping[Word, Word]


@cache
def stamp_words() -> StampWords:
    """The vocabulary of stamps, read once."""
    return read_words("stamps", StampWords)
