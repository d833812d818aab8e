"""White paper under drawings: their black lines would be lost on the black pages of those who read at night.

A drawing in an `img` knows nothing of the page's colours, so `currentColor` is black there; and what a style sheet lays
behind a picture, reading systems take away at night. So the drawing itself brings its paper.
"""

from __future__ import annotations

from lxml import etree

from overprint.render.epub.tree import SVG, parse, xml

_BEFORE = {f"{{{SVG}}}{name}" for name in ("title", "desc", "style", "defs")}


def under(drawing: bytes) -> bytes:
    """Return an SVG drawing with white below all that it draws."""
    root = parse(drawing)
    box = (root.get("viewBox") or "").replace(",", " ").split()
    sizes = zip(("x", "y", "width", "height"), box if len(box) == 4 else ("0", "0", "100%", "100%"), strict=True)
    # The drawing's own style sheet may colour all its rectangles.
    paper = etree.Element(f"{{{SVG}}}rect", dict(sizes) | {"style": "fill:#fff;stroke:none"})
    at = next((number for number, each in enumerate(root) if each.tag not in _BEFORE), len(root))
    root.insert(at, paper)
    return xml(root)
