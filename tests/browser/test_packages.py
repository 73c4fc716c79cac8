"""The story package in a browser: downloaded from the Tables page, chosen as a file, and open in the same view."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.unpacking import read_package
from tests.browser.conftest import Visit
from tests.packed import first_story

pytestmark = pytest.mark.browser
VIEW = "people=kim-yo-jong&table=events&zone=Europe/Moscow"


def downloaded(seen: Visit, folder: Path) -> Path:
    with seen.page.expect_download() as waiting:
        seen.page.get_by_role("button", name="Download the story package").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def chosen(seen: Visit, path: Path) -> None:
    seen.open("open_blog").page.locator("input[type=file]").set_input_files(path)


def test_what_is_filtered_is_packed_and_opens_as_the_view_it_was(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    seen = visit().open(f"tables?{VIEW}")
    said = seen.page.locator(".shown .sentence").inner_text()
    path = downloaded(seen, tmp_path)
    assert path.name == "kim-putin-2023_package_with-kim-yo-jong.zip"
    events = read_package(path.read_bytes()).record.events
    assert 0 < len(events) < len(first_story().events)

    again = visit()
    chosen(again, path)
    again.page.wait_for_selector(".opened-line:has-text('Kim Jong Un meets Vladimir Putin in Russia')")
    again.settled()
    assert again.page.locator("h1").inner_text() == "Tables"
    for part in ("people=kim-yo-jong", "table=events", "zone=Europe%2FMoscow", "story=opened-"):
        assert part in again.query()
    shown = again.page.locator(".shown .sentence").inner_text()
    assert shown.partition(": ")[2] == said.partition(": ")[2]
    assert shown.startswith(f"{len(events)} of {len(events)} events")
    for page in ("Timeline", "Map", "Quotes", "People", "Overview"):
        again.page.locator(f".masthead nav >> text={page}").click()
        again.drawn()
        assert again.page.locator("[data-testid=stException]").count() == 0
    assert again.errors == seen.errors == []
    assert again.outside() == []


def test_the_whole_story_is_packed_and_opens_with_equal_tables(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    path = downloaded(visit().open("tables"), tmp_path)
    assert path.name == "kim-putin-2023_package.zip"
    record = read_package(path.read_bytes()).record
    assert all(rows.equals(getattr(record, name)) for name, rows in first_story().tables())
    renamed = path.rename(tmp_path / "story.txt")  # what it is, its content says
    again = visit()
    chosen(again, renamed)
    again.page.wait_for_selector(".opened-line:has-text('Kim Jong Un meets Vladimir Putin in Russia')")
    again.settled()
    assert again.page.locator(".choices a[aria-current=true]").inner_text().startswith("quotes")


def test_a_package_that_was_tampered_with_is_told(visit: Callable[..., Visit], tmp_path: Path) -> None:
    path = downloaded(visit().open("tables"), tmp_path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    bad = tmp_path / "bad.zip"
    bad.write_bytes(data)
    seen = visit()
    chosen(seen, bad)
    seen.page.wait_for_selector("[role=alert]:has-text('zip is broken')", timeout=15_000)
    assert seen.page.locator("[data-testid=stException]").count() == 0


def test_the_page_in_the_package_asks_nothing_of_anybody(visit: Callable[..., Visit], tmp_path: Path) -> None:
    import io
    import zipfile

    from tests.packed import whole

    with zipfile.ZipFile(io.BytesIO(whole())) as archive:
        (tmp_path / "index.html").write_bytes(archive.read("index.html"))
    seen = visit()
    seen.page.goto((tmp_path / "index.html").as_uri())
    seen.page.wait_for_selector("h1")
    assert "Kim Jong Un meets Vladimir Putin in Russia" in seen.page.locator("h1").inner_text()
    assert [url for url in seen.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert seen.errors == []
