"""The EPUB 3: chapters in, one file out, its bytes decided by the book alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from overprint.diagnostics import Made
from overprint.model import Composed, Resource
from overprint.render.epub import documents, fonts, images, navigation, package, styles, tree
from overprint.render.epub.documents import Document
from overprint.render.epub.package import Meta, Package, Part

__all__ = ["render"]

_XHTML_TYPE = "application/xhtml+xml"
# `section, nav { display: block }`, which old engines need, would show what is hidden.
_LAST_RULE = "[hidden] {\n  display: none;\n}\n"
_APPLE = "META-INF/com.apple.ibooks.display-options.xml"


def render(composed: Composed, target: Path) -> Made[Path]:
    """Write the book as an EPUB 3.

    Args:
        composed: the book, its chapters and its look.
        target: where to write; it is the caller's to move into place.

    Raises:
        Stop: the book cannot be written as a valid, inert EPUB.
        OSError: the target cannot be written, as on a full disk.
    """
    # ebooklib is wanted only when a book is written.
    from overprint.render.epub import packager

    packager.write(_package(composed), target)
    return Made(target)


def _package(composed: Composed) -> Package:
    book = composed.book
    styles.check(composed.look.epub_css, frozenset(each.name for each in composed.look.resources))
    chapters = documents.documents(composed.chapters, (each.name for each in book.images))
    # A page-list belongs here: breaks are set in the chapters' trees, then listed in the nav and the NCX.
    entries = navigation.contents(composed, chapters)
    marks = navigation.landmarks(book, chapters)
    nav = navigation.nav(book, entries, marks)
    cover = _cover(chapters)
    front = [each for each in chapters if each.chapter.matter == "front"]
    rest = [each for each in chapters if each.chapter.matter != "front"]
    parts = (
        Part("nav", navigation.NAV, _XHTML_TYPE, tree.xhtml(nav), ("nav",)),
        Part("ncx", "toc.ncx", "application/x-dtbncx+xml", tree.xml(navigation.ncx(book, entries))),
        *_dress(composed, [*(each.root for each in chapters), nav]),
        *(Part(_id(each), each.href, _XHTML_TYPE, documents.content(each), each.properties) for each in chapters),
        *_pictures(composed, chapters, cover),
    )
    return Package(
        language=book.language,
        direction=documents.direction(book.language),
        metadata=(*package.metadata(book, chapters), *_old_cover(parts)),
        parts=parts,
        spine=(*map(_id, front), "nav", *map(_id, rest)),
        guide=navigation.guide(marks),
    )


def _id(document: Document) -> str:
    return f"text-{document.chapter.name}"


def _dress(composed: Composed, roots: Sequence[etree._Element]) -> Iterator[Part]:
    """Yield the style sheet and the fonts that it asks for."""
    faces, rules = fonts.fonts(composed.look, roots)
    sheet = f"{rules}{composed.look.epub_css.rstrip()}\n{_LAST_RULE}"
    yield Part("css", styles.SHEET, "text/css", sheet.encode())
    yield from faces
    if faces:
        yield from fonts.licences(composed.look)
        root = etree.Element("display_options")
        tree.add(tree.add(root, "platform", {"name": "*"}), "option", {"name": "specified-fonts"}, "true")
        yield Part("apple", _APPLE, "application/xml", tree.xml(root), listed=False)


def _pictures(composed: Composed, chapters: Sequence[Document], cover: str) -> Iterator[Part]:
    """Yield the pictures that the chapters show and the ornaments that the style sheet loads, and no others."""
    loaded = styles.addresses(composed.look.epub_css)
    ornaments = [each for each in composed.look.resources if f"../{each.name}" in loaded]
    shown = {name for each in chapters for name in each.pictures}
    needed = [*(each for each in composed.book.images if each.name in shown), *ornaments]
    for number, resource in enumerate(sorted(set(needed), key=lambda each: each.name), 1):
        part = _picture(number, resource)
        yield replace(part, properties=("cover-image",)) if resource.name == cover else part


def _picture(number: int, resource: Resource) -> Part:
    return Part(f"image-{number}", resource.name, resource.media_type, images.clean(resource))


def _cover(chapters: Sequence[Document]) -> str:
    """Return the file that the cover shows, empty where there is none."""
    return next((name for each in chapters if each.chapter.name == "cover" for name in each.pictures), "")


def _old_cover(parts: Sequence[Part]) -> Iterator[Meta]:
    """Name the cover's picture as EPUB 2 did, for shops and Kindles that still look there."""
    for part in parts:
        if "cover-image" in part.properties:
            yield Meta("meta", "", {"name": "cover", "content": part.id})
