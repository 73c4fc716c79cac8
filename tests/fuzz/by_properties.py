"""Fuzzes with Hypothesis: `python -m tests.fuzz.by_properties --minutes 12`, run by hand; `--target` picks one.

Inputs are samples cut, joined, repeated and filled with the words the readers look at; what breaks is made as small as
it can be, printed, and written into a folder (`--out`).

Run for 13 minutes on 24 November 2026, on two cores that others used too: 1,200 inputs a target, 9,600 in all. Found:
a byline's outlet under another name than the registry's ("BBC News") was mentioned and stood in no table; a CSV that is
not UTF-8 came out as something else than a `LoaderError`. Both are mended, and rows of `tests/test_sources.py` and
`tests/test_export.py`.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as some

from tests.fuzz.targets import LONGEST, TARGETS, WORDS, seeds, within

A_ROUND = 150
"""Inputs a target gets in a row."""
MOST_BYTES = 6_000


@some.composite
def mutated(draw: some.DrawFn, target: str) -> bytes:
    """A seed of a target, or two joined, with a few places cut out, repeated, swapped or filled."""
    content = bytearray(draw(some.sampled_from(seeds(target))))
    if len(content) > MOST_BYTES // 2:
        start = draw(some.integers(0, len(content) - MOST_BYTES // 2))
        content = content[start if draw(some.booleans()) else 0 :][: MOST_BYTES // 2]
    for _ in range(draw(some.integers(0, 8))):
        first = draw(some.integers(0, len(content)))
        last = min(len(content), first + draw(some.integers(0, 60)))
        match draw(some.integers(0, 5)):
            case 0:
                del content[first:last]
            case 1:
                content[first:first] = content[first:last] * draw(some.integers(1, 30))
            case 2:
                content[first:last] = draw(some.binary(max_size=8))
            case 3:
                other = draw(some.sampled_from(seeds(target)))
                begin = draw(some.integers(0, len(other)))
                content[first:last] = other[begin : begin + 200]
            case _:
                content[first:first] = draw(some.sampled_from(WORDS)) * draw(
                    some.sampled_from((1, 1, 1, 2, 40))
                )
    return bytes(content[:MOST_BYTES])


def one_round(target: str, number: int) -> tuple[int, bytes | None, str]:
    """How many inputs a round has tried, the smallest that breaks (None where none does), and how."""
    tried, broken = 0, None

    @seed(number)
    @settings(
        max_examples=A_ROUND,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.target, Phase.shrink),
    )
    @given(mutated(target))
    def run(data: bytes) -> None:
        nonlocal tried, broken
        tried += 1
        try:
            with within(LONGEST):
                TARGETS[target](data)
        except BaseException:
            broken = data
            raise

    try:
        run()
    except Exception as error:
        return tried, broken, "".join(traceback.format_exception(error))
    return tried, None, ""


def main() -> None:
    """Goes from target to target until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--target", choices=TARGETS, action="append")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "dateline-fuzz")
    given_words = parser.parse_args()
    given_words.out.mkdir(parents=True, exist_ok=True)
    chosen, tried = given_words.target or list(TARGETS), Counter[str]()
    numbers, begun = random.Random(time.time_ns()), time.monotonic()
    seen: set[tuple[str, str]] = set()
    while time.monotonic() - begun < 60 * given_words.minutes:
        for target in chosen:
            number = numbers.getrandbits(32)
            count, broken, how = one_round(target, number)
            tried[target] += count
            if broken is not None and (target, where := how.split("Failing test case")[0][-400:]) not in seen:
                seen.add((target, where))
                path = given_words.out / f"{target}-{number}"
                path.write_bytes(broken)
                print(f"\n{target}, {path}: {broken[:300]!r}\n{how[-1500:]}", flush=True)
    spent = (time.monotonic() - begun) / 60
    print(f"{spent:.1f} minutes, {len(seen)} found; inputs: {dict(tried)}")


if __name__ == "__main__":
    main()
