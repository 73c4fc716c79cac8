"""What holds for every text whatever: only `LoaderError`, spans that slice to their words, ids that stay.

The texts are made of the pieces live blogs are made of, since letters at random hardly ever reach the rules.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from loaders.errors import LoaderError
from loaders.model import Record
from loaders.record import annotate, build_record
from loaders.schema import TABLES
from loaders.sources import read_source_text
from loaders.table_checks import check_record

READ_AT = datetime(2024, 7, 18, 16, 0, tzinfo=UTC)
WORDS = [
    "Kim", "Kim Jong Un", "Putin", "Vladimir Putin", "President", "the minister", "his sister", "he", "she", "they",
    "Pyongyang", "North Korea", "in Seoul", "Russian", "Moscow", "the Kremlin", "TASS", "CNN", "US officials",
    "said", "told reporters", "according to", "warned", "asked", "arrived", "fired two missiles", "met", "will visit",
    "on Tuesday", "in 2021", "11:43 a.m. local time", "two days ago", "last April", "since 1950", "yesterday",
    "\u201c", "\u201d", "\"", "'", "\u2018", "\u2019", ".", ",", "--", "\u2014", ":", "?", "!", "\u2026", "(", ")",
    "25 min ago", "1 hr 6 min ago", "14:05 BST", "2:05 p.m. ET, July 18, 2024", "Updated 12:01 a.m. ET", "From CNN\u2019s",
    "\u91d1\u6b63\u6069", "\u202eabc", "\u200b", "\U0001f680", "\ufeff", "\u0130", "a\u0301", "<p>", "{", "\x00", "\u2028",
]  # fmt: skip
PIECES = some.one_of(some.sampled_from(WORDS), some.text(max_size=6))
LINES = some.lists(PIECES, max_size=14).map(" ".join)
TEXTS = some.lists(LINES, max_size=8).map("\n".join)
POSTS = some.lists(
    some.tuples(some.integers(2, 90), LINES, LINES), min_size=1, max_size=4, unique_by=lambda post: post[0]
).map(sorted)
MOMENTS = some.none() | some.datetimes(datetime(1900, 1, 1), datetime(2199, 1, 1), timezones=some.just(UTC))
RUNS = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def pasted(posts: list[tuple[int, str, str]]) -> str:
    """A pasted live blog with an age, a headline, a byline and a paragraph for each post."""
    return "\n".join(
        f"{age} min ago\nHeadline: {headline}\nFrom CNN's Jake Kwon\n{body}" for age, headline, body in posts
    )


def read(content: str | bytes, **known: object) -> Record | None:
    """The record of a source, or None where a `LoaderError` says why there is none."""
    try:
        return build_record(read_source_text(content, **known))  # type: ignore[arg-type]
    except LoaderError:
        return None


@RUNS
@given(TEXTS, MOMENTS)
@example("", None)
@example("\u201c" * 50, None)
@example("he said, \u201cno", READ_AT)
def test_any_article_becomes_rows_that_hold_together(text: str, published_at: datetime | None) -> None:
    record = annotate(text, published_at)
    assert record.text == text
    check_record(record)


@RUNS
@given(some.one_of(TEXTS, POSTS.map(pasted)), MOMENTS, some.sampled_from(["", "Asia/Seoul"]))
@example("25 min ago", READ_AT, "")
def test_any_paste_becomes_rows_that_hold_together_or_a_clear_error(
    text: str, read_at: datetime | None, zone: str
) -> None:
    if record := read(text, read_at=read_at, zone=zone):
        check_record(record)
        for post in record.posts.itertuples():
            assert post.headline in record.text[post.start : post.end]


@RUNS
@given(some.binary(max_size=300))
@example(b"\xff\xfe2\x005\x00 \x00m\x00i\x00n\x00 \x00a\x00g\x00o\x00")
@example(b"[" * 100_000)
@example(b"<" * 10_000 + b"html>")
def test_any_bytes_become_a_record_or_a_clear_error(content: bytes) -> None:
    if record := read(content, read_at=READ_AT):
        check_record(record)


@RUNS
@given(POSTS)
def test_reading_again_gives_the_same_rows(posts: list[tuple[int, str, str]]) -> None:
    first, second = read(pasted(posts), read_at=READ_AT), read(pasted(posts), read_at=READ_AT)
    assert (first is None) == (second is None)
    if first and second:
        for (_, rows), (_, again) in zip(first.tables(), second.tables(), strict=True):
            assert rows.equals(again)


@RUNS
@given(POSTS, LINES, LINES)
def test_a_newer_post_on_top_changes_no_other_posts_ids(
    posts: list[tuple[int, str, str]], headline: str, body: str
) -> None:
    before = read(pasted(posts), read_at=READ_AT)
    after = read(pasted([(1, f"Newest {headline}", body), *posts]), read_at=READ_AT)
    if before and after and len(after.posts) == len(before.posts) + 1:
        assert list(before.posts["post_id"]) == list(after.posts["post_id"])[1:]
        for name in ("quotes", "mentions", "times"):
            was, now = ids_by_place(before, name), ids_by_place(after, name)
            assert {place: now[place] for place in was.keys() & now.keys()} == {
                place: key for place, key in was.items() if place in now
            }


def ids_by_place(record: Record, name: str) -> dict[tuple[str, str, int], str]:
    """The ids of a table's rows by post, words, and where these stand in the post.

    A newer post can tell more of an older one (a full name for a surname), so rows may come; ids may not change.
    """
    starts = dict(zip(record.posts["post_id"], record.posts["start"], strict=True))
    rows, schema = getattr(record, name), TABLES[name]
    columns = zip(rows["post_id"], rows[schema.span_of], rows["start"], rows[schema.key], strict=True)
    return {(post, words, start - starts[post]): key for post, words, start, key in columns}


@pytest.mark.parametrize("again", range(2))
def test_the_properties_reach_the_rules(again: int) -> None:
    """Guards the guards: texts of these pieces give quotes, events, people and times."""
    posts = [
        (
            1,
            "Putin arrived in Moscow",
            "Vladimir Putin arrived in Moscow on Tuesday, TASS said. \u201cHello,\u201d he said.",
        )
    ] * 2
    record = read(pasted(posts[: again + 1]), read_at=READ_AT)
    assert record is not None
    for name in ("posts", "people", "organizations", "locations", "quotes", "events", "mentions", "times"):
        assert len(getattr(record, name)), name
