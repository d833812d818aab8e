from __future__ import annotations

import io
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import uharfbuzz
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib.instancer import instantiateVariableFont

from overprint import files, typefaces
from overprint.diagnostics import Exit, Stop
from overprint.typefaces import cuts
from overprint.typefaces.wheels import FAMILIES, Cut, Family

FEA = """languagesystem DFLT dflt;
feature smcp { sub A by B; } smcp;
feature kern { pos A A -10; } kern;
"""
OURS = {1, 2, 3, 4, 6, 16, 17, 18, 20, 21, 22, 25}
# What each family has for the themes to ask for.
SMALL_CAPS, OLD_STYLE = frozenset({"smcp", "c2sc"}), frozenset({"onum", "lnum", "tnum"})


def variable_font(path: Path, fea: str = FEA) -> None:
    build = FontBuilder(1000)
    names = [".notdef", "A", "B"]
    build.setupGlyphOrder(names)
    build.setupCharacterMap({65: "A", 66: "B"})
    build.setupGlyf({name: Glyph() for name in names})
    build.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    build.setupHorizontalHeader()
    build.setupNameTable({"familyName": "Tiny VF", "styleName": "Regular"})
    build.setupOS2()
    build.setupPost()
    build.setupFvar([("wght", 400, 400, 800, "Weight")], [])
    build.setupGvar({})
    build.addOpenTypeFeatures(fea)
    build.save(path)


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A wheel with a font so small that cutting it takes no time."""
    wheel = tmp_path / "wheel" / "tiny_wheel"
    wheel.mkdir(parents=True)
    (wheel / "__init__.py").touch()
    variable_font(wheel / "T.ttf")
    monkeypatch.syspath_prepend(str(wheel.parent))
    monkeypatch.setitem(
        FAMILIES, "Tiny", Family("tiny_wheel", "Tiny", (Cut("T.ttf", 700, "normal", (("wght", 700),)),))
    )
    monkeypatch.setenv("OVERPRINT_CACHE", str(tmp_path / "cache"))
    yield wheel
    sys.modules.pop("tiny_wheel", None)


@pytest.mark.parametrize(
    ("family", "faces", "upright", "italic"),
    [
        ("EB Garamond", "400 400i 700 700i", SMALL_CAPS | OLD_STYLE, SMALL_CAPS | OLD_STYLE),
        ("Source Serif 4", "400 400i 700 700i 600", SMALL_CAPS | OLD_STYLE, OLD_STYLE),
        ("Source Serif 4 Display", "400 400i 700 700i", SMALL_CAPS | OLD_STYLE, OLD_STYLE),
        ("Source Serif 4 SmText", "400 400i 700 700i", SMALL_CAPS | OLD_STYLE, OLD_STYLE),
        ("Newsreader", "400 400i 700 700i", frozenset({"tnum", "sups"}), frozenset({"tnum", "sups"})),
        ("Newsreader Display", "300 300i", frozenset({"tnum", "sups"}), frozenset({"tnum", "sups"})),
        ("Libre Franklin", "400 400i 700 700i 600", frozenset({"sups"}), frozenset({"sups"})),
        ("Roboto Mono", "400 400i 700 700i", frozenset(), frozenset()),
    ],
)
def test_real_cuts_are_static_named_and_keep_their_features(
    family: str, faces: str, upright: frozenset[str], italic: frozenset[str]
) -> None:
    made = typefaces.faces(family)
    assert " ".join(f"{face.weight}{'i' * (face.style == 'italic')}" for face in made) == faces
    for face in made:
        assert typefaces.features(face.path.read_bytes()) >= (upright if face.style == "normal" else italic)
        with TTFont(face.path) as font:
            assert not {"fvar", "gvar", "STAT", "DSIG"} & set(font.keys())
            names = {record.nameID: record.toUnicode() for record in font["name"].names}
            assert names[1] == names.get(16, names[1]) == typefaces.called(family)
            # Who made it, and what is theirs, is still said; but no name of ours is one that its makers keep.
            reserved = re.findall("Reserved Font Name .(\\w+)", names[0])
            assert bool(reserved) is family.startswith("Source Serif")
            assert not [text for number, text in names.items() for word in reserved if number in OURS and word in text]
            assert font["OS/2"].usWeightClass == face.weight
            assert bool(font["post"].italicAngle) is (face.style == "italic")
    assert "SIL Open Font License" in typefaces.licence(made[0])


def test_sizes_of_a_typeface_differ() -> None:
    small, text, large = (
        typefaces.faces(f"Source Serif 4{size}")[0].path.read_bytes() for size in (" SmText", "", " Display")
    )
    widths = [TTFont(io.BytesIO(font))["hmtx"]["n"][0] for font in (small, text, large)]
    assert widths[0] > widths[1] > widths[2]


def test_cut_is_the_one_that_another_maker_makes() -> None:
    """HarfBuzz and fontTools agree on each width and outline, within the rounding of a point."""
    face = typefaces.faces("Newsreader")[2]
    cut = FAMILIES["Newsreader"].cuts[2]
    source = TTFont(io.BytesIO(cuts._read("Newsreader", cut.source)))
    other, ours = instantiateVariableFont(source, dict(cut.axes)), TTFont(face.path)
    assert other.getGlyphOrder() == ours.getGlyphOrder()
    for name in ours.getGlyphOrder():
        assert abs(other["hmtx"][name][0] - ours["hmtx"][name][0]) <= 1, name
        theirs, mine = (font["glyf"][name].getCoordinates(font["glyf"])[0].array for font in (other, ours))
        assert all(abs(one - two) <= 1 for one, two in zip(theirs, mine, strict=True)), name


def test_cuts_are_made_once_and_alike(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (face,) = typefaces.faces("Tiny")
    first = face.path.read_bytes()
    assert face.path.is_relative_to(tmp_path / "cache" / "fonts")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setenv("OVERPRINT_CACHE", str(tmp_path / "other"))
    assert typefaces.faces("Tiny")[0].path.read_bytes() == first
    assert {path.name for path in face.path.parent.iterdir()} == {"Tiny-Bold.ttf", "Tiny-Bold.characters"}
    monkeypatch.setattr(cuts, "_cut", lambda *_: pytest.fail("cut again"))
    typefaces.faces("Tiny")
    variable_font(tiny / "T.ttf", FEA.replace("-10", "-20"))
    with pytest.raises(pytest.fail.Exception):
        typefaces.faces("Tiny")


def test_cache_that_cannot_be_written(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("OVERPRINT_CACHE", str(tmp_path / "file"))
    (face,) = typefaces.faces("Tiny")
    assert face.path.is_file()
    assert not face.path.is_relative_to(tmp_path / "file")


@pytest.mark.parametrize(
    ("setting", "expected"),
    [({}, ".cache/overprint"), ({"XDG_CACHE_HOME": "xdg"}, "xdg/overprint"), ({"OVERPRINT_CACHE": "own"}, "own")],
)
def test_where_cuts_are_kept(
    setting: dict[str, str], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OVERPRINT_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, value in setting.items():
        monkeypatch.setenv(name, str(tmp_path / value))
    assert files.own_cache() == tmp_path / expected


def test_what_is_missing_is_told(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FAMILIES, "Lost", Family("no_such_wheel", "Lost", (Cut("L.ttf", 400, "normal", ()),)))
    monkeypatch.setattr(cuts, "_pinned", lambda *_: (tiny / "plain.ttf").read_bytes())
    variable_font(tiny / "plain.ttf", FEA.replace("smcp", "case"))
    for family, reason in (
        ("Comic", "overprint brings only EB Garamond, Source Serif 4"),
        ("Lost", "“L.ttf” of the package no-such-wheel is missing"),
        ("Tiny", "Tiny-Bold.ttf has lost the features smcp"),
    ):
        with pytest.raises(Stop, match=reason) as stop:
            typefaces.faces(family)
        assert stop.value.exit is Exit.CANNOT
        assert stop.value.diagnostics[0].code == "P017"


def test_kept_cuts_need_no_font_library() -> None:
    typefaces.faces("EB Garamond")
    slow = {"fontTools", "uharfbuzz", "importlib.metadata"}
    code = "import sys; from overprint.typefaces import faces; faces('EB Garamond'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not slow & set(done.stdout.split())


def test_the_cutter_in_the_key_is_the_one_that_cuts() -> None:
    wanted = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert cuts.CUTTER.replace(" ", "==") in wanted
    assert f"uharfbuzz {uharfbuzz.__version__}" == cuts.CUTTER
