"""How well words can be told from their ground, as WCAG 2.2 reckons it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from overprint.diagnostics import Diagnostic, warning
from overprint.model import Project

LEAST = 4.5
NEARLY_BLACK = 0.02
"""Of the light of white: such an ink is told from black by nobody in letters."""
INK, GROUND = "cover-ink", "cover-ground"

FAINT = warning(
    "B114",
    "the words on the cover can hardly be read: {ink} on {ground} has a contrast of {ratio}",
    "choose a darker or a lighter `cover_ink` or `cover_ground`, for a contrast of 4.5 or more",
    "A cover is most often seen as small as a stamp. Below a contrast of 4.5 to 1 many readers cannot make out the "
    "title. The colours are those of the theme, or what `look:` in book.yaml or the project's own styles put in their "
    "place.",
)


def of_cover(tokens: Mapping[str, str], project: Project) -> Iterator[Diagnostic]:
    """Yield a warning where the words of the cover are too faint."""
    if INK in tokens and GROUND in tokens and not project.cover:
        ratio = contrast(tokens[INK], tokens[GROUND])
        if ratio < LEAST:
            place = project.at("look.cover_ink" if "look.cover_ink" in project.places else "look.cover_ground")
            yield FAINT.at(place, ink=tokens[INK], ground=tokens[GROUND], ratio=f"{ratio:.1f}")


def in_print(tokens: Mapping[str, str]) -> dict[str, str]:
    """Return the ink of words on a printed cover: what is nearly black is black, as four inks print letters unclear."""
    ink = tokens.get(INK, "#000")
    light = _light(ink)
    return {"cover-print-ink": "#000" if light is not None and light < NEARLY_BLACK else ink}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours in CSS, from 1 to 21; 21 where one is no plain colour.

    >>> round(contrast("#fff", "black")), round(contrast("#767676", "white"), 2)
    (21, 4.54)
    """
    lights = [_light(each) for each in (one, other)]
    if None in lights:
        return 21.0
    dark, light = sorted(each for each in lights if each is not None)
    return (light + 0.05) / (dark + 0.05)


def _light(colour: str) -> float | None:
    """Return the relative luminance of a colour."""
    from tinycss2.color4 import parse_color  # loaded only to build: `validate` must start fast

    parsed = parse_color(colour)
    if parsed is None or parsed == "currentcolor":
        return None
    parts = parsed.to("srgb").coordinates
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)
