"""The frame around every page: which story, the view its URL asks for, navigation, filters, one sentence, downloads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from loaders.drawing.markup import EMPTY, Html, tag
from loaders.drawing.parties import OTHERS, Parties
from loaders.drawing.theme import INKS, Theme, theme
from loaders.errors import LoaderError
from loaders.filters import Filters, from_query
from loaders.model import Record, slug
from loaders.selection import known_only, select_rows
from pages.view import stories
from pages.view.elsewhere import colophon, elsewhere
from pages.view.facets import facets
from pages.view.links import HOME, OPEN, href, linked, style_sheet
from pages.view.opened import is_opened_name, opened
from pages.view.stories import Told

TITLES = {
    "overview": "Overview",
    "timeline": "Timeline",
    "map": "Map",
    "quotes": "Quotes",
    "people": "People",
    "tables": "Tables",
    OPEN: "Open a blog",
}
"""The pages, by their name in a URL, in the order of the navigation."""

ONLY_HERE = "This blog was opened in one session and is shown in no other, nor in a frame."


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

    @property
    def is_opened(self) -> bool:
        """Whether the reader opened this blog, for this session alone."""
        return is_opened_name(self.story)

    @property
    def caution(self) -> str:
        """What holds for a link to this view; empty where it works for everybody."""
        return "the link works only in the session this blog was opened in" if self.is_opened else ""

    def cited(self, address: str) -> str:
        """A relative address as a citation gives it, with what holds for it."""
        return f"{self.link(address)}{f' ({self.caution})' if self.caution else ''}"

    @property
    def file_stem(self) -> str:
        """What files made from this story are called: its folder's name, or for an opened blog its title."""
        return (slug(self.record.blog.title) or "opened-blog") if self.is_opened else self.story

    def now(self) -> View:
        """This view with what its URL and its reader say by now: a fragment runs again without its page."""
        return replace(self, filters=_asked(self.record)[0], look=_look())


def open_view(page: str, table: str) -> View | None:
    """Draws the frame of a page and returns its view; None where the story cannot be shown, with the reason.

    Args:
        page: The page's name in the URL.
        table: The table its filters count.
    """
    found = _found(page)
    if found is None:
        _not_here(page)
        return None
    view, said = found
    if view is None:
        linked(refusal(*said), "trouble")
        return None
    has_choice = len(stories.slugs()) + len(opened()) > 1
    _style(view.parties, "front" if page == HOME else "", "opening" if has_choice else "")
    linked(_masthead(page, said, _opened_line(view)), "masthead", brings_code=True)
    with st.sidebar:
        linked(_stories(page, view.story) + facets(view.told, page, table, view.filters), "facets")
    return view


def open_embedded(page: str) -> View | None:
    """The view of a page in a frame of somebody's own page; None where it cannot be shown, with the reason.

    Draws nothing of the frame around a page, but what is to be said of a link that asks for what there is not.
    """
    view, said = _found(page) or (None, (ONLY_HERE,))
    _style(view.parties if view else Parties((), {}), "embedded")
    linked(_words(said), "said", brings_code=True)
    return view


def _found(page: str) -> tuple[View | None, tuple[str, ...]] | None:
    """The view that the URL asks for, and what is to be said of it; None where its blog is open elsewhere.

    Where its story cannot be read there is no view, and what is said is the reason.
    """
    own, mine = stories.slugs(), opened()
    asked = (st.query_params.get_all("story") or [""])[-1]
    if is_opened_name(asked) and asked not in mine:
        return None
    name = asked if asked in (*own, *mine) else next(iter(own), "")
    try:
        told = mine.get(name) or stories.load(name)
    except LoaderError as error:
        return None, (str(error),)
    filters, said = _asked(told.record)
    if filters.story and filters.story != name:
        said = (*said, f"There is no story “{filters.story[:40]}”; this is “{name}”.")
    filters = replace(filters, story=name if name in mine or name != own[0] else "")
    return View(page, name, told, filters, _look(), _origin()), said


def open_frame(page: str, said: tuple[str, ...] = (), *, keeps: bool = True) -> None:
    """Draws the frame of a page that shows no story; `keeps` lets links to other pages keep what the URL asks for."""
    _style(Parties((), {}), "opening")
    linked(_masthead(page, said, keeps=keeps), "masthead", brings_code=True)
    with st.sidebar:
        linked(_stories(HOME, ""), "facets")


def _not_here(page: str) -> None:
    """What is shown for a link to a blog that is not open in this session."""
    own = stories.slugs()
    _style(Parties((), {}), "opening")
    linked(_masthead(page, keeps=False), "masthead", brings_code=True)
    with st.sidebar:
        linked(_stories(HOME, ""), "facets")
    try:
        first = stories.load(own[0]).record.blog.title if own else ""
    except LoaderError:
        first = ""
    linked(elsewhere(first) + colophon(), "elsewhere")


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


def _style(parties: Parties, *more: str) -> None:
    """Sends the colours and the style sheet of all pages, and after it those that this one alone needs."""
    sheets = [style_sheet(name) for name in ("style", *more) if name]
    st.html(f"<style>{_colours(parties)}\n{''.join(sheets)}</style>")


def _colours(parties: Parties) -> str:
    """The colours of both appearances as CSS variables: the browser takes the one its reader has chosen."""
    both = {**INKS} | {party.id: (party.light, party.dark) for party in parties.shown}
    both[OTHERS] = both["muted"]
    set_up = "".join(f"--{name}:light-dark({light},{dark});" for name, (light, dark) in both.items())
    classes = "".join(f".dl .{party.id}{{--party:var(--{party.id})}}" for party in parties.shown)
    return f".stApp{{{set_up}}}.dl .party{{--party:var(--{OTHERS})}}{classes}"


def _masthead(page: str, said: tuple[str, ...] = (), line: Html = EMPTY, *, keeps: bool = True) -> Html:
    """The name, the pages and what is to be said; `keeps` lets links to other pages keep the view's filters."""
    go = "keep" if keeps else True
    pages = (
        tag(
            "a",
            title,
            href="./" if name == HOME else name,
            data_go=go,
            aria_current="page" if name == page else None,
            class_="open" if name == OPEN else None,
        )
        for name, title in TITLES.items()
    )
    home = tag("a", "Dateline", href="./", data_go=go, class_="brand", aria_label="Dateline, to the overview")
    masthead = tag("div", home, tag("nav", *pages, aria_label="Pages"), class_="masthead")
    return masthead + line + _words(said)


def _words(said: tuple[str, ...]) -> Html:
    """What is to be said of a link that asks for what there is not."""
    words = (tag("p", sentence) for sentence in said)
    return tag("div", *words, class_="words", role="status") if said else EMPTY


def refusal(*said: str) -> Html:
    """Why something cannot be shown, in the words of its error."""
    return tag("pre", *said, class_="trouble", role="alert")


def _opened_line(view: View) -> Html:
    """Which opened blog a page shows, and that nobody else sees it."""
    if not view.is_opened:
        return EMPTY
    return tag(
        "p",
        tag("b", tag("bdi", view.record.blog.title)),
        tag("span", "opened by you, in this session only"),
        tag("a", "Close", href=closing(view.story), data_go=True, id="dl-close-blog"),
        class_="opened-line",
    )


def closing(name: str) -> str:
    """The address that closes an opened blog."""
    return f"{OPEN}?close={name}"


def _stories(page: str, shown: str) -> Html:
    """The stories there are and the blogs opened in this session, each a link to this page of it."""
    listed = stories.titles()
    own = len(listed)
    listed |= {name: told.record.blog.title for name, told in opened().items()}
    if len(listed) < 2 and shown:
        return EMPTY
    items = [
        tag(
            "li",
            tag(
                "a",
                tag("bdi", said),
                href=href(page, Filters(story=name if number or not own else "")),
                data_go=True,
                aria_current="true" if name == shown else None,
            ),
            tag("span", "opened in this session", class_="quiet") if number >= own else None,
        )
        for number, (name, said) in enumerate(listed.items())
    ]
    title = "Story" if own == len(listed) else "Stories and opened blogs"
    return tag("section", tag("h2", title), tag("ul", *items), class_="facet stories")
