"""Blank pages at the end of a book, so that it has as many as a printer binds."""

from __future__ import annotations

from pathlib import Path

from overprint.press.profile import Profile

BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")


def wanted(pages: int, profile: Profile) -> int:
    """Return how many pages a book of so many has when it is bound.

    Sheets have two sides, so that a book whose last page is to be blank has an even number.

    >>> wanted(33, Profile("", "", multiple=4)), wanted(34, Profile("", "", last_page_blank=True))
    (36, 36)
    """
    at_least = pages + 1 if profile.last_page_blank else pages
    step = profile.multiple or (2 if profile.last_page_blank else 1)
    return -(-at_least // step) * step


def fill(source: Path, target: Path, count: int) -> None:
    """Write the PDF `source` to `target` with `count` pages: blank ones are added behind its last.

    Each takes its boxes from the page of its own side before it.
    """
    import pikepdf
    from pikepdf import Dictionary, Name

    with pikepdf.open(source) as pdf:
        while (pages := len(pdf.pages)) < count:
            like = pdf.pages[max(pages - 2, 0)].obj
            blank = Dictionary(Type=Name.Page, Resources=Dictionary(), Contents=pdf.make_stream(b""))
            for name in BOXES:
                if name in like:
                    blank[name] = like[name]
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(blank)))
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
