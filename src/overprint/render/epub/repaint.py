"""A picture made anew: upright, no larger than screens show, in eight bits of a screen's colours. Worker side.

Pictures come from the web, so they are opened only in a process with limits; elsewhere their heads alone are read.
"""

from __future__ import annotations

import io
import warnings
from typing import Any

import PIL
from PIL import Image, ImageFile

from overprint.render.on_screen import plain, profile_of

FORM = f"picture 1, Pillow {PIL.__version__}"
"""What a picture is made by, as it goes into the key of what is kept: to be counted up when this file changes."""

FORMATS = ("PNG", "JPEG", "GIF")

LONGEST = 2560
"""Pixels of a side: the height of a cover, and as many as the largest screens that books are read on have."""

MOST = 5_600_000
"""Pixels of a picture that a large bookshop allows."""

QUALITY = 90
"""Of a JPEG; finer ones are half as large again, and nobody sees it."""


def fitting(width: int, height: int) -> tuple[int, int]:
    """Return the size that a picture is to have, its own where it is not too large.

    >>> fitting(640, 480), fitting(5120, 400)
    ((640, 480), (2560, 200))
    """
    scale = min(1.0, LONGEST / max(width, height), (MOST / (width * height)) ** 0.5)
    return max(1, int(width * scale)), max(1, int(height * scale))


def repaint(data: bytes) -> bytes:
    """Return a picture made anew, as JPEG or PNG; photographs that came as PNG become JPEG.

    Nothing is returned where the picture would be the same, and would be hardly smaller as JPEG.

    Raises:
        OSError, ValueError, SyntaxError: the picture is damaged.
    """
    from PIL import ImageOps, JpegImagePlugin

    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        size = _upright(opened, fitting(*opened.size))
        sampling = JpegImagePlugin.get_sampling(opened) if opened.format == "JPEG" else 0
        # A JPEG is unpacked no finer than is needed.
        opened.draft(None, fitting(*opened.size))
        picture = plain(ImageOps.exif_transpose(opened))
    if picture.size != size:
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
    if opened.format in {"JPEG", "MPO"}:
        return _saved(picture, "JPEG", quality=QUALITY, subsampling=sampling)
    same = fitting(*opened.size) == opened.size and not (is_foreign(opened, data) or opened.has_transparency_data)
    made = data if same else _saved(picture, "PNG")
    photograph = _saved(picture, "JPEG", quality=QUALITY, subsampling=0)
    if len(photograph) * 2 < len(made):
        return photograph
    return b"" if same else made


def is_foreign(picture: Image.Image, data: bytes) -> bool:
    """Tell whether a picture has other colours than screens of all kinds, or a finer measure of them."""
    deep = picture.format == "PNG" and data[24] == 16
    return deep or picture.mode not in {"1", "L", "LA", "P", "PA", "RGB", "RGBA"} or profile_of(picture) is not None


def is_turned(picture: Image.Image) -> bool:
    """Tell whether a picture is to be shown turned or mirrored, which many reading systems do not know.

    Only cameras turn theirs, and a PNG would have to be opened whole to know.
    """
    return picture.format in {"JPEG", "MPO"} and picture.getexif().get(0x0112, 1) in range(2, 9)


def _upright(picture: Image.Image, size: tuple[int, int]) -> tuple[int, int]:
    lies = is_turned(picture) and picture.getexif().get(0x0112, 1) in range(5, 9)
    return (size[1], size[0]) if lies else size


def _saved(picture: Image.Image, kind: str, **more: Any) -> bytes:
    picture.info = {}
    made = io.BytesIO()
    picture.save(made, kind, optimize=True, **more)
    return made.getvalue()
