"""The ways into the book: `nav.xhtml` for reading systems of today, `toc.ncx` and the guide for older ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from overprint.diagnostics import Exit, Place, Stop
from overprint.model import Book, Chapter, Composed, Entry
from overprint.render.epub.documents import ASTRAY, Document, page
from overprint.render.epub.package import Reference
from overprint.render.epub.page_list import PageMark
from overprint.render.epub.tree import EPUB_TYPE, XHTML, XML_LANG, add, root

NAV = "nav.xhtml"
NCX = "http://www.daisy.org/z3986/2005/ncx/"


@dataclass(frozen=True, slots=True)
class _Words:
    contents: str
    landmarks: str
    cover: str
    title_page: str
    text: str
    back: str
    pages: str


_WORDS = {
    "en": _Words("Contents", "Landmarks", "Cover", "Title page", "Start of the text", "Back matter", "Printed pages"),
    "de": _Words(
        "Inhalt", "Orientierungspunkte", "Umschlag", "Titelseite", "Beginn des Textes", "Anhang", "Gedruckte Seiten"
    ),
    "es": _Words(
        "Índice",
        "Puntos de referencia",
        "Cubierta",
        "Portada",
        "Comienzo del texto",
        "Páginas finales",
        "Páginas impresas",
    ),
    "fr": _Words(
        "Table des matières", "Repères", "Couverture", "Page de titre", "Début du texte", "Annexes", "Pages imprimées"
    ),
    "it": _Words(
        "Indice",
        "Punti di riferimento",
        "Copertina",
        "Frontespizio",
        "Inizio del testo",
        "Appendici",
        "Pagine a stampa",
    ),
    "nl": _Words(
        "Inhoud", "Oriëntatiepunten", "Omslag", "Titelpagina", "Begin van de tekst", "Nawerk", "Gedrukte pagina’s"
    ),
}


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that reading systems can jump to by its kind."""

    type: str
    title: str
    href: str


def contents(composed: Composed, documents: Sequence[Document]) -> tuple[Entry, ...]:
    """Return the contents of the EPUB, at most two levels, for Kindle shows no more.

    What stands only in the printed book is left out; a book without contents lists its documents.

    Raises:
        Stop: an entry leads to no chapter.
    """
    _check(composed, documents)
    held = {each.chapter.name for each in documents}
    kept = tuple(_two_levels(entry, held) for entry in composed.contents if _chapter(entry) in held)
    return kept or tuple(Entry(f"{each.chapter.name}.xhtml", each.chapter.title) for each in documents)


def landmarks(book: Book, documents: Sequence[Document]) -> tuple[Landmark, ...]:
    """Return the landmarks that the book has, in reading order; the nav itself follows the front matter."""
    words = _words(book.language)
    title_page = _first(documents, lambda chapter: "titlepage" in (chapter.name, chapter.epub_type))
    places = (
        ("cover", words.cover, _first(documents, lambda chapter: chapter.name == "cover")),
        ("titlepage", words.title_page, title_page),
        ("toc", words.contents, NAV),
        ("bodymatter", words.text, _first(documents, lambda chapter: chapter.matter == "body")),
        ("backmatter", words.back, _first(documents, lambda chapter: chapter.matter == "back")),
    )
    return tuple(Landmark(*each) for each in places if each[2])


def guide(marks: Sequence[Landmark]) -> tuple[Reference, ...]:
    """Return the guide: cover, contents and the start of the text, which old Kindles open first."""
    known = {"cover": "cover", "toc": "toc", "bodymatter": "text"}
    return tuple(Reference(known[each.type], each.title, each.href) for each in marks if each.type in known)


def nav(
    book: Book, entries: Sequence[Entry], marks: Sequence[Landmark], pages: Sequence[PageMark] = ()
) -> etree._Element:
    """Return the navigation document; `entries` must not be empty."""
    words = _words(book.language)
    body = root("body", XHTML)
    _list(_section(body, "toc", "h1", words.contents, {"role": "doc-toc"}), entries)
    places = add(_section(body, "landmarks", "h2", words.landmarks, {"hidden": "hidden"}), "ol")
    for mark in marks:
        add(add(places, "li"), "a", {EPUB_TYPE: mark.type, "href": mark.href}, mark.title)
    if pages:
        hidden = {"hidden": "hidden", "role": "doc-pagelist"}
        numbers = add(_section(body, "page-list", "h2", words.pages, hidden), "ol")
        for each in pages:
            add(add(numbers, "li"), "a", {"href": each.href}, each.label)
    return page(words.contents, book.language, body, "front", up="")


def ncx(
    book: Book, entries: Sequence[Entry], documents: Sequence[Document], pages: Sequence[PageMark] = ()
) -> etree._Element:
    """Return the contents, and the printed pages, for EPUB 2 reading systems."""
    document = root("ncx", NCX)
    document.set("version", "2005-1")
    document.set(XML_LANG, book.language)
    head = add(document, "head")
    depth = 2 if any(entry.children for entry in entries) else 1
    most = max((int(each.label) for each in pages if each.label.isdecimal()), default=0)
    facts = {"uid": book.identifier, "depth": depth, "totalPageCount": len(pages), "maxPageNumber": most}
    for name, fact in facts.items():
        add(head, "meta", {"name": f"dtb:{name}", "content": str(fact)})
    add(add(document, "docTitle"), "text", text=book.title)
    for creator in book.creators:
        if creator.role == "aut":
            add(add(document, "docAuthor"), "text", text=creator.name)
    targets = (*(f"text/{entry.href}" for entry in _flat(entries)), *(each.href for each in pages))
    order = _reading_order(documents, targets)
    _points(add(document, "navMap"), entries, "np", order)
    if pages:
        numbers = add(document, "pageList")
        add(add(numbers, "navLabel"), "text", text=_words(book.language).pages)
        for number, each in enumerate(pages, 1):
            kind = "normal" if each.label.isdecimal() else "front"
            told = {"id": f"pt-{number}", "type": kind, "playOrder": str(order[each.href])}
            if kind == "normal":  # the value is a number
                told["value"] = each.label
            target = add(numbers, "pageTarget", told)
            add(add(target, "navLabel"), "text", text=each.label)
            add(target, "content", {"src": each.href})
    return document


def _reading_order(documents: Sequence[Document], hrefs: Iterable[str]) -> dict[str, int]:
    """Return the places that are led to, numbered as one meets them; equal targets need equal numbers."""
    places = {
        each.href: (number, {"": -1} | {id_: at for at, id_ in enumerate(each.ids)})
        for number, each in enumerate(documents)
    }

    def place(href: str) -> tuple[int, int]:
        path, _, fragment = href.partition("#")
        number, ids = places[path]
        return number, ids[fragment]

    return {href: number for number, href in enumerate(sorted(set(hrefs), key=place), 1)}


def _words(language: str) -> _Words:
    return _WORDS.get(language.partition("-")[0].lower(), _WORDS["en"])


def _section(body: etree._Element, kind: str, heading: str, title: str, more: dict[str, str]) -> etree._Element:
    section = add(body, "nav", {EPUB_TYPE: kind, "aria-labelledby": f"{kind}-title", **more})
    add(section, heading, {"id": f"{kind}-title"}, title)
    return section


def _list(parent: etree._Element, entries: Sequence[Entry]) -> None:
    if not entries:
        return
    items = add(parent, "ol")
    for entry in entries:
        item = add(items, "li")
        link = add(item, "a", {"href": f"text/{entry.href}"}, entry.title)
        if entry.language:
            link.set("lang", entry.language)
            link.set(XML_LANG, entry.language)
        _list(item, entry.children)


def _points(parent: etree._Element, entries: Sequence[Entry], id_: str, order: Mapping[str, int]) -> None:
    """Add navigation points; `order` numbers their targets."""
    for number, entry in enumerate(entries, 1):
        href = f"text/{entry.href}"
        point = add(parent, "navPoint", {"id": f"{id_}-{number}", "playOrder": str(order[href])})
        add(add(point, "navLabel"), "text", text=entry.title)
        add(point, "content", {"src": href})
        _points(point, entry.children, f"{id_}-{number}", order)


def _check(composed: Composed, documents: Sequence[Document]) -> None:
    printed = {each.name for each in composed.chapters if each.media == "print"}
    ids = {each.chapter.name: each.ids for each in documents}
    lost = [
        ASTRAY.at(Place(NAV), name="nav", href=entry.href)
        for entry in _flat(composed.contents)
        if (name := _chapter(entry)) not in printed
        and not (name in ids and ("#" not in entry.href or entry.href.partition("#")[2] in ids[name]))
    ]
    if lost:
        raise Stop(*lost, exit=Exit.CANNOT)


def _flat(entries: Sequence[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _flat(entry.children)


def _two_levels(entry: Entry, held: set[str]) -> Entry:
    children = tuple(replace(child, children=()) for child in entry.children if _chapter(child) in held)
    return replace(entry, children=children)


def _chapter(entry: Entry) -> str:
    return entry.href.partition("#")[0].removesuffix(".xhtml")


def _first(documents: Sequence[Document], fits: Callable[[Chapter], bool]) -> str:
    return next((each.href for each in documents if fits(each.chapter)), "")
