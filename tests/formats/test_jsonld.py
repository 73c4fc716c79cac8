"""`liveblog.jsonld`: found in a page by extruct, and read back by our own reader as the blog it came from."""

from __future__ import annotations

import json
from typing import Any

import extruct
import pytest

from loaders.formats.jsonld import live_blog
from loaders.formats.values import plain
from loaders.model import Record
from loaders.record import build_record
from loaders.sources import read_source_text
from tests.packed import HOSTILE, first_story, hostile


def found_in_page(data: bytes) -> dict[str, Any]:
    """What extruct finds in a page that carries the data."""
    page = (
        f'<html><head><script type="application/ld+json">{data.decode()}</script></head><body></body></html>'
    )
    (blog,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert blog["@type"] == "LiveBlogPosting"
    return dict(blog)


def test_extruct_finds_the_first_story_with_its_times() -> None:
    blog = found_in_page(live_blog(first_story()))
    assert blog["headline"] == "Kim Jong Un meets Vladimir Putin in Russia"
    assert blog["publisher"] == {"@type": "Organization", "name": "CNN"}
    assert (blog["coverageStartTime"], blog["coverageEndTime"]) == (
        "2023-09-13T03:51:00Z",
        "2023-09-13T05:03:00Z",
    )
    unstamped, stamped, *_ = blog["liveBlogUpdate"]
    assert "datePublished" not in unstamped
    assert unstamped["temporalCoverage"] == "2023-09-13T04:57:00Z/2023-09-13T05:23:00Z"
    assert stamped["datePublished"] == "2023-09-13T04:58:00Z"
    assert [author["name"] for author in stamped["author"]] == [
        "Anna Chernova",
        "Jake Kwon",
        "Alex Stambaugh",
    ]
    assert stamped["articleBody"].startswith("Ahead of North Korean leader Kim Jong Un's arrival")
    assert "25 min ago" not in stamped["articleBody"]


def bodies(record: Record) -> list[str]:
    blog = json.loads(live_blog(record))
    return [post["articleBody"] for post in blog["liveBlogUpdate"]]


def test_our_own_reader_reads_the_same_blog_back() -> None:
    record = first_story()
    again = build_record(read_source_text(live_blog(record)))
    for column in ("post_id", "headline", "reporters"):
        assert list(again.posts[column]) == list(record.posts[column])
    stamped = record.posts["posted_at"].notna()
    assert list(again.posts["posted_at"][stamped]) == list(record.posts["posted_at"][stamped])
    assert bodies(again) == bodies(record)
    assert again.blog.title == record.blog.title
    assert again.blog.outlet == record.blog.outlet
    assert again.blog.url == record.blog.url
    direct = record.quotes[record.quotes["quote_type"] == "direct"]
    assert set(direct["quote"]) <= set(again.quotes["quote"])


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_comes_out_as_it_is_and_never_ends_the_script(words: str) -> None:
    blog = found_in_page(live_blog(hostile(words), sentence=words))
    assert blog["headline"] == blog["abstract"] == plain(words)
    assert {post["headline"] for post in blog["liveBlogUpdate"]} == {plain(words)}


def test_an_address_that_is_none_of_the_web_is_left_out() -> None:
    record = first_story()
    data = live_blog(record.with_tables(posts=record.posts.assign(url="javascript:alert(1)")))
    assert b"javascript:" not in data
