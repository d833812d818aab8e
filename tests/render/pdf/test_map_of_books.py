"""The page map of whole books: the place it names in a chapter's XHTML begins with the text that stands on the page."""

from __future__ import annotations

import re
from pathlib import Path

import pypdf
import pytest
from lxml import etree

import books
from overprint import pipeline
from overprint.compose import compose
from overprint.model import Composed
from overprint.render.pdf import Layout
from overprint.render.text_blocks import blocks_of

ROOT = Path(__file__).parents[3]


def composed(root: Path) -> Composed:
    manuscript, book = pipeline.validate(root).value
    return compose(book, manuscript.project).value


def letters(text: str) -> str:
    return re.sub(r"[^\w]", "", text)


def body(html: str) -> etree._Element:
    return etree.fromstring(f'<body xmlns:epub="http://www.idpf.org/2007/ops">{html}</body>')


@pytest.fixture(scope="module", params=["example", "anthology"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Composed, Layout, Path]:
    folder = tmp_path_factory.mktemp("book")
    made = composed(ROOT if request.param == "example" else books.write_anthology(folder))
    target = folder / "book.pdf"
    return made, pipeline.Layouting(jobs=2).pdf(made, target).value, target


def test_each_page_begins_where_the_map_says(book: tuple[Composed, Layout, Path]) -> None:
    made, layout, path = book
    blocks = {chapter.name: blocks_of(body(chapter.html)) for chapter in made.chapters}
    with pypdf.PdfReader(path) as reader:
        printed = [letters(page.extract_text()) for page in reader.pages]
    assert len(printed) == layout.pages
    begun = [(sheet.start, text) for sheet, text in zip(layout.sheets, printed, strict=True) if sheet.start]
    assert len(begun) > layout.pages / 2
    for start, text in begun:
        block = blocks[start.chapter][start.block]
        assert letters(block.text[start.offset :]).startswith(letters(start.text))
        assert letters(start.text)[:20] in text


def test_pages_are_labelled_as_readers_see_them(book: tuple[Composed, Layout, Path]) -> None:
    _, layout, path = book
    with pypdf.PdfReader(path) as reader:
        assert [sheet.label for sheet in layout.sheets] == list(reader.page_labels)
    labels = [sheet.label for sheet in layout.sheets]
    body = labels.index("1")
    assert labels[0] == "i"
    assert labels[body:] == [str(number) for number in range(1, len(labels) - body + 1)]


def test_notes_stand_on_the_page_of_their_call(book: tuple[Composed, Layout, Path]) -> None:
    made, layout, _ = book
    called = {ident for ident, call, there in layout.notes if call == there}
    written = {name for chapter in made.chapters for name in re.findall(r'<aside[^>]* id="([^"]+)"', chapter.html)}
    assert written
    assert written <= called
