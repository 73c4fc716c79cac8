"""What was said, on the offline page: a card a quotation, with what a search and its facets need to know of it."""

from __future__ import annotations

from collections import Counter

from loaders.drawing.markup import EMPTY, Html, Piece, joined, tag
from loaders.drawing.provenance import FORMS, SHORT_FORMS, in_marks, rule
from loaders.drawing.rows import Row
from loaders.formats.page_view import Page, anchor, known, link
from loaders.model import parts
from loaders.sentences import counted

_OPEN = "Speaker left open"
_MOST_QUOTED = 8


def quotes(page: Page) -> Html:
    """All quotations in page order, newest first."""
    cards = (_card(page, key, row) for key, row in page.rows["quote"].items())
    return tag("ol", *cards, class_="cards", id="cards")


def forms() -> Html:
    """How to read a card: what the bar beside its words says of them."""
    items = (
        tag("li", tag("span", class_=f"form {name}", aria_hidden="true"), said, data_form=name)
        for name, said in FORMS.items()
    )
    return tag("ul", *items, class_="key", aria_label="Forms of quotes")


def _card(page: Page, key: str, row: Row) -> Html:
    speaker = next(iter(parts(row["speaker_id"])), "")
    return tag(
        "li",
        tag("p", link("quote", key, in_marks(row, row["quote"]), "said")),
        _attribution(page, row, speaker),
        known(page, key, _lines(row)),
        id=anchor("quote", key),
        data_n=page.number("quote", key),
        class_=f"card {page.colour(row['speaker_id'])} {row['quote_type']}",
    )


def _attribution(page: Page, row: Row, speaker: str) -> Html:
    who = tag("b", page.named(speaker, row["speaker"])) if speaker else tag("b", row["speaker"] or _OPEN)
    person = page.rows["person"].get(speaker)
    role = f", {person['role']}" if person and person["role"] else None
    post = page.rows["post"].get(row["post_id"])
    quiet: list[Piece] = [
        SHORT_FORMS[row["quote_type"]],
        "headline" if row["is_headline"] else "",
        _apart(f"{row['cue']} {row['addressee']}".strip()),
        _apart(f"via {row['via']}" if row["via"] else ""),
        link("post", row["post_id"], page.time("post", row["post_id"]) or "its post") if post else None,
        tag("i", row["source_type"]) if row["source_type"] else None,
    ]
    said = joined([each for each in quiet if each], " · ")
    return tag("p", who, tag("span", role) if role else None, tag("span", said, class_="quiet"), class_="who")


def _apart(words: str) -> Html | None:
    """Words of the text, which may be of another script than those around them."""
    return tag("span", words) if words else None


def _lines(row: Row) -> list[tuple[str, Piece]]:
    """What the card itself does not say."""
    printed = row["speaker_mention"] if row["speaker_mention"] != row["speaker"] else ""
    return [
        ("Printed as", printed),
        ("Said to", row["addressee"]),
        ("Speaker found by", rule(row["attribution"])),
    ]


def most_quoted(page: Page) -> Html:
    """Who is quoted how much, in words between quotation marks, as bars."""
    found: Counter[str] = Counter()
    whose: dict[str, str] = {}
    for row in page.rows["quote"].values():
        if row["quote_type"] != "indirect" and not row["is_headline"]:
            who = row["speaker"] or _OPEN
            found[who] += len(row["quote"].split())
            whose.setdefault(who, row["speaker_id"])
    if not found:
        return EMPTY
    most = max(1, *found.values())
    bars = [
        tag(
            "li",
            tag("span", page.named(next(iter(parts(whose[who])), ""), who) if whose[who] else who),
            tag("span", counted(count, "word"), class_="quiet"),
            tag(
                "svg",
                tag("rect", width=f"{100 * count / most:.1f}%", height="8"),
                height="8",
                aria_hidden="true",
            ),
            class_=page.colour(whose[who]),
        )
        for who, count in found.most_common(_MOST_QUOTED)
    ]
    return tag("h3", "Who is quoted, in words between quotation marks") + tag("ul", *bars, class_="bars")
