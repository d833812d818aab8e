"""Sides, blank pages, page numbers, named strings and labels of pieces in a row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from overprint.render.pdf import numbering
from overprint.render.pdf.numbering import Leaf

BLANKS = {side: (at, {"kind": [side, True, "", 0, []], "class": "blank", "strings": {}, "starts": [], "anchors": []})
          for at, side in enumerate(("left", "right"))}  # fmt: skip


def piece(pages: int, side: str = "right", before: str = "right", *, first: int = 0, **more: Any) -> dict[str, Any]:
    """Return the head of a piece; `first` makes the number of its first page so."""
    sides = (side, "left" if side == "right" else "right")
    facts = [
        {
            "kind": [sides[at % 2], False, "", at, []],
            "number": at + (first or 1),
            "reset": bool(first),
            "strings": {},
            "starts": [],
            "anchors": [],
            "folio": "decimal",
        }
        for at in range(pages)
    ]
    return {"needs": [], "joins": [], "before": [before], "after": ["auto"], "side": side, "pages": facts, **more}


def shown(leaves: Iterable[Leaf]) -> str:
    return " ".join(f"{leaf.facts['kind'][0][0]}{leaf.number}{'-' * leaf.blank}" for leaf in leaves)


@pytest.mark.parametrize(
    ("pieces", "pages"),
    [
        ([piece(2), piece(1), piece(1)], "r1 l2 r3 l4- r5"),
        ([piece(1), piece(2, "left", "left"), piece(1)], "r1 l2 r3 l4- r5"),
        ([piece(2), piece(1, "left", "left")], "r1 l2 r3- l4"),
        ([piece(1), piece(2, first=1), piece(1)], "r1 l2- r1 l2 r3"),
    ],
)
def test_pieces_begin_on_their_side(pieces: list[dict[str, Any]], pages: str) -> None:
    assert shown(numbering.leaves(pieces, BLANKS)) == pages


def test_a_blank_page_belongs_to_the_piece_after_it() -> None:
    blank = numbering.leaves([piece(1), piece(1)], BLANKS)[1]
    assert (blank.blank, blank.piece, blank.at) == (True, 1, 0)


@pytest.mark.parametrize(
    ("values", "wins"),
    [
        ([], "auto"),
        (["auto", "avoid"], "avoid"),
        (["avoid", "page"], "page"),
        (["page", "avoid"], "page"),
        (["right", "page"], "right"),
        (["left", "right"], "right"),
        (["right", "left", "avoid-column"], "left"),
        (["column", "page"], "column"),
    ],
)
def test_breaks_that_meet(values: list[str], wins: str) -> None:
    assert numbering.wins(values) == wins


def test_why_pieces_cannot_be_apart() -> None:
    joined = piece(1, joins=["body::after"])
    assert numbering.apart([piece(1), piece(1)]) == ""
    assert numbering.apart([joined]) == ""
    assert numbering.apart([piece(1), joined]) == "body::after"
    assert numbering.apart([piece(1, needs=["position: fixed"])]) == "position: fixed"
    assert numbering.apart([piece(1, before="page"), piece(1)]) == ""
    assert numbering.apart([piece(1), piece(1, before="page")]) == "break-before: page"
    assert numbering.apart([piece(1), piece(1, before="left")]) == "break-before: left"
    assert numbering.apart([piece(1, after=["left"]), piece(1, before="auto")]) == "break-before: left"


def test_named_strings() -> None:
    one, two = piece(2), piece(2)
    one["pages"][0]["strings"] = {"h": ["a", "b"]}
    two["pages"][1] |= {"strings": {"h": ["c", "d"]}, "starts": ["h"]}
    pages = numbering.leaves([one, two], BLANKS)
    said = [
        [leaf.strings["h", each] for each in ("first", "last", "start", "first-except", "all-once")] for leaf in pages
    ]
    assert said == [
        ["a", "b", "", "", "ab"],
        ["b", "b", "b", "b", ""],
        ["b", "b", "b", "b", ""],
        ["c", "d", "c", "", "cd"],
    ]


def test_an_anchor_has_the_number_of_the_first_page_that_it_is_on() -> None:
    one, two = piece(2), piece(2)
    for at, page in enumerate((*one["pages"], *two["pages"])):
        page["anchors"] = [["all", 0, 0], [f"own-{at}", 0, 0]]
    found = numbering.anchors(numbering.leaves([one, two], BLANKS))
    assert found == {"all": 1, "own-0": 1, "own-1": 2, "own-2": 3, "own-3": 4}


@pytest.mark.parametrize(
    ("numbers", "styles", "labels"),
    [
        ([1, 2, 3], ["", "", ""], ["1", "2", "3"]),
        ([1, 2, 1, 2], ["", "", "decimal", ""], ["i", "ii", "1", "2"]),
        ([1, 2, 1, 2], ["", "decimal", "", "lower-roman"], ["1", "2", "i", "ii"]),
        ([5, 6, 9], ["lower-roman", "decimal", ""], ["v", "vi", "9"]),
    ],
)
def test_page_labels(numbers: list[int], styles: list[str], labels: list[str]) -> None:
    pages = [Leaf(0, at, False, {"folio": style}, number) for at, (number, style) in enumerate(zip(numbers, styles))]  # noqa: B905
    assert numbering.labelled(numbering.labels(pages), len(pages)) == labels
