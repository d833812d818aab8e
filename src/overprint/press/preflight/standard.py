"""What the file says it is: the standard, the printing condition, title and dates, and that it says so twice alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.press.finish.identity import COMPONENTS, PDFX, SAYS
from overprint.press.preflight.boxes import BUILD
from overprint.press.preflight.opened import File

RULES = Rules[File]()
SPACES = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}


def _standard(file: File) -> bool:
    return bool(file.profile.standard)


def _intended(file: File) -> bool:
    return file.profile.intent is not None


@RULES.rule(
    "P123",
    Severity.ERROR,
    "the file names no printing condition, and the printer asks for {wanted}",
    BUILD,
    asks=_intended,
)
def no_intent(say: Say, file: File) -> Iterator[Diagnostic]:
    """The printing condition (`OutputIntents`) says for which paper and press the inks are meant."""
    if file.profile.intent and not _intents(file):
        yield file.whole(say, wanted=file.profile.intent.identifier)


@RULES.rule(
    "P124",
    Severity.ERROR,
    "the file is for the printing condition {found}, and the printer asks for {wanted}",
    BUILD,
    asks=_intended,
)
def another_intent(say: Say, file: File) -> Iterator[Diagnostic]:
    """Colours that were made for one paper come out otherwise on another."""
    for found in {str(each.get("/OutputConditionIdentifier", "without a name")) for each in _intents(file)}:
        if file.profile.intent and found != file.profile.intent.identifier:
            yield file.whole(say, found=found, wanted=file.profile.intent.identifier)


@RULES.rule("P125", Severity.ERROR, "the printing condition of the file {what}", BUILD, asks=_intended)
def empty_intent(say: Say, file: File) -> Iterator[Diagnostic]:
    """A printing condition is a name in a registry that is named too, or an ICC profile of the file's inks.

    PDF/X-4 asks for the profile. A name alone tells a printer nothing.
    """
    for intent in _intents(file):
        icc = intent.get("/DestOutputProfile")
        if icc is not None and (
            what := _wrong(icc.read_bytes(), COMPONENTS[file.profile.colour], int(icc.get("/N", 0)))
        ):
            yield file.whole(say, what=what)
        elif icc is None and file.profile.standard == "x4":
            yield file.whole(say, what="brings no ICC profile")
        elif icc is None and not str(intent.get("/RegistryName", "")):
            yield file.whole(say, what="says neither in which registry it is found, nor brings an ICC profile")


@RULES.rule("P126", Severity.ERROR, "the file does not say that it is {wanted}", BUILD, asks=_standard)
def not_claimed(say: Say, file: File) -> Iterator[Diagnostic]:
    """A file of a standard says so, in words that the standard gives; a printer's program asks for them first."""
    profile, info = file.profile, file.pdf.docinfo
    wanted = SAYS.get((profile.standard, profile.pdf_version), {})
    if any(str(info.get(key, "")) != words for key, words in wanted.items()):
        yield file.whole(say, wanted=list(wanted.values())[-1])
    if profile.standard == "x4" and _metadata(file).get(f"{{{PDFX}}}GTS_PDFXVersion") != "PDF/X-4":
        yield file.whole(say, wanted="PDF/X-4")


@RULES.rule("P127", Severity.ERROR, "the file does not say {what}", BUILD, asks=_standard)
def not_said(say: Say, file: File) -> Iterator[Diagnostic]:
    """The standards of PDF for print ask for title and dates, and whether colours were made to lap over (`Trapped`)."""
    info = file.pdf.docinfo
    needed = {"/Title": "its title", "/CreationDate": "when it was made", "/ModDate": "when it was changed"}
    missing = [words for key, words in needed.items() if not str(info.get(key, ""))]
    missing += ["whether it is trapped"] * (str(info.get("/Trapped", "")) not in {"/True", "/False"})
    if missing:
        yield file.whole(say, what=", ".join(missing))


@RULES.rule("P128", Severity.ERROR, "the file has no number of its own", BUILD, asks=_standard)
def no_number(say: Say, file: File) -> Iterator[Diagnostic]:
    """Two numbers (`ID`) tell one file from another, so that no plate is made of the last but one."""
    if len(file.pdf.trailer.get("/ID", [])) != 2:
        yield file.whole(say)


@RULES.rule("P129", Severity.WARNING, "the file tells two titles: “{one}” and “{other}”", BUILD)
def two_titles(say: Say, file: File) -> Iterator[Diagnostic]:
    """A title stands in two places of a file, the old one and XMP; the standards ask that they agree."""
    one, other = str(file.pdf.docinfo.get("/Title", "")), str(_metadata(file).get("dc:title") or "")
    if one and other and one != other:
        yield file.whole(say, one=one, other=other)


def _intents(file: File) -> list[Any]:
    kind = "/GTS_PDFX" if file.profile.standard else ""
    return [each for each in file.root.get("/OutputIntents", []) if str(each.get("/S", "")) == kind or not kind]


def _wrong(icc: bytes, components: int, claimed: int) -> str:
    """Return what is wrong with the ICC profile of a printing condition: its header says what it is of."""
    if icc[36:40] != b"acsp" or int.from_bytes(icc[:4]) > len(icc):
        return "brings an ICC profile that cannot be read"
    if icc[12:16] != b"prtr" and components != 3:
        return "brings an ICC profile that is of no press"
    return "" if icc[16:20] == SPACES[components] and claimed == components else "brings an ICC profile of other inks"


def _metadata(file: File) -> Any:
    """Return what XMP says; nothing where there is none."""
    if "/Metadata" not in file.root:
        return {}
    return file.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
