"""The filters as a reader meets them: lists of links with counts, a search field, choices of time and zone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from loaders.drawing.clocks import zones
from loaders.drawing.markup import EMPTY, Html, joined, tag
from loaders.filters import Filters, Name, to_query
from loaders.model import Record, iso, once_a_record
from loaders.selection import time_bounds
from loaders.sentences import counts, kind_counts
from pages.view.forms import hidden_fields, search_form
from pages.view.links import href
from pages.view.stories import Told

_SHOWN = 6
_TITLES: Mapping[Name, str] = {
    "people": "Who",
    "places": "Where",
    "sources": "On whose word",
    "kinds": "Kind",
}


def facets(told: Told, page: str, table: str, filters: Filters) -> Html:
    """Every filter of a page, with the rows of `table` that each option would leave."""
    record = told.record
    lists = [
        _facet(told, page, filters, name, title, counts(record, table, filters, name))
        for name, title in _TITLES.items()
    ]
    kinds = [
        _facet(told, page, filters, "kinds", column.replace("_", " ").capitalize(), found)
        for column, found in kind_counts(record, table, filters).items()
    ]
    cleared = filters.cleared()
    clear = tag("a", "Clear all filters", href=href(page, cleared), data_go=True, class_="clear")
    return joined(
        (
            _search(page, filters),
            clear if filters != cleared else EMPTY,
            *lists,
            *kinds,
            _time(told, page, filters),
        )
    )


def hidden(filters: Filters, without: Iterable[str]) -> Html:
    """The rest of a view as hidden fields, for a form that changes the fields left out."""
    left = set(without)
    return hidden_fields({name: values for name, values in to_query(filters).items() if name not in left})


def _search(page: str, filters: Filters) -> Html:
    return search_form(
        hidden(filters, ("words", "page")),
        filters.words,
        "Words, “phrases”, or speaker:name",
        _action(page),
        example='launch, "arms deal"',
    )


def _action(page: str) -> str:
    return href(page, Filters())


def _facet(told: Told, page: str, filters: Filters, name: Name, title: str, found: Mapping[str, int]) -> Html:
    chosen = [value for value in getattr(filters, name) if value in found]
    options = [*chosen, *(value for value, count in found.items() if count and value not in chosen)]
    if not options:
        return EMPTY
    items = [_option(told, page, filters, name, value, found[value]) for value in options]
    shown, rest = items[: max(_SHOWN, len(chosen))], items[max(_SHOWN, len(chosen)) :]
    key = title.lower().replace(" ", "-")
    more = tag("details", tag("summary", f"{len(rest)} more"), tag("ul", *rest), id=f"dl-more-{key}")
    head = tag("h2", title, id=f"dl-facet-{key}")
    return tag(
        "section",
        head,
        tag("ul", *shown),
        more if rest else EMPTY,
        class_="facet",
        aria_labelledby=f"dl-facet-{key}",
    )


def _option(told: Told, page: str, filters: Filters, name: Name, value: str, count: int) -> Html:
    chosen: tuple[str, ...] = getattr(filters, name)
    is_chosen = value in chosen
    toggled = tuple(each for each in chosen if each != value) if is_chosen else (*chosen, value)
    said = told.name(value) if name in ("people", "places") else value
    link = tag(
        "a",
        tag("span", said),
        tag("i", str(count)),
        href=href(page, filters.choosing(name, toggled)),
        data_go=True,
        id=f"dl-{name}-{value}",
        aria_current="true" if is_chosen else None,
        title=f"Drop {said}" if is_chosen else None,
    )
    return tag("li", link)


# --- time ---------------------------------------------------------------------------------------------


def _time(told: Told, page: str, filters: Filters) -> Html:
    record, own = told.record, filters.zone or told.zone
    zone = ZoneInfo(own)
    marks = time_marks(record, filters)
    start = _select("from", "From", _moments(marks, zone), _bound(filters.time_from), "the beginning")
    end = _select("to", "To", _moments(marks, zone), _bound(filters.time_to), "the end")
    shown = _select("zone", "Clock of", zones(record, own), own, "")
    return tag(
        "form",
        hidden(filters, ("from", "to", "zone", "page")),
        tag("h2", "When"),
        start,
        end,
        shown,
        tag("noscript", tag("button", "Show", type="submit")),
        action=_action(page),
        class_="facet when",
    )


def _select(name: str, title: str, options: Mapping[str, str], chosen: str, empty: str) -> Html:
    listed = [tag("option", empty, value="", selected=not chosen)] if empty else []
    listed += [tag("option", said, value=value, selected=value == chosen) for value, said in options.items()]
    return joined(
        (
            tag("label", title, for_=f"dl-{name}"),
            tag("select", *listed, name=name, id=f"dl-{name}"),
        )
    )


def _bound(instant: datetime | None) -> str:
    return iso(instant) if instant else ""


def _moments(marks: Iterable[datetime], zone: ZoneInfo) -> dict[str, str]:
    return {
        iso(mark): f"{(local := mark.astimezone(zone)):%H:%M} {local:%a} {local.day} {local:%b}"
        for mark in marks
    }


def time_marks(record: Record, filters: Filters) -> list[datetime]:
    """The instants offered as bounds: full hours in which something happened or was posted, and those chosen."""
    return sorted(_full_hours(record).union(each for each in (filters.time_from, filters.time_to) if each))


@once_a_record
def _full_hours(record: Record) -> frozenset[datetime]:
    current = record.events[~record.events["is_background"]]
    spans = [*time_bounds(record, "events", current), *time_bounds(record, "posts", record.posts)]
    hour = timedelta(hours=1)
    marks = set[datetime]()
    for instant in (bound for span in spans for bound in span if bound):
        full = instant.replace(minute=0, second=0, microsecond=0)
        marks |= {full} if full == instant else {full, full + hour}
    return frozenset(marks)
