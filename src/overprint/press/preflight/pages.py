"""Pages: how many, which side numbers stand on, and none that is blank by mistake."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.press.preflight.opened import File

RULES = Rules[File]()
MOST_BLANK = 2
"""A leaf of its own before a part is two blank pages; nobody wants more."""
BUILD = "build it with the printer's profile, which fills it up: `overprint build pdf --profile {profile}`"


@RULES.rule(
    "P076",
    Severity.ERROR,
    "the file has too few pages: {pages}, and the printer takes {least} at least",
    "print more of the book, set it on a smaller page or in larger type, or choose another printer",
    asks=lambda file: file.profile.pages[0] is not None,
)
def too_few(say: Say, file: File) -> Iterator[Diagnostic]:
    """A printer cannot bind a book that is too thin. Blank pages count."""
    if len(file.pages) < (least := file.profile.pages[0] or 0):
        yield file.whole(say, pages=len(file.pages), least=least)


@RULES.rule(
    "P077",
    Severity.ERROR,
    "the file has too many pages: {pages}, and the printer takes {most} at most",
    "set the book on a larger page or in smaller type, make two volumes of it, or choose another printer",
    asks=lambda file: file.profile.pages[1] is not None,
)
def too_many(say: Say, file: File) -> Iterator[Diagnostic]:
    """A printer cannot bind a book that is too thick. Blank pages count."""
    if len(file.pages) > (most := file.profile.pages[1] or 0):
        yield file.whole(say, pages=len(file.pages), most=most)


@RULES.rule(
    "P078",
    Severity.ERROR,
    "the file has {pages} pages, and the printer binds sections of {multiple}",
    BUILD,
    asks=lambda file: file.profile.multiple is not None,
)
def broken_section(say: Say, file: File) -> Iterator[Diagnostic]:
    """Books are bound of sections of so many pages; what is missing has to be blank pages at the end."""
    if (multiple := file.profile.multiple) and len(file.pages) % multiple:
        yield file.whole(say, pages=len(file.pages), multiple=multiple)


@RULES.rule(
    "P079",
    Severity.ERROR,
    "{pages}: the last page is not blank, as the printer asks",
    BUILD,
    asks=lambda file: file.profile.last_page_blank,
)
def last_not_blank(say: Say, file: File) -> Iterator[Diagnostic]:
    """Some printers put a code of their own on the last page, and refuse a book that has words there."""
    if file.pages and not file.pages[-1].blank:
        yield from file.each(say, [(len(file.pages), {})])


@RULES.rule(
    "P080",
    Severity.WARNING,
    "{pages} are blank, one after the other",
    "look at them; take out what asks for new pages there, such as an empty file of the manuscript",
)
def blank_row(say: Say, file: File) -> Iterator[Diagnostic]:
    """One blank page stands before a chapter that begins on the right, two are a leaf between parts.

    More are most often a mistake: a reader takes them for pages that were lost in print. The end of a book may have as
    many as fill its last section.
    """
    row: list[int] = []
    for page in file.pages:
        if page.blank:
            row.append(page.number)
            continue
        if len(row) > MOST_BLANK:
            yield from file.each(say, [(number, {}) for number in row])
        row = []


@RULES.rule(
    "P081",
    Severity.WARNING,
    "{pages}: the page bears the number {label} and stands on the {side}",
    "look for a page that is missing or too many before it",
)
def wrong_side(say: Say, file: File) -> Iterator[Diagnostic]:
    """Odd numbers stand on right-hand pages, everywhere: the first page of a file is a right-hand one.

    Where they do not, margins are on the wrong side too. Only numbers that the file tells (`PageLabels`) are looked at,
    and only where they begin.
    """
    for first, label in _begun(file.root):
        if first < len(file.pages) and (label + first) % 2 == 0:
            side = "right" if file.pages[first].right else "left"
            yield from file.each(say, [(first + 1, {"label": label, "side": side})])


def _begun(root: Any) -> Iterator[tuple[int, int]]:
    """Yield where numbers begin anew: the index of the page and its number."""
    labels = root.get("/PageLabels")
    trees = [labels] if labels is not None else []
    while trees:
        tree = trees.pop()
        trees += tree.get("/Kids", [])
        numbers = list(tree.get("/Nums", []))
        for first, label in zip(numbers[::2], numbers[1::2], strict=False):
            if str(label.get("/S", "")) in {"/D", "/r", "/R"} and "/P" not in label:
                yield int(first), int(label.get("/St", 1))
