"""What stands in for characters that a theme's typefaces lack."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from overprint import typefaces
from overprint.model import Face
from overprint.typefaces import coverage, cuts, fallbacks
from overprint.typefaces.wheels import FALLBACKS, FAMILIES

GARAMOND, NEWS = ("EB Garamond",), ("Newsreader", "Libre Franklin")


def faces(families: tuple[str, ...]) -> list[Face]:
    return [face for family in families for face in typefaces.faces(family)]


@pytest.mark.parametrize("family", FAMILIES)
def test_the_file_beside_a_cut_names_its_characters(family: str) -> None:
    for face in typefaces.faces(family):
        with TTFont(face.path) as font:
            assert coverage.of(face.path) == {chr(code) for code in font.getBestCmap()}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_face_has_the_usual_characters(family: str) -> None:
    for face in typefaces.faces(family):
        assert coverage.of(face.path) >= coverage.EVERYWHERE


def test_figures_that_an_italic_has_as_a_feature_have_their_characters() -> None:
    upright, italic = (TTFont(face.path) for face in typefaces.faces("EB Garamond")[:2])
    for char in "⁰¹²³⁹₀₉":
        names = [font.getBestCmap()[ord(char)] for font in (upright, italic)]
        glyphs = [font["glyf"][name] for font, name in zip((upright, italic), names, strict=True)]
        heights = [(glyph.yMin, glyph.yMax) for glyph in glyphs]
        assert heights[1] == pytest.approx(heights[0], abs=30)
        # It does not lean over what follows, and is drawn from where its glyph begins.
        width, before = italic["hmtx"][names[1]]
        assert glyphs[1].xMax <= width + 1
        assert glyphs[1].xMin == before


@pytest.mark.parametrize(
    ("text", "families", "expected"),
    [
        ("“Plain” – naïve ﬁ…\n\t\u00a0\u00ad\u200b", GARAMOND, ()),
        ("e\u0301 n\u0303", NEWS, ()),
        ("Ελληνικά, Жизнь", GARAMOND, ()),
        ("Ελληνικά", NEWS, ("Noto Serif",)),
        ("العربية", GARAMOND, ("Amiri",)),
        ("עברית", GARAMOND, ("Frank Ruhl Libre",)),
        ("日本語の本", GARAMOND, ("Noto Serif JP",)),
        ("😀 ❤️ 👩‍💻", GARAMOND, ("Noto Emoji",)),
        ("ქართული", GARAMOND, ("Noto Sans Georgian",)),
    ],
)
def test_what_stands_in(text: str, families: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert typefaces.stand_ins(text, faces(families)) == typefaces.StandIns(expected, frozenset())


def test_what_nothing_has(monkeypatch: pytest.MonkeyPatch) -> None:
    assert typefaces.stand_ins("a𓀀", faces(GARAMOND)) == typefaces.StandIns((), frozenset("𓀀"))
    monkeypatch.setattr(fallbacks, "installed", lambda family: False)
    assert typefaces.stand_ins("日本", faces(GARAMOND)) == typefaces.StandIns((), frozenset("日本"))


@pytest.mark.parametrize(
    ("text", "first"), [("書", "Noto Serif SC"), ("書の", "Noto Serif JP"), ("書한", "Noto Serif KR")]
)
def test_shared_characters_are_those_of_the_language(text: str, first: str) -> None:
    east = [family for family in fallbacks._in_order(coverage.seen(text)) if family[-2:] in {"JP", "KR", "SC", "TC"}]
    assert east[0] == first


def test_a_stand_in_has_every_style_and_is_never_slanted() -> None:
    faces = typefaces.faces("Amiri")
    assert [(face.weight, face.style) for face in faces] == [
        (400, "normal"),
        (400, "italic"),
        (700, "normal"),
        (700, "italic"),
    ]
    assert [face.path.name for face in faces] == ["Amiri-Regular.ttf"] * 2 + ["Amiri-Bold.ttf"] * 2
    assert typefaces.faces("Noto Serif")[3].path.name == "NotoSerif-BoldItalic.ttf"
    assert [face.path.suffix for face in typefaces.faces("Noto Serif JP")] == [".otf"] * 4


@pytest.mark.parametrize("family", [family for family in FALLBACKS if cuts.installed(family)])
def test_stand_ins_are_static_and_free(family: str) -> None:
    for path in {face.path for face in typefaces.faces(family)}:
        with TTFont(path) as font:
            assert "fvar" not in font
            assert font["OS/2"].fsType == 0
    assert "sil open font license" in typefaces.licence(typefaces.faces(family)[0]).lower()
