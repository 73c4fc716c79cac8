"""Every page under the content security policy of `.hosting/`: nothing on it is refused, and all of it works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import DRAWN
from tests.hosted import free_ports, nginx, replica, settings

pytestmark = [pytest.mark.browser, pytest.mark.nginx]
CHARTS = {"timeline": ".js-plotly-plot .bars path", "map": "canvas", "tables": "canvas"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """nginx before one replica; the other was never there."""
    front, one, two = free_ports(3)
    with replica(one), nginx(settings(front, one, two), tmp_path_factory.mktemp("nginx")) as here:
        yield here


def test_every_page_works_and_nothing_on_it_is_refused(address: str, browser: Browser) -> None:
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    refused: list[str] = []
    page.on(
        "console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None
    )
    page.on("pageerror", lambda error: refused.append(str(error)))
    for name in ("", "timeline", "map", "quotes", "people", "open_blog", "tables"):
        page.goto(f"{address}/{name}")
        page.wait_for_selector(DRAWN)
        if name in CHARTS:
            page.wait_for_selector(CHARTS[name])
        page.wait_for_timeout(500)
        assert refused == [], name
    with page.expect_download() as saved:
        page.get_by_text("as a zip").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"PK")
    cookies = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    assert cookies.keys() == {"dateline_replica", "_streamlit_xsrf"}
    assert cookies["dateline_replica"] == "one"
    assert refused == []
    context.close()


def test_a_blog_is_opened_through_it(address: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/open_blog")
    page.wait_for_selector(DRAWN)
    chosen = Path(__file__).parents[1] / "samples" / "sources" / "linked_data.html"
    page.locator("input[type=file]").first.set_input_files(chosen)
    page.wait_for_selector(".opened-line", timeout=30_000)
    context.close()
