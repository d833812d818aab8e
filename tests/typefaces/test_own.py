"""Fonts of an editor's own, in the book's folder."""

from __future__ import annotations

import errno
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

import books
from overprint import pipeline, project, typefaces
from overprint.compose import compose
from overprint.compose.gauge import gauge
from overprint.diagnostics import Exit, Stop
from overprint.typefaces import coverage, own

Change = Callable[[TTFont], None]


def font(family: str, number: int = 0, change: Change = lambda font: None, licence: str = "Ask Ada.") -> bytes:
    """Return a cut of ours under another name."""
    made = TTFont(typefaces.faces("EB Garamond")[number].path)
    for record in made["name"].names:
        record.string = {1: family, 4: family, 6: family, 13: licence, 14: "", 16: family}.get(
            record.nameID, record.toUnicode()
        )
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def put(root: Path, **fonts: bytes) -> Path:
    folder = root / own.FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in fonts.items():
        (folder / f"{name}.ttf").write_bytes(content)
    return root


def without_heights(made: TTFont) -> None:
    made["OS/2"].version = 1
    for name in ("sxHeight", "sCapHeight", "usDefaultChar", "usBreakChar", "usMaxContext"):
        delattr(made["OS/2"], name)


def with_rights(rights: int) -> Change:
    def change(made: TTFont) -> None:
        made["OS/2"].fsType = rights

    return change


def variable() -> bytes:
    from importlib.util import find_spec

    found = find_spec("fontpkg_roboto_mono")
    assert found
    assert found.origin
    return (Path(found.origin).parent / "files" / "RobotoMono[wght].ttf").read_bytes()


def test_a_folder_without_fonts(tmp_path: Path) -> None:
    assert own.families(tmp_path) == {}


def test_a_font_says_itself_what_it_is(tmp_path: Path) -> None:
    put(tmp_path, a=font("Fount", 3), b=font("Fount"), c=font("Other", 1))
    made = own.families(tmp_path)
    assert {family: [(face.weight, face.style) for face in faces] for family, faces in made.items()} == {
        "Fount": [(400, "normal"), (700, "italic")],
        "Other": [(400, "italic")],
    }
    face = made["Fount"][0]
    assert coverage.of(face.path) == coverage.of(typefaces.faces("EB Garamond")[0].path)
    assert typefaces.names([face]) == ()
    assert typefaces.names([face], free=False) == ("Fount",)
    assert "Ask Ada." in typefaces.licence(face)


def test_a_narrow_cut_is_of_a_family_of_its_own(tmp_path: Path) -> None:
    def narrow(made: TTFont) -> None:
        made["OS/2"].usWidthClass = 3
        made["name"].setName("Fount Narrow", 1, 3, 1, 0x409)
        made["name"].setName("Fount", 16, 3, 1, 0x409)

    put(tmp_path, a=font("Fount"), b=font("Fount", change=narrow))
    assert list(own.families(tmp_path)) == ["Fount", "Fount Narrow"]


def test_one_under_the_open_licence_is_named_with_it(tmp_path: Path) -> None:
    put(tmp_path, a=font("Fount", licence="This is under the SIL Open Font License, Version 1.1."))
    assert typefaces.names(own.families(tmp_path)["Fount"]) == ("Fount",)


def test_what_an_old_font_does_not_say_is_measured(tmp_path: Path) -> None:
    put(tmp_path, new=font("New"), old=font("Old", change=without_heights))
    new, old = (gauge(own.families(tmp_path)[family][0].path) for family in ("New", "Old"))
    assert old.capital == pytest.approx(new.capital, abs=0.02)
    assert old.small == pytest.approx(new.small, abs=0.02)


def test_a_font_with_the_long_table_of_characters_alone(tmp_path: Path) -> None:
    def long(made: TTFont) -> None:
        table = CmapSubtable.newSubtable(12)
        table.platformID, table.platEncID, table.language = 3, 10, 0
        table.cmap = made.getBestCmap()
        made["cmap"].tables = [table]

    put(tmp_path, a=font("Fount", change=long))
    (face,) = own.families(tmp_path)["Fount"]
    assert gauge(face.path).width("Bees") == gauge(typefaces.faces("EB Garamond")[0].path).width("Bees")


def empty() -> bytes:
    """Return a font whose letters are neither TrueType's nor PostScript's."""
    build = FontBuilder(1000)
    build.setupGlyphOrder([".notdef"])
    build.setupCharacterMap({})
    build.setupGlyf({".notdef": TTGlyphPen(None).glyph()})
    build.setupHorizontalMetrics({".notdef": (500, 0)})
    build.setupHorizontalHeader()
    build.setupNameTable({"familyName": "Empty", "styleName": "Regular"})
    build.setupOS2()
    build.setupPost()
    out = io.BytesIO()
    build.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (lambda: b"", "it is damaged, or no font"),
        (lambda: b"<html>404</html>" * 99, "it is damaged, or no font"),
        (lambda: font("Fount")[:40_000], "it is damaged, or no font"),
        (lambda: font(""), "it is damaged, or no font"),
        (variable, "it is a variable font"),
        (empty, "it holds no letters"),
        (lambda: font("Fount", change=with_rights(2)), "its maker does not allow to put it into books"),
        (lambda: font("Fount", change=with_rights(0x200)), "its maker does not allow to put it into books"),
        (lambda: font("Fount", change=with_rights(0x104)), "its maker does not allow to leave letters out"),
    ],
)
def test_what_cannot_be_used_is_named(content: Callable[[], bytes], fault: str, tmp_path: Path) -> None:
    put(tmp_path, good=font("Good"), bad=content())
    with pytest.raises(Stop) as stop:
        own.families(tmp_path)
    (said,) = stop.value.diagnostics
    assert (said.code, str(said.place).partition(":")[0]) == ("B131", "styles/fonts/bad.ttf")
    assert fault in said.message
    assert stop.value.exit is Exit.CONTENT


@pytest.mark.parametrize("rights", [0, 4, 8, 0xC])
def test_rights_that_are_enough(rights: int, tmp_path: Path) -> None:
    put(tmp_path, a=font("Fount", change=with_rights(rights)))
    assert list(own.families(tmp_path)) == ["Fount"]


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERPRINT_CACHE", str(tmp_path / "cache"))
    content = font("Fount")

    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("overprint.typefaces.kept.put", full)
    with pytest.raises(Stop, match=r"its copy cannot be kept \(No space left on device\)"):
        own.families(put(tmp_path, a=content))


def test_the_same_cut_twice_is_named(tmp_path: Path) -> None:
    put(tmp_path, a=font("Fount"), b=font("Fount", licence="Another."))
    with pytest.raises(Stop, match=r"this font and a\.ttf are both Fount Regular") as stop:
        own.families(tmp_path)
    assert str(stop.value.diagnostics[0].place).startswith("styles/fonts/b.ttf")


def test_a_link_out_of_the_book_is_not_followed(tmp_path: Path) -> None:
    root = put(tmp_path / "book", a=font("Fount"))
    (tmp_path / "away.ttf").write_bytes(font("Away"))
    (root / own.FOLDER / "away.ttf").symlink_to(tmp_path / "away.ttf")
    with pytest.raises(Stop, match="leads outside the project"):
        own.families(root)


def test_an_unknown_family_is_named_with_its_place(tmp_path: Path) -> None:
    put(books.write(tmp_path, book=books.text("book") + "look: {text_face: Fuont}\n"), a=font("Fount"))
    (said,) = project.read(tmp_path).diagnostics
    assert (said.code, said.place.path) == ("B130", "manuscript/book.yaml")
    assert "“Fuont”, which `look.text_face` names" in said.message
    assert "EB Garamond, Source Serif 4" in said.hint
    assert ", Fount; or put its font files" in said.hint


def test_an_unknown_family_of_a_theme_is_named(tmp_path: Path) -> None:
    books.write(tmp_path, book=books.text("book") + "theme: mine\n")
    (tmp_path / "themes" / "mine").mkdir(parents=True)
    facts = "name: Mine\nbase: plain\ntokens: {title-face: Fuont}\n"
    (tmp_path / "themes" / "mine" / "theme.yaml").write_text(facts, "utf-8")
    manuscript, book = pipeline.validate(tmp_path).value
    with pytest.raises(Stop, match="“Fuont”, which `title-face` names"):
        compose(book, manuscript.project)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A book that is set in fonts of its own."""
    names = ("a", "b", "c", "d")
    root = put(tmp_path, **{name: font("Fount", number) for number, name in enumerate(names)})
    books.write(root, book=books.text("book") + "look: {text_face: Fount}\n")
    pipeline.build(root, ("pdf", "epub"))
    return root


def test_both_books_are_set_in_them(built: Path) -> None:
    (printed,) = (built / "build").glob("*.pdf")
    opened: Any = pymupdf.open
    with opened(printed) as pdf:
        fonts = {font[3].partition("+")[2] for page in pdf for font in page.get_fonts()}
    assert fonts >= {"Fount", "Fount-Italic"}
    assert not any("EB-Garamond-" in font for font in fonts)
    (book,) = (built / "build").glob("*.epub")
    with zipfile.ZipFile(book) as archive:
        with TTFont(io.BytesIO(archive.read("EPUB/fonts/fount-400-normal.ttf"))) as cut:
            assert cut["name"].getDebugName(1) == "Fount"
            assert len(cut.getBestCmap()) < 300
        assert 'font-family: "Fount"' in archive.read("EPUB/css/book.css").decode()
        assert "Ask Ada." in archive.read("META-INF/licence-fount.txt").decode()
        rights = archive.read(next(name for name in archive.namelist() if "copyright" in name)).decode()
        assert "Set in Fount.</p>" in rights
        assert "Set in EB Garamond, used under the SIL Open Font License.</p>" in rights
