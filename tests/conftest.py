"""What holds for all tests: no time limit on a property, and tests that need a browser or nginx only where there is one.

Without Chromium, axe-core, TimelineJS or nginx, the tests that need them are left out, and the last lines say so; with
CI=true nothing is left out: what is missing stops the run. Two processes share the tests (pyproject.toml).
"""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from tests.browser.running import AXE, CHROMIUM, TIMELINEJS
from tests.hosted import NGINX

NEEDED = {
    "browser": {
        "Chromium (install it, or name its path in CHROMIUM)": CHROMIUM,
        "axe-core (npm install --prefix tests/browser)": AXE,
        "TimelineJS (npm install --prefix tests/browser)": TIMELINEJS,
    },
    "nginx": {"nginx (install it, or name its path in NGINX)": NGINX},
}
"""What the tests with a mark need of the machine."""

settings.register_profile("dateline", deadline=None)
settings.load_profile("dateline")


def missing(mark: str) -> list[str]:
    """What the tests with a mark need and this machine does not have."""
    return [what for what, path in NEEDED[mark].items() if not path.exists()]


def pytest_configure() -> None:
    if os.environ.get("CI") and (wanted := [what for mark in NEEDED for what in missing(mark)]):
        raise pytest.UsageError(f"some tests need {' and '.join(wanted)}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    lacking = {mark for mark in NEEDED if missing(mark)}
    left_out = [item for item in items if lacking & {mark.name for mark in item.iter_markers()}]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for mark in NEEDED:
        if lacking := missing(mark):
            terminalreporter.write_line(f"{mark} tests were left out: they need {' and '.join(lacking)}")
