"""The one family of errors the loaders raise for input that cannot be used.

Each error says what is wrong, where (file and entry), the value that was found, what is allowed, and what
to do. Whatever is wrong with one post only is not an error but a row of the `problems` table.
"""

from __future__ import annotations

from pathlib import Path


class LoaderError(Exception):
    """What is wrong with some input, in words a person can act on.

    Args:
        what: What is wrong, a phrase without a full stop.
        file: The file it is in, where there is one.
        entry: The place in that file: an entry's id, a key, a line.
        value: The value found there.
        allowed: What would have been right.
        advice: What to do about it.
    """

    def __init__(
        self,
        what: str,
        *,
        file: Path | str | None = None,
        entry: str = "",
        value: object = None,
        allowed: str = "",
        advice: str = "",
    ) -> None:
        self.what, self.file, self.entry = what, str(file or ""), entry
        self.value, self.allowed, self.advice = value, allowed, advice
        super().__init__(self._message())

    def _message(self) -> str:
        where = ", ".join(part for part in (self.file, self.entry) if part)
        parts = [f"{where}: {self.what}" if where else self.what]
        if self.value is not None:
            parts.append(f"found: {_shortened(self.value)}")
        if self.allowed:
            parts.append(f"allowed: {self.allowed}")
        if self.advice:
            parts.append(self.advice)
        return "\n  ".join(parts)


class SourceError(LoaderError):
    """A source file that cannot be read as a live blog."""


class ClockError(LoaderError):
    """Ages without the moment they were read at, or a time or zone that does not exist."""


class SettingsError(LoaderError):
    """A YAML file (story, registry, vocabulary, corrections) that breaks its schema."""


class CorrectionError(LoaderError):
    """A correction that matches nothing, or cannot be applied to what it matches."""


class SpanError(LoaderError):
    """A span that no longer slices to its text."""


def _shortened(value: object, limit: int = 120) -> str:
    shown = value if isinstance(value, str) else repr(value)
    shown = " ".join(shown.split())
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
