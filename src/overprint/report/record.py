"""The record of a build: the book, its files, what was said of it, what it holds, and how it can be built again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overprint.diagnostics import Diagnostic
from overprint.manuscript import ledger
from overprint.model import Composed, Manuscript
from overprint.report import repeat, verdict

NAME = "report.json"
VERSION = 1
"""Of the schema; it grows when a script that reads the record would have to change."""
MM = 25.4 / 72
Record = dict[str, Any]

TAG = re.compile(r"<[^>]*>")
COUNTED = {"notes": 'role="doc-footnote"', "links": '<a href="http', "pictures": "<img "}
"""What stands in the composed text for each note, link and picture."""


@dataclass(frozen=True, slots=True)
class Build:
    """What a build knows.

    Attributes:
        root: the project's folder.
        manuscript: what was read.
        composed: what was laid out and packed.
        files: each finished file, and its pages, 0 where it has none.
        said: what was said of it.
        command: the line that builds it again.
        profile: whom the pages are for, empty for nobody.
        spine: the paper's name and how thick the book is on it, in points; empty and 0 where nobody says.
    """

    root: Path
    manuscript: Manuscript
    composed: Composed
    files: Mapping[Path, int]
    said: tuple[Diagnostic, ...]
    command: str
    profile: str = ""
    spine: tuple[str, float] = ("", 0)


def of(build: Build) -> Record:
    """Return the record of a build, as JSON holds it."""
    manuscript, composed = build.manuscript, build.composed
    essays = list(_essays(manuscript, composed))
    record: Record = {
        "version": VERSION,
        "book": _book(composed),
        "printed": _printed(build),
        "files": [
            {"name": path.name, "bytes": path.stat().st_size, "pages": pages or None, "sha256": repeat.digest(path)}
            for path, pages in sorted(build.files.items())
        ],
        "findings": findings(build.said, "build"),
        "essays": essays,
        "words": sum(words(chapter.html) for chapter in composed.chapters if chapter.media != "print"),
        "permissions": [dict(zip(ledger.COLUMNS, row, strict=True)) for row in ledger.rows(manuscript)],
        "checks": [],
        "repeat": {
            "command": build.command,
            "inputs": repeat.inputs(build.root),
            "versions": repeat.versions(face.family for face in composed.look.faces),
        },
    }
    return {**record, "verdict": verdict.of(record)}


def findings(said: Iterable[Diagnostic], by: str) -> list[Record]:
    """Return findings as the command line's contract has them, with who said it and whether a release waits for it."""
    return [{**each.as_record(), "by": by, "gates_release": each.kind.gates_release} for each in dict.fromkeys(said)]


def words(html: str) -> int:
    """Return how many words a text has.

    >>> words("<p>Ink, <em>paper</em> and glue.</p>")
    4
    """
    return len(TAG.sub(" ", html).split())


def _book(composed: Composed) -> Record:
    book, look = composed.book, composed.look
    return {
        "slug": book.slug,
        "title": book.title,
        "subtitle": book.subtitle or None,
        "creators": [{"name": each.name, "role": each.role} for each in book.creators],
        "language": book.language,
        "identifier": book.identifier,
        "isbn": book.isbn or None,
        "isbn_print": book.edition.isbn_print or None,
        "theme": look.theme,
    }


def _printed(build: Build) -> Record | None:
    pages = next((count for path, count in build.files.items() if path.name.endswith(".print.pdf")), 0)
    if not pages:
        return None
    paper, spine = build.spine
    return {
        "pages": pages,
        "trim_mm": [round(side * MM, 1) for side in build.composed.look.trim],
        "profile": build.profile or None,
        "paper": paper or None,
        "spine_mm": round(spine * MM, 2) if spine else None,
    }


def _essays(manuscript: Manuscript, composed: Composed) -> Iterator[Record]:
    html = {chapter.name: chapter.html for chapter in composed.chapters}
    comments = {essay.slug: essay.comments for essay in manuscript.essays}
    for piece in composed.book.pieces:
        text, letters = html.get(piece.id, ""), html.get(f"{piece.id}-comments", "")
        yield {
            "slug": piece.id,
            "title": piece.title,
            "authors": list(piece.authors),
            "language": piece.language,
            "words": words(text),
            "letters_words": words(letters),
            **{name: (text + letters).count(sign) for name, sign in COUNTED.items()},
            "comments": len(comments.get(piece.id, ())),
            "chosen": sum(each.include for each in comments.get(piece.id, ())),
        }
