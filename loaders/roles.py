"""Reads what the text says a person is: the title before a name, the apposition behind it, and descriptions alone.

"Russian Defense Minister Sergei Shoigu" gives a role and a country; "a professor at Ewha University" a role and
an affiliation; "the North Korean leader" or "US officials" stands for somebody without a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.clauses import COMPARING, GENITIVE, is_plural_subject
from loaders.model import Span
from loaders.name_evidence import bare_role
from loaders.names import Name
from loaders.segmentation import Sentence, Token
from loaders.vocabulary import Role, cues, language, roles, toponyms

_APPOSITION_OPENERS = frozenset({"a", "an", "the", "one", "who"})
_MOST_WORDS = 12
"""How many words a title may have before its noun; twice as many may complete it."""
_MOST_NOUNS = 4
_OF_NOBODY = frozenset({"every", "any", "each", "no"})
"""What makes a description nobody's in particular: "like every girl"."""
_MINE = frozenset({"my", "our", "your"})
_COMPLETING = frozenset({"of", "for", "to", "with"})
_PLACING = frozenset({"at", "in", "on"})


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """A noun phrase headed by a role noun: token positions [first, last), the head, and what narrows it.

    `determiner` is its first word where that is one; `owner` is the possessor's token position of a kinship
    phrase ("Kim Jong Un's sister", "her brother").
    """

    span: Span
    first: int
    head: int
    last: int
    role: Role | None
    noun: str
    countries: frozenset[str] = frozenset()
    determiner: str = ""
    owner: int | None = None
    kinship: str = ""

    @property
    def is_plural(self) -> bool:
        """Whether several people are meant."""
        return self.role is not None and self.role.is_group


def title_before(
    sentence: Sentence, name: Name, names: Sequence[Name], demonyms: Mapping[str, str]
) -> RolePhrase | None:
    """The title that ends where a person's name begins, None where there is none."""
    head = name.first - 1
    if head < 0:
        return None
    return _phrase(sentence, head, names, demonyms, determiners=False)


def apposition_after(
    sentence: Sentence, last: int, names: Sequence[Name], demonyms: Mapping[str, str]
) -> RolePhrase | None:
    """The role that follows a name ending before token `last`, behind a comma: ", a professor at …,"."""
    tokens = sentence.tokens
    if last + 1 >= len(tokens) or tokens[last].text != ",":
        return None
    if tokens[last + 1].lower not in _APPOSITION_OPENERS:
        return _bare_apposition(sentence, last + 1, names, demonyms)
    start = last + 1
    while start < len(tokens) and tokens[start].lower in {"who", "is", "was", "the", "a", "an", "one"}:
        start += 1
    for head in range(start, min(start + 7, len(tokens))):
        if tokens[head].text in ",.;:" or tokens[head].lower in language().relatives:
            return None
        if _role_at(tokens, head) and not (head + 1 < len(tokens) and _role_at(tokens, head + 1)):
            end = _extended(tokens, head + 1, names)
            is_another = tokens[last + 1].lower == "the" and opens_verb(tokens, end)
            return None if is_another else _build(sentence, start, head, end, names, demonyms)
    return None


def opens_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clause goes on: in "says a friend of Reed, the king said" the king is not Reed."""
    if at + 1 >= len(tokens) or tokens[at + 1].lower in {"to", "by", "of"}:
        return False
    form = cues().forms.get(tokens[at].lower)
    return (form is not None and form.verb.strong) or tokens[at].lower in language().finite - GENITIVE


def _bare_apposition(
    sentence: Sentence, start: int, names: Sequence[Name], demonyms: Mapping[str, str]
) -> RolePhrase | None:
    """The role that follows a name and a comma without an article: ", spokesman for the port,"."""
    head = bare_role(sentence.tokens, start)
    if head is None:
        return None
    end = _extended(sentence.tokens, head + 1, names)
    return _build(sentence, start, head, end, names, demonyms)


def copular_role(
    sentence: Sentence, last: int, names: Sequence[Name], demonyms: Mapping[str, str]
) -> RolePhrase | None:
    """The role in "NAME is a key adviser": behind a name ending before token `last`."""
    tokens = sentence.tokens
    if (
        last + 1 >= len(tokens)
        or tokens[last].lower not in {"is", "was"}
        or tokens[last + 1].lower not in {"a", "an", "the"}
    ):
        return None
    for head in range(last + 2, min(last + 7, len(tokens))):
        if tokens[head].text in ",.;:" or tokens[head].lower in language().function_words:
            return None
        if _role_at(tokens, head):
            return _build(sentence, last + 2, head, _extended(tokens, head + 1, names), names, demonyms)
    return None


def descriptions(
    sentence: Sentence, names: Sequence[Name], demonyms: Mapping[str, str]
) -> Iterator[RolePhrase]:
    """The role phrases of a sentence that stand for somebody by themselves, in text order."""
    tokens = sentence.tokens
    heads = sentence.positions(roles().openers)
    if not heads:
        return
    starts = {name.first for name in names if name.kind in {"person", "organization"}}
    inside = {at for name in names for at in range(name.first, name.last)}
    for head in heads:
        if head in inside or not (_role_at(tokens, head) or tokens[head].lower in language().kinship):
            continue
        if tokens[head].text == "justice" and tokens[max(head - 1, 0)].lower not in language().determiners | {
            "chief"
        }:
            continue
        if head + 1 < len(tokens) and (head + 1 in starts or _is_compound(tokens, head)):
            continue
        phrase = (
            None if _is_nobody(tokens, head) else _phrase(sentence, head, names, demonyms, determiners=True)
        )
        if phrase and phrase.determiner not in _OF_NOBODY:
            yield phrase


def _is_nobody(tokens: Sequence[Token], head: int) -> bool:
    """Whether a role noun is a team's name ("Chennai Super Kings") or half a day ("2pm")."""
    word, before = tokens[head], tokens[head - 1].text if head else ""
    is_team = word.text[0].isupper() and before[:1].isupper() and word.lower in toponyms().teams
    return is_team or (word.lower == "pm" and before[-1:].isdigit())


def _is_compound(tokens: Sequence[Token], head: int) -> bool:
    """Whether the role noun only narrows the noun behind it ("state secretary", "member state")."""
    after, role = tokens[head + 1], _role_at(tokens, head)
    if tokens[head].text[0].isupper() and after.text[0].isupper():
        return after.lower in language().place_words or after.lower in roles().organization_types
    closed = language().function_words | language().behind_nouns
    is_noun = is_plural_subject(tokens, head + 1)
    if not is_noun and (after.lower in cues().forms or after.lower in closed):
        return False
    is_verb = after.lower.endswith(("s", "ing")) or language().is_past(after.lower)
    is_noun = is_noun or (after.text.islower() and not is_verb)
    is_one = role is not None and (not role.is_group or (head > 0 and tokens[head - 1].lower in {"a", "an"}))
    return _role_at(tokens, head + 1) is not None or (is_noun and is_one)


def _role_at(tokens: Sequence[Token], at: int) -> Role | None:
    word = tokens[at].lower
    if at and (two := roles().nouns.get(f"{tokens[at - 1].lower} {word}")):
        return two
    return roles().nouns.get(word)


def _phrase(
    sentence: Sentence, head: int, names: Sequence[Name], demonyms: Mapping[str, str], *, determiners: bool
) -> RolePhrase | None:
    tokens = sentence.tokens
    kinship = tokens[head].lower if tokens[head].lower in language().kinship else ""
    role = _role_at(tokens, head)
    if not kinship and not role:
        return None
    first = _leftmost(tokens, head, names)
    if determiners and role and not role.is_group:
        first = _behind_article(tokens, first)
    owner = None
    if kinship:
        owner, first = _owner(tokens, first, names)
        if owner is None:
            return None
    elif determiners and first and tokens[first - 1].lower in language().determiners:
        first -= 1
        if first and tokens[first - 1].lower in {
            "the",
            "all",
            "both",
            "these",
            "those",
            "his",
            "her",
            "their",
        }:
            first -= 1
    last = _extended(tokens, head + 1, names) if determiners and not kinship else head + 1
    return _build(sentence, first, head, last, names, demonyms, owner=owner, kinship=kinship)


def _leftmost(tokens: Sequence[Token], head: int, names: Sequence[Name]) -> int:
    """The first token of what may stand before a role noun: capitals, titles' words, nationalities, media."""
    named = {at for name in names for at in range(name.first, name.last)}
    role, first = _role_at(tokens, head), head
    bodies = roles().organization_types if role and not role.is_group else {}
    while first and head - first < _MOST_WORDS:
        if not (_narrows(tokens, first - 1, named) or tokens[first - 1].text in bodies):
            break
        first -= 1
    while first and tokens[first].start == tokens[first - 1].end and _is_age(tokens, first - 1):
        first -= 1
    return first


def _behind_article(tokens: Sequence[Token], first: int) -> int:
    """Where the words begin behind the article that one person must have: "charity" in "a charity worker"."""
    at, words = first, language()
    while at and first - at < _MOST_NOUNS and tokens[at - 1].text[0].isalpha():
        word = tokens[at - 1].lower
        if word in words.determiners:
            return at
        is_verb = word in cues().forms or words.is_past(word) or word.endswith("ly")
        if is_verb or word in words.function_words or word in words.time_words:
            return first
        at -= 1
    return first


def _is_age(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is of "56-year-old", whose number is a token of its own."""
    return tokens[at].text.isdigit() or (tokens[at].text == "-" and at > 0 and tokens[at - 1].text.isdigit())


def _narrows(tokens: Sequence[Token], at: int, named: set[int]) -> bool:
    token, words = tokens[at], language()
    if at in named:
        return True
    if token.lower in roles().modifiers or token.lower in roles().nouns:
        return True
    is_verb = token.lower in cues().forms and (at == 0 or token.text.islower())
    if not token.text[0].isalpha() or token.lower in words.function_words or is_verb:
        return False
    if token.text[0].isupper():
        return at > 0 or token.lower not in words.not_names
    return "-" in token.text or token.lower.endswith(
        ("ing", "al", "ic", "ous", "ary", "ese", "ant", "ent", "ior")
    )


def _owner(tokens: Sequence[Token], first: int, names: Sequence[Name]) -> tuple[int | None, int]:
    """Where the possessor of a kinship phrase stands, and where the phrase begins."""
    before = first - 1
    if before >= 0 and (tokens[before].lower in language().pronouns or tokens[before].lower in _MINE):
        return before, before
    if before >= 0 and tokens[before].text in GENITIVE:
        name = next((n for n in names if n.last == before and n.kind == "person"), None)
        return (name.first, name.first) if name else (None, first)
    return None, first


def _extended(tokens: Sequence[Token], at: int, names: Sequence[Name]) -> int:
    """Past the prepositional phrases that complete a role ("host of one of the programs on state television").

    A name ends the phrase unless another preposition follows, for what comes then is the verb.
    """
    if not _completes(tokens, at, names):
        return at
    words, ends = language(), _ends_of_names(names)
    last = at
    while last < len(tokens) and last - at < 2 * _MOST_WORDS and not _ends_phrase(tokens[last]):
        is_over = last in ends and tokens[last].lower not in _COMPLETING | _PLACING
        if is_over or _leaves_phrase(tokens, last):
            break
        last += 1
    while last > at and tokens[last - 1].lower in words.prepositions | words.determiners | words.modals:
        last -= 1
    return last


def _ends_of_names(names: Sequence[Name]) -> set[int]:
    """Where names end that are no part of a longer one: not "Leeds" in "leader of Leeds City Council"."""
    named = [name for name in names if not name.is_demonym]
    widest: dict[int, int] = {}
    for name in named:
        widest |= {at: max(widest.get(at, 0), name.last) for at in range(name.first, name.last)}
    return {name.last for name in named if widest[name.first] == name.last}


def _leaves_phrase(tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows is no part of a role: "as the play opened", "in her own country"."""
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    is_own = tokens[at].lower in _PLACING and after in language().possessive_pronouns
    return is_own or tokens[at].lower in COMPARING


def _completes(tokens: Sequence[Token], at: int, names: Sequence[Name]) -> bool:
    """Whether a preposition at `at` says whose or what for ("leader of"), or at which organization, not where."""
    if at >= len(tokens):
        return False
    if tokens[at].lower == "to":
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        return after is not None and (after.text[0].isupper() or after.lower in language().determiners)
    if tokens[at].lower in _COMPLETING:
        return True
    following = at + 2 if at + 1 < len(tokens) and tokens[at + 1].lower == "the" else at + 1
    return tokens[at].lower in _PLACING and any(
        n.first == following and n.kind == "organization" for n in names
    )


def _ends_phrase(token: Token) -> bool:
    words, word = language(), token.lower
    if not (token.text[0].isalnum() or token.text in GENITIVE):
        return True
    if word in cues().forms and word not in roles().modifiers:
        return True
    if word in words.conjunctions | words.relatives or word in (
        words.auxiliaries | words.modals
    ) - GENITIVE - {"to"}:
        return True
    return token.text.islower() and word.endswith(("ed", "ing")) and word not in roles().modifiers


def _build(
    sentence: Sentence,
    first: int,
    head: int,
    last: int,
    names: Sequence[Name],
    demonyms: Mapping[str, str],
    *,
    owner: int | None = None,
    kinship: str = "",
) -> RolePhrase:
    tokens = sentence.tokens
    role = _role_at(tokens, head)
    countries = frozenset(
        demonyms[name.entity_id]
        for name in names
        if first <= name.first and name.last <= last and demonyms.get(name.entity_id)
    )
    opener = tokens[first].lower
    return RolePhrase(
        span=Span(tokens[first].start, tokens[last - 1].end),
        first=first,
        head=head,
        last=last,
        role=role,
        noun=role.noun if role else kinship,
        countries=countries,
        determiner=opener if opener in language().determiners else "",
        owner=owner,
        kinship=kinship,
    )
