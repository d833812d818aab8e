"""The chosen lines of one paragraph, kept while its pages are laid out, which may be more than once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from math import inf
from typing import Any

from overprint.render.pdf.total_fit.breaks import NO_WISH, Line, Measures, Search, Wish
from overprint.render.pdf.total_fit.measure import NotModelledError
from overprint.render.pdf.total_fit.paragraph import Paragraph
from overprint.render.pdf.total_fit.settings import Pass, Settings

Lines = tuple[Line, ...]
Journal = list[Callable[[], None]]
"""What undoes each change, in the order in which they were made."""


class Plan:
    """What is known of a paragraph's lines.

    Attributes:
        paragraph: the measured text.
        looseness: lines more or fewer than would be best.
        first: its first character that is not a space.
        lines: those chosen last.
        linebox: the paragraph as WeasyPrint has it before it is laid out.
    """

    def __init__(
        self, paragraph: Paragraph, settings: Settings, looseness: int = 0, journal: Journal | None = None
    ) -> None:
        self.paragraph, self.settings, self.looseness = paragraph, settings, looseness
        self.linebox: Any = None
        self._journal = [] if journal is None else journal
        self.first = paragraph.behind_spaces(0)
        self.lines: Lines = ()
        self._measures = Measures(0)
        self._known: dict[tuple[int, Measures, Wish, int], Lines] = {}
        self._last: dict[int, tuple[Lines, int]] = {}

    @property
    def beside_float(self) -> bool:
        """Whether more than the first line, which may have an indent, has a measure of its own."""
        return len(self._measures.first) > 1

    def of(self, start: int, measures: Measures) -> Lines:
        """Return the lines from a character on, those that it had when the page before was laid out if there are any.

        Raises:
            NotModelledError: there are none, as for a word that is longer than the line.
        """
        lines, at = self._last.get(start, ((), 0)) if start > self.first else ((), 0)
        last = lines[at:]
        if last and all(line.measure == measures.of(number) for number, line in enumerate(last)):
            return last
        return self.chosen(start, measures)

    def chosen(self, start: int, measures: Measures, wish: Wish = NO_WISH) -> Lines:
        """Return the best lines from a character on.

        Raises:
            NotModelledError: there are none.
        """
        key = (start, measures, wish, self.looseness)
        if key not in self._known:
            self._known[key] = self._searched(start, measures, wish)
        lines = self._known[key]
        if not lines:
            raise NotModelledError("a word in it is longer than the line")
        if start == self.first:
            self._measures = measures
        self.keep(lines)
        return lines

    def keep(self, lines: Lines) -> None:
        """Remember these lines, to the paragraph's end, for the pages to come."""
        self._note()
        self._last = self._last.copy()
        self.lines = (*(line for line in self.lines if line.start.at < lines[0].start.at), *lines)
        for at, line in enumerate(lines):
            self._last[line.start.at] = lines, at

    def loosen(self, looseness: int) -> None:
        """Have so many lines more, or fewer, than would be best from now on."""
        self._note()
        self.looseness = looseness

    def _note(self) -> None:
        """Write down how all is before a change."""
        before = self.looseness, self.lines, self._last

        def undo() -> None:
            self.looseness, self.lines, self._last = before

        self._journal.append(undo)

    def could_take(self) -> frozenset[int]:
        """Return which numbers of lines would do too, of those that are at most one more or one less than now.

        It is found when it is asked for, since it takes as long as choosing the lines did.
        """
        now, found = len(self.lines), set[int]()
        for one in self.settings.passes:
            if now in found and one.tolerance > self.settings.worst_wished:
                break
            found |= self._search(self.first, self._measures, one, NO_WISH).could_take()
        return frozenset(found & {now - 1, now, now + 1})

    def other(self, lines: Lines, more: int) -> Lines:
        """Return the best lines in place of its last ones that are so many more; none if they would be too uneven."""
        start, count = lines[0].start.at, len(lines) + more
        key = (start, self._measures_from(start), Wish(count), 0)
        if key not in self._known:
            self._known[key] = self._searched(*key[:3])
        made = self._known[key]
        return made if len(made) == count else ()

    def strain(self, lines: Lines, more: int) -> float:
        """Return how far all glue would give, on the whole, for `other` lines: 1 is all it has, below 0 is idle.

        It costs next to nothing, and says beforehand where a search is in vain.
        """
        begin, end = lines[0].start, lines[-1].place
        width, count, measures = end.width - begin.width, len(lines) + more, self._measures_from(begin.at)
        if count < 1 or "\n" in self.paragraph.text:
            return inf  # lines that have to end somewhere inside are not stretched
        full = sum(map(measures.of, range(count - 1)))
        if more > 0:
            lack, glue = full + self.settings.shortest_last * self.paragraph.em - width, end.stretch - begin.stretch
        else:
            lack, glue = width - full - measures.of(count - 1), end.shrink - begin.shrink
        return lack / glue if glue > 0 else inf

    def _measures_from(self, start: int) -> Measures:
        return self._measures if start == self.first else Measures(self._measures.rest)

    def _searched(self, start: int, measures: Measures, wish: Wish) -> Lines:
        """Search pass by pass; for a number of lines go on while the lines are good enough."""
        lines: Lines = ()
        for one in self.settings.passes:
            if lines and one.tolerance > self.settings.worst_wished:
                break
            lines = self._search(start, measures, one, wish).lines() or lines
            if lines and wish.count is None and self.looseness and start == self.first:
                wish = replace(wish, count=len(lines) + self.looseness)
                lines = self._search(start, measures, one, wish).lines()
            if lines and wish.count in (None, len(lines)):
                break
        return lines

    def _search(self, start: int, measures: Measures, one: Pass, wish: Wish) -> Search:
        paragraph = self.paragraph
        places = paragraph.places(one.hyphenate)
        begin = paragraph.start(start)
        if start == self.first:
            # An indent, and a quotation mark that hangs, are the theme's.
            begin = begin._replace(out=0.0)
        else:
            places = places[bisect_right(places, start, key=lambda place: place.end) :]
        return Search(places, begin, measures, paragraph.em, self.settings, one, wish)
