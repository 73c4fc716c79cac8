"""What every panel of evidence is built from: facts as a list, corrections with reasons, clocks, the post's text."""

from __future__ import annotations

from collections.abc import Iterable

from loaders.drawing.markup import EMPTY, Html, Mark, Piece, marked, tag
from loaders.drawing.provenance import CLOCKS, change
from loaders.drawing.rows import Row, records
from loaders.model import Record, web_address
from loaders.moments import posted
from pages.view.frame import View

_HEAD_LINES = 3


def facts(view: View, key: str, lines: Iterable[tuple[str, Piece]]) -> Html:
    """Facts as a list, without those nothing is known of, and what was corrected by hand in the row `key`."""
    known = [tag("dt", name) + tag("dd", said) for name, said in lines if said and said != EMPTY]
    return tag("dl", *known, *_corrections(view.record, key))


def _corrections(record: Record, key: str) -> list[Html]:
    rows = record.corrections[record.corrections["row"] == key]
    return [
        tag("dt", "Corrected by hand")
        + tag(
            "dd",
            change(row),
            tag("br"),
            tag("i", f"{row['reason']}"),
            f" ({row['source']})" if row["source"] else "",
        )
        for row in records(rows)
    ]


def clock_facts(view: View, post: Row | None) -> list[tuple[str, Piece]]:
    """When a post was posted, and how that is known."""
    if post is None:
        return []
    stamp = f" (printed: “{post['age']}”)" if post["age"] else ""
    return [
        ("Posted", posted(post, view.zone) + stamp),
        ("That time is known", CLOCKS.get(post["clock"], post["clock"])),
    ]


def post_text(view: View, post: Row | None, marks: Iterable[Mark]) -> Html:
    """A post as printed, its headline, byline and stamp set apart, the marks highlighted."""
    if post is None:
        return EMPTY
    listed = list(marks)
    heads = {post["headline"]: "headline", post["byline"]: "byline", post["age"]: "byline"}
    text = view.record.text[post["start"] : post["end"]]
    pieces, offset = [], int(post["start"])
    for number, line in enumerate(text.split("\n")):
        class_ = heads.get(line) if number < _HEAD_LINES and line else None
        pieces.append(tag("p", marked(line, listed, offset=offset), class_=class_))
        offset += len(line) + 1
    cite = web_address(post["url"]) or web_address(view.record.blog.url)
    return tag(
        "blockquote", *pieces, class_="post", tabindex="0", role="region", aria_label="The post", cite=cite
    )
