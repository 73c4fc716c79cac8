"""A record in which every word from outside is an attack on the page that shows it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from loaders.model import Record
from loaders.schema import TABLES

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
