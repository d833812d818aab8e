"""Measures text with Pango, which sets it later: the same letters, kerning and ligatures."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

# WeasyPrint has no types; these say at least what is meant.
Style = Any
Context = Any

GLYPH = 20
"""The size of Pango's record of a glyph, in bytes; its second number is the width."""


class NotModelledError(Exception):
    """A paragraph has something that total fit does not know; the reason is in words."""


def advances(text: str, style: Style, context: Context) -> list[float]:
    """Return where each character of a text begins in a line without end, and where the last one ends, in px.

    A character inside a ligature begins where the ligature ends.

    Raises:
        NotModelledError: some of it runs from right to left.
    """
    from weasyprint.text.ffi import FROM_UNITS, ffi
    from weasyprint.text.line_break import create_layout

    layout = create_layout(text, style, context, None, 0)
    line, _ = layout.get_first_line()
    encoded = text.encode()
    widths = [0] * (len(encoded) + 1)
    run = line.runs
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        if item.analysis.level % 2:
            raise NotModelledError("text that runs from right to left")
        count, offset = glyphs.num_glyphs, item.offset
        sizes = memoryview(ffi.buffer(glyphs.glyphs, count * GLYPH)).cast("i")[1::5]
        for cluster, width in zip(ffi.unpack(glyphs.log_clusters, count), sizes, strict=True):
            widths[offset + cluster] += width
        run = run.next
    layout.deactivate()
    ends = [units * FROM_UNITS for units in accumulate(widths, initial=0)]
    if len(encoded) == len(text):
        return ends[: len(text) + 1]
    starts = accumulate((len(char.encode()) for char in text), initial=0)
    return [ends[start] for start in starts]


def line_breaks(text: str, language: str | None) -> list[int]:
    """Return the characters before which a line may break without a hyphen."""
    from weasyprint.text.ffi import ffi
    from weasyprint.text.line_break import get_log_attrs

    attributes = get_log_attrs(text, language)
    flags = memoryview(ffi.buffer(attributes)).cast("I")
    return [index for index in range(1, len(text)) if flags[index] & 1]


def width_of(text: str, style: Style, context: Context) -> float:
    """Return the width of a text in px; those of hyphens are asked for again and again, so they are kept."""
    from weasyprint.text import line_break

    known = vars(style.font_config).setdefault("widths", {})
    key = text, line_break._font_style_cache_key(style, include_size=True), style["letter_spacing"]
    if key not in known:
        known[key] = advances(text, style, context)[-1]
    width: float = known[key]
    return width
