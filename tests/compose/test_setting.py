from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from overprint import typefaces
from overprint.compose.gauge import gauge
from overprint.compose.setting import from_typeface, setting

FACES = typefaces.faces("EB Garamond")
TOKENS = {"text-face": '"EB Garamond", serif', "text-size": "11.5pt", "leading": "15pt", "measure": "288pt"}
THEME: dict[str, Any] = {
    "opening": {"dropcap": 3, "lead-in": True},
    "lines": {"text": {"size": "text-size", "width": "measure"}, "standfirst": {"size": "12.5pt", "width": "204pt"}},
}


@pytest.mark.parametrize("path", [each.path for each in FACES], ids=lambda path: path.stem)
def test_a_face_is_measured_as_a_font_library_does(path: Path) -> None:
    made = gauge(path)
    with TTFont(path, lazy=True) as font:
        em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        known = {code: metrics[glyph] for code, glyph in font.getBestCmap().items() if code < 0xFFFF}
        assert made.capital == font["OS/2"].sCapHeight / em
        assert (made.ascent, made.descent) == (font["hhea"].ascent / em, -font["hhea"].descent / em)
    assert len(known) > 500
    assert {chr(code): advance / em for code, (advance, _) in known.items()} == made.advances


def test_the_drop_cap_of_garamond_fits_three_lines_of_fifteen_points() -> None:
    made = from_typeface(THEME, TOKENS, FACES)
    assert (made["dropcap-size"], made["dropcap-height"], made["dropcap-shift"]) == ("57.65pt", "45.00pt", "-1.36pt")
    assert (made["quote-single"], made["quote-double"]) == ("0.242em", "0.418em")


@pytest.mark.parametrize("lines", [2, 3, 4])
@pytest.mark.parametrize(("size", "leading"), [(11.5, 15), (9.75, 13), (10, 14)])
def test_top_and_foot_of_the_cap_are_level_with_the_text(lines: int, size: float, leading: float) -> None:
    tokens = TOKENS | {"text-size": f"{size}pt", "leading": f"{leading}pt"}
    made = from_typeface(THEME | {"opening": {"dropcap": lines}}, tokens, FACES)
    large, height, shift = (float(made[f"dropcap-{each}"][:-2]) for each in ("size", "height", "shift"))
    face = gauge(FACES[0].path)
    foot = shift + height / 2 + face.centre * large
    assert foot == pytest.approx((lines - 1) * leading + leading / 2 + face.centre * size, abs=0.02)
    assert foot - face.capital * large == pytest.approx(leading / 2 + (face.centre - face.capital) * size, abs=0.02)


def test_a_theme_that_asks_for_nothing_gets_nothing() -> None:
    assert not {"dropcap-size", "quote-single"} & from_typeface({}, TOKENS, FACES).keys()
    assert setting({}, TOKENS, FACES).dropcap == 0


def test_small_letters_of_code_are_as_tall_as_those_of_the_text() -> None:
    mono = typefaces.faces("Roboto Mono")
    made = from_typeface({}, TOKENS | {"code-face": '"Roboto Mono", serif'}, FACES + mono)
    with TTFont(FACES[0].path) as text, TTFont(mono[0].path) as code:
        heights = [font["OS/2"].sxHeight / font["head"].unitsPerEm for font in (text, code)]
    assert float(made["code-size"][:-2]) == pytest.approx(heights[0] / heights[1], abs=0.001)
    assert from_typeface({}, TOKENS, FACES)["code-size"] == "0.85em"


def test_what_is_broken_evenly_is_measured_in_its_own_face() -> None:
    theme = THEME | {
        "lines": {"text": THEME["lines"]["text"], "h3": {"size": "1in", "width": "1in", "style": "italic"}}
    }
    made = setting(theme, TOKENS, FACES).even["h3"]
    assert (made.face.stem, made.size, made.width) == ("EBGaramond-Italic", 72, 72)
