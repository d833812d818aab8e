"""Fonts: all in the file, in a form that its version knows, with every letter that is shown, and not too small."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.press.preflight.opened import Facts, File

RULES = Rules[File]()
OPENTYPE = "1.6"
A_FEW, A_NUMBER = 60, 4
"""Characters on a page, and in a row: the figures of notes are small everywhere and are no text."""
EXACT = 0.05


@RULES.rule(
    "P082",
    Severity.ERROR,
    "{pages}: the font {font} is not in the file",
    "build the file again with overprint; in another program, choose “embed all fonts”",
)
def not_embedded(say: Say, file: File) -> Iterator[Diagnostic]:
    """A font that is not in the file is replaced by another at the printer's, and lines break out of their margins."""
    for font, shown in file.fonts.values():
        if not _drawn(font) and not _program(font)[0]:
            yield from file.each(say, ((page, {"font": _name(font)}) for page in shown))


@RULES.rule(
    "P083",
    Severity.HINT,
    "{pages}: the whole font {font} is in the file, not only the letters shown",
    "build the file again with overprint; in another program, choose “subset fonts”",
)
def not_subset(say: Say, file: File) -> Iterator[Diagnostic]:
    """Licences of fonts often allow no more than the letters that a file shows, and files grow."""
    for font, shown in file.fonts.values():
        if not _drawn(font) and _program(font)[0] and not re.match(r"[A-Z]{6}\+", _name(font)):
            yield from file.each(say, ((page, {"font": _name(font)}) for page in shown))


@RULES.rule(
    "P084",
    Severity.WARNING,
    "{pages}: the letters of {font} are drawings (a font of type 3)",
    "use a typeface that is a font; letters in colour, such as emoji, come as a picture",
)
def drawn_letters(say: Say, file: File) -> Iterator[Diagnostic]:
    """Letters that are drawings print coarser, cannot be checked, and some printers refuse them."""
    for font, shown in file.fonts.values():
        if _drawn(font):
            yield from file.each(say, ((page, {"font": _name(font)}) for page in shown))


@RULES.rule(
    "P085",
    Severity.ERROR,
    "{pages}: the font {font} is in a form that PDF {version} does not know",
    "build the file with the printer's profile: `overprint build pdf --profile {profile}`",
    asks=lambda file: not file.profile.fonts_cff or file.profile.pdf_version < OPENTYPE,
)
def unknown_form(say: Say, file: File) -> Iterator[Diagnostic]:
    """OpenType files as a whole may stand in PDF 1.6 and later; before, only their outlines may.

    A printer's program that is older than the form shows nothing, or another font.
    """
    for font, shown in file.fonts.values():
        key, program = _program(font)
        if key == "/FontFile3" and str(program.get("/Subtype", "")) == "/OpenType":
            facts: Facts = {"font": _name(font), "version": file.profile.pdf_version}
            yield from file.each(say, ((page, facts) for page in shown))


@RULES.rule(
    "P086",
    Severity.ERROR,
    "{pages}: a letter is missing in the font {font}, and a box or nothing is printed",
    "look at the page; name a typeface that has the letter, or write another",
)
def missing_letter(say: Say, file: File) -> Iterator[Diagnostic]:
    """Text calls for a letter that the font in the file does not have (`.notdef`).

    Looked at are fonts with numbered letters, as nearly all programs write them today.
    """
    for font, shown in file.fonts.values():
        if str(font.get("/Subtype", "")) == "/Type0" and str(font.get("/Encoding", "")).startswith("/Identity"):
            there = _letters(font)
            missing = (page for page, codes in shown.items() if any(not there(each) for each in codes))
            yield from file.each(say, ((page, {"font": _name(font)}) for page in missing))


@RULES.rule(
    "P087",
    Severity.WARNING,
    "{pages}: type of {size} pt, and the printer asks for {least} pt at least",
    "set it larger; what small type the page has is in the theme, or in `styles/print.css`",
    asks=lambda file: file.profile.type_least is not None,
)
def small_type(say: Say, file: File) -> Iterator[Diagnostic]:
    """Type below a printer's least may come out broken, or be refused.

    The figures that lead to notes are let pass: they are small in every book.
    """
    least = file.profile.type_least or 0
    facts = {"least": f"{least:g}"}
    yield from file.each(
        say,
        (
            (page.number, {"size": f"{size:g}", **facts})
            for page in file.pages
            for size, (total, longest) in page.content.sizes.items()
            if size < least - EXACT and (total > A_FEW or longest > A_NUMBER)
        ),
    )


def _whole(font: Any) -> Any:
    """Return what describes the letters: the font, or the one below it."""
    return font.DescendantFonts[0] if "/DescendantFonts" in font else font


def _drawn(font: Any) -> bool:
    return str(font.get("/Subtype", "")) == "/Type3"


def _name(font: Any) -> str:
    return str(font.get("/BaseFont", font.get("/Name", "/without a name")))[1:]


def _program(font: Any) -> tuple[str, Any]:
    """Return the font that is in the file, and under which key; the key is empty where there is none."""
    descriptor = _whole(font).get("/FontDescriptor", {})
    return next(
        ((key, descriptor[key]) for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor), ("", None)
    )


def _letters(font: Any) -> Any:
    """Return what says whether a code of two bytes is a letter of a font."""
    import pikepdf

    below, (key, program) = _whole(font), _program(font)
    table = below.get("/CIDToGIDMap")
    if isinstance(table, pikepdf.Stream):
        glyphs = table.read_bytes()
        return lambda code: any(glyphs[2 * code : 2 * code + 2])
    known = _charset(program) if key == "/FontFile3" else _counted(program) if key == "/FontFile2" else None
    return lambda code: code != 0 and (known is None or code in known)


def _charset(program: Any) -> frozenset[int] | None:
    """Return the numbers of the letters in PostScript outlines, None where they cannot be told."""
    from fontTools.cffLib import CFFFontSet
    from fontTools.ttLib import TTFont

    data = program.read_bytes()
    try:
        if str(program.get("/Subtype", "")) == "/OpenType":
            data = TTFont(io.BytesIO(data), lazy=True).reader["CFF "]
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(data), None)
        top = fonts[fonts.fontNames[0]]
        names = top.charset
        if hasattr(top, "ROS"):
            return frozenset(int(name[3:]) for name in names if re.fullmatch(r"cid\d+", name))
        return frozenset(range(len(names)))
    except Exception:
        return None


def _counted(program: Any) -> range | None:
    """Return the numbers of the letters in TrueType outlines, None where they cannot be told."""
    from fontTools.ttLib import TTFont

    try:
        return range(TTFont(io.BytesIO(program.read_bytes()), lazy=True)["maxp"].numGlyphs)
    except Exception:
        return None
