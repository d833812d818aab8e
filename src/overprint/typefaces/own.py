"""Typefaces of an editor's own: font files in the book's `styles/fonts/`, held to what both books need.

A file says itself of which family, weight and style it is. What a book is made with is a copy that was put in order
once: every measure that we read of a typeface is in it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from overprint import files
from overprint.diagnostics import Diagnostic, Exit, Place, Stop, error
from overprint.model import Face
from overprint.typefaces import coverage, kept
from overprint.typefaces.wheels import FALLBACKS, FAMILIES, style_name

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FOLDER = "styles/fonts"
SUFFIXES = frozenset({".otf", ".ttf"})
LARGEST = 32 << 20
FORM = "2"
"""Changes when copies are put in order in another way: it goes into their keys."""

NO_FAMILY = error(
    "B130",
    "there is no typeface “{family}”, which `{key}` names",
    "use one of: {known}; or put its font files, TTF or OTF, in styles/fonts/",
    """A typeface is one that comes with overprint, or one whose files are in the book's folder `styles/fonts/`. Its
    name is the one that the files themselves give to their family. docs/how-to/fonts.md shows how it is done.

    Bad, in book.yaml:
        look: {text_face: Garamond}
    Good, in book.yaml:
        look: {text_face: EB Garamond}
    """,
)
UNFIT = error(
    "B131",
    "this font cannot be used: {fault}",
    "{hint}",
    """Fonts in `styles/fonts/` are printed and travel in the EPUB, cut down to the letters of the book. So each must be
    whole, must be one single cut, and must allow it: its maker can forbid, within the file, to put it into documents.
    That a font allows it does not mean that you have a licence; read what came with it.""",
)
TWICE = error(
    "B132",
    "this font and {other} are both {family} {style}",
    "keep one of them in styles/fonts/",
    "Each cut of a family, such as its bold italic, can be there once. Otherwise nobody could tell which one the book "
    "would be printed in.",
)

USUAL_WIDTH = 5
_RESTRICTED, _WHOLE_ONLY, _DOTS_ONLY = 2, 0x100, 0x200
_DAMAGED = ("it is damaged, or no font", "download or copy it again")
_VARIABLE = (
    "it is a variable font, which holds many cuts",
    "put its single cuts there; they often come in a folder “static”",
)
_NOT_ALLOWED = (
    "its maker does not allow to put it into books",
    "get a licence and files that do, or choose another typeface",
)
_NOT_CUT = ("its maker does not allow to leave letters out, as every book does", _NOT_ALLOWED[1])
_NO_LETTERS = ("it holds no letters that can be printed", "choose a TTF or OTF with outlines")


class _UnfitError(Exception):
    """Says what is wrong with a font, and what to do."""


def families(root: Path) -> dict[str, tuple[Face, ...]]:
    """Return the families of the fonts in a book's folder, by name.

    Raises:
        Stop: a font cannot be used, or is there twice.
    """
    found: dict[str, dict[tuple[int, str], tuple[Face, str]]] = {}
    said: list[Diagnostic] = []
    for path in files.listed(root / FOLDER, root):
        if path.suffix.lower() in SUFFIXES:
            place = Place(files.shown(path, root))
            try:
                face = _face(files.read_bytes(path, root, LARGEST), path.suffix.lower())
            except _UnfitError as unfit:
                said.append(UNFIT.at(place, fault=unfit.args[0], hint=unfit.args[1]))
                continue
            cuts = found.setdefault(face.family, {})
            cut = face.weight, face.style
            if cut in cuts:
                said.append(TWICE.at(place, other=cuts[cut][1], family=face.family, style=style_name(*cut)))
            else:
                cuts[cut] = face, path.name
    if said:
        raise Stop(*said, exit=Exit.CONTENT)
    return {family: tuple(face for _, (face, _) in sorted(cuts.items())) for family, cuts in sorted(found.items())}


def missing(family: str, key: str, root: Path, place: Place) -> Diagnostic | None:
    """Return what is to be said of a family that is neither ours nor in the book's folder; `key` names it at `place`.

    Raises:
        Stop: as `families`.
    """
    if family in FAMILIES or family in FALLBACKS or family in (own := families(root)):
        return None
    return NO_FAMILY.at(place, family=family, key=key, known=", ".join((*FAMILIES, *own)))


def facts(path: Path) -> dict[str, Any] | None:
    """Return what the file of a face of an editor's own says of itself; None for one of ours."""
    try:
        told: dict[str, Any] = json.loads(_facts_of(path).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return told


def _facts_of(path: Path) -> Path:
    return path.with_suffix(".facts")


def _face(content: bytes, suffix: str) -> Face:
    """Return the face of a font, from a copy that is made when it is not there."""
    key = hashlib.sha256(f"own {FORM} {coverage.FORM} ".encode() + content).hexdigest()[:32]
    path = kept.place(key, f"font{suffix}")
    told = facts(path) if path.is_file() else None
    if told is None:
        made, told = _in_order(content)
        try:
            kept.put(coverage.file_of(path), coverage.characters(made))
            kept.put(_facts_of(path), json.dumps(told).encode())
            kept.put(path, made)
        except OSError as reason:
            raise _UnfitError(f"its copy cannot be kept ({reason.strerror})", "make room on the disk") from None
    return Face(told["family"], told["weight"], told["style"], path)


def _in_order(content: bytes) -> tuple[bytes, dict[str, Any]]:
    """Return a font with all that we read of it, and what it says of itself."""
    import io

    from fontTools.ttLib import TTFont

    try:
        # A time stamp would make every machine's book differ.
        font = TTFont(io.BytesIO(content), recalcTimestamp=False)
        fault = next(_faults(font), None)
        if fault is None:
            _complete(font)
            told = _told(font)
            made = io.BytesIO()
            font.save(made)
    except Exception as damage:  # whatever the code that stumbles over it raises
        raise _UnfitError(*_DAMAGED) from damage
    if fault:
        raise _UnfitError(*fault)
    return made.getvalue(), told


def _faults(font: TTFont) -> Iterator[tuple[str, str]]:
    if "fvar" in font:
        yield _VARIABLE
    if not {"glyf", "CFF "} & set(font.keys()) or not font.getBestCmap():
        yield _NO_LETTERS
    rights = font["OS/2"].fsType
    if rights & 0xF == _RESTRICTED or rights & _DOTS_ONLY:
        yield _NOT_ALLOWED
    if rights & _WHOLE_ONLY:
        yield _NOT_CUT


def _complete(font: TTFont) -> None:
    """Put in what old or plain fonts lack: heights of letters, and the table of characters in its common form."""
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    about, characters, shapes = font["OS/2"], font.getBestCmap(), font.getGlyphSet()
    for name, letter, usual in (("sxHeight", "x", 0.45), ("sCapHeight", "H", 0.65)):
        if not getattr(about, name, 0):
            pen = BoundsPen(shapes)
            if ord(letter) in characters:
                shapes[characters[ord(letter)]].draw(pen)
            setattr(about, name, round(pen.bounds[3] if pen.bounds else usual * font["head"].unitsPerEm))
    for name, value in (
        ("ulCodePageRange1", 1),
        ("ulCodePageRange2", 0),
        ("usDefaultChar", 0),
        ("usBreakChar", 32),
        ("usMaxContext", 3),
    ):
        if not hasattr(about, name):
            setattr(about, name, value)
    about.version = max(about.version, 4)
    if not any(each.format == 4 for each in font["cmap"].tables):
        table = CmapSubtable.newSubtable(4)
        table.platformID, table.platEncID, table.language = 3, 1, 0
        table.cmap = {code: glyph for code, glyph in characters.items() if code < 0xFFFF}
        font["cmap"].tables.append(table)
    if "DSIG" in font:  # it signs other bytes
        del font["DSIG"]


def _told(font: TTFont) -> dict[str, Any]:
    names, about = font["name"], font["OS/2"]
    # A narrow cut has the family of the others as number 16, beside which it would be one too many.
    numbers = (16, 1) if about.usWidthClass == USUAL_WIDTH else (1, 16)
    family = next(filter(None, map(names.getDebugName, numbers)), "")
    # Style sheets and lists of typefaces could not hold some signs.
    family = re.sub(r"[^\w .&+'-]", "", family).strip()
    if not family:
        raise ValueError("a font without a name")
    weight = about.usWeightClass * (100 if about.usWeightClass < 10 else 1)
    italic = about.fsSelection & 1 or font["head"].macStyle & 2 or font["post"].italicAngle
    return {
        "family": family,
        "weight": min(max(round(weight / 100), 1), 9) * 100,
        "style": "italic" if italic else "normal",
        "licence": "\n\n".join(filter(None, (names.getDebugName(number) for number in (0, 13, 14)))),
    }
