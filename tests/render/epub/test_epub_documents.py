"""Chapters: strictly parsed, inert, rightly linked."""

from __future__ import annotations

import pytest
from lxml import etree

from overprint.diagnostics import Diagnostic, Exit, Stop
from overprint.model import Chapter
from overprint.render.epub import inert
from overprint.render.epub.documents import content, documents

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">%s</svg>'


def chapter(html: str, name: str = "her") -> Chapter:
    return Chapter(name, "Her", html, "body", "en")


def refused(html: str, *more: Chapter, pictures: tuple[str, ...] = ()) -> tuple[Diagnostic, ...]:
    with pytest.raises(Stop) as stop:
        documents([chapter(html), *more], pictures)
    assert stop.value.exit is Exit.CANNOT
    return stop.value.diagnostics


@pytest.mark.parametrize(
    "html",
    [
        "<p>open",
        "<p>a & b</p>",
        "<p>&nbsp;</p>",
        "<p>\x0c</p>",
        "<p>\ud800</p>",
        "<p>\ufffe</p>",
        "</body><body>",
        "</body><!--",
        '<?xml version="1.0"?><p/>',
        "<!DOCTYPE p><p/>",
        "<p a='1' a='2'/>",
        "<i>" * 300 + "</i>" * 300,
        "<z:p/>",
    ],
)
def test_refuses_what_is_not_well_formed(html: str) -> None:
    assert [each.code for each in refused(html)] == ["E001"]


def test_names_the_line() -> None:
    place = refused("<p>one</p>\n<p>two\n</q>")[0].place
    assert (place.path, place.line) == ("text/her.xhtml", 3)


@pytest.mark.parametrize(
    "html",
    [
        "<script/>",
        "<SCRIPT/>",
        '<p onclick="x()"/>',
        '<iframe src="a"/>',
        "<form/>",
        "<object/>",
        "<embed/>",
        '<base href="https://example.org"/>',
        '<meta http-equiv="refresh" content="0"/>',
        '<link rel="stylesheet" href="a.css"/>',
        "<style>p { color: red }</style>",
        '<p style="background: url(https://example.org/a.png)"/>',
        '<p style="background: u\\72l(https://example.org/a.png)"/>',
        '<a href="javascript:x()"/>',
        '<a href=" java&#10;script:x()"/>',
        '<a href="java%0Ascript:x()"/>',
        '<a href="data:text/html,x"/>',
        '<a href="file:///etc/passwd"/>',
        '<a href="//example.org"/>',
        '<a href="\\\\example.org"/>',
        '<a href="epub:x"/>',
        '<a ping="https://example.org" href="#a"/>',
        '<img src="https://example.org/a.png" alt=""/>',
        '<img src="data:image/png;base64,AAAA" alt=""/>',
        '<img srcset="a.png 2x" src="../images/a.png" alt=""/>',
        '<blockquote cite="javascript:x()"/>',
        '<p xml:base="https://example.org"/>',
        SVG % "<foreignObject/>",
        SVG % "<script/>",
        SVG % "<animate/>",
        SVG % '<a xlink:href="javascript:x()"/>',
        SVG % '<use href="other.svg#a"/>',
        SVG % '<rect fill="url(https://example.org/#a)"/>',
        SVG % '<image href="https://example.org/a.png"/>',
        '<x xmlns="http://example.org"/>',
    ],
)
def test_refuses_what_is_not_inert(html: str) -> None:
    assert {each.code for each in refused(html, pictures=("images/a.png",))} == {"E002"}


def test_keeps_what_is_inert() -> None:
    html = (
        '<p style="font-style: italic" id="p"><a href="https://example.org/?a=b:c">a</a>'
        '<a href="mailto:a@example.org">b</a><a href="tel:+1">c</a><a href="#p">d</a>'
        '<a href="two.xhtml#q">e</a><a href="two.xhtml">f</a></p>'
        + SVG
        % '<linearGradient id="g"/><rect fill="url(#g)" style="fill: url(#g)"/><use xlink:href="#g"/>'
    )
    made = documents([chapter(html), chapter('<p id="q"/>', "two")], [])
    assert [each.properties for each in made] == [("svg",), ()]


@pytest.mark.parametrize(
    "href", ["#no", "no.xhtml", "two.xhtml#no", "../her.xhtml", "images/a.png", "../images/a.png", "print.xhtml", ""]
)
def test_refuses_links_that_lead_nowhere(href: str) -> None:
    printed = Chapter("print", "Print", "<p/>", "body", "en", media="print")
    found = refused(f'<a href="{href}">x</a>', chapter("<p/>", "two"), printed, pictures=("images/a.png",))
    assert [each.code for each in found] == ["E003"]


def test_refuses_pictures_that_the_book_has_not() -> None:
    assert refused('<img src="../images/b.png" alt=""/>', pictures=("images/a.png",))[0].message == (
        "a link in the chapter her leads to ../images/b.png, which is not in the EPUB"
    )


def test_refuses_two_places_of_one_name() -> None:
    assert [each.code for each in refused('<p id="a"/><p id="a"/>')] == ["E004"]


def test_says_all_that_is_wrong_at_once() -> None:
    found = refused("<p>", chapter('<a href="her.xhtml"><script/></a>', "two"), chapter("<form/>", "three"))
    assert [each.code for each in found] == ["E001", "E002", "E002"]


def test_a_book_needs_a_chapter() -> None:
    with pytest.raises(Stop) as stop:
        documents([Chapter("print", "Print", "<p/>", "body", "en", media="print")], [])
    assert stop.value.diagnostics[0].code == "E007"
    assert stop.value.exit is Exit.CONTENT


def test_comments_and_instructions_are_dropped() -> None:
    (made,) = documents([chapter("<!-- secret --><p>a<!-- b -->c<?php x ?></p>")], [])
    assert b"<p>ac</p>" in content(made)


def test_empty_elements_keep_their_end_tags() -> None:
    """Readers that take XHTML for HTML would run on to the end of the chapter."""
    (made,) = documents([chapter('<p>a<br/><span id="b"/><i/></p>')], [])
    assert b'<p>a<br/><span id="b"></span><i></i></p>' in content(made)


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("", "nothing"),
        ("#a", "fragment"),
        ("a.xhtml#a:b", "relative"),
        ("a/b?c:d", "relative"),
        ("HTTPS://example.org", "web"),
        ("data:image/png;base64,AAAA", "picture"),
        ("data:image/svg+xml;base64,AAAA", "refused"),
        ("\x01javascript:x", "refused"),
        ("/\t/example.org", "refused"),
    ],
)
def test_reach(address: str, where: str) -> None:
    assert inert.reach(address) == where


def test_document_is_what_a_parser_sees_again() -> None:
    (made,) = documents([chapter("<p>a &lt; b &amp; “c” 🙂</p>")], [])
    assert "".join(map(str, etree.fromstring(content(made))[-1].itertext())) == "a < b & “c” 🙂"
