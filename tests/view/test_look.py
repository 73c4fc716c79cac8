"""The look: colours that everyone can tell apart, HTML that is escaped, times no more exact than known."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from loaders.drawing.markup import Mark, marked, tag
from loaders.drawing.parties import OTHERS, parties_of, registered
from loaders.drawing.rows import records
from loaders.drawing.theme import DARK, LIGHT, Theme
from loaders.filters import Filters, from_query
from loaders.model import web_address
from loaders.moments import interval, posted
from pages.view.links import href, style_sheet
from tests.html_reading import ReadHtml
from tests.sample_record import at, sample_record

RECORD = sample_record()
# What the three kinds of colour-blindness see of linear RGB: Machado, Oliveira, Fernandes (2009), severity 1.
SEEN_AS = {
    "all colours": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    x, y, z = (TO_XYZ @ np.clip(light, 0, 1)) / [0.9505, 1, 1.089]
    f = [np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(linear(each) @ TO_XYZ[1]) for each in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK])
@pytest.mark.parametrize("kind", SEEN_AS)
def test_party_colours_stay_apart_for_everyone(look: Theme, kind: str) -> None:
    colours = [party.dark if look.is_dark else party.light for party in registered()]
    seen = [lab(SEEN_AS[kind] @ linear(colour)) for colour in colours]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 20


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_every_ink_and_party_colour_can_be_read_on_the_paper(look: Theme) -> None:
    parties = [party.dark if look.is_dark else party.light for party in registered()]
    assert all(
        contrast(colour, look.paper) >= 4.5 for colour in (look.ink, look.muted, look.accent, *parties)
    )


def test_the_theme_is_the_one_streamlit_is_told() -> None:
    told = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())
    for look, name in ((LIGHT, "light"), (DARK, "dark")):
        assert told["theme"][name]["backgroundColor"] == look.paper
        assert told["theme"][name]["textColor"] == look.ink
    assert told["browser"]["gatherUsageStats"] is False


def test_each_entity_has_its_party() -> None:
    parties = parties_of(RECORD)
    assert parties.of("kim-jong-un") == parties.of("pyongyang") == "north-korea"
    assert parties.of("joint-chiefs-of-staff") == "south-korea-japan"
    assert parties.of("junko-ogura") == "press"
    assert parties.of("russia-1") == "russia"  # state media speak for their state
    assert parties.of("") == parties.of("nobody") == OTHERS


def test_a_story_of_other_countries_gets_the_colours_left_over() -> None:
    people = RECORD.people.assign(country=["FRA", "DEU", "FRA", ""]).astype(RECORD.people.dtypes.to_dict())
    empty = {name: rows.head(0) for name, rows in RECORD.tables() if name in ("organizations", "locations")}
    parties = parties_of(RECORD.with_tables(people=people, **empty))
    assert parties.of("kim-jong-un") == "fra"
    assert len({parties.colour(party.id, LIGHT) for party in parties.shown}) == len(parties.shown) == 3


@given(some.text(), some.text())
def test_whatever_the_words_they_stay_words(words: str, value: str) -> None:
    read = ReadHtml(tag("p", words, title=value).code)
    assert [name for name, _ in read.tags] == ["p"]
    if not {"\r", "\0"} & set(value):  # which HTML cannot say
        assert read.tags[0][1].get("title", "") == value
    assert (
        read.words.replace("\r", "\n") == words.replace("\r\n", "\n").replace("\r", "\n")
        or "\r" in words
        or "\0" in words
    )


@given(
    some.text(min_size=1), some.lists(some.tuples(some.integers(-5, 60), some.integers(-5, 60)), max_size=5)
)
def test_highlighting_loses_no_letter(words: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(min(span), max(span)) for span in spans]
    shown = marked(words, marks).code.replace("<mark class='mark'>", "").replace("</mark>", "")
    assert shown == marked(words, []).code


def test_only_addresses_of_the_web_become_links() -> None:
    assert web_address("https://example.org/x") == "https://example.org/x"
    assert web_address("javascript:alert(1)") is None
    assert web_address("") is None


def test_a_link_is_the_view() -> None:
    filters = Filters(people=("kim-jong-un",), words="a & b", row=("event", "e-1"))
    address = href("timeline", filters)
    assert address == "timeline?people=kim-jong-un&words=a+%26+b&event=e-1"
    assert href("overview", Filters()) == "./"
    from urllib.parse import parse_qs

    assert from_query(parse_qs(address.partition("?")[2]))[0] == filters


@pytest.mark.parametrize("name", ["style", "opening"])
def test_the_style_sheets_need_nothing_from_outside(name: str) -> None:
    assert "url(" not in style_sheet(name)
    assert "@import" not in style_sheet(name)
    assert "/*" not in style_sheet(name)


@pytest.mark.parametrize(
    ("start", "end", "granularity", "said"),
    [
        (at(2, 43), at(2, 53), "minute", "11:43–11:53, 13 Sep 2023"),
        (at(4), at(4), "minute", "13:00, 13 Sep 2023"),
        (None, at(4), "", "by 13:00, 13 Sep 2023"),
        (at(4), None, "", "from 13:00, 13 Sep 2023"),
        (at(14), at(16), "", "23:00, 13 Sep 2023 – 01:00, 14 Sep 2023"),
        # a day of another zone (New York's) is still that day, and never gets a clock time
        (at(4, 0, 12), at(4, 0, 13), "day", "12 Sep 2023"),
        (at(15, 0, 11), at(15, 0, 12), "day", "12 Sep 2023"),
        (at(15).replace(month=3, day=31), at(15).replace(month=4, day=30), "month", "April 2023"),
        (at(15).replace(2020, 12, 31), at(15).replace(2021, 12, 31), "year", "2021"),
        (None, None, "", ""),
    ],
)
def test_times_in_words(start: object, end: object, granularity: str, said: str) -> None:
    assert interval(start, end, "Asia/Yakutsk", granularity) == said


def test_a_post_without_a_stamp_is_told_by_its_bounds() -> None:
    first, second, *_ = records(RECORD.posts)
    assert posted(first, "UTC") == "04:58–05:23, 13 Sep 2023"
    assert posted(second, "UTC") == "04:58, 13 Sep 2023"
