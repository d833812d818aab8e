"""How much ink stands on a spot: by what is painted and, where Ghostscript is, by the separations themselves."""

from __future__ import annotations

import functools
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageMath

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.press.finish import pictures
from overprint.press.preflight.boxes import vast
from overprint.press.preflight.colours import registered
from overprint.press.preflight.opened import File, Page

RULES = Rules[File]()
DPI = 36
EXACT = 1.5
"""Per cent: plates hold inks in 255 steps."""
PATIENCE = 600
"""Seconds."""
STRIP = 256
"""Rows that are added up at once."""


def limited(file: File) -> bool:
    """Say whether there is a limit that can be broken: black alone is never more than 100 per cent."""
    return file.profile.ink_limit is not None


@RULES.rule(
    "P094",
    Severity.ERROR,
    "{pages}: {ink} % of ink on a spot, and the printer takes {limit} % at most",
    "build it with the printer's profile, which limits it; lighten what lies over each other",
    asks=limited,
)
def too_much(say: Say, file: File) -> Iterator[Diagnostic]:
    """All inks on a spot together, each at most 100 per cent. Too much does not dry, and comes off on the next page."""
    limit = file.profile.ink_limit or 0
    over = {number: ink for number, ink in measured(file).items() if ink > limit + EXACT}
    yield from file.each(say, ((number, {"ink": f"{ink:.0f}", "limit": f"{limit:g}"}) for number, ink in over.items()))


@RULES.rule(
    "P095",
    Severity.HINT,
    "{pages}: ink was added up colour by colour and picture by picture, not where these lie over each other",
    "install Ghostscript (`gs`), which separates the page; `overprint doctor` says how",
    asks=limited,
)
def not_separated(say: Say, file: File) -> Iterator[Diagnostic]:
    """How much ink a page has where things lie over each other is measured on its plates, which Ghostscript makes.

    Without it only single colours, and the pixels of pictures, are known. Pages in black alone need none of it.
    """
    measured = _separated(file)
    yield from file.each(say, ((page.number, {}) for page in _inked(file) if page.number not in measured))


@functools.lru_cache(maxsize=1)
def measured(file: File) -> dict[int, float]:
    """Return the most ink on a spot of each page, in per cent; pages in the colour of crop marks are another rule's."""
    return {
        page.number: max(_painted(page), _separated(file).get(page.number, 0))
        for page in file.pages
        if not registered(page)
    }


def _inked(file: File) -> list[Page]:
    """Return the pages on which more than black ink may be painted."""
    return [
        page
        for page in file.pages
        if not vast(page)
        and any(_of_inks(mark.space, mark.colour) for mark in page.content.marks if not page.beyond(mark))
    ]


def _of_inks(space: str, colour: tuple[float, ...] | None) -> bool:
    if "CMYK" in space or space.startswith(("Separation", "DeviceN", "Pattern")):
        return colour is None or any(colour[:-1]) or len(colour) != 4
    return False


def _painted(page: Page) -> float:
    """Return the most ink of a colour or a picture of a page, in per cent."""
    within = (mark.colour or () for mark in page.content.marks if not page.beyond(mark))
    colours = [sum(colour) * 100 for colour in within if len(colour) == 4]
    shown = [
        _most(each.stream) for each in page.content.pictures if str(each.stream.get("/ColorSpace")) == "/DeviceCMYK"
    ]
    return max([0, *colours, *shown])


def _most(picture: Any) -> float:
    """Return the most ink in a picture; 0 where it cannot be read, which another rule says."""
    import pikepdf

    try:
        image = pictures.read(picture)
    except (pikepdf.PikepdfError, OSError, ValueError, NotImplementedError):
        return 0
    return heaviest(image.split()) if image.mode == "CMYK" else 0


def heaviest(plates: Any) -> float:
    """Return the most ink on a spot of plates of one size, 255 in full, in per cent."""
    most = 0
    for top in range(0, plates[0].height, STRIP):
        area = (0, top, plates[0].width, min(top + STRIP, plates[0].height))
        named = {f"p{at}": plate.crop(area) for at, plate in enumerate(plates)}
        total: Any = ImageMath.lambda_eval(
            lambda its: functools.reduce(
                lambda a, b: a + b, (its[key] + 0 for key in its if key[0] == "p" and key[1:].isdigit())
            ),
            **named,
        )
        most = max(most, total.getextrema()[1])
    return most * 100 / 255


@functools.lru_cache(maxsize=1)
def _separated(file: File) -> dict[int, float]:
    """Return the most ink on a spot of each page that has more than black, as Ghostscript separates it."""
    program, wanted = shutil.which("gs"), _inked(file)
    if program is None or not wanted:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", f"-r{DPI}"]
        command += [
            f"-sPageList={','.join(str(page.number) for page in wanted)}",
            f"-sOutputFile={folder}/%d.tif",
            str(file.path.resolve()),
        ]
        try:
            subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)  # noqa: S603 - our own words
        except (OSError, subprocess.TimeoutExpired):
            return {}
        found = {page.number: _on_plates(Path(folder), at, page) for at, page in enumerate(wanted, 1)}
        return {number: most for number, most in found.items() if most is not None}


def _on_plates(folder: Path, at: int, page: Page) -> float | None:
    """Return the most ink within the bleed, beyond which are marks for the knife; None where there are no plates.

    Plates hold light: 255 is bare paper.
    """
    left, bottom, right, top = (each * DPI / 72 for each in page.bleed)
    x, y = page.media[0] * DPI / 72, page.media[3] * DPI / 72
    area = (round(left - x), round(y - top), round(right - x), round(y - bottom))
    plates = []
    for path in sorted(folder.glob(f"{at}(*).tif")):
        with Image.open(path) as plate:
            plates.append(plate.convert("L").crop(area).point(lambda light: 255 - light))
    return heaviest(plates) if plates else None
