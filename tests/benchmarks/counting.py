"""How right a record is against text annotated by hand: pure counts, one function for each kind of annotation.

Every count is over all gold rows: what was not found is wrong. A document is one of the JSON objects that
`tests.benchmarks.scores` describes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any

from loaders.model import Record

Row = Mapping[str, Any]
Tallies = dict[str, "Tally"]

SAME = 0.5
"""What two spans must share of the stretch they cover together to count as one."""
LEAST_WORDS = 4
"""Words of the shortest quotation that counts."""
NEAR_KM = 161
"""100 miles, as the field has it."""
EARTH_KM = 6371.0
MINUTE = timedelta(seconds=60)
PRONOUNS = frozenset(["he", "she", "they", "i", "we", "it", "him", "her", "them"])
NOT_OF_A_NAME = frozenset(
    ["the", "a", "an", "of", "and", "mr", "mrs", "ms", "dr", "sen", "rep", "gov", "president", "senator"]
)
POSSESSIVE = re.compile("['’]s")
WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Tally:
    """Gold rows, rows found, and how many of them agree."""

    gold: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.gold + other.gold, self.found + other.found, self.right + other.right)

    @property
    def f(self) -> float:
        """The harmonic mean of precision and recall."""
        rows = self.gold + self.found
        return 2 * self.right / rows if rows else 0.0

    @property
    def share(self) -> float:
        """What part of the gold rows is right."""
        return self.right / self.gold if self.gold else 0.0


def summed(listed: Iterable[Tallies]) -> Tallies:
    """The tallies of all documents, by name."""
    total: Tallies = {}
    for tallies in listed:
        total |= {name: total.get(name, Tally()) + tally for name, tally in tallies.items()}
    return total


def rows(record: Record, table: str) -> list[Row]:
    """The rows of a table."""
    found: list[Row] = getattr(record, table).to_dict("records")
    return found


def shared(one: Row, other: Row) -> float:
    """What two spans have in common, as a part of the stretch from the first's start to the last's end."""
    common = min(one["end"], other["end"]) - max(one["start"], other["start"])
    whole = max(one["end"], other["end"]) - min(one["start"], other["start"])
    return common / whole if common > 0 else 0.0


def counterpart(gold: Row, found: Sequence[Row]) -> Row | None:
    """The row that covers the same words as a gold row, None where none does."""
    best = max(found, key=lambda row: shared(row, gold), default=None)
    return best if best is not None and shared(best, gold) >= SAME else None


# --- quotations and their speakers ------------------------------------------------------------------------------


def name_words(name: object) -> frozenset[str]:
    """The words of a name that tell it from others, small and without the possessive."""
    plain = POSSESSIVE.sub("", str(name or "").lower())
    return frozenset(WORD.findall(plain)) - NOT_OF_A_NAME


def quotes(document: Row, record: Record) -> Tallies:
    """Direct quotations of four words or more: found, with the right speaker, and so where the speaker is a pronoun."""
    found = [quote for quote in rows(record, "quotes") if quote["quote_type"] != "indirect"]
    golds = [quote for quote in document["quotes"] if quote["n_words"] >= LEAST_WORDS and quote["speaker"]]
    pairs = [(gold, counterpart(gold, found)) for gold in golds]
    said = [(gold, _is_speaker(gold, quote)) for gold, quote in pairs]
    pronouns = [is_right for gold, is_right in said if _is_pronoun(gold)]
    long = sum(len(str(quote["quote"]).split()) >= LEAST_WORDS for quote in found)
    return {
        "found": Tally(len(golds), long, sum(quote is not None for _, quote in pairs)),
        "speaker": Tally(len(golds), 0, sum(is_right for _, is_right in said)),
        "pronoun": Tally(len(pronouns), 0, sum(pronouns)),
    }


def _is_pronoun(gold: Row) -> bool:
    return bool(name_words(gold["speaker"]) & PRONOUNS)


def _is_speaker(gold: Row, quote: Row | None) -> bool:
    """Whether the speaker shares a word with the gold one; whom a pronoun means must be named."""
    if quote is None:
        return False
    named = name_words(quote["speaker"])
    meant = name_words(gold.get("speaker_resolved")) - PRONOUNS
    if not _is_pronoun(gold):
        return bool((named | name_words(quote["speaker_mention"])) & name_words(gold["speaker"]))
    return bool(named & (meant or name_words(gold["speaker"])))


# --- places -----------------------------------------------------------------------------------------------------


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great-circle distance between two points given as latitude and longitude in degrees."""
    (north, east), (north_too, east_too) = (tuple(map(radians, point)) for point in (one, other))
    across = cos(north) * cos(north_too) * sin((east_too - east) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(sin((north_too - north) / 2) ** 2 + across)))


def places(document: Row, record: Record) -> Tallies:
    """Place names found, and how many of those with coordinates lie within 100 miles of them."""
    where = {
        place["location_id"]: (place["latitude"], place["longitude"]) for place in rows(record, "locations")
    }
    found = [row for row in rows(record, "mentions") if row["entity_type"] == "location"]
    pairs = [(gold, counterpart(gold, found)) for gold in document["places"]]
    located = [(gold, row) for gold, row in pairs if gold.get("lat") is not None]
    near = sum(
        row is not None and _is_near((gold["lat"], gold["lon"]), where.get(row["entity_id"]))
        for gold, row in located
    )
    return {
        "found": Tally(len(pairs), len(found), sum(row is not None for _, row in pairs)),
        "near": Tally(len(located), 0, near),
    }


def _is_near(gold: tuple[float, float], spot: tuple[float, float] | None) -> bool:
    return spot is not None and kilometres(gold, spot) <= NEAR_KM  # not a number is never near


# --- names and times --------------------------------------------------------------------------------------------


def people(document: Row, record: Record) -> Tallies:
    """Names of people as printed; the spans must agree exactly."""
    listed = [m for m in rows(record, "mentions") if m["entity_type"] == "person" and m["form"] == "name"]
    return {"found": exact(document["people"], ((m["start"], m["end"]) for m in listed))}


def exact(gold: Iterable[Row], found: Iterable[tuple[int, int]]) -> Tally:
    """How many spans are the same to the character."""
    expected, listed = {(row["start"], row["end"]) for row in gold}, set(found)
    return Tally(len(expected), len(listed), len(expected & listed))


def times(document: Row, record: Record) -> Tallies:
    """Expressions of time found, each gold one once, and how many of them have the TIMEX3 value (TempEval-3's way)."""
    found, left, pairs = rows(record, "times"), list(document["times"]), []
    for row in found:
        gold = next((one for one in left if shared(row, one) > 0), None)
        if gold is not None:
            left.remove(gold)
            pairs.append((gold, row))
    valued = sum(gold["value"] == str(row["value"]) for gold, row in pairs)
    size = (len(document["times"]), len(found))
    return {"found": Tally(*size, len(pairs)), "value": Tally(*size, valued)}


# --- posts ------------------------------------------------------------------------------------------------------


def posts(document: Row, stamps: Sequence[datetime], found: int) -> Tallies:
    """Whether a live page has just its posts, and how many instants of posting are right to the minute.

    Args:
        document: The page, with `n_posts_true` and `post_times_true`.
        stamps: The instants that were read.
        found: How many posts were read.
    """
    left = sorted(datetime.fromisoformat(stamp) for stamp in document["post_times_true"] if stamp)
    size, right = len(left), 0
    for stamp in stamps:
        near = min(left, key=lambda true: abs(true - stamp), default=None)
        if near is not None and abs(near - stamp) <= MINUTE:
            left.remove(near)
            right += 1
    gold = document["n_posts_true"]
    return {
        "documents": Tally(1, 1, int(found == gold and right == size)),
        "posts": Tally(gold, found, min(gold, found)),
        "times": Tally(size, len(stamps), right),
    }


SCORERS: Mapping[str, Callable[[Row, Record], Tallies]] = {
    "quotes": quotes,
    "places": places,
    "people": people,
    "times": times,
}
"""What is counted in a document, by the kind of its annotation."""
