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
    if manuscript.project.isbn and not manuscript.project.publisher:
        yield say(manuscript.project.at("isbn"))


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
