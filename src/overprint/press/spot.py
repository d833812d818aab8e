"""One ink with a name of its own, beside the four: what a profile says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from overprint.diagnostics import Diagnostic
from overprint.fields import WRONG_VALUE, Fields, Key


@dataclass(frozen=True, slots=True)
class Spot:
    """An ink with a name of its own: the colour of the theme that it is printed for, and four inks in its place.

    Parts of red, green and blue, and of the inks, are from 0 to 1.
    """

    name: str
    light: tuple[float, ...]
    inks: tuple[float, ...]


KEY = Key(
    "spot",
    "map",
    "an ink with a name of its own that is printed in place of one colour; with colour cmyk",
    keys=(
        Key("name", "text", "such as PANTONE 485 C", required=True),
        Key("instead_of", "text", "the theme's colour, such as '#a8231a'", required=True),
        Key("inks", "text", "the four inks that stand for it, in per cent, such as 0 95 100 0", required=True),
    ),
)


def read(got: Fields) -> Spot | None:
    """Return the ink that a profile names, if it names one."""
    if "spot.name" not in got.values:
        return None
    return Spot(got.text("spot.name"), _light(got.text("spot.instead_of")), _inks(got.text("spot.inks")))


def faults(got: Fields) -> Iterator[Diagnostic]:
    """Yield what is wrong with what a profile says of it."""
    if "spot.name" not in got.values:
        return
    for key, meant, wanted in (
        ("instead_of", _light, "a colour such as '#a8231a'"),
        ("inks", _inks, "four numbers from 0 to 100, such as 0 95 100 0"),
    ):
        found = got.text(f"spot.{key}")
        if found and not meant(found):
            yield WRONG_VALUE.at(got.places[f"spot.{key}"], key=key, found=f"`{found}`", wanted=wanted)
    if got.text("colour", "srgb") != "cmyk":
        wanted = "`colour: cmyk` with it: black ink and light have no other inks beside them"
        yield WRONG_VALUE.at(got.places["spot.name"], key="spot", found="one", wanted=wanted)


def _light(words: str) -> tuple[float, ...]:
    """Return the parts of a colour such as #a8231a, none where it is not one."""
    digits = words.removeprefix("#")
    if not re.fullmatch("[0-9a-fA-F]{6}", digits):
        return ()
    return tuple(part / 255 for part in bytes.fromhex(digits))


def _inks(words: str) -> tuple[float, ...]:
    """Return the parts of four inks such as `0 95 100 0`, none where they are not."""
    parts = words.replace(",", " ").split()
    if len(parts) != 4 or not all(part.isdecimal() and int(part) <= 100 for part in parts):
        return ()
    return tuple(int(part) / 100 for part in parts)
