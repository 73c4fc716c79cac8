"""The timeline as data: the folded axis, where marks and labels stand, what the figure says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from loaders.drawing.lanes import _TITLE, Layout, laid_out, shown_events
from loaders.drawing.marks import BARE, DENSE, LETTER, LINE, ROW, wrapped
from loaders.drawing.parties import parties_of
from loaders.drawing.scale import folded_scale, ticks
from loaders.drawing.theme import DARK, LIGHT
from loaders.schema import table
from pages.view.timeline_figure import alt_text, margin, timeline_figure
from tests.sample_record import at, sample_record

RECORD = sample_record()
PARTIES = parties_of(RECORD)
INSTANTS = some.datetimes(datetime(2023, 9, 1), datetime(2023, 9, 30), timezones=some.just(UTC))


def layout(width: float = 800, by: str = "place", events: pd.DataFrame = RECORD.events) -> Layout:
    found = laid_out(RECORD, events, by, width, {}, left=margin(width))
    assert found is not None
    return found


@given(some.lists(INSTANTS, min_size=1, max_size=30), some.lists(INSTANTS, max_size=10))
def test_the_axis_keeps_order_and_holds_all(sharp: list[datetime], loose: list[datetime]) -> None:
    scale = folded_scale(sharp, loose)
    assert scale is not None
    places = [scale.at(instant) for instant in sorted([*sharp, *loose])]
    assert places == sorted(places)
    assert all(0 <= place <= 1 for place in places)
    assert scale.start <= min([*sharp, *loose])
    assert scale.end >= max([*sharp, *loose])


def test_a_quiet_stretch_is_folded_and_a_busy_hour_is_wide() -> None:
    scale = folded_scale([at(3, 10), at(3, 50), at(4, 20)], [at(15, 0, 11)])
    assert scale is not None
    assert scale.folds == ((at(15, 0, 11), at(3)),)
    assert scale.at(at(4)) - scale.at(at(3)) > 0.3
    assert scale.at(at(3)) - scale.at(at(15, 0, 11)) < 0.4
    assert folded_scale([]) is None


@given(some.lists(INSTANTS, min_size=1, max_size=20), some.sampled_from([330.0, 800.0, 1200.0]))
def test_ticks_leave_room_for_their_words(sharp: list[datetime], width: float) -> None:
    scale = folded_scale(sharp)
    assert scale is not None
    marks = ticks(scale, "Asia/Seoul", width)
    assert marks
    assert all(b.x * width - a.x * width >= 26 for a, b in pairwise(marks))


def test_a_mark_is_an_interval_that_says_how_sure_it_is() -> None:
    looks = {mark.event_id: (mark.look, mark.is_open) for mark in layout().marks}
    assert looks == {
        "e-missiles": ("solid", False),  # stated
        "e-train": ("faded", True),  # derived, and nobody knows since when
        "e-hands": ("faded", False),  # bounded by the post
        "e-talks": ("hollow", False),  # planned
    }


def test_a_thread_leads_to_the_moment_it_was_posted() -> None:
    marks = {mark.event_id: mark for mark in layout().marks}
    scale = layout().scale
    assert marks["e-missiles"].posted == pytest.approx(scale.at(at(3, 51)))
    assert marks["e-hands"].posted is None  # posted the moment it is known to be over


def test_background_and_the_undated_are_not_on_the_axis() -> None:
    assert set(shown_events(RECORD.events)["event_id"]) == {"e-missiles", "e-train", "e-hands", "e-talks"}


def test_lanes_by_place_run_from_north_to_south() -> None:
    assert [lane.name for lane in layout().lanes] == ["Vostochny Cosmodrome", "Sunan", "Pyongyang"]
    assert [lane.name for lane in layout(by="people").lanes] == ["Kim Jong Un", "North Korea"]
    assert [lane.name for lane in layout(by="kind").lanes] == ["depart", "launch", "meet", "talks"]


@given(
    some.lists(some.tuples(INSTANTS, INSTANTS, some.text(max_size=90)), min_size=1, max_size=25),
    some.sampled_from([350.0, 800.0, 1200.0]),
)
def test_no_label_meets_a_mark_or_another_label(
    rows: list[tuple[datetime, datetime, str]], width: float
) -> None:
    events = table(
        "events",
        (
            {
                "event_id": f"e-{n}",
                "title": title,
                "event_type": "x",
                "start_at": min(a, b),
                "end_at": max(a, b),
                "first_posted_at": max(a, b) + timedelta(minutes=n),
                "time_basis": "stated",
                "granularity": "minute",
            }
            for n, (a, b, title) in enumerate(rows)
        ),
    )
    found = layout(width, "kind", events)
    taken: dict[float, list[tuple[float, float]]] = {}
    for mark in found.marks:
        size = max(map(len, mark.lines)) * LETTER
        label = (mark.label_at * width, mark.label_at * width + size)
        low = min(mark.start * width, label[0])
        high = max(mark.end * width, (mark.posted or 0) * width, label[1])
        assert label[0] >= -0.01
        assert label[1] <= width + 0.01 or mark.label_at == 0
        assert all(high < a or low > b for a, b in taken.setdefault(mark.row, []))
        taken[mark.row].append((low, high))


def test_words_wrap_to_two_lines_and_are_cut_only_then() -> None:
    assert wrapped("Kim signs the book", 40) == ("Kim signs the book",)
    assert wrapped("Kim signs the guest book", 14) == ("Kim signs the", "guest book")
    assert wrapped("one two three four five six seven", 8)[-1].endswith("…")
    assert wrapped("", 20) == ("",)


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_the_figure_shows_every_event_once_in_its_party_colour(look: object) -> None:
    parties = {
        "e-missiles": "north-korea",
        "e-train": "north-korea",
        "e-hands": "russia",
        "e-talks": "russia",
    }
    found = laid_out(RECORD, RECORD.events, "place", 800, parties)
    assert found is not None
    figure = timeline_figure(RECORD, RECORD.events, found, PARTIES, look, "UTC", "e-hands")  # type: ignore[arg-type]
    traces = {trace.name: trace for trace in figure.data}
    bars = traces["events"]
    assert [list(cell) for cell in bars.customdata] == [["event", mark.event_id] for mark in found.marks]
    solid = [mark.event_id for mark in found.marks].index("e-missiles")
    assert bars.marker.color[solid] == PARTIES.colour("north-korea", look)  # type: ignore[arg-type]
    assert max(bars.marker.line.width) == 2.5  # the chosen one
    assert len(traces["posts"].x) == len(RECORD.posts)
    assert figure.layout.title.text is None
    assert "18:00" not in "".join(traces["ticks"].text)


def test_a_mark_points_left_where_nobody_tells_its_beginning() -> None:
    events = RECORD.events.copy()
    events.loc[events["event_id"] == "e-hands", "start_at"] = pd.NaT
    found = laid_out(RECORD, events, "place", 800, {})
    assert found is not None
    figure = timeline_figure(RECORD, events, found, PARTIES, LIGHT, "UTC")
    ends = next(trace for trace in figure.data if trace.name == "open ends")
    untold = set(events["event_id"][events["start_at"].isna()])
    assert list(ends.x) == [round(mark.start, 5) for mark in found.marks if mark.event_id in untold]
    assert "e-hands" in untold


def test_outside_text_is_shown_as_it_is() -> None:
    events = RECORD.events.assign(title="<b>bold</b> & <a href='javascript:x'>$x$</a>").astype(
        {"title": "str"}
    )
    figure = timeline_figure(RECORD, events, layout(events=events), PARTIES, LIGHT, "UTC")
    written = [
        *figure.data[2].hovertext,
        *next(trace for trace in figure.data if trace.name == "labels").text,
    ]
    assert all("<a" not in words and "&lt;" in words for words in written)


def test_the_alternative_text_says_what_is_shown() -> None:
    said = alt_text(layout(), 4, "4 of 5 events: at Sunan")
    assert "4 events (4 of 5 events: at Sunan)" in said
    assert "Vostochny Cosmodrome, Sunan, Pyongyang" in said


def test_a_row_is_no_higher_than_its_labels_and_air_is_given_to_each() -> None:
    titles = ["Short", "A title that is far too long for one line of a narrow chart on a phone"]
    events = RECORD.events.assign(title=[titles[n % 2] for n in range(len(RECORD.events))])
    found = layout(330, "kind", events)
    heights = {
        lane.last - lane.first - _TITLE / found.pitch: len(mark.lines)
        for lane, mark in zip(found.lanes, found.marks, strict=True)
    }
    assert {round(height * found.pitch): lines for height, lines in heights.items()} == {
        ROW: 1,
        ROW + LINE: 2,
    }
    airy = laid_out(RECORD, events, "kind", 330, {}, air=7)
    assert airy is not None
    assert airy.pitch == ROW + LINE + 7
    assert airy.rows * airy.pitch == pytest.approx(found.rows * found.pitch + 7 * len(found.marks), abs=0.1)


def test_names_of_lanes_stand_left_of_the_axis_wherever_room_was_left_for_them() -> None:
    # 652 pixels of axis beside 168 of names: the axis alone would be too narrow for names beside it
    found = laid_out(RECORD, RECORD.events, "place", 652, {}, left=168)
    assert found is not None
    figure = timeline_figure(RECORD, RECORD.events, found, PARTIES, LIGHT, "UTC")
    names = next(trace for trace in figure.data if trace.name == "lanes")
    assert set(names.x) == {-168 / 652}
    assert figure.layout.xaxis.range[0] == -168 / 652


def many(count: int) -> pd.DataFrame:
    """So many events over two days, in so many places that not all have a lane."""
    return table(
        "events",
        (
            {
                "event_id": f"e-{n}",
                "title": f"Gate {n} is closed by the harbour office",
                "event_type": f"kind {n % 30}",
                "start_at": None if n % 3 else at(0) + timedelta(minutes=7 * n),
                "end_at": at(0) + timedelta(minutes=7 * n + 5),
                "first_posted_at": at(0) + timedelta(minutes=7 * n + 5),
                "post_ids": "p-1; p-2" if n == 77 else "p-1",
                "time_basis": "stated",
                "granularity": "minute",
            }
            for n in range(count)
        ),
    )


def test_a_timeline_of_many_events_keeps_all_marks_and_labels_those_most_posts_report() -> None:
    events = many(400)
    whole = laid_out(RECORD, events, "kind", 800, {}, left=168)
    found = laid_out(RECORD, events, "kind", 800, {}, left=168, most=1800, chosen="e-200")
    assert whole is not None
    assert found is not None
    assert whole.rows * whole.pitch > 4000
    assert found.rows * found.pitch <= 1800
    assert {mark.event_id for mark in found.marks} == set(events["event_id"])
    labelled = {mark.event_id for mark in found.marks if mark.lines}
    assert {"e-77", "e-200"} <= labelled
    assert 0 < found.labelled < 400
    assert [lane.name for lane in found.lanes][-1] == "12 other kinds"
    figure = timeline_figure(RECORD, events, found, PARTIES, LIGHT, "UTC", "e-200")
    assert len(figure.data[2].customdata) == 400
    assert len(next(trace for trace in figure.data if trace.name == "labels").text) == found.labelled


def test_few_events_are_drawn_as_they_would_be_without_a_limit() -> None:
    limited = laid_out(RECORD, RECORD.events, "place", 800, {}, left=168, most=1800)
    assert limited == laid_out(RECORD, RECORD.events, "place", 800, {}, left=168)


@pytest.mark.parametrize("most", [1800, 900])
def test_marks_without_labels_do_not_meet(most: int) -> None:
    found = laid_out(RECORD, many(400), "kind", 330, {}, most=most)
    assert found is not None
    rows: dict[float, list[tuple[float, float]]] = {}
    for mark in found.marks:
        if not mark.lines:
            assert all(mark.end < a or mark.start > b for a, b in rows.setdefault(mark.row, []))
            rows[mark.row].append((mark.start, max(mark.end, mark.posted or 0)))


def test_where_even_ten_labels_are_too_many_marks_stand_closer() -> None:
    loose, dense = (laid_out(RECORD, many(400), "kind", 330, {}, most=most) for most in (1300, 1050))
    assert loose is not None
    assert dense is not None
    assert (loose.bare, dense.bare) == (BARE, DENSE)
    assert loose.labelled == dense.labelled == 10
    assert loose.rows * loose.pitch > 1050
    assert dense.rows * dense.pitch < 1050
    assert {mark.event_id for mark in dense.marks} == {mark.event_id for mark in loose.marks}


def test_outside_a_window_the_axis_is_folded() -> None:
    window = (at(10), at(20))
    found = laid_out(RECORD, many(400), "kind", 800, {}, window=window)
    assert found is not None
    assert found.scale.at(window[1]) - found.scale.at(window[0]) > 0.7
    assert all(0 <= mark.start < mark.end <= 1.001 for mark in found.marks)
