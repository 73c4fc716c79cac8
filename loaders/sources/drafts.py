"""The one shape every reader ends in: drafts of posts over a text, and the `Blog` that is made of them.

Here, and nowhere else, posts get their times and their ids.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count

from loaders.clock import Posted, Stamp, TimeOfDay, is_oldest_first, posting_times
from loaders.errors import SourceError
from loaders.model import Blog, Post, Problem, Span, slug
from loaders.sources.bylines import Byline

MOST_POSTS = 250_000
"""A live blog of the longest kind has several thousand; each post takes memory of its own."""
FIRST_WORDS = 200
"""Of a post without a headline, the code points that its id may be made of."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One post as a reader found it: its parts as spans, its stamp and what was printed for it."""

    span: Span
    body: Span
    headline: Span | None = None
    byline: Byline | None = None
    stamp: Stamp | None = None
    printed: str = ""
    own_id: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a source says of itself as a whole; empty where it does not say."""

    title: str = ""
    outlet: str = ""
    url: str = ""
    zone: str = ""
    read_at: datetime | None = None


def refuse_more_posts(posts: int) -> None:
    """Says that a source has more posts than any live blog.

    Raises:
        SourceError: It has more than `MOST_POSTS`.
    """
    if posts > MOST_POSTS:
        raise SourceError(
            "this has more posts than any live blog",
            value=f"{posts:,} posts",
            allowed=f"up to {MOST_POSTS:,} posts",
            advice="cut it into several files",
        )


def zone_problem(drafts: Sequence[Draft], page: Page, what: str) -> list[Problem]:
    """One row when times of day name no zone and the page's is not known; `what` may quote the `{first}` of them."""
    first = next((d for d in drafts if isinstance(d.stamp, TimeOfDay) and d.stamp.zone is None), None)
    if first is None or page.zone:
        return []
    advice = "write the zone behind the stamps, as in “14:05 BST”, or give the page's zone when it is read"
    return [
        Problem(what.format(first=repr(first.printed)), advice, start=first.span.start, end=first.span.end)
    ]


def to_blog(text: str, drafts: Sequence[Draft], page: Page, problems: Sequence[Problem] = ()) -> Blog:
    """The blog these drafts make over `text`, in page order, with times and ids.

    Raises:
        ClockError: The posts carry ages and the page does not say when it was read.
    """
    times = posting_times([draft.stamp for draft in drafts], read_at=page.read_at, zone=page.zone)
    ids = _post_ids(text, drafts, is_oldest_first(times))
    records = (_post(n, *parts) for n, parts in enumerate(zip(drafts, ids, times, strict=True), 1))
    return Blog(
        text=text,
        records=tuple(records),
        title=page.title,
        outlet=page.outlet or _outlet_of(text, drafts),
        url=page.url,
        zone=page.zone,
        read_at=page.read_at.astimezone(UTC) if page.read_at else None,
        problems=tuple(_placed(problems, drafts, ids)),
    )


def _placed(problems: Sequence[Problem], drafts: Sequence[Draft], ids: Sequence[str]) -> Iterator[Problem]:
    """The problems, with the id of the post whose span they have."""
    posts = {(draft.span.start, draft.span.end): post_id for draft, post_id in zip(drafts, ids, strict=True)}
    for problem in problems:
        yield replace(problem, post_id=posts.get((problem.start, problem.end), "") if problem.end else "")


def _post(position: int, draft: Draft, post_id: str, posted: Posted) -> Post:
    byline = draft.byline
    return Post(
        post_id=post_id,
        position=position,
        span=draft.span,
        body=draft.body,
        headline=draft.headline,
        byline=byline.span if byline else None,
        reporters=byline.reporters if byline else (),
        outlet=byline.outlet if byline else None,
        age=draft.printed,
        posted_at=posted.at,
        posted_from=posted.after,
        posted_to=posted.until,
        clock=posted.clock,
        url=draft.url,
    )


def _outlet_of(text: str, drafts: Sequence[Draft]) -> str:
    """The outlet that most bylines name."""
    named = Counter(draft.byline.outlet.of(text) for draft in drafts if draft.byline and draft.byline.outlet)
    return named.most_common(1)[0][0] if named else ""


def _post_ids(text: str, drafts: Sequence[Draft], oldest_first: bool) -> list[str]:
    """An id a post, in the order of the drafts.

    Of several posts that would have the same id the oldest keeps it and newer ones get a suffix made of what
    they say, so that a post added to the page renumbers none that was there.
    """
    ids: dict[int, str] = {}
    taken: set[str] = set()
    said: Counter[tuple[str, str]] = Counter()
    order = range(len(drafts)) if oldest_first else range(len(drafts) - 1, -1, -1)
    for n in order:
        base, content = _wanted_id(text, drafts[n]), _content(text, drafts[n])
        said[base, content] += 1
        ids[n] = next(
            wanted for wanted in _variants(base, content, said[base, content]) if wanted not in taken
        )
        taken.add(ids[n])
    return [ids[n] for n in range(len(drafts))]


def _variants(base: str, content: str, occurrence: int) -> Iterator[str]:
    """The id wanted, then ever longer ones of the same content."""
    yield base
    digest = hashlib.sha1(f"{content}\x1f{occurrence}".encode("utf-8", "replace")).hexdigest()
    for length in range(6, len(digest) + 1, 2):
        yield f"{base}-{digest[:length]}"
    yield from (f"{base}-{digest}-{number}" for number in count(2))


def _wanted_id(text: str, draft: Draft) -> str:
    first_words = text[draft.body.start : min(draft.body.end, draft.body.start + FIRST_WORDS)].split("\n")[0]
    words = draft.headline.of(text)[:FIRST_WORDS] if draft.headline else first_words
    return draft.own_id or slug(words) or slug(first_words) or "post"


def _content(text: str, draft: Draft) -> str:
    headline = draft.headline.of(text) if draft.headline else ""
    return f"{headline}\x1f{draft.body.of(text)}"
