"""Gradients: each is sampled, and every sample becomes the printer's colour."""

from __future__ import annotations

import itertools
from typing import Any

from overprint.press.finish import functions, spaces
from overprint.press.finish.colour import MODES, Colour, Inks

SAMPLES = 256
AXIAL, RADIAL = 2, 3
DEVICES = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}


def mend(pdf: Any, shading: Any, inks: Inks) -> str:
    """Turn a straight or round gradient into the printer's colours; return what cannot be mended, or nothing."""
    from pikepdf import Array, Name

    try:
        space = spaces.read(shading.ColorSpace)
        if space.spot and inks.kind == "cmyk":
            return ""
        if int(shading.ShadingType) not in {AXIAL, RADIAL}:
            kept = str(shading.ColorSpace) in spaces.DEVICE and inks.fits(space.components)
            return "" if kept else "a gradient that is neither straight nor round"
        function = functions.read(shading.Function)
        start, end = functions.numbers(shading.get("/Domain", [0, 1]))
        steps = (start + (end - start) * at / (SAMPLES - 1) for at in range(SAMPLES))
        colours = [inks.solid(space.colour(function([x]))) for x in steps]
        ground = inks.solid(space.colour(functions.numbers(shading.Background))) if "/Background" in shading else None
    except (spaces.UnknownSpaceError, functions.UnknownFunctionError):
        return "a gradient in a colour space of its own"
    wide = max(len(each) for each in (*colours, ground or ()))
    samples = (_widened(each, wide) for each in colours)
    made = pdf.make_stream(bytes(round(255 * each) for each in itertools.chain.from_iterable(samples)))
    made.FunctionType, made.BitsPerSample, made.Size = 0, 8, Array([SAMPLES])
    made.Domain, made.Range = Array([start, end]), Array([0, 1] * wide)
    if ground is not None:
        shading.Background = Array(_widened(ground, wide))
    shading.Function, shading.ColorSpace = made, Name(DEVICES[MODES[wide]])
    return ""


def _widened(colour: Colour, wide: int) -> Colour:
    """Return a colour of so many numbers; greys among colours of light are of all three."""
    return colour if len(colour) == wide else colour * wide
