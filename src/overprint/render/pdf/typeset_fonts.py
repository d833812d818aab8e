"""One subset of each typeface for the whole book, over the glyphs that its pieces use. Worker side."""

from __future__ import annotations

from html import escape
from typing import Any

from overprint.render.pdf.desk import Desk, quoted
from overprint.render.pdf.fragment import Fragment
from overprint.render.pdf.glyphs import Use


def subset(desk: Desk, uses: list[Use]) -> Fragment:
    """Return the typefaces as PDF objects; `head["dictionary"]` is the number of the dictionary that names them.

    WeasyPrint's own code writes them, from its own objects for these typefaces, so that a joined book has what a whole
    one has.

    Raises:
        LookupError: a typeface of the pieces is not among those of the look.
    """
    import pydyf
    from weasyprint.pdf.fonts import build_fonts_dictionary

    from overprint.render.pdf.piece import parts

    known = _fonts(desk, uses)
    desk.doing = "making the typefaces smaller"
    chosen = {}
    for use in uses:
        font = known[use["hash"]]
        font.ascent, font.descent = use["ascent"], use["descent"]
        font.to_unicode = {int(glyph): letters for glyph, letters in use["letters"].items()}
        font.widths = {int(glyph): width for glyph, width in use["widths"].items()}
        font.missing = {int(code): glyph for code, glyph in use["missing"].items()}
        chosen[use["hash"]] = font
    pdf = pydyf.PDF()
    options = {**desk.options(), "pdf_version": None}
    dictionary = build_fonts_dictionary(pdf, chosen, True, True, options)
    pdf.add_object(dictionary)
    plain, streams = {}, []
    for each in pdf.objects[1:]:
        if isinstance(each, pydyf.Stream):
            streams.append((each.number, *parts(each)))
        elif each not in (pdf.pages, pdf.catalog):
            plain[each.number] = each.data
    return Fragment({"dictionary": dictionary.number}, plain, tuple(streams), len(pdf.objects))


def _letters(use: Use) -> str:
    """Return letters that a typeface has: one for emoji has no others."""
    return next((letters for letters in use["letters"].values() if letters.strip()), "x")


def _fonts(desk: Desk, uses: list[Use]) -> dict[str, Any]:
    """Return WeasyPrint's object for each typeface by its hash, from a page that uses them all.

    Bold italics made of a look that has only italics are a typeface of their own.
    """
    from weasyprint.pdf import generate_pdf

    from overprint.render.pdf.piece import LaidOut
    from overprint.render.pdf.tailored import Answers, tailored

    lines = "".join(
        f"<p style='font: {use['style']} {use['weight']} 10px {quoted(desk.style.faces[use['face']].family)}'>"
        f"{escape(_letters(use))}</p>"
        for use in uses
    )
    answers = Answers()
    with tailored(desk.weasyprint, answers):
        page = LaidOut(desk, f'<html lang="en"><body>{lines}</body></html>', answers)
        generate_pdf(page.document, None, 1, **desk.options())
    return {font.hash: font for font in page.document.fonts.values()}
