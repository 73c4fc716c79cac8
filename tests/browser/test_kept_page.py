"""The offline page in a real browser, from a file: no request, search, evidence, keyboard, themes, print, attacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from loaders.formats.offline_page import offline_page
from loaders.search import found_in, hits, parse_words
from tests.browser.running import AXE
from tests.hostile import hostile
from tests.packed import first_story

pytestmark = pytest.mark.browser
PUTIN = "quote-q-4c3cedde"
MISSILES = "event-e-5295e4bf"


@dataclass
class Seen:
    """A window on the page, with every request and complaint."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, anchor: str = "") -> Seen:
        self.page.goto(f"{self.address}{anchor}")
        return self

    def panel(self) -> str:
        self.page.wait_for_selector("dialog[open]")
        return self.page.locator("dialog").inner_text()

    def until(self, expression: str) -> None:
        """Waits until an expression holds; Playwright's own wait asks the page to evaluate, which its policy refuses."""
        for _ in range(100):
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never: {expression}")

    def marked(self) -> str:
        return "".join(self.page.locator("dialog mark:not(.cue)").all_text_contents())


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("offline")
    (folder / "index.html").write_bytes(offline_page(first_story()))
    (folder / "hostile.html").write_bytes(offline_page(hostile(first_story())))
    return folder


@pytest.fixture
def see(browser: Browser, files: Path) -> Iterator[Callable[..., Seen]]:
    contexts = []

    def opened(
        width: int = 1440, scheme: str = "light", name: str = "index.html", script: bool = True
    ) -> Seen:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            offline=True,
            java_script_enabled=script,
        )
        contexts.append(context)
        seen = Seen(context.new_page(), (files / name).as_uri())
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
        seen.page.on("console", lambda said: seen.errors.append(said.text) if said.type == "error" else None)
        return seen

    yield opened
    for context in contexts:
        context.close()


# --- one file ------------------------------------------------------------------------------------------------


def test_it_asks_nothing_of_anybody(see: Callable[..., Seen]) -> None:
    seen = see().open()
    seen.page.fill("#words", "missile")
    seen.page.locator(".said:visible").first.click()
    seen.page.wait_for_timeout(500)
    assert {url.split("#")[0] for url in seen.requests if not url.startswith("data:")} == {seen.address}
    assert seen.errors == []


def test_without_javascript_all_of_it_is_there(see: Callable[..., Seen]) -> None:
    seen = see(script=False).open(f"#{MISSILES}")
    assert seen.page.locator(".card:visible").count() == 43
    assert seen.page.locator("article:visible").count() == 9
    assert seen.page.locator(".timeline:visible").count() == 1
    row = seen.page.locator(f"#{MISSILES}")
    row.locator("summary").click()
    assert "two missiles were launched" in row.inner_text()
    assert "Corrected by hand" in row.inner_text()
    for needs_script in ("#search", "#clock", "#theme"):
        assert not seen.page.locator(needs_script).is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["page", "panel", "without script"])
def test_axe_finds_no_violation(see: Callable[..., Seen], scheme: str, state: str) -> None:
    seen = see(scheme=scheme).open(f"#{PUTIN}" if state == "panel" else "")
    if state == "without script":
        seen.page.evaluate("document.documentElement.classList.remove('js')")
        seen.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    seen.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = seen.page.evaluate("axe.run(document, {})")
    assert len(found["passes"]) > 10
    told = [
        (violation["id"], [node["html"][:160] for node in violation["nodes"][:3]])
        for violation in found["violations"]
    ]
    assert told == []


# --- evidence ------------------------------------------------------------------------------------------------


def test_a_cold_anchor_opens_the_row_with_its_exact_words(see: Callable[..., Seen]) -> None:
    seen = see().open(f"#{PUTIN}")
    said = seen.panel()
    assert seen.marked() == "Hi. Glad to see you. How was your trip?"
    for words in ("Vladimir Putin", "after the quotation, speaker before verb", "Kim Jong Un steps off"):
        assert words in said
    assert "Dateline: " not in said  # the address of a file means its reader's disk
    assert seen.page.locator("dialog mark.cue").all_text_contents() == ["Putin", "tells"]
    assert "Said" not in seen.page.locator("dialog dt").all_text_contents(), (
        "that is what a person's row lists"
    )


CLICKED = [
    ("a mark", ".timeline.wide a[href='#event-e-5295e4bf'] rect", "Event"),
    ("a pin", ".map.wide a[href='#place-sunan'] .name", "Place"),
    ("a movement", ".map.wide a[href='#event-e-c4030d7a']", "Event"),
    ("a quote", f"#{PUTIN} .said", "Quote"),
    ("a row", f"#{MISSILES} .opens", "Event"),
    ("a name", "#person-ankit-panda .opens", "Person"),
]


@pytest.mark.parametrize(("what", "selector", "kind"), CLICKED, ids=[each[0] for each in CLICKED])
@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_all_that_can_be_clicked_opens_its_evidence(
    see: Callable[..., Seen], what: str, selector: str, kind: str, by: str
) -> None:
    seen = see().open()
    target = seen.page.locator(selector)
    link = target.locator("xpath=ancestor-or-self::*[local-name()='a']").last
    if by == "mouse":
        target.dispatch_event("click") if what == "a movement" else target.click()
    else:
        link.focus()
        seen.page.keyboard.press("Enter")
    assert seen.panel().lower().startswith(kind.lower())
    assert seen.marked()
    before = seen.page.evaluate("scrollY")
    seen.page.keyboard.press("Escape")
    seen.page.wait_for_selector("dialog:not([open])", state="attached")
    seen.until("location.hash === ''")
    assert seen.page.evaluate("scrollY") == before
    assert link.evaluate("(link) => link === document.activeElement"), "the reader's place is kept"


def test_back_closes_the_panel_and_forward_opens_it(see: Callable[..., Seen]) -> None:
    seen = see().open()
    seen.page.locator(f"#{PUTIN} .said").click()
    seen.panel()
    seen.page.go_back()
    seen.page.wait_for_selector("dialog:not([open])", state="attached")
    seen.page.go_forward()
    assert seen.marked() == "Hi. Glad to see you. How was your trip?"


def test_a_person_leads_to_all_that_was_said_and_each_of_it_to_its_words(see: Callable[..., Seen]) -> None:
    seen = see().open("#person-ankit-panda")
    assert "Carnegie Endowment" in seen.panel()
    seen.page.locator("dialog dd a", has_text="Beginning in 2019").click()
    assert seen.marked().startswith("Beginning in 2019")
    seen.page.locator("dialog .who b a").click()
    assert seen.page.locator("dialog h2").inner_text() == "Ankit Panda"


@pytest.mark.parametrize("width", [1440, 390])
def test_a_cold_anchor_of_a_post_shows_its_beginning(see: Callable[..., Seen], width: int) -> None:
    post = "post-kim-jong-un-and-vladimir-putin-arrive-at-russian-space"
    seen = see(width=width).open(f"#{post}")
    seen.page.wait_for_timeout(300)
    assert (
        0 <= seen.page.evaluate("(id) => document.getElementById(id).getBoundingClientRect().top", post) < 90
    )


def test_a_citation_is_copied(see: Callable[..., Seen]) -> None:
    seen = see().open(f"#{PUTIN}")
    seen.page.evaluate("navigator.clipboard.writeText = async (words) => { window.copied = words }")
    seen.page.get_by_role("button", name="Copy citation").click()
    seen.until("window.copied")
    assert seen.page.evaluate("window.copied") == (
        "“Hi. Glad to see you. How was your trip?” (Vladimir Putin). In “Kim Jong Un steps off famed armored "
        "train, shakes hands with Putin at Russian space center”, posted 04:17, 13 Sep 2023 UTC. Kim Jong Un meets "
        "Vladimir Putin in Russia, CNN, https://www.cnn.com/asia/live-news/"
        "kim-jong-un-putin-meeting-russia-09-13-23-intl-hnk/index.html"
    )


# --- search, facets, clock, theme ----------------------------------------------------------------------------


SEARCHES = [
    "MISSILE",  # a word's beginning, whatever its case
    "místake",
    "Rócket",  # accents make no difference
    '"space rocket"',  # a phrase, whole
    '"rocke"',
    "speaker:putin",  # who spoke
    "speaker:putin trip",
    "speaker:Panda",
    "that's exactly",  # a straight mark finds a curly one
    "kim putin",
    "...",
    "(",
    "a[b\\",
]


@pytest.mark.parametrize("typed", SEARCHES)
def test_search_finds_and_counts_what_the_dashboard_finds(see: Callable[..., Seen], typed: str) -> None:
    seen, terms, quotes = see().open(), parse_words(typed), first_story().quotes
    expected = [
        words
        for words, who in zip(quotes["quote"], quotes["speaker"], strict=True)
        if found_in(terms, words, who)
    ]
    marks = sum(len(list(hits(terms, words))) for words in expected)
    seen.page.fill("#words", typed)
    assert seen.page.locator(".card:visible").count() == len(expected)
    assert seen.page.locator(".card:visible mark").count() == marks
    said = f"{len(expected)} of 43 quotes"
    assert seen.page.locator("#found").inner_text().startswith(said)
    assert f"{marks} hit" in seen.page.locator("#found").inner_text() or not marks
    assert seen.errors == []


def test_facets_count_what_they_would_leave_and_an_empty_result_offers_to_clear(
    see: Callable[..., Seen],
) -> None:
    seen = see().open()
    seen.page.get_by_label("Vladimir Putin").check()
    assert seen.page.locator(".card:visible").count() == 6
    assert seen.page.locator("label:has-text('government') i").inner_text() == "6"
    assert seen.page.locator("label:has-text('John Bolton') i").inner_text() == "9"
    seen.page.fill("#words", "armored")
    none = seen.page.locator("#none")
    assert "No quote fits Vladimir Putin and “armored”" in none.inner_text()
    none.get_by_role("button").click()
    assert seen.page.locator(".card:visible").count() == 43
    assert seen.page.locator("mark:visible").count() == 0


def test_the_clock_turns_lists_axis_and_posts(see: Callable[..., Seen]) -> None:
    seen = see().open()
    time = seen.page.locator(f"#{MISSILES} time").first
    assert time.inner_text() == "11:43–11:53, 13 Sep 2023"
    seen.page.select_option("#clock", label="UTC")
    assert time.inner_text() == "02:43–02:53, 13 Sep 2023"
    assert "04:00" in seen.page.locator(".timeline.wide .tick:visible").all_text_contents()
    assert "04:17, 13 Sep 2023" in seen.page.locator("article .when").all_text_contents()[5]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_follows_the_system_until_one_is_chosen(see: Callable[..., Seen], scheme: str) -> None:
    seen = see(scheme=scheme).open()
    papers = {"light": "rgb(250, 247, 240)", "dark": "rgb(23, 21, 19)"}
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    other = "dark" if scheme == "light" else "light"
    assert seen.page.evaluate(colour) == papers[scheme]
    seen.page.get_by_role("button", name=f"{other.capitalize()} theme").click()
    assert seen.page.evaluate(colour) == papers[other]
    seen.page.reload()
    assert seen.page.evaluate(colour) == papers[other]


# --- look ----------------------------------------------------------------------------------------------------

TOUCHING = """(selector) => {
  const words = [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility())
  const boxes = words.map((each) => [each.getBoundingClientRect(), each.textContent])
  const found = []
  boxes.forEach(([a, said], n) => boxes.slice(n + 1).forEach(([b, other]) => {
    if (a.left + 1 < b.right && b.left + 1 < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom) found.push([said, other])
  }))
  return found
}"""


@pytest.mark.parametrize("width", [1440, 1200, 1024, 900, 700, 390, 360])
def test_nothing_scrolls_sideways_and_no_words_touch(see: Callable[..., Seen], width: int) -> None:
    seen = see(width=width).open()
    assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    beyond = """[...document.querySelectorAll('a, p, li, h1, h2, h3, button, td, th, dd, svg text')]
      .filter((each) => each.checkVisibility() && !each.closest('.unseen, .skip'))
      .map((each) => [each.getBoundingClientRect(), each.textContent.slice(0, 60)])
      .filter(([box]) => box.width && (box.right > innerWidth + 1 || box.left < -1))"""
    assert seen.page.evaluate(beyond) == []
    assert seen.page.evaluate(TOUCHING, ".timeline text") == []
    assert seen.page.evaluate(TOUCHING, ".map text") == []


def test_the_keyboard_reaches_the_story_first_and_every_tool(see: Callable[..., Seen]) -> None:
    seen = see().open()
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.textContent") == "Skip to the story"
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "main"
    reached = set()
    for _ in range(140):
        seen.page.keyboard.press("Tab")
        reached.add(seen.page.evaluate("document.activeElement.id || document.activeElement.localName"))
    assert "a" in reached
    order = seen.page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3')].filter((each) => each.checkVisibility()).map((each) => each.localName)"
    )
    assert order[0] == "h1"
    assert order.count("h1") == 1
    assert all(int(b[1]) - int(a[1]) <= 1 for a, b in pairwise(order))


def test_in_print_all_is_there_in_ink_and_the_tools_are_gone(see: Callable[..., Seen]) -> None:
    seen = see(scheme="dark").open()
    seen.page.fill("#words", "missile")
    seen.page.emulate_media(media="print")
    assert seen.page.locator(".card:visible").count() == 43
    assert not seen.page.locator("#search").is_visible()
    assert not seen.page.locator(".bar").is_visible()
    assert seen.page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 27, 24)"
    assert seen.page.pdf()[:4] == b"%PDF"


# --- hostile text --------------------------------------------------------------------------------------------


def test_hostile_words_never_run(see: Callable[..., Seen]) -> None:
    seen = see(name="hostile.html").open()
    seen.page.fill("#words", "script")
    assert seen.page.locator(".card:visible mark").count() > 0
    seen.page.locator("#facets label").first.click()
    seen.page.select_option("#clock", label="UTC")
    for link in (".card:visible .said", ".events .opens:visible", ".places .opens:visible"):
        seen.page.locator(link).first.click()
        assert "window.ran=1" in seen.panel()
        seen.page.keyboard.press("Escape")
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate("window.ran") is None
    assert seen.page.locator("main img, main script, dialog script").count() == 0
    assert {url.split("#")[0] for url in seen.requests if not url.startswith("data:")} == {seen.address}


def test_the_policy_stops_what_gets_onto_the_page_all_the_same(see: Callable[..., Seen], files: Path) -> None:
    slipped = (
        b"<script>window.ran=1</script><img src=x onerror=window.ran=1><p id=styled style='color:red'>a</p>"
        b"<a id=run href='javascript:window.ran=1'>b</a><iframe src='data:text/html,c'></iframe></main>"
    )
    html = (files / "index.html").read_bytes().replace(b"</main>", slipped)
    (files / "slipped.html").write_bytes(html)
    seen = see(name="slipped.html").open()
    seen.page.locator("#run").click()
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate("window.ran") is None
    assert seen.page.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(255, 0, 0)"
    assert len(seen.errors) >= 4
    assert seen.page.locator(".card:visible").count() == 43, "its own script still runs"
