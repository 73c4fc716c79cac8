"""What counts as right in the README's table of scores: invented documents, and what must be counted in them."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from loaders.model import Record
from tests.benchmarks import names, scores
from tests.benchmarks.counting import (
    Tally,
    counterpart,
    exact,
    kilometres,
    people,
    places,
    posts,
    quotes,
    summed,
    times,
)
from tests.write_dictionary import README


def record(**tables: list[Mapping[str, object]]) -> Record:
    return scores.nothing().with_tables(**{name: pd.DataFrame(rows) for name, rows in tables.items()})


def span(start: int, end: int, **more: object) -> dict[str, object]:
    return {"start": start, "end": end, **more}


def quote(start: int, end: int, words: str, speaker: str = "", **more: object) -> dict[str, object]:
    return span(start, end, quote=words, quote_type="direct", speaker=speaker, speaker_mention="", **more)


def gold(start: int, end: int, speaker: str, n_words: int = 5, **more: object) -> dict[str, object]:
    return span(start, end, speaker=speaker, n_words=n_words, **more)


FIVE = "one two three four five"

SPEAKERS = [
    # case, gold speaker, who the pronoun is, speaker found, as printed beside the cue, right or not
    ("one word of the name is enough", "Mayor Ada Grant", None, "Ada Grant", "", True),
    ("a title alone is not", "President Ada Grant", None, "President Bo Lind", "", False),
    ("who is left open is wrong", "Ada Grant", None, "", "", False),
    ("as printed is enough for a description", "the mayor", None, "", "the mayor", True),
    ("whom a pronoun means must be named", "she", "Ada Grant", "", "she", False),
    ("and is right when it is", "she", "Ada Grant", "Ada Grant", "she", True),
    ("another person is wrong", "she", "Ada Grant", "Bo Lind", "she", False),
    ("a possessive is no part of a name", "Grant's office", None, "Grant’s", "", True),
]


@pytest.mark.parametrize(
    ("case", "who", "meant", "speaker", "printed", "right"), SPEAKERS, ids=[s[0] for s in SPEAKERS]
)
def test_a_speaker_is_right(
    case: str, who: str, meant: str | None, speaker: str, printed: str, right: bool
) -> None:
    found = record(quotes=[quote(0, 20, FIVE, speaker) | {"speaker_mention": printed}])
    counted = quotes({"quotes": [gold(0, 20, who, speaker_resolved=meant)]}, found)
    assert counted["speaker"] == Tally(1, 0, int(right)), case


def test_quotations_of_four_words_count_once_they_share_half() -> None:
    document = {
        "quotes": [gold(0, 20, "A"), gold(30, 50, "B"), gold(60, 63, "C", n_words=2), gold(70, 90, "")]
    }
    found = record(quotes=[quote(0, 12, FIVE), quote(41, 60, FIVE), quote(60, 63, "two words")])
    assert quotes(document, found)["found"] == Tally(gold=2, found=2, right=1)


def test_reported_speech_is_not_counted() -> None:
    found = record(quotes=[quote(0, 20, FIVE) | {"quote_type": "indirect"}])
    assert quotes({"quotes": [gold(0, 20, "A")]}, found)["found"] == Tally(1, 0, 0)


def test_a_place_is_near_within_161_km_and_only_where_it_was_found() -> None:
    document = {
        "places": [
            span(0, 6, lat=51.5, lon=0.0),
            span(10, 16, lat=40.0, lon=0.0),
            span(20, 26, lat=None, lon=None),
        ]
    }
    mentions = [
        span(0, 6, entity_type="location", entity_id="a"),
        span(10, 16, entity_type="location", entity_id=""),
    ]
    located = [{"location_id": "a", "latitude": 52.5, "longitude": 0.0}]
    counted = places(document, record(mentions=mentions, locations=located))
    assert counted == {"found": Tally(3, 2, 2), "near": Tally(2, 0, 1)}


def test_a_degree_of_latitude_is_111_km() -> None:
    assert kilometres((0, 0), (1, 0)) == pytest.approx(111.2, abs=0.1)


def test_names_must_agree_to_the_character() -> None:
    mentions = [
        span(0, 9, entity_type="person", form="name"),
        span(20, 22, entity_type="person", form="pronoun"),
    ]
    assert people({"people": [span(0, 9), span(30, 35)]}, record(mentions=mentions))["found"] == Tally(
        2, 1, 1
    )
    assert exact([span(0, 9)], [(0, 8)]) == Tally(1, 1, 0)


def test_each_gold_time_is_found_once_and_its_value_counts_apart() -> None:
    found = record(
        times=[span(0, 6, value="2024-08-05"), span(3, 6, value="2024-08-05"), span(10, 14, value="2023")]
    )
    counted = times({"times": [span(0, 6, value="2024-08-05"), span(12, 14, value="2024")]}, found)
    assert counted == {"found": Tally(2, 3, 2), "value": Tally(2, 3, 1)}


def test_a_live_page_is_right_when_all_its_posts_and_minutes_are() -> None:
    page = {"n_posts_true": 2, "post_times_true": ["2024-08-05T10:00:00+00:00", "2024-08-05T09:00:00+00:00"]}
    ten, nine = datetime(2024, 8, 5, 10, 0, 40, tzinfo=UTC), datetime(2024, 8, 5, 9, tzinfo=UTC)
    assert posts(page, [ten, nine], 2)["documents"].right == 1
    assert posts(page, [ten, nine], 3)["documents"].right == 0
    assert posts(page, [ten, ten], 2)["times"] == Tally(2, 2, 1)


def test_f_and_share_are_over_all_gold_rows() -> None:
    tally = Tally(gold=4, found=2, right=2)
    assert tally.f == pytest.approx(2 * 1.0 * 0.5 / 1.5)
    assert tally.share == 0.5
    assert (Tally().f, Tally().share) == (0.0, 0.0)
    assert summed([{"a": Tally(1, 1, 1)}, {"a": tally}]) == {"a": Tally(5, 3, 3)}


def test_of_overlapping_rows_the_closest_is_meant() -> None:
    assert counterpart(span(0, 10), [span(0, 30), span(1, 10)]) == span(1, 10)
    assert counterpart(span(0, 10), [span(0, 30)]) is None


# --- the commands -----------------------------------------------------------------------------------------------


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    text = "Ada Grant went to Paris on Tuesday."
    document = {
        "doc_id": "1",
        "text": text,
        "dct": "2024-08-05",
        "people": [span(0, 9)],
        "places": [span(18, 23)],
    }
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "conll2003-testa.jsonl").write_text(json.dumps(document) + "\n", "utf-8")
    return tmp_path


def test_the_table_has_a_line_for_each_figure_and_says_what_is_not_here(corpora: Path) -> None:
    listed = list(scores.table(corpora))
    assert "| people's names | CoNLL 2003 testa | F 1.000 | .78 |" in listed
    assert "| who said it | PolNeAR dev, train | not here, not here | .80, .80 |" in listed
    assert len(listed) == 2 + 1 + len(scores.LINES)


def test_a_floor_that_is_missed_is_said() -> None:
    assert scores.floor_cell([0.88, 0.70], [0.887, 0.699]) == ".88, .70, not met"
    assert scores.floor_cell([0.88, 0.70], [0.88, None]) == ".88, .70"


def test_a_document_that_fails_has_found_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("out of paper")

    nothing = scores.nothing()
    monkeypatch.setattr(scores, "annotate", fail)
    assert scores.annotated({"doc_id": "1", "text": "Ada Grant"}) is nothing


def test_the_readme_is_not_written_from_half_the_sets(
    corpora: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = README.read_text("utf-8")
    monkeypatch.setattr(sys, "argv", ["scores", str(corpora), "--write"])
    with pytest.raises(SystemExit):
        scores.main()
    assert "a set is missing" in capsys.readouterr().err
    assert README.read_text("utf-8") == before


def test_the_readme_shows_every_figure_that_the_command_makes() -> None:
    readme = README.read_text("utf-8")
    assert "python -m tests.benchmarks.scores CORPORA" in readme
    assert [what for what, _ in scores.LINES if f"| {what} |" not in readme] == []
    assert [name for name in names.FINDERS if f"| {name} |" not in readme] == []


def test_our_own_finder_gives_the_spans_of_people_and_places() -> None:
    text = "Ada Grant went to Paris on Tuesday. The French mayor was there."
    found = names.rules()(text)
    assert [text[start:end] for start, end in found.people] == ["Ada Grant"]
    assert [text[start:end] for start, end in found.places] == ["Paris"]
