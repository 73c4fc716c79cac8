"""The records: what spans say of each other, and ids that are readable, unique and stay."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from loaders.model import Blog, Mention, Post, Span, slug, stable_ids
from loaders.schema import TABLES
from tests.sample_record import sample_record

SLUGS = [
    ("Kim Jong Un steps off famed armored train", "kim-jong-un-steps-off-famed-armored-train"),
    ("Kim Jong Un’s sister", "kim-jong-uns-sister"),  # no hyphen for an apostrophe, curly
    ("Russia's site", "russias-site"),  # or straight
    ('"That\'s exactly why we came here," Putin says', "thats-exactly-why-we-came-here-putin-says"),
    ("Gîrl née Ångström", "girl-nee-angstrom"),  # letters with marks become plain
    ("Straße", "strasse"),
    ("김정은", "김정은"),  # a name is never reduced to nothing
    ("Владимир Путин", "владимир-путин"),
    ("\U0001d54a", "s"),  # a capital that becomes a plain letter only when it is taken apart
    ("  --  ", ""),
    ("", ""),
]


@pytest.mark.parametrize(("words", "expected"), SLUGS)
def test_slug(words: str, expected: str) -> None:
    import unicodedata

    assert unicodedata.normalize("NFC", slug(words)) == expected


@example(words="🄐", limit=1)  # a letter in brackets: a capital only once it is taken apart
@given(some.text(), some.integers(1, 80))
def test_a_slug_is_short_and_a_slug_of_itself(words: str, limit: int) -> None:
    made = slug(words, limit)
    assert len(made) <= limit
    assert not re.search(r"^-|-$|--|\s", made)
    assert slug(made, limit) == made


@given(some.text(some.characters(categories=["L", "N"]), min_size=1))
def test_words_of_letters_have_a_slug(words: str) -> None:
    assert slug(words)


KEYS = some.lists(some.text(max_size=3), max_size=8)


@given(KEYS)
def test_ids_are_unique_and_the_same_again(keys: list[str]) -> None:
    ids = stable_ids("q", keys, lambda key: (key,))
    assert len(set(ids)) == len(keys)
    assert ids == stable_ids("q", list(keys), lambda key: (key,))
    assert all(re.fullmatch(r"q-[0-9a-f]{8}", made) for made in ids)


@given(KEYS, some.text(max_size=3), some.integers(0, 8))
def test_one_more_item_renumbers_nothing(keys: list[str], new: str, at: int) -> None:
    """Of equal items the last one gets the new id; everything else keeps its own."""
    before = stable_ids("q", keys, lambda key: (key,))
    more = [*keys[:at], new, *keys[at:]]
    after = stable_ids("q", more, lambda key: (key,))
    assert set(before) <= set(after)
    kept = [made for key, made in zip(more, after, strict=True) if key != new]
    assert kept == [made for key, made in zip(keys, before, strict=True) if key != new]


def test_parts_of_a_key_are_kept_apart() -> None:
    one, other = stable_ids("q", [("ab", "c"), ("a", "bc")], lambda parts: parts)
    assert one != other


def test_ids_take_what_has_no_encoding() -> None:
    assert len(stable_ids("q", ["\ud800", "\udfff"], lambda key: (key,))) == 2


SPANS = [
    # one, other, holds, overlaps
    (Span(0, 5), Span(0, 5), True, True),
    (Span(0, 5), Span(1, 4), True, True),
    (Span(0, 5), Span(4, 6), False, True),
    (Span(0, 5), Span(5, 6), False, False),  # half-open: they only touch
    (Span(2, 3), Span(0, 9), False, True),
]


@pytest.mark.parametrize(("one", "other", "holds", "overlaps"), SPANS)
def test_what_spans_say_of_each_other(one: Span, other: Span, holds: bool, overlaps: bool) -> None:
    assert one.holds(other) is holds
    assert one.overlaps(other) is other.overlaps(one) is overlaps


def test_a_span_slices_code_points() -> None:
    assert Span(1, 2).of("a\U0001f680b") == "\U0001f680"


@pytest.mark.parametrize(
    ("entity_id", "ids"), [("", ()), ("kim-jong-un", ("kim-jong-un",)), ("a; b", ("a", "b"))]
)  # fmt: skip
def test_a_mention_means_none_one_or_several(entity_id: str, ids: tuple[str, ...]) -> None:
    assert Mention(Span(0, 1), "p", "person", entity_id).entity_ids == ids


def test_records_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Span(0, 1).start = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        sample_record().text = ""  # type: ignore[misc]


def test_a_record_names_its_tables_in_the_order_of_the_schema() -> None:
    record = sample_record()
    assert [name for name, _ in record.tables()] == list(TABLES)
    emptied = record.with_tables(quotes=record.quotes.iloc[:0])
    assert (len(emptied.quotes), emptied.posts is record.posts) == (0, True)
    assert len(record.quotes)


def test_a_blog_shows_its_posts_as_a_table() -> None:
    post = Post("one", 1, Span(0, 9), Span(0, 9), headline=Span(0, 5))
    assert list(Blog("Storm. Up", (post,)).posts["headline"]) == ["Storm"]
