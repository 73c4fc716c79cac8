"""Writes the data dictionary into the README: `python -m tests.write_dictionary`."""

from __future__ import annotations

from pathlib import Path

from loaders.schema import TABLES, Column

README = Path(__file__).resolve().parent.parent / "README.md"


def dictionary() -> str:
    """The data dictionary as Markdown: one section a table, one line a column."""
    parts = []
    for schema in TABLES.values():
        parts.append(f"#### {schema.name}\n\nOne row: {schema.meaning}.\n")
        parts.append("| column | type | meaning |\n| --- | --- | --- |")
        parts.extend(_dictionary_line(column) for column in schema.columns)
        parts.append("")
    return "\n".join(parts)


def _dictionary_line(column: Column) -> str:
    kind = f"{column.type} ({column.unit})" if column.unit else column.type
    allowed = f" One of: {', '.join(column.allowed)}." if column.allowed else ""
    return f"| `{column.name}` | {kind} | {column.meaning}.{allowed} |"


def between_marks(readme: str, name: str, body: str) -> str:
    """The README with `body` between its two marks of that name.

    Raises:
        ValueError: One of the marks is missing.
    """
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
    before, rest = readme.split(begin)
    _, after = rest.split(end)
    return f"{before}{begin}\n{body}\n\n{end}{after}"


def write_between(name: str, body: str) -> None:
    """Puts `body` between the README's two marks of that name, in place."""
    README.write_text(between_marks(README.read_text("utf-8"), name, body), "utf-8")


def with_dictionary(readme: str) -> str:
    """The README with the dictionary of the schema in its place."""
    return between_marks(readme, "dictionary", dictionary().strip())


def main() -> None:
    """Rewrites the README in place."""
    write_between("dictionary", dictionary().strip())


if __name__ == "__main__":
    main()
