"""Fonts: only what is used, named as the style sheet names them."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from overprint import typefaces
from overprint.diagnostics import Exit, Stop
from overprint.model import Face, Look
from overprint.render.epub.fonts import as_called, chosen, fonts
from overprint.render.epub.styles import wishes

CSS = "body { font-family: 'EB Garamond' }"


def body(html: str) -> etree._Element:
    return etree.fromstring(f'<body xmlns="http://www.w3.org/1999/xhtml">{html}</body>')


def cut(weight: int, style: str = "normal", family: str = "EB Garamond") -> Face:
    return Face(family, weight, "italic" if style == "italic" else "normal", Path(f"{family}-{weight}-{style}.ttf"))


CUTS = (cut(700), cut(400, "italic"), cut(600), cut(400), cut(400, family="Other"))


@pytest.mark.parametrize(
    ("css", "bold", "weights"),
    [
        (CSS, False, [400, 400]),
        (CSS, True, [400, 400, 700]),
        (CSS + "h1 { font-weight: bold }", False, [400, 400, 700]),
        (CSS + "h1 { font-weight: 600 }", False, [400, 400, 600]),
        (CSS + "h1 { font-weight: normal }", False, [400, 400]),
        ("body { font: 1em serif }", True, []),
    ],
)
def test_chooses_what_is_used(css: str, bold: bool, weights: list[int]) -> None:
    assert [face.weight for face in chosen(CUTS, wishes(css), bold=bold)] == weights


def test_bold_falls_back_to_semibold() -> None:
    assert [face.weight for face in chosen((cut(400), cut(600)), wishes(CSS), bold=True)] == [400, 600]


def test_subset_holds_the_characters_and_the_name(faces: tuple[Face, ...]) -> None:
    look = Look("octavo", (), CSS, faces)
    parts, rules = fonts(look, [body("<p>Her</p>")])
    assert [part.name for part in parts] == [
        "fonts/eb-garamond-400-normal.ttf",
        "fonts/eb-garamond-400-italic.ttf",
    ]
    assert {part.media_type for part in parts} == {"font/ttf"}
    with TTFont(io.BytesIO(parts[0].content)) as font:
        assert {ord("H"), ord("e"), ord("r")} <= set(font.getBestCmap())
        assert font["name"].getDebugName(1) == "EB Garamond"
        assert "fpgm" not in font
    assert 'font-family: "EB Garamond";\n  font-weight: 400;\n  font-style: italic;' in rules
    assert "src: url(../fonts/eb-garamond-400-italic.ttf);" in rules


@pytest.mark.parametrize(
    ("css", "features"),
    [
        ("h1 { font-weight: normal }", set()),
        ("h1 { font-variant: small-caps }", {"smcp"}),
        ("h1 { font-variant-caps: all-small-caps }", {"smcp", "c2sc"}),
        ("h1 { font: small-caps 1em serif }", {"smcp"}),
        ("h1 { font-variant-numeric: oldstyle-nums proportional-nums }", {"onum", "pnum"}),
        ("h1 { font-feature-settings: 'hist' 1, \"onum\" }", {"hist", "onum"}),
        ("h1 { font-feature-settings: 'too long' }", set()),
    ],
)
def test_keeps_the_features_that_the_sheet_asks_for(css: str, features: set[str]) -> None:
    assert wishes(css).features == features
    look = Look("octavo", (), CSS + css, typefaces.faces("EB Garamond")[:1])
    (part, *_), _ = fonts(look, [body("<p>Her 12</p>")])
    with TTFont(io.BytesIO(part.content)) as font:
        held = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert held & {"smcp", "c2sc", "onum", "pnum", "hist", "swsh"} == features
    assert "liga" in held


def test_same_characters_same_bytes(faces: tuple[Face, ...]) -> None:
    look = Look("octavo", (), CSS, faces[:1])
    assert fonts(look, [body("<p>Her</p>")]) == fonts(look, [body("<p>reH</p>")])


@pytest.mark.parametrize("content", [None, b"", b"rubbish" * 99, b"\x00\x01\x00\x00\x00\x09rubbish"])
def test_names_a_font_that_cannot_be_read(faces: tuple[Face, ...], tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "broken.ttf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Stop) as stop:
        fonts(Look("octavo", (), CSS, (replace(faces[0], path=path),)), [body("<p>Her</p>")])
    assert stop.value.diagnostics[0].code == "E031"
    assert stop.value.exit is Exit.CANNOT


def test_families_are_named_as_their_files_are() -> None:
    css = (
        "p { font: 1em 'Source Serif 4', serif } "
        "h1 { font-family: \"Source Serif 4 Display\",Source Serif 4; quotes: '“' }"
    )
    faces = tuple(face for family in ("Source Serif 4", "Source Serif 4 Display") for face in typefaces.faces(family))
    look = as_called(Look("plain", (), css, faces))
    assert look.epub_css == (
        'p { font: 1em "Overprint Serif", serif } h1 { font-family: "Overprint Serif Display","Overprint Serif"; '
        "quotes: '“' }"
    )
    parts, rules = fonts(look, [body("<p>Her</p>")])
    for part in parts:
        with TTFont(io.BytesIO(part.content)) as font:
            assert f'font-family: "{font["name"].getDebugName(1)}"' in rules
    assert "Source" not in rules
