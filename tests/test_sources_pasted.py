"""Pasted pages in many layouts: each stamp before or after its headline, with and without headlines and bylines."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from loaders.model import Blog, Post
from loaders.sources import read_source_text

READ_AT = datetime(2023, 9, 13, 15, 0, tzinfo=UTC)
HEADLINES = ["Bridge closed after storm", "Drivers asked to stay away", "More rain on the way"]
BYLINES = ["From CNN's Jane Doe", "From CNN's John Roe in London", "By Ann Poe"]
BODIES = [
    "The bridge over the river was closed on Tuesday, the mayor said. Nobody was hurt.",
    "Police asked drivers to take the long way round. They expect delays.",
    "Rain is expected in the evening. The river may rise again by then.",
]
AFTERNOON = ["13 14:05", "13 13:50", "13 13:20"]

STAMPS: list[tuple[list[str], list[str]]] = [
    (["25 min ago", "1 hr 6 min ago", "2 hr ago"], ["13 14:35", "13 13:54", "13 13:00"]),
    (["5m ago", "1h ago", "2h ago"], ["13 14:55", "13 14:00", "13 13:00"]),
    (["25\u00a0min\u00a0ago", "1\u00a0hr\u00a06\u00a0min ago", "2\u2009hr\u202fago"], ["13 14:35", "13 13:54", "13 13:00"]),
    (["14:05 BST", "13:50 BST", "13:20 BST"], ["13 13:05", "13 12:50", "13 12:20"]),
    (["10:05 a.m. ET, September 13, 2023", "9:50 a.m. et, september 13, 2023", "9:20 AM ET, September 13, 2023"], AFTERNOON),
    (["13 Sep 2023 16.05 CEST", "13 Sep 2023 15.50 CEST", "13 Sep 2023 15.20 CEST"], AFTERNOON),
    (["Posted at 14:05", "Posted at 13:50", "Posted at 13:20"], AFTERNOON),
    (["LIVE 14:05", "13:50", "LIVE 13:20"], AFTERNOON),
    (["2:05\u202fPM", "1:50\u202fPM", "1:20\u202fPM"], AFTERNOON),
    (["55m", "1h", "2h"], ["13 14:05", "13 14:00", "13 13:00"]),
    (["Posted at 14:0514:05", "Posted at 13:5013:50", "Posted at 13:2013:20"], AFTERNOON),
    (["14:05 GMT Updated at 14:20 GMT", "13:50 GMT", "13:20 GMT Updated at 13:45 GMT"], AFTERNOON),
    # over two lines: age and time, time and day, a word of its own, posted and updated
    (["2h ago\n13.00 GMT", "3h ago\n12.00 GMT", "4h ago\n11.00 GMT"], ["13 13:00", "13 12:00", "13 11:00"]),
    (["14:05 GMT\n13 September 2023", "13:50 GMT\n13 September 2023", "13:20 GMT\n13 September 2023"], AFTERNOON),
    (["Published\n14:05 GMT", "Published\n13:50 GMT", "Published\n13:20 GMT"], AFTERNOON),
    (["Posted 14:05 GMT\nUpdated 14:20 GMT", "Posted 13:50 GMT", "Posted 13:20 GMT\nUpdated\n13:45 GMT"], AFTERNOON),
    (["Posted at 14:05\n14:05", "Posted at 13:50\n13:50", "Posted at 13:20\n13:20"], AFTERNOON),
    # two days
    (["00:10", "23:50", "23:20"], ["13 00:10", "12 23:50", "12 23:20"]),
    (["Wednesday 00:10 GMT", "Tuesday 23:50 GMT", "Tuesday 23:20 GMT"], ["13 00:10", "12 23:50", "12 23:20"]),
    (["today at 00:10", "yesterday at 23:50", "yesterday at 23:20"], ["13 00:10", "12 23:50", "12 23:20"]),
]  # fmt: skip
LAYOUTS = {
    "stamp, headline": "{stamp}\n{headline}\n{body}",
    "stamp, headline, byline": "{stamp}\n{headline}\n{byline}\n{body}",
    "headline, stamp": "{headline}\n{stamp}\n{body}",
    "headline, byline, stamp": "{headline}\n{byline}\n{stamp}\n{body}",
    "stamp": "{stamp}\n{body}",
    "stamp, byline": "{stamp}\n{byline}\n{body}",
}


def at(post: Post) -> str:
    return post.posted_at.strftime("%d %H:%M") if post.posted_at else ""


def headline(blog: Blog, post: Post) -> str:
    return post.headline.of(blog.text) if post.headline else ""


def bodies(blog: Blog) -> list[str]:
    return [post.body.of(blog.text) for post in blog.records]


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["close", "apart"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("stamps", "times"), STAMPS, ids=[stamps[0] for stamps, _ in STAMPS])
def test_every_stamp_in_every_layout(stamps: list[str], times: list[str], layout: str, between: str) -> None:
    parts = zip(stamps, HEADLINES, BYLINES, BODIES, strict=True)
    posts = [LAYOUTS[layout].format(stamp=s, headline=h, byline=b, body=t) for s, h, b, t in parts]
    blog = read_source_text(between.join(posts), read_at=READ_AT)
    assert [at(post) for post in blog.records] == times
    wanted = HEADLINES if "headline" in layout else ["", "", ""]
    assert [headline(blog, post) for post in blog.records] == wanted
    assert bodies(blog) == BODIES
    assert [post.byline is not None for post in blog.records] == [("byline" in layout)] * 3


def read(*lines: str, read_at: datetime | None = READ_AT) -> Blog:
    return read_source_text("\n".join(lines), read_at=read_at)


CREDITS = [
    (["From CNN's Jane Doe", "and John Roe"], [("Jane Doe", ""), ("John Roe", "")]),
    (["From CNN's Jane Doe,", "John Roe and Ann Poe"], [("Jane Doe", ""), ("John Roe", ""), ("Ann Poe", "")]),
    (["By Jane Doe", "Political correspondent"], [("Jane Doe", "")]),
    (["Jane Doe", "Reporting from Leeds"], [("Jane Doe", "Leeds")]),
    (["Jane Doe", "Europe editor in Kyiv"], [("Jane Doe", "")]),
    (["By Jane Doe, in Kyiv"], [("Jane Doe", "Kyiv")]),
    (["Jane Doe"], [("Jane Doe", "")]),
]


@pytest.mark.parametrize(("lines", "reporters"), CREDITS, ids=[" / ".join(lines) for lines, _ in CREDITS])
def test_bylines_over_two_lines_and_names_alone(lines: list[str], reporters: list[tuple[str, str]]) -> None:
    blog = read("14:05 BST", HEADLINES[0], *lines, BODIES[0], "13:05 BST", HEADLINES[1], BODIES[1])
    post = blog.records[0]
    said = [(r.name.of(blog.text), r.dateline.of(blog.text) if r.dateline else "") for r in post.reporters]
    assert said == reporters
    assert post.byline is not None
    assert post.byline.of(blog.text) == "\n".join(lines)
    assert (headline(blog, post), bodies(blog)) == (HEADLINES[0], BODIES[:2])


NO_CREDITS = [
    ["Business editor resigns", "The board thanked her."],  # ends like a job, and is text
    ["Harbour Street", "Reporting from the scene, police said all was calm."],  # no given name
    ["Jane Doe, who built it, wept.", "She did."],
]


@pytest.mark.parametrize("lines", NO_CREDITS)
def test_lines_that_are_no_credit(lines: list[str]) -> None:
    blog = read("14:05 BST", HEADLINES[0], *lines, "13:05 BST", HEADLINES[1], BODIES[1])
    assert blog.records[0].byline is None
    assert bodies(blog)[0] == "\n".join(lines)


def test_names_that_open_most_posts_are_their_bylines() -> None:
    blog = read(
        "Sept. 13, 2023, 10:05 a.m. ET",
        "Jane Doe",
        BODIES[0],
        "Sept. 13, 2023, 9:30 a.m. ET",
        "John Roe",
        BODIES[1],
    )
    assert [headline(blog, post) for post in blog.records] == ["", ""]
    assert [[r.name.of(blog.text) for r in post.reporters] for post in blog.records] == [
        ["Jane Doe"],
        ["John Roe"],
    ]


def test_a_stamp_that_is_printed_again_under_the_headline_begins_no_post() -> None:
    posts = [
        line
        for clock, title, body in zip(("14:05", "13:05"), HEADLINES, BODIES, strict=False)
        for line in (f"{clock} BST", title, f"published at {clock} British Summer Time", f"{clock} BST", body)
    ]
    blog = read(*posts)
    assert [(headline(blog, post), at(post)) for post in blog.records] == [
        (HEADLINES[0], "13 13:05"),
        (HEADLINES[1], "13 12:05"),
    ]
    assert bodies(blog) == BODIES[:2]


def test_two_posts_of_one_minute_are_two() -> None:
    blog = read(
        "14:05 BST", HEADLINES[0], "14:05 BST", HEADLINES[1], BODIES[1], "13:50 BST", HEADLINES[2], BODIES[2]
    )
    assert [at(post) for post in blog.records] == ["13 13:05", "13 13:05", "13 12:50"]


DAYS = [
    (
        ["13 September 2023", "00:10 GMT", "A", "00:05 GMT", "B", "12 September 2023", "23:50 GMT", "C", "22:10 GMT", "D"],
        ["13 00:10", "13 00:05", "12 23:50", "12 22:10"],
    ),
    (
        ["12 September 2023", "22:10 GMT", "A", "23:50 GMT", "B", "13 September 2023", "00:05 GMT", "C", "00:10 GMT", "D"],
        ["12 22:10", "12 23:50", "13 00:05", "13 00:10"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("page", "times"), DAYS, ids=["newest first", "oldest first"])
def test_days_that_stand_above_their_posts(page: list[str], times: list[str]) -> None:
    lines = [BODIES[0] if len(line) == 1 else line for line in page]
    assert [at(post) for post in read(*lines, read_at=None).records] == times


INLINE = [
    ("14:05 BST – {}", "13:50 BST – {}", ["13 13:05", "13 12:50"]),
    ("2.05pm: {}", "1.50pm: {}", ["13 14:05", "13 13:50"]),
    ("14:05 {}", "13:50 {}", ["13 14:05", "13 13:50"]),
]


@pytest.mark.parametrize(("first", "second", "times"), INLINE)
def test_stamps_that_open_lines_where_none_has_its_own(first: str, second: str, times: list[str]) -> None:
    blog = read(first.format(BODIES[0]), second.format("Monday was calm, police said."))
    assert [at(post) for post in blog.records] == times
    assert bodies(blog) == [BODIES[0], "Monday was calm, police said."]


def test_times_inside_a_text_are_text() -> None:
    text = ["The day so far:", "• 09:30 The train left", "• 10:15 It arrived", "10:30", "The talks began."]
    blog = read(
        "14:05 BST",
        HEADLINES[0],
        *text,
        "13:05 BST",
        HEADLINES[1],
        BODIES[1],
        "12:05 BST",
        HEADLINES[2],
        BODIES[2],
    )
    assert bodies(blog) == ["\n".join(text), *BODIES[1:]]


def test_buttons_and_lists_of_headlines_are_no_text() -> None:
    summary = ["Key events", "5m ago", HEADLINES[0], "10m ago", HEADLINES[1], "Show key events only"]
    posts = ["5m ago", "14.55 GMT", HEADLINES[0], BODIES[0], "Share", "Updated at 14.59 GMT"]
    posts += ["10m ago", "14.50 GMT", HEADLINES[1], BODIES[1], "Share"]
    blog = read(*summary, *posts)
    assert [at(post) for post in blog.records] == ["13 14:55", "13 14:50"]
    assert bodies(blog) == BODIES[:2]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"], ids=["windows", "old mac", "unix"])
def test_line_ends_and_a_byte_order_mark(end: str) -> None:
    text = end.join(["14:05 BST", HEADLINES[0], BODIES[0], "13:05 BST", HEADLINES[1], BODIES[1], ""])
    blog = read_source_text(b"\xef\xbb\xbf" + text.encode(), read_at=READ_AT)
    assert bodies(blog) == BODIES[:2]
    assert [at(post) for post in blog.records] == ["13 13:05", "13 12:05"]


@pytest.mark.parametrize("stamps", [stamps for stamps, _ in STAMPS[:6]])
def test_a_title_above_a_headline_above_its_stamp(stamps: list[str]) -> None:
    posts = zip(HEADLINES, stamps, BODIES, strict=True)
    text = "Storm on the river\n" + "".join(f"{head}\n{stamp}\n{body}\n" for head, stamp, body in posts)
    blog = read_source_text(text, read_at=READ_AT)
    assert blog.title == "Storm on the river"
    assert [headline(blog, post) for post in blog.records] == HEADLINES


def test_an_age_without_ago_is_text_where_the_posts_have_other_stamps() -> None:
    text = "14:05 GMT\nHarbour closed\nThe boat was found.\n12 m\nIt is short.\n13:50 GMT\nRoad open\nAll is well.\n"
    assert len(read_source_text(text, read_at=READ_AT).records) == 2


@pytest.mark.parametrize(
    ("stamp", "zone", "posted"),
    [
        ("July 8, 2024 06:40 pm | Updated 07:15 pm IST", "Asia/Kolkata", "2024-07-08T13:02Z"),
        ("Monday 8 July 2024 19:15, UK", "Europe/London", "2024-07-08T17:32Z"),
    ],
)
def test_the_pages_own_stamp_above_that_of_its_first_post_gives_the_zone_of_all(
    stamp: str, zone: str, posted: str
) -> None:
    posts = "".join(
        f"\n{hour}:32\n\nThe bridge at {hour}\n\nThe bridge is closed.\n" for hour in (18, 16, 12)
    )
    blog = read_source_text(f"Bridge live: it is closed\n\n{stamp}\n{posts}")
    assert (blog.title, blog.zone, len(blog.posts)) == ("Bridge live: it is closed", zone, 3)
    assert blog.records[0].posted_at == datetime.fromisoformat(posted)
