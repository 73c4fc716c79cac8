"""Drafts a story's folder from a live blog: the source, what was found as proposals, what is open as questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePath

from loaders import draft_heads as heads
from loaders import yaml_text
from loaders.errors import ClockError
from loaders.model import Blog, Record
from loaders.open_questions import open_questions
from loaders.own_entries import QUESTIONS, OwnEntries, Proposal, Question
from loaders.proposals import Excerpts, proposals
from loaders.record import STAGES, Progress, find_all, silent
from loaders.registry import registries
from loaders.sources import read_source_text
from loaders.tables import record_of

NO_TITLE, NO_OUTLET = "Untitled live blog", "Outlet not known"
_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in for a moment nobody gave, so that names can be found; no time that hangs on it is written."""
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")
_HEADS = {"people.yaml": heads.PEOPLE, "places.yaml": heads.PLACES, "organizations.yaml": heads.ORGANIZATIONS}


@dataclass(frozen=True)
class Draft:
    """A drafted story: the content of each file by its name, and what it holds."""

    files: Mapping[str, bytes]
    record: Record
    own: OwnEntries
    questions: tuple[Question, ...]


def draft_story(
    content: bytes,
    *,
    name: str,
    read_at: datetime | None = None,
    zone: str = "",
    progress: Progress = silent,
) -> Draft:
    """The folder of a story, as far as the source and the rules tell.

    Args:
        content: The source file, in any of the formats.
        name: Its name, for the errors; the copy keeps its ending.
        read_at: When the page was read (aware). Where ages need it and nobody says it, it becomes a question.
        zone: The page's IANA zone, for stamps that name none.
        progress: Told the name of each stage as it begins.

    Raises:
        SourceError: The source cannot be read as a live blog.
    """
    blog, is_timed = _read(content, name, read_at, zone)
    found = find_all(blog, progress=progress)
    progress(STAGES[-1])
    record, excerpts = record_of(found), Excerpts(blog)
    own = proposals(found, record, registries(), excerpts)
    questions = (*_of_the_page(blog, is_timed), *open_questions(found, record, excerpts))
    source = f"source{suffix if _SUFFIX.fullmatch(suffix := PurePath(name).suffix.lower()) else '.txt'}"
    written = {
        "story.yaml": _story(
            blog if is_timed else replace(blog, read_at=None), source, is_given=bool(read_at)
        ),
        "corrections.yaml": heads.CORRECTIONS,
        **{file: _HEADS[file] + _listed(entries) for file, entries in own.by_file.items()},
        QUESTIONS: heads.QUESTIONS + _listed(questions),
    }
    files = {source: content, **{file: text.encode() for file, text in written.items()}}
    return Draft(files, record, own, questions)


def _read(content: bytes, name: str, read_at: datetime | None, zone: str) -> tuple[Blog, bool]:
    """The blog, and whether its times are known: not where ages count from a moment that nobody gave."""
    try:
        return read_source_text(content, name=name, read_at=read_at, zone=zone), True
    except ClockError:
        if read_at is not None:
            raise
        return read_source_text(content, name=name, read_at=_ANY_MOMENT, zone=zone), False


def _of_the_page(blog: Blog, is_timed: bool) -> Iterator[Question]:
    """What the page does not say of itself."""
    if not is_timed:
        yield _of_story("When was the page read? Its stamps count from that moment", "read_at")
    if not blog.title:
        yield _of_story("What is the page's title?", "title")
    if not blog.outlet:
        yield _of_story("Which outlet's page is it?", "outlet")
    if not blog.url:
        yield _of_story("What is the page's address?", "url")


def _of_story(question: str, key: str) -> Question:
    return Question(question=question, advice=f"fill in {key} in story.yaml, then delete this question")


def _story(blog: Blog, source: str, *, is_given: bool) -> str:
    basis = "the page itself says when it was updated" if blog.read_at else ""
    said: dict[str, object] = {
        "title": blog.title.strip() or NO_TITLE,
        "outlet": blog.outlet.strip() or NO_OUTLET,
        "url": blog.url,
        "source": source,
        "read_at": blog.read_at,
        "read_at_basis": "given when the story was drafted" if is_given else basis,
        "zone": blog.zone,
        "standfirst": "",
        "notes": [],
    }
    return heads.STORY + "".join(
        f"{key}: {yaml_text.scalar(value)}".rstrip() + "\n" for key, value in said.items()
    )


def _listed(entries: Iterable[Proposal | Question]) -> str:
    return "".join(f"\n{yaml_text.entry(_stated(entry))}" for entry in entries)


def _stated(entry: Proposal | Question) -> dict[str, object]:
    """The keys of an entry that say something, and those to be filled in; those of a proposal last."""
    last = () if isinstance(entry, Question) else tuple(Proposal.model_fields)
    keys = [key for key in type(entry).model_fields if key not in last]
    values = {key: getattr(entry, key) for key in (*keys, *last)}
    unsettled = {"latitude", "longitude", *(["answer"] if values.get("column") else [])}
    return {key: value for key, value in values.items() if value or key in unsettled}
