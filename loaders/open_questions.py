"""What the rules left open in a blog, as questions a reporter can answer, the weightiest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from loaders.model import LIST_SEPARATOR, Person, Record, Span, grouped
from loaders.own_entries import Question
from loaders.proposals import Excerpts, Row, rows_of
from loaders.schema import shown
from loaders.tables import Findings
from loaders.vocabulary import language

MOST_CANDIDATES = 8
_SHOWN = 80
_NOBODY_KNOWN = (
    "{count} mentions without a full name; if all mean one person, add an entry with this name to people.yaml"
)


def open_questions(found: Findings, record: Record, excerpts: Excerpts) -> Iterator[Question]:
    """The questions the rows of a record leave open, by table."""
    named = _named_by_post(record)
    yield from _posts_without_time(record)
    yield from _quotes_without_speaker(record, named, excerpts)
    yield from _open_names(found, record, excerpts)
    yield from _pronouns(found, record, named, excerpts)
    yield from _problems(record, excerpts)


def _posts_without_time(record: Record) -> Iterator[Question]:
    for row in rows_of(record.posts):
        if shown(row["posted_at"]):
            continue
        bounds = [
            f"{word} {bound}"
            for word, key in (("after", "posted_from"), ("not after", "posted_to"))
            if (bound := shown(row[key]))
        ]
        yield Question(
            question=f"When was “{_cut(row['headline'] or row['post_id'])}” posted?",
            advice="; ".join([*bounds, "answer with an instant such as 2023-09-13T05:23:00Z"]),
            table="posts",
            rows=(row["post_id"],),
            column="posted_at",
        )


def _quotes_without_speaker(
    record: Record, named: Mapping[str, Sequence[str]], excerpts: Excerpts
) -> Iterator[Question]:
    for row in rows_of(record.quotes):
        if not row["speaker"]:
            yield Question(
                question=f"Who says “{_cut(row['quote'])}”?",
                table="quotes",
                rows=(row["quote_id"],),
                column="speaker_id",
                sentence=_sentence(row, excerpts),
                candidates=tuple(named.get(row["post_id"], ())[:MOST_CANDIDATES]),
            )


def _open_names(found: Findings, record: Record, excerpts: Excerpts) -> Iterator[Question]:
    """A question a post where several people may be meant by a name; one for all posts where nobody is known."""
    names = [row for row in _open_mentions(record) if row["form"] == "name"]
    for words, rows in grouped(names, lambda row: row["text"]).items():
        bearers = [person.person_id for person in found.persons.values() if words in person.name.split()]
        together = grouped(rows, lambda row: row["post_id"]).values() if bearers else (rows,)
        for alike in together:
            yield Question(
                question=f"Who is “{_cut(words)}”?",
                advice="" if bearers else _NOBODY_KNOWN.format(count=len(alike)),
                table="mentions",
                rows=tuple(row["mention_id"] for row in alike),
                column="entity_id",
                sentence=_sentence(alike[0], excerpts),
                candidates=tuple(bearers[:MOST_CANDIDATES]),
            )


def _pronouns(
    found: Findings, record: Record, named: Mapping[str, Sequence[str]], excerpts: Excerpts
) -> Iterator[Question]:
    """The pronouns that mean nobody yet; those who speak are asked for with what they say."""
    asked = {quote.speaker_span for quote in found.quotes if not quote.speaker}
    for row in _open_mentions(record):
        if row["form"] == "pronoun" and Span(row["start"], row["end"]) not in asked:
            agreeing = [
                i
                for i in named.get(row["post_id"], ())
                if i in found.persons and _may_be(row["text"], found.persons[i])
            ]
            yield Question(
                question=f"Who is “{_cut(row['text'])}”?",
                table="mentions",
                rows=(row["mention_id"],),
                column="entity_id",
                sentence=_sentence(row, excerpts),
                candidates=tuple(agreeing[:MOST_CANDIDATES]),
            )


def _problems(record: Record, excerpts: Excerpts) -> Iterator[Question]:
    for row in rows_of(record.problems):
        yield Question(
            question=row["what"],
            advice=row["advice"],
            table="problems",
            rows=(row["problem_id"],),
            sentence=_sentence(row, excerpts) if row["end"] else "",
        )


def _may_be(pronoun: str, person: Person) -> bool:
    agrees = language().pronouns.get(pronoun.lower())
    return agrees is None or not person.gender or agrees.gender in ("", person.gender)


def _open_mentions(record: Record) -> Iterator[Row]:
    for row in rows_of(record.mentions):
        if row["entity_type"] == "person" and not row["entity_id"]:
            yield row


def _named_by_post(record: Record) -> dict[str, list[str]]:
    """The ids of the people and organizations each post names, those most mentioned first."""
    counts: dict[str, Counter[str]] = {}
    for row in rows_of(record.mentions):
        if row["entity_type"] != "location" and row["sense"] != "byline":
            in_post = counts.setdefault(row["post_id"], Counter())
            in_post.update(filter(None, row["entity_id"].split(LIST_SEPARATOR)))
    return {post_id: [i for i, _ in ids.most_common()] for post_id, ids in counts.items()}


def _sentence(row: Row, excerpts: Excerpts) -> str:
    return excerpts.around(row["start"], row["end"])


def _cut(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1]}…"
