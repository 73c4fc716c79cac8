"""The colours and type that charts and maps are drawn in, light and dark, as .streamlit/config.toml has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

SANS = '"Source Sans", "Source Sans Pro", "Noto Sans CJK KR", sans-serif'


@dataclass(frozen=True, slots=True)
class Theme:
    """One appearance: paper, ink, the quieter inks, rules, and the land and sea of the maps."""

    is_dark: bool
    paper: str
    ink: str
    muted: str
    rule: str
    accent: str
    land: str
    sea: str
    border: str


LIGHT = Theme(False, "#faf7f0", "#1d1b18", "#5f594f", "#d8d0c0", "#8a1c2b", "#ede6d6", "#faf7f0", "#b9ae98")
DARK = Theme(True, "#171513", "#ece6da", "#aaa294", "#443e36", "#eb9aa4", "#2b2722", "#171513", "#5d554a")

INKS: Mapping[str, tuple[str, str]] = {
    field.name: (getattr(LIGHT, field.name), getattr(DARK, field.name))
    for field in fields(Theme)
    if field.name != "is_dark"
}
"""Each colour by its name, in the light and in the dark appearance."""


def theme(is_dark: bool) -> Theme:
    """The dark or the light appearance."""
    return DARK if is_dark else LIGHT


def rgba(colour: str, alpha: float = 1.0) -> list[int]:
    """A `#rrggbb` colour as red, green, blue, alpha from 0 to 255, as deck.gl takes it."""
    return [*(int(colour[i : i + 2], 16) for i in (1, 3, 5)), round(alpha * 255)]


def faded(colour: str, alpha: float) -> str:
    """A `#rrggbb` colour, seen through: CSS `rgba()`."""
    red, green, blue, _ = rgba(colour)
    return f"rgba({red},{green},{blue},{alpha:g})"
