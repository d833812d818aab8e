"""Write a record to its two files: for programs, and as a page for people."""

from __future__ import annotations

import json
from pathlib import Path

from overprint.diagnostics import Made, Place, warning
from overprint.report import page, record
from overprint.report.record import NAME, Build, Record

PAGE = "report.html"
UNWRITTEN = warning(
    "B153",
    "the report was not written: {why}",
    "the books are whole; mend what is in the way, or report it if you cannot see what, and do it again",
    "The report shows what was built and what is to be done about it. Nothing in the books depends on it.",
)


def of_build(build: Build, making: Path) -> Made[tuple[Path, ...]]:
    """Write the report of a build beside its books in `making`; a warning, where that fails for whatever reason."""
    try:
        return Made(write(record.of(build), making, making))
    except Exception as failed:  # the books are finished, and more than any report of them
        why = getattr(failed, "strerror", None) or f"{type(failed).__name__}: {failed}"
        return Made((), (UNWRITTEN.at(Place(NAME), why=why),))


def discard(folder: Path) -> None:
    """Take away a report that tells of books that are gone."""
    for name in (NAME, PAGE):
        (folder / name).unlink(missing_ok=True)


def write(found: Record, making: Path, books: Path) -> tuple[Path, Path]:
    """Write a record as `report.json` and `report.html` into `making`; `books` is the folder of the finished files.

    Raises:
        OSError: a file cannot be written, or a book not be read.
    """
    for_programs, for_people = making / NAME, making / PAGE
    for_programs.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="")
    for_people.write_text(page.html(found, books), "utf-8", newline="")
    return for_programs, for_people
