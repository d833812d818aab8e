"""Says which pages end badly all the same. Worker side finds, the parent knows what the pages are called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from overprint.diagnostics import NOWHERE, Diagnostic, Place
from overprint.render.pdf import messages
from overprint.render.pdf.audit import Blocks
from overprint.render.pdf.page_fit.area import Box, columns, leaves
from overprint.render.pdf.page_fit.fill import RUNT, Foot

Uneven = tuple[Place, str, str, int, int]
"""A place, words about it, what is wrong there, the page counted from 0, and how many lines it is about."""

HOLE = 3
"""Lines free at a page's foot from which on they are worth a word where no facing page shows them."""


def uneven(blocks: Blocks, pages: Sequence[Any]) -> Iterator[Uneven]:
    """Yield what is wrong with the ends of pages, one thing for a page."""
    boxes = [page._page_box for page in pages]
    feet: list[Foot] = [box.foot for box in boxes if hasattr(box, "foot")]
    # Another WeasyPrint makes its pages as it does.
    for at in range(len(feet)):
        if what := _level(boxes, feet, at) or _hole(feet, at) or _runt(feet, at):
            yield *_last(blocks, boxes[at]), what[0], at, what[1]


def _level(boxes: Sequence[Box], feet: Sequence[Foot], at: int) -> tuple[str, int] | None:
    """Tell whether a page ends shorter than the one that it faces, and by how much."""
    facing = at + (1 if boxes[at].page_type.side == "left" else -1)
    if not 0 <= facing < len(feet) or not feet[at].goes_on or not feet[facing].goes_on:
        return None
    less = feet[at].level - feet[facing].level
    return ("level", less) if less > 0 else None


def _hole(feet: Sequence[Foot], at: int) -> tuple[str, int] | None:
    return ("hole", feet[at].free) if feet[at].free >= HOLE else None


def _runt(feet: Sequence[Foot], at: int) -> tuple[str, int] | None:
    is_runt = at > 0 and feet[at - 1].goes_on and feet[at].lacks > 0 and feet[at].lines < RUNT
    return ("runt", feet[at].lines) if is_runt else None


def bad_end(place: Place, where: str, what: str, page: int, lines: int, names: Sequence[str]) -> Diagnostic:
    """Return the hint; `names` are those of the pages as they are printed, `page` counts from 0."""
    many = "a line" if lines == 1 else f"{lines} lines"
    if what == "level":
        # The first page of a book is a recto.
        verso = page - (page + 1) % 2
        return messages.UNLEVEL.at(
            place, verso=names[verso], recto=names[verso + 1], short=names[page], lines=many, where=where
        )
    kind = messages.HOLE if what == "hole" else messages.RUNT
    return kind.at(place, page=names[page], lines=many, where=where)


def _last(blocks: Blocks, page: Box) -> tuple[Place, str]:
    """Return where editors find what the page ends with, and words about it."""
    *_, last = (leaf for column in columns(page) for leaf in leaves(column))
    block = blocks.of(last.box.element)
    return (block.place, str(block)) if block else (NOWHERE, "in the text")
