"""What the package claims: conformance, and numbers that shops order by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.preflight.opened import Opened, words
from overprint.project import isbn_fault

RULES = Rules[Opened]()


@RULES.rule(
    "E110",
    Severity.ERROR,
    "the book claims “{claim}” and does not say who found that",
    "name the evaluator under `certified_by` below `accessibility:` in book.yaml, or take the claim out",
)
def claim_of_nobody(say: Say, book: Opened) -> Iterator[Diagnostic]:
    """EPUB Accessibility asks that a claim of conformance names whoever evaluated the book, as `a11y:certifiedBy`.

    No checker misses the name, but libraries and shops that must answer for what they sell do. A machine's verdict is
    no evaluation: half of the criteria need a human reader.
    """
    claims = book.found("//o:meta[@property='dcterms:conformsTo'] | //o:link[@rel='dcterms:conformsTo']")
    if not book.found("//o:meta[@property='a11y:certifiedBy']"):
        for claim in claims:
            yield say(book.at(book.where, claim), claim=words(claim) or claim.get("href", ""))


@RULES.rule("E111", Severity.ERROR, "`{value}` is not an ISBN: {why}", "copy it again from your ISBN agency's letter")
def wrong_isbn(say: Say, book: Opened) -> Iterator[Diagnostic]:
    """The last digit of an ISBN checks the others, but no judge of EPUBs does the sum.

    A shop that gets a wrong number refuses the file, or shows another book's cover. All the book's identifiers are
    looked at, and those of the printed edition that it names.
    """
    paths = ("//dc:identifier", "//dc:source", "//o:meta[@property='pageBreakSource' or @property='dcterms:hasFormat']")
    for each in book.found(" | ".join(paths)):
        value = words(each)
        if number := re.fullmatch(r"(?:urn:)?isbn:?\s*([\dXx -]+)", value, re.IGNORECASE):
            digits = re.sub(r"[\s-]", "", number[1])
            # Printed books of before 2007 have ten digits, of which the last may be an X.
            if why := "" if re.fullmatch(r"\d{9}[\dXx]", digits) else isbn_fault(digits):
                yield say(book.at(book.where, each), value=value, why=why)
