"""The file as a whole: nothing to click, to hide or to unlock, of the version and the size that the printer takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.press.preflight.boxes import BUILD, for_a_printer
from overprint.press.preflight.opened import File, plainly

RULES = Rules[File]()
LEADING = {"/GoTo", "/URI", "/Named", "/Thread", "/GoToR"}
"""Actions that only lead somewhere."""


@RULES.rule(
    "P113",
    Severity.ERROR,
    "{pages}: there are links or notes to click, and the printer takes none",
    BUILD,
    asks=lambda file: not file.profile.annotations,
)
def annotated(say: Say, file: File) -> Iterator[Diagnostic]:
    """What can be clicked (`Annots`) is nothing on paper; some machines print its frame, others refuse the file."""
    yield from file.each(say, ((page.number, {}) for page in file.pages if len(page.obj.get("/Annots", []))))


@RULES.rule(
    "P114",
    Severity.ERROR,
    "the file has bookmarks, and the printer takes none",
    BUILD,
    asks=lambda file: not file.profile.outline,
)
def bookmarked(say: Say, file: File) -> Iterator[Diagnostic]:
    """Bookmarks (`Outlines`) are for reading on a screen; KDP, among others, asks to leave them out."""
    if "/First" in file.root.get("/Outlines", {}):
        yield file.whole(say)


@RULES.rule("P115", Severity.ERROR, "the file wants to run something: {what}", "build the file again with overprint")
def runs(say: Say, file: File) -> Iterator[Diagnostic]:
    """Scripts, and actions that begin by themselves, have no place in a book; printers refuse them unread."""
    names = file.root.get("/Names", {})
    found = ["a script"] * ("/JavaScript" in names)
    found += [
        f"an action when it is opened ({str(kind)[1:]})"
        for kind in _kinds(file.root.get("/OpenAction"))
        if kind not in LEADING
    ]
    found += ["an action of the file or a page"] * any(
        "/AA" in each for each in (file.root, *(page.obj for page in file.pages))
    )
    for what in found:
        yield file.whole(say, what=what)


@RULES.rule("P116", Severity.ERROR, "the file has a form to fill in", "build the file again with overprint")
def form(say: Say, file: File) -> Iterator[Diagnostic]:
    """Fields of a form (`AcroForm`) print as their program likes, or not at all."""
    if "/AcroForm" in file.root and (len(file.root.AcroForm.get("/Fields", [])) or "/XFA" in file.root.AcroForm):
        yield file.whole(say)


@RULES.rule("P117", Severity.ERROR, "another file is attached", "take it out", asks=for_a_printer)
def attached(say: Say, file: File) -> Iterator[Diagnostic]:
    """Files within a file (`EmbeddedFiles`) are never printed, and printers' programs take them for a danger."""
    if "/EmbeddedFiles" in file.root.get("/Names", {}) or len(file.root.get("/AF", [])):
        yield file.whole(say)


@RULES.rule("P118", Severity.ERROR, "the file is encrypted", "save it without a password and without limits on its use")
def encrypted(say: Say, file: File) -> Iterator[Diagnostic]:
    """A file that opens without a password may still forbid to print it, or to change it for the press."""
    if file.pdf.is_encrypted:
        yield file.whole(say)


@RULES.rule(
    "P119", Severity.ERROR, "the file has layers that can be hidden", "make one layer of them", asks=for_a_printer
)
def layered(say: Say, file: File) -> Iterator[Diagnostic]:
    """Layers (`OCProperties`) can be off at the printer's and on at yours; what is printed is then a matter of luck."""
    if len(file.root.get("/OCProperties", {}).get("/OCGs", [])):
        yield file.whole(say)


@RULES.rule(
    "P120", Severity.ERROR, "the file is PDF {found}, and the printer takes {wanted}", BUILD, asks=for_a_printer
)
def too_new(say: Say, file: File) -> Iterator[Diagnostic]:
    """A program that is older than the file passes over what it does not know, without a word."""
    found = max(file.pdf.pdf_version, str(file.root.get("/Version", "/0"))[1:])
    if str(file.pdf.trailer.get("/Type", "")) == "/XRef":
        found = max(found, "1.5")  # its list of objects is packed, whatever it says
    if found > file.profile.pdf_version:
        yield file.whole(say, found=found, wanted=file.profile.pdf_version)


@RULES.rule(
    "P121",
    Severity.ERROR,
    "the file has {found} MB, and the printer takes {most} MB at most",
    "make large pictures smaller; 300 pixels to an inch are enough",
    asks=lambda file: file.profile.file_limit is not None,
)
def too_large(say: Say, file: File) -> Iterator[Diagnostic]:
    """Printers cut off at so many bytes, often after the whole file has gone over the line."""
    size, most = file.path.stat().st_size, file.profile.file_limit or 0
    if size > most:
        yield file.whole(say, found=f"{size / 1e6:.4g}", most=f"{most / 1e6:g}")


@RULES.rule(
    "P122",
    Severity.ERROR,
    "the file tells its title or author, and the printer wants nothing of the kind",
    BUILD,
    asks=lambda file: not file.profile.metadata,
)
def tells(say: Say, file: File) -> Iterator[Diagnostic]:
    """KDP asks for files without metadata: what it sells a book as comes from its form alone."""
    if "/Metadata" in file.root or any(str(value) for value in file.pdf.docinfo.values()):
        yield file.whole(say)


@RULES.rule(
    "P130", Severity.ERROR, "the file is damaged: {why}", "build it again, or fetch it again: it was cut off or changed"
)
def damaged(say: Say, file: File) -> Iterator[Diagnostic]:
    """The file breaks the rules of how a PDF is written; what could be found was checked.

    Programs mend such files each in its own way, and a printer's may refuse it.
    """
    if warnings := file.pdf.get_warnings():
        yield file.whole(say, why=plainly(warnings[0]))


def _kinds(action: Any) -> Iterator[str]:
    """Yield the kinds of an action and of those that follow it."""
    import pikepdf

    for _ in range(100):
        if not isinstance(action, pikepdf.Dictionary) or "/S" not in action:
            return
        yield str(action.S)
        action = action.get("/Next")
