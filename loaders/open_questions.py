"""What the rules left open in a blog, as questions a reporter can answer, the weightiest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from loaders.drawing.rows import Row, records
from loaders.filters import shortened
from loaders.model import Person, Record, Span, grouped, parts
from loaders.own_entries import Question
from loaders.proposals import Excerpts
from loaders.schema import TABLES, shown
from loaders.tables import Findings
from loaders.vocabulary import language

MOST_CANDIDATES = 8
_SHOWN = 80
_WHO = {"quotes": "speaker_id", "mentions": "entity_id"}
"""The column that says who is meant."""
_NOBODY_KNOWN = (
    "{count} mentions without a full name; if all mean one person, add an entry with this name to people.yaml"
)


def open_questions(found: Findings, record: Record, excerpts: Excerpts) -> Iterator[Question]:
    """The questions the rows of a record leave open, by table."""
    mentions = records(record.mentions)
    named = _named_by_post(mentions)
    unknown = [row for row in mentions if row["entity_type"] == "person" and not row["entity_id"]]
    yield from _posts_without_time(record)
    yield from _quotes_without_speaker(record, named, excerpts)
    yield from _open_names(found, unknown, excerpts)
    yield from _pronouns(found, unknown, named, excerpts)
    yield from _problems(record, excerpts)


def _posts_without_time(record: Record) -> Iterator[Question]:
    for row in records(record.posts):
        if shown(row["posted_at"]):
            continue
        bounds = [
            f"{word} {bound}"
            for word, key in (("after", "posted_from"), ("not after", "posted_to"))
            if (bound := shown(row[key]))
        ]
        yield Question(
            question=f"When was “{shortened(row['headline'] or row['post_id'], _SHOWN)}” posted?",
            advice="; ".join([*bounds, "answer with an instant such as 2023-09-13T05:23:00Z"]),
            table="posts",
            rows=(row["post_id"],),
            column="posted_at",
        )


def _quotes_without_speaker(
    record: Record, named: Mapping[str, Sequence[str]], excerpts: Excerpts
) -> Iterator[Question]:
    for row in records(record.quotes):
        if not row["speaker"]:
            asked = f"Who says “{shortened(row['quote'], _SHOWN)}”?"
            yield _who(asked, "quotes", [row], named.get(row["post_id"], ()), excerpts)


def _open_names(found: Findings, unknown: Sequence[Row], excerpts: Excerpts) -> Iterator[Question]:
    """A question a post where several people may be meant by a name; one for all posts where nobody is known."""
    names = [row for row in unknown if row["form"] == "name"]
    bearers_of: dict[str, list[str]] = {}
    for person in found.persons.values():
        for word in dict.fromkeys(person.name.split()):
            bearers_of.setdefault(word, []).append(person.person_id)
    for words, rows in grouped(names, lambda row: row["text"]).items():
        bearers = bearers_of.get(words, [])
        together = grouped(rows, lambda row: row["post_id"]).values() if bearers else (rows,)
        for alike in together:
            advice = "" if bearers else _NOBODY_KNOWN.format(count=len(alike))
            yield _who(f"Who is “{shortened(words, _SHOWN)}”?", "mentions", alike, bearers, excerpts, advice)


def _pronouns(
    found: Findings, unknown: Sequence[Row], named: Mapping[str, Sequence[str]], excerpts: Excerpts
) -> Iterator[Question]:
    """The pronouns that mean nobody yet; those who speak are asked for with what they say."""
    speaking = {quote.speaker_span for quote in found.quotes if not quote.speaker}
    for row in unknown:
        if row["form"] == "pronoun" and Span(row["start"], row["end"]) not in speaking:
            agreeing = [
                i
                for i in named.get(row["post_id"], ())
                if i in found.persons and _may_be(row["text"], found.persons[i])
            ]
            asked = f"Who is “{shortened(row['text'], _SHOWN)}”?"
            yield _who(asked, "mentions", [row], agreeing, excerpts)


def _problems(record: Record, excerpts: Excerpts) -> Iterator[Question]:
    for row in records(record.problems):
        yield Question(
            question=row["what"],
            advice=row["advice"],
            table="problems",
            rows=(row["problem_id"],),
            sentence=_sentence(row, excerpts) if row["end"] else "",
        )


def _who(
    asked: str,
    table: Literal["quotes", "mentions"],
    rows: Sequence[Row],
    candidates: Sequence[str],
    excerpts: Excerpts,
    advice: str = "",
) -> Question:
    """The question who is meant by rows of a table, shown where the first of them stands."""
    return Question(
        question=asked,
        advice=advice,
        table=table,
        rows=tuple(row[TABLES[table].key] for row in rows),
        column=_WHO[table],
        sentence=_sentence(rows[0], excerpts),
        candidates=tuple(candidates[:MOST_CANDIDATES]),
    )


def _may_be(pronoun: str, person: Person) -> bool:
    agrees = language().pronouns.get(pronoun.lower())
    return agrees is None or not person.gender or agrees.gender in ("", person.gender)


def _named_by_post(mentions: Sequence[Row]) -> dict[str, list[str]]:
    """The ids of the people and organizations each post names, those most mentioned first."""
    counts: dict[str, Counter[str]] = {}
    for row in mentions:
        if row["entity_type"] != "location" and row["sense"] != "byline":
            in_post = counts.setdefault(row["post_id"], Counter())
            in_post.update(parts(row["entity_id"]))
    return {post_id: [i for i, _ in ids.most_common()] for post_id, ids in counts.items()}


def _sentence(row: Row, excerpts: Excerpts) -> str:
    return excerpts.around(row["start"], row["end"])
