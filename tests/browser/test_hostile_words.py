"""Nobody gets in: hostile words are words in a real browser, and one session's blog is shown in no other."""

from __future__ import annotations

import csv
import io
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from loaders.model import Record
from pages.view.frame import TITLES
from pages.view.links import HOME, OPEN
from tests.browser.conftest import ROOT, Visit
from tests.browser.running import streamlit
from tests.browser.test_opened_blogs import STAMPED, opened
from tests.hosted import free_ports
from tests.hostile import HOSTILE
from tests.hostile_story import hostile_story

pytestmark = pytest.mark.browser
PAGES = tuple("" if name == HOME else name for name in TITLES if name != OPEN)
FOUND = """() => {
  const all = [...document.querySelectorAll('.dl *, .js-plotly-plot *, .deck-tooltip *, [data-testid=stMain] *')]
  const bad = all.filter((each) =>
    /^(script|img|iframe|object|embed|base|meta|link|video|audio)$/i.test(each.tagName)
    || (/^style$/i.test(each.tagName) && each.textContent.includes('display:none}'))
    || [...each.attributes].some(({ name, value }) => /^on|^autofocus$/.test(name) && value !== ''
      || /^(href|src|action|xlink:href)$/.test(name) && /^\\s*(javascript|data:text)/i.test(value)))
  const marked = [...document.querySelectorAll('[data-testid=stMarkdownContainer]')]
  const out = [...document.querySelectorAll('.dl a[href]')].filter((each) => new URL(each.getAttribute('href'), location.href).host !== location.host)
  return {
    bad: bad.map((each) => each.outerHTML.slice(0, 120)), ran: String(globalThis.ran),
    markdown: marked.filter((each) => /globalThis|LaTeX|198\\.51/.test(each.textContent)).length,
    out: out.map((each) => each.getAttribute('href')),
  }
}"""
NOTHING = {"bad": [], "ran": "undefined", "markdown": 0, "out": []}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Record]:
    folder = tmp_path_factory.mktemp("stories")
    return folder, hostile_story(folder / "hostile")


@pytest.fixture(scope="module")
def server(story: tuple[Path, Record]) -> Iterator[str]:
    """A server whose one story is hostile in every word."""
    script = story[0] / "dashboard_of_a_hostile_story.py"
    script.write_text(
        "from pathlib import Path\n\nimport dashboard\nfrom pages.view import stories\n\n"
        f"stories.FOLDER = Path({str(story[0])!r})\ndashboard.main()\n"
    )
    (port,) = free_ports(1)
    with streamlit(str(script), port, ROOT):
        yield f"http://127.0.0.1:{port}"


def held(seen: Visit) -> None:
    """Nothing ran, nothing was fetched, and nothing of what stands there is more than text."""
    assert seen.page.evaluate(FOUND) == NOTHING
    assert seen.outside() == []
    assert seen.errors == []


def text_of(page: Page) -> str:
    return re.sub(
        r"\s+",
        " ",
        page.evaluate("[...document.querySelectorAll('.dl')].map((e) => e.textContent).join(' ')"),
    )


ROWS = ("event", "quote", "place", "person", "post", "correction")
"""What the evidence panel opens on, which is the same on every page: each page is asked for two, all for all six."""
SAID = {
    # page, and where its words are from
    "timeline": ("events", "title"),
    "map": ("locations", "name"),
    "people": ("people", "name"),
}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_them_as_text(
    visit: Callable[..., Visit], story: tuple[Path, Record], page: str
) -> None:
    record = story[1]
    seen = visit().open(page)
    held(seen)
    text = text_of(seen.page)
    if page in SAID:
        table, column = SAID[page]
        missing = [words for words in getattr(record, table)[column] if " ".join(words.split()) not in text]
        assert missing == []
    for row in ROWS[PAGES.index(page) % 3 :: 3]:
        table = {"place": "locations", "person": "people"}.get(row, f"{row}s")
        key = getattr(record, table).iloc[1, 0]
        seen.open(f"{page}?{urlencode({row: key})}")
        assert seen.page.locator("#evidence").count() == 1
        held(seen)


@pytest.mark.parametrize("page", ["timeline", "map", "quotes"])
def test_a_frame_shows_them_as_text(
    visit: Callable[..., Visit], story: tuple[Path, Record], page: str
) -> None:
    for number in (0, 2, 6):
        key = story[1].quotes["quote_id"].iloc[number]
        seen = visit(width=600).open(f"{page}?quote={key}&embed=true&embed_options=dark_theme")
        held(seen)


def test_they_are_text_where_the_mouse_points_on_a_timeline(
    visit: Callable[..., Visit], story: tuple[Path, Record]
) -> None:
    seen = visit(height=2400).open("timeline")
    bars = seen.page.locator(".js-plotly-plot .bars .point path")
    bars.first.wait_for()
    seen.settled()
    told = set()
    for bar in bars.all():
        box = bar.bounding_box()
        assert box is not None
        seen.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        seen.page.wait_for_timeout(150)
        told.add(seen.page.evaluate("document.querySelector('.hoverlayer')?.textContent ?? ''"))
    shown = [words for words in HOSTILE if any(words in text for text in told)]
    titles = set(story[1].events["title"][~story[1].events["is_background"]])
    assert set(shown) >= titles & set(HOSTILE)
    held(seen)


def test_they_are_text_where_the_mouse_points_on_a_map(visit: Callable[..., Visit]) -> None:
    seen = visit(height=1300).open("map")
    chart = seen.page.locator("[data-testid=stDeckGlJsonChart]")
    seen.page.wait_for_selector("canvas")
    seen.page.wait_for_timeout(3000)
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    told: dict[str, int] = {}
    # On coarse steps first: most marks are wider than those.
    steps = [
        (x, y)
        for step in (36, 18, 9)
        for y in range(30, int(box["height"]) - 30, step)
        for x in range(100, int(box["width"]) - 100, step)
    ]
    for x, y in steps:
        seen.page.mouse.move(box["x"] + x, box["y"] + y)
        found = seen.page.evaluate(
            "[...document.querySelectorAll('.deck-tooltip')].filter((e) => e.style.display !== 'none')"
            ".map((e) => [e.textContent, e.childElementCount])"
        )
        told |= {text: count for text, count in found if text}
        if len(told) >= 4:
            break
    assert len(told) >= 3
    assert all(any(text.lstrip("\u2060").startswith(words) for words in HOSTILE) for text in told)
    held(seen)


NAMES = (
    *(
        "story",
        "people",
        "places",
        "sources",
        "kinds",
        "words",
        "zone",
        "lane",
        "at",
        "from",
        "table",
        "event",
    ),
)


@pytest.mark.parametrize("page", PAGES)
def test_links_that_ask_for_them_get_a_word(visit: Callable[..., Visit], page: str) -> None:
    seen = visit()
    for first in range(0, len(HOSTILE), 5):
        asked = dict(zip(NAMES, cycle(HOSTILE[first:] + HOSTILE[:first]), strict=False))
        seen.open(f"{page}?{urlencode(asked)}")
        held(seen)
        told = text_of(seen.page)
        assert [words for words in asked.values() if " ".join(words.split())[:25] not in told] == []


def test_a_spreadsheet_gets_no_formula_and_a_file_a_plain_name(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    seen = visit().open(f"tables?table=events&words={quote('globalThis')}")
    with seen.page.expect_download() as waiting:
        seen.page.get_by_role("button", name="for spreadsheets").click()
    assert re.fullmatch(
        r"hostile_events_containing-globalthis\.spreadsheet\.csv", waiting.value.suggested_filename
    )
    seen.open("tables?table=events")
    with seen.page.expect_download() as waiting:
        seen.page.get_by_role("button", name="for spreadsheets").click()
    waiting.value.save_as(tmp_path / "events.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "events.csv").read_text("utf-8"), newline="")))
    assert len(rows) > 20
    assert [cell for row in rows for cell in row if re.match(r"\s*[=+@\t\r-]", cell) and len(cell) > 1] == []
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)


def test_a_file_with_a_hostile_name_or_nothing_in_it(visit: Callable[..., Visit]) -> None:
    seen = visit().open("open_blog")
    files = seen.page.locator("input[type=file]")
    files.set_input_files({"name": "run.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x00"})
    seen.page.wait_for_selector("text=/not allowed/")
    seen.open("open_blog")
    files.set_input_files({"name": "nothing.txt", "mimeType": "text/plain", "buffer": b""})
    seen.page.wait_for_selector(".told-trouble[role=alert]", timeout=20_000)
    held(seen)
    name = "../../<img src=x onerror=globalThis.ran=1> :red[x] $x$.txt"
    files.set_input_files({"name": name, "mimeType": "text/plain", "buffer": STAMPED.encode()})
    seen.page.wait_for_selector(".opened-line", timeout=20_000)
    seen.settled()
    assert "<img src=x onerror=globalThis.ran=1> :red[x] $x$" in text_of(seen.page)
    held(seen)
    seen.page.locator(".masthead nav >> text=Quotes").click()
    seen.page.wait_for_selector("h1:has-text('Quotes')")
    with seen.page.expect_download() as waiting:
        seen.page.get_by_role("button", name="as CSV", exact=False).first.click()
    assert re.fullmatch(r"[\w-]+_quotes\.csv", waiting.value.suggested_filename)


def test_a_paste_of_all_of_them(visit: Callable[..., Visit], story: tuple[Path, Record]) -> None:
    seen = opened(visit, (story[0] / "hostile" / "source.txt").read_text("utf-8"))
    seen.page.wait_for_selector(".opened-line", timeout=40_000)
    for page in ("Timeline", "Quotes", "People", "Tables"):
        seen.page.locator(f".masthead nav >> text={page}").click()
        seen.page.wait_for_selector(f"h1:has-text('{page}')")
        seen.settled()
        held(seen)


def test_whoever_knows_the_name_of_anothers_blog_sees_nothing_of_it(visit: Callable[..., Visit]) -> None:
    one = opened(visit)
    one.page.wait_for_selector(".opened-line")
    one.settled()
    (name,) = re.findall(r"story=(opened-\w+)", one.query())
    two = opened(visit, STAMPED.replace("Ferry", "Barge").replace("Aurora", "Boreas"))
    two.page.wait_for_selector(".opened-line")
    guest = visit().page
    rows = [f"{page}?event=e-1&quote=q-1" for page in (*PAGES, "open_blog")]
    frames = [f"{page}?quote=q-1&embed=true" for page in ("timeline", "map", "quotes")]
    for address in (*rows, *frames):
        guest.goto(f"{two.origin}/{address}&story={name}")
        guest.wait_for_selector(".stMain :is(.colophon, .words)", timeout=60_000)
        guest.wait_for_timeout(300)
        assert not re.search("Ferry arrives|Aurora|It is late", guest.content())
    # Nor in the session that has a blog of its own, however it goes there.
    two.page.evaluate(f"history.pushState(0, '', '/timeline?story={name}')")
    two.page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    two.settled()
    assert "Aurora" not in two.page.content()
    two.page.goto(f"{two.origin}/open_blog?close={name}")
    two.page.wait_for_selector("text=not open in this session")
    one.page.locator(".masthead nav >> text=Quotes").click()
    one.page.wait_for_selector("h1:has-text('Quotes')")
    assert "It is late" in one.page.content()


def test_other_origins_get_no_socket_and_upload_nothing(server: str) -> None:
    stream = f"{server.replace('http', 'ws')}/_stcore/stream"
    with pytest.raises(InvalidStatus) as refused:
        connect(stream, origin=Origin("http://elsewhere.example"), subprotocols=[Subprotocol("streamlit")])
    assert refused.value.response.status_code == 403
    upload = urllib.request.Request(f"{server}/_stcore/upload_file/session/file", data=b"x", method="PUT")
    upload.add_header("Content-Type", "multipart/form-data; boundary=x")
    with pytest.raises(urllib.error.HTTPError) as refused_too:
        urllib.request.urlopen(upload)
    assert refused_too.value.code in (400, 403)
    with urllib.request.urlopen(f"{server}/timeline") as answer:
        assert "X-Frame-Options" not in answer.headers
        assert answer.headers.get("Access-Control-Allow-Origin") is None
