"""The words of a cover as large as there is room for: by their measured width, in even lines, never hyphenated.

The widths are those of the theme's own face without its kerning, which widens a line in rare pairs only, such as that
in `surfboard`, and by less than is spared for it. The size is chosen for all elements of a class together: two authors
stand in letters of one size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from lxml import etree

from overprint.compose.balance import SMALL, Spot, break_at, breaks, greedy
from overprint.compose.gauge import gauge
from overprint.compose.openings import LEANING
from overprint.model import Fit

FULL = 0.97
"""To which part of their width lines are filled."""
STEP = 0.5
"""Points between two sizes that are tried."""
SMALLEST = 9.0
"""Points; smaller letters on a cover of 400 points nobody can read."""
WORTH = 1.6
"""How many times larger words must become for a line to end inside a compound."""
NEAR = 0.92
"""To which part of its size a title is made smaller for a better break."""
WHOLE, AMONG = 0.8, 0.5
"""To which part of its size a name is made smaller so that it stands in one line, alone and among others."""

_EAST = "\u2e80-\u2fdf\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
_CLOSING = "、。，．・：；？！）」』】〉》〕］｝ーっゃゅょッャュョぁぃぅぇぉァィゥェォ々"
_ENDS = rf"[ \n]|[{_EAST}{_CLOSING}](?=[{_EAST}])(?![{_CLOSING}])"
"""After these a line may end: a space, and any sign of a script that has none."""
_PLAIN, _COMPOUND = re.compile(_ENDS), re.compile(rf"{_ENDS}|(?<=\w)[-–—/](?=\w)")


@dataclass(frozen=True, slots=True)
class _Text:
    """A text in the pieces that no line may part; widths are in em."""

    places: tuple[Spot, ...]
    words: tuple[str, ...]
    widths: tuple[float, ...]
    space: float


@dataclass(frozen=True, slots=True)
class Typeface:
    """How a cover's letters are measured: the face, and what stands in for the signs that it lacks."""

    fit: Fit
    others: tuple[Path, ...] = ()

    def width(self, words: str) -> float:
        """Return how wide words are, in em."""
        return sum(map(self._letter, words)) + self.fit.tracking * len(words)

    def _letter(self, letter: str) -> float:
        small = self.fit.caps and letter.islower() and len(letter.upper()) == 1
        shown = letter.upper() if small else letter
        for path in (self.fit.face, *self.others):
            advances = gauge(path).advances
            if shown in advances:
                return advances[shown] * (SMALL if small else 1)
        return 1.0


def fill(elements: Sequence[etree._Element], typeface: Typeface) -> float:
    """Give the elements of a class their size and their breaks; return the size in points, 0 if there is no room."""
    fit = typeface.fit
    texts = [_text(each, typeface, _PLAIN) for each in elements]
    size = largest(texts, fit)
    least = size * (AMONG if len(texts) > 1 else WHOLE)
    if fit.whole and (whole := largest(texts, fit, len(texts))) >= least:
        size = whole
    parted = [_text(each, typeface, _COMPOUND) for each in elements]
    if parted != texts and (larger := largest(parted, fit)) >= max(size * WORTH, SMALLEST):
        texts, size = parted, larger
    shown = _better(texts, fit, max(size, SMALLEST))
    for element, text in zip(elements, texts, strict=True):
        room = fit.width * FULL / shown
        inside = [False, *((owner.getparent() if tail else owner) is not element for owner, tail, _ in text.places)]
        for number in sorted(breaks(text.widths, text.words, text.space, room, inside), reverse=True):
            break_at(*text.places[number - 1])
        style = f"font-size: {shown:g}pt; line-height: {shown * fit.leading:.2f}pt"
        # The engine counts the space before a break and would break again.
        element.set("style", f"{style}; {'white-space: nowrap' if size else 'overflow-wrap: anywhere'}")
    return shown if size else 0


def sized(elements: Sequence[etree._Element], typeface: Typeface) -> float:
    """Give the paragraphs of a class their size, but no breaks; return it in points, 0 if there is no room."""
    fit = typeface.fit
    size = largest([_text(each, typeface, _PLAIN) for each in elements], fit)
    for element in elements:
        shown = max(size, SMALLEST)
        element.set("style", f"font-size: {shown:g}pt; line-height: {shown * fit.leading:.2f}pt")
    return size


def _better(texts: Sequence[_Text], fit: Fit, size: float) -> float:
    """Return a size that is hardly smaller and lets fewer lines end in a word that leans on the next."""
    near = [each for each, _ in sizes(fit) if size * NEAR <= each < size]
    return min((size, *near), key=lambda each: (sum(_leaning(text, fit.width * FULL / each) for text in texts), -each))


def _leaning(text: _Text, room: float) -> int:
    ends = breaks(text.widths, text.words, text.space, room)
    return sum(text.words[number - 1].lower() in LEANING for number in ends)


def largest(texts: Sequence[_Text], fit: Fit, lines: int = 100) -> float:
    """Return the largest size, in points, at which texts fill no more lines than they may; 0 where there is none."""
    for size, most in sizes(fit):
        room = fit.width * FULL / size
        filled = sum(greedy(text.widths, text.space, room) for text in texts)
        if filled <= min(most, lines) and max(max(text.widths) for text in texts) <= room:
            return size
    return 0.0


def sizes(fit: Fit) -> Iterator[tuple[float, int]]:
    """Yield each size, from the largest, with the most lines that it may fill.

    >>> list(sizes(Fit(Path(), 1, ((10, 1), (9.5, 3)))))
    [(10.0, 1), (9.5, 3), (9.0, 3)]
    """
    for (size, lines), (following, _) in pairwise((*fit.steps, (SMALLEST - STEP, 0))):
        for count in range(max(0, round((size - following) / STEP))):
            yield size - count * STEP, lines


def _text(element: etree._Element, typeface: Typeface, ends: re.Pattern[str]) -> _Text:
    whole = "".join(str(part) for part in element.itertext())
    edges = [0, *(found.end() for found in ends.finditer(whole)), len(whole)]
    words = tuple(whole[start:end].strip(" \n") for start, end in pairwise(edges))
    space = typeface.width(" ") if re.search("[ \n]", whole) else 0.0
    return _Text(tuple(_places(element, ends, whole)), words, tuple(map(typeface.width, words)), space)


def _places(element: etree._Element, ends: re.Pattern[str], whole: str) -> Iterator[Spot]:
    """Yield where lines may end: the element whose text it is, whether that is its tail, and the letter in it."""
    parts = list(_parts(element))
    start = 0
    wanted = [found.end() - 1 for found in ends.finditer(whole)]
    for owner, tail, length in parts:
        yield from ((owner, tail, at - start) for at in wanted if start <= at < start + length)
        start += length


def _parts(element: etree._Element) -> Iterator[tuple[etree._Element, bool, int]]:
    yield element, False, len(element.text or "")
    for child in element:
        yield from _parts(child)
        yield child, True, len(child.tail or "")
