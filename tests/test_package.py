"""The story package: valid for frictionless, always the same bytes, and opened again as exactly what was packed."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package as DataPackage
from hypothesis import given, settings
from hypothesis import strategies as some

from loaders import load_story
from loaders.errors import LoaderError
from loaders.excerpts import excerpt_of, is_filtered, sentence
from loaders.export import csv_bytes, zip_bytes
from loaders.filters import Excerpt, Filters
from loaders.formats.datapackage import sha256
from loaders.model import Record
from loaders.package import Package, package_bytes, package_name
from loaders.schema import TABLES
from loaders.selection import known_only, known_values, select_rows
from loaders.sentences import phrases
from loaders.table_checks import check_record
from loaders.unpacking import read_package
from tests.packed import FOLDER, HOSTILE, first_settings, first_story, hostile, part, whole

PUTIN = Filters(people=("vladimir-putin",), words="rockets", lane="kind", row=("place", "pyongyang"))
RECORD = first_story()


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def described(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files_of(data)["datapackage.json"])
    return found


def a_few(name: str) -> some.SearchStrategy[tuple[str, ...]]:
    return some.lists(some.sampled_from(sorted(known_values(RECORD, name))), max_size=2, unique=True).map(
        tuple
    )


INSTANT = some.sampled_from(
    [None, *(datetime.fromisoformat(f"2023-09-13T{t}Z") for t in ("02:00", "04:17", "05:00"))]
)
VIEWS = some.builds(
    Filters,
    people=a_few("people"),
    places=a_few("places"),
    sources=a_few("sources"),
    kinds=a_few("kinds"),
    time_from=INSTANT,
    time_to=INSTANT,
    words=some.sampled_from(["", "", "missiles", '"guest book"', "nobody said this"]),
    row=some.sampled_from([None, ("quote", RECORD.quotes["quote_id"].iloc[3]), ("place", "tokyo")]),
)


# --- what it holds ------------------------------------------------------------------------------------------


def test_it_holds_every_table_raw_and_safe_the_text_and_every_format() -> None:
    files = files_of(whole())
    assert next(iter(files)) == "datapackage.json"
    for name, rows in RECORD.tables():
        assert files[f"tables/{name}.csv"] == csv_bytes(name, rows)
        assert files[f"spreadsheet/{name}.csv"] == csv_bytes(name, rows, spreadsheet=True)
    assert files["source.txt"].decode() == RECORD.text
    assert files["story/story.yaml"] == (FOLDER / "story.yaml").read_bytes()
    others = {
        "index.html",
        "timelinejs.json",
        "timelinejs.csv",
        "places.geojson",
        "liveblog.jsonld",
        "record.sqlite",
    }
    assert others < files.keys()
    assert len(files["index.html"]) < 2_000_000


def test_the_story_s_own_folder_in_it_is_the_story_again(tmp_path: Path) -> None:
    for name, data in files_of(whole()).items():
        if name.startswith("story/"):
            (tmp_path / name.removeprefix("story/")).write_bytes(data)
    again = load_story(tmp_path)
    assert all(rows.equals(getattr(RECORD, name)) for name, rows in again.tables())


@pytest.mark.parametrize("filters", [Filters(), PUTIN, Filters(words="nobody said this")])
def test_frictionless_finds_it_valid(tmp_path: Path, filters: Filters) -> None:
    with zipfile.ZipFile(io.BytesIO(part("quotes", filters))) as archive:
        archive.extractall(tmp_path)
    package = DataPackage(str(tmp_path / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["path", "title", "message"])
    assert {each.name for each in package.resources} > set(TABLES)
    quotes = package.get_resource("quotes").read_rows()
    assert [row["quote_id"] for row in quotes] == list(
        read_package(part("quotes", filters)).record.quotes["quote_id"]
    )


def test_frictionless_notices_a_changed_row(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(whole())) as archive:
        archive.extractall(tmp_path)
    path = tmp_path / "tables" / "events.csv"
    path.write_bytes(path.read_bytes().replace(b",sunan,", b",sumatra,"))
    report = DataPackage(str(tmp_path / "datapackage.json")).validate()
    assert {error.type for task in report.tasks for error in task.errors} >= {"hash-count", "foreign-key"}


def test_the_description_says_what_each_column_is() -> None:
    package = described(whole())
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["created"] == "2023-09-13T05:23:00Z"
    assert package["description"] == "All 9 posts; all 30 events; all 43 quotes."
    assert package["sources"][0]["path"].startswith("https://www.cnn.com/")
    tables = {each["name"]: each for each in package["resources"] if each["path"].startswith("tables/")}
    assert list(tables) == list(TABLES)
    for name, schema in TABLES.items():
        fields = tables[name]["schema"]["fields"]
        assert [field["name"] for field in fields] == [column.name for column in schema.columns]
        assert all(
            column.meaning in field["description"]
            for field, column in zip(fields, schema.columns, strict=True)
        )
        assert tables[name]["schema"]["primaryKey"] == [schema.key]
    assert tables["events"]["schema"]["foreignKeys"][0] == {
        "fields": ["location_id"],
        "reference": {"resource": "locations", "fields": ["location_id"]},
    }
    assert [each["name"] for each in tables["locations"]["licenses"]] == ["other-closed", "CC-BY-4.0"]


@pytest.mark.parametrize("filters", [Filters(), PUTIN])
def test_the_same_story_always_gives_the_same_bytes(filters: Filters) -> None:
    once = package_bytes(Package(load_story(FOLDER), first_settings(), "quotes", filters))
    again = package_bytes(Package(load_story(FOLDER), first_settings(), "quotes", filters))
    assert once == again
    with zipfile.ZipFile(io.BytesIO(once)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2023, 9, 13, 5, 23, 0)}


def test_its_name_says_the_story_and_the_filters() -> None:
    assert package_name("kim-putin-2023", RECORD, "quotes", Filters()) == "kim-putin-2023_package.zip"
    assert (
        package_name("kim-putin-2023", RECORD, "quotes", Filters(people=("vladimir-putin",)))
        == "kim-putin-2023_package_said-by-vladimir-putin.zip"
    )
    # a filter that means nothing for the table that is shown is said all the same
    assert "only-launch" in package_name("kim-putin-2023", RECORD, "quotes", Filters(kinds=("launch",)))


# --- excerpts -----------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(VIEWS)
def test_an_excerpt_holds_what_the_filters_keep_and_what_that_refers_to(filters: Filters) -> None:
    excerpt = excerpt_of(RECORD, filters)
    check_record(excerpt)
    for name in TABLES:
        key = TABLES[name].key
        wanted = set(select_rows(RECORD, name, filters)[key])
        assert wanted <= set(getattr(excerpt, name)[key])
        if name in ("quotes", "mentions", "times", "corrections", "problems"):  # nothing refers to these
            asked = {filters.row[1]} if filters.row else set()
            assert set(getattr(excerpt, name)[key]) <= wanted | asked


@settings(max_examples=20)
@given(VIEWS)
def test_a_package_opens_as_the_view_it_was_made_from(filters: Filters) -> None:
    data = package_bytes(Package(RECORD, first_settings(), "quotes", filters))
    opened = read_package(data)
    assert replace(opened.filters, zone="") == filters
    assert opened.page == "quotes"
    assert isinstance(opened.record, Excerpt) == is_filtered(filters)
    assert known_only(opened.filters, opened.record) == (opened.filters, ())
    for name in TABLES:
        assert (
            select_rows(opened.record, name, opened.filters)
            .reset_index(drop=True)
            .equals(select_rows(RECORD, name, filters).reset_index(drop=True))
        ), name
        assert set(phrases(opened.record, name, opened.filters)) == set(phrases(RECORD, name, filters))


def test_filtering_an_opened_excerpt_further_only_removes_rows_and_dropping_its_filter_shows_all_of_it() -> (
    None
):
    filters = Filters(places=("vostochny-cosmodrome",))
    opened = read_package(part("people", filters)).record
    people = select_rows(opened, "people", filters)
    assert len(people) > 3  # tied to the place by mentions that are not in the package
    fewer = select_rows(opened, "people", replace(filters, words="putin"))
    assert list(fewer["name"]) == ["Vladimir Putin"]
    assert len(select_rows(opened, "people", Filters())) == len(opened.people)


def test_a_filtered_package_says_so_in_every_file_people_read() -> None:
    files = files_of(part("quotes", PUTIN))
    said = sentence(RECORD, PUTIN)
    assert said.startswith("2 of 9 posts: that name Vladimir Putin, containing “rockets”; ")
    assert described(part("quotes", PUTIN))["description"] == said
    for name in ("timelinejs.json", "timelinejs.csv", "places.geojson", "liveblog.jsonld", "record.sqlite"):
        assert said.encode() in files[name], name
    assert "containing “rockets”".encode() in files["index.html"]
    assert not any(name.startswith("story/") for name in files)


# --- and back -----------------------------------------------------------------------------------------------


def test_a_package_opened_has_equal_tables_and_the_same_settings() -> None:
    package = read_package(whole())
    for name, rows in RECORD.tables():
        assert rows.equals(getattr(package.record, name)), name
    assert package.record.text == RECORD.text
    assert package.story == first_settings()
    blog, again = RECORD.blog, package.record.blog
    assert (again.title, again.outlet, again.url, again.zone, again.read_at) == (
        blog.title,
        blog.outlet,
        blog.url,
        blog.zone,
        blog.read_at,
    )


@pytest.mark.parametrize("words", [words for words in HOSTILE if "\ud800" not in words])
def test_hostile_text_survives_packing_and_opening(words: str) -> None:
    record = hostile(words)
    data = package_bytes(Package(record, first_settings()))
    again = read_package(data).record
    assert all(rows.equals(getattr(again, name)) for name, rows in record.tables())
    safe = list(csv.DictReader(io.StringIO(files_of(data)["spreadsheet/events.csv"].decode(), newline="")))
    assert {line["title"] for line in safe} == {f"'{words}" if words[0] in "=+-@\t\u200b" else words}


def test_what_others_add_to_it_does_no_harm() -> None:
    files = files_of(whole())
    package = json.loads(files["datapackage.json"])
    package["keywords"] = ["Korea"]
    files["datapackage.json"] = json.dumps(package).encode()
    files["__MACOSX/._x"] = b"\x00"
    assert read_package(zip_bytes(files.items())).record.quotes.equals(RECORD.quotes)


Change = Callable[[dict[str, bytes], dict[str, Any]], None]


def changed(change: Change, *, rehash: bool = True, bare: bool = False) -> bytes:
    """The whole package, or its tables and text alone, after something was done to its files or its description."""
    files = files_of(whole())
    package = json.loads(files["datapackage.json"])
    if bare:
        listed = [each for each in package["resources"] if each["path"].startswith(("tables/", "source"))]
        package["resources"] = listed
        files = {name: files[name] for name in ("datapackage.json", *(each["path"] for each in listed))}
    change(files, package)
    for each in package["resources"] if rehash and isinstance(package.get("resources"), list) else ():
        if data := files.get(each["path"]):
            each |= {"bytes": len(data), "hash": sha256(data)}
    if "datapackage.json" in files and files["datapackage.json"].startswith(b"{"):
        files["datapackage.json"] = json.dumps(package).encode()
    return zip_bytes(files.items())


def in_table(name: str, old: str, new: str) -> Change:
    def change(files: dict[str, bytes], _: dict[str, Any]) -> None:
        path = f"tables/{name}.csv"
        assert old.encode() in files[path]
        files[path] = files[path].replace(old.encode(), new.encode())

    return change


def without(path: str) -> Change:
    return lambda files, _: files.pop(path) and None  # type: ignore[func-returns-value]


def described_as(key: str, value: object) -> Change:
    def change(_: dict[str, bytes], package: dict[str, Any]) -> None:
        *steps, last = key.split(".")
        for step in steps:
            package = package[step]
        package[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (without("datapackage.json"), "no story package"),
        (without("tables/quotes.csv"), "lacks a file"),
        (without("source.txt"), "lacks a file"),
        (lambda files, _: files.update({"datapackage.json": b"not JSON"}), "no JSON"),
        (lambda files, _: files.update({"datapackage.json": b"[" * 100_000}), "no JSON"),
        (described_as("dateline", "x"), "does not come from Dateline"),
        (described_as("dateline.format", 2), "made by a newer Dateline"),
        (described_as("dateline.format", "x"), "dateline › format"),
        (described_as("dateline.story", {"title": "x"}), "dateline › story › outlet"),
        (described_as("dateline.view.query", {"people": 3}), "dateline › view › query"),
        (described_as("resources", []), "lacks a file"),
        (described_as("resources", 3), "description breaks its schema: .*valid tuple"),
        (lambda files, _: files.update({"source.txt": b"\xff\xfe\xff"}), "not UTF-8"),
        (lambda files, _: files.update({"source.txt": b"shorter"}), "does not lie in the text|does not hold"),
        (in_table("quotes", "quote_id,post_id", "id,post_id"), "this is not the table quotes"),
        (in_table("events", "2023-09-13T02:43:00Z", "noon"), "a cell that is no instant"),
        (in_table("events", ",sunan,", ",sumatra,"), "location_id names a row that is not there"),
        (in_table("quotes", ",direct,", ",spoken,"), "quote_type cannot be this"),
        (in_table("quotes", ",direct,", ",,"), "quote_type cannot be this"),
        (in_table("locations", ",51.884,", ",,"), "one of latitude and longitude"),
        (in_table("locations", "51.884", "151.884"), "latitude cannot be this"),
        (in_table("locations", "51.884", "inf"), "latitude cannot be this"),
        (in_table("locations", "Asia/Yakutsk", "Mars/Olympus"), "time_zone cannot be this"),
        (in_table("people", "kim-yo-jong,", "kim-jong-un,"), "key is empty or stands twice"),
        (in_table("quotes", "there is time.", "there is tea."), "does not hold the row's quote"),
        (in_table("posts", ",0,697\r\n", ",0,99999999\r\n"), "does not lie in the text"),
        (in_table("posts", ",0,697\r\n", ",0,99999999999999999999999\r\n"), "a cell that is no integer"),
        (lambda files, _: files.update({"tables/times.csv": b"\xff"}), "this is not UTF-8"),
    ],
)
def test_what_does_not_fit_together_is_refused_with_a_word(change: Change, what: str) -> None:
    with pytest.raises(LoaderError, match=what):
        read_package(changed(change))


@pytest.mark.parametrize("path", ["tables/quotes.csv", "source.txt", "index.html", "record.sqlite"])
def test_a_file_that_is_not_the_one_it_was_made_with_is_refused(path: str) -> None:
    def change(files: dict[str, bytes], _: dict[str, Any]) -> None:
        files[path] = files[path] + b" "

    with pytest.raises(LoaderError, match="is not the one it was made with"):
        read_package(changed(change, rehash=False))


@settings(max_examples=60)
@given(some.sampled_from(sorted(TABLES)), some.integers(0, 60_000), some.binary(min_size=1, max_size=4))
def test_whatever_a_table_is_changed_to_it_is_opened_or_refused(name: str, at: int, data: bytes) -> None:
    def change(files: dict[str, bytes], _: dict[str, Any]) -> None:
        old = files[f"tables/{name}.csv"]
        place = at % len(old)
        files[f"tables/{name}.csv"] = old[:place] + data + old[place + len(data) :]

    with contextlib.suppress(LoaderError):
        check_record(read_package(changed(change, bare=True)).record)


def test_a_record_with_nothing_in_it_is_packed_too() -> None:
    nothing: Record = RECORD.with_tables(**{name: rows.iloc[:0] for name, rows in RECORD.tables()})
    nothing = replace(nothing, blog=replace(nothing.blog, read_at=None, title="", outlet="", url=""))
    again = read_package(package_bytes(Package(nothing, first_settings()))).record
    assert all(rows.empty for _, rows in again.tables())
