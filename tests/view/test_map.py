"""The maps as data: what is shown, where names go, and that nothing is fetched."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from loaders.drawing.geometry import arrow_head, curve, framed, outlines, region_of
from loaders.drawing.name_places import Name, placed_names
from loaders.drawing.parties import parties_of
from loaders.drawing.places import Pin, arcs, holding, pins, steps, until
from loaders.drawing.theme import LIGHT
from pages.view.deck import alt_text, borders, land, story_deck
from tests.sample_record import at, sample_record

RECORD = sample_record()
PARTIES = parties_of(RECORD)
CURRENT = RECORD.events[~RECORD.events["is_background"]]
POINTS = some.lists(some.tuples(some.floats(-179, 179), some.floats(-80, 80)), min_size=1, max_size=8)


def shown(all_senses: bool = False) -> dict[str, object]:
    found = pins(RECORD.locations, CURRENT, PARTIES, all_senses=all_senses)
    moves = arcs(RECORD, CURRENT, PARTIES)
    deck = story_deck(found, moves, framed(holding(found, moves), 900, 560), PARTIES, LIGHT, "sunan")
    spec: dict[str, object] = json.loads(deck.to_json())
    return spec


def layer(spec: dict[str, object], name: str) -> dict[str, object]:
    layers = spec["layers"]
    assert isinstance(layers, list)
    return next(each for each in layers if each["id"] == name)


def test_places_are_literal_unless_asked() -> None:
    literal = {pin.location_id for pin in pins(RECORD.locations, CURRENT, PARTIES, all_senses=False)}
    whole = {pin.location_id for pin in pins(RECORD.locations, CURRENT, PARTIES, all_senses=True)}
    assert whole - literal == {"moscow", "tokyo"}  # a government, and where a reporter sits


def test_the_deck_has_movements_areas_pins_and_names_in_both_scripts() -> None:
    spec = shown()
    assert layer(spec, "event e-train")["data"]
    assert layer(spec, "event e-missiles")["data"]
    assert {area["key"] for area in layer(spec, "areas")["data"]} == {"sunan", "waters-off-east-coast"}  # type: ignore[attr-defined, index]
    assert {pin["key"] for pin in layer(spec, "pins")["data"]} == {"vostochny-cosmodrome", "pyongyang"}  # type: ignore[attr-defined, index]
    names = {name["name"] for name in layer(spec, "names")["data"]}  # type: ignore[attr-defined, index]
    assert {"Vostochny Cosmodrome", "Космодром Восточный", "NORTH KOREA"} <= names


def test_nothing_is_fetched() -> None:
    spec = shown()
    assert spec.get("mapProvider") is None
    assert layer(spec, "land")["data"]
    assert "http" not in json.dumps(spec).replace("https://deck.gl", "")


def test_the_outlines_are_cut_to_the_view() -> None:
    points = [point for ring in land((120, 30, 135, 55)) for point in ring]
    assert points
    assert all(120 <= x <= 135 and 30 <= y <= 55 for x, y in points)


def test_borders_are_what_two_neighbours_share() -> None:
    west = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
    east = [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.0, 0.0)]
    assert borders([west, east]) == [((1.0, 0.0), (1.0, 1.0))]
    assert len(borders(land((124, 37, 131, 43)))) > 10  # along the Yalu, the Tumen and the armistice line


def test_the_smallest_outlines_that_hold_a_box() -> None:
    assert region_of((110, 18, 150, 60)) == "east-asia"
    assert region_of((-170, -50, 170, 80)) == "world"
    assert {outline.iso3 for outline in outlines((124, 37, 131, 43))} >= {"PRK", "KOR"}


@given(POINTS, some.sampled_from([(360.0, 440.0), (980.0, 560.0)]))
def test_a_frame_holds_its_points(points: list[tuple[float, float]], size: tuple[float, float]) -> None:
    frame = framed(points, *size)
    for point in points:
        x, y = frame.pixels(*point)
        assert -1 <= x <= size[0] + 1
        assert -1 <= y <= size[1] + 1
        assert frame.degrees(x, y) == pytest.approx(point, abs=1e-6)


@given(
    some.lists(
        some.builds(
            Name,
            some.uuids().map(str),
            some.floats(0, 900),
            some.floats(0, 500),
            some.floats(10, 200),
            some.floats(10, 34),
            some.floats(0, 15),
            some.sampled_from([0.0, 9.0]),
        ),
        max_size=12,
    )
)
def test_no_name_touches_another_or_leaves_the_map(names: list[Name]) -> None:
    boxes = []
    for key, anchor in placed_names(names, 900, 500).items():
        name = next(each for each in names if each.key == key)
        left = name.x + anchor.dx - {"start": 0, "end": name.width, "middle": name.width / 2}[anchor.side]
        height = name.least_height if anchor.is_short else name.height
        top = name.y + anchor.dy - height / 2
        box = (left, top, left + name.width, top + height)
        assert box[0] >= 0
        assert box[2] <= 900
        assert all(box[0] >= b[2] or b[0] >= box[2] or box[1] >= b[3] or b[1] >= box[3] for b in boxes)
        boxes.append(box)


def place(name: str, longitude: float, events: int) -> Pin:
    return Pin(name, name, "", longitude, 50.0, 0.0, False, 1, events, "others")


def test_one_event_at_the_other_end_of_the_world_does_not_make_a_map_of_the_world() -> None:
    near = [place("Leeds", -1.5, 6), place("Hull", -0.3, 5)]
    assert holding([*near, place("Cleveland", -81.7, 1)], []) == [(-1.5, 50.0), (-0.3, 50.0)]
    assert len(holding([*near, place("Cleveland", -81.7, 4)], [])) == 3, "what is told often is shown"
    assert len(holding([place("Leeds", -1.5, 1), place("Cleveland", -81.7, 1)], [])) == 2


def test_a_name_without_room_for_its_second_line_keeps_its_first() -> None:
    tall, low = (Name("town", 100, 15, 90, 34, 4, least) for least in (0.0, 16.0))
    assert placed_names([tall], 300, 30) == {}
    assert placed_names([low], 300, 30)["town"].is_short


def test_a_movement_ends_in_an_arrow_at_its_goal() -> None:
    points = curve((125.75, 39.03), (128.33, 51.88))
    assert points[0] == pytest.approx((125.75, 39.03))
    assert points[-1] == pytest.approx((128.33, 51.88))
    assert arrow_head(framed(points, 400, 400), points)[1] == points[-1]


def test_the_story_grows_step_by_step() -> None:
    moments = steps(CURRENT)
    assert moments == sorted(set(moments))
    counts = [len(until(CURRENT, moment)) for moment in moments]
    assert counts == sorted(counts)
    assert counts[-1] == len(CURRENT)
    assert list(until(CURRENT, at(2, 50))["event_id"]) == ["e-missiles", "e-train"]
    assert len(until(CURRENT, None)) == len(CURRENT)


def test_the_alternative_text_says_what_is_shown() -> None:
    found = pins(RECORD.locations, CURRENT, PARTIES, all_senses=False)
    said = alt_text(found, arcs(RECORD, CURRENT, PARTIES), "up to noon")
    assert said.startswith("Map up to noon: Vostochny Cosmodrome")
    assert "Kim leaves Pyongyang by armored train" in said
