"""Many saved pages, made by multiplying the sample pages: each with a month, a title and a hash of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "tests" / "samples" / "sources"
STORY = ROOT / "data" / "stories" / "kim-putin-2023" / "source.txt"
SMALL = (
    # the sample, and the words of its title
    ("linked_data.html", "Comet night"),
    ("microdata.html", "Cup final"),
    ("same_times.html", "Budget day"),
    ("blocks_content_api.json", "Lighthouse day"),
    ("with_head.txt", "Storm over the northern islands"),
)
STORY_EVERY = 10
"""Every how manieth page is as long as the first story."""
YEARS = 3
_DAY = re.compile(r"\b20\d\d-\d\d-(\d\d)")
_UPDATED = re.compile(r"July 18, 2024")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


def copies(count: int) -> Iterator[tuple[str, bytes]]:
    """So many pages, each with a path; the same count gives the same pages."""
    texts = {name: (SAMPLES / name).read_text("utf-8") for name, _ in SMALL}
    story = STORY.read_text("utf-8")
    for number in range(count):
        year, month = 2021 + number // 12 % YEARS, number % 12 + 1
        if number % STORY_EVERY == STORY_EVERY - 1:
            head = f"Updated 1:23 a.m. ET, {MONTHS[month - 1]} 13, {year}\n\nStory {number}\n\n"
            yield f"{year}/{month:02}/story-{number:06}.txt", (head + story).encode()
            continue
        name, title = SMALL[number % len(SMALL)]
        text = texts[name].replace(title, f"{title} {number}")
        text = _DAY.sub(rf"{year}-{month:02}-\1", text)
        text = _UPDATED.sub(f"{MONTHS[month - 1]} 18, {year}", text)
        yield f"{year}/{month:02}/{number:06}-{name}", text.encode()


def write_copies(folder: Path, count: int) -> int:
    """Writes so many pages below a folder; returns their bytes."""
    size = 0
    for path, content in copies(count):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        size += (folder / path).write_bytes(content)
    return size
