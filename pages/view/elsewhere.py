"""What a link says that leads to a blog which is not open in this session."""

from __future__ import annotations

from loaders.drawing.markup import EMPTY, Html, tag
from loaders.filters import Filters
from pages.view.links import HOME, OPEN, href


def elsewhere(first: str) -> Html:
    """A kind word for whoever followed such a link, and where to go from here; `first` is the first story's title."""
    story = tag(
        "a",
        f"See the first story: {first}",
        href=href(HOME, Filters()),
        data_go=True,
        id="dl-first-story",
    )
    return tag(
        "section",
        tag("h1", "This blog is not open here"),
        tag(
            "p",
            "The link leads to a live blog that somebody opened on Dateline, by pasting its text or choosing a file. "
            "Such a blog is stored nowhere and shown only in the session it was opened in.",
            class_="standfirst",
        ),
        tag(
            "p",
            "If it was you: a reload or a new tab begins a new session, and a blog that was closed is gone. "
            "Open it once more, and filters, links and downloads work on it again.",
        ),
        tag(
            "p",
            tag("a", "Open a blog", href=OPEN, data_go=True, class_="strong", id="dl-open-a-blog"),
            story if first else EMPTY,
            class_="ways",
        ),
        class_="heading elsewhere",
        role="status",
    )


def colophon() -> Html:
    """What happens to a blog that somebody opens, for the foot of a page."""
    return tag(
        "footer",
        tag(
            "p",
            "What you open is read by the server that runs this page and kept in its memory for your session alone: "
            "it is not stored, not shown to others, and gone once the tab is closed or loaded anew. "
            "Its text stays its publisher’s.",
        ),
        class_="colophon",
    )
