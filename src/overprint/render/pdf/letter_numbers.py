"""Letters numbered in a font as the pages number them.

WeasyPrint 70.0 writes on a page the places of letters in their font. A font of PostScript outlines for East Asian
scripts gives each letter a number of its own besides, and a reader of PDF looks a letter up by that: PDFium and Poppler
forgive it, Ghostscript and printers' programs show boxes or other letters (PDF 2.0, 9.7.4.2).
"""

from __future__ import annotations

import functools
import io
import struct
from typing import Any

ADJUSTMENT = 8
"""Where the `head` table has the sum of the whole file."""


def number_letters(weasyprint: Any) -> None:
    """Have each font that WeasyPrint embeds numbered so."""
    from weasyprint.pdf.fonts import Font

    if getattr(Font.clean, "__wrapped__", None):
        return
    clean = Font.clean

    @functools.wraps(clean)
    def cleaned(font: Any, *given: Any) -> None:
        clean(font, *given)
        font.file_content = by_place(font.file_content)

    Font.clean = cleaned


def by_place(font: bytes) -> bytes:
    """Return an OpenType file in which each letter's number is its place; another kind of font as it is.

    The list of numbers is overwritten by the one run from first to last, which is never longer.
    """
    if font[:4] != b"OTTO":
        return font
    from fontTools.cffLib import CFFFontSet
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(font), lazy=True) as opened:
        entries = opened.reader.tables
        begin, length = entries["CFF "].offset, entries["CFF "].length
        head = entries["head"].offset if "head" in entries else None
    outlines = font[begin : begin + length]
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(outlines), None)
    about = fonts.topDictIndex[0].rawDict
    if "ROS" not in about:
        return font
    (count,) = struct.unpack_from(">H", outlines, about["CharStrings"])
    last = max(0, count - 2)
    run = struct.pack(">BHB", 1, 1, last) if last < 1 << 8 else struct.pack(">BHH", 2, 1, last)
    at = about["charset"]
    made = bytearray(font)
    made[begin + at : begin + at + len(run)] = run
    return bytes(_summed(made, begin, length, head))


def _summed(font: bytearray, begin: int, length: int, head: int | None) -> bytearray:
    """Put right the sum of a changed table, and that of the whole file, which holds both."""
    from fontTools.ttLib.sfnt import calcChecksum

    count = struct.unpack_from(">H", font, 4)[0]
    for entry in range(12, 12 + 16 * count, 16):
        if font[entry : entry + 4] == b"CFF ":
            before, now = struct.unpack_from(">L", font, entry + 4)[0], calcChecksum(font[begin : begin + length])
            struct.pack_into(">L", font, entry + 4, now)
            if head is not None:
                whole = struct.unpack_from(">L", font, head + ADJUSTMENT)[0]
                struct.pack_into(">L", font, head + ADJUSTMENT, (whole - 2 * (now - before)) % (1 << 32))
    return font
