"""`timelinejs.json` and `timelinejs.csv`: the events as slides of TimelineJS 3 (Knight Lab).

TimelineJS knows neither intervals without an end, nor zones, nor uncertainty. So every slide says in `display_date` how
its time is known, and its dates have no finer parts than are known: a day has no hour.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from loaders.export import STARTS_A_FORMULA
from loaders.filters import Filters
from loaders.formats.values import Row, json_bytes, plain, rows_of
from loaders.model import Record, parts
from loaders.moments import CALENDAR, DAY, calendar_zone, local, said_at
from loaders.sentences import label, zone_of, zone_place

COLUMNS = (
    "Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline", "Text",
    "Media", "Media Credit", "Media Caption", "Media Thumbnail", "Alt Text", "Type", "Group", "Background",
)  # fmt: skip
"""What TimelineJS matches, by its words; a column "Start Date" would call up its older reader."""

_UNITS = ("year", "month", "day", "hour", "minute")

_Dates = tuple[datetime | None, datetime | None]
_Known = tuple[int, ...]
"""Year, month, day, hour and minute, as far as they are known."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One event as TimelineJS shows it; the words are still plain text.

    `start` and `end` are the parts of a date that are known, from the year on.
    """

    key: str
    start: _Known
    end: _Known
    said: str
    headline: str
    lines: tuple[str, ...]
    group: str


def timelinejs_json(record: Record, *, sentence: str = "") -> bytes:
    """The events as a JSON file that `new TL.Timeline(…)` reads, with a title slide.

    Args:
        record: The record, or an excerpt.
        sentence: What is shown, where it is not all of the story.
    """
    slides = list(_slides(record))
    return json_bytes(
        {
            "scale": "human",
            "title": {"unique_id": "title", "text": _text(record.blog.title, _about(record, sentence))},
            "events": [_event(slide) for slide in slides],
        }
    )


def timelinejs_csv(record: Record, *, sentence: str = "") -> bytes:
    """The events as a CSV file for TimelineJS, or for the Google sheet it reads.

    A cell that a spreadsheet would run begins with a character reference: TimelineJS shows it as the character.

    Args:
        record: The record, or an excerpt.
        sentence: What is shown, where it is not all of the story.
    """
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    title = _text(record.blog.title, _about(record, sentence))
    writer.writerow(_harmless({"Headline": title["headline"], "Text": title["text"], "Type": "title"}))
    writer.writerows(_harmless(_line(slide)) for slide in _slides(record))
    return out.getvalue().encode()


# --- slides -------------------------------------------------------------------------------------------


def _slides(record: Record) -> Iterator[Slide]:
    for row, dates in _dated(record):
        start, end = _bounds(record, row, dates)
        yield Slide(
            key=row["event_id"],
            start=start or end,
            end=end if start and end != start else (),
            said=_said(record, row, dates, start, end),
            headline=row["title"] or row["event_type"] or "An event",
            lines=tuple(_lines(record, row)),
            group=label(record, row["location_id"]) if row["location_id"] else "",
        )


def _dated(record: Record) -> Iterator[tuple[Row, _Dates]]:
    """The events that can be placed in time, each with its bounds."""
    bounds = zip(record.events["start_at"], record.events["end_at"], strict=True)
    for row, (start, end) in zip(rows_of(record, "events"), bounds, strict=True):
        dates = (local(start, "UTC"), local(end, "UTC"))
        if any(dates) or row["first_posted_at"]:
            yield row, dates


def _undated(record: Record) -> list[Row]:
    placed = {row["event_id"] for row, _ in _dated(record)}
    return [row for row in rows_of(record, "events") if row["event_id"] not in placed]


def _bounds(record: Record, row: Row, dates: _Dates) -> tuple[_Known, _Known]:
    """The parts of the first and the last date that are known; either may be empty, but not both.

    What is known to the day, month or year has no finer parts, and a bound at midnight is the day that begins or ends
    there. An event of which nothing is known has where it was first reported for both.
    """
    zone = _zone(record)
    if not any(dates):
        reported = _known(local(datetime.fromisoformat(row["first_posted_at"]), zone), 5)
        return reported, reported
    if row["granularity"] not in CALENDAR:
        start, end = (local(date, zone) for date in dates)
        return _known(start, _fineness(start)), _known(_before_midnight(end), _fineness(end))
    own = calendar_zone(*dates, zone)
    start, end = local(dates[0] or dates[1], own), local(dates[1] or dates[0], own)
    count = CALENDAR.index(row["granularity"]) + 1
    if start and end and end - start <= DAY * 1.5:
        start = end = start + (end - start) / 2
    elif start and end:
        start, end = start + DAY / 2, end - DAY / 2
    return _known(start, count), _known(end, count)


def _known(moment: datetime | None, count: int) -> _Known:
    return moment.timetuple()[:count] if moment else ()


def _fineness(moment: datetime | None) -> int:
    """The parts of a bound that say something: a midnight is where a day begins or ends, not a time of day."""
    return 3 if moment and moment.time() == time.min else 5


def _before_midnight(moment: datetime | None) -> datetime | None:
    return moment - DAY / 2 if moment and moment.time() == time.min else moment


def _said(record: Record, row: Row, dates: _Dates, start: _Known, end: _Known) -> str:
    """When an event was, no more exact than it is known, and by which clock."""
    has_clock = len(start) == 5 or len(end) == 5
    clock = f" ({_clock(record, dates)})" if has_clock else ""
    if not any(dates):
        return f"Time not known; first reported {_date_words(start)}{clock}"
    if row["granularity"] in CALENDAR:
        return _date_words(start) if start == end else f"{_date_words(start)} – {_date_words(end)}"
    if not start:
        said = f"y {'the end of ' if len(end) == 3 else ''}{_date_words(end)}{clock}"
        return f"Time not stated; b{said}" if row["time_basis"] == "bounded by the post" else f"B{said}"
    if not end:
        return f"{'From' if len(start) == 3 else 'After'} {_date_words(start)}{clock}"
    if start == end:
        return f"{_date_words(start)}{clock}"
    first = f"{start[3]:02}:{start[4]:02}" if has_clock and start[:3] == end[:3] and len(start) == 5 else ""
    if row["time_basis"] == "stated":
        return f"{f'{first}–' if first else f'{_date_words(start)} – '}{_date_words(end)}{clock}"
    return f"Between {first or _date_words(start)} and {_date_words(end)}{clock}"


def _date_words(known: _Known) -> str:
    """The known parts of a date as "13:58, 13 Sep 2023", "12 Sep 2023", "April 2023" or "2021"."""
    year, month, date = (*known[:3], 1, 1)[:3]
    day = datetime(year, month, date)
    if len(known) < 3:
        return f"{day:%B} {day.year}" if len(known) == 2 else f"{day.year}"
    said = f"{day.day} {day:%b} {day.year}"
    return f"{known[3]:02}:{known[4]:02}, {said}" if len(known) == 5 else said


def _zone(record: Record) -> str:
    """The clock all slides show: TimelineJS puts them in order by it."""
    return zone_of(record, Filters())


def _clock(record: Record, dates: _Dates) -> str:
    zone = _zone(record)
    if (place := zone_place(record, zone)) != zone:
        return f"{place} time"
    known = next((moment for moment in dates if moment), None)
    return f"{known.astimezone(ZoneInfo(zone)):%Z}" if known and zone != "UTC" else zone


def _lines(record: Record, row: Row) -> Iterator[str]:
    """The words under a slide's headline: the evidence, and on whose word it stands."""
    if row["evidence"]:
        yield f"“{row['evidence']}”"
    status = "" if row["status"] == "happened" else (row["status"] or "")
    said = [
        status,
        f"on the word of {', '.join(parts(row['sources']))}" if row["sources"] else "",
        row["source_type"] or "",
        f"to {label(record, row['destination_id'])}" if row["destination_id"] else "",
        "background" if row["is_background"] else "",
    ]
    if known := [each for each in said if each]:
        yield " · ".join(known)


def _about(record: Record, sentence: str) -> list[str]:
    """What the title slide says: the source, what is shown, and which events have no time at all."""
    blog = record.blog
    read = f"read at {said_at(blog.read_at, 'UTC')} UTC" if blog.read_at else ""
    lines = [", ".join(filter(None, (blog.outlet, read))), sentence]
    if undated := _undated(record):
        lines.append(f"Without any time: {'; '.join(row['title'] or '' for row in undated)}")
    return [line for line in lines if line]


# --- as TimelineJS reads it ---------------------------------------------------------------------------


def _text(headline: str, lines: Sequence[str]) -> dict[str, str]:
    return {
        "headline": escaped(headline),
        "text": "".join(f"<p>{escaped(line)}</p>" for line in lines),
    }


def _event(slide: Slide) -> dict[str, Any]:
    found: dict[str, Any] = {
        "unique_id": slide.key,
        "start_date": _date(slide.start),
        "display_date": stripped_and_shown(slide.said),
        "text": _text(slide.headline, slide.lines),
    }
    if slide.end:
        found["end_date"] = _date(slide.end)
    if slide.group:
        found["group"] = stripped_and_shown(slide.group)
    return found


def _date(known: _Known) -> dict[str, int]:
    return dict(zip(_UNITS, known, strict=False))


def _line(slide: Slide) -> Mapping[str, str]:
    text = _text(slide.headline, slide.lines)
    return {
        **dict(zip(COLUMNS[:4], _cells(slide.start), strict=False)),
        **dict(zip(COLUMNS[4:8], _cells(slide.end), strict=False)),
        "Display Date": stripped_and_shown(slide.said),
        "Headline": text["headline"],
        "Text": text["text"],
        "Group": stripped_and_shown(slide.group),
    }


def _cells(known: _Known) -> list[str]:
    clock = [f"{known[3]:02}:{known[4]:02}"] if len(known) == 5 else []
    return list(chain(map(str, known[:3]), clock))


def escaped(words: str) -> str:
    """Text for a field that TimelineJS shows as HTML."""
    return html.escape(plain(words).replace("\n", " "))


def stripped_and_shown(words: str) -> str:
    """Text for a field whose markup TimelineJS strips and then shows as HTML all the same: escaped twice."""
    return html.escape(html.escape(plain(words).replace("\n", " ")))


def _harmless(cells: Mapping[str, str]) -> dict[str, str]:
    """Cells of which none begins as a formula does."""
    return {
        name: STARTS_A_FORMULA.sub(_referred, cell, count=1) if STARTS_A_FORMULA.match(cell) else cell
        for name, cell in cells.items()
    }


def _referred(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in found[0])
