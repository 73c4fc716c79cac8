"""What time expressions are read with: the calendar, the grammar and the word list."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import SettingsError
from loaders.model import Span
from loaders.settings import DATA, read_yaml
from loaders.timex.days import easter, holiday_in
from loaders.timex.grammar import KINDS, MACROS, RULES
from loaders.timex.lexicon import lexicon
from loaders.timex.patterns import find_hits
from loaders.timex.reading import READERS
from loaders.timex.tokens import tokenize
from loaders.timex.vocabulary import TimeWords, time_words


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (1961, date(1961, 4, 2)),
        (2000, date(2000, 4, 23)),
        (2008, date(2008, 3, 23)),
        (2023, date(2023, 4, 9)),
    ],
)
def test_easter(year: int, expected: date) -> None:
    assert easter(year) == expected


@given(st.integers(1900, 2100))
def test_holidays_fall_on_their_weekday(year: int) -> None:
    for holiday in time_words().holidays:
        day = holiday_in(holiday, year)
        if holiday.weekday:
            assert (day - timedelta(days=holiday.after)).isoweekday() == holiday.weekday


def test_every_rule_can_be_read() -> None:
    assert {rule.name for rule in RULES} - {""} == set(READERS)


def test_grammar_compiles_to_known_kinds_only() -> None:
    assert not set(KINDS.split()) & set(MACROS)
    assert list(find_hits(tokenize("", Span(0, 0), lexicon()))) == []
    kinds = {word.kind for word in lexicon().words.values()}
    assert kinds <= set(KINDS.split())


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("number: 7, name: sunday", "number: 8, name: sunday", "less than or equal to 7"),
        ("zone: Asia/Pyongyang", "zone: Asia/Nowhere", "Asia/Nowhere"),
        ("month: 5, day: 1}", "month: 5}", "a holiday has month and day"),
        ("  week_of: [week of]", "  weak_of: [week of]", "weak_of"),
    ],
)
def test_vocabulary_errors_say_what_and_where(tmp_path: Path, before: str, after: str, said: str) -> None:
    written = (DATA / "vocabulary" / "times.yaml").read_text(encoding="utf-8")
    assert before in written
    broken = tmp_path / "times.yaml"
    broken.write_text(written.replace(before, after), encoding="utf-8")
    with pytest.raises(SettingsError, match=said) as error:
        read_yaml(broken, TimeWords)
    assert error.value.file == str(broken)
