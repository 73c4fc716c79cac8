"""The offline page: all rows on it, every link leads somewhere, nothing is asked of anybody, nothing outside runs."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser as Parsed

from loaders import read_blog
from loaders.filters import Filters
from loaders.formats.offline_page import offline_page
from loaders.formats.page_timeline import WIDTHS
from loaders.record import annotate, build_record
from loaders.selection import select_rows
from loaders.sentences import describe
from tests.hostile import ADDRESS, ATTACK, ID, hostile
from tests.packed import first_story
from tests.sample_record import sample_record


@cache
def page(kind: str = "story") -> Parsed:
    records = {"story": first_story, "sample": sample_record, "hostile": lambda: hostile(first_story())}
    return Parsed(offline_page(records[kind]()).decode("utf-8"))


def ids(found: Parsed) -> list[str]:
    return [str(node.attributes["id"]) for node in found.css("[id]")]


# --- one file, the same every time ---------------------------------------------------------------------------


def test_the_same_record_gives_the_same_bytes_whatever_the_process() -> None:
    code = (
        "import hashlib; from loaders.formats.offline_page import offline_page;"
        "from tests.sample_record import sample_record;"
        "print(hashlib.sha256(offline_page(sample_record())).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert said == {hashlib.sha256(offline_page(sample_record())).hexdigest()}


def test_the_first_story_is_small() -> None:
    assert len(offline_page(first_story())) < 400_000


def test_a_large_blog_takes_little_beside_its_words(tmp_path: Path) -> None:
    record = build_record(read_blog(long_page(tmp_path / "long.html", posts=150)))
    html = offline_page(record)
    assert len(record.quotes) >= 300
    assert len(record.events) >= 100
    assert len(html) / len(record.posts) < 3_400, "bytes a post, each with an event and two quotes"


def test_what_is_known_of_the_clock_of_most_posts_is_said_once(tmp_path: Path) -> None:
    found = Parsed(
        offline_page(build_record(read_blog(long_page(tmp_path / "long.html", posts=30)))).decode()
    )
    assert found.css_first("#posts").text().count("from the page’s structured data") == 1
    (drawn, *_) = found.css(".timeline")
    assert len(drawn.css(".posted")) == 30, "few enough for a link each"
    assert len(page().css("#posts .quiet")) == 0, "each of its posts prints an age of its own"


def long_page(path: Path, posts: int) -> Path:
    """A saved live page of so many posts, a quarter of an hour apart."""
    began = datetime(2023, 5, 2, 6, tzinfo=UTC)
    cities = [
        "Lisbon",
        "Porto",
        "Madrid",
        "Paris",
        "Rome",
        "Berlin",
        "Vienna",
        "Prague",
        "Warsaw",
        "Athens",
        "Oslo",
        "Dublin",
        "London",
    ]
    updates = [
        {
            "@type": "BlogPosting",
            "headline": f"Ferry {number} is late",
            "datePublished": (began + timedelta(minutes=15 * number)).isoformat(),
            "articleBody": (
                f"The ferry Aurora arrived in {cities[number // 12]} at {number % 12 + 1} a.m. on Tuesday. “Boat {number} is slow,” said "
                f"Orla Fennimore, the harbor master. She added that pier {number} would be closed."
            ),
        }
        for number in range(posts)
    ]
    blog = {"@type": "LiveBlogPosting", "headline": "Harbor day", "liveBlogUpdate": updates}
    path.write_text(f"<script type='application/ld+json'>{json.dumps(blog)}</script>", encoding="utf-8")
    return path


def test_it_loads_nothing() -> None:
    found = page()
    html = offline_page(first_story()).decode("utf-8")
    assert not found.css("img, iframe, object, embed, video, audio, source, script[src], form, base")
    assert [node.attributes.get("href") for node in found.css("link")] == ["data:,"]
    assert not re.search(r"url\(|@import|@font-face", html)
    assert not found.css("[style], [src], [srcset], [xlink\\:href], [action], [background]")
    for link in found.css("a"):
        assert re.match(r"#|https://www\.cnn\.com/", link.attributes["href"] or "")


def test_its_policy_allows_its_own_style_and_script_and_nothing_else() -> None:
    found = page()
    policy = found.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    rules = dict(rule.strip().split(" ", 1) for rule in str(policy).split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for rule, name in (("style-src", "style"), ("script-src", "script")):
        (code,) = (node.text() for node in found.css(name))
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    assert set(rules) == {"default-src", "base-uri", "form-action", "style-src", "script-src", "img-src"}


# --- all that the record holds -------------------------------------------------------------------------------

KINDS = [
    ("event", "events", "event_id"),
    ("quote", "quotes", "quote_id"),
    ("place", "locations", "location_id"),
    ("person", "people", "person_id"),
    ("organization", "organizations", "organization_id"),
    ("post", "posts", "post_id"),
]


@pytest.mark.parametrize(("kind", "table", "key"), KINDS)
@pytest.mark.parametrize("of", ["story", "sample"])
def test_every_row_has_its_own_anchor(of: str, kind: str, table: str, key: str) -> None:
    record = first_story() if of == "story" else sample_record()
    found = ids(page(of))
    assert [each for each in getattr(record, table)[key] if found.count(f"{kind}-{each}") != 1] == []


@pytest.mark.parametrize("of", ["story", "sample", "hostile"])
def test_every_link_inside_leads_to_something(of: str) -> None:
    found = page(of)
    there = set(ids(found))
    links = {str(node.attributes["href"]) for node in found.css("a")}
    assert [link for link in links if link.startswith("#") and unquote(link[1:]) not in there] == []


def test_quotes_events_and_posts_stand_on_it_verbatim() -> None:
    found, record = page(), first_story()
    said = [node.text() for node in found.css(".said")]
    assert [words.strip("“”") for words in said] == [words.strip("“”") for words in record.quotes["quote"]]
    titles = {node.text() for node in found.css(".opens")}
    assert set(record.events["title"]) <= titles
    for post in record.posts.itertuples():
        text = found.css_first(f"#post-{post.post_id}").text()
        for line in record.text[post.start : post.end].split("\n"):
            assert line in text


def test_the_words_a_row_stands_on_are_told_apart_in_their_post() -> None:
    found, record = page(), first_story()
    for table, kind, key in (("quotes", "quote", "quote_id"), ("events", "event", "event_id")):
        for row in getattr(record, table).itertuples():
            number = found.css_first(f"[id='{kind}-{getattr(row, key)}']").attributes["data-n"]
            words = "".join(node.text() for node in found.css(f"#posts [data-r~='{number}']"))
            assert words == record.text[row.start : row.end].replace("\n", ""), row.start


def test_every_correction_stands_beside_its_row_with_its_reason() -> None:
    found, record = page(), first_story()
    for row in record.corrections.itertuples():
        facts = found.css_first(f"#event-{row.row} .facts")
        if facts:  # the row may have been merged into another
            assert row.reason in facts.text()
        assert row.reason in found.css_first("#open").text()


def test_times_stand_on_it_once_for_each_clock() -> None:
    found = page()
    offered = len(found.css("#clock option"))
    lines = str(found.css_first("body").attributes["data-times"]).split("\n")
    assert offered > 2
    assert {len(line.split("|")) for line in lines} == {offered - 1}
    used = {int(str(node.attributes["data-t"])) for node in found.css("time[data-t]")}
    assert max(used) < len(lines)
    (missiles,) = found.css("#event-e-5295e4bf td:first-child time")
    assert missiles.text() == "11:43–11:53, 13 Sep 2023"
    assert "02:43–02:53, 13 Sep 2023" in lines[int(str(missiles.attributes["data-t"]))]


def test_the_timeline_is_drawn_for_each_width_and_the_map_credits_whoever_drew_it() -> None:
    found = page()
    assert len(found.css(".timeline")) == len(WIDTHS)
    for drawing in found.css(".timeline"):
        assert len(drawing.css("a[href^='#event']")) == 18
    footer = found.css_first("footer").text()
    assert "Natural Earth" in footer
    assert "Crimea" in footer
    assert "GeoNames" in footer


# --- filtered, empty, plain ----------------------------------------------------------------------------------


def test_a_filtered_record_says_so_and_keeps_the_posts_its_rows_stand_in() -> None:
    record, filters = first_story(), Filters(people=("john-bolton",))
    left = record.with_tables(
        quotes=select_rows(record, "quotes", filters),
        events=select_rows(record, "events", filters),
        posts=record.posts.head(0),
    )
    found = Parsed(offline_page(left, sentence=describe(record, "quotes", filters)).decode())
    assert "9 of 43 quotes: said by John Bolton" in found.css_first("header").text()
    assert len(found.css("article")) == 1
    assert len(found.css(".card")) == 9


def test_a_text_without_events_quotes_and_places_is_still_a_page() -> None:
    found = Parsed(offline_page(annotate("Nothing of note.", datetime(2023, 9, 13, tzinfo=UTC))).decode())
    assert "Nothing of note." in found.css_first("#posts").text()
    assert not found.css("svg, table, .card")
    assert [node.attributes["href"] for node in found.css("nav a")] == ["#posts"]


# --- hostile text --------------------------------------------------------------------------------------------


def test_hostile_words_make_no_element_and_no_attribute() -> None:
    plain, found = page(), page("hostile")
    assert {node.tag for node in found.css("*")} == {node.tag for node in plain.css("*")}
    names = {name for node in found.css("*") for name in node.attributes}
    assert names <= {name for node in plain.css("*") for name in node.attributes}
    assert len(found.css("script")) == 1
    assert len(found.css("style")) == 1
    assert found.css_first("style").text() == plain.css_first("style").text()


def test_hostile_words_are_shown_as_the_words_they_are() -> None:
    found = page("hostile")
    shown = ATTACK.replace("\x00", "\ufffd")
    assert shown in found.css_first("h1").text()
    assert all(shown in node.text() for node in found.css(".said"))
    assert all(shown in node.text() for node in found.css("article"))
    assert f"place-{ID}" in ids(found)
    assert "\x00" not in offline_page(hostile(first_story())).decode("utf-8")


def test_an_address_that_is_none_of_the_web_becomes_no_link() -> None:
    found = page("hostile")
    assert all(str(node.attributes["href"]).startswith("#") for node in found.css("a"))
    assert ADDRESS in str(found.css_first("body").attributes["data-source"])
