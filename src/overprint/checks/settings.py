"""Rules on what `book.yaml` says of the book."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import KINDS, Diagnostic, Severity
from overprint.model import Manuscript

RULES = Rules[Manuscript]()
WARNING = Severity.WARNING


@RULES.rule("M137", WARNING, "the book has an ISBN and no publisher", "write the name after `publisher:`")
def isbn_without_publisher(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """An ISBN belongs to a publisher, and shops look for both. Whoever got the number from the agency is the publisher.

    Bad, in book.yaml:
        isbn: 978-0-306-40615-7
        publisher:
    Good, in book.yaml:
        isbn: 978-0-306-40615-7
        publisher: Testing Press
    """
    project = manuscript.project
    if (project.isbn or project.edition.isbn_print) and not project.publisher:
        yield say(project.at("isbn" if project.isbn else "isbn_print"))


@RULES.rule(
    "M152", Severity.ERROR, "the EPUB and the printed book have one ISBN", "ask your ISBN agency for a second number"
)
def one_isbn_for_two(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Shops order by the ISBN alone. With one number for both books, a reader who wants paper gets a file.

    Every form in which a book is sold needs a number of its own: `isbn:` is the EPUB's, `isbn_print:` the printed
    book's.

    Bad, in book.yaml:
        publisher: Testing Press
        isbn: 978-0-306-40615-7
        isbn_print: 978-0-306-40615-7
    Good, in book.yaml:
        publisher: Testing Press
        isbn: 978-0-306-40615-7
        isbn_print: 978-1-4028-9462-6
    """
    project = manuscript.project
    if project.isbn and project.isbn == project.edition.isbn_print:
        yield say(project.at("isbn_print"))


@RULES.rule(
    "M153",
    Severity.ERROR,
    "the book claims to conform to {level}, and nobody says who found so",
    "name the person or firm: `certified_by: Testing Press`, or delete the claim",
)
def claim_without_evaluator(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """No program can tell whether a book conforms to WCAG: a person has to read it with the tools that readers use.

    Without the name of who did, the claim must not stand in an EPUB. What can be computed, such as alternative text
    and page numbers, is said in every EPUB without your doing.

    Bad, in book.yaml:
        accessibility:
          conforms_to: WCAG 2.2 AA
    Good, in book.yaml:
        accessibility:
          conforms_to: WCAG 2.2 AA
          certified_by: Jane Marsh
    """
    said = manuscript.project.edition.accessibility
    if said.conforms_to and not said.certified_by:
        yield say(manuscript.project.at("accessibility.conforms_to"), level=said.conforms_to)


@RULES.rule(
    "M154",
    WARNING,
    "`{key}` is left out of the book, for nothing says what was found",
    "add what they found, such as `conforms_to: WCAG 2.2 AA`",
)
def evaluator_without_claim(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Who evaluated the book, their credential and their report belong to a claim, and cannot stand without one.

    Bad, in book.yaml:
        accessibility:
          certified_by: Jane Marsh
    Good, in book.yaml:
        accessibility:
          conforms_to: WCAG 2.1 AA
          certified_by: Jane Marsh
    """
    said = manuscript.project.edition.accessibility
    given = [key for key in ("certified_by", "credential", "report") if getattr(said, key)]
    if given and not said.conforms_to:
        yield say(manuscript.project.at(f"accessibility.{given[0]}"), key=given[0])


@RULES.rule("M138", WARNING, "`rules: ignore:` names {code}, {fault}", "write a code as messages show it, such as M503")
def nothing_to_ignore(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warnings and hints that you have weighed can be left out by their codes.

    Errors cannot: with them there would be no book, or a wrong one.

    Bad, in book.yaml:
        rules:
          ignore: [M999]
    Bad, in book.yaml:
        rules:
          ignore: [M502]
    Good, in book.yaml:
        rules:
          ignore: [M503, M4]
    """
    project = manuscript.project
    for number, code in enumerate(project.ignored):
        kind = KINDS.get(code)
        if kind and kind.severity is Severity.ERROR:
            yield say(project.at(f"rules.ignore.{number}"), code=code, fault="which is an error and always shown")
        elif not re.fullmatch(r"[A-Z]\d{0,3}", code) or (code[0] == "M" and not _begins_one(code)):
            yield say(project.at(f"rules.ignore.{number}"), code=code, fault="which is no message's code")


def _begins_one(code: str) -> bool:
    return any(each.startswith(code) for each in KINDS)
