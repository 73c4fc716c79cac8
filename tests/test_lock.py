"""The lock file holds all that Dateline needs where it is hosted, nothing else, and agrees with pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from loaders.archive.extras import OPENING
from tests.browser.running import ROOT

LOCK = (ROOT / "requirements.txt").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
HOSTED = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["archive-shown"]]
"""What is installed where Dateline is hosted: it shows archives, and makes none."""
ENTRIES = re.split(r"\n(?=[a-z0-9])", LOCK.split("bash .ci/lock\n", 1)[1])
PINS = [Requirement(entry.split("\\")[0].strip()) for entry in ENTRIES]
LOCKED = {canonicalize_name(pin.name): pin for pin in PINS}


def test_the_command_that_wrote_it_is_there() -> None:
    assert "bash .ci/lock" in LOCK
    assert (ROOT / ".ci" / "lock").is_file()


@pytest.mark.parametrize("wanted", [Requirement(line) for line in HOSTED], ids=str)
def test_each_dependency_is_locked_to_a_version_it_allows(wanted: Requirement) -> None:
    pin = LOCKED[canonicalize_name(wanted.name)]
    version = next(iter(pin.specifier)).version
    assert wanted.specifier.contains(version), f"{pin} is not {wanted}: run bash .ci/lock"


@pytest.mark.parametrize("entry", ENTRIES, ids=[pin.name for pin in PINS])
def test_each_package_stands_at_one_version_with_its_hashes(entry: str) -> None:
    assert re.match(r"[a-z0-9._-]+==[\w.+]+(?: ; [^\\]+)? \\\n", entry)
    assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry)
    assert [pin.name for pin in PINS].count(Requirement(entry.split("\\")[0].strip()).name) == 1


def test_it_is_exactly_what_is_needed() -> None:
    # What the installed packages themselves say they need, from those pyproject.toml names on.
    waiting = [Requirement(line) for line in HOSTED]
    needed: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in needed or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        needed.add(name)
        try:
            waiting += [Requirement(line) for line in requires(name) or ()]
        except PackageNotFoundError:
            pytest.fail(f"{name} is needed and not installed")
    assert needed == {name for name, pin in LOCKED.items() if not pin.marker or pin.marker.evaluate()}


def test_it_names_no_place_to_fetch_from() -> None:
    assert "://" not in LOCK
    assert "index" not in LOCK


def test_the_hosted_page_can_open_an_archive() -> None:
    assert {canonicalize_name(name) for name in OPENING} <= set(LOCKED)
