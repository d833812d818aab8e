"""Chapters of the EPUB as the manuscript makes them, and as they stand in the file: words, notes, pictures, links."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from lxml import etree

from overprint.parity.tokens import WORDS, Sort, Token, folded
from overprint.render.text_blocks import BLOCKS, UNSEEN, plain_name

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
FRAME = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>{}</body></html>'


def composed(inside: str, where: str) -> list[Token]:
    """Return what a chapter holds as it was composed."""
    return tokens(etree.fromstring(FRAME.format(inside).encode(), etree.XMLParser(resolve_entities=False)), where)


def tokens(root: Any, where: str = "") -> list[Token]:
    """Return all that a chapter holds; tokens name `where`, or the nearest id above them where that is empty."""
    reader = _Reader(where)
    for body in root.iter("{*}body"):
        reader.read(body, "")
    reader.end()
    return reader.found


class _Reader:
    def __init__(self, where: str) -> None:
        self.where, self.at, self.held = where, where, ""
        self.found: list[Token] = []

    def read(self, element: Any, at: str) -> None:
        if not isinstance(element.tag, str) or (name := plain_name(element)) in UNSEEN:
            return
        role = (element.get("role") or "").split()
        if "doc-pagebreak" in role:
            return
        at = element.get("id") or at
        apart = name in BLOCKS or name == "br"
        if apart:
            self.end()
        before, self.at = self.at, self.where or at
        for key, text, sort in _marks(element, name, role):
            self.end()
            self.found.append(Token(f"<{key}>", text, sort, self.at))
        if not {"doc-noteref", "doc-backlink"} & set(role):
            self.held += element.text or ""
            for child in element:
                self.read(child, at)
                self.held += child.tail or ""
        if apart:
            self.end()
        self.at = before

    def end(self) -> None:
        """Add the words that were held."""
        for key, text in folded(self.held, marks=True):
            sort = Sort.WORD if WORDS.fullmatch(text) else Sort.MARK
            self.found.append(Token(key, text, sort, self.at))
        self.held = ""


def _marks(element: Any, name: str, role: list[str]) -> Iterator[tuple[str, str, Sort]]:
    """Yield what an element is besides its words."""
    if name in HEADINGS:
        yield "heading", "the heading", Sort.HEADING
    elif name in {"img", "svg"}:
        yield f"picture {element.get('alt')}", f"the picture “{element.get('alt') or ''}”", Sort.PICTURE
    elif name == "article":
        yield "letter", "the letter", Sort.LETTER
    elif "doc-noteref" in role:
        yield "call", "the call of a note", Sort.CALL
    elif "doc-footnote" in role:
        yield "note", "the note", Sort.NOTE
    elif name == "a" and (address := element.get("href") or "").partition(":")[0] in {"http", "https", "mailto"}:
        yield f"link {address}", f"the link to {address}", Sort.LINK
    elif name == "a" and "doc-backlink" not in role and element.get("href"):
        yield f"way {posixpath.basename(element.get('href'))}", "a link within the book", Sort.LINK
