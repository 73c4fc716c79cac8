"""The zone an outlet counts in, where its page states none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest

from loaders.model import Blog, Post, Span
from loaders.record import build_record

TEXT = "Reports from Los Angeles, San Diego, Sacramento and Leeds. The plan was drawn up in 2020."


def _began(**stated: str) -> pd.Timestamp:
    """When "2020" begins on a page with this outlet and address."""
    posted = datetime(2024, 7, 18, 12, tzinfo=UTC)
    span = Span(0, len(TEXT))
    post = Post("p", 1, span, span, posted_at=posted, posted_from=posted, posted_to=posted)
    times = build_record(replace(Blog(TEXT, (post,)), **stated)).times
    return times.loc[times["value"] == "2020", "time_from"].iloc[0]


@pytest.mark.parametrize(
    ("stated", "hour"),
    [
        ({}, 8),  # most places are in California
        ({"zone": "Asia/Tokyo"}, 15),
        ({"url": "https://www.kent-news.example.co.uk/live/1"}, 0),
        ({"outlet": "The Guardian"}, 0),
        ({"outlet": "Reuters", "url": "https://reuters.com"}, 0),
        ({"outlet": "NHK"}, 8),  # no place of Japan is named
        ({"url": "https://news.example.tv"}, 8),  # nor of Tuvalu
        ({"url": "http://[x"}, 8),
        ({"url": "javascript:1"}, 8),
    ],
)
def test_the_outlets_own_country_comes_first(stated: dict[str, str], hour: int) -> None:
    assert _began(**stated).hour == hour


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("Russia launched three bombs at the port around noon.", 10),  # by the page's clock, not Siberia's
        ("Troops fired at the port of Vladivostok in Russia at noon.", 2),
        ("Poland launched three bombs at the port around noon.", 11),  # it has but one zone
    ],
)
def test_a_state_that_acts_and_has_many_zones_tells_no_time_of_day(text: str, hour: int) -> None:
    posted = datetime(2025, 1, 15, 12, tzinfo=UTC)
    span = Span(0, len(text))
    post = Post("p", 1, span, span, posted_at=posted, posted_from=posted, posted_to=posted)
    times = build_record(Blog(text, (post,), zone="Europe/Kyiv")).times
    assert times["time_from"].tolist() == [pd.Timestamp(2025, 1, 15, hour, tz="UTC")]
