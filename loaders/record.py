"""Calls every stage in order: the one place where a blog becomes a `Record` of tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

from loaders import schema
from loaders.clock import zone_named
from loaders.coreference import resolve_references
from loaders.corrections import apply_corrections
from loaders.events import EventContext, derive_events
from loaders.model import (
    Blog,
    Event,
    Mention,
    Person,
    Post,
    Problem,
    Quote,
    Record,
    Reference,
    Span,
    TimeExpression,
    stable_ids,
)
from loaders.names import NameIndex, find_names, name_index
from loaders.organizations import Organizations, find_organizations
from loaders.people import byline_mentions, find_people
from loaders.places import dateline_mentions, find_places
from loaders.quotes import Cast, find_quotes
from loaders.registry import Correction, Registries, Story, read_yaml, registries
from loaders.reporting import find_speech
from loaders.segmentation import Sentence, segment
from loaders.sources import read_source
from loaders.times import TimeContext, find_times
from loaders.vocabulary import language

Progress = Callable[[str], None]
STAGES = ("posts", "names", "people and places", "quotes", "times", "events", "tables")


def _silent(stage: str) -> None:
    """Tells nobody."""


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


def annotate(text: str, published_at: datetime | None = None) -> Record:
    """A plain article as a `Record` of one post; `published_at` anchors words such as "Tuesday"."""
    if published_at is not None and published_at.tzinfo is None:
        published_at = published_at.replace(tzinfo=UTC)
    whole = Span(0, len(text))
    post = Post("article", 1, whole, whole, posted_at=published_at, posted_from=published_at, posted_to=published_at)
    return build_record(Blog(text, (post,), zone="UTC", read_at=published_at))


def load_story(folder: Path | str, *, progress: Progress = _silent) -> Record:
    """The record of a story folder: its source read by story.yaml, its rows tidied by corrections.yaml.

    Raises:
        SettingsError: story.yaml or corrections.yaml breaks its schema.
        SourceError: The source cannot be read as a live blog.
        CorrectionError: A correction matches no row.
    """
    folder = Path(folder)
    story: Story = read_yaml(folder / "story.yaml", Story)
    blog = read_source(folder / story.source, read_at=story.read_at, zone=story.zone)
    blog = replace(blog, title=story.title, outlet=story.outlet, url=story.url or blog.url, zone=story.zone)
    path = folder / "corrections.yaml"
    corrections: tuple[Correction, ...] | None = None
    if path.exists():
        corrections = read_yaml(path, tuple[Correction, ...] | None)
    return apply_corrections(build_record(blog, progress=progress), corrections or (), file=path)


def build_record(blog: Blog, *, progress: Progress = _silent) -> Record:
    """A blog's tables, as the rules alone find them."""
    found = find_all(blog, progress=progress)
    progress("tables")
    return _record(found)


def find_all(blog: Blog, *, progress: Progress = _silent) -> Findings:
    """Runs the stages in order on a blog.

    Args:
        blog: The blog, as read.
        progress: Told the name of each stage as it begins.
    """
    known, index, countries = _known()
    progress("posts")
    sentences = segment(blog)
    progress("names")
    names = find_names(sentences, index)
    progress("people and places")
    organizations = find_organizations(blog, sentences, names, known.organizations)
    people = find_people(blog, sentences, names, known.people, countries)
    references = resolve_references(sentences, names, people, countries)
    places = find_places(sentences, names, known.places)
    progress("quotes")
    states = [place for place in places if place.mention.sense == "metonym"]
    speech = find_speech(sentences, [*references, *organizations.references, *states])
    cast = Cast(people.persons, organizations.organizations)
    quotes = find_quotes(blog, speech, cast)
    progress("times")
    times = find_times(blog.text, passages=tuple(_time_contexts(blog, sentences, places, known)))
    progress("events")
    context = EventContext(blog, speech, cast, places, times, quotes, known.places)
    return Findings(
        blog=blog,
        persons=people.persons,
        organizations=organizations,
        mentions=tuple(_mentions(blog, [*references, *organizations.references, *places], known)),
        times=times,
        quotes=quotes,
        events=derive_events(context),
    )


@cache
def _known() -> tuple[Registries, NameIndex, Mapping[str, str]]:
    """The registries, their names in an index, and the country of each place and organization."""
    known = registries()
    countries = {place.id: place.country for place in known.places.values()}
    countries |= {organization.id: organization.country for organization in known.organizations.values()}
    return known, name_index(known), countries


def _time_contexts(
    blog: Blog, sentences: Sequence[Sentence], places: Sequence[Reference], known: Registries
) -> Iterator[TimeContext]:
    """Each sentence with the instant and the zones its words of time are meant in.

    The zone is that of the places the sentence speaks of, else the outlet's; "local time" without a place is that
    of the places its post speaks of.
    """
    is_day = blog.read_at is not None and len(blog.records) == 1 and blog.read_at.time() == time.min
    anchors = {post.post_id: post.posted_at or post.posted_to or blog.read_at for post in blog.records}
    placing = [r for r in places if r.mention.sense == "literal" or _acts_as_state(sentences[r.sentence], r)]
    in_sentence, in_post = _grouped(placing, lambda r: r.sentence), _grouped(placing, lambda r: r.mention.post_id)
    for at, sentence in enumerate(sentences):
        zones = _zones(in_sentence.get(at, ()), known)
        if not zones and "local time" in sentence.span.of(blog.text):
            zones = _zones(in_post.get(sentence.post_id, ()), known)
        named = tuple(map(zone_named, zones or (blog.zone or "UTC",)))
        yield TimeContext(sentence.span, sentence.post_id, anchors[sentence.post_id], named, is_day=is_day)


def _acts_as_state(sentence: Sentence, reference: Reference) -> bool:
    """Whether a state is what the sentence is about, and not a party in passing ("ties between Moscow and …")."""
    before = sentence.tokens[reference.first - 1].lower if reference.first else ""
    return reference.mention.sense == "metonym" and before not in language().prepositions | {"and"}


def _grouped(references: Sequence[Reference], key: Callable[[Reference], object]) -> dict[object, list[Mention]]:
    grouped: dict[object, list[Mention]] = {}
    for reference in references:
        grouped.setdefault(key(reference), []).append(reference.mention)
    return grouped


def _zones(mentions: Iterable[Mention], known: Registries) -> tuple[str, ...]:
    """The zones of the place that fixes them best: ground before a state, one zone before several."""
    placed = [m for m in mentions if known.places[m.entity_id].time_zone]
    zones = [(len(known.places[m.entity_id].time_zone) > 1, m.sense != "literal", known.places[m.entity_id]) for m in placed]
    return min(zones, key=lambda z: z[:2])[2].time_zone if zones else ()


def _mentions(
    blog: Blog, references: Sequence[Reference], known: Registries
) -> Iterator[Mention]:
    by_name = {name: p.id for p in known.places.values() for name in (p.name, *p.aliases)}
    outlets = {name: o.id for o in known.organizations.values() for name in (o.name, *o.aliases)}
    listed = [reference.mention for reference in references]
    listed += [*byline_mentions(blog, outlets), *dateline_mentions(blog, by_name)]
    yield from sorted(dict.fromkeys(listed), key=lambda m: (m.span, m.entity_type))


# --- tables ---------------------------------------------------------------------------------------------------


def _record(found: Findings) -> Record:
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
    return Counter(i for quote in found.quotes for i in quote.speaker_id.split("; ") if i)


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
    places, _, _ = _known()
    senses: dict[str, Counter[str]] = {}
    for entity_id, mention in _of_type(found, "location"):
        senses.setdefault(entity_id, Counter())[mention.sense] += 1
    for entity_id, counted in senses.items():
        place = places.places[entity_id]
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
