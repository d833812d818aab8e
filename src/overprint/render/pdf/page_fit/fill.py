"""Fills pages that end short of their foot, so that facing pages end level: by a line more in a paragraph, or by white.

A page ends short when what comes next must not be torn: two lines of a paragraph, a heading and its text, a picture.
What stands on the page stays there. Where a paragraph can do with a line more and no space in it is too wide, it gets
it; else a line of white goes where a blank line is already, as above a heading. All stays on the grid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from math import floor, isclose
from operator import itemgetter
from typing import Any

from overprint.render.pdf.page_fit.area import Box, Context, Leaf, columns, is_paragraph, leaves
from overprint.render.pdf.total_fit import Composer

MOST = 4
"""Lines that are filled in at most: more is a hole, and spreading does not hide it."""

RUNT = 5
"""Fewer lines than this must not stand alone on a text's last page."""

CLOSING, WITH_CLOSING = "bio", 2
"""The class of what closes a text, and how many lines of the text should stand above it."""

GLADLY, AT_MOST = 0.5, 1.1
"""How far the spaces of a paragraph may be stretched on the whole to make a line more; 1 is all that they have."""

NEXT_TO_NOTES = 1
"""Lines that may be free between a page's text and its notes: these end at the foot in any case."""

WHITE = 0.75
"""The least white that counts as a blank line, in lines."""

MOST_WHITE = 3
"""Lines of white that are added to a page at most."""

HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup"})
"""What the white belongs above, and neither below nor in."""


@dataclass(frozen=True, slots=True)
class Foot:
    """How a page ends; all but `low` is measured in lines of the text.

    Attributes:
        goes_on: whether its text goes on, on the next page; else it ends where it ends.
        lines: how much stands on it, notes aside.
        room: how much could.
        free: how many lines are free at its foot although it goes on.
        lacks: how many lines more the last page of a text needs.
        notes: whether notes stand at its foot, and end it level whatever is free above them.
        low: whether it was made a line shorter than others.
    """

    goes_on: bool
    lines: int
    room: int
    free: int
    lacks: int
    notes: bool
    low: bool

    @property
    def level(self) -> int:
        """How many lines it ends above the foot of a full page."""
        return self.low + (0 if self.notes else self.free)


class Fill:
    """Stands in front of WeasyPrint's `make_page`.

    Attributes:
        low: whether the page that is made now is to be a line shorter.
    """

    def __init__(self, composer: Composer) -> None:
        """Begin; the composer sets paragraphs again."""
        self.composer = composer
        self.low = False
        self._line = 0.0

    def page_height(self, own: Callable[..., Any], page: Box, *rest: Any) -> None:
        """Compute a page's height, a line less if it is to be."""
        own(page, *rest)
        page.height -= self._line if self.low else 0

    def page(self, own: Callable[..., Any], context: Context, root: Box, kind: Any, *rest: Any) -> Any:
        """Return what WeasyPrint returns, with the page filled and its `foot` told."""
        from weasyprint.text.line_break import strut

        self._line = strut(root.style)[0]
        page, resume, following = own(context, root, kind, *rest)
        if not context.current_page_footnotes:
            # WeasyPrint keeps room for the rule above a note that moved on.
            context.page_bottom = page.content_box_y() + page.height
        page.height += self._line if self.low else 0
        # A page before a forced break ends where it ends.
        goes_on = resume is not None and following["break"] == "any" and following["page"] == kind.name
        page.foot = self._filled(context, page, goes_on=goes_on and not kind.blank)
        return page, resume, following

    def _filled(self, context: Context, page: Box, *, goes_on: bool) -> Foot:
        """Fill the columns of a page that goes on."""
        line, foot, notes = self._line, context.page_bottom, bool(context.current_page_footnotes)
        lines = free = 0
        for column in columns(page) if line else ():
            found = list(leaves(column))
            bottom = max((leaf.bottom for leaf in found), default=page.content_box_y())
            left = floor((foot - bottom) / line + 0.05) if goes_on else 0
            more = self._fill(context, found, left) if (NEXT_TO_NOTES if notes else 0) < left <= MOST else 0
            lines = max(lines, round((bottom - page.content_box_y()) / line) + more)
            left -= more
            free = max(free, left)
        room = round((foot - page.content_box_y()) / line) if line else 0
        lacks = 0 if goes_on or not lines else _lack(page, lines, room)
        return Foot(goes_on, lines, room, free, lacks, notes, self.low)

    def _fill(self, context: Context, found: list[Leaf], free: int) -> int:
        """Fill lines at a column's foot, as many as are free or can be; return how many."""
        foot, movable = context.page_bottom, [leaf for leaf in found if leaf.free]
        ways = chain(
            self._longer(context, movable, GLADLY),
            _whites(found, self._line, foot),
            self._longer(context, movable, AT_MOST),
        )
        return sum(1 for _ in islice(ways, free))

    def _longer(self, context: Context, found: list[Leaf], strain: float) -> Iterator[None]:
        """Give one paragraph after the other a line more, those first that take it most easily."""
        line, foot = self._line, context.page_bottom
        could = [
            (self.composer.strain(leaf.box, 1), leaf)
            for leaf in found
            if is_paragraph(leaf.box) and isclose(leaf.bottom - leaf.top, len(leaf.box.children) * line, abs_tol=1)
        ]
        for each, leaf in sorted(could, key=itemgetter(0)):
            if each <= strain and self.composer.set_again(context, leaf.box, 1):
                leaf.push(line, foot)
                yield


def _lack(page: Box, lines: int, room: int) -> int:
    """Return how many lines more a text's last page needs; on pages as small as cards, fewer."""
    first = next(leaf for column in columns(page) for leaf in leaves(column))
    elements = (box.element for box in (*first.around, first.box) if box.element is not None)
    closes = any(element.get("class") == CLOSING for element in elements)
    return max(min(RUNT, room // 4) - lines, WITH_CLOSING if closes else 0, 0)


def _whites(found: list[Leaf], line: float, foot: float) -> Iterator[None]:
    """Add one line of white after the other, first where there is most already."""
    whites = [
        (above.bottom - below.top, below)
        for above, below in pairwise(found)
        if below.free and not HEADS.intersection(box.element_tag for box in (*above.around, above.box))
    ]
    for white, leaf in islice(sorted(whites, key=itemgetter(0)), MOST_WHITE):
        if -white >= WHITE * line:
            leaf.outermost().push(line, foot, itself=True)
            yield
