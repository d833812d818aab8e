"""A picture in the colours that every screen shows, on white paper, whatever it comes in. Worker side."""

from __future__ import annotations

import contextlib
import io

from PIL import Image, ImageCms


def profile_of(picture: Image.Image) -> bytes | None:
    """Return a picture's profile of colours, unless it is a screen's anyway."""
    profile = picture.info.get("icc_profile")
    if not isinstance(profile, bytes) or b"sRGB" in profile or "sRGB".encode("utf-16-be") in profile:
        return None
    return profile


def plain(picture: Image.Image) -> Image.Image:
    """Return a picture in grey or three colours of a screen, on white paper where the page would show through.

    Black lines without paper would be lost on the black pages of readers at night.
    """
    profile, clear = profile_of(picture), picture.has_transparency_data
    if picture.mode.startswith("I"):
        # Converting alone would make white of nearly all.
        picture = picture.convert("I").point(lambda tone: tone / 256)
    if picture.mode in {"I", "1", "L", "LA"}:
        colours = _converted(picture.convert("L"), profile)
    else:
        colours = _converted(picture if picture.mode == "CMYK" else picture.convert("RGB"), profile)
    if clear:
        paper = Image.new(colours.mode, colours.size, "white")
        paper.paste(colours, mask=picture.convert("RGBA").getchannel("A"))
        return paper
    return colours


def _converted(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture without transparency in a screen's colours, greys as grey."""
    grey = picture.mode == "L"
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError):  # a damaged profile, or one for other colours than these
            srgb = ImageCms.createProfile("sRGB")
            picture = ImageCms.profileToProfile(picture, io.BytesIO(profile), srgb, outputMode="RGB") or picture
    return picture.convert("L" if grey else "RGB")
