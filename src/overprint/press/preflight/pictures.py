"""Pictures: pixels enough for paper, in forms that the version of the file knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.press.finish.pictures import LEAST_VERSION, last_filter
from overprint.press.preflight.boxes import BUILD, for_a_printer
from overprint.press.preflight.content import Placed
from overprint.press.preflight.opened import Facts, File

RULES = Rules[File]()
BRING = "bring one of more pixels, or show it smaller; enlarging it in a program does not help"


def _each(say: Say, file: File, fault: Callable[[Placed], Facts | None]) -> Iterator[Diagnostic]:
    yield from file.each(
        say,
        (
            (page.number, {"what": each.name, **facts})
            for page in file.pages
            for each in page.content.pictures
            if (facts := fault(each)) is not None
        ),
    )


def _least(file: File) -> float:
    return file.profile.ppi[0] or 0


@RULES.rule(
    "P100",
    Severity.ERROR,
    "{pages}: {what} has {found} pixels to an inch as printed, and the printer asks for {least}",
    BRING,
    asks=lambda file: bool(_least(file)),
)
def coarse(say: Say, file: File) -> Iterator[Diagnostic]:
    """On paper a picture needs many more pixels than on a screen.

    One that has fewer than half of what the printer asks for shows its pixels, and is often refused.
    """
    least = _least(file)
    yield from _each(say, file, lambda each: {"found": each.ppi, "least": least} if each.ppi < least / 2 else None)


@RULES.rule(
    "P101",
    Severity.WARNING,
    "{pages}: {what} has {found} pixels to an inch as printed, and the printer asks for {least}",
    BRING,
    asks=lambda file: bool(_least(file)),
)
def few_pixels(say: Say, file: File) -> Iterator[Diagnostic]:
    """With somewhat fewer pixels than the printer asks for a picture looks soft; printers warn of it."""
    least = _least(file)
    few = range(-int(-least // 2), int(least))
    yield from _each(say, file, lambda each: {"found": each.ppi, "least": least} if each.ppi in few else None)


@RULES.rule(
    "P102",
    Severity.WARNING,
    "{pages}: {what} has {found} pixels to an inch as printed, and the printer takes {most} at most",
    "show it larger, or make it smaller in a program: no press shows so many pixels",
    asks=lambda file: file.profile.ppi[1] is not None,
)
def many_pixels(say: Say, file: File) -> Iterator[Diagnostic]:
    """More pixels than a press can show make a file large and nothing sharper. Stencils of one bit may have more."""
    most = file.profile.ppi[1] or 0
    yield from _each(
        say, file, lambda each: {"found": each.ppi, "most": most} if each.ppi > most and not each.stencil else None
    )


@RULES.rule("P103", Severity.WARNING, "{pages}: {what} asks to be smoothed", BUILD, asks=for_a_printer)
def smoothed(say: Say, file: File) -> Iterator[Diagnostic]:
    """A picture that is to be smoothed (`Interpolate`) looks otherwise on each machine, and PDF/A forbids it."""
    yield from _each(say, file, lambda each: {} if bool(each.stream.get("/Interpolate", False)) else None)


@RULES.rule(
    "P104",
    Severity.ERROR,
    "{pages}: {what} has {bits} bits to a colour, which PDF {version} does not know",
    "save it with 8 bits to a colour",
    asks=lambda file: file.profile.pdf_version < "1.5",
)
def deep(say: Say, file: File) -> Iterator[Diagnostic]:
    """Pictures of 16 bits came with PDF 1.5; older programs of printers stop at them, or print noise."""
    version = file.profile.pdf_version
    yield from _each(
        say,
        file,
        lambda each: (
            {"bits": bits, "version": version} if (bits := int(each.stream.get("/BitsPerComponent", 8))) > 8 else None
        ),
    )


@RULES.rule(
    "P105",
    Severity.ERROR,
    "{pages}: {what} is packed as {form}, which the printer's kind of PDF does not allow",
    "save it as PNG or JPEG",
    asks=lambda file: file.profile.standard == "x1a" or file.profile.pdf_version < "1.5",
)
def packed(say: Say, file: File) -> Iterator[Diagnostic]:
    """JPEG 2000 (`JPXDecode`) came with PDF 1.5 and JBIG2 with 1.4; PDF/X-1a allows neither."""
    allowed = "0" if file.profile.standard == "x1a" else file.profile.pdf_version

    def fault(each: Placed) -> Facts | None:
        form = last_filter(each.stream)
        return {"form": form[1:]} if LEAST_VERSION.get(form, "0") > allowed else None

    yield from _each(say, file, fault)


@RULES.rule(
    "P106",
    Severity.ERROR,
    "{pages}: the page shows {what}, which is not in the file",
    "put the picture itself into the file",
    asks=for_a_printer,
)
def elsewhere(say: Say, file: File) -> Iterator[Diagnostic]:
    """Pictures that stand for others on a server (`OPI`, `Alternates`, `Ref`), and PostScript, are of another time.

    What is printed then is not what the file shows, and the standards of PDF for print forbid them.
    """
    yield from file.each(say, ((page.number, {"what": what}) for page in file.pages for what in page.content.foreign))
