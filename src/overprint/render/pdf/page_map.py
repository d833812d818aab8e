"""Tells which character each page begins with, and on which pages notes stand. Worker side.

The text as it is written and the text on the pages are walked side by side, element by element, letter by letter:
repeated words cannot mislead it. What the layout adds (hyphens, markers, headings of a table on its next pages) has no
letter left to match, and changes of case match by their basic letters. Written for WeasyPrint 70.0; the tests pin it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from overprint.render.text_blocks import PICTURE, Segment, TextBlock, blocks_of

# WeasyPrint has no types; these say at least what is meant.
Box = Any
Page = Any
Element = Any

SHOWN = 40
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
"""What comes and goes with the lines, and is not matched."""
_VISIBLE = re.compile(r"[^\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_JOINERS = "-\u2010\u2011'’"
_OWN = ("", "first-letter", "first-line")
"""Pseudo-elements that hold text as it is written; the others generate theirs."""


@dataclass(frozen=True, slots=True)
class PageStart:
    """What a page begins with, in the document's order; the rule for blocks and offsets is that of `text_blocks`.

    Attributes:
        block: number of the block among those of the piece, from 0.
        id: the nearest id at or above that block, empty where there is none.
        offset: code points into the block's own text. A picture is one, so a page may begin with a picture.
        word: True when the page begins inside a word, be it at a hyphen of its own.
        text: the first letters on the page, to the end of their block at most, for checks and messages.
    """

    block: int
    id: str
    offset: int
    word: bool
    text: str


@dataclass(frozen=True, slots=True)
class NotePages:
    """A footnote's id, empty where it has none, and the pages of its call and of its first line, from 0."""

    id: str
    call: int
    body: int


def page_starts(body: Element, pages: Sequence[Page]) -> tuple[PageStart | None, ...]:
    """Return what each page begins with, for a `<body>` laid out on WeasyPrint's pages.

    Floats and boxes placed by themselves count where they stand in the document's order. A page has None where it
    holds no running text: a blank page, pictures alone, the rest of a footnote.
    """
    return tuple(_Walk(body).starts(pages))


def notes(pages: Sequence[Page]) -> tuple[NotePages, ...]:
    """Return where the footnotes stand, in the order of their calls; one that is on no page is left out."""
    calls: dict[Element, int] = {}
    bodies: dict[Element, int] = {}
    for number, page in enumerate(pages):
        for box, _ in _boxes(page._page_box):
            if (box.element_tag or "").endswith("::footnote-call"):
                calls.setdefault(box.element, number)
            elif type(box).__name__ == "FootnoteAreaBox":
                for inside, _ in _boxes(box):
                    bodies.setdefault(inside.element, number)
    found = ((each.get("id") or "", call, bodies.get(each)) for each, call in calls.items())
    return tuple(NotePages(ident, call, body) for ident, call, body in found if body is not None)


Spot = tuple[int, int]
"""The order of a segment, and the number of a visible character in it."""


class _Run:
    """The visible characters of an element's own text, and how many of them have been met on the pages."""

    def __init__(self) -> None:
        self.letters = ""
        self.done = 0
        self._segments: list[int] = []
        self._starts: list[int] = []

    def add(self, segment: Segment) -> None:
        if letters := _INVISIBLE.sub("", segment.text):
            self._segments.append(segment.order)
            self._starts.append(len(self.letters))
            self.letters += letters

    def take(self, shown: str) -> Spot | None:
        """Match the text of a box as far as it goes; return where it begins, None where nothing matches."""
        shown = _INVISIBLE.sub("", shown)
        start = self.done
        if self.letters.startswith(shown, start):
            self.done += len(shown)
        else:
            self._take_changed("".join(map(_basic, shown)))
        return self._spot(start) if self.done > start else None

    def _take_changed(self, shown: str) -> None:
        """Match text of which `text-transform` has changed letters, or to which the line's end added a hyphen."""
        place = 0
        while self.done < len(self.letters):
            basic = _basic(self.letters[self.done])
            if not shown.startswith(basic, place):
                break
            place += len(basic)
            self.done += 1

    def _spot(self, letter: int) -> Spot:
        number = bisect_right(self._starts, letter) - 1
        return self._segments[number], letter - self._starts[number]


class _Walk:
    """Goes through the pages in their order, beside the text."""

    def __init__(self, body: Element) -> None:
        self._segments: dict[int, Segment] = {}
        self._runs: dict[Element, _Run] = {}
        for block in blocks_of(body):
            for segment in block.segments:
                self._segments[segment.order] = segment
                self._runs.setdefault(segment.owner, _Run()).add(segment)

    def starts(self, pages: Sequence[Page]) -> Iterator[PageStart | None]:
        """Yield what each page begins with."""
        furthest: Spot = (-1, 0)
        for page in pages:
            met = [(spot, flows) for box, flows in _boxes(page._page_box.children[0]) if (spot := self._meet(box))]
            # A float may be put off to a page on which the text around it is over; it does not begin that page.
            own = [spot for spot, flows in met if flows or spot > furthest]
            words = [spot for spot in own if self._segments[spot[0]].text != PICTURE]
            yield self._start(min(own), min(words)) if words else None
            furthest = max(spot for spot in (furthest, *(spot for spot, flows in met if flows)))

    def _meet(self, box: Box) -> Spot | None:
        """Return where the text or picture of a box begins, None for what was met before or is not the text's own."""
        text = PICTURE if hasattr(box, "replacement") else getattr(box, "text", "")
        run = self._runs.get(box.element) if text else None
        if not run or box.element_tag.partition("::")[2] not in _OWN:
            return None
        # Where a picture is missing, its box holds a text instead.
        return run.take(PICTURE if run.letters == PICTURE else text)

    def _start(self, first: Spot, word: Spot) -> PageStart:
        block, offset = self._offset(first)
        with_text, at = self._offset(word)
        return PageStart(
            block.number,
            block.id,
            offset,
            _is_inside_a_word(block.text, offset),
            with_text.text[at:].replace(PICTURE, "")[:SHOWN],
        )

    def _offset(self, spot: Spot) -> tuple[TextBlock, int]:
        segment = self._segments[spot[0]]
        found = next(islice(_VISIBLE.finditer(segment.text), spot[1], None))
        return segment.block, segment.block.offset(segment, found.start())


def _boxes(root: Box) -> Iterator[tuple[Box, bool]]:
    """Yield the boxes at and under one in their order, and whether they are in the flow of the text."""
    waiting = [(root, True)]
    while waiting:
        box, flows = waiting.pop()
        flows = flows and box.is_in_normal_flow()
        yield box, flows
        waiting.extend((child, flows) for child in reversed(box.children))


@lru_cache(maxsize=1024)
def _basic(char: str) -> str:
    """Return a character without case, width and marks, so that a change of case or of width leaves it as it is.

    >>> _basic("Ά"), _basic("ß"), _basic("Ａ"), _basic("ı")
    ('α', 'ss', 'a', 'i')
    """
    if char in "-\N{MINUS SIGN}":
        return "-"
    bare = "".join(each for each in unicodedata.normalize("NFKD", char) if not unicodedata.combining(each))
    return bare.casefold().replace("ı", "i")


def _is_inside_a_word(text: str, offset: int) -> bool:
    before = text[max(offset - 2, 0) : offset]
    if len(before) == 2 and before[1] in _JOINERS:
        before = before[0]
    return bool(before) and _is_letter(before[-1]) and _is_letter(text[offset])


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"
