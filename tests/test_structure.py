"""The shape of the project: imports run one way, files are read in few places, all that is public is explained."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from loaders.checking import VOCABULARIES
from loaders.registry import Correction, Organization, Person, Place, Story
from loaders.schema import TABLES
from loaders.settings import DATA

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("loaders", "pages")


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for folder in PACKAGES for path in sorted((ROOT / folder).rglob("*.py"))}
MODULES["dashboard"] = ROOT / "dashboard.py"


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def nodes_not_imported(module: str) -> set[ast.AST]:
    """What stands under `if TYPE_CHECKING:` or `if __name__ == "__main__":`, which an import does not run."""
    guards = [node for node in tree(module).body if isinstance(node, ast.If)]
    skipped = [
        guard
        for guard in guards
        if "TYPE_CHECKING" in ast.dump(guard.test) or "__name__" in ast.dump(guard.test)
    ]
    return {node for guard in skipped for node in ast.walk(guard)}


@cache
def imported(module: str) -> frozenset[str]:
    """Every module that `module` imports, in a function or outside, in full."""
    found, guarded = set(), nodes_not_imported(module)
    for node in ast.walk(tree(module)):
        if node in guarded:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in whole}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return frozenset(found)


# --- imports run one way ------------------------------------------------------------------------------------

LAYERS = [
    # what each layer is, and its modules; a module imports only what stands above its layer, or in it
    ("errors", "errors"),
    ("records", "model"),
    ("what is written down", "schema table_checks settings registry own_entries yaml_text"),
    ("the stages, and their tools: every module not named here", ""),
    ("record", "record tables"),
    (
        "what is shown of a record",
        "filters selection search sentences moments drawing writing export excerpts formats unzipping package unpacking",
    ),
    ("a draft of a story", "proposals open_questions draft draft_heads"),
    ("checks, and an archive of many records", "checking archive"),
    ("command line", "arguments __main__"),
]
STAGE_LEVEL = 3
LEVEL = {f"loaders.{name}": level for level, (_, names) in enumerate(LAYERS) for name in names.split()}
LEVEL |= {"loaders": STAGE_LEVEL, "pages.view": 90, "pages": 91, "dashboard": 92}
LATER = {("loaders.model", "loaders.schema")}
"""A record names its tables when it is asked for them; `schema` needs the records' types before."""
STAGES = [
    f"loaders.{name}"
    for name in [
        "sources",
        "people",
        "coreference",
        "organizations",
        "places",
        "quotes",
        "times",
        "events",
        "corrections",
    ]
]
ONE_STAGE = {"loaders.coreference": {"loaders.people"}}
"""Who is meant by a word comes after who there is: the two halves of finding people."""


def level(module: str) -> int:
    """The layer of a module, or of the nearest package above it."""
    parts = module.split(".")
    return next(LEVEL[n] for n in (".".join(parts[:k]) for k in range(len(parts), 0, -1)) if n in LEVEL)


def reachable(module: str) -> set[str]:
    """All modules of the project that `module` imports, directly or through others."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        fresh = {
            other for other in imported(waiting.pop()) & set(MODULES) if other not in found | {"loaders"}
        }
        found |= fresh
        waiting += fresh
    return found


@pytest.mark.parametrize("module", [name for name in MODULES if name != "loaders"])
def test_every_module_imports_only_what_comes_before(module: str) -> None:
    for other in imported(module) & set(MODULES) - {"loaders"}:
        assert level(other) <= level(module) or (module, other) in LATER, f"{module} imports {other}"


@pytest.mark.parametrize("stage", STAGES)
def test_stages_never_import_each_other(stage: str) -> None:
    assert reachable(stage) & set(STAGES) - {stage} <= ONE_STAGE.get(stage, set())


def test_record_calls_every_stage() -> None:
    assert set(STAGES) <= imported("loaders.record")


def test_there_is_no_circle() -> None:
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join([*path, module])
        for other in sorted(imported(module) & set(MODULES) - done):
            if (module, other) not in LATER and other != module:
                visit(other, (*path, module))
        done.add(module)

    for module in MODULES:
        visit(module, ())


ONLY = [
    # who is imported, and where alone that may be
    ("streamlit", ("pages", "dashboard")),
    ("plotly", ("pages.view",)),
    ("pydeck", ("pages.view",)),
    ("selectolax", ("loaders.sources",)),
    ("yaml", ("loaders.settings",)),
    ("dask", ("loaders.archive.running",)),
    ("distributed", ("loaders.archive.running",)),
    ("duckdb", ("loaders.archive.query",)),
    ("pyarrow", ("loaders.archive",)),
    *(
        (net, ())
        for net in ("requests", "socket", "http", "urllib.request", "aiohttp", "httpx", "subprocess")
    ),
]


@pytest.mark.parametrize(("library", "places"), ONLY)
def test_a_library_is_used_only_where_it_belongs(library: str, places: tuple[str, ...]) -> None:
    users = {m for m in MODULES if any(f"{other}.".startswith(f"{library}.") for other in imported(m))}
    assert {user for user in users if not user.startswith(places)} == set()


# --- files, clocks and state --------------------------------------------------------------------------------

READS_AND_WRITES = {
    "open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "rename", "unlink", "rmdir", "rmtree",
    "TemporaryDirectory", "NamedTemporaryFile",
}  # fmt: skip
CLOCKS = re.compile(r"\b(?:datetime|date|time)\.(?:now|utcnow|today|time|time_ns|localtime|gmtime)\(")


def called(module: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            function = node.func
            yield function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_files_are_read_and_written_in_few_places() -> None:
    touching = {m for m in MODULES if m.startswith("loaders") and READS_AND_WRITES & set(called(m))}
    # what unzipping opens are the members of a zip in memory: nothing of it reaches the disk
    in_memory = {"loaders.unzipping"}
    known = {
        "loaders.sources.decoding",
        "loaders.registry",
        "loaders.settings",
        "loaders.writing",
        "loaders.archive.documents",
        "loaders.archive.writing",
        "loaders.__main__",
    }
    assert touching - in_memory <= known


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("loaders")])
def test_no_clock_is_read(module: str) -> None:
    assert CLOCKS.findall(MODULES[module].read_text("utf-8")) == []


def test_an_import_opens_none_of_the_projects_files() -> None:
    code = f"""
import sys
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
import loaders.__main__
print([name for name in opened if name.startswith({str(DATA)!r})])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, loaders; print(sorted({'pandas', 'pydantic', 'yaml', 'streamlit'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_verb_is_there() -> None:
    import loaders

    assert {name for name in loaders.__all__ if getattr(loaders, name) is None} == set()
    with pytest.raises(AttributeError, match="no attribute 'read_tea_leaves'"):
        loaders.read_tea_leaves  # noqa: B018


# --- the tree -----------------------------------------------------------------------------------------------

TOP = {
    "dashboard.py", "pages", "loaders", "data", "tests", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md",
    "Dockerfile", "requirements.txt",
}  # fmt: skip
MADE = {"__pycache__", "build", "dist", "node_modules", "out"}
BINARY = {".png", ".gz"}


def files() -> Iterator[Path]:
    """Every file of the project that is text, without what running it makes."""
    for top in sorted(ROOT.iterdir()):
        if top.name in TOP | {".ci", ".dockerignore", ".hosting", ".streamlit"}:
            inside = [top] if top.is_file() else sorted(top.rglob("*"))
            kept = [path for path in inside if path.is_file() and path.suffix not in BINARY]
            yield from (path for path in kept if not MADE & set(path.parts))


def test_only_known_names_stand_at_the_top() -> None:
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert {name for name in names - TOP - MADE if not name.endswith(".egg-info")} == set()


FORBIDDEN = {
    "the path of one machine": r"""(?:^|[\s"'(=:])/(?:work|root|home|Users|mnt|srv)/""",
    "the host of a registry": r"(?:pypi|pythonhosted|npmjs|debian)\.(?:org|com|net)",
    "a key or a password": r"(?:BEGIN [A-Z ]*PRIVATE KEY|\bghp_\w{20}|\bAKIA\w{12})",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_tree_is_of_no_machine(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.MULTILINE)
    found = [
        f"{path.relative_to(ROOT)}: {match[0].strip()}"
        for path in files()
        if path != Path(__file__).resolve() and "stories" not in path.parts
        for match in [pattern.search(path.read_text("utf-8", "replace"))]
        if match
    ]
    assert found == []


def test_most_files_own_one_idea() -> None:
    lengths = {module: len(path.read_text("utf-8").splitlines()) for module, path in MODULES.items()}
    assert {module: length for module, length in lengths.items() if length > 500} == {}
    assert sum(length > 250 for length in lengths.values()) <= len(lengths) / 5


# --- what is public is explained ----------------------------------------------------------------------------


def public(module: str) -> Iterator[tuple[str, str | None]]:
    """Each public function, class and method of a module, with its docstring."""
    for node in tree(module).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            yield node.name, ast.get_docstring(node)
            for part in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(part, ast.FunctionDef) and not part.name.startswith("_"):
                    yield f"{node.name}.{part.name}", ast.get_docstring(part)


@pytest.mark.parametrize("module", MODULES)
def test_every_module_and_all_that_is_public_in_it_is_explained(module: str) -> None:
    assert ast.get_docstring(tree(module))
    for name, docstring in public(module):
        assert docstring, f"{module}.{name} has no docstring"
        first = docstring.splitlines()[0]
        assert first.rstrip('"”)').endswith((".", ":", "?")), f"{module}.{name}: {first}"


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_explained(name: str) -> None:
    for column in TABLES[name].columns:
        assert len(column.meaning) >= 3
        assert not column.meaning.endswith("."), "the dictionary adds the full stop"


def header(path: Path) -> str:
    lines = path.read_text("utf-8").splitlines()
    return "\n".join(
        line for line in lines[: next(n for n, line in enumerate(lines) if not line.startswith("#"))]
    )


STORY_FILES = sorted((DATA / "stories").glob("*/story.yaml"))
DOCUMENTED: list[tuple[Path, type[BaseModel]]] = [
    (DATA / "registry" / "people.yaml", Person),
    (DATA / "registry" / "places.yaml", Place),
    (DATA / "registry" / "organizations.yaml", Organization),
    *((path, Story) for path in STORY_FILES),
    *((path, Correction) for path in sorted((DATA / "stories").glob("*/corrections.yaml"))),
]


@pytest.mark.parametrize(
    ("path", "model"), DOCUMENTED, ids=[str(path.relative_to(DATA)) for path, _ in DOCUMENTED]
)
def test_the_head_of_a_yaml_file_explains_every_key(path: Path, model: type[BaseModel]) -> None:
    explained = header(path)
    assert [
        key for key in model.model_fields if not re.search(rf"^#.*\b{key}\b", explained, re.MULTILINE)
    ] == []


VOCABULARY = sorted((DATA / "vocabulary").glob("*.yaml"))


@pytest.mark.parametrize("path", VOCABULARY, ids=[path.name for path in VOCABULARY])
def test_the_head_of_a_vocabulary_explains_every_key(path: Path) -> None:
    written = yaml.safe_load(path.read_text("utf-8"))
    keys = written if isinstance(written, dict) else {key for entry in written for key in entry}
    explained = header(path)
    assert [key for key in keys if not re.search(rf"^#.*\b{key}\b", explained, re.MULTILINE)] == []


def test_every_vocabulary_is_checked_by_somebody() -> None:
    pages_only = {path.name for path in VOCABULARY} - set(VOCABULARIES)
    sources = "".join(
        path.read_text("utf-8")
        for module, path in MODULES.items()
        if module.startswith(("pages.view", "loaders.drawing"))
    )
    assert {name for name in pages_only if name not in sources} == set()
    assert set(VOCABULARIES) <= {path.name for path in VOCABULARY}
