"""Whole sources into blogs: each sample beside what it must become, ids that stay, errors that help.

The samples in tests/samples/sources are invented. `NAME.expected.json` beside each was read by eye.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.checking import check_record
from loaders.errors import ClockError, LoaderError, SourceError
from loaders.model import Blog, Span
from loaders.record import build_record
from loaders.sources import read_source, read_source_text

SAMPLES = Path(__file__).parent / "samples" / "sources"
READ_AT = datetime(2023, 9, 13, 5, 23, tzinfo=UTC)
READ = {
    "no_blank_lines.txt": READ_AT,
    "two_stamps.txt": datetime(2023, 9, 13, 0, 10, tzinfo=UTC),
}
SOURCES = sorted(path for path in SAMPLES.iterdir() if not path.name.endswith(".expected.json"))
STORY = Path(__file__).parent.parent / "data" / "stories" / "kim-putin-2023" / "source.txt"


def told(blog: Blog) -> dict[str, object]:
    """A blog as plain values, spans as the words they hold."""
    return {
        "title": blog.title,
        "outlet": blog.outlet,
        "url": blog.url,
        "zone": blog.zone,
        "read_at": _iso(blog.read_at),
        "posts": [
            {
                "post_id": post.post_id,
                "headline": _words(post.headline, blog),
                "byline": _words(post.byline, blog),
                "outlet": _words(post.outlet, blog),
                "reporters": [[_words(r.name, blog), _words(r.dateline, blog)] for r in post.reporters],
                "body": _words(post.body, blog).split("\n"),
                "age": post.age,
                "posted_at": _iso(post.posted_at),
                "posted_from": _iso(post.posted_from),
                "posted_to": _iso(post.posted_to),
                "clock": post.clock,
                "url": post.url,
            }
            for post in blog.records
        ],
        "problems": [problem.what for problem in blog.problems],
    }


def _iso(instant: datetime | None) -> str:
    return instant.isoformat() if instant else ""


def _words(span: Span | None, blog: Blog) -> str:
    return span.of(blog.text) if span else ""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_sample_becomes_what_stands_beside_it(path: Path) -> None:
    expected = json.loads(path.with_name(path.name + ".expected.json").read_text(encoding="utf-8"))
    assert told(read_source(path, read_at=READ.get(path.name))) == expected


@pytest.mark.parametrize("path", SOURCES, ids=[path.name for path in SOURCES])
def test_the_tables_of_a_sample_hold_together(path: Path) -> None:
    check_record(build_record(read_source(path, read_at=READ_AT)))


def test_both_forms_of_the_guardians_blocks_make_the_same_posts() -> None:
    front_end, content_api = (
        read_source(SAMPLES / f"blocks_{name}.json") for name in ("front_end", "content_api")
    )
    assert front_end.text == content_api.text
    assert front_end.records == content_api.records


class TestFirstStory:
    """The page the project was made for."""

    blog = read_source(STORY, read_at=READ_AT, zone="America/New_York")

    def test_its_text_is_the_file(self) -> None:
        assert self.blog.text.encode("utf-8") == STORY.read_bytes()

    def test_nine_posts_with_the_ages_printed(self) -> None:
        hours = ["", "25 min ago", "20 min ago", "30 min ago", "53 min ago"]
        hours += ["1 hr 6 min ago", "1 hr 21 min ago", "1 hr 23 min ago", "1 hr 32 min ago"]
        assert [post.age for post in self.blog.records] == hours

    def test_the_posts_follow_each_other_without_a_gap(self) -> None:
        ends = [0, *(post.span.end + 1 for post in self.blog.records)]
        assert [post.span.start for post in self.blog.records] == ends[:-1]

    def test_the_first_post_has_bounds_and_no_time(self) -> None:
        first, second, *_ = self.blog.records
        assert (first.posted_at, first.clock) == (None, "neighbours")
        assert (first.posted_from, first.posted_to) == (READ_AT - timedelta(minutes=26), READ_AT)
        assert second.posted_at == READ_AT - timedelta(minutes=25)

    def test_reporters_and_where_they_are(self) -> None:
        posts = self.blog.posts
        assert list(posts["dateline"].iloc[[0, 8]]) == ["Hong Kong", "Tokyo; Hong Kong"]
        assert posts["reporters"].iloc[4] == "Jessie Yeung; Brad Lendon; Simone McCarthy"
        assert self.blog.outlet == "CNN"


PAGE = "{age} min ago\nRoad {n} is open again\nThe road is open from end to end.\n"
JSON_POST = '{{"@type": "BlogPosting", "headline": "Road {n} is open again", "articleBody": "The road is open."{more}}}'


def pasted(*numbers: int) -> Blog:
    text = "".join(PAGE.format(age=5 * place, n=n) for place, n in enumerate(numbers))
    return read_source_text(text, read_at=READ_AT)


def test_a_post_added_on_top_renumbers_none() -> None:
    assert [post.post_id for post in pasted(3, 2, 1).records[1:]] == [
        post.post_id for post in pasted(2, 1).records
    ]


def test_of_posts_that_say_the_same_the_oldest_keeps_the_plain_id() -> None:
    older, newer = pasted(1, 1), pasted(1, 1, 1)
    assert older.records[-1].post_id == "road-1-is-open-again"
    assert [post.post_id for post in newer.records[1:]] == [post.post_id for post in older.records]


def structured(*posts: str, more: str = "") -> Blog:
    return read_source_text(f'{{"@type": "LiveBlogPosting"{more}, "liveBlogUpdate": [{",".join(posts)}]}}')


def test_ids_that_only_count_from_the_top_are_not_taken() -> None:
    urls = [f', "url": "https://news.example/live#post{n}"' for n in (1, 2)]
    blog = structured(*(JSON_POST.format(n=n, more=url) for n, url in enumerate(urls)))
    assert [post.post_id for post in blog.records] == ["road-0-is-open-again", "road-1-is-open-again"]


def test_ids_that_count_the_posts_as_they_come_are_taken() -> None:
    urls = [f', "url": "https://news.example/live#post{n}"' for n in (2, 1)]
    blog = structured(*(JSON_POST.format(n=n, more=url) for n, url in enumerate(urls)))
    assert [post.post_id for post in blog.records] == ["post2", "post1"]


def test_a_headline_that_only_repeats_the_pages_title_is_none() -> None:
    title = ', "headline": "Road 1 is open again"'
    blog = structured(JSON_POST.format(n=1, more=""), JSON_POST.format(n=1, more=""), more=title)
    assert [post.headline for post in blog.records] == [None, None]
    assert blog.text == "The road is open.\n\nThe road is open."


AUTHORS = [
    ('"Jane Doe"', ["Jane Doe"]),
    ('[{"name": "Jane Doe"}, {"name": "John Roe"}, {"name": "Jane Doe"}]', ["Jane Doe", "John Roe"]),
    ('"By Jane Doe and John Roe"', ["Jane Doe", "John Roe"]),
    ('{"name": ["Jane Doe", "John Roe"]}', ["Jane Doe", "John Roe"]),
    # the outlet, a site, an address, nobody
    ('{"@type": "Organization", "name": "The Example"}', []),
    ('"Example.com"', []),
    ('"https://news.example/jane-doe"', []),
    ("null", []),
]


@pytest.mark.parametrize(("stated", "names"), AUTHORS)
def test_authors_in_structured_data(stated: str, names: list[str]) -> None:
    post = JSON_POST.format(n=1, more=f', "author": {stated}')
    blog = structured(post, more=', "publisher": {"name": "The Example"}')
    assert [_words(reporter.name, blog) for reporter in blog.records[0].reporters] == names


STATED_TIMES = [
    ('"2023-11-02T20:51:11+05:30"', "2023-11-02T15:21:11+00:00"),
    ('"2023-11-02T15:21:11Z"', "2023-11-02T15:21:11+00:00"),
    ('"2023-11-02T15:21:11.250+0000"', "2023-11-02T15:21:11.250000+00:00"),
    ('"2023-11-02T15:21:11.000Z[UTC]"', "2023-11-02T15:21:11+00:00"),
    ('"Thu, 02 Nov 2023 15:21:11 GMT"', "2023-11-02T15:21:11+00:00"),
    ('"Thu Nov 02 2023 15:21:11 GMT+0000 (Coordinated Universal Time)"', "2023-11-02T15:21:11+00:00"),
    ('"2023-11-02 20:51:11 +05:30"', "2023-11-02T15:21:11+00:00"),
    ("1698938471000", "2023-11-02T15:21:11+00:00"),
    ("1698938471", "2023-11-02T15:21:11+00:00"),
    ('"November 2, 2023 11:21 AM EDT"', "2023-11-02T15:21:00+00:00"),
    ('["2023-11-02T15:21:11Z"]', "2023-11-02T15:21:11+00:00"),
    ('{"@type": "DateTime", "@value": "2023-11-02T15:21:11Z"}', "2023-11-02T15:21:11+00:00"),
    # no offset and no zone: UTC, with a problem row that says so
    ('"2023-11-02T15:21:11"', "2023-11-02T15:21:11+00:00"),
    # what many systems write for "unknown", a day, and what is no time
    ('"0001-01-01T00:00:00Z"', ""),
    ('"2023-11-02"', ""),
    ('"soon"', ""),
    ("1e400", ""),
    ("true", ""),
    ("[1]", ""),
]


@pytest.mark.parametrize(("stated", "at"), STATED_TIMES)
def test_times_in_structured_data(stated: str, at: str) -> None:
    blog = structured(JSON_POST.format(n=1, more=f', "datePublished": {stated}'))
    assert _iso(blog.records[0].posted_at) == at


def test_a_time_without_offset_is_told_as_a_problem_unless_the_zone_is_known() -> None:
    post = JSON_POST.format(n=1, more=', "datePublished": "2023-11-02T15:21:11"')
    problem = structured(post).problems[0]
    assert "no offset" in problem.what
    assert problem.post_id == "road-1-is-open-again"
    known = read_source_text(f'{{"liveBlogUpdate": [{post}]}}', zone="Asia/Kolkata")
    assert (known.problems, _iso(known.records[0].posted_at)) == ((), "2023-11-02T09:51:11+00:00")


def test_a_read_at_that_is_given_goes_before_the_pages_own() -> None:
    path = SAMPLES / "with_head.txt"
    later = datetime(2024, 7, 18, 12, tzinfo=UTC)
    assert read_source(path, read_at=later).records[0].posted_at == later - timedelta(minutes=4)


def test_a_second_headline_with_a_byline_is_a_post_that_has_lost_its_stamp() -> None:
    text = (
        "25 min ago\nBridge opens\nFrom CNN's Jane Doe\nIt is open.\nRoad closes\nFrom CNN's John Roe\nIt is closed.\n"
        "40 min ago\nRain\nFrom CNN's Ann Poe\nIt rains."
    )
    blog = read_source_text(text, read_at=READ_AT)
    assert [(_words(post.headline, blog), post.clock) for post in blog.records] == [
        ("Bridge opens", "age stamp"),
        ("Road closes", "neighbours"),
        ("Rain", "age stamp"),
    ]


def page_with(script: str, shown: str = "") -> str:
    return f'<!doctype html><title>Storm</title><script type="application/ld+json">{script}</script><body>{shown}</body>'


POSTS = [JSON_POST.format(n=n, more=f', "datePublished": "{at}"') for n, at in enumerate(
    ["2023-09-13T14:05:00Z", "2023-09-13T13:50:00+0000", "2023-09-13T18:50:00+05:30"])]  # fmt: skip
LISTED = f'{{"@type": "LiveBlogPosting", "liveBlogUpdate": [{", ".join(POSTS)}]}}'
BROKEN = [
    # what outlets do to their JSON-LD
    ("in a graph", f'{{"@graph": [{{"@type": "WebPage"}}, {LISTED}]}}'),
    ("inside another object", f'{{"@type": "WebPage", "mainEntity": {LISTED}}}'),
    ("comments around", f"/* a */\n{LISTED}\n// z"),
    ("a comment around all of it", f"<!--\n{LISTED}\n-->"),
    ("cdata", f"//<![CDATA[\n{LISTED}\n//]]>"),
    ("control characters", LISTED.replace("The road", "The\x0b\x01road")),
    ("an escape JSON does not have", LISTED.replace("Road 1", "Road\\'s 1")),
    ("a comma too many", LISTED.replace("]}", "],}")),
    ("escaped as a whole", LISTED.replace('"', "&quot;")),
    ("a part of the page", f'{{"@type": "WebPage", "hasPart": [{{"@type": "WPHeader"}}, {LISTED}]}}'),
    ("the prefix of schema.org", re.sub(r'"(?=[a-zA-Z]+":)', '"schema:', LISTED)),
    ("the address of schema.org", re.sub(r'"(?=[a-zA-Z]+":)', '"https://schema.org/', LISTED)),
    (
        "an item list",
        LISTED.replace('[{"@type"', '{"@type": "ItemList", "itemListElement": [{"@type"').replace(
            "]}", "]}}"
        ),
    ),
]


@pytest.mark.parametrize("script", [case[1] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_broken_structured_data_is_read(script: str) -> None:
    blog = read_source_text(page_with(script))
    assert [_iso(post.posted_at)[11:16] for post in blog.records] == ["14:05", "13:50", "13:20"]
    assert {_words(post.body, blog) for post in blog.records} == {"The road is open."}
    assert blog.problems == ()


def said_by(blog: Blog) -> list[str]:
    return [_words(post.headline, blog)[5:6] for post in blog.records]


def live_blog(*numbers: int, url: str = "https://news.example/live", cut: str = "") -> str:
    """A live blog of numbered posts, an hour apart, perhaps with a text `cut` short."""
    posts = ", ".join(
        JSON_POST.format(
            n=n, more=f', "@id": "{url}#block-{n}a", "datePublished": "2023-09-13T{10 + n}:00:00Z"'
        )
        for n in numbers
    ).replace("The road is open.", cut or "The road is open.")
    return f'{{"@type": "LiveBlogPosting", "url": "{url}", "liveBlogUpdate": [{posts}]}}'


TWO_BLOGS = [
    ("posts of both", live_blog(5, 4, 3), live_blog(2, 1), "54321"),
    ("the smaller first", live_blog(2, 1), live_blog(5, 4, 3), "54321"),
    ("oldest first", live_blog(1, 3, 4), live_blog(2, 5), "12345"),
    ("some posts in both", live_blog(4, 3, 2), live_blog(2, 1), "4321"),
    ("the same posts, cut short in one", live_blog(3, 2, 1), live_blog(3, 2, cut="The road"), "321"),
    ("a part behind a query", live_blog(3, 2), live_blog(1, url="https://news.example/live?page=2"), "321"),
    ("a post twice under one id", live_blog(3, 2, 2, 1), "{}", "321"),
]


@pytest.mark.parametrize(("first", "second", "posts"), [case[1:] for case in TWO_BLOGS], ids=lambda case: "")
def test_of_several_live_blogs_of_a_page_every_post_is_read_once(first: str, second: str, posts: str) -> None:
    both = f'{first}</script><script type="application/ld+json">{second}'
    assert "".join(said_by(read_source_text(page_with(both)))) == posts
    assert "".join(said_by(read_source_text(f"[{first}, {second}]"))) == posts


def test_one_id_with_other_words_is_another_post() -> None:
    later = live_blog(2).replace("The road is open.", "It is closed again.")
    posts = [json.loads(blog)["liveBlogUpdate"][0] for blog in (later, live_blog(2))]
    assert said_by(structured(*map(json.dumps, posts))) == ["2", "2"]


def test_a_live_blog_of_another_address_is_left_out_and_named() -> None:
    other = live_blog(2, 1, url="https://news.example/sport").replace(
        '"url"', '"headline": "Cup final", "url"', 1
    )
    blog = read_source_text(page_with(f"[{live_blog(5, 4, 3)}, {other}]"))
    assert said_by(blog) == ["5", "4", "3"]
    assert ["Cup final" in problem.what for problem in blog.problems] == [True]


def test_posts_in_the_json_of_the_pages_program_where_nothing_else_has_them() -> None:
    fed = f'<script id="__NEXT_DATA__" type="application/json">{{"props": {{"blog": {live_blog(2, 1)}}}}}</script>'
    assert said_by(read_source_text(f"<!doctype html><title>Storm</title><body>{fed}")) == ["2", "1"]
    assert said_by(read_source_text(page_with(live_blog(4, 3), fed))) == ["4", "3"]


@pytest.mark.parametrize("order", ["{time}{head}{body}", "{head}{time}{body}", "{head}{body}{time}"])
def test_where_all_structured_times_are_the_same_the_shown_ones_are_taken(order: str) -> None:
    same = LISTED.replace("13:50:00+0000", "14:05:00Z").replace("18:50:00+05:30", "14:05:00Z")
    shown = "".join(
        f"<article>{order.format(time=f'<time datetime=2023-09-13T{at}:00Z>{at}</time>', head=f'<h2>Road {n} is open again</h2>', body='<p>The road is open.</p>')}</article>"
        for n, at in enumerate(("14:05", "13:50", "13:20"))
    )
    blog = read_source_text(page_with(same, shown))
    assert [_iso(post.posted_at)[11:16] for post in blog.records] == ["14:05", "13:50", "13:20"]
    assert {_words(post.body, blog) for post in blog.records} == {"The road is open."}


def test_guardian_blocks_in_every_wrapping_of_the_content_api() -> None:
    answer = json.loads((SAMPLES / "blocks_content_api.json").read_text("utf-8"))
    whole = read_source_text(json.dumps(answer))
    blocks = answer["response"]["content"]["blocks"]
    asked_for = {
        "requestedBodyBlocks": {"body:latest:1": blocks["body"][:1], "body:latest:30": blocks["body"]}
    }
    for wrapped in (blocks, blocks["body"], asked_for, {"response": {"content": {"blocks": asked_for}}}):
        assert read_source_text(json.dumps(wrapped)).text == whole.text


ENCODINGS: list[tuple[str, Callable[[str], bytes]]] = [
    ("utf-8", lambda text: text.encode()),
    ("utf-8 with a mark", lambda text: b"\xef\xbb\xbf" + text.encode()),
    ("utf-16 with a mark", lambda text: text.encode("utf-16")),
    ("windows-1252", lambda text: text.encode("cp1252")),
    ("crlf", lambda text: text.replace("\n", "\r\n").encode()),
]


@pytest.mark.parametrize("encode", [case[1] for case in ENCODINGS], ids=[case[0] for case in ENCODINGS])
def test_the_text_is_the_same_in_every_encoding(encode: Callable[[str], bytes]) -> None:
    text = "5 min ago\nCafé “Zoë” opens\nIt’s open – at last.\n"
    assert read_source_text(encode(text), read_at=READ_AT).text == text


def test_a_page_in_the_charset_it_declares() -> None:
    post = JSON_POST.format(n="Львів", more="")
    page = f'<html><meta charset="koi8-u"><script type="application/ld+json">{{"liveBlogUpdate": [{post}]}}</script>'
    blog = read_source_text(page.encode("koi8-u"))
    assert _words(blog.records[0].headline, blog) == "Road Львів is open again"


BAD = [
    ("empty", b"", "nothing in it"),
    ("only blanks", b" \n\t\n", "nothing in it"),
    ("an image", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not text"),
    ("an archive", b"PK\x03\x04" + b"stamps", "not text"),
    ("an encoding nobody can tell", b"5 min ago\n\x81\x8d\x8f\x90\x9d", "UTF-8"),
    ("a broken utf-16", b"\xff\xfe5", "byte order mark"),
    ("a text without stamps", b"A headline\nA paragraph.", "no posts"),
    ("json of something else", b'{"name": "x"}', "no posts"),
    ("a page of something else", b"<!doctype html><p>Hello", "no posts"),
    ("a live blog without posts", b'{"@type": "LiveBlogPosting", "liveBlogUpdate": []}', "no posts"),
    ("posts that are none", b'{"liveBlogUpdate": [1, null, "x", []]}', "no posts"),
    ("a json bomb", b'{"liveBlogUpdate": ' + b"[" * 100_000, "nested too deeply"),
    ("an html bomb", b"<html>" + b"<div>" * 100_000, "beyond reading"),
    (
        "an element of attributes",
        b"<div " + b" ".join(b"a%d" % n for n in range(9999)) + b">",
        "beyond reading",
    ),
]


@pytest.mark.parametrize(("content", "says"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_what_cannot_be_read_is_an_error_that_says_why(content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=says) as raised:
        read_source(path, read_at=READ_AT)
    assert str(path) in str(raised.value)


def test_a_folder_a_missing_file_and_a_file_too_large(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    for path, says in ((tmp_path, "folder"), (tmp_path / "none", "no such file"), (huge, "too large")):
        with pytest.raises(SourceError, match=says):
            read_source(path)


def test_ages_without_the_moment_they_were_read_at() -> None:
    with pytest.raises(ClockError, match="--read-at"):
        read_source(SAMPLES / "no_blank_lines.txt")


fragments = st.sampled_from(
    [
        *("25 min ago", "2 hr ago", "14:05 BST", "13 September 2023", "Updated 6:52 a.m. ET, July 18, 2024"),
        *(
            "Yesterday 9:00",
            "From CNN’s Jane Doe in Rome",
            "A headline",
            "A sentence.",
            "\n",
            "\n\n",
            " ",
            "\r\n",
        ),
        *(
            "\u200b",
            "\u202e",
            "שלום",
            "\x00",
            "\ud800",
            "<",
            "<div itemprop=liveBlogUpdate itemscope>",
            "</div>",
        ),
        *(
            "<script type=application/ld+json>",
            "</script>",
            '{"liveBlogUpdate": [',
            '{"headline": "x", "author": ',
        ),
        *(
            '"datePublished": ',
            '"2023-09-13T05:23:00Z"',
            "1e999",
            '"@id": ',
            "[",
            "]",
            "{",
            "}",
            ", ",
            '"',
            "null",
        ),
        *(
            '{"blocks": [{"id": "1", "bodyHtml": "<p>x"}]}',
            "&quot;",
            "&#55296;",
            "<b>",
            "<table>",
            "<!--",
            "/*",
        ),
    ]
)


@settings(max_examples=300)
@given(st.lists(fragments | st.text(max_size=5), max_size=40), st.booleans(), st.booleans())
def test_no_input_whatever_breaks_reading_and_all_spans_nest(
    parts: list[str], as_bytes: bool, is_known: bool
) -> None:
    text = "".join(parts)
    content = text.encode("utf-8", "surrogatepass") if as_bytes else text
    try:
        blog = read_source_text(content, read_at=READ_AT if is_known else None)
    except LoaderError:
        return
    blog.text.encode("utf-8")
    assert len(set(blog.posts["post_id"])) == len(blog.records)
    end = 0
    for post in blog.records:
        inner = [span for span in (post.headline, post.byline, post.outlet, post.body) if span]
        assert end <= post.span.start
        assert all(post.span.holds(span) for span in inner)
        assert not any(span.overlaps(post.body) for span in inner[:-1])
        end = post.span.end


HEADED = "".join(f"{n} min ago\nRoad {n} is open again\nIt is open from end to end.\n" for n in range(1, 7))
ALONE = [
    # a page that gives nearly all posts a headline: what stands alone is one
    (HEADED + "9 min ago\nA picture of the road", "A picture of the road", ""),
    # a sentence is none
    (HEADED + "9 min ago\nThe road is wet.", "", "The road is wet."),
    # on such a page a question may be one
    (HEADED + "9 min ago\nIs the road wet?\nIt is.", "Is the road wet?", "It is."),
    # too few posts to tell
    ("1 min ago\nRoad 1 is open\nIt is.\n9 min ago\nA picture", "", "A picture"),
    # a page without headlines
    ("1 min ago\nIt is open.\nAt last.\n9 min ago\nIs the road wet?\nIt is.", "", "Is the road wet?\nIt is."),
]


@pytest.mark.parametrize(("text", "headline", "body"), ALONE)
def test_the_pages_habit_decides_what_is_a_headline(text: str, headline: str, body: str) -> None:
    blog = read_source_text(text, read_at=READ_AT)
    last = blog.records[-1]
    assert (_words(last.headline, blog), _words(last.body, blog)) == (headline, body)
