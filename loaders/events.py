"""Derives the events of a blog: one frame a sentence, merged over all posts into one row with all its sources.

Rules find what happened, who took part, where, when and on whose word; what they cannot know stands in a story's
corrections.yaml.

Errors that remain: of fifty events spread over a live page with 428 posts, read against the text, eight had something
wrong. The status was another's in three ("claims of an attack" and "false claims that he arrived" are told as having
happened), the time in one, the source in one ("Police Chief's
Council" is "Council"); two titles tell something else, and one is no event ("where ministers meet in a crisis").
Besides, one event reported an hour later is often told twice, the place stayed open in many though the sentence before
names it, and what a word means in sport is no event only where a rule says so: "strikes from 20 yards" is an attack.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from loaders.event_frames import Frame, find_frames, says_enough
from loaders.event_merging import merge_events
from loaders.event_sources import sources_of
from loaders.event_times import bounds_of, times_of
from loaders.event_titles import event_title, shortened
from loaders.event_triggers import Scene, Trigger, find_triggers, opener_before
from loaders.inflection import present_forms
from loaders.model import (
    Blog,
    Event,
    Order,
    Post,
    Quote,
    Reference,
    Span,
    TimeExpression,
    grouped,
)
from loaders.registry import Place
from loaders.reporting import Speech
from loaders.speakers import Cast
from loaders.vocabulary import EventForm, events

_STORY = timedelta(days=5)
"""How long before its first post a blog's own story may reach back; what ended earlier is background."""


@dataclass(frozen=True)
class EventContext:
    """All that the stages before have found in a blog."""

    blog: Blog
    speech: Sequence[Speech]
    cast: Cast
    places: Sequence[Reference]
    times: Sequence[TimeExpression]
    quotes: Sequence[Quote]
    registry: Mapping[str, Place]
    states: Mapping[str, str]


def derive_events(context: EventContext) -> tuple[Event, ...]:
    """The events of a blog, merged, in the order in which they were first reported."""
    posts = {post.post_id: post for post in context.blog.records}
    found = [
        event
        for scene in _scenes(context)
        for event in _events(context, scene, posts[scene.sentence.post_id])
    ]
    found = list(_with_places(found))
    oldest_first = sorted(found, key=lambda event: -posts[event.post_id].position)
    merged = merge_events(oldest_first, context.registry)
    first = min((post.posted_to for post in context.blog.records if post.posted_to), default=None)
    return tuple(
        replace(e, is_background=True) if _is_background(e, first, context.registry) else e for e in merged
    )


def _with_places(found: Sequence[Event]) -> Iterator[Event]:
    """An event that goes on from the one before in its post happens in the same place: the next building toured."""
    before: Event | None = None
    for event in found:
        goes_on = (
            before is not None and before.post_id == event.post_id and before.event_type == event.event_type
        )
        if (
            before
            and goes_on
            and event.thing
            and not event.location_id
            and set(before.participants) == set(event.participants)
        ):
            event = replace(event, location_id=before.location_id)
        yield event
        before = event


def _scenes(context: EventContext) -> Iterator[Scene]:
    """Each sentence but run-in heads, with what the stages before have found in it."""
    starts = [speech.sentence.span.start for speech in context.speech]
    grounds = grouped(context.places, lambda r: r.sentence)
    times = grouped(context.times, lambda t: bisect_right(starts, t.span.start) - 1)
    quotes = grouped(context.quotes, lambda q: bisect_right(starts, q.span.start) - 1)
    for speech in context.speech:
        if speech.sentence.part == "run-in head":
            continue
        here = grounds.get(speech.at, ())
        yield Scene(
            at=speech.at,
            sentence=speech.sentence,
            actors=tuple(r for r in speech.references if r.mention.entity_id or (r.label and not r.is_guess)),
            grounds=tuple(r for r in here if r.mention.sense == "literal"),
            states_named=tuple(r for r in here if r.mention.sense in {"metonym", "demonym"}),
            states=context.states,
            places=context.registry,
            clauses=speech.clauses,
            times=tuple(times.get(speech.at, ())),
            quotes=tuple(quotes.get(speech.at, ())),
        )


def states_by_place(places: Mapping[str, Place]) -> Mapping[str, str]:
    """The state each country or capital stands for, as the id of the country."""
    countries = {p.country: p.id for p in places.values() if p.location_type == "country"}
    states = {p.id: p.id for p in places.values() if p.location_type in {"country", "former state"}}
    return states | {p.id: countries[p.capital_of] for p in places.values() if p.capital_of in countries}


def _events(context: EventContext, scene: Scene, post: Post) -> Iterator[Event]:
    """The events of one sentence, each with bounds, sources and title."""
    triggers = find_triggers(scene)
    if not triggers and not scene.times:
        return
    dated = times_of(scene.sentence, scene.times, triggers, scene.clauses)
    frames = [*find_frames(scene, triggers), *_statements(scene, dated)]
    for frame in (f for f in frames if says_enough(scene, f)):
        for single in _split(frame):
            order = tuple(_order(scene, frame, frames))
            yield _event(context, scene, single, dated.get(frame.trigger.first, ()), post, order)


def _split(frame: Frame) -> Iterator[Frame]:
    """One frame for each who takes part, where each has an event of their own: two leaders arrive, two arrivals."""
    if not frame.trigger.kind.each or len(frame.agents) < 2:
        yield frame
        return
    for agent in frame.agents:
        yield replace(frame, agents=(agent,))


def _order(scene: Scene, frame: Frame, frames: Sequence[Frame]) -> Iterator[Order]:
    """What the sentence puts before or after a main event: "ahead of Kim's arrival", "after traveling"."""
    tokens = scene.sentence.tokens
    if frame.trigger.is_subordinate or frame.trigger.form.is_noun:
        return
    for other in frames:
        if scene.sentence.segment(frame.trigger.first) != scene.sentence.segment(other.trigger.first):
            continue
        relation = opener_before(tokens, other.trigger.first) if other.trigger.is_subordinate else None
        if relation:
            yield Order(relation, other.trigger.form.event_type, other.agents)


def _statements(scene: Scene, dated: Mapping[int, Sequence[TimeExpression]]) -> Iterator[Frame]:
    """What somebody said at a stated time: "John Bolton warned Tuesday that …", "KCNA said in April"."""
    tokens = scene.sentence.tokens
    for clause in scene.clauses:
        ids = tuple(dict.fromkeys(i for r in clause.subjects for i in r.mention.entity_ids))
        if not ids or not dated.get(clause.first) or clause.form is None or not clause.form.verb.strong:
            continue
        form = EventForm((clause.lemma,), "statement", clause.lemma, is_noun=False)
        end = next(
            (i for i in range(clause.complement, len(tokens)) if tokens[i].text in {".", ";"}), len(tokens)
        )
        yield Frame(Trigger(scene.at, clause.first, clause.complement, form), ids, end=end)


def _event(
    context: EventContext,
    scene: Scene,
    frame: Frame,
    times: Sequence[TimeExpression],
    post: Post,
    order: tuple[Order, ...],
) -> Event:
    if _lies_ahead(scene, frame, times, post):
        frame = replace(frame, status="planned")
    bounds = bounds_of(frame, times, context.blog.text, post)
    sources, source_type = sources_of(context.cast, scene, frame, times)
    names = [name for name in (_name(i, context) for i in frame.agents) if name]
    is_told = bool(sources) or source_type == "unnamed"
    is_claim = frame.status == "happened" and is_told and source_type != "own reporting"
    tokens, trigger = scene.sentence.tokens, frame.trigger
    return Event(
        span=scene.sentence.span,
        trigger=Span(tokens[trigger.first].start, tokens[trigger.last - 1].end),
        post_id=post.post_id,
        event_type=trigger.form.event_type,
        title=_title(context, scene, frame, names, times),
        status="claimed" if is_claim and trigger.form.event_type != "statement" else frame.status,
        start_at=bounds.start,
        end_at=bounds.end,
        granularity=bounds.granularity,
        time_text=bounds.text,
        time_basis=bounds.basis,
        location_id=frame.location_id,
        destination_id=frame.destination_id,
        participants=frame.participants,
        sources=sources,
        source_type=source_type,
        first_posted_at=post.posted_at,
        post_ids=(post.post_id,),
        is_headline=scene.sentence.part == "headline",
        thing=frame.thing,
        order=order,
    )


def _lies_ahead(scene: Scene, frame: Frame, times: Sequence[TimeExpression], post: Post) -> bool:
    """Whether the present tense tells of what is still to come: "ministers are meeting later today"."""
    begins = [time.time_from for time in times if time.time_from]
    is_open = frame.status == "happened" and not frame.trigger.form.is_noun
    if not is_open or not post.posted_to or not begins or min(begins) < post.posted_to:
        return False
    tokens, at = scene.sentence.tokens, frame.trigger.first
    is_progressive = at > 0 and tokens[at - 1].lower in {"is", "are"} and tokens[at].lower.endswith("ing")
    return is_progressive or " ".join(frame.trigger.form.words) in present_forms(frame.trigger.form.lemma)


def _title(
    context: EventContext, scene: Scene, frame: Frame, names: Sequence[str], times: Sequence[TimeExpression]
) -> str:
    """The event's title; that of a statement is what was said."""
    title = event_title(scene, frame, names, _place_name(frame.location_id, context), times)
    if frame.trigger.form.event_type != "statement":
        return title
    start = scene.sentence.tokens[frame.trigger.first].start
    said = next((q for q in scene.quotes if q.cue and q.cue.start == start), None)
    if said is None or said.quote_type == "mixed":
        return title
    who, words = " and ".join(names), said.span.of(context.blog.text).rstrip(" ,;")
    if said.quote_type == "direct":
        return f"{who}: “{shortened(words)}”"
    verb = event_title(scene, replace(frame, end=frame.trigger.last), names, "", times)
    return shortened(f"{verb} {words}")


def _name(entity_id: str, context: EventContext) -> str:
    person = context.cast.persons.get(entity_id)
    organization = context.cast.organizations.get(entity_id)
    return person.name if person else organization.name if organization else _place_name(entity_id, context)


def _place_name(place_id: str, context: EventContext) -> str:
    return context.registry[place_id].name if place_id in context.registry else ""


def _is_background(event: Event, first: datetime | None, registry: Mapping[str, Place]) -> bool:
    """Whether an event lies before the story: by its kind, because a state of old takes part, or over long before."""
    if events().kind(event.event_type).is_background:
        return True
    if any(i in registry and registry[i].location_type == "former state" for i in event.participants):
        return True
    is_dated = event.time_basis != "bounded by the post"
    return bool(first and event.end_at and first - event.end_at > _STORY and is_dated)
