"""What nobody writes and somebody sends: each becomes rows with nothing lost or a clear word, in bounded time.

`test_sources_size` holds that reading is linear, `test_open_blog` what the page answers; here it is the whole way, from
bytes to tables that hold together.
"""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime

import pytest

from loaders.checking import check_record
from loaders.errors import ClockError, LoaderError
from loaders.record import annotate, build_record
from loaders.sources import read_source_text

READ_AT = datetime(2023, 9, 13, 5, 23, tzinfo=UTC)
POST = "The ferry Aurora arrived in Lisbon on Tuesday. “It is late,” the captain, Orla Finn, said."
DATA = json.dumps(
    {"@type": "LiveBlogPosting", "liveBlogUpdate": [{"headline": "Ferry", "articleBody": POST}]}
)
SCRIPT = f'<script type="application/ld+json">{DATA}</script>'
ARABIC, HEBREW, HAN = "وصلت السفينة إلى الميناء", "הספינה הגיעה לנמל", "船到了港口"
NESTED = "“He said ‘she said “they said ‘no’ again” twice’ to me,” Orla Finn said. "

READ: list[tuple[str, str | bytes, int, str]] = [
    # what it is, the source, how many posts it has, words that must not be lost
    ("HTML without its ends", f"<html><body><div><p>{SCRIPT}<table><b><a href='", 1, POST),
    ("tags cut in the middle", f"<html><body <div <p class='x>{'<' * 500}'>{SCRIPT}</spa", 1, POST),
    ("a script that is broken, and the data in another", f"<html><script type='application/ld+json'>{{[[</script>{SCRIPT}", 1, POST),
    ("comments around the data", f"<html>{SCRIPT.replace('>{', '><!--{').replace('}</', '}--></')}", 1, POST),
    ("a wrong charset declared", f"<html><meta charset=utf-16><body>{SCRIPT}".encode(), 1, "captain"),
    ("Windows-1252", f"5 min ago\nFerry\n{POST} Café".encode("cp1252"), 1, f"{POST} Café"),
    ("UTF-8 with damaged letters", f"5 min ago\nFerry\n{POST * 20}".encode().replace(b"Aurora", b"Aur\xffra", 1), 1, POST),
    ("UTF-16", f"5 min ago\nFerry\n{POST}".encode("utf-16"), 1, POST),
    ("null bytes between the letters", "5 min ago\nFerry\n" + "\x00".join(POST), 1, POST),
    ("right to left", f"5 min ago\n{ARABIC}\n{HEBREW} {ARABIC}.", 1, f"{HEBREW} {ARABIC}"),
    ("mixed scripts", f"5 min ago\n{HAN} {ARABIC}\n{POST} {HEBREW} Kim Jong Un {HAN}.", 1, f"{HEBREW} Kim Jong Un {HAN}"),
    ("marks that turn the writing around", f"\u202e5 min ago\u202c\nFerry\n\u2066{POST}\u2069", 1, POST),
    ("zero-width characters in stamp and words", "5\u200b min\u200b ago\nFerry\n" + POST.replace("Finn", "Fi\u200bnn"), 1, "Fi\u200bnn"),
    ("nothing but zero-width characters in a post", "5 min ago\nx\n\u200b\u200d\ufeff\n6 min ago\ny\nz", 2, "z"),
    ("letters with a thousand accents", "5 min ago\nFerry\na" + "\u0301" * 1000 + f" {POST}", 1, POST),
    ("quotation marks within each other", f"5 min ago\nFerry\n{NESTED * 50}", 1, NESTED),
    ("a thousand marks that open", f"5 min ago\nFerry\n{'“' * 1000}{POST}", 1, POST),
    ("marks of every kind in turn", "5 min ago\nFerry\n" + '«“„‘\"”»’' * 300 + POST, 1, POST),
    ("a megabyte on one line", f"5 min ago\nFerry\n{POST} " + "the ship went on and on " * 42_000, 1, POST),
    ("a word of a megabyte", f"5 min ago\nFerry\n{POST} " + "a" * 1_000_000, 1, POST),
    ("numbers no machine holds", f'{{"a": [1e999, -1e999, {"9" * 4000}], "b": {DATA}}}', 1, POST),
    ("an instant no calendar has", DATA.replace('"headline"', f'"datePublished": {"9" * 400}, "headline"'), 1, POST),
    ("five thousand objects around it", '{"a":[' * 100 + DATA + "]}" * 100, 1, POST),
]  # fmt: skip


@pytest.mark.parametrize(("source", "posts", "kept"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_it_becomes_rows_and_nothing_is_lost(source: str | bytes, posts: int, kept: str) -> None:
    begun = time.process_time()
    record = build_record(read_source_text(source, read_at=READ_AT))
    assert time.process_time() - begun < 60
    check_record(record)
    assert len(record.posts) == posts
    assert kept in record.text


REFUSED: list[tuple[str, str | bytes, str]] = [
    # what it is, the source, words of the answer
    ("a page that is no live blog", "<html><body><h1>About us</h1><p>We are here.</p>", "no posts were found: this is an HTML page"),
    ("a letter", "Dear all,\n\nthe meeting is on Monday.\n" * 1000, "no posts were found: no line is a stamp"),
    ("broken HTML without posts", "<html><div><p>25 min ago<script>{{{</div", "no posts were found"),
    ("elements without an end", "<html>" + "<div>" * 100_000 + SCRIPT, "broken beyond reading: more than 1,000 elements"),
    ("elements that other tags close", "<html>" + "<div></b>" * 100_000 + SCRIPT, "broken beyond reading"),
    ("brackets without an end", "[" * 1_000_000, "JSON that cannot be read"),
    ("objects without an end", '{"a":' * 200_000, "JSON that cannot be read"),
    ("a number of a million digits", f'{{"a": {"9" * 1_000_000}}}', "JSON that cannot be read"),
    ("half a letter after a byte order mark", b"\xff\xfe\x00\xd8\x00", "the encoding cannot be told"),
    ("a file packed to nothing", b"PK\x03\x04" + bytes(1000), "this is not text"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_it_is_refused_with_a_clear_word(source: str | bytes, said: str) -> None:
    begun = time.process_time()
    with pytest.raises(LoaderError, match=re.escape(said)):
        read_source_text(source, read_at=READ_AT)
    assert time.process_time() - begun < 60


@pytest.mark.parametrize("instant", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00"])
def test_an_article_of_no_year_is_refused(instant: str) -> None:
    with pytest.raises(ClockError, match="no instant in UTC"):
        annotate("Putin arrived on Tuesday.", datetime.fromisoformat(instant))


@pytest.mark.parametrize("instant", ["0001-01-01T00:00+00:00", "9999-12-31T23:59+00:00"])
def test_the_first_and_the_last_year_are_years(instant: str) -> None:
    text = "Putin arrived on Tuesday. Two days ago, last year, tomorrow, next week, 300 years ago."
    assert len(annotate(text, datetime.fromisoformat(instant)).times) >= 3


PIECES = {
    # what a text is made of that an expression or a search may go over again and again
    "one letter": "a", "capitals": "A ", "capitals without blanks": "Aa", "digits": "1", "digits and stops": "1.", "hyphens": "a-",
    "apostrophes": "a'", "commas": ", ", "stops": ". ", "initials": "A. ", "brackets": "(", "quotes": '"', "single quotes": "'a ",
    "marks that open": "“", "marks that open and close": "“a” ", "colons": "a: ", "dashes": "— ", "blanks": " ", "no-break blanks": "\u00a0",
    "accents": "\u0301", "surnames": "Finn, ", "titles": "President ", "titles of titles": "the president of the ", "said": "said ",
    "who said": "he said that ", "names": "Kim Jong Un ", "and": "Kim and ", "places": "Lisbon, ", "in places": "in Lisbon in ",
    "relatives": "who said who ", "years": "2023 ", "days": "on Tuesday ", "times": "11:43 a.m. ", "ages": "two days ago ",
    "arrivals": "arrived in Moscow ", "missiles": "fired two missiles ", "paragraphs": "\n\n", "lines": "a\n", "quotes of quotes": NESTED,
}  # fmt: skip
SHORT, TIMES_LONGER, SLACK, FLOOR = 6_000, 4, 3, 0.05


def _seconds(text: str) -> float:
    begun = time.process_time()
    annotate(text, READ_AT)
    return max(time.process_time() - begun, FLOOR)


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_no_text_costs_more_than_its_length(piece: str) -> None:
    short, long = (piece * (length // len(piece)) for length in (SHORT, SHORT * TIMES_LONGER))
    annotate(short, READ_AT)
    # A busy machine may hold up one run, but not three in a row: what is not linear fails them all.
    assert any(_seconds(long) <= SLACK * TIMES_LONGER * _seconds(short) for _ in range(3))
