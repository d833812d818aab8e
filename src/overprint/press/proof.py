"""A picture of a cover for the eye: where it is cut and folded, what stays clear, where the barcode stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from overprint.model import Wrap

DPI = 150
CUT, FOLD, CLEAR = (220, 0, 110), (0, 130, 200), (0, 150, 80)
"""The colours of lines: where the paper is cut, where it is folded, what words keep from."""
DASH = 12


def draw(cover: Path, target: Path, size: Wrap, safety: float) -> None:
    """Write the PNG of the finished cover with its guides; words keep `safety` points from where it is cut."""
    import pikepdf
    import pypdfium2
    from PIL import ImageDraw

    with pikepdf.open(cover) as pdf:
        trim, media = ([float(each) for each in box] for box in (pdf.pages[0].trimbox, pdf.pages[0].mediabox))
    opened: Any = pypdfium2.PdfDocument
    with opened(cover) as document:
        picture = document[0].render(scale=DPI / 72).to_pil().convert("RGB")
    pen = ImageDraw.Draw(picture)

    def pixel(x: float, y: float) -> tuple[float, float]:
        return (x - media[0]) * DPI / 72, (media[3] - y) * DPI / 72

    def line(start: tuple[float, float], end: tuple[float, float], colour: tuple[int, int, int]) -> None:
        (x, y), (to_x, to_y) = pixel(*start), pixel(*end)
        steps = max(1, round(max(abs(to_x - x), abs(to_y - y)) / DASH))
        for at in range(steps):
            here, there = at / steps, min(1, (at + 1) / steps)
            dash = (x + (to_x - x) * here, y + (to_y - y) * here, x + (to_x - x) * there, y + (to_y - y) * there)
            pen.line(dash, fill=(255, 255, 255) if at % 2 else colour, width=2)

    def box(left: float, bottom: float, right: float, top: float, colour: tuple[int, int, int]) -> None:
        for x in (left, right):
            line((x, bottom), (x, top), colour)
        for y in (bottom, top):
            line((left, y), (right, y), colour)

    left, bottom, right, top = trim
    folds = left + size.trim[0], left + size.trim[0] + size.spine
    box(left, bottom, right, top, CUT)
    for x in folds:
        line((x, media[1]), (x, media[3]), FOLD)
    if size.clear:
        box(folds[0] + size.clear, bottom + safety, folds[1] - size.clear, top - safety, CLEAR)
    box(left + safety, bottom + safety, folds[0] - safety, top - safety, CLEAR)
    box(folds[1] + safety, bottom + safety, right - safety, top - safety, CLEAR)
    if size.box:
        width, height, from_spine, from_foot = size.box
        edge, foot = folds[0] - from_spine, bottom + from_foot
        box(edge - width, foot, edge, foot + height, FOLD)
    picture.save(target, "PNG", optimize=True, dpi=(DPI, DPI))
