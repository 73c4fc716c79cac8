"""Resolves descriptions that stand for a person: "the North Korean leader", "her brother", "the two men".

Each rule takes one surviving candidate or none; what stays open keeps its description.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from loaders.clauses import GENITIVE, POSSESSIVES, behind_complement, printed
from loaders.discourse import Discourse
from loaders.model import LIST_SEPARATOR, Mention, Person, Reference
from loaders.name_evidence import bare_role
from loaders.names import Name
from loaders.people import is_leader
from loaders.roles import RolePhrase, opens_verb
from loaders.segmentation import Sentence
from loaders.vocabulary import cues, language, roles

_GROUP_DETERMINERS = frozenset({"the", "both"})


def resolve_description(
    at: int,
    sentence: Sentence,
    phrase: RolePhrase,
    before: Sequence[Reference],
    named: Sequence[Reference],
    discourse: Discourse,
) -> Reference | None:
    """The reference a description makes: to a person of the blog, or to somebody unnamed.

    Args:
        at: The position of its sentence.
        sentence: The sentence.
        phrase: The description.
        before: The references before it in the sentence.
        named: The references by name in the sentence.
        discourse: What is known of the post so far.
    """
    entity_id = _named_behind(sentence, phrase, named) or _described(sentence, phrase, before, discourse)
    label, span, last = _label(sentence, phrase, discourse.names[at]), phrase.span, phrase.last
    if not entity_id:
        earlier = _same_unnamed(label, phrase, discourse)
        label = earlier.label if earlier else label
    mention = Mention(span, sentence.post_id, "person", entity_id, "description")
    source_type = _source_type(sentence, phrase, discourse.names[at])
    return Reference(mention, at, phrase.first, last, label, phrase.noun, source_type)


def _described(
    sentence: Sentence, phrase: RolePhrase, before: Sequence[Reference], discourse: Discourse
) -> str:
    apposed = _apposed(sentence, phrase, before)
    if apposed:
        return apposed
    if phrase.kinship:
        return _kin_of(phrase, before, discourse)
    persons = [discourse.people.persons[i] for i in _ids_in_post(sentence, discourse)]
    if phrase.is_plural:
        return _pair(sentence, phrase, persons)
    if phrase.determiner in {"a", "an", "one"}:
        return _subject_described(sentence, phrase, before)
    if phrase.determiner not in {"the", ""} or _is_somebodys(sentence, phrase, before):
        return ""
    called = _unique(p for p in persons if _is_called(p, phrase))
    fitting = _unique(p for p in persons if _holds(p, phrase)) or _most_present(persons, phrase, discourse)
    anywhere = _unique(p for p in discourse.people.persons.values() if phrase.countries and _holds(p, phrase))
    return called or fitting or anywhere


def _is_somebodys(sentence: Sentence, phrase: RolePhrase, before: Sequence[Reference]) -> bool:
    """Whether somebody owns whom a description means: "Reed's lawyer" is not the lawyer of whom the post tells."""
    is_owned = phrase.first > 0 and sentence.tokens[phrase.first - 1].text in POSSESSIVES
    return is_owned and any(r.last == phrase.first - 1 for r in before)


def _apposed(sentence: Sentence, phrase: RolePhrase, before: Sequence[Reference]) -> str:
    """The person a description behind a name and a comma belongs to: "Ankit Panda, a senior fellow".

    But in "says a friend of Reed, the king said" the king is another, who goes on as the subject.
    """
    tokens = sentence.tokens
    if phrase.is_plural or phrase.determiner not in {"a", "an", "the", ""}:
        return ""
    if phrase.determiner == "the" and opens_verb(tokens, phrase.last):
        return ""
    for r in before:
        comma = behind_complement(tokens, r.last) if r.mention.form == "name" else phrase.first
        if comma >= phrase.first or tokens[comma].text != ",":
            continue
        is_bare = not phrase.determiner and bare_role(tokens, comma + 1) == phrase.head
        if comma == phrase.first - 1 or is_bare:
            return r.mention.entity_id
    return ""


def _named_behind(sentence: Sentence, phrase: RolePhrase, named: Sequence[Reference]) -> str:
    """The person whose name follows a description between commas: "one local woman, Anna Reed, said"."""
    tokens = sentence.tokens
    if phrase.is_plural or phrase.last >= len(tokens) or tokens[phrase.last].text != ",":
        return ""
    name = next((r for r in named if r.first == phrase.last + 1), None)
    closes = name is not None and (name.last == len(tokens) or tokens[name.last].text in {",", ".", "”", '"'})
    return name.mention.entity_id if name and closes else ""


def _subject_described(sentence: Sentence, phrase: RolePhrase, before: Sequence[Reference]) -> str:
    """Who "a key adviser" is in "NAME is one of … and a key adviser": the subject of the verb "to be"."""
    tokens = sentence.tokens
    subject = before[0] if before else None
    if subject is None or subject.last >= phrase.first or tokens[subject.last].lower not in {"is", "was"}:
        return ""
    between = {token.lower for token in tokens[subject.last + 1 : phrase.first]}
    forbidden = language().auxiliaries - GENITIVE | language().relatives | cues().forms.keys()
    return "" if between & forbidden or between & {",", ";"} else subject.mention.entity_id


def _ids_in_post(sentence: Sentence, discourse: Discourse) -> list[str]:
    return list(discourse.people.ids_by_post.get(sentence.post_id, ()))


def _is_called(person: Person, phrase: RolePhrase) -> bool:
    """Whether the text itself gives the person this title: "the leader" after "North Korean leader"."""
    fits = not phrase.countries or person.country in phrase.countries
    return fits and person.role_noun == phrase.noun


def _holds(person: Person, phrase: RolePhrase) -> bool:
    """Whether a description fits a person: the same head noun, and no other country."""
    if phrase.countries and person.country not in phrase.countries:
        return False
    return phrase.noun in person.offices or _is_called(person, phrase)


def _most_present(persons: Sequence[Person], phrase: RolePhrase, discourse: Discourse) -> str:
    """Of several whom a description fits, the one more in mind than anybody."""
    fitting = {p.person_id for p in persons if _holds(p, phrase)}
    ranked = sorted(((one.weight, key) for key, one in discourse.minds.items()), reverse=True)
    is_clear = ranked and (len(ranked) == 1 or ranked[0][0] > ranked[1][0])
    return ranked[0][1] if is_clear and ranked[0][1] in fitting else ""


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
    return LIST_SEPARATOR.join(p.person_id for p in chosen) if len(chosen) == 2 else ""


def _kin_of(phrase: RolePhrase, before: Sequence[Reference], discourse: Discourse) -> str:
    """Who "her brother" or "Kim Jong Un's sister" is, by the kinship the post states of its people."""
    owner = next((r.mention.entity_id for r in before if r.mention.span.start == phrase.span.start), "")
    if not owner:
        return ""
    kin = discourse.people.kin
    stated = {k.person_id for k in kin if k.of == owner and k.kinship == phrase.kinship}
    wanted = language().kinship[phrase.kinship]
    inverse = {
        k.of
        for k in kin
        if k.person_id == owner
        and phrase.kinship in language().kinship[k.kinship].inverse
        and discourse.people.persons[k.of].gender in {wanted.gender, ""}
    }
    both = stated | inverse
    return next(iter(both)) if len(both) == 1 else ""


def _label(sentence: Sentence, phrase: RolePhrase, names: Sequence[Name]) -> str:
    """What an unnamed person is called: the description without article, a medium by its name alone."""
    first = phrase.first
    while sentence.tokens[first].lower in language().determiners and first < phrase.head:
        first += 1
    outlet = next(
        (n for n in names if n.kind == "organization" and first < n.first and n.last <= phrase.head), None
    )
    if outlet and _is_medium(sentence, first, outlet.first):
        first = outlet.first
    return printed(sentence.tokens[first : phrase.last])


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


def _same_unnamed(label: str, phrase: RolePhrase, discourse: Discourse) -> Reference | None:
    """An unnamed person met before in the post whose description says all that this one says, and more."""
    words = set(label.lower().split())
    if phrase.determiner != "the" or phrase.is_plural:
        return None
    fitting = [
        r
        for r in discourse.unnamed
        if r.noun == phrase.noun and words <= {w.lower() for w in _words_of(r, discourse)}
    ]
    return fitting[-1] if fitting else None


def _words_of(reference: Reference, discourse: Discourse) -> list[str]:
    tokens = discourse.sentences[reference.sentence].tokens[reference.first : reference.last]
    return [token.text for token in tokens]
