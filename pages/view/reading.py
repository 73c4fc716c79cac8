"""Reads what somebody pasted or uploaded: bounded in size and time, and every failure in plain words."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from loaders.errors import ClockError, LoaderError, SourceError
from loaders.filters import shortened
from loaders.model import Blog, Record
from loaders.package import Package, settings_of
from loaders.record import STAGES, build_record
from loaders.registry import Story
from loaders.settings import DATA
from loaders.sources import read_source_text
from loaders.unpacking import is_package, read_package
from pages.view.opened import refuse_more_than_fits
from pages.view.stories import Told, told

LARGEST_MB = 10
LONGEST = 300
"""Seconds after which a reading is given up, at its next stage."""
STEPS = ("the page itself", *STAGES)
"""What a reading does, in order."""

_SAMPLE = DATA / "sample" / "blog.txt"
_SAMPLE_OUTLET = "Dateline’s own sample"
_INVENTED = "An invented sample: nobody in it is real, and none of it happened."
_TITLE = 70
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Given:
    """What a reader gave to be read: a pasted text or a file's bytes; `name` is the file's, empty for a text."""

    content: str | bytes
    name: str = ""
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class ReadTime:
    """When the page was read, as the reader says: an aware instant, and the IANA zone of that clock."""

    at: datetime
    zone: str


def sample() -> Given:
    """The invented live blog that anybody can try."""
    return Given(_SAMPLE.read_text(encoding="utf-8"), is_sample=True)


def asks_when_read(error: LoaderError) -> bool:
    """Whether all that is missing is the moment the page was read."""
    return isinstance(error, ClockError) and error.entry == "read_at"


def read(given: Given, when: ReadTime | None, progress: Callable[[str], None]) -> Told:
    """What is told of the blog somebody gave.

    Args:
        given: The text or file.
        when: When the page was read; None where nobody was asked.
        progress: Told each of `STEPS` as it begins.

    Raises:
        LoaderError: What is wrong, whatever it was; `asks_when_read` tells whether `when` would mend it.
    """
    try:
        return _read(given, when, _within(LONGEST, progress))
    except LoaderError:
        raise
    except Exception:
        _log.exception("an opened blog could not be read")
        raise LoaderError(
            "this could not be read, and the fault is Dateline’s, not yours",
            advice="try the page’s text, pasted, instead of its file, or a part of it; what went wrong was noted",
        ) from None


def _read(given: Given, when: ReadTime | None, progress: Callable[[str], None]) -> Told:
    _refuse_too_large(given.content)
    progress(STEPS[0])
    if isinstance(given.content, bytes) and is_package(given.content):
        return _opened(read_package(given.content))
    read_at, zone = (when.at, when.zone) if when else (None, "")
    blog = read_source_text(given.content, name=given.name, read_at=read_at, zone=zone)
    refuse_more_than_fits(len(blog.text))
    if all(post.clock != "absolute stamp" for post in blog.records):
        # Only stamps without a zone need the reader's: "Tuesday" is meant where the story is, not where it is read.
        blog = replace(blog, zone="" if zone else blog.zone)
    outlet = _SAMPLE_OUTLET if given.is_sample else blog.outlet
    record = build_record(replace(blog, title=_title(blog, given.name), outlet=outlet), progress=progress)
    return told(record, _settings(record, given, when))


def _opened(package: Package) -> Told:
    """A package as it was packed: its tables, its settings, and the view it was made from."""
    refuse_more_than_fits(len(package.record.text))
    story = told(package.record, package.story)
    return replace(story, first_page=package.page, first_filters=package.filters)


def _refuse_too_large(content: str | bytes) -> None:
    size = len(content) if isinstance(content, bytes) else len(content.encode("utf-8", "replace"))
    if size > LARGEST_MB * 1024 * 1024:
        raise SourceError(
            "this is too large for one live blog",
            value=f"{size / 1024 / 1024:.1f} MB",
            allowed=f"up to {LARGEST_MB} MB",
            advice="paste the text of the page, or a part of it",
        )


def _within(seconds: float, progress: Callable[[str], None]) -> Callable[[str], None]:
    """Progress that ends a reading which has taken longer than it may."""
    began = time.monotonic()

    def told_in_time(step: str) -> None:
        if time.monotonic() - began > seconds:
            raise SourceError(
                f"this takes more than {seconds / 60:.0f} minutes to read", advice="open a part of it"
            )
        progress(step)

    return told_in_time


def _title(blog: Blog, name: str) -> str:
    """What the blog is called: its own title, else its file's name, else by its first headline."""
    if title := shortened(blog.title, 200) or shortened(Path(name).stem, _TITLE):
        return title
    headline = next((post.headline.of(blog.text) for post in blog.records if post.headline), "")
    more = len(blog.records) - 1
    others = f" and {more} more post{'' if more == 1 else 's'}" if more else ""
    return f"“{shortened(headline, _TITLE)}”{others}" if headline else f"A live blog of {more + 1} posts"


def _settings(record: Record, given: Given, when: ReadTime | None) -> Story:
    """What a story.yaml would say of the blog."""
    settings = settings_of(record.blog, given.name)
    basis = "When the page was read is as whoever opened it said." if when else settings.read_at_basis
    standfirst = _INVENTED if given.is_sample else ""
    return settings.model_copy(update={"read_at_basis": basis, "standfirst": standfirst})
