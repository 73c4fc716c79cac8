"""Where sentences end: a full stop inside a quotation or an abbreviation ends none of the reporter's."""

from __future__ import annotations

import pytest

from loaders.model import Blog, Post, Span
from loaders.segmentation import segment


def sentences(text: str) -> list[str]:
    """The sentences of a text read as the body of one post."""
    whole = Span(0, len(text))
    return [s.span.of(text) for s in segment(Blog(text, (Post("p", 1, whole, whole),)))]


CASES = [
    ("It rained. It snowed.", ["It rained.", "It snowed."]),
    ("He left at 11:43 a.m. and came back.", ["He left at 11:43 a.m. and came back."]),
    (
        "Mr. Reed met Gov. Jane Roe in the U.S. on Tuesday.",
        ["Mr. Reed met Gov. Jane Roe in the U.S. on Tuesday."],
    ),
    ("John D. Reed left.", ["John D. Reed left."]),
    # initials run together, and a short title
    ("So said Rep. J.D. Reed and Del. Jane Roe.", ["So said Rep. J.D. Reed and Del. Jane Roe."]),
    ('"Hi. How was your trip?" Reed asks Roe.', ['"Hi. How was your trip?" Reed asks Roe.']),
    ('"It works." "It will last," he said.', ['"It works."', '"It will last," he said.']),
    ('"It works," he said. "It will last."', ['"It works," he said.', '"It will last."']),
    # a bold run-in head
    ("Some context: Ties are old.", ["Some context:", "Ties are old."]),
    # a verb of saying before a colon heads nothing
    ("Reed said: It works.", ["Reed said: It works."]),
    ("One line\nAnother line", ["One line", "Another line"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected
