"""Finds the words that name an event, as verb or as noun: "launched", "Shoigu's visit", but not "launch site"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from loaders.clauses import GENITIVE, POSSESSIVES, NounPhrases, noun_phrases
from loaders.event_denials import is_denied
from loaders.inflection import present_forms
from loaders.model import Quote, Reference, TimeExpression
from loaders.registry import Place
from loaders.reporting import ReportingClause
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import EventForm, EventType, cues, events, language

RELATIVES = frozenset({"who", "which", "that"})
_SPEAKER_HIMSELF = frozenset({"i", "we", "you"})
"""What the speaker of a quotation says of himself or to others is no event the blog reports."""
_BEING = frozenset({"be", "being", "is", "are"})
_DOUBTED = frozenset({"believed", "thought", "rumored", "rumoured"})
_NEAR = 6
"""Words on either side of a trigger that belong to what it says."""


ANSWERING = ("respond", "response", "react", "link", "relat", "lead", "led", "due", "thank")
"""How words begin whose "to" a noun follows: "responding to protests"."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that names an event: its token positions and its form."""

    sentence: int
    first: int
    last: int
    form: EventForm
    is_subordinate: bool = False

    @property
    def kind(self) -> EventType:
        """The kind of event it names."""
        return events().kind(self.form.event_type)


@dataclass(frozen=True)
class Scene:
    """A sentence with the references that can take part in its events, and the places named in it.

    `grounds` are places meant as such, `states_named` those that stand for a state or a nationality; `states` gives the
    country each capital or country stands for.
    """

    at: int
    sentence: Sentence
    actors: tuple[Reference, ...]
    grounds: tuple[Reference, ...]
    states_named: tuple[Reference, ...]
    states: Mapping[str, str]
    places: Mapping[str, Place]
    clauses: tuple[ReportingClause, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @cached_property
    def phrases(self) -> NounPhrases:
        """Its actors by the edges of their noun phrases."""
        return noun_phrases(self.actors)


def find_triggers(scene: Scene) -> tuple[Trigger, ...]:
    """The triggers of a sentence in text order; a question, a denial and a rumour have none."""
    tokens = scene.sentence.tokens
    openers = scene.sentence.positions(events().by_first)
    if not openers or tokens[-1].text == "?":
        return ()
    phrases = scene.phrases
    found: list[Trigger] = []
    read = 0
    for at in openers:
        form = _form_at(tokens, at, phrases) if at >= read else None
        if form and _is_event(scene, at, form, phrases):
            found.append(
                Trigger(scene.at, at, at + len(form.words), form, opener_before(tokens, at) is not None)
            )
        read = max(read, at + len(form.words) if form else 0)
    return tuple(found)


def _form_at(tokens: Sequence[Token], at: int, phrases: NounPhrases) -> EventForm | None:
    """The longest trigger that begins at a token; of a verb and a noun alike ("visit"), the one its place calls for."""
    fitting = [
        form
        for form in events().by_first.get(tokens[at].lower, ())
        if [t.lower for t in tokens[at : at + len(form.words)]] == list(form.words)
    ]
    longest = [form for form in fitting if len(form.words) == len(fitting[0].words)]
    nouns = [form for form in longest if form.is_noun]
    if nouns and len(longest) > 1:
        return (
            nouns[0] if not _is_verb_place(tokens, at, phrases) else next(f for f in longest if not f.is_noun)
        )
    return longest[0] if longest else None


def _is_verb_place(tokens: Sequence[Token], at: int, phrases: NounPhrases) -> bool:
    """Whether a verb may stand here: behind its subject, an auxiliary, "to", "and" or "who"."""
    before = skip_back(tokens, at)
    opener = tokens[at - 1].lower if at else ""
    if opener in POSSESSIVES or (opener == "to" and at > 1 and tokens[at - 2].lower.startswith(ANSWERING)):
        return False
    return (
        before in phrases.ending
        or opener in language().modals
        or (before > 0 and tokens[before - 1].lower in RELATIVES)
    )


def _is_event(scene: Scene, at: int, form: EventForm, phrases: NounPhrases) -> bool:
    tokens, kind = scene.sentence.tokens, events().file.types[form.event_type]
    first, last = scene.sentence.segment(at)
    words = {t.lower for t in tokens[first:last]}
    if kind.needs and not words & kind.needs:
        return False
    if kind.unlike and _is_unlike(tokens, at, at + len(form.words), kind.unlike):
        return False
    if any(r.first <= at < r.last for r in scene.actors if r.mention.form == "name"):
        return False
    before = [t.lower for t in tokens[max(at - 10, 0) : at]]
    if set(before) & _DOUBTED or set(before[-3:]) & _SPEAKER_HIMSELF:
        return False
    if is_denied(tokens, at, at + len(form.words), is_noun=form.is_noun):
        return False
    if kind.partners and not form.is_noun and before and before[-1] in {"was", "were", "been"}:
        return False
    if not form.is_noun and _means_another(tokens, at, form, kind, before):
        return False
    if form.is_noun:
        return not _narrows_noun(tokens, at + len(form.words))
    return not _is_nominal(tokens, at, form) and (
        _is_past_or_participle(form) or _has_subject(tokens, at, form, phrases)
    )


def _is_unlike(tokens: Sequence[Token], first: int, last: int, unlike: Sequence[str]) -> bool:
    """Whether words near a trigger make another thing of it: "the quake struck", "strikes from 20 yards"."""
    near = tokens[max(first - _NEAR, 0) : last + _NEAR]
    words = " ".join("0" if token.text.isdigit() else token.lower for token in near)
    return any(f" {phrase} " in f" {words} " for phrase in unlike)


def _means_another(
    tokens: Sequence[Token], at: int, form: EventForm, kind: EventType, before: Sequence[str]
) -> bool:
    """Whether the words beside a verb make another of it: "carry on", "departs for 82", "was met with a wall"."""
    after = tokens[at + len(form.words)].lower if at + len(form.words) < len(tokens) else ""
    if after in kind.another or (form.words[-1] == "for" and after.isdigit()):
        return True
    is_passive = kind.partners and not form.is_participle and before and before[-1] in _BEING
    return bool(is_passive) and after in {"with", "by"}


def _is_past_or_participle(form: EventForm) -> bool:
    return form.is_participle or " ".join(form.words) not in present_forms(form.lemma)


def _has_subject(tokens: Sequence[Token], at: int, form: EventForm, phrases: NounPhrases) -> bool:
    """Whether a present form has what a verb needs before it, so that "rocket launches" is a noun.

    A headline may leave the subject out ("Kills nine"), but not before a base form: "Storm near Fiji" is a noun.
    """
    if at == 0:
        return not _is_base(form)
    return _is_verb_place(tokens, at, phrases) or tokens[at - 1].lower in {",", "and", "but"}


def _is_base(form: EventForm) -> bool:
    return form.words == tuple(form.lemma.split())


def _narrows_noun(tokens: Sequence[Token], after: int) -> bool:
    """Whether a noun only narrows the next one: "rocket launch site", "protest group"."""
    if after >= len(tokens) or not tokens[after].text.isalpha() or not tokens[after].text.islower():
        return False
    if _is_plural(tokens[after - 1].lower):
        return False
    word = tokens[after].lower
    return (
        word not in language().function_words
        and word not in cues().forms
        and not word.endswith(("ed", "ing", "ly"))
    )


def _is_plural(word: str) -> bool:
    """Whether a noun is the plural of another, which narrows nothing: "Protests erupt"."""
    return word.endswith("s") and any(
        f.is_noun and f.words == (word[:-1],) for f in events().by_first.get(word[:-1], ())
    )


def _is_nominal(tokens: Sequence[Token], at: int, form: EventForm) -> bool:
    """Whether a verb's form stands as a noun or an adjective: "the launch vehicle", "strike force"."""
    before = tokens[at - 1].lower if at else ""
    is_base = _is_base(form)
    if before in language().determiners - RELATIVES or before in GENITIVE:
        return is_base or form.is_participle
    return (
        is_base
        and at + 1 < len(tokens)
        and tokens[at + 1].lower in {"vehicle", "vehicles", "site", "pad", "center", "force"}
    )


def opener_before(tokens: Sequence[Token], at: int) -> Literal["before", "after"] | None:
    """Whether the event at `at` is only what another one is dated by: "ahead of the leader's arrival"."""
    file = events().file
    window: list[str] = []
    for token in tokens[max(at - 12, 0) : at][::-1]:
        if token.text == ",":
            break
        window.insert(0, token.lower)
        opening = " ".join(window[:2])
        if token.lower in file.before or opening in file.before:
            return "before"
        if token.lower in file.after:
            return "after"
    return None


def skip_back(tokens: Sequence[Token], at: int) -> int:
    """Back over what may stand between a subject and its verb: the position behind which the subject ends."""
    skipped = events().before_verbs
    while at and tokens[at - 1].lower in skipped:
        if tokens[at - 1].lower == "and" and not (at > 1 and tokens[at - 2].lower == "tried"):
            break
        at -= 1
    return at
