"""Proves that the pages hold the document's text and that its links lead somewhere. Worker side.

WeasyPrint cuts off what does not fit without a word: measured on a footnote longer than a page, of which 91 % vanish.
So the letters of every paragraph are counted in the document and again in the boxes that lie on a page.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from overprint.diagnostics import NOWHERE, Diagnostic, Place
from overprint.render.pdf import messages
from overprint.render.pdf.job import BASE
from overprint.render.pdf.listen import shown

# WeasyPrint has no types; these say at least what is meant.
Box = Any
Page = Any
Style = Mapping[str, Any]

REPORTED = 10
GENERATED = frozenset({"before", "after", "marker", "footnote-call", "footnote-marker"})
LEADING_OUT = ("http:", "https:", "mailto:", "tel:")


@dataclass
class Block:
    """A paragraph or the like: its element, whether it is a footnote, its text, and where editors find it."""

    element: Element
    id: str
    place: Place
    note: bool = False
    words: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Say where it stands in words."""
        start = shown(" ".join("".join(self.words).split()), 40)
        named = f"near #{self.id}" if self.id else ""
        quoted = f"{': ' if named else 'near '}“{start}”" if start else ""
        return named + quoted or "in the text"


class Blocks:
    """The blocks of a document. Text belongs to the nearest block around it; what is not displayed has none."""

    def __init__(self, body: Element, style_of: Callable[[Element], Style], places: Mapping[str, Place]) -> None:
        self.all: list[Block] = []
        self._of: dict[Element, Block] = {}
        self._style_of = style_of
        self._places = places
        self._gather(body, Block(body, "", NOWHERE))

    def of(self, element: Element | None) -> Block | None:
        """Return the block of an element, None for what is not in the body."""
        return None if element is None else self._of.get(element)

    def _gather(self, element: Element, outer: Block) -> None:
        style = self._style_of(element)
        if style["display"][0] == "none" or style["position"][0] == "running()" or _is_picture(element):
            return
        block = self._block(element, outer, style)
        self._of[element] = block
        block.words.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                self._gather(child, block)
            block.words.append(child.tail or "")

    def _block(self, element: Element, outer: Block, style: Style) -> Block:
        note = style["float"] == "footnote"
        if style["display"][0] in ("inline", "contents") and not note and element is not outer.element:
            return outer
        own = element.get("id") or ""
        block = Block(element, own or outer.id, self._places.get(own, outer.place), note or outer.note)
        self.all.append(block)
        return block


def _is_picture(element: Element) -> bool:
    """Tell whether the element's text is drawn, or shown only when something else is not."""
    return element.tag in ("{http://www.w3.org/2000/svg}svg", "object", "video", "audio", "iframe")


def lost(blocks: Blocks, pages: list[Page]) -> Iterator[Diagnostic]:
    """Yield an error for each block of which letters are on no page."""
    on_pages: Counter[int] = Counter()
    for page in pages:
        for box, turned in texts(page._page_box):
            block = blocks.of(box.element)
            if block and not GENERATED.intersection(box.element_tag.split("::")[1:]):
                on_pages[id(block)] += _letters(box.text) if turned else round(_letters(box.text) * _seen(box, page))
    reported = 0
    for block in blocks.all:
        letters = _letters("".join(block.words))
        missing = letters - on_pages[id(block)]
        # A drop cap asked for by an outer block takes one letter away from the inner one.
        if missing > 1 and reported < REPORTED:
            reported += 1
            yield messages.LOST.at(block.place, lost=missing, all=letters, where=block, advice=_advice(block))


def _advice(block: Block) -> str:
    if block.note:
        return "shorten the footnote, or move part of it into the text: it must fit on one page"
    return "shorten the line or the table, or split it, until it fits the page"


def _letters(text: str) -> int:
    """Count letters and figures: hyphens and spaces come and go with the lines."""
    return sum(map(str.isalnum, text))


def texts(box: Box, turned: bool = False) -> Iterator[tuple[Box, bool]]:
    """Yield the text boxes under a box, and whether they are turned, so that their place says nothing."""
    if hasattr(box, "text"):
        yield box, turned
        return
    turned = turned or bool(box.style["transform"])
    for child in box.all_children():
        yield from texts(child, turned)


def _seen(box: Box, page: Page) -> float:
    """Return how much of a text box lies on the page, from 0 to 1."""
    middle = box.position_y + box.height / 2
    if not 0 <= middle <= page.height:
        return 0
    if box.width <= 0:
        return 1
    inside = min(box.position_x + box.width, page.width) - max(box.position_x, 0)
    return float(min(max(inside / box.width, 0), 1))


@dataclass
class Leads:
    """Where the links of some pages lead: target, place and words about where each stands."""

    inside: list[tuple[str, Place, str]] = field(default_factory=list)
    out: list[tuple[str, Place, str]] = field(default_factory=list)

    def errors(self) -> Iterator[Diagnostic]:
        """Yield an error for each link that leads out by a way that has no place in a book."""
        for target, place, where in self.out:
            yield messages.LINK.at(place, target=shown(target), where=where)

    def elsewhere(self, anchors: set[str]) -> list[tuple[str, Place, str]]:
        """Return the links to none of these anchors, one for each target."""
        first = {each[0]: each for each in reversed(self.inside) if each[0] not in anchors}
        return list(first.values())


def leads(blocks: Blocks, pages: list[Page]) -> Leads:
    """Return where the links of the pages lead, those aside that lead out as links of a book may."""
    found = Leads()
    for page in pages:
        for kind, target, _, box in page.links:
            # The worker takes attachments out and says so.
            if kind == "attachment":
                continue
            if kind == "external" and not target.startswith(BASE) and target.lower().startswith(LEADING_OUT):
                continue
            block = blocks.of(box.element)
            where = str(block or "in a running head")
            place = block.place if block else NOWHERE
            (found.inside if kind == "internal" else found.out).append((target, place, where))
    return found


def astray(target: str, place: Place, where: str) -> Diagnostic:
    """Return the error for a link to an anchor that the book does not have."""
    return messages.LINK.at(place, target=f"#{target}", where=where)


def drifted(blocks: Blocks, pages: list[Page]) -> Iterator[tuple[Place, str, int, int]]:
    """Yield each footnote that stands on another page than its call: place, words about it, the two pages from 0."""
    calls: dict[Element, int] = {}
    notes: dict[Element, int] = {}
    for number, page in enumerate(pages):
        for box in page._page_box.descendants():
            kind = (box.element_tag or "").partition("::")[2]
            if kind == "footnote-call":
                calls.setdefault(box.element, number)
            elif kind == "footnote-marker":
                notes.setdefault(box.element, number)
    for element, called in calls.items():
        if notes.get(element, called) != called:
            block = blocks.of(element)
            place = block.place if block else NOWHERE
            yield place, str(block or "in the text"), called, notes[element]


def drift(place: Place, where: str, call: int, note: int) -> Diagnostic:
    """Return the warning for a footnote on another sheet than its call; both are counted from 0."""
    return messages.DRIFTED.at(place, where=where, call=call + 1, note=note + 1)


def unprintable(blocks: Blocks, pages: list[Page], missing: list[str]) -> Iterator[Diagnostic]:
    """Yield an error for each character that the typefaces lack, with the first place that has it."""
    wanted = set(missing)
    for page in pages if wanted else ():
        for box, _ in texts(page._page_box):
            for char in sorted(wanted.intersection(box.text)):
                wanted.remove(char)
                block = blocks.of(box.element)
                yield no_glyph(char, block.place if block else NOWHERE, str(block or "in a running head"))
    for char in sorted(wanted):
        yield no_glyph(char, NOWHERE, "in a picture")


def no_glyph(char: str, place: Place, where: str) -> Diagnostic:
    """Return the error for a character that the typefaces lack."""
    name = unicodedata.name(char, "").lower()
    code = f"U+{ord(char):04X}" + (f", {name}" if name else "")
    return messages.GLYPH.at(place, char=char, code=code, where=where)
