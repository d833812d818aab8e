"""Makes pages again until facing pages end level and no text ends with a few lines on a page of its own.

Where filling does not help, there are three ways: both facing pages end a line early; a paragraph gives up a line, so
that what did not fit fits; a paragraph takes one, so that what comes after it falls otherwise. Each is tried on the few
pages that it concerns, and the best is kept. What is tried depends on these pages alone: a chapter laid out by itself
and the whole book give the same pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import Any

from overprint.render.pdf.page_fit.area import Box, Context, columns, is_paragraph, leaves
from overprint.render.pdf.page_fit.fill import AT_MOST, RUNT, Fill, Foot
from overprint.render.pdf.total_fit import Composer, Plan

TRIES = 4
"""Ways that are tried for two facing pages."""

TIGHTEN = 0.9
"""How far the spaces of a paragraph may shrink on the whole to save a line; 1 is all that they can."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to make pages again: which of them end a line early, and which paragraphs have more lines or fewer."""

    low: frozenset[int] = frozenset()
    loose: tuple[tuple[Plan, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A page, where the next begins, and what undoes it; a page of an earlier round cannot be undone."""

    page: Box
    resume: Any
    undo: Callable[[], None] | None = None
    loose: tuple[Plan, ...] = field(default=())

    @property
    def foot(self) -> Foot:
        """How the page ends."""
        foot: Foot = self.page.foot
        return foot

    @property
    def is_verso(self) -> bool:
        """Whether the page lies on the left."""
        return bool(self.page.page_type.side == "left")


class Spreads:
    """Stands in front of WeasyPrint's `make_all_pages`."""

    def __init__(self, fill: Fill, composer: Composer) -> None:
        """Begin; pages are made through `fill`."""
        self.fill, self.composer = fill, composer

    def pages(self, _: Callable[..., Any], context: Context, root: Box, html: Any, before: list[Box]) -> list[Box]:
        """Return all pages; those made `before`, in an earlier round, only where page numbers changed nothing."""
        return _Round(self.fill, self.composer, context, root, html, before).pages()


@dataclass(slots=True)
class _Round:
    """One round through the pages of a document."""

    fill: Fill
    composer: Composer
    context: Context
    root: Box
    html: Any
    before: list[Box]
    made: list[Made] = field(default_factory=list)

    def pages(self) -> list[Box]:
        """Return all pages."""
        context = self.context
        context.rendered_notes = []
        while True:
            index = len(self.made)
            if not self.before or self._is_wanted(index) or self._faces_wanted(index):
                self._make(index, Way())
                self._settle()
            else:
                self.made.append(Made(self.before[index], context.page_maker[index + 1][0]))
            last = self.made[-1]
            if last.resume is None and not (last.undo and context.reported_footnotes):
                # What an earlier round, or another way, had behind this page is obsolete.
                context.page_maker = context.page_maker[: len(self.made) + 1]
                context.broken_out_of_flow.clear()
                context.reported_footnotes.clear()
                return [each.page for each in self.made]

    def _is_wanted(self, index: int) -> bool:
        state = self.context.page_maker[index][-1]
        return bool(state["content_changed"] or state["pages_wanted"])

    def _faces_wanted(self, index: int) -> bool:
        """Tell whether a page of an earlier round faces one that has to be made again: they are made together."""
        verso, further = self.before[index], index + 1 < len(self.before)
        is_verso = verso.page_type.side == "left" and verso.foot.goes_on
        return bool(is_verso and further and self._is_wanted(index + 1))

    def _make(self, index: int, way: Way) -> None:
        """Make a page; in another way than it was made before it may end elsewhere."""
        from weasyprint.layout.page import remake_page

        context = self.context
        for plan in getattr(self.before[index], "loose", ()) if index < len(self.before) else ():
            plan.loosen(0)
        undo = self._undoing()
        state = context.page_maker[index][-1]
        state.update(content_changed=False, pages_wanted=False, anchors=[], content_lookups=[])
        self.fill.low = index in way.low
        page, resume = remake_page(index, context, self.root, self.html)
        self.fill.low = False
        self.made.append(Made(page, resume, undo))

    def _undoing(self) -> Callable[[], None]:
        """Return what puts the document back to where it is now."""
        context, composer = self.context, self.composer
        mark = composer.mark()
        lists = {name: list(getattr(context, name)) for name in ("footnotes", "reported_footnotes", "rendered_notes")}
        broken = dict(context.broken_out_of_flow)

        def undo() -> None:
            composer.back(mark)
            for name, value in lists.items():
                setattr(context, name, list(value))
            context.broken_out_of_flow = dict(broken)

        return undo

    # ------------------------------------------------------------------ ways

    def _settle(self) -> None:
        """Make the last pages again if they end badly and another way is better."""
        first = self._first_concerned()
        made = self.made[first:]
        fault = _fault(made)
        if not fault or not all(each.undo for each in made) or _has_first_letters(self.context):
            return
        best = at_hand = Way(frozenset(first + at for at, each in enumerate(made) if each.foot.low))
        for way in islice(_ways(made, first), TRIES):
            at_hand = way
            self._again(made, first, way)
            less = _fault(self.made[first:])
            if less < fault:
                best, fault = way, less
            if not fault:
                return
        if at_hand is not best:
            self._again(made, first, best)

    def _first_concerned(self) -> int:
        """Return the first page that can be made again for the sake of the last one."""
        last = len(self.made) - 1
        if self._is_runt():
            last -= 1
        return last - 1 if last and not self.made[last].is_verso and self._goes_on_to(last) else last

    def _is_runt(self) -> bool:
        last = len(self.made) - 1
        return last > 0 and self.made[last].foot.lacks > 0 and self._goes_on_to(last)

    def _goes_on_to(self, index: int) -> bool:
        return self.made[index - 1].foot.goes_on

    def _again(self, before: Sequence[Made], first: int, way: Way) -> None:
        """Make the pages from `first` on, which were made `before`, again.

        A text that was at its end comes to its end, be it on a page more.
        """
        end, ended = first + len(before), not before[-1].foot.goes_on
        if undo := before[0].undo:
            undo()
        del self.made[first:]
        for plan, more in way.loose:
            plan.loosen(more)
        while len(self.made) < end or self._is_open() or (ended and len(self.made) == end):
            self._make(len(self.made), way)
            if not self.made[-1].foot.goes_on:
                break
        for each in self.made[first:]:
            each.page.loose = tuple(plan for plan, _ in way.loose)

    def _is_open(self) -> bool:
        """Tell whether the last page is a verso whose recto is wanted to compare it with."""
        return self.made[-1].is_verso and self.made[-1].foot.goes_on


def _has_first_letters(context: Context) -> bool:
    """Tell whether a sheet sets first letters otherwise: WeasyPrint takes them off, and takes the next another time."""
    return any(pseudo == "first-letter" for _, pseudo in context.style_for.get_computed_styles())


def _fault(made: Sequence[Made]) -> int:
    """Return how badly some pages end: lines by which facing pages differ, lines left free, lines a runt lacks."""
    fault = 0
    for at, each in enumerate(made):
        foot = each.foot
        # White above notes is seen less.
        fault += max(foot.low + foot.free - (2 if foot.notes else 1), 0)
        if each.is_verso and foot.goes_on and at + 1 < len(made) and made[at + 1].foot.goes_on:
            fault += abs(foot.level - made[at + 1].foot.level)
        if at and made[at - 1].foot.goes_on:
            fault += foot.lacks
    return fault


def _ways(made: Sequence[Made], first: int) -> Iterator[Way]:
    """Yield ways to make some pages better, the gentlest first."""
    is_runt = len(made) > 1 and made[-1].foot.lacks
    return _against_runt(made, first) if is_runt else _to_level(made, first)


def _against_runt(made: Sequence[Made], first: int) -> Iterator[Way]:
    """Yield ways to bring more lines to the last page, or to do without it."""
    *others, last = made
    low = frozenset(range(first, first + len(others)))
    lines, lack = last.foot.lines, last.foot.lacks
    looser, tighter = _paragraphs(others, 1, AT_MOST), _paragraphs(others, -1, TIGHTEN)
    yield Way(low)
    if len(looser) >= lack:
        yield Way(loose=tuple((plan, 1) for plan in looser[:lack]))
    if lines < RUNT and len(tighter) >= lines:
        yield Way(loose=tuple((plan, -1) for plan in tighter[:lines]))
    if 0 < lack - len(low) <= len(looser):
        yield Way(low, tuple((plan, 1) for plan in looser[: lack - len(low)]))


def _to_level(made: Sequence[Made], first: int) -> Iterator[Way]:
    """Yield ways to make facing pages end on the same line."""
    both = frozenset(first + at for at, each in enumerate(made) if each.foot.goes_on)
    if len(made) > 1 and made[0].foot.level == 1:
        yield Way(both - {first})
    if len(made) > 1 and made[1].foot.level == 1:
        yield Way(both)
    for plan in _paragraphs(made, -1, TIGHTEN)[:2]:
        yield Way(loose=((plan, -1),))
    for plan in _paragraphs(made[:1], 1, AT_MOST)[:2]:
        yield Way(loose=((plan, 1),))
    if len(made) > 1 and made[1].foot.level != 1:
        yield Way(both)


def _paragraphs(made: Sequence[Made], more: int, most: float) -> list[Plan]:
    """Return the paragraphs that begin on some pages and can have a line more, or fewer; the easiest first."""
    found = {}
    for each in made:
        for column in columns(each.page):
            for leaf in leaves(column):
                line = vars(leaf.box.children[0]) if is_paragraph(leaf.box) else {}
                plan = line.get("total_fit_plan")
                # One whose layout was taken back has no lines to change.
                if plan and plan.lines and "total_fit" in line and line["begins_at"] is None and not plan.beside_float:
                    found[plan] = plan.strain(plan.lines, more)
    return [plan for plan, strain in sorted(found.items(), key=itemgetter(1)) if strain <= most]
