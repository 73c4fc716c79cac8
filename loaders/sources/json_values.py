"""Reads JSON as it is found on pages, forgiving what outlets get wrong, and walks it without recursion."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

_NOTABLE = re.compile(r'"|/\*|//|<!--|<!\[CDATA\[|\]\]>|,(?=\s*[}\]])')
_STRING_END = re.compile(r'[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_ENDS = {"/*": "*/", "//": "\n", "<!--": "-->"}
_NO_ESCAPE = re.compile(r'(\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})|\\')
_PREFIXED_KEY = re.compile(r'"(?:schema:|https?://schema\.org/)(\w+)"(?=\s*:)')
_SPACES = re.compile(r"[\s;]*")


def read_json(text: str) -> list[object]:
    """The JSON values in a text: one, or several after each other; none where it is no JSON at all.

    Forgiven are control characters in strings, comments, CDATA and HTML comment marks, an HTML comment around
    it all, escapes that JSON does not have, commas before a closing bracket, a semicolon at the end, and text
    that is HTML-escaped as a whole. A key that names schema.org ("schema:headline") is the name alone.
    """
    values = _values(text)
    if values is None and text.strip().startswith("<!--") and text.strip().endswith("-->"):
        text = text.strip()[len("<!--") : -len("-->")]
    if values is None:
        values = _values(_cleaned(text))
    if values is None:
        values = _values(_cleaned(html.unescape(text)))
    return values or []


def objects_in(value: object) -> Iterator[dict[str, object]]:
    """Every object inside a JSON value, the outer before the inner, in order."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            yield found
            waiting.extend(reversed(list(found.values())))
        elif isinstance(found, list):
            waiting.extend(reversed(found))


def _values(text: str) -> list[object] | None:
    text = _PREFIXED_KEY.sub(r'"\1"', text)
    decoder = json.JSONDecoder(strict=False)
    values: list[object] = []
    at = _after_spaces(text, 0)
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        values.append(value)
        at = _after_spaces(text, at)
    return values


def _after_spaces(text: str, at: int) -> int:
    match = _SPACES.match(text, at)
    return match.end() if match else at


def _cleaned(text: str) -> str:
    """The text without what is not JSON but often stands in it; strings stay as they are."""
    kept: list[str] = []
    at = 0
    while match := _NOTABLE.search(text, at):
        sign = match[0]
        kept.append(text[at : match.start()])
        if sign == '"':
            string = _STRING_END.match(text, match.end())
            at = string.end() if string else len(text)
            kept.append(_NO_ESCAPE.sub(r"\1", text[match.start() : at]))
        elif sign in _ENDS:
            end = text.find(_ENDS[sign], match.end())
            at = end + len(_ENDS[sign]) if end >= 0 else len(text)
        else:
            at = match.end()
    return "".join([*kept, text[at:]])
