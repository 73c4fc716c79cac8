"""What keeps strangers out and asks nobody for a secret: settings that nothing in the repository turns off."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from streamlit import config

ROOT = Path(__file__).resolve().parents[1]
PROTECTING = ("server.enableXsrfProtection", "server.enableCORS")


@pytest.mark.parametrize("name", PROTECTING)
def test_protection_against_other_origins_stays_on(name: str) -> None:
    section, key = name.split(".")
    told = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert told[section].get(key, True) is True
    assert config.get_option(name) is True


def test_nothing_turns_it_off() -> None:
    off = re.compile(r"(?:enable_?(?:xsrf|cors)\w*)[\"']?\s*(?:=|:|\s)\s*[\"']?(?:false|0)", re.IGNORECASE)
    places = [ROOT / "README.md", ROOT / "Dockerfile", *ROOT.glob("*.yml"), *ROOT.glob("*.toml")]
    for folder in (".streamlit", ".hosting", ".ci", "pages", "loaders", "tests"):
        places += [path for path in (ROOT / folder).rglob("*") if "node_modules" not in path.parts]
    read = [path for path in places if path.is_file() and path.suffix not in (".png", ".gz", ".pyc")]
    assert [path for path in read if off.search(path.read_text("utf-8", "replace"))] == []


def test_no_secret_is_needed() -> None:
    assert not list(ROOT.rglob(".streamlit/secrets.toml"))
    for path in (*(ROOT / "pages").rglob("*.py"), *(ROOT / "loaders").rglob("*.py"), ROOT / "dashboard.py"):
        asked = re.compile(r"st\.secrets|(?:environ|getenv).*(?:key|token|secret|password)", re.IGNORECASE)
        assert not asked.search(path.read_text("utf-8")), path


def test_the_readme_says_what_is_promised() -> None:
    said = (ROOT / "README.md").read_text("utf-8")
    assert "\n## Security\n" in said
