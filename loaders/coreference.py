"""Resolves what stands for a person without a name: descriptions ("the North Korean leader") and pronouns.

Each rule takes one surviving candidate or none. What is left open stays a mention without an entity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.model import Mention, Person, Reference, Span
from loaders.names import Name
from loaders.people import Kin, People, is_leader
from loaders.roles import RolePhrase, descriptions
from loaders.segmentation import Sentence
from loaders.vocabulary import cues, language, roles

_REACH = 6
"""How many sentences back the antecedent of a pronoun may stand."""
_GROUP_DETERMINERS = frozenset({"the", "both", "two"})


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence already read: the references the reporter makes in it, and who speaks in it."""

    sentence: Sentence
    references: tuple[Reference, ...]
    speaker: str


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is known while a post is read: its last sentences, the newest last, and the unnamed met so far."""

    people: People
    names: Mapping[int, Sequence[Name]]
    sentences: Sequence[Sentence]
    read: tuple[_Read, ...] = ()
    unnamed: tuple[Reference, ...] = ()


def resolve_references(
    sentences: Sequence[Sentence],
    names: Mapping[int, Sequence[Name]],
    people: People,
    countries: Mapping[str, str],
) -> tuple[Reference, ...]:
    """Every reference to a person, by name, description or pronoun, in text order.

    Args:
        sentences: The blog's sentences.
        names: The names in each, by position.
        people: The people named.
        countries: The country of each place and organization id.
    """
    by_sentence: dict[int, list[Reference]] = {}
    for reference in people.references:
        by_sentence.setdefault(reference.sentence, []).append(reference)
    found: list[Reference] = []
    scope = _Scope(people, names, sentences)
    post_id = ""
    for at, sentence in enumerate(sentences):
        if sentence.post_id != post_id:
            post_id, scope = sentence.post_id, _Scope(people, names, sentences)
        resolved = _in_sentence(at, sentence, by_sentence.get(at, []), scope, countries)
        found.extend(resolved)
        scope = _after(scope, sentence, resolved)
    return tuple(found)


def _in_sentence(
    at: int, sentence: Sentence, named: Sequence[Reference], scope: _Scope, countries: Mapping[str, str]
) -> list[Reference]:
    resolved: list[Reference] = list(named)
    phrases = descriptions(sentence, scope.names[at], countries)
    pending: list[RolePhrase | int] = sorted([*phrases, *_pronouns(sentence)], key=_position)
    for one in pending:
        before = sorted((r for r in resolved if r.first < _position(one)), key=lambda r: r.first)
        if isinstance(one, int):
            reference = _pronoun(at, sentence, one, before, scope)
        elif any(r.first <= one.head < r.last for r in named):
            continue
        else:
            reference = _description(at, sentence, one, before, scope)
        if reference:
            resolved.append(reference)
    return sorted(resolved, key=lambda r: (r.first, r.last))


def _position(one: RolePhrase | int) -> int:
    return one if isinstance(one, int) else one.head


def _pronouns(sentence: Sentence) -> Iterator[int]:
    return (i for i, token in enumerate(sentence.tokens) if token.lower in language().pronouns)


def _after(scope: _Scope, sentence: Sentence, resolved: Sequence[Reference]) -> _Scope:
    own = tuple(r for r in resolved if not _in_quotation(sentence, r))
    read = (*scope.read, _Read(sentence, own, _speaker(sentence, own)))[-_REACH:]
    unnamed = scope.unnamed + tuple(r for r in resolved if r.mention.form == "description" and not r.mention.entity_id)
    return _Scope(scope.people, scope.names, scope.sentences, read, unnamed)


def _speaker(sentence: Sentence, resolved: Sequence[Reference]) -> str:
    """Who says something last in a sentence: the person beside its last reporting verb."""
    tokens, forms = sentence.tokens, cues().forms
    for reference in reversed(resolved):
        if len(reference.mention.entity_ids) != 1:
            continue
        before = tokens[reference.first - 1].lower if reference.first else ""
        after = next((t.lower for t in tokens[reference.last :] if t.lower not in language().adverbs), "")
        if any(word in forms and forms[word].verb.that for word in (before, after)):
            return reference.mention.entity_id
    return ""


def _in_quotation(sentence: Sentence, reference: Reference) -> bool:
    return any(q.outer.holds(reference.mention.span) for q in sentence.quotations)


# --- descriptions ---------------------------------------------------------------------------------------------


def _description(
    at: int, sentence: Sentence, phrase: RolePhrase, before: Sequence[Reference], scope: _Scope
) -> Reference | None:
    entity_id = _described(sentence, phrase, before, scope)
    label, span, last = _label(sentence, phrase, scope.names[at]), phrase.span, phrase.last
    if not entity_id:
        earlier = _same_unnamed(label, phrase, scope)
        label = earlier.label if earlier else label
    mention = Mention(span, sentence.post_id, "person", entity_id, "description")
    source_type = _source_type(sentence, phrase, scope.names[at])
    return Reference(mention, at, phrase.first, last, label, phrase.noun, source_type)


def _described(sentence: Sentence, phrase: RolePhrase, before: Sequence[Reference], scope: _Scope) -> str:
    apposed = _apposed(sentence, phrase, before)
    if apposed:
        return apposed
    if phrase.kinship:
        return _kin_of(phrase, before, scope)
    persons = [scope.people.persons[i] for i in _ids_in_post(sentence, scope)]
    if phrase.is_plural:
        return _pair(sentence, phrase, persons)
    if phrase.determiner in {"a", "an", "one"}:
        return _subject_described(sentence, phrase, before)
    if phrase.determiner not in {"the", ""}:
        return ""
    called = _unique(p for p in persons if _is_called(p, phrase))
    fitting = _unique(p for p in persons if _holds(p, phrase))
    anywhere = _unique(p for p in scope.people.persons.values() if phrase.countries and _holds(p, phrase))
    return called or fitting or anywhere


def _apposed(sentence: Sentence, phrase: RolePhrase, before: Sequence[Reference]) -> str:
    """The person a description behind a name and a comma belongs to: "Ankit Panda, a senior fellow"."""
    tokens = sentence.tokens
    if phrase.first and tokens[phrase.first - 1].text == "," and phrase.determiner in {"a", "an", "the"}:
        return next((r.mention.entity_id for r in before if r.last == phrase.first - 1 and r.mention.form == "name"), "")
    return ""


def _subject_described(sentence: Sentence, phrase: RolePhrase, before: Sequence[Reference]) -> str:
    """Who "a key adviser" is in "NAME is one of … and a key adviser": the subject of the verb "to be"."""
    tokens = sentence.tokens
    subject = before[0] if before else None
    if subject is None or subject.last >= phrase.first or tokens[subject.last].lower not in {"is", "was"}:
        return ""
    between = {token.lower for token in tokens[subject.last + 1 : phrase.first]}
    forbidden = language().auxiliaries - {"'s", "’s"} | language().relatives | cues().forms.keys()
    return "" if between & forbidden or between & {",", ";"} else subject.mention.entity_id


def _ids_in_post(sentence: Sentence, scope: _Scope) -> list[str]:
    return list(
        dict.fromkeys(
            r.mention.entity_id
            for r in scope.people.references
            if r.mention.entity_id and r.mention.post_id == sentence.post_id
        )
    )


def _is_called(person: Person, phrase: RolePhrase) -> bool:
    """Whether the text itself gives the person this title: "the leader" after "North Korean leader"."""
    fits = not phrase.countries or person.country in phrase.countries
    return fits and bool(person.role) and person.role.lower().split()[-1] == phrase.noun.split()[-1]


def _holds(person: Person, phrase: RolePhrase) -> bool:
    """Whether a description fits a person: the same head noun, and no other country."""
    if phrase.countries and person.country not in phrase.countries:
        return False
    return phrase.noun in person.offices or _is_called(person, phrase)


def _unique(persons: Iterable[Person]) -> str:
    ids = {person.person_id for person in persons}
    return next(iter(ids)) if len(ids) == 1 else ""


def _pair(sentence: Sentence, phrase: RolePhrase, persons: Sequence[Person]) -> str:
    """The two people "the two leaders", "both men" means, where the post names just two such."""
    words = {t.lower for t in sentence.tokens[phrase.first : phrase.head + 1]}
    group = roles().person_groups.get(sentence.tokens[phrase.head].lower)
    if group is None or not words & _GROUP_DETERMINERS or phrase.countries:
        return ""
    if group in {"male", "female"}:
        chosen = [p for p in persons if p.gender == group]
    elif group == "leader":
        chosen = [p for p in persons if is_leader(p)]
    else:
        chosen = [p for p in persons if group in p.offices]
    return "; ".join(p.person_id for p in chosen) if len(chosen) == 2 else ""


def _kin_of(phrase: RolePhrase, before: Sequence[Reference], scope: _Scope) -> str:
    """Who "her brother" or "Kim Jong Un's sister" is, by the kinship the post states of its people."""
    owner = next((r.mention.entity_id for r in before if r.mention.span.start == phrase.span.start), "")
    if not owner:
        return ""
    kin: Sequence[Kin] = scope.people.kin
    stated = {k.person_id for k in kin if k.of == owner and k.kinship == phrase.kinship}
    wanted = language().kinship[phrase.kinship]
    inverse = {
        k.of
        for k in kin
        if k.person_id == owner
        and phrase.kinship in language().kinship[k.kinship].inverse
        and scope.people.persons[k.of].gender in {wanted.gender, ""}
    }
    both = stated | inverse
    return next(iter(both)) if len(both) == 1 else ""


def _label(sentence: Sentence, phrase: RolePhrase, names: Sequence[Name]) -> str:
    """What an unnamed person is called: the description without article, a medium by its name alone."""
    first = phrase.first
    while sentence.tokens[first].lower in language().determiners and first < phrase.head:
        first += 1
    outlet = next((n for n in names if n.kind == "organization" and first < n.first and n.last <= phrase.head), None)
    if outlet and _is_medium(sentence, first, outlet.first):
        first = outlet.first
    start = sentence.tokens[first].start - sentence.span.start
    return _text(sentence, phrase)[start - (phrase.span.start - sentence.span.start) :]


def _text(sentence: Sentence, phrase: RolePhrase) -> str:
    words, position = "", phrase.span.start
    for token in sentence.tokens[phrase.first : phrase.last]:
        words += " " * (token.start - position) + token.text
        position = token.end
    return words


def _is_medium(sentence: Sentence, first: int, last: int) -> bool:
    words = " ".join(token.lower for token in sentence.tokens[first:last])
    return any(words.endswith(phrase) for phrases in roles().media.values() for phrase in phrases)


def _source_type(sentence: Sentence, phrase: RolePhrase, names: Sequence[Name]) -> str:
    """On whose word a description speaks: the medium's it names or describes, else its role's."""
    words = " ".join(token.lower for token in sentence.tokens[phrase.first : phrase.last])
    for source_type, media in roles().media.items():
        if any(medium in words for medium in media):
            return source_type
    return phrase.role.source_type if phrase.role else "unnamed"


def _same_unnamed(label: str, phrase: RolePhrase, scope: _Scope) -> Reference | None:
    """An unnamed person met before in the post whose description says all that this one says, and more."""
    words = set(label.lower().split())
    if phrase.determiner != "the" or phrase.is_plural:
        return None
    fitting = [
        r for r in scope.unnamed if r.noun == phrase.noun and words <= {w.lower() for w in _words_of(r, scope)}
    ]
    return fitting[-1] if fitting else None


def _words_of(reference: Reference, scope: _Scope) -> list[str]:
    tokens = scope.sentences[reference.sentence].tokens[reference.first : reference.last]
    return [token.text for token in tokens]


# --- pronouns -------------------------------------------------------------------------------------------------


def _pronoun(
    at: int, sentence: Sentence, position: int, before: Sequence[Reference], scope: _Scope
) -> Reference | None:
    token = sentence.tokens[position]
    pronoun = language().pronouns[token.lower]
    span = Span(token.start, token.end)
    quoted = next((q for q in sentence.quotations if q.outer.holds(span)), None)
    if quoted:
        before = [r for r in before if quoted.outer.holds(r.mention.span)]
        scope = _Scope(scope.people, scope.names, scope.sentences)
    else:
        before = [r for r in before if not _in_quotation(sentence, r)]
    if pronoun.number == "plural":
        entity_id = _plural(before, scope)
        if not entity_id:
            return None
    else:
        entity_id = _singular(sentence, position, pronoun.gender, before, scope)
    return Reference(Mention(span, sentence.post_id, "person", entity_id, "pronoun"), at, position, position + 1)


def _singular(sentence: Sentence, position: int, gender: str, before: Sequence[Reference], scope: _Scope) -> str:
    """Whom "he" or "she" means: somebody in the sentence, else the speaker or subject of the nearest one before."""
    fits = [r for r in before if _agrees(r, gender, scope)]
    coordinated = _coordinated(sentence, position, fits)
    if coordinated or fits:
        return coordinated or _one(fits) or _subject(sentence, fits)
    for read in reversed(scope.read):
        fits = [r for r in read.references if _agrees(r, gender, scope)]
        if any(r.mention.entity_id == read.speaker for r in fits):
            return read.speaker
        if fits:
            return _one(fits) or _subject(read.sentence, fits)
    return ""


def _agrees(reference: Reference, gender: str, scope: _Scope) -> bool:
    ids = reference.mention.entity_ids
    person = scope.people.persons.get(ids[0]) if len(ids) == 1 else None
    return person is not None and person.gender in {gender, ""}


def _coordinated(sentence: Sentence, position: int, fits: Sequence[Reference]) -> str:
    """Whose counterparts "Shoigu and his counterparts" are."""
    if position < 2 or sentence.tokens[position - 1].lower != "and":
        return ""
    return next((r.mention.entity_id for r in fits if r.last == position - 1), "")


def _one(references: Sequence[Reference]) -> str:
    ids = {r.mention.entity_id for r in references}
    return next(iter(ids)) if len(ids) == 1 else ""


def _subject(sentence: Sentence, references: Sequence[Reference]) -> str:
    """The first of the references that can be its sentence's subject."""
    tokens = sentence.tokens
    for reference in references:
        before = tokens[reference.first - 1].lower if reference.first else ""
        after = tokens[reference.last].text if reference.last < len(tokens) else ""
        if before not in language().prepositions and after not in {"'s", "’s"}:
            return reference.mention.entity_id
    return ""


def _plural(before: Sequence[Reference], scope: _Scope) -> str:
    """Whom "they" means: the pair the sentence, or the one before it, is about."""
    last = scope.read[-1] if scope.read and scope.read[-1].sentence.part != "headline" else None
    for references in (before, last.references if last else ()):
        pairs = [r.mention.entity_id for r in references if len(r.mention.entity_ids) == 2]
        joined = _joined(references, scope)
        if pairs or joined:
            return (pairs or [joined])[-1]
    return ""


def _joined(references: Sequence[Reference], scope: _Scope) -> str:
    """Two people joined by "and" as subject."""
    for left, right in zip(references, references[1:], strict=False):
        tokens = scope.sentences[left.sentence].tokens
        between = [t.lower for t in tokens[left.last : right.first]]
        singles = len(left.mention.entity_ids) == len(right.mention.entity_ids) == 1
        if between == ["and"] and singles and left.mention.entity_id != right.mention.entity_id:
            return "; ".join((left.mention.entity_id, right.mention.entity_id))
    return ""
