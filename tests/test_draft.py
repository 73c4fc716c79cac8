"""Drafted stories: what is written reads back as it was, edits hold, and what is left alone does no harm."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from loaders import yaml_text
from loaders.__main__ import main
from loaders.draft import Draft, draft_story
from loaders.errors import LoaderError, SourceError
from loaders.export import csv_bytes
from loaders.model import Record
from loaders.own_entries import (
    FILES,
    OwnOrganization,
    OwnPerson,
    OwnPlace,
    Question,
    read_own_entries,
    read_questions,
)
from loaders.record import STAGES, build_record, load_story
from loaders.registry import Correction, Story
from loaders.sources import read_source
from tests.test_sources import READ, SOURCES

READ_AT = datetime(2024, 1, 2, 10, 30, tzinfo=UTC)
PASTE = """\
Bridge will reopen on Friday, says mayor
From CNN's Jake Kwon in Wexcombe
The bridge will reopen on Friday, Mayor Leslie Hartnell said.
25 min ago
Bridge closed
From CNN's Jessie Yeung
Leslie Hartnell met Robin Ashdown at the bridge on Tuesday. "It is safe," she said. Hartnell and Ashdown left.
28 min ago
Detour signposted
Residents met at the bridge. "It is closed," he said.
30 min ago
Storm nears
From CNN's Jessie Yeung
The Wexcombe Institute warned that a storm nears. Storm Harriet Blow is near the coast, officials said.
"""


def drafted(folder: Path, text: str = PASTE, *, read_at: datetime | None = READ_AT) -> Path:
    """The folder of a drafted story."""
    folder.mkdir(parents=True)
    write(draft_story(text.encode(), name="paste.txt", read_at=read_at), folder)
    return folder


def write(draft: Draft, folder: Path) -> None:
    """Writes the files of a draft into a folder that may hold those of another."""
    for name, content in draft.files.items():
        (folder / name).write_bytes(content)


def edited(path: Path, entry: str, *changes: tuple[str, str]) -> None:
    """Changes the entry of a YAML file that holds some words, as an editor would."""
    text = path.read_text("utf-8")
    blocks = text.split("\n\n")
    at = next(n for n, block in enumerate(blocks) if entry in block and not block.startswith("#"))
    for before, after in changes:
        assert before in blocks[at], blocks[at]
        blocks[at] = blocks[at].replace(before, after, 1)
    path.write_text("\n\n".join(blocks), "utf-8")


def row(record: Record, table: str, key: str) -> pd.Series:
    rows = getattr(record, table).set_index(getattr(record, table).columns[0])
    return rows.loc[key]


def as_csv(record: Record) -> dict[str, bytes]:
    return {name: csv_bytes(name, rows) for name, rows in record.tables()}


# --- what is written ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_draft_nobody_edits_gives_the_tables_of_its_source(path: Path, tmp_path: Path) -> None:
    read_at = READ.get(path.name)
    draft = draft_story(path.read_bytes(), name=path.name, read_at=read_at)
    write(draft, tmp_path)
    assert (tmp_path / f"source{path.suffix}").read_bytes() == path.read_bytes()
    assert as_csv(load_story(tmp_path)) == as_csv(build_record(read_source(path, read_at=read_at)))
    assert read_own_entries(tmp_path) == draft.own
    assert read_questions(tmp_path) == draft.questions


def test_whom_no_registry_knows_is_proposed_with_evidence(tmp_path: Path) -> None:
    own = read_own_entries(drafted(tmp_path / "story"))
    hartnell = next(entry for entry in own.people if entry.id == "leslie-hartnell")
    assert (hartnell.status, hartnell.person_type, hartnell.offices) == ("proposed", "official", ("mayor",))
    assert hartnell.sentence == "The bridge will reopen on Friday, Mayor Leslie Hartnell said."
    assert re.match(r"\d mentions, also as Hartnell; \d quotes?; the text says Mayor$", hartnell.found)
    assert {entry.id for entry in own} >= {"robin-ashdown", "jake-kwon", "wexcombe", "wexcombe-institute"}
    assert "cnn" not in {entry.id for entry in own}  # the registry knows it


def test_what_is_open_is_asked(tmp_path: Path) -> None:
    questions = {question.question: question for question in read_questions(drafted(tmp_path / "story"))}
    untimed = questions["When was “Bridge will reopen on Friday, says mayor” posted?"]
    assert untimed.advice.startswith("after 2024-01-02T10:04:00Z; not after 2024-01-02T10:30:00Z")
    assert questions["What is the page's title?"].advice.startswith("fill in title in story.yaml")
    assert "When was the page read? Its stamps count from that moment" not in questions


def test_ages_without_the_moment_of_reading_are_a_question(tmp_path: Path) -> None:
    folder = drafted(tmp_path / "story", read_at=None)
    assert "When was the page read?" in read_questions(folder)[0].question
    assert "2000" not in (folder / "story.yaml").read_text("utf-8")
    with pytest.raises(LoaderError, match="read_at"):
        load_story(folder)
    story = folder / "story.yaml"
    story.write_text(
        story.read_text("utf-8").replace("read_at:\n", "read_at: 2024-01-02T10:30:00Z\n"), "utf-8"
    )
    assert as_csv(load_story(folder)) == as_csv(load_story(drafted(tmp_path / "timed")))


def test_what_the_page_says_of_itself_is_filled_in(tmp_path: Path) -> None:
    page = (
        "Live Updates\nStorm over the coast\nUpdated 12:01 a.m. ET, January 2, 2024\n"
        + PASTE.split("mayor\n", 1)[1]
    )
    story = yaml.safe_load(
        (drafted(tmp_path / "story", page, read_at=None) / "story.yaml").read_text("utf-8")
    )
    assert (story["title"], story["outlet"], story["zone"]) == (
        "Storm over the coast",
        "CNN",
        "America/New_York",
    )
    assert story["read_at"] == datetime(2024, 1, 2, 5, 1, tzinfo=UTC)
    assert story["read_at_basis"] == "the page itself says when it was updated"


HEADS: list[tuple[str, type[BaseModel]]] = [
    ("story.yaml", Story),
    ("corrections.yaml", Correction),
    ("people.yaml", OwnPerson),
    ("places.yaml", OwnPlace),
    ("organizations.yaml", OwnOrganization),
    ("questions.yaml", Question),
]


@pytest.mark.parametrize(("name", "model"), HEADS, ids=[name for name, _ in HEADS])
def test_the_head_of_each_file_explains_every_key(name: str, model: type[BaseModel], tmp_path: Path) -> None:
    text = (drafted(tmp_path / "story") / name).read_text("utf-8")
    head = "\n".join(line for line in text.splitlines() if line.startswith("#"))
    assert [key for key in model.model_fields if not re.search(rf"^#.*\b{key}\b", head, re.MULTILINE)] == []


# --- edits hold ---------------------------------------------------------------------------------------------


def test_a_person_who_is_confirmed_is_known_with_every_key(tmp_path: Path) -> None:
    folder = drafted(tmp_path / "story")
    before = load_story(folder)
    edited(
        folder / "people.yaml",
        "id: leslie-hartnell",
        ("status: proposed", "status: confirmed\n  gender: male\n  country: GBR"),
        ('role: "Mayor"', 'role: "mayor of Wexcombe"'),
    )
    after = load_story(folder)
    was, now = (row(record, "people", "leslie-hartnell") for record in (before, after))
    assert (was["role"], was["country"], bool(was["is_registered"])) == ("Mayor", "", False)
    assert (now["role"], now["country"], bool(now["is_registered"])) == ("mayor of Wexcombe", "GBR", True)
    speakers = [
        record.quotes.set_index("quote").at["It is safe,", "speaker_id"] for record in (before, after)
    ]
    assert speakers[0] == "leslie-hartnell"
    assert speakers[1] != "leslie-hartnell"  # he is no "she"


def test_an_alias_joins_two_forms_of_a_name(tmp_path: Path) -> None:
    text = PASTE.replace("Hartnell and Ashdown left.", "Lesley Hartnell left, Robin Ashdown said.")
    folder = drafted(tmp_path / "story", text)
    assert "lesley-hartnell" in set(load_story(folder).people["person_id"])
    edited(
        folder / "people.yaml",
        "id: leslie-hartnell",
        ("status: proposed", "status: confirmed\n  aliases: [Lesley Hartnell]"),
    )
    people = load_story(folder).people
    assert "lesley-hartnell" not in set(people["person_id"])
    assert "Lesley Hartnell" in row(load_story(folder), "people", "leslie-hartnell")["aliases"]


def test_a_reporter_of_a_byline_is_confirmed_too(tmp_path: Path) -> None:
    folder = drafted(tmp_path / "story")
    edited(folder / "people.yaml", "id: jake-kwon", ("status: proposed", "status: confirmed"))
    person = row(load_story(folder), "people", "jake-kwon")
    assert (person["is_registered"], person["role"], person["affiliation"]) == (True, "reporter", "CNN")


def test_a_place_goes_where_it_is_put(tmp_path: Path) -> None:
    folder = drafted(tmp_path / "story")
    edited(
        folder / "places.yaml",
        "id: wexcombe",
        ("latitude:\n", "latitude: 51.3\n"),
        ("longitude:\n", "longitude: -1.6\n"),
        ("status: proposed", "status: confirmed\n  time_zone: [Europe/London]\n  gazetteer: set by hand"),
    )
    place = row(load_story(folder), "locations", "wexcombe")
    assert (place["latitude"], place["longitude"], place["gazetteer"]) == (51.3, -1.6, "set by hand")
    assert place["dateline_count"] == 1


def test_a_name_that_names_nobody_is_gone(tmp_path: Path) -> None:
    folder = drafted(tmp_path / "story")
    assert "storm-harriet-blow" in {entry.id for entry in read_own_entries(folder).people}
    assert "storm-harriet-blow" in set(load_story(folder).people["person_id"])
    edited(folder / "people.yaml", "id: storm-harriet-blow", ("status: proposed", "status: wrong"))
    assert "storm-harriet-blow" not in set(load_story(folder).people["person_id"])


def test_what_is_deleted_is_as_if_it_had_never_been_asked(tmp_path: Path) -> None:
    folder = drafted(tmp_path / "story")
    before = as_csv(load_story(folder))
    for name in (*FILES, "questions.yaml"):
        path = folder / name
        path.write_text(path.read_text("utf-8").split("\n\n")[0] + "\n", "utf-8")
    assert as_csv(load_story(folder)) == before
    for name in (*FILES, "questions.yaml"):
        (folder / name).unlink()
    assert as_csv(load_story(folder)) == before


def test_an_answer_is_a_correction_with_name_and_counts(tmp_path: Path) -> None:
    folder = drafted(tmp_path / "story")
    before = load_story(folder)
    edited(folder / "questions.yaml", "Who says “It is closed,”?", ("answer:", "answer: robin-ashdown"))
    after = load_story(folder)
    quote = after.quotes.set_index("quote").loc["It is closed,"]
    assert (quote["speaker_id"], quote["speaker"]) == ("robin-ashdown", "Robin Ashdown")
    counts = [row(record, "people", "robin-ashdown")["quote_count"] for record in (before, after)]
    assert counts[1] == counts[0] + 1
    correction = after.corrections.iloc[0]
    assert (correction["before"], correction["after"]) == ("", "robin-ashdown")
    assert correction["reason"] == "answer to: Who says “It is closed,”?"


def test_an_answer_that_says_when_a_post_was_posted_moves_what_hangs_on_it(tmp_path: Path) -> None:
    folder = drafted(tmp_path / "story")
    edited(folder / "questions.yaml", "When was", ("answer:", "answer: 2024-01-02T10:20:00Z"))
    record = load_story(folder)
    post = record.posts.iloc[0]
    at = pd.Timestamp("2024-01-02T10:20:00Z")
    assert (post["posted_at"], post["posted_from"], post["posted_to"], post["clock"]) == (
        at,
        at,
        at,
        "correction",
    )
    assert record.quotes["posted_at"].iloc[0] == at
    assert record.corrections["after"].iloc[0] == "2024-01-02T10:20:00Z"


def test_a_correction_holds_beside_the_answers(tmp_path: Path) -> None:
    folder = drafted(tmp_path / "story")
    edited(folder / "questions.yaml", "Who says “It is closed,”?", ("answer:", "answer: robin-ashdown"))
    key = load_story(folder).people["person_id"].iloc[0]
    with (folder / "corrections.yaml").open("a", encoding="utf-8") as file:
        file.write(
            f"- {{table: people, row: {key}, action: set, column: role, value: engineer, reason: says so}}\n"
        )
    record = load_story(folder)
    assert row(record, "people", key)["role"] == "engineer"
    assert set(record.corrections["column"]) == {"speaker_id", "role"}


def test_progress_names_every_stage_once_in_order() -> None:
    stages: list[str] = []
    draft_story(b"14:05 BST, 2 May 2023\nFerry arrives\nIt is late.", name="page.txt", progress=stages.append)
    assert tuple(stages) == STAGES


# --- mistakes -----------------------------------------------------------------------------------------------

MISTAKES: list[tuple[str, str, tuple[str, str], list[str]]] = [
    # file, entry, change, what the error must say
    ("people.yaml", "id: leslie-hartnell", ("person_type", "kind"), ["leslie-hartnell › kind: no such key", "allowed: "]),
    ("people.yaml", "id: leslie-hartnell", ("leslie-hartnell", "Leslie Hartnell"), ["› id", "'Leslie Hartnell'"]),
    ("people.yaml", "id: leslie-hartnell", ("status: proposed", "status: maybe"), ["status", "'confirmed' or 'wrong'"]),
    ("people.yaml", "id: leslie-hartnell", ("id: leslie-hartnell", "id: robin-ashdown"), ["robin-ashdown: this id stands twice"]),
    (
        "organizations.yaml",
        "id: wexcombe-institute",
        ("wexcombe-institute", "cnn\n  status: confirmed\n  #"),
        ["twice"],
    ),
    ("places.yaml", "id: wexcombe", ("latitude:\n", "latitude: 99\n"), ["wexcombe › latitude", "90", "found 99"]),
    ("questions.yaml", "Who says", ("column: ", "colum: "), ["colum: no such key"]),
    ("questions.yaml", "Who says", ("answer:", "answer: leslie"), ["speaker_id names a row that is not there", "leslie"]),
    ("questions.yaml", "When was", ("answer:", "answer: noon"), ["posted_at cannot be this", "found: noon", "instant"]),
    ("questions.yaml", "What is the page's title", ("advice", "answer: Storm\n  advice"), ["not answered here", "story.yaml"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "entry", "change", "said"), MISTAKES)
def test_a_mistake_is_named(
    name: str,
    entry: str,
    change: tuple[str, str],
    said: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = drafted(tmp_path / "story")
    edited(folder / name, entry, change)
    assert main(["check", str(folder)]) == 2
    told = capsys.readouterr().err
    for words in said:
        assert words in told


def test_an_id_of_the_registry_is_refused_once_it_is_confirmed(tmp_path: Path) -> None:
    folder = drafted(tmp_path / "story")
    edited(folder / "organizations.yaml", "id: wexcombe-institute", ("id: wexcombe-institute", "id: cnn"))
    load_story(folder)
    edited(folder / "organizations.yaml", "id: cnn", ("status: proposed", "status: confirmed"))
    with pytest.raises(
        LoaderError, match=r"organizations\.yaml, cnn: this id stands in data/registry already"
    ):
        load_story(folder)


# --- the command line ---------------------------------------------------------------------------------------


def ran(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = main([str(word) for word in words])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_draft_check_and_build_follow_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "paste.txt").write_text(PASTE, "utf-8")
    story, read_at = tmp_path / "stories" / "storm", ("--read-at", "2024-01-02T10:30Z")
    status, out, err = ran(capsys, "draft", tmp_path / "paste.txt", "--out", story, *read_at)
    assert (status, err) == (0, "")
    own, questions = read_own_entries(story), read_questions(story)
    assert f"{len(own.people)} to confirm in people.yaml" in out
    assert f"check {story}" in out
    status, out, err = ran(capsys, "check", story)
    assert (status, err) == (0, "")
    count = len(list(own))
    assert f"{count} of {count} entries are not confirmed" in out
    assert f"{len(questions)} of {len(questions)} questions are not answered" in out
    edited(story / "people.yaml", "id: leslie-hartnell", ("status: proposed", "status: confirmed"))
    edited(story / "questions.yaml", "When was", ("answer:", "answer: 2024-01-02T10:20:00Z"))
    _, out, _ = ran(capsys, "check", story)
    assert f"{count - 1} of {count} entries are not confirmed" in out
    assert f"{len(questions) - 1} of {len(questions)} questions are not answered" in out
    assert ran(capsys, "build", story, "--out", tmp_path / "tables")[0] == 0


def test_check_tells_what_is_open_even_of_a_story_that_cannot_be_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = drafted(tmp_path / "story", read_at=None)
    status, out, err = ran(capsys, "check", folder)
    assert status == 2
    assert "read_at in story.yaml" in err
    assert "entries are not confirmed" in out


def test_a_question_that_a_correction_settles_is_open_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = drafted(tmp_path / "story")
    questions = read_questions(folder)
    key = next(question.rows[0] for question in questions if question.table == "quotes")
    (folder / "corrections.yaml").write_text(
        f"- {{table: quotes, row: {key}, action: set, column: speaker_id, value: robin-ashdown, reason: he told us}}\n"
    )
    assert f"{len(questions) - 1} of {len(questions)} questions" in ran(capsys, "check", folder)[1]


def test_a_folder_that_exists_is_never_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "paste.txt").write_text(PASTE, "utf-8")
    words = ("draft", tmp_path / "paste.txt", "--out", tmp_path / "story")
    assert ran(capsys, *words)[0] == 0
    (tmp_path / "story" / "people.yaml").write_text("# a day of work\n", "utf-8")
    status, out, err = ran(capsys, *words)
    assert (status, out) == (2, "")
    assert "the folder holds other files, which writing it whole would lose" in err
    assert "--force" in err
    assert (tmp_path / "story" / "people.yaml").read_text("utf-8") == "# a day of work\n"
    status, _, err = ran(capsys, *words, "--force")
    assert status == 0
    assert "is now in" in err
    assert (tmp_path / "story.before" / "people.yaml").read_text("utf-8") == "# a day of work\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "nothing in it"), (b"No stamp.\n", "no posts were found"), (b"\x89PNG\r\n\x1a\n", "not text")],
)
def test_a_source_that_cannot_be_read_writes_nothing(
    content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page").write_bytes(content)
    status, out, err = ran(capsys, "draft", tmp_path / "page", "--out", tmp_path / "story")
    assert (status, out) == (2, "")
    assert str(tmp_path / "page") in err
    assert said in err
    assert [entry.name for entry in tmp_path.iterdir()] == ["page"]


# --- hostile text -------------------------------------------------------------------------------------------

HOSTILE = [
    'Bridge: "closed" # not open',
    "- !!python/object/apply:os.system [ls]",
    "{{ [ & * ? | > % @ ` ' \" \\ }}",
    "'] }\n---\n...",
    "\u200bBr\u202eidge\u2066 \ufeffשלום עולם",
    "\x85\u2028\u2029\x0b\x0c\x1b[31m\x7f",
    "[" * 200 + "- " * 200 + "? " * 200 + "{" * 200,
    "null",
    "2024-01-02",
    "no",
    "=SUM(A1)",
    "\U0001f469\u200d\U0001f680 Zoë Åström 김정은",
    "\ud800 \ufffe \U0010ffff",
    "x" * 100_000,
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_written_and_read_back(words: str, tmp_path: Path) -> None:
    post = f"Mayor Leslie Hartnell said {words} is closed. “{words},” she said."
    text = f"25 min ago\n{words}\nFrom CNN's Jake Kwon\n{post}\nProfessor {words} Ashdown said: “No.”\n30 min ago\nMore\nBy {words} Roe\nOn.\n"
    content = text.encode("utf-8", "replace")
    draft = draft_story(content, name=f"{words[:20]}.txt", read_at=READ_AT)
    assert not any("/" in name for name in draft.files)
    write(draft, tmp_path)
    for name in (*FILES, "questions.yaml", "story.yaml"):
        shown = (tmp_path / name).read_text("utf-8")
        assert all(letter.isprintable() for line in shown.split("\n") for letter in line)
    assert read_own_entries(tmp_path) == draft.own
    assert [q.question for q in read_questions(tmp_path)] == [q.question for q in draft.questions]
    assert "leslie-hartnell" in set(load_story(tmp_path).people["person_id"])


words = st.sampled_from(
    [
        *HOSTILE[:-1],
        "Mayor Leslie Hartnell said",
        "she said",
        "“Yes,”",
        "From CNN's Jane Doe in",
        "Hartnell",
        ". ",
        "\n",
        "5 min ago\n",
    ]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(words | st.text(max_size=9), max_size=30))
def test_whatever_is_drafted_reads_back(tmp_path: Path, parts: list[str]) -> None:
    content = ("5 min ago\n" + " ".join(parts)).encode("utf-8", "replace")
    try:
        draft = draft_story(content, name="paste", read_at=READ_AT)
    except SourceError:
        return
    write(draft, tmp_path)
    assert (tmp_path / "source.txt").read_bytes() == content
    assert read_own_entries(tmp_path) == draft.own
    assert read_questions(tmp_path) == draft.questions
    assert as_csv(load_story(tmp_path)) == as_csv(draft.record)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,9}", fullmatch=True).filter(lambda key: key not in {"y", "n", "no", "on", "off", "yes", "true", "false", "null"}),
    st.text(max_size=200) | st.lists(st.text(max_size=20), max_size=4) | st.integers() | st.booleans() | st.none(), min_size=1))  # fmt: skip
def test_any_text_reads_back_as_it_was(values: dict[str, object]) -> None:
    written = "# a head\n\n" + yaml_text.entry(values)
    assert yaml.load(written, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) == [values]
    assert all(letter.isprintable() or letter == "\n" for letter in written)
