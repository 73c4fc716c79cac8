"""The blogs a reader has opened: held in that reader's session alone, nowhere else, and only so much of them.

Nothing of them is cached or written: when the session ends (the tab is closed or loaded anew), they are gone, at most
two minutes later.
"""

from __future__ import annotations

import gc
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import streamlit as st

from loaders.errors import SourceError

if TYPE_CHECKING:
    from pages.view.stories import Told

MOST = 5
"""Blogs one session can hold."""
MOST_TEXT = 10_000_000
"""Code points all of them may have together: the largest file, or many of the usual size."""

MOST_ANYWHERE = 20_000_000
"""Code points of all sessions' blogs together: some 1.4 GB of memory."""

_HELD = "_opened"
_PREFIX = "opened-"
_anywhere: WeakValueDictionary[str, Told] = WeakValueDictionary()
"""The blogs of all sessions, to be counted; a session that ends lets go of its own."""


def opened() -> Mapping[str, Told]:
    """The blogs opened in this session and not closed, by the name each has in a link, oldest first."""
    held: Mapping[str, Told] = st.session_state.get(_HELD, {})
    return held


def is_opened_name(name: str) -> bool:
    """Whether a link's name of a story is that of a blog opened in some session."""
    return name.startswith(_PREFIX)


def keep(told: Told) -> str:
    """Holds a blog for this session; returns its name in links, which says nothing and cannot be guessed.

    Raises:
        SourceError: The session would hold too much.
    """
    refuse_more_than_fits(len(told.record.text))
    name = f"{_PREFIX}{secrets.token_hex(8)}"
    st.session_state[_HELD] = {**opened(), name: told}
    _anywhere[name] = told
    return name


def refuse_more_than_fits(characters: int) -> None:
    """Says that a blog of so many code points does not fit beside those that are open.

    Raises:
        SourceError: It does not fit.
    """
    held = [len(each.record.text) for each in opened().values()]
    if len(held) >= MOST or sum(held) + characters > MOST_TEXT:
        raise SourceError(
            "this session holds as much as it can",
            value=f"{len(held)} open blogs with {sum(held):,} characters, and {characters:,} in this one",
            allowed=f"{MOST} blogs, and {MOST_TEXT:,} characters of text in all of them together",
            advice="close one that you no longer need, then open this one",
        )
    if _held_anywhere() + characters > MOST_ANYWHERE:
        gc.collect()  # what ended sessions have let go of
        if _held_anywhere() + characters > MOST_ANYWHERE:
            raise SourceError(
                "this server holds as much as it can for all its readers",
                value=f"{characters:,} characters",
                allowed=f"{MOST_ANYWHERE:,} characters of text in the open blogs of all readers together",
                advice="try again in a few minutes, or open a part of it",
            )


def _held_anywhere() -> int:
    return sum(len(each.record.text) for each in list(_anywhere.values()))


def close(name: str) -> Told | None:
    """Lets go of a blog of this session; returns it, None where there was none of that name."""
    held = dict(opened())
    closed = held.pop(name, None)
    st.session_state[_HELD] = held
    return closed
