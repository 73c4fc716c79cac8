"""What holds for all tests: no time limit on a property, and browser tests only where there is a browser.

Without Chromium, axe-core or TimelineJS, the browser tests are left out, and the last lines say so. With CI=true
nothing is left out: what is missing stops the run.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from tests.browser.running import AXE, CHROMIUM, TIMELINEJS

LEFT_OUT = pytest.StashKey[int]()

settings.register_profile("dateline", deadline=None)
settings.load_profile("dateline")


def missing() -> list[str]:
    """What the browser tests need and this machine does not have."""
    needed = {
        "Chromium (install it, or name its path in CHROMIUM)": CHROMIUM,
        "axe-core (npm install --prefix tests/browser)": AXE,
        "TimelineJS (npm install --prefix tests/browser)": TIMELINEJS,
    }
    return [what for what, path in needed.items() if not path.exists()]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    in_browser = [item for item in items if item.get_closest_marker("browser")]
    if not in_browser or not missing():
        return
    if os.environ.get("CI"):
        raise pytest.UsageError(f"the browser tests need {' and '.join(missing())}")
    config.hook.pytest_deselected(items=in_browser)
    config.stash[LEFT_OUT] = len(in_browser)
    items[:] = [item for item in items if item not in set(in_browser)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if left_out := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"{left_out} browser tests were left out: they need {' and '.join(missing())}"
        )
