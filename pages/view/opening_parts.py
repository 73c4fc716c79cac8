"""What the page a blog is opened on says, as HTML: what can be read, how far it is, what went wrong, what is open."""

from __future__ import annotations

from loaders.drawing.markup import EMPTY, Html, joined, tag
from loaders.errors import LoaderError
from loaders.filters import Filters
from pages.view.frame import closing
from pages.view.links import HOME, href
from pages.view.opened import opened
from pages.view.reading import STEPS, sample


def heading() -> Html:
    """The page's headline and what it is for."""
    return tag(
        "div",
        tag("h1", "Open a blog"),
        tag(
            "p",
            "Give Dateline a live blog in English, and it reads it into the same timeline, map, quotes and tables: "
            "for you, in this session, and for nobody else.",
            class_="standfirst",
        ),
        class_="heading",
    )


def kinds() -> Html:
    """What can be read."""
    return tag(
        "p",
        "What can be read: text copied from a page with stamps such as “25 min ago” or “14:05 BST”, a saved page "
        "that carries schema.org LiveBlogPosting, Guardian blocks as JSON, and a story package (.zip), which opens in "
        "the view it was made from.",
        class_="quiet kinds",
    )


def sample_text() -> Html:
    """What the sample is, and its text to unfold."""
    text = sample().content
    return tag(
        "div",
        tag(
            "p",
            "A small live blog about an airship. Nobody in it is real, and none of it happened.",
            class_="quiet",
        ),
        tag(
            "details",
            tag("summary", "See its text, as it would be pasted"),
            tag(
                "pre",
                text if isinstance(text, str) else "",
                tabindex="0",
                aria_label="The text of the sample",
            ),
            id="dl-sample-text",
        ),
        class_="sample-text",
    )


def trouble(error: LoaderError) -> Html:
    """What went wrong and what to do, as text."""
    lines = [
        tag("p", _sentence(f"{error.file}: {error.what}" if error.file else error.what), class_="what"),
        tag("p", f"Found: {_sentence(str(error.value))}") if error.value is not None else EMPTY,
        tag("p", f"What would be right: {_sentence(error.allowed, capital=False)}")
        if error.allowed
        else EMPTY,
        tag("p", _sentence(error.advice)) if error.advice else EMPTY,
    ]
    return tag("div", *lines, class_="told-trouble", role="alert")


def _sentence(words: str, *, capital: bool = True) -> str:
    words = words.strip()
    opened_with = words[:1].upper() if capital else words[:1]
    return f"{opened_with}{words[1:]}{'' if words.endswith(('.', '?', '!')) else '.'}"


def progress(step: str) -> Html:
    """How far a reading is that has come to this step."""
    at = STEPS.index(step)
    items = (
        tag(
            "li",
            each,
            class_="done" if number < at else "now" if number == at else "",
            aria_current="step" if number == at else None,
        )
        for number, each in enumerate(STEPS)
    )
    said = tag("p", f"Reading: {step}, step {at + 1} of {len(STEPS)}", class_="sentence", role="status")
    bar = tag("span", class_="bar", style=f"width:{100 * at / len(STEPS):.0f}%", aria_hidden="true")
    return tag("div", said, tag("div", bar, class_="track"), tag("ol", *items), class_="dl reading")


def why(question: str) -> Html:
    """Why the moment the page was read is asked for."""
    return tag(
        "div",
        tag("h2", "When was this page read?"),
        tag(
            "p",
            f"{_sentence(question)} The text itself does not say it. If you have copied it just now, it is now; "
            "if the page was saved earlier, it is the moment it was saved.",
        ),
        class_="why",
    )


def opened_list() -> Html:
    """The blogs open in this session, each with what it holds, a link to it and one that closes it."""
    items = []
    for name, told in opened().items():
        record = told.record
        counts = ", ".join(
            f"{len(getattr(record, table))} {table}" for table in ("posts", "quotes", "events")
        )
        link = tag("a", record.blog.title, href=href(HOME, Filters(story=name)), data_go=True, class_="title")
        shut = tag("a", "Close", href=closing(name), data_go=True, aria_label=f"Close {record.blog.title}")
        items.append(tag("li", link, tag("span", counts, class_="quiet"), shut))
    if not items:
        return EMPTY
    return tag("section", tag("h2", "Open in this session"), tag("ul", joined(items)), class_="opened-blogs")
