"""A finished EPUB as a shop sees it: the file, its cover, and every picture in it."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from PIL import Image

from overprint.diagnostics import Place
from overprint.importers import archive
from overprint.importers.archive import Files
from overprint.importers.epub_package import resolved
from overprint.preflight.opened import NAMES, Opened
from overprint.preflight.shops.shop import Shop

SVG = "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the book.

    Attributes:
        path: in the EPUB.
        kind: its format, such as `jpeg`, by what it holds and not by what it is called.
        bytes: its size.
        width: in pixels, of an SVG 0.
        height: the same.
        frames: how many pictures follow each other in it.
        colours: `rgb`, `grey`, or the name of what else it is made of.
        lets_through: whether any of it lets through what is behind.
    """

    path: str
    kind: str
    bytes: int
    width: int = 0
    height: int = 0
    frames: int = 1
    colours: str = "rgb"
    lets_through: bool = False


@dataclass(frozen=True, slots=True)
class Goods:
    """What is held against a shop's limits.

    Attributes:
        shop: whose limits.
        book: the EPUB.
        files: all that is in it.
        bytes: its size.
        cover: the path of the picture on the front, empty for none.
        kinds: the media types that the package gives its parts, by their paths.
        pictures: by their paths.
    """

    shop: Shop
    book: Opened
    files: Files
    bytes: int
    cover: str
    kinds: dict[str, str]
    pictures: dict[str, Picture]

    def at(self, path: str = "") -> Place:
        """Return the place of the file, or of a part of it."""
        return self.book.within(path, 0) if path else Place(self.book.name)


def goods(path: Path, book: Opened, shop: Shop) -> Goods:
    """Look at every picture of a book."""
    data = path.read_bytes()
    files = archive.zipped(path, data)
    items = [(each, _where(book, each)) for each in book.package.iterfind(".//o:item", NAMES)]
    kinds = {where: each.get("media-type", "") for each, where in items if where in files.sizes}
    pictures = {where: _picture(where, kind, files) for where, kind in kinds.items() if kind.startswith("image/")}
    return Goods(shop, book, files, len(data), _cover(book, pictures), kinds, pictures)


def _where(book: Opened, item: etree._Element) -> str:
    return resolved(posixpath.dirname(book.where), item.get("href", ""))


def _cover(book: Opened, pictures: dict[str, Picture]) -> str:
    """Return the cover by its property, or by the older word for it."""
    named = [each.get("content", "") for each in book.found("//o:meta[@name='cover']")]
    for each in book.package.iterfind(".//o:item", NAMES):
        if "cover-image" in each.get("properties", "").split() or each.get("id") in named:
            return where if (where := _where(book, each)) in pictures else ""
    return ""


def _picture(path: str, kind: str, files: Files) -> Picture:
    size = files.sizes[path]
    if kind == SVG:
        return Picture(path, "svg", size)
    try:
        with Image.open(io.BytesIO(files.read(path))) as picture:
            colours = {"L": "grey", "LA": "grey", "1": "grey", "I;16": "grey", "RGB": "rgb", "RGBA": "rgb", "P": "rgb"}
            return Picture(
                path,
                (picture.format or "").lower().replace("mpo", "jpeg"),
                size,
                *picture.size,
                frames=getattr(picture, "n_frames", 1),
                colours=colours.get(picture.mode, picture.mode),
                lets_through=_lets_through(picture),
            )
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return Picture(path, "broken", size)


def _lets_through(picture: Image.Image) -> bool:
    """Tell whether a pixel is not solid; a picture may have a channel for that and not use it."""
    if not picture.has_transparency_data:
        return False
    least, _ = picture.convert("RGBA").getchannel("A").getextrema()
    return bool(least != 255)


def shown_in(subject: Goods) -> Iterator[tuple[str, etree._Element, str]]:
    """Yield each picture that a document shows: the document, the element, and the picture's path."""
    for path in subject.book.documents:
        for each in subject.book.found("//h:img[@src]", path):
            yield path, each, resolved(posixpath.dirname(path), each.get("src", ""))
