"""Pieces in a row: which side each begins on, the blank pages between them, page numbers, named strings. Pure.

What follows here from CSS follows as WeasyPrint has it: `tests/render/pdf/test_equal.py` compares with one document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SIDES = ("right", "left")
_ROMAN = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
_STRONGER = {
    ("page", "auto"),
    ("page", "avoid"),
    ("page", "avoid-page"),
    ("page", "avoid-column"),
    ("column", "auto"),
    ("column", "avoid"),
    ("column", "avoid-page"),
    ("column", "avoid-column"),
    ("avoid", "auto"),
    ("avoid-page", "auto"),
    ("avoid-column", "auto"),
}


@dataclass(slots=True)
class Leaf:
    """One page of the book.

    Attributes:
        piece: index of its piece; a blank page belongs to the piece that follows it.
        at: index of the page in the piece, or in the piece of blank pages.
        blank: whether it is a blank page before the piece.
        facts: what its fragment says of it.
        number: its page number, as the folio counts.
        strings: named strings as the margins ask for them, by name and keyword.
        edges: what stands on each edge, by a key that the engine gives it.
    """

    piece: int
    at: int
    blank: bool
    facts: Mapping[str, Any]
    number: int = 0
    strings: dict[tuple[str, str], str] = field(default_factory=dict)
    edges: dict[str, str] = field(default_factory=dict)


def wins(breaks: Iterable[str]) -> str:
    """Return which of the values of `break-after` and `break-before` that meet between two boxes holds.

    >>> wins(["auto", "right", "auto"])
    'right'
    """
    result = "auto"
    for value in breaks:
        if value in SIDES or (value, result) in _STRONGER:
            result = value
    return result


def apart(heads: Sequence[Mapping[str, Any]]) -> str:
    """Return why the pieces cannot be laid out apart, in words of CSS; empty when they can."""
    for before, head in zip((None, *heads), heads, strict=False):
        if reasons := head["needs"] + (head["joins"] if len(heads) > 1 else []):
            return str(reasons[0])
        if before is not None and (value := wins([*before["after"], *head["before"]])) != head["side"]:
            return f"break-before: {value}"
    return ""


def leaves(heads: Sequence[Mapping[str, Any]], blanks: Mapping[str, tuple[int, Mapping[str, Any]]]) -> list[Leaf]:
    """Return all pages of the book with their numbers; `blanks` are the blank page of each side, index and facts."""
    result: list[Leaf] = []
    number = 0
    for piece, head in enumerate(heads):
        if result and (side := _other(result[-1].facts["kind"][0])) != head["side"]:
            at, facts = blanks[side]
            number += 1
            result.append(Leaf(piece, at, True, facts, number))
        start = number
        for at, facts in enumerate(head["pages"]):
            number = facts["number"] if facts["reset"] else start + facts["number"]
            result.append(Leaf(piece, at, False, facts, number))
    _say_strings(result)
    return result


def _other(side: str) -> str:
    return "left" if side == "right" else "right"


def _say_strings(result: list[Leaf]) -> None:
    """Give each page the values of its named strings."""
    carried: dict[str, str] = {}
    for leaf in result:
        here, starts = leaf.facts["strings"], leaf.facts["starts"]
        for name in {*carried, *here}:
            texts, last = here.get(name), carried.get(name, "")
            leaf.strings[name, "first"] = texts[0] if texts else last
            leaf.strings[name, "last"] = texts[-1] if texts else last
            leaf.strings[name, "start"] = texts[0] if texts and name in starts else last
            leaf.strings[name, "first-except"] = "" if texts else last
            leaf.strings[name, "all-once"] = "".join(texts or ())
        carried.update((name, texts[-1]) for name, texts in here.items())


def anchors(result: Iterable[Leaf]) -> dict[str, int]:
    """Return the page number of each anchor of the book."""
    found: dict[str, int] = {}
    for leaf in result:
        for name, _, _ in () if leaf.blank else leaf.facts["anchors"]:
            found.setdefault(name, leaf.number)
    return found


def labels(result: Sequence[Leaf]) -> list[tuple[int, str, int]]:
    """Return the runs of page labels: index of the first page, `D` for figures or `r` for small roman, first number.

    A run goes on as long as each page is one more than the page before. Its style is what its folios show; where none
    is shown, roman before the last run and figures in it.
    """
    runs: list[list[Any]] = []
    for index, leaf in enumerate(result):
        if not runs or leaf.number != runs[-1][2] + index - runs[-1][0]:
            runs.append([index, "", leaf.number])
        style = leaf.facts.get("folio", "")
        if not runs[-1][1] and style:
            runs[-1][1] = "r" if style == "lower-roman" else "D"
    for run in runs[:-1]:
        run[1] = run[1] or "r"
    return [(index, style or "D", first) for index, style, first in runs]


def labelled(runs: Sequence[tuple[int, str, int]], pages: int) -> list[str]:
    """Return the label of each page.

    >>> labelled([(0, "r", 1), (4, "D", 1)], 6)
    ['i', 'ii', 'iii', 'iv', '1', '2']
    """
    found: list[str] = []
    for (start, style, first), (end, _, _) in zip(runs, (*runs[1:], (pages, "", 0)), strict=True):
        numbers = range(first, first + end - start)
        found += [roman(number) if style == "r" else str(number) for number in numbers]
    return found


def as_pdf(runs: Iterable[tuple[int, str, int]]) -> str:
    """Return the page labels of a PDF's catalogue.

    >>> as_pdf([(0, "r", 1), (4, "D", 1)])
    '<</Nums[0<</S/r/St 1>> 4<</S/D/St 1>>]>>'
    """
    return f"<</Nums[{' '.join(f'{index}<</S/{style}/St {first}>>' for index, style, first in runs)}]>>"


def roman(number: int) -> str:
    """Return a number in small roman figures, as PDF readers write page labels.

    >>> [roman(number) for number in (4, 9, 14, 40, 1999)]
    ['iv', 'ix', 'xiv', 'xl', 'mcmxcix']
    """
    text = ""
    for value, figure in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), _ROMAN, strict=True):
        text += figure * (number // value)
        number %= value
    return text
