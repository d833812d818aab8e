"""The EPUB 3: chapters in, one file out, its bytes decided by the book alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from overprint.diagnostics import Made
from overprint.model import Composed, PrintedPage
from overprint.render.epub import (
    accessibility,
    documents,
    fonts,
    images,
    navigation,
    package,
    page_list,
    sorted_sheet,
    structure,
    styles,
    tree,
)
from overprint.render.epub.documents import Document
from overprint.render.epub.package import Meta, Package, Part
from overprint.render.epub.pictures import Picture, Remake, made_fit

__all__ = ["render"]

_XHTML_TYPE = "application/xhtml+xml"
# `section, nav { display: block }`, which old engines need, would show what is hidden.
_LAST_RULE = "[hidden] {\n  display: none;\n}\n"
_APPLE = "META-INF/com.apple.ibooks.display-options.xml"


def render(
    composed: Composed, target: Path, *, remake: Remake | None = None, pages: Iterable[PrintedPage] = ()
) -> Made[Path]:
    """Write the book as an EPUB 3.

    Args:
        composed: the book, its chapters and its look.
        target: where to write; it is the caller's to move into place.
        remake: makes pictures anew that are too large, turned or in other colours; without it they stay so.
        pages: those of the printed book, which the EPUB marks and lists.

    Raises:
        Stop: the book cannot be written as a valid, inert EPUB.
        OSError: the target cannot be written, as on a full disk.
    """
    # ebooklib is wanted only when a book is written.
    from overprint.render.epub import packager

    made = _package(composed, remake, pages)
    packager.write(made.value, target)
    return Made(target, made.diagnostics)


def _package(composed: Composed, remake: Remake | None, pages: Iterable[PrintedPage]) -> Made[Package]:
    book = composed.book
    styles.check(composed.look.epub_css, frozenset(each.name for each in composed.look.resources))
    chapters = documents.documents(composed.chapters, (each.name for each in book.images))
    entries = navigation.contents(composed, chapters)
    marks = navigation.landmarks(book, chapters)
    begins = page_list.mark(chapters, pages)
    nav = navigation.nav(book, entries, marks, begins)
    roots = [*(each.root for each in chapters), nav]
    named = dict(zip([*(each.href for each in chapters), navigation.NAV], roots, strict=True))
    structure.check(named, entries)
    pictures = tuple(_pictures(composed, chapters, remake))
    front = [each for each in chapters if each.chapter.matter == "front"]
    rest = [each for each in chapters if each.chapter.matter != "front"]
    parts = (
        Part("nav", navigation.NAV, _XHTML_TYPE, tree.xhtml(nav), ("nav",)),
        Part("ncx", "toc.ncx", "application/x-dtbncx+xml", tree.xml(navigation.ncx(book, entries, chapters, begins))),
        *_dress(composed, roots),
        *(Part(_id(each), each.href, _XHTML_TYPE, documents.content(each), each.properties) for each in chapters),
        *pictures,
    )
    found = accessibility.evidence(roots, parts)
    whole = Package(
        language=book.language,
        direction=documents.direction(book.language),
        metadata=(*package.metadata(book), *accessibility.metadata(book, found), *_old_cover(parts)),
        parts=parts,
        spine=(*map(_id, front), "nav", *map(_id, rest)),
        guide=navigation.guide(marks),
    )
    return Made(whole, found.said if not book.edition.accessibility.hazards else ())


def _id(document: Document) -> str:
    return package.text_id(document.chapter.name)


def _dress(composed: Composed, roots: Sequence[etree._Element]) -> Iterator[Part]:
    """Yield the style sheet and the fonts that it asks for."""
    look = fonts.as_called(composed.look)
    faces, rules = fonts.fonts(look, roots)
    sheet = sorted_sheet.sort(f"{look.epub_css}\n{_LAST_RULE}", sorted_sheet.kinds(roots))
    yield Part("css", styles.SHEET, "text/css", f"{rules}{sheet}".encode())
    yield from faces
    if faces:
        yield from fonts.licences(composed.look)
        root = etree.Element("display_options")
        tree.add(tree.add(root, "platform", {"name": "*"}), "option", {"name": "specified-fonts"}, "true")
        yield Part("apple", _APPLE, "application/xml", tree.xml(root), listed=False)


def _pictures(composed: Composed, chapters: Sequence[Document], remake: Remake | None) -> Iterator[Part]:
    """Yield the pictures that the chapters show and the ornaments that the style sheet loads, and no others.

    The chapters then show them by the names that they got.
    """
    cover, shown = _cover(chapters), {name for each in chapters for name in each.pictures}
    made = made_fit([each for each in composed.book.images if each.name in shown], remake)
    documents.rename(chapters, {name: each.name for name, each in made.items()})
    loaded = styles.addresses(composed.look.epub_css)
    ornaments = [each for each in composed.look.resources if f"../{each.name}" in loaded]
    made |= {each.name: Picture(each.name, each.media_type, images.clean(each)) for each in ornaments}
    for number, (name, each) in enumerate(sorted(made.items()), 1):
        part = Part(f"image-{number}", each.name, each.media_type, each.content)
        yield replace(part, properties=("cover-image",)) if name == cover else part


def _cover(chapters: Sequence[Document]) -> str:
    """Return the file that the cover shows, empty where there is none."""
    return next((name for each in chapters if each.chapter.name == "cover" for name in each.pictures), "")


def _old_cover(parts: Sequence[Part]) -> Iterator[Meta]:
    """Name the cover's picture as EPUB 2 did, for shops and Kindles that still look there."""
    for part in parts:
        if "cover-image" in part.properties:
            yield Meta("meta", "", {"name": "cover", "content": part.id})
