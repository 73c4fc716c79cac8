"""Whom and what a blog names that no registry knows, as entries to confirm, each with the evidence for it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd
from pydantic import ValidationError

from loaders.drawing.rows import Row, records
from loaders.model import Blog, Record, Span, grouped, parts, slug
from loaders.own_entries import OwnEntries, OwnOrganization, OwnPerson, OwnPlace
from loaders.registry import Registries
from loaders.segmentation import segment
from loaders.sentences import counted
from loaders.tables import Findings

LONGEST_SENTENCE = 300
"""Code points of a sentence that are shown as evidence."""

Own = TypeVar("Own", OwnPerson, OwnPlace, OwnOrganization)


class Excerpts:
    """The sentences of a blog, to show words where they stand."""

    def __init__(self, blog: Blog) -> None:
        self._text = blog.text
        self._sentences = [sentence.span for sentence in segment(blog)]
        self._starts = [span.start for span in self._sentences]

    def around(self, start: int, end: int) -> str:
        """The sentence that holds a span, or its line where no sentence does; cut to what fits where it is long."""
        at = bisect_right(self._starts, start) - 1
        whole = self._sentences[at] if at >= 0 else Span(start, start)
        if whole.end < end:
            line_end = self._text.find("\n", end)
            whole = Span(self._text.rfind("\n", 0, start) + 1, len(self._text) if line_end < 0 else line_end)
        room = max(LONGEST_SENTENCE - (end - start), 0) // 2
        first, last = max(whole.start, start - room), min(whole.end, end + room)
        if whole.end - whole.start <= LONGEST_SENTENCE:
            first, last = whole.start, whole.end
        last = min(last, first + LONGEST_SENTENCE)
        shown = " ".join(self._text[first:last].split())
        return f"{'…' if first > whole.start else ''}{shown}{'…' if last < whole.end else ''}"


@dataclass(frozen=True, slots=True)
class _Seen:
    """Where somebody or something is mentioned."""

    count: int
    sentence: str
    in_byline: bool = False


def proposals(found: Findings, record: Record, known: Registries, excerpts: Excerpts) -> OwnEntries:
    """The people, places and organizations of a record that `known` has not, those who matter most first."""
    mentions = grouped(records(record.mentions), lambda row: row["entity_type"])
    seen = {kind: _seen(mentions.get(kind, []), excerpts) for kind in ("person", "location", "organization")}
    return OwnEntries(
        people=_valid(OwnPerson, _people(found, record.people, seen["person"])),
        places=_valid(
            OwnPlace,
            [
                *_places(record.locations, seen["location"], known),
                *_unplaced(mentions.get("location", []), known, excerpts),
            ],
        ),
        organizations=_valid(OwnOrganization, _organizations(record.organizations, seen["organization"])),
    )


def _valid(model: type[Own], entries: Iterable[Row]) -> tuple[Own, ...]:
    """The entries that keep to their schema: a name in letters no id can be made of is not proposed."""
    kept: dict[str, Own] = {}
    for entry in entries:
        try:
            made = model(status="proposed", **entry)
        except ValidationError:
            continue
        kept.setdefault(made.id, made)
    return tuple(kept.values())


def _seen(mentions: Sequence[Row], excerpts: Excerpts) -> dict[str, _Seen]:
    """How often each id is mentioned, and the sentence that shows best who or what it is."""
    by_id: dict[str, list[Row]] = {}
    for mention in mentions:
        for entity_id in parts(mention["entity_id"]):
            by_id.setdefault(entity_id, []).append(mention)
    return {
        entity_id: _Seen(len(listed), _shown(listed, excerpts), all(m["sense"] == "byline" for m in listed))
        for entity_id, listed in by_id.items()
    }


def _shown(mentions: Sequence[Row], excerpts: Excerpts) -> str:
    """The sentence of the first name in full outside a byline, or else of the first mention."""
    names = [m for m in mentions if m["form"] == "name"] or mentions
    printed = [m for m in names if m["sense"] not in ("byline", "dateline")] or names
    longest = max(len(m["text"].split()) for m in printed)
    best = next(m for m in printed if len(m["text"].split()) == longest)
    return excerpts.around(best["start"], best["end"])


def _people(found: Findings, people: pd.DataFrame, seen: Mapping[str, _Seen]) -> Iterator[dict[str, object]]:
    rows = sorted(
        records(people[~people["is_registered"]]),
        key=lambda row: (seen[row["person_id"]].in_byline, -row["quote_count"], -row["mention_count"]),
    )
    for row in rows:
        person, where = found.persons[row["person_id"]], seen[row["person_id"]]
        printed = parts(row["aliases"])
        last_word = person.name.split()[-1]
        yield {
            "id": person.person_id,
            "name": person.name,
            "aliases": [name for name in printed if " " in name],
            "family_name": person.family_name if person.family_name != last_word else "",
            "gender": person.gender,
            "country": person.country,
            "person_type": person.person_type,
            "role": row["role"],
            "offices": person.offices,
            "found": _told(
                _counted(where.count, "mention", printed),
                _counted(row["quote_count"], "quote"),
                "named in bylines only" if where.in_byline else "",
                f"the text says {row['role']}" if row["role"] and not where.in_byline else "",
            ),
            "sentence": where.sentence,
        }


def _organizations(rows: pd.DataFrame, seen: Mapping[str, _Seen]) -> Iterator[dict[str, object]]:
    for row in _most_mentioned(rows[~rows["is_registered"]]):
        where = seen[row["organization_id"]]
        printed = parts(row["aliases"])
        kind = row["organization_type"]
        yield {
            "id": row["organization_id"],
            "name": row["name"],
            "aliases": printed,
            "organization_type": kind,
            "country": row["country"],
            "found": _told(
                _counted(where.count, "mention", printed),
                _counted(row["quote_count"], "quote"),
                "named in bylines only" if where.in_byline else "",
                "its kind is not known" if kind == "other" else "its kind is from the words of its name",
            ),
            "sentence": where.sentence,
        }


def _places(rows: pd.DataFrame, seen: Mapping[str, _Seen], known: Registries) -> Iterator[dict[str, object]]:
    """The places that are from the gazetteer alone."""
    for row in _most_mentioned(rows[~rows["location_id"].isin(list(known.places))]):
        where = seen.get(row["location_id"], _Seen(0, ""))
        yield {
            "id": row["location_id"],
            "name": row["name"],
            "native_name": row["native_name"],
            "location_type": row["location_type"],
            "country": row["country"],
            "latitude": _coordinate(row["latitude"]),
            "longitude": _coordinate(row["longitude"]),
            "radius_km": row["radius_km"],
            "time_zone": parts(row["time_zone"]),
            "gazetteer": row["gazetteer"],
            "found": _told(_counted(where.count, "mention"), "chosen from the gazetteer"),
            "sentence": where.sentence,
        }


def _unplaced(mentions: Sequence[Row], known: Registries, excerpts: Excerpts) -> Iterator[dict[str, object]]:
    """The names of places that no gazetteer has, or more than one place."""
    open_names = [m for m in mentions if not m["entity_id"] and m["form"] == "name"]
    for name, listed in grouped(open_names, lambda m: " ".join(m["text"].split())).items():
        place_id = slug(name)
        yield {
            "id": f"{place_id}-here" if place_id in known.places else place_id,
            "name": name,
            "location_type": "city",
            "found": _told(
                _counted(len(listed), "mention"),
                "no known place has this name, or it is not clear which: say where it is",
            ),
            "sentence": _shown(listed, excerpts),
        }


def _most_mentioned(rows: pd.DataFrame) -> list[Row]:
    return sorted(records(rows), key=lambda row: -row["mention_count"])


def _told(*said: str) -> str:
    return "; ".join(filter(None, said))


def _counted(count: int, what: str, printed: Sequence[str] = ()) -> str:
    named = f", also as {', '.join(printed)}" if printed else ""
    return f"{counted(count, what)}{named}" if count else ""


def _coordinate(cell: float) -> float | None:
    return None if pd.isna(cell) else float(cell)
