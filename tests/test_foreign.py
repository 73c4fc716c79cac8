"""What is still said of a text that is not English."""

from __future__ import annotations

import pytest

from loaders import annotate

ITALIAN = (
    "La situazione peggiora, dice Anna Rossi davanti ai giornalisti. Poi ha parlato Vladimir Putin a Mosca. "
    "Nella Striscia mancano acqua e pane. Sanità di Hamas: “Almeno cento i morti nel campo”. "
    "Il Paese aspetta una risposta della Spa che ha costruito il ponte. "
) * 9


def texts(kind: str) -> set[str]:
    mentions = annotate(ITALIAN).mentions
    return set(mentions[mentions["entity_type"] == kind]["text"])


def test_people_are_those_whose_capitals_begin_no_sentence() -> None:
    assert texts("person") == {"Anna Rossi", "Vladimir Putin"}


def test_words_that_are_towns_elsewhere_are_no_places() -> None:
    assert texts("location") & {"Paese", "Spa"} == set()


def test_nobody_speaks_who_is_no_name() -> None:
    assert set(annotate(ITALIAN).quotes["speaker"]) == {""}


@pytest.mark.parametrize(
    "text", ["Ciao a tutti.", "She went to the house of the man. " * 60, "Reed 12 Rossi 9\n" * 300]
)
def test_short_and_english_texts_are_read_as_english(text: str) -> None:
    assert annotate(text).problems.empty
