"""The barcode of a book: EAN-13 of its ISBN, and beside it EAN-5 of its price (ISO/IEC 15420).

A barcode is told in modules, the width of its thinnest bar. It is drawn in black alone, on white.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

RIGHT = "1110010 1100110 1101100 1000010 1011100 1001110 1010000 1000100 1001000 1110100".split()
EVEN = [code[::-1] for code in RIGHT]
ODD = ["".join("10"[int(module)] for module in code) for code in RIGHT]
SETS = {"O": ODD, "E": EVEN, "R": RIGHT}
FIRST = "OOOOOO OOEOEE OOEEOE OOEEEO OEOOEE OEEOOE OEEEOO OEOEOE OEOEEO OEEOEO".split()
"""In which sets the left half stands: that tells the first digit."""
SUM = "EEOOO EOEOO EOOEO EOOOE OEEOO OOEEO OOOEE OEOEO OEOOE OOEOE".split()
"""In which sets a price stands: that tells its sum."""

NOMINAL = 0.33 * 72 / 25.4
"""Points: the thinnest bar in full size."""
LEAST = 0.8 * NOMINAL
"""Points: below it shops' readers need not read."""
QUIET, BEHIND, GAP = 11, 7, 9
"""Modules that stay white: before the first bar, behind the last, and between ISBN and price, where it is less."""
WIDE = 3 * 7 * 2 + 3 * 7 * 2 + 3 + 5 + 3
ADDED = 4 + 5 * 7 + 4 * 2
FOOT = 5
"""Modules by which the guards are longer than the other bars."""
LOWEST = 30.0
"""Points: lower bars are hard to hit for a reader that is held aslant."""

CURRENCIES = {"GBP": "0", "AUD": "3", "NZD": "4", "USD": "5", "CAD": "6"}
_PRICE = re.compile(r"(?:([A-Z]{3}) ?)?([0-9]{1,3})(?:\.([0-9]{2}))?(?: ?([A-Z]{3}))?")


@dataclass(frozen=True, slots=True)
class Bar:
    """A black bar: where it begins and how wide it is in modules; guards are longer. Those of a price are not."""

    start: int
    width: int
    guard: bool = False


@dataclass(frozen=True, slots=True)
class Digit:
    """A digit under the bars, or above them in a price: the module in whose middle it stands."""

    value: str
    middle: float


@dataclass(frozen=True, slots=True)
class Symbol:
    """A barcode: how many modules its bars fill, the bars and the digits."""

    modules: int
    bars: tuple[Bar, ...]
    digits: tuple[Digit, ...]


def ean13(number: str) -> Symbol:
    """Return the barcode of 13 digits of which the last is right.

    Raises:
        ValueError: there are not 13, or the last is wrong.
    """
    if not re.fullmatch("[0-9]{13}", number) or sum(map(int, number[::2] + number[1::2] * 3)) % 10:
        raise ValueError(f"{number} is no EAN-13")
    left = [SETS[which][int(digit)] for which, digit in zip(FIRST[int(number[0])], number[1:7], strict=True)]
    right = [RIGHT[int(digit)] for digit in number[7:]]
    code = "".join(["101", *left, "01010", *right, "101"])
    guards = {*range(3), *range(45, 50), *range(92, 95)}
    middles = [-6.0, *(3 + 7 * at + 3.5 for at in range(6)), *(50 + 7 * at + 3.5 for at in range(6))]
    return Symbol(len(code), tuple(_bars(code, guards)), tuple(map(Digit, number, middles)))


def ean5(number: str) -> Symbol:
    """Return the barcode of five digits that stands beside that of the ISBN."""
    total = (3 * sum(map(int, number[::2])) + 9 * sum(map(int, number[1::2]))) % 10
    parts = [SETS[which][int(digit)] for which, digit in zip(SUM[total], number, strict=True)]
    code = "1011" + "01".join(parts)
    digits = tuple(Digit(digit, 4 + 9 * at + 3.5) for at, digit in enumerate(number))
    return Symbol(len(code), tuple(_bars(code, set())), digits)


def price(words: str) -> str:
    """Return the five digits of a price such as `14.99 USD`.

    Raises:
        ValueError: says what is wrong with it.

    >>> price("14.99 USD"), price("GBP 9")
    ('51499', '00900')
    """
    found = _PRICE.fullmatch(words.strip())
    if not found or bool(found[1]) == bool(found[4]):
        raise ValueError("it is no sum with a currency")
    currency, sum_ = found[1] or found[4], int(found[2]) * 100 + int(found[3] or 0)
    if currency not in CURRENCIES:
        raise ValueError(f"the barcode has no sign for {currency}, only for {', '.join(CURRENCIES)}")
    if sum_ > 9999:
        raise ValueError("the barcode has room for 99.99 at most")
    return f"{CURRENCIES[currency]}{sum_:04}"


def module(width: float, *, priced: bool) -> float:
    """Return how wide, in points, the thinnest bar may be in a box; at most in full size."""
    return min(NOMINAL, width / (QUIET + WIDE + (GAP + ADDED + 5 if priced else BEHIND)))


def drawn(isbn: str, shown: str, added: str, width: float, height: float) -> str:
    """Return as HTML what stands in the white box of the barcode, which is `width` × `height` points.

    Args:
        isbn: its 13 digits.
        shown: as it is read by people.
        added: the five digits of the price, or nothing.
        width: of the box.
        height: of the box.

    Raises:
        ValueError: the barcode does not fit, or the ISBN is wrong.
    """
    thin = module(width, priced=bool(added))
    size = 8 * thin / NOMINAL + 0.6
    top, foot = 6.5 + size * 1.2, height - 4 - size
    tall = min(foot - top, 22.85 / 0.33 * thin)
    if thin < LEAST or tall < LOWEST:
        raise ValueError(f"{width:g} × {height:g} pt")
    main, more = ean13(isbn), ean5(added) if added else None
    used = QUIET + main.modules + (GAP + more.modules + 5 if more else BEHIND)
    left, top = (width - used * thin) / 2 + QUIET * thin, top + (foot - top - tall) / 2
    bars = [_box(left + bar.start * thin, top, bar.width * thin, tall + bar.guard * FOOT * thin) for bar in main.bars]
    digits = [_digit(each, left, top + tall + 0.8, thin, size) for each in main.digits]
    if more:
        beside, lower = left + (main.modules + GAP) * thin, top + size
        bars += [_box(beside + bar.start * thin, lower, bar.width * thin, top + tall - lower) for bar in more.bars]
        digits += [_digit(each, beside, top - 0.6, thin, size) for each in more.digits]
    above = f"left: {left:.2f}pt; top: {top - 1.5 - size * 1.2:.2f}pt; font-size: {0.85 * size:.2f}pt"
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}pt"'
    drawing += f' height="{height:g}pt" aria-hidden="true"><path fill="#000" d="{" ".join(bars)}"/></svg>'
    return "\n".join((drawing, f'<p class="isbn" style="{above}">ISBN {shown}</p>', *digits))


def _bars(code: str, guards: set[int]) -> Iterator[Bar]:
    for found in re.finditer("1+", code):
        yield Bar(found.start(), len(found[0]), found.start() in guards)


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:.4f} {y:.4f}h{width:.4f}v{height:.4f}h{-width:.4f}z"


def _digit(each: Digit, left: float, top: float, thin: float, size: float) -> str:
    where = f"left: {left + (each.middle - 3.5) * thin:.2f}pt; top: {top:.2f}pt; width: {7 * thin:.2f}pt"
    return f'<span class="ean" style="{where}; font-size: {size:.2f}pt; line-height: {size:.2f}pt">{each.value}</span>'
