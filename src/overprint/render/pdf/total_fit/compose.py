"""Puts total fit in front of WeasyPrint's own line breaking: it chooses the lines, WeasyPrint sets them.

WeasyPrint lays out a paragraph line by line, and asks for the next only when it knows that there is room on the page.
For a justified paragraph the lines are chosen before the first, and each call for a line gets the text of that line and
no more. The text stays as it is: nothing is put in to bind or to break. Pages, notes, floats and links stay
WeasyPrint's business. A paragraph that is not modelled is left to WeasyPrint, and so is all of another WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from math import inf
from typing import Any, NamedTuple

from overprint.render.pdf.total_fit.breaks import MOST_HYPHENS, Line, Measures, Wish
from overprint.render.pdf.total_fit.draw import Drawn, drawn_by, justified, with_soft_hyphen
from overprint.render.pdf.total_fit.measure import NotModelledError
from overprint.render.pdf.total_fit.paragraph import Paragraph
from overprint.render.pdf.total_fit.plan import Journal, Lines, Plan
from overprint.render.pdf.total_fit.settings import Settings

# WeasyPrint has no types; these say at least what is meant.
Box = Any
Context = Any
Element = Any
Own = Callable[..., Any]
"""The function of WeasyPrint that one of ours stands in front of."""

TRIED_WITH = "70.0"

ENDLESS = 1e6
"""A width at which WeasyPrint never breaks a line, in px."""

MOST_BESIDE = 200
"""Lines beside floats that are measured one by one."""


class Call(NamedTuple):
    """What WeasyPrint's `iter_line_boxes` is called with; lengths are in px.

    Attributes:
        box: the line box with all the text that is to be laid out.
        y: where the first line begins.
        bottom: what is to be left free at the page's foot.
        skip: where in the text the first line begins, None for its beginning.
        containing: the block around it.
        absolute, fixed: gather boxes that stand elsewhere.
        first_letter, first_line: their styles, if they have any of their own.
    """

    context: Context
    box: Box
    y: float
    bottom: float
    skip: Any
    containing: Box
    absolute: list[Box]
    fixed: list[Box]
    first_letter: Any
    first_line: Any


@dataclass(slots=True)
class _Current:
    """The line that is being laid out."""

    linebox: Box
    paragraph: Paragraph
    line: Line


class Composer:
    """What is alive between two calls of WeasyPrint.

    Attributes:
        settings: what is striven for.
        looseness: lines more or fewer for a paragraph, by its element.
        left: the justified paragraphs of some length that were left to WeasyPrint, by their elements, and why.
        plans: those that were composed, in the order in which they were first laid out, with their elements.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        """Begin with no document."""
        self.settings = settings or Settings()
        self._current: _Current | None = None
        self.begin()

    def begin(self, looseness: Mapping[Element, int] | None = None) -> None:
        """Forget the last document."""
        self.looseness = looseness or {}
        self.left: dict[Element, str] = {}
        self.plans: dict[Plan, Element] = {}
        self._journal: Journal = []

    def mark(self) -> int:
        """Return what `back` goes back to."""
        return len(self._journal)

    def back(self, mark: int) -> None:
        """Have all paragraphs as they were at a mark."""
        while len(self._journal) > mark:
            self._journal.pop()()

    # ------------------------------------------------------------------ lines

    def lines(self, own: Own, *arguments: Any) -> Iterator[Any]:
        """Yield what WeasyPrint's `iter_line_boxes` yields: each line, and where the next begins."""
        call = Call(*arguments)
        if _is_justified(call.box):
            try:
                plan, lines, measures = self._chosen(call)
            except NotModelledError as reason:
                if _has_lines(call):
                    self.left[call.box.element] = str(reason)
            else:
                self.left.pop(call.box.element, None)
                yield from self._set(call, plan, lines, measures)
                return
        theirs = own(*arguments)
        while True:
            with self._setting(None):
                line = next(theirs, None)
            if line is None:
                return
            yield line

    def _chosen(self, call: Call) -> tuple[Plan, Lines, Measures]:
        """Return the lines to come, and sets the indent of the first."""
        from weasyprint.layout import inline
        from weasyprint.layout.percent import resolve_percentages

        if call.first_letter or call.first_line:
            raise NotModelledError("its first letter or line has a style of its own")
        box = call.box
        resolve_percentages(box, call.containing)
        inline.resolve_one_percentage(box, "text_indent", call.containing.width)
        if call.skip is not None:
            box.text_indent = 0
        indent = box.text_indent
        plan = vars(box).get("total_fit_plan")
        if plan is None:
            settings = self.settings.of_measure(call.containing.width / box.style["font_size"])
            paragraph = Paragraph(box, call.containing, call.context, settings)
            plan = box.total_fit_plan = Plan(paragraph, settings, self.looseness.get(box.element, 0), self._journal)
            plan.linebox = box
            self.plans[plan] = box.element
        with self._float_put(plan.paragraph, call):
            measures = _measures(call, indent)
        box.text_indent = indent
        return plan, plan.of(plan.paragraph.index_of(call.skip), measures), measures

    # ------------------------------------------------------------------ lines once more

    def strain(self, block: Box, more: int) -> float:
        """Return how hard it would be to set a paragraph, or its end, again in so many lines more; inf: impossible.

        It has to stand on the page that was just laid out, and to end there.
        """
        plan: Plan | None = vars(block.children[0]).get("total_fit_plan")
        if not plan or plan.beside_float or any(map(_is_set_otherwise, block.children)):
            return inf
        last = block.children[-1]
        return inf if last.resume_at is not None else plan.strain(_chosen_of(block), more)

    def set_again(self, context: Context, block: Box, more: int) -> bool:
        """Set a paragraph of which `strain` is not infinite in so many lines more; return whether it can be.

        The block gets its new lines and height. What follows it has to be moved.
        """
        from weasyprint.layout import inline

        first, last = block.children[0], block.children[-1]
        plan = first.total_fit_plan
        lines = plan.other(_chosen_of(block), more)
        if not lines:
            return False
        if first.begins_at is None:
            inline.resolve_one_percentage(plan.linebox, "text_indent", block.width)
        call = Call(context, plan.linebox, first.position_y, -ENDLESS, first.begins_at, block, [], [], None, None)
        context.create_block_formatting_context()
        block.children = [line for line, _ in self._set(call, plan, lines, Measures(0))]
        context.finish_block_formatting_context()
        new = block.children[-1]
        block.height += new.position_y + new.height - last.position_y - last.height
        return True

    @contextmanager
    def _float_put(self, paragraph: Paragraph, call: Call) -> Iterator[None]:
        """Put what floats at the paragraph's beginning in its place, so that the lines beside it can be measured."""
        from weasyprint.layout import inline

        if call.skip is not None or not paragraph.begins_with_float:
            yield
            return
        context, shapes = call.context, call.context.excluded_shapes
        context.excluded_shapes = shapes.copy()
        try:
            with self._setting(None):
                inline.get_next_linebox(
                    context, call.box, call.y, call.bottom, None, call.containing, [], [], None, None
                )
            yield
        finally:
            context.excluded_shapes = shapes

    def _set(self, call: Call, plan: Plan, lines: Lines, measures: Measures) -> Iterator[Any]:
        """Yield the lines as WeasyPrint sets them."""
        from weasyprint.layout import inline
        from weasyprint.text.line_break import strut

        y, skip, at = call.y, call.skip, 0
        height, _ = strut(call.box.style)
        while at < len(lines):
            # Columns are tried with no room at all, not even of a page.
            room = (call.context.page_bottom - call.bottom - y) / height if height else 0
            if 0 < room < len(lines) - at:
                lines = self._whole_at_page_end(call, plan, lines, at, measures, int(room + 1e-6))
            begins_at = skip
            with self._setting(_Current(call.box, plan.paragraph, lines[at])):
                line, skip = inline.get_next_linebox(
                    call.context, call.box, y, call.bottom, skip, call.containing, call.absolute, call.fixed, None, None
                )
            if line is None:
                return
            at += 1
            y, skip = line.position_y + line.height, skip if at < len(lines) else None
            line.begins_at, line.resume_at = begins_at, skip
            yield line, skip
            call.box.text_indent = 0

    def _whole_at_page_end(self, call: Call, plan: Plan, lines: Lines, at: int, measures: Measures, room: int) -> Lines:
        """Return the lines, chosen anew from `at` on if the last for which the page has room would have a hyphen."""
        above = 0
        while above < min(at, MOST_HYPHENS) and lines[at - above - 1].place.hyphen:
            above += 1
        whole: set[int] = set()
        while True:
            last = min(room, len(lines) - at - call.box.style["widows"]) - 1
            if not 0 <= last < len(lines) - at or last in whole or not lines[at + last].place.hyphen:
                return lines
            whole.add(last)
            below = Measures(measures.rest, measures.first[at:])
            count = len(lines) - at if plan.looseness else None
            try:
                rest = plan.chosen(lines[at].start.at, below, Wish(count, frozenset(whole), above))
            except NotModelledError:
                return lines
            lines = (*lines[:at], *rest)
            plan.keep(lines)

    # ------------------------------------------------------------------ the line at hand

    @contextmanager
    def _setting(self, current: _Current | None) -> Iterator[None]:
        """Have a line, or none, at hand as long as the context lasts; lines of floats are set within others."""
        before, self._current = self._current, current
        try:
            yield
        finally:
            self._current = before

    def split_inline_box(self, own: Own, context: Context, box: Box, x: float, most: float, *rest: Any) -> Any:
        """Keep WeasyPrint from breaking the line at hand."""
        current = self._current
        if current is None or box is not current.linebox:
            return own(context, box, x, most, *rest)
        line, *more = own(context, box, x, ENDLESS, *rest)
        line.total_fit = current.line
        line.total_fit_expansion = current.paragraph.settings.expansion
        return line, *more

    def split_text_box(
        self, own: Own, context: Context, box: Box, width: float | None, skip: int, is_line_start: bool = True
    ) -> Any:
        """Give WeasyPrint what the line at hand has of a text box."""
        current = self._current
        piece = current.paragraph.of_box.get(id(box)) if current and width is not None else None
        if not current or not piece:
            return with_soft_hyphen(box, *own(context, box, width, skip, is_line_start))
        place = current.line.place
        # A line that has to end does so at the line feed in the next box, not at the end of this one.
        if not piece.start < place.end <= piece.stop or (place.forced and place.next.at > piece.stop):
            return own(context, box, None, skip, is_line_start)
        mark = box.style["hyphenate_character"] if place.added else ""
        text = piece.text[: place.end - piece.start] + mark
        new, _, _ = own(context, box.copy_with_text(text), None, skip, is_line_start)
        if mark and new:
            new.total_fit = Drawn(hyphen=True)
        following = None if place.forced else min(place.next.at, piece.stop) - piece.start
        return new, following and len(piece.text[:following].encode()), False

    def text_align(self, own: Own, context: Context, line: Box, available: float, last: bool) -> float:
        """Set a chosen line to its measure; return how far it is moved to the right, in px."""
        chosen: Line | None = vars(line).get("total_fit")
        if chosen is None:
            return float(own(context, line, available, last))
        if chosen.place.forced and chosen.ratio >= 0:
            return float(own(context, line, chosen.measure, True)) - chosen.left
        justified(line, chosen, line.total_fit_expansion)
        # What stands in the margin must not push the line away from a float.
        line.width = min(line.width, chosen.measure)
        return -chosen.left

    # ------------------------------------------------------------------ ends of pages

    def break_line(self, own: Own, context: Context, box: Box, line: Box, kept: list[Box], *rest: Any) -> Any:
        """Let a page end with a whole word where that was not foreseen: one line more goes to the next page."""
        abort, stop, resume = own(context, box, line, kept, *rest)
        if stop and _goes_on(kept):
            _removed(context, kept.pop(), *rest[-2:])
        return abort, stop, resume

    def find_earlier_page_break(
        self, own: Own, context: Context, children: list[Box], absolute: list[Box], fixed: list[Box]
    ) -> Any:
        """Do the same where the page ends earlier because something below may not be torn from the text."""
        found = own(context, children, absolute, fixed)
        if found and _goes_on(found[0]):
            *kept, line = found[0]
            _removed(context, line, absolute, fixed)
            return kept, {0: kept[-1].resume_at}
        return found


def _chosen_of(block: Box) -> Lines:
    return tuple(line.total_fit for line in block.children)


def _is_set_otherwise(line: Box) -> bool:
    """Tell whether a line was left to WeasyPrint, or something in it is placed by itself: a drop cap, a marker."""
    chosen = vars(line).get("total_fit")
    return not chosen or not all(child.is_in_normal_flow() for child in line.descendants(placeholders=True))


def _removed(context: Context, line: Box, absolute: list[Box], fixed: list[Box]) -> None:
    """Take back what a line brought to the page: its notes."""
    from weasyprint.layout.block import remove_placeholders

    remove_placeholders(context, [line], absolute, fixed)


def _goes_on(lines: list[Box]) -> bool:
    """Tell whether the last of some lines ends with a hyphen, and enough are left without it."""
    chosen: Line | None = vars(lines[-1]).get("total_fit") if lines else None
    return chosen is not None and chosen.place.hyphen and len(lines) > max(lines[0].style["orphans"], 1)


def _is_justified(box: Box) -> bool:
    style = box.style
    return style["text_align_all"] == "justify" and style["white_space"] == "normal" and bool(box.children)


def _has_lines(call: Call) -> bool:
    """Tell whether a line box has text for more than a line or so, at a third of an em for each character."""
    texts = [box.text.strip() for box in call.box.descendants() if hasattr(box, "text")]
    return bool(sum(map(len, texts)) * call.box.style["font_size"] / 3 > call.containing.width)


def _measures(call: Call, indent: float) -> Measures:
    """Return the measures of the lines to come, beside the floats that are there."""
    from weasyprint.layout.float import avoid_collisions
    from weasyprint.text.line_break import strut

    full, shapes, y = call.containing.width, call.context.excluded_shapes, call.y
    found: list[float] = []
    if shapes:
        bottom = max(shape.position_y + shape.margin_height() for shape in shapes)
        probe = call.box.copy()
        probe.width, probe.height = 0, strut(call.box.style)[0]
        while y < bottom and probe.height > 0 and len(found) < MOST_BESIDE:
            probe.position_y = y
            found.append(avoid_collisions(call.context, probe, call.containing, outer=False)[2])
            y += probe.height
        while found and found[-1] == full:
            found.pop()
    if indent:
        found = found or [full]
        found[0] -= indent
    return Measures(full, tuple(found))


def compose_paragraphs(weasyprint: Any) -> Composer | None:
    """Put a composer before a loaded WeasyPrint and return it; again, return the same; None for another version."""
    if weasyprint.__version__ != TRIED_WITH:
        return None
    composer: Composer = getattr(weasyprint, "composer", None) or _installed(weasyprint)
    return composer


def _installed(weasyprint: Any) -> Composer:
    from weasyprint.draw import text
    from weasyprint.layout import block, inline

    composer = weasyprint.composer = Composer()
    for module, name, ours in (
        (block, "iter_line_boxes", composer.lines),
        (block, "_break_line", composer.break_line),
        (block, "find_earlier_page_break", composer.find_earlier_page_break),
        (inline, "split_inline_box", composer.split_inline_box),
        (inline, "split_text_box", composer.split_text_box),
        (inline, "text_align", composer.text_align),
        (text, "draw_first_line", drawn_by),
    ):
        setattr(module, name, partial(ours, getattr(module, name)))
    return composer
