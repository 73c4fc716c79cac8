"""The frame around every page: which story, the view its URL asks for, navigation, filters, one sentence, downloads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from loaders.errors import LoaderError
from loaders.filters import Filters, from_query
from loaders.model import Record
from loaders.selection import known_only, select_rows
from pages.view import stories
from pages.view.facets import facets
from pages.view.links import HOME, href, linked, style_sheet
from pages.view.markup import EMPTY, Html, joined, tag
from pages.view.parties import OTHERS, Parties
from pages.view.stories import Told
from pages.view.theme import DARK, LIGHT, Theme, theme

TITLES = {
    "overview": "Overview",
    "timeline": "Timeline",
    "map": "Map",
    "quotes": "Quotes",
    "people": "People",
    "tables": "Tables",
}
"""The pages, by their name in a URL, in the order of the navigation."""


_INKS = ("ink", "paper", "muted", "rule", "accent", "land", "sea", "border")


@dataclass(frozen=True)
class View:
    """What one run of a page shows: the story, what its URL asks for, and how it looks."""

    page: str
    story: str
    told: Told
    filters: Filters
    look: Theme
    origin: str

    @property
    def record(self) -> Record:
        """The story's tables."""
        return self.told.record

    @property
    def parties(self) -> Parties:
        """Whose colours mean whom."""
        return self.told.parties

    @property
    def zone(self) -> str:
        """The IANA zone the clocks of this view show."""
        return self.filters.zone or self.told.zone

    def rows(self, table: str) -> pd.DataFrame:
        """The rows of a table that the view's filters leave."""
        return select_rows(self.record, table, self.filters)

    def to(self, target: str = "", /, **changes: object) -> str:
        """The address of this view with some of it changed, on this page or another."""
        return href(target or self.page, replace(self.filters, **changes))  # type: ignore[arg-type]

    def chosen(self, kind: str, key: str, page: str = "") -> str:
        """The address of this view with a row chosen."""
        return self.to(page, row=(kind, key))

    def link(self, address: str) -> str:
        """A relative address as one to send to somebody."""
        return f"{self.origin}/{address.removeprefix('./')}"

    def now(self) -> View:
        """This view with what its URL and its reader say by now: a fragment runs again without its page."""
        return replace(self, filters=_asked(self.record)[0], look=_look())


def open_view(page: str, table: str) -> View | None:
    """Draws the frame of a page and returns its view; None where the story cannot be shown, with the reason.

    Args:
        page: The page's name in the URL.
        table: The table its filters count.
    """
    slugs = stories.slugs()
    asked = (st.query_params.get_all("story") or [""])[-1]
    slug = asked if asked in slugs else next(iter(slugs), "")
    try:
        told = stories.load(slug)
    except LoaderError as error:
        linked(tag("pre", str(error), class_="trouble", role="alert"), "trouble")
        return None
    filters, said = _asked(told.record)
    if filters.story and filters.story != slug:
        said = (*said, f"There is no story “{filters.story[:40]}”; this is “{slug}”.")
    filters = replace(filters, story=slug if len(slugs) > 1 and slug != slugs[0] else "")
    view = View(page, slug, told, filters, _look(), _origin())
    _frame(view, table, said, slugs)
    return view


def _asked(record: Record) -> tuple[Filters, tuple[str, ...]]:
    filters, said = from_query({key: st.query_params.get_all(key) for key in st.query_params})
    kept, unknown = known_only(filters, record)
    return kept, (*said, *unknown)


def _look() -> Theme:
    return theme(st.context.theme.type == "dark")


def _origin() -> str:
    parts = urlsplit(st.context.url or "")
    path = parts.path.rstrip("/")
    if path.rsplit("/", 1)[-1] in TITLES:
        path = path.rsplit("/", 1)[0]
    return f"{parts.scheme}://{parts.netloc}{path}" if parts.netloc else ""


def _frame(view: View, table: str, said: tuple[str, ...], slugs: list[str]) -> None:
    st.html(f"<style>{_colours(view.parties)}\n{style_sheet()}</style>")
    linked(_masthead(view, said), "masthead", brings_code=True)
    with st.sidebar:
        linked(_stories(view, slugs) + facets(view.told, view.page, table, view.filters), "facets")


def _colours(parties: Parties) -> str:
    """The colours of both appearances as CSS variables: the browser takes the one its reader has chosen."""
    both = {name: (getattr(LIGHT, name), getattr(DARK, name)) for name in _INKS}
    both |= {party.id: (party.light, party.dark) for party in parties.shown}
    both[OTHERS] = both["muted"]
    set_up = "".join(f"--{name}:light-dark({light},{dark});" for name, (light, dark) in both.items())
    classes = "".join(f".dl .{party.id}{{--party:var(--{party.id})}}" for party in parties.shown)
    return f".stApp{{{set_up}}}.dl .party{{--party:var(--{OTHERS})}}{classes}"


def _masthead(view: View, said: tuple[str, ...]) -> Html:
    pages = (
        tag(
            "a",
            title,
            href="./" if page == HOME else page,
            data_go="keep",
            aria_current="page" if page == view.page else None,
        )
        for page, title in TITLES.items()
    )
    home = tag(
        "a", "Dateline", href="./", data_go="keep", class_="brand", aria_label="Dateline, to the overview"
    )
    words = joined(tag("p", sentence) for sentence in said)
    return tag("div", home, tag("nav", *pages, aria_label="Pages"), class_="masthead") + (
        tag("div", words, class_="words", role="status") if said else EMPTY
    )


def _stories(view: View, slugs: list[str]) -> Html:
    if len(slugs) < 2:
        return EMPTY
    items = (
        tag(
            "li",
            tag(
                "a",
                slug.replace("-", " "),
                href=href(view.page, Filters(story=slug)),
                data_go=True,
                aria_current="true" if slug == view.story else None,
            ),
        )
        for slug in slugs
    )
    return tag("section", tag("h2", "Story"), tag("ul", *items), class_="facet")
