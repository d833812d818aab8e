"""Lines of about the same length for titles and standfirsts, whose breaks print would else choose greedily.

The layout engine fills each line as far as it goes, which leaves a last line of one word. Here the breaks are chosen
from the widths of the words in the theme's own face. Print only: a screen's width is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from overprint.compose.gauge import gauge
from overprint.compose.openings import LEANING
from overprint.model import Measure

FULL = 0.98
"""Lines are filled to this part of their width: the engine must never break one again."""
SMALL = 0.83
"""How wide small capitals are against capitals, in the typefaces that have some."""
LONGEST = 60
"""Words; what is longer is running text, and is left alone."""

_SPACE = re.compile("[ \n]")

Spot = tuple[etree._Element, bool, int]
"""A space: the element whose text it stands in, whether that is its tail, and where."""


def balance(part: etree._Element, even: Mapping[str, Measure]) -> None:
    """Put breaks into what a theme wants even, by class, by its section's where it has none, or by name as in `h2`."""
    if not even:
        return
    for element, measure in measured(part, even):
        _balance(_words(element), measure)


def measured(part: etree._Element, even: Mapping[str, Measure]) -> Iterator[tuple[etree._Element, Measure]]:
    """Yield what a theme measures, and how."""
    for element in list(part.iter("h1", "h2", "h3", "p", "figcaption")):
        named = element if element.get("class") else next(element.iterancestors("section"), element)
        names = [*(named.get("class") or "").split(), str(element.tag)]
        measure = next((even[name] for name in names if name in even), None)
        if measure:
            yield element, measure


def count(element: etree._Element, measure: Measure) -> int:
    """Return how many lines an element fills, once it is balanced."""
    broken = sum(1 for _ in element.iter("br"))
    if broken:
        return broken + 1
    words = _SPACE.split("".join(str(part) for part in _words(element).itertext()))
    return greedy([width(word, measure) for word in words], width(" ", measure), measure.width)


def _words(element: etree._Element) -> etree._Element:
    """Return what holds the words: a numbered heading has its number in a line of its own."""
    return next((each for each in element if each.get("class") == "words"), element)


def _balance(element: etree._Element, measure: Measure) -> None:
    places = list(_spaces(element))
    words = _SPACE.split("".join(str(part) for part in element.itertext()))
    if next(element.iter("br"), None) is not None or not 2 < len(words) <= LONGEST:
        return
    inside = [False, *((owner.getparent() if tail else owner) is not element for owner, tail, _ in places)]
    widths = [width(word, measure) for word in words]
    chosen = breaks(widths, words, width(" ", measure), measure.width * FULL, inside)
    for number in sorted(chosen, reverse=True):
        break_at(*places[number - 1])


def breaks(
    widths: Sequence[float], words: Sequence[str], space: float, line: float, inside: Sequence[bool] = ()
) -> tuple[int, ...]:
    """Return the words that begin a line after the first: as few lines as can be, as even as they can be.

    `inside` tells of each word whether it and the one before stand in the same emphasis, such as the title of a work.

    >>> breaks([4, 6, 2, 9], ["Each", "prints", "on", "something"], 1, 20)
    (2,)
    """
    fewest = greedy(widths, space, line)
    if fewest == 1:
        return ()
    ideal = (sum(widths) + space * (len(widths) - 1)) / fewest
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for end in range(1, len(words) + 1):
        for start in range(end - 1, -1, -1):
            filled = sum(widths[start:end]) + space * (end - start - 1)
            if filled > line and end - start > 1:
                break
            cost = ((filled - ideal) / line) ** 2 + _fault(words[start:end], last=end == len(words))
            cost += 0.15 if inside and inside[start] else 0.0
            for count in range(1, fewest + 1):
                before = best.get((start, count - 1))
                if before and before[0] + cost < best.get((end, count), (float("inf"),))[0]:
                    best[end, count] = (before[0] + cost, (*before[1], start) if start else ())
    return best.get((len(words), fewest), (0.0, ()))[1]


def _fault(line: Sequence[str], *, last: bool) -> float:
    """Return what is wrong with a line, beside its length."""
    if last:
        return 1.0 if len(line) == 1 else 0.0
    end = line[-1]
    if end.endswith((":", ";", ",", ".", "?", "!", "–", "—")):
        return -0.03
    return 0.04 if end.lower() in LEANING else 0.0


def greedy(widths: Sequence[float], space: float, line: float) -> int:
    """Return how many lines words fill, each line as full as it can be."""
    count, filled = 1, widths[0]
    for width in widths[1:]:
        if filled + space + width > line:
            count, filled = count + 1, width
        else:
            filled += space + width
    return count


def width(words: str, measure: Measure) -> float:
    """Return how wide words are, in points."""
    shown = words.upper() if measure.caps else words
    letters = gauge(measure.face).width(shown) * measure.size * (SMALL if measure.caps else 1)
    return letters + measure.tracking * measure.size * len(words)


def _spaces(element: etree._Element) -> Iterator[Spot]:
    """Yield the spaces of an element's text, in order; no-break spaces are none."""
    yield from ((element, False, each.start()) for each in _SPACE.finditer(element.text or ""))
    for child in element:
        yield from _spaces(child)
        yield from ((child, True, each.start()) for each in _SPACE.finditer(child.tail or ""))


def break_at(owner: etree._Element, tail: bool, at: int) -> None:
    """Break behind a letter or a space, which stays: without it bookmarks and running heads would glue the words."""
    new = etree.Element("br")
    if tail:
        words = owner.tail or ""
        owner.tail, new.tail = words[: at + 1], words[at + 1 :]
        parent = owner.getparent()
        if parent is not None:
            parent.insert(parent.index(owner) + 1, new)
    else:
        words = owner.text or ""
        owner.text, new.tail = words[: at + 1], words[at + 1 :]
        owner.insert(0, new)
