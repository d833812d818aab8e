"""Further typefaces, in both books and on the copyright page."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from fontTools.ttLib import TTFont

import books
from overprint import pipeline
from overprint.compose import compose
from overprint.model import Composed
from overprint.render import epub


def composed(root: Path, words: str, theme: str = "octavo") -> Composed:
    files = {"essay": books.text("essay").replace("sweet", words), "book": books.text("book") + f"theme: {theme}\n"}
    manuscript, book = pipeline.validate(books.write(root, **files)).value
    return compose(book, manuscript.project).value


def test_a_book_without_them_has_none(tmp_path: Path) -> None:
    made = composed(tmp_path, "naïve")
    assert {face.family for face in made.look.faces} == {"EB Garamond"}
    (page,) = (each.html for each in made.chapters if each.name == "front-copyright")
    assert "Set in EB Garamond, used under the SIL Open Font License." in page


def test_code_has_a_typeface_of_its_own(tmp_path: Path) -> None:
    made = composed(tmp_path, "`f(x)`")
    assert {face.family for face in made.look.faces} == {"EB Garamond", "Roboto Mono"}
    for sheet in (made.look.epub_css, "".join(text for _, text in made.look.print_sheets)):
        assert 'pre, code { font-family: "Roboto Mono", "EB Garamond", Garamond, serif;' in sheet
    (page,) = (each.html for each in made.chapters if each.name == "front-copyright")
    assert "Set in EB Garamond and Roboto Mono, used" in page


def test_what_only_codes_typeface_has_is_set_in_a_further_one(tmp_path: Path) -> None:
    made = composed(tmp_path / "book", "`f(x)` Ελληνικά", "gazette")
    assert {"Roboto Mono", "Noto Serif"} <= {face.family for face in made.look.faces}
    epub.render(made, tmp_path / "book.epub")
    with zipfile.ZipFile(tmp_path / "book.epub") as archive:
        font = TTFont(io.BytesIO(archive.read("EPUB/fonts/noto-serif-400-normal.ttf")))
    assert set(map(ord, "Ελληνικά")) <= set(font.getBestCmap())


def test_they_stand_behind_the_themes_own(tmp_path: Path) -> None:
    made = composed(tmp_path, "日本 😀", "gazette")
    own = {"Newsreader", "Newsreader Display", "Libre Franklin"}
    assert {face.family for face in made.look.faces} == own | {"Noto Serif JP", "Noto Emoji"}
    for sheet in (made.look.epub_css, "".join(text for _, text in made.look.print_sheets)):
        assert '"Newsreader Display", Newsreader, "Noto Emoji", "Noto Serif JP", Georgia, serif' in sheet
    (page,) = (each.html for each in made.chapters if each.name == "front-copyright")
    assert "Set in Newsreader, Libre Franklin, Noto Emoji and Noto Serif JP, used" in page


def test_the_epub_carries_what_it_needs_of_them_with_their_licences(tmp_path: Path) -> None:
    epub.render(composed(tmp_path / "book", "ab 日本"), tmp_path / "book.epub")
    with zipfile.ZipFile(tmp_path / "book.epub") as archive:
        font = TTFont(io.BytesIO(archive.read("EPUB/fonts/noto-serif-jp-400-normal.otf")))
        assert set(map(ord, "日本")) <= set(font.getBestCmap())
        assert not set(map(ord, "ab")) & set(font.getBestCmap())
        sheet = archive.read("EPUB/css/book.css").decode()
        assert sheet.count("noto-serif-jp-400-normal.otf") == 2
        licences = [name for name in archive.namelist() if name.startswith("META-INF/licence-")]
        assert sorted(licences) == ["META-INF/licence-eb-garamond.txt", "META-INF/licence-noto-serif-jp.txt"]
        assert "Reserved Font Name" in archive.read(licences[0]).decode()
