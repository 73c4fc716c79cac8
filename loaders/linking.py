"""Says whom a printed name means: a full name itself, a short one the person of the text that bears it.

News introduces people in full or by title and goes on with the surname, which then stays with the one it was first
used for. Where two bearers remain, the name keeps both and the sentences around it may still decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.model import plain_name, slug
from loaders.name_evidence import family_name
from loaders.names import Name
from loaders.registry import Person as RegisteredPerson
from loaders.registry import given_names
from loaders.roles import RolePhrase
from loaders.segmentation import Sentence
from loaders.vocabulary import language, roles

_PLACING = frozenset({"in", "at", "near", "across", "outside"})
_DOUBT = 0.1
_LITTLE_DOUBT = 0.05
"""The share of bearers of the other gender from which on a given name decides nothing, or not against a title."""


@dataclass(frozen=True, slots=True)
class Named:
    """A person's name where it stands, with the title before and the role behind it.

    `full_id` is the id of whom the name gives in full, "" where it is short; `gender` what honorific and title say.
    """

    sentence: int
    post_id: str
    name: Name
    words: tuple[str, ...]
    full_id: str
    gender: str
    is_titled: bool
    is_placed: bool
    title: RolePhrase | None
    behind: RolePhrase | None

    @property
    def family_name(self) -> str:
        """The surname: the last word that is no "Jr." or "III"."""
        return family_name(self.words)


@dataclass(slots=True)
class _Bearers:
    """Who bears each surname and each given name, so far, in the blog and in each post; ids in order of mention."""

    gender: dict[str, str] = field(default_factory=dict)
    by_word: dict[tuple[str, str], dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    short_for: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, post_id: str, word: str, person_id: str) -> None:
        for place in ("", post_id):
            self.by_word[place, word][person_id] = None


def named_person(
    at: int, sentence: Sentence, name: Name, title: RolePhrase | None, behind: RolePhrase | None
) -> Named:
    """A name with what stands beside it."""
    words = tuple(token.text for token in sentence.tokens[name.first : name.last])
    before = sentence.tokens[name.first - 1].lower if name.first else ""
    honorific = language().honorifics.get(before, "")
    return Named(
        sentence=at,
        post_id=sentence.post_id,
        name=name,
        words=words,
        full_id=name.entity_id or (slug(" ".join(words)) if len(words) > 1 else ""),
        gender=honorific or (_title_gender(title) if title else ""),
        is_titled=bool(honorific or title),
        is_placed=before in _PLACING,
        title=title,
        behind=behind,
    )


def _title_gender(title: RolePhrase) -> str:
    if title.kinship:
        return language().kinship[title.kinship].gender
    return noun_gender(title.noun)


def noun_gender(noun: str) -> str:
    """The gender a noun for a person says: "spokeswoman", "king"; "" where it says none."""
    return roles().gender_of.get(noun, "")


def usual_gender(given_name: str, doubt: float = _DOUBT) -> str:
    """The gender a given name nearly always has, "" where it does not say."""
    share = given_names().get(plain_name(given_name))
    if share is None or doubt < share < 1 - doubt:
        return ""
    return "female" if share > doubt else "male"


def link(
    named: Sequence[Named], registered: Mapping[str, RegisteredPerson]
) -> Iterator[tuple[Named, str, tuple[str, ...]]]:
    """Each name with the id of the person it means, or "" and the ids of those it may mean.

    A surname behind a title that nobody named in full bears is a person by itself.
    """
    same = _one_spelling(named)
    bearers = _bearers(named, same, registered)
    in_registry: dict[str, list[str]] = defaultdict(list)
    for entry in registered.values():
        in_registry[entry.family_name or entry.name.split()[-1]].append(entry.id)
    placed = {one.words for one in named if one.is_placed}
    named_so_far: set[str] = set()
    for one in named:
        if one.full_id:
            person_id = same[one.full_id]
            named_so_far.add(person_id)
            yield one, person_id, ()
            continue
        word = one.words[0]
        known = _fitting(one, bearers)
        if not known and one.words not in placed:
            known = [i for i in in_registry.get(word, ()) if _agrees(one.gender, registered[i].gender)]
            known = known if len(known) == 1 else []
        if len(known) == 1 and known[0] not in named_so_far:
            fitting = _all_fitting(one, bearers)
            known = fitting if len(fitting) > 1 else known
        elif len(known) > 1:
            known = _introduced(one, known, bearers, named_so_far)
        if not known and one.is_titled:
            known = [slug(word)]
            bearers.gender[known[0]] = one.gender
            bearers.add(one.post_id, word, known[0])
        if len(known) == 1:
            bearers.short_for.setdefault((one.post_id, word), known[0])
            named_so_far.add(known[0])
            yield one, known[0], ()
        else:
            yield one, "", tuple(known)


def _one_spelling(named: Sequence[Named]) -> dict[str, str]:
    """The one id for each full name: "Lawrence Cummings" is "Lawrence B. Cummings", where only one such is named."""
    middles: dict[tuple[str, str], dict[tuple[str, ...], str]] = defaultdict(dict)
    for one in named:
        if one.full_id and not one.name.entity_id:
            kept = [w for w in one.words if w.lower().rstrip(".") not in language().generations]
            middles[kept[0], kept[-1]].setdefault(tuple(kept[1:-1]), one.full_id)
    found = {one.full_id: one.full_id for one in named if one.full_id}
    for by_middle in middles.values():
        if () in by_middle and len(by_middle) == 2:
            first = next(iter(by_middle.values()))
            found |= dict.fromkeys(by_middle.values(), first)
    return found | _double_surnames(named) | _elders(named)


def _elders(named: Sequence[Named]) -> dict[str, str]:
    """The one id for "Tom Reed Senior" and "Tom Reed", the name that comes first; a junior is another."""
    first = {one.words: one.full_id for one in reversed(named) if one.full_id and not one.name.entity_id}
    elder = {words for words in first if words[-1].lower().rstrip(".") in language().elders}
    pairs = ((words, words[:-1]) for words in elder if words[:-1] in first)
    order = {one.full_id: at for at, one in reversed(list(enumerate(named)))}
    ids = ((first[long], first[short]) for long, short in pairs)
    return {one: min(both, key=lambda i: order[i]) for both in ids for one in both}


def _double_surnames(named: Sequence[Named]) -> dict[str, str]:
    """The id of whom two words without a given name mean: "Roe Hall" is "Anna Roe Hall", where only one is."""
    bearers: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    short: dict[tuple[str, ...], str] = {}
    for one in named:
        if len(one.words) == 3 and one.full_id:
            bearers[one.words[1:]][one.full_id] = None
        elif len(one.words) == 2 and not one.name.entity_id and not usual_gender(one.words[0]):
            short[one.words] = one.full_id
    return {
        short[words]: next(iter(ids)) for words, ids in bearers.items() if words in short and len(ids) == 1
    }


def _bearers(
    named: Sequence[Named], same: Mapping[str, str], registered: Mapping[str, RegisteredPerson]
) -> _Bearers:
    found = _Bearers()
    for one in named:
        if one.full_id:
            person_id = same[one.full_id]
            known = (
                registered[person_id].gender
                if person_id in registered
                else usual_gender(one.words[0], _LITTLE_DOUBT)
            )
            found.gender[person_id] = found.gender.get(person_id) or one.gender or known
            found.add(one.post_id, one.family_name, person_id)
            if one.words[0] != one.family_name:
                found.add(one.post_id, "given " + one.words[0], person_id)
    return found


def _agrees(gender: str, other: str) -> bool:
    return not gender or not other or gender == other


def _fitting(one: Named, bearers: _Bearers) -> list[str]:
    """Whom a short name can mean: who bears it as surname in its post, else as given name there, else in the blog."""
    word = one.words[0]
    for place, key in ((one.post_id, word), (one.post_id, "given " + word), ("", word)):
        known = [
            i for i in bearers.by_word.get((place, key), ()) if _agrees(one.gender, bearers.gender.get(i, ""))
        ]
        if known:
            return known
    return []


def _all_fitting(one: Named, bearers: _Bearers) -> list[str]:
    """Who in the blog bears a surname: where its post names one of them only later, another may be meant."""
    borne = bearers.by_word.get(("", one.words[0]), ())
    return [i for i in borne if _agrees(one.gender, bearers.gender.get(i, ""))]


def _introduced(one: Named, known: Sequence[str], bearers: _Bearers, named_so_far: set[str]) -> list[str]:
    """Whom a surname with several bearers means: the one it was used for before, else the only one named so far."""
    before = bearers.short_for.get((one.post_id, one.words[0]))
    if before is not None and before in known:
        return [before]
    met = [person_id for person_id in known if person_id in named_so_far]
    return met if len(met) == 1 else list(known)
