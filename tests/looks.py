"""What a printed book looks like, small: contact sheets, and pictures of what differs between two of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

SCALE = 0.3
"""Pixels for a point: words are grey, but each line, rule and letter space can be told."""

ACROSS = 8
GAP = 3
GREY = 150
SOFT = 1.2
"""Pixels by which both are blurred, so that a letter drawn a shade differently does not count."""

SEEN = 40
"""Of 255: how far a blurred pixel may differ. A word that has moved by its own width differs by more."""


def pages(pdf: Path) -> list[Image.Image]:
    """Return the pages of a PDF as small grey pictures."""
    opened: Any = pypdfium2.PdfDocument
    with opened(pdf) as document:
        return [page.render(scale=SCALE, grayscale=True).to_pil().convert("L") for page in document]


def contact_sheet(pictures: list[Image.Image]) -> Image.Image:
    """Put pages side by side, eight in a row."""
    wide, high = max(each.width for each in pictures) + GAP, max(each.height for each in pictures) + GAP
    rows = -(-len(pictures) // ACROSS)
    sheet = Image.new("L", (ACROSS * wide + GAP, rows * high + GAP), GREY)
    for number, each in enumerate(pictures):
        row, column = divmod(number, ACROSS)
        sheet.paste(each, (GAP + column * wide, GAP + row * high))
    # Sixteen greys are enough, and make a small file.
    return sheet.point(lambda value: (value + 8) // 17 * 17)


def difference(stored: Image.Image, found: Image.Image) -> Image.Image | None:
    """Return what differs, in red over what was found; None where one looks like the other."""
    stored, found = stored.convert("L"), found.convert("L")
    if stored.size != found.size:
        size = max(stored.width, found.width), max(stored.height, found.height)
        stored, found = (_filled(each, size) for each in (stored, found))
    soft = (each.filter(ImageFilter.GaussianBlur(SOFT)) for each in (stored, found))
    apart = ImageChops.difference(*soft).point(lambda value: 255 if value > SEEN else 0)
    if apart.getbbox() is None:
        return None
    shown = Image.merge("RGB", [found] * 3)
    shown.paste((220, 30, 30), mask=apart.filter(ImageFilter.MaxFilter(3)))
    return shown


def _filled(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    whole = Image.new("L", size, GREY)
    whole.paste(picture, (0, 0))
    return whole
