"""What may stand on the command line, and the help that explains all of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from loaders import __version__
from loaders.export import SOURCE_NAME

ABOUT = """\
Turns a live blog into tables that can be checked: posts, people, organizations, places, quotes, events.
Every row says which words of the text it comes from.
"""
EXAMPLES = """\
examples:
  python -m loaders build data/stories/kim-putin-2023 --out tables
  python -m loaders build saved-page.html --out tables
  python -m loaders build pasted.txt --out tables --read-at 2023-09-13T01:23-04:00
  python -m loaders check

Exit status: 0 when all went well, 2 when something is wrong. Then standard error says what, and no file
was written or changed.
"""
BUILD = f"""\
Reads a live blog and writes each table as CSV (UTF-8, ISO 8601 instants in UTC), and {SOURCE_NAME}: the
text whose characters `start` and `end` count. The folder appears whole or not at all.

SOURCE is one of
  a story folder with story.yaml (title, outlet, when the page was read) and, if wanted, corrections.yaml
  a text file with what was copied from the page, stamps and all ("25 min ago", "14:05 BST")
  a saved HTML page that says schema.org LiveBlogPosting
  a JSON file with Guardian blocks
What a file is, its content says, not its name.
"""
BUILD_EXAMPLES = """\
examples:
  python -m loaders build data/stories/kim-putin-2023 --out tables
  python -m loaders build pasted.txt --out tables --read-at 2023-09-13T01:23-04:00
  python -m loaders build pasted.txt --out tables --read-at "2023-09-13 01:23" --zone America/New_York
"""
CHECK = """\
Reads what people edit, and says what is wrong: YAML that breaks its schema, corrections that no longer
match a row or change anything, keys of rows that are not there, spans that do not hold their words.

FOLDER is a story's folder, or one that `build` wrote. Without it: every registry, vocabulary and story
in data/.
"""
CHECK_EXAMPLES = """\
examples:
  python -m loaders check
  python -m loaders check data/stories/kim-putin-2023
  python -m loaders check tables
"""


def parser() -> argparse.ArgumentParser:
    """The parser of `python -m loaders`; what it gives has `command`, and that command's options."""
    whole = _described(argparse.ArgumentParser, ABOUT, EXAMPLES, prog="python -m loaders")
    whole.add_argument("--version", action="version", version=f"dateline {__version__}")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    build = _described(
        commands.add_parser, BUILD, BUILD_EXAMPLES, name="build", help="write a live blog's tables as CSV"
    )
    build.add_argument("source", type=Path, metavar="SOURCE", help="the story folder or the file to read")
    build.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="the folder to write: new, empty, or written before",
    )
    build.add_argument(
        "--read-at", metavar="TIME", help="when the page was read (ISO 8601), which ages count from"
    )
    build.add_argument(
        "--zone", metavar="ZONE", help="the page's time zone (IANA), for stamps that print none"
    )
    build.add_argument(
        "--force",
        action="store_true",
        help="if DIR holds other things, move it aside to DIR.before and go on",
    )
    check = _described(
        commands.add_parser, CHECK, CHECK_EXAMPLES, name="check", help="check YAML, corrections and spans"
    )
    check.add_argument(
        "folder", type=Path, nargs="?", metavar="FOLDER", help="one story, or one folder of tables"
    )
    return whole


def _described(
    make: Callable[..., argparse.ArgumentParser], about: str, examples: str, **named: str
) -> argparse.ArgumentParser:
    return make(
        description=about, epilog=examples, formatter_class=argparse.RawDescriptionHelpFormatter, **named
    )
