"""The word lists of data/vocabulary as frozen, checked records; words are data, not code.

Each list is loaded once a process. The header comment of each file says what its words do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator

from loaders.inflection import inflected, s_form
from loaders.model import OrganizationType, PersonType, SourceType, grouped
from loaders.registry import Gender
from loaders.settings import Entry, read_words


def _lowered(words: object) -> object:
    if not isinstance(words, list):
        return words
    if unquoted := [word for word in words if not isinstance(word, str)]:
        raise ValueError(f"words must be text: YAML reads {unquoted[0]!r} here, so put the word in quotes")
    return frozenset(word.lower() for word in words)


Words = Annotated[frozenset[str], BeforeValidator(_lowered)]


class Pronoun(Entry):
    """What a third-person pronoun agrees with."""

    gender: Gender = ""
    number: Literal["singular", "plural"] = "singular"


class Kinship(Entry):
    """A relation: the gender of the one it names, and what it is from the other side."""

    gender: Gender
    inverse: tuple[str, ...]


class Language(Entry):
    """data/vocabulary/language.yaml: the closed word classes."""

    abbreviations: Words
    auxiliaries: Words
    modals: Words
    adverbs: Words
    behind_nouns: Words
    irregular_pasts: Words
    not_adverbs: Words
    negations: Words
    determiners: Words
    prepositions: Words
    conjunctions: Words
    relatives: Words
    personal: Words
    time_words: Words
    months: Words
    finite: Words
    pronouns: Mapping[str, Pronoun]
    kinship: Mapping[str, Kinship]
    honorifics: Mapping[str, Gender]
    not_names: Words
    name_particles: Words
    place_words: Words
    ground_words: Words
    surnames_too: Words
    compound_ends: Words
    family_words: Words
    generations: Words
    elders: Words

    def is_past(self, word: str) -> bool:
        """Whether a word can be a verb's past: "walked", "went"."""
        return word.endswith("ed") or word in self.irregular_pasts

    @cached_property
    def before_verbs(self) -> frozenset[str]:
        """Words that may stand between a subject and its verb."""
        return self.adverbs | self.auxiliaries | self.negations

    @cached_property
    def subordinators(self) -> frozenset[str]:
        """What opens a clause that is not the main one: "if", "because", "that"."""
        return (self.conjunctions - {"and", "or", "but", "nor", "yet", "plus", "however"}) | self.relatives

    @cached_property
    def possessive_pronouns(self) -> frozenset[str]:
        """Pronouns that may own what follows."""
        return frozenset({"his", "her", "their"})

    @cached_property
    def function_words(self) -> frozenset[str]:
        """Words that end a noun phrase or cannot belong to one."""
        return (
            self.auxiliaries | self.modals | self.adverbs | self.negations | self.determiners | self.prepositions
            | self.conjunctions | self.relatives | self.personal | frozenset(self.pronouns)
        )  # fmt: skip


class Toponyms(Entry):
    """data/vocabulary/toponyms.yaml: the words that make a name a place's, or keep it from being one."""

    kinds: Words
    kind_openers: Words
    kinds_before_of: Words
    features: Words
    feature_openers: Words
    directions: Words
    name_openers: Words
    inside: Words
    toward: Words
    civic_nouns: Words
    civic_names: Words
    namesakes: Words
    namesakes_small: Words
    links: Words
    namesakes_of: Words
    named_after: Words
    clubs: Words
    rivals: Words
    teams: Words
    leagues: Words
    thoroughfares: Words
    kinds_in_names: Words
    kinds_of_ground: Words
    plural_kinds: Words
    numbered_roads: Words
    road_adjectives: Words
    houses: Words
    titles: Words
    households: Words
    common_words: Words
    not_places: Words


class CueVerb(Entry):
    """How one reporting verb is built and what may follow it."""

    forms: tuple[str, ...] = ()
    clause: bool = False
    that: bool = True
    addressee: bool = False
    strong: bool = True


@dataclass(frozen=True)
class CueForm:
    """One inflected form of a reporting verb."""

    lemma: str
    verb: CueVerb
    is_participle: bool
    """Whether it is an -ing form, whose subject stands elsewhere in the sentence."""


class Cues(Entry):
    """data/vocabulary/cues.yaml: the reporting verbs, and the words that go with them."""

    verbs: Mapping[str, CueVerb]
    phrases: tuple[str, ...]
    speech_nouns: Words
    claims: Words
    rejecting: Words
    doubts: Words
    footage: Words
    channels: Words
    replies: Words

    @cached_property
    def forms(self) -> Mapping[str, CueForm]:
        """The verbs by inflected form, of one word or two."""
        return {
            form: CueForm(lemma, verb, is_participle)
            for lemma, verb in self.verbs.items()
            for form, is_participle in inflected(lemma, verb.forms)
        }

    @cached_property
    def phrases_by_first_word(self) -> Mapping[str, tuple[str, ...]]:
        """The words of each phrase that reports without a verb."""
        return {phrase.split()[0]: tuple(phrase.split()) for phrase in self.phrases}

    @cached_property
    def rejecting_forms(self) -> frozenset[str]:
        """Every form of the verbs after which words claimed are somebody else's."""
        return frozenset(form for verb in self.rejecting for form, _ in inflected(verb))

    @cached_property
    def openers(self) -> frozenset[str]:
        """The words that open a verb's form or a phrase."""
        return frozenset(form.split()[0] for form in self.forms) | self.phrases_by_first_word.keys()


@dataclass(frozen=True)
class Role:
    """What a role noun says about the one it stands for."""

    noun: str
    source_type: SourceType
    person_type: PersonType
    is_group: bool = False


class Roles(Entry):
    """data/vocabulary/roles.yaml: the role nouns, and the words that surround them in a title."""

    roles: Mapping[SourceType, Mapping[PersonType, Words]]
    groups: Mapping[SourceType, Words]
    leaders: Words
    person_groups: Mapping[str, str]
    modifiers: Words
    genders: Mapping[Gender, Words]
    abbreviated: Mapping[str, str]
    media: Mapping[SourceType, tuple[str, ...]]
    firm_nouns: Words
    survey_nouns: Words
    organization_words: Mapping[OrganizationType, Words]

    @cached_property
    def nouns(self) -> Mapping[str, Role]:
        """The role nouns by word, with their plurals as groups."""
        nouns: dict[str, Role] = {}
        for source_type, by_type in self.roles.items():
            for person_type, words in by_type.items():
                for word in words:
                    nouns[word] = Role(self.abbreviated.get(word, word), source_type, person_type)
                    plural = s_form(word)
                    nouns.setdefault(plural, Role(plural, source_type, person_type, is_group=True))
        for source_type, words in self.groups.items():
            for word in words:
                nouns[word] = Role(word, source_type, "other", is_group=True)
        return nouns

    @cached_property
    def gender_of(self) -> Mapping[str, Gender]:
        """The gender of the nouns that say it: "spokeswoman", "king"."""
        return {word: gender for gender, words in self.genders.items() for word in words}

    @cached_property
    def openers(self) -> frozenset[str]:
        """The last words of the role nouns, and the words of kinship: where a description may have its head."""
        return frozenset(noun.split()[-1] for noun in self.nouns) | language().kinship.keys()

    @cached_property
    def media_by_last_word(self) -> Mapping[str, Sequence[tuple[tuple[str, ...], SourceType]]]:
        """The descriptors of media by their last word, the longest first."""
        media = [(tuple(phrase.split()), kind) for kind, phrases in self.media.items() for phrase in phrases]
        return grouped(sorted(media, key=lambda entry: -len(entry[0])), lambda entry: entry[0][-1])

    @cached_property
    def organization_types(self) -> Mapping[str, OrganizationType]:
        """The kind of organization each of the words in such names says."""
        return {word: kind for kind, words in self.organization_words.items() for word in words}


class Metonyms(Entry):
    """data/vocabulary/metonyms.yaml: when a place name means a state."""

    acting_verbs: Words
    dealing_nouns: Words
    dealing_words: Words
    ground_words: Words
    ground_nouns: Words
    ground_of: Words
    losing_verbs: Words
    giving_verbs: Words
    obtaining_verbs: Words
    doing_nouns: Words

    @cached_property
    def acting_forms(self) -> frozenset[str]:
        """Every form of the verbs only a state can be the subject of."""
        return frozenset(form for verb in self.acting_verbs for form, _ in inflected(verb))


class EventType(Entry):
    """One kind of event of data/vocabulary/events.yaml."""

    verbs: Mapping[str, tuple[str, ...]] = {}
    nouns: tuple[str, ...] = ()
    needs: Words = frozenset()
    motion: bool = False
    partners: bool = False
    each: bool = False
    carries: bool = False
    things: bool = False
    at: Words = frozenset()
    another: Words = frozenset()
    unlike: tuple[str, ...] = ()
    by_nation: bool = False
    after: str = ""
    local: bool = False
    counted: bool = False
    is_background: bool = False
    title: str = ""


_PLAIN = EventType()


class EventFile(Entry):
    """data/vocabulary/events.yaml as written."""

    types: Mapping[str, EventType]
    planned: Words
    ahead: Words
    taking_place: tuple[str, ...]
    awaiting: Words
    possible: Words
    failed: Words
    called_off: Words
    leading: Words
    before: tuple[str, ...]
    after: tuple[str, ...]
    specific: tuple[str, ...]


@dataclass(frozen=True)
class EventForm:
    """One printed form of a trigger: the words, the kind of event, and whether it is a verb's -ing form or a noun."""

    words: tuple[str, ...]
    event_type: str
    lemma: str
    is_noun: bool
    is_participle: bool = False


@dataclass(frozen=True)
class Events:
    """The triggers by their first word, longest first, and the words that say how certain an event is."""

    by_first: Mapping[str, tuple[EventForm, ...]]
    file: EventFile
    before_verbs: frozenset[str]
    """What may stand between a subject and the verb of its event: auxiliaries, "expected to", "tried and"."""

    def kind(self, event_type: str) -> EventType:
        """The kind of that name; one without properties where the file has none, as for statements."""
        return self.file.types.get(event_type, _PLAIN)


@cache
def language() -> Language:
    """The closed word classes."""
    return read_words("language", Language)


@cache
def cues() -> Cues:
    """The reporting verbs."""
    return read_words("cues", Cues)


@cache
def roles() -> Roles:
    """The role nouns."""
    return read_words("roles", Roles)


@cache
def events() -> Events:
    """The kinds of events of data/vocabulary/events.yaml, their triggers by first word."""
    written = read_words("events", EventFile)
    by_first: dict[str, list[EventForm]] = {}
    for name, kind in written.types.items():
        for form in _event_forms(name, kind):
            by_first.setdefault(form.words[0], []).append(form)
    ordered = {first: tuple(sorted(forms, key=lambda f: -len(f.words))) for first, forms in by_first.items()}
    words = language()
    leading = (
        words.before_verbs
        | words.modals
        | written.planned
        | written.possible
        | written.failed
        | written.leading
    )
    return Events(ordered, written, leading)


def _event_forms(name: str, kind: EventType) -> Iterator[EventForm]:
    for lemma, past in kind.verbs.items():
        for form, is_participle in inflected(lemma, past):
            yield EventForm(tuple(form.split()), name, lemma, is_noun=False, is_participle=is_participle)
    for noun in kind.nouns:
        yield EventForm(tuple(noun.lower().split()), name, noun, is_noun=True)


@cache
def metonyms() -> Metonyms:
    """When a place name means a state."""
    return read_words("metonyms", Metonyms)


@cache
def toponyms() -> Toponyms:
    """The words beside the names of places."""
    return read_words("toponyms", Toponyms)
