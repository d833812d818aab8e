"""Whether what is transparent on a page stands on bare paper: then a lighter solid colour is the same to the eye."""

from __future__ import annotations

from pathlib import Path
from typing import Any

Bounds = tuple[float, float, float, float]

OPAQUE = 255


def bare(source: Path, at: int) -> bool:
    """Say whether nothing was painted before, on page `at` of a PDF, where something transparent is painted."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(source)
    try:
        before: list[Bounds] = []
        for each in pdf[at].get_objects(max_depth=1):
            bounds = each.get_bounds()
            if any(_overlap(bounds, other) for other in before) and _shows_through(each):
                return False
            before.append(bounds)
        return True
    finally:
        pdf.close()


def _shows_through(painted: Any) -> bool:
    """Say whether something on a page lets show through what is beneath it, a picture by a mask of its own."""
    import pypdfium2
    from pypdfium2 import raw

    if raw.FPDFPageObj_HasTransparency(painted.raw):
        return True
    if not isinstance(painted, pypdfium2.PdfImage):
        return False
    seen = painted.get_bitmap(render=True).to_pil().convert("RGBA").getchannel("A")
    return bool(seen.getextrema()[0] < OPAQUE)


def _overlap(one: Bounds, other: Bounds) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
