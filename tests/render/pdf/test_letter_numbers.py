"""Letters of East Asian scripts that printers' programs find too."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

import books
from overprint import pipeline, typefaces
from overprint.diagnostics import NOWHERE
from overprint.press import preflight
from overprint.press.profile import find
from overprint.render.pdf.letter_numbers import by_place
from overprint.typefaces import cuts

needs_japanese = pytest.mark.skipif(not cuts.installed("Noto Serif JP"), reason="pip install 'overprint[scripts]'")


def numbers(font: bytes) -> list[str]:
    with TTFont(io.BytesIO(font), lazy=True) as opened:
        return list(opened["CFF "].cff[0].charset)


@needs_japanese
def test_each_letter_is_numbered_by_its_place() -> None:
    font = typefaces.faces("Noto Serif JP")[0].path.read_bytes()
    made = by_place(font)
    count = len(numbers(font))
    assert numbers(font) != numbers(made) == [".notdef", *(f"cid{at:05d}" for at in range(1, count))]
    assert len(made) == len(font)
    assert by_place(made) == made
    with TTFont(io.BytesIO(made), checkChecksums=2) as opened:  # raises where a sum is wrong
        assert all(opened.reader[tag] for tag in opened.reader.keys())  # noqa: SIM118 - it is no mapping


def test_other_fonts_stay_as_they_are() -> None:
    font = typefaces.faces("EB Garamond")[0].path.read_bytes()
    assert by_place(font) is font
    assert by_place(b"no font") == b"no font"


@needs_japanese
def test_the_pages_call_for_letters_that_are_there(tmp_path: Path) -> None:
    essay = books.text("essay").replace("It is sweet.", "It is 影山 and *花*, said 影山.")
    root = books.write(tmp_path, essay=essay)
    [built] = pipeline.build(root, ["pdf"], profile="print").value
    found = preflight.check(built.path, find("print", None, NOWHERE)).diagnostics
    assert [each.message for each in found if each.code == "P086"] == []
    with pikepdf.open(built.path) as pdf:
        assert any("Noto-Serif-JP" in str(each.get("/BaseFont")) for each in pdf.objects if _is_font(each))


def _is_font(each: object) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"
