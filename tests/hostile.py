"""Words meant to be run, opened or believed: what a stranger's page, paste, link or file may hold.

None of them may ever be more than text. What would run sets `globalThis.ran`; what would fetch asks
198.51.100.1, an address that stands for nobody (RFC 5737).
"""

from __future__ import annotations

HOSTILE = (
    # what it would be, and where it would be that
    "<script>globalThis.ran=1</script>",  # HTML
    "<img src=x onerror=globalThis.ran=1>",
    "<svg/onload=globalThis.ran=1><style>*{display:none}</style>",
    "' onmouseover='globalThis.ran=1",  # the end of an attribute
    '" autofocus onfocus="globalThis.ran=1',
    "</title></textarea></style></script><b>bold</b>",  # the end of an element
    "[read](javascript:globalThis.ran=1) ![x](http://198.51.100.1/x.png)",  # Markdown
    "# **bold** _and_ `code` ~~gone~~ <http://198.51.100.1>",
    "$\\LaTeX$ $$\\frac{1}{2}$$ \\(x\\)",  # formulas
    ":red[no] :material/delete: :streamlit: :blue-background[x] :smile:",  # Streamlit's own marks
    '=HYPERLINK("http://198.51.100.1","x")',  # spreadsheets
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "%{x} %{customdata[0]} <br> {words} {0}",  # templates of Plotly, pydeck and Python
    "@@=globalThis.ran=1",  # the code and the constants of a deck
    "@@#GL.ONE",
    "&lt;b&gt; &amp;amp; &#x41;",  # entities
    "\u202egnp.exe \u2066x",  # writing turned around
    "javascript:globalThis.ran=1",
    "../../etc/passwd\\..\\C:",  # paths
)

NOT_SEEN = ("a\x00b", "a\x1b[31mb", "a\u200bb\ufeff", "a\u2028b")
"""Words with what shows nothing: a null byte, a terminal's command, a width of nothing, a line's end."""
