"""Finds the places of a blog, resolves "the space center", and tells ground from government.

`sense` follows the toponym literature (Gritta et al.): literal, metonymic (the state for which a capital or country
stands), demonymic; datelines are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from loaders.clauses import GENITIVE, printed
from loaders.model import Blog, Mention, Reference, Sense, Span, grouped
from loaders.names import Name
from loaders.registry import Place
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import cues, language, metonyms, roles, toponyms

_STATES = frozenset({"country", "former state"})


def find_places(
    sentences: Sequence[Sentence], names: Mapping[int, Sequence[Name]], places: Mapping[str, Place]
) -> tuple[Reference, ...]:
    """Every reference to a place in the posts, by name or description, in text order, with its sense."""
    found: list[Reference] = []
    for at, sentence in enumerate(sentences):
        named = [n for n in names[at] if n.kind == "location"]
        senses: list[Sense] = []
        for name in named:
            senses.append(_sense(sentence, name, places.get(name.entity_id), names[at], senses, named))
        found += [_reference(at, sentence, n, sense) for n, sense in zip(named, senses, strict=True)]
    described = _descriptions(sentences, names, found, places)
    return tuple(sorted([*found, *described], key=lambda r: (r.sentence, r.mention.span)))


def dateline_mentions(blog: Blog, by_name: Mapping[str, Place]) -> Iterator[Mention]:
    """The cities bylines say the reporters are in; `by_name` maps what is printed to the place it means."""
    for post in blog.records:
        for reporter in post.reporters:
            if reporter.dateline:
                place = by_name.get(reporter.dateline.of(blog.text))
                place_id = place.id if place else ""
                yield Mention(reporter.dateline, post.post_id, "location", place_id, "name", "dateline")


def _reference(at: int, sentence: Sentence, name: Name, sense: Sense) -> Reference:
    mention = Mention(name.span, sentence.post_id, "location", name.entity_id, "name", sense)
    if sense != "metonym":
        return Reference(mention, at, name.first, name.last)
    words = printed(sentence.tokens[name.first : name.last])
    return Reference(mention, at, name.first, name.last, label=words, source_type="government")


# --- sense ----------------------------------------------------------------------------------------------------


def _sense(
    sentence: Sentence,
    name: Name,
    place: Place | None,
    names: Sequence[Name],
    earlier: Sequence[Sense],
    named: Sequence[Name],
) -> Sense:
    if name.is_demonym:
        return "demonym"
    tokens = sentence.tokens
    if place is None or (place.location_type not in _STATES and not place.capital_of):
        return "metonym" if place is not None and _plays(tokens, name) else "literal"
    before = tokens[name.first - 1] if name.first else None
    after = tokens[name.last] if name.last < len(tokens) else None
    if earlier and _joined(tokens, named[len(earlier) - 1], name) and earlier[-1] != "demonym":
        return earlier[-1]
    if after and _is_attributive(tokens, name, place):
        return "demonym" if not _is_dealing(after) else "metonym"
    if after and after.text in GENITIVE:
        return _possessive_sense(tokens, name.last + 1, names)
    if before and before.lower == "of":
        return _of_sense(tokens, name.first - 1)
    if before and before.lower in {"capital", "city"}:
        return "literal"
    if _is_hyphenated(tokens[name.first], name):
        return "metonym"
    return _placed_sense(tokens, name, place, before, after)


def _plays(tokens: Sequence[Token], name: Name) -> bool:
    """Whether a town stands for its team: "Leeds beat Hull", "Leeds lost to Hull"."""
    before = [token.lower for token in tokens[max(name.first - 2, 0) : name.first]]
    after = tokens[name.last].lower if name.last < len(tokens) else ""
    losing, rivals = metonyms().losing_verbs, toponyms().rivals
    is_beaten_by = before[-1:] == ["to"] and before[0] in losing
    return is_beaten_by or not rivals.isdisjoint([*before[-1:], after]) or after in losing or after == "drew"


def _placed_sense(
    tokens: Sequence[Token], name: Name, place: Place, before: Token | None, after: Token | None
) -> Sense:
    ground = before is not None and before.lower in metonyms().ground_words
    if before is not None and before.lower in {"the"} and name.first > 1:
        ground = tokens[name.first - 2].lower in metonyms().ground_words
    if ground and before and before.lower == "to" and _gives(tokens, name.first - 1):
        return "metonym"
    if ground and before and before.lower == "from" and _obtains(tokens, name.first - 1):
        return "metonym"
    if ground:
        return "literal"
    if _acts(tokens, name.last) or (before is not None and before.lower in metonyms().dealing_words):
        return "metonym"
    if place.location_type in _STATES:
        return "metonym"
    return (
        "metonym"
        if after is not None and after.lower in {"and", ","} and _acts(tokens, name.last + 1)
        else "literal"
    )


def _joined(tokens: Sequence[Token], left: Name, right: Name) -> bool:
    between = [token.lower for token in tokens[left.last : right.first]]
    return between in (["and"], [","], ["or"], [",", "and"])


def _is_hyphenated(token: Token, name: Name) -> bool:
    return name.last - name.first == 1 and (token.start, token.end) != (name.span.start, name.span.end)


def _is_attributive(tokens: Sequence[Token], name: Name, place: Place) -> bool:
    """Whether the name only narrows the noun behind it: "US officials", "Ukraine war", "Soviet Union collapse"."""
    after = tokens[name.last]
    if place.location_type in _STATES and _opens_title(tokens, name.last):
        return True
    if place.location_type not in _STATES or not after.text.islower() or not after.text.isalpha():
        return False
    if after.lower in language().function_words or _is_acting(after.lower):
        return after.lower in roles().nouns
    return after.lower in roles().nouns or after.lower in metonyms().dealing_nouns | {
        "collapse",
        "side",
        "soil",
        "border",
    }


def _opens_title(tokens: Sequence[Token], at: int) -> bool:
    """Whether a capitalised title follows: "US National Security Adviser"."""
    for token in tokens[at : at + 6]:
        if not token.text[0].isupper():
            return False
        if token.lower in roles().nouns:
            return True
    return False


def _is_dealing(token: Token) -> bool:
    return token.lower in metonyms().dealing_nouns or token.lower == "collapse"


def _possessive_sense(tokens: Sequence[Token], at: int, names: Sequence[Name]) -> Sense:
    """Ground where a place follows ("Russia's Far East", "Russia's launch site"), else the state."""
    for position in range(at, min(at + 5, len(tokens))):
        if any(n.first == position and n.kind == "location" and not n.is_demonym for n in names):
            return "literal"
        if tokens[position].lower in metonyms().ground_nouns:
            return "literal"
        if not tokens[position].text[0].isalpha() or tokens[position].lower in language().prepositions:
            break
    return "metonym"


def _of_sense(tokens: Sequence[Token], of: int) -> Sense:
    noun = tokens[of - 1].lower if of else ""
    return "literal" if noun in metonyms().ground_of else "metonym"


def _gives(tokens: Sequence[Token], at: int) -> bool:
    giving = metonyms().giving_verbs | metonyms().losing_verbs
    return any(token.lower in giving for token in tokens[max(at - 5, 0) : at])


def _obtains(tokens: Sequence[Token], at: int) -> bool:
    """Whether what comes "from" a place is what somebody does or gives: "a response from Iran", not "a flight"."""
    if at and tokens[at - 1].lower in metonyms().doing_nouns:
        return True
    return any(token.lower in metonyms().obtaining_verbs for token in tokens[max(at - 6, 0) : at])


def _acts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb that only a state can be the subject of follows, past adverbs, auxiliaries and ", which"."""
    words = language()
    while at < len(tokens):
        word = tokens[at].lower
        if word in words.auxiliaries or (word in words.modals and word != "to"):
            return True
        if word not in words.adverbs | words.negations | {"which", "who", ",", "—", "to"}:
            break
        at += 1
    return at < len(tokens) and _is_acting(tokens[at].lower)


def _is_acting(word: str) -> bool:
    forms = cues().forms
    return word in metonyms().acting_forms or (word in forms and not forms[word].is_participle)


# --- descriptions ---------------------------------------------------------------------------------------------


def _descriptions(
    sentences: Sequence[Sentence],
    names: Mapping[int, Sequence[Name]],
    named: Sequence[Reference],
    places: Mapping[str, Place],
) -> Iterator[Reference]:
    """Common nouns that stand for a place named in the post, else in the blog: "the space center"."""
    phrases = _phrases({r.mention.entity_id for r in named}, places)
    in_post: dict[str, set[str]] = {}
    for reference in named:
        in_post.setdefault(reference.mention.post_id, set()).add(reference.mention.entity_id)
    in_sentence = grouped(named, lambda reference: reference.sentence)
    for at, sentence in enumerate(sentences):
        openers = sentence.positions(phrases)
        taken = {i for n in names[at] for i in range(n.first, n.last)} if openers else set()
        read = 0
        for position in openers:
            if position < read:
                continue
            size, ids = _longest(sentence.tokens, position, phrases)
            here = ids & in_post.get(sentence.post_id, set()) or ids
            if size and len(here) == 1 and position not in taken:
                reference = _described(at, sentence, position, size, next(iter(here)))
                if not any(_repeats(reference, other) for other in in_sentence.get(at, ())):
                    yield reference
            read = position + size


def _repeats(described: Reference, named: Reference) -> bool:
    same = described.mention.entity_id == named.mention.entity_id
    return same and described.mention.span.overlaps(named.mention.span)


def _phrases(ids: set[str], places: Mapping[str, Place]) -> Mapping[str, list[tuple[tuple[str, ...], str]]]:
    """The descriptions to look for, by first word: of the places named, and those that name a place themselves."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for place_id, place in places.items():
        for phrase in place.descriptions:
            if place_id in ids or not phrase.islower():
                words = tuple(_split(phrase.lower()))
                found.setdefault(words[0], []).append((words, place_id))
    return found


def _split(phrase: str) -> Iterator[str]:
    for word in phrase.split():
        stem = word[:-2] if word.endswith(tuple(GENITIVE)) else word
        yield stem
        if stem != word:
            yield word[-2:]


def _longest(
    tokens: Sequence[Token], at: int, phrases: Mapping[str, list[tuple[tuple[str, ...], str]]]
) -> tuple[int, set[str]]:
    best, ids = 0, set[str]()
    for words, place_id in phrases.get(tokens[at].lower, ()):
        size = len(words)
        if size >= best and [t.lower for t in tokens[at : at + size]] == list(words):
            ids = {place_id} if size > best else ids | {place_id}
            best = size
    return best, ids


def _described(at: int, sentence: Sentence, first: int, size: int, place_id: str) -> Reference:
    tokens = sentence.tokens
    span = Span(tokens[first].start, tokens[first + size - 1].end)
    mention = Mention(span, sentence.post_id, "location", place_id, "description", "literal")
    return Reference(mention, at, first, first + size)
