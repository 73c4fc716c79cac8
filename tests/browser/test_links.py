"""Any view is a link: cold as the very first request, through pages, back, forward and reload, with bad values."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from loaders.export import read_csv
from tests.browser.conftest import Visit
from tests.packed import first_story

pytestmark = pytest.mark.browser
RECORD = first_story()
HANDSHAKE = str(RECORD.events["event_id"][RECORD.events["event_type"] == "handshake"].iloc[0])
TRIP = str(RECORD.quotes["quote_id"][RECORD.quotes["quote"].str.startswith("Hi. Glad")].iloc[0])


def test_a_cold_link_is_the_first_thing_a_server_hears(visit: Callable[..., Visit]) -> None:
    # Must stay the first test of this module: its server is fresh.
    seen = visit().open(f"quotes?people=vladimir-putin&quote={TRIP}&zone=Europe/Moscow")
    page = seen.page
    assert page.locator("h1").inner_text() == "Quotes"
    assert page.locator(".masthead nav a[aria-current=page]").inner_text() == "Quotes"
    assert "quotes: said by Vladimir Putin" in page.locator(".sentence").inner_text()
    assert "How was your trip" in page.locator(".evidence mark.mark").first.inner_text()
    assert "07:17, 13 Sep 2023" in page.locator(".evidence").inner_text()
    assert page.locator("#dl-people-vladimir-putin[aria-current=true]").count() == 1
    assert page.locator(".card").count() == len(
        RECORD.quotes[RECORD.quotes["speaker_id"] == "vladimir-putin"]
    )


@pytest.mark.parametrize("page", ["", "timeline", "map", "quotes", "people", "tables"])
def test_each_page_opens_cold(visit: Callable[..., Visit], page: str) -> None:
    seen = visit().open(f"{page}?sources=state+media")
    assert seen.page.locator("#dl-sources-state\\ media[aria-current=true]").count() == 1
    assert "sources=state+media" in seen.query().replace("%20", "+")


def test_filters_and_the_chosen_row_survive_pages_back_forward_and_reload(
    visit: Callable[..., Visit],
) -> None:
    seen = visit().open("quotes")
    page = seen.page
    page.locator("#dl-people-vladimir-putin").click()
    page.wait_for_selector("#dl-people-vladimir-putin[aria-current=true]")
    page.locator(f"#dl-quote-{TRIP}").click()
    page.wait_for_selector(".card .evidence")
    asked = {"people=vladimir-putin", f"quote={TRIP}"}
    assert set(seen.query().split("&")) == asked

    page.locator(".masthead nav >> text=Timeline").click()
    page.wait_for_selector("h1:has-text('Timeline')")
    seen.settled()
    assert set(seen.query().split("&")) == asked
    assert "with Vladimir Putin" in page.locator(".sentence").inner_text()
    assert "How was your trip" in page.locator(".evidence").inner_text()

    page.go_back()
    page.wait_for_selector("h1:has-text('Quotes')")
    page.wait_for_selector(".card .evidence")
    page.go_back()
    page.wait_for_selector(".card .evidence", state="detached")
    assert seen.query() == "people=vladimir-putin"
    page.go_forward()
    page.wait_for_selector(".card .evidence")
    page.reload()
    seen.drawn()
    assert set(seen.query().split("&")) == asked
    assert page.locator(".card .evidence").count() == 1


def test_bad_values_are_dropped_with_a_word(visit: Callable[..., Visit]) -> None:
    seen = visit().open("timeline?zone=Mars&people=nobody&event=e-none&from=soon&lane=up&sources=analyst")
    words = seen.page.locator(".words").inner_text()
    for value in ("Mars", "nobody", "e-none", "soon", "up"):
        assert f"“{value}”" in words
    assert "on the word of analyst" in seen.page.locator(".sentence").inner_text()
    assert seen.page.locator("[data-testid=stException]").count() == 0


def test_from_a_quote_to_its_speaker_an_event_to_its_place_a_place_to_its_quotes(
    visit: Callable[..., Visit],
) -> None:
    seen = visit().open(f"quotes?quote={TRIP}")
    page = seen.page
    page.locator(".card:has(.evidence) .who a").first.click()
    page.wait_for_selector("h1:has-text('People')")
    assert "Vladimir Putin" in page.locator(".evidence h2").inner_text()

    seen.open(f"timeline?event={HANDSHAKE}")
    page.locator(".evidence dd a:has-text('Vostochny')").first.click()
    page.wait_for_selector("h1:has-text('Map')")
    assert "Vostochny Cosmodrome" in page.locator(".evidence h2").inner_text()

    page.locator(".evidence a:has-text('Quotes about or from here')").click()
    page.wait_for_selector("h1:has-text('Quotes')")
    assert "about or from Vostochny Cosmodrome" in page.locator(".sentence").inner_text()


def test_a_click_on_the_timeline_opens_the_evidence(visit: Callable[..., Visit]) -> None:
    seen = visit().open("timeline")
    page = seen.page
    bar = page.wait_for_selector(".js-plotly-plot .bars .point path")
    seen.settled()
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector(".evidence mark")
    assert "event=e-" in seen.query()
    page.locator("#dl-close").click()
    page.wait_for_selector(".evidence", state="detached")
    assert "event=" not in seen.query()


def test_a_click_on_the_map_opens_the_place_or_the_movement(visit: Callable[..., Visit]) -> None:
    from loaders.drawing.geometry import curve, framed
    from loaders.drawing.parties import parties_of
    from loaders.drawing.places import arcs, holding, pins

    page = visit().open("map").page
    current = RECORD.events[~RECORD.events["is_background"]]
    parties = parties_of(RECORD)
    moves = arcs(RECORD, current, parties)
    points = holding(pins(RECORD.locations, current, parties, all_senses=False), moves)

    def drawn_at(longitude: float, latitude: float) -> tuple[float, float]:
        chart = page.locator("[data-testid=stDeckGlJsonChart]")
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        assert box is not None
        width = box["width"] // 40 * 40
        x, y = framed(points, width, box["height"], 80).pixels(longitude, latitude)
        return box["x"] + x + (box["width"] - width) / 2, box["y"] + y

    def is_blue(x: float, y: float) -> bool:
        shot = page.screenshot(clip={"x": x - 1, "y": y - 1, "width": 2, "height": 2})
        red, _, blue = Image.open(io.BytesIO(shot)).convert("RGB").resize((1, 1)).getpixel((0, 0))
        return blue > red + 60

    def click_leads_to(chosen: str, longitude: float, latitude: float) -> None:
        """Clicks where something is drawn, again where the map was being drawn anew under the mouse."""
        for _ in range(6):
            page.mouse.click(*drawn_at(longitude, latitude))
            for _ in range(25):
                if chosen in page.url:
                    return
                page.wait_for_timeout(200)
        raise AssertionError(f"no click leads to {chosen}")

    page.wait_for_selector("canvas")
    for _ in range(100):
        if is_blue(*drawn_at(128.334, 51.884)):
            break
        page.wait_for_timeout(200)
    click_leads_to("place=vostochny-cosmodrome", 128.334, 51.884)
    page.wait_for_selector(".evidence")
    longest = max(moves, key=lambda move: abs(move.end[1] - move.start[1]))
    click_leads_to(f"event={longest.event_id}", *curve(longest.start, longest.end)[12])


def test_the_slider_moves_the_story(visit: Callable[..., Visit]) -> None:
    seen = visit().open("map")
    page = seen.page
    whole = page.locator(".lists .events li").count()
    page.locator("#dl-at").focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("location.search.includes('at=')")
    seen.settled()
    assert page.locator(".lists .events li").count() < whole
    assert page.locator(".slider output").inner_text() != "the whole story"
    held = page.url
    seen.open(held.removeprefix(f"{seen.origin}/"))
    assert page.locator(".slider output").inner_text() != "the whole story"


def test_search_by_words_shows_them_in_context(visit: Callable[..., Visit]) -> None:
    seen = visit().open("quotes")
    page = seen.page
    page.locator("#dl-words").fill("KOREA")
    page.keyboard.press("Enter")
    page.wait_for_selector(".kwic")
    assert "words=KOREA" in seen.query()
    assert {hit.lower()[:5] for hit in page.locator(".kwic mark").all_inner_texts()} == {"korea"}


def test_an_empty_result_says_why_and_offers_to_drop_it(visit: Callable[..., Visit]) -> None:
    seen = visit().open("quotes?people=vladimir-putin&words=zeppelin")
    page = seen.page
    page.locator(".emptied a:has-text('zeppelin')").click()
    page.wait_for_selector(".emptied", state="detached")
    assert seen.query() == "people=vladimir-putin"


def test_a_download_is_what_is_shown(visit: Callable[..., Visit], tmp_path: Path) -> None:
    seen = visit().open("quotes?people=vladimir-putin&zone=UTC")
    with seen.page.expect_download() as waiting:
        seen.page.get_by_role("button", name="as CSV", exact=False).first.click()
    assert waiting.value.suggested_filename == "kim-putin-2023_quotes_said-by-vladimir-putin.csv"
    waiting.value.save_as(tmp_path / "quotes.csv")
    shown = RECORD.quotes[RECORD.quotes["speaker_id"] == "vladimir-putin"].reset_index(drop=True)
    assert read_csv("quotes", (tmp_path / "quotes.csv").read_bytes()).equals(shown)


def test_the_spreadsheet_copy_and_the_zip_of_all_tables(visit: Callable[..., Visit], tmp_path: Path) -> None:
    seen = visit().open("tables?table=events")
    with seen.page.expect_download() as waiting:
        seen.page.get_by_role("button", name="for spreadsheets").click()
    assert waiting.value.suggested_filename == "kim-putin-2023_events.spreadsheet.csv"
    with seen.page.expect_download() as waiting:
        seen.page.get_by_role("button", name="zip").click()
    waiting.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.read("source.txt").decode() == RECORD.text
        rows = list(csv.reader(io.StringIO(archive.read("people.csv").decode(), newline="")))
    assert len(rows) == len(RECORD.people) + 1


def test_a_lane_chosen_on_the_page_is_kept_by_the_filters_beside_it(visit: Callable[..., Visit]) -> None:
    seen = visit().open("timeline")
    seen.page.locator("#dl-lane-kind").click()
    seen.page.wait_for_selector("#dl-lane-kind[aria-current=true]")
    seen.settled()
    seen.page.locator("#dl-people-vladimir-putin").click()
    seen.page.wait_for_selector("#dl-people-vladimir-putin[aria-current=true]")
    assert set(seen.query().split("&")) == {"lane=kind", "people=vladimir-putin"}


def test_copy_link_copies_this_very_view(visit: Callable[..., Visit]) -> None:
    seen = visit().open("timeline?people=vladimir-putin&lane=kind")
    seen.page.locator("#dl-copy-link").click()
    seen.page.wait_for_selector("#dl-copy-link:has-text('Copied')")
    copied = seen.page.evaluate("navigator.clipboard.readText()")
    assert copied == seen.page.url
    other = visit()
    other.open(copied.removeprefix(f"{other.origin}/"))
    assert other.page.locator(".sentence").inner_text() == seen.page.locator(".sentence").inner_text()


def test_a_citation_names_words_speaker_post_time_and_link(visit: Callable[..., Visit]) -> None:
    seen = visit().open(f"quotes?quote={TRIP}")
    seen.page.locator("#dl-cite-row").click()
    copied = seen.page.evaluate("navigator.clipboard.readText()")
    for part in (
        "How was your trip?",
        "Vladimir Putin",
        "steps off famed armored train",
        "04:17, 13 Sep 2023 UTC",
        "CNN",
        f"{seen.origin}/quotes?quote={TRIP}",
    ):
        assert part in copied
