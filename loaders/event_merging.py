"""Merges what several posts say of one event.

Two reports are one event where kind, participants, place and time agree; a report that says less agrees with one that
says more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from loaders.event_bounds import bounded_by_others
from loaders.event_frames import UNNAMED, most_exact
from loaders.event_marks import are_told_apart
from loaders.event_times import FINEST
from loaders.model import Event, Status
from loaders.registry import Place
from loaders.vocabulary import events

T = TypeVar("T")
_RANK: Mapping[Status, int] = {"happened": 0, "claimed": 1, "planned": 2, "possible": 3}
_RECENT = 200
"""How many events of a kind back the same event is sought, so that the time stays linear."""


def merge_events(reports: Iterable[Event], places: Mapping[str, Place]) -> list[Event]:
    """One event for all reports of it, in the order of the first report.

    Args:
        reports: One event a sentence, the oldest post's first.
        places: The places, by id.
    """
    merged: list[Event] = []
    posts: list[dict[str, None]] = []  # of each event; in the making it knows its latest post alone
    by_type: dict[str, list[int]] = {}
    for report in reports:
        known = by_type.setdefault(report.event_type, [])
        same = next((at for at in reversed(known[-_RECENT:]) if _is_same(merged[at], report, places)), None)
        if same is not None:
            merged[same] = _combined(merged[same], report, places)
            posts[same][report.post_id] = None
        else:
            known.append(len(merged))
            merged.append(report)
            posts.append({report.post_id: None})
    merged = [replace(event, post_ids=tuple(ids)) for event, ids in zip(merged, posts, strict=True)]
    return [_without_unnamed(event) for event in bounded_by_others(merged)]


# --- the same event -------------------------------------------------------------------------------------------


def _is_same(event: Event, report: Event, places: Mapping[str, Place]) -> bool:
    """Whether two reports of one kind are of one event."""
    kind = events().kind(event.event_type)
    if kind.local and not _is_one_incident(event, report):
        return False
    return (
        _share_participants(event, report)
        and _agree(event.thing, report.thing)
        and _same_place(event, report, places)
        and _times_meet(event, report)
        and not are_told_apart(event.title, report.title, by_count=kind.counted)
    )


def _is_one_incident(event: Event, report: Event) -> bool:
    """Whether two reports of a kind of event there are many of a day are one: the same place, the same time stated."""
    same_place = bool(event.location_id) and event.location_id == report.location_id
    same_post = event.post_ids[-1] == report.post_id
    return same_place and (same_post or bool(event.start_at and report.start_at))


def _agree(left: str, right: str) -> bool:
    return left == right or not left or not right


def _share_participants(event: Event, report: Event) -> bool:
    left, right = set(event.participants), set(report.participants)
    if not left or not right:
        return bool(event.location_id and report.location_id) or event.post_ids[-1] == report.post_id
    unnamed = {i for i in left ^ right if i.startswith(UNNAMED)}
    return bool(left & right) and not unnamed


def _same_place(event: Event, report: Event, places: Mapping[str, Place]) -> bool:
    left, right = event.location_id, report.location_id
    if event.thing != report.thing and (left or right) and (event.thing or report.thing):
        return False
    if _agree(left, right):
        return True
    if events().kind(event.event_type).each:
        return False
    inside = {places[left].location_type, places[right].location_type} & {"country", "former state"}
    return bool(inside) and places[left].country == places[right].country


def _times_meet(event: Event, report: Event) -> bool:
    """Whether the stated bounds overlap; a bound that only the post gives excludes nothing."""
    if event.start_at is None or report.start_at is None or event.end_at is None or report.end_at is None:
        return event.event_type != "statement"
    return event.start_at <= report.end_at and report.start_at <= event.end_at


# --- combined -------------------------------------------------------------------------------------------------


def _combined(event: Event, report: Event, places: Mapping[str, Place]) -> Event:
    first, second = sorted((event, report), key=lambda e: _RANK[e.status])
    best = _best_evidence(event, report)
    is_comparable = (_RANK[first.status] < 2) == (_RANK[second.status] < 2)
    bounds = _common(first, second) if is_comparable else first
    posted = [e.first_posted_at for e in (event, report) if e.first_posted_at]
    return replace(
        best,
        status=first.status,
        start_at=bounds.start_at,
        end_at=bounds.end_at,
        granularity=bounds.granularity,
        time_text=bounds.time_text,
        time_basis=bounds.time_basis,
        location_id=most_exact([event.location_id, report.location_id], places),
        destination_id=most_exact([event.destination_id, report.destination_id], places),
        participants=_union(best.participants, event.participants, report.participants),
        title=_title(best, event, report),
        sources=_union(first.sources, second.sources if is_comparable else ()),
        first_posted_at=min(posted, default=None),
        post_ids=report.post_ids,
        thing=event.thing or report.thing,
        order=_union(event.order, report.order),
    )


def _title(best: Event, event: Event, report: Event) -> str:
    """The title of the evidence, unless another report names who did it and the evidence does not."""
    named = [e for e in (best, event, report) if e.participants and _RANK[e.status] == _RANK[best.status]]
    return (named or [best])[0].title


def _best_evidence(event: Event, report: Event) -> Event:
    """The report to show: the surer, the more exactly dated, not the headline, the one with a place, the older."""

    def poverty(e: Event) -> tuple[int, int, bool, bool, bool]:
        rank = max(_RANK[e.status], 1)
        return rank, FINEST.index(e.granularity), e.is_headline, not e.location_id, not e.participants

    return report if poverty(report) < poverty(event) else event


def _common(event: Event, report: Event) -> Event:
    """The bounds both reports allow; the more exact report's where they contradict each other."""
    finer, coarser = sorted((event, report), key=lambda e: (FINEST.index(e.granularity), e.start_at is None))
    if events().kind(event.event_type).is_background and coarser.start_at is None:
        return finer
    start = _latest(event.start_at, report.start_at)
    end = _earliest(event.end_at, report.end_at)
    if start and end and start > end:
        return finer
    cut = end if end != finer.end_at else None
    basis = coarser.time_basis if cut is not None else finer.time_basis
    texts = _union(*(e.time_text for e in (finer, coarser) if e.granularity == finer.granularity))
    return replace(finer, start_at=start, end_at=end, time_basis=basis, time_text=texts)


def _latest(*instants: datetime | None) -> datetime | None:
    return max((i for i in instants if i), default=None)


def _earliest(*instants: datetime | None) -> datetime | None:
    return min((i for i in instants if i), default=None)


def _union(*parts: Sequence[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(item for part in parts for item in part))


def _without_unnamed(event: Event) -> Event:
    if not any(i.startswith(UNNAMED) for i in event.participants):
        return event
    return replace(event, participants=tuple(i for i in event.participants if not i.startswith(UNNAMED)))
