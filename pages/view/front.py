"""The overview: headline and standfirst, the day in order, the route, who is quoted, on whose word it stands."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from loaders.sentences import moment, zone_place
from pages.view.cards import words_per_speaker
from pages.view.frame import View
from pages.view.lanes import shown_events
from pages.view.markup import EMPTY, Html, joined, tag
from pages.view.moments import local
from pages.view.page_parts import shown
from pages.view.route import route
from pages.view.rows import Row, is_known, records
from pages.view.story_lines import party_key
from pages.view.strip import day_strip

_LINES = 9


def opening(view: View) -> Html:
    """The story's headline, its standfirst, how it was read, and the sentence that says what is shown."""
    blog, record = view.record.blog, view.record
    quoted = record.quotes[record.quotes["quote_type"] != "indirect"]
    outlet = blog.outlet or "an outlet"
    standfirst = view.told.settings.standfirst or (
        f"What the live blog of {outlet} says happened when and where, who said what, and on whose word."
    )
    read = ""
    if blog.read_at:
        read = f"Read at {moment(blog.read_at, view.zone)} ({zone_place(record, view.zone)})"
    counts = (
        f"{len(record.posts)} posts, {len(quoted)} quotations, {len(record.events)} events, "
        f"{len(record.locations)} places, {len(record.people)} people"
    )
    return tag(
        "div",
        tag("p", joined([each for each in (blog.outlet, "live blog", read) if each], " · "), class_="kicker"),
        tag("h1", blog.title or "A live blog"),
        tag("p", standfirst, class_="standfirst"),
        tag("p", counts, class_="quiet"),
        shown(view, "events"),
        class_="heading front-page",
    )


def front(view: View) -> Html:
    """The body of the overview: the day and its strip beside the route, then speakers and sources."""
    events = view.rows("events")
    day = tag(
        "section",
        tag("h2", "The day in order"),
        day_strip(view, events),
        chronology(view, events),
        class_="day",
    )
    where = tag(
        "section",
        tag("h2", "Where"),
        route(view, events),
        party_key(view),
        tag("p", tag("a", "Open the map", href=view.to("map"), data_go=True)),
        class_="where",
    )
    voices = tag(
        "section",
        tag("h2", "Who is quoted, in words"),
        words_per_speaker(view, view.rows("quotes"), 6),
        class_="voices",
    )
    word = tag("section", tag("h2", "On whose word it stands"), source_shares(view), class_="word")
    sure = tag(
        "section",
        tag("h2", "How sure the times are"),
        certainty(view, events),
        reading(view),
        class_="sure",
    )
    return tag("div", day, where, voices, word, sure, class_="front")


def chronology(view: View, events: pd.DataFrame) -> Html:
    """What happened, in order, each line with its clock: no more exact than it is known."""
    dated = shown_events(events)
    listed = sorted(records(dated), key=_order)
    lines = [_line(view, row) for row in listed]
    first, rest = lines[:_LINES], lines[_LINES:]
    more = tag(
        "details", tag("summary", f"{len(rest)} more"), tag("ol", *rest, class_="day-lines"), id="dl-more-day"
    )
    return (
        tag("ol", *first, class_="day-lines")
        + (more if rest else EMPTY)
        + tag("p", tag("a", "Open the timeline", href=view.to("timeline"), data_go=True))
    )


def _order(row: Row) -> tuple[float, bool]:
    """When it had happened; of two by the same instant, the one without a beginning came before."""
    instant = row["end_at"] if is_known(row["end_at"]) else row["start_at"]
    return float(instant.timestamp()), is_known(row["start_at"])


def _line(view: View, row: Row) -> Html:
    link = tag(
        "a",
        row["title"],
        href=view.chosen("event", row["event_id"]),
        data_go=True,
        id=f"dl-day-{row['event_id']}",
        aria_current="true" if view.filters.row == ("event", row["event_id"]) else None,
    )
    status = "" if row["status"] == "happened" else f" ({row['status']})"
    return tag(
        "li",
        tag("span", clock(row, view.zone), class_="when"),
        tag("span", link, status),
        class_=f"party {view.parties.of(row['participants'])}",
    )


def clock(row: Row, zone: str) -> str:
    """An event's time as short as a line of a chronology needs: "11:43–11:53", "by 13:02", "Tue 12"."""
    start, end = local(row["start_at"], zone), local(row["end_at"], zone)
    middle = start + (end - start) / 2 if start and end else end or start
    if middle is None:
        return ""
    if row["granularity"] in ("day", "month", "year"):
        return f"{middle:%a} {middle.day}"
    if start and end and row["granularity"] in ("minute", "hour"):
        return f"{start:%H:%M}–{end:%H:%M}" if start != end else f"{start:%H:%M}"
    if row["status"] in ("planned", "possible") and start:
        return f"after {start:%H:%M}"
    return f"by {end:%H:%M}" if end and (end.hour or end.minute) else f"before {middle:%a} {middle.day}"


def source_shares(view: View) -> Html:
    """The share of the shown quotes and events that stands on each kind of source's word, as bars."""
    rows = [*view.rows("quotes")["source_type"], *view.rows("events")["source_type"]]
    found = Counter(source or "not said" for source in rows)
    total = sum(found.values())
    lines = []
    for source, count in found.most_common():
        share = 100 * count / total
        bar = tag("span", class_="bar", style=f"width:{share:.1f}%", aria_hidden="true")
        name = (
            source
            if source == "not said"
            else tag("a", source, href=view.to("quotes", sources=(source,)), data_go=True)
        )
        lines.append(tag("li", tag("span", name), tag("span", f"{share:.0f}%", class_="count"), bar))
    note = tag("p", f"of {total} quotes and events", class_="quiet")
    return tag("ul", *lines, class_="bars plain") + note if lines else EMPTY


def reading(view: View) -> Html:
    """How it is known when the page was read, and what else a reader of its times must know."""
    settings = view.told.settings
    said = [each for each in (settings.read_at_basis, *settings.notes) if each]
    return joined([tag("p", each, class_="quiet") for each in said], "")


def certainty(view: View, events: pd.DataFrame) -> Html:
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
    return tag(
        "ul",
        *(
            tag(
                "li",
                tag("span", name),
                tag("span", str(count), class_="count"),
                tag("span", class_="bar", style=f"width:{100 * count / most:.1f}%", aria_hidden="true"),
            )
            for name, count in lines
        ),
        class_="bars plain",
    )
