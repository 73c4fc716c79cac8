"""Finds the organizations of a blog, by name or as "state media", and says of what kind each is.

A medium's descriptor before its name ("Russian state media TASS") belongs to its noun phrase.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.clauses import printed
from loaders.model import Blog, Mention, Organization, OrganizationType, Reference, Span, slug
from loaders.names import Name
from loaders.registry import Registries
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import language, roles

_SPEAKS_ON: Mapping[str, str] = {
    "news outlet": "news outlet",
    "state media": "state media",
    "government": "government",
    "military": "military",
    "university": "analyst",
    "think tank": "analyst",
    "international body": "government",
    "other": "unnamed",
}


_CENTRES = frozenset({"centre", "center"})
_FORCES = frozenset({"force", "forces"})


@dataclass(frozen=True)
class Organizations:
    """The organizations of a blog by id, and where they are mentioned."""

    organizations: Mapping[str, Organization]
    references: tuple[Reference, ...]


def find_organizations(
    blog: Blog,
    sentences: Sequence[Sentence],
    names: Mapping[int, Sequence[Name]],
    known: Registries,
) -> Organizations:
    """The organizations named or described in a blog's posts, and the outlets of its bylines."""
    references = [r for at, s in enumerate(sentences) for r in _references(at, s, names[at])]
    printed = {r.mention.entity_id: r.mention.span.of(blog.text) for r in references}
    bylines = dict.fromkeys(post.outlet.of(blog.text) for post in blog.records if post.outlet)
    outlets = {known.outlet_ids.get(name) or slug(name): name for name in bylines}
    found = {i: _organization(i, name, known) for i, name in (outlets | printed).items()}
    in_post: dict[str, set[str]] = {}
    for reference in references:
        in_post.setdefault(reference.mention.post_id, set()).add(reference.mention.entity_id)
    taken = {(r.sentence, i) for r in references for i in range(r.first, r.last)}
    described = [
        reference
        for at, sentence in enumerate(sentences)
        for reference in _described(
            at, sentence, names[at], taken, in_post.get(sentence.post_id, set()), found
        )
    ]
    ordered = sorted([*references, *described], key=lambda r: (r.sentence, r.first))
    return Organizations(found, tuple(ordered))


def _organization(entity_id: str, name: str, known: Registries) -> Organization:
    entry = known.organizations.get(entity_id)
    if entry:
        source_type = entry.source_type or _SPEAKS_ON[entry.organization_type]
        return Organization(entry.id, entry.name, entry.organization_type, entry.country, source_type, True)
    kind = _kind(name.lower().split())
    return Organization(entity_id, name, kind, source_type=_SPEAKS_ON[kind])


def _kind(words: Sequence[str]) -> OrganizationType:
    """What an organization is by the last telling word of its name; a centre thinks where it is "for" something."""
    kind: OrganizationType = "other"
    for at, word in enumerate(words):
        before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
        if word not in roles().organization_types or (word in _FORCES and before == "police"):
            continue
        is_plain = (word in _CENTRES and after not in {"for", "on"}) or (word == "council" and after == "of")
        kind = "other" if is_plain else roles().organization_types[word]
    return kind


def _references(at: int, sentence: Sentence, names: Sequence[Name]) -> Iterator[Reference]:
    for name in names:
        if name.kind != "organization":
            continue
        words = printed(sentence.tokens[name.first : name.last])
        mention = Mention(name.span, sentence.post_id, "organization", name.entity_id or slug(words))
        yield Reference(mention, at, _phrase_start(sentence, name, names), name.last)


def _phrase_start(sentence: Sentence, name: Name, names: Sequence[Name]) -> int:
    """Where the medium's descriptor and the article before a name begin."""
    first, tokens = name.first, sentence.tokens
    size = _medium_before(tokens, first)
    if size:
        first -= size
        nationality = next((n for n in names if n.last == first and n.kind == "location"), None)
        first = nationality.first if nationality else first
    if first and tokens[first - 1].lower in language().determiners:
        first -= 1
    return first


def _medium_before(tokens: Sequence[Token], end: int) -> int:
    """How many tokens before `end` describe a medium ("state media"), 0 where they do not."""
    return next((size for size, _ in _media(tokens, end)), 0)


def _media(tokens: Sequence[Token], end: int) -> Iterator[tuple[int, str]]:
    if not end:
        return
    for words, source_type in roles().media_by_last_word.get(tokens[end - 1].lower, ()):
        if tuple(token.lower for token in tokens[max(end - len(words), 0) : end]) == words:
            yield len(words), source_type


def _described(
    at: int,
    sentence: Sentence,
    names: Sequence[Name],
    taken: Collection[tuple[int, int]],
    in_post: Collection[str],
    known: Mapping[str, Organization],
) -> Iterator[Reference]:
    """Media without a name: "state media says" means the one such medium the post names, if there is one."""
    tokens = sentence.tokens
    for end in (position + 1 for position in sentence.positions(roles().media_by_last_word)):
        size, source_type = next(_media(tokens, end), (0, ""))
        if not size or (at, end - 1) in taken or _narrows_noun(tokens, end):
            continue
        first = end - size
        nationality = next((n for n in names if n.last == first and n.kind == "location"), None)
        first = nationality.first if nationality else first
        named = [i for i in in_post if known[i].source_type == source_type]
        entity_id = named[0] if len(named) == 1 and source_type == "state media" else ""
        span = Span(tokens[first].start, tokens[end - 1].end)
        mention = Mention(span, sentence.post_id, "organization", entity_id, "description")
        label = " ".join(token.text for token in tokens[first:end])
        yield Reference(mention, at, first, end, label, tokens[end - 1].lower, source_type)


def _narrows_noun(tokens: Sequence[Token], end: int) -> bool:
    """Whether the words go on to a person or a name: "state television journalist"."""
    if end >= len(tokens):
        return False
    after = tokens[end]
    return (
        after.lower in roles().nouns
        or after.text[0].isupper()
        or after.text[0].isdigit()
        or after.lower == "agency"
    )
