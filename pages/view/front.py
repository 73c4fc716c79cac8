"""The overview: headline and standfirst, the day in order, the route, who is quoted, on whose word it stands."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from loaders.drawing.markup import EMPTY, Html, Piece, joined, tag
from loaders.moments import interval
from loaders.sentences import counted, moment, zone_place
from pages.view.cards import bar_line, words_per_speaker
from pages.view.chronology import in_order, newest_posts
from pages.view.frame import View
from pages.view.page_parts import shown
from pages.view.route import route
from pages.view.story_lines import party_key

_PROBLEMS = 2


def opening(view: View) -> Html:
    """The story's headline, its standfirst, how it was read, and the sentence that says what is shown."""
    blog, record = view.record.blog, view.record
    posted = posted_between(view)
    quoted = record.quotes[record.quotes["quote_type"] != "indirect"]
    outlet = blog.outlet or "an outlet"
    standfirst = view.told.settings.standfirst or (
        f"What the live blog of {outlet} says happened when and where, who said what, and on whose word."
    )
    read = ""
    if blog.read_at:
        read = f"Read at {moment(blog.read_at, view.zone)} ({zone_place(record, view.zone)})"
    held = {
        "post": record.posts,
        "quotation": quoted,
        "event": record.events,
        "place": record.locations,
        "person": record.people,
    }
    counts = ", ".join(counted(len(rows), noun) for noun, rows in held.items())
    return tag(
        "div",
        tag(
            "p",
            joined([each for each in (blog.outlet, "live blog", read or posted) if each], " · "),
            class_="kicker",
        ),
        tag("h1", blog.title or "A live blog"),
        tag("p", standfirst, class_="standfirst"),
        tag("p", counts, class_="quiet"),
        shown(view, "events"),
        class_="heading front-page",
    )


def posted_between(view: View) -> str:
    """From when to when the posts are, in the view's zone; empty where no time is known."""
    known = view.record.posts["posted_at"].dropna()
    if known.empty:
        return ""
    return f"posted {interval(known.min(), known.max(), view.zone)}"


def front(view: View) -> Html:
    """The body of the overview: the day and its strip beside the route, then speakers and sources."""
    events = view.rows("events")
    day = in_order(view, events) if len(view.record.events) else newest_posts(view)
    drawn = route(view, events)
    where = tag(
        "section",
        tag("h2", "Where"),
        drawn or tag("p", "The text names no place on the ground that Dateline knows.", class_="quiet"),
        party_key(view) if drawn else EMPTY,
        tag("p", tag("a", "Open the map", href=view.to("map"), data_go=True)),
        class_="where",
    )
    voices = _section("Who is quoted, in words", words_per_speaker(view, view.rows("quotes"), 6), "voices")
    word = _section("On whose word it stands", source_shares(view), "word")
    sure = _section(
        "How sure the times are" if len(view.record.events) else "How it was read",
        (certainty(events) if len(events) else EMPTY) + reading(view),
        "sure",
    )
    return tag("div", day, where, voices, word, sure, class_="front")


def _section(title: str, body: Html, class_: str) -> Html:
    """A part of the overview; nothing where it has nothing to say."""
    return tag("section", tag("h2", title), body, class_=class_) if body != EMPTY else EMPTY


def source_shares(view: View) -> Html:
    """The share of the shown quotes and events that stands on each kind of source's word, as bars."""
    rows = [*view.rows("quotes")["source_type"], *view.rows("events")["source_type"]]
    found = Counter(source or "not said" for source in rows)
    total = sum(found.values())
    lines = []
    for source, count in found.most_common():
        name = (
            source
            if source == "not said"
            else tag("a", source, href=view.to("quotes", sources=(source,)), data_go=True)
        )
        lines.append(bar_line(tag("span", name), f"{100 * count / total:.0f}%", count / total))
    note = tag("p", f"of {total} {'quote or event' if total == 1 else 'quotes and events'}", class_="quiet")
    return tag("ul", *lines, class_="bars plain") + note if lines else EMPTY


def reading(view: View) -> Html:
    """How it is known when the page was read, and what else a reader of its times must know."""
    settings = view.told.settings
    problems = view.record.problems["what"]
    said: list[Piece] = [settings.read_at_basis, *settings.notes]
    said += [f"{what[:1].upper()}{what[1:]}." for what in problems.drop_duplicates().head(_PROBLEMS)]
    if count := len(problems):
        words = "One problem was" if count == 1 else f"{count} problems were"
        address = view.to("tables", table="problems")
        said.append(tag("a", f"{words} noted while reading", href=address, data_go=True))
    return joined([tag("p", each, class_="quiet") for each in said if each])


def certainty(events: pd.DataFrame) -> Html:
    """How many of the shown events have a time that is stated, worked out, bounded by a post, or none."""
    said = {
        "stated": "stated in the text",
        "derived": "worked out from it",
        "bounded by the post": "only bounded by the post",
    }
    dated = events[events["start_at"].notna() | events["end_at"].notna()]
    found = Counter(dated["time_basis"])
    lines = [(said[basis], found[basis]) for basis in said if found[basis]]
    if len(events) > len(dated):
        lines.append(("no time at all", len(events) - len(dated)))
    most = max((count for _, count in lines), default=1)
    bars = (bar_line(tag("span", name), str(count), count / most) for name, count in lines)
    return tag("ul", *bars, class_="bars plain")
