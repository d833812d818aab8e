"""A page as blocks of words: how much each element says itself, how much of that is links, and how much it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from lxml import etree

Element = etree._Element

INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark math q ruby rb rp rt s "
    "samp small span strike strong sub sup svg time tt u var wbr".split()
)
SILENT = frozenset("head script style template noscript svg math iframe object select option textarea".split())
LOUD = INLINE - SILENT - {"br"}
SPACE = re.compile(r"\s+")


@dataclass
class Block:
    """An element that breaks lines, with the words that stand in it and in no block inside it."""

    element: Element
    pieces: list[str] = field(default_factory=list)
    linked: int = 0

    @cached_property
    def text(self) -> str:
        """The words, white space made single."""
        return collapse("".join(self.pieces))

    @cached_property
    def size(self) -> int:
        """How many characters the block has, white space left out."""
        return letters("".join(self.pieces))


def letters(text: str) -> int:
    """Return how many characters are no white space."""
    return sum(map(len, text.split()))


def collapse(text: str) -> str:
    """Return the text with white space made single and none at its ends."""
    return SPACE.sub(" ", text).strip()


def tag(element: Element) -> str:
    """Return an element's name, empty for comments and processing instructions."""
    return element.tag if isinstance(element.tag, str) else ""


def blocks(root: Element) -> list[Block]:
    """Return the blocks that hold words of their own, in the order of the page."""
    found: list[Block] = []
    owners: list[Block] = [Block(root)]
    links = 0
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = tag(element)
        if event == "start":
            silent += name in SILENT
            links += name == "a"
            if name not in INLINE or element is root:
                owners.append(Block(element))
                found.append(owners[-1])
            _add(owners[-1], "" if silent else element.text, links)
            if name == "br":
                _add(owners[-1], " ", 0)
            continue
        if event == "end":
            silent -= name in SILENT
            links -= name == "a"
            if name not in INLINE or element is root:
                owners.pop()
        if element is not root:
            _add(owners[-1], "" if silent else element.tail, links)
    return [each for each in found if any(piece.strip() for piece in each.pieces)]


def _add(owner: Block, text: str | None, links: int) -> None:
    if text:
        owner.pieces.append(text)
        owner.linked += letters(text) if links else 0


def words(element: Element) -> str:
    """Return what an element says, blocks kept apart by spaces, without scripts and styles."""
    if not len(element):
        return "" if tag(element) in SILENT else collapse(element.text or "")
    if tag(element) not in SILENT and all(each.tag in LOUD for each in element.iterdescendants()):
        return collapse("".join(_texts(element)))
    return collapse(" ".join(each.text for each in blocks(element)))


def having(root: Element, *attributes: str, tags: Iterable[str] = ()) -> list[Element]:
    """Return the elements that have one of these attributes or are called so, in the order of the page."""
    wanted = " or ".join((*(f"@{each}" for each in attributes), *(f"self::{each}" for each in tags)))
    return cast("list[Element]", root.xpath(f"descendant-or-self::*[{wanted}]"))


def is_short(element: Element, most: int) -> bool:
    """Tell whether an element holds no more characters than this, without reading all of a long one."""
    for each in _texts(element):
        most -= len(each)
        if most < 0:
            return False
    return True


def _texts(element: Element) -> Iterable[str]:
    """Return all that stands in an element, piece by piece; `itertext` is slow where nothing is nested."""
    held = list(element)
    if any(len(each) or not tag(each) for each in held):
        return map(str, element.itertext())
    return filter(None, (element.text, *(text for each in held for text in (each.text, each.tail))))


def above(element: Element, root: Element) -> Iterator[Element]:
    """Return the elements that hold this one, the nearest first, up to and with `root`."""
    while element is not root and (parent := element.getparent()) is not None:
        yield parent
        element = parent


def is_glued(element: Element) -> bool:
    """Tell whether an element may be part of a word: it stands in a line and touches letters or an element beside."""
    parent = element.getparent()
    if tag(element) not in INLINE or parent is None:
        return False
    before, after = element.getprevious(), element.getnext()
    left = (parent.text if before is None else before.tail) or ""
    right = element.tail or ""
    return _touches(left[-1:], parent if before is None else before) or _touches(
        right[:1], parent if after is None else after
    )


def _touches(sign: str, beside: Element) -> bool:
    return sign.isalnum() if sign else tag(beside) in INLINE - {"br", "img", "wbr"} or not tag(beside)


def line(element: Element) -> int:
    """Return the 1-based line of an element in the source, 1 when it is unknown."""
    return element.sourceline if isinstance(element.sourceline, int) and element.sourceline > 0 else 1


def remove(element: Element) -> None:
    """Take an element out of its page; the words behind it stay."""
    parent = element.getparent()
    if parent is None:
        return
    if tag(element) not in INLINE:
        element.tail = f" {element.tail or ''}"
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
        element.tail = None
    parent.remove(element)
