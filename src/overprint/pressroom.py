"""The printed book for one printer: laid out with the margins that its pages call for, filled up, mended.

Without a printer the pages stay as they were laid out: black text in black alone, the page its trim, links and
bookmarks kept.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from overprint.diagnostics import Diagnostic, Made, Place, error, errors, hint
from overprint.model import Composed, Edges
from overprint.press.profile import Profile

if TYPE_CHECKING:
    from overprint.render.pdf import Layout

ROUNDS = 2
"""How often a book is laid out again for a wider gutter; each may add pages, and pages may ask for more."""
EXACT = 0.02
"""Points; less nobody can cut."""
HANGS = 4
"""Points; so far signs stand in the margin at most."""

TOO_FEW = error(
    "B125",
    "the book has {pages}, and {name} takes {least} at least",
    "print more of it, set it on a smaller page or in larger type, or choose another printer",
    "A printer cannot bind a book that is too thin. Blank pages that fill up the last sheet are counted.",
)
TOO_MANY = error(
    "B126",
    "the book has {pages} pages, and {name} takes {most} at most",
    "set it on a larger page or in smaller type, make two volumes of it, or choose another printer",
    "A printer cannot bind a book that is too thick. Blank pages that fill up the last sheet are counted.",
)
WRONG_TRIM = error(
    "B127",
    "the page is {size} pt, which {name} does not take",
    "write one of these after `trim:` in book.yaml: {known}",
    "The printer takes pages of some sizes only. They are in its profile, after `trims:`.",
)
WIDER = hint(
    "B128",
    "the margin at the spine is {wider} pt wide in place of {usual} pt, as {name} asks of {pages} pages",
    "the lines are shorter for it; a larger `trim:` gives them room",
    "The thicker a book, the more of its inner margins goes into the spine. Printers say how wide they must be by the "
    "number of pages; where the theme's is narrower, the pages are laid out again with a wider one.",
)
FILLED = hint(
    "B129",
    "{count} blank at the end, so that the book has {pages} pages as {name} asks",
    "{cure}",
    "Books are bound of sections of so many pages, and some printers want the last page blank. Nothing has to be done; "
    "a few pages fewer may save a section, and blank pages may be filled with words.",
)


@dataclass(frozen=True, slots=True)
class Printer:
    """Whom the PDF is for: the profile, where it is named, and what composes the book anew with other margins."""

    profile: Profile
    place: Place
    compose: Callable[[Edges], Composed]

    def lay_out(
        self, composed: Composed, target: Path, lay_out: Callable[[Composed, Path], Made[Layout]]
    ) -> Made[tuple[Composed, Layout]]:
        """Lay out the book to `target`, again with a wider gutter where its pages call for one."""
        profile, usual = self.profile, composed.look.sides[0]
        made = lay_out(composed, target)
        for _ in range(ROUNDS):
            gutter = profile.gutter(made.value.pages) or 0
            if gutter <= composed.look.sides[0] + EXACT:
                break
            composed = self.compose(dataclasses.replace(edges(profile), inner=gutter))
            made = lay_out(composed, target)
        said = made.diagnostics
        if (wider := composed.look.sides[0]) > usual + EXACT:
            facts = {"wider": f"{wider:g}", "usual": f"{usual:g}", "name": profile.name, "pages": made.value.pages}
            said += (WIDER.at(self.place, facts=facts),)
        return Made((composed, made.value), said)

    def mend(self, source: Path, target: Path, composed: Composed, pages: int) -> Made[int]:
        """Make of the laid-out PDF `source` the file that the printer takes; return how many pages it has.

        It is then held against the profile once more, by what the file says itself.
        """
        from overprint.press import preflight
        from overprint.press.finish import finish
        from overprint.press.pages import fill, wanted

        count = wanted(pages, self.profile)
        said = tuple(self._faults(composed, count))
        if said:
            return Made(count, said)
        if count > pages:
            filled = source.with_suffix(".filled.pdf")
            fill(source, filled, count)
            more = f"{count - pages} page is" if count == pages + 1 else f"{count - pages} pages are"
            facts = {"count": more, "pages": count, "name": self.profile.name}
            said = (FILLED.at(self.place, cure=self._room(pages, count), facts=facts),)
            source = filled
        book = composed.book
        finished = finish(
            source, target, self.profile, title=book.title, identifier=book.identifier, modified=book.modified
        )
        said += finished.diagnostics
        if not errors(said):
            said += preflight.check(target, self.profile, target.name).diagnostics
        return Made(count, said)

    def _room(self, pages: int, count: int) -> str:
        """Say how many pages fewer save a section, and for how many more there is room."""
        if not (step := self.profile.multiple):
            return ""
        room = count - pages - self.profile.last_page_blank
        cut = step - room
        fewer = f"cut {cut} page{'s' if cut > 1 else ''}, and it has {step} fewer"
        return f"{fewer}; or add up to {room}" if room else fewer

    def _faults(self, composed: Composed, pages: int) -> Iterator[Diagnostic]:
        profile = self.profile
        least, most = profile.pages
        if least is not None and pages < least:
            yield TOO_FEW.at(
                self.place, pages="1 page" if pages == 1 else f"{pages} pages", name=profile.name, least=least
            )
        if most is not None and pages > most:
            yield TOO_MANY.at(self.place, pages=pages, name=profile.name, most=most)
        size = composed.look.trim
        if profile.trims and not any(_same(size, each) for each in profile.trims):
            known = ", ".join(f"{width / 72:g} x {height / 72:g} in" for width, height in profile.trims)
            yield WRONG_TRIM.at(self.place, size=f"{size[0]:g} x {size[1]:g}", name=profile.name, known=known)


def edges(profile: Profile) -> Edges:
    """Return what a printer asks of the margins of every book; hyphens and quotation marks hang a little into them."""
    bleed, safety = profile.bleed, profile.safety + HANGS if profile.safety else 0
    return Edges(safety, safety, (bleed.top, bleed.bottom, bleed.outer, bleed.inner))


def _same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(here - there) < 1 for here, there in zip(one, other, strict=True))
