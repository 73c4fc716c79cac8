"""Long lists and empty ones: the people as the page lists them, the pages of the quotes, the parts of the overview."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from selectolax.lexbor import LexborHTMLParser as Parsed

from pages.view.cards import pager
from pages.view.front import front
from pages.view.roster import roster
from tests.view.test_embedding import RECORD, VIEW

ROOT = Path(__file__).resolve().parents[2]
COMPANY = """
import loaders
from pages.view.roster import _company

found = _company(loaders.load_story("data/stories/kim-putin-2023"))
print([(key, together.most_common(3)) for key, together in found.items()])
"""


def test_every_server_names_the_same_company_in_the_same_order() -> None:
    said = set()
    for seed in ("1", "2", "3"):
        settings = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", COMPANY],
            cwd=ROOT,
            env=settings,
            capture_output=True,
            text=True,
            check=True,
        )
        said.add(done.stdout)
    assert len(said) == 1
    assert "kim-jong-un" in said.pop()


@pytest.mark.parametrize(
    ("current", "said"),
    [
        (1, "1 2 3 4 … 54"),
        (5, "1 2 3 4 5 6 7 8 … 54"),
        (6, "1 … 3 4 5 6 7 8 9 … 54"),
        (54, "1 … 51 52 53 54"),
    ],
)
def test_the_pages_left_out_between_others_are_marked(current: int, said: str) -> None:
    found = Parsed(pager(replace(VIEW, page="quotes"), 1064, current).code)
    assert [each.text() for each in found.css("nav > *")] == said.split()


def test_of_a_long_group_of_people_the_first_are_seen_and_none_is_lost() -> None:
    people = RECORD.people.head(1)
    many = pd.concat([people.assign(person_id=f"p-{n}", name=f"Person {n}") for n in range(40)])
    crowd = RECORD.with_tables(people=many.reset_index(drop=True))
    found = Parsed(roster(replace(VIEW, told=replace(VIEW.told, record=crowd))).code)
    assert len(found.css("section > ul > li")) == 12
    assert len(found.css("details > ul > li")) == 28


def test_the_overview_has_no_heading_over_nothing() -> None:
    record = RECORD.with_tables(quotes=RECORD.quotes.head(0), events=RECORD.events.head(0))
    silent = replace(VIEW, page="overview", told=replace(VIEW.told, record=record))
    for view, expected in ((VIEW, 1), (silent, 0)):
        found = Parsed(front(view).code)
        assert len(found.css(".where")) == 1
        assert [len(found.css(f".{part}")) for part in ("voices", "word")] == [expected, expected]
