"""The clocks of a chronology: a day is that of the place it is told of, whatever clock the reader has chosen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pages.view.chronology import clock


def row(start: str, end: str, granularity: str, status: str = "happened") -> dict[str, Any]:
    start_at, end_at = (
        datetime.fromisoformat(each).replace(tzinfo=UTC) if each else None for each in (start, end)
    )
    return {"start_at": start_at, "end_at": end_at, "granularity": granularity, "status": status}


@pytest.mark.parametrize(
    ("told", "zone", "expected"),
    [
        # Tuesday in Washington, on a clock on which its middle is Wednesday already
        (row("2023-09-12T04:00", "2023-09-13T04:00", "day"), "Asia/Yakutsk", "Tue 12"),
        # Tuesday on the clock it is read by
        (row("2023-09-11T15:00", "2023-09-12T15:00", "day"), "Asia/Yakutsk", "Tue 12"),
        (row("2023-09-13T02:43", "2023-09-13T02:53", "minute"), "Asia/Yakutsk", "11:43–11:53"),
        (row("", "2023-09-13T04:02", ""), "Asia/Yakutsk", "by 13:02"),
        (row("", "2023-09-12T15:00", ""), "Asia/Yakutsk", "before Wed 13"),
        (row("", "", "day"), "UTC", ""),
    ],
)
def test_a_line_is_no_more_exact_than_its_event(told: dict[str, Any], zone: str, expected: str) -> None:
    assert clock(told, zone) == expected
