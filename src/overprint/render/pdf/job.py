"""What travels between the process that asks for pages and the one that lays them out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from overprint.diagnostics import KINDS, Diagnostic, Exit, Place, Severity
from overprint.model import Face, Resource
from overprint.render.pdf import messages

BASE = "https://book.invalid/"
"""Where the document seems to stand. The domain is reserved (RFC 2606), and nothing is ever fetched from it: `urljoin`
resolves relative links only for schemes that it knows, so the book needs one of those."""

MESSAGES = 200
"""How many different messages a layout may give; rubbish in a document has made thousands."""


@dataclass(frozen=True, slots=True)
class PdfJob:
    """One document to lay out. Picklable, and all that the PDF depends on besides the versions of the libraries.

    Attributes:
        html: a whole HTML document; it seems to stand in `text/`. It is read by the rules of HTML, where the short form
            of an empty element, such as `<td/>`, does not end it.
        stylesheets: name and text of the sheets, in the order of the cascade; they seem to stand in `styles/`.
        faces: the typefaces; their `@font-face` rules are written here.
        resources: the only files that the document and its sheets can reach, by their `name`.
        places: ids of the document to where editors find them; messages about such an element have that place.
        srgb: mark the PDF's colours as sRGB.
        system_fonts: let missing characters fall back on the machine's own typefaces; then PDFs differ by machine.
    """

    html: str
    stylesheets: tuple[tuple[str, str], ...] = ()
    faces: tuple[Face, ...] = ()
    resources: tuple[Resource, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    srgb: bool = False
    system_fonts: bool = False


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

    def seconds(self, job: PdfJob) -> tuple[float, float]:
        """Return the seconds of processor and clock that a job may take."""
        more = self.per_kb * len(job.html) / 1000
        return self.cpu + more, self.wall + more


@dataclass(frozen=True, slots=True)
class Layout:
    """A finished layout: how many `pages` the PDF has."""

    pages: int


@dataclass(frozen=True, slots=True)
class Order:
    """What the parent tells the worker."""

    job: PdfJob
    target: Path
    limits: Limits


@dataclass(frozen=True, slots=True)
class Report:
    """What the worker tells its parent: `exit` is None when the PDF is written; `trace` is for those who debug."""

    pages: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    exit: Exit | None = None
    trace: str = ""

    def to_json(self) -> bytes:
        """Write it as JSON, the only thing that the parent reads from the worker."""
        said = [
            [each.code, each.message, each.hint, each.place.path, each.place.line, each.place.column, each.place.page]
            for each in _fewer(self.diagnostics)
        ]
        return json.dumps({"pages": self.pages, "said": said, "exit": self.exit, "trace": self.trace}).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Report:
        """Read what `to_json` wrote.

        Raises:
            ValueError: the worker was cut off.
        """
        raw = json.loads(text)
        said = tuple(
            Diagnostic(KINDS[code], Place(*place), message, hint) for code, message, hint, *place in raw["said"]
        )
        return cls(raw["pages"], said, None if raw["exit"] is None else Exit(raw["exit"]), raw["trace"])


def _fewer(diagnostics: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    """Return each once, errors first, and say how many were too many."""
    each = sorted(dict.fromkeys(diagnostics), key=lambda one: one.severity is not Severity.ERROR)
    if len(each) <= MESSAGES:
        return each
    return [*each[:MESSAGES], messages.UNKNOWN.at(line=f"{len(each) - MESSAGES} more messages are not shown")]
