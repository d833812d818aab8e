"""Pages and pictures as JPEG. Worker side: what comes from elsewhere is opened only within limits."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageOps

from overprint.render.on_screen import plain

SCALE = 4
"""Pixels for a point: a page of 400 × 640 points becomes a picture of 1600 × 2560 pixels."""

LIGHTEST = 500_000
"""Bytes that a drawn page may have; fewer would not show."""
QUALITIES = (92, 88, 84, 78, 70, 60)
PHOTOGRAPH = 5_000_000
"""Bytes that an editor's picture may have."""


def rastered(pdf: bytes) -> Image.Image:
    """Return the first page of a PDF as a picture."""
    opened: Any = pypdfium2.PdfDocument
    with opened(pdf) as document:
        picture: Image.Image = document[0].render(scale=SCALE).to_pil().convert("RGB")
    return picture


def flattened(path: Path) -> Image.Image:
    """Return a picture in three colours, as it is to be seen, on white where it is transparent."""
    with Image.open(path, formats=("JPEG", "PNG")) as opened:
        return plain(ImageOps.exif_transpose(opened)).convert("RGB")


def jpeg(picture: Image.Image, most: int = LIGHTEST) -> bytes:
    """Return a picture as a JPEG of at most so many bytes, as good as that allows.

    Colours are kept as sharp as light and dark: thin red on cream would smear.
    """
    for quality in QUALITIES:
        made = io.BytesIO()
        picture.save(made, "JPEG", quality=quality, subsampling=0, optimize=True)
        if made.tell() <= most:
            break
    return made.getvalue()
