"""How a row is known, in words: what fixed its time, which rule found it, what was corrected, and how to cite it."""

from __future__ import annotations

from collections.abc import Iterable

from loaders.drawing.markup import Html, Mark, Piece, joined
from loaders.drawing.rows import Row, records
from loaders.model import Record
from loaders.moments import posted

BASES = {
    "stated": "the text states it",
    "derived": "worked out from what the text says",
    "bounded by the post": "the text gives no time; it cannot be later than the post that reports it",
}


CLOCKS = {
    "age stamp": "from the age printed beside it and the moment the page was read, to the minute",
    "absolute stamp": "from the time printed beside it",
    "structured data": "from the page’s structured data",
    "neighbours": "it has no stamp; the posts around it bound the time",
    "correction": "stated by hand, in a correction",
}


def rule(name: str) -> str:
    """The name of a rule as words."""
    return name.replace("_", " ").replace("-", " ")


FORMS = {
    "direct": "direct: the speaker’s own words",
    "mixed": "mixed: quoted words in the reporter’s sentence",
    "indirect": "reported: no quotation marks, the reporter’s words",
}
"""What each type of quote is."""
SHORT_FORMS = {"direct": "", "mixed": "in part", "indirect": "reported speech"}
"""The same, beside a speaker’s name."""


def in_marks(row: Row, words: Piece) -> Html:
    """A quote’s words in quotation marks, unless they are the reporter’s."""
    return joined([words] if row["quote_type"] == "indirect" else ["“", words, "”"])


def quote_form(row: Row) -> str:
    """Whether the words are the speaker’s own, in words."""
    return f"{FORMS[row['quote_type']]}; in a headline" if row["is_headline"] else FORMS[row["quote_type"]]


def status(row: Row) -> str:
    """Whether an event happened, is claimed, planned or possible, in words."""
    said = {
        "happened": "happened, in the blog’s own voice",
        "claimed": "claimed: it stands on somebody’s word alone",
        "planned": "planned or expected, not yet happened",
        "possible": "possible: officials or analysts speak of it",
    }
    return f"{said.get(row['status'], row['status'])}{'; background to the story' if row['is_background'] else ''}"


def change(row: Row) -> str:
    """What a correction changed, in words."""
    match row["action"]:
        case "set":
            return f"{row['column']}: “{row['before']}” became “{row['after']}”"
        case "merge":
            return f"{row['before'] or row['row']} was merged into {row['after']}"
        case _:
            return f"{row['action']}: “{row['before']}”"


def home_of(record: Record, row: Row) -> Row | None:
    """The post an event's evidence stands in."""
    posts = record.posts
    found = posts[(posts["start"] <= row["start"]) & (posts["end"] >= row["end"])]
    return next(iter(records(found.head(1))), None)


def cite(record: Record, kind: str, row: Row, address: str) -> str:
    """How to cite a row: what it says, who says it, in which post of which blog, when posted, and the link."""
    blog = record.blog
    post = home_of(record, row) if "start" in row and kind != "post" else row if kind == "post" else None
    what = f"“{row['quote']}” ({row['speaker'] or 'speaker left open'})" if kind == "quote" else _title(row)
    inside = f"In “{post['headline']}”, posted {posted(post, 'UTC')} UTC" if post is not None else ""
    source = ", ".join(part for part in (blog.title, blog.outlet, blog.url) if part)
    return ". ".join(part for part in (what, inside, source, f"Dateline: {address}") if part)


def _title(row: Row) -> str:
    return str(
        next(
            (
                row[column]
                for column in ("title", "headline", "name", "text", "what", "reason")
                if row.get(column)
            ),
            "",
        )
    )


def beside(text: str, row: Row, columns: Iterable[str]) -> list[Mark]:
    """Where the words of these columns stand nearest to the row's own words, in its paragraph."""
    start, end = text.rfind("\n", 0, row["start"]) + 1, text.find("\n", row["end"])
    paragraph = text[start : end if end >= 0 else len(text)]
    found: list[Mark] = []
    for column in columns:
        words = row[column]
        places = [start + at for at in _all(paragraph, words)] if words else []
        if places:
            nearest = min(
                places, key=lambda at: min(abs(at - row["end"]), abs(at + len(words) - row["start"]))
            )
            found.append(Mark(nearest, nearest + len(words), f"mark {column.replace('_', '-')}"))
    return found


def _all(text: str, words: str) -> list[int]:
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) < 50:
        found.append(at)
        at = text.find(words, at + 1)
    return found
