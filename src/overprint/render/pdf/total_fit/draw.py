"""Sets a chosen line to its measure, and draws it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from overprint.render.pdf.total_fit import drop_cap
from overprint.render.pdf.total_fit.breaks import Line

# WeasyPrint has no types; these say at least what is meant.
Box = Any


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a text box is drawn: how wide its letters are, and whether its last is a hyphen that is not the text's."""

    expand: float = 1.0
    hyphen: bool = False


def justified(line: Box, chosen: Line, expansion: float) -> None:
    """Give a line the width of its measure: letters first, which take a little, then the spaces."""
    from weasyprint.layout.inline import count_expandable_spaces

    flow = [child for child in line.children if child.is_in_normal_flow()]
    texts = [box for child in flow for box in _texts(child)]
    natural = sum(box.width for box in texts)
    # A drop cap on this line is counted by WeasyPrint, and not here.
    other = sum(child.margin_width() for child in flow) - natural
    spaces = sum(map(count_expandable_spaces, texts))
    expand = 1 + max(-1.0, min(1.0, chosen.ratio)) * expansion
    room = (chosen.measure + chosen.left + chosen.right - other) / expand
    _stretch(line, expand, (room - natural) / spaces if spaces else 0.0, 0.0)


def _texts(box: Box) -> Iterator[Box]:
    if hasattr(box, "text"):
        yield box
        return
    for child in box.children:
        if child.is_in_normal_flow():
            yield from _texts(child)


def _stretch(box: Box, expand: float, gap: float, shift: float) -> float:
    """Widen what is in a box, and move it to the right; return how far what follows is to be moved, all in px."""
    from weasyprint.layout.inline import count_expandable_spaces

    box.position_x += shift
    before = shift
    if hasattr(box, "text"):
        width: float = box.width
        box.justification_spacing = box.pango_layout.justification_spacing = gap
        widened: float = expand * (width + gap * count_expandable_spaces(box))
        box.width = widened
        box.total_fit = Drawn(expand, vars(box).get("total_fit", Drawn()).hyphen)
        return shift + widened - width
    for child in box.children:
        if child.is_in_normal_flow():
            shift = _stretch(child, expand, gap, shift)
    box.width += shift - before
    return shift


def with_soft_hyphen(box: Box, new: Box, stop: int | None, forced: bool) -> Any:
    """Mark what WeasyPrint made of a text box, up to byte `stop`, where it put a hyphen behind it."""
    mark = box.style["hyphenate_character"]
    if stop and new and mark and new.text.endswith(mark) and not box.text.encode()[:stop].endswith(mark.encode()):
        new.total_fit = Drawn(hyphen=True)
    return new, stop, forced


_LAST_GLYPH = re.compile(r"([0-9a-f]{4})>[-\d.]*$")


def drawn_by(own: Callable[..., Any], stream: Any, box: Box, overflow: Any, ellipsis: Any, matrix: Any) -> Any:
    """Draw a text box with its letters widened, its hyphen as one that is not in the text, a drop cap as a shape."""
    from weasyprint.matrix import Matrix

    if drop_cap.is_cap(box) and drop_cap.draw(stream, box, matrix):
        return []
    drop_cap.complete(own, stream, box, matrix)
    drawn: Drawn | None = vars(box).get("total_fit")
    if drawn is None:
        return own(stream, box, overflow, ellipsis, matrix)
    a, *rest = matrix.values
    matrix = Matrix(a * drawn.expand, *rest)
    if not drawn.hyphen:
        return own(stream, box, overflow, ellipsis, matrix)
    watched = _Hyphenating(stream)
    emojis = own(watched, box, overflow, ellipsis, matrix)
    watched.end()
    return emojis


class _Hyphenating:
    """A stream that says of the last glyph it shows that it is a soft hyphen: who copies or searches has the word."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._waiting = ""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("set_"):
            self._show()
        return getattr(self._stream, name)

    def show_text(self, glyphs: str) -> None:
        """Keep glyphs, written as PDF has them, until it is known whether they are the last."""
        self._show()
        self._waiting = glyphs

    def _show(self) -> None:
        if self._waiting:
            self._stream.show_text(self._waiting)
            self._waiting = ""

    def end(self) -> None:
        """Show what is left, the hyphen apart."""
        from pydyf import Dictionary, String

        found = _LAST_GLYPH.search(self._waiting)
        if not found:
            self._show()
            return
        before = self._waiting[: found.start()]
        self._waiting = before[:-1] if before.endswith("<") else f"{before}>"
        self._show()
        self._stream.begin_marked_content("Span", Dictionary({"ActualText": String("\N{SOFT HYPHEN}")}))
        self._stream.show_text(f"<{found[1]}>")
        self._stream.end_marked_content()
