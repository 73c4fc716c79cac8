"""The people as the page lists them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMPANY = """
import loaders
from pages.view.roster import _company

found = _company(loaders.load_story("data/stories/kim-putin-2023"))
print([(key, together.most_common(3)) for key, together in found.items()])
"""


def test_every_server_names_the_same_company_in_the_same_order() -> None:
    said = set()
    for seed in ("1", "2", "3"):
        settings = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", COMPANY],
            cwd=ROOT,
            env=settings,
            capture_output=True,
            text=True,
            check=True,
        )
        said.add(done.stdout)
    assert len(said) == 1
    assert "kim-jong-un" in said.pop()
