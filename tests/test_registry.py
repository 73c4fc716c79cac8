"""YAML: what breaks a schema is named by file, entry, value and what is allowed, and nothing else comes out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some
from pydantic import BaseModel

from loaders import registry, settings
from loaders.errors import SettingsError
from loaders.registry import Correction, Organization, Person, Place, Story, registries
from loaders.settings import DATA, read_yaml
from loaders.vocabulary import Cues, EventFile, Language, Metonyms, Roles

STORY = "title: A story\noutlet: CNN\nsource: source.txt\n"
PERSON = "- id: kim-jong-un\n  name: Kim Jong Un\n"
PLACE = "- id: sunan\n  name: Sunan\n  location_type: district\n"
WORDS = "".join(f"{key}: [with]\n" for key in Metonyms.model_fields)

BOMB = "- &b0 [lol]\n" + "".join(f"- &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]\n" for n in range(1, 10))
MERGES = "m0: &m0 {a: 1}\n" + "".join(
    f"m{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 9)}]}}\n" for n in range(1, 10)
)

WRONG: list[tuple[str, Any, str, list[str]]] = [
    # what is wrong, model, YAML, what the error must say besides the file
    ("unknown key", Story, STORY + "colour: red", ["colour: no such key", "allowed: title, outlet,", "'red'"]),
    ("unknown key of an entry", tuple[Person, ...], PERSON + "  hat: black", ["kim-jong-un › hat", "'black'"]),
    ("missing key", Story, "title: A story", ["outlet: field required", "source: field required", "nothing"]),
    ("wrong type", Story, STORY + "notes: one", ["notes: this should be a list", "'one'"]),
    ("a number for words", Story, STORY.replace("CNN", "5"), ["outlet: ", "string", "found 5"]),
    ("a word YAML reads as yes", Story, STORY.replace("CNN", "on"), ["outlet: ", "string", "found True"]),
    ("nothing for words", Story, STORY.replace("CNN", "''"), ["outlet: ", "at least 1 character"]),
    ("bad zone", Story, STORY + "zone: Mars/Base", ["zone: not a time zone", "allowed: an IANA name", "'Mars/Base'"]),
    ("a zone that is a path", Story, STORY + "zone: ../../zone", ["zone: not a time zone"]),
    ("an instant without offset", Story, STORY + "read_at: 2023-09-13T05:23:00", ["read_at: ", "timezone"]),
    ("the 13th month", Story, STORY + "read_at: 2023-13-13T05:23:00Z", ["month must be in 1..12"]),
    ("a key twice", Story, STORY + "title: B", ["the key 'title' stands twice", "line 4"]),
    ("a list for a mapping", Story, "- a\n- b", ["the whole file: this should be a mapping"]),
    ("a mapping for a list", tuple[Person, ...], STORY, ["the whole file: this should be a list"]),
    ("an empty file", Story, "", ["the whole file: this should be a mapping", "found None"]),
    ("a mapping copied into others again and again", Story,
     "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 40)).replace("*a0", "{}"),
     ["line 2", "aliases are not read"]),
    ("a list of itself", Story, STORY + "notes: &a [*a]", ["line 4", "aliases are not read", "*a"]),
    ("a number in base 60 without an end", Story, STORY + "read_at: " + "1:" * 3000 + "1", ["read_at", "too long to be shown"]),
    ("a number of 5,000 digits", Story, STORY + "read_at: " + "9" * 5000, ["this is not YAML"]),
    ("brackets without an end", Story, "notes: " + "[\n" * 5000, ["this is not YAML"]),
    ("no number", tuple[Place, ...], PLACE + "  latitude: .nan", ["sunan › latitude", "found nan"]),
    ("no YAML", Story, "title: 'A", ["this is not YAML", "line 1"]),
    ("a tab", Story, "title:\n\tone: 1", ["this is not YAML", "line 2"]),
    ("a tag that runs code", Story, "!!python/object/apply:os.system [ls]", ["this is not YAML"]),
    ("a tag that makes an object", Story, STORY + "notes: !!python/object:os.system [ls]",
     ["python/object", "allowed: words, numbers", "take the tag"]),
    ("a tag that names a function", Story, STORY + "notes: !!python/name:os.system", ["python/name", "take the tag"]),
    ("an alias", Story, STORY + "notes: &a [x]\nurl: *a", ["line 5: aliases are not read", "*a", "write out"]),
    ("aliases that stand for a billion words", tuple[Person, ...], BOMB, ["line 2: aliases are not read"]),
    ("merges that stand for a billion keys", Story, MERGES, ["aliases are not read"]),
    ("a broken tag", Story, "title: !!timestamp noon", ["this is not YAML"]),
    ("an id with capitals", tuple[Person, ...], PERSON.replace("kim-jong-un", "Kim"), ["Kim › id", "pattern", "'Kim'"]),
    ("outside a closed list", tuple[Person, ...], PERSON + "  gender: man", ["gender", "'female' or 'male'", "'man'"]),
    ("a country by name", tuple[Person, ...], PERSON + "  country: Korea", ["kim-jong-un › country", "'Korea'"]),
    ("off the globe", tuple[Place, ...], PLACE + "  latitude: 91", ["sunan › latitude", "less than or equal to 90"]),
    ("a kind of place there is not", tuple[Place, ...], PLACE.replace("district", "moon"), ["location_type", "'sea'"]),
    ("an unknown action", tuple[Correction, ...], "- {table: events, row: e-1, action: improve, reason: r}",
     ["e-1 › action", "'set', 'merge' or 'drop'", "'improve'"]),
    ("a correction without its reason", tuple[Correction, ...], "- {table: events, row: e-1, action: drop}",
     ["e-1 › reason: field required"]),
    ("an unquoted on in a list of words", Metonyms, WORDS.replace("[with]", "[with, on]", 1),
     [next(iter(Metonyms.model_fields)), "YAML reads True here", "put the word in quotes"]),
    ("an unquoted no in a list of words", Metonyms, WORDS.replace("[with]", "[with, no]", 1),
     ["YAML reads False here"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("model", "content", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG]
)
def test_what_is_wrong_is_named(model: Any, content: str, said: list[str], tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(SettingsError) as caught:
        read_yaml(path, model)
    for words in (str(path), *said):
        assert words in str(caught.value)


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"title: \xe9")
    for name, words in (
        ("none.yaml", "no such file"),
        ("latin.yaml", "this is not YAML"),
        (".", "cannot be read"),
    ):
        with pytest.raises(SettingsError, match=words):
            read_yaml(tmp_path / name, Story)


def test_many_breaches_are_counted_not_listed(tmp_path: Path) -> None:
    (tmp_path / "people.yaml").write_text("- {}\n" * 30, "utf-8")
    with pytest.raises(SettingsError, match="and 50 more"):
        read_yaml(tmp_path / "people.yaml", tuple[Person, ...])


def test_an_id_stands_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "registry"
    folder.mkdir()
    for name in ("people", "places", "countries", "organizations"):
        (folder / f"{name}.yaml").write_text("[]", "utf-8")
    (folder / "people.yaml").write_text(PERSON + PERSON, "utf-8")
    monkeypatch.setattr(registry, "DATA", tmp_path)
    with pytest.raises(SettingsError) as caught:
        registries.__wrapped__()
    assert f"{folder / 'people.yaml'}, kim-jong-un: this id stands twice" in str(caught.value)


def test_an_id_stands_once_in_all_files_of_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "registry"
    folder.mkdir()
    for name in ("people", "organizations"):
        (folder / f"{name}.yaml").write_text("[]", "utf-8")
    for name, kind in (("countries", "country"), ("places", "city")):
        (folder / f"{name}.yaml").write_text(
            f"- {{id: france, name: France, location_type: {kind}}}", "utf-8"
        )
    monkeypatch.setattr(registry, "DATA", tmp_path)
    with pytest.raises(SettingsError, match="this id stands twice") as caught:
        registries.__wrapped__()
    assert str(folder / "places.yaml") in str(caught.value)


@given(some.text(max_size=60) | some.sampled_from([row[2] for row in WRONG]).flatmap(
    lambda content: some.integers(0, len(content)).map(lambda at: content[:at])
))  # fmt: skip
def test_no_text_raises_anything_else(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    for model in (Story, tuple[Person, ...], Metonyms):
        try:
            read_yaml(path, model)
        except SettingsError as error:
            assert str(path) in str(error)  # noqa: PT017


@pytest.mark.parametrize(
    "model", [Person, Place, Organization, Story, Correction, Language, Cues, Roles, EventFile]
)
def test_every_schema_refuses_unknown_keys_and_is_frozen(model: type[BaseModel]) -> None:
    assert model.model_config["extra"] == "forbid"
    assert model.model_config["frozen"] is True


def test_the_registries_name_nobody_twice() -> None:
    """Two entries that share a full name could never be told apart."""
    known = registries()
    for entries in (known.people, known.organizations):
        names = [name for entry in entries.values() for name in {entry.name, *entry.aliases}]
        assert sorted(names) == sorted(set(names))


def test_a_star_that_is_no_alias_is_read(tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text(
        STORY + "notes: ['*a', 'b *c* d', \"- *e\"] # *f\nstandfirst: two * three, a *star* and [ *\n",
        "utf-8",
    )
    story = read_yaml(tmp_path / "story.yaml", Story)
    assert story.notes == ("*a", "b *c* d", "- *e")


def test_yaml_is_read_in_one_place_and_safely() -> None:
    calls = [
        (path.name, name)
        for folder in ("loaders", "pages", "data")
        for path in sorted((DATA.parent / folder).rglob("*.py"))
        if "node_modules" not in path.parts
        for name in re.findall(
            r"yaml\.((?:unsafe_|full_)?load(?:_all)?|Loader|UnsafeLoader|FullLoader)\b", path.read_text()
        )
        if path != Path(__file__)
    ]
    assert calls == [("settings.py", "load")]
    assert issubclass(settings._YamlLoader, yaml.constructor.SafeConstructor)
