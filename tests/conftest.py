"""What holds for all tests: no time limit on a property, and tests that need a browser or nginx only where there is one.

Without Chromium, axe-core, TimelineJS or nginx, the tests that need them are left out, and the last lines say so. With CI=true
nothing is left out: what is missing stops the run.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import settings

from tests.browser.running import AXE, CHROMIUM, TIMELINEJS
from tests.hosted import NGINX

LEFT_OUT = pytest.StashKey[Counter[str]]()
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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    lacking = {
        item: mark for item in items for mark in NEEDED if item.get_closest_marker(mark) and missing(mark)
    }
    if not lacking:
        return
    if os.environ.get("CI"):
        wanted = sorted({what for mark in lacking.values() for what in missing(mark)})
        raise pytest.UsageError(f"some tests need {' and '.join(wanted)}")
    config.hook.pytest_deselected(items=list(lacking))
    config.stash[LEFT_OUT] = Counter(lacking.values())
    items[:] = [item for item in items if item not in lacking]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for mark, count in config.stash.get(LEFT_OUT, Counter()).items():
        terminalreporter.write_line(
            f"{count} {mark} tests were left out: they need {' and '.join(missing(mark))}"
        )
