"""What the typefaces do not hold is not made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from overprint import typefaces
from overprint.diagnostics import Made, Place
from overprint.model import Face
from overprint.render.pdf import Layout

Lay = Callable[..., Made[Layout]]

NEWS = 'html { font-family: "Newsreader" }'
TEXT = '<section id="her"><p>One <em>two</em> <b>three</b> <b><em>four</em></b></p></section>'
AT_HER = {"places": {"her": Place("her.md", 3, 1)}}


def lacks(made: Made[Layout]) -> list[tuple[str, str]]:
    return [(each.message, each.place.path) for each in made.diagnostics if each.code == "P040"]


def only(faces: tuple[Face, ...], *cuts: str) -> tuple[Face, ...]:
    return tuple(face for face in faces if f"{face.weight}{face.style[0]}" in cuts)


@pytest.mark.parametrize(
    ("cuts", "expected"),
    [
        (["400n", "400i", "700n", "700i"], []),
        (["400n", "700n", "700i"], ["italic"]),
        (["400n", "400i"], ["bold italic", "bold"]),
        (["400n"], ["bold italic", "bold", "italic"]),
    ],
)
def test_faces_that_are_made_up(lay: Lay, faces: tuple[Face, ...], cuts: list[str], expected: list[str]) -> None:
    found = sorted(lacks(lay(TEXT, faces=only(faces, *cuts), **AT_HER)))
    assert found == [(f"“EB Garamond” has no {what}, near #her: “One two three four”", "her.md") for what in expected]


@pytest.mark.parametrize(
    ("css", "words", "what"),
    [
        ("font-variant-caps: small-caps", "Rowan", "small capitals"),
        ("font-variant-caps: all-small-caps", "Rowan", "small capitals"),
        ("font-variant-caps: all-small-caps", "1984", ""),
        ("font-variant-numeric: oldstyle-nums", "1984", "old-style figures"),
        ("font-variant-numeric: oldstyle-nums", "Rowan", ""),
        ("font-variant-numeric: tabular-nums", "1984", ""),
    ],
)
def test_features_that_are_not_there(lay: Lay, css: str, words: str, what: str) -> None:
    body = f"<p>Plain words, <i style='{css}'>{words}</i></p>"
    assert lacks(lay(body, NEWS, faces=typefaces.faces("Newsreader"))) == (
        [(f"“Newsreader” has no {what}, near “Plain words, {words}”", "")] if what else []
    )
    assert lacks(lay(body)) == []


def test_small_capitals_of_an_upright_only(lay: Lay) -> None:
    caps = 'html { font-family: "Source Serif 4" } p { font-variant-caps: small-caps }'
    made = lay("<p>Upright</p><p><em>Italic</em></p>", caps, faces=typefaces.faces("Source Serif 4"))
    assert lacks(made) == [("“Source Serif 4” has no small capitals, near “Italic”", "")]


def test_running_heads(lay: Lay) -> None:
    caps = NEWS + "@page { @top-center { font-variant-caps: small-caps } }"
    made = lay("<h1>Title</h1>", caps, faces=typefaces.faces("Newsreader"))
    assert ("“Newsreader” has no small capitals, in a running head", "") in lacks(made)
