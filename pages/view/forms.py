"""Forms that make a view: what every one of them holds, whatever it is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loaders.drawing.markup import Html, joined, tag


def hidden_fields(query: Mapping[str, Sequence[str]]) -> Html:
    """The rest of a view, as URL parameters, for a form that changes what is left out of them."""
    return joined(
        tag("input", type="hidden", name=name, value=value)
        for name, values in query.items()
        for value in values
    )


def search_form(kept: Html, words: str, hint: str, action: str, example: str | None = None) -> Html:
    """A field to search words in.

    Args:
        kept: The rest of the view, as hidden fields.
        words: What is searched for now.
        hint: What can be searched for.
        action: The address of the page.
        example: Words to show in the empty field.
    """
    field = tag(
        "input",
        type="search",
        name="words",
        id="dl-words",
        value=words,
        maxlength="200",
        placeholder=example,
        autocomplete="off",
        aria_describedby="dl-words-help",
    )
    return tag(
        "form",
        kept,
        tag("label", "Search words", for_="dl-words"),
        tag("span", field, tag("button", "Search", type="submit"), class_="field"),
        tag("p", hint, class_="hint", id="dl-words-help"),
        action=action,
        role="search",
        class_="facet",
    )
