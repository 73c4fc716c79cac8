"""A fresh server and a real browser for each module; a page that notes every request and every error.

Chromium is the system's (CHROMIUM names another); axe-core is what `npm install --prefix tests/browser` brings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.running import CHROMIUM, FLAGS, ROOT, streamlit
from tests.hosted import free_ports

DRAWN = ".colophon"
"""What stands at the foot of every page: when it is there, the page is."""


@dataclass
class Visit:
    """One reader's window, and what it asked for and complained of."""

    page: Page
    origin: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, address: str = "") -> Visit:
        self.page.goto(f"{self.origin}/{address}")
        return self.drawn()

    def drawn(self) -> Visit:
        self.page.wait_for_selector(DRAWN, timeout=30_000)
        self.settled()
        return self

    def settled(self) -> None:
        """Waits until the script has run and the page has not changed for a while."""
        self.page.wait_for_function(
            "!document.querySelector('[data-testid=stStatusWidget]') && !document.querySelector('[data-stale=true]')"
        )
        self.page.wait_for_timeout(400)

    def query(self) -> str:
        return self.page.url.partition("?")[2]

    def outside(self) -> list[str]:
        inside = (self.origin, self.origin.replace("http", "ws"), "data:", "blob:")
        return [url for url in self.requests if not url.startswith(inside)]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server that nobody has visited yet."""
    (port,) = free_ports(1)
    with streamlit("dashboard.py", port, ROOT):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Callable[..., Visit]]:
    """Opens a window: `visit(width=390, scheme="dark")`."""
    contexts = []

    def opened(width: int = 1440, scheme: str = "light", height: int = 900) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            accept_downloads=True,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        seen = Visit(context.new_page(), server)
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on("websocket", lambda socket: seen.requests.append(socket.url))
        seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
        return seen

    yield opened
    for context in contexts:
        context.close()
