"""Contents and landmarks, for reading systems new and old."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from overprint.diagnostics import Stop
from overprint.model import Book, Chapter, Composed, Entry, Look
from overprint.render.epub import navigation, tree
from overprint.render.epub.documents import documents

_BOOK = Book("a", "A", "en", "urn:uuid:0", "2026-11-22T12:00:00Z", ())


def ways(composed: Composed) -> tuple[str, str]:
    """Return the nav and the NCX, their namespaces left out."""
    chapters = documents(composed.chapters, [each.name for each in composed.book.images])
    entries = navigation.contents(composed, chapters)
    nav = navigation.nav(composed.book, entries, navigation.landmarks(composed.book, chapters))
    return tree.xhtml(nav).decode(), tree.xml(navigation.ncx(composed.book, entries, chapters)).decode()


def test_nav(composed: Composed) -> None:
    nav, _ = ways(composed)
    assert '<nav epub:type="toc" aria-labelledby="toc-title" role="doc-toc"><h1 id="toc-title">Contents</h1><ol>' in nav
    assert (
        '<li><a href="text/her.xhtml#her-title">Her &amp; Him 🙂</a><ol>'
        '<li><a href="text/her.xhtml#her-s1">One</a></li>'
        '<li><a href="text/her.xhtml#her-comments-title">Comments</a></li></ol></li>'
        '<li><a href="text/second.xhtml#second-title">&lt;Second&gt;</a></li>'
    ) in nav
    assert "Mark Riboldi" not in nav
    assert "Too deep" not in nav
    assert '<nav epub:type="landmarks" aria-labelledby="landmarks-title" hidden="hidden">' in nav
    marks = ["titlepage", "toc", "bodymatter", "backmatter"]
    root = etree.fromstring(nav.encode())
    assert [each.get(tree.EPUB_TYPE) for each in root.iterfind(".//{*}a") if each.get(tree.EPUB_TYPE)] == marks


def test_ncx(composed: Composed) -> None:
    _, ncx = ways(composed)
    root = etree.fromstring(ncx.encode())
    facts = {each.get("name"): each.get("content") for each in root.iterfind(".//{*}meta")}
    assert facts["dtb:uid"] == composed.book.identifier
    assert facts["dtb:depth"] == "2"
    assert root.get(tree.XML_LANG) == "en-AU"
    points = [(each.get("id"), each.get("playOrder")) for each in root.iterfind(".//{*}navPoint")]
    assert points == [("np-1", "1"), ("np-1-1", "2"), ("np-1-2", "3"), ("np-2", "4"), ("np-3", "5")]
    assert "<docAuthor><text>Mark Riboldi</text></docAuthor>" in ncx
    assert "Ann Other" not in ncx


def test_equal_targets_have_equal_play_orders(composed: Composed) -> None:
    entry = Entry("her.xhtml", "Her", "", (Entry("her.xhtml", "Her again"), Entry("her.xhtml#her-s1", "One")))
    root = etree.fromstring(ways(replace(composed, contents=(entry,)))[1].encode())
    assert [each.get("playOrder") for each in root.iterfind(".//{*}navPoint")] == ["1", "1", "2"]


@pytest.mark.parametrize(
    ("language", "title"), [("de-AT", "Inhalt"), ("fr", "Table des matières"), ("cy", "Contents"), ("EN", "Contents")]
)
def test_speaks_the_language_of_the_book(composed: Composed, language: str, title: str) -> None:
    nav, ncx = ways(replace(composed, book=replace(composed.book, language=language)))
    assert f">{title}</h1>" in nav
    assert f"<title>{title}</title>" in nav
    assert f'xml:lang="{language}"' in ncx


def test_without_contents_lists_the_chapters() -> None:
    chapters = (Chapter("a", "A & B", "<p/>", "body", "en"),)
    book = Composed(_BOOK, chapters, (), Look("octavo", (), "", ()))
    nav, ncx = ways(book)
    assert '<ol><li><a href="text/a.xhtml">A &amp; B</a></li></ol>' in nav
    assert '<meta name="dtb:depth" content="1"/>' in ncx
    assert "<ol/>" not in nav
    assert "<ol></ol>" not in nav
    assert "backmatter" not in nav
    assert "titlepage" not in nav


def test_leaves_out_what_is_only_printed(composed: Composed) -> None:
    contents = (Entry("contents.xhtml", "Contents page"), *composed.contents)
    assert "Contents page" not in ways(replace(composed, contents=contents))[0]


@pytest.mark.parametrize("href", ["no.xhtml", "her.xhtml#no"])
def test_refuses_entries_that_lead_nowhere(composed: Composed, href: str) -> None:
    with pytest.raises(Stop) as stop:
        ways(replace(composed, contents=(Entry(href, "Nowhere"),)))
    assert [each.code for each in stop.value.diagnostics] == ["E003"]


def test_guide(composed: Composed) -> None:
    chapters = documents(composed.chapters, [each.name for each in composed.book.images])
    guide = navigation.guide(navigation.landmarks(composed.book, chapters))
    assert [(each.type, each.href) for each in guide] == [("toc", "nav.xhtml"), ("text", "text/her.xhtml")]
