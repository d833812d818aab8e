"""What there is to say of a page's comments: numbers that differ, services that keep them, dates that lack a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from overprint.diagnostics import Diagnostic, Place, hint, warning
from overprint.importers.responses import counts, elsewhere, embedded
from overprint.importers.responses.marks import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from overprint.importers.responses.dates import Calendar
    from overprint.importers.responses.fields import Letter
    from overprint.importers.responses.units import Unit
    from overprint.model import ImportedComment

MISCOUNTED = warning(
    "I100",
    "the page says “{label}”, but {count} found in it",
    "look at the page: there may be a second page of comments, or a button that unfolds more",
    "A page often counts its comments in the heading above them. Another number means that some are on further "
    "pages, are loaded later, or are marked up so that they could not be told apart. Unfold everything and save again.",
)
ELSEWHERE = warning(
    "I101",
    "the comments of this page are kept by {service}, and a saved page does not hold them",
    "{advice}",
    "Many sites leave their comments to a service, which puts them into the page while it is shown. The file saved "
    "from the browser holds the empty frame only. The essay is read all the same.",
)
ALSO_ELSEWHERE = hint(
    "I102",
    "the page also shows comments that {service} keeps; those are not in the file",
    "{advice}",
    "The file holds comments of its own, which have been read, and the frame of a service that adds others. "
    "That often is so where a site has changed its system.",
)
NO_DAY = warning(
    "I103",
    "the date of {count} is only given as “{shown}”, and the page does not say when it was saved: left empty",
    "write the dates into comments.md",
    "A date such as “3 days ago” counts back from the moment when the page was opened. Without knowing that moment, "
    "any date would be invented. Some browsers note it when they save a page; this one did not.",
)
YEAR_ADDED = hint(
    "I104",
    "the dates of {count}, such as “{shown}”, have no year: it is counted from the day of the essay, {published}",
    "check the dates in comments.md",
    "Some sites show the day and the month of comments alone. The year is taken from the essay's date, because "
    "comments come after it. A comment written more than a year later would get the wrong year.",
)
NO_YEAR = warning(
    "I105",
    "the dates of {count}, such as “{shown}”, have no year, and the page has no date either: left empty",
    "write the dates into comments.md",
    "Some sites show the day and the month of comments alone. The year is usually that of the essay, but this page "
    "does not say when the essay appeared.",
)
NO_ORDER = warning(
    "I106",
    "the dates of {count}, such as “{shown}”, may put the day or the month first: left empty",
    "write the dates into comments.md",
    "03/04/2019 is the third of April in most countries and the fourth of March in the United States. Neither another "
    "date on the page nor its language tells which.",
)
NAMELESS = warning(
    "I107",
    "no name could be read for {count}",
    "add the names in comments.md, or leave them out",
    "The page shows the comment without a name, or in a place where none was recognised. The words are all there.",
)
BY_SHAPE = hint(
    "I108",
    "the comments are not marked as such: {count} told apart by their dates below the label",
    "compare the first and the last with the page",
    "Most sites mark each comment. Here only the label above them and the dates, which recur, show where one ends and "
    "the next begins.",
)
FROM_DATA = hint(
    "I109",
    "{count} found in the page's data for search engines, not in its text",
    "compare with the page: the data may leave some out",
    "Some pages load their comments while they are shown, but hold a copy for search engines. That copy has been read.",
)


def many(number: int, noun: str = "comment") -> str:
    """Return a number with its noun: `1 comment`, `3 comments`."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def of_letters(found: Sequence[tuple[Unit, Letter]], calendar: Calendar, path: str) -> Iterator[Diagnostic]:
    """Say which comments lack a name, and what their dates lack."""
    lacking = {"today": NO_DAY, "order": NO_ORDER, "year": YEAR_ADDED if calendar.published else NO_YEAR}
    for missing, kind in lacking.items():
        some = [(unit, letter) for unit, letter in found if letter.when and letter.when.missing == missing]
        if some:
            facts = {"count": many(len(some)), "shown": some[0][1].shown, "published": calendar.published}
            yield kind.at(_place(path, some[0][0].element), facts=facts)
    nameless = [unit for unit, letter in found if letter.author is None]
    if nameless:
        yield NAMELESS.at(_place(path, nameless[0].element), count=many(len(nameless)))


def of_page(
    root: Element, found: Sequence[Unit], comments: Sequence[ImportedComment], path: str
) -> Iterator[Diagnostic]:
    """Say who else keeps comments of the page, and whether it counts as many as were found."""
    services = elsewhere.find(root)
    for service, element in services:
        if not (comments and service.hosts_form):
            kind = ALSO_ELSEWHERE if comments else ELSEWHERE
            yield kind.at(_place(path, element), service=service.name, advice=service.advice)
    counted = counts.above(found[0].element) if found else None if services else counts.announced(root)
    ours = [each for each in comments if each.kind == "comment"]
    fits = {len(comments), len(ours), len(comments) - len(ours), sum(1 for each in comments if not each.reply_to)}
    if counted and counted[1] not in fits:
        label = text_of(counted[0])
        yield MISCOUNTED.at(_place(path, counted[0]), label=label, count=_were(len(ours)))
    elif not counted and not services and (number := embedded.count(root)) and number not in fits:
        yield MISCOUNTED.at(Place(path), label=many(number), count=_were(len(ours)))


def _were(number: int) -> str:
    return f"{many(number)} {'was' if number == 1 else 'were'}"


def _place(path: str, element: Element) -> Place:
    line = element.sourceline if isinstance(element.sourceline, int) else 0
    return Place(path, line, min(line, 1))
