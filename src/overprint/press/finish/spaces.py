"""Colour spaces of a PDF: what the numbers of a colour mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from overprint.press.finish import functions
from overprint.press.finish.colour import Colour, from_lab

DEVICE = {"/DeviceGray": 1, "/G": 1, "/DeviceRGB": 3, "/RGB": 3, "/DeviceCMYK": 4, "/CMYK": 4}


@dataclass(frozen=True)
class Space:
    """How many numbers a colour has, what colour they are, and which it is to begin with.

    `pattern` is what has none, and `spot` what is of inks with names of their own.
    """

    components: int
    colour: Callable[[Sequence[float]], Colour] = tuple
    first: tuple[float, ...] = ()
    pattern: bool = False
    spot: bool = False


BY_COUNT = {1: Space(1, first=(0,)), 3: Space(3, first=(0, 0, 0)), 4: Space(4, first=(0, 0, 0, 1))}
DEVICE_GREY = BY_COUNT[1]


class UnknownSpaceError(Exception):
    """A colour space is not one that is worked out here."""


def read(source: Any, named: Any = None) -> Space:
    """Return a colour space; `named` are those that the resources of a page name.

    Raises:
        UnknownSpaceError: it is none of the usual ones.
    """
    import pikepdf

    if isinstance(source, pikepdf.Name):
        name = str(source)
        if name in DEVICE:
            return BY_COUNT[DEVICE[name]]
        if name == "/Pattern":
            return Space(0, pattern=True)
        if named is not None and name in named:
            return read(named[name])
        raise UnknownSpaceError
    kind = str(source[0])
    if len(source) == 1:
        return read(source[0], named)
    made = _KINDS.get(kind)
    if made is None:
        raise UnknownSpaceError
    return made(source, named)


def _icc(source: Any, _named: Any) -> Space:
    return BY_COUNT[int(source[1].N)]


def _calibrated_grey(source: Any, _named: Any) -> Space:
    gamma = float(source[1].get("/Gamma", 1))

    def grey(values: Sequence[float]) -> Colour:
        light = values[0] ** gamma
        return (12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055,)

    return Space(1, grey, (0,))


def _calibrated(_source: Any, _named: Any) -> Space:
    return Space(3, first=(0, 0, 0))


def _lab(_source: Any, _named: Any) -> Space:
    return Space(3, lambda values: from_lab(*values), (0, 0, 0))


def _indexed(source: Any, named: Any) -> Space:
    import pikepdf

    base, table = read(source[1], named), source[3]
    data = table.read_bytes() if isinstance(table, pikepdf.Stream) else bytes(table)
    wide = base.components

    def colour(values: Sequence[float]) -> Colour:
        return base.colour([each / 255 for each in data[int(values[0]) * wide :][:wide]])

    return Space(1, colour, (0,))


def _inks(source: Any, named: Any) -> Space:
    count = 1 if str(source[0]) == "/Separation" else len(source[1])
    other = read(source[2], named)
    try:
        tint = functions.read(source[3])
    except functions.UnknownFunctionError as unknown:
        raise UnknownSpaceError from unknown
    return Space(count, lambda values: other.colour(tint(values)), (1,) * count, spot=True)


def _pattern(_source: Any, _named: Any) -> Space:
    return Space(0, pattern=True)


_KINDS: dict[str, Callable[[Any, Any], Space]] = {
    "/ICCBased": _icc,
    "/CalGray": _calibrated_grey,
    "/CalRGB": _calibrated,
    "/Lab": _lab,
    "/Indexed": _indexed,
    "/I": _indexed,
    "/Separation": _inks,
    "/DeviceN": _inks,
    "/Pattern": _pattern,
}
