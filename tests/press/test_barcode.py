"""The bars of a barcode, by the standard's own examples; what a reader makes of them is tested with the cover."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overprint.press import barcode
from overprint.press.barcode import ADDED, WIDE, Symbol, ean5, ean13

ISBN = "9780306406157"


def code(symbol: Symbol) -> str:
    bars = {at for bar in symbol.bars for at in range(bar.start, bar.start + bar.width)}
    return "".join("1" if at in bars else "0" for at in range(symbol.modules))


def test_the_halves_of_a_number_are_told_by_the_standards_tables() -> None:
    # 5901234123457 is the example of the GS1 General Specifications' tables: 5 is OEEOOE.
    left = "0001011 0100111 0110011 0010011 0111101 0011101".split()
    right = "1100110 1101100 1000010 1011100 1001110 1000100".split()
    assert code(ean13("5901234123457")) == "101" + "".join(left) + "01010" + "".join(right) + "101"


def test_the_guards_are_longer() -> None:
    guards = [bar for bar in ean13(ISBN).bars if bar.guard]
    assert [(bar.start, bar.width) for bar in guards] == [(0, 1), (2, 1), (46, 1), (48, 1), (92, 1), (94, 1)]


@given(st.integers(0, 10**12 - 1))
def test_one_of_ten_last_digits_is_right(number: int) -> None:
    right = []
    for last in range(10):
        try:
            made = ean13(f"{number:012}{last}")
        except ValueError:
            continue
        right.append(last)
        assert made.modules == WIDE
        assert len(made.bars) == 30
        assert "".join(digit.value for digit in made.digits) == f"{number:012}{last}"
    assert len(right) == 1


@pytest.mark.parametrize("number", ["978030640615", "97803064061578", "978030640615X", ""])
def test_what_is_no_number_makes_no_barcode(number: str) -> None:
    with pytest.raises(ValueError, match="EAN-13"):
        ean13(number)


def test_a_price_has_five_digits() -> None:
    # 52495 sums to 3 × (5 + 4 + 5) + 9 × (2 + 9) = 141: 1 is EOEOO.
    parts = ["0111001", "0010011", "0011101", "0001011", "0110001"]
    assert code(ean5("52495")) == "1011" + "01".join(parts)
    assert ean5("52495").modules == ADDED


@pytest.mark.parametrize(
    ("words", "digits"),
    [("14.99 USD", "51499"), ("USD 14.99", "51499"), ("9 GBP", "00900"), ("99.99CAD", "69999"), ("0.50 AUD", "30050")],
)
def test_prices_as_people_write_them(words: str, digits: str) -> None:
    assert barcode.price(words) == digits


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("14.99", "no sum with a currency"),
        ("14.9 USD", "no sum"),
        ("GBP 14.99 USD", "no sum"),
        ("12.00 EUR", "no sign for EUR"),
        ("100 USD", "99.99 at most"),
        ("free", "no sum"),
    ],
)
def test_other_prices_say_why(words: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        barcode.price(words)


def test_bars_are_never_thinner_than_four_fifths() -> None:
    assert barcode.module(144, priced=False) == barcode.NOMINAL
    assert barcode.LEAST <= barcode.module(144, priced=True) < barcode.NOMINAL
    for width, height in ((80, 86.4), (144, 40)):
        with pytest.raises(ValueError, match=f"{width} × {height}"):
            barcode.drawn(ISBN, ISBN, "", width, height)
