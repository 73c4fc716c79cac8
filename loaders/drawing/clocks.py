"""The clocks a reader can choose among: those of the story's places, and UTC."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from loaders.model import Record, once_a_record


@once_a_record
def zones(record: Record, own: str) -> Mapping[str, str]:
    """The clocks offered: one a distinct offset among the story's places, known by the places that keep it."""
    moment = record.blog.read_at or _last_post(record)
    kept: dict[timedelta, tuple[str, list[str]]] = {}
    places = record.locations[record.locations["location_type"].isin(("site", "city", "district"))]
    ranked = places.sort_values("mention_count", ascending=False, kind="stable")
    listed = [*zip(ranked["time_zone"], ranked["name"], strict=True), ("UTC", "UTC")]
    listed.sort(key=lambda pair: pair[0] != own)
    for zone, name in [*listed, *((each, each) for each in (record.blog.zone, own) if each)]:
        if zone and ";" not in zone:
            offset = moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
            names = kept.setdefault(offset, (zone, []))[1]
            if name not in names and not names:
                names.append(name)
    return {
        zone: " · ".join(dict.fromkeys((_offset(offset), *names)))
        for offset, (zone, names) in sorted(kept.items(), reverse=True)
    }


def _last_post(record: Record) -> datetime:
    found = record.posts["posted_to"].dropna()
    return found.max().to_pydatetime() if len(found) else datetime(2000, 1, 1, tzinfo=UTC)


def _offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return "UTC" if not minutes else f"UTC{sign}{hours}{f':{rest:02}' if rest else ''}"
