"""Checks what people edit and what was written: YAML against its schema, stories, folders of tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loaders import vocabulary
from loaders.errors import LoaderError, SettingsError
from loaders.export import SOURCE_NAME, read_csv
from loaders.gazetteer import gazetteer
from loaders.model import Record
from loaders.own_entries import FILES, QUESTIONS, Question, read_own_entries, read_questions
from loaders.record import load_story
from loaders.registry import Organization, Person, Place, registries
from loaders.schema import TABLES, shown
from loaders.settings import DATA, read_yaml
from loaders.sources.bylines import byline_words
from loaders.sources.decoding import file_content
from loaders.sources.stamp_words import stamp_words
from loaders.table_checks import Tables, check_record, check_tables
from loaders.timex.vocabulary import time_words

VOCABULARIES: Mapping[str, Callable[[], object]] = {
    "bylines.yaml": byline_words,
    "cues.yaml": vocabulary.cues,
    "events.yaml": vocabulary.events,
    "language.yaml": vocabulary.language,
    "metonyms.yaml": vocabulary.metonyms,
    "roles.yaml": vocabulary.roles,
    "stamps.yaml": stamp_words,
    "times.yaml": time_words,
    "toponyms.yaml": vocabulary.toponyms,
}
"""Who reads and checks each vocabulary; the pages check those that only they read."""


@dataclass(frozen=True)
class Check:
    """One thing to check: its name, and what says how much was found right or raises what is wrong."""

    subject: str
    run: Callable[[], str]


def checks(folder: Path | None = None) -> Iterator[Check]:
    """What there is to check: one folder, or all registries, vocabularies and stories.

    Args:
        folder: A story's folder, or one that `build` wrote; None for all that stands in data/.
    """
    if folder is not None:
        yield from _folder_checks(folder, str(folder))
        return
    yield Check("registry", _check_registries)
    for path in sorted((DATA / "vocabulary").glob("*.yaml")):
        yield Check(f"vocabulary/{path.name}", lambda path=path: _check_vocabulary(path))  # type: ignore[misc]
    for path in sorted((DATA / "stories").glob("*/story.yaml")):
        yield from _folder_checks(path.parent, f"stories/{path.parent.name}")


def _folder_checks(folder: Path, subject: str) -> Iterator[Check]:
    if (
        not (folder / "story.yaml").exists()
        and (folder / SOURCE_NAME).exists()
        and (folder / "posts.csv").exists()
    ):
        yield Check(subject, lambda: _check_written(folder))
        return
    load = cache(lambda: load_story(folder))
    yield Check(subject, lambda: _check_story(folder, load))
    if any((folder / name).exists() for name in (*FILES, QUESTIONS)):
        yield Check(f"{subject}, what is open", lambda: _open_in(folder, load))


def _check_registries() -> str:
    known = registries()
    for file, entries in (("people.yaml", known.people), ("organizations.yaml", known.organizations)):
        _check_countries(entries.values(), DATA / "registry" / file)
    listed = (
        f"{len(known.people)} people, {len(known.places)} places, {len(known.organizations)} organizations"
    )
    return f"{listed}, {len(gazetteer()):,} places in the gazetteer"


def _check_countries(entries: Iterable[Person | Place | Organization], file: Path) -> None:
    countries = {place.country for place in registries().places.values()}
    for entry in entries:
        if entry.country and entry.country not in countries:
            raise SettingsError(
                "no country has this code",
                file=file,
                entry=f"{entry.id} › country",
                value=entry.country,
                allowed="a country of countries.yaml, by its ISO 3166-1 alpha-3 code",
            )


def _check_vocabulary(path: Path) -> str:
    if path.name in VOCABULARIES:
        VOCABULARIES[path.name]()
        return "keeps to its schema"
    read_yaml(path, object)
    return "is YAML; only the pages read it"


def _check_story(folder: Path, load: Callable[[], Record]) -> str:
    for name, entries in read_own_entries(folder).by_file.items():
        _check_countries(entries, folder / name)
    record = load()
    check_record(record)
    return f"{len(record.corrections)} changes by corrections, {_counted(dict(record.tables()))}"


def _open_in(folder: Path, load: Callable[[], Record]) -> str:
    """How many of a story's proposals wait to be confirmed, and how many of its questions to be answered."""
    own, questions = read_own_entries(folder), read_questions(folder)
    try:
        record = load()
    except LoaderError:
        still = [question for question in questions if not question.answer]
    else:
        still = [question for question in questions if _is_open(question, record)]
    proposed = Counter(
        name for name, entries in own.by_file.items() for entry in entries if entry.status == "proposed"
    )
    files = f" ({', '.join(f'{count} in {name}' for name, count in proposed.items())})" if proposed else ""
    return (
        f"{proposed.total()} of {len(list(own))} entries are not confirmed{files}, "
        f"{len(still)} of {len(questions)} questions are not answered"
    )


def _is_open(question: Question, record: Record) -> bool:
    """Whether a question still stands: nobody answered it, and neither rules nor corrections have filled its rows."""
    if question.answer:
        return False
    if not question.table:
        return True
    rows, key = getattr(record, question.table), TABLES[question.table].key
    asked = rows[rows[key].isin(question.rows)]
    return any(not shown(cell) for cell in asked[question.column]) if question.column else bool(len(asked))


def _check_written(folder: Path) -> str:
    tables = {name: read_csv(name, file_content(folder / f"{name}.csv")) for name in TABLES}
    check_tables(tables, file_content(folder / SOURCE_NAME).decode("utf-8", "replace"))
    return _counted(tables)


def _counted(tables: Tables) -> str:
    with_spans = [name for name, schema in TABLES.items() if schema.span_of]
    spans = sum(len(tables[name]) for name in with_spans)
    return f"{sum(map(len, tables.values()))} rows, {spans} spans hold their words ({', '.join(with_spans)})"
