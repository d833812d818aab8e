"""The cover wrap of one printer: how wide the spine is, in which inks it is printed, and whether it is still right."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from overprint.diagnostics import Diagnostic, Place, error
from overprint.model import Wrap
from overprint.press.profile import Bleed, Paper, Profile

OURS = "/Overprint"
BOX = (144.0, 86.4, 27.0, 27.0)
"""Where a printer says nothing of the barcode: width and height of its box, how far it is from spine and foot.

In points: two inches by 1.2 hold it in full size, or with a price."""
NEAR = 1.0
"""Points: pages of sizes that differ by less are one size."""

STALE = error(
    "P052",
    "the cover is for a book {was}, and {interior} is {now}",
    "type `overprint build pdf cover` with the printer's profile: they are then made together",
    "The spine of a cover is as wide as the book is thick: it follows from the number of pages and the paper. When "
    "pages are added or cut, the old cover no longer fits, and the title slips from the spine.",
)


def paper(profile: Profile, name: str) -> Paper | None:
    """Return a printer's paper by its name, without one the first; None where there is none such."""
    papers = profile.spine.papers if profile.spine else ()
    return next((each for each in papers if name in {"", each.name}), None)


def size(profile: Profile, of: Paper, trim: tuple[float, float], pages: int, *, coded: bool) -> Wrap:
    """Return the sheet of the cover of a book of so many pages on a paper; `trim` is its page in points.

    A box for the barcode is there where the book is `coded`, or the printer fills it.
    """
    spine = profile.spine
    if spine is None:
        raise ValueError(f"{profile.name} tells no spine")
    box = profile.barcode
    own = (box.width, box.height, box.spine, box.foot) if box else None
    return Wrap(
        trim=trim,
        spine=round(pages * of.page + spine.cover, 3),
        bleed=_bleed(profile),
        clear=None if pages < (spine.text_from or 0) else spine.clear or 0,
        box=own or (BOX if coded else None),
        type_least=profile.type_least or 0,
    )


def inks(profile: Profile) -> Profile:
    """Return the profile of the cover: it has colours where the pages have black ink alone, and bleeds on all sides.

    Where a standard asks for inks these are the colours' inks, else they stay red, green and blue.
    """
    intent, colour = profile.intent, profile.colour
    if colour == "mono" and not profile.spot:
        colour = "cmyk" if profile.standard else "srgb"
        # The ICC profile of a grey interior says nothing of inks.
        intent = dataclasses.replace(intent, icc="") if intent else None
    bleed = Bleed(*[_bleed(profile)] * 4)
    return dataclasses.replace(profile, bleed=bleed, colour=colour, intent=intent, annotations=False, outline=False)


def _bleed(profile: Profile) -> float:
    inside = profile.bleed
    return max(inside.top, inside.bottom, inside.outer) if profile.cover_bleed is None else profile.cover_bleed


def note(cover: Path, of: Paper, trim: tuple[float, float], pages: int, modified: str) -> None:
    """Write into a cover which book it is for, where programs keep what is theirs (PDF 1.7, 14.5)."""
    import pikepdf
    from pikepdf import Array, Dictionary, String

    with pikepdf.open(cover, allow_overwriting_input=True) as pdf:
        made_for = Dictionary(Pages=pages, Paper=String(of.name), Trim=Array([round(each, 3) for each in trim]))
        date = String(f"D:{''.join(filter(str.isdigit, modified))[:14]:0<14}Z")
        pdf.Root.PieceInfo = Dictionary({OURS: Dictionary(LastModified=date, Private=made_for)})
        pdf.save(cover, deterministic_id=True)


def stale(cover: Path, interior: Path, wanted: str = "") -> tuple[Diagnostic, ...]:
    """Say whether a cover no longer fits the pages beside it; `wanted` is the paper that the book names now.

    Nothing is said of a cover that overprint did not make.
    """
    import pikepdf

    try:
        with pikepdf.open(cover) as pdf:
            noted = pdf.Root.PieceInfo[OURS].Private
            pages, on, trim = int(noted.Pages), str(noted.Paper), [float(each) for each in noted.Trim]
        with pikepdf.open(interior) as pdf:
            there, now = len(pdf.pages), _trim(pdf)
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError, OSError):
        return ()
    if there == pages and (wanted or on) == on and all(abs(a - b) < NEAR for a, b in zip(trim, now, strict=True)):
        return ()
    was, is_ = _told(pages, on, trim), _told(there, wanted or on, now)
    return (STALE.at(Place(str(cover)), was=was, interior=interior.name, now=is_),)


def _trim(pdf: Any) -> list[float]:
    left, bottom, right, top = (float(each) for each in pdf.pages[0].trimbox)
    return [right - left, top - bottom]


def _told(pages: int, paper: str, trim: list[float]) -> str:
    return f"of {pages} pages of {trim[0]:.0f} × {trim[1]:.0f} pt on {paper} paper"
