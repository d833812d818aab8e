"""What the page is told of a book, as JSON values; lengths are in points."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont

from overprint.model import Composed, Manuscript, Project
from overprint.press import profile as profiles
from overprint.press import wrap
from overprint.render.pdf import Layout

EMPTY: dict[str, Any] = {
    "version": 1,
    "building": True,
    "title": "",
    "theme": "",
    "trim": [0, 0],
    "bleed": 0,
    "seconds": 0,
    "stale": False,
    "pages": [],
    "words": 0,
    "spine": None,
    "cover": None,
    "wrap": None,
    "chapters": [],
    "essays": [],
    "findings": [],
}


def of_book(manuscript: Manuscript, composed: Composed) -> dict[str, Any]:
    """Return what is said of the book as a whole."""
    essays = [
        {
            "slug": each.slug,
            "title": each.title,
            "comments": len(each.comments),
            "chosen": sum(comment.include for comment in each.comments),
        }
        for each in manuscript.essays
    ]
    words = sum(_words(each.html) for each in composed.chapters if each.media != "epub")
    return {"title": composed.book.title, "theme": composed.look.theme, "words": words, "essays": essays}


def of_pages(composed: Composed, layout: Layout, pictures: tuple[str, ...], bleed: float) -> dict[str, Any]:
    """Return what is said of the pages; `pictures` are their names."""
    look = composed.look
    top, bottom, leading = look.lines
    inner, outer = look.sides
    first = round(top + _baseline(composed, leading), 2)
    pages = []
    for index, (sheet, picture) in enumerate(zip(layout.sheets, pictures, strict=True)):
        recto = index % 2 == 0
        margins = [top, outer, bottom, inner] if recto else [top, inner, bottom, outer]
        side = "recto" if recto else "verso"
        page = {"label": sheet.label, "side": side, "picture": picture, "margins": margins}
        pages.append(page | {"grid": leading, "first": first})
    return {"trim": list(look.trim), "bleed": bleed, "pages": pages}


def bleed(path: Path) -> float:
    """Return how far ink runs over the edges of the pages of a PDF, where it does so most."""
    with pikepdf.open(path) as pdf:
        most = 0.0
        for page in pdf.pages:
            media, trim = ([float(each) for each in box] for box in (page.mediabox, page.trimbox))
            most = max(most, trim[0] - media[0], trim[1] - media[1], media[2] - trim[2], media[3] - trim[3])
    return round(most, 2)


def spine(project: Project, composed: Composed, pages: int) -> float | None:
    """Return how thick the book is in millimetres, None where no printer says so."""
    if not project.profile or not pages:
        return None
    profile = profiles.find(project.profile, project.root, project.at("profile"))
    paper = wrap.paper(profile, project.paper) if profile.spine else None
    if paper is None:
        return None
    size = wrap.size(profile, paper, composed.look.trim, pages, coded=bool(composed.book.edition.isbn_print))
    return round(size.spine * 25.4 / 72, 2)


@lru_cache(maxsize=2048)
def _words(html: str) -> int:
    return len(re.sub(r"<[^>]*>", " ", html).split())


def _baseline(composed: Composed, leading: float) -> float:
    """Return how far below the top of a line its letters stand."""
    text = composed.look.setting.text
    if text is None:
        return leading
    up, down = _reach(text.face)
    return (leading - (up + down) * text.size) / 2 + up * text.size


@lru_cache(maxsize=8)
def _reach(face: Path) -> tuple[float, float]:
    """Return how far a face reaches above and below its baseline, in em."""
    with TTFont(face, lazy=True) as font:
        line, em = font["hhea"], font["head"].unitsPerEm
        return line.ascent / em, -line.descent / em
