"""The files of the EPUB, as a reading program would take them out of it."""

from __future__ import annotations

import hashlib
import io
import mimetypes
import posixpath
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

SIZES = range(50, 301)
TYPES = {".xhtml": "application/xhtml+xml", ".css": "text/css", ".otf": "font/otf", ".ttf": "font/ttf"}


class EpubFiles:
    """An EPUB, held in memory."""

    def __init__(self, path: Path) -> None:
        """Read it."""
        self._zip = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
        self._sums = {each.filename: each.CRC for each in self._zip.infolist()}

    def read(self, name: str, *, dark: bool = False, size: int = 100) -> tuple[bytes, str] | None:
        """Return a file and its media type, a page in a reader's own colours and size; None where there is none."""
        if name not in self._sums:
            return None
        suffix = posixpath.splitext(name)[1]
        kind = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        data = self._zip.read(name)
        if suffix == ".xhtml":
            data = data.replace(b"</head>", f"<style>{_own(dark, size)}</style></head>".encode(), 1)
        return data, kind

    def chapters(self, named: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
        """Return path, title and hash of the chapters that are there; `named` are names and titles."""
        dress = [(name, crc) for name, crc in self._sums.items() if name.endswith((".css", ".otf", ".ttf", ".woff2"))]
        found = []
        for name, title in named:
            path = f"EPUB/text/{name}.xhtml"
            if path in self._sums:
                shown = re.findall(rb'src="([^"]+)"', self._zip.read(path))
                pictures = [posixpath.normpath(f"EPUB/text/{each.decode()}") for each in shown]
                parts = (self._sums[path], dress, [self._sums.get(each) for each in pictures])
                found.append(
                    {"path": path, "title": title, "hash": hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}
                )
        return found


def _own(dark: bool, size: int) -> str:
    rules = f"html{{font-size:{size}% !important;color-scheme:{'dark' if dark else 'light'}}}"
    if dark:
        rules += "html,body{background:#121212 !important;color:#e2e2e2 !important}a{color:#9cc3ff !important}"
    return rules
