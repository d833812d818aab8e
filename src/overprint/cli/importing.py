"""`overprint import`: read its options, bring the sources in, and tell what became of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from overprint import project, show
from overprint.cli import summary
from overprint.cli.frame import RecordFormat, root
from overprint.diagnostics import Severity


def _date(text: str, option: str) -> str:
    if text and not project.is_date(text):
        raise typer.BadParameter(f"“{text}” is not a date; write it as 2025-03-14", param_hint=option)
    return text


def import_(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE...", help="Saved pages, exports and documents.", show_default=False),
    ],
    title: Annotated[str, typer.Option(help="The essay's title, where the source has none.")] = "",
    author: Annotated[str, typer.Option(help="Who wrote it.")] = "",
    date: Annotated[str, typer.Option(help="When it first appeared, as 2025-03-14.")] = "",
    url: Annotated[str, typer.Option(help="Where it first appeared.")] = "",
    slug: Annotated[str, typer.Option(help="A short name for its folder.")] = "",
    kind: Annotated[str, typer.Option("--from", help="Force a reader, such as `text`.", metavar="KIND")] = "",
    only: Annotated[
        list[str] | None,
        typer.Option(help="Take only this essay, by title or slug; may be repeated.", metavar="ESSAY"),
    ] = None,
    parts: Annotated[
        bool, typer.Option("--parts", help="Make parts of the book from the source's categories.")
    ] = False,
    word_comments: Annotated[
        bool, typer.Option("--word-comments", help="Take the remarks in a Word document for readers' comments.")
    ] = False,
    saved: Annotated[
        str, typer.Option(help="When the page was saved: “2 days ago” counts from it; by default --date.")
    ] = "",
    fetch_images: Annotated[
        bool, typer.Option("--fetch-images", help="Fetch pictures from the web; nothing else ever uses it.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write and fetch nothing.")] = False,
    form: Annotated[RecordFormat, typer.Option("--format", help="json prints the whole record.")] = RecordFormat.TEXT,
) -> None:
    """Take essays, bios and comments from SOURCE into the manuscript.

    An essay that was imported before is brought up to date; what you have edited stays as it is.
    """
    from overprint import pipeline
    from overprint.importers import Options

    place = None if dry_run else root()
    overrules = {"title": title, "author": author, "date": _date(date, "--date"), "url": url, "slug": slug}
    options = Options(tuple(only or ()), _date(saved, "--saved") or date, word_comments)
    found = pipeline.import_sources(sources, overrules, kind=kind, options=options)
    said, added = found.diagnostics, None
    if place is not None:
        made = pipeline.add(place, found.value, parts=parts, fetch_images=fetch_images)
        said, added = said + made.diagnostics, made.value
    if form is RecordFormat.JSON:
        show.records(found.value, said)
        return
    # What a reader guessed is told with the essay it is about.
    guessed = [each for each in said if each.severity is Severity.HINT and each in found.diagnostics]
    show.findings((each for each in said if each not in guessed), "full")
    summary.tell([each for _, each in found.value], added, guessed)
