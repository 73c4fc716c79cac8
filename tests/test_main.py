"""The command line: whole folders or nothing, one clear message for every kind of wrong input, never a traceback."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from loaders import __version__
from loaders.__main__ import main
from loaders.arguments import parser
from loaders.export import read_csv
from loaders.schema import TABLES

ROOT = Path(__file__).resolve().parent.parent
STORY = ROOT / "data" / "stories" / "kim-putin-2023"
FILES = {*(f"{name}.csv" for name in TABLES), "source.txt"}
PAGE = """\
<html><head><script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Storm over the coast",
"liveBlogUpdate": [{"@type": "BlogPosting", "headline": "Bridge closed", "datePublished": "2024-01-02T10:05:00Z",
"articleBody": "The bridge is closed, the mayor said on Tuesday."}]}</script></head><body></body></html>"""
PASTE = """\
25 min ago
Bridge closed
From CNN's Jessie Yeung
The bridge is closed, the mayor said on Tuesday.
30 min ago
Storm nears
From CNN's Jake Kwon
A storm nears the coast.
"""
READ_AT = "2024-01-02T10:30:00Z"


def ran(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of the command line."""
    try:
        status = main([str(word) for word in words])
    except SystemExit as exit_:
        status = int(exit_.code or 0)
    told = capsys.readouterr()
    return status, told.out, told.err


def story(folder: Path, name: str = "story", *, corrections: str = "", settings: str = "") -> Path:
    """A copy of the first story, with other corrections and more settings."""
    copy = folder / name
    shutil.copytree(STORY, copy)
    if settings:
        (copy / "story.yaml").write_text((copy / "story.yaml").read_text("utf-8") + settings, "utf-8")
    if corrections:
        (copy / "corrections.yaml").write_text(corrections, "utf-8")
    return copy


# --- build --------------------------------------------------------------------------------------------------


def test_build_writes_every_table_and_the_text_their_spans_slice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = ran(capsys, "build", STORY, "--out", tmp_path / "tables")
    assert (status, err) == (0, "")
    assert {path.name for path in (tmp_path / "tables").iterdir()} == FILES
    assert (tmp_path / "tables" / "source.txt").read_bytes() == (STORY / "source.txt").read_bytes()
    quotes = read_csv("quotes", (tmp_path / "tables" / "quotes.csv").read_bytes())
    for name in TABLES:
        assert f"  {name} " in out
    assert f"  quotes        {len(quotes):>6}" in out
    assert f"{(quotes['quote_type'] == 'indirect').sum()} indirect" in out
    assert out.startswith("Kim Jong Un meets Vladimir Putin in Russia (CNN)\n")


@pytest.mark.parametrize(
    ("name", "content", "options"),
    [
        ("page.html", PAGE, []),  # structured data says its times
        ("paste.txt", PASTE, ["--read-at", READ_AT]),  # ages need the moment they were read at
        ("paste.txt", PASTE, ["--read-at", "2024-01-02 05:30", "--zone", "America/New_York"]),  # local time
        ("misnamed.json", PASTE, ["--read-at", READ_AT]),  # the content says what it is, not the name
    ],
)
def test_build_reads_one_file_without_any_yaml(
    name: str, content: str, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / name
    source.write_text(content, "utf-8")
    status, out, err = ran(capsys, "build", source, "--out", tmp_path / "out", *options)
    assert (status, err) == (0, "")
    posts = read_csv("posts", (tmp_path / "out" / "posts.csv").read_bytes())
    assert str(posts["posted_at"].iloc[0]) == "2024-01-02 10:05:00+00:00"
    assert f"  posts         {len(posts):>6}" in out


def test_a_summary_names_the_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "paste.txt"
    stamped = PASTE.replace("25 min ago", "14:05").replace("30 min ago", "14:00")  # of which zone?
    source.write_text(stamped, "utf-8")
    status, out, _ = ran(capsys, "build", source, "--out", tmp_path / "out", "--read-at", READ_AT)
    problems = read_csv("problems", (tmp_path / "out" / "problems.csv").read_bytes())
    assert status == 0
    assert len(problems)
    assert f"  problem: {problems['what'].iloc[0]}; {problems['advice'].iloc[0]}" in out


def _file(name: str, content: bytes) -> Callable[[Path], list[object]]:
    def made(folder: Path) -> list[object]:
        (folder / name).write_bytes(content)
        return [folder / name]

    return made


BAD_SOURCES: list[tuple[Callable[[Path], list[object]], str]] = [
    (lambda folder: [folder / "nothing.txt"], "nothing.txt: there is no such file"),
    (_file("empty.txt", b""), "empty.txt: there is nothing in it"),
    (_file("blank.txt", b" \n\n\t"), "blank.txt: there is nothing in it"),
    (_file("binary.txt", bytes(range(256)) * 40), "binary.txt: this is not text"),
    (_file("picture.html", b"\x89PNG\r\n\x1a\n" + b"text " * 90), "picture.html: this is not text"),
    (
        _file("essay.txt", b"No stamp anywhere.\n" * 9),
        "essay.txt: no posts were found",
    ),  # a page with no posts
    (_file("page.html", b"<html><body><p>Hello.</p></body></html>"), "no posts were found"),
    (_file("list.json", b'{"posts": []}'), "no posts were found"),
    (_file("ages.txt", PASTE.encode()), "--read-at"),  # ages without read_at: the advice says how
    (lambda folder: [*_file("p.txt", PASTE.encode())(folder), "--read-at", "noon"], "found: noon"),
    (lambda folder: [*_file("p.txt", PASTE.encode())(folder), "--read-at", "2024-01-02T10:30"], "no offset"),
    (lambda folder: [*_file("p.txt", PASTE.encode())(folder), "--zone", "Moon/Base"], "Moon/Base"),
    (lambda folder: [*_file("p.txt", PASTE.encode())(folder), "--read-at", "0001-01-01T00:00Z"], "0001"),
    (lambda folder: [folder / ("x" * 300)], "File name too long"),
    (lambda folder: [folder], "this folder is no story"),
    (lambda folder: [story(folder), "--zone", "Asia/Seoul"], "leave out --read-at and --zone"),
    (lambda folder: [story(folder, settings="colour: red\n")], "colour: no such key; allowed: title, outlet"),
    (
        lambda folder: [story(folder, settings="read_at: 2023-13-01T00:00:00Z\n")],
        "story.yaml: this is not YAML",
    ),
    (lambda folder: [story(folder, settings="title: twice\n")], "the key 'title' stands twice"),
    (
        lambda folder: [
            story(folder, corrections="- {table: events, row: e-0, action: drop, reason: a test}\n")
        ],
        "corrections.yaml, e-0: no row of events has this event_id",
    ),
    (
        lambda folder: [
            story(
                folder,
                corrections="- {table: people, row: vladimir-putin, action: set, column: country, value: RUS, reason: r}\n",
            )
        ],
        "country is this already",  # a correction that no longer bites
    ),
    (
        lambda folder: [
            story(
                folder, corrections="- {table: people, row: vladimir-putin, action: drop, reason: a test}\n"
            )
        ],
        "names a row that is not there",  # his quotes would have no speaker
    ),
]


@pytest.mark.parametrize(("arguments", "message"), BAD_SOURCES)
def test_bad_input_is_named_and_nothing_is_written(
    arguments: Callable[[Path], list[object]],
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    inputs, outputs = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    outputs.mkdir()
    status, out, err = ran(capsys, "build", *arguments(inputs), "--out", outputs / "tables")
    assert (status, out) == (2, "")
    assert err.startswith("dateline: ")
    assert message in err
    assert "Traceback" not in err
    assert list(outputs.iterdir()) == []


def test_a_span_that_no_longer_slices_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    built = tmp_path / "tables"
    ran(capsys, "build", STORY, "--out", built)
    key = read_csv("quotes", (built / "quotes.csv").read_bytes())["quote_id"].iloc[0]
    change = f"- {{table: quotes, row: {key}, action: set, column: start, value: 3, reason: a test}}\n"
    status, _, err = ran(capsys, "build", story(tmp_path, corrections=change), "--out", tmp_path / "new")
    assert status == 2
    assert f"table quotes, quote_id {key}: the span 3–" in err
    assert not (tmp_path / "new").exists()


def test_what_was_written_before_is_written_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        status, _, _ = ran(capsys, "build", STORY, "--out", tmp_path / "tables")
        assert status == 0
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


@pytest.mark.parametrize("is_file", [False, True])
def test_what_is_not_ours_is_kept_and_force_moves_it_aside(
    is_file: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "thesis"
    notes = out if is_file else out / "notes.txt"
    notes.parent.mkdir(exist_ok=True)
    notes.write_text("three years of work")
    status, _, err = ran(capsys, "build", STORY, "--out", out)
    assert status == 2
    assert "--force" in err
    assert notes.read_text() == "three years of work"
    status, _, err = ran(capsys, "build", STORY, "--out", out, "--force")
    assert status == 0
    assert f"what was in {out} is now in {out}.before" in err
    assert {path.name for path in out.iterdir()} == FILES
    kept = tmp_path / "thesis.before"
    assert (kept if is_file else kept / "notes.txt").read_text() == "three years of work"


def test_a_folder_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    status, _, err = ran(capsys, "build", STORY, "--out", tmp_path / "file" / "tables")
    assert status == 2
    assert "the folder cannot be written" in err
    assert "choose another with --out" in err


# --- check --------------------------------------------------------------------------------------------------


def test_check_reads_all_that_stands_in_data(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = ran(capsys, "check")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[-1] == "ok"
    subjects = [line.split(":")[0] for line in lines[:-1] if ", what is open:" not in line]
    vocabularies = sorted(path.name for path in (ROOT / "data" / "vocabulary").glob("*.yaml"))
    stories = sorted(path.parent.name for path in (ROOT / "data" / "stories").glob("*/story.yaml"))
    assert subjects == [
        "registry",
        *(f"vocabulary/{name}" for name in vocabularies),
        *(f"stories/{s}" for s in stories),
    ]


def test_check_reads_tables_back_and_finds_the_span_that_no_longer_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran(capsys, "build", STORY, "--out", tmp_path / "tables")
    assert ran(capsys, "check", tmp_path / "tables")[0] == 0
    text = (tmp_path / "tables" / "source.txt").read_text("utf-8")
    (tmp_path / "tables" / "source.txt").write_text(f"One word more. {text}", "utf-8")
    status, out, err = ran(capsys, "check", tmp_path / "tables")
    assert status == 2
    assert "does not hold the row's" in err
    assert out == "1 of these are wrong\n"


def test_check_names_what_is_wrong_with_a_story(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = story(tmp_path, corrections="- {table: events, row: e-0, action: drop, reason: a test}\n")
    status, _, err = ran(capsys, "check", wrong)
    assert status == 2
    assert f"{wrong / 'corrections.yaml'}, e-0: no row of events has this event_id" in err


def test_check_of_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = ran(capsys, "check", tmp_path / "nowhere")
    assert status == 2
    assert "story.yaml: there is no such file" in err


# --- the words ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["draft", "--help"], ["check", "--help"]])
def test_help_explains_every_option_and_shows_examples(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = ran(capsys, *words)
    assert status == 0
    assert "examples:\n  python -m loaders " in out
    wanted = parser()
    subparsers = next(a for a in wanted._actions if isinstance(a, argparse._SubParsersAction))
    for each in (wanted, *subparsers.choices.values()):
        assert all(action.help for action in each._actions if action.option_strings)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["draw"],
        ["build"],
        ["build", "x.txt"],
        ["draft", "x.txt"],
        ["build", "x.txt", "--out"],
        ["check", "a", "b"],
    ],
)
def test_a_command_line_that_says_nothing_useful(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = ran(capsys, *words)
    assert (status, out) == (2, "")
    assert "usage: python -m loaders" in err


def _process(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "loaders", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_version() -> None:
    assert _process("--version").stdout.decode().strip() == f"dateline {__version__}"


def test_a_terminal_that_cannot_show_the_letters_is_no_error(tmp_path: Path) -> None:
    title = story(tmp_path, settings="")
    settings = (title / "story.yaml").read_text("utf-8").replace("title: Kim", "title: “김정은” Kim")
    (title / "story.yaml").write_text(settings, "utf-8")
    done = _process("build", title, "--out", tmp_path / "out", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"????? Kim Jong Un")


def test_nothing_is_said_about_progress_where_nobody_watches(tmp_path: Path) -> None:
    assert _process("build", STORY, "--out", tmp_path / "out").stderr == b""


# --- package ------------------------------------------------------------------------------------------------


def test_package_writes_one_zip_and_build_reads_it_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "deep" / "story.zip"
    for _ in range(2):  # one that was written before is written again
        status, out, err = ran(capsys, "package", STORY, "--out", path)
        assert (status, err) == (0, "")
        assert "All 9 posts; all 30 events; all 43 quotes." in out
    assert list(path.parent.iterdir()) == [path]
    status, out, _ = ran(capsys, "build", path, "--out", tmp_path / "tables")
    assert status == 0
    assert out.startswith("Kim Jong Un meets Vladimir Putin in Russia (CNN)\n")
    ran(capsys, "build", STORY, "--out", tmp_path / "again")
    for name in FILES:
        assert (tmp_path / "tables" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    assert ran(capsys, "check", tmp_path / "tables")[0] == 0


def test_a_package_is_known_by_its_content(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran(capsys, "package", STORY, "--out", tmp_path / "story.txt")
    assert ran(capsys, "build", tmp_path / "story.txt", "--out", tmp_path / "tables")[0] == 0


@pytest.mark.parametrize("view", ["people=kim-yo-jong", "https://example.org/quotes?people=kim-yo-jong"])
def test_package_can_hold_what_a_link_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], view: str
) -> None:
    _, out, _ = ran(capsys, "package", STORY, "--out", tmp_path / "part.zip", "--view", view)
    assert "3 of 30 events: with Kim Yo Jong" in out
    ran(capsys, "build", tmp_path / "part.zip", "--out", tmp_path / "tables")
    events = read_csv("events", (tmp_path / "tables" / "events.csv").read_bytes())
    assert set(events["participants"].str.contains("kim-yo-jong")) == {True}


def test_any_live_blog_can_be_packed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    status, out, _ = ran(capsys, "package", tmp_path / "page.html", "--out", tmp_path / "storm.zip")
    assert (status, out.splitlines()[0]) == (0, "Storm over the coast")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["package", STORY, "--out", "{there}"], "something else stands where the file is to be written"),
        (["package", STORY, "--out", "{folder}"], "something else stands where the file is to be written"),
        (["package", STORY, "--out", "{new}", "--view", "people=nobody"], "does not have among its people"),
        (["package", STORY, "--out", "{new}", "--view", "zone=Mars"], "not a time zone"),
        (
            ["package", "{zip}", "--out", "{new}", "--zone", "UTC"],
            "a story says itself when its page was read",
        ),
        (["package", "{there}", "--out", "{new}"], "no posts were found"),
        (["build", "{zip}", "--out", "{new}"], "zip is broken"),
    ],
)
def test_package_writes_nothing_where_something_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[object], said: str
) -> None:
    (tmp_path / "thesis.txt").write_text("three years of work")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04" + bytes(100))
    names = {
        "{there}": tmp_path / "thesis.txt",
        "{folder}": tmp_path,
        "{zip}": tmp_path / "broken.zip",
        "{new}": tmp_path / "new",
    }
    status, out, err = ran(capsys, *(names.get(str(word), word) for word in words))
    assert (status, out) == (2, "")
    assert said in err
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["broken.zip", "thesis.txt"]
    assert (tmp_path / "thesis.txt").read_text() == "three years of work"


def test_force_moves_aside_what_stands_in_the_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "story.zip"
    path.write_text("three years of work")
    status, _, err = ran(capsys, "package", STORY, "--out", path, "--force")
    assert status == 0
    assert "is now in" in err
    assert (tmp_path / "story.zip.before").read_text() == "three years of work"
