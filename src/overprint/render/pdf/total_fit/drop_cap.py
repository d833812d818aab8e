"""Draws a drop cap as a shape, and writes its letter, unseen, before the rest of its word.

A large letter beside small ones is a word of its own to whatever copies, searches or reads aloud: “T”, somewhere above
“hese”. As a shape it is no text, and the text beside it is whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# WeasyPrint has no types; these say at least what is meant.
Box = Any
Stream = Any

NAME, WHOLE = "dropcap", "whole"
"""Classes of the letter's element: that it is one, and that it is a word by itself. See `compose.openings`."""

NEAR = 2.0
"""How far, in em of the text, its first line may begin behind the letter."""

UNSEEN, SEEN = 3, 0
"""Text rendering modes of PDF."""


@dataclass(frozen=True, slots=True)
class Cap:
    """A letter that was drawn, and what surrounds it, in px."""

    text: str
    right: float
    top: float
    foot: float


def is_cap(box: Box) -> bool:
    """Tell whether a text box is a drop cap."""
    return len(box.text) == 1 and NAME in classes(box)


def classes(box: Box) -> list[str]:
    """Return the classes of a text box's element."""
    return (box.element.get("class") or "").split() if box.element is not None else []


def draw(stream: Stream, box: Box, matrix: Any) -> bool:
    """Draw a drop cap, and have the stream remember it; False where the typeface has no shape for it."""
    import uharfbuzz
    from weasyprint.text.fonts import get_hb_object_data, get_pango_font_hb_face

    run = box.pango_layout.get_first_line()[0].runs[0].data
    face = uharfbuzz.Face(uharfbuzz.Blob(get_hb_object_data(get_pango_font_hb_face(run.item.analysis.font))))
    pen = _Pen(box.style["font_size"] / face.upem, *matrix.values[4:])
    uharfbuzz.Font(face).draw_glyph_with_pen(run.glyphs.glyphs[0].glyph, pen)
    if not pen.steps:
        return False
    stream.end_text()
    for name, points in pen.steps:
        getattr(stream, name)(*points)
    stream.fill()
    stream.begin_text()
    heights = [high for _, points in pen.steps for high in points[1::2]]
    text = f"{box.text} " if WHOLE in classes(box) else box.text
    stream.drop_cap = Cap(text, box.position_x + box.width, min(heights), max(heights))
    return True


class _Pen:
    """Notes how a PDF draws a shape; `scale` is the px of a unit, `x` and `y` are where its origin is."""

    def __init__(self, scale: float, x: float, y: float) -> None:
        self._scale, self._x, self._y = scale, x, y
        self._at = (0.0, 0.0)
        self.steps: list[tuple[str, tuple[float, ...]]] = []

    def _step(self, name: str, *points: tuple[float, float]) -> None:
        self._at = points[-1] if points else self._at
        placed = (round(each, 3) for x, y in points for each in (self._x + x * self._scale, self._y - y * self._scale))
        self.steps.append((name, tuple(placed)))

    def moveTo(self, to: tuple[float, float]) -> None:  # noqa: N802
        self._step("move_to", to)

    def lineTo(self, to: tuple[float, float]) -> None:  # noqa: N802
        self._step("line_to", to)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._step("curve_to", *points)

    def qCurveTo(self, bend: tuple[float, float], to: tuple[float, float]) -> None:  # noqa: N802
        """Draw a curve of TrueType, for which PDF wants two bends."""
        first, second = (
            tuple(end + (by - end) * 2 / 3 for end, by in zip(each, bend, strict=True)) for each in (self._at, to)
        )
        self._step("curve_to", first, second, to)  # type: ignore[arg-type]

    def closePath(self) -> None:  # noqa: N802
        self._step("close")


def complete(own: Any, stream: Stream, box: Box, matrix: Any) -> None:
    """Write the letter of the last drop cap, unseen, where the line begins that stands beside it."""
    from weasyprint.matrix import Matrix
    from weasyprint.text.line_break import create_layout, line_size

    cap: Cap | None = vars(stream).get("drop_cap")
    a, *between, x, y = matrix.values
    if cap is None or not cap.top < y <= cap.foot or not 0 <= x - cap.right + 1 < NEAR * box.style["font_size"]:
        return
    stream.drop_cap = None
    letter = box.copy_with_text(cap.text)
    letter.pango_layout = create_layout(cap.text, box.style, None, None, 0)
    width, _ = line_size(letter.pango_layout.get_first_line()[0], box.style)
    stream.set_text_rendering(UNSEEN)
    own(stream, letter, "clip", "none", Matrix(a, *between, x - width, y))
    stream.set_text_rendering(SEEN)
