"""The chosen lines of one paragraph, kept while its pages are laid out, which may be more than once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from overprint.render.pdf.total_fit.breaks import NO_WISH, Line, Measures, Search, Wish
from overprint.render.pdf.total_fit.measure import NotModelledError
from overprint.render.pdf.total_fit.paragraph import Paragraph
from overprint.render.pdf.total_fit.settings import Pass, Settings

Lines = tuple[Line, ...]


class Plan:
    """What is known of a paragraph's lines.

    Attributes:
        paragraph: the measured text.
        looseness: lines more or fewer than would be best.
        first: its first character that is not a space.
        lines: those chosen last.
    """

    def __init__(self, paragraph: Paragraph, settings: Settings, looseness: int = 0) -> None:
        self.paragraph, self.settings, self.looseness = paragraph, settings, looseness
        self.first = paragraph.behind_spaces(0)
        self.lines: Lines = ()
        self._measures = Measures(0)
        self._known: dict[tuple[int, Measures, Wish], Lines] = {}
        self._last: dict[int, tuple[Lines, int]] = {}

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
        key = (start, measures, wish)
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
        self.lines = (*(line for line in self.lines if line.start.at < lines[0].start.at), *lines)
        for at, line in enumerate(lines):
            self._last[line.start.at] = lines, at

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
