"""The printed pages as pictures."""

from __future__ import annotations

import hashlib
import io
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

WIDEST = 2400
KEPT = 64 << 20
"""Bytes of pictures that are kept; a contact sheet asks for many small ones again and again."""


class Pages:
    """The pages of one PDF, which is held in memory; closed when the next is there.

    Attributes:
        hashes: what tells each page from what it was.
        bleed: how far pages reach beyond their trim, in points.
    """

    def __init__(self, path: Path, bleed: float = 0) -> None:
        """Read a PDF; pages drawn of it show `bleed` points more than the trim on each side."""
        data = path.read_bytes()
        opened: Any = pypdfium2.PdfDocument
        self._document = opened(data)
        self.bleed = bleed
        self.hashes = _hashes(data, bleed)

    def picture(self, index: int, width: int) -> bytes:
        """Return a page as a PNG of so many pixels."""
        page = self._document[index]
        left, bottom, right, top = page.get_trimbox()
        out = self.bleed
        scale = width / (right - left + 2 * out)
        whole = page.get_mediabox()
        drawn = page.render(scale=scale).to_pil().convert("RGB")
        sheet = Image.new("RGB", (width, max(1, round((top - bottom + 2 * out) * scale))), "white")
        sheet.paste(drawn, (round((whole[0] - left + out) * scale), round((top + out - whole[3]) * scale)))
        made = io.BytesIO()
        sheet.save(made, "PNG", compress_level=1)
        return made.getvalue()

    def close(self) -> None:
        """Let go of the PDF."""
        self._document.close()


class Gallery:
    """Pictures of the last pages. PDFium draws one page at a time, so all threads take turns.

    Attributes:
        names: what tells each page from what it was.
    """

    def __init__(self) -> None:
        """Begin without pages."""
        self.names: tuple[str, ...] = ()
        self._lock = threading.Lock()
        self._open: list[Pages] = []
        self._leaves: list[tuple[Pages, int]] = []
        self._drawn: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._size = 0

    def show(self, path: Path, bleed: float) -> tuple[str, ...]:
        """Take the pages of another PDF; return their names."""
        pages = Pages(path, bleed)
        with self._lock:
            self._close()
            self._open = [pages]
            self._leaves = [(pages, at) for at in range(len(pages.hashes))]
            self.names = pages.hashes
        return self.names

    def show_among(self, path: Path, bleed: float, at: tuple[int, ...], count: int) -> tuple[str, ...]:
        """Take pages of another PDF that stand at these places, in one row, of a book of so many pages.

        The pages before and behind them stay, as long as there is no PDF that has them all.
        """
        pages = Pages(path, bleed)
        with self._lock:
            before, behind = at[0], count - at[-1] - 1
            kept = [*zip(self._leaves, self.names, strict=True)]
            new = [((pages, number), name) for number, name in enumerate(pages.hashes)]
            whole = [*kept[:before], *new, *kept[len(kept) - behind :]]
            self._open.append(pages)
            self._leaves, self.names = [leaf for leaf, _ in whole], tuple(name for _, name in whole)
        return self.names

    def picture(self, index: int, name: str, width: int) -> bytes | None:
        """Return the picture of a page, None where there is no such page (any more)."""
        width = min(max(width, 16), WIDEST)
        with self._lock:
            if index not in range(len(self.names)) or self.names[index] != name:
                return None
            key = (name, width)
            if key in self._drawn:
                self._drawn.move_to_end(key)
                return self._drawn[key]
            pages, number = self._leaves[index]
            self._drawn[key] = made = pages.picture(number, width)
            self._size += len(made)
            while self._size > KEPT:
                self._size -= len(self._drawn.popitem(last=False)[1])
            return made

    def close(self) -> None:
        """Let go of the PDFs."""
        with self._lock:
            self._close()
            self._leaves, self.names = [], ()

    def _close(self) -> None:
        for pages in self._open:
            pages.close()
        self._open = []


def _hashes(data: bytes, bleed: float) -> tuple[str, ...]:
    """Return a name for what each page looks like: of what it draws, and of the fonts and pictures it draws with."""
    known: dict[tuple[int, int], bytes] = {}

    def of(thing: Any, depth: int = 0) -> bytes:
        number = getattr(thing, "objgen", (0, 0))
        if number != (0, 0) and number in known:
            return known[number]
        if isinstance(thing, pikepdf.Stream):
            text = thing.read_raw_bytes() + b"".join(of(thing.get(key), depth + 1) for key in ("/SMask", "/Resources"))
        elif isinstance(thing, pikepdf.Dictionary) and depth < 12:
            text = b"".join(
                name.encode() + of(thing[name], depth + 1) for name in sorted(thing.keys()) if name != "/Parent"
            )
        elif isinstance(thing, pikepdf.Array) and depth < 12:
            text = b"".join(of(each, depth + 1) for each in thing)
        else:
            text = repr(thing).encode()
        made = hashlib.blake2b(text, digest_size=12).digest()
        if number != (0, 0):
            known[number] = made
        return made

    with pikepdf.open(io.BytesIO(data)) as pdf:
        frame = repr(bleed).encode()
        return tuple(
            hashlib.blake2b(
                frame + of(page.obj.get("/Contents")) + of(page.obj.get("/Resources")) + of(page.obj.get("/MediaBox")),
                digest_size=12,
            ).hexdigest()
            for page in pdf.pages
        )
