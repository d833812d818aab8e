"""A source file as it came: its bytes, their fingerprint, and their text on demand."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from overprint.diagnostics import Diagnostic, Exit, Place, Stop, error
from overprint.importers import archive

LIMIT = 50_000_000
HEAD = 65_536
STRAY = 5
LINE_END = re.compile(r"\r\n|\r|\n")
# What no text holds: control characters other than tab, line ends, form feed and vertical tab.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
BOM = b"\xef\xbb\xbf"

MISSING = error(
    "I001",
    "{name} is not there",
    "check the spelling of the path",
    "The file named on the command line does not exist. Paths count from the folder you are in, not from the project. "
    "A name with spaces must stand in quotation marks.",
)
FOLDER = error(
    "I002",
    "{name} is a folder",
    "name the files in it, such as {name}/*.html",
    "Import reads files, one or several at a time. A folder may hold anything, so its files have to be named. "
    "The shell's asterisk names them all at once. Only the unpacked export of a site with its folder `posts` is read "
    "whole.",
)
UNREADABLE = error(
    "I003",
    "{name} cannot be read: {why}",
    "make it a regular file that you may read",
    "The file is there, but the system does not hand it out. Usually its permissions belong to someone else, "
    "or it is no regular file. Copy it to a place of your own and try again.",
)
TOO_LARGE = error(
    "I004",
    "{name} is larger than 50 MB",
    "split the export, or save the page without its pictures",
    "A source is read into memory whole, so there is a limit of 50 MB. Not even long essays with thousands of comments "
    "come near it. An export of a whole site can usually be made in parts.",
)
EMPTY = error(
    "I005",
    "{name} is empty",
    "save the page or export again",
    "The file holds nothing but white space. A download that failed often leaves such a file. "
    "Make the export again and look into the file before you import it.",
)
BINARY = error(
    "I006",
    "{name} is no text: it holds {what}",
    "export the essay as text, HTML or .docx",
    "The file holds bytes that no text has, so it is a picture, a program, or a document of a kind that is not known. "
    "Open it in the program that made it and export the essay from there.",
)
NOT_UTF8 = error(
    "I007",
    "{name} is not UTF-8: byte {byte} stands at this place",
    "save the file as UTF-8",
    "Text is stored as bytes, and UTF-8 is the usual way. This file was stored another way, and guessing would turn "
    "apostrophes and accents into other characters. Every editor can save as UTF-8, often under “Encoding”.",
)
UNRECOGNISED = error(
    "I008",
    "no reader knows {name}: it is {what}",
    "export it as one of {known}, or force a reader with --from",
    "Each kind of source has its own reader, chosen by what the file holds. None of them knows this file. "
    "Export the essay in another format, or force a reader with --from if you are sure.",
)

SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an Office document of the old kind, or one locked with a password"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"<?xml", "an XML file"),
    (b"{", "JSON or code"),
    (b"[{", "JSON"),
)


@dataclass(frozen=True)
class Source:
    """A source as it came; `path` is as the user named it, `files` what an archive or an unpacked export holds."""

    path: Path
    data: bytes
    sha256: str
    files: archive.Files | None = None

    @property
    def name(self) -> str:
        """The path as diagnostics show it."""
        return str(self.path)

    @cached_property
    def head(self) -> str:
        """The first 64 KB as text, wrong bytes replaced: enough to recognise a kind, and never an error."""
        return self.data[:HEAD].decode("utf-8-sig", "replace")

    @cached_property
    def text(self) -> str:
        """The whole text, without a byte order mark.

        Raises:
            Stop: it is not UTF-8, or it is no text at all.
        """
        body = self.data.removeprefix(BOM)
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError as fault:
            line, column = position(body[: fault.start].decode("utf-8"))
            binary = _binary(self.data)
            kind = BINARY if binary else NOT_UTF8
            place = Place(self.name, line, column)
            raise Stop(kind.at(place, name=self.name, what=binary, byte=f"0x{body[fault.start]:02X}")) from None
        if binary := _binary(self.data):
            found = CONTROL.search(text)
            line, column = position(text[: found.start()]) if found else (1, 1)
            raise Stop(BINARY.at(Place(self.name, line, column), name=self.name, what=binary))
        return text


def position(before: str) -> tuple[int, int]:
    """Return the 1-based line and column that follow this text."""
    ends = list(LINE_END.finditer(before))
    return len(ends) + 1, len(before) - (ends[-1].end() if ends else 0) + 1


def load(path: Path) -> Source:
    """Return the source at `path`.

    Raises:
        Stop: it is missing, a folder that is no export, not readable, too large, empty, or an archive that is damaged
            or does harm.
    """
    name = str(path)
    try:
        if path.is_dir() and (files := archive.folder(path)):
            return Source(path, b"", archive.fingerprint(files), files)
        fault = _fault(path)
        data = b"" if fault else _bytes(path)
    except (OSError, ValueError) as why:
        text = (why.strerror if isinstance(why, OSError) else None) or str(why)
        fault, data = UNREADABLE.at(Place(name), name=name, why=text.lower()), b""
    if fault is None and len(data) > LIMIT:
        fault = TOO_LARGE.at(Place(name), name=name)
    if fault:
        raise Stop(fault, exit=Exit.CANNOT)
    if not data.removeprefix(BOM).strip():
        raise Stop(EMPTY.at(Place(name, 1, 1), name=name))
    files = archive.zipped(path, data) if data.startswith(archive.MARKS) else None
    return Source(path, data, hashlib.sha256(data).hexdigest(), files)


def _fault(path: Path) -> Diagnostic | None:
    name, place = str(path), Place(str(path))
    if path.is_dir():
        return FOLDER.at(place, name=name)
    if not path.exists():
        return MISSING.at(place, name=name)
    # A pipe or a device could be endless.
    return None if path.is_file() else UNREADABLE.at(place, name=name, why="it is no regular file")


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LIMIT + 1)


def _binary(data: bytes) -> str:
    """Say what makes these bytes no text, or nothing; a stray control character does not."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16, which has to be saved as UTF-8"
    if b"\0" in data:
        return "NUL bytes"
    controls = sum(data.count(code) for code in (*range(1, 9), *range(14, 28), 127))
    return "control characters" if controls > STRAY and controls * 200 > len(data) else ""


def binary(source: Source) -> bool:
    """Tell whether the source is no text; a wrong encoding alone does not make it so."""
    return bool(_binary(source.data))


def signature(source: Source) -> str:
    """Name the format that the first bytes show, or nothing."""
    start = re.sub(rb"^\[\s+", b"[", source.data.removeprefix(BOM).lstrip()[:64])
    return next((name for mark, name in SIGNATURES if start.startswith(mark)), "")


def refusal(source: Source, known: tuple[str, ...]) -> Diagnostic:
    """Say why no reader takes the source."""
    place = Place(source.name, 1, 1)
    shown = signature(source)
    if shown or not (what := _binary(source.data)):
        shown = shown or "neither plain text nor a known export"
        return UNRECOGNISED.at(place, name=source.name, what=shown, known=", ".join(known))
    return BINARY.at(place, name=source.name, what=what)


def slug_of(text: str) -> str:
    """Return a short name in lower-case ASCII letters, digits and hyphens; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[:60].strip("-")
