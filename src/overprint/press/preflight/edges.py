"""Ink at the edges, measured on the rendered page: margins kept, and ink that runs to the edge runs over it."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.press.finish.boxes import Box
from overprint.press.preflight.boxes import BUILD, NEAR, asked_bleed, for_a_printer, sides, vast
from overprint.press.preflight.opened import Facts, File, Page

RULES = Rules[File]()
PAPER = 250
"""Of 255: what is lighter is paper."""
EXACT = 1.5
"""Points: pages are drawn at 72 dots to an inch, and what is on one of them may be anywhere in it."""
STRAY = 40
"""Points along an edge within which what runs over it may lean: a slope of 12 degrees moves so far over 9 points."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One side of a page.

    Attributes:
        distance: how far the nearest ink within the page is, in points; of text alone where ink runs to the edge.
        short: how much of the edge has ink that does not run over it, in points.
        stray: whether ink stands beyond the trim that comes from nowhere within.
    """

    distance: float
    short: int
    stray: bool


@RULES.rule(
    "P071",
    Severity.ERROR,
    "{pages}: ink runs to the {side} edge and not over it",
    "let pages bleed: write `:root {{ --page-bleeds: yes; }}` into `styles/print.css`; or keep ink off the edge",
    asks=lambda file: any(_bleeds(file)),
)
def cut_short(say: Say, file: File) -> Iterator[Diagnostic]:
    """Where ink ends at the edge of the page, white shows as soon as the knife is a hair beside it.

    It has to run on into the bleed, which pages have where the style sheets say so.
    """

    def faults() -> Iterator[tuple[int, Facts]]:
        for page, edges in _measured(file):
            for side, edge, asked in zip(sides(page), edges, asked_bleed(file, page), strict=True):
                if asked and edge.short > EXACT:
                    yield page.number, {"side": side}

    yield from file.each(say, faults())


@RULES.rule(
    "P072",
    Severity.WARNING,
    "{pages}: something stands beyond the {side} edge that is not on the page",
    "take it out; marks for the knife stand outside the bleed",
    asks=for_a_printer,
)
def within_bleed(say: Say, file: File) -> Iterator[Diagnostic]:
    """In the bleed stands only what runs over the edge. Marks there show when the knife is a hair beside it."""
    yield from file.each(
        say,
        (
            (page.number, {"side": side})
            for page, edges in _measured(file)
            for side, edge in zip(sides(page), edges, strict=True)
            if edge.stray
        ),
    )


@RULES.rule(
    "P073",
    Severity.ERROR,
    "{pages}: ink is {found} pt from the spine, and the printer asks for {least} pt in a book of so many pages",
    BUILD,
    asks=lambda file: file.profile.gutter(len(file.pages)) is not None,
)
def narrow_gutter(say: Say, file: File) -> Iterator[Diagnostic]:
    """The thicker a book, the more of its inner margins goes into the spine: lines vanish there."""
    least = file.profile.gutter(len(file.pages)) or 0

    def faults() -> Iterator[tuple[int, Facts]]:
        for page, edges in _measured(file):
            found = edges[0 if page.right else 2].distance
            if found < least - EXACT:
                yield page.number, {"found": f"{found:.0f}", "least": f"{least:g}"}

    yield from file.each(say, faults())


@RULES.rule(
    "P074",
    Severity.ERROR,
    "{pages}: ink is {found} pt from the {side} edge, and the printer asks for {least} pt",
    "move it inwards, or let it run over the edge",
    asks=lambda file: file.profile.safety is not None,
)
def near_the_knife(say: Say, file: File) -> Iterator[Diagnostic]:
    """What is too near to the edge may be cut off: sheets move under the knife.

    What runs over the edge may be there, but no text may.
    """
    least, gutter = file.profile.safety or 0, file.profile.gutter(len(file.pages))

    def faults() -> Iterator[tuple[int, Facts]]:
        for page, edges in _measured(file):
            inner = 0 if page.right else 2
            for at, edge in enumerate(edges):
                if edge.distance < least - EXACT and (at != inner or gutter is None):
                    yield page.number, {"found": f"{edge.distance:.0f}", "side": sides(page)[at], "least": f"{least:g}"}

    yield from file.each(say, faults())


@RULES.rule(
    "P075",
    Severity.WARNING,
    "{pages}: there are no crop marks, and the printer asks for them",
    BUILD,
    asks=lambda file: file.profile.marks,
)
def no_marks(say: Say, file: File) -> Iterator[Diagnostic]:
    """A printer who works by hand cuts where the marks are."""
    yield from file.each(
        say,
        (
            (page.number, {})
            for page in file.pages
            if not any(mark.at and page.beyond(mark) for mark in page.content.marks)
        ),
    )


def _bleeds(file: File) -> tuple[float, ...]:
    bleed = file.profile.bleed
    return bleed.top, bleed.bottom, bleed.outer, bleed.inner


@functools.lru_cache(maxsize=1)
def _measured(file: File) -> tuple[tuple[Page, tuple[Edge, ...]], ...]:
    """Return the four edges of every page that has ink on it: left, bottom, right and top."""
    import pypdfium2

    document = pypdfium2.PdfDocument(file.path)
    try:
        return tuple(
            (page, _edges(document[page.number - 1], page))
            for page in file.pages
            if page.content.marks and not vast(page)
        )
    finally:
        document.close()


def _edges(drawn: Any, page: Page) -> tuple[Edge, ...]:
    """Measure a page as it is drawn, upright and whole."""
    drawn.set_rotation(0)
    drawn.set_cropbox(*page.media)
    image = drawn.render(scale=1, grayscale=True, draw_annots=False).to_pil().convert("L")
    ink = image.point(lambda light: 255 if light < PAPER else 0)
    trim, bleed = _dots(page.trim, page), _dots(page.bleed, page)
    box = ink.crop(trim).getbbox()
    wide, high = trim[2] - trim[0], trim[3] - trim[1]
    near = (box[0], high - box[3], wide - box[2], box[1]) if box else (math.inf,) * 4
    strips = [_strips(ink, trim, bleed, at) for at in (0, 3, 2, 1)]
    # Where ink runs to an edge, only text can be told from it.
    words = _words(drawn, page) if any(any(within) for within, _ in strips) else near
    return tuple(
        Edge(words[at] if any(within) else near[at], _lonely(within, beyond), bool(_lonely(beyond, within)))
        for at, (within, beyond) in enumerate(strips)
    )


def _dots(box: Box, page: Page) -> tuple[int, int, int, int]:
    """Return the dots that are whole within a box, from the upper left corner of the page: left, top, right, bottom."""
    left, bottom, right, top = box
    x, y = page.media[0], page.media[3]
    return (
        math.ceil(left - x - NEAR),
        math.ceil(y - top - NEAR),
        math.floor(right - x + NEAR),
        math.floor(y - bottom + NEAR),
    )


def _strips(ink: Image.Image, trim: tuple[int, ...], bleed: tuple[int, ...], at: int) -> tuple[bytes, bytes]:
    """Return the dots just within one side of the trim, and those just within that side of the bleed.

    The second is empty of ink where there is no bleed.
    """
    left, top, right, bottom = trim

    def strip(place: int) -> bytes:
        place -= at > 1
        area = (place, top - 1, place + 1, bottom + 1) if at % 2 == 0 else (left - 1, place, right + 1, place + 1)
        return ink.crop(area).tobytes()

    within = strip(trim[at])
    return within, strip(bleed[at]) if trim[at] != bleed[at] else bytes(len(within))


def _lonely(here: bytes, there: bytes) -> int:
    """Return how many dots of ink here have none near them there."""
    if not any(here):
        return 0
    return sum(1 for at, dot in enumerate(here) if dot and not any(there[max(at - STRAY, 0) : at + STRAY + 1]))


def _words(drawn: Any, page: Page) -> tuple[float, ...]:
    """Return how far the nearest text is from each side: left, bottom, right and top."""
    text = drawn.get_textpage()
    try:
        boxes = [text.get_rect(at) for at in range(text.count_rects())]
    finally:
        text.close()
    outward = (-1, -1, 1, 1)
    return tuple(
        min((out * (page.trim[at] - box[at]) for box in boxes), default=math.inf) for at, out in enumerate(outward)
    )
