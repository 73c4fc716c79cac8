"""Reads one event out of a clause: who takes part, where, and how certain it is.

A frame is what one sentence says of one event; frames of several posts are merged later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise

from loaders.clauses import (
    DASHES,
    GENITIVE,
    NounPhrases,
    coordinated,
    first_subject,
    is_possessive,
    joined_before,
)
from loaders.event_triggers import ANSWERING, RELATIVES, Scene, Trigger, opener_before, skip_back
from loaders.model import Reference, Status
from loaders.registry import Place
from loaders.segmentation import Token
from loaders.vocabulary import cues, events, language

_SUBORDINATORS = RELATIVES | {"amid", "as", "ahead", "including"}
"""What begins a subordinate clause, besides conjunctions that do not join equals."""
_LEADING_ON = frozenset({"and", ",", "but", "while"})
_DATING = frozenset({"after", "before", "by", "when", "on"})
"""Words before an -ing form that shares its subject with the main verb: "after traveling"."""
_ORIGIN = frozenset({"from"})
_GOAL = frozenset({"to", "into", "toward", "towards", "onto"})
ELSEWHERE = frozenset({"about", "following", "after", "since", "concerning", "regarding"})
"""What leads on to another matter, whose place and time are its own: "a protest following the attack in Seoul"."""
_PLACE = frozenset({"at", "in", "inside", "on", "near", "outside", "across", "over", "of"})
_LONGEST_SUBJECT = 4
_STOPS = frozenset({",", ";", ".", ":", "(", ")", "[", "]", "?", "!"}) | DASHES
_ASKING = frozenset({"call", "urge", "ask", "demand", "beg", "advise", "implore"})
"""Verbs that do not make happen what they ask for: "called on him to resign"."""
_CALLS = frozenset({"call", "calls", "called", "calling"})
_CHARGED = frozenset({"accused", "accuses", "accusing", "suspected"})
_AHEAD = frozenset({"expected", "planned", "upcoming"})
_BEING = frozenset({"is", "are", "being", "have", "has", "been"})
UNNAMED = "~"
"""What stands before the description of a participant without an id while events are merged."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a sentence says of one event. Participants are ids: people, organizations, and countries acting."""

    trigger: Trigger
    agents: tuple[str, ...]
    partners: tuple[str, ...] = ()
    location_id: str = ""
    destination_id: str = ""
    status: Status = "happened"
    thing: str = ""
    end: int = 0

    @property
    def participants(self) -> tuple[str, ...]:
        """Everyone who takes part, the acting first."""
        return tuple(dict.fromkeys(self.agents + self.partners))


def find_frames(scene: Scene, triggers: Sequence[Trigger]) -> Iterator[Frame]:
    """The events of a sentence, one frame a trigger, in text order."""
    limits = [*(trigger.first for trigger in triggers[1:]), len(scene.sentence.tokens)]
    for trigger, limit in zip(triggers, limits, strict=False):
        heard = _heard_with(scene, trigger)
        yield (_noun_frame if trigger.form.is_noun else _verb_frame)(heard, trigger, limit)


def _heard_with(scene: Scene, trigger: Trigger) -> Scene:
    """The scene with only those who stand on the same side of the quotation marks as the trigger."""
    if not scene.sentence.quotations:
        return scene
    side = scene.sentence.quotation_at
    where = side(scene.sentence.tokens[trigger.first].start)
    return replace(scene, actors=tuple(r for r in scene.actors if side(r.mention.span.start) == where))


def says_enough(scene: Scene, frame: Frame) -> bool:
    """Whether somebody or some place is known; a verb of things ("missiles have fallen") may do with its subject."""
    trigger = frame.trigger
    if trigger.form.is_noun:
        return (
            bool(frame.location_id)
            or len(frame.participants) > 1
            or (bool(frame.participants) and trigger.kind.is_background)
        )
    if frame.participants or (frame.location_id and not trigger.kind.carries):
        return True
    subject = {t.lower for t in scene.sentence.tokens[max(trigger.first - 5, 0) : trigger.first]}
    return bool(subject & trigger.kind.needs) and not subject & RELATIVES


def _verb_frame(scene: Scene, trigger: Trigger, limit: int) -> Frame:
    tokens = scene.sentence.tokens
    end = clause_end(tokens, trigger.last, limit)
    agents = _ids(_agents(scene, trigger), scene)
    objects = _ids(_objects(scene, trigger, end), scene)
    location, destination = _places(scene, trigger, end)
    if trigger.kind.carries and trigger.form.lemma == "carry":
        agents, objects = _ids(_carried(scene, trigger, end), scene), ()
    if trigger.form.event_type == "signing":
        objects = _ids(
            [r for r in scene.actors if r.mention.entity_type == "person" and r.mention.form != "pronoun"],
            scene,
        )
    partners = (
        objects if trigger.kind.partners or trigger.form.event_type in {"signing", "death", "arrest"} else ()
    )
    thing = _thing(tokens, trigger, end) if trigger.kind.things and not location else ""
    return Frame(trigger, agents, partners, location, destination, _status(tokens, trigger), thing, end)


def _carried(scene: Scene, trigger: Trigger, end: int) -> list[Reference]:
    """Whom a train or plane carries: the object, not a name behind a preposition ("carries a niggle since March")."""
    tokens = scene.sentence.tokens
    found = _objects(scene, trigger, end)
    between = (tokens[trigger.last : r.first] for r in found)
    is_direct = (not any(t.lower in language().prepositions for t in words) for words in between)
    return [r for r, direct in zip(found, is_direct, strict=True) if direct]


def _thing(tokens: Sequence[Token], trigger: Trigger, end: int) -> str:
    """What it is done to, without its article."""
    words = [t for t in tokens[trigger.last : end] if t.lower not in language().determiners]
    stop = next((i for i, t in enumerate(words) if t.lower in language().prepositions), len(words))
    return " ".join(t.lower for t in words[:stop])


def clause_end(tokens: Sequence[Token], start: int, limit: int) -> int:
    """Where the clause of a verb ends: at a pause, a subordinate clause or the next event."""
    at = start
    while at < limit:
        if tokens[at].text in _STOPS or _begins_subordinate(tokens[at].lower) or _breaks_off(tokens, at):
            return at
        if tokens[at].lower == "and" and at + 1 < limit and tokens[at + 1].lower.endswith("ing"):
            return at
        at += 1
    return at


def _breaks_off(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen stands for a dash here, or a mark opens another sentence."""
    if tokens[at].text == "-":
        return at > 0 and tokens[at - 1].end < tokens[at].start
    return tokens[at].text == "“" and at + 1 < len(tokens) and tokens[at + 1].text[0].isupper()


def _begins_subordinate(word: str) -> bool:
    return word in _SUBORDINATORS or word in language().conjunctions - {
        "and",
        "or",
        "but",
        "nor",
        "yet",
        "since",
        "until",
    }


def _agents(scene: Scene, trigger: Trigger) -> Sequence[Reference]:
    """Who does it: the noun phrase before the verb, the antecedent of "who", or the subject the verb shares."""
    tokens, phrases = scene.sentence.tokens, scene.phrases
    before = skip_back(tokens, trigger.first)
    subject = phrases.ending.get(before)
    if subject and not is_possessive(tokens, subject):
        return joined_before(tokens, phrases, subject)
    if before and tokens[before - 1].lower in RELATIVES:
        back = before - 2 if before > 1 and tokens[before - 2].text == "," else before - 1
        antecedent = phrases.ending.get(back)
        return (antecedent,) if antecedent else ()
    opener = tokens[before - 1].lower if before else ""
    leads_on = opener in _LEADING_ON or opener in DASHES
    if trigger.form.is_participle and _has_other_subject(tokens, before):
        return ()
    if opener and not (leads_on or (trigger.form.is_participle and opener in _DATING)):
        return ()
    if not opener and not trigger.form.is_participle:
        return ()
    return coordinated(tokens, phrases, _shared_subject(scene, trigger))


def _has_other_subject(tokens: Sequence[Token], at: int) -> bool:
    """Whether the -ing form at a token goes on from "with crowds rioting", whose subject is its own."""
    words = [token.lower for token in tokens[:at]]
    if "with" not in words:
        return False
    opened = len(words) - words[::-1].index("with")
    first = next((i for i in range(opened, len(words)) if words[i].endswith("ing")), len(words))
    return 0 < first - opened <= _LONGEST_SUBJECT and ";" not in words[opened:]


def _shared_subject(scene: Scene, trigger: Trigger) -> Reference | None:
    """The subject of the verb before: the last reference that acts, in "shows Kim arriving … and stepping off"."""
    tokens = scene.sentence.tokens
    first, _ = scene.sentence.segment(trigger.first)
    inside = [r for r in scene.actors if first <= r.first and r.last <= trigger.first]
    for reference in reversed(inside):
        if reference.last < trigger.first and not is_possessive(tokens, reference):
            follows = tokens[reference.last]
            if follows.lower.endswith("ing") and follows.text.islower():
                return reference
    return first_subject(tokens, inside, trigger.first)


def _objects(scene: Scene, trigger: Trigger, end: int) -> Sequence[Reference]:
    tokens = scene.sentence.tokens
    inside = [
        r for r in scene.actors if trigger.last <= r.first and r.last <= end and not _opens_noun(scene, r)
    ]
    return [
        r
        for r in inside
        if not is_possessive(tokens, r) and not (r.first and tokens[r.first - 1].lower == "against")
    ]


def _opens_noun(scene: Scene, reference: Reference) -> bool:
    """Whether a name only narrows the noun of another event: "the Ukraine war"."""
    tokens = scene.sentence.tokens
    if reference.last >= len(tokens) or reference.mention.entity_type != "location":
        return False
    return any(form.is_noun for form in events().by_first.get(tokens[reference.last].lower, ()))


def _noun_frame(scene: Scene, trigger: Trigger, limit: int) -> Frame:
    tokens, phrases = scene.sentence.tokens, scene.phrases
    end = clause_end(tokens, trigger.last, limit)
    owner = _owner(tokens, trigger, phrases)
    others = [r for r in _objects(scene, trigger, end) if _is_joined(tokens, trigger, r)]
    location, destination = _places(scene, trigger, end)
    attributive = _attributive(scene, trigger)
    location = location or attributive
    parties = [owner] if owner else others or ([] if location else _bystander(scene, trigger))
    if not owner and others and tokens[trigger.last].lower == "with":
        parties = [*_nearest_person(scene, trigger), *others]
    agents = _ids(parties, scene)
    partners = _ids(others, scene) if owner else ()
    return Frame(trigger, agents, partners, location, destination, _status(tokens, trigger), end=end)


def _owner(tokens: Sequence[Token], trigger: Trigger, phrases: NounPhrases) -> Reference | None:
    """Whose visit it is: the possessor before the noun, past adjectives."""
    at = trigger.first
    while at and at > trigger.first - 4:
        if tokens[at - 1].text in GENITIVE:
            return phrases.ending.get(at - 1)
        pronoun = phrases.ending.get(at)
        if pronoun and pronoun.mention.form == "pronoun":
            return pronoun
        if tokens[at - 1].lower in language().function_words:
            return None
        at -= 1
    return None


def _bystander(scene: Scene, trigger: Trigger) -> list[Reference]:
    """The subject nearest before a noun that names no party of its own: "Kim started to … on testing"."""
    tokens = scene.sentence.tokens
    first, _ = scene.sentence.segment(trigger.first)
    inside = [r for r in scene.actors if first <= r.first and r.last <= trigger.first and r.mention.entity_id]
    subjects = [r for r in inside if first_subject(tokens, [r], trigger.first)]
    return subjects[-1:] if trigger.kind.is_background else []


def _nearest_person(scene: Scene, trigger: Trigger) -> list[Reference]:
    """Who is at "a meeting with Putin": the person named last before it."""
    before = [r for r in scene.actors if r.last <= trigger.first and r.mention.entity_type == "person"]
    return before[-1:]


def _is_joined(tokens: Sequence[Token], trigger: Trigger, reference: Reference) -> bool:
    """Whether a noun phrase is a party to the noun before it: "between A and B", "with B", "by A"."""
    between = [t.lower for t in tokens[trigger.last : reference.first]]
    return bool(between) and between[0] in {"between", "with", "by", "and", "on", "against", "of"}


def _attributive(scene: Scene, trigger: Trigger) -> str:
    """The place a noun is called by: "Korean War", "Soviet Union collapse"."""
    states = () if trigger.kind.by_nation else scene.states_named
    named = [r for r in (*scene.grounds, *states) if r.last == trigger.first]
    return named[-1].mention.entity_id if named else ""


def _ids(references: Sequence[Reference], scene: Scene) -> tuple[str, ...]:
    """The ids of those who act; a capital or country that stands for its state is the country.

    Somebody unnamed is kept by description behind UNNAMED, so that "Russian officials" are not taken for nobody.
    """
    ids: list[str] = []
    for reference in references:
        known = reference.mention.entity_ids
        if reference.mention.entity_type == "location":
            known = tuple(scene.states.get(i, i) for i in known)
        ids += known or ([UNNAMED + reference.label] if reference.label else [])
    return tuple(dict.fromkeys(ids))


def _places(scene: Scene, trigger: Trigger, end: int) -> tuple[str, str]:
    """Where it happened or set out from, and where it led to, by the prepositions before the places."""
    tokens, found = scene.sentence.tokens, {"location": list[Reference](), "destination": list[Reference]()}
    grounds = scene.grounds + (scene.states_named if trigger.form.is_noun and trigger.kind.at else ())
    named = [r for r in scene.actors if r.mention.entity_type == "organization"]
    for reference in grounds:
        if not trigger.last <= reference.first < end or _is_within(reference, named):
            continue
        role = _place_role(tokens, trigger, reference)
        if role:
            found[role].append(reference)
    location, destination = (
        most_exact([r.mention.entity_id for r in named], scene.places) for named in found.values()
    )
    return location, destination


def _is_within(reference: Reference, organizations: Sequence[Reference]) -> bool:
    """Whether a place only stands in an organization's name: whom the Cornwall Police arrest may be elsewhere."""
    return any(other.mention.span.holds(reference.mention.span) for other in organizations)


def _place_role(tokens: Sequence[Token], trigger: Trigger, reference: Reference) -> str:
    between = [t.lower for t in tokens[trigger.last : reference.first]]
    if ELSEWHERE.intersection(between):
        return ""
    openers = [word for word in between if word in _ORIGIN | _GOAL | _PLACE | trigger.kind.at]
    if trigger.form.is_noun and openers and openers[0] == "of" and len(between) <= 3:
        return "location"
    if not openers:
        is_direct = all(w in language().determiners or w.isalpha() for w in between) and len(between) <= 4
        return "location" if is_direct and not trigger.form.is_noun else ""
    if openers[-1] in _ORIGIN:
        return "location" if trigger.kind.motion else ""
    if openers[-1] in _GOAL:
        return "destination" if trigger.kind.motion else "location"
    return "location" if len(openers) < 3 else ""


def _is_to_come(behind: Sequence[str]) -> bool:
    """Whether the words behind a noun put it ahead: "are planned", "is expected to be held", "will go ahead".

    What it will lead to says nothing of that: "the attack will be remembered", "is expected to raise prices".
    """
    file = events().file
    words = list(dropwhile(lambda word: word in _BEING, behind))
    if not words or words[0] not in file.ahead:
        return False
    if words[0] in {"to", "will"} or words[1:2] == ["to"]:
        verb = words[1 + (words[1:2] == ["to"]) :]
        return bool(verb) and (" ".join(verb[:2]) if verb[0] == "be" else verb[0]) in file.taking_place
    return words[0] != "set" or words[1:2] == ["for"]


def _verb_behind(tokens: Sequence[Token], at: int) -> Sequence[str]:
    """The words of the verb behind a noun and where it is: "… in Seoul will be held"."""
    while at + 1 < len(tokens) and tokens[at].lower in _PLACE and tokens[at + 1].text[0].isupper():
        at = next((i for i in range(at + 1, len(tokens)) if not tokens[i].text[0].isupper()), len(tokens))
    return [t.lower for t in tokens[at : at + 6]]


def _is_awaited(words: Sequence[str]) -> bool:
    """Whether somebody only gets ready for what follows: "braced for protests", "will respond to protests"."""
    file = events().file
    if words[-1:] == ["to"] and len(words) > 1 and words[-2].startswith(ANSWERING):
        return bool(set(words[:-1]) & (file.planned | file.awaiting))
    at = next((i for i in range(len(words) - 1, 0, -1) if words[i] == "for"), 0)
    opener = words[at - 2 : at - 1] if at > 1 and words[at - 1] == "up" else words[at - 1 : at]
    return at > 0 and len(words) - at <= 3 and bool(file.awaiting.intersection(opener))


def most_exact(ids: Sequence[str], places: Mapping[str, Place]) -> str:
    """Of some places' ids ("" for none) that of the kind that says best where, the first of equals."""
    order = events().file.specific
    return min(filter(None, ids), key=lambda i: order.index(places[i].location_type), default="")


def _is_called_for(words: Sequence[str]) -> bool:
    """Whether somebody only calls for what follows: "calls for mass protests"."""
    at = next((i for i in range(len(words) - 1, 0, -1) if words[i] == "for"), 0)
    return at > 0 and words[at - 1] in _CALLS and len(words) - at <= 3


def _is_only_said(words: Sequence[str]) -> bool:
    """Whether what follows stands behind a noun of speech: "claims of an attack"."""
    return any(noun in cues().speech_nouns and of == "of" for noun, of in pairwise(words[-4:]))


def _status(tokens: Sequence[Token], trigger: Trigger) -> Status:
    """How certain the words before the trigger leave it."""
    file, words = events().file, [t.lower for t in tokens[max(trigger.first - 6, 0) : trigger.first]]
    said = [i for i, word in enumerate(words) if word in cues().forms and word not in file.possible]
    if any(word in _CHARGED and of == "of" for word, of in pairwise(words)):
        return "claimed"
    if trigger.form.is_noun and (_is_called_for(words) or _is_only_said(words)):
        return "possible"
    is_asked = bool(said) and words[-1:] == ["to"] and cues().forms[words[said[-1]]].lemma in _ASKING
    if is_asked and not trigger.form.is_noun:
        return "possible"
    is_awaited = _is_awaited(words)
    words = words[said[-1] + 1 :] if said else words
    for stop in (",", ";"):
        words = words[len(words) - words[::-1].index(stop) :] if stop in words else words
    if set(words) & file.possible:
        return "possible"
    if trigger.form.is_noun:
        behind = _verb_behind(tokens, trigger.last)
        if set(trigger.form.words).union(behind[:2]) & file.possible:
            return "possible"
        is_planned = bool(_AHEAD.intersection(words[-3:])) or _is_to_come(behind) or is_awaited
        is_behind = opener_before(tokens, trigger.first) == "after"
        return "planned" if is_planned and not is_behind else "happened"
    if set(words) & (file.planned - {"to"}) or (words and words[-1] == "to" and "expected" in words):
        return "planned"
    is_ahead = words and words[-1] == "to" and not set(words) & {"failed", "able", "managed"}
    return "planned" if is_ahead else "happened"
