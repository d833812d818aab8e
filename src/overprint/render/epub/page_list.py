"""The printed pages in the EPUB: a mark at the character that each begins with, and the list of them.

A page is known by the block that it begins in and by the characters before it there; `render.text_blocks` counts both
alike in print and in the EPUB. Pages of what the EPUB does not hold, such as the half-title, and pages without text
have no mark.

Marks stand within the text, but before a heading (DAISY asks for that), a link, whose name they would join, a formula
and a reading aid over signs. In the middle of a word they wait for its end.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from overprint.model import PrintedPage
from overprint.render.epub.documents import Document
from overprint.render.epub.tree import EPUB_TYPE, XHTML, local
from overprint.render.text_blocks import PICTURE, Segment, TextBlock, blocks_of

_BLOCKS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "figure"})
_WHOLE = _BLOCKS - {"figure"} | {"a", "math", "ruby", "svg"}
_JOINERS = "'’-\u2010\u2011"


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page as the list names it: its number, as it is printed, and where it begins."""

    label: str
    href: str


def mark(documents: Sequence[Document], pages: Iterable[PrintedPage]) -> tuple[PageMark, ...]:
    """Set a mark into the documents where each page begins; return the list of those that have one."""
    wanted: dict[str, list[PrintedPage]] = defaultdict(list)
    for page in pages:
        wanted[page.chapter].append(page)
    taken = {id_ for each in documents for id_ in each.ids} if wanted else set()
    marks = []
    for document in documents:
        starts = sorted(wanted.get(document.chapter.name, ()), key=lambda page: (page.block, page.offset))
        blocks = blocks_of(document.body) if starts else ()
        named = [(page, _named(page.label, taken)) for page in starts if page.block < len(blocks)]
        marks += [PageMark(page.label, f"{document.href}#{name}") for page, name in named]
        # From the end, so that what comes before stays where it was counted.
        for page, name in reversed(named):
            _set(blocks[page.block], page.offset, {"id": name, "aria-label": page.label})
    return tuple(marks)


def _named(label: str, taken: set[str]) -> str:
    """Return an id that no other place of the book has."""
    plain = "".join(char if char.isascii() and char.isalnum() else "-" for char in label.lower())
    name, number = f"page-{plain}", 1
    while name in taken:
        number += 1
        name = f"page-{plain}-{number}"
    taken.add(name)
    return name


def _set(block: TextBlock, offset: int, attributes: dict[str, str]) -> None:
    text = block.text
    while 0 < offset < len(text) and _is_inside_a_word(text, offset):
        offset += 1
    segment, at = block.at(min(offset, len(text) - 1))
    at += offset >= len(text)
    if (whole := _whole(segment)) is not None:
        whole.addprevious(_mark("div" if local(whole) in _BLOCKS else "span", attributes))
    elif (before := segment.after) is not None:
        made, tail = _mark("span", attributes), before.tail or ""
        before.addnext(made)
        before.tail, made.tail = tail[:at], tail[at:]
    else:
        made, own = _mark("span", attributes), segment.owner.text or ""
        segment.owner.insert(0, made)
        segment.owner.text, made.tail = own[:at], own[at:]


def _mark(name: str, attributes: dict[str, str]) -> etree._Element:
    return etree.Element(f"{{{XHTML}}}{name}", {EPUB_TYPE: "pagebreak", "role": "doc-pagebreak", **attributes})


def _whole(segment: Segment) -> etree._Element | None:
    """Return the outermost of what a mark has to stand before, None where it may stand within the text."""
    around = [segment.owner, *segment.owner.iterancestors()]
    picture = segment.text == PICTURE
    wholes = (
        each
        for each in around
        if local(each) in _WHOLE or (picture and (each is segment.owner or local(each) in {"figure", "picture"}))
    )
    return max(wholes, key=around.index, default=None)


def _is_inside_a_word(text: str, offset: int) -> bool:
    """Tell whether a character goes on with the word before it."""
    before, here = text[offset - 1], text[offset]
    if before in _JOINERS and offset > 1:
        before = text[offset - 2]
    if here in _JOINERS and offset + 1 < len(text):
        here = text[offset + 1]
    return _is_letter(before) and _is_letter(here)


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"
