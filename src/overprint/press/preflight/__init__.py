"""A look at a finished PDF for print before it goes out: what its printer's profile says, held against the bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from overprint.diagnostics import Made, in_order
from overprint.press.preflight import boxes, colours, document, edges, fonts, ink, pages, pictures, standard, states
from overprint.press.preflight.opened import opened, unreadable
from overprint.press.profile import Profile

__all__ = ["Held", "check"]

RULES = (boxes, edges, pages, fonts, states, colours, ink, pictures, document, standard)


@dataclass(frozen=True, slots=True)
class Held:
    """What a file was held against, and what was measured on the way.

    Attributes:
        profile: the printer's.
        rules: how many of its rules were asked.
        ink: the most ink on a spot of each page, in per cent; empty where nobody sets a limit.
        pictures: the page, the name and the pixels to an inch of each picture as printed.
    """

    profile: Profile
    rules: int
    ink: Mapping[int, float]
    pictures: tuple[tuple[int, str, int], ...]

    def __str__(self) -> str:
        """Say by how many rules of which profile."""
        dated = f" ({self.profile.dated[:7]})" if self.profile.dated else ""
        return f"checked against {self.rules} rules of profile {self.profile.name}{dated}"


def check(path: Path, profile: Profile, name: str = "") -> Made[Held]:
    """Say all that a printer may refuse in a PDF; the value says what it was held against.

    `name` is how messages call it in place of its path.

    Raises:
        Stop: the file is no PDF that can be opened.
    """
    import pikepdf
    import pypdfium2

    file = opened(path, profile, name or str(path))
    with file.pdf:
        try:
            said = [each for group in RULES for each in group.RULES.run(file)]
            measured = ink.measured(file) if ink.limited(file) else {}
        except (
            pikepdf.PikepdfError,
            pypdfium2.PdfiumError,
            AttributeError,
            KeyError,
            TypeError,
            ValueError,
            IndexError,
        ) as why:
            raise unreadable(file.name, why) from why
        asked = sum(group.RULES.asked(file) for group in RULES)
        shown = ((page.number, each.name, each.ppi) for page in file.pages for each in page.content.pictures)
        return Made(Held(profile, asked, measured, tuple(shown)), in_order(said))
