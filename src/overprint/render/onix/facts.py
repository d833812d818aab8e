"""What the two finished books say of themselves: a catalogue that is made of them cannot say anything else."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from overprint.render.epub.tree import local, parse

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w[\w’'-]*")
_LOWER_HEADING = re.compile(r"<h[2-6][ >]")


@dataclass(frozen=True, slots=True)
class OfEpub:
    """The EPUB: `said` are its properties, each with its values; `size` is in bytes."""

    said: dict[str, tuple[str, ...]]
    words: int
    size: int
    pictures: int
    flat: bool

    def first(self, key: str) -> str:
        """Return the value of a property that stands but once."""
        return next(iter(self.said.get(key, ())), "")


@dataclass(frozen=True, slots=True)
class OfPrint:
    """The printed book: `numbers` are its pages' labels in their order; width and height are in millimetres."""

    numbers: tuple[str, ...]
    width: int
    height: int

    @property
    def roman(self) -> int:
        """How many pages before the text are numbered in Roman."""
        return sum(bool(re.fullmatch("[ivxlcdm]+", each)) for each in self.numbers)

    @property
    def arabic(self) -> int:
        """The highest number of a page of the text."""
        return max((int(each) for each in self.numbers if each.isdecimal()), default=0)


def of_epub(path: Path) -> OfEpub:
    """Read a finished EPUB."""
    with zipfile.ZipFile(path) as book:
        package = parse(book.read("EPUB/package.opf"))
        names = [name for name in book.namelist() if name.startswith("EPUB/text/")]
        texts = [book.read(name).decode().partition("<body")[2] for name in names]
    said: dict[str, tuple[str, ...]] = {}
    for each in package.iter():
        key = each.get("property") or each.get("rel")
        if key and local(each) in {"meta", "link"}:
            said[key] = (*said.get(key, ()), (each.text or "").strip() or (each.get("href") or ""))
    items = [each for each in package.iter() if local(each) == "item"]
    pictures = [each for each in items if (each.get("media-type") or "").startswith("image/")]
    cover = [each for each in pictures if each.get("properties") == "cover-image"]
    flat = not any(_LOWER_HEADING.search(text) for text in texts)
    return OfEpub(said, _words(texts), path.stat().st_size, len(pictures) - len(cover), flat)


def of_print(path: Path) -> OfPrint:
    """Read a finished PDF; its pages are measured after trimming."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        left, bottom, right, top = pdf[0].get_trimbox()
        labels = tuple(pdf.get_page_label(number) for number in range(len(pdf)))
    return OfPrint(labels, round((right - left) / 72 * 25.4), round((top - bottom) / 72 * 25.4))


def _words(texts: Iterable[str]) -> int:
    return sum(len(_WORD.findall(html.unescape(_TAG.sub(" ", text)))) for text in texts)
