"""Pages two by two on sheets that are printed on both sides, folded once and laid into each other.

One section of all pages is stapled through its fold (saddle stitch); several are sewn or glued one behind the other.
A section of 16 pages is four sheets. Blank pages fill up the end of the book; the last section may be thinner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overprint.diagnostics import Made, Place, hint
from overprint.press.profile import Profile

ON_A_SHEET = 4
STAPLED = 64
"""Pages; a stapler goes through sixteen sheets and no more."""
SECTION = 16
PAPER = 0.3
"""Points, 0.1 mm: how thick paper of 80 g/m² is."""
ROOM, GAP, LENGTH = 24.0, 3.0, 14.0
"""Points: the paper around the pages and their bleed, how far from that marks begin, and how long they are."""

FILLED = hint(
    "P051",
    "the last sheet of the booklet has {blank} blank: {sheets} sheets for {pages} pages",
    "cut {cut} and a sheet is saved, or add up to {add}",
    "A folded sheet has four pages. Where the book does not fill the last one, its end stays blank.",
)


@dataclass(frozen=True)
class Side:
    """One side of a sheet: the indices of its left and right page, None for a blank one.

    `depth` is how many sheets of its section lie around it.
    """

    left: int | None
    right: int | None
    depth: int


def section_size(pages: int, profile: Profile | None = None) -> int:
    """Return how many pages a section has: what the printer's number of pages is a multiple of, or what can be bound.

    >>> section_size(40), section_size(300)
    (40, 16)
    """
    if profile and profile.multiple and profile.multiple % ON_A_SHEET == 0:
        return profile.multiple
    return _up(pages) if pages <= STAPLED else SECTION


def sides(pages: int, section: int) -> Iterator[Side]:
    """Yield the sides in the order in which they are printed: front and back of each sheet, the outermost first.

    >>> [(side.left, side.right) for side in sides(7, 8)]
    [(None, 0), (1, 6), (5, 2), (3, 4)]
    """
    for start in range(0, pages, section):
        count = _up(min(section, pages - start))
        own: list[int | None] = [at if at < pages else None for at in range(start, start + count)]
        for depth in range(count // ON_A_SHEET):
            low, high = 2 * depth, count - 1 - 2 * depth
            yield Side(own[high], own[low], depth)
            yield Side(own[low + 1], own[high - 1], depth)


def impose(source: Path, target: Path, section: int, *, paper: float = PAPER) -> Made[int]:
    """Write the booklet of the PDF `source` to `target`, and return how many sheets it takes.

    Inner sheets stick out at the edge once they are folded, so their pages move towards the fold by the thickness of
    the `paper` (points) around them; then all margins are alike when the edge is cut.
    """
    import pikepdf
    from pikepdf import Name

    with pikepdf.open(source) as book, pikepdf.new() as booklet:
        count = len(book.pages)
        width, height = _size(book.pages[0])
        bleed = _overhang(book.pages[0])
        drawn: dict[int, Any] = {}
        for side in sides(count, section):
            placed = []
            for at, is_left in ((side.left, True), (side.right, False)):
                if at is None:
                    continue
                drawn[at] = booklet.copy_foreign(_form(book.pages[at], at))
                placed.append((at, _place(book.pages[at], ROOM + bleed, width, side.depth * paper, is_left=is_left)))
            _sheet(booklet, placed, drawn, (width, height), ROOM + bleed)
        if "/OutputIntents" in book.Root:
            booklet.Root.OutputIntents = [booklet.copy_foreign(each) for each in book.Root.OutputIntents]
        for key in ("/Title", "/Author", "/CreationDate", "/ModDate"):
            if key in book.docinfo:
                booklet.docinfo[Name(key)] = book.docinfo[key]
        old = book.pdf_version < "1.5"
        streams = pikepdf.ObjectStreamMode.disable if old else pikepdf.ObjectStreamMode.generate
        booklet.save(target, deterministic_id=True, force_version=book.pdf_version, object_stream_mode=streams)
    sheets = sum(_up(min(section, count - start)) for start in range(0, count, section)) // ON_A_SHEET
    blank = sheets * ON_A_SHEET - count
    if not blank:
        return Made(sheets)
    facts = {"blank": _pages(blank), "sheets": sheets, "pages": count, "add": blank}
    return Made(sheets, (FILLED.at(Place(target.name), cut=_pages(ON_A_SHEET - blank), facts=facts),))


def _up(pages: int) -> int:
    return -(-pages // ON_A_SHEET) * ON_A_SHEET


def _pages(count: int) -> str:
    return f"{count} page{'' if count == 1 else 's'}"


def _size(page: Any) -> tuple[float, float]:
    left, bottom, right, top = _box(page.trimbox)
    return right - left, top - bottom


def _box(source: Any) -> tuple[float, ...]:
    return tuple(float(each) for each in source)


def _overhang(page: Any) -> float:
    """Return how far ink runs over an edge of a page at most."""
    trim, bleed = _box(page.trimbox), _box(page.bleedbox)
    return round(max(abs(one - other) for one, other in zip(trim, bleed, strict=True)), 3)


def _form(page: Any, at: int) -> Any:
    """Return a page as a form that shows its bleed too, but none over the fold."""
    from pikepdf import Array

    form, trim, bleed = page.as_form_xobject(), _box(page.trimbox), _box(page.bleedbox)
    spine_is_left = at % 2 == 0
    form.BBox = Array(
        [trim[0] if spine_is_left else bleed[0], bleed[1], bleed[2] if spine_is_left else trim[2], bleed[3]]
    )
    return form


def _place(page: Any, room: float, width: float, creep: float, *, is_left: bool) -> tuple[float, float]:
    """Return how far a page moves to stand beside the fold, with `room` around the sheet."""
    trim, fold = _box(page.trimbox), room + width
    return (fold - trim[2] + creep if is_left else fold - trim[0] - creep), room - trim[1]


def _sheet(
    booklet: Any,
    placed: Sequence[tuple[int, tuple[float, float]]],
    drawn: dict[int, Any],
    size: tuple[float, float],
    room: float,
) -> None:
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    width, height = size
    whole, high = 2 * (width + room), height + 2 * room
    fold = whole / 2
    parts, content = Dictionary(), []
    for at, (x, y) in placed:
        parts[f"/page{at + 1}"] = drawn[at]
        left = 0 if x + _box(drawn[at].BBox)[0] + width / 2 < fold else fold
        content.append(f"q {left:g} 0 {fold:g} {high:g} re W n 1 0 0 1 {x:.3f} {y:.3f} cm /page{at + 1} Do Q")
    content.append(_marks(width, height, room))
    page = Dictionary(Type=Name.Page, Resources=Dictionary(XObject=parts))
    page.MediaBox = Array([0, 0, round(whole, 3), round(high, 3)])
    page.TrimBox = Array([round(each, 3) for each in (room, room, whole - room, high - room)])
    page.Contents = booklet.make_stream("\n".join(content).encode())
    booklet.pages.append(pikepdf.Page(booklet.make_indirect(page)))


def _marks(width: float, height: float, room: float) -> str:
    """Return lines that say where to cut, and broken ones where to fold; they stand outside the bleed."""
    right, top, fold = room + 2 * width, room + height, room + width
    off = room - ROOM + GAP
    near, far = room - off, room - off - LENGTH
    lines = []
    for y in (room, top):
        lines += [(near, y, far, y), (right + off, y, right + off + LENGTH, y)]
    for x in (room, right):
        lines += [(x, near, x, far), (x, top + off, x, top + off + LENGTH)]
    folds = [(fold, near, fold, far), (fold, top + off, fold, top + off + LENGTH)]
    cut, folded = (" ".join(f"{x:.3f} {y:.3f} m {a:.3f} {b:.3f} l S" for x, y, a, b in each) for each in (lines, folds))
    return f"q 0 G 0.25 w {cut} [2 2] 0 d {folded} Q"
