"""Words an event's title: who does what, in the present tense of headlines, in the text's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from loaders.clauses import printed
from loaders.event_frames import Frame
from loaders.event_triggers import Scene
from loaders.inflection import present_forms
from loaders.model import Status, TimeExpression
from loaders.segmentation import Token
from loaders.vocabulary import language

_MAX_CHARACTERS = 110
_SHARING = 15
"""How many words back a passive may stand that two verbs share."""
_MIN_WORDS = 3
"""A title of fewer words says nothing; the sentence stands for it."""
_LEADS = frozenset({"which", "who", "whom", "that", "saw", "left", "with", "and", "but", "while", "as"})
"""What joins a clause to the one before, which a title does without: "which saw three men injured"."""
_AHEAD: Mapping[Status, str] = {"planned": "to", "possible": "could"}


def event_title(
    scene: Scene, frame: Frame, names: Sequence[str], place: str, times: Sequence[TimeExpression] = ()
) -> str:
    """The title of an event: the verb's clause with its subject's name, or the noun's pattern filled in.

    Args:
        scene: Its sentence.
        frame: What the sentence says of it.
        names: The names of those who do it.
        place: The name of the place, "" where none is given.
        times: The words of time that date it, left out of the title.
    """
    by_noun = frame.trigger.form.is_noun
    title = _noun_title(scene, frame, names, place) if by_noun else _verb_title(scene, frame, names, times)
    if not names and not by_noun and len(title.split()) < _MIN_WORDS:
        title = _capitalised(shortened(printed(scene.sentence.tokens).strip(' "“”')))
    title = _without_loose_mark(title.rstrip(" -–—").removesuffix(" and").removesuffix(" or"))
    open_marks = title.count('"') % 2, title.count("“") > title.count("”")
    return title + '"' * open_marks[0] + "”" * open_marks[1]


def _without_loose_mark(title: str) -> str:
    """A title without a mark at its end that closes nothing: "Protests in UK’"."""
    if title.endswith("’") and "‘" not in title and not title.endswith("s’"):
        return title[:-1]
    return title[:-1] if title.endswith("'") and title.count("'") == 1 and not title.endswith("s'") else title


def _verb_title(scene: Scene, frame: Frame, names: Sequence[str], times: Sequence[TimeExpression]) -> str:
    tokens, trigger = scene.sentence.tokens, frame.trigger
    rest = _without_times(tokens[trigger.last : frame.end], times)
    if not names:
        return _capitalised(
            shortened(
                printed(_without_times(tokens[_clause_start(tokens, trigger.first) : frame.end], times))
            )
        )
    verb = _verb(trigger.form.lemma, frame.status, len(names))
    if _is_passive(tokens, trigger.first):
        verb = f"{_verb('be', frame.status, len(names))} {' '.join(trigger.form.words)}"
    return shortened(f"{' and '.join(names)} {verb} {printed(rest)}".strip())


def _verb(lemma: str, status: Status, subjects: int) -> str:
    """A verb as headlines have it: "arrives", "to hold", "could provide"."""
    if status in _AHEAD:
        return f"{_AHEAD[status]} {lemma}"
    if lemma == "be":
        return "is" if subjects == 1 else "are"
    base, third_person = present_forms(lemma)
    return third_person if subjects == 1 else base


def _is_passive(tokens: Sequence[Token], at: int) -> bool:
    """Whether a form of "to be" stands before a past form, which then happens to the subject.

    Two may share it: "was arrested in May and charged with fraud".
    """
    before = next((t.lower for t in reversed(tokens[:at]) if t.lower not in language().adverbs), "")
    if before == "and" and tokens[at].lower.endswith("ed"):
        shared = next(
            (
                i
                for i in range(at - 1, max(at - _SHARING, 0), -1)
                if tokens[i].lower in {"was", "were", "been"}
            ),
            0,
        )
        return (
            shared > 0
            and tokens[shared + 1].lower.endswith("ed")
            and "," not in {t.text for t in tokens[shared:at]}
        )
    return before in {"was", "were", "been", "being"} or (
        before in {"is", "are"} and tokens[at].lower.endswith("ed")
    )


def _clause_start(tokens: Sequence[Token], at: int) -> int:
    start = next((i + 1 for i in range(at - 1, -1, -1) if tokens[i].text in {",", ";", ":"}), 0)
    while start + 2 < at and tokens[start].lower in _LEADS:
        start += 1
    return start


def _without_times(tokens: Sequence[Token], times: Sequence[TimeExpression]) -> Sequence[Token]:
    """The tokens before the first word of time, without the preposition that leads to it."""
    starts = {time.span.start for time in times}
    stop = next((i for i, t in enumerate(tokens) if t.start in starts), len(tokens))
    hanging = (
        language().prepositions | language().determiners | {"shortly", "just", "soon", "earlier", "later"}
    )
    while stop and tokens[stop - 1].lower in hanging:
        stop -= 1
    return tokens[:stop]


def _is_proper_name(scene: Scene, frame: Frame) -> bool:
    """Whether the event has a name of its own: "Korean War"."""
    tokens, first = scene.sentence.tokens, frame.trigger.first
    is_noun = frame.trigger.form.is_noun and first > 0
    return is_noun and tokens[first].text[0].isupper() and tokens[first - 1].text[0].isupper()


def _noun_title(scene: Scene, frame: Frame, names: Sequence[str], place: str) -> str:
    tokens, first = scene.sentence.tokens, frame.trigger.first
    if _is_proper_name(scene, frame):
        return printed(tokens[first - 1 : frame.trigger.last])
    pattern = frame.trigger.kind.title
    if pattern and ("{who}" not in pattern or names) and ("{where}" not in pattern or place):
        filled = pattern.replace("{who}", " and ".join(names)).replace("{where}", place)
        return re.sub(r"\{(\w+)\}", lambda verb: _verb(verb.group(1), frame.status, len(names)), filled)
    words = printed(scene.sentence.tokens[frame.trigger.first : frame.end])
    lead = f"{' and '.join(names)}: " if names else ""
    return lead + (shortened(words) if lead else _capitalised(shortened(words)))


def shortened(words: str) -> str:
    """The words, cut at a whole word where they are too long for a title."""
    if len(words) <= _MAX_CHARACTERS:
        return words
    return words[:_MAX_CHARACTERS].rsplit(" ", 1)[0] + " …"


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
