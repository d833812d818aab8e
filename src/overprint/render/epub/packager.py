"""The EPUB as a file. ebooklib is its model and packager; this is the only place that imports it.

ebooklib's own documents, navigation, covers and metadata lose or falsify content, so it is handed nothing but finished
bytes, and the parts of its writer that ask the clock or guess are replaced. It is pinned to the release whose methods
are replaced here.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from ebooklib import epub
from lxml import etree

from overprint.render.epub.package import IDENTIFIER_ID, Package, Part, check_names
from overprint.render.epub.tree import XML_LANG, add, root, xml

_DC = "http://purl.org/dc/elements/1.1/"
_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
_OPF = "package.opf"
_PACKED_ALREADY = (".jpg", ".jpeg", ".png", ".gif")
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def write(package: Package, target: Path) -> None:
    """Write the EPUB.

    Raises:
        Stop: a file's name is unsafe or there are two.
        OSError: it cannot be written; what is at `target` then is of no use.
    """
    check_names(package.parts)
    _Writer(target, _Book(package)).write()


class _Book(epub.EpubBook):  # type: ignore[misc]
    """ebooklib's book, filled with finished parts."""

    def __init__(self, package: Package) -> None:
        super().__init__()
        self.IDENTIFIER_ID = IDENTIFIER_ID
        self.package = package
        self.direction = package.direction
        for part in package.parts:
            self.add_item(_item(part))
        self.spine = list(package.spine)
        self.guide = [{"type": each.type, "title": each.title, "href": each.href} for each in package.guide]


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """ebooklib's writer, with a zip that depends on the book alone and metadata in the order given."""

    def write(self) -> None:
        with zipfile.ZipFile(self.file_name, "w") as self.out:
            # First and stored, so that the file's type can be read at a fixed place.
            self._put("mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()

    def _write_container(self) -> None:
        container = root("container", _CONTAINER)
        container.set("version", "1.0")
        place = {"full-path": f"{self.book.FOLDER_NAME}/{_OPF}", "media-type": "application/oebps-package+xml"}
        add(add(container, "rootfiles"), "rootfile", place)
        self._put("META-INF/container.xml", xml(container))

    def _write_opf_metadata(self, package: etree._Element) -> None:
        parent = etree.SubElement(package, "metadata", nsmap={"dc": _DC})
        for each in self.book.package.metadata:
            tag = f"{{{_DC}}}{each.tag.removeprefix('dc:')}" if each.tag.startswith("dc:") else each.tag
            add(parent, tag, each.attributes, each.text)

    def _write_opf_file(self, package: etree._Element) -> None:
        # ebooklib declares the prefix `rendition`, which is reserved and unused.
        package.attrib.pop("prefix")
        package.set(XML_LANG, self.book.package.language)
        package.set("dir", self.book.package.direction)
        etree.indent(package)
        self._put(f"{self.book.FOLDER_NAME}/{_OPF}", xml(package))

    def _write_items(self) -> None:
        for item in self.book.get_items():
            self._put(f"{self.book.FOLDER_NAME}/{item.file_name}" if item.manifest else item.file_name, item.content)

    def _put(self, name: str, content: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
        entry = zipfile.ZipInfo(name, _FIRST_DAY_OF_ZIP)
        entry.create_system = 3
        entry.external_attr = 0o100644 << 16
        entry.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED_ALREADY) else how
        self.out.writestr(entry, content, compresslevel=9)


def _item(part: Part) -> epub.EpubItem:
    item = epub.EpubItem(part.id, part.name, part.media_type, part.content, manifest=part.listed)
    # The manifest's properties are looked for under this name, which the class itself lacks.
    item.properties = list(part.properties)
    return item
