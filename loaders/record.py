"""Calls every stage in order: the one place where a blog becomes a `Record` of tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

from loaders.blog_names import find_names
from loaders.candidates import PlaceBook
from loaders.clock import zone_named
from loaders.coreference import resolve_references
from loaders.corrections import apply_corrections, corrections_of, with_stated_times
from loaders.errors import ClockError
from loaders.events import EventContext, derive_events, states_by_place
from loaders.firms import with_firms
from loaders.foreign import is_english, sure_names
from loaders.gazetteer import gazetteer
from loaders.geocoding import geocode, geocode_datelines
from loaders.home_zone import home_zone
from loaders.model import (
    Blog,
    EntityType,
    Mention,
    Post,
    Problem,
    Quote,
    Record,
    Reference,
    Span,
    grouped,
)
from loaders.name_index import NameIndex, name_index
from loaders.names import Name
from loaders.organizations import find_organizations
from loaders.own_entries import QUESTIONS, read_own_entries, read_questions, with_own
from loaders.people import byline_mentions, find_people
from loaders.places import dateline_mentions, find_places
from loaders.quotes import find_quotes
from loaders.registry import Correction, Place, Registries, Story, registries
from loaders.reporting import find_speech
from loaders.segmentation import Sentence, segment
from loaders.settings import read_entries, read_yaml
from loaders.sources import read_source
from loaders.speakers import Cast
from loaders.tables import Findings, record_of
from loaders.times import TimeContext, find_times, may_tell_time
from loaders.toponyms import find_toponyms
from loaders.vocabulary import language, roles

Progress = Callable[[str], None]
STAGES = ("posts", "names", "people and places", "quotes", "times", "events", "tables")


def silent(stage: str) -> None:
    """Tells nobody."""


def annotate(text: str, published_at: datetime | None = None) -> Record:
    """A plain article as a `Record` of one post; `published_at` anchors words such as "Tuesday".

    Args:
        text: The article; it becomes the record's text unchanged.
        published_at: When it was published; taken for UTC where it has no offset.

    Raises:
        ClockError: `published_at` is no instant in UTC: year 1 or 9999, and an offset beyond it.
    """
    if published_at is not None:
        published_at = _in_utc(published_at)
    whole = Span(0, len(text))
    post = Post(
        "article", 1, whole, whole, posted_at=published_at, posted_from=published_at, posted_to=published_at
    )
    return build_record(Blog(text, (post,), zone="UTC", read_at=published_at))


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        return instant.replace(tzinfo=UTC)
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise ClockError(
            "this is no instant in UTC", entry="published_at", value=str(instant), allowed="years 1 to 9999"
        ) from None


def load_story(folder: Path | str, *, progress: Progress = silent) -> Record:
    """The record of a story folder: its source read by story.yaml, its rows tidied by corrections.yaml.

    What the folder's own people.yaml, places.yaml and organizations.yaml confirm is known besides the registries,
    and the answers in its questions.yaml are corrections, made before those of corrections.yaml.

    Raises:
        SettingsError: A YAML file of the folder breaks its schema.
        SourceError: The source cannot be read as a live blog.
        CorrectionError: A correction matches no row.
    """
    folder = Path(folder)
    story: Story = read_yaml(folder / "story.yaml", Story)
    own, answers = read_own_entries(folder), corrections_of(read_questions(folder))
    path = folder / "corrections.yaml"
    corrections = read_entries(path, Correction)
    is_decided = any(entry.status != "proposed" for entry in own)
    registered = with_own(registries(), own, folder) if is_decided else None
    read = read_source(folder / story.source, read_at=story.read_at, zone=story.zone)
    read = replace(
        read, title=story.title, outlet=story.outlet, url=story.url or read.url, zone=story.zone or read.zone
    )
    blog = with_stated_times(read, (*answers, *corrections))
    record = build_record(blog, registered=registered, progress=progress).with_tables(posts=read.posts)
    record = apply_corrections(record, answers, file=folder / QUESTIONS)
    return apply_corrections(record, corrections, file=path)


def build_record(blog: Blog, *, registered: Registries | None = None, progress: Progress = silent) -> Record:
    """A blog's tables, as the rules alone find them; see `find_all`."""
    found = find_all(blog, registered=registered, progress=progress)
    progress("tables")
    return record_of(found)


def find_all(blog: Blog, *, registered: Registries | None = None, progress: Progress = silent) -> Findings:
    """Runs the stages in order on a blog.

    Args:
        blog: The blog, as read.
        registered: What is known beforehand; by default what data/registry says.
        progress: Told the name of each stage as it begins.
    """
    known = _looked_up(registered) if registered else _known()
    progress("posts")
    sentences = segment(blog)
    english = is_english(sentences)
    blog = blog if english else _with_language_noted(blog)
    progress("names")
    wrong = known.registries.wrong
    named = _without_wrong(with_firms(sentences, find_names(sentences, known.index)), blog.text, wrong)
    toponyms = find_toponyms(sentences, named, gazetteer()) if english else sure_names(sentences, named)
    placed = geocode(sentences, toponyms, known.book)
    names = _without_wrong(placed.names, blog.text, wrong)
    datelines = geocode_datelines(blog, known.book)
    known_places = {**placed.places, **{place.id: place for place in datelines.values()}}
    progress("people and places")
    organizations = find_organizations(blog, sentences, names, known.registries)
    people = find_people(blog, sentences, names, known.registries.people, known.countries)
    references = resolve_references(sentences, names, people, known.countries)
    places = find_places(sentences, names, placed.places)
    progress("quotes")
    states = [place for place in places if place.mention.sense == "metonym"]
    speech = find_speech(sentences, [*references, *organizations.references, *states])
    cast = Cast(people.persons, organizations.organizations)
    quotes = find_quotes(blog, speech, cast)
    progress("times")
    times = find_times(
        blog.text, passages=tuple(_time_contexts(blog, sentences, places, placed.places, known.registries))
    )
    progress("events")
    context = EventContext(blog, speech, cast, places, times, quotes, placed.places, known.states)
    return Findings(
        blog=blog,
        persons=people.persons,
        organizations=organizations,
        mentions=tuple(
            _mentions(
                blog, _telling(references, quotes), [*organizations.references, *places], known, datelines
            )
        ),
        times=times,
        quotes=quotes,
        events=derive_events(context),
        places=known_places,
    )


def _with_language_noted(blog: Blog) -> Blog:
    """The blog with a problem noted: its text does not seem to be English, the language of all the rules."""
    noted = Problem(
        "the text does not seem to be English",
        "names, speakers and events follow the rules of English and may be wrong here; posts and their times hold",
    )
    return replace(blog, problems=(*blog.problems, noted))


@dataclass(frozen=True)
class _Known:
    """The registries, and what is looked up in them by every blog."""

    registries: Registries
    index: NameIndex
    book: PlaceBook
    countries: Mapping[str, str]
    """The country of each place and organization."""
    states: Mapping[str, str]
    """The country each country or capital stands for when it acts."""


@cache
def _known() -> _Known:
    return _looked_up(registries())


def _looked_up(known: Registries) -> _Known:
    countries = {place.id: place.country for place in known.places.values()}
    countries |= {organization.id: organization.country for organization in known.organizations.values()}
    return _Known(
        registries=known,
        index=name_index(known),
        book=PlaceBook(known.places, gazetteer()),
        countries=countries,
        states=states_by_place(known.places),
    )


def _without_wrong(
    names: Mapping[int, tuple[Name, ...]], text: str, wrong: frozenset[tuple[EntityType, str]]
) -> Mapping[int, tuple[Name, ...]]:
    if not wrong:
        return names
    return {
        at: tuple(n for n in listed if (n.kind, " ".join(n.span.of(text).split())) not in wrong)
        for at, listed in names.items()
    }


def _time_contexts(
    blog: Blog,
    sentences: Sequence[Sentence],
    places: Sequence[Reference],
    known: Mapping[str, Place],
    registered: Registries,
) -> Iterator[TimeContext]:
    """Each sentence with the instant and the zones its words of time are meant in.

    The zone is that of the places the sentence speaks of, else the outlet's; "local time" without a place is that
    of the places its post speaks of.
    """
    is_day = blog.read_at is not None and len(blog.records) == 1 and blog.read_at.time() == time.min
    anchors = {post.post_id: post.posted_at or post.posted_to or blog.read_at for post in blog.records}
    placing = [r for r in places if r.mention.sense == "literal" or _acts_as_state(sentences[r.sentence], r)]
    home = blog.zone or home_zone(blog, placing, known, registered)
    in_sentence = grouped(placing, lambda r: r.sentence)
    in_post = grouped(placing, lambda r: r.mention.post_id)
    for at, sentence in enumerate(sentences):
        if not may_tell_time(token.lower for token in sentence.tokens):
            continue
        zones = _zones(in_sentence.get(at, ()), known, wide=home == "UTC")
        if not zones and "local time" in sentence.span.of(blog.text):
            zones = _zones(in_post.get(sentence.post_id, ()), known)
        named = tuple(map(zone_named, zones or (home,)))
        yield TimeContext(sentence.span, sentence.post_id, anchors[sentence.post_id], named, is_day=is_day)


def _acts_as_state(sentence: Sentence, reference: Reference) -> bool:
    """Whether a state is what the sentence is about, and not a party in passing ("ties between Moscow and …")."""
    before = sentence.tokens[reference.first - 1].lower if reference.first else ""
    return reference.mention.sense == "metonym" and before not in language().prepositions | {"and"}


def _zones(
    references: Iterable[Reference], known: Mapping[str, Place], *, wide: bool = True
) -> tuple[str, ...]:
    """The zones of the place that fixes them best: ground before a state, one zone before several.

    A state of several zones that acts fixes none, unless there is no other: "Russia launched three bombs at noon".
    """
    zones = [
        (known[reference.mention.entity_id].time_zone, reference.mention.sense)
        for reference in references
        if reference.mention.entity_id
    ]
    placed = [
        (zone, sense) for zone, sense in zones if zone and (wide or sense == "literal" or len(zone) == 1)
    ]
    return min(placed, key=lambda z: (len(z[0]) > 1, z[1] != "literal"))[0] if placed else ()


def _telling(references: Sequence[Reference], quotes: Sequence[Quote]) -> Iterator[Reference]:
    """The references to people without those that say nothing of anybody: "people", "officers" who do not speak."""
    speaking = {quote.speaker_span for quote in quotes}
    for reference in references:
        if reference.is_guess:
            continue
        is_group = reference.noun in roles().nouns and roles().nouns[reference.noun].is_group
        tells = reference.mention.entity_id or reference.mention.span in speaking
        if tells or not is_group or reference.source_type not in {"", "unnamed"}:
            yield reference


def _mentions(
    blog: Blog,
    people: Iterable[Reference],
    others: Sequence[Reference],
    known: _Known,
    datelines: Mapping[str, Place],
) -> Iterator[Mention]:
    listed = [reference.mention for reference in (*people, *others)]
    listed += [*byline_mentions(blog, known.registries.outlet_ids), *dateline_mentions(blog, datelines)]
    yield from sorted(dict.fromkeys(listed), key=lambda m: (m.span, m.entity_type))
