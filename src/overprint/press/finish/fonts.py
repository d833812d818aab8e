"""Fonts: PostScript outlines out of their OpenType files, for versions of PDF that know them bare only."""

from __future__ import annotations

import io
from typing import Any


def unwrap(pdf: Any) -> None:
    """Put the bare table of outlines in place of each OpenType file that is embedded whole."""
    import pikepdf
    from fontTools.ttLib import TTFont
    from pikepdf import Name

    for font in pdf.objects:
        if not isinstance(font, pikepdf.Dictionary) or "/FontDescriptor" not in font:
            continue
        descriptor = font.FontDescriptor
        file = descriptor.get("/FontFile3")
        if file is None or file.get("/Subtype") != Name.OpenType:
            continue
        with TTFont(io.BytesIO(file.read_bytes()), lazy=True) as whole:
            outlines = whole.reader["CFF "] if "CFF " in whole else b""
        if outlines:
            bare = pdf.make_stream(outlines)
            bare.Subtype = Name.CIDFontType0C if font.Subtype == Name.CIDFontType0 else Name.Type1C
            descriptor.FontFile3 = bare
        else:  # TrueType outlines may stand as they are under another key
            descriptor.FontFile2 = pdf.make_stream(file.read_bytes())
            del descriptor["/FontFile3"]
