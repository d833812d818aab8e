"""The cover: the editor's own picture, or a page of title, authors and publisher that is drawn in the theme's type."""

from __future__ import annotations

import dataclasses
from html import escape
from pathlib import Path

from lxml import etree

from overprint.compose import pages, terms
from overprint.compose.fit import SMALLEST, Typeface, fill
from overprint.compose.theme import Theme
from overprint.diagnostics import Diagnostic, Made, warning
from overprint.model import Book, Chapter, Composed, Cover, Look, Project, Resource

PICTURE = "images/cover.jpg"
LEGIBLE = 22.0
"""Points; a smaller title cannot be read in a shop's list, where a cover is 160 pixels wide."""
FEW, SOME = 4, 8
"""How many authors a cover names; the second number is for a book without editors."""

NO_ROOM = warning(
    "B115",
    "on the cover “{words}” is too small to read",
    "shorten it, or bring a cover of your own: `cover: images/front.jpg`",
    "Titles and names on the cover are made smaller until they fit, and are never hyphenated. In a shop's list, where "
    "covers are as small as stamps, this one cannot be read. What must be long can go into `subtitle:`; a very long "
    "word can have a hyphen.",
)


def cover(book: Book, project: Project, theme: Theme, look: Look) -> Made[Cover]:
    """Return the cover of a book."""
    alt = _alt(book)
    if project.cover:
        said = f"{alt}: {project.cover_alt}" if project.cover_alt else alt
        return Made(Cover(said, picture=project.manuscript / project.cover))
    html = pages.cover(book, theme, writers=_writers(book), editors=people(book, "edt"))
    body = parsed(html)
    found: list[Diagnostic] = []
    others = tuple(face.path for face in look.faces if face.style == "normal" and face.weight == 400)
    for name, fit in look.setting.cover.items():
        elements = [each for each in body.iter() if name in (each.get("class") or "").split()]
        if elements and fill(elements, Typeface(fit, others)) < (LEGIBLE if name == "cover-title" else SMALLEST):
            words = " / ".join("".join(str(part) for part in each.itertext()) for each in elements)
            found.append(NO_ROOM.at(project.at("title"), words=words))
    return Made(Cover(alt, _document(book, body)), tuple(found))


def covered(composed: Composed, picture: Path) -> Composed:
    """Return the book with its cover as the first chapter of the EPUB; `picture` is a JPEG."""
    book, alt = composed.book, composed.cover.alt
    image = f'<img src="../{PICTURE}" alt="{escape(alt)}" role="doc-cover"/>'
    html = f'<section class="cover" id="cover" epub:type="cover">{image}</section>'
    first = Chapter("cover", terms.terms(book.language)["cover"], html, "front", book.language, "cover", "epub")
    shown = Resource(PICTURE, "image/jpeg", picture)
    return dataclasses.replace(
        composed,
        book=dataclasses.replace(book, images=(*book.images, shown)),
        chapters=(first, *composed.chapters),
    )


def _alt(book: Book) -> str:
    words = terms.terms(book.language)
    title, subtitle = (pages.plain(each, book.language) for each in (book.title, book.subtitle))
    whole = words["cover_of"].format(title=f"{title}. {subtitle}" if subtitle else title)
    writers = _writers(book)
    return f"{whole}, {words['by'].format(names=terms.names(writers, book.language))}" if writers else whole


def _writers(book: Book) -> tuple[str, ...]:
    """Return the authors that the cover names: none of many."""
    writers, editors = people(book, "aut"), people(book, "edt")
    return writers if len(writers) <= (FEW if editors else SOME) else ()


def people(book: Book, role: str) -> tuple[str, ...]:
    """Return the names of those who did something for the book; `role` is as in `Creator`."""
    return tuple(each.name for each in book.creators if each.role == role)


def parsed(html: str) -> etree._Element:
    """Return XHTML inside a body."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(f"<body>{html}</body>".encode(), parser)


def _document(book: Book, body: etree._Element) -> str:
    shown = str(etree.tostring(body, encoding="unicode", method="html"))
    return f'<!DOCTYPE html>\n<html lang="{book.language}"><head><meta charset="utf-8"></head>{shown}</html>\n'
