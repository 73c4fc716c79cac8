"""Says what the words in and beside a run of capitals tell of it: a given name, a title, a role, a verb of saying."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.clauses import GENITIVE
from loaders.model import plain_name
from loaders.registry import given_names
from loaders.segmentation import Token
from loaders.vocabulary import cues, language, roles

_ASKING = frozenset({"who", "what", "which", "whom", "whose"})
_LYING = frozenset({"located", "situated"})
"""What only things are; people are "based"."""
_SHORT_ING = 5
"""Letters of the longest first names in "-ing" that are no verb's: "Bing", "Irving" is a given name."""
_BARE_WORDS = 5
"""How many words a role without an article may have, up to its noun."""


def is_person(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the words beside an unknown name make it a person's: a title before, a role behind, a verb of saying."""
    size = last - first
    opener = tokens[first].text
    acronym = opener.isupper() and len(opener) > 1 and (size == 1 or "." not in opener)
    if size > 5 or (size == 1 and acronym) or _is_no_name(tokens[first:last]):
        return False
    before = tokens[first - 1].lower if first else ""
    if _is_ground(tokens, first, last, before):
        return False
    if before in language().honorifics or is_person_role(before):
        return True
    if acronym:
        return False
    if size == 1:
        return _speaks(tokens, first, last) and is_given_name(tokens[first].text)
    if is_given_name(tokens[first].text) or is_initial(tokens[first].text):
        return True
    return _role_follows(tokens, last) or _speaks(tokens, first, last) or _role_leads(tokens, first, last)


def _is_no_name(words: Sequence[Token]) -> bool:
    """Whether a word shows that nobody is called so: "Hope Not Hate", "MPs", "Doctor Who", "Tommy Tommy"."""
    is_plural = len(words[-1].text) > 2 and words[-1].text[:-1].isupper() and words[-1].text.endswith("s")
    is_chant = len(words) > 1 and len({word.lower for word in words}) == 1
    first = words[0].text
    is_doing = (
        len(words) > 1 and len(first) > _SHORT_ING and first.endswith("ing") and not is_given_name(first)
    )
    unlike = language().negations | _ASKING
    return is_plural or is_chant or is_doing or any(word.lower in unlike for word in words)


def _is_ground(tokens: Sequence[Token], first: int, last: int, before: str) -> bool:
    """Whether a name is a place's or a shop's: "the Pier Head", "Sahara Tea, located on Dock Road"."""
    is_pointed_at = before == "the" or before in GENITIVE
    if is_pointed_at and last - first > 1 and tokens[first].lower in language().place_words:
        return True
    behind = [token.lower for token in tokens[last : last + 2]]
    return len(behind) == 2 and behind[0] == "," and behind[1] in _LYING


def _role_leads(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a role leads to a name between commas: "the port's spokesman, Dean Hale, left"."""
    if first < 2 or last >= len(tokens) or tokens[first - 1].text != "," or tokens[last].text != ",":
        return False
    return tokens[first - 2].text.islower() and is_person_role(tokens[first - 2].lower)


def family_name(words: Sequence[str]) -> str:
    """The surname among a name's words: the last that is no "Jr." or "III"."""
    kept = [word for word in words if word.lower().rstrip(".") not in language().generations]
    return kept[-1] if kept else words[-1]


def is_initial(word: str) -> bool:
    """Whether a word is one letter and a full stop."""
    return len(word) == 2 and word[0].isupper() and word[1] == "."


def is_given_name(word: str) -> bool:
    """Whether a word is somebody's given name."""
    return plain_name(word) in given_names()


def is_person_role(word: str) -> bool:
    """Whether a word says what one person is: a role, or a relation."""
    role = roles().nouns.get(word)
    return (role is not None and not role.is_group) or word in language().kinship


def _role_follows(tokens: Sequence[Token], last: int) -> bool:
    """Whether ", a professor at …", ", who …" or ", 67," follows."""
    if last + 1 >= len(tokens) or tokens[last].text != ",":
        return False
    if tokens[last + 1].text.isdigit() and len(tokens[last + 1].text) <= 2:
        return True
    if tokens[last + 1].lower == "who":
        return True
    if tokens[last + 1].lower not in {"a", "an", "the"}:
        leads_on = last + 2 < len(tokens) and tokens[last + 2].text[0].isupper()
        is_role = tokens[last + 1].lower in roles().nouns and not leads_on
        return is_role or bare_role(tokens, last + 1) is not None
    return any(is_person_role(token.lower) for token in tokens[last + 2 : last + 7])


def bare_role(tokens: Sequence[Token], start: int) -> int | None:
    """Where the role noun stands of an apposition without an article: "former spokesman for the port" from `start` on.

    It is written small and is no title of somebody named behind it (", president Anna Reed said"); None where no such
    apposition begins.
    """
    for head in range(start, min(start + _BARE_WORDS, len(tokens))):
        token = tokens[head]
        if not token.text[0].isalpha() or token.lower in language().function_words:
            return None
        after = tokens[head + 1] if head + 1 < len(tokens) else None
        if token.text.islower() and is_person_role(token.lower):
            ends = after is None or not after.text[0].isalnum() or after.lower in language().function_words
            return head if ends else None
        if token.lower in cues().forms and token.lower not in roles().modifiers:
            return None
    return None


def _speaks(tokens: Sequence[Token], first: int, last: int) -> bool:
    forms = cues().forms
    before = tokens[first - 1].lower if first else ""
    after = tokens[last].lower if last < len(tokens) else ""
    verb = forms.get(before) or forms.get(after)
    return verb is not None and verb.verb.strong
