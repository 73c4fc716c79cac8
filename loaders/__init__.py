"""The public verbs: read a live blog into a `Blog`."""

from loaders.errors import ClockError, CorrectionError, LoaderError, SettingsError, SourceError, SpanError
from loaders.sources import read_source as read_blog

__all__ = [
    "ClockError",
    "CorrectionError",
    "LoaderError",
    "SettingsError",
    "SourceError",
    "SpanError",
    "read_blog",
]
