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
  python -m loaders draft pasted.txt --out data/stories/storm --read-at 2023-09-13T01:23-04:00
  python -m loaders package data/stories/kim-putin-2023 --out story.zip
  python -m loaders check

Exit status: 0 when all went well, 2 when something is wrong. Then standard error says what, and no file
was written or changed. (`archive` goes on when one document fails; its help says more.)
"""
BUILD = f"""\
Reads a live blog and writes each table as CSV (UTF-8, ISO 8601 instants in UTC), and {SOURCE_NAME}: the
text whose characters `start` and `end` count. The folder appears whole or not at all.

SOURCE is one of
  a story folder with story.yaml (title, outlet, when the page was read) and, if wanted, corrections.yaml
  a text file with what was copied from the page, stamps and all ("25 min ago", "14:05 BST")
  a saved HTML page that says schema.org LiveBlogPosting
  a JSON file with Guardian blocks
  a story package (.zip), whose tables are taken as they are
What a file is, its content says, not its name.
"""
BUILD_EXAMPLES = """\
examples:
  python -m loaders build data/stories/kim-putin-2023 --out tables
  python -m loaders build pasted.txt --out tables --read-at 2023-09-13T01:23-04:00
  python -m loaders build pasted.txt --out tables --read-at "2023-09-13 01:23" --zone America/New_York
"""
DRAFT = """\
Reads a live blog in any of the formats of `build`, and writes a story folder to edit:
  source.*            SOURCE, byte for byte
  story.yaml          title, outlet, address, zone, and when the page was read, as far as they were found
  people.yaml, places.yaml, organizations.yaml
                      who and what was found that data/registry does not know, each with its evidence. An
                      entry has no effect until its status is changed to confirmed (or to wrong)
  questions.yaml      what could not be decided: speakers, pronouns, times. An answer works as a correction
  corrections.yaml    none yet; its head explains how to write one
`build` and `check` read the folder, with every edit and without any. A folder that exists is never written to.
"""
DRAFT_EXAMPLES = """\
examples:
  python -m loaders draft saved-page.html --out data/stories/storm
  python -m loaders draft pasted.txt --out data/stories/storm --read-at 2023-09-13T01:23-04:00
  python -m loaders check data/stories/storm
  python -m loaders build data/stories/storm --out tables
"""
PACKAGE = """\
Writes one zip that others' tools open: the tables as a Data Package (raw CSV, and copies safe for spreadsheets), the
events for TimelineJS, places and journeys as GeoJSON, the posts as schema.org JSON-LD, all of it as SQLite with
full-text search (for Datasette), and a page that needs no network. The dashboard and `build` open it again.

SOURCE is what `build` reads. The same story always gives the same bytes. The zip appears whole or not at all.
"""
PACKAGE_EXAMPLES = """\
examples:
  python -m loaders package data/stories/kim-putin-2023 --out story.zip
  python -m loaders package data/stories/kim-putin-2023 --out putin.zip --view "quotes?people=vladimir-putin"
  python -m loaders package saved-page.html --out story.zip
"""
CHECK = """\
Reads what people edit, and says what is wrong: YAML that breaks its schema, corrections that no longer
match a row or change anything, keys of rows that are not there, spans that do not hold their words.

FOLDER is a story's folder, or one that `build` wrote. Of a drafted story it also says how many proposals and
questions are still open. Without it: every registry, vocabulary and story
in data/.
"""
CHECK_EXAMPLES = """\
examples:
  python -m loaders check
  python -m loaders check data/stories/kim-putin-2023
  python -m loaders check tables
"""

ARCHIVE = """\
Reads a folder of saved live pages, in any of the formats of `build` and with folders in it, into an archive: one
dataset of Parquet files a table, in folders by outlet and month, as pandas, pyarrow and DuckDB read them
(TABLE/outlet=the-guardian/month=2023-09/). Each row says its document: its key, its path, the hash of its bytes.

Run it again and it reads what is new or changed, drops what is gone, and leaves the rest; also after Ctrl-C, a
crash or a power cut. A document that cannot be read is a row of the table `failures`, and the others go on.

With --scheduler the documents are sent to the workers of a Dask cluster, and tables come back: the workers need
this version of Dateline, and no folder in common with this machine. A cluster runs whatever it is sent: use one that
only you and those you trust can reach.

Needs: pip install -e '.[archive]'
"""
ARCHIVE_EXAMPLES = """\
examples:
  python -m loaders archive saved-pages --out archive
  python -m loaders archive saved-pages --out archive --only '*.html' --workers 1
  python -m loaders archive saved-pages --out archive --scheduler tcp://10.0.0.5:8786

Exit status: 0 when all documents were read, 1 when some failed, 2 when nothing could be done, 130 after Ctrl-C.
"""


def parser() -> argparse.ArgumentParser:
    """The parser of `python -m loaders`; what it gives has `command`, and that command's options."""
    whole = _described(argparse.ArgumentParser, ABOUT, EXAMPLES, prog="python -m loaders")
    whole.add_argument("--version", action="version", version=f"dateline {__version__}")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    build = _described(
        commands.add_parser, BUILD, BUILD_EXAMPLES, name="build", help="write a live blog's tables as CSV"
    )
    _add_reading(build, source="the story folder or the file to read", out="new, empty, or written before")
    draft = _described(
        commands.add_parser, DRAFT, DRAFT_EXAMPLES, name="draft", help="write a story folder to edit"
    )
    _add_reading(draft, source="the file to read", out="new or empty, data/stories/NAME for the dashboard")
    package = _described(
        commands.add_parser, PACKAGE, PACKAGE_EXAMPLES, name="package", help="write one zip for others' tools"
    )
    _add_reading(
        package, source="the story folder or the file to read", out="new, or written before", is_file=True
    )
    package.add_argument(
        "--view",
        metavar="LINK",
        default="",
        help="a link to a view: only what its filters keep, as it shows it",
    )
    check = _described(
        commands.add_parser, CHECK, CHECK_EXAMPLES, name="check", help="check YAML, corrections and spans"
    )
    check.add_argument(
        "folder", type=Path, nargs="?", metavar="FOLDER", help="one story, or one folder of tables"
    )
    _add_archive(
        _described(
            commands.add_parser,
            ARCHIVE,
            ARCHIVE_EXAMPLES,
            name="archive",
            help="read a folder of saved pages into Parquet",
        )
    )
    return whole


def _add_archive(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="FOLDER", help="the folder with the saved pages")
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="ARCHIVE",
        help="a new folder, or the archive to go on with",
    )
    command.add_argument(
        "--workers", type=int, metavar="N", help="how many processes read (by default one for each core)"
    )
    command.add_argument("--scheduler", metavar="ADDRESS", help="read on the cluster of this Dask scheduler")
    command.add_argument("--zone", metavar="ZONE", help="the time zone (IANA) of stamps that print none")
    command.add_argument(
        "--only", action="append", metavar="PATTERN", help="read only files whose name fits, such as '*.html'"
    )
    command.add_argument(
        "--again", action="store_true", help="read all again, after registries or word lists changed"
    )


def _add_reading(command: argparse.ArgumentParser, *, source: str, out: str, is_file: bool = False) -> None:
    """What `build`, `draft` and `package` have in common: what is read, how, and where to."""
    named, kind = ("FILE", "file") if is_file else ("DIR", "folder")
    command.add_argument("source", type=Path, metavar="SOURCE", help=source)
    command.add_argument("--out", type=Path, required=True, metavar=named, help=f"the {kind} to write: {out}")
    command.add_argument(
        "--read-at", metavar="TIME", help="when the page was read (ISO 8601), which ages count from"
    )
    command.add_argument(
        "--zone", metavar="ZONE", help="the page's time zone (IANA), for stamps that print none"
    )
    command.add_argument(
        "--force",
        action="store_true",
        help=f"if {named} is something else, move it aside to {named}.before and go on"
        if is_file
        else "if DIR holds other things, move it aside to DIR.before and go on",
    )


def _described(
    make: Callable[..., argparse.ArgumentParser], about: str, examples: str, **named: str
) -> argparse.ArgumentParser:
    return make(
        description=about, epilog=examples, formatter_class=argparse.RawDescriptionHelpFormatter, **named
    )
