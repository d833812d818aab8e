from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from overprint import typefaces
from overprint.compose.balance import balance, breaks, width
from overprint.compose.heads import short, shorten
from overprint.model import Measure


@pytest.fixture(scope="module")
def face() -> Path:
    return next(each.path for each in typefaces.faces("EB Garamond") if each.style == "normal")


def words_of(html: str) -> str:
    return etree.tostring(etree.fromstring(f"<p>{html}</p>"), encoding="unicode", method="text")


def lines(html: str, measure: Measure) -> list[str]:
    part = etree.fromstring(f'<div><h1 class="title">{html}</h1></div>')
    balance(part, {"title": measure})
    made = etree.tostring(part[0], encoding="unicode").removeprefix('<h1 class="title">').removesuffix("</h1>")
    assert words_of(made) == words_of(html)
    return [words_of(each) for each in re.sub("</?em>", "", made).split("<br/>")]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("On Bees", ["On Bees"]),
        ("Everything Prints on Something", ["Everything Prints ", "on Something"]),
        ("On Winter: <em>The Snow Man</em> and Its Weather", ["On Winter: The Snow Man ", "and Its Weather"]),
        ("The Weather at the Window and Other Rooms", ["The Weather at the Window ", "and Other Rooms"]),
    ],
)
def test_titles_have_even_lines(title: str, expected: list[str], face: Path) -> None:
    assert lines(title, Measure(face, 25, 288)) == expected


def test_words_without_a_class_have_that_of_their_section(face: Path) -> None:
    words = "For my mother, who read all of this before I could read any"
    html = f'<div><section class="division dedication"><p>{words}</p><p class="source">{words}</p></section></div>'
    part = etree.fromstring(html)
    balance(part, {"dedication": Measure(face, 11.5, 200)})
    assert [len(list(each.iter("br"))) for each in part.iter("p")] == [1, 0]


def test_the_space_stays_before_each_break(face: Path) -> None:
    part = etree.fromstring("<div><h2>Honey and the <em>long arithmetic</em> of the summer</h2></div>")
    balance(part, {"h2": Measure(face, 11.5, 150)})
    written = etree.tostring(part, encoding="unicode", method="text")
    assert written == "Honey and the long arithmetic of the summer"
    assert re.findall(r".<br/>", etree.tostring(part, encoding="unicode")) == [" <br/>"]


def test_breaks_of_the_author_are_left_alone(face: Path) -> None:
    assert lines("A title that somebody<br/>broke by hand, although it is long", Measure(face, 40, 200)) == [
        "A title that somebody",
        "broke by hand, although it is long",
    ]


def test_no_break_spaces_hold(face: Path) -> None:
    made = lines("The Collected Letters of J.\xa0R.\xa0R. Tolkien", Measure(face, 25, 200))
    assert any("J.\xa0R.\xa0R." in each for each in made)


@given(st.lists(st.floats(1, 30), min_size=2, max_size=12), st.floats(31, 200))
def test_as_few_lines_as_can_be_and_none_too_long(widths: list[float], line: float) -> None:
    words = ["word"] * len(widths)
    starts = [0, *breaks(widths, words, 1, line), len(widths)]
    filled = [sum(widths[a:b]) + b - a - 1 for a, b in pairwise(starts)]
    assert max(filled) <= line + 1e-9
    greedy, room = 1, line
    for each in widths:
        if each > room:
            greedy, room = greedy + 1, line
        room -= each + 1
    assert len(filled) == greedy


def test_a_long_title_is_shortened_for_the_head_of_a_page(face: Path) -> None:
    measure = Measure(face, 10.5, 288, 0.09, caps=True)
    for title, expected in [
        (
            "A Year in the Garden of the Bishop: Notes from Two Summers and a Wet Winter",
            "A Year in the Garden of the Bishop",
        ),
        (
            "On Bees, Weather and the Habit of Counting What Cannot Be Counted Twice",
            "On Bees, Weather and the Habit of",
        ),
    ]:
        made = short(title, measure)
        assert made.startswith(expected)
        assert width(made, measure) <= measure.width
    part = etree.fromstring("<div><h1>On Bees</h1><h1>" + "On Bees and Wasps " * 9 + "</h1></div>")
    shorten(part, measure)
    assert ["data-head" in each.attrib for each in part] == [False, True]
