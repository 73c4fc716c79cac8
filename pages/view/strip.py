"""The day as a strip: every dated event of the story on one folded axis, as SVG."""

from __future__ import annotations

import pandas as pd

from loaders.drawing.lanes import scale_of, shown_events
from loaders.drawing.marks import look
from loaders.drawing.markup import EMPTY, Html, tag
from loaders.drawing.rows import Row, is_known, records
from loaders.drawing.scale import EDGE, Scale, Tick, ticks
from loaders.moments import interval
from pages.view.frame import View

WIDTH, ROW, TOP = 640.0, 9.0, 20.0
_MOST_ROWS = 14


def day_strip(view: View, events: pd.DataFrame) -> Html:
    """Bars of the dated events, stacked where they overlap, with the posts below; nothing without any."""
    dated = shown_events(events)
    scale = scale_of(view.record, dated)
    if scale is None or dated.empty:
        return EMPTY
    bars, rows = _stacked(scale, dated)
    height = TOP + rows * ROW + 16
    shapes = [_bar(view, row, x, wide, TOP + n * ROW) for row, x, wide, n in bars]
    return tag(
        "svg",
        *_axis(view, scale, height),
        *shapes,
        *_posts(view, scale, height - 10),
        viewBox=f"0 0 {WIDTH:g} {height:g}",
        class_="strip-of-day",
        role="group",
        aria_label="The events on an axis of time; the same events follow as a list",
    )


def _stacked(scale: Scale, events: pd.DataFrame) -> tuple[list[tuple[Row, float, float, int]], int]:
    reached: list[float] = []
    found = []
    spans = [(row, *_span(scale, row)) for row in records(events)]
    for row, start, end in sorted(spans, key=lambda each: (each[1], -each[2])):
        n = next((n for n, far in enumerate(reached) if far < start), len(reached))
        n = min(n, _MOST_ROWS - 1)
        reached[n : n + 1] = [end + 2]
        found.append((row, start, end - start, n))
    return found, len(reached)


def _span(scale: Scale, row: Row) -> tuple[float, float]:
    end = scale.at(row["end_at"]) * WIDTH if is_known(row["end_at"]) else scale.at(row["start_at"]) * WIDTH
    start = scale.at(row["start_at"]) * WIDTH if is_known(row["start_at"]) else max(end - 24, 0)
    return (start, end) if end - start >= 4 else (max(end - 4, 0), max(end, 4))


def _bar(view: View, row: Row, x: float, wide: float, y: float) -> Html:
    when = interval(row["start_at"], row["end_at"], view.zone, row["granularity"])
    rect = tag(
        "rect",
        tag("title", f"{when}: {row['title']}"),  # what turns writing around turns nothing but itself
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        width=f"{wide:.1f}",
        height="6",
        class_=look(row),
    )
    return tag(
        "a",
        rect,
        href=view.chosen("event", row["event_id"]),
        data_go=True,
        tabindex="-1",
        aria_hidden="true",
        class_=f"party {view.parties.of(row['participants'])}",
    )


def _axis(view: View, scale: Scale, height: float) -> list[Html]:
    parts = [
        tag(
            "rect",
            x=f"{scale.at(start) * WIDTH:.1f}",
            y="0",
            width=f"{(scale.at(end) - scale.at(start)) * WIDTH:.1f}",
            height=f"{height:g}",
            class_="fold",
        )
        for start, end in scale.folds
    ]
    for mark in ticks(scale, view.zone, WIDTH, room=62):
        x = f"{mark.x * WIDTH:.1f}"
        anchor = "start" if mark.x < EDGE else "end" if mark.x > 1 - EDGE else "middle"
        parts += [
            tag("line", x1=x, x2=x, y1=f"{TOP - 5:g}", y2=f"{height:g}", class_="grid"),
            tag(
                "text",
                *_said(mark),
                x=x,
                y="11",
                text_anchor=anchor,
                class_="day" if mark.is_day else "hour",
            ),
        ]
    return parts


def _said(mark: Tick) -> tuple[str | Html, ...]:
    """A tick's words; the month after a day is told apart, for a narrow screen leaves it out."""
    day, _, month = mark.label.rpartition(" ")
    return (day, tag("tspan", f" {month}")) if mark.is_day and month.isalpha() else (mark.label,)


def _posts(view: View, scale: Scale, y: float) -> list[Html]:
    found = []
    for post in records(view.record.posts):
        at = post["posted_at"] if is_known(post["posted_at"]) else post["posted_to"]
        if is_known(at):
            x = f"{scale.at(at) * WIDTH:.1f}"
            found.append(
                tag(
                    "line",
                    tag("title", f"Posted: {post['headline']}"),
                    x1=x,
                    x2=x,
                    y1=f"{y:g}",
                    y2=f"{y + 9:g}",
                    class_="post",
                )
            )
    return found
