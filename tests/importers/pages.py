"""Generated pieces of pages, and the words that a browser shows of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

WORDS = st.text(st.sampled_from("abcé1 .,“”*_[]<>&|#`-\\!(){}~+=:^\n\xa0"), min_size=1, max_size=8).map(escape)
BREAKS = st.sampled_from(["<br>", "<wbr>", "<br><br>", "<!-- a -->"])
LEFT_OUT = st.sampled_from(
    ["<button>x</button>", "<script>x</script>", "<span hidden>x</span>", "<svg></svg>", "<div hidden><p>x</p></div>"]
)
STYLES = st.sampled_from(
    ["em", "strong", "i", "b", "a href='/x'", "span", "sup", "code", "cite", "a href='/(y'", "font"]
)
BOXES = st.sampled_from(
    ["p", "h2", "div", "blockquote", "h4", "section", "dl", "dt", "dd", "details", "summary", "figure"]
)


def tagged(tags: st.SearchStrategy[str], *inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    many = st.lists(st.one_of(*inner), min_size=1, max_size=4).map("".join)
    return st.builds(lambda tag, held: f"<{tag}>{held}</{re.split('[ >]', tag)[0]}>", tags, many)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = tagged(st.just("li"), inner) | inner
    row = tagged(st.just("tr"), tagged(st.sampled_from(["td", "th"]), inner))
    rows = row | row | tagged(st.just("tbody"), row)
    return (
        tagged(BOXES, inner)
        | tagged(STYLES, inner)
        | tagged(st.sampled_from(["ul", "ol", "ol start=3"]), items)
        | tagged(st.sampled_from(["table", "table><caption>a</caption"]), rows, rows, rows, inner)
        | tagged(st.sampled_from(["pre", "pre class=language-c"]), inner)
    )


LINES = st.recursive(st.one_of(WORDS, WORDS, BREAKS, LEFT_OUT), lambda inner: tagged(STYLES, inner), max_leaves=8)
TREES = st.recursive(st.one_of(LINES, LINES, st.just("<hr>")), nested, max_leaves=12)

BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 div blockquote section ul ol li dl dt dd details summary figure pre hr table thead tbody tr "
    "td th caption br aside".split()
)


def words(html: str) -> list[str]:
    """The words that a browser shows: blocks part them, and so does what the walk leaves out, but for a sign."""
    shown = "".join(_shown(lxml_html.fromstring(f"<body>{html}</body>")))
    return re.sub("\0", "", re.sub(r"(?<=[^\W_])\0+(?=[^\W_])", " ", shown)).split()


def _shown(element: etree._Element) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    if element.tag in ("button", "script", "svg") or element.get("hidden") is not None:
        yield "\0"
        return
    parted = " " if element.tag in BLOCKS else ""
    yield parted + (element.text or "")
    for child in element:
        yield from _shown(child)
        yield child.tail or ""
    yield parted
