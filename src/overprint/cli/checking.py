"""`overprint check`: look at finished books before they go out."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated

import typer

from overprint import show
from overprint.cli.frame import Format, root
from overprint.diagnostics import Diagnostic, Exit, Made, Place, Stop, error, errors, hint

NOTHING = error(
    "E109",
    "there is no finished book to check here",
    "type `overprint build` first, or name a file",
    "`overprint check` looks at finished EPUBs and PDFs for print: those you name, or those in the folder build of the "
    "project. It does not build them, so that what is checked is what readers and printers get.",
)

LEFT_OVER = hint(
    "E145",
    "this is not a book of this name and was not checked",
    "delete it, or name it: `overprint check {path}`",
    "Without names `overprint check` looks at the books that the manuscript makes now. When the title changes, so do "
    "the names of the files, and the old ones stay until you delete them.",
)


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="EPUBs and PDFs; without any, those in build/.", show_default=False),
    ] = None,
    profile: Annotated[
        str, typer.Option("--profile", metavar="NAME", help="The printer whom PDFs are for.", show_default=False)
    ] = "",
    shop: Annotated[
        list[str] | None,
        typer.Option("--shop", metavar="NAME", help="A shop that EPUBs are for; may be repeated.", show_default=False),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How findings are shown.")] = Format.FULL,
) -> None:
    """Check finished books: EPUBs for what no judge catches, PDFs for what a printer may refuse.

    EPUBs: what EPUBCheck says, and what it leaves out. PDFs for print: the bytes, by the rules of a printer's profile.
    Both, and PDFs for screens: that they hold the words, notes, pictures and letters that the manuscript chose. Printed
    covers beside them: that they fit the pages. With --shop, EPUBs are held against what kobo, kindle, apple or google
    says that it takes.
    """
    from overprint import pipeline
    from overprint.report import Judged

    place = None
    with contextlib.suppress(Stop):
        place = root()
    build = (place or Path()) / "build"
    wanted = paths or [
        path for kind in ("epub", "print.pdf", "screen.pdf", "cover.pdf") for path in sorted(build.glob(f"*.{kind}"))
    ]
    left = [] if paths else pipeline.left_over(wanted, place)
    wanted = [path for path in wanted if path not in left]
    covers = dict(pipeline.check_covers({path.parent for path in wanted}, place))
    if not wanted:
        raise Stop(NOTHING.at(Place(str(build))), exit=Exit.CANNOT)
    for path in wanted:
        if path.suffix.lower() not in {".epub", ".pdf"}:
            raise typer.BadParameter(f"{path} is neither an EPUB nor a PDF; only these can be checked")
    manuscript = pipeline.Parity(place) if place else None
    found = []
    for path in wanted:
        held: list[Made[str]] = []
        said: tuple[Diagnostic, ...] = covers.pop(path, ())
        inks = None
        if path.suffix.lower() == ".epub":
            held += [pipeline.check(path), *(pipeline.check_shop(path, name) for name in shop or ())]
        elif not path.name.endswith(".screen.pdf"):
            made = pipeline.check_pdf(path, place, profile)
            inks = made.value
            held.append(Made(str(inks), made.diagnostics))
        held += [manuscript.of(path)] if manuscript else []
        said += tuple(each for made in held for each in made.diagnostics)
        found.append(Judged(path, tuple(made.value for made in held if made.value), said, inks))
    found += [Judged(path, (), said) for path, said in covers.items()]
    of_report = () if paths else pipeline.complete_report(place or Path(), build, found)
    old = (LEFT_OVER.at(Place(str(path)), path=path) for path in left)
    show.findings((*(each for judged in found for each in judged.said), *old, *of_report), str(form))
    if form in {Format.FULL, Format.CONCISE}:
        for each in found:
            show.checked(each.path, each.said, "; ".join(each.by))
    if any(errors(each.said) for each in found):
        raise typer.Exit(Exit.CONTENT)
