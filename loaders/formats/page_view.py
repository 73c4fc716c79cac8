"""What the parts of the offline page share: the record, its colours and clocks, and how each row is addressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from loaders.drawing.clocks import zones
from loaders.drawing.markup import Html, Piece, joined, tag
from loaders.drawing.parties import OTHERS, Parties, parties_of
from loaders.drawing.provenance import change
from loaders.drawing.rows import ByKind, Row, by_kind, kind_of, name_of, records
from loaders.filters import Filters
from loaders.model import Record, grouped, parts
from loaders.moments import interval, posted, said_at
from loaders.registry import Story
from loaders.sentences import zone_of

SHOWN = ("event", "quote", "place", "person", "organization", "post")
"""The kinds of rows the page shows, by their name in an anchor: `#quote-…`."""


@dataclass(frozen=True)
class Page:
    """One offline page: a record, and what its parts look up in it again and again.

    `zones` are the clocks offered, the page's own first. `moments` says where in `said` the time of a row is, and
    `said` holds each time of the page once, in words, on every clock. `numbers` counts the rows shown, so that words
    of a post can name theirs.
    """

    record: Record
    settings: Story | None
    parties: Parties
    zones: Mapping[str, str]
    moments: Mapping[tuple[str, str], int]
    said: tuple[tuple[str, ...], ...]
    rows: ByKind
    numbers: Mapping[tuple[str, str], int]
    corrections: Mapping[str, list[Row]]

    @property
    def zone(self) -> str:
        """The IANA zone the page's clocks show without a choice."""
        return next(iter(self.zones))

    def colour(self, ids: str) -> str:
        """The class of the party of these ids; classes are counted, for an id may be anything."""
        party = self.parties.of(ids)
        listed = [each.id for each in self.parties.shown]
        return f"party p{listed.index(party)}" if party != OTHERS and party in listed else "party"

    def time(self, kind: str, key: str) -> Html | None:
        """The time of a row in words, which follows the clock the reader chooses; nothing where none is known."""
        number = self.moments[kind, key]
        said = self.said[number][0]
        return tag("time", said, data_t=str(number)) if said else None

    def name(self, key: str) -> str:
        """The name of a person, organization or place; the id itself where it is none of them."""
        return name_of(self.rows, key)

    def named(self, key: str, said: str = "") -> Html:
        """A person, organization or place by name, as a link to its row."""
        kind = kind_of(self.rows, key)
        return link(kind, key, said or self.name(key)) if kind else tag("span", said or key)

    def names(self, cell: str) -> Html:
        """A list cell of ids by name, as links with commas between."""
        return joined([self.named(key) for key in parts(cell)], ", ")

    def where(self, event: Row) -> Html:
        """Where an event happened and where it led to."""
        return joined(
            [self.named(key) for key in (event["location_id"], event["destination_id"]) if key], " → "
        )

    def number(self, kind: str, key: str) -> str:
        """The number of a row of the page."""
        return str(self.numbers[kind, key])


def page_of(record: Record, settings: Story | None) -> Page:
    """The page of a record; posts that hold its rows are on it even where the record is filtered to others."""
    own = zone_of(record, Filters())
    offered = zones(record, own)
    clocks = {own: offered.get(own, own)} | {zone: said for zone, said in offered.items() if zone != own}
    rows = by_kind(record)
    rows["post"] = _posts(record, rows)
    listed = [(kind, key) for kind in SHOWN for key in rows[kind]]
    numbers = {each: number for number, each in enumerate(listed)}
    corrected = grouped(records(record.corrections), lambda row: str(row["row"]))
    words = _moments(rows, clocks)
    said = {each: number for number, each in enumerate(dict.fromkeys(words.values()))}
    moments = {each: said[spoken] for each, spoken in words.items()}
    return Page(record, settings, parties_of(record), clocks, moments, tuple(said), rows, numbers, corrected)


def _posts(record: Record, rows: ByKind) -> dict[str, Row]:
    """The posts of the record, and those that its quotes and events stand in, in page order."""
    held = {str(row["post_id"]) for row in rows["quote"].values()}
    held |= {post for row in rows["event"].values() for post in parts(row["post_ids"])}
    left = record.blog.posts[record.blog.posts["post_id"].isin(held - rows["post"].keys())]
    found = [*rows["post"].values(), *records(left)]
    return {str(row["post_id"]): row for row in sorted(found, key=lambda row: int(row["start"]))}


def _moments(rows: ByKind, clocks: Mapping[str, str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """When each post was posted, each event happened and was first told, in words on every clock."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for key, post in rows["post"].items():
        found["post", key] = tuple(posted(post, zone) for zone in clocks)
    for key, event in rows["event"].items():
        bounds = event["start_at"], event["end_at"]
        found["event", key] = tuple(interval(*bounds, zone, event["granularity"]) for zone in clocks)
        found["first", key] = tuple(said_at(event["first_posted_at"], zone) for zone in clocks)
    return found


def anchor(kind: str, key: str) -> str:
    """The id a row has on the page."""
    return f"{kind}-{key}"


def address(kind: str, key: str) -> str:
    """The link to a row on the page."""
    return f"#{quote(anchor(kind, key).encode('utf-8', 'replace'))}"


def link(kind: str, key: str, said: Piece, class_: str | None = None) -> Html:
    """Words that lead to a row of the page."""
    return tag("a", said, href=address(kind, key), class_=class_)


def facts(page: Page, key: str, lines: list[tuple[str, Piece]], words: str = "") -> Html:
    """How a row is known, folded; `words` are those the row stands on, where it does not show them itself."""
    return tag(
        "details",
        tag("summary", "How it is known"),
        tag("p", "“", words, "”", class_="words") if words else None,
        known(page, key, lines),
        class_="facts",
    )


def known(page: Page, key: str, lines: list[tuple[str, Piece]]) -> Html:
    """Facts as a list, those nothing is known of left out, and what was corrected by hand with the reason."""
    found = [tag("dt", name) + tag("dd", said) for name, said in lines if said and said != Html("")]
    for row in page.corrections.get(key, []):
        source = f" ({row['source']})" if row["source"] else ""
        said = joined([change(row), ". Why: ", row["reason"], source])
        found.append(tag("dt", "Corrected by hand") + tag("dd", said))
    return tag("dl", *found)
