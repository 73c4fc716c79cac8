"""Headlines of structured data: a stamp printed before the words, words cut off or escaped twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from loaders.sources.headlines import own_headline, without_stamp
from loaders.sources.html_text import line_of

POSTED = datetime(2024, 5, 2, 13, 32, tzinfo=UTC)

STAMPED = [
    ("19:02(IST) Toss: Rovers bat first", "Toss: Rovers bat first"),
    ("19:02 IST Toss: Rovers bat first", "Toss: Rovers bat first"),
    ("[19:02 IST] Rovers bat first", "Rovers bat first"),
    ("7.02pm - Rovers bat first", "Rovers bat first"),
    ("14:32 | Rovers bat first", "Rovers bat first"),
    ("14:32: Rovers bat first", "Rovers bat first"),
    # no stamp: other minutes, no sign and no zone after it, a span of time, the time in the sentence, no words
    ("19:09 IST Rovers bat first", "19:09 IST Rovers bat first"),
    ("14.32 to Harbour Street derails", "14.32 to Harbour Street derails"),
    ("14:32 - 15:30: the bridge is shut", "14:32 - 15:30: the bridge is shut"),
    ("Bridge shut at 14:32 BST", "Bridge shut at 14:32 BST"),
    ("14:32 BST", "14:32 BST"),
]


@pytest.mark.parametrize(("headline", "left"), STAMPED)
def test_the_posts_own_time_before_a_headline(headline: str, left: str) -> None:
    assert without_stamp(headline, POSTED) == left
    assert without_stamp(headline, None) == headline


LONG = "The council opens two halls for those who had to leave their homes by the river"
REPEATED = [
    # cut off in a word, at a word after many, with dots
    ("The council ope", [LONG], ""),
    (LONG[:75], [f"{LONG} today."], ""),
    (f"{LONG[:64]}…", [LONG], ""),
    # all that the post says
    (LONG, [f"{LONG}."], ""),
    # written: short and whole, or a line of its own above others
    ("The council opens two halls", [f"{LONG}."], "The council opens two halls"),
    (LONG, [LONG, "There is room for ninety."], LONG),
    ("Two halls open", [LONG], "Two halls open"),
    ("Two halls open", [], "Two halls open"),
    ("…", ["Rain."], "…"),
]


@pytest.mark.parametrize(("headline", "lines", "own"), REPEATED)
def test_a_headline_that_is_only_how_the_post_begins(headline: str, lines: list[str], own: str) -> None:
    assert own_headline(headline, lines) == own


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("Fish &amp;amp;amp; chips", "Fish & chips"),
        ("<p>Fish &amp;amp; chips</p>", "Fish & chips"),
        ("<p>The mayor&amp;#39;s word</p>", "The mayor's word"),
        ("<p>&amp;lt;b&amp;gt;</p>", "&lt;b&gt;"),
        ("AT&T; Co", "AT&T; Co"),
    ],
)
def test_what_was_escaped_twice_is_read_once(markup: str, said: str) -> None:
    assert line_of(markup) == said
