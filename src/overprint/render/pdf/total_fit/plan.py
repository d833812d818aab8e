"""The chosen lines of one paragraph, kept while its pages are laid out, which may be more than once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from overprint.render.pdf.total_fit.breaks import Line, Measures, Search, Wish
from overprint.render.pdf.total_fit.measure import NotModelledError
from overprint.render.pdf.total_fit.paragraph import Paragraph
from overprint.render.pdf.total_fit.settings import Pass, Settings

Lines = tuple[Line, ...]


class Plan:
    """What is known of a paragraph's lines.

    Attributes:
        paragraph: the measured text.
        looseness: lines more or fewer than would be best.
        lines: those chosen last for the whole of it, or for what was left of it.
    """

    def __init__(self, paragraph: Paragraph, settings: Settings, looseness: int = 0) -> None:
        self.paragraph, self.settings, self.looseness = paragraph, settings, looseness
        self.lines: Lines = ()
        self._known: dict[tuple[int, Measures, Wish], Lines] = {}
        self._last: dict[int, Lines] = {}

    def of(self, start: int, measures: Measures) -> Lines:
        """Return the lines from a character on, for an end of the page chosen before if it was in between.

        Raises:
            NotModelledError: there are none, as for a word that is longer than the line.
        """
        first = self.paragraph.behind_spaces(0)
        last = self._last.get(start, ()) if start > first else ()
        if last and all(line.measure == measures.of(at) for at, line in enumerate(last)):
            return last
        return self.chosen(start, measures, Wish(self.looseness if start == first else 0))

    def chosen(self, start: int, measures: Measures, wish: Wish) -> Lines:
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
        self.keep(lines)
        return lines

    def keep(self, lines: Sequence[Line]) -> None:
        """Remember these lines for the pages to come."""
        self.lines = tuple(lines)
        for at, line in enumerate(self.lines):
            self._last[line.start.at] = self.lines[at:]

    def _searched(self, start: int, measures: Measures, wish: Wish) -> Lines:
        for one in self.settings.passes:
            if lines := self._search(start, measures, one, wish).lines():
                return lines
        return ()

    def _search(self, start: int, measures: Measures, one: Pass, wish: Wish) -> Search:
        paragraph = self.paragraph
        places = paragraph.places(one.hyphenate)
        begin = paragraph.start(start)
        if start == paragraph.behind_spaces(0):
            # An indent, and a quotation mark that hangs, are the theme's.
            begin = replace(begin, out=0.0)
        else:
            places = places[bisect_right(places, start, key=lambda place: place.end) :]
        return Search(places, begin, measures, paragraph.em, self.settings, one, wish)
