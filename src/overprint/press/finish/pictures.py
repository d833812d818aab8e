"""Pictures: those in another space than the printer's are turned into it, the others stay as they are, byte by byte.

What was a JPEG becomes one again, and so does a photograph that was not; drawings stay without loss.
"""

from __future__ import annotations

import io
import warnings
import zlib
from typing import Any

from PIL import Image, ImageChops

from overprint.press.finish import spaces
from overprint.press.finish.colour import Inks, on_paper, plain

QUALITY = 92
DRAWING = 4096
"""A picture of no more colours than these is a drawing: JPEG would blur its edges."""
LEAST_VERSION = {"/JPXDecode": "1.5", "/JBIG2Decode": "1.4"}


def mend(picture: Any, inks: Inks, *, version: str, transparency: bool) -> str:
    """Turn a picture into the printer's colours, for a `version` of PDF; return what cannot be mended, or nothing."""
    import pikepdf

    for each in (picture, picture.get("/SMask"), picture.get("/Mask")):
        if isinstance(each, pikepdf.Stream) and "/Interpolate" in each:
            del each["/Interpolate"]
    masked = "/SMask" in picture and not transparency
    if picture.get("/ImageMask", False) or not (masked or _foreign(picture, inks, version)):
        return ""
    what = f"a picture of {picture.Width} × {picture.Height} pixels"
    if isinstance(picture.get("/Mask"), pikepdf.Array):
        return f"{what} of which one colour is transparent"
    try:
        image = read(picture)
        own = on_paper(image, read(picture.SMask)) if masked else image
        printed = inks.picture(own)
    except (pikepdf.PikepdfError, OSError, ValueError, NotImplementedError):
        return f"{what} in a form that cannot be read"
    if masked:
        del picture["/SMask"]
    elif _fits(picture, inks, version) and printed.tobytes() == image.tobytes():
        return ""  # inks that are nowhere more than the limit
    _write(picture, printed, was_jpeg=last_filter(picture) in {"/DCTDecode", "/JPXDecode"})
    return ""


def read(picture: Any) -> Image.Image:
    """Return what a picture of a PDF shows."""
    import pikepdf

    with warnings.catch_warnings():  # of more than 8 bits the eight that are printed are kept
        warnings.simplefilter("ignore")
        image = plain(pikepdf.PdfImage(picture).as_pil_image())
    turned = [float(each) for each in picture.get("/Decode", [])] == [1, 0] * 4
    if image.mode == "CMYK" and last_filter(picture) == "/DCTDecode" and not turned:
        return ImageChops.invert(image)  # Pillow takes all such JPEGs to hold paper in place of ink
    return image


def _foreign(picture: Any, inks: Inks, version: str) -> bool:
    """Say whether a picture has to be made anew."""
    inked = str(picture.get("/ColorSpace")) in {"/DeviceCMYK", "/CMYK"}
    return not _fits(picture, inks, version) or (inked and inks.limit is not None)


def _fits(picture: Any, inks: Inks, version: str) -> bool:
    """Say whether a picture is of the printer's colours and in a form that the version of PDF knows."""
    import pikepdf

    if LEAST_VERSION.get(last_filter(picture), "0") > version or int(picture.get("/BitsPerComponent", 8)) > 8:
        return False
    space = picture.get("/ColorSpace")
    if isinstance(space, pikepdf.Array) and str(space[0]) in {"/Separation", "/DeviceN"}:
        return inks.kind == "cmyk"
    count = spaces.DEVICE.get(str(space))
    return inks.kind == "srgb" if count is None else inks.fits(count)


def last_filter(picture: Any) -> str:
    """Return the filter that tells in which form a picture is, such as `/DCTDecode`; empty for none."""
    import pikepdf

    named = picture.get("/Filter", "")
    return str(named[-1]) if isinstance(named, pikepdf.Array) and len(named) else str(named)


def _write(picture: Any, image: Image.Image, *, was_jpeg: bool) -> None:
    from pikepdf import Array, Name

    if was_jpeg or image.getcolors(DRAWING) is None:
        made = io.BytesIO()
        image.save(made, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
        picture.write(made.getvalue(), filter=Name.DCTDecode)
    else:
        picture.write(zlib.compress(image.tobytes(), 9), filter=Name.FlateDecode)
    if "/Decode" in picture:
        del picture["/Decode"]
    if (was_jpeg or picture.Filter == Name.DCTDecode) and image.mode == "CMYK":
        picture.Decode = Array([1, 0] * 4)  # such a JPEG holds, by Adobe's custom, paper where it seems to hold ink
    picture.ColorSpace = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}[image.mode]
    picture.Width, picture.Height = image.size
    picture.BitsPerComponent = 8
