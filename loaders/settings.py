"""Reads the YAML files people edit, each checked against the schema of what it is; and other files of the project.

A schema is a pydantic model; what breaks one is a `SettingsError` that names every breach: file, entry, value and what
is allowed.
"""

from __future__ import annotations

import json
import re
import reprlib
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from loaders.errors import SettingsError
from loaders.model import is_time_zone

DATA = Path(__file__).resolve().parent.parent / "data"
"""The folder the registries, vocabularies and stories stand in."""

_DEEPEST = 100
_TOO_DEEP = ("[" * _DEEPEST, "{" * _DEEPEST, "- " * _DEEPEST, "[{" * _DEEPEST, "? " * _DEEPEST)
_MAY_BE_ALIAS = re.compile(r"(?:^|[\s\[{,:?-])\*[^\s*]", re.MULTILINE)
BREACHES_NAMED = 10
_UNKNOWN_KEY: Literal["unknown_key"] = "unknown_key"


class _YamlLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader, the fast one where there is one, that lets no key of a mapping stand twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        seen: set[str] = set()
        for key in keys:
            if key.value in seen:
                twice = f"the key {key.value!r} stands twice"
                raise yaml.MarkedYAMLError(problem=twice, problem_mark=key.start_mark)
            seen.add(key.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def _is_zone(name: str) -> str:
    if not is_time_zone(name):
        raise ValueError("not a time zone; allowed: an IANA name such as Asia/Seoul")
    return name


Slug = Annotated[str, Field(pattern=r"^[\w--\p{Lu}]+(-[\w--\p{Lu}]+)*$")]
"""Lower-case words joined with hyphens, as `model.slug` makes them; letters of any script."""
CountryCode = Annotated[str, Field(pattern=r"^([A-Z]{3})?$")]
Zone = Annotated[str, AfterValidator(_is_zone)]
ZoneOrNone = Annotated[str, AfterValidator(lambda name: _is_zone(name) if name else name)]
Said = Annotated[str, Field(min_length=1)]


class Entry(BaseModel):
    """A frozen YAML entry that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _has_known_keys(cls, value: object) -> object:
        """Refuses unknown keys, and says which there are."""
        if isinstance(value, dict) and (strange := [key for key in value if key not in cls.model_fields]):
            told = {"key": strange[0], "known": ", ".join(cls.model_fields)}
            raise PydanticCustomError(_UNKNOWN_KEY, "no such key; allowed: {known}", told)
        return value


Listed = TypeVar("Listed", bound=Entry)
Vocabulary = TypeVar("Vocabulary", bound=Entry)


def read_entries(path: Path, model: type[Listed]) -> tuple[Listed, ...]:
    """The entries of a file that a story may have or not; none where it is missing or lists nothing.

    Raises:
        SettingsError: As `read_yaml`.
    """
    return (read_yaml(path, tuple[model, ...] | None) or ()) if path.exists() else ()  # type: ignore[valid-type]


def read_yaml(path: Path, model: Any) -> Any:
    """What a YAML file says, checked against `model` (anything pydantic can check).

    Raises:
        SettingsError: The file is missing, is no YAML, or breaks the schema; every breach is named.
    """
    return checked(path, _parsed(path), model)


def read_words(name: str, model: type[Vocabulary]) -> Vocabulary:
    """The word lists of data/vocabulary/`name`.yaml; the header comment of each file says what its words do.

    Raises:
        SettingsError: As `read_yaml`.
    """
    words: Vocabulary = read_yaml(DATA / "vocabulary" / f"{name}.yaml", model)
    return words


def read_json(path: Path) -> Any:
    """What a JSON file of `data/` holds, such as an outline of the basemap."""
    return json.loads(path.read_text(encoding="utf-8"))


def read_part(path: Path) -> str:
    """A style sheet or script that stands beside the code that writes it."""
    return path.read_text(encoding="utf-8")


def _parsed(path: Path) -> object:
    try:
        text = path.read_text(encoding="utf-8")
        _refuse_depth(path, text)
        _refuse_aliases(path, text)
        return yaml.load(text, Loader=_YamlLoader)
    except FileNotFoundError:
        raise SettingsError("there is no such file", file=path, advice="check the folder's name") from None
    except OSError as error:
        raise SettingsError(f"the file cannot be read: {error.strerror}", file=path) from None
    except yaml.constructor.ConstructorError as error:
        raise SettingsError(
            f"this is not YAML that Dateline reads: {' '.join(str(error).split())}",
            file=path,
            allowed="words, numbers, truth values, instants, lists and mappings",
            advice="take the tag (it begins with !) away",
        ) from None
    except (yaml.YAMLError, ValueError, AttributeError, RecursionError) as error:
        raise SettingsError(
            f"this is not YAML: {' '.join(str(error).split())}", file=path, advice="mend the line named above"
        ) from None


def _refuse_depth(path: Path, text: str) -> None:
    """Refuses what nests deeper than any file of ours: the parser below Python would end the whole program."""
    if any(mark in text for mark in _TOO_DEEP):
        raise SettingsError(
            "this nests too deep",
            file=path,
            allowed=f"fewer than {_DEEPEST} levels",
            advice="mend the brackets or dashes",
        )


def _refuse_aliases(path: Path, text: str) -> None:
    """Refuses what repeats a part by its name: a dozen lines of it stand for more than any memory holds."""
    if not _MAY_BE_ALIAS.search(text):
        return
    for event in yaml.parse(text, Loader=_YamlLoader):
        if isinstance(event, yaml.AliasEvent):
            raise SettingsError(
                "aliases are not read",
                file=path,
                entry=f"line {event.start_mark.line + 1}" if event.start_mark else "",
                value=f"*{event.anchor}",
                advice="write out what it stands for",
            )


def checked(path: Path, value: object, model: Any) -> Any:
    """`value` as `model` says it must be, or every breach in one error.

    Raises:
        SettingsError: Naming file, entry, key, value and what is allowed.
    """
    try:
        return TypeAdapter(model).validate_python(value, strict=False)
    except ValidationError as error:
        breaches = [_breach(value, detail) for detail in error.errors(include_url=False)]
        more = len(breaches) - BREACHES_NAMED
        raise SettingsError(
            "; ".join(breaches[:BREACHES_NAMED]) + (f"; and {more} more" if more > 0 else ""),
            file=path,
            advice="the comment at the head of the file says what each key means",
        ) from None


def _breach(value: object, detail: Any) -> str:
    """Where a file breaks its schema, how, and what stands there."""
    where, entry = [], value
    for step in detail["loc"]:
        if isinstance(entry, (list, tuple)) and isinstance(step, int) and step < len(entry):
            entry = entry[step]
            named = isinstance(entry, dict) and (entry.get("id") or entry.get("row"))
            where.append(str(named or f"entry {step + 1}"))
        else:
            entry = entry.get(step) if isinstance(entry, dict) else None
            where.append(str(step))
    found = _shown(detail["input"]) if detail["type"] != "missing" else "nothing"
    if detail["type"] == _UNKNOWN_KEY:
        key = detail["ctx"]["key"]
        where.append(str(key))
        found = _shown(detail["input"][key])
    return f"{' › '.join(where) or 'the whole file'}: {_in_plain_words(detail)}, found {found}"


def _shown(value: object) -> str:
    try:
        return reprlib.repr(value)
    except ValueError:  # Python writes no number of more than 4,300 digits
        return "a number too long to be shown"


def _in_plain_words(detail: Any) -> str:
    """What pydantic says of a breach, without its own terms."""
    if detail["type"] in {"model_type", "mapping_type", "dict_type"}:
        return "this should be a mapping of keys to values"
    if detail["type"] in {"tuple_type", "list_type"}:
        return "this should be a list"
    message = str(detail["msg"]).removeprefix("Value error, ")
    return message[:1].lower() + message[1:]
