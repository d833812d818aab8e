"""What an archive or a folder of an export holds: looked through before anything is read, and read within limits.

Nothing is ever unpacked to disk, and no archive inside an archive is opened.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from overprint.diagnostics import Place, Stop, error

MOST = 10_000
"""Entries; an export of a blog of twenty years has fewer."""
LARGEST = 50_000_000
"""Bytes of one entry."""
WHOLE = 300_000_000
"""Bytes of all entries together."""
DENSEST = 100
"""How many times larger than the archive its contents may be, where they are larger than `DENSE`."""
DENSE = 20_000_000
BROKEN = (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, LookupError, ValueError)
"""What reading a damaged archive may end in."""
MARKS = (b"PK\x03\x04", b"PK\x05\x06")

DAMAGED = error(
    "I150",
    "{name} is a damaged archive: {why}",
    "download it again, or export again",
    "Word documents, EPUBs and the exports of some sites are ZIP archives. This one cannot be read to its end, usually "
    "because a download stopped half-way. Nothing was written.",
)
UNSAFE = error(
    "I151",
    "{name} holds “{entry}”, {why}",
    "ask whoever made it for a plain copy",
    "An archive can hold names and links that lead to other places of a computer, or parts locked with a password. "
    "No program for writing makes such a file, so none of it was read.",
)
TOO_MUCH = error(
    "I152",
    "{name} is too large once unpacked: {what}",
    "export in parts, or take large pictures and films out",
    "A small archive can swell to any size when it is unpacked, and some are made to do harm that way. Its limits are "
    "10,000 files, 50 MB for each, 300 MB for all, and a hundredfold of the archive’s own size.",
)


@dataclass
class Files:
    """The files of an archive or a folder by name; `/` parts folders."""

    path: Path
    sizes: dict[str, int]
    zip: zipfile.ZipFile | None = None
    spent: int = field(default=0, repr=False)

    def under(self, last: str) -> str | None:
        """Return the folder with a `/` in which the file `last` stands, at the top or one below; None for neither."""
        found = [name for name in self.sizes if name == last or re.fullmatch(rf"[^/]+/{re.escape(last)}", name)]
        return min(found, key=len).removesuffix(last) if found else None

    def read(self, name: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            Stop: it is damaged or too large, or too much has been read by now; a picture read twice counts twice.
        """
        try:
            data = self._bytes(name)
        except BROKEN:
            why = f"“{name}” in it cannot be read"
            raise Stop(DAMAGED.at(Place(str(self.path)), name=self.path, why=why)) from None
        self.spent += len(data)
        if len(data) > LARGEST or self.spent > WHOLE:
            raise Stop(TOO_MUCH.at(Place(str(self.path)), name=self.path, what=f"“{name}” goes beyond the limit"))
        return data

    def _bytes(self, name: str) -> bytes:
        if self.zip:
            with self.zip.open(name) as file:
                return file.read(LARGEST + 1)
        with (self.path / name).open("rb") as file:
            return file.read(LARGEST + 1)


def zipped(path: Path, data: bytes) -> Files:
    """Return what a ZIP archive holds.

    Raises:
        Stop: it is damaged, unsafe or too large; each before anything is unpacked.
    """
    place = Place(str(path))
    if (count := data.count(b"PK\x01\x02")) > MOST:  # before a record of each is made
        raise Stop(TOO_MUCH.at(place, name=path, what=f"it holds {count:,} files"))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*BROKEN, OverflowError):
        raise Stop(DAMAGED.at(place, name=path, why="its list of contents is missing or broken")) from None
    sizes = {}
    for each in archive.infolist():
        name = each.filename.replace("\\", "/")
        if why := _unsafe(each, name):
            raise Stop(UNSAFE.at(place, name=path, entry=_shown(name), why=why))
        if each.file_size > LARGEST:
            raise Stop(TOO_MUCH.at(place, name=path, what=f"“{_shown(name)}” alone is {each.file_size // 10**6:,} MB"))
        if not each.is_dir() and not name.startswith("__MACOSX/"):
            sizes[each.filename] = each.file_size
    whole = sum(each.file_size for each in archive.infolist())
    if whole > WHOLE or (whole > DENSE and whole > DENSEST * len(data)):
        raise Stop(TOO_MUCH.at(place, name=path, what=f"{whole // 10**6:,} MB from {len(data):,} bytes"))
    return Files(path, sizes, archive)


def folder(path: Path) -> Files | None:
    """Return the posts of an unpacked export and their list; None for any other folder. Nothing else in it is opened.

    Raises:
        Stop: there are too many.
    """
    if not (path / "posts").is_dir():
        return None
    whole = path.resolve()
    found = [path / "posts.csv", *sorted((path / "posts").glob("*.html"))]
    files = [each for each in found if each.is_file() and Path(os.path.realpath(each)).is_relative_to(whole)]
    sizes = {each.relative_to(path).as_posix(): each.stat().st_size for each in files}
    if len(sizes) > MOST or sum(sizes.values()) > WHOLE:
        raise Stop(TOO_MUCH.at(Place(str(path)), name=path, what=f"it holds {len(sizes):,} posts"))
    return Files(path, sizes)


def fingerprint(files: Files) -> str:
    """Return the SHA-256 of a folder's posts with their names."""
    whole = hashlib.sha256()
    for name in files.sizes:
        whole.update(f"{name}\0{hashlib.sha256(files.read(name)).hexdigest()}\n".encode())
    files.spent = 0
    return whole.hexdigest()


def _unsafe(entry: zipfile.ZipInfo, name: str) -> str:
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
        return "a name that leads out of the archive"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link to another place"
    return "which is locked with a password" if entry.flag_bits & 1 else ""


def _shown(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:77]}…"
