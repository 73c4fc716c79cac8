"""Writes the data dictionary into the README: `python -m tests.write_dictionary`."""

from __future__ import annotations

from pathlib import Path

from loaders.schema import dictionary

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- dictionary: begin -->\n", "<!-- dictionary: end -->\n"


def with_dictionary(readme: str) -> str:
    """The README with the dictionary of the schema between its two marks.

    Raises:
        ValueError: One of the marks is missing.
    """
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{dictionary().strip()}\n\n{END}{after}"


def main() -> None:
    """Rewrites the README in place."""
    README.write_text(with_dictionary(README.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
