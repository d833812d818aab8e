"""Counts the blocks of a text and the letters in each, alike in the printed document and in the EPUB's chapters.

So a place on a printed page can be found again in the EPUB. The rule goes by the names of elements and never by style:

* A block is an element of `BLOCKS`. Text belongs to the nearest block around it.
* Left out is what stands elsewhere in one of the two books: notes, their calls and ways back, notes of addresses
  (`_is_apart`). So is all that style adds; what style hides is counted, and stands on no page.
* A picture is one character, `PICTURE`, whatever it is made of.
* Soft hyphens are taken out. White space as CSS has it (not the no-break space) is one space, in `pre` too, and none at
  the ends of a block. A line break is white space, and so is a block in the middle of another block's text.
* Blocks in which nothing is left are not counted. The others are, in the order in which they begin.

A piece of the printed book may hold several chapters: their bodies, in order, give the same blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

# An element of lxml or of the standard library, with or without a name space.
Node = Any

PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
PICTURES = frozenset("audio canvas embed iframe img object svg video".split())
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table "
    "tbody td tfoot th thead tr ul".split()
)
UNSEEN = frozenset("head script style template title".split())
APART = frozenset({"doc-backlink", "doc-footnote", "doc-noteref"})
SPACE = " \t\n\r\f"
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_SEEN = re.compile(f"[^{SPACE}{SOFT_HYPHEN}]").search


@dataclass(eq=False, slots=True)
class Segment:
    """Some text as it is written: `owner.text`, or the text behind a child of it, `after.tail`.

    A picture is a segment too; it stands for its `owner`.
    """

    block: TextBlock
    order: int
    owner: Node
    after: Node | None
    text: str


@dataclass(eq=False)
class TextBlock:
    """A block with text of its own; `id` is the nearest at or above it."""

    id: str
    segments: list[Segment] = field(default_factory=list)
    number: int = -1

    @property
    def text(self) -> str:
        """The text, of which offsets are counted in code points."""
        return self._collapsed[0]

    def at(self, offset: int) -> tuple[Segment, int]:
        """Return where the character at an offset is written: its segment and its place in the segment's text."""
        return self._collapsed[1][offset]

    def offset(self, segment: Segment, index: int) -> int:
        """Return the offset of a character that is not white space: the contrary of `at`."""
        return self._collapsed[1].index((segment, index))

    @cached_property
    def _collapsed(self) -> tuple[str, list[tuple[Segment, int]]]:
        chars: list[str] = []
        spots: list[tuple[Segment, int]] = []
        space: tuple[Segment, int] | None = None
        for segment in self.segments:
            for index, char in enumerate(segment.text):
                if char in SPACE:
                    space = space or (segment, index)
                elif char != SOFT_HYPHEN:
                    if space and chars:
                        chars.append(" ")
                        spots.append(space)
                    space = None
                    chars.append(char)
                    spots.append((segment, index))
        return "".join(chars), spots


def blocks_of(*roots: Node) -> tuple[TextBlock, ...]:
    """Return the blocks with text of their own in some elements that are blocks, such as the bodies of chapters."""
    walk = _Walk()
    for root in roots:
        walk.into(root, TextBlock(""), "")
    counted = tuple(block for block in walk.blocks if any(_SEEN(each.text) for each in block.segments))
    for number, block in enumerate(counted):
        block.number = number
    return counted


def plain_name(element: Node) -> str:
    """Return an element's name without its name space."""
    return str(element.tag).rpartition("}")[2].lower()


class _Walk:
    def __init__(self) -> None:
        self.blocks: list[TextBlock] = []
        self._order = 0

    def into(self, element: Node, block: TextBlock, near: str) -> None:
        name = plain_name(element)
        if name in UNSEEN or _is_apart(element, name):
            return
        near = element.get("id") or near
        if name in PICTURES:
            self._add(block, element, None, PICTURE)
            return
        if name in BLOCKS:
            self._add(block, element, None, " ")
            block = TextBlock(near)
            self.blocks.append(block)
        self._add(block, element, None, "\n" if name == "br" else element.text)
        for child in element:
            if isinstance(child.tag, str):
                self.into(child, block, near)
            self._add(block, element, child, child.tail)

    def _add(self, block: TextBlock, owner: Node, after: Node | None, text: str | None) -> None:
        if text:
            block.segments.append(Segment(block, self._order, owner, after, text))
            self._order += 1


def _is_apart(element: Node, name: str) -> bool:
    """Tell whether an element is a note, a call, or a list of notes: see what `compose.printing` does with them."""
    if element.get("role") in APART:
        return True
    classes = (element.get("class") or "").split()
    return (name == "span" and "footnote" in classes) or (name == "section" and "notes" in classes)
