"""The frozen records that travel between the stages, and the `Record` of tables they end in.

Every span is a half-open pair of code-point offsets into `Blog.text`: born where the thing is found,
never searched for again. Instants are aware datetimes in UTC.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache, wraps
from typing import Concatenate, Literal, ParamSpec, TypeVar
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

T = TypeVar("T")
K = TypeVar("K")
P = ParamSpec("P")

EntityType = Literal["person", "organization", "location"]
Form = Literal["name", "description", "pronoun"]
Sense = Literal["", "literal", "metonym", "dateline", "byline", "demonym"]
QuoteType = Literal["direct", "mixed", "indirect"]
Status = Literal["happened", "claimed", "planned", "possible"]
Granularity = Literal["", "minute", "hour", "part of day", "day", "month", "year"]
SourceType = Literal[
    "", "state media", "government", "military", "analyst", "news outlet", "own reporting", "unnamed"
]
PersonType = Literal["leader", "official", "analyst", "journalist", "historical", "other"]
OrganizationType = Literal[
    "news outlet",
    "state media",
    "government",
    "military",
    "university",
    "think tank",
    "international body",
    "other",
]
LocationType = Literal["site", "city", "district", "region", "country", "sea", "former state"]

LIST_SEPARATOR = "; "
"""What joins the parts of a list in one cell, and the ids of a plural."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open code-point offsets into a blog's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words at this span of `text`."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Reporter:
    """One name of a byline, and the city it reports from where the byline gives one."""

    name: Span
    dateline: Span | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One post as it was read: where it stands in the text, and when it was posted.

    `body` covers the paragraphs after headline and byline. `posted_at` is None where the source fixes only
    bounds; `posted_from`/`posted_to` are then what is known (half-open on the left: from < posted <= to).
    """

    post_id: str
    position: int
    span: Span
    body: Span
    headline: Span | None = None
    byline: Span | None = None
    reporters: tuple[Reporter, ...] = ()
    outlet: Span | None = None
    age: str = ""
    posted_at: datetime | None = None
    posted_from: datetime | None = None
    posted_to: datetime | None = None
    clock: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a source that could not be read, with the advice that goes with it."""

    what: str
    advice: str
    post_id: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Blog:
    """A live blog as read: its canonical text, its posts in page order, and what could not be read."""

    text: str
    records: tuple[Post, ...]
    title: str = ""
    outlet: str = ""
    url: str = ""
    zone: str = ""
    read_at: datetime | None = None
    problems: tuple[Problem, ...] = ()

    @cached_property
    def posts(self) -> pd.DataFrame:
        """The `posts` table, one row a post in page order."""
        from loaders.schema import posts_table

        return posts_table(self)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name, describe or point to a person, an organization or a place.

    `entity_id` is empty where the text does not decide who or what is meant; a plural ("the two leaders")
    holds several ids joined with "; ".
    """

    span: Span
    post_id: str
    entity_type: EntityType
    entity_id: str = ""
    form: Form = "name"
    sense: Sense = ""

    @property
    def entity_ids(self) -> tuple[str, ...]:
        """The ids meant, none, one or several."""
        return tuple(self.entity_id.split(LIST_SEPARATOR)) if self.entity_id else ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention in its sentence: the tokens of its whole noun phrase, and what it is called where nobody is named.

    `first`/`last` are token positions, half-open, title and apposition included; `label` is the description
    without its article ("Russia 1 journalist"), or a name that stays open; `noun` is its head, `source_type` says on
    whose word it speaks, `may_mean` holds the ids of those an open name may mean, and `is_guess` marks a name of which
    nothing but that it speaks says that it is a person's.
    """

    mention: Mention
    sentence: int
    first: int
    last: int
    label: str = ""
    noun: str = ""
    source_type: str = ""
    may_mean: tuple[str, ...] = ()
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the blog: what registry and text together say of one."""

    person_id: str
    name: str
    family_name: str = ""
    gender: str = ""
    country: str = ""
    person_type: str = "other"
    offices: tuple[str, ...] = ()
    role: str = ""
    role_noun: str = ""
    affiliations: tuple[str, ...] = ()
    is_registered: bool = False


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization of the blog: what registry and text together say of it."""

    organization_id: str
    name: str
    organization_type: str = "other"
    country: str = ""
    source_type: str = ""
    is_registered: bool = False


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that give a time, their TIMEX3 value and the UTC bounds of what they mean."""

    span: Span
    post_id: str
    value: str
    time_from: datetime | None = None
    time_to: datetime | None = None
    granularity: Granularity = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted or reported words, who said them, how that is known, and on whose word they stand."""

    span: Span
    post_id: str
    quote_type: QuoteType
    is_headline: bool = False
    speaker_id: str = ""
    speaker: str = ""
    speaker_span: Span | None = None
    cue: Span | None = None
    addressee: str = ""
    via: str = ""
    source_type: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """That an event came before or after another one, named by its kind and who took part."""

    relation: Literal["before", "after"]
    event_type: str
    participants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, is claimed, planned or possible, with its bounds and its evidence."""

    span: Span
    trigger: Span
    post_id: str
    event_type: str
    title: str
    status: Status = "happened"
    is_background: bool = False
    start_at: datetime | None = None
    end_at: datetime | None = None
    granularity: Granularity = ""
    time_text: tuple[str, ...] = ()
    time_basis: str = ""
    location_id: str = ""
    destination_id: str = ""
    participants: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    source_type: str = ""
    first_posted_at: datetime | None = None
    post_ids: tuple[str, ...] = ()
    is_headline: bool = False
    """Whether its sentence is a headline; no column."""
    thing: str = ""
    """What it is done to, as printed, where that tells one event of a kind from another; no column."""
    order: tuple[Order, ...] = ()
    """Which other events its sentence puts it before or after; no column."""


@dataclass(frozen=True, eq=False)
class Record:
    """One live blog as checked tables, under the tables' names; `text` is what their spans slice.

    `blog` keeps what the tables were made from: title, outlet, address, zone, when the page was read.
    """

    text: str
    posts: pd.DataFrame
    people: pd.DataFrame
    organizations: pd.DataFrame
    locations: pd.DataFrame
    quotes: pd.DataFrame
    events: pd.DataFrame
    mentions: pd.DataFrame
    times: pd.DataFrame
    corrections: pd.DataFrame
    problems: pd.DataFrame
    blog: Blog = field(repr=False)

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Each table's name and rows, in the order of the schema."""
        from loaders.schema import TABLES

        for name in TABLES:
            yield name, getattr(self, name)

    def with_tables(self, **tables: pd.DataFrame) -> Record:
        """A copy in which the named tables are replaced."""
        return replace(self, **tables)  # type: ignore[arg-type]


def once_a_record(
    function: Callable[Concatenate[Record, P], T],
) -> Callable[Concatenate[Record, P], T]:
    """Keeps what a function says of a record for as long as the record lives: it is the same for every reader.

    For functions whose other arguments are few and from a closed list, and whose answers nobody changes.
    """
    kept: WeakKeyDictionary[Record, dict[object, T]] = WeakKeyDictionary()

    @wraps(function)
    def of(record: Record, /, *arguments: P.args, **named: P.kwargs) -> T:
        said = kept.setdefault(record, {})
        key = (arguments, *named.items())
        if key not in said:
            said[key] = function(record, *arguments, **named)
        return said[key]

    return of


def parts(cell: str) -> list[str]:
    """What a list cell lists."""
    return [part for part in cell.split(LIST_SEPARATOR) if part]


def iso(instant: datetime) -> str:
    """An instant (aware) in ISO 8601, in UTC with a Z."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def web_address(url: str) -> str | None:
    """An address of the web as it is, None for any other: what stands in a blog must not run as a script."""
    return url if url.lower().startswith(("https://", "http://")) else None


@lru_cache(maxsize=1024)
def is_time_zone(name: str) -> bool:
    """Whether there is an IANA zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """The items by what `key` says of each, in their order."""
    found: dict[K, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def plain_name(word: str) -> str:
    """A word in lower case without accents, as names are looked up."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def slug(words: str, limit: int = 60) -> str:
    """`words` as a short readable id: lower-case ASCII words joined with hyphens, whole words only.

    Letters of other scripts that have no ASCII form are kept, so that a name is never reduced to nothing.
    """
    parts = re.findall(r"\w+", re.sub(r"['’ʼ]", "", plain_name(words)))
    kept = ""
    for part in parts:
        if kept and len(kept) + len(part) + 1 > limit:
            break
        kept = f"{kept}-{part}" if kept else part[:limit]
    return kept


_ID_DIGITS = 8
"""Hexadecimal digits of an id; one more for each that another item of a large table has already."""


def stable_ids(prefix: str, items: Sequence[T], key: Callable[[T], Iterable[object]]) -> list[str]:
    """An id for each item, made of what it says and not of where it stands in the list.

    The same item has the same id whenever the source is read again; items with equal keys are told apart
    by their order among themselves.
    """
    seen: Counter[str] = Counter()
    ids: dict[str, None] = {}
    for item in items:
        content = "\x1f".join(map(str, key(item)))
        seen[content] += 1
        numbered = content if seen[content] == 1 else f"{content}\x1f{seen[content]}"
        digest = hashlib.sha1(numbered.encode("utf-8", "replace")).hexdigest()
        size = next(size for size in range(_ID_DIGITS, 41) if f"{prefix}-{digest[:size]}" not in ids)
        ids[f"{prefix}-{digest[:size]}"] = None
    return list(ids)
