"""How things are painted: transparency, lines too thin to see, curves that change tones, content that breaks off."""

from __future__ import annotations

from collections.abc import Iterator

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.press.finish.book import BLENDS
from overprint.press.preflight.boxes import BUILD, for_a_printer
from overprint.press.preflight.opened import Facts, File, Page

RULES = Rules[File]()
THINNEST = 0.1
"""Points; less shows on some machines and not on others."""
HARMLESS = {"/Default", "/Identity"}


@RULES.rule(
    "P088",
    Severity.WARNING,
    "{pages}: {thing} of {wide} pt is as thin as the machine can draw",
    "make it 0.25 pt wide or more",
)
def hairline(say: Say, file: File) -> Iterator[Diagnostic]:
    """A line without a width is one dot wide: it shows on a screen, and on a printing plate it is as good as gone."""
    yield from file.each(say, ((page.number, facts) for page in file.pages for facts in _thin(page, 0, THINNEST)))


@RULES.rule(
    "P089",
    Severity.HINT,
    "{pages}: {thing} of {wide} pt, and the printer asks for {least} pt at least",
    "make it wider; lines of the page are in the theme, or in `styles/print.css`",
    asks=lambda file: file.profile.hairline is not None,
)
def thin(say: Say, file: File) -> Iterator[Diagnostic]:
    """Lines that are thinner than the printer's least may come out broken. Full black fares better than grey."""
    least = file.profile.hairline or 0
    yield from file.each(
        say,
        (
            (page.number, {**facts, "least": f"{least:g}"})
            for page in file.pages
            for facts in _thin(page, THINNEST, least)
        ),
    )


@RULES.rule(
    "P090",
    Severity.ERROR,
    "{pages}: the page cannot be read to its end: {why}",
    "build the file again; report it if overprint made it",
)
def broken(say: Say, file: File) -> Iterator[Diagnostic]:
    """The content of a page breaks off or names things that are not there. Programs show what they make of it."""
    yield from file.each(
        say, ((page.number, {"why": page.content.broken}) for page in file.pages if page.content.broken)
    )


@RULES.rule(
    "P110",
    Severity.ERROR,
    "{pages}: {what} lets show through what is beneath it, and the printer takes no such thing",
    BUILD,
    asks=lambda file: not file.profile.transparency,
)
def see_through(say: Say, file: File) -> Iterator[Diagnostic]:
    """Transparency is worked out by the printer's machine, as it can: old ones make boxes of shadows, or refuse it.

    PDF 1.3 and PDF/X-1a know none. Without any, a group of things that could be transparent is a fault by itself.
    """

    def faults() -> Iterator[tuple[int, Facts]]:
        for page in file.pages:
            through = page.content.through or dict.fromkeys(["a group"] * bool(_groups(page)))
            for what in through:
                yield page.number, {"what": what}

    yield from file.each(say, faults())


@RULES.rule(
    "P111",
    Severity.WARNING,
    "{pages}: transparency is worked out in {found}, and the printer has {wanted}",
    BUILD,
    asks=lambda file: file.profile.transparency and file.profile.colour in BLENDS and for_a_printer(file),
)
def blended_elsewhere(say: Say, file: File) -> Iterator[Diagnostic]:
    """What shows through is mixed in a space of colours; in another than the printer's inks it comes out otherwise.

    Black text within becomes four inks.
    """
    wanted = BLENDS[file.profile.colour]
    yield from file.each(
        say,
        (
            (page.number, {"found": space[1:], "wanted": wanted[1:]})
            for page in file.pages
            for space in _groups(page)
            if space.startswith("/") and space != wanted
        ),
    )


@RULES.rule(
    "P112",
    Severity.ERROR,
    "{pages}: the page brings {what} of its own",
    "take it out: tones and screens are the printer's business",
    asks=for_a_printer,
)
def own_screen(say: Say, file: File) -> Iterator[Diagnostic]:
    """Curves that change all tones (`TR`) and screens (`HT`) are of the time when files drove one machine.

    The standards of PDF for print forbid them; where they are obeyed, greys come out lighter or darker.
    """

    def faults() -> Iterator[tuple[int, Facts]]:
        for page in file.pages:
            for state in page.content.states.values():
                if any(key in state and str(state[key]) not in HARMLESS for key in ("/TR", "/TR2")):
                    yield page.number, {"what": "a curve of tones"}
                if "/HT" in state and str(state.HT) not in HARMLESS:
                    yield page.number, {"what": "a screen"}

    yield from file.each(say, faults())


def _groups(page: Page) -> list[str]:
    """Return the spaces in which transparency groups of a page blend, empty for that of what is around them."""
    return [
        str(group.get("/CS", "")) if str(group.get("/CS", "")).startswith("/") else ""
        for group in page.content.groups
        if str(group.get("/S", "")) == "/Transparency"
    ]


def _thin(page: Page, more_than: float, less_than: float) -> Iterator[Facts]:
    for mark in page.content.marks:
        narrow = mark.thing in {"a line", "an area"} and mark.wide is not None and not page.beyond(mark)
        if narrow and (more_than <= (mark.wide or 0) < less_than) and not (mark.thing == "an area" and mark.wide == 0):
            yield {"thing": "a line", "wide": f"{mark.wide:g}"}
