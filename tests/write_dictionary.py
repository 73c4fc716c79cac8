"""Writes the data dictionary into the README: `python -m tests.write_dictionary`."""

from __future__ import annotations

from pathlib import Path

from loaders.schema import dictionary

README = Path(__file__).resolve().parent.parent / "README.md"


def between_marks(readme: str, name: str, body: str) -> str:
    """The README with `body` between its two marks of that name.

    Raises:
        ValueError: One of the marks is missing.
    """
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
    before, rest = readme.split(begin)
    _, after = rest.split(end)
    return f"{before}{begin}\n{body}\n\n{end}{after}"


def with_dictionary(readme: str) -> str:
    """The README with the dictionary of the schema in its place."""
    return between_marks(readme, "dictionary", dictionary().strip())


def main() -> None:
    """Rewrites the README in place."""
    README.write_text(with_dictionary(README.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
