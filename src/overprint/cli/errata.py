"""`overprint diff`: what has changed between two editions of a book."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from overprint import outputs, show
from overprint.cli.frame import root


class SheetFormat(StrEnum):
    """How an errata sheet is written."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


def diff(
    old: Annotated[str, typer.Argument(help="An EPUB, a folder with one, or a revision of git.", metavar="OLD")],
    new: Annotated[str, typer.Argument(help="The same, of the newer book.", metavar="NEW")],
    form: Annotated[SheetFormat, typer.Option("--format", help="How the sheet is written.")] = SheetFormat.MARKDOWN,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write it into this file.", metavar="FILE", show_default=False)
    ] = None,
) -> None:
    """Make an errata sheet: what differs between two books, and on which printed page of each."""
    from overprint.errata import revisions, sheet
    from overprint.errata.changes import changes
    from overprint.errata.edition import edition

    with revisions.book(old, root, show.error_line) as before, revisions.book(new, root, show.error_line) as after:
        editions = edition(before), edition(after)
    found = sheet.Sheet(*editions, changes(*editions))
    if out and out.suffix.lower() in {".html", ".htm"}:
        form = SheetFormat.HTML
    text = {"markdown": sheet.as_markdown, "html": sheet.as_html, "json": sheet.as_json}[form](found)
    if out is None:
        for line in text.removesuffix("\n").split("\n"):
            show.line(line)
        return
    try:
        out.write_text(text, "utf-8")
    except OSError as failed:
        raise outputs.cannot_write(failed, out) from None
    show.line(f"{out}: {found.summary}")
