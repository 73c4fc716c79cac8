"""Reads HTML as a browser does, for tests that look at what a page writes."""

from __future__ import annotations

from html.parser import HTMLParser


class ReadHtml(HTMLParser):
    """The words of some HTML, and its tags with their attributes."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.words = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(code)
        self.close()

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
