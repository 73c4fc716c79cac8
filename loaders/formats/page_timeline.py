"""The timeline of the offline page as SVG: across in shares of its width, down in pixels.

So labels keep their size and only move apart where there is more room than they were laid out for: one drawing
serves every width from the one it was laid out for up to the next drawing's.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from loaders.drawing.lanes import Lane, Layout, laid_out, most_told, posted_at, shown_events
from loaders.drawing.marks import LINE, Placed, wrapped
from loaders.drawing.markup import EMPTY, Html, Piece, joined, tag
from loaders.drawing.scale import EDGE, ticks
from loaders.formats.page_view import Page, address

WIDTHS = {"narrow": 320.0, "middle": 460.0, "broad": 670.0, "wide": 950.0}
"""The class of each drawing, and the width of the axis in pixels from which it serves."""

GUTTER = 168
LETTER = 6.7
"""Width of a letter of a label in pixels, in the wider of the fonts a reader may have."""

_TOP, _FOOT, _BAR, _BAR_AT = 26, 34, 9, 7
_TICK_ROOM = 64
_MOST_LABELLED = 60


def timeline(page: Page) -> Html:
    """The drawings of the timeline, of which a window shows the one for its width; nothing without dated events."""
    shown = _most_told(page.record.events)
    drawings = [drawn for name, width in WIDTHS.items() if (drawn := _drawing(page, shown, name, width))]
    left = int((~page.record.events["is_background"]).sum()) - len(shown)
    note = tag(
        "p",
        f"Drawn are the {len(shown)} events that most posts report; {left} more follow in the table.",
        class_="quiet",
    )
    return joined(drawings) + (note if drawings and left > 0 and len(shown) >= _MOST_LABELLED else EMPTY)


def _most_told(events: pd.DataFrame) -> pd.DataFrame:
    """The events a drawing has room for."""
    current = shown_events(events)
    return current[current["event_id"].isin(most_told(current)[:_MOST_LABELLED])]


def _drawing(page: Page, events: pd.DataFrame, name: str, width: float) -> Html:
    whose = {
        str(key): page.colour(who)
        for key, who in zip(events["event_id"], events["participants"], strict=True)
    }
    has_gutter = name != "narrow"
    layout = laid_out(
        page.record, events, "place", width, whose, left=GUTTER if has_gutter else 0, letter=LETTER
    )
    if layout is None:
        return EMPTY
    height = layout.rows * layout.pitch + _TOP + _FOOT
    svg = tag(
        "svg",
        *_folds(layout, height),
        *_rules(layout, has_gutter),
        *(_ticks(page, layout, number, zone, height) for number, zone in enumerate(page.zones)),
        *_rug(page, layout, has_gutter),
        *(_lane(layout, lane, has_gutter) for lane in layout.lanes),
        *(
            _mark(page, layout, mark)
            for mark in sorted(layout.marks, key=lambda mark: (mark.row, mark.start))
        ),
        height=f"{height:.0f}",
        role="group",
        aria_label=f"Timeline of {len(layout.marks)} events; the same events follow as a table",
    )
    return tag("div", svg, class_=f"timeline {name}")


def _share(fraction: float) -> str:
    return f"{100 * fraction:.2f}%"


def _folds(layout: Layout, height: float) -> Iterator[Html]:
    """A tint where the axis is folded."""
    for start, end in layout.scale.folds:
        left, right = layout.scale.at(start), layout.scale.at(end)
        yield tag(
            "rect",
            x=_share(left),
            y=str(_TOP),
            width=_share(right - left),
            height=f"{height - _TOP:.0f}",
            class_="fold",
        )


def _rules(layout: Layout, has_gutter: bool) -> Iterator[Html]:
    for row in (*(lane.first for lane in layout.lanes), layout.rows):
        y = f"{row * layout.pitch + _TOP:.1f}"
        yield tag("line", x1=f"-{GUTTER}" if has_gutter else "0", x2="100%", y1=y, y2=y, class_="rule")


def _ticks(page: Page, layout: Layout, number: int, zone: str, height: float) -> Html:
    """The axis on one of the clocks; all but the first wait for the reader to choose theirs."""
    pieces: list[Piece] = []
    for tick in ticks(layout.scale, zone, layout.width, room=_TICK_ROOM):
        x = _share(tick.x)
        anchor = "start" if tick.x < EDGE else "end" if tick.x > 1 - EDGE else "middle"
        pieces.append(tag("line", x1=x, x2=x, y1=str(_TOP), y2=f"{height - 8:.0f}", class_="rule"))
        pieces.append(
            tag(
                "text",
                tick.label,
                x=x,
                y=str(_TOP - 9),
                text_anchor=anchor,
                class_="tick day" if tick.is_day else "tick",
            )
        )
    return tag("g", *pieces, data_zone=str(number), hidden=number > 0)


def _rug(page: Page, layout: Layout, has_gutter: bool) -> Iterator[Html]:
    """The posts as ticks below, while they are few each a link for the mouse; by keyboard they are in the text."""
    y = layout.rows * layout.pitch + _TOP
    if has_gutter:
        yield tag("text", "Posts", x=f"-{GUTTER}", y=f"{y + 18:.0f}", class_="lane")
    posts = [(key, post, at) for key, post in page.rows["post"].items() if (at := posted_at(post))]
    if len(posts) > _MOST_LABELLED:
        yield _many_ticks(sorted({round(1000 * layout.scale.at(at)) for _, _, at in posts}), y + 6)
        return
    for key, post, at in posts:
        x = _share(round(layout.scale.at(at), 3))
        line = tag("line", x1=x, x2=x, y1=f"{y + 6:.0f}", y2=f"{y + 20:.0f}", class_="posted")
        title = tag("title", post["headline"] or "A post")
        yield tag("a", title, line, href=address("post", key), tabindex="-1", aria_hidden="true")


def _many_ticks(thousandths: list[int], y: float) -> Html:
    """Ticks as one path, stretched over the axis; where each stands is told in thousandths of it."""
    path = tag("path", d="".join(f"M{x} 0v14" for x in thousandths), class_="posted")
    return tag("svg", path, y=f"{y:.0f}", height="14", viewBox="0 0 1000 14", preserveaspectratio="none")


def _lane(layout: Layout, lane: Lane, has_gutter: bool) -> Html:
    """A lane's name: left of the axis, or above its rows where there is no room."""
    y = lane.first * layout.pitch + _TOP + 16
    letters = int((GUTTER if has_gutter else layout.width) / (LETTER * 1.08))
    x = f"-{GUTTER}" if has_gutter else "0"
    lines = [
        tag("tspan", line, x=x, y=f"{y + 16 * number:.1f}")
        for number, line in enumerate(wrapped(lane.name, letters, 2 if has_gutter else 1))
    ]
    return tag("text", *lines, class_="lane")


def _mark(page: Page, layout: Layout, mark: Placed) -> Html:
    """An event: its bar, its label above, and a thread to the moment it was posted."""
    foot = (mark.row + 1) * layout.pitch + _TOP - _BAR_AT
    middle = f"{foot - _BAR / 2:.1f}"
    pieces: list[Html] = []
    if mark.posted is not None:
        end = _share(mark.posted)
        pieces.append(tag("line", x1=_share(mark.end), x2=end, y1=middle, y2=middle, class_="thread"))
        pieces.append(tag("line", x1=end, x2=end, y1=f"{foot - _BAR:.1f}", y2=f"{foot:.1f}", class_="thread"))
    pieces.append(
        tag(
            "rect",
            x=_share(mark.start),
            y=f"{foot - _BAR:.1f}",
            width=_share(mark.end - mark.start),
            height=str(_BAR),
            class_=mark.look,
        )
    )
    if mark.is_open:
        head = tag("path", d=f"M1 -{_BAR / 2 + 2}L-7 0L1 {_BAR / 2 + 2}z", class_="faded")
        pieces.append(tag("svg", head, x=_share(mark.start), y=middle, width="1", height="1", class_="head"))
    return tag(
        "a",
        *pieces,
        _label(mark, foot - _BAR - 4),
        href=address("event", mark.event_id),
        class_=mark.party,
    )


def _label(mark: Placed, foot: float) -> Html:
    """The words above a mark; where they had to move to the left they end where it ends."""
    lines = len(mark.lines)
    is_shifted = 0 < mark.label_at < mark.start
    at = mark.end if is_shifted else mark.label_at
    spans = (
        tag("tspan", line, x=_share(at), y=f"{foot - LINE * (lines - 1 - number):.1f}")
        for number, line in enumerate(mark.lines)
    )
    return tag("text", *spans, text_anchor="end" if is_shifted else None)
