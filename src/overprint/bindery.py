"""The printed cover of a book for one printer: back, spine and front on one sheet, as thick as its pages make it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from overprint.diagnostics import Diagnostic, Exit, Made, Place, Stop, error, errors, hint, warning
from overprint.model import Composed, Project, Resource, Wrap
from overprint.press import barcode, icc, wrap
from overprint.press.profile import Profile

if TYPE_CHECKING:
    from overprint.render.pdf.cache import Cache

NO_FORMULA = error(
    "B135",
    "a printed cover needs to know how thick the book is, and {who}",
    "name a profile that does, such as `--profile kdp`, or write one that is `like: {name}` and has `spine:`",
    "A cover of back, spine and front is made for one printer: the spine is as thick as the pages on the printer's "
    "paper. Where a profile does not say how thick a page is, the printer's cover template or calculator does; "
    "docs/how-to/cover.md shows how to write it down.",
)
NO_WRAP = hint(
    "B136",
    "no cover of back, spine and front is made: the profile {name} does not say how thick a page is",
    "ask the printer, and write it after `spine:` in a profile of your own that is `like: {name}`",
    "The spine is as thick as the pages on the printer's paper. The front alone is made, as a picture for shops. "
    "docs/how-to/cover.md shows how to write down what the printer says.",
)
NO_PAPER = error(
    "B137",
    "`{paper}` is not a paper of {name}",
    "use one of: {known}",
    "Papers differ in thickness, and so do spines. A printer's papers are in its profile; `overprint profiles NAME` "
    "shows them.",
)
BAD_PRICE = error(
    "B138",
    "the price `{price}` cannot be put into the barcode: {why}",
    "write it as 14.99 USD, or delete the line: the barcode of the ISBN is enough in most countries",
    "Beside the barcode of the ISBN shops in some countries read five digits more: one for the currency and four for "
    "the price. They know British, Australian, New Zealand, American and Canadian money, up to 99.99.",
)
NO_BOX = error(
    "B139",
    "the barcode does not fit into its box on the cover, {box}",
    "take out `price:`, or ask the printer for a larger box",
    "A barcode may be printed in 80 per cent of its full size at the least; smaller, tills cannot read it.",
)
COARSE = error(
    "B140",
    "the picture of the cover has {found} pixels to an inch as printed, and {name} asks for {least}",
    "bring one of {wide} × {high} pixels or more",
    "On paper a picture needs many more pixels than on a screen. One that has fewer than half of what the printer asks "
    "for shows its pixels; enlarging it in a program does not help.",
)
FEW_PIXELS = warning(
    "B141",
    "the picture of the cover has {found} pixels to an inch as printed, and {name} asks for {least}",
    "bring one of {wide} × {high} pixels or more; enlarging it does not help",
    "On paper a picture needs many more pixels than on a screen. With somewhat fewer it looks soft; printers warn of "
    "it, and some refuse it.",
)


def faults(project: Project, profile: Profile) -> Iterator[Diagnostic]:
    """Yield what is wrong with the keys of book.yaml that are about the printed cover."""
    if project.paper and profile.spine and not wrap.paper(profile, project.paper):
        known = ", ".join(each.name for each in profile.spine.papers)
        yield NO_PAPER.at(project.at("paper"), paper=project.paper, name=profile.name, known=known)
    if project.price:
        try:
            barcode.price(project.price)
        except ValueError as why:
            yield BAD_PRICE.at(project.at("price"), price=project.price, why=why)


@dataclass(frozen=True, slots=True)
class Bindery:
    """Who makes the cover: the printer's profile, where it is named, and the book's settings."""

    profile: Profile
    place: Place
    project: Project

    def bind(
        self, composed: Composed, pages: int, picture: Path, target: Path, proof: Path, cache: Cache | None = None
    ) -> Made[None]:
        """Make the cover of a book of so many pages and, beside it, the picture with its guides.

        `picture` is the front as a JPEG, of which only an editor's own is used. Where something is wrong, nothing is
        written.

        Raises:
            Stop: it cannot be laid out, or the ICC profile of its inks is not here.
        """
        from overprint.compose import theme
        from overprint.compose.cover import PICTURE
        from overprint.compose.wrap import wrap as compose_wrap
        from overprint.press import proof as proofs
        from overprint.press.finish import finish
        from overprint.render import wrap as render

        paper = wrap.paper(self.profile, self.project.paper)
        said = tuple(faults(self.project, self.profile))
        if paper is None or errors(said):
            return Made(None, said)
        book = composed.book
        isbn = book.edition.isbn_print
        size = wrap.size(self.profile, paper, composed.look.trim, pages, coded=bool(isbn))
        code, unfit = self._barcode(isbn, book.edition.as_typed[1], size)
        sheet = compose_wrap(composed, self.project, theme.of(self.project), size, code)
        said += unfit + sheet.diagnostics
        own = composed.cover.picture is not None
        if own:
            said += tuple(self._coarse(picture, size))
        if errors(said):
            return Made(None, said)
        plain = target.with_name("wrap-laid-out.pdf")
        pictures = (Resource(PICTURE, "image/jpeg", picture),) if own else ()
        said += render.render(composed, sheet.value, plain, pictures, cache).diagnostics
        if errors(said):
            return Made(None, said)
        wrap.note(plain, paper, size.trim, pages, book.modified)
        profile = icc.settled(wrap.inks(self.profile), self.project.root, self.place)
        named = {"title": book.title, "identifier": book.identifier, "modified": book.modified}
        said += finish(plain, target, profile, **named).diagnostics
        if not errors(said):
            proofs.draw(target, proof, size, self.profile.safety or 0)
        return Made(None, said)

    def thickness(self, composed: Composed, pages: int) -> tuple[str, float]:
        """Return the name of the paper, and how thick the book is on it in points; 0 where there is no such paper."""
        paper = wrap.paper(self.profile, self.project.paper)
        if paper is None:
            return "", 0
        return paper.name, wrap.size(self.profile, paper, composed.look.trim, pages, coded=False).spine

    def _barcode(self, isbn: str, typed: str, size: Wrap) -> tuple[str, tuple[Diagnostic, ...]]:
        if not isbn or size.box is None:
            return "", ()
        wide, high = size.box[:2]
        added = barcode.price(self.project.price) if self.project.price else ""
        try:
            return barcode.drawn(isbn, typed, added, wide, high), ()
        except ValueError as box:
            return "", (NO_BOX.at(self.project.at("price" if added else "isbn_print"), box=box),)

    def _coarse(self, picture: Path, size: Wrap) -> Iterator[Diagnostic]:
        from overprint.checks.pictures import measured

        least = self.profile.ppi[0]
        across, down, _ = measured(picture)
        if least is None or not across:
            return
        wide, high = (size.trim[0] + size.bleed) / 72, (size.trim[1] + 2 * size.bleed) / 72
        found = min(across / wide, down / high)
        if found < least:
            kind = COARSE if found < least / 2 else FEW_PIXELS
            facts = {"found": int(found), "name": self.profile.name, "least": f"{least:g}"}
            facts |= {"wide": math.ceil(wide * least), "high": math.ceil(high * least)}
            yield kind.at(self.project.at("cover"), facts=facts)


def bindery(profile: Profile | None, place: Place, project: Project) -> Bindery:
    """Return who makes the cover for a printer.

    Raises:
        Stop: nobody says how thick the book is.
    """
    if profile is None or profile.spine is None:
        who = f"the profile {profile.name} does not say it" if profile else "no printer is named that says it"
        raise Stop(NO_FORMULA.at(place, who=who, name=profile.name if profile else "kdp"), exit=Exit.CONTENT)
    return Bindery(profile, place, project)
