"""Says which place each name of a place means: reads the company a name keeps, and lets `company` choose.

One name means one place all through a text, unless a container beside it says otherwise ("Paris, Texas").

What remains wrong, the most frequent first: a namesake, mostly a larger one, where nothing in the text says whose paper
it is; the middle of a large area (Russia, China), which gazetteers set apart; villages, quarters, rivers and lakes that
are in no gazetteer; names taken for a person's or left inside an organization's. README.md has the figures. The word
lists and the weights of `company` were set while reading the news that they are measured on, so other news may come out
lower.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, pairwise

from loaders.candidates import Candidate, Level, PlaceBook
from loaders.clauses import GENITIVE
from loaders.company import Group, Key, choose
from loaders.gazetteer import folded
from loaders.model import Blog, Span
from loaders.names import Name
from loaders.registry import Place
from loaders.segmentation import Sentence
from loaders.strays import strays
from loaders.vocabulary import toponyms

_JOINTS = frozenset({(",",), ("and",), ("or",), (",", "and"), (",", "or"), (";",)})
_LookUp = Callable[[str, str], tuple[Candidate, ...]]


@dataclass(frozen=True, slots=True)
class Geocoded:
    """The names of each sentence with the places they mean, and every place there is to mean, by id."""

    names: Mapping[int, tuple[Name, ...]]
    places: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place's name in a sentence, and the key of what it means."""

    name: Name
    key: Key


def geocode(sentences: Sequence[Sentence], names: Mapping[int, Sequence[Name]], book: PlaceBook) -> Geocoded:
    """The place that each name of a place means, "" where no gazetteer has the name.

    Args:
        sentences: The sentences.
        names: The names in each, by the sentence's position.
        book: The places that may be meant.
    """
    look_up: _LookUp = cache(book.candidates)
    mentions = _short_as_long(
        {at: tuple(_mentions(sentence, names[at])) for at, sentence in enumerate(sentences)}
    )
    peoples = Counter(n.entity_id for listed in names.values() for n in listed if n.is_demonym)
    demonyms = [(look_up("", place_id)[0], count) for place_id, count in peoples.items()]
    groups = list(_groups(sentences, mentions, look_up))
    chosen = choose(groups, demonyms)
    astray = strays(groups, chosen)
    meant = {key: None if key in astray else choice for key, choice in chosen.items()}
    places = dict(book.registered)
    for choice in meant.values():
        if choice is not None and choice.entry is not None and choice.place_id not in places:
            places[choice.place_id] = choice.entry.place()
    return Geocoded({at: _placed(names[at], mentions[at], meant) for at in mentions}, places)


def geocode_datelines(blog: Blog, book: PlaceBook) -> dict[str, Place]:
    """The places that the bylines' datelines mean, by the words printed: "Austin, Texas"."""
    spans = [reporter.dateline for post in blog.records for reporter in post.reporters if reporter.dateline]
    found = {}
    for printed in dict.fromkeys(span.of(blog.text) for span in spans):
        name, _, whole = printed.partition(",")
        candidates = book.candidates(folded(name.strip()))
        if candidates:
            container = book.candidates(folded(whole.strip())) if whole.strip() else ()
            group = Group((folded(name.strip()), "", folded(whole)), 1, candidates, container)
            choice = choose([group], ())[group.key]
            found[printed] = choice.entry.place() if choice.entry else book.registered[choice.place_id]
    return found


def _placed(
    names: Sequence[Name], mentions: Sequence[_Mention], meant: Mapping[Key, Candidate | None]
) -> tuple[Name, ...]:
    known = [(m.name.span, meant[m.key]) for m in mentions if m.key in meant]
    ids: dict[Span, str] = {span: choice.place_id if choice else "" for span, choice in known}
    return tuple(
        replace(name, entity_id=ids[name.span]) if _is_name_of_place(name) and name.span in ids else name
        for name in names
    )


def _is_name_of_place(name: Name) -> bool:
    return name.kind == "location" and not name.is_demonym


# --- what stands beside a name --------------------------------------------------------------------------------


def _mentions(sentence: Sentence, names: Sequence[Name]) -> Iterator[_Mention]:
    """The places named in a sentence, in text order."""
    places = [name for name in names if _is_name_of_place(name)]
    by_first: dict[int, Name] = {}
    for name in places:
        by_first.setdefault(name.first, name)
    for name in places:
        container = _container(sentence, name, by_first)
        whole = f"{_key(sentence, container)}|{container.entity_id}" if container else ""
        yield _Mention(name, (_key(sentence, name), name.entity_id, whole))


def _short_as_long(mentions: Mapping[int, Sequence[_Mention]]) -> dict[int, tuple[_Mention, ...]]:
    """The mentions, where "Stoke" is what the text elsewhere calls "Stoke-on-Trent", if it does so of one only."""
    longer: dict[str, set[Key]] = {}
    for mention in chain.from_iterable(mentions.values()):
        short, link, _ = mention.key[0].partition(" on ")
        if link:
            longer.setdefault(short, set()).add((*mention.key[:2], ""))
    only = {short: next(iter(keys)) for short, keys in longer.items() if len(keys) == 1}
    return {
        at: tuple(
            replace(m, key=only[m.key[0]]) if m.key[0] in only and not any(m.key[1:]) else m for m in listed
        )
        for at, listed in mentions.items()
    }


def _is_any_towns_street(key: Key) -> bool:
    """Whether a name is a street's such as every town has, of which no gazetteer tells: "Church Street"."""
    words = key[0].split()
    return len(words) == 2 and words[1] in toponyms().thoroughfares and not key[1]


def _key(sentence: Sentence, name: Name) -> str:
    """The name as it is looked up; of a compound the part that its span covers."""
    words = []
    for token in sentence.tokens[name.first : name.last]:
        start, end = max(name.span.start, token.start), min(name.span.end, token.end)
        word = token.text[start - token.start : end - token.start]
        words.append(word if word in GENITIVE else f" {word}")
    return folded("".join(words).strip())


def _container(sentence: Sentence, name: Name, by_first: Mapping[int, Name]) -> Name | None:
    """What a name is said to lie in: ", Texas", "(Texas)", "in Texas", "in northern Texas"."""
    tokens, at = sentence.tokens, name.last
    if at + 1 >= len(tokens) or tokens[at].lower not in {",", "(", "in"}:
        return None
    narrowed = tokens[at + 1].lower in toponyms().directions | {"in"}
    return by_first.get(at + 1) or (by_first.get(at + 2) if narrowed else None)


def _groups(
    sentences: Sequence[Sentence], mentions: Mapping[int, Sequence[_Mention]], look_up: _LookUp
) -> Iterator[Group]:
    counts = Counter(mention.key for listed in mentions.values() for mention in listed)
    levels: dict[Key, Counter[Level]] = {}
    for at, listed in mentions.items():
        for left, right in pairwise(listed):
            if _is_listed(sentences[at], left.name, right.name):
                for one, other in ((left, right), (right, left)):
                    if level := _level(look_up(*other.key[:2])):
                        levels.setdefault(one.key, Counter())[level] += 1
    inside = {m.key for at, listed in mentions.items() for m in listed if _is_said_in(sentences[at], m)}
    for key, count in counts.items():
        candidates = look_up(*key[:2])
        if candidates and not _is_any_towns_street(key):
            listed_with = levels[key].most_common(1)[0][0] if key in levels else None
            yield Group(key, count, candidates, _wholes(look_up, key), listed_with, key in inside)


def _is_said_in(sentence: Sentence, mention: _Mention) -> bool:
    """Whether a name has a container that no comma parts from it."""
    return bool(mention.key[2]) and sentence.tokens[mention.name.last].text != ","


def _is_listed(sentence: Sentence, left: Name, right: Name) -> bool:
    gap = sentence.tokens[left.last : right.first][:3]
    return tuple(token.lower for token in gap) in _JOINTS


def _level(candidates: Sequence[Candidate]) -> Level | None:
    """What kind of area a name means that is registered, or can mean only one kind."""
    levels = {one.level for one in candidates}
    is_plain = bool(candidates) and (candidates[0].entry is None or len(levels) == 1)
    return candidates[0].level if is_plain else None


def _wholes(look_up: _LookUp, key: Key) -> tuple[Candidate, ...]:
    """What the container of a name may mean: no town among others, and nothing for a country in a list of them."""
    name, _, place_id = key[2].rpartition("|")
    if not name or any(one.level == "country" for one in look_up(*key[:2])):
        return ()
    found = look_up(name, place_id)
    return tuple(one for one in found if one.level != "town" or len(found) == 1)
