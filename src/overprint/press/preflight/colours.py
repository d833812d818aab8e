"""Colours: in the printer's inks, black text in black alone, no ink that nobody ordered, white that does not vanish."""

from __future__ import annotations

from collections.abc import Iterator

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.press.preflight.boxes import BUILD, for_a_printer
from overprint.press.preflight.content import Mark
from overprint.press.preflight.opened import WHITE, File, Page
from overprint.press.profile import Profile

RULES = Rules[File]()
TAKEN = {
    "mono": {"DeviceGray"},
    "cmyk": {"DeviceGray", "DeviceCMYK"},
    "srgb": {"DeviceGray", "CalGray", "DeviceRGB", "CalRGB", "ICCBased grey", "ICCBased RGB"},
}
INKS = {"mono": "black ink alone", "cmyk": "four inks", "srgb": "colours as on a screen"}
PROCESS = {"Black", "Cyan", "Magenta", "Yellow", "None", "All"}
DARK, NEUTRAL = 0.25, 0.08
"""Of 1: what of light counts as black."""


@RULES.rule(
    "P091",
    Severity.ERROR,
    "{pages}: {thing} is in {space}, and the printer takes {inks}",
    BUILD,
    asks=for_a_printer,
)
def foreign_colours(say: Say, file: File) -> Iterator[Diagnostic]:
    """Colours that are not the printer's are turned into inks by the printer's machine, as it likes.

    Greys get four inks and print in a tint, reds turn to brown; or the file is refused.
    """
    yield from file.each(
        say,
        (
            (page.number, {"thing": mark.thing, "space": mark.space, "inks": INKS[file.profile.colour]})
            for page in file.pages
            for mark in page.content.marks
            if not _taken(mark, file.profile) and not _mixed(mark)
        ),
    )


@RULES.rule("P092", Severity.ERROR, "{pages}: black text is made of {what}", BUILD)
def mixed_black(say: Say, file: File) -> Iterator[Diagnostic]:
    """Text in black is black ink alone; made of several, its letters have coloured edges and fill in.

    Black of red, green and blue becomes four inks at the printer's, of 300 per cent together.
    """
    yield from file.each(
        say,
        (
            (page.number, {"what": "red, green and blue" if len(mark.colour or ()) == 3 else "several inks"})
            for page in file.pages
            for mark in page.content.marks
            if _mixed(mark)
        ),
    )


@RULES.rule(
    "P093",
    Severity.ERROR,
    "{pages}: {thing} is in the colour of crop marks, which is on every plate",
    "give it black in place of “registration”",
)
def registration(say: Say, file: File) -> Iterator[Diagnostic]:
    """The colour called registration (`All`) is for marks outside the page.

    It prints all inks in full, one over the other, and does not dry.
    """
    yield from file.each(
        say,
        ((page.number, {"thing": mark.thing}) for page in file.pages for mark in registered(page)),
    )


@RULES.rule(
    "P096",
    Severity.ERROR,
    "{pages}: {thing} is white and overprints, so that it vanishes",
    "take overprint off what is white",
)
def white_over(say: Say, file: File) -> Iterator[Diagnostic]:
    """What overprints takes nothing out of what is beneath it. White is no ink: it would not be there at all.

    On a screen it shows, in print it does not; nothing else goes wrong as quietly.
    """
    yield from file.each(
        say,
        (
            (page.number, {"thing": mark.thing})
            for page in file.pages
            for mark in page.content.marks
            if mark.over and mark.colour in WHITE
        ),
    )


@RULES.rule(
    "P097",
    Severity.WARNING,
    "{pages}: black text does not overprint",
    BUILD,
    asks=lambda file: file.profile.colour == "cmyk" and for_a_printer(file),
)
def black_knocks_out(say: Say, file: File) -> Iterator[Diagnostic]:
    """Black text is printed over the colours beneath it.

    Where it takes them out, white shows at its edges as soon as the plates are a hair apart.
    """
    yield from file.each(
        say,
        (
            (page.number, {})
            for page in file.pages
            for mark in page.content.marks
            if mark.thing == "text" and not mark.over and mark.colour in {(0,), (0, 0, 0, 1)}
        ),
    )


@RULES.rule(
    "P098",
    Severity.ERROR,
    "{pages}: {thing} is in an ink of its own, {ink}, which the profile does not name",
    "give it a colour of the printer's inks, or write the ink after `spot:` in a profile of your own",
    asks=for_a_printer,
)
def another_plate(say: Say, file: File) -> Iterator[Diagnostic]:
    """Each ink with a name of its own is one more plate, which the printer makes and charges, or refuses."""
    known = PROCESS | ({file.profile.spot.name} if file.profile.spot else set())
    yield from file.each(
        say,
        (
            (page.number, {"thing": mark.thing, "ink": ink})
            for page in file.pages
            for mark in page.content.marks
            for ink in inks(mark.space)
            if ink not in known
        ),
    )


def registered(page: Page) -> list[Mark]:
    """Return what stands in the colour of registration where no mark for the knife is."""
    return [mark for mark in page.content.marks if mark.space == "Separation All" and not page.beyond(mark)]


def inks(space: str) -> list[str]:
    """Return the inks that a space names.

    >>> inks("DeviceN Black, PANTONE 485 C"), inks("DeviceCMYK")
    (['Black', 'PANTONE 485 C'], [])
    """
    kind, _, names = space.partition(" ")
    return names.split(", ") if kind == "DeviceN" else [names] if kind == "Separation" else []


def _taken(mark: Mark, profile: Profile) -> bool:
    if inks(mark.space) or mark.space == "Pattern" or mark.space in TAKEN[profile.colour]:
        return True
    if mark.space == "DeviceCMYK" and mark.colour is not None:
        return not any(mark.colour[:3])  # black ink alone is black ink, however it is said
    return mark.space == "ICCBased CMYK" and profile.colour == "cmyk" and profile.standard != "x1a"


def _mixed(mark: Mark) -> bool:
    """Say whether a mark is text in a black of several inks, or of light."""
    colour = mark.colour or ()
    if mark.thing != "text" or inks(mark.space):
        return False
    if len(colour) == 3:
        return max(colour) <= DARK and max(colour) - min(colour) <= NEUTRAL
    return len(colour) == 4 and any(colour[:3]) and (colour[3] >= 0.5 or min(colour[:3]) >= 0.5)
