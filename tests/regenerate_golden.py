"""Writes the golden tables of the stories anew: `python -m tests.regenerate_golden`.

A golden table is the CSV that was read by eye, row by row against the text. After a change of rules, run this and
read the difference (`git diff tests/golden`): every changed line must be right before it is committed.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from loaders.export import csv_bytes
from loaders.record import load_story

STORIES = Path(__file__).resolve().parent.parent / "data" / "stories"
GOLDEN = Path(__file__).resolve().parent / "golden"


def golden_files(story: str) -> dict[str, bytes]:
    """Each table of a story as raw CSV, by file name."""
    return {f"{name}.csv": csv_bytes(name, rows) for name, rows in load_story(STORIES / story).tables()}


def main() -> None:
    """Replaces the golden tables of every story that has some."""
    for folder in sorted(path for path in GOLDEN.iterdir() if path.is_dir()):
        files = golden_files(folder.name)
        shutil.rmtree(folder)
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        print(f"{folder.name}: {len(files)} tables")


if __name__ == "__main__":
    main()
