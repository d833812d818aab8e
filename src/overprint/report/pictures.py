"""Small pictures of the finished books, inside the page that shows them."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SPREADS = 20
"""So many are shown of a book."""
PAGE = 240
"""Pixels that a page is wide."""
FOLD = (222, 216, 206)
"""The colour of the line between two pages."""
QUALITY = 62
"""Drawn in a twentieth of the time of a WebP, which would be a quarter smaller."""
COVER, PROOF = 480, 1000
"""Pixels that a cover is wide."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a data: URI, its size in pixels, and the numbers of the pages on it, from 1."""

    uri: str
    width: int
    height: int
    pages: tuple[int, ...] = ()


def spreads(path: Path, most: int = SPREADS) -> Iterator[Shown]:
    """Yield the first spreads of a PDF as they lie open: page 1 alone on the right, then two by two."""
    import pypdfium2
    from PIL import Image

    opened: Any = pypdfium2.PdfDocument
    with opened(path) as pdf:
        for left in range(0, min(len(pdf) + 1, 2 * most), 2):
            numbers = tuple(number for number in (left, left + 1) if 1 <= number <= len(pdf))
            drawn = {number: _page(pdf[number - 1]) for number in numbers}
            height = max(each.height for each in drawn.values())
            sheet = Image.new("RGB", (2 * PAGE, height), "white")
            for number, picture in drawn.items():
                sheet.paste(picture, (PAGE * (number - left), 0))
            sheet.paste(FOLD, (PAGE, 0, PAGE + 1, height))
            if len(numbers) == 1:
                sheet = sheet.crop((PAGE, 0, 2 * PAGE, height) if left == 0 else (0, 0, PAGE, height))
            yield _shown(sheet, numbers)


def _page(page: Any) -> Any:
    """Return a page as it is cut."""
    left, bottom, right, top = page.get_trimbox()
    whole = page.get_mediabox()
    scale = PAGE / (right - left)
    crop = (left - whole[0], bottom - whole[1], whole[2] - right, whole[3] - top)
    drawn = page.render(scale=scale, crop=tuple(max(0, side) for side in crop)).to_pil()
    return drawn.convert("RGB").resize((PAGE, round((top - bottom) * scale)))


def small(path: Path, width: int) -> Shown:
    """Return one of our own finished pictures, at most so many pixels wide."""
    from PIL import Image

    with Image.open(path, formats=("JPEG", "PNG")) as opened:
        picture = opened.convert("RGB")
    if picture.width > width:
        picture = picture.resize((width, round(picture.height * width / picture.width)))
    return _shown(picture)


def _shown(picture: Any, pages: tuple[int, ...] = ()) -> Shown:
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=QUALITY)
    uri = f"data:image/jpeg;base64,{base64.b64encode(made.getvalue()).decode()}"
    return Shown(uri, picture.width, picture.height, pages)
