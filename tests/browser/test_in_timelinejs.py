"""TimelineJS itself reads what we write for it: every slide, its words as text, and no request to anywhere else."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from loaders.formats.timelinejs import timelinejs_csv, timelinejs_json
from loaders.model import Record
from tests.browser.running import TIMELINEJS
from tests.packed import HOSTILE, first_story, hostile

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="stylesheet" href="/css/timeline.css">
<script src="/js/timeline.js"></script></head><body><div id="timeline" style="height:700px"></div><script>
window.ran = []; window.alert = (said) => window.ran.push(said);
window.timeline = new TL.Timeline("timeline", location.origin + "/" + location.hash.slice(1), {font: null});
</script></body></html>"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a folder with TimelineJS in it, on this machine alone."""
    for entry in TIMELINEJS.iterdir():
        (tmp_path / entry.name).symlink_to(entry)
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def shown(browser: Browser, served: str, tmp_path: Path) -> Iterator[Callable[[Record, str], Page]]:
    """Shows a record with TimelineJS, from the JSON or the CSV file; fails where a request leaves this machine."""
    asked: list[str] = []
    context = browser.new_context(viewport={"width": 1200, "height": 800})

    def show(record: Record, ending: str) -> Page:
        write = {"json": timelinejs_json, "csv": timelinejs_csv}[ending]
        (tmp_path / f"story.{ending}").write_bytes(write(record))
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{served}/page.html#story.{ending}")
        page.wait_for_function(
            "window.timeline?.config?.events?.length && document.querySelector('.tl-slide')"
        )
        return page

    yield show
    context.close()
    assert [url for url in asked if not url.startswith((served, "data:", "blob:"))] == []


def read(page: Page) -> dict[str, Any]:
    """What TimelineJS made of the file: its slides as it holds them, and what it complains of."""
    found: dict[str, Any] = page.evaluate(
        """() => { const text = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent
        return {errors: timeline.config.getErrors(), title: text(timeline.config.title.text.headline),
        events: timeline.config.events.map((e) => ({id: e.unique_id, headline: text(e.text.headline),
          said: e.display_date, group: e.group, start: e.start_date.data.date_obj.toString()})), ran: window.ran}}"""
    )
    return found


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_every_event_of_the_first_story_is_a_slide(shown: Callable[[Record, str], Page], ending: str) -> None:
    record = first_story()
    page = shown(record, ending)
    found = read(page)
    assert found["errors"] == []
    assert found["title"] == "Kim Jong Un meets Vladimir Putin in Russia"
    assert sorted(each["headline"] for each in found["events"]) == sorted(record.events["title"])
    said = {each["headline"]: each["said"] for each in found["events"]}
    assert said["Kim Jong Un arrives in Russia"] == "12 Sep 2023"
    if ending == "json":
        assert {each["id"] for each in found["events"]} == set(record.events["event_id"])
    page.evaluate("timeline.goToNext()")
    page.wait_for_function(
        "[...document.querySelectorAll('.tl-headline-date')].some((each) => each.innerText.trim() === '1950')"
    )


@pytest.mark.parametrize("ending", ["json", "csv"])
@pytest.mark.parametrize(
    "words", [words for words in HOSTILE if "<" in words or "&" in words or words[0] == "="]
)
def test_hostile_text_is_shown_as_text(shown: Callable[[Record, str], Page], words: str, ending: str) -> None:
    page = shown(hostile(words), ending)
    page.wait_for_selector(".tl-timegroup-message")
    page.wait_for_timeout(300)
    found = read(page)
    assert {each["headline"] for each in found["events"]} == {words}
    assert words in page.locator(".tl-headline").all_text_contents()
    assert words in [each.strip() for each in page.locator(".tl-timegroup-message").all_text_contents()]
    assert page.locator("img[src=x]").count() == page.locator("#timeline script").count() == 0
    assert found["ran"] == []


def test_the_json_stands_in_a_page_s_script_unharmed(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    data = timelinejs_json(hostile("</script><img src=x onerror=alert(1)>")).decode()
    page.set_content(f"<script>window.found = {data}</script>")
    assert page.evaluate("JSON.stringify(window.found)") == json.dumps(
        json.loads(data), ensure_ascii=False, separators=(",", ":")
    )
    context.close()
