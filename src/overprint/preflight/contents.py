"""What a reader would miss: documents that hold nothing, and contents that cannot be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.preflight.opened import XHTML, Opened, words

RULES = Rules[Opened]()
SHOWN = " or ".join(f"local-name()='{name}'" for name in ("img", "svg", "math", "video", "audio", "object", "iframe"))
"""An XPath: the element shows something without a word."""


@RULES.rule("E112", Severity.ERROR, "this document is empty", "build the book again; report it if it stays empty")
def empty_document(say: Say, book: Opened) -> Iterator[Diagnostic]:
    """A document of the book holds neither words nor pictures, so that a reader turns to a blank page.

    The judges of EPUBs take an empty page for a page. Most often text was lost when a program wrote the file.
    """
    for path in book.documents:
        for body in book.found(f"/h:html/h:body[not(.//*[{SHOWN}])]", path):
            if not words(body):
                yield say(book.at(path, body))


@RULES.rule(
    "E113",
    Severity.WARNING,
    "the contents have two lines “{title}” that lead to different places",
    "give one of them another title, or a subtitle that tells them apart",
)
def twin_titles(say: Say, book: Opened) -> Iterator[Diagnostic]:
    """Two chapters of one title look alike in the contents, and to a reader who hears them there is no way to choose.

    A line below another is not compared with lines below others: each essay may have its “Letters”.
    """
    seen: dict[tuple[object, str], tuple[str, str]] = {}
    for link, document, target in book.lines("toc"):
        above = next(link.iterancestors(f"{{{XHTML}}}ol"), None)
        known = seen.setdefault((above, words(link).casefold()), (document, target))
        if known != (document, target):
            yield say(book.at(book.nav, link), title=words(link))
