"""Reading takes time that grows with the length of the source, whatever the source is made of.

Each case is read at two lengths; the longer may cost as many times more as it is longer, and ten times that.
Processor time is compared, so that a busy machine does not matter.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from loaders.errors import LoaderError
from loaders.sources import read_source_text

READ_AT = datetime(2023, 9, 13, 5, 23, tzinfo=UTC)
SHORT, TIMES_LONGER, SLACK = 1_000, 16, 10
FLOOR = 0.02
"""Seconds below which nothing is measured."""


def _post(n: int) -> dict[str, str]:
    body = f"Paragraph number {n} of the page says what happened. " * 3
    return {"headline": f"Headline {n}", "datePublished": "2023-09-13T05:00:00Z", "articleBody": body}


def _json(posts: list[dict[str, str]]) -> str:
    return json.dumps({"@type": "LiveBlogPosting", "liveBlogUpdate": posts})


def _page(n: int) -> str:
    posts = [_post(k) for k in range(n // 10)]
    shown = "".join(f"<h2>{post['headline']}</h2><p>{post['articleBody']}</p>" for post in posts)
    return f'<html><script type="application/ld+json">{_json(posts)}</script><body>{shown}'


CASES: dict[str, Callable[[int], str]] = {
    "posts": lambda n: "".join(
        f"{k % 59} min ago\nHeadline {k}\nFrom CNN's Jane Doe\nText {k}.\n" for k in range(n)
    ),
    "equal posts": lambda n: "5 min ago\nHeadline\nText.\n" * n,
    "stamps and nothing else": lambda n: "5 min ago\n" * n,
    "bylines and nothing else": lambda n: "5 min ago\n" + "From CNN's Jane Doe in Rome\n" * n,
    "dates and nothing else": lambda n: "13 September 2023\n" * n + "5 min ago\nx",
    "times without dates": lambda n: "14:05 BST\nHead\nText.\n13:05 BST\nHead\nText.\n" * n,
    "one line": lambda n: "5 min ago\n" + "word " * 200 * n,
    "one word": lambda n: "5 min ago\n" + "w" * 1000 * n,
    "empty lines": lambda n: "5 min ago\nx" + "\n" * 500 * n + "y",
    "blanks": lambda n: "5 min ago\nx" + " " * 1000 * n + "y",
    "zero-width characters": lambda n: "5 min ago\nx\n" + "\u200b" * 1000 * n + "\ny",
    "commas in a byline": lambda n: "5 min ago\nx\nFrom " + "A, " * n,
    "json": lambda n: _json([_post(k) for k in range(n)]),
    "json of quotes": lambda n: '{"a": ' + '"\\' * 50 * n,
    "json of comments": lambda n: "{" + "/* */ // \n" * 5 * n,
    "json of open comments": lambda n: '{"a" ' + "/* " * 100 * n,
    "json of commas": lambda n: "{" + ", " * 100 * n,
    "json of brackets": lambda n: "[" * 100 * n,
    "entities": lambda n: _json([{"headline": "x", "articleBody": "&amp;" * 100 * n}]),
    "open tags": lambda n: _json([{"headline": "x", "articleBody": "<a " * 100 * n}]),
    "open brackets": lambda n: _json([{"headline": "x", "articleBody": "[[" * 100 * n}]),
    "a page": _page,
    "equal posts on a page": lambda n: (
        f'<html><script type="application/ld+json">{_json([_post(1)] * (n // 10))}</script>'
        f"<body>{'<p>' + _post(1)['articleBody'] * (n // 10)}"
    ),
    "microdata": lambda n: (
        "<html>" + "<div itemprop=liveBlogUpdate itemscope><p itemprop=articleBody>x</p></div>" * n
    ),
    "microdata in microdata": lambda n: (
        "<html>" + "<div itemprop=liveBlogUpdate itemscope>" * 900 + "<p>x</p>" * n
    ),
    "divisions": lambda n: "<html>" + "<div>" * n,
    "formatting": lambda n: "<html>" + "".join(f"<b id={k}>" for k in range(90)) + "<p>x" * n,
    "options": lambda n: "<html><select>" + "<option>x" * n,
    "comments": lambda n: "<html>" + "<!-- " * 100 * n,
    "scripts": lambda n: "<html>" + "<script>" * 100 * n,
    # What the parser does that costs the square of a page's length, each found by size or by reading the standard.
    "divisions that another tag closes": lambda n: "<html>" + "<div></b>" * 10 * n,
    "divisions where no script runs": lambda n: "<html><noscript>" + "<div>" * 10 * n,
    "divisions in the title of a drawing": lambda n: "<html><svg><title>" + "<div>" * 10 * n,
    "divisions in a style of a drawing": lambda n: "<html><svg><title><b></title><style>" + "<div>" * 10 * n,
    "ends of elements in a drawing that has ended": lambda n: "<html><svg><p>" + "<div/>" * 10 * n,
    "divisions behind comments that end early": lambda n: "<html><!--><!---><!--x--!>" + "<div>" * 10 * n,
    "divisions behind a sign of equality": lambda n: "<html>" + '<div =">' * 10 * n,
    "text between tags that open nothing": lambda n: "<html>" + "text</span a='x'>" * 10 * n,
    "text between rows without a table": lambda n: "<html>" + "text<tr a='x'>" * 10 * n,
    "broken tags": lambda n: "<html>" + "<div <p class='> text </span & " * 10 * n,
    "blocks": lambda n: json.dumps({"blocks": [{"id": str(k), "bodyHtml": f"<p>x{k}"} for k in range(n)]}),
}


def _seconds(source: str) -> float:
    begun = time.process_time()
    with contextlib.suppress(LoaderError):
        read_source_text(source, read_at=READ_AT)
    return max(time.process_time() - begun, FLOOR)


@pytest.mark.parametrize("make", CASES.values(), ids=CASES.keys())
def test_time_grows_with_length(make: Callable[[int], str]) -> None:
    read_source_text("5 min ago\nx", read_at=READ_AT)
    short, long = make(SHORT), make(SHORT * TIMES_LONGER)
    grown = len(long) / len(short)
    # A busy machine may hold up one run, but not three in a row: what is not linear fails them all.
    assert any(_seconds(long) <= SLACK * grown * _seconds(short) for _ in range(3))


def test_a_drawing_of_many_shapes_leaves_nothing_open() -> None:
    shapes = "<svg><title>Map</title>" + "<path d='M0 0'/><g/>" * 2_000 + "</svg>"
    page = "<html><div itemprop=liveBlogUpdate itemscope><p itemprop=articleBody>It rains.</p></div>"
    assert read_source_text(page + shapes).text == "It rains."


@pytest.mark.parametrize(
    "source",
    [
        "5 min ago\n" * 1_000_000,
        "a\n" * 1_500_000,
        _json([{"headline": "x"}] * 300_000),
    ],
    ids=["stamps", "lines", "structured data"],
)
def test_more_than_any_live_blog_has_is_refused_before_it_fills_the_memory(source: str) -> None:
    with pytest.raises(LoaderError, match="than any live blog"):
        read_source_text(source, read_at=READ_AT)


def test_a_hundred_thousand_posts_are_a_hundred_thousand_posts() -> None:
    blog = read_source_text("5 min ago\nHeadline\nText.\n" * 100_000, read_at=READ_AT)
    assert len({post.post_id for post in blog.records}) == 100_000
