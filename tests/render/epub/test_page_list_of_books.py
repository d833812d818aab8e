"""The EPUB's page-list against the printed pages: from each mark to the next stands what the printed page holds.

Compared are letters in their order: figures are those of notes and lists too, and case and ligatures are the
typeface's. Of a page its head and its folio are left out, which stand outside of where the text may be. What it has
more than the EPUB's span is notes, and these come in the order of the book, none twice and none never. Two themes draw
comments' heads behind the text that stands around them, so they are looked for by themselves.
"""

from __future__ import annotations

import re
import shutil
import sys
import unicodedata
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pymupdf
import pytest
from lxml import etree, html

from overprint import pipeline
from overprint.compose import compose, theme
from overprint.compose.printing import sheaf
from overprint.model import Composed
from overprint.render.epub import render
from overprint.render.text_blocks import APART, PICTURES, UNSEEN, plain_name

ROOT = Path(__file__).parents[3]
sys.path.append(str(ROOT / "benchmarks"))
import corpus  # noqa: E402

BOOKS = ("example", "anthology", *(f"specimen {name}" for name in theme.ours()))
HEAD, FOLIO = 50, 60
"""Points from the upper and lower edge within which no text stands but these."""
DRAWN_LATE = {"octavo": "comment-head", "plain": "comment-head", "gazette": None}


@dataclass
class Span:
    """The letters between two marks, and those of each piece of comments' heads among them."""

    text: str = ""
    heads: list[str] = field(default_factory=list)


def letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", unicodedata.normalize("NFKC", text)).casefold()


def project(folder: Path, kind: str) -> Path:
    if kind == "example":
        return ROOT
    if kind == "anthology":
        corpus.anthology(folder, 40, words=600, comments=2)
    else:
        shutil.copytree(ROOT / "tests/specimen", folder)
        with (folder / "manuscript/book.yaml").open("a", encoding="utf-8") as settings:
            settings.write(f"theme: {kind.split()[1]}\n")
    return folder


def composed(root: Path) -> Composed:
    manuscript, book = pipeline.validate(root, draft=False).value
    return compose(book, manuscript.project).value


def spans(epub: Path, book: Composed) -> dict[str, Span]:
    """Return what stands from each mark to the next, by the pages' labels; under none what stands before the first."""
    found, label = {"": Span()}, ""

    def add(text: str | None, late: bool) -> None:
        if late:
            found[label].heads.append(letters(text or ""))
        else:
            found[label].text += letters(text or "")

    def gather(element: etree._Element, late: bool) -> None:
        nonlocal label
        name = plain_name(element)
        if element.get("role") == "doc-pagebreak":
            label = element.get("aria-label") or ""
            found[label] = Span()
        elif name not in UNSEEN | PICTURES and element.get("role") not in APART:
            late = late or element.get("class", "") == DRAWN_LATE[book.look.theme]
            add(element.text, late)
            for child in element:
                gather(child, late)
                add(child.tail, late)

    with zipfile.ZipFile(epub) as held:
        for chapter in book.chapters:
            if chapter.media != "print":
                label = label if chapter.media == "both" else ""
                gather(etree.fromstring(held.read(f"EPUB/text/{chapter.name}.xhtml"))[-1], False)
    return found


def printed(page: pymupdf.Page) -> str:
    """Return the letters of a page in the order in which they are drawn."""
    traced = page.get_texttrace()  # type: ignore[no-untyped-call]
    drawn = ((origin[1], chr(code)) for span in traced for code, _, origin, _ in span["chars"])
    return letters("".join(sign for y, sign in drawn if HEAD < y < page.rect.height - FOLIO))


def notes(book: Composed) -> str:
    """Return the letters of all notes that are printed, those in the matter before the contents included."""
    found = html.fromstring(sheaf(book).document).iterfind(".//span[@class]")
    wanted = (each for each in found if "footnote" in (each.get("class") or "").split())
    return "".join(letters("".join(map(str, each.itertext()))) for each in wanted)


@pytest.mark.parametrize("kind", BOOKS)
def test_each_page_holds_what_the_epub_says(kind: str, tmp_path: Path) -> None:
    book = composed(project(tmp_path / "book", kind))
    target, pages = tmp_path / "book.pdf", tmp_path / "book.epub"
    layout = pipeline.Layouting(jobs=2).pdf(book, target).value
    begun = [(sheet.label, sheet.start, at) for at, sheet in enumerate(layout.sheets) if sheet.start]
    render(book, pages, pages=pipeline.begins(layout))
    marked = spans(pages, book)
    printed_only = {chapter.name for chapter in book.chapters if chapter.media == "print"}
    assert [label for label in marked if label] == [label for label, at, _ in begun if at.chapter not in printed_only]
    with pymupdf.open(target) as pdf:  # type: ignore[no-untyped-call]
        shown = {label: printed(pdf[at]) for label, _, at in begun}
    following = dict(zip((label for label, *_ in begun), (start for _, start, _ in begun[1:]), strict=False))
    waiting, moved = notes(book), ""
    for label in filter(None, marked):
        own, after, found = marked[label], following.get(label), shown[label]
        text, moved = moved + own.text, ""
        if after and after.word:  # the mark stands behind the word that the printed page parts
            moved = letters(re.match(r"[\w'’\u2010\u2011-]*", after.text)[0])  # type: ignore[index]
            assert text.endswith(moved)
            text = text.removesuffix(moved)
        for head in sorted(filter(None, own.heads), key=len, reverse=True):
            assert head in found, (label, head)
            found = "".join(found.rsplit(head, 1))
        assert found.startswith(text), label
        left = found.removeprefix(text)
        assert waiting.startswith(left), (label, left)
        waiting = waiting.removeprefix(left)
    assert waiting == ""
