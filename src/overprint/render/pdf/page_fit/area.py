"""What stands on a page that is laid out: its columns, and in them the paragraphs, pictures and tables in their order.

Written for WeasyPrint 70.0, whose boxes have no types; lengths are in px.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Box = Any
Context = Any


@dataclass(frozen=True, slots=True)
class Leaf:
    """A box that is not divided further: a paragraph, a picture, a table.

    Attributes:
        box: the box.
        around: the boxes around it, the outermost first.
        free: whether it may be moved down, and what is around it may grow.
    """

    box: Box
    around: tuple[Box, ...]
    free: bool

    @property
    def top(self) -> float:
        """Where its text begins, or its border."""
        return float(self.box.children[0].position_y if is_paragraph(self.box) else self.box.border_box_y())

    @property
    def bottom(self) -> float:
        """Where its text ends, or its border."""
        if is_paragraph(self.box):
            line = self.box.children[-1]
            return float(line.position_y + line.height)
        return float(self.box.border_box_y() + self.box.border_height())

    def push(self, lower: float, foot: float, *, itself: bool = False) -> None:
        """Move down all that follows it in its column, and itself if asked; what is around it grows with it.

        Boxes that go on, on the next page, reach down to the foot already and stay.
        """
        for outer, inner in zip(self.around, (*self.around[1:], self.box), strict=True):
            room = foot - outer.border_box_y() - outer.border_height()
            outer.height += max(min(lower, room), 0)
            below = False
            for child in outer.children:
                if below or (itself and child is self.box):
                    child.translate(dy=lower)
                below = below or child is inner

    def outermost(self) -> Leaf:
        """Return the largest box that begins with this one, as a leaf: white above it belongs above that."""
        box, around = self.box, self.around
        while len(around) > 1 and next(_in_flow(around[-1])) is box:
            *outer, box = around
            around = tuple(outer)
        return Leaf(box, around, self.free)


def is_paragraph(box: Box) -> bool:
    """Tell whether a box holds lines and nothing else."""
    from weasyprint.formatting_structure import boxes

    children = getattr(box, "children", ())
    return bool(children) and all(isinstance(child, boxes.LineBox) for child in children)


def columns(page: Box) -> tuple[Box, ...]:
    """Return the boxes whose text ends at a page's foot: its columns, or all of it where it has one."""
    root = page.children[0]
    last = root
    while last is not None and not is_paragraph(last):
        beside = tuple(child for child in _in_flow(last) if getattr(child, "is_column", False))
        if beside:
            return beside
        last = max(_in_flow(last), key=lambda child: child.position_y, default=None)
    return (root,)


def leaves(box: Box, around: tuple[Box, ...] = (), *, free: bool = True) -> Iterator[Leaf]:
    """Yield the leaves in a box in their order."""
    from weasyprint.formatting_structure import boxes

    inside = () if is_paragraph(box) or box.is_table_wrapper else tuple(_in_flow(box))
    if not inside or not isinstance(box, boxes.BlockBox):
        yield Leaf(box, around, free)
        return
    # A box with a height of its own is filled as it is.
    free = free and (not around or box.style["height"] == "auto")
    for child in inside:
        yield from leaves(child, (*around, box), free=free)


def _in_flow(box: Box) -> Iterator[Box]:
    return (child for child in getattr(box, "children", ()) if child.is_in_normal_flow())
