"""Buttons that download: the file is made when it is asked for, and kept until the reader has it.

Streamlit makes a file on demand and forgets it as soon as any two other readers have had an answer. On a busy server
that is sooner than a slow line can ask for it: the download fails. Here it is held for its reader as well, until that
reader's next answer, as a picture on the page would be.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Thread

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx


def download(label: str, make: Callable[[], bytes], *, file_name: str, mime: str, key: str) -> None:
    """A button that downloads what `make` gives.

    Args:
        label: What the button says.
        make: Makes the file; called in a thread of its own, whenever the button is pressed.
        file_name: What the file is called.
        mime: What kind of file it is.
        key: The button's key, one on a page.
    """
    st.download_button(
        label,
        data=_held(make, file_name, mime),
        file_name=file_name,
        mime=mime,
        on_click="ignore",
        type="tertiary",
        key=key,
    )


def csv_downloads(
    rows: str, make: Callable[[bool], bytes], *, file_name: Callable[[str], str], key: str
) -> None:
    """Two buttons that download rows as CSV: as they are, and made harmless for spreadsheets.

    Args:
        rows: How many rows of what, in words.
        make: Makes the file, for spreadsheets or not.
        file_name: What the file of that ending is called.
        key: Which rows of the page these are.
    """
    with st.container(horizontal=True, key=f"downloads-{key}", gap="small"):
        for title, spreadsheet, suffix in (
            ("CSV", False, "csv"),
            ("CSV for spreadsheets", True, "spreadsheet.csv"),
        ):
            download(
                f"Download {rows} as {title}",
                partial(make, spreadsheet),
                file_name=file_name(suffix),
                mime="text/csv",
                key=f"download-{key}-{suffix}",
            )


def _held(make: Callable[[], bytes], file_name: str, mime: str) -> Callable[[], bytes]:
    """`make`, whose file this session holds until it runs again."""
    context = get_script_run_ctx()

    def made() -> bytes:
        content = make()
        if context is not None and runtime.exists():
            holding = Thread(target=_hold, args=(content, file_name, mime, context.session_id))
            add_script_run_ctx(holding, context)
            holding.start()
            holding.join()
        return content

    return made


def _hold(content: bytes, file_name: str, mime: str, session: str) -> None:
    server = runtime.get_instance()
    server.media_file_mgr.add(content, mime, f"held {file_name}", file_name, is_for_static_download=True)
    if not server.is_active_session(session):  # gone meanwhile, and nobody would let go of it
        server.media_file_mgr.clear_session_refs(session)
