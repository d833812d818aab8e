"""The whole EPUB: valid, the same bytes everywhere, and packed as reading systems expect."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import os
import pickle
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import ebooklib
import pytest
from lxml import etree

import overprint
from judges import epubcheck, needs_java
from overprint.diagnostics import Exit, Made, Stop
from overprint.model import Accessibility, Chapter, Composed, Creator, Edition, Piece, Resource, Subject
from overprint.render.epub import render

SUBJECTS = (Subject("Bees & more"), Subject("", "Thema", "1DDU"), Subject("Essays", "BISAC", "LCO010000"))
SOURCE = Path(overprint.__file__).parent
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")


def files(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        return {name: book.read(name) for name in book.namelist()}


@needs_java
def test_is_valid(composed: Composed, tmp_path: Path) -> None:
    target = tmp_path / "book.epub"
    assert render(composed, target) == Made(target)
    # A font of one's own always earns this hint.
    assert {message.id for message in epubcheck(target)} == {"CSS-028"}


@needs_java
def test_other_ways_to_make_a_book_are_valid(composed: Composed, tmp_path: Path) -> None:
    """Right to left, no contents, no fonts, an inline drawing, a cover, an ornament, an ISBN as the only identifier."""
    cover = Chapter("cover", "Cover", '<p><img src="../images/cover.gif" alt="A cover"/></p>', "front", "ar")
    drawing = '<p><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" role="img"><title>Dot</title></svg></p>'
    chapters = (cover, Chapter("text", "كتاب", drawing, "body", "ar"))
    (tmp_path / "cover.gif").write_bytes(GIF)
    resources = tuple(Resource(f"images/{name}.gif", "image/gif", tmp_path / "cover.gif") for name in ("cover", "star"))
    css = "p { background: url(../images/star.gif) }"
    book = replace(
        composed.book,
        language="ar",
        identifier="urn:isbn:9780306406157",
        images=resources[:1],
        subtitle="",
        creators=(),
    )
    look = replace(composed.look, epub_css=css, resources=resources[1:])
    render(Composed(book, chapters, (), look), tmp_path / "book.epub")
    assert epubcheck(tmp_path / "book.epub") == []
    held = files(tmp_path / "book.epub")
    opf = held["EPUB/package.opf"].decode()
    assert 'dir="rtl"' in opf
    assert 'page-progression-direction="rtl"' in opf
    assert 'properties="svg"' in opf
    assert 'properties="cover-image"' in opf
    assert opf.count("<dc:identifier") == 1
    assert b'dir="rtl"' in held["EPUB/text/text.xhtml"]
    assert b'epub:type="cover" href="text/cover.xhtml"' in held["EPUB/nav.xhtml"]
    assert "META-INF/com.apple.ibooks.display-options.xml" not in held


@needs_java
def test_all_that_a_catalogue_can_say_is_valid(composed: Composed, tmp_path: Path) -> None:
    piece = Piece("her", "Her", (), "", "en", url="https://example.org/her?a=1&b=2", licence="CC BY 4.0")
    said = Accessibility(
        "WCAG 2.2 AA",
        "Ann & Co",
        credential="https://example.org/badge",
        report="https://example.org/report",
        hazards="flashing",
        exemption="disproportionate-burden",
    )
    edition = Edition("9781402894626", "paperback", "A & B", "2b", SUBJECTS, said)
    creators = tuple(Creator(f"Name {role}", "", role) for role in ("aut", "aui", "aft", "edt", "trl", "ill", "ctb"))
    book = replace(composed.book, edition=edition, pieces=(piece,), creators=creators)
    render(replace(composed, book=book), tmp_path / "book.epub")
    assert {message.id for message in epubcheck(tmp_path / "book.epub")} == {"CSS-028"}


def test_holds_what_is_used_in_a_fixed_order(composed: Composed, tmp_path: Path) -> None:
    render(composed, tmp_path / "book.epub")
    assert list(files(tmp_path / "book.epub")) == [
        "mimetype",
        "META-INF/container.xml",
        "EPUB/package.opf",
        "EPUB/nav.xhtml",
        "EPUB/toc.ncx",
        "EPUB/css/book.css",
        "EPUB/fonts/eb-garamond-400-normal.ttf",
        "EPUB/fonts/eb-garamond-400-italic.ttf",
        "EPUB/fonts/eb-garamond-700-normal.ttf",
        "META-INF/licence-eb-garamond.txt",
        "META-INF/com.apple.ibooks.display-options.xml",
        "EPUB/text/titlepage.xhtml",
        "EPUB/text/her.xhtml",
        "EPUB/text/second.xhtml",
        "EPUB/text/people.xhtml",
        "EPUB/images/her/plate.svg",
    ]
    data = (tmp_path / "book.epub").read_bytes()
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(tmp_path / "book.epub") as book:
        for entry in book.infolist():
            facts = (entry.date_time, entry.create_system, entry.external_attr, entry.extra)
            assert facts == ((1980, 1, 1, 0, 0, 0), 3, 0o100644 << 16, b"")


def test_same_bytes_everywhere(composed: Composed, tmp_path: Path) -> None:
    (tmp_path / "composed").write_bytes(pickle.dumps(composed))
    code = (
        "import os, pathlib, pickle, sys; os.umask(int(sys.argv[3], 8)); from overprint.render.epub import render;"
        "render(pickle.loads(pathlib.Path(sys.argv[1]).read_bytes()), pathlib.Path(sys.argv[2]))"
    )
    sums = set()
    places = (("Pacific/Auckland", "C", "1", "077"), ("America/Lima", "C.UTF-8", "2", "002"))
    for number, (zone, locale, seed, umask) in enumerate(places):
        folder = tmp_path / f"ö {number}"
        folder.mkdir()
        more = {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "PYTHONPATH": str(SOURCE.parent)}
        command = [sys.executable, "-c", code, str(tmp_path / "composed"), str(folder / "b.epub"), umask]
        subprocess.run(command, check=True, cwd=folder, env=os.environ | more)
        sums.add(hashlib.sha256((folder / "b.epub").read_bytes()).hexdigest())
    assert len(sums) == 1


def test_documents_are_whole(composed: Composed, tmp_path: Path) -> None:
    render(composed, tmp_path / "book.epub")
    held = files(tmp_path / "book.epub")
    text = held["EPUB/text/her.xhtml"].decode()
    assert text.startswith("<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html>\n<html ")
    assert 'lang="en-AU" xml:lang="en-AU"' in text
    assert "<title>Her &amp; Him 🙂</title>" in text
    assert '<link rel="stylesheet" type="text/css" href="../css/book.css"/>' in text
    assert '<body epub:type="bodymatter">' in text
    assert text.count("xmlns:") == 1
    for name, content in held.items():
        if name.endswith((".xhtml", ".opf", ".ncx", ".xml", ".svg")):
            etree.fromstring(content)


def test_private_notes_of_drawings_stay_home(composed: Composed, tmp_path: Path) -> None:
    render(composed, tmp_path / "book.epub")
    drawing = files(tmp_path / "book.epub")["EPUB/images/her/plate.svg"].decode()
    assert "mark" not in drawing.lower()
    assert "inkscape" not in drawing
    assert 'fill="url(#g)"' in drawing
    assert "viewBox" in drawing


@pytest.mark.parametrize("name", ["Her", "hör", "../evil", "a b", "..", "nested/../../evil"])
def test_refuses_names_that_are_unsafe(composed: Composed, tmp_path: Path, name: str) -> None:
    chapter = Chapter(name, "Title", "<p>Text</p>", "body", "en")
    with pytest.raises(Stop) as stop:
        render(replace(composed, chapters=(chapter,), contents=()), tmp_path / "book.epub")
    assert stop.value.diagnostics[0].code == "E006"
    assert not (tmp_path / "book.epub").exists()


def test_refuses_equal_names(composed: Composed, tmp_path: Path) -> None:
    chapter = Chapter("twin", "Title", "<p>Text</p>", "body", "en")
    with pytest.raises(Stop) as stop:
        render(replace(composed, chapters=(chapter, chapter), contents=()), tmp_path / "book.epub")
    assert [each.message for each in stop.value.diagnostics] == [
        "the book cannot hold a file named text/twin.xhtml: there are two"
    ]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk_is_not_swallowed(composed: Composed) -> None:
    with pytest.raises(OSError, match="No space left"):
        render(composed, Path("/dev/full"))


def test_missing_folder_is_not_swallowed(composed: Composed, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        render(composed, tmp_path / "missing" / "book.epub")


def test_titles_that_xml_cannot_hold(composed: Composed, tmp_path: Path) -> None:
    with pytest.raises(Stop) as stop:
        render(replace(composed, book=replace(composed.book, title="a\x00b")), tmp_path / "book.epub")
    assert stop.value.diagnostics[0].code == "E005"
    assert r"a\x00b" in stop.value.diagnostics[0].message
    assert stop.value.exit is Exit.CANNOT


def test_ebooklib_is_the_pinned_release_and_only_a_packager() -> None:
    assert importlib.metadata.version("ebooklib") == "0.20"
    assert ebooklib.VERSION == (0, 20, 0)
    texts = {path: path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")}
    banned = re.compile(r"\b(EpubHtml|EpubNav|EpubNcx|EpubCover\w*|set_cover|add_author|write_epub)\b")
    assert [path for path, text in texts.items() if banned.search(text)] == []
    importers = [
        path.name for path, text in texts.items() if re.search(r"^\s*(from|import) ebooklib", text, re.MULTILINE)
    ]
    assert importers == ["packager.py"]


def test_importing_does_not_load_ebooklib() -> None:
    code = "import sys, overprint.render.epub; print({'ebooklib', 'fontTools', 'PIL', 'tinycss2'} & set(sys.modules))"
    env = os.environ | {"PYTHONPATH": str(SOURCE.parent)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, env=env)
    assert done.stdout.strip() == "set()"
