"""The boxes of a page: its paper from 0,0, its trim, how far ink runs over it, and marks that say where to cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from overprint.press.profile import Bleed, Profile

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""

NEAR = 0.05
"""Points; boxes that differ by less are one."""
GAP, LENGTH, ROOM = 3.0, 14.0, 24.0
"""Points: how far marks stand from the bleed, how long they are, and how wide the paper is beyond the bleed."""
THIN = 0.25


@dataclass(frozen=True)
class Sheet:
    """Where the trim and the bleed of a page are on paper that begins at 0,0, and how far its content moves."""

    paper: Box
    bleed: Box
    trim: Box
    move: tuple[float, float]


def sheet(media: Box, trim: Box, profile: Profile, *, right: bool) -> Sheet:
    """Return the sheet of a page; `right` is whether its spine is at the left.

    Only what the page has beyond its trim can be bleed: where nothing was laid out there, there is none.
    """
    asked = profile.bleed
    inner, outer = (asked.inner, asked.outer) if right else (asked.outer, asked.inner)
    wanted = (trim[0] - inner, trim[1] - asked.bottom, trim[2] + outer, trim[3] + asked.top)
    bleed = (max(media[0], wanted[0]), max(media[1], wanted[1]), min(media[2], wanted[2]), min(media[3], wanted[3]))
    room = ROOM if profile.marks else 0
    paper = (bleed[0] - room, bleed[1] - room, bleed[2] + room, bleed[3] + room)
    if profile.marks:  # marks stand as far from the trim as bleed would
        least = _grown(trim, asked, right=right)
        paper = (
            min(paper[0], least[0] - room),
            min(paper[1], least[1] - room),
            max(paper[2], least[2] + room),
            max(paper[3], least[3] + room),
        )
    move = (-paper[0], -paper[1])
    return Sheet(_moved(paper, move), _moved(bleed, move), _moved(trim, move), move)


def _grown(trim: Box, by: Bleed, *, right: bool) -> Box:
    left, far = (by.inner, by.outer) if right else (by.outer, by.inner)
    return (trim[0] - left, trim[1] - by.bottom, trim[2] + far, trim[3] + by.top)


def _moved(box: Box, by: tuple[float, float]) -> Box:
    left, bottom, right, top = (round(value + by[at % 2], 4) for at, value in enumerate(box))
    return left, bottom, right, top


def read(page: Any) -> tuple[Box, Box]:
    """Return the media box and the trim box of a page."""
    media, trim = (sorted_box(each) for each in (page.mediabox, page.trimbox))
    return media, trim


def sorted_box(source: Any) -> Box:
    """Return a box with its lower left corner first."""
    left, bottom, right, top = (float(each) for each in source)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def write(page: Any, sheet: Sheet) -> None:
    """Give a page its boxes."""
    from pikepdf import Array

    for name in ("/CropBox", "/ArtBox"):
        if name in page.obj:
            del page.obj[name]
    for name, box in (("/MediaBox", sheet.paper), ("/BleedBox", sheet.bleed), ("/TrimBox", sheet.trim)):
        page.obj[name] = Array([0 if abs(each) < 1e-4 else each for each in box])


def framed(sheet: Sheet, *, marks: bool) -> tuple[bytes, bytes]:
    """Return what stands before and behind the content of a page, so that it is where its sheet says.

    `/registration` is the colour space of marks, which are on every plate.
    """
    x, y = sheet.move
    moved = b"1 0 0 1 %s %s cm\n" % (_number(x), _number(y)) if (x, y) != (0, 0) else b""
    if not marks:
        return (b"q\n" + moved, b"\nQ\n") if moved else (b"", b"")
    left, bottom, right, top = sheet.bleed
    area = b" ".join(map(_number, (left, bottom, right - left, top - bottom)))
    return b"q\n%s re W n\n%s" % (area, moved), b"\nQ\n" + _marks(sheet)


def _marks(sheet: Sheet) -> bytes:
    """Return lines at the four corners of the trim, outside the bleed."""
    left, bottom, right, top = sheet.trim
    beyond = ROOM - GAP
    lines = []
    for outward, edge in ((-1, 0), (1, sheet.paper[2])):
        start = edge - outward * beyond
        lines += [(start, y, start + outward * LENGTH, y) for y in (bottom, top)]
    for outward, edge in ((-1, 0), (1, sheet.paper[3])):
        start = edge - outward * beyond
        lines += [(x, start, x, start + outward * LENGTH) for x in (left, right)]
    drawn = [b"%s %s m %s %s l S" % tuple(map(_number, line)) for line in lines]
    return b"q /registration CS 1 SCN %s w\n%s\nQ\n" % (_number(THIN), b"\n".join(drawn))


def _number(value: float) -> bytes:
    return f"{value:.4f}".rstrip("0").rstrip(".").encode()
