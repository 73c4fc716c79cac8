"""The page a blog is opened on, step by step: offer, reading, the question when it was read, and what is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import streamlit as st

from loaders.clock import YEARS
from loaders.drawing.markup import tag
from loaders.errors import LoaderError
from loaders.model import is_time_zone
from pages.view.frame import TITLES
from pages.view.links import HOME, OPEN, follow, href, linked, script
from pages.view.opened import MOST, close, keep, opened
from pages.view.opening_parts import kinds, progress, sample_text, trouble, why
from pages.view.reading import LARGEST_MB, Given, ReadTime, asks_when_read, read, sample

_STATE = "_opening"
_TEXT, _FILE, _WHEN, _ZONE = "open-text", "open-file", "open-when", "open-zone"
_NO_PLACES = ("Etc/", "SystemV/", "US/")
_FULL = f"{MOST} blogs are open, as many as one session can hold. Close one to open another."
_ENDINGS = ("txt", "html", "htm", "json", "zip")


@dataclass(frozen=True, slots=True)
class Opening:
    """How far this session is with opening a blog.

    `given` is what is to be read; `question` why its time of reading is asked; `trouble` what went wrong last.
    `files` counts the files chosen, so that the field for them is empty again each time.
    """

    given: Given | None = None
    when: ReadTime | None = None
    question: str = ""
    trouble: LoaderError | None = None
    files: int = 0


def _now() -> Opening:
    state = st.session_state.get(_STATE)
    return state if isinstance(state, Opening) else Opening()


def _becomes(state: Opening) -> None:
    st.session_state[_STATE] = state


def is_reading() -> bool:
    """Whether something waits to be read."""
    return _now().given is not None and not _now().question


def asks_when() -> bool:
    """Whether a blog waits for the moment it was read."""
    return bool(_now().question)


def has_room() -> bool:
    """Whether this session can hold another blog."""
    return len(opened()) < MOST


# --- the offer ----------------------------------------------------------------------------------------


def offers(is_open: bool) -> None:
    """A field to paste into, a file to choose, and a sample; with what went wrong last, if anything did."""
    state = _now()
    if state.trouble:
        linked(trouble(state.trouble), "trouble")
    if not is_open:
        linked(tag("p", _FULL, class_="words"), "full")
        return
    pasting, others = st.columns((8, 5), gap="large")
    with pasting, st.form("open-paste", border=False):
        st.text_area(
            "Paste the text of the page, with its stamps",
            key=_TEXT,
            height=320,
            placeholder="25 min ago\n\nThe headline of the newest post\n\nIts text …",
        )
        st.form_submit_button("Read this text", type="primary", on_click=_pasted)
    with others:
        st.file_uploader(
            f"Or choose a file of up to {LARGEST_MB} MB: saved page, text, JSON or story package",
            type=_ENDINGS,
            key=f"{_FILE}-{state.files}",
            max_upload_size=LARGEST_MB,
            on_change=_chosen,
        )
        _mended_dropzone()(key="dropzone", data={})
        linked(kinds(), "kinds")
        st.button("Try the invented sample", on_click=_given, args=(None,), key="open-sample")
        linked(sample_text(), "sample-text")


@cache
def _mended_dropzone() -> Callable[..., object]:
    made: Callable[..., object] = st.components.v2.component(
        "dateline_dropzone",
        html='<div class="dl-nothing"></div>\n',
        js=script("dropzone.js"),
        isolate_styles=False,
    )
    return made


def _pasted() -> None:
    _given(Given(str(st.session_state.get(_TEXT) or "")))


def _chosen() -> None:
    state = _now()
    if file := st.session_state.get(f"{_FILE}-{state.files}"):
        _becomes(Opening(Given(file.getvalue(), file.name), files=state.files + 1))


def _given(given: Given | None) -> None:
    _becomes(Opening(given or sample(), files=_now().files))


# --- reading ------------------------------------------------------------------------------------------


def reads() -> None:
    """Reads what was given while it says how far it is; then shows the blog, asks, or says what is wrong."""
    state = _now()
    given = state.given
    assert given is not None
    shown = st.empty()

    def tell(step: str) -> None:
        shown.html(progress(step).code)

    st.button("Stop", on_click=_stopped, key="open-stop", type="tertiary")
    try:
        told = read(given, state.when, tell)
        name = keep(told)
    except LoaderError as error:
        _failed(state, given, error)
        st.rerun()
    _becomes(Opening(files=state.files))
    st.session_state.pop(_TEXT, None)
    page = told.first_page if told.first_page in TITLES and told.first_page != OPEN else HOME
    follow(href(page, replace(told.first_filters, story=name)))
    st.rerun()


def _failed(state: Opening, given: Given, error: LoaderError) -> None:
    """Asks when the page was read where that is what is missing; otherwise offers again, with the reason."""
    if asks_when_read(error) and state.when is None:
        _becomes(replace(state, question=error.what))
        return
    _offered_again(given, error)


def _offered_again(given: Given, error: LoaderError | None = None) -> None:
    if isinstance(given.content, str) and not given.is_sample:
        st.session_state[_TEXT] = given.content
    _becomes(Opening(trouble=error, files=_now().files))


def _stopped() -> None:
    if given := _now().given:
        _offered_again(given)


# --- the question -------------------------------------------------------------------------------------


def asks() -> None:
    """Asks when the page was read, by which clock; asked only where the text's stamps count from it."""
    own = st.context.timezone or "UTC"
    own = own if is_time_zone(own) else "UTC"
    linked(why(_now().question), "why")
    with st.form("open-when", border=False), st.container(key="open-question"):
        here = datetime.now(ZoneInfo(own)).replace(second=0, microsecond=0, tzinfo=None)
        date, zone = st.columns(2)
        with date:
            st.datetime_input(
                "The page was read at",
                value=here,
                min_value=datetime(YEARS.start, 1, 1),
                max_value=here + timedelta(days=1),
                step=60,
                format="YYYY-MM-DD",
                key=_WHEN,
            )
        with zone:
            listed = zones(own)
            st.selectbox(
                "By the clock of",
                listed,
                index=listed.index(own),
                format_func=lambda name: name.replace("_", " "),
                key=_ZONE,
            )
        with st.container(horizontal=True, key="open-answers", vertical_alignment="center", gap="medium"):
            st.form_submit_button("Read the blog", type="primary", on_click=_answered)
            st.form_submit_button("Back", type="tertiary", on_click=_stopped)


def zones(own: str) -> list[str]:
    """The IANA zones to choose from: those of places, and UTC; `own` is among them."""
    named = (name for name in available_timezones() if "/" in name)
    return sorted({own, "UTC", *(name for name in named if not name.startswith(_NO_PLACES))})


def _answered() -> None:
    at, zone = st.session_state.get(_WHEN), st.session_state.get(_ZONE)
    if isinstance(at, datetime) and isinstance(zone, str):
        read_at = at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        _becomes(replace(_now(), question="", when=ReadTime(read_at, zone)))


# --- what is open -------------------------------------------------------------------------------------


def closed_by_link() -> tuple[str, ...]:
    """Closes the blog that the link to this page names; what is to be said of it."""
    name = st.query_params.get("close", "")
    if not name:
        return ()
    del st.query_params["close"]
    if st.query_params.get("story") == name:
        del st.query_params["story"]
    closed = close(name)
    return (f"Closed: {closed.record.blog.title}." if closed else "This blog is not open in this session.",)
