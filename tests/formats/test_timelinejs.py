"""`timelinejs.json` and `timelinejs.csv`: every event with a time that is no more exact than it is known."""

from __future__ import annotations

import csv
import html
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from loaders.formats.timelinejs import COLUMNS, timelinejs_csv, timelinejs_json
from loaders.formats.values import plain
from loaders.model import Record
from tests.packed import HOSTILE, first_story, hostile

HEADER = (
    "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media Credit,"
    "Media Caption,Media Thumbnail,Alt Text,Type,Group,Background"
)


def slides(record: Record) -> dict[str, dict[str, Any]]:
    return {each["unique_id"]: each for each in json.loads(timelinejs_json(record))["events"]}


def lines(record: Record) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(timelinejs_csv(record).decode(), newline="")))


def test_every_event_is_a_slide_under_its_own_id() -> None:
    record = first_story()
    assert set(slides(record)) == set(record.events["event_id"])
    assert len(lines(record)) == len(record.events) + 1


@pytest.mark.parametrize(
    ("title", "start", "end", "said"),
    [
        # to the minute, by the clock of the place
        ("North Korea fires", (2023, 9, 13, 11, 43), (2023, 9, 13, 11, 53), "11:43–11:53, 13 Sep 2023 (Vostochny Cosmodrome time)"),
        # bounds only
        ("Both missiles have fallen", (2023, 9, 13, 11, 43), (2023, 9, 13, 12, 51), "Between 11:43 and 12:51, 13 Sep 2023 (Vostochny Cosmodrome time)"),
        # nothing but the post
        ("South Korean military", (2023, 9, 13, 12, 51), None, "Time not stated; by 12:51, 13 Sep 2023 (Vostochny Cosmodrome time)"),
        # planned, no time: where it was first reported, and it says so
        ("Kim Jong Un and Vladimir Putin to hold", (2023, 9, 13, 13, 0), None, "Time not known; first reported 13:00, 13 Sep 2023 (Vostochny Cosmodrome time)"),
        # a day, a month, a year have no finer parts; New York's Tuesday stays a Tuesday
        ("Kim Jong Un arrives in Russia", (2023, 9, 12), None, "12 Sep 2023"),
        ("John Bolton", (2023, 9, 12), None, "12 Sep 2023"),
        ("KCNA says", (2023, 4), None, "April 2023"),
        ("Korean War", (1950,), None, "1950"),
        ("War in Ukraine", (2022, 3), (2023, 9), "March 2022 – September 2023"),
        # a bound at midnight is the end of a day, not a time of day
        ("Kim Jong Un leaves Pyongyang", (2023, 9, 12), None, "By the end of 12 Sep 2023"),
    ],
)  # fmt: skip
def test_what_is_known_of_a_time_and_no_more(
    title: str, start: tuple[int, ...], end: tuple[int, ...] | None, said: str
) -> None:
    (slide,) = [each for each in slides(first_story()).values() if each["text"]["headline"].startswith(title)]
    assert tuple(slide["start_date"].values()) == start
    assert tuple(slide.get("end_date", {}).values()) == (end or ())
    assert slide["display_date"] == said
    (line,) = [each for each in lines(first_story()) if each["Headline"].startswith(title)]
    assert line["Display Date"] == said
    assert [line["Year"], line["Month"], line["Day"]] == [*map(str, start[:3]), *[""] * (3 - len(start))]
    assert line["Time"] == (f"{start[3]:02}:{start[4]:02}" if len(start) == 5 else "")


def test_no_slide_has_an_invented_midnight() -> None:
    for slide in slides(first_story()).values():
        for date in (slide["start_date"], slide.get("end_date", {})):
            assert (date.get("hour"), date.get("minute")) != (0, 0)


def test_an_event_of_which_nothing_is_known_stands_on_the_title_slide() -> None:
    record = first_story()
    nothing = record.events.assign(start_at=None, end_at=None, first_posted_at=None)
    events = nothing.astype({name: record.events[name].dtype for name in nothing})
    timeline = json.loads(timelinejs_json(record.with_tables(events=events)))
    assert timeline["events"] == []
    assert "Both missiles have fallen" in timeline["title"]["text"]["text"]


def test_the_csv_has_the_columns_timelinejs_matches_and_none_of_its_older_reader() -> None:
    first = timelinejs_csv(first_story()).decode().split("\r\n", 1)[0]
    assert first == HEADER == ",".join(COLUMNS)
    assert lines(first_story())[0]["Type"] == "title"


def check_cells(record: Record, words: str) -> None:
    shown = plain(words).replace("\n", " ")
    for line in lines(record):
        seen = [cell.lstrip(" \u200b\u202e") for cell in line.values()]
        assert not any(cell.startswith(("=", "+", "-", "@", "＝", "\t", "\r", "\n")) for cell in seen)
        assert "<" not in line["Headline"] + line["Display Date"] + line["Group"]
        assert html.unescape(line["Headline"]) == shown
        # its markup is stripped and the rest shown as HTML, so it is escaped twice
        assert html.unescape(html.unescape(line["Group"])) in ("", shown)
    for slide in slides(record).values():
        assert html.unescape(slide["text"]["headline"]) == shown
        assert "<" not in slide["text"]["headline"] + slide["display_date"] + slide.get("group", "")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_is_text_for_timelinejs_and_for_a_spreadsheet(words: str) -> None:
    check_cells(hostile(words), words)


@given(some.text(min_size=1, max_size=12))
def test_any_text_is_text(words: str) -> None:
    check_cells(hostile(words), words)
