"""The command line: `build` writes tables, `draft` a story, `package` a zip, `archive` many tables; `check` checks."""

from __future__ import annotations

import argparse
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from loaders.archive.extras import BUILDING, require
from loaders.arguments import parser
from loaders.checking import checks
from loaders.clock import zone_named
from loaders.draft import NO_TITLE, Draft, draft_story
from loaders.errors import ClockError, LoaderError, SourceError
from loaders.excerpts import sentence
from loaders.export import SOURCE_NAME, write_tables
from loaders.filters import from_query
from loaders.model import Record
from loaders.own_entries import QUESTIONS
from loaders.package import Package, package_bytes, settings_of, story_files
from loaders.record import STAGES, build_record, load_story
from loaders.registry import Story
from loaders.schema import TABLES
from loaders.selection import known_only
from loaders.settings import read_yaml
from loaders.sources import errors_naming, read_source_text
from loaders.sources.decoding import file_content
from loaders.table_checks import check_record
from loaders.unpacking import is_package, read_package
from loaders.writing import write_file, write_folder

PROBLEMS_SHOWN = 5
FAILED = 2
"""The exit status of every error."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status of the command line, after doing what it says.

    Args:
        arguments: The words after `python -m loaders`; None for the process's own.
    """
    _write_what_cannot_be_encoded()
    given = parser().parse_args(arguments)
    try:
        return _COMMANDS[given.command](given)
    except LoaderError as error:
        return _failed(str(error))
    except OSError as error:
        return _failed(f"{error.filename or 'a file'}: {error.strerror or error}")


# --- build --------------------------------------------------------------------------------------------------


def _build(given: argparse.Namespace) -> int:
    record = _record(given)
    check_record(record)
    folder = given.out.resolve()
    _written(lambda: write_tables(record, folder), folder, force=given.force)
    print(_summary(record))
    print(f"{len(TABLES)} tables and {SOURCE_NAME} in {given.out}")
    return 0


def _record(given: argparse.Namespace) -> Record:
    return _packed(given).record


def _packed(given: argparse.Namespace) -> Package:
    """What is to be read, as a package holds it: a story's folder, a package, or any file with a live blog."""
    source: Path = given.source
    with _Progress() as progress:
        if source.is_dir():
            _refuse_settings(given)
            story: Story = read_yaml(source / "story.yaml", Story)
            return Package(load_story(source, progress=progress), story)
        with errors_naming(str(source)):
            content = file_content(source)
            if is_package(content):
                _refuse_settings(given)
                return read_package(content)
        zone = given.zone or ""
        with errors_naming(str(source)):
            blog = read_source_text(content, read_at=_read_at(given.read_at, zone), zone=zone)
        return Package(build_record(blog, progress=progress), settings_of(blog, source.name))


def _refuse_settings(given: argparse.Namespace) -> None:
    if given.source.is_dir() and not (given.source / "story.yaml").exists():
        raise SourceError(
            "this folder is no story",
            file=given.source,
            allowed="a folder with story.yaml, or one file",
            advice="name the file to read",
        )
    if given.read_at or given.zone:
        raise ClockError(
            "a story says itself when its page was read, and in which zone",
            file=given.source / "story.yaml" if given.source.is_dir() else given.source,
            value=given.read_at or given.zone,
            advice="leave out --read-at and --zone, or change read_at and zone there",
        )


def _read_at(written: str | None, zone: str) -> datetime | None:
    """The instant the page was read; local to `zone` where it has no offset of its own."""
    if zone:
        zone_named(zone)
    if not written:
        return None
    try:
        read_at = datetime.fromisoformat(written)
    except ValueError:
        raise _no_instant("this is no time", written) from None
    if read_at.tzinfo is None and not zone:
        raise _no_instant("this time has no offset from UTC", written)
    return read_at if read_at.tzinfo else read_at.replace(tzinfo=zone_named(zone))


def _no_instant(what: str, written: str) -> ClockError:
    return ClockError(
        what,
        entry="--read-at",
        value=written,
        allowed="ISO 8601 with an offset, such as 2023-09-13T01:23-04:00, or local with --zone",
    )


def _written(write: Callable[[], object], folder: Path, *, force: bool) -> None:
    """Writes a folder; with `force` what stands in the way is moved aside first."""
    try:
        write()
    except LoaderError:
        if not (force and folder.exists()):
            raise
        _replaced(write, folder)


def _replaced(write: Callable[[], object], folder: Path) -> None:
    aside = _aside(folder)
    try:
        write()
    except LoaderError:
        aside.rename(folder)
        raise
    print(f"what was in {folder} is now in {aside}", file=sys.stderr)


def _aside(folder: Path) -> Path:
    """Moves a folder or file to the first free name beside it, and returns that name."""
    names = (folder.with_name(f"{folder.name}.before{number or ''}") for number in range(1000))
    aside = next(name for name in names if not name.exists())
    return folder.rename(aside)


def _summary(record: Record) -> str:
    """What the record holds: its title, the rows of each table, the first problems."""
    blog = record.blog
    title = f"{blog.title or 'A live blog'}{f' ({blog.outlet})' if blog.outlet else ''}"
    kinds = {"quotes": "quote_type", "events": "status"}
    counts = [
        f"  {name:<14}{len(rows):>6}  {_by(rows[kinds[name]]) if name in kinds else ''}".rstrip()
        for name, rows in record.tables()
    ]
    return "\n".join([title, *counts, *_problems(record)])


def _by(cells: Iterable[str]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in Counter(cells).most_common())


def _problems(record: Record) -> list[str]:
    told = zip(record.problems["what"], record.problems["advice"], strict=True)
    shown = [f"  problem: {what}; {advice}" for what, advice in told]
    more = len(shown) - PROBLEMS_SHOWN
    return [*shown[:PROBLEMS_SHOWN], *([f"  and {more} more in problems.csv"] if more > 0 else [])]


# --- package ------------------------------------------------------------------------------------------------


def _package(given: argparse.Namespace) -> int:
    package = _packed(given)
    check_record(package.record)
    if given.view:
        package = _with_view(package, given.view)
    own_files = story_files(given.source, package.story) if given.source.is_dir() else {}
    data = package_bytes(package, own_files=own_files)
    path = given.out.resolve()
    _written(lambda: write_file(data, path, may_replace=_was_package), path, force=given.force)
    print(package.record.blog.title or NO_TITLE)
    print(f"  {sentence(package.record, package.filters)}")
    print(f"{len(data):,} bytes in {given.out}")
    return 0


def _with_view(package: Package, link: str) -> Package:
    """The package with the view a link shows; a value that means nothing is refused, since it would widen the view."""
    parts = urlsplit(link if "?" in link else f"?{link}")
    filters, said = from_query(parse_qs(parts.query))
    filters, unknown = known_only(filters, package.record)
    if wrong := [*said, *unknown]:
        what = wrong[0].removesuffix(" It was left out.")
        raise LoaderError(what, entry="--view", value=link, advice="copy the link from the page again")
    return replace(package, page=parts.path.rstrip("/").rpartition("/")[2], filters=filters)


def _was_package(content: bytes) -> bool:
    try:
        read_package(content)
    except LoaderError:
        return False
    return True


# --- draft --------------------------------------------------------------------------------------------------


def _draft(given: argparse.Namespace) -> int:
    zone, folder = given.zone or "", given.out.resolve()
    with _Progress() as progress:
        draft = draft_story(
            file_content(given.source),
            name=str(given.source),
            read_at=_read_at(given.read_at, zone),
            zone=zone,
            progress=progress,
        )
    _written(lambda: write_folder(draft.files, folder), folder, force=given.force)
    print(_draft_summary(draft, given.out))
    return 0


def _draft_summary(draft: Draft, folder: Path) -> str:
    """What was found, how much of it asks to be confirmed, and what to do next."""
    record, own = draft.record, draft.own
    found = [
        f"  {name:<14}{len(rows):>6}{f'  {len(new)} to confirm in {file}' if new else ''}"
        for name, rows, new, file in (
            ("posts", record.posts, (), ""),
            ("people", record.people, own.people, "people.yaml"),
            ("organizations", record.organizations, own.organizations, "organizations.yaml"),
            ("locations", record.locations, own.places, "places.yaml"),
            ("quotes", record.quotes, (), ""),
            ("events", record.events, (), ""),
        )
    ]
    asked = [question.question for question in draft.questions if not question.column and not question.rows]
    return "\n".join(
        [
            record.blog.title or NO_TITLE,
            *found,
            f"  {'questions':<14}{len(draft.questions):>6}  in {QUESTIONS}",
            *(f"  not found: {question}" for question in asked),
            f"{folder} is drafted, and nothing in it is confirmed yet. Next:",
            "  1. story.yaml: see that title, outlet and read_at are right",
            "  2. people.yaml, places.yaml, organizations.yaml: change proposed to confirmed, or to wrong",
            f"  3. {QUESTIONS}: answer what you know, leave the rest",
            f"  4. python -m loaders check {folder}",
        ]
    )


# --- check --------------------------------------------------------------------------------------------------


def _check(given: argparse.Namespace) -> int:
    wrong = 0
    for check in checks(given.folder):
        try:
            print(f"{check.subject}: {check.run()}")
        except LoaderError as error:
            wrong += 1
            _failed(f"{check.subject}: {error}" if check.subject not in str(error) else str(error))
    print("ok" if not wrong else f"{wrong} of these are wrong")
    return FAILED if wrong else 0


# --- archive ------------------------------------------------------------------------------------------------


def _archive(given: argparse.Namespace) -> int:
    require(BUILDING)
    from loaders.archive.command import archive

    return archive(given)


# --- what is said -------------------------------------------------------------------------------------------


class _Progress:
    """Says on a terminal which stage is at work, on one line that is gone in the end."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()

    def __call__(self, stage: str) -> None:
        if self._is_shown:
            at = STAGES.index(stage) + 1 if stage in STAGES else 0
            print(f"\r\033[K{at}/{len(STAGES)} {stage} …", end="", file=sys.stderr, flush=True)

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "build": _build,
    "draft": _draft,
    "package": _package,
    "check": _check,
    "archive": _archive,
}


def _failed(message: str) -> int:
    print(f"dateline: {message}", file=sys.stderr)
    return FAILED


def _write_what_cannot_be_encoded() -> None:
    """Lets a terminal without Hangul or curly quotes show question marks instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
