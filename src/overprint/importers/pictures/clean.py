"""A picture as it came → one that can be printed: opened, upright, without what is not seen."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile, ImageOps

from overprint.importers.pictures.fetch import LARGEST, Refused

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
MOST_PIXELS = 100_000_000
ORIENTATION = 0x0112


def clean(data: bytes) -> tuple[bytes, str]:
    """Return a picture without what is not seen (place, owner, camera, remarks), upright, and the suffix of its kind.

    Raises:
        Refused: it is no picture that a book can show.
    """
    if len(data) > LARGEST:
        raise Refused("it is larger than 20 MB")
    try:
        with _strictly(), Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Refused(
                    f"it has {image.width * image.height // 1_000_000} million dots, more than can be printed"
                )
            return _rewritten(image)
    except Image.DecompressionBombError:
        raise Refused("it has more dots than can be printed") from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, OverflowError, struct.error):
        kind = _kind(data)
        raise Refused(kind or "it is damaged or cut short") from None


@contextmanager
def _strictly() -> Iterator[None]:
    """Open pictures so that a missing end is an error, whatever another library has set for the whole process."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES  # WeasyPrint sets it as it is imported
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _rewritten(image: Image.Image) -> tuple[bytes, str]:
    image.load()
    turned = image.getexif().get(ORIENTATION, 1) != 1
    jpeg = image.format in {"JPEG", "MPO"} or (image.format == "WEBP" and not image.has_transparency_data)
    keep = image.format == "JPEG" and not turned  # as fine as it was
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image) if turned else image
    made = io.BytesIO()
    if jpeg:
        upright.save(made, "JPEG", quality="keep" if keep else 92, icc_profile=profile, comment=b"")
    else:
        upright.info = {name: value for name, value in upright.info.items() if name == "transparency"}
        upright.save(made, "PNG", icc_profile=profile)
    return made.getvalue(), ".jpg" if jpeg else ".png"


def _kind(data: bytes) -> str:
    head = data[:1000].lstrip()
    if head[:5].lower() in {b"<!doc", b"<html"}:
        return "it is a web page, not a picture"
    if head.startswith(b"<") and b"<svg" in data[:4000]:
        return "it is an SVG drawing, which could hold programs"
    known = any(head.startswith(mark) for mark in (b"\x89PNG", b"\xff\xd8", b"GIF8", b"RIFF"))
    return "" if known else "it is not a PNG, JPEG, GIF or WebP picture"
