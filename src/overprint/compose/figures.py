"""Figures end on the grid: white below art and caption fills up the last line, which style sheets cannot reckon."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from overprint.lengths import points
from overprint.model import Resource, Setting

LEAST, MOST = 6.0, 9.0
"""Points between art and caption; what is left stands below the caption."""
TALLEST = 25
"""Lines; taller art has the sheet's own bounds, and mostly a page for itself."""
_ROOT = re.compile(r"<svg\b[^>]*>")


def level(part: etree._Element, setting: Setting, pictures: Iterable[Resource]) -> None:
    """Give each figure so much white that it is whole lines high."""
    grid = setting.text.leading if setting.text else 0
    paths = {f"../{each.name}": each.path for each in pictures} if grid else {}
    for figure in part.iter("figure") if paths else ():
        art = figure.find("img")
        path = paths.get(art.get("src") or "") if art is not None else None
        if art is None or path is None or setting.text is None:
            continue
        height = _height(path, setting.text.width)
        if 0 < height < TALLEST * grid:
            spare = -height % grid
            if figure.find("figcaption") is not None:
                spare += grid if spare < LEAST else 0
                if spare > MOST:
                    figure.set("style", f"padding-bottom:{spare - MOST:.2f}pt")
                spare = min(spare, MOST)
            art.set("style", f"margin-bottom:{spare:.2f}pt")


def _height(path: Path, widest: float) -> float:
    """Return how high a picture stands in a column, in points; 0 where that cannot be told."""
    try:
        width, height = _drawn(path) if path.suffix.lower() == ".svg" else _taken(path)
    except (OSError, ValueError):
        return 0
    return height * min(1, widest / width) if width else 0


def _drawn(path: Path) -> tuple[float, float]:
    root = _ROOT.search(path.read_text("utf-8"))
    sizes = [re.search(rf'\s{name}="([^"]*)"', root.group()) if root else None for name in ("width", "height")]
    width, height = (_points(found.group(1)) if found else 0.0 for found in sizes)
    return width, height


def _points(words: str) -> float:
    """Return a length of a drawing, where a bare number is one of pixels."""
    return points(f"{words}px" if re.fullmatch(r"[\d.]+", words) else words) or 0.0


def _taken(path: Path) -> tuple[float, float]:
    from PIL import Image  # the checks have loaded it already, where there are such pictures

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path) as image:
            return image.width * 0.75, image.height * 0.75
    except Image.DecompressionBombError:  # the books say so
        return 0, 0
