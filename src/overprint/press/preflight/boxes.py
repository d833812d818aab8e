"""Boxes: the paper from 0,0, the trim, how far ink may run over it, and nothing that turns or enlarges pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.press.finish.boxes import Box
from overprint.press.preflight.opened import Facts, File, Page
from overprint.press.profile import UNMENDED

RULES = Rules[File]()
NEAR = 0.05
"""Points; boxes that differ by less are one."""
LARGEST = 5000
"""Points, nearly six feet: no cover of a book is as wide."""
SAME_SIZE = 1.0
"""Points; so much printers let pass."""
BUILD = "build it with the printer's profile: `overprint build pdf --profile {profile}`"


def for_a_printer(file: File) -> bool:
    """Say whether a printer is named, so that there is one who refuses."""
    return file.profile.name != UNMENDED


@RULES.rule(
    "P061",
    Severity.ERROR,
    "{pages}: the paper begins at {at} instead of 0,0",
    "build the file again with overprint",
    asks=for_a_printer,
)
def not_from_0(say: Say, file: File) -> Iterator[Diagnostic]:
    """Programs that lay pages on sheets place them by their lower left corner, and many take it to be 0,0.

    Where it is elsewhere (`MediaBox`), pages are shifted on the sheet and cut at the wrong place.
    """
    yield from file.each(
        say,
        (
            (page.number, {"at": f"{page.media[0]:g},{page.media[1]:g}"})
            for page in file.pages
            if max(abs(page.media[0]), abs(page.media[1])) > NEAR
        ),
    )


@RULES.rule(
    "P062",
    Severity.ERROR,
    "{pages}: the page does not say where it is cut",
    "build the file again with overprint",
    asks=lambda file: for_a_printer(file) and bool(file.profile.standard),
)
def no_trim(say: Say, file: File) -> Iterator[Diagnostic]:
    """The standards of PDF for print ask that each page says where the knife goes: `TrimBox`."""
    yield from file.each(
        say, ((page.number, {}) for page in file.pages if "/TrimBox" not in page.obj and "/ArtBox" not in page.obj)
    )


@RULES.rule(
    "P063",
    Severity.ERROR,
    "{pages}: the page is {size} pt, the others are {usual} pt",
    "give all pages one size; a page of another comes from another program",
)
def another_size(say: Say, file: File) -> Iterator[Diagnostic]:
    """The pages of a book are cut together, to one size."""
    if file.pages:
        usual = Counter(_size(page.trim) for page in file.pages).most_common(1)[0][0]
        yield from file.each(
            say,
            (
                (page.number, {"size": _told(_size(page.trim)), "usual": _told(usual)})
                for page in file.pages
                if not _same(_size(page.trim), usual)
            ),
        )


@RULES.rule(
    "P064",
    Severity.ERROR,
    "the pages are {size} pt, which the printer does not take",
    "write one of these after `trim:` in book.yaml: {known}",
    asks=lambda file: bool(file.profile.trims),
)
def wrong_trim(say: Say, file: File) -> Iterator[Diagnostic]:
    """The printer takes pages of some sizes only. They are in its profile, after `trims:`."""
    if file.pages:
        usual = Counter(_size(page.trim) for page in file.pages).most_common(1)[0][0]
        if not any(_same(usual, each) for each in file.profile.trims):
            known = ", ".join(f"{width / 72:g} x {height / 72:g} in" for width, height in file.profile.trims)
            yield file.whole(say, size=_told(usual), known=known)


@RULES.rule(
    "P065", Severity.ERROR, "{pages}: the {inner} reaches beyond the {outer}", "build the file again with overprint"
)
def not_nested(say: Say, file: File) -> Iterator[Diagnostic]:
    """What is cut must be within the bleed, and the bleed within the paper: `TrimBox`, `BleedBox`, `MediaBox`.

    Programs of printers do different things with boxes that cross each other, and none is what was meant.
    """

    def faults() -> Iterator[tuple[int, Facts]]:
        for page in file.pages:
            if not _within(page.trim, page.bleed):
                yield page.number, {"inner": "trim", "outer": "bleed"}
            elif not _within(page.bleed, page.media):
                yield page.number, {"inner": "bleed", "outer": "paper"}

    yield from file.each(say, faults())


@RULES.rule(
    "P066",
    Severity.ERROR,
    "{pages}: the bleed is {found} pt at the {side} edge, and the printer asks for {wanted}",
    BUILD,
    asks=for_a_printer,
)
def wrong_bleed(say: Say, file: File) -> Iterator[Diagnostic]:
    """A page has the bleed that the printer asks for on each side, or none at all where nothing runs over its edge.

    Anything else is refused, or the page is scaled until it fits.
    """

    def faults() -> Iterator[tuple[int, Facts]]:
        for page in file.pages:
            found = [abs(page.bleed[at] - page.trim[at]) for at in range(4)]
            if max(found) > NEAR and nested(page):
                for side, has, wanted in zip(sides(page), found, asked_bleed(file, page), strict=True):
                    if abs(has - wanted) > NEAR:
                        yield page.number, {"side": side, "found": f"{has:.4g}", "wanted": f"{wanted:.4g}"}

    yield from file.each(say, faults())


@RULES.rule(
    "P067",
    Severity.ERROR,
    "{pages}: a part of the paper is hidden from view",
    "build the file again; print from the program without cropping if it is not overprint's",
    asks=for_a_printer,
)
def cropped(say: Say, file: File) -> Iterator[Diagnostic]:
    """A page shows less than its paper (`CropBox`), and some printers' programs take the part that shows for the whole.

    The bleed is lost then, or the page is enlarged.
    """
    yield from file.each(
        say,
        (
            (page.number, {})
            for page in file.pages
            if any(abs(a - b) > NEAR for a, b in zip(page.crop, page.media, strict=True))
        ),
    )


@RULES.rule(
    "P068",
    Severity.ERROR,
    "{pages}: the page is turned by {by}°",
    "write the page upright; overprint never turns one",
    asks=for_a_printer,
)
def turned(say: Say, file: File) -> Iterator[Diagnostic]:
    """A page that only shows turned (`Rotate`) is turned back by some programs, and printed on its side."""
    yield from file.each(
        say,
        (
            (page.number, {"by": int(page.obj.get("/Rotate", 0)) % 360})
            for page in file.pages
            if int(page.obj.get("/Rotate", 0)) % 360
        ),
    )


@RULES.rule(
    "P069",
    Severity.ERROR,
    "{pages}: the page is to be printed {unit} times as large as it says",
    "write the page in its own size",
)
def enlarged(say: Say, file: File) -> Iterator[Diagnostic]:
    """The unit of a page can be another than a point (`UserUnit`); many programs pass that over."""
    yield from file.each(
        say,
        (
            (page.number, {"unit": f"{float(page.obj.UserUnit):g}"})
            for page in file.pages
            if float(page.obj.get("/UserUnit", 1)) != 1
        ),
    )


@RULES.rule(
    "P070",
    Severity.ERROR,
    "{pages}: the paper is larger than the bleed, and the printer takes no marks",
    BUILD,
    asks=lambda file: for_a_printer(file) and not file.profile.marks,
)
def room_for_marks(say: Say, file: File) -> Iterator[Diagnostic]:
    """Printers on demand take the paper of the file for the page with its bleed, and cut all sheets at one place.

    Crop marks, or room for them, shift the page.
    """
    yield from file.each(
        say,
        (
            (page.number, {})
            for page in file.pages
            if nested(page) and any(abs(a - b) > NEAR for a, b in zip(page.bleed, page.media, strict=True))
        ),
    )


@RULES.rule(
    "P131",
    Severity.ERROR,
    "{pages}: the paper is {size} pt, larger than any press",
    "build the file again; set the size of the page in points, 72 to an inch",
)
def too_vast(say: Say, file: File) -> Iterator[Diagnostic]:
    """No book is made of such sheets; most often another unit was meant. The ink of such pages is not measured."""
    yield from file.each(say, ((page.number, {"size": _told(_size(page.media))}) for page in file.pages if vast(page)))


def vast(page: Page) -> bool:
    """Say whether a page is too large to be drawn."""
    return max(_size(page.media)) > LARGEST


def sides(page: Page) -> tuple[str, str, str, str]:
    """Return the names of a page's sides: left, bottom, right and top."""
    left, right = ("inner", "outer") if page.right else ("outer", "inner")
    return left, "bottom", right, "top"


def asked_bleed(file: File, page: Page) -> tuple[float, float, float, float]:
    """Return how far ink is to run over the edges of a page: left, bottom, right and top."""
    bleed = file.profile.bleed
    left, right = (bleed.inner, bleed.outer) if page.right else (bleed.outer, bleed.inner)
    return left, bleed.bottom, right, bleed.top


def nested(page: Page) -> bool:
    """Say whether the trim is within the bleed, and that within the paper."""
    return _within(page.trim, page.bleed) and _within(page.bleed, page.media)


def _within(one: Box, other: Box) -> bool:
    return all(one[at] >= other[at] - NEAR for at in (0, 1)) and all(one[at] <= other[at] + NEAR for at in (2, 3))


def _size(box: Box) -> tuple[float, float]:
    return round(box[2] - box[0], 2), round(box[3] - box[1], 2)


def _same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) < SAME_SIZE for a, b in zip(one, other, strict=True))


def _told(size: tuple[float, float]) -> str:
    return f"{size[0]:g} × {size[1]:g}"
