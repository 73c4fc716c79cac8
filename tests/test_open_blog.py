"""Opening a blog: what is read, asked and refused, how much a session holds, and that nobody else sees it."""

from __future__ import annotations

import gc
import json
import logging
import weakref
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from loaders.errors import LoaderError
from loaders.export import zip_bytes
from loaders.filters import Filters
from pages.view import opened, reading, stories
from pages.view.frame import TITLES
from pages.view.links import OPEN
from pages.view.opening import zones
from pages.view.reading import Given, ReadTime, asks_when_read, read, sample
from tests.hostile import HOSTILE, NOT_SEEN
from tests.packed import first_settings, part
from tests.test_pages import html_of, words_of
from tests.test_pages import read as parsed

VIEWS = tuple(page for page in TITLES if page != OPEN)
AGES = """25 min ago

Ferry arrives in Lisbon

The ferry Aurora arrived in Lisbon on Tuesday.

40 min ago

Ferry is late

“It is late,” said the harbor master, Orla Fennimore.
"""
STAMPED = AGES.replace("25 min ago", "14:05 BST, 2 May 2023").replace("40 min ago", "13:50 BST, 2 May 2023")


def _page(name: str) -> None:
    import importlib

    importlib.import_module(f"pages.{name}").show()


def page(name: str = OPEN, /, held: dict[str, stories.Told] | None = None, **query: str) -> AppTest:
    """A page in a session of its own, in which these blogs are open."""
    app = AppTest.from_function(_page, args=(name,), default_timeout=60)
    if held:
        app.session_state["_opened"] = held
    for key, value in query.items():
        app.query_params[key] = value
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, app.exception
    assert not app.markdown, "outside text must never be read as Markdown"
    return app


def pasted(text: str) -> AppTest:
    app = page()
    app.text_area[0].input(text)
    return press(app, "Read this text")


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return run(app)


def held_by(app: AppTest) -> dict[str, stories.Told]:
    return dict(app.session_state["_opened"]) if "_opened" in app.session_state else {}


def blog(text: str = STAMPED) -> stories.Told:
    return read(Given(text), None, lambda step: None)


# --- what is read -------------------------------------------------------------------------------------------


def test_one_click_opens_the_sample_on_every_page() -> None:
    app = press(page(), "Try the invented sample")
    assert "6 posts, 13 quotes, 9 events" in words_of(app)
    (name,) = held_by(app)
    for view in VIEWS:
        said = words_of(page(view, held_by(app), story=name))
        assert "Airship crosses the North Sea (an invented sample)" in said
        assert "the link works only in the session this blog was opened in" in said
        assert f"story={name}" in html_of(page(view, held_by(app), story=name))
    assert "nobody in it is real" in words_of(page("overview", held_by(app), story=name))


def test_text_with_absolute_stamps_is_read_without_a_question() -> None:
    (told,) = held_by(pasted(STAMPED)).values()
    assert list(told.record.posts["posted_at"]) == [
        datetime(2023, 5, 2, 13, 5, tzinfo=UTC),
        datetime(2023, 5, 2, 12, 50, tzinfo=UTC),
    ]
    assert told.record.blog.title == "“Ferry arrives in Lisbon” and 1 more post"


def test_a_package_opens_with_its_tables_its_settings_and_its_view() -> None:
    filters = Filters(people=("kim-yo-jong",), table="events")
    told = read(Given(part("tables", filters), "anything.txt"), None, lambda step: None)
    assert (told.first_page, replace(told.first_filters, zone="")) == ("tables", filters)
    assert told.settings == first_settings()
    for view in VIEWS:
        said = words_of(page(view, {"opened-x": told}, story="opened-x", people="kim-yo-jong"))
        assert "Kim Jong Un meets Vladimir Putin in Russia" in said


def test_a_package_that_is_none_is_told_with_what_would_be_one() -> None:
    with pytest.raises(LoaderError, match="no story package"):
        read(Given(zip_bytes([("page.html", b"<html>")]), "saved.zip"), None, lambda step: None)


def test_ages_are_asked_for_the_moment_they_count_from() -> None:
    app = pasted(AGES)
    assert held_by(app) == {}
    assert "When was this page read?" in words_of(app)
    app.datetime_input[0].set_value(datetime(2023, 5, 2, 14, 30))
    app.selectbox[0].set_value("Europe/London")
    (told,) = held_by(press(app, "Read the blog")).values()
    assert told.record.posts["posted_at"].iloc[0] == datetime(2023, 5, 2, 13, 5, tzinfo=UTC)
    assert told.record.blog.read_at == datetime(2023, 5, 2, 13, 30, tzinfo=UTC)
    assert told.record.blog.zone == "", "the reader's zone says nothing about the blog's"
    assert "as whoever opened it said" in told.settings.read_at_basis


def test_stamps_that_name_no_zone_are_read_by_the_clock_that_was_given() -> None:
    dateless = AGES.replace("25 min ago", "14:05").replace("40 min ago", "13:50")
    read_at = datetime(2023, 5, 2, 18, 0, tzinfo=UTC)
    told = read(Given(dateless), ReadTime(read_at, "Europe/Madrid"), lambda step: None)
    assert told.record.posts["posted_at"].iloc[0] == datetime(2023, 5, 2, 12, 5, tzinfo=UTC)
    assert told.record.blog.zone == "Europe/Madrid"


def test_going_back_from_the_question_keeps_the_text() -> None:
    app = press(pasted(AGES), "Back")
    assert app.text_area[0].value == AGES
    assert held_by(app) == {}


def test_a_file_is_read_as_soon_as_it_is_chosen() -> None:
    app = page()
    app.file_uploader[0].upload("ferry.txt", STAMPED.encode("utf-16"), "text/plain")
    (told,) = held_by(run(app)).values()
    assert told.record.blog.title == "ferry"
    assert app.file_uploader[0].value is None


def test_progress_names_each_stage_once_in_order() -> None:
    steps: list[str] = []
    read(sample(), None, steps.append)
    assert tuple(steps) == reading.STEPS


def test_the_zones_to_choose_from_hold_the_readers_own() -> None:
    listed = zones("UTC")
    assert {"UTC", "Europe/London", "America/New_York", "Asia/Seoul"} <= set(listed)
    assert "Etc/GMT+1" in zones("Etc/GMT+1")


# --- what is not --------------------------------------------------------------------------------------------

BAD: list[tuple[str, str | bytes, str]] = [
    # what it is, what is given, words of the answer
    ("nothing", "", "There is nothing in it."),
    ("spaces", " \n\t ", "There is nothing in it."),
    ("no live blog", "A letter.\n\nDear all, the meeting is on Monday.", "No posts were found"),
    ("a page without posts", "<html><body><p>Hello</p></body></html>", "No posts were found: this is an HTML page"),
    ("broken HTML", "<html><div><p>25 min ago<script>{{{</div", "No posts were found"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(200), "This is not text."),
    ("a wrong encoding", b"\xff\xfe\x00\xd8\x00", "The encoding cannot be told"),
    ("too much", "12 min ago\n" + "a" * (reading.LARGEST_MB * 1024 * 1024), "This is too large for one live blog."),
    ("a JSON bomb", "[" * 200_000, "This is JSON that cannot be read"),
    ("nested objects", '{"a":' * 100_000, "This is JSON that cannot be read"),
    ("other JSON", json.dumps({"a": [1, 2]}), "No posts were found: this is JSON"),
    ("a null byte", "\x00", "There is nothing in it."),
]  # fmt: skip


@pytest.mark.parametrize(("given", "said"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_cannot_be_read_gets_a_clear_word(given: str | bytes, said: str) -> None:
    if isinstance(given, bytes):
        app = page()
        app.file_uploader[0].upload("it.txt", given, "text/plain")
        app = run(app)
    else:
        app = pasted(given)
        assert app.text_area[0].value == given
    assert said.lower() in words_of(app).lower()
    assert any(attributes.get("role") == "alert" for _, attributes in parsed(app).tags)
    assert held_by(app) == {}


def test_after_an_error_the_next_blog_opens() -> None:
    app = pasted("nothing of the kind")
    app.text_area[0].input(STAMPED)
    app = press(app, "Read this text")
    assert len(held_by(app)) == 1
    assert "No posts were found" not in words_of(app)


def test_what_nobody_expected_is_told_plainly_and_noted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("inner workings")

    monkeypatch.setattr(reading, "build_record", broken)
    with caplog.at_level(logging.ERROR):
        said = words_of(pasted(STAMPED))
    assert "the fault is Dateline’s, not yours" in said
    assert "inner workings" not in said
    assert "ZeroDivisionError" in caplog.text


def test_a_reading_that_takes_too_long_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST", -1.0)
    with pytest.raises(LoaderError, match="to read"):
        blog()


def test_a_megabyte_on_one_line_is_read() -> None:
    line = "12:05 BST, 2 May 2023\n" + "the ship went on and on " * 42_000
    assert len(blog(line).record.posts) == 1


def test_a_text_that_is_not_english_says_so_on_the_overview() -> None:
    words = "Der Zug fährt am Abend durch das Tal und hält an jedem Bahnhof. " * 30
    told = blog(STAMPED + "\n" + words)
    assert "does not seem to be English" in words_of(page("overview", {"opened-a": told}, story="opened-a"))


@pytest.mark.parametrize(
    "text",
    [
        STAMPED.replace(" BST", ""),
        json.dumps(
            {"@type": "LiveBlogPosting", "liveBlogUpdate": [{"headline": "A", "datePublished": "noonish"}, 5]}
        ),
        json.dumps(
            {"blocks": [*[{"id": "a", "bodyHtml": "<p>x", "createdDate": "2023-05-02T12:00:00"}] * 2, 5]}
        ),
        '<html><script type="application/ld+json">{{"liveBlogUpdate"</script><p itemprop="liveBlogUpdate" itemscope>',
    ],
    ids=["no zone", "structured data", "blocks", "microdata"],
)
def test_the_advice_of_a_problem_can_be_followed_here_too(text: str) -> None:
    problems = blog(text).record.problems
    assert len(problems)
    for advice in problems["advice"]:
        assert ".yaml" not in advice
        assert "--" not in advice


def test_only_a_missing_time_of_reading_is_asked_for() -> None:
    with pytest.raises(LoaderError) as missing:
        blog(AGES)
    assert asks_when_read(missing.value)
    with pytest.raises(LoaderError) as other:
        blog("nothing")
    assert not asks_when_read(other.value)


# --- how much, and for whom ---------------------------------------------------------------------------------


def test_a_session_holds_five_and_says_so() -> None:
    told = blog()
    held = {f"opened-{n}": told for n in range(opened.MOST)}
    app = page(OPEN, held)
    assert "as many as one session can hold" in words_of(app)
    assert not app.text_area
    app = page(OPEN, held, close="opened-3")
    assert set(held_by(app)) == held.keys() - {"opened-3"}
    assert "Closed: “Ferry arrives in Lisbon”" in words_of(app)
    assert app.text_area


def test_a_session_holds_only_so_much_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MOST_TEXT", len(STAMPED) + 5)
    app = pasted(STAMPED)
    app.text_area[0].input(STAMPED)
    app = press(app, "Read this text")
    assert len(held_by(app)) == 1
    assert "This session holds as much as it can." in words_of(app)


def test_all_sessions_together_hold_only_so_much_and_less_when_one_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opened, "_anywhere", weakref.WeakValueDictionary())
    monkeypatch.setattr(opened, "MOST_ANYWHERE", len(STAMPED) + 5)
    first = pasted(STAMPED)
    assert len(held_by(first)) == 1
    refused = pasted(STAMPED)
    assert held_by(refused) == {}
    assert "This server holds as much as it can for all its readers." in words_of(refused)
    del first
    assert len(held_by(pasted(STAMPED))) == 1


def test_closing_what_is_not_open_does_no_harm() -> None:
    assert "not open in this session" in words_of(page(OPEN, {"opened-a": blog()}, close="opened-b"))


@pytest.mark.parametrize("view", VIEWS)
def test_a_link_to_a_blog_of_another_session_says_so_kindly(view: str) -> None:
    app = page(view, {"opened-a": blog()}, story="opened-b", people="somebody")
    said = words_of(app)
    assert "This blog is not open here" in said
    links = {attributes.get("href") for tag, attributes in parsed(app).tags if tag == "a"}
    assert {OPEN, "./"} <= links
    assert "There is no story" not in said


def test_names_of_opened_blogs_cannot_be_guessed() -> None:
    names = {name for _ in range(8) for name in held_by(press(page(), "Try the invented sample"))}
    assert len(names) == 8
    assert all(len(name.removeprefix("opened-")) >= 16 for name in names)


def test_no_cache_holds_a_blog_beyond_its_session() -> None:
    app = pasted(STAMPED)
    (name,) = held_by(app)
    for view in VIEWS:
        page(view, held_by(app), story=name)
    alive = weakref.ref(held_by(app)[name])
    del app
    gc.collect()
    assert alive() is None


def test_opened_blogs_stand_beside_the_stories_and_downloads_bear_their_name() -> None:
    held = {"opened-a": blog(), "opened-b": read(sample(), None, lambda step: None)}
    app = page("tables", held, story="opened-b")
    said = words_of(app)
    for title in (
        "Kim Jong Un meets Vladimir Putin in Russia",
        "Ferry arrives in Lisbon",
        "Airship crosses the North Sea",
    ):
        assert title in said
    assert "story=opened-a" in html_of(app)


WORDS = (*HOSTILE, *NOT_SEEN)


@pytest.mark.parametrize("first", range(6))
def test_hostile_words_of_a_pasted_blog_are_shown_as_text(first: int) -> None:
    words = WORDS[first::6]
    text = STAMPED.replace("Ferry arrives in Lisbon", words[0]).replace("“It is late,”", f"“{words[1]},”")
    title = " and ".join(words)
    told = blog(text)
    told = replace(
        told, record=replace(told.record, blog=replace(told.record.blog, title=title, outlet=title))
    )
    for view in TITLES:
        app = page(view, {"opened-a": told}, story="opened-a")
        found = parsed(app)
        for tag, attributes in found.tags:
            assert tag not in ("script", "img", "iframe", "object", "embed")
            assert not any(name.startswith("on") or name == "autofocus" for name in attributes)
        assert " ".join(title.split()) in " ".join(found.words.split())
