"""Who says what: each row is a text and the speakers of its quotations or reported passages, in order."""

from __future__ import annotations

import pytest

from loaders import annotate

SPEAKERS = [
    # the verb behind the quotation, the speaker before it and after it
    ('"We are leaving," Anna Reed said.', [("direct", "Anna Reed")]),
    ('"We are leaving," said Anna Reed, a nurse.', [("direct", "Anna Reed")]),
    # a question mark inside the marks ends no sentence of the reporter's
    ('"Are you well?" Anna Reed asked the driver.', [("direct", "Anna Reed")]),
    # the verb before the quotation
    ('Anna Reed told reporters, "There is time."', [("direct", "Anna Reed")]),
    # a title and an apposition belong to the speaker
    ('Defense Minister Anna Reed, a former pilot, said: "There is time."', [("direct", "Anna Reed")]),
    ("The group’s president, Anna Reed, said: “There is time.”", [("direct", "Anna Reed")]),
    # party and state in brackets
    ('"There is time," Sen. Anna Reed (D-Ohio) said.', [("direct", "Anna Reed")]),
    # words quoted inside the reporter's own sentence
    ('Anna Reed warned that the plan is "quite reckless and dear".', [("mixed", "Anna Reed")]),
    # straight before, curly behind
    ('Anna Reed said it could "help the city grow.”', [("mixed", "Anna Reed")]),
    # the pronoun is the one who spoke last
    (
        '"It works," Anna Reed said.\n"It will last," she added.',
        [("direct", "Anna Reed"), ("direct", "Anna Reed")],
    ),
    # a second quotation without a verb of its own
    ('"It works," Anna Reed said. "It will last."', [("direct", "Anna Reed"), ("direct", "Anna Reed")]),
    # somebody unnamed spoke last: the pronoun is not the one just named
    (
        'The teacher said Anna Reed was injured. She said: "It is terrible for us."',
        [("indirect", "teacher"), ("direct", "teacher")],
    ),
    # reported without marks, behind the verb, before it, and "according to"
    ("Anna Reed said that the bridge was closed.", [("indirect", "Anna Reed")]),
    ("The bridge was closed on Tuesday, Anna Reed said.", [("indirect", "Anna Reed")]),
    (
        "The bridge was closed, according to the Ministry of Transport.",
        [("indirect", "Ministry of Transport")],
    ),
    # two outlets at once
    ("Both have arrived, according to Reuters and TASS.", [("indirect", "Reuters; TASS")]),
    # a signature
    ("“The best day of my life was yesterday.” ― Anna Reed", [("direct", "Anna Reed")]),
]


@pytest.mark.parametrize(("text", "expected"), SPEAKERS)
def test_speakers(text: str, expected: list[tuple[str, str]]) -> None:
    quotes = annotate(text).quotes
    assert list(zip(quotes["quote_type"], quotes["speaker"], strict=True)) == expected


SILENT = [
    # said of somebody, or to somebody, is not said by them
    'Residents were told to "stay away from the river banks".',
    "Anna Reed is said to have left the city.",
    # a denial reports nothing
    "Anna Reed did not say when the bridge would open.",
    # a noun is no verb of saying
    "The remark was short.",
]


@pytest.mark.parametrize("text", SILENT)
def test_nobody_speaks(text: str) -> None:
    assert list(annotate(text).quotes["speaker"].str.strip()) in ([], [""])


def test_scare_quotes_are_no_quotations() -> None:
    assert annotate(
        'The so-called "smart" bridge is open. The film "Long Way Home" begins at noon.'
    ).quotes.empty


def test_a_quoted_noun_for_speech_is_the_reporters_words() -> None:
    quotes = annotate('Anna Reed is asking "a lot of hard questions," state media TASS said.').quotes
    assert list(quotes["speaker"]) == ["TASS"]


DETAILS = [
    ('Anna Reed told CNN: "There is time for all of us."', "addressee", "CNN"),
    ('"There is time," Anna Reed told the Daily Herald.', "addressee", ""),
    (
        '"How was it?" Anna Reed asks, according to video released by the Kremlin.',
        "via",
        "video released by the Kremlin",
    ),
    (
        "All have landed, said the Coast Guard, citing the Ministry of Transport.",
        "via",
        "Ministry of Transport",
    ),
    ("All is quiet, according to state media Russia 1.", "source_type", "state media"),
    ("All is quiet, officials said.", "source_type", "government"),
    ("All is quiet, experts told CNN.", "source_type", "analyst"),
]


@pytest.mark.parametrize(("text", "column", "expected"), DETAILS)
def test_what_goes_with_a_quote(text: str, column: str, expected: str) -> None:
    assert annotate(text).quotes[column][0] == expected
