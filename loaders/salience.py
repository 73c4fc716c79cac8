"""Who is in the reader's mind: the people a post has lately spoken of, the most prominent first.

As in Lappin and Leass (1994), a sentence brings people to mind by the part they play in it, a subject more than an
object, and each further sentence halves that. One who is reported to speak counts more than any other, for a text
that quotes goes on quoting; to be named often counts nothing, for news goes from one speaker to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from loaders.clauses import behind_aside, behind_complement, goes_on_as_verb, is_manner, is_possessive
from loaders.model import Reference
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import cues, language

SPEAKER, SUBJECT, OBJECT, OBLIQUE, POSSESSOR = 400.0, 310.0, 250.0, 200.0, 150.0
_HALF = 0.5
_FADED = 15.0
"""The weight below which somebody is out of mind."""
_MOST = 12


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Somebody a pronoun may mean: the last reference to them, the part it plays, and how present they are now."""

    reference: Reference
    part: float
    weight: float


Minds = Mapping[str, Antecedent]
"""Who is in mind, by id, or by description where nobody is named."""


def key_of(reference: Reference) -> str:
    """What tells people apart: the id, else the description."""
    return reference.mention.entity_id or f"“{reference.label}”"


def weight_of(sentence: Sentence, reference: Reference) -> float:
    """How much a reference makes its person present, by the part it plays in its sentence."""
    tokens = sentence.tokens
    if speaks(tokens, reference):
        return SPEAKER
    if is_possessive(tokens, reference) or tokens[reference.first].lower in language().possessive_pronouns:
        return POSSESSOR
    if reference.first and tokens[reference.first - 1].lower in language().prepositions:
        return OBLIQUE
    return SUBJECT if _is_subject(tokens, reference) else OBJECT


def speaks(tokens: Sequence[Token], reference: Reference) -> bool:
    """Whether a verb of saying stands behind a reference and its apposition, or before it behind what was said.

    "…," said Anna Reed; but in "Mark Hall, too, said Anna Reed left" it is not she who speaks.
    """
    if is_possessive(tokens, reference):
        return False
    if verb_at(tokens, behind_aside(tokens, behind_complement(tokens, reference.last))):
        return True
    acts = reference.last < len(tokens) and goes_on_as_verb(tokens[reference.last])
    return not acts and _is_inverted(tokens, reference.first - 1)


def verb_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb of saying stands at `at`, adverbs and auxiliaries aside."""
    skipped = language().before_verbs
    while at < len(tokens) and (tokens[at].lower in skipped or is_manner(tokens[at])):
        at += 1
    form = cues().forms.get(tokens[at].lower) if at < len(tokens) else None
    return form is not None and form.verb.that


def _is_inverted(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb of saying stands at `at` behind what was said: "…," said the teacher."""
    form = cues().forms.get(tokens[at].lower) if at >= 0 else None
    return form is not None and form.verb.that and (at == 0 or not tokens[at - 1].text[0].isalnum())


def _is_subject(tokens: Sequence[Token], reference: Reference) -> bool:
    """Whether a reference can be the subject of a main clause, by the verb behind it or the link before it."""
    before = tokens[reference.first - 1].lower if reference.first else ""
    if before in language().subordinators or before in cues().forms:
        return False
    behind = behind_aside(tokens, behind_complement(tokens, reference.last))
    after = tokens[behind] if behind < len(tokens) else None
    if after and (after.lower in language().before_verbs or language().is_past(after.lower)):
        return True
    if after and after.lower in language().modals:
        return after.lower != "to"
    return not before or before in {",", ";", "—", "–"} or before in language().conjunctions - {"and", "or"}


def after_sentence(minds: Minds, sentence: Sentence, own: Iterable[Reference], *, fades: bool) -> Minds:
    """Who is in mind when a sentence is read.

    Args:
        minds: Who was before.
        sentence: The sentence.
        own: The references to one person each that the reporter makes in it.
        fades: Whether it has words of the reporter's, which push those before into the background.
    """
    share = _HALF if fades else 1.0
    found = {key: replace(one, weight=one.weight * share) for key, one in minds.items()}
    here: dict[str, Antecedent] = {}
    for reference in own:
        key, weight = key_of(reference), weight_of(sentence, reference)
        before = here.get(key)
        if before is None or weight > before.weight:
            here[key] = Antecedent(reference, weight, weight)
    for key, one in here.items():
        found[key] = replace(one, weight=max(one.weight, found[key].weight if key in found else 0.0))
    kept = sorted((one for one in found.items() if one[1].weight > _FADED), key=lambda one: -one[1].weight)
    return dict(kept[:_MOST])


def most_present(minds: Iterable[Antecedent], fits: Callable[[Reference], float]) -> Reference | None:
    """The one most in mind among those that fit; None where two of one sentence are equally so, and no subject.

    `fits` gives a factor, 0 for one who cannot be meant.
    """
    weighed = [(one.weight * fits(one.reference), one) for one in minds]
    ranked = sorted((w for w in weighed if w[0] > 0), key=lambda w: (-w[0], -w[1].reference.sentence))
    if not ranked:
        return None
    (weight, best), *others = ranked
    rivals = (one.reference.sentence for other, one in others if other == weight)
    is_open = best.part < SUBJECT and best.reference.sentence in rivals
    return None if is_open else best.reference
