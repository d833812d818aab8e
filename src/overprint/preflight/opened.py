"""An EPUB opened: its package, its documents in the order of reading and its style sheets."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

from lxml import etree

from overprint.diagnostics import Diagnostic, Exit, Made, Place, Stop, error
from overprint.importers import archive, office
from overprint.importers.epub_package import CONTAINER, resolved

UNREADABLE = error(
    "E101",
    "this cannot be opened as an EPUB: {why}",
    "build the book again, or check that it is the right file",
    "An EPUB is an archive that says in META-INF/container.xml where its package is. This file is none, or a part "
    "of it was lost on the way.",
)
BROKEN = error(
    "E102",
    "this is no well-formed XML: {why}",
    "build the book again; mend the file if another program made it",
    "Reading systems refuse a document that is not well-formed and show an error in its place. The rest of the book "
    "was checked without it.",
)

XHTML = "http://www.w3.org/1999/xhtml"
NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": XHTML,
    "e": "http://www.idpf.org/2007/ops",
}
LIST = "//h:nav[contains(concat(' ', @e:type, ' '), ' {} ')]//h:a[@href]"


@dataclass(frozen=True, slots=True)
class Opened:
    """What an EPUB holds, by paths in it.

    Attributes:
        name: of the file, as messages show it.
        package: the package document.
        where: its path.
        documents: XHTML documents, those of the spine first and in its order.
        nav: the path of the navigation document, empty where there is none.
        sheets: style sheets.
    """

    name: str
    package: etree._Element
    where: str
    documents: dict[str, etree._Element]
    nav: str
    sheets: dict[str, str]

    @property
    def identifiers(self) -> tuple[str, ...]:
        """What the package calls the book."""
        return tuple((each.text or "").strip() for each in self.found("//dc:identifier"))

    def found(self, path: str, document: str = "") -> list[etree._Element]:
        """Return the elements that an XPath finds in a document, or in the package."""
        root = self.documents[document] if document else self.package
        found: Any = root.xpath(path, namespaces=NAMES)
        return list(found)

    def lines(self, kind: str) -> Iterator[tuple[etree._Element, str, str]]:
        """Yield the links of a list of the navigation document, with the document and the id that each leads to."""
        for link in self.found(LIST.format(kind), self.nav) if self.nav else ():
            address, target = urldefrag(link.get("href", ""))
            yield link, resolved(posixpath.dirname(self.nav), address) if address else self.nav, target

    def at(self, path: str, element: etree._Element) -> Place:
        """Return the place of an element of a part."""
        line: Any = element.sourceline
        return self.within(path, line or 0)

    def within(self, path: str, line: int, column: int = 0) -> Place:
        """Return a place of a part."""
        return Place(f"{self.name}/{path}", line, column)


def words(element: etree._Element) -> str:
    """Return the text of an element on one line."""
    return " ".join("".join(map(str, element.itertext())).split())


def opened(path: Path) -> Made[Opened]:
    """Open an EPUB, with an error for each part that is no well-formed XML.

    Raises:
        Stop: it cannot be read, is no archive or has no package, or it is larger than archives may be.
    """
    try:
        files = archive.zipped(path, path.read_bytes())
        where = _package(files)
        package = office.tree(files.read(where))
    except (OSError, LookupError, etree.XMLSyntaxError, Stop) as fault:
        why = fault.diagnostics[0].message if isinstance(fault, Stop) else getattr(fault, "strerror", "") or str(fault)
        raise Stop(UNREADABLE.at(Place(str(path)), why=why), exit=Exit.CANNOT) from None
    items = {each.get("id", ""): each for each in package.iterfind(".//o:item", NAMES)}
    paths = {name: resolved(posixpath.dirname(where), each.get("href", "")) for name, each in items.items()}
    spine = [each.get("idref", "") for each in package.iterfind(".//o:itemref", NAMES)]
    nav = next((paths[name] for name, each in items.items() if "nav" in each.get("properties", "").split()), "")
    said: list[Diagnostic] = []
    documents, sheets = {}, {}
    for name in dict.fromkeys([*spine, *items]):
        inside, kind = paths.get(name, ""), items[name].get("media-type") if name in items else ""
        if inside not in files.sizes:
            continue  # EPUBCheck says so
        if kind == "text/css":
            sheets[inside] = files.read(inside).decode("utf-8", "replace")
        elif kind == "application/xhtml+xml":
            try:
                documents[inside] = office.tree(files.read(inside))
            except etree.XMLSyntaxError as fault:
                line, column = fault.position
                said.append(BROKEN.at(Place(f"{path}/{inside}", line, column), why=fault.msg))
    return Made(Opened(str(path), package, where, documents, nav if nav in documents else "", sheets), tuple(said))


def _package(files: archive.Files) -> str:
    """Return where the package document is."""
    if CONTAINER not in files.sizes:
        raise LookupError(f"it has no {CONTAINER}")
    where = str(office.tree(files.read(CONTAINER)).xpath("string(//c:rootfile/@full-path)", namespaces=NAMES))
    if where not in files.sizes:
        raise LookupError(f"its package “{where}” is not in it")
    return where
