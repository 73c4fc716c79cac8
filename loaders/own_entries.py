"""What a story's folder says beyond story.yaml: people, places and organizations of its own, and open questions.

The entries are those of the registries with a `status`: what `draft` proposes has no effect until it is confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import AwareDatetime, model_validator

from loaders.errors import SettingsError
from loaders.model import EntityType
from loaders.registry import Organization, Person, Place, Registries, by_id
from loaders.settings import Entry, Said, read_entries

Status = Literal["proposed", "confirmed", "wrong"]


class Proposal(Entry):
    """What an entry of a story has besides the keys of its registry; `found` and `sentence` are its evidence."""

    status: Status = "confirmed"
    found: str = ""
    sentence: str = ""


class OwnPerson(Person, Proposal):
    """One entry of a story's people.yaml."""


class OwnPlace(Place, Proposal):
    """One entry of a story's places.yaml."""


class OwnOrganization(Organization, Proposal):
    """One entry of a story's organizations.yaml."""


Own = TypeVar("Own", OwnPerson, OwnPlace, OwnOrganization)
Known = TypeVar("Known", Person, Place, Organization)


class Question(Entry):
    """One entry of a story's questions.yaml: what the rules left open, and what a reporter answers.

    With an `answer` it is a correction of the same rows; without `rows` it is settled elsewhere, as `advice` says.
    """

    question: Said
    advice: str = ""
    sentence: str = ""
    candidates: tuple[str, ...] = ()
    answer: AwareDatetime | str | tuple[Said, ...] | None = None
    table: Literal["", "posts", "quotes", "mentions", "problems"] = ""
    rows: tuple[Said, ...] = ()
    column: str = ""

    @model_validator(mode="after")
    def _changes_something(self) -> Question:
        """Refuses an answer that no column takes: what its advice says has to be done elsewhere."""
        if self.answer and not (self.table and self.rows and self.column):
            raise ValueError(f"this is not answered here; {self.advice or 'delete it when it is settled'}")
        return self


@dataclass(frozen=True)
class OwnEntries:
    """The entries of a story's own people.yaml, places.yaml and organizations.yaml, in their order."""

    people: tuple[OwnPerson, ...] = ()
    places: tuple[OwnPlace, ...] = ()
    organizations: tuple[OwnOrganization, ...] = ()

    @property
    def by_file(self) -> Mapping[str, Sequence[OwnPerson | OwnPlace | OwnOrganization]]:
        """The entries of each of `FILES`, by its name."""
        return {name: getattr(self, name.removesuffix(".yaml")) for name in FILES}

    def __iter__(self) -> Iterator[OwnPerson | OwnPlace | OwnOrganization]:
        """All entries."""
        return chain.from_iterable(self.by_file.values())

    @property
    def wrong(self) -> frozenset[tuple[EntityType, str]]:
        """The names that are said to name nothing of their kind."""
        kinds: tuple[tuple[EntityType, Sequence[OwnPerson | OwnPlace | OwnOrganization]], ...] = (
            ("person", self.people),
            ("location", self.places),
            ("organization", self.organizations),
        )
        return frozenset(
            (kind, name)
            for kind, entries in kinds
            for entry in entries
            if entry.status == "wrong"
            for name in (entry.name, *entry.aliases)
        )


FILES: Mapping[str, type[OwnPerson | OwnPlace | OwnOrganization]] = {
    "people.yaml": OwnPerson,
    "places.yaml": OwnPlace,
    "organizations.yaml": OwnOrganization,
}
"""The files of a story that hold entries of its own, and what an entry is."""
QUESTIONS = "questions.yaml"


def read_own_entries(folder: Path) -> OwnEntries:
    """The entries of a story's folder; none where it has no such files.

    Raises:
        SettingsError: A file breaks its schema, or an id stands twice in it.
    """
    return OwnEntries(**{name.removesuffix(".yaml"): _entries(folder / name) for name in FILES})


def read_questions(folder: Path) -> tuple[Question, ...]:
    """The questions of a story's folder; none where it has no such file.

    Raises:
        SettingsError: The file breaks its schema.
    """
    return read_entries(folder / QUESTIONS, Question)


def with_own(known: Registries, own: OwnEntries, folder: Path) -> Registries:
    """The registries and what the story confirms; of two with one name the story's comes first.

    Raises:
        SettingsError: A confirmed entry has the id of one in data/registry.
    """
    return Registries(
        people=_joined(known.people, own.people, folder / "people.yaml"),
        places=_joined(known.places, own.places, folder / "places.yaml"),
        organizations=_joined(known.organizations, own.organizations, folder / "organizations.yaml"),
        wrong=own.wrong,
    )


def _entries(path: Path) -> tuple[Any, ...]:
    entries: Sequence[Any] = read_entries(path, FILES[path.name])
    return tuple(by_id((path, entry) for entry in entries).values())


def _joined(known: Mapping[str, Known], own: Sequence[Own], path: Path) -> Mapping[str, Known]:
    confirmed: dict[str, Any] = {entry.id: entry for entry in own if entry.status == "confirmed"}
    if taken := next((entry_id for entry_id in confirmed if entry_id in known), ""):
        raise SettingsError(
            "this id stands in data/registry already",
            file=path,
            entry=taken,
            value=known[taken].name,
            allowed="an id that no registry has",
            advice="delete the entry, or rename its id if it is another; corrections.yaml changes what is known of it",
        )
    return {**confirmed, **known}
