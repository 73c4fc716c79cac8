"""Posts as structured data states them, and the canonical text they are assembled into.

A post's lines are its headline, its authors where they are known, and its paragraphs; an empty line stands
between posts. The spans are born while the text is put together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from loaders.clock import Instant, Stamp
from loaders.model import Blog, Problem, Reporter, Span
from loaders.sources.bylines import Byline, read_names
from loaders.sources.drafts import Draft, Page, refuse_more_posts, to_blog, zone_problem
from loaders.sources.headlines import own_headline, without_stamp
from loaders.sources.stamps import read_stamp

YEARS = range(1990, 2100)
"""Years in which live blogs are written; what states another states no time (many systems write year 1)."""

_NO_OFFSET = "times state no offset from UTC and were read as UTC"
_BEFORE_OFFSET = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)")
_ZONE_NAME = re.compile(r"\[[\w/+-]*\]$")
_SITE = re.compile(r"^\S+\.[a-z]{2,6}$|^\S+@\S+$|://", re.IGNORECASE)
_COUNTED = re.compile(r"^\D*(\d+)$")


@dataclass(frozen=True, slots=True)
class Posting:
    """One post as stated: plain lines, no markup. `when` is the time as stated, whatever its form."""

    headline: str = ""
    lines: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    when: object = None
    own_id: str = ""
    url: str = ""


def assembled(postings: Sequence[Posting], page: Page, problems: Sequence[Problem] = ()) -> Blog:
    """The blog these posts make, in the order given.

    Raises:
        ClockError: A post states its time as an age, and the page does not say when it was read.
    """
    refuse_more_posts(len(postings))
    postings = _with_own_headlines(_with_stable_ids(postings), page)
    parts: list[str] = []
    drafts: list[Draft] = []
    found = list(problems)
    at = 0
    for posting in postings:
        if parts:
            parts.append("\n\n")
            at += 2
        lines, draft = _draft(posting, page, at)
        parts.append(lines)
        at += len(lines)
        drafts.append(draft)
        found += _problems_of(posting, draft)
    text = "".join(parts)
    drafts = [_with_names(text, draft) for draft in drafts]
    return to_blog(
        text, drafts, page, [*found, *_same_times(drafts), *zone_problem(drafts, page, _NO_OFFSET)]
    )


def joined_posts(lists: Sequence[Sequence[Posting]]) -> list[Posting]:
    """The posts of all lists of one page, each post once, in the order of the first list.

    In one list a post stands twice where id and words are the same. Of another list it is the same post already
    where its id stands there with the same headline or time, or its words do with the same time. Lists of which
    all posts state an instant are put in order of time; others follow each other.
    """
    kept: list[Posting] = []
    seen: set[tuple[object, ...]] = set()
    for postings in lists:
        fresh = [posting for posting in postings if seen.isdisjoint(_signs(posting))]
        once = {
            (posting.own_id or n, posting.headline, posting.lines): posting
            for n, posting in _last_first(fresh)
        }
        kept += reversed(once.values())
        seen.update(sign for posting in fresh for sign in _signs(posting))
    stamps = [stated_time(posting.when) for posting in kept]
    if len([postings for postings in lists if postings]) < 2 or not all(
        isinstance(at, Instant) for at in stamps
    ):
        return kept
    instants = [at.at for at in stamps if isinstance(at, Instant)]
    first = instants[: len(lists[0])]
    order = sorted(range(len(kept)), key=instants.__getitem__, reverse=first != sorted(first))
    return [kept[n] for n in order]


def _last_first(postings: Sequence[Posting]) -> Iterable[tuple[int, Posting]]:
    return reversed(list(enumerate(postings)))


def _signs(posting: Posting) -> list[tuple[object, ...]]:
    """What a post of another list has in common with this one where it is the same post."""
    at = stated_time(posting.when)
    signs: list[tuple[object, ...]] = [("words", posting.headline, posting.lines, at)]
    if posting.own_id:
        signs += [("id", posting.own_id, mark) for mark in (posting.headline, at) if mark]
    return signs


def reporters_among(names: Iterable[str], outlets: Iterable[str]) -> tuple[str, ...]:
    """The authors who are not just the outlet itself or the address of a site, each once."""
    known = {outlet.casefold() for outlet in outlets}
    named = (name for name in names if name and name.casefold() not in known and not _SITE.search(name))
    return tuple({name.casefold(): name for name in named}.values())


def stated_time(when: object, zone: str = "") -> Stamp | None:
    """The instant that structured data states, None where it states none.

    ISO 8601 in all its usual forms, seconds or milliseconds since 1970, or the words of a printed stamp.
    """
    if isinstance(when, bool) or when is None:
        return None
    if isinstance(when, int | float):
        return _from_epoch(when)
    said = _ZONE_NAME.sub("", " ".join(str(when).split())[:80])
    if said.isdecimal() and len(said) in (10, 13):
        return _from_epoch(int(said))
    try:
        at = datetime.fromisoformat(_BEFORE_OFFSET.sub("", said))
    except ValueError:
        return _printed_instant(said, zone)
    if len(said) <= 10:
        return None
    return _instant(at) if at.tzinfo else _printed_instant(said, zone)


def _printed_instant(said: str, zone: str) -> Stamp | None:
    """What a stamp in words says; exact where it names day and zone."""
    line = read_stamp(said, home=zone)
    if line is None:
        return None
    if line.clock and line.zone and (day := line.day.full):
        return _instant(datetime.combine(day, line.clock, line.zone))
    return line.stamp


def _from_epoch(number: float) -> Instant | None:
    for unit in (1, 1000):
        try:
            at = datetime.fromtimestamp(number / unit, UTC)
        except (ValueError, OverflowError, OSError):
            continue
        if instant := _instant(at):
            return instant
    return None


def _instant(at: datetime) -> Instant | None:
    return Instant(at.astimezone(UTC)) if at.year in YEARS else None


def _draft(posting: Posting, page: Page, at: int) -> tuple[str, Draft]:
    """A post's lines joined, and its draft with spans that begin at `at`."""
    lines: list[str] = [line for line in (posting.headline, ", ".join(posting.authors)) if line]
    headline = Span(at, at + len(posting.headline)) if posting.headline else None
    byline = None
    if posting.authors:
        start = headline.end + 1 if headline else at
        byline = Byline(Span(start, start + len(lines[-1])), None, _reporters(posting.authors, start))
    lines += posting.lines
    text = "\n".join(lines)
    body = "\n".join(posting.lines)
    end = at + len(text)
    return text, Draft(
        span=Span(at, end),
        body=Span(end - len(body), end),
        headline=headline,
        byline=byline,
        stamp=stated_time(posting.when, page.zone),
        printed="",
        own_id=posting.own_id,
        url=posting.url,
    )


def _reporters(authors: Sequence[str], at: int) -> tuple[Reporter, ...]:
    found = []
    for author in authors:
        found.append(Reporter(Span(at, at + len(author))))
        at += len(author) + 2
    return tuple(found)


def _with_names(text: str, draft: Draft) -> Draft:
    """The draft with each stated author read as a byline: "Jane Doe in London", "BBC News"."""
    if draft.byline is None:
        return draft
    reporters: list[Reporter] = []
    outlet: Span | None = None
    for stated in draft.byline.reporters:
        read = read_names(text, stated.name)
        reporters += read.reporters if read else (stated,)
        outlet = outlet or (read.outlet if read else None)
    return replace(draft, byline=Byline(draft.byline.span, outlet, tuple(reporters)))


def _with_stable_ids(postings: Sequence[Posting]) -> list[Posting]:
    """The posts without own ids that only count from the top of the page, which the next post changes."""
    numbers = [_COUNTED.match(posting.own_id) for posting in postings]
    counted = [int(match[1][-12:]) for match in numbers if match]
    first = counted[0] if counted else 0
    if len(counted) == len(postings) and first <= 1 and counted == list(range(first, first + len(counted))):
        return [replace(posting, own_id="") for posting in postings]
    return list(postings)


def _with_own_headlines(postings: list[Posting], page: Page) -> list[Posting]:
    """The posts with their headlines as a reader sees them, each said once."""
    shared = len(postings) > 1 and all(posting.headline == page.title for posting in postings)
    return [_with_own_headline(posting, page.zone, page.title if shared else "") for posting in postings]


def _with_own_headline(posting: Posting, zone: str, title: str) -> Posting:
    at = stated_time(posting.when, zone)
    headline = without_stamp(posting.headline, at.at if isinstance(at, Instant) else None, zone)
    return replace(posting, headline=own_headline(headline, posting.lines, title))


def _problems_of(posting: Posting, draft: Draft) -> list[Problem]:
    start, end = draft.span.start, draft.span.end
    found = []
    if not posting.headline and not posting.lines:
        what = "a post has no words, perhaps it is a picture or a video"
        found.append(Problem(what, "look at the page", start=start, end=end))
    if posting.when not in (None, "") and draft.stamp is None:
        what = f"a post states a time that cannot be read: {str(posting.when)[:60]!r}"
        found.append(Problem(what, "its bounds come from the posts above and below", start=start, end=end))
    return found


def _same_times(drafts: Sequence[Draft]) -> list[Problem]:
    """One row when all posts of a page state the same instant."""
    instants = Counter(draft.stamp.at for draft in drafts if isinstance(draft.stamp, Instant))
    if len(drafts) < 3 or len(instants) != 1 or instants.total() != len(drafts):
        return []
    return [
        Problem(
            what="all posts state the same time, which cannot be true of all of them",
            advice="take the times as those of the page, or read the page as pasted text with its own stamps",
        )
    ]
