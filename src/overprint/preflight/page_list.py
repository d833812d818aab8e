"""The list of printed pages: every page once, in the order of reading, and each where it says."""

from __future__ import annotations

from collections.abc import Iterator

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.preflight.opened import Opened, words

RULES = Rules[Opened]()
BREAK = (
    "//*[contains(concat(' ', @role, ' '), ' doc-pagebreak ') or contains(concat(' ', @e:type, ' '), ' pagebreak ')]"
)
AGAIN = "build both books again; report it if it stays"


@RULES.rule("E114", Severity.ERROR, "the page list names page {page}, where no page begins", AGAIN)
def page_of_nothing(say: Say, book: Opened) -> Iterator[Diagnostic]:
    """A line of the page list leads to a place that does not mark the beginning of a printed page.

    Who is told “see page 12” in class then lands elsewhere. Judges check only that the place exists.
    """
    begins = {(path, each.get("id")) for path in book.documents for each in book.found(BREAK, path)}
    for link, document, target in book.lines("page-list"):
        if (document, target) not in begins:
            yield say(book.at(book.nav, link), page=words(link))


@RULES.rule("E115", Severity.ERROR, "page {page} begins here and is not in the page list", AGAIN)
def page_left_out(say: Say, book: Opened) -> Iterator[Diagnostic]:
    """A printed page is marked in the text, but nobody can go to it: the page list has a gap.

    A book whose pages are marked has to list them all, or it should mark none.
    """
    listed = {(document, target) for _, document, target in book.lines("page-list")}
    for path in book.documents:
        for each in book.found(BREAK, path):
            if (path, each.get("id")) not in listed:
                page = each.get("aria-label") or each.get("title") or words(each) or "?"
                yield say(book.at(path, each), page=page)


@RULES.rule(
    "E116", Severity.ERROR, "page {page} stands after page {before} in the list, but before it in the text", AGAIN
)
def pages_out_of_order(say: Say, book: Opened) -> Iterator[Diagnostic]:
    """The page list is not in the order in which the pages come when the book is read.

    Some reading systems look for the page of a place by going through the list, and show a wrong number where its order
    differs.
    """
    places = {
        (path, each.get("id")): (number, place)
        for number, path in enumerate(book.documents)
        for place, each in enumerate(book.found("//*[@id]", path))
    }
    before, last = "", (-1, -1)
    for link, document, target in book.lines("page-list"):
        place = places.get((document, target), last)
        if place < last:
            yield say(book.at(book.nav, link), page=words(link), before=before)
        before, last = words(link), max(place, last)


@RULES.rule("E117", Severity.WARNING, "page {page} is missing between {before} and {after}", AGAIN)
def page_skipped(say: Say, book: Opened) -> Iterator[Diagnostic]:
    """The numbers of the page list jump, though a page between them holds text in the printed book.

    Blank pages have no place in an EPUB, so one that is missing before a chapter is none of this: only two or more
    numbers in a row are a gap.
    """
    before = 0
    for link, _, _ in book.lines("page-list"):
        label = words(link)
        page = int(label) if label.isdecimal() else 0
        if before and page > before + 2:
            yield say(book.at(book.nav, link), page=before + 1, before=before, after=page)
        before = page
