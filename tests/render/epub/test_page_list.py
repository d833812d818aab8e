"""Marks of printed pages: at the right character, in places where a mark may stand, and listed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from overprint.model import Book, Chapter, Composed, Look, PrintedPage
from overprint.render.epub import navigation, page_list, tree
from overprint.render.epub.documents import Document, documents
from overprint.render.text_blocks import blocks_of

_BOOK = Book("a", "A", "en", "urn:uuid:0", "2026-11-22T12:00:00Z", ())


def made(html: str, *pages: PrintedPage, name: str = "a") -> tuple[Document, tuple[page_list.PageMark, ...]]:
    """Return a chapter with marks, and their list."""
    (document,) = documents([Chapter(name, "A", html, "body", "en")], ["images/a.png"])
    return document, page_list.mark([document], pages)


def shown(document: Document) -> str:
    """Return the chapter's body, each mark as its label between bars."""
    for each in list(document.body.iter()):
        if each.get("role") == "doc-pagebreak":
            name, label = tree.local(each), each.get("aria-label")
            each.addprevious(mark := etree.Element(f"{name}-{label}"))
            mark.tail, each.tail = each.tail, None
            if (parent := each.getparent()) is not None:
                parent.remove(each)
    etree.cleanup_namespaces(document.body)
    text = etree.tostring(document.body, encoding="unicode")
    return text.replace(' xmlns="http://www.w3.org/1999/xhtml"', "")


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>one |two</p>", "<p>one <span-7/>two</p>"),
        ("<p>|one</p>", "<p><span-7/>one</p>"),
        ("<p>a <em>b</em> |c</p>", "<p>a <em>b</em> <span-7/>c</p>"),
        ("<p>a <em>b |c</em></p>", "<p>a <em>b <span-7/>c</em></p>"),
        ("<p>in|side out</p>", "<p>inside<span-7/> out</p>"),
        ("<p>well-|known one</p>", "<p>well-known<span-7/> one</p>"),
        ("<p>o’|clock</p>", "<p>o’clock<span-7/></p>"),
        ("<p>bro|<em>ken</em> up</p>", "<p>bro<em>ken</em><span-7/> up</p>"),
        ("<h2>two |words</h2>", "<div-7/><h2>two words</h2>"),
        ("<hgroup><h2>two</h2><p>|words</p></hgroup>", "<div-7/><hgroup><h2>two</h2><p>words</p></hgroup>"),
        ('<p>a <a href="#x">link |on</a><b id="x"/></p>', '<p>a <span-7/><a href="#x">link on</a><b id="x"/></p>'),
        ("<ul><li>|item</li></ul>", "<ul><li><span-7/>item</li></ul>"),
        ("<table><tr><td>|cell</td></tr></table>", "<table><tr><td><span-7/>cell</td></tr></table>"),
        ("<p>a <ruby>b|<rt>c</rt></ruby></p>", "<p>a <span-7/><ruby>b<rt>c</rt></ruby></p>"),
        ("<pre>a\n|b</pre>", "<pre>a\n<span-7/>b</pre>"),
    ],
)
def test_where_a_mark_stands(html: str, marked: str) -> None:
    plain = html.replace("|", "")
    (whole,) = documents([Chapter("a", "A", html.replace("|", "\N{SECTION SIGN}"), "body", "en")], [])
    block, offset = next(
        (block.number, block.text.index("\N{SECTION SIGN}"))
        for block in blocks_of(whole.body)
        if "\N{SECTION SIGN}" in block.text
    )
    document, listed = made(plain, PrintedPage("7", "a", block, offset))
    assert marked in shown(document)
    assert listed == (page_list.PageMark("7", "text/a.xhtml#page-7"),)


def test_a_page_that_begins_with_a_picture() -> None:
    figure = '<figure><img src="../images/a.png" alt="A"/><figcaption>Words</figcaption></figure>'
    document, _ = made(f"<p>before</p>{figure}", PrintedPage("7", "a", 1, 0))
    assert f"<p>before</p><div-7/>{figure}" in shown(document)


def test_many_marks_in_one_paragraph_keep_their_places() -> None:
    pages = [PrintedPage(str(number), "a", 0, at) for number, at in enumerate((0, 4, 8), 1)]
    document, listed = made("<p>one two <b>six</b> ten</p>", *pages)
    assert "<p><span-1/>one <span-2/>two <b><span-3/>six</b> ten</p>" in shown(document)
    assert [each.label for each in listed] == ["1", "2", "3"]


def test_names_are_given_once() -> None:
    pages = [PrintedPage("v", "a", 0, 0), PrintedPage("V", "a", 0, 4)]
    document, listed = made('<p>one two <b id="page-v">six</b></p>', *pages)
    assert [each.href.partition("#")[2] for each in listed] == ["page-v-2", "page-v-3"]
    assert max(document.ids.values()) == 1


def test_what_is_not_in_the_epub_is_not_listed() -> None:
    document, listed = made("<p>one</p>", PrintedPage("i", "half-title", 0, 0), PrintedPage("1", "a", 0, 0))
    assert [each.label for each in listed] == ["1"]
    assert "span-1" in shown(document)


@pytest.mark.parametrize(("language", "title"), [("de-AT", "Gedruckte Seiten"), ("en", "Printed pages")])
def test_the_lists(language: str, title: str) -> None:
    html = '<section id="s"><h1>One</h1><p>two three</p></section>'
    (document,) = chapters = documents([Chapter("a", "A", html, "body", language)], [])
    composed = Composed(replace(_BOOK, language=language), (document.chapter,), (), Look("octavo", (), "", ()))
    pages = page_list.mark(chapters, [PrintedPage("ii", "a", 0, 0), PrintedPage("1", "a", 1, 4)])
    entries = navigation.contents(composed, chapters)
    nav = navigation.nav(composed.book, entries, (), pages)
    (listed,) = (each for each in nav.iter("{*}nav") if each.get("role") == "doc-pagelist")
    assert listed.get("hidden")
    assert listed[0].text == title
    assert [(each.get("href"), each.text) for each in listed.iter("{*}a")] == [
        ("text/a.xhtml#page-ii", "ii"),
        ("text/a.xhtml#page-1", "1"),
    ]
    ncx = navigation.ncx(composed.book, entries, chapters, pages)
    facts = {each.get("name"): each.get("content") for each in ncx.iter("{*}meta")}
    assert (facts["dtb:totalPageCount"], facts["dtb:maxPageNumber"]) == ("2", "1")
    targets = [(each.get("type"), each.get("value"), each.get("playOrder")) for each in ncx.iter("{*}pageTarget")]
    assert targets == [("front", None, "2"), ("normal", "1", "3")]
