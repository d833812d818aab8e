"""Lengths on paper and sizes of pages as people write them, in points."""

from __future__ import annotations

import re

POINTS = {"pt": 1.0, "px": 0.75, "pc": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "q": 72 / 101.6}
TRIMS = {
    "A6": "105 x 148 mm",
    "A5": "148 x 210 mm",
    "B6": "125 x 176 mm",
    "B5": "176 x 250 mm",
    "B-format": "129 x 198 mm",
    "Demy": "138 x 216 mm",
    "Royal": "156 x 234 mm",
    "Digest": "5.5 x 8.5 in",
    "US Trade": "6 x 9 in",
}
"""What printers call the usual sizes of books."""
NARROWEST, WIDEST = (200.0, 280.0), (880.0, 1280.0)
"""The least and the most, width and height, that is still a book: below A6 and above A3."""

_LENGTH = re.compile(r"([0-9]*\.?[0-9]+) ?(pt|px|pc|in|cm|mm|q)", re.IGNORECASE)
_TRIM = re.compile(r"([0-9]*\.?[0-9]+) ?([a-z]*) ?[x×*] ?([0-9]*\.?[0-9]+) ?([a-z]+)", re.IGNORECASE)


def points(words: str) -> float | None:
    """Return a length in points; None where it is none.

    >>> points("11.5pt"), points("1 in"), points("2em")
    (11.5, 72.0, None)
    """
    found = _LENGTH.fullmatch(words.strip())
    return float(found[1]) * POINTS[found[2].lower()] if found else None


def trim(words: str) -> tuple[float, float] | None:
    """Return the width and height of a page in points; None where they are none or of no book.

    >>> trim("5 x 8 in"), trim("a page")
    ((360.0, 576.0), None)
    >>> trim("a5") == trim("148mm × 210mm") == trim("148 x 210 mm")
    True
    """
    words = " ".join(words.split())
    known = {name.lower(): size for name, size in TRIMS.items()}
    found = _TRIM.fullmatch(known.get(words.lower(), words))
    if not found:
        return None
    width, height = points(f"{found[1]}{found[2] or found[4]}"), points(f"{found[3]}{found[4]}")
    if width is None or height is None:
        return None
    fits = NARROWEST[0] <= width <= WIDEST[0] and NARROWEST[1] <= height <= WIDEST[1]
    return (round(width, 3), round(height, 3)) if fits else None
