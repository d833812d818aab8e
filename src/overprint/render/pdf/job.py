"""What travels between the process that asks for pages and the one that lays them out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field
from typing import Any

from overprint.diagnostics import KINDS, Diagnostic, Place, Severity
from overprint.model import Face, Resource
from overprint.render.pdf import messages

BASE = "https://book.invalid/"
"""Where the document seems to stand. The domain is reserved (RFC 2606), and nothing is ever fetched from it: `urljoin`
resolves relative links only for schemes that it knows, so the book needs one of those."""

MESSAGES = 200
"""How many different messages a layout may give; rubbish in a document has made thousands."""


@dataclass(frozen=True, slots=True)
class Style:
    """What all pieces of a book are dressed in.

    Attributes:
        stylesheets: name and text of the sheets, in the order of the cascade; they seem to stand in `styles/`.
        faces: the typefaces; their `@font-face` rules are written here.
        resources: the files that the sheets can reach, by their `name`.
        srgb: mark the PDF's colours as sRGB.
        system_fonts: let missing characters fall back on the machine's own typefaces; then PDFs differ by machine.
    """

    stylesheets: tuple[tuple[str, str], ...] = ()
    faces: tuple[Face, ...] = ()
    resources: tuple[Resource, ...] = ()
    srgb: bool = False
    system_fonts: bool = False

    @property
    def private_fonts(self) -> bool:
        """Whether the machine's typefaces are hidden."""
        return bool(self.faces) and not self.system_fonts


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the book that begins a page: a chapter, or some that belong together.

    Attributes:
        name: its own in the book, such as the chapter's.
        html: what stands in the document's body; it seems to stand in `text/`. It is read by the rules of HTML, where
            the short form of an empty element, such as `<td/>`, does not end it.
        resources: the only files that it can reach besides those of the style.
        title: what an editor calls it.
        chapters: the names of the chapters that it holds, each an element of the body.
    """

    name: str
    html: str
    resources: tuple[Resource, ...] = ()
    title: str = ""
    chapters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PdfJob:
    """A book to lay out. Picklable, and all that the PDF depends on besides the versions of the libraries.

    Attributes:
        pieces: in their order.
        style: what they look like.
        before: the HTML document as far as the pieces, with its head.
        after: the rest of it.
        places: ids of the document to where editors find them; messages about such an element have that place.
    """

    pieces: tuple[Piece, ...]
    style: Style = Style()
    before: str = ""
    after: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)

    def document(self, *pieces: Piece) -> str:
        """Return the HTML document that holds some pieces, or all."""
        return "".join((self.before, *(each.html for each in pieces or self.pieces), self.after))

    @property
    def resources(self) -> tuple[Resource, ...]:
        """All files that the book can reach, each once."""
        return tuple(dict.fromkeys((*self.style.resources, *(file for each in self.pieces for file in each.resources))))


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a layout may use: bytes of memory and of files; seconds of processor and clock.

    `per_kb` seconds are added to both times for each kB of the document, so that a large book is not a runaway one.
    """

    memory: int = 2 << 30
    cpu: float = 120
    wall: float = 300
    per_kb: float = 0.1
    file: int = 1 << 30

    def seconds(self, size: int) -> tuple[float, float]:
        """Return the seconds of processor and clock that a document of so many characters may take."""
        more = self.per_kb * size / 1000
        return self.cpu + more, self.wall + more


@dataclass(frozen=True, slots=True)
class Start:
    """The text that a page begins with.

    Attributes:
        chapter: the name of the chapter.
        block: number of the block among those of the chapter that have text, from 0; `text_blocks` has the rule.
        id: the nearest id at or above that block, empty where there is none.
        offset: code points into the block's own text.
        word: whether the page begins inside a word.
        text: the first letters on the page.
    """

    chapter: str
    block: int
    id: str
    offset: int
    word: bool
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the PDF: its page number as a reader sees it, and what it begins with, None where it has no text."""

    label: str
    start: Start | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A finished layout.

    Attributes:
        sheets: all pages of the PDF in their order.
        notes: id of each footnote with the sheets of its call and of its body, from 0.
    """

    sheets: tuple[Sheet, ...]
    notes: tuple[tuple[str, int, int], ...] = ()

    @property
    def pages(self) -> int:
        """How many pages the PDF has."""
        return len(self.sheets)

    def to_json(self) -> Any:
        """Return it as JSON values."""
        sheets = [[each.label, astuple(each.start) if each.start else None] for each in self.sheets]
        return [sheets, self.notes]

    @classmethod
    def from_json(cls, values: Any) -> Layout:
        """Read what `to_json` made."""
        sheets, notes = values
        made = (Sheet(label, Start(*start) if start else None) for label, start in sheets)
        return cls(tuple(made), tuple((ident, call, body) for ident, call, body in notes))


def identifier(document: str, style: Style) -> str:
    """Return a PDF identifier that comes neither from the clock nor from chance, as PDF makers like it."""
    parts = (document, *(part for sheet in style.stylesheets for part in sheet))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def place_as_json(place: Place) -> list[Any]:
    """Return a place as JSON values."""
    return [place.path, place.line, place.column, place.page]


def said_as_json(diagnostics: Iterable[Diagnostic]) -> list[Any]:
    """Return diagnostics as JSON values: what a worker says travels as data, never as objects."""
    return [[each.code, each.message, each.hint, *place_as_json(each.place)] for each in _fewer(tuple(diagnostics))]


def said_from_json(values: Iterable[Any]) -> tuple[Diagnostic, ...]:
    """Read what `said_as_json` made."""
    return tuple(Diagnostic(KINDS[code], Place(*place), message, hint) for code, message, hint, *place in values)


def _fewer(diagnostics: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    """Return each once, errors first, and say how many were too many."""
    each = sorted(dict.fromkeys(diagnostics), key=lambda one: one.severity is not Severity.ERROR)
    if len(each) <= MESSAGES:
        return each
    return [*each[:MESSAGES], messages.UNKNOWN.at(line=f"{len(each) - MESSAGES} more messages are not shown")]
