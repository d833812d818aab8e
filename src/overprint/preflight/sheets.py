"""What old reading systems make of the style sheets, and what is left to the reader."""

from __future__ import annotations

from collections.abc import Iterator

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.preflight.opened import Opened
from overprint.render.epub import styles

RULES = Rules[Opened]()
THE_READERS = frozenset({"color", "background", "background-color", "font", "font-size", "line-height", "text-align"})
"""Properties of the running text that readers set for themselves."""


@RULES.rule(
    "E118",
    Severity.WARNING,
    "the style sheet uses {thing}, at which old reading systems throw the whole sheet away",
    "write the plain value or rule",
)
def modern_css(say: Say, book: Opened) -> Iterator[Diagnostic]:
    """Adobe's reading systems and Kobo's older engine stop at variables, `calc()`, media queries and new units.

    EPUBCheck lets them pass, because they are good CSS. The book then opens without any style, or not at all, on
    readers that many libraries still lend books to.
    """
    for path, css in book.sheets.items():
        for thing, line, column in styles.modern(css):
            yield say(book.within(path, line, column), thing=thing)


@RULES.rule(
    "E119",
    Severity.HINT,
    "the style sheet sets `{name}` of the running text",
    "leave it to the reader, and take it out",
)
def the_readers_own(say: Say, book: Opened) -> Iterator[Diagnostic]:
    """Size, leading, colour and justification of the running text belong to the reader, who may need them otherwise.

    A colour of the text is black on black at night; a size in points does not grow with the reader's letters. Headings,
    notes and pictures may have their own.
    """
    for path, css in book.sheets.items():
        for selectors, each in styles.declarations(css):
            running = {part.strip() for part in selectors.split(",")} & {"html", "body", "p", "*", "section", "div"}
            if running and each.lower_name in THE_READERS:
                yield say(book.within(path, each.source_line, each.source_column), name=each.lower_name)
