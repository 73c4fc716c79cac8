"""The public verbs: read a live blog, annotate an article, load a story; their types and their errors.

What a name needs is imported when the name is first asked for, so that `import loaders` costs next to nothing
and a page that only shows a record never loads what reads one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from loaders.errors import ClockError, CorrectionError, LoaderError, SettingsError, SourceError, SpanError

if TYPE_CHECKING:
    from loaders.model import Blog, Record
    from loaders.record import annotate, load_story
    from loaders.sources import read_source as read_blog

__version__ = "0.1.0"

__all__ = [
    "Blog",
    "ClockError",
    "CorrectionError",
    "LoaderError",
    "Record",
    "SettingsError",
    "SourceError",
    "SpanError",
    "annotate",
    "load_story",
    "read_blog",
]

_WHERE = {
    "Blog": ("loaders.model", "Blog"),
    "Record": ("loaders.model", "Record"),
    "annotate": ("loaders.record", "annotate"),
    "load_story": ("loaders.record", "load_story"),
    "read_blog": ("loaders.sources", "read_source"),
}


def __getattr__(name: str) -> Any:
    """The public name `name`, imported now."""
    if name not in _WHERE:
        raise AttributeError(f"module 'loaders' has no attribute {name!r}")
    module, attribute = _WHERE[name]
    return getattr(import_module(module), attribute)
