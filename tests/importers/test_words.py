"""Whole pages through the reader: every word of an essay, a bio and a comment is a word of the page."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from importers.pages import STYLES, TREES, tagged, words
from overprint import markup
from overprint.diagnostics import Stop
from overprint.importers import dom
from overprint.importers import html as reader
from overprint.importers.source import Source
from overprint.model import Imported, Text

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
NAMES = st.sampled_from(
    ["", "entry-content", "related", "author-box", "share", "sidebar", "byline", "comment", "comment-body", "caption"]
)
BOXES = st.builds(lambda tag, name: f"{tag} class='{name}'", st.sampled_from(["div", "p", "section", "aside"]), NAMES)
PARTS = TREES | tagged(BOXES, TREES) | tagged(BOXES, tagged(BOXES, TREES), tagged(STYLES, TREES))
FERRY = "<p>The ferry leaves at six and nobody on it speaks, because the river is still asleep, and so are we.</p>"
TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def read(page: str | bytes) -> Imported:
    data = page if isinstance(page, bytes) else page.encode()
    return reader.read(Source(Path("page.html"), data, "")).value[0]


def tokens(html: str) -> Counter[str]:
    return Counter(TOKEN.findall(" ".join(words(html))))


def written(markdown: str) -> Counter[str]:
    """The words that the book would show, without the numbers of notes and the addresses that stand for players."""
    body = lxml_html.fromstring(f"<div>{markup.fragment(Text(markdown), 'x').value.html}</div>")
    for link in body.iter("a"):
        said = link.text or ""
        if link.get("role") == "doc-noteref" or (said and said in (link.get("href") or "").partition("//")[2]):
            link.text = None
    return tokens(lxml_html.tostring(body, encoding="unicode"))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@example("<p>1<em><button>x</button></em>1</p>")
@given(st.lists(PARTS, min_size=1, max_size=3).map("".join))
def test_every_word_of_an_imported_body_is_a_word_of_the_page(parts: str) -> None:
    page = f"<html><body><article>{parts}{FERRY}</article></body></html>"
    try:
        found = read(page)
    except Stop:
        return
    assert not written(found.body) - tokens(page)


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared pages are not here")
@pytest.mark.parametrize("name", ["article-pages/iab-1", "article-pages/mercurial", "comment-pages/verfassungsblog"])
def test_every_word_of_a_real_page_is_on_it(name: str) -> None:
    data = (DATA / f"{name}.html").read_bytes()
    found = read(data)
    root = dom.page(Source(Path("page.html"), data, "")).value.root
    there = tokens(lxml_html.tostring(root, encoding="unicode"))
    for text in (found.body, *(each.text for each in found.bios), *(each.body for each in found.comments)):
        assert not written(text).keys() - there.keys()
