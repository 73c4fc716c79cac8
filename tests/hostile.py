"""Words meant to be run, opened or believed: what a stranger's page, paste, link or file may hold.

None of them may ever be more than text. What would run sets `globalThis.ran`; what would fetch asks
198.51.100.1, an address that stands for nobody (RFC 5737).
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from loaders.model import Record
from loaders.schema import TABLES

HOSTILE = (
    # what it would be, and where it would be that
    "<script>globalThis.ran=1</script>",  # HTML
    "<img src=x onerror=globalThis.ran=1>",
    "<svg/onload=globalThis.ran=1><style>*{display:none}</style>",
    "' onmouseover='globalThis.ran=1",  # the end of an attribute
    '" autofocus onfocus="globalThis.ran=1',
    "</title></textarea></style></script><b>bold</b>",  # the end of an element
    "[read](javascript:globalThis.ran=1) ![x](http://198.51.100.1/x.png)",  # Markdown
    "# **bold** _and_ `code` ~~gone~~ <http://198.51.100.1>",
    "$\\LaTeX$ $$\\frac{1}{2}$$ \\(x\\)",  # formulas
    ":red[no] :material/delete: :streamlit: :blue-background[x] :smile:",  # Streamlit's own marks
    '=HYPERLINK("http://198.51.100.1","x")',  # spreadsheets
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "%{x} %{customdata[0]} <br> {words} {0}",  # templates of Plotly, pydeck and Python
    "@@=globalThis.ran=1",  # the code and the constants of a deck
    "@@#GL.ONE",
    "&lt;b&gt; &amp;amp; &#x41;",  # entities
    "\u202egnp.exe \u2066x",  # writing turned around
    "javascript:globalThis.ran=1",
    "../../etc/passwd\\..\\C:",  # paths
)

NOT_SEEN = ("a\x00b", "a\x1b[31mb", "a\u200bb\ufeff", "a\u2028b")
"""Words with what shows nothing: a null byte, a terminal's command, a width of nothing, a line's end."""

ATTACK = (
    "</script></style></title></textarea><script>window.ran=1</script><img src=x onerror=window.ran=1>"
    "\"'><svg onload=window.ran=1> ='x' onfocus='window.ran=1' autofocus javascript:window.ran=1 "
    "\u202egnp.exe\u202c \x00 &lt; &#60; ]]> --> ${window.ran=1}"
)
ADDRESS = "javascript:window.ran=1//'\"><script>window.ran=1</script>"
ID = "x' onmouseover='window.ran=1' y=\"<script>window.ran=1</script>"

_KEPT = {"quote_type", "status", "granularity", "clock", "entity_type", "sense", "form", "action", "table"}
"""Columns whose values are checked against closed lists wherever a record comes from."""


def hostile(record: Record) -> Record:
    """The record with the attack in every text, address, name and cell that is free, and one id that is one."""
    tables = {name: _attacked(name, rows) for name, rows in record.tables()}
    text = record.text
    for start in record.posts["start"]:
        text = text[:start] + ATTACK + text[start + len(ATTACK) :]
    blog = replace(record.blog, text=text, title=ATTACK, outlet=ATTACK, url=ADDRESS)
    found = replace(record, text=text, blog=blog, **tables)
    assert len(found.text) == len(record.text)
    return found


def _attacked(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    schema = TABLES[name]
    free = {
        column.name: rows[column.name] + ATTACK
        for column in schema.columns
        if column.type in ("text", "country")
        and column.name not in _KEPT
        and not column.name.endswith("_id")
        and column.name not in ("url", "value", "row")
    }
    changed = rows.assign(**free)
    if "url" in changed:
        changed = changed.assign(url=ADDRESS)
    places = [column for column in ("location_id", "destination_id", "entity_id") if column in changed]
    return changed.assign(**{column: changed[column].replace("sunan", ID) for column in places})
