"""A view in a frame of somebody else's page, on another origin: fits, reads, leads out, and costs no more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.conftest import DRAWN, Visit
from tests.browser.running import AXE
from tests.browser.test_everyone import _told as told
from tests.packed import first_story

pytestmark = pytest.mark.browser
WIDTHS = (360, 600, 900)
QUOTES = first_story().quotes
LONGEST = str(QUOTES["quote_id"][QUOTES["quote"].str.len().idxmax()])
VIEWS = {
    "timeline": "timeline?lane=kind&zone=Europe/Moscow",
    "map": "map?senses=all",
    "quote": f"quotes?quote={LONGEST}",
}
PAPER = {"light": "rgb(250, 247, 240)", "dark": "rgb(23, 21, 19)"}


class _Host(BaseHTTPRequestHandler):
    body: ClassVar[str] = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.body.encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def host() -> Iterator[Callable[[str], str]]:
    """A page of another origin that holds some HTML; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def holding(body: str) -> str:
        _Host.body = f"<!doctype html><html lang=en><title>A paper</title><body style=margin:0>{body}"
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield holding
    server.shutdown()


def copied(seen: Visit, address: str, appearance: str) -> str:
    """The code that a page offers for its view."""
    seen.open(address)
    seen.page.locator("#dl-embed summary").click()
    seen.page.locator(f"#dl-embed-{appearance}").click()
    seen.page.wait_for_selector(f"#dl-embed-{appearance}:has-text('Copied')")
    return str(seen.page.evaluate("navigator.clipboard.readText()"))


def framed(page: Page, address: str, code: str, host: Callable[[str], str], *widths: int) -> list[Frame]:
    """The code on a page of another origin, once for each width, when all of it is drawn."""
    body = "".join(f"<div style='width:{width}px'>{code.replace('lazy', 'eager')}</div>" for width in widths)
    page.goto(host(body))
    frames = page.frames[1:]
    assert len(frames) == len(widths)
    for frame in frames:
        frame.wait_for_selector(DRAWN, timeout=60_000)
        frame.wait_for_selector(
            {"timeline": ".textpoint", "map": "canvas"}.get(address.split("?")[0], ".said"), timeout=60_000
        )
    _still(page, frames)
    return frames


def _still(page: Page, frames: list[Frame]) -> None:
    """Waits until the frames have found their heights: nothing has moved for two seconds."""
    before: list[object] = []
    unmoved = 0
    for _ in range(80):
        page.wait_for_timeout(500)
        now = [
            frame.evaluate("document.querySelector('.dl .foot').getBoundingClientRect().bottom")
            for frame in frames
        ]
        unmoved = unmoved + 1 if now == before else 0
        if unmoved == 4:
            return
        before = now


FITS = """() => {
  const main = document.querySelector('[data-testid=stMain]')
  const boxes = [...document.querySelectorAll('.dl :is(a, p, li, h1, summary, blockquote), .js-plotly-plot text')]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().width)
    .map((each) => [each, each.getBoundingClientRect()])
  const words = boxes.filter(([each]) => each.closest('.textpoint')).map(([each, box]) => [each.textContent, box])
  const touching = []
  words.forEach(([said, a], n) => words.slice(n + 1).forEach(([other, b]) => {
    if (a.left + 1 < b.right && b.left + 1 < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom) touching.push([said, other])
  }))
  const cut = boxes.filter(([, box]) => box.right > innerWidth + 1 || box.left < -1 || box.bottom > innerHeight + 1)
  return {
    wide: main.scrollWidth - main.clientWidth, high: main.scrollHeight - main.clientHeight,
    cut: cut.map(([each]) => each.textContent.slice(0, 60)), touching,
    empty: innerHeight - document.querySelector('.dl .foot').getBoundingClientRect().bottom,
    paper: getComputedStyle(document.querySelector('.stApp')).backgroundColor,
    scheme: getComputedStyle(document.querySelector('.dl')).colorScheme,
    around: [...document.querySelectorAll('.masthead, [data-testid=stSidebar], [data-testid=stToolbar], header.stAppHeader')]
      .filter((each) => each.checkVisibility() && each.offsetHeight).map((each) => each.outerHTML.slice(0, 200)),
    titles: [...document.querySelectorAll('h1')].map((each) => each.textContent),
    out: [...document.querySelectorAll('.dl a')].every((each) => each.target === '_blank' && each.rel === 'noopener'),
  }
}"""


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_fits_its_frame_at_every_width_in_both_appearances(
    visit: Callable[..., Visit], host: Callable[[str], str], view: str, appearance: str
) -> None:
    # The reader's own preference is the other one: the frame belongs to the page around it.
    seen = visit(width=1000, scheme="dark" if appearance == "light" else "light")
    code = copied(seen, VIEWS[view], appearance)
    for width, frame in zip(WIDTHS, framed(seen.page, VIEWS[view], code, host, *WIDTHS), strict=True):
        found = frame.evaluate(FITS)
        assert (found["wide"], found["high"], found["cut"], found["touching"]) == (0, 0, [], []), width
        assert (found["paper"], found["scheme"]) == (PAPER[appearance], appearance)
        assert found["around"] == []
        assert found["titles"] == ["Kim Jong Un meets Vladimir Putin in Russia"]
        assert found["out"]
        assert found["empty"] < 60, width
    assert seen.errors == []


@pytest.mark.parametrize("view", ["timeline?people=kim-yo-jong", "timeline?places=tokyo", "map?places=tokyo"])
def test_a_frame_that_shows_little_is_no_higher_than_that(
    visit: Callable[..., Visit], host: Callable[[str], str], view: str
) -> None:
    seen = visit(width=1000)
    code = copied(seen, view, "light")
    seen.page.goto(
        host(
            "".join(f"<div style='width:{width}px'>{code.replace('lazy', 'eager')}</div>" for width in WIDTHS)
        )
    )
    frames = seen.page.frames[1:]
    for frame in frames:
        frame.wait_for_selector(DRAWN, timeout=60_000)
    _still(seen.page, frames)
    for width, frame in zip(WIDTHS, frames, strict=True):
        found = frame.evaluate(FITS)
        assert (found["wide"], found["high"], found["cut"]) == (0, 0, []), width
        assert found["empty"] < 80, width


def test_filters_and_zone_of_the_link_hold_and_the_full_page_opens_outside(
    visit: Callable[..., Visit], host: Callable[[str], str]
) -> None:
    seen = visit(width=1000)
    code = copied(seen, "timeline?people=vladimir-putin&zone=Europe/Moscow", "light")
    assert (
        "people=vladimir-putin&amp;zone=Europe%2FMoscow&amp;embed=true&amp;embed_options=light_theme" in code
    )
    (frame,) = framed(seen.page, "timeline", code, host, 600)
    assert "events: with Vladimir Putin" in frame.locator(".sentence").inner_text()
    assert "Clock: Moscow" in frame.locator(".sentence").inner_text()
    with seen.page.expect_popup() as waiting:
        frame.locator("#dl-full-page").click()
    full = waiting.value
    full.wait_for_selector(".masthead")
    assert full.url == f"{seen.origin}/timeline?people=vladimir-putin&zone=Europe%2FMoscow"


def test_a_click_on_a_mark_says_what_it_is_and_leads_to_its_evidence(
    visit: Callable[..., Visit], host: Callable[[str], str]
) -> None:
    seen = visit(width=1000, height=1400)
    (frame,) = framed(seen.page, "timeline", copied(seen, "timeline", "light"), host, 900)
    box = frame.locator(".js-plotly-plot .bars .point path").first.bounding_box()
    assert box is not None
    seen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    frame.wait_for_selector(".chosen")
    seen.page.wait_for_timeout(1000)  # what is drawn anew under the mouse takes no click
    with seen.page.expect_popup() as waiting:
        frame.locator(".chosen a").click()
    waiting.value.wait_for_selector(".evidence mark")
    assert "event=e-" in waiting.value.url
    assert "embed" not in waiting.value.url


@pytest.mark.parametrize("view", VIEWS)
def test_the_keyboard_reaches_all_and_axe_finds_nothing(
    visit: Callable[..., Visit], host: Callable[[str], str], view: str
) -> None:
    seen = visit(width=700, height=1400)
    (frame,) = framed(seen.page, VIEWS[view], copied(seen, VIEWS[view], "dark"), host, 600)
    reached: list[str] = []
    for _ in range(12):
        seen.page.keyboard.press("Tab")
        reached.append(
            frame.evaluate("document.activeElement.id || document.activeElement.textContent.slice(0, 20)")
        )
    assert "dl-full-page" in reached
    if view != "quote":
        frame.locator("#dl-list summary").focus()
        seen.page.keyboard.press("Enter")
        assert frame.locator("#dl-list li a").first.is_visible()
    frame.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found = frame.evaluate("axe.run(document, {})")
    assert len(found["passes"]) > 10
    assert [told(violation) for violation in found["violations"]] == []


@pytest.mark.parametrize("view", VIEWS)
def test_a_frame_gets_no_more_over_the_socket_than_the_page(visit: Callable[..., Visit], view: str) -> None:
    def received(address: str) -> int:
        sizes: list[int] = []
        seen = visit(width=900)
        seen.page.on(
            "websocket", lambda socket: socket.on("framereceived", lambda data: sizes.append(len(data)))
        )
        seen.open(address)
        seen.page.wait_for_timeout(2000)
        assert seen.outside() == []
        return sum(sizes)

    assert 0 < received(f"{VIEWS[view]}&embed=true&embed_options=light_theme") <= received(VIEWS[view])


def test_what_does_not_fit_a_frame_says_so(visit: Callable[..., Visit]) -> None:
    for address, said in (
        ("?embed=true", "Only the timeline, the map and a single quote"),
        ("tables?embed=true", "Only the timeline, the map and a single quote"),
        ("quotes?embed=true", "the link names none"),
        ("timeline?embed=true&story=opened-0", "opened in one session"),
    ):
        seen = visit(width=600)
        seen.page.goto(f"{seen.origin}/{address}")
        seen.page.wait_for_selector(f".stMain .dl:has-text('{said}')")
        assert seen.page.locator(".masthead").count() == 0
    assert "“nobody”" in visit().open("map?embed=true&people=nobody").page.locator(".words").inner_text()
