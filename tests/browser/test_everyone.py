"""Everyone can use it: no axe violation, the keyboard reaches all, nothing clipped, nothing asked of others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pages.view.frame import TITLES
from pages.view.links import HOME
from tests.browser.conftest import Visit
from tests.browser.running import AXE

pytestmark = pytest.mark.browser
PAGES = tuple("" if name == HOME else name for name in TITLES)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_violation(visit: Callable[..., Visit], page: str, scheme: str) -> None:
    seen = visit(scheme=scheme).open(page)
    seen.page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found = seen.page.evaluate("axe.run(document, {})")
    assert len(found["passes"]) > 10
    assert [_told(violation) for violation in found["violations"]] == []


def _told(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    return f"{violation['id']}: {[node['html'][:160] for node in nodes[:3]]}"


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_asked_of_anybody_else(visit: Callable[..., Visit], page: str) -> None:
    seen = visit().open(page)
    seen.page.wait_for_timeout(1000)
    assert seen.requests
    assert seen.outside() == []
    assert seen.errors == []


BEYOND = """() => {
  const main = document.querySelector('[data-testid=stMain]')
  const beyond = [...main.querySelectorAll('.dl :is(a, p, li, h1, h2, button, img, svg, td, dd), .js-plotly-plot text')]
    .filter((each) => each.checkVisibility() && !each.closest('.unseen, .kwic, .post'))
    .map((each) => [each.getBoundingClientRect(), each])
    .filter(([box]) => box.width && (box.right > innerWidth + 1 || box.left < -1))
    .map(([, each]) => each.textContent.slice(0, 60))
  return [main.scrollWidth - main.clientWidth, beyond]
}"""


@pytest.mark.parametrize("page", PAGES)
def test_nothing_scrolls_sideways_or_is_cut_at_the_edge(visit: Callable[..., Visit], page: str) -> None:
    seen = visit(width=390).open(page)
    for width in (390, 1024, 1440):  # opened on a phone, then drawn wider
        seen.page.set_viewport_size({"width": width, "height": 900})
        seen.page.wait_for_timeout(1000)
        seen.settled()
        wide, beyond = seen.page.evaluate(BEYOND)
        assert beyond == [], width
        assert wide <= 0, width


@pytest.mark.parametrize("width", [1440, 1280, 390])
@pytest.mark.parametrize("lane", ["place", "people", "kind"])
def test_no_words_on_the_timeline_touch(visit: Callable[..., Visit], width: int, lane: str) -> None:
    seen = visit(width=width).open(f"timeline?lane={lane}")
    seen.page.wait_for_selector(".js-plotly-plot .textpoint")
    seen.page.wait_for_timeout(800)
    touching = seen.page.evaluate(
        """() => {
          const words = [...document.querySelectorAll('.js-plotly-plot .textpoint text, .js-plotly-plot .annotation-text')]
          const boxes = words.map((each) => [each.getBoundingClientRect(), each.textContent])
          const found = []
          boxes.forEach(([a, said], n) => boxes.slice(n + 1).forEach(([b, other]) => {
            if (a.left + 1 < b.right && b.left + 1 < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom) found.push([said, other])
          }))
          return found
        }"""
    )
    assert touching == []


def test_the_keyboard_alone_goes_from_a_quote_to_its_evidence_and_its_speaker(
    visit: Callable[..., Visit],
) -> None:
    seen = visit().open("quotes?people=vladimir-putin")
    seen.page.locator("a.said").first.focus()
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_selector(".card .evidence")
    assert "quote=q-" in seen.query()
    focused = seen.page.evaluate("document.activeElement.classList.contains('said')")
    assert focused, "the reader's place is kept"
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.textContent") == "Vladimir Putin"
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_selector("h1:has-text('People')")
    assert "person=vladimir-putin" in seen.query()


def test_on_a_phone_the_filters_are_one_plain_word_away(visit: Callable[..., Visit]) -> None:
    seen = visit(width=390).open("quotes")
    search = seen.page.locator("#dl-words")
    assert not search.is_visible() or (search.bounding_box() or {"x": -1})["x"] < 0
    seen.page.get_by_role("button", name="Filters").click()
    seen.page.wait_for_function("document.querySelector('#dl-words')?.getBoundingClientRect().x >= 0")


def test_every_chart_has_words_for_what_it_shows(visit: Callable[..., Visit]) -> None:
    for page, chart in (("timeline", "stPlotlyChart"), ("map", "stDeckGlJsonChart")):
        seen = visit().open(page)
        drawn = seen.page.wait_for_selector(f"[data-testid={chart}][role=figure]")
        said = drawn.get_attribute("aria-label")
        assert said
        assert "follow as a list" in said
        assert seen.page.locator(".lists .events li").count() > 5


def test_turning_from_light_to_dark_turns_words_and_charts(visit: Callable[..., Visit]) -> None:
    seen = visit().open("timeline")
    colours = """() => [getComputedStyle(document.querySelector('.dl h1')).color,
                        document.querySelector('.js-plotly-plot .textpoint text').style.fill]"""
    seen.page.wait_for_selector(".js-plotly-plot .textpoint text")
    assert set(seen.page.evaluate(colours)) == {"rgb(29, 27, 24)"}
    seen.page.emulate_media(color_scheme="dark")
    seen.page.wait_for_timeout(2500)
    assert set(seen.page.evaluate(colours)) == {"rgb(236, 230, 218)"}
