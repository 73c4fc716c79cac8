"""The bounds of events that follow from other events: where a journey led, what came before what.

Each question looks up the events that can answer it, so that a blog of many events takes no longer an event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from loaders.model import Event, Order
from loaders.vocabulary import events


def bounded_by_others(merged: Sequence[Event]) -> list[Event]:
    """The same events in the same order, with the destinations and bounds that the others give them.

    Args:
        merged: One event for all reports of it, the oldest first.
    """
    return _not_before_others(_ordered(_with_destinations(merged)))


# --- where it led to ------------------------------------------------------------------------------------------


def _with_destinations(merged: Sequence[Event]) -> list[Event]:
    """A journey leads where the same post says the traveller arrived."""
    arrivals: dict[str, list[int]] = defaultdict(list)
    for at, event in enumerate(merged):
        if event.event_type == "arrival" and event.location_id:
            for post_id in event.post_ids:
                arrivals[post_id].append(at)
    return [_with_destination(event, merged, arrivals) for event in merged]


def _with_destination(event: Event, merged: Sequence[Event], arrivals: Mapping[str, list[int]]) -> Event:
    if event.destination_id or not events().kind(event.event_type).carries:
        return event
    travellers = set(event.participants)
    found = (
        at
        for post_id in event.post_ids
        for at in arrivals.get(post_id, ())
        if travellers & set(merged[at].participants)
    )
    last = max(found, default=None)
    return event if last is None else replace(event, destination_id=merged[last].location_id)


# --- before and after -----------------------------------------------------------------------------------------


def _ordered(merged: Sequence[Event]) -> list[Event]:
    """Narrows bounds by "before" and "after": what came before another had happened by the time that had."""
    latest = _Latest(merged)
    current = list(merged)
    for at, event in enumerate(merged):
        for order in event.order:
            other = latest.meant(event, order)
            if other is None or other == at:
                continue
            early, late = (at, other) if order.relation == "before" else (other, at)
            current[early] = _ended_by(current[early], current[late].end_at)
    return current


class _Latest:
    """The latest event of a kind, by who takes part and by post."""

    def __init__(self, merged: Sequence[Event]) -> None:
        self._merged = merged
        self._with: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._in_post: dict[tuple[str, str], int] = {}
        self._known: dict[tuple[str, tuple[str, ...]], int | None] = {}
        for at, event in enumerate(merged):
            for participant in event.participants:
                self._with[event.event_type, participant].append(at)
            for post_id in event.post_ids:
                self._in_post[event.event_type, post_id] = at

    def meant(self, event: Event, order: Order) -> int | None:
        """The event a sentence dates another by: with those who take part or, if nobody, in the same post."""
        if order.participants:
            key = order.event_type, order.participants
            if key not in self._known:
                self._known[key] = self._of_all(*key)
            return self._known[key]
        found = (self._in_post.get((order.event_type, post_id)) for post_id in event.post_ids)
        return max((at for at in found if at is not None), default=None)

    def _of_all(self, kind: str, participants: tuple[str, ...]) -> int | None:
        rarest = min((self._with.get((kind, p), []) for p in participants), key=len)
        wanted = set(participants)
        return next((at for at in reversed(rarest) if wanted <= set(self._merged[at].participants)), None)


def _ended_by(event: Event, end: datetime | None) -> Event:
    if end is None or (event.end_at and event.end_at <= end) or not _has_happened(event):
        return event
    return replace(event, end_at=end, time_basis="derived")


def _has_happened(event: Event) -> bool:
    return event.status in {"happened", "claimed"}


# --- not before -----------------------------------------------------------------------------------------------


def _not_before_others(merged: Sequence[Event]) -> list[Event]:
    """Nobody does anything at a place before arriving there, and no missile falls before it is launched."""
    begun: dict[tuple[str, str, str], datetime] = {}
    for event in merged:
        if event.start_at:
            anybody = () if event.event_type == "arrival" else ("",)
            for key in _keys(event.event_type, event, (*event.participants, *anybody)):
                begun[key] = max(event.start_at, begun.get(key, event.start_at))
    return [_not_before(event, begun) for event in merged]


def _not_before(event: Event, begun: Mapping[tuple[str, str, str], datetime]) -> Event:
    after = events().kind(event.event_type).after
    if event.start_at or event.is_background or not after or not _has_happened(event):
        return event
    earlier = (begun.get(key) for key in _keys(after, event, event.participants or ("",)))
    start = max((instant for instant in earlier if instant), default=None)
    if start is None or (event.end_at and start > event.end_at):
        return event
    return replace(event, start_at=start)


def _keys(kind: str, event: Event, who: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """What an event shares with one of a kind before it: somebody who takes part; with an arrival, the place too."""
    place = event.location_id if kind == "arrival" else ""
    return ((kind, place, one) for one in who)
