"""Rules on links: addresses that will not last, and words that say nothing."""

from __future__ import annotations

import pytest

from passages_said import said


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        ("Ü [b](http://c.de) https://f.gh", "M306", "essay.md:9:7"),
        ("[Ü](<http://c.de>)\n\n[x]: http://g.hi", "M306", "essay.md:11:6"),
        ("Ü <https://c.de/?a=1&fbclid=2>", "M305", "essay.md:9:22"),
        ("Ü [*here*](#a)", "M302", "essay.md:9:5"),
    ],
)
def test_the_exact_place(body: str, code: str, place: str) -> None:
    assert (code, place) in said(body)


@pytest.mark.parametrize(
    "body",
    [
        "See (https://example.org/a_(b)) and [it](https://example.org/a_(b)).",
    ],
)
def test_nothing_to_mend(body: str) -> None:
    assert said(body) == []
