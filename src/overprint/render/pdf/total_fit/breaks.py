"""The best lines of a paragraph (Knuth and Plass, *Breaking Paragraphs into Lines*, 1981), over plain numbers.

A paragraph is a list of places where a line may end. Each place knows how much box, glue and hyphen lies before it,
and where the next line begins. All ways through the places are weighed at once: a way is kept only if it is the best of
those that end in the same place, with a last line as tight and as many hyphens above each other (and with the same
number of lines, where that matters).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from overprint.render.pdf.total_fit.settings import Pass, Settings

HOPELESS = 1e6
"""The badness of a line that has nothing to stretch."""

MOST_HYPHENS = 2
"""Lines in a row that may end with a hyphen."""


class Start(NamedTuple):
    """Where a line begins; lengths are in px and count from the paragraph's start.

    Attributes:
        at: the line's first character.
        width, stretch, shrink: what lies before it.
        out: how far it may stand in the left margin.
        word: the word that begins there, empty for a part of one.
    """

    at: int
    width: float = 0
    stretch: float = 0
    shrink: float = 0
    out: float = 0
    word: str = ""


class Place(NamedTuple):
    """Where a line may end; lengths are in px and count from the paragraph's start.

    Attributes:
        end: the character before which the line ends, spaces left out.
        width, stretch, shrink: what lies before it, a hyphen that is set there included.
        next: where the line after it begins.
        out: how far the line's end may stand in the right margin.
        penalty: what it costs to break here.
        hyphen: whether a hyphen stands at the line's end.
        added: whether it is set only if the line ends here.
        forced: whether the line has to end here, and is not stretched.
        word: the word that ends there, empty for a part of one.
    """

    end: int
    width: float
    stretch: float
    shrink: float
    next: Start
    out: float = 0
    penalty: float = 0
    hyphen: bool = False
    added: bool = False
    forced: bool = False
    word: str = ""


class Line(NamedTuple):
    """A chosen line: where it begins, where it ends, its measure in px, and how far its glue is stretched.

    `ratio` is 0 for a line as the typeface has it, 1 with all its stretch, -1 with all its shrink. It is more than 1
    where there was no better way. `left` and `right` are how far it stands in the margins.
    """

    start: Start
    place: Place
    measure: float
    ratio: float
    left: float = 0

    @property
    def right(self) -> float:
        """How far the line's end stands in the margin, in px."""
        return self.place.out


@dataclass(frozen=True, slots=True)
class Measures:
    """How long lines are, in px: the first few (an indent, a drop cap), then all others."""

    rest: float
    first: tuple[float, ...] = ()

    def of(self, line: int) -> float:
        """Return the measure of a line, counted from 0."""
        return self.first[line] if line < len(self.first) else self.rest


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of the lines besides beauty.

    Attributes:
        count: how many lines there should be; there are as near to it as can be.
        whole: lines, counted from 0, at the end of which no hyphen may stand: the page ends there.
        hyphens: lines with a hyphen at the end that stand right above.
    """

    count: int | None = None
    whole: frozenset[int] = frozenset()
    hyphens: int = 0


NO_WISH = Wish()


@dataclass(eq=False, slots=True)
class Node:
    """The best way to a place: how many lines it takes, how tight the last one is, what all cost together."""

    start: Start
    line: int
    fitness: int
    demerits: float
    hyphens: int = 0
    before: Node | None = None
    place: Place | None = None
    ratio: float = 0


class Search:
    """A search for the best lines from a start to the last place, which is forced."""

    def __init__(
        self,
        places: Sequence[Place],
        start: Start,
        measures: Measures,
        em: float,
        settings: Settings,
        one: Pass,
        wish: Wish = NO_WISH,
    ) -> None:
        """Search in one pass; `em` is the size of the text in px."""
        self.places, self.start, self.measures = places, start, measures
        self.settings, self.one, self.wish = settings, one, wish
        self.shortest = settings.shortest_last * em
        self.loosest = (one.tolerance / 100) ** (1 / 3)
        # Lines with the same future are one, unless it matters how many there were.
        self.alike = len(places) + 1 if wish.count is not None or wish.whole else len(measures.first)
        # A line from a node to a place is tight enough only where this passes the node's need.
        self.reach = list(accumulate((each.width + self.loosest * each.stretch - each.out for each in places), max))

    def lines(self) -> tuple[Line, ...]:
        """Return the best lines, none if this pass finds none."""
        ends = self.ends()
        if not ends:
            return ()
        node = min(ends, key=lambda each: each.demerits)
        wanted = self.wish.count
        if wanted is not None:
            node = min(ends, key=lambda each: (abs(each.line - wanted), each.demerits))
        lines = []
        while node.before and node.place:
            before = node.before
            left = 0.0 if before.line < len(self.measures.first) else before.start.out
            lines.append(Line(before.start, node.place, self.measures.of(before.line), node.ratio, left))
            node = before
        return tuple(reversed(lines))

    def could_take(self) -> frozenset[int]:
        """Return with how many lines the paragraph could do."""
        self.alike = len(self.places) + 1
        return frozenset(node.line for node in self.ends())

    def ends(self) -> Collection[Node]:
        """Return the best ways to the end: one for each last line's tightness, and number of lines if that matters."""
        places = self.places
        ripe: list[list[Node]] = [[] for _ in places]
        forced = [index for index, place in enumerate(places) if place.forced]
        self._plant(Node(self.start, 0, 1, 0, self.wish.hyphens), 0, ripe, forced)
        active: list[Node] = []
        made: Collection[Node] = ()
        for index, place in enumerate(places):
            active += ripe[index]
            if not active:
                continue
            active, made = self._extended(active, place, index == len(places) - 1)
            if place.forced:
                active = []
                if not made:
                    return ()
            for node in made if index < len(places) - 1 else ():
                self._plant(node, index + 1, ripe, forced)
        return made

    def _plant(self, node: Node, first: int, ripe: list[list[Node]], forced: list[int]) -> None:
        """Have a node tried from the first place on at which its line is not too loose, or has to end."""
        start, measure = node.start, self.measures.of(node.line)
        out = 0.0 if node.line < len(self.measures.first) else start.out
        need = measure + out + start.width + self.loosest * (start.stretch - self.one.emergency * measure)
        index = bisect_left(self.reach, need - 1e-6, first)
        ripe[min(index, forced[bisect_left(forced, first)])].append(node)

    def _extended(self, active: list[Node], place: Place, last: bool) -> tuple[list[Node], Collection[Node]]:
        """Return the nodes whose lines may be longer still, and the best new ones at this place."""
        tolerance, emergency, alike, base = self.one.tolerance, self.one.emergency, self.alike, self.settings.line
        first, rest, listed = self.measures.first, self.measures.rest, len(self.measures.first)
        width, stretch, shrink = place.width - place.out, place.stretch, place.shrink
        hyphen, forced, following = place.hyphen, place.forced, place.next
        penalty = place.penalty**2
        best: dict[tuple[int, int, int], Node] = {}
        alive = []
        for node in active:
            start, line = node.start, node.line
            measure = first[line] if line < listed else rest + start.out
            slack = measure - width + start.width
            if slack < 0:
                give = shrink - start.shrink
                if slack < -give:
                    continue  # too full, and every later place makes it fuller
                ratio = slack / give
                badness = -100 * ratio * ratio * ratio
            elif forced:
                ratio = badness = 0.0
                if last and line and measure - slack < self.shortest and tolerance < HOPELESS:
                    continue
            else:
                grow = stretch - start.stretch + emergency * measure
                ratio = slack / grow if grow > 0 else HOPELESS
                badness = 100 * ratio * ratio * ratio
            alive.append(node)
            if badness > tolerance:
                continue
            fitness = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
            if hyphen and (node.hyphens == MOST_HYPHENS or line in self.wish.whole):
                continue
            demerits = node.demerits + (base + badness) ** 2 + penalty
            demerits += self._beside(node, place, fitness, last)
            hyphens = node.hyphens + 1 if hyphen else 0
            key = (min(line + 1, alike), fitness, hyphens)
            known = best.get(key)
            if known is None or demerits < known.demerits:
                best[key] = Node(following, line + 1, fitness, demerits, hyphens, node, place, ratio)
        return alive, best.values()

    def _beside(self, node: Node, place: Place, fitness: int, last: bool) -> float:
        """Return what a line costs below the one before it, which ends where it begins."""
        settings = self.settings
        demerits = 0.0
        if node.hyphens and place.hyphen:
            demerits += settings.two_hyphens
        if node.hyphens and last:
            demerits += settings.hyphen_before_last
        if not -2 < fitness - node.fitness < 2:
            demerits += settings.unlike
        if place.next.word and place.next.word == node.start.word:
            demerits += settings.same_word
        if place.word and node.place and place.word == node.place.word:
            demerits += settings.same_word
        return demerits
