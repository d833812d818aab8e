"""Colours as the printer has them: black alone, four inks, or a screen's light.

A colour is a tuple that tells its space by its length: one grey, three of red, green and blue, four of ink; each from
0 to 1. What is neutral stays neutral and becomes black ink alone, so that no grey hangs on four plates in register.
Other colours go through LittleCMS, sRGB to the printer's ICC profile, relative colorimetric with black-point
compensation. Four inks that are to be black alone, and red, green and blue, become grey by their luma (ITU-R 601).
"""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from typing import Any, cast

from PIL import Image, ImageChops, ImageCms, ImageMath

from overprint.press.profile import Profile

Colour = tuple[float, ...]

MODES = {1: "L", 3: "RGB", 4: "CMYK"}
NEUTRAL = 1 / 255
D50 = (0.96422, 1, 0.82521)
FROM_D50 = ((3.1338561, -1.6168667, -0.4906146), (-0.9787684, 1.9161415, 0.0334540), (0.0719453, -0.2289914, 1.4052427))
STRIP = 256
"""Rows of a picture that are limited in ink at once: numbers of four bytes take their room."""


class NoProfileError(Exception):
    """A colour is to be turned into inks, and there is no ICC profile that says how."""


@dataclass(frozen=True)
class Inks:
    """What colours become: `kind` as in a profile, the path of its ICC profile or none, the most ink in per cent."""

    kind: str
    icc: str = ""
    limit: float | None = None

    @classmethod
    def of(cls, profile: Profile) -> Inks:
        """Return the inks of a printer."""
        icc = profile.intent.icc if profile.intent and profile.colour != "mono" else ""
        return cls(profile.colour, icc, profile.ink_limit)

    def solid(self, colour: Colour) -> Colour:
        """Return the colour as it is printed.

        >>> Inks("cmyk").solid((0, 0, 0)), Inks("mono").solid((0, 0, 0, 1)), Inks("srgb").solid((1, 0, 0))
        ((0, 0, 0, 1), (0,), (1, 0, 0))
        """
        if len(colour) == 4 and self.kind == "cmyk":
            over = self.limit is not None and sum(colour) * 100 > self.limit
            return self._by_picture(colour) if over else colour
        grey = _neutral(colour)
        if grey is not None:
            return (0, 0, 0, round(1 - grey, 4)) if self.kind == "cmyk" else (grey,)
        return colour if self.kind == "srgb" and len(colour) == 3 else self._by_picture(colour)

    def picture(self, image: Image.Image) -> Image.Image:
        """Return the picture as it is printed: of grey, red, green and blue, or inks.

        Raises:
            NoProfileError: it has colours, and nothing says which inks make them.
        """
        image = plain(image)
        if image.mode == "RGB" and _is_grey(image):
            image = image.getchannel(0)
        if image.mode == "L":
            return image
        if self.kind == "mono":
            return image.convert("RGB").convert("L")
        if self.kind == "srgb":
            return image.convert("RGB")
        inks = image
        if image.mode == "RGB":
            inks = _turned(image, self._transform(image.info.get("icc_profile")))
        return inks if self.limit is None else limited(inks, self.limit)

    def fits(self, components: int) -> bool:
        """Say whether pictures of a device's space with so many components are as they are printed."""
        return components == 1 or components == {"cmyk": 4, "srgb": 3}.get(self.kind)

    @functools.lru_cache(maxsize=4096)  # noqa: B019 - it lives as long as one book is made
    def _by_picture(self, colour: Colour) -> Colour:
        dot = Image.new(MODES[len(colour)], (1, 1), tuple(round(255 * each) for each in colour))
        pixel: Any = self.picture(dot).getpixel((0, 0))
        # Rounded down, so that the sum keeps below the limit.
        return tuple(each * 10_000 // 255 / 10_000 for each in (pixel if isinstance(pixel, tuple) else (pixel,)))

    @functools.lru_cache(maxsize=8)  # noqa: B019
    def _transform(self, own: bytes | None) -> ImageCms.ImageCmsTransform:
        if not self.icc:
            raise NoProfileError
        try:
            return self._from(_of_picture(own))
        except ImageCms.PyCMSError:  # a picture's own profile is broken
            return self._from(ImageCms.createProfile("sRGB"))

    def _from(self, light: Any) -> ImageCms.ImageCmsTransform:
        return ImageCms.buildTransform(
            light,
            ImageCms.getOpenProfile(self.icc),
            "RGB",
            "CMYK",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )


def plain(image: Image.Image) -> Image.Image:
    """Return a picture of grey, of red, green and blue, or of inks, whatever it was of; it keeps its own profile."""
    if image.mode in MODES.values():
        return image
    made = image.convert("RGB")
    made.info["icc_profile"] = image.info.get("icc_profile")
    return made


def on_paper(image: Image.Image, mask: Image.Image) -> Image.Image:
    """Return a plain picture as it looks on bare paper; `mask` says how much of it shows."""
    paper = Image.new(image.mode, image.size, (0, 0, 0, 0) if image.mode == "CMYK" else "white")
    laid = Image.composite(image, paper, mask.convert("L").resize(image.size, Image.Resampling.BILINEAR))
    laid.info["icc_profile"] = image.info.get("icc_profile")
    return laid


def lightened(colour: Colour, alpha: float) -> Colour:
    """Return a colour of which only a part covers bare paper.

    >>> lightened((1, 0, 0), 0.5), lightened((0, 0.8, 1, 0), 0.5), lightened((0.2,), 1)
    ((1.0, 0.5, 0.5), (0.0, 0.4, 0.5, 0.0), (0.2,))
    """
    if alpha == 1:
        return colour
    if len(colour) == 4:
        return tuple(round(each * alpha, 4) for each in colour)
    return tuple(round(1 - (1 - each) * alpha, 4) for each in colour)


def _of_picture(own: bytes | None) -> Any:
    """Return the profile that a picture brings along where it is one of light, else sRGB."""
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(own)) if own else None
    except (OSError, ImageCms.PyCMSError):
        found = None
    return found if found and found.profile.xcolor_space.strip() == "RGB" else ImageCms.createProfile("sRGB")


def from_lab(lightness: float, a: float, b: float) -> Colour:
    """Return a colour of CIE L*a*b* (D50) as red, green and blue of sRGB (IEC 61966-2-1, adapted to D50 by Bradford).

    >>> from_lab(100, 0, 0), from_lab(0, 0, 0)
    ((1.0, 1.0, 1.0), (0.0, 0.0, 0.0))
    """
    middle = (lightness + 16) / 116
    x, y, z = (
        white * (root**3 if root > 6 / 29 else (root - 4 / 29) * 108 / 841)
        for white, root in zip(D50, (middle + a / 500, middle, middle - b / 200), strict=True)
    )
    return tuple(_encoded(p * x + q * y + r * z) for p, q, r in FROM_D50)


def _encoded(light: float) -> float:
    """Return linear light, from 0 to 1, as sRGB writes it."""
    light = min(max(light, 0), 1)
    return round(light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055, 4)


def _turned(image: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    return cast(
        "Image.Image", ImageCms.applyTransform(image, transform)
    )  # nothing is returned only by changes in place


def _neutral(colour: Colour) -> float | None:
    """Return how light a colour without hue is: 0 is black."""
    if len(colour) == 1:
        return colour[0]
    if len(colour) == 4:
        return round(1 - colour[3], 4) if not any(colour[:3]) else None
    lightest, darkest = max(colour), min(colour)
    if lightest - darkest > NEUTRAL:
        return None
    return 0 if darkest == 0 else round(sum(colour) / 3, 4)


def _is_grey(image: Image.Image) -> bool:
    red, green, blue = image.split()
    return not ImageChops.difference(red, green).getbbox() and not ImageChops.difference(red, blue).getbbox()


def limited(image: Image.Image, limit: float) -> Image.Image:
    """Return four inks that are nowhere more than `limit` per cent.

    Where they are, an equal part of cyan, magenta and yellow, which is grey, gives way to as much black, three parts to
    one; what is still too much is taken from the three in proportion. Black never becomes less.
    """
    most = int(limit * 255 / 100)
    result = image.copy()
    for top in range(0, image.height, STRIP):
        strip = image.crop((0, top, image.width, min(top + STRIP, image.height)))
        bands = dict(zip("cmyk", strip.split(), strict=True))
        made = [ImageMath.lambda_eval(functools.partial(_less, most, band), **bands).convert("L") for band in range(4)]
        result.paste(Image.merge("CMYK", made), (0, top))
    return result


def _less(most: int, band: int, its: Any) -> Any:
    """Return one of the four inks (0 to 3), limited."""
    lesser, greater = its["min"], its["max"]
    c, m, y, k = (its[name] + 0 for name in "cmyk")
    moved = lesser(lesser(lesser(c, m), y), 255 - k)
    moved = lesser(moved, (greater(c + m + y + k - most, 0) + 1) / 2)
    if band == 3:
        return k + moved
    colours = c + m + y - 3 * moved
    kept = greater(colours - greater(colours + k + moved - most, 0), 0)
    return (its["cmy"[band]] - moved) * kept / greater(colours, 1)
