"""What reading systems of before EPUB 3 find: a cover, a guide, and a table of contents of their own kind."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

import books
from overprint import pipeline

OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
NCX = {"n": "http://www.daisy.org/z3986/2005/ncx/"}
HTML = {"h": "http://www.w3.org/1999/xhtml", "e": "http://www.idpf.org/2007/ops"}
DEEPEST = 2
"""Levels of contents that a Kindle shows."""

Parts = dict[str, etree._Element]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """Return the XML of an anthology in parts, by name."""
    [built] = pipeline.build(books.write_anthology(tmp_path_factory.mktemp("old")), ["epub"]).value
    with zipfile.ZipFile(built.path) as book:
        names = [name for name in book.namelist() if Path(name).suffix in {".opf", ".ncx", ".xhtml"}]
        return {name.removeprefix("EPUB/"): etree.fromstring(book.read(name)) for name in names}


def found(root: etree._Element, path: str, names: dict[str, str]) -> list[str]:
    return [str(each) for each in root.xpath(path, namespaces=names)]  # type: ignore[union-attr]


def test_the_cover_comes_first_and_is_read_like_all_else(parts: Parts) -> None:
    package, cover = parts["package.opf"], parts["text/cover.xhtml"]
    assert found(package, "//o:itemref[1]/@idref", OPF) == found(package, "//o:item[@href='text/cover.xhtml']/@id", OPF)
    assert found(package, "//o:itemref/@linear", OPF) == []
    [words] = found(cover, "//h:img[@role='doc-cover']/@alt", HTML)
    assert "Small Book" in words


def test_the_cover_is_named_in_the_old_way_and_the_new(parts: Parts) -> None:
    package = parts["package.opf"]
    [old] = found(package, "//o:meta[@name='cover']/@content", OPF)
    assert found(package, "//o:item[@properties='cover-image']/@id", OPF) == [old]


def test_the_guide_leads_where_the_landmarks_do(parts: Parts) -> None:
    guide = dict(
        zip(*(found(parts["package.opf"], f"//o:reference/@{name}", OPF) for name in ("type", "href")), strict=True)
    )
    marks = "//h:nav[@e:type='landmarks' and @hidden]//h:a/@"
    new = dict(zip(*(found(parts["nav.xhtml"], f"{marks}{name}", HTML) for name in ("e:type", "href")), strict=True))
    assert guide == {"cover": new["cover"], "toc": new["toc"], "text": new["bodymatter"]}


def test_both_tables_of_contents_are_one(parts: Parts) -> None:
    ncx, nav = parts["toc.ncx"], parts["nav.xhtml"]
    lines = "//h:nav[@e:type='toc']//h:a"
    assert found(ncx, "//n:navPoint/n:content/@src", NCX) == found(nav, f"{lines}/@href", HTML)
    assert found(ncx, "//n:navPoint/n:navLabel/n:text/text()", NCX) == found(nav, f"{lines}//text()", HTML)
    order = [int(each) for each in found(ncx, "//n:navPoint/@playOrder", NCX)]
    assert order == sorted(order)
    assert found(ncx, "//n:meta[@name='dtb:uid']/@content", NCX) == found(
        parts["package.opf"], "//dc:identifier[@id='pub-id']/text()", OPF
    )


def test_contents_are_no_deeper_than_a_kindle_shows(parts: Parts) -> None:
    depths = [
        len(list(each.iterancestors(f"{{{HTML['h']}}}ol"))) for each in parts["nav.xhtml"].iter(f"{{{HTML['h']}}}a")
    ]
    assert max(depths) == DEEPEST
    assert found(parts["toc.ncx"], "//n:meta[@name='dtb:depth']/@content", NCX) == [str(DEEPEST)]
