"""A finished PDF opened: its pages with their boxes and what they paint, and the printer whom it is for."""

from __future__ import annotations

import dataclasses
import functools
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from overprint.checks.rules import Say
from overprint.diagnostics import Diagnostic, Exit, Place, Stop, error
from overprint.press import wrap
from overprint.press.finish.boxes import Box, sorted_box
from overprint.press.preflight.content import Content, Mark
from overprint.press.preflight.painted import Reader
from overprint.press.profile import Profile

UNREADABLE = error(
    "P060",
    "this cannot be opened as a PDF: {why}",
    "build the book again, or check that it is the right file",
    "The file is no PDF, was cut off on its way, or opens only with a password. A printer could not open it either.",
)
WHITE = ((1,), (1, 1, 1), (0, 0, 0, 0))
Facts = dict[str, object]
"""What fills the wording of a message."""
SHOWN = 6
"""How many pages, or rows of them, a message names."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its object, its boxes as left, bottom, right and top, and what it paints."""

    number: int
    obj: Any
    media: Box
    crop: Box
    bleed: Box
    trim: Box
    content: Content

    @property
    def right(self) -> bool:
        """Whether it is on the right, with its spine at the left."""
        return self.number % 2 == 1

    def beyond(self, mark: Mark) -> bool:
        """Say whether a mark is outside the trim, for the knife."""
        return mark.at is not None and (
            mark.at[2] <= self.trim[0]
            or mark.at[3] <= self.trim[1]
            or mark.at[0] >= self.trim[2]
            or mark.at[1] >= self.trim[3]
        )

    @property
    def blank(self) -> bool:
        """Whether nothing is seen on it; marks for the knife do not count, nor white."""
        return all(self.beyond(mark) or mark.colour in WHITE for mark in self.content.marks)


@dataclass(frozen=True, eq=False)
class File:
    """A PDF that is open: its name as messages show it, where it is, and the profile that it is held against."""

    name: str
    path: Path
    pdf: Any
    profile: Profile
    pages: tuple[Page, ...]
    root: Any = field(repr=False)

    def at(self, number: int = 0) -> Place:
        """Return the place of a page, or of the whole file."""
        return Place(self.name, page=str(number) if number else "")

    def each(self, say: Say, faults: Iterable[tuple[int, Facts]]) -> Iterator[Diagnostic]:
        """Yield each fault once, with all the pages that have it as `pages`."""
        found: dict[tuple[tuple[str, object], ...], dict[int, None]] = {}
        for number, facts in faults:
            found.setdefault(tuple(facts.items()), {})[number] = None
        for facts_of, numbers in found.items():
            yield say(self.at(min(numbers)), pages=listed(numbers), profile=self.profile.name, **dict(facts_of))

    def whole(self, say: Say, **facts: object) -> Diagnostic:
        """Return a fault of the whole file."""
        return say(self.at(), profile=self.profile.name, **facts)

    @functools.cached_property
    def fonts(self) -> dict[str, tuple[Any, dict[int, set[int]]]]:
        """Fonts by a key of their own, each with the pages that show it and which codes of it they show."""
        found: dict[str, tuple[Any, dict[int, set[int]]]] = {}
        for page in self.pages:
            for key, (font, codes) in page.content.fonts.items():
                found.setdefault(key, (font, {}))[1][page.number] = codes
        return found


def opened(path: Path, profile: Profile, name: str) -> File:
    """Return a PDF opened, all of its pages read; `name` is for messages.

    Raises:
        Stop: it is no PDF, or cannot be opened without a password.
    """
    import pikepdf

    logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # what it mends is told by a rule
    try:
        pdf = pikepdf.open(path)
        reader = Reader()
        pages = tuple(_page(number, page, reader) for number, page in enumerate(pdf.pages, 1))
    except (OSError, pikepdf.PikepdfError, ValueError, TypeError, AttributeError) as failed:
        raise unreadable(name, failed) from failed
    return File(name, path, pdf, _of_cover(profile) if is_cover(pdf.Root) else profile, pages, pdf.Root)


def is_cover(root: Any) -> bool:
    """Say whether a file is a printed cover that overprint made."""
    return wrap.OURS in root.get("/PieceInfo", {})


def _of_cover(profile: Profile) -> Profile:
    """Return what the printer asks of a cover: one sheet with ink on all of its edges."""
    none: dict[str, Any] = {
        "gutters": (),
        "pages": (None, None),
        "multiple": None,
        "trims": (),
        "last_page_blank": False,
    }
    return dataclasses.replace(wrap.inks(profile), **none)


def unreadable(name: str, why: Exception) -> Stop:
    """Return what stops where a file is no PDF, or one whose parts are not what they should be."""
    import pikepdf

    told = (
        plainly(why)
        if isinstance(why, (pikepdf.PikepdfError, RuntimeError))
        else "its parts are not what they are to be"
    )
    return Stop(UNREADABLE.at(Place(name), why=getattr(why, "strerror", None) or told), exit=Exit.CANNOT)


def plainly(why: object) -> str:
    """Return what a library says of a file, without the file's path."""
    return re.sub(r"^.*\.pdf( \([^)]*\))?: ", "", str(why).split("\n", 1)[0])


def _page(number: int, page: Any, reader: Reader) -> Page:
    media, crop, trim = (sorted_box(box) for box in (page.mediabox, page.cropbox, page.trimbox))
    bleed = sorted_box(page.obj.BleedBox) if "/BleedBox" in page.obj else trim
    return Page(number, page.obj, media, crop, bleed, trim, reader.read(page))


def listed(numbers: Iterable[int]) -> str:
    """Return pages in words.

    >>> listed([3]), listed([3, 4]), listed([9, 3, 5, 4, 1]), listed(range(1, 40, 2))
    ('page 3', 'pages 3–4', 'pages 1, 3–5, 9', 'pages 1, 3, 5, 7, 9, 11 and 14 more')
    """
    rows: list[list[int]] = []
    for number in sorted(numbers):
        if rows and number == rows[-1][-1] + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    words = ", ".join(f"{row[0]}–{row[-1]}" if len(row) > 1 else str(row[0]) for row in rows[:SHOWN])
    more = sum(len(row) for row in rows[SHOWN:])
    return f"page{'s' * (len(rows) > 1 or len(rows[0]) > 1)} {words}{f' and {more} more' * bool(more)}"
