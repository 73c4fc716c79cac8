"""The people of a story: what they said, the posts they appear in as a strip, and who appears with whom."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

import pandas as pd

from loaders.drawing.markup import EMPTY, Html, joined, long_list, tag
from loaders.drawing.rows import Row, records
from loaders.filters import shortened
from loaders.model import Record, once_a_record, parts
from loaders.moments import posted
from loaders.selection import paragraphs
from pages.view.frame import View
from pages.view.naming import name_link, quotes_link

Posts = list[list[tuple[Row, str]]]
_MOST_CELLS = 60
"""Cells of a strip: with more posts than that, each stands for several."""
_MOST_CARDS, _FIRST_CARDS = 30, 12
"""People of a group who are all seen at first; and of more than those how many are."""
_GROUPS = (
    ("Who makes the news", ("leader", "official", "other")),
    ("Who explains it", ("analyst",)),
    ("Who reports it", ("journalist",)),
    ("From history", ("historical",)),
)


def roster(view: View) -> Html:
    """Everybody the filters leave, by what they are in the news as, the most mentioned first."""
    people = view.rows("people")
    strips, company = _appearances(view.record), _company(view.record)
    posts = _binned([(post, posted(post, view.zone)) for post in reversed(records(view.record.posts))])
    sections = []
    for title, kinds in _GROUPS:
        group = people[people["person_type"].isin(kinds)].sort_values(
            "mention_count", ascending=False, kind="stable"
        )
        if len(group):
            cards = [_card(view, row, posts, strips, company) for row in records(group)]
            most = _MOST_CARDS if len(cards) <= _MOST_CARDS else _FIRST_CARDS
            listed = long_list(cards, class_="people", key=kinds[0], most=most)
            sections.append(tag("section", tag("h2", title), listed))
    return joined(sections)


def _binned(posts: list[tuple[Row, str]]) -> Posts:
    """The posts in order, as many together as it takes to need no more than `_MOST_CELLS` cells."""
    size = max(math.ceil(len(posts) / _MOST_CELLS), 1)
    return [posts[at : at + size] for at in range(0, len(posts), size)]


@once_a_record
def _appearances(record: Record) -> dict[str, Counter[str]]:
    """How often each person is mentioned in each post."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    mentions = record.mentions
    for cell, post in zip(mentions["entity_id"], mentions["post_id"], strict=True):
        for key in parts(cell):
            found[key][post] += 1
    return found


@once_a_record
def _company(record: Record) -> dict[str, Counter[str]]:
    """How many paragraphs mention each two people together."""
    mentions = record.mentions
    persons = mentions[mentions["entity_type"] == "person"]
    whole: defaultdict[object, dict[str, None]] = defaultdict(dict)  # in order of mention, for ties below
    for number, cell in zip(paragraphs(record.text, persons["start"]), persons["entity_id"], strict=True):
        whole[number].update(dict.fromkeys(parts(cell)))
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for together in whole.values():
        for one in together:
            found[one].update(other for other in together if other != one)
    return found


def _card(
    view: View, row: Row, posts: Posts, strips: dict[str, Counter[str]], company: dict[str, Counter[str]]
) -> Html:
    key = row["person_id"]
    name = tag(
        "a",
        row["name"],
        href=view.chosen("person", key),
        data_go=True,
        id=f"dl-person-{key}",
        aria_current="true" if view.filters.row == ("person", key) else None,
        class_="name",
    )
    role = tag("span", row["role"], class_="role") if row["role"] else None
    facts = [f"named {row['mention_count']}×", quotes_link(view, key, row["quote_count"])]
    beside = [
        joined([name_link(view, other), f" {count}×"])
        for other, count in company.get(key, Counter()).most_common(3)
    ]
    return tag(
        "li",
        tag("p", name, role),
        _strip(view, posts, strips.get(key, Counter()), row["name"]),
        tag("p", joined([each for each in facts if each], " · "), class_="quiet"),
        tag("p", "with ", joined(beside, ", "), class_="quiet") if beside else None,
        class_=f"party {view.parties.of(key)}",
    )


def _strip(view: View, posts: Posts, counts: Counter[str], name: str) -> Html:
    """The posts, oldest first, each a link, full where it mentions the person."""
    totals = [sum(counts[post["post_id"]] for post, _ in together) for together in posts]
    most = max(totals, default=1)
    cells = []
    for together, total in zip(posts, totals, strict=True):
        post, when = max(together, key=lambda pair: counts[pair[0]["post_id"]])
        said = f"{when}: {counts[post['post_id']]}×, {shortened(post['headline'], 60)}"
        if total > counts[post["post_id"]]:
            said = f"{total}× in {len(together)} posts, most at {said}"
        height = round(100 * total / most) if total else 0
        cells.append(_cell(view, post["post_id"], said, height) if total else tag("span"))
    return tag(
        "div", *cells, class_="strip", role="group", aria_label=f"Posts that name {name}, oldest first"
    )


def _cell(view: View, post: str, said: str, height: int) -> Html:
    fill = tag("span", class_="fill", style=f"height:{height}%")
    return tag("a", fill, href=view.chosen("post", post), data_go=True, title=said)


def organizations(view: View) -> Html:
    """The organizations the filters leave, as one run of names with how often each is named."""
    rows: pd.DataFrame = view.rows("organizations").sort_values(
        "mention_count", ascending=False, kind="stable"
    )
    if rows.empty:
        return EMPTY
    items = (
        tag(
            "li",
            tag(
                "a",
                row["name"],
                href=view.chosen("organization", row["organization_id"]),
                data_go=True,
                id=f"dl-organization-{row['organization_id']}",
            ),
            tag("span", f"{row['organization_type']} · {row['mention_count']}×", class_="quiet"),
            class_=f"party {view.parties.of(row['organization_id'])}",
        )
        for row in records(rows)
    )
    return tag("section", tag("h2", "Organizations"), long_list(items, class_="places", key="organizations"))
