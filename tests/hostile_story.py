"""A story all of whose words are hostile: the text, what it says of itself, names, titles and reasons."""

from __future__ import annotations

import json
from pathlib import Path

import loaders
from loaders.model import Record
from tests.hostile import HOSTILE, NOT_SEEN

WORDS = (*HOSTILE, *NOT_SEEN)
_CITIES = [
    "Lisbon",
    "Madrid",
    "Paris",
    "London",
    "Rome",
    "Berlin",
    "Vienna",
    "Dublin",
    "Oslo",
    "Athens",
    "Prague",
    "Warsaw",
    "Budapest",
    "Helsinki",
    "Stockholm",
    "Copenhagen",
    "Brussels",
    "Cairo",
    "Tokyo",
    "Seoul",
    "Moscow",
    "Beijing",
    "Ankara",
]
_SURNAMES = [
    "Fennimore",
    "Tadwell",
    "Ashgrove",
    "Brackley",
    "Cotterill",
    "Dunmore",
    "Eastlake",
    "Farrow",
    "Greville",
    "Harcombe",
    "Ilverton",
    "Jessop",
    "Kestrel",
    "Larkham",
    "Mossley",
    "Netherby",
    "Oakhurst",
    "Penhale",
    "Quillan",
    "Rushmere",
    "Selwood",
    "Thornbury",
    "Underhay",
]


def hostile_story(folder: Path) -> Record:
    """Writes a story folder with each of `WORDS` in every field there is; returns its record."""
    folder.mkdir(parents=True)
    (folder / "source.txt").write_text("\n\n".join(_post(n, words) for n, words in enumerate(WORDS)), "utf-8")
    _write(folder / "story.yaml", {**_about(0), "source": "source.txt", "title": "A plain title"})
    _write(folder / "corrections.yaml", [])
    _write(folder / "corrections.yaml", _corrections(loaders.load_story(folder)))
    _write(
        folder / "story.yaml",
        {**_about(1), "source": "source.txt", "notes": list(HOSTILE), "title": " ".join(HOSTILE[:3])},
    )
    return loaders.load_story(folder)


def _post(number: int, words: str) -> str:
    clock = f"{14 - number // 12}:{59 - 5 * (number % 12):02} BST, 2 May 2023"
    plain = " ".join(words.split())
    city, surname = _CITIES[number], _SURNAMES[number]
    return (
        f"{clock}\n\n{plain}\n\nThe minister Orla {surname} arrived in {city} on Tuesday. "
        f"“{plain},” said Orla {surname}, the harbor master. {plain}"
    )


def _about(number: int) -> dict[str, object]:
    return {
        "outlet": HOSTILE[number],
        "url": "javascript:globalThis.ran=1",
        "zone": "Europe/London",
        "standfirst": HOSTILE[number + 3],
        "read_at_basis": HOSTILE[number + 4],
    }


def _corrections(record: Record) -> list[dict[str, str]]:
    """The names and titles a page shows, each of them made hostile."""
    columns = (
        ("events", "event_id", "title"),
        ("people", "person_id", "name"),
        ("people", "person_id", "role"),
        ("locations", "location_id", "name"),
        ("locations", "location_id", "native_name"),
        ("quotes", "quote_id", "speaker"),
        ("quotes", "quote_id", "via"),
    )
    return [
        {
            "table": table,
            "row": str(key),
            "action": "set",
            "column": column,
            "value": words,
            "reason": words,
            "source": words,
        }
        for table, id_column, column in columns
        for number, (key, before) in enumerate(
            zip(getattr(record, table)[id_column], getattr(record, table)[column], strict=True)
        )
        if (words := HOSTILE[number % len(HOSTILE)]) != before
    ]


def _write(path: Path, value: object) -> None:
    """JSON is YAML."""
    path.write_text(json.dumps(value), "utf-8")
