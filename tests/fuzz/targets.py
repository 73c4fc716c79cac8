"""What is fuzzed, and what must hold: each target takes bytes and breaks when a promise is broken.

The promises: nothing comes out but `LoaderError`; every span slices to its words; nothing of a source is lost; a time
limit per input. The two fuzzers beside this module, `by_properties` (Hypothesis) and `by_coverage` (atheris), share
the targets, and start from the samples in `tests/samples`, which they cut, join, repeat and fill with `WORDS`.
"""

from __future__ import annotations

import contextlib
import json
import re
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import FrameType
from urllib.parse import parse_qs

from loaders.checking import check_record
from loaders.clock import posting_times
from loaders.corrections import apply_corrections, corrections_of, with_stated_times
from loaders.errors import LoaderError
from loaders.export import csv_bytes, read_csv
from loaders.filters import from_query, to_query
from loaders.model import Blog, Record
from loaders.own_entries import FILES, QUESTIONS, read_own_entries, read_questions, with_own
from loaders.record import annotate, build_record
from loaders.registry import Correction, Story, registries
from loaders.schema import TABLES
from loaders.settings import read_entries, read_yaml
from loaders.sources import read_source_text
from loaders.sources.decoding import decoded
from loaders.sources.stamps import read_lead, read_stamp
from loaders.times import TimeContext, find_times

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples" / "sources"
READ_AT = datetime(2024, 7, 18, 16, 0, tzinfo=UTC)
LONGEST = 10.0
"""Seconds of processor time that an input of a few thousand bytes may take, even when every branch is watched."""
MOST_READ = 4_000
"""Code points of a text from which on the whole way to the tables is left out, so that more inputs are tried."""
STORY = b"""title: A story
outlet: CNN
source: source.txt
read_at: 2023-09-13T05:23:00Z
zone: Asia/Seoul
notes: [one, "two"]
"""


_NEVER_SEEN = dict.fromkeys([*map(ord, "\u200b\ufeff\u00ad\x7f"), *range(0x09), *range(0x0E, 0x1C)])


class Broken(AssertionError):
    """A promise that an input breaks."""


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Breaks off what takes more processor time than that; on a busy machine the clock on the wall says little."""

    def over(_: int, frame: FrameType | None) -> None:
        raise Broken(f"takes more than {seconds:.0f} s")

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def holds(truth: object, what: str) -> None:
    """Breaks unless that is so."""
    if not truth:
        raise Broken(what)


# --- sources ----------------------------------------------------------------------------------------------------


def source(data: bytes) -> None:
    """A file of any format becomes a blog whose posts lie in its text, and that a record, or a `LoaderError`."""
    with contextlib.suppress(LoaderError):
        blog = read_source_text(data, read_at=READ_AT)
        _posts_lie_in_the_text(blog)
        if not decoded(data).lstrip().startswith(("{", "[", "<")):
            holds(blog.text == decoded(data), "a pasted text was changed")
        _becomes_tables(blog)


def structured(data: bytes) -> None:
    """What a page's structured data says of its posts stands in the text, every word of it, in each of the forms."""
    words = data.decode("utf-8", "replace").replace("<", " ").replace("&", " ").replace("[", " ")
    bodies = [part for part in words.split("\x1e") if part.split()][:20]
    posts = [{"headline": f"Post {n}", "articleBody": body} for n, body in enumerate(bodies)]
    stated = json.dumps({"@type": "LiveBlogPosting", "liveBlogUpdate": posts})
    blocks = [{"id": f"b{n}", "bodyHtml": f"<p>{body}"} for n, body in enumerate(bodies)]
    shown = "".join(
        f"<div itemprop=liveBlogUpdate itemscope><h2 itemprop=headline>Post {n}</h2><p itemprop=articleBody>{body}</p></div>"
        for n, body in enumerate(bodies)
    )
    pages = {
        "JSON-LD": f'<html><script type="application/ld+json">{stated}</script><body>',
        "JSON": stated,
        "blocks": json.dumps({"blocks": blocks}),
        "microdata": f"<html><body>{shown}",
    }
    for form, page in pages.items():
        if not bodies:
            continue
        try:
            blog = read_source_text(page, read_at=READ_AT)
        except LoaderError as error:
            raise Broken(f"{form}: {error}") from error
        _posts_lie_in_the_text(blog)
        found = set(_words(blog.text))
        for body in bodies:
            lost = [word for word in _words(body) if word not in found]
            is_cut = (
                bool(lost) and lost == _words(body)[-1:] and any(word.startswith(lost[0]) for word in found)
            )
            holds(not lost or is_cut, f"words are lost in {form}: {lost}")


def article(data: bytes) -> None:
    """Any text becomes rows that hold together, and is kept as it is."""
    text = data.decode("utf-8", "replace")
    record = annotate(text, READ_AT)
    holds(record.text == text, "the text was changed")
    check_record(record)


def _posts_lie_in_the_text(blog: Blog) -> None:
    end = 0
    for post in blog.records:
        holds(
            end <= post.span.start <= post.span.end <= len(blog.text), f"{post.post_id} lies outside or twice"
        )
        end = post.span.end
        inner = (post.body, post.headline, post.byline, post.outlet, *(r.name for r in post.reporters))
        for span in inner:
            holds(span is None or post.span.holds(span), f"{span} lies outside its post {post.span}")
    holds(len({post.post_id for post in blog.records}) == len(blog.records), "an id stands twice")


def _becomes_tables(blog: Blog) -> None:
    if len(blog.text) > MOST_READ:
        return
    try:
        check_record(build_record(blog))
    except LoaderError as error:
        raise Broken(str(error)) from error


def _words(text: str) -> list[str]:
    """The words of a text, of which the last may be cut off in the page's data and whole on the page."""
    return re.findall(r"\w+", text.translate(_NEVER_SEEN).casefold())


# --- what people write beside it --------------------------------------------------------------------------------


@cache
def _built() -> Record:
    return build_record(read_source_text((SAMPLES / "no_blank_lines.txt").read_bytes(), read_at=READ_AT))


def story(data: bytes) -> None:
    """A story's YAML files, parted by record separators, are read or refused, and so are the corrections in them."""
    names = ("story.yaml", "corrections.yaml", QUESTIONS, *FILES)
    with tempfile.TemporaryDirectory() as scratch, contextlib.suppress(LoaderError):
        folder = Path(scratch)
        for name, content in zip(names, data.split(b"\x1e"), strict=False):
            (folder / name).write_bytes(content)
        with contextlib.suppress(LoaderError):
            read_yaml(folder / "story.yaml", Story)
        with contextlib.suppress(LoaderError):
            with_own(registries(), read_own_entries(folder), folder)
        answers = corrections_of(read_questions(folder))
        corrections = (*answers, *read_entries(folder / "corrections.yaml", Correction))
        stated = replace(_built(), blog=with_stated_times(_built().blog, corrections))
        corrected = apply_corrections(stated, corrections)
        for name, rows in corrected.tables():
            csv_bytes(name, rows)


def table(data: bytes) -> None:
    """A CSV is read or refused; what is read is written and read again alike. The first line names the table."""
    name, _, content = data.partition(b"\n")
    wanted = name.decode("ascii", "replace").strip()
    with contextlib.suppress(LoaderError):
        if wanted in TABLES:
            rows = read_csv(wanted, content)
            written = csv_bytes(wanted, rows)
            holds(csv_bytes(wanted, read_csv(wanted, written)) == written, "written and read it is another")


def link(data: bytes) -> None:
    """Any query of a link gives filters, and these are the ones that their own link gives."""
    query = parse_qs(data.decode("utf-8", "surrogateescape"), keep_blank_values=True, max_num_fields=None)
    filters, said = from_query(query)
    holds(from_query(to_query(filters)) == (filters, ()), f"{filters} is not what its link says")
    holds(all("\n" not in sentence for sentence in said), "what is said of a bad value is no sentence")


def stamps(data: bytes) -> None:
    """Lines are stamps or not, and those that are give times with bounds, in any order of the page."""
    lines = data.decode("utf-8", "replace").split("\n")[:50]
    read = [line for line in map(read_stamp, lines) if line]
    for line in lines:
        read_lead(line)
    for zone in ("", "America/New_York"):
        with contextlib.suppress(LoaderError):
            for posted in posting_times([line.stamp for line in read], read_at=READ_AT, zone=zone):
                holds(
                    not posted.after or not posted.until or posted.after <= posted.until, "bounds are turned"
                )
        with contextlib.suppress(LoaderError):
            posting_times([line.stamp for line in read], zone=zone)


def times(data: bytes) -> None:
    """Time expressions slice to what they are, do not overlap, and begin before they end."""
    from loaders.model import Span

    text = data.decode("utf-8", "replace")
    for anchor in (READ_AT, None):
        end = 0
        for found in find_times(text, [TimeContext(Span(0, len(text)), "p", anchor)]):
            holds(
                end <= found.span.start < found.span.end <= len(text), f"{found.span} overlaps or is outside"
            )
            end = found.span.end
            holds(
                not found.time_from or not found.time_to or found.time_from <= found.time_to, "it is turned"
            )


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "source": source,
    "structured": structured,
    "article": article,
    "story": story,
    "table": table,
    "link": link,
    "stamps": stamps,
    "times": times,
}


# --- what they start from ---------------------------------------------------------------------------------------


def _files(folder: Path, *endings: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.iterdir()) if path.name.endswith(endings)]


@cache
def seeds(target: str) -> tuple[bytes, ...]:
    """Inputs that a target does well with, to begin from."""
    pasted = [*_files(SAMPLES, ".txt"), (ROOT / "data" / "sample" / "blog.txt").read_bytes()]
    posts = [post for text in pasted for post in text.split(b"\n\n")]
    if target == "source":
        pages = [content for content in _files(SAMPLES, ".html", ".json") if b'"posts":' not in content]
        return (*pages, *pasted)
    if target == "story":
        return (STORY, _story_files())
    if target == "table":
        return tuple(f"{name}\n".encode() + csv_bytes(name, rows) for name, rows in _built().tables())
    if target == "link":
        return (
            b"people=kim-jong-un&people=x&places=seoul&sources=military&kinds=direct&from=2023-09-13T02:43Z&words=a+b",
            b"zone=Asia/Seoul&lane=place&sort=newest&senses=all&page=2&quote=q-1&story=s&table=quotes&at=2023-09-13",
        )
    if target == "stamps":
        lines = b"\n".join(
            line for text in pasted for line in text.split(b"\n") if any(map(str.isdigit, line.decode()))
        )
        return (
            lines,
            b"14:05 BST (11:05 a.m. PT)\n2:05 p.m. ET, July 18, 2024\n13 Sep 2023 05.23 CEST\nYesterday, noon",
        )
    if target == "times":
        return (
            *posts,
            b"two days ago, last April; since 1950, at 11:43 a.m. local time on Tuesday, by mid-2021",
            b"P1D",
        )
    return tuple(posts)


def _story_files() -> bytes:
    record = _built()
    post, quote = record.posts["post_id"].iloc[1], record.quotes["quote_id"].iloc[0]
    corrections = (
        f"- {{table: posts, row: {post}, action: set, column: posted_at, value: 2023-09-13T01:00:00Z, reason: r}}\n"
        f'- {{table: quotes, row: {quote}, action: set, column: speaker, value: "Orla", reason: r, source: s}}\n'
        f"- {{table: quotes, row: {quote}, action: drop, reason: r}}\n"
        f"- {{table: posts, row: {post}, action: set, column: word_count, value: 12, reason: r}}\n"
    )
    questions = f"- {{question: who, candidates: [a, b], answer: a, table: quotes, rows: [{quote}], column: speaker_id}}\n"
    people = (
        "- {id: orla-finn, name: Orla Finn, aliases: [Orla], gender: female, status: confirmed, found: x}\n"
    )
    places = "- {id: bay, name: Bay, location_type: sea, latitude: 1.5, longitude: -2, time_zone: [UTC], radius_km: 3}\n"
    organizations = (
        "- {id: guild, name: Guild, organization_type: other, source_type: unnamed, status: wrong}\n"
    )
    return b"\x1e".join([STORY, *map(str.encode, (corrections, questions, people, places, organizations))])


WORDS: tuple[bytes, ...] = tuple(
    word.encode("utf-8", "surrogatepass")
    for word in (
        "25 min ago", "1 hr 6 min ago", "14:05 BST", "Updated 12:01 a.m. ET", ", July 18, 2024", "yesterday", "noon", "+05:30",
        "From CNN\u2019s ", " in Seoul", "said", "told reporters", "according to", "his sister", "he", "President ", "TASS",
        "\u201c", "\u201d", "\u2018", "''", "\"", "--", "\u2014", "\u2026", "a.m.", "U.S.", "on Tuesday", "11:43 a.m. local time",
        "mid-", "the 1950s", "30 February", "99:99", "0000", "1e999", "-1", "NaN", ".inf", "9" * 30, "\u0663", "\u00b2",
        "\u200b", "\u202e", "\u2066", "\ufeff", "\u2028", "\u0130", "a\u0301", "\u05d0\u05d1", "\u91d1", "\U0001f680", "\x00", "\x85", "\x1e",
        "<div itemprop=liveBlogUpdate itemscope>", "<time datetime=", "<!--", "<script type=\"application/ld+json\">", "</p>", "&amp;",
        "<template>", "<svg>", "<table>", "<select>", "\"@graph\"", "\"liveBlogUpdate\"", "\"articleBody\"", "\"datePublished\"",
        "\"blocks\"", "\"elements\"", "\"bodyHtml\"", "\"@id\"", "{\"a\":[", "/*", "//", "]]>", "\\u", "&", "%00", "%ff", "=", ";",
        "- ", ": ", "&a ", "*a", "<<: ", "!!binary ", "!!timestamp ", "!!int ", "? ", "|\n", "~", "0o7", "1:20", "[", "]", "{", "}", "\"'",
        "row:", "column:", "value:", "action: merge", "into:", "answer:", "table: mentions", "status: wrong", "2023-09-13",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "\r\n", ",", "true", "\xff", "\udcff",
    )
)  # fmt: skip
"""Pieces that the readers of one format or another look at."""
