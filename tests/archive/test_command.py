"""The command `archive`: exit statuses, what it says, killed and run again, on a cluster, and without its packages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from loaders.__main__ import main
from loaders.archive import extras, running
from loaders.archive.building import build_archive
from loaders.archive.manifest import Manifest
from loaders.archive.reading import Document, Part, read_batch
from loaders.archive.running import Where
from tests.archive.newsroom import AGES, Build, all_rows, page, rows, write
from tests.many_pages import ROOT, write_copies


def ran(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of the command line."""
    status = main(["archive", *(str(word) for word in words)])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_all_is_well(capsys: pytest.CaptureFixture[str], address: str, tmp_path: Path) -> None:
    pages = write(tmp_path / "pages", bridge_html=page())
    status, out, err = ran(capsys, pages, "--out", tmp_path / "archive", "--scheduler", address)
    assert status == 0
    assert "1 documents in" in out
    assert "10 tables" not in out
    assert "reading: 1 of 1 documents" in err
    status, out, _ = ran(capsys, pages, "--out", tmp_path / "archive", "--scheduler", address)
    assert (status, "0 read now, 1 as they were, 0 gone and dropped, 0 failed" in out) == (0, True)


def test_the_exit_status_says_that_documents_failed(
    capsys: pytest.CaptureFixture[str], address: str, tmp_path: Path
) -> None:
    pages = write(tmp_path / "pages", bridge_html=page(), paste_txt=AGES)
    for _ in range(2):  # also where nothing is left to do
        status, out, _ = ran(capsys, pages, "--out", tmp_path / "archive", "--scheduler", address)
        assert status == 1
        assert "failed: paste.txt: read_at: the posts carry ages" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nowhere"], "there is no such folder"),
        (["pages", "--workers", "0"], "this is no number of processes"),
        (["pages", "--workers", "2", "--scheduler", "tcp://127.0.0.1:1"], "the number of processes is for this machine"),
        (["pages", "--zone", "Mars"], "Mars"),
        (["pages", "--scheduler", "nonsense://x"], "no scheduler answers there"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_clear_message(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str], says: str
) -> None:
    write(tmp_path / "pages", bridge_html=page())
    status, _, err = ran(capsys, tmp_path / words[0], *words[1:], "--out", tmp_path / "archive")
    assert status == 2
    assert says in err
    assert "Traceback" not in err


def test_a_scheduler_that_does_not_answer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PATIENCE", 1)
    write(tmp_path / "pages", bridge_html=page())
    status, _, err = ran(
        capsys, tmp_path / "pages", "--out", tmp_path / "archive", "--scheduler", "tcp://127.0.0.1:1"
    )
    assert (status, "no scheduler answers there" in err) == (2, True)


@pytest.mark.parametrize("package", extras.BUILDING)
def test_a_package_that_is_missing_is_named_with_the_line_that_installs_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    find = extras.find_spec
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == package else find(name))
    status, _, err = ran(capsys, tmp_path, "--out", tmp_path / "archive")
    assert status == 2
    assert package in err
    assert "pip install -e '.[archive]'" in err


def test_the_other_commands_need_none_of_these_packages() -> None:
    code = (
        "import sys, loaders.__main__, pages.tables, dashboard; "
        "print(sorted({'dask', 'distributed', 'duckdb', 'filelock', 'cryptography'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_workers_of_another_dateline_are_refused(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = write(tmp_path / "pages", bridge_html=page())
    monkeypatch.setattr(running, "signature", old_signature)
    from loaders.archive import building
    from loaders.errors import LoaderError

    monkeypatch.setattr(building, "signature", lambda zone: "now")
    with pytest.raises(LoaderError, match="do not have the same Dateline"):
        build(pages, tmp_path / "archive")


SAID = iter(["now", *["before"] * 9])


def old_signature(zone: str) -> str:
    """This process says one thing, the workers it asks another."""
    return next(SAID)


# --- killed -------------------------------------------------------------------------------------------------

COUNT = 30
STOPS = {
    "kill -9": "os.kill(os.getpid(), signal.SIGKILL)",
    "Ctrl-C": "os.killpg(os.getpgrp(), signal.SIGINT)",  # as a terminal does it: to every process of the command
}
STOPPED = """
import os, signal, sys
from loaders.__main__ import main
from loaders.archive import building

keep = building.Archive.take_in

def keep_and_stop(*words):
    keep(*words)
    {stop}

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which what runs in the background does not have
    building.MOST_DOCUMENTS = 5
    building.Archive.take_in = keep_and_stop
    sys.exit(main(sys.argv[1:]))
"""
"""The command, stopped as soon as the archive has its first batch."""


@pytest.mark.parametrize("how", STOPS)
def test_stopped_and_run_again_it_goes_on_where_it_was(build: Build, tmp_path: Path, how: str) -> None:
    pages, archive, whole = tmp_path / "pages", tmp_path / "archive", tmp_path / "whole"
    write_copies(pages, COUNT)
    words = ["archive", str(pages), "--out", str(archive), "--workers", "1"]
    done = subprocess.run(
        [sys.executable, "-c", STOPPED.format(stop=STOPS[how]), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        start_new_session=True,
        check=False,
    )
    with Manifest(archive) as manifest:
        there = len(list(manifest.documents()))
    assert 0 < there < COUNT, done.stderr
    if how == "Ctrl-C":
        assert done.returncode == 130
        assert "Run the same command again to go on" in done.stderr
        assert "Traceback" not in done.stderr
    summary = build(pages, archive)
    assert (summary.read, summary.unchanged) == (COUNT - there, there)
    build(pages, whole)
    assert all_rows(archive) == all_rows(whole)
    assert len(rows(archive, "documents")) == COUNT


# --- workers ------------------------------------------------------------------------------------------------


def read_or_die(batch: list[Document], zone: str = "") -> tuple[Part, ...]:
    """Reads a batch, unless one document of it kills the process, as want of memory would."""
    if any("deadly" in document.path for document in batch):
        os._exit(9)
    return read_batch(batch, zone)


def test_a_document_that_kills_its_worker_has_failed_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = write(
        tmp_path / "pages", a_html=page(), deadly_html=page("Example Times"), z_html=page("Example Post")
    )
    monkeypatch.setattr(running, "read_batch", read_or_die)
    summary = build_archive(pages, tmp_path / "archive", where=Where(workers=1))
    assert [failed.path for failed in summary.failures] == ["deadly.html"]
    assert "the process that read it died" in summary.failures[0].failure
    assert list(rows(tmp_path / "archive", "documents")["path"].sort_values()) == ["a.html", "z.html"]
    monkeypatch.setattr(running, "read_batch", read_batch)
    mended = build_archive(pages, tmp_path / "archive", where=Where(workers=1))
    assert (mended.read, mended.unchanged, mended.failures) == (1, 2, ())
