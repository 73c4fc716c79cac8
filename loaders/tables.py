"""Lays out what the stages found as the tables of a `Record`, with stable ids and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders import schema
from loaders.model import (
    LIST_SEPARATOR,
    Blog,
    Event,
    Mention,
    Person,
    Problem,
    Quote,
    Record,
    TimeExpression,
    stable_ids,
)
from loaders.organizations import Organizations
from loaders.registry import Place


@dataclass(frozen=True)
class Findings:
    """What the stages found in a blog, before it becomes tables."""

    blog: Blog
    persons: Mapping[str, Person]
    organizations: Organizations
    mentions: Sequence[Mention]
    times: Sequence[TimeExpression]
    quotes: Sequence[Quote]
    events: Sequence[Event]
    places: Mapping[str, Place]


def record_of(found: Findings) -> Record:
    """The tables of what was found."""
    text, blog = found.blog.text, found.blog
    return Record(
        text=text,
        posts=schema.posts_table(blog),
        people=schema.table("people", _people_rows(found)),
        organizations=schema.table("organizations", _organization_rows(found)),
        locations=schema.table("locations", _location_rows(found)),
        quotes=schema.table("quotes", _quote_rows(found)),
        events=schema.table("events", _event_rows(found)),
        mentions=schema.table("mentions", _mention_rows(found)),
        times=schema.table("times", _time_rows(found)),
        corrections=schema.table("corrections", ()),
        problems=schema.table("problems", _problem_rows(blog.problems)),
        blog=blog,
    )


def _of_type(found: Findings, entity_type: str) -> Iterator[tuple[str, Mention]]:
    """Each entity id of a type with each of its mentions."""
    for mention in found.mentions:
        if mention.entity_type == entity_type:
            for entity_id in mention.entity_ids:
                yield entity_id, mention


def _spoken(found: Findings) -> Counter[str]:
    return Counter(i for quote in found.quotes for i in quote.speaker_id.split(LIST_SEPARATOR) if i)


def _printed_names(found: Findings, entity_type: str) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for entity_id, mention in _of_type(found, entity_type):
        if mention.form == "name" and mention.sense != "demonym":
            names.setdefault(entity_id, []).append(mention.span.of(found.blog.text))
    return {entity_id: list(dict.fromkeys(listed)) for entity_id, listed in names.items()}


def _people_rows(found: Findings) -> Iterator[dict[str, object]]:
    counts = Counter(entity_id for entity_id, _ in _of_type(found, "person"))
    printed, spoken = _printed_names(found, "person"), _spoken(found)
    oldest = {entity_id: mention.post_id for entity_id, mention in _of_type(found, "person")}
    names = {i: organization.name for i, organization in found.organizations.organizations.items()}
    for person in found.persons.values():
        if not counts[person.person_id]:
            continue
        yield {
            "person_id": person.person_id,
            "name": person.name,
            "aliases": [name for name in printed.get(person.person_id, ()) if name != person.name],
            "role": person.role,
            "affiliation": [names.get(i, i) for i in person.affiliations],
            "country": person.country,
            "person_type": person.person_type,
            "mention_count": counts[person.person_id],
            "quote_count": spoken[person.person_id],
            "first_post_id": oldest[person.person_id],
            "is_registered": person.is_registered,
        }


def _organization_rows(found: Findings) -> Iterator[dict[str, object]]:
    counts = Counter(entity_id for entity_id, _ in _of_type(found, "organization"))
    printed, spoken = _printed_names(found, "organization"), _spoken(found)
    for organization in found.organizations.organizations.values():
        entity_id = organization.organization_id
        if not counts[entity_id]:
            continue
        yield {
            "organization_id": entity_id,
            "name": organization.name,
            "aliases": [name for name in printed.get(entity_id, ()) if name != organization.name],
            "organization_type": organization.organization_type,
            "country": organization.country,
            "source_type": organization.source_type,
            "mention_count": counts[entity_id],
            "quote_count": spoken[entity_id],
            "is_registered": organization.is_registered,
        }


def _location_rows(found: Findings) -> Iterator[dict[str, object]]:
    senses: dict[str, Counter[str]] = {}
    for entity_id, mention in _of_type(found, "location"):
        senses.setdefault(entity_id, Counter())[mention.sense] += 1
    for entity_id in _places_of_events(found):
        senses.setdefault(entity_id, Counter())
    for entity_id, counted in senses.items():
        place = found.places[entity_id]
        yield {
            "location_id": place.id,
            "name": place.name,
            "native_name": place.native_name,
            "location_type": place.location_type,
            "country": place.country,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "radius_km": place.radius_km,
            "time_zone": list(place.time_zone),
            "gazetteer": place.gazetteer,
            "mention_count": counted.total(),
            "literal_count": counted["literal"],
            "metonym_count": counted["metonym"],
            "dateline_count": counted["dateline"],
        }


def _places_of_events(found: Findings) -> Iterator[str]:
    """The places events name: where they happened, and the states that act though only their capital is printed."""
    for event in found.events:
        yield from (
            i for i in (event.location_id, event.destination_id, *event.participants) if i in found.places
        )


def _quote_rows(found: Findings) -> Iterator[dict[str, object]]:
    text = found.blog.text
    posted = {post.post_id: post.posted_at for post in found.blog.records}
    ids = stable_ids("q", found.quotes, lambda q: (q.post_id, q.quote_type, q.span.of(text)))
    for quote_id, quote in zip(ids, found.quotes, strict=True):
        yield {
            "quote_id": quote_id,
            "post_id": quote.post_id,
            "quote": quote.span.of(text),
            "quote_type": quote.quote_type,
            "is_headline": quote.is_headline,
            "speaker_id": quote.speaker_id,
            "speaker": quote.speaker,
            "speaker_mention": quote.speaker_span.of(text) if quote.speaker_span else "",
            "cue": quote.cue.of(text) if quote.cue else "",
            "addressee": quote.addressee,
            "via": quote.via,
            "source_type": quote.source_type,
            "posted_at": posted[quote.post_id],
            "attribution": quote.attribution,
            "start": quote.span.start,
            "end": quote.span.end,
        }


def _event_rows(found: Findings) -> Iterator[dict[str, object]]:
    text = found.blog.text
    ids = stable_ids("e", found.events, lambda e: (e.event_type, e.post_id, e.span.of(text), e.participants))
    for event_id, event in zip(ids, found.events, strict=True):
        yield {
            "event_id": event_id,
            "title": event.title,
            "event_type": event.event_type,
            "status": event.status,
            "is_background": event.is_background,
            "start_at": event.start_at,
            "end_at": event.end_at,
            "granularity": event.granularity,
            "time_text": event.time_text,
            "time_basis": event.time_basis,
            "location_id": event.location_id,
            "destination_id": event.destination_id,
            "participants": event.participants,
            "sources": event.sources,
            "source_type": event.source_type,
            "first_posted_at": event.first_posted_at,
            "post_ids": event.post_ids,
            "evidence": event.span.of(text),
            "start": event.span.start,
            "end": event.span.end,
        }


def _mention_rows(found: Findings) -> Iterator[dict[str, object]]:
    text = found.blog.text
    ids = stable_ids("m", found.mentions, lambda m: (m.post_id, m.entity_type, m.span.of(text)))
    for mention_id, mention in zip(ids, found.mentions, strict=True):
        yield {
            "mention_id": mention_id,
            "post_id": mention.post_id,
            "text": mention.span.of(text),
            "entity_type": mention.entity_type,
            "entity_id": mention.entity_id,
            "form": mention.form,
            "sense": mention.sense,
            "start": mention.span.start,
            "end": mention.span.end,
        }


def _time_rows(found: Findings) -> Iterator[dict[str, object]]:
    text = found.blog.text
    ids = stable_ids("t", found.times, lambda t: (t.post_id, t.span.of(text)))
    for time_id, expression in zip(ids, found.times, strict=True):
        yield {
            "time_id": time_id,
            "post_id": expression.post_id,
            "text": expression.span.of(text),
            "value": expression.value,
            "time_from": expression.time_from,
            "time_to": expression.time_to,
            "granularity": expression.granularity,
            "start": expression.span.start,
            "end": expression.span.end,
        }


def _problem_rows(problems: Sequence[Problem]) -> Iterator[dict[str, object]]:
    ids = stable_ids("x", problems, lambda p: (p.post_id, p.what))
    for problem_id, problem in zip(ids, problems, strict=True):
        yield {
            "problem_id": problem_id,
            "post_id": problem.post_id,
            "start": problem.start,
            "end": problem.end,
            "what": problem.what,
            "advice": problem.advice,
        }
