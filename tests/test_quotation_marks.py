"""Which marks belong together: each row is a paragraph and what stands between its marks."""

from __future__ import annotations

import pytest

from loaders.model import Span
from loaders.quotation_marks import pair_marks

PAIRS = [
    ('He said "yes" and "no".', ["yes", "no"]),
    # straight before, curly behind, and the other way round
    ('He said "that it holds.”', ["that it holds."]),
    ('He said “that it holds."', ["that it holds."]),
    # an apostrophe is no mark
    ("It's Kim’s brother's “old” house", ["old"]),
    # inches
    ("He is 5'10\" tall.", []),
    # two single marks typed for one
    ("''It holds,'' he said.", ["It holds,"]),
    # British single marks, with a plural's apostrophe inside
    ("He called it 'the players' own goal' today", ["the players' own goal"]),
    # marks within marks
    ("“He stood “in the middle” of it,” she said.", ["He stood “in the middle” of it,"]),
    # a mark that was forgotten
    ('"It holds, he said. "It will last," she said.', ["It holds, he said.", "It will last,"]),
    # a space behind an opening mark
    ("He wrote: “ It holds.”", ["It holds."]),
    # one that is never closed runs to the end of its paragraph
    ("He said: “It holds", ["It holds"]),
    ("", []),
    ('"', []),
    ('""""', []),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_pairs(text: str, expected: list[str]) -> None:
    assert [q.span.of(text) for q in pair_marks(text, Span(0, len(text)))] == expected
