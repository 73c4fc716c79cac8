"""A blog opened in a browser: from paste to timeline, quotes and CSV; in its own session and in no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.export import read_csv
from tests.browser.conftest import Visit
from tests.browser.running import AXE
from tests.browser.test_everyone import _told as told

pytestmark = pytest.mark.browser
FERRY = """25 min ago

Ferry arrives in Lisbon

The ferry Aurora arrived in Lisbon on Tuesday.

40 min ago

Ferry is late

“It is late,” said Orla Fennimore, the harbor master.
"""
STAMPED = FERRY.replace("25 min ago", "14:05 BST, 2 May 2023").replace("40 min ago", "13:50 BST, 2 May 2023")


def opened(visit: Callable[..., Visit], text: str = STAMPED, **window: object) -> Visit:
    """A window in which this text was pasted and read."""
    seen = visit(**window).open("open_blog")
    seen.page.get_by_role("textbox", name="Paste the text").fill(text)
    seen.page.get_by_role("button", name="Read this text").click()
    return seen


def shown(seen: Visit, page: str) -> None:
    seen.page.locator(f".masthead nav >> text={page}").click()
    seen.page.wait_for_selector(f"h1:has-text('{page}')")
    seen.settled()


def violations(seen: Visit) -> list[str]:
    seen.settled()
    seen.page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found = seen.page.evaluate("axe.run(document, {})")
    assert len(found["passes"]) > 10
    return [told(violation) for violation in found["violations"]]


def test_from_a_pasted_text_to_timeline_quotes_and_csv(visit: Callable[..., Visit], tmp_path: Path) -> None:
    seen = opened(visit, FERRY)
    page = seen.page
    page.get_by_role("heading", name="When was this page read?").wait_for()
    page.get_by_role("button", name="Read the blog").click()
    page.wait_for_selector("h1:has-text('Ferry arrives in Lisbon')")
    assert "story=opened-" in seen.query()
    shown(seen, "Timeline")
    page.wait_for_selector(".js-plotly-plot .textpoint")
    assert "ferry Aurora arrived in Lisbon" in page.locator(".lists").inner_text()
    shown(seen, "Quotes")
    assert "It is late" in page.locator(".card .said").first.inner_text()
    page.locator(".card .said").first.click()
    page.wait_for_selector(".card .evidence")
    assert "works only in the session" in page.locator(".evidence .tools").inner_text()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="as CSV", exact=False).first.click()
    assert waiting.value.suggested_filename == "ferry-arrives-in-lisbon-and-1-more-post_quotes.csv"
    waiting.value.save_as(tmp_path / "quotes.csv")
    rows = read_csv("quotes", (tmp_path / "quotes.csv").read_bytes())
    assert list(rows["speaker"]) == ["Orla Fennimore"]
    page.locator("#dl-cite-row").click()
    assert "works only in the session" in page.evaluate("navigator.clipboard.readText()")
    assert seen.errors == []
    assert seen.outside() == []


def test_a_link_to_it_is_told_kindly_anywhere_else_also_after_a_reload(visit: Callable[..., Visit]) -> None:
    seen = opened(visit)
    seen.page.wait_for_selector("h1:has-text('Ferry')")
    seen.settled()
    other = visit().open(f"timeline?{seen.query()}")
    assert other.page.locator("h1").inner_text() == "This blog is not open here"
    assert "Ferry" not in other.page.content()
    other.page.locator("#dl-first-story").click()
    other.page.wait_for_selector(".front")
    assert "story=" not in other.query()
    seen.page.reload()
    seen.drawn()
    assert seen.page.locator("h1").inner_text() == "This blog is not open here"
    seen.page.locator("#dl-open-a-blog").click()
    seen.page.wait_for_selector("h1:has-text('Open a blog')")


def test_two_sessions_do_not_see_each_others_blogs(visit: Callable[..., Visit]) -> None:
    one = opened(visit)
    two = opened(visit, STAMPED.replace("Ferry", "Barge").replace("Aurora", "Boreas"))
    for seen, own, other in ((one, "Ferry", "Barge"), (two, "Barge", "Ferry")):
        seen.page.wait_for_selector(f"h1:has-text('{own}')")
        for page in ("Quotes", "Tables", "Open a blog"):
            shown(seen, page)
            assert other not in seen.page.content()


def test_several_are_open_and_one_is_closed(visit: Callable[..., Visit]) -> None:
    seen = opened(visit)
    page = seen.page
    page.wait_for_selector("h1:has-text('Ferry')")
    shown(seen, "Open a blog")
    page.get_by_role("button", name="Try the invented sample").click()
    page.wait_for_selector("h1:has-text('Airship')")
    shown(seen, "Quotes")
    page.locator(".stories a:has-text('Ferry')").click()
    page.wait_for_selector(".opened-line:has-text('Ferry')")
    assert page.locator("h1").inner_text() == "Quotes"
    page.locator("#dl-close-blog").click()
    page.wait_for_selector(".words:has-text('Closed')")
    seen.settled()
    assert page.locator(".stories a").all_inner_texts() == [
        "Kim Jong Un meets Vladimir Putin in Russia",
        "Airship crosses the North Sea (an invented sample)",
    ]
    assert seen.query() == ""


def test_the_keyboard_alone_opens_a_blog(visit: Callable[..., Visit]) -> None:
    seen = visit().open("open_blog")
    page = seen.page
    page.locator(".masthead nav a").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.keyboard.insert_text(STAMPED)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("h1:has-text('Ferry arrives')")


def test_a_file_is_read_and_a_bad_one_is_told(visit: Callable[..., Visit], tmp_path: Path) -> None:
    seen = visit().open("open_blog")
    bad = tmp_path / "bad.html"
    bad.write_bytes(b"\x89PNG" + bytes(100))
    seen.page.locator("input[type=file]").set_input_files(bad)
    seen.page.wait_for_selector("[role=alert]:has-text('This is not text')", timeout=15_000)
    good = tmp_path / "ferry.txt"
    good.write_text(STAMPED, encoding="utf-8")
    seen.settled()
    seen.page.locator("input[type=file]").set_input_files(good)
    seen.page.wait_for_selector("h1:has-text('ferry')")
    assert seen.page.locator("[data-testid=stException]").count() == 0


def test_a_file_that_is_too_large_is_told_for_all_to_see_and_the_next_is_read(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    seen = visit().open("open_blog")
    large = tmp_path / "large.txt"
    large.write_bytes(b"5 min ago\n" + b"word " * 2_200_000)
    seen.page.locator("input[type=file]").set_input_files(large)
    told_so = seen.page.locator("[role=alert]:has-text('10.0MB or smaller')")
    told_so.wait_for()
    box = told_so.bounding_box()
    assert box is not None
    assert box["height"] > 12
    assert box["width"] > 100
    good = tmp_path / "ferry.txt"
    good.write_text(STAMPED, encoding="utf-8")
    seen.page.locator("input[type=file]").set_input_files(good)
    seen.page.wait_for_selector("h1:has-text('ferry')")
    assert seen.page.locator("[data-testid=stException]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_on_the_way(visit: Callable[..., Visit], scheme: str) -> None:
    seen = opened(visit, "nothing of the kind", scheme=scheme)
    seen.page.wait_for_selector(".told-trouble")
    assert violations(seen) == []
    seen.page.get_by_role("textbox", name="Paste the text").fill(FERRY)
    seen.page.get_by_role("button", name="Read this text").click()
    seen.page.wait_for_selector(".why")
    assert violations(seen) == []
    seen.page.get_by_role("button", name="Read the blog").click()
    seen.page.wait_for_selector(".front")
    assert violations(seen) == []
    shown(seen, "Open a blog")
    assert violations(seen) == []
    other = visit(scheme=scheme).open("quotes?story=opened-0")
    assert violations(other) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_of_it_scrolls_sideways(visit: Callable[..., Visit], width: int) -> None:
    wide = "(() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth })()"
    seen = opened(visit, "nothing" * 200, width=width)
    seen.page.wait_for_selector(".told-trouble")
    assert seen.page.evaluate(wide) <= 0
    seen.page.get_by_role("textbox", name="Paste the text").fill(FERRY)
    seen.page.get_by_role("button", name="Read this text").click()
    seen.page.wait_for_selector(".why")
    assert seen.page.evaluate(wide) <= 0
