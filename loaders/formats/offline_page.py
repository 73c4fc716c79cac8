"""A record as one HTML page that needs nothing else: no server, no other file, no request, not even JavaScript.

Everything can be read as it stands; the script only adds search, the panel of evidence, the choice of clock and
of theme. The page's own policy forbids every request and every script but that one, by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from loaders.drawing.geometry import BORDERS
from loaders.drawing.marks import MARKS
from loaders.drawing.markup import EMPTY, Html, Piece, joined, tag
from loaders.drawing.theme import INKS
from loaders.formats.page_lists import background, events, open_questions, people, places
from loaders.formats.page_map import story_map
from loaders.formats.page_posts import posts
from loaders.formats.page_quotes import forms, most_quoted, quotes
from loaders.formats.page_timeline import timeline
from loaders.formats.page_view import Page, page_of
from loaders.model import Record, web_address
from loaders.registry import Story
from loaders.sentences import counted, moment, zone_place
from loaders.settings import read_part

_HERE = Path(__file__).parent


def offline_page(record: Record, *, sentence: str = "", settings: Story | None = None) -> bytes:
    """The record as one page of HTML (UTF-8); the same record always gives the same bytes.

    Args:
        record: The whole record, or what filters left of it.
        sentence: What is shown, where that is not all of it, such as "12 of 20 quotes: said by …".
        settings: What the story's own file says beyond its record: standfirst, how it is known when the page
            was read, and notes.
    """
    page = page_of(record, settings)
    style, script = f"{_colours(page)}\n{read_part(_HERE / 'page.css')}", read_part(_HERE / "page.js")
    whole = tag(
        "html",
        _head(page, style, script),
        tag(
            "body",
            _shorter(_body(page, sentence)),
            tag("script", Html(script)),
            data_source=_source(page),
            data_times=_times(page),
        ),
        lang="en",
    )
    return f"<!doctype html>\n{whole.code}\n".replace("\x00", "\ufffd").encode("utf-8", "replace")


def _shorter(body: Html) -> Html:
    """The same HTML without what its grammar does not need: quotes, the ends of some elements, `&quot;` in text.

    Text and values hold neither `<` nor quotes, for `markup` escapes them: what is found here are elements, and
    what stands between them. `<` and `&` stay escaped everywhere.
    """
    unquoted = re.sub(r"='([\w#%.-]+)'", r"=\1", body.code)
    unended = re.sub(r"</(?:dd|dt|td|th|tr|li|option|thead|tbody)>", "", unquoted)
    unended = re.sub(r"</p>(?=</?(?:article|div|dl|h3|li|ol|p|section|table|td|tr|ul)\b)", "", unended)
    return Html(
        re.sub(r">[^<]+<", lambda text: text[0].replace("&quot;", '"').replace("&#x27;", "'"), unended)
    )


def _head(page: Page, style: str, script: str) -> Html:
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return tag(
        "head",
        _void("meta", charset="utf-8"),
        _void("meta", http_equiv="Content-Security-Policy", content=policy),
        _void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _void("meta", name="referrer", content="no-referrer"),
        _void("meta", name="color-scheme", content="light dark"),
        _void("meta", name="generator", content="Dateline"),
        _void("link", rel="icon", href="data:,"),
        tag("title", _title(page)),
        tag("style", Html(style)),
    )


def _void(name: str, /, **attributes: str) -> Html:
    """An element without an end."""
    return Html(tag(name, **attributes).code.removesuffix(f"</{name}>"))


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def _colours(page: Page) -> str:
    """The colours of both themes as CSS variables, and the class of each party."""
    inks = "".join(f"--{ink}:light-dark({light},{dark});" for ink, (light, dark) in INKS.items())
    parties = "".join(
        f".p{number}{{--party:light-dark({party.light},{party.dark})}}"
        for number, party in enumerate(page.parties.shown)
        if re.fullmatch(r"#[0-9a-f]{6}#[0-9a-f]{6}", party.light + party.dark)
    )
    return f":root{{{inks}}}.party{{--party:var(--muted)}}{parties}"


def _title(page: Page) -> str:
    return page.record.blog.title or "A live blog"


def _source(page: Page) -> str:
    blog = page.record.blog
    return ", ".join(part for part in (blog.title, blog.outlet, blog.url) if part)


def _times(page: Page) -> str:
    """Every time of the page on its clocks but the first, which stands on the page: a line each."""
    return "\n".join("|".join(said[1:]) for said in page.said)


def _body(page: Page, sentence: str) -> Html:
    drawn, mapped = timeline(page), story_map(page)
    record = page.record
    sections = [
        ("timeline", "Timeline", "When it happened", _when(page, drawn)),
        ("map", "Map", "Where it happened", _where(page, mapped)),
        ("quotes", "Quotes", "Who said what", _said(page)),
        ("people", "People", "Who is named", people(page)),
        ("posts", "Posts", "The live blog as it was read", posts(page)),
        ("open", "Open points", "What was corrected and what is open", open_questions(page)),
    ]
    kept = [each for each in sections if each[3] != EMPTY]
    return joined(
        [
            tag("a", "Skip to the story", href="#main", class_="skip"),
            _opening(page, sentence),
            _bar(page, [(key, name) for key, name, _, _ in kept]),
            tag(
                "main",
                *(
                    tag("section", tag("h2", title, id=f"h-{key}"), body, id=key, aria_labelledby=f"h-{key}")
                    for key, _, title, body in kept
                ),
                id="main",
                tabindex="-1",
            ),
            _colophon(page, has_map=mapped != EMPTY, has_places=len(record.locations) > 0),
            tag("dialog", id="evidence", aria_labelledby="evidence-title"),
            tag("div", role="status", class_="unseen", id="told"),
        ]
    )


def _opening(page: Page, sentence: str) -> Html:
    record, blog = page.record, page.record.blog
    read = ""
    if blog.read_at:
        read = f"read at {moment(blog.read_at, page.zone)} ({zone_place(record, page.zone)})"
    standfirst = (page.settings.standfirst if page.settings else "") or (
        f"What the live blog of {blog.outlet or 'an outlet'} says happened when and where, who said what, "
        "and on whose word."
    )
    held = (
        ("post", page.rows["post"]),
        ("event", page.rows["event"]),
        ("quotation", page.rows["quote"]),
        ("place", page.rows["place"]),
        ("person", page.rows["person"]),
    )
    counts = ", ".join(counted(len(rows), noun) for noun, rows in held)
    kicker = joined([each for each in (blog.outlet, "live blog", read) if each], " · ")
    return tag(
        "header",
        tag("p", kicker, class_="kicker"),
        tag("h1", _title(page)),
        tag("p", standfirst, class_="standfirst"),
        tag("p", counts, ". Each row leads to the words it stands on.", class_="quiet"),
        tag("p", tag("b", "Not the whole story is shown: "), sentence, class_="sentence")
        if sentence
        else None,
    )


def _bar(page: Page, sections: list[tuple[str, str]]) -> Html:
    links = (tag("a", name, href=f"#{key}") for key, name in sections)
    clocks = (tag("option", said, value=str(number)) for number, said in enumerate(page.zones.values()))
    tools = tag(
        "div",
        tag("label", "Clock of ", tag("select", *clocks, id="clock")),
        tag("button", "Dark theme", type="button", id="theme"),
        class_="tools",
        hidden=True,
        role="region",
        aria_label="Clock and theme",
    )
    return tag("div", tag("nav", *links, aria_label="Sections"), tools, class_="bar")


def _when(page: Page, drawn: Html) -> Html:
    table, before = events(page), background(page)
    if drawn == EMPTY:
        return table + before
    zone = tag(
        "p",
        "The clock is that of ",
        tag("span", next(iter(page.zones.values())), id="zone"),
        ".",
        class_="quiet",
    )
    return zone + _key(page, is_timeline=True) + drawn + table + before


def _where(page: Page, mapped: Html) -> Html:
    listed = places(page)
    if mapped == EMPTY:
        return listed
    note = tag("p", "A dot grows with how often a place is named; a ring is an area.", class_="quiet")
    return _key(page, is_timeline=False) + mapped + note + listed


def _key(page: Page, *, is_timeline: bool) -> Html:
    """Which colour means whom and, for the timeline, how to read a mark."""
    found = set(page.parties.of_id.values())
    swatch = tag("span", class_="swatch", aria_hidden="true")
    items = [
        tag("li", swatch, party.name, class_=f"party p{number}")
        for number, party in enumerate(page.parties.shown)
        if party.id in found
    ]
    keys = [tag("ul", *items, class_="key", aria_label="Colours")] if items else []
    if is_timeline:
        marks = (
            tag("li", tag("span", class_=f"sample {look}", aria_hidden="true"), said) for look, said in MARKS
        )
        keys.append(tag("ul", *marks, class_="key", aria_label="Marks"))
    return tag("div", *keys, class_="keys")


def _said(page: Page) -> Html:
    if not page.rows["quote"]:
        return EMPTY
    search = tag(
        "search",
        tag("label", "Search the quotes", for_="words"),
        tag("input", type="search", id="words", autocomplete="off", spellcheck="false"),
        tag("p", "Words, “a phrase”, or speaker:name", class_="quiet"),
        tag("details", tag("summary", "Filters"), tag("div", id="facets"), id="filters"),
        tag("button", "Clear all", type="button", id="clear", hidden=True),
        hidden=True,
        id="search",
    )
    found = tag("p", role="status", id="found", hidden=True)
    none = tag("p", id="none", hidden=True)
    return (
        forms()
        + most_quoted(page)
        + tag(
            "div",
            tag("div", search, class_="side"),
            tag("div", found, none, quotes(page), class_="body"),
            class_="beside",
        )
    )


def _colophon(page: Page, *, has_map: bool, has_places: bool) -> Html:
    blog, settings = page.record.blog, page.settings
    address = web_address(blog.url)
    source: Piece = (
        tag("a", blog.title or address, href=address, rel="noreferrer") if address else _title(page)
    )
    lines: list[Piece] = [
        joined(["The text is its publisher’s: ", source, f" ({blog.outlet})." if blog.outlet else "."]),
        settings.read_at_basis if settings else None,
        *(settings.notes if settings else ()),
        BORDERS if has_map else None,
        (
            "Most coordinates of cities, towns and counties are from GeoNames (CC BY 4.0); each place names its source."
            if has_places
            else None
        ),
        "Events, quotes and places were found by rules, not by hand, except where a correction says so. "
        "“Claimed” means on somebody’s word alone; that somebody says a thing does not make it so.",
        "Made by Dateline. This page asks nothing of any server: it can be kept, printed, and put on any site.",
    ]
    return tag("footer", *(tag("p", line) for line in lines if line))
