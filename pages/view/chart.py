"""Charts on the page: how wide they can be, and what a click on one of their marks chooses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import streamlit as st

from loaders.filters import ROWS, to_query
from pages.view.frame import View
from pages.view.links import script

CHANGING = "changing"
"""The part of a page that a click on a chart changes: its fragment's key."""

_WIDTH, _LOOK = "_width", "_look"
_USUAL = 960
_STEP = 40


@st.fragment
def fitted(drawn: Callable[[int], None]) -> None:
    """Draws a chart for the width it has, and again when that changes; nothing else of the page runs then."""
    drawn(_page_width())


@st.fragment
def filling(drawn: Callable[[int, int], None]) -> None:
    """Draws a chart in somebody's frame for the width and the height it has there, and again when they change.

    Before both are known nothing is drawn, so that it is sent once.
    """
    seen = _seen(_USUAL, fills=True)
    if seen.get("room"):
        drawn(_width_of(seen, _USUAL), min(int(seen["room"]), 2400))


def _page_width() -> int:
    """The width charts have on this reader's page, in pixels, rounded down so that small changes change nothing.

    It is not known before the page is first drawn; until then it is that of a laptop's window.
    """
    return _width_of(_seen(_USUAL), _USUAL)


def _seen(usual: int, *, fills: bool = False) -> Mapping[str, Any]:
    """What the browser says of the room for a chart; nothing before it was first drawn."""
    st.session_state[_LOOK] = look = st.context.theme.type
    found = _ruler()(
        key="ruler",
        default={"seen": {}},
        on_seen_change=_looked_at,
        data={
            "step": _STEP,
            "assumed": st.session_state.get(_WIDTH, usual),
            "look": look,
            "fills": fills,
        },
    )
    return found.seen or {}


def _looked_at() -> None:
    """Where light became dark, all that is drawn changes; else the chart alone, which runs anyway."""
    if st.session_state["ruler"].seen.get("look") != st.session_state.get(_LOOK):
        st.rerun(CHANGING)


def _width_of(seen: Mapping[str, Any], usual: int) -> int:
    return _kept(seen["width"]) if "width" in seen else int(st.session_state.setdefault(_WIDTH, usual))


def _kept(width: Any) -> int:
    st.session_state[_WIDTH] = max(280, min(int(width), 2400))
    return int(st.session_state[_WIDTH])


@cache
def _ruler() -> Any:
    return st.components.v2.component(
        "dateline_ruler",
        html='<div class="dl-ruler"></div>\n',
        js=script("ruler.js"),
        isolate_styles=False,
    )


def chosen_on(view: View, kind: str) -> str:
    """The id of the chosen row of this kind; empty where none is."""
    return view.filters.row[1] if view.filters.row and view.filters.row[0] == kind else ""


def plot(view: View, figure: Any, key: str, alt: str) -> None:
    """A Plotly figure whose marks choose a row when clicked."""
    st.plotly_chart(
        figure,
        key=key,
        theme=None,
        alt=alt,
        selection_mode="points",
        on_select=lambda: _choose(
            view, [point.get("customdata") for point in st.session_state[key].selection.points]
        ),
        config={"displayModeBar": False, "responsive": True},
    )


def draw(view: View, key: str, deck: Any, alt: str, height: int) -> None:
    """A map whose places and movements choose a row when clicked."""
    st.pydeck_chart(
        deck,
        key=key,
        height=height,
        alt=alt,
        on_select=lambda: _choose(view, _objects(st.session_state[key].selection.objects)),
    )


def _objects(objects: Any) -> Iterable[Any]:
    """The rows picked: a place by what was drawn for it, a movement by its layer ("event e-1")."""
    return [
        layer.split(" ", 1) if "key" not in each else (each["kind"], each["key"])
        for layer, picked in objects.items()
        for each in picked
    ]


def _choose(view: View, found: Iterable[Any]) -> None:
    """Writes the row a click means into the URL, and shows it; a click that means none chooses none."""
    meant = [tuple(each[:2]) for each in found if each and len(each) >= 2 and each[0] in ROWS]
    filters = view.now().filters
    st.query_params.from_dict(to_query(replace(filters, row=meant[0] if meant else None)))
    st.rerun(CHANGING)
