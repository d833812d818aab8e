from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from importers.packed import codes, picture, put
from overprint import importers
from overprint.diagnostics import Stop

if TYPE_CHECKING:
    from pathlib import Path

    from overprint.diagnostics import Made
    from overprint.model import Imported

CLAY = "Clay is wet, and whoever says otherwise has never had it under the nails. " * 5


def page(inside: str, kind: str = "") -> str:
    marked = f' epub:type="{kind}"' if kind else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body{marked}>{inside}</body></html>'
    )


def nav(*lines: tuple[str, str]) -> str:
    links = "".join(f'<li><a href="{href}">{label}</a></li>' for href, label in lines)
    return page(f'<nav epub:type="toc"><ol>{links}</ol></nav>')


def book(
    pages: dict[str, str], contents: str = "", authors: str = "<dc:creator>Rosa Quill</dc:creator>", css: str = ""
) -> dict[str, str | bytes]:
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in pages)
    refs = "".join(f'<itemref idref="{name}"/>' for name in pages)
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="in/book.opf"/></rootfiles></container>',
        "in/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata><dc:title>The Slow Book</dc:title>{authors}<dc:language>en-GB</dc:language>"
        "<dc:date>2019-04-01T00:00:00Z</dc:date><dc:identifier>urn:x:1</dc:identifier></metadata><manifest>"
        f'{items}<item id="nav" href="nav.xhtml" properties="nav"/><item id="css" href="a.css" media-type="text/css"/>'
        f"</manifest><spine>{refs}</spine></package>",
        "in/nav.xhtml": contents or nav(*((f"{name}.xhtml", name.title()) for name in pages)),
        "in/a.css": css,
        "in/img/plate.png": picture(),
        **{f"in/{name}.xhtml": text for name, text in pages.items()},
    }


def read(folder: Path, files: dict[str, str | bytes], *only: str) -> Made[tuple[Imported, ...]]:
    return importers.read(put(folder, "book.epub", files), options=importers.Options(only=only))


def test_chapters_are_essays(tmp_path: Path) -> None:
    chapters = {
        "cover": page("<p>By me</p>", "cover"),
        "clay": page(f"<h1>Clay</h1><p>{CLAY}</p>"),
        "fire": page("<p>B</p>"),
    }
    made = read(tmp_path, book(chapters))
    clay, fire = made.value
    assert (clay.title, clay.slug, clay.authors, clay.date, clay.language, clay.publication, clay.id) == (
        "Clay",
        "clay",
        ("Rosa Quill",),
        "2019-04-01",
        "en-GB",
        "The Slow Book",
        "urn:x:1#in/clay.xhtml",
    )
    assert (clay.body, fire.title, fire.body) == (CLAY.strip(), "Fire", "B")
    assert [each.message for each in made.diagnostics] == ["left out: title pages and the like (1)"]


def test_one_chapter_can_be_chosen(tmp_path: Path) -> None:
    pages = {"clay": page("<p>A</p>"), "fire": page("<p>B</p>"), "notes": page("<p>C</p>", "titlepage")}
    assert [each.body for each in read(tmp_path, book(pages), "Fire").value] == ["B"]
    assert [each.body for each in read(tmp_path, book(pages), "notes").value] == ["C"]


def test_a_chapter_in_several_files_is_one_essay_and_a_part_is_none(tmp_path: Path) -> None:
    pages = {
        "one": page("<h1>Part One</h1>"),
        "clay": page(f"<h1>Clay</h1><p>{CLAY}</p>"),
        "more": page("<p>Split off.</p>"),
        "deep": page("<h2>Deeper</h2><p>Down.</p>"),
    }
    contents = page(
        '<nav epub:type="toc"><ol><li><a href="one.xhtml">Part One</a><ol><li><a href="clay.xhtml">Clay</a>'
        '<ol><li><a href="deep.xhtml">Deeper</a></li></ol></li></ol></li></ol></nav>'
    )
    made = read(tmp_path, book(pages, contents))
    (clay,) = made.value
    assert clay.body == f"{CLAY.strip()}\n\nSplit off.\n\n## Deeper\n\nDown."
    assert [each.message for each in made.diagnostics] == ["left out: titles of parts (1)"]


def test_notes_in_a_file_of_their_own_come_to_their_essay(tmp_path: Path) -> None:
    pages = {
        "clay": page('<p>Clay<sup><a href="notes.xhtml#n1">1</a></sup> is wet.</p>'),
        "fire": page('<p>Fire<a epub:type="noteref" href="notes.xhtml#n2">2</a> is not.</p>'),
        "notes": page(
            '<h1>Notes</h1><ol><li id="n1"><p>Of a kind. <a href="clay.xhtml#r">↩</a></p></li>'
            '<li id="n2"><p>So it is said in the old books.</p></li></ol>'
        ),
    }
    made = read(tmp_path, book(pages))
    assert [each.body for each in made.value] == [
        "Clay[^1] is wet.\n\n[^1]: Of a kind.",
        "Fire[^1] is not.\n\n[^1]: So it is said in the old books.",
    ]
    assert [each.message for each in made.diagnostics] == [
        "left out: pages of notes, which stand with their essays (1)"
    ]


def test_notes_in_the_chapter_itself(tmp_path: Path) -> None:
    note = '<aside epub:type="footnote" id="n1"><p>So.</p></aside>'
    inside = f'<p>Clay<a epub:type="noteref" href="#n1">1</a> is wet.</p>{note}'
    (clay,) = read(tmp_path, book({"clay": page(inside)})).value
    assert clay.body == "Clay[^1] is wet.\n\n[^1]: So."


def test_emphasis_by_class_entities_and_page_breaks(tmp_path: Path) -> None:
    css = ".it, span.x { font-style : Italic } p.y{font-style:italic} .bd{font-weight:700}"
    inside = (
        '<p class="y">A&nbsp;<span class="it">B</span> so <span class="x">C</span> <span class="bd">D</span> '
        '&eacute;<span epub:type="pagebreak" id="p9">9</span>t&eacute;</p>'
    )
    (clay,) = read(tmp_path, book({"clay": page(inside)}, css=css)).value
    assert clay.body == "A\u00a0*B* so *C* **D** été"


def test_pictures_come_along_and_none_from_outside(tmp_path: Path) -> None:
    inside = '<p>A</p><p><img src="img/plate.png" alt="A plate"/></p><p><img src="../../../etc/x.png" alt=""/></p>'
    (clay,) = read(tmp_path, book({"clay": page(inside)})).value
    assert clay.body == "A\n\n![A plate](images/plate.png)"
    assert [(each.name, each.data, each.alt) for each in clay.images] == [("plate.png", picture(), "A plate")]
    assert [each.text for each in clay.dropped] == ["../../../etc/x.png"]


def test_links_between_chapters_keep_their_words(tmp_path: Path) -> None:
    pages = {"clay": page('<p>See <a href="fire.xhtml#x">Fire</a>.</p>'), "fire": page('<p id="x">B</p>')}
    assert read(tmp_path, book(pages)).value[0].body == "See Fire."


def test_authors_of_an_anthology_come_from_bylines(tmp_path: Path) -> None:
    authors = (
        '<dc:creator id="a">Rosa Quill</dc:creator><dc:creator>Bo Lark</dc:creator><dc:creator id="e">Ed Itor'
        '</dc:creator><meta refines="#e" property="role">edt</meta>'
    )
    pages = {
        "clay": page("<h1>Clay</h1><p>Bo Lark</p><p>A</p>"),
        "fire": page("<h1>Fire</h1><p>By Ann Lee</p><p>B</p>"),
        "ash": page("<h1>Ash</h1><p>C</p>"),
    }
    made = read(tmp_path, book(pages, authors=authors))
    assert [(each.authors, each.body) for each in made.value] == [(("Bo Lark",), "A"), (("Ann Lee",), "B"), ((), "C")]
    assert codes(made) == ["I161"]
    assert made.diagnostics[0].message == "the book has 2 authors, and these chapters do not say which is theirs: Ash"


def test_an_old_table_of_contents(tmp_path: Path) -> None:
    files = book({"clay": page("<p>A</p>"), "fire": page("<p>B</p>")}, contents=page("<p>none</p>"))
    files["in/book.opf"] = str(files["in/book.opf"]).replace(
        '<item id="nav" href="nav.xhtml" properties="nav"/>',
        '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
    )
    files["in/toc.ncx"] = (
        '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd"><ncx><navMap>'
        '<navPoint><navLabel><text>On Clay</text></navLabel><content src="clay.xhtml"/></navPoint>'
        '<navPoint><navLabel><text>On Fire</text></navLabel><content src="fire.xhtml#x"/></navPoint></navMap></ncx>'
    )
    assert [each.title for each in read(tmp_path, files).value] == ["On Clay", "On Fire"]


def test_a_page_that_is_no_xml_is_read_as_html(tmp_path: Path) -> None:
    (clay,) = read(tmp_path, book({"clay": page("<p>A <b>bold</b> & <br> word").replace("</html>", "")})).value
    assert clay.body == "A **bold** &\\\nword"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"META-INF/container.xml": "<container/>"}, "I154"),
        ({"in/book.opf": "<package"}, "I154"),
        ({"META-INF/container.xml": '<c><rootfile full-path="no.opf"/></c>'}, "I150"),
        ({"META-INF/encryption.xml": '<e><CipherReference URI="in/clay.xhtml"/></e>'}, "I160"),
        ({"in/clay.xhtml": page("")}, "I125"),
    ],
)
def test_broken_and_locked_books_are_explained(tmp_path: Path, change: dict[str, str], code: str) -> None:
    with pytest.raises(Stop) as caught:
        read(tmp_path, {**book({"clay": page("<p>A</p>")}), **change})
    assert caught.value.diagnostics[0].code == code


def test_fonts_may_be_obfuscated(tmp_path: Path) -> None:
    files = book({"clay": page("<p>A</p>")})
    files["META-INF/encryption.xml"] = '<e><CipherReference URI="in/font.otf"/></e>'
    assert read(tmp_path, files).value[0].body == "A"
