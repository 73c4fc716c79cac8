"""Links that are views: HTML whose links change the page in place, and open cold as well.

The URL is the only state of a page. A link followed in the page writes the URL and reruns; opened anywhere
else it shows the same view.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import streamlit as st

from loaders.drawing.markup import Html, Piece, tag
from loaders.filters import Filters, to_query

HERE = Path(__file__).parent
HOME = "overview"
OPEN = "open_blog"
"""The page a blog is opened on; the only one that shows no story."""
_PAGES = "_pages"
_PAGE = "_page"


def href(page: str, filters: Filters) -> str:
    """The relative address of a view, as good in a browser's address bar as in the page."""
    query = urlencode(to_query(filters), doseq=True)
    return f"{'./' if page == HOME else page}{'?' if query else ''}{query}"


def choice_link(said: Piece, address: str, *, is_chosen: bool, key: str | None = None) -> Html:
    """One of several things to choose, as a link to the view with it."""
    return tag("a", said, href=address, data_go=True, id=key, aria_current="true" if is_chosen else None)


def drop_link(words: str, address: str, key: str | None = None) -> Html:
    """A filter in words, as a link to the view without it."""
    return tag(
        "a",
        words,
        tag("span", "×", aria_hidden="true"),
        data_go=True,
        class_="drop",
        title="Drop this filter",
        href=address,
        id=key,
    )


def opened(pages: Mapping[str, Any], page: str) -> None:
    """Remembers which pages there are and which one is shown, for the links on it."""
    st.session_state[_PAGES], st.session_state[_PAGE] = dict(pages), page


def linked(body: Html, key: str, *, brings_code: bool = False) -> None:
    """Shows HTML whose `a[data-go]` links, forms and `button[data-copy]` work in the page.

    The code behind them is sent once a page, by the piece that `brings_code`; the others wait for it. In
    somebody's frame the links open in windows of their own.
    """
    mount = _with_code() if brings_code else _waiting()
    away = {"away": True} if st.context.is_embedded else {}
    mount(data={"html": body.code, **away}, key=key, on_go_change=lambda: follow(st.session_state[key].go))


def follow(address: str | None) -> None:
    """Goes where a link on the page leads; an address that is no view of ours leads nowhere."""
    if not address:
        return
    parts = urlsplit(address)
    page = parts.path.strip("./") or HOME
    pages = st.session_state.get(_PAGES, {})
    if page not in pages or parts.netloc:
        return
    query = parse_qs(parts.query)
    if page == st.session_state.get(_PAGE):
        st.query_params.from_dict(query)
    else:
        st.switch_page(pages[page], query_params=query)


# Styles are not isolated: the style sheet, too, is sent once a page.
_ROOT = '<div class="dl"></div>\n'
_WAIT = """export default (component) => {
  globalThis.dateline ? globalThis.dateline(component) : (globalThis.datelineWaiting ??= []).push(component)
}
"""


@cache
def _with_code() -> Callable[..., Any]:
    code = script("links.js")
    made: Callable[..., Any] = st.components.v2.component(
        "dateline_code", html=_ROOT, js=code, isolate_styles=False
    )
    return made


@cache
def _waiting() -> Callable[..., Any]:
    made: Callable[..., Any] = st.components.v2.component(
        "dateline_links", html=_ROOT, js=_WAIT, isolate_styles=False
    )
    return made


def script(name: str) -> str:
    """A script beside this file, without comments and indentation: it is sent to every reader."""
    lines = (line.strip() for line in (HERE / name).read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@cache
def style_sheet(name: str) -> str:
    """A style sheet beside this file, without comments and needless space: "style" is for all the pages write."""
    code = re.sub(r"/\*.*?\*/", "", (HERE / f"{name}.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\s*([{};,>])\s*|(:)?\s+", lambda found: found[1] or found[2] or " ", code).strip()
