"""Resolves third-person pronouns to people, where the text decides whom they mean.

Inside a quotation only the quotation's own words can decide; in the reporter's own voice, whoever agrees and is most
present in the reader's mind: in the sentence so far, and in the sentences before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from loaders.clauses import behind_aside, is_manner
from loaders.discourse import Discourse, gender_of, group_of, in_quotation, is_one_person, with_genders
from loaders.model import LIST_SEPARATOR, Mention, Reference, Span
from loaders.salience import OBLIQUE, after_sentence, key_of, most_present, speaks, weight_of
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import language

_UNNAMED = 0.9
_UNKNOWN = 0.7
_BARRED = 0.3
"""How much less likely one is meant who is only described, of unknown gender, or barred by place in the sentence."""
_QUESTIONS = frozenset(
    {"about", "how", "if", "what", "where", "whether", "which", "who", "whom", "whose", "why"}
)
_CLAUSE_OPENERS = frozenset({",", ";", ":", "—", "–", "--", "that"})


def resolve_pronoun(
    at: int,
    sentence: Sentence,
    position: int,
    before: Sequence[Reference],
    named: Sequence[Reference],
    discourse: Discourse,
) -> Reference | None:
    """The reference a pronoun makes, without a person where it stays open; None for a plural that means things.

    Args:
        at: The position of its sentence.
        sentence: The sentence.
        position: The pronoun's token position.
        before: The references before it in the sentence.
        named: The references by name in the sentence.
        discourse: What is known of the post so far.
    """
    token = sentence.tokens[position]
    pronoun = language().pronouns[token.lower]
    span = Span(token.start, token.end)
    quoted = sentence.quotation_at(token.start)
    if quoted:
        before = [r for r in before if quoted.outer.holds(r.mention.span)]
        discourse = Discourse(discourse.people, discourse.names, discourse.sentences)
    else:
        before = [r for r in before if not in_quotation(sentence, r)]
    reference = Reference(
        Mention(span, sentence.post_id, "person", "", "pronoun"), at, position, position + 1
    )
    if pronoun.number == "plural":
        entity_id = _plural(before, discourse)
        if entity_id:
            return replace(reference, mention=replace(reference.mention, entity_id=entity_id))
        return _of_group(reference, sentence, before, discourse) if token.lower == "they" else None
    meant = _coordinated(sentence, position, before) or _singular(
        sentence, position, pronoun.gender, before, [] if quoted else named, discourse
    )
    if meant is None:
        return reference
    entity_id = _id_of(meant, pronoun.gender, discourse)
    label = "" if entity_id else meant.label
    mention = replace(reference.mention, entity_id=entity_id)
    return replace(
        reference,
        mention=mention,
        label=label,
        noun=meant.noun,
        source_type=meant.source_type,
        may_mean=meant.may_mean,
    )


def _singular(
    sentence: Sentence,
    position: int,
    gender: str,
    before: Sequence[Reference],
    named: Sequence[Reference],
    discourse: Discourse,
) -> Reference | None:
    """Whom "he" or "she" means: the most present of those who agree."""
    discourse = replace(discourse, genders=with_genders(discourse, sentence, before))
    barred = {key_of(r) for r in _barred(sentence, position, before, named)}
    acting = {
        key_of(r) for r in (*_acting_upon(sentence, position, before), *_asking(sentence, position, before))
    }
    here = [r for r in before if is_one_person(r)]
    minds = after_sentence(discourse.minds, sentence, here, fades=bool(before) or position > 0)
    others = (one for one in minds.values() if key_of(one.reference) not in acting)
    return most_present(
        others, lambda r: _fit(r, gender, discourse) * (_BARRED if key_of(r) in barred else 1.0)
    )


def _fit(reference: Reference, gender: str, discourse: Discourse) -> float:
    """How well somebody agrees with a pronoun's gender: 1, less where it is not known, 0 for the other gender."""
    if reference.may_mean:
        persons = discourse.people.persons
        return 1.0 if any(persons[i].gender in {gender, ""} for i in reference.may_mean) else 0.0
    known = gender_of(reference, discourse)
    if known and known != gender:
        return 0.0
    is_described = reference.mention.form != "name" and not reference.mention.entity_id
    return (_UNNAMED if is_described else 1.0) * (1.0 if known else _UNKNOWN)


def _id_of(reference: Reference, gender: str, discourse: Discourse) -> str:
    """The id of the one a pronoun means; of those a name may mean, the only one that agrees."""
    if reference.mention.entity_id or not reference.may_mean:
        return reference.mention.entity_id
    agreeing = [i for i in reference.may_mean if discourse.people.persons[i].gender == gender]
    return agreeing[0] if len(agreeing) == 1 else ""


def _barred(
    sentence: Sentence, position: int, before: Sequence[Reference], named: Sequence[Reference]
) -> list[Reference]:
    """Who cannot be meant, for the place of the pronoun.

    "Him" is not the subject of its own clause, that would be "himself"; "he" is nobody named later in his sentence
    ("he praised Anna Reed"), and nobody who is named in the words he speaks ("I trust Reed," he said).
    """
    word = sentence.tokens[position].lower
    if word == "him":
        start = _clause_start(sentence.tokens, position)
        return [r for r in before if r.first >= start and weight_of(sentence, r) > OBLIQUE]
    if word not in {"he", "she"}:
        return []
    told = speaks(sentence.tokens, Reference(Mention(Span(0, 0), "", "person"), 0, position, position + 1))
    opens = _clause_start(sentence.tokens, position) in {0, position} and not _is_fronted(sentence, position)
    return [r for r in named if (opens and r.first > position) or (told and in_quotation(sentence, r))]


def _acting_upon(sentence: Sentence, position: int, before: Sequence[Reference]) -> list[Reference]:
    """Whose verb stands right before an object: in "after King Carl evicted him" the king is nobody's "him"."""
    tokens = sentence.tokens
    if tokens[position].lower not in {"him", "her"} or not _is_object(tokens, position):
        return []
    verb = position - 1
    at = verb
    while at and (tokens[at - 1].lower in language().before_verbs or is_manner(tokens[at - 1])):
        at -= 1
    is_verb = tokens[verb].text.islower() and tokens[verb].lower not in language().function_words
    return [r for r in before if is_verb and at in {r.last, behind_aside(tokens, r.last)}]


def _asking(sentence: Sentence, position: int, before: Sequence[Reference]) -> list[Reference]:
    """Who asks in the clause that opens a sentence, and so is not who answers in its main clause.

    "When Reed asked why, she said" has another "she"; "Asked by his lawyer, Ann Reed, he said" another "he".
    """
    tokens = sentence.tokens
    opener, word = sentence.segment(position)[0], tokens[position].lower
    if word not in {"he", "she"} or position - opener < 3:
        return []
    if tokens[opener + 1].lower == "by" and language().is_past(tokens[opener].lower):
        return _behind_by(tokens, opener + 2, position, before)
    if tokens[opener].lower != "when" or tokens[position - 1].text != ",":
        return []
    return [r for r in before if opener < r.first and _asks_at(tokens, r.last)]


def _asks_at(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a question is put by the verb at a position: "asked why", "asked her about", not "asked for"."""
    behind = [token.lower for token in tokens[verb + 1 : verb + 3]]
    asked = {*language().pronouns, *_QUESTIONS}
    return tokens[verb].lower in {"asks", "asked"} and bool(behind) and behind[0] in asked


def _behind_by(
    tokens: Sequence[Token], first: int, position: int, before: Sequence[Reference]
) -> list[Reference]:
    """Who is named right behind "by", in an apposition too ("by his lawyer, Ann Reed,"), where nobody else follows."""
    comma = next((n for n in range(first, position) if tokens[n].text == ","), position)
    is_described = not any(token.text[0].isupper() for token in tokens[first:comma])
    last = comma + 1 if is_described else comma
    others = [r for r in before if r.mention.form != "pronoun" and r.first >= first]
    agents = [r for r in others if r.first <= last]
    return agents if comma < position and len(agents) == len(others) else []


def _is_object(tokens: Sequence[Token], position: int) -> bool:
    """Whether "her" owns nothing: "evicted her from", not "sold her house"."""
    behind = position + 1
    while behind < len(tokens) and is_manner(tokens[behind]):
        behind += 1
    after = tokens[behind] if behind < len(tokens) else None
    is_end = after is None or not after.text[0].isalnum() or after.lower in language().function_words
    return is_end or tokens[position].lower == "him"


def _clause_start(tokens: Sequence[Token], position: int) -> int:
    start = position
    while start and tokens[start - 1].lower not in _CLAUSE_OPENERS | language().conjunctions:
        start -= 1
    return start


def _is_fronted(sentence: Sentence, position: int) -> bool:
    """Whether a pronoun stands in a clause put before its main clause: "When he arrived, Reed spoke"."""
    opener = sentence.tokens[position - 1].lower if position else ""
    return opener in language().conjunctions - {"and", "but", "or"}


def _coordinated(sentence: Sentence, position: int, before: Sequence[Reference]) -> Reference | None:
    """Whose counterparts "Shoigu and his counterparts" are."""
    if position < 2 or sentence.tokens[position - 1].lower != "and":
        return None
    return next((r for r in before if r.last == position - 1 and is_one_person(r)), None)


def _plural(before: Sequence[Reference], discourse: Discourse) -> str:
    """Whom "they" means: the pair the sentence, or the one before it, is about."""
    last = discourse.read[-1] if discourse.read and discourse.read[-1].sentence.part != "headline" else None
    for references in (before, last.references if last else ()):
        pairs = [r.mention.entity_id for r in references if len(r.mention.entity_ids) == 2]
        joined = _joined(references, discourse)
        if pairs or joined:
            return (pairs or [joined])[-1]
    return ""


def _of_group(
    reference: Reference, sentence: Sentence, before: Sequence[Reference], discourse: Discourse
) -> Reference | None:
    """Several without a name whom "they" may mean, a guess: "Critics sent a letter. They wrote: …"."""
    group = group_of(sentence, before) or discourse.group
    if group is None:
        return None
    return replace(
        reference, label=group.label, noun=group.noun, source_type=group.source_type, is_guess=True
    )


def _joined(references: Sequence[Reference], discourse: Discourse) -> str:
    """Two people joined by "and" as subject, or as object, but not behind a preposition."""
    for left, right in pairwise(references):
        tokens = discourse.sentences[left.sentence].tokens
        if left.first and tokens[left.first - 1].lower in language().prepositions:
            continue
        between = [t.lower for t in tokens[left.last : right.first]]
        singles = len(left.mention.entity_ids) == len(right.mention.entity_ids) == 1
        if between == ["and"] and singles and left.mention.entity_id != right.mention.entity_id:
            return LIST_SEPARATOR.join((left.mention.entity_id, right.mention.entity_id))
    return ""
