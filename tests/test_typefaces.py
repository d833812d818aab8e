from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from overprint import files, typefaces
from overprint.diagnostics import Exit, Stop
from overprint.typefaces import KEPT_FEATURES, WHEELS, Cut, Wheel

FEA = "languagesystem DFLT dflt;\n" + "\n".join(
    f"feature {tag} {{ {'pos A A -10' if tag == 'kern' else 'sub A by B'}; }} {tag};" for tag in sorted(KEPT_FEATURES)
)


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
    (wheel / "LICENSE").write_text("free")
    variable_font(wheel / "T.ttf")
    monkeypatch.syspath_prepend(str(wheel.parent))
    monkeypatch.setitem(WHEELS, "Tiny", Wheel("tiny_wheel", (Cut("Tiny-Bold.ttf", "T.ttf", 700),)))
    monkeypatch.setenv("OVERPRINT_CACHE", str(tmp_path / "cache"))
    yield wheel
    sys.modules.pop("tiny_wheel", None)


def test_real_cuts_are_static_named_and_keep_their_features() -> None:
    faces = typefaces.faces("EB Garamond")
    assert [(face.weight, face.style) for face in faces] == [(400, "normal"), (400, "italic"), (700, "normal")]
    for face in faces:
        assert typefaces.features(face.path) >= KEPT_FEATURES
        with TTFont(face.path) as font:
            assert not {"fvar", "gvar", "STAT"} & set(font.keys())
            assert font["name"].getDebugName(1) == "EB Garamond"
            assert font["OS/2"].usWeightClass == face.weight
    assert "SIL Open Font License" in typefaces.licence("EB Garamond")


def test_cuts_are_made_once_and_alike(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (face,) = typefaces.faces("Tiny")
    first = face.path.read_bytes()
    assert face.path.is_relative_to(tmp_path / "cache" / "fonts")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setenv("OVERPRINT_CACHE", str(tmp_path / "other"))
    assert typefaces.faces("Tiny")[0].path.read_bytes() == first
    assert [path.name for path in face.path.parent.iterdir()] == ["Tiny-Bold.ttf"]
    monkeypatch.setattr(typefaces, "_cut", lambda *_: pytest.fail("cut again"))
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
    monkeypatch.setitem(WHEELS, "Lost", Wheel("no_such_wheel", (Cut("Lost-Regular.ttf", "L.ttf", 400),)))
    variable_font(tiny / "T.ttf", FEA.replace("smcp", "case"))
    for family, reason in (
        ("Comic", "overprint brings only EB Garamond"),
        ("Lost", "“L.ttf” of the package no-such-wheel is missing"),
        ("Tiny", "Tiny-Bold.ttf has lost the features smcp"),
    ):
        with pytest.raises(Stop, match=reason) as stop:
            typefaces.faces(family)
        assert stop.value.exit is Exit.CANNOT
        assert stop.value.diagnostics[0].code == "P017"


def test_kept_cuts_need_no_font_library() -> None:
    typefaces.faces("EB Garamond")
    code = "import sys; from overprint.typefaces import faces; faces('EB Garamond'); print('fontTools' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
