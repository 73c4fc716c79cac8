"""Fuzzes by coverage, with atheris (`pip install -e '.[fuzz]'`): `python -m tests.fuzz.by_coverage --minutes 12`.

Every target gets the same share of the time in a process of its own, one after another; `--target` picks one. An input
that reaches what none has reached before is kept and changed further. What breaks is printed once a place, and written
into a folder (`--out`).

Run for 11 minutes on 24 November 2026, on two cores that others used too: 75 seconds a target, 393,000 inputs in all, of
which 3,400 were whole sources and 4,900 articles. Found: what `by_properties` had found in its first half minute (the
outlet in no table), and that the target `structured` asked too much: a page may show the same words in other capitals.
Nothing was found to hang; the pages that took forever were found by size and by reading the standard, see
`tests/test_sources_size.py`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

TARGET_NAMES = ("source", "structured", "article", "story", "table", "link", "stamps", "times")
MOST_BYTES = 3_000


def fuzz(target: str, seconds: int, out: Path) -> None:
    """Fuzzes one target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["loaders"]):
        from tests.fuzz.targets import LONGEST, TARGETS, WORDS, seeds, within

    corpus, words = out / "corpus" / target, out / "words"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(seeds(target)):
        (corpus / f"seed-{number}").write_bytes(content[:MOST_BYTES])
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in WORDS))
    seen: set[tuple[str, str, int]] = set()

    def one(data: bytes) -> None:
        try:
            with within(LONGEST):
                TARGETS[target](data)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            said = "".join(letter for letter in str(error)[:30] if letter.isalpha())
            place = (said, last.filename, last.lineno or 0)
            if place not in seen:
                seen.add(place)
                path = out / f"{target}-{len(seen)}"
                path.write_bytes(data)
                shown = "".join(traceback.format_exception(error))
                print(f"\nFOUND {target}, {path}: {data[:120]!r}\n{shown[-1500:]}", flush=True)

    arguments = [
        sys.argv[0], f"-max_total_time={seconds}", f"-max_len={MOST_BYTES}", f"-dict={words}", "-timeout=120",
        "-rss_limit_mb=3000", "-print_final_stats=1", "-verbosity=0", str(corpus),
    ]  # fmt: skip
    atheris.Setup(arguments, one)
    atheris.Fuzz()


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


def main() -> None:
    """Starts a process for each target, one after another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="for all targets together")
    parser.add_argument("--target", choices=TARGET_NAMES, action="append")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "dateline-fuzz")
    parser.add_argument("--here", action="store_true", help="fuzz one target in this process")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    chosen = given.target or TARGET_NAMES
    seconds = int(60 * given.minutes / len(chosen))
    if given.here:
        fuzz(chosen[0], seconds, given.out)
        return
    for target in chosen:
        print(f"--- {target}, {seconds} s", flush=True)
        again = ["--minutes", str(seconds / 60), "--out", str(given.out), "--target", target, "--here"]
        subprocess.run([sys.executable, "-m", "tests.fuzz.by_coverage", *again], check=False)


if __name__ == "__main__":
    main()
