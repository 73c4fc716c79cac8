"""Links that are views: HTML whose links change the page in place, and open cold as well.

The URL is the only state of a page. A link followed in the page writes the URL and reruns; opened anywhere
else it shows the same view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import streamlit as st

from loaders.filters import Filters, to_query
from pages.view.markup import Html

HERE = Path(__file__).parent
HOME = "overview"
_PAGES = "_pages"
_PAGE = "_page"


def href(page: str, filters: Filters) -> str:
    """The relative address of a view, as good in a browser's address bar as in the page."""
    query = urlencode(to_query(filters), doseq=True)
    return f"{'./' if page == HOME else page}{'?' if query else ''}{query}"


def opened(pages: Mapping[str, Any], page: str) -> None:
    """Remembers which pages there are and which one is shown, for the links on it."""
    st.session_state[_PAGES], st.session_state[_PAGE] = dict(pages), page


def linked(body: Html, key: str) -> None:
    """Shows HTML whose `a[data-go]` links, forms and `button[data-copy]` work in the page."""
    _component()(data={"html": body.code}, key=key, on_go_change=lambda: follow(st.session_state[key].go))


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


@cache
def _component() -> Callable[..., Any]:
    # Styles are not isolated: the style sheet is sent once for the page and not with each piece.
    made: Callable[..., Any] = st.components.v2.component(
        "dateline_links",
        html='<div class="dl"></div>\n',
        js=(HERE / "links.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
    return made


@cache
def style_sheet() -> str:
    """The style of everything the pages write in HTML."""
    return (HERE / "style.css").read_text(encoding="utf-8")
