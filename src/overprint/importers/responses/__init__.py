"""Comments in a saved page → records: who wrote them, when, to whom, and their words as Markdown.

The page's own marks are read first (`units`), then entries that recur below a label (`lists`), then the data for
search engines (`embedded`). What is kept on other servers is named (`elsewhere`); what the page counts is compared.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from overprint.diagnostics import Diagnostic, Place
from overprint.importers.responses import dates, embedded, facts, fields, findings, lists, threads, units
from overprint.importers.responses.marks import claimed, roles, text_of
from overprint.model import ImportedComment

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from overprint.importers.dom import Page
    from overprint.importers.responses.units import Unit

BESIDE = 3000
"""Signs that a section of comments may hold beside them: headings, rules, a form."""


@dataclass(frozen=True, slots=True)
class Responses:
    """The comments of a page, the elements that hold them, and what there is to say of them."""

    comments: tuple[ImportedComment, ...]
    elements: tuple[Element, ...]
    said: tuple[Diagnostic, ...]


def find(page: Page, *, today: str = "", path: str = "") -> Responses:
    """Return the comments of a page, in its order; nothing that the page does not say is filled in.

    Args:
        page: the page; its tree stays as it is.
        today: when the page was saved, as YYYY-MM-DD; dates such as “3 days ago” are counted from it.
        path: the page's file, for diagnostics.
    """
    root = page.root
    # As long as they are held, lxml makes its elements once, not at each look.
    _held = list(root.iter())
    calendar = dates.Calendar(facts.published(root), facts.saved(root, today))
    said: list[Diagnostic] = []
    found = _read(units.find(root), root, calendar)
    if not found:
        found = _read(units.find_posts(root), root, calendar)
    if not found:
        listed = _read(lists.find(root), root, calendar)
        found = [each for each in listed if each[1].author and each[1].when and each[1].when.missing != "today"]
        if found:
            said.append(findings.BY_SHAPE.at(Place(path), count=findings.many(len(found))))
    comments = _records(found)
    if not comments and (comments := embedded.find(root)):
        said.append(findings.FROM_DATA.at(Place(path), count=findings.many(len(comments))))
    said += findings.of_letters(found, calendar, path)
    said += findings.of_page(root, [unit for unit, _ in found], comments, path)
    return Responses(tuple(comments), tuple(_elements(found)), tuple(said))


def _read(found: list[Unit], root: Element, calendar: dates.Calendar) -> list[tuple[Unit, fields.Letter]]:
    """Read each box; one without words, or with neither name nor date, is no comment."""
    elements = {each.element for each in found}
    base = facts.address(root)
    letters = [fields.read(each, elements, calendar, base) for each in found]
    unclear = [each.shown for each in letters if each.when and each.when.missing == "order"]
    if unclear:
        order = dates.order_of([each.shown for each in letters], facts.language(root), calendar.published)
        calendar = replace(calendar, day_first=order)
        letters = [
            replace(each, when=dates.read(each.shown, calendar)) if each.when and each.when.missing == "order" else each
            for each in letters
        ]
    pairs = list(zip(found, letters, strict=True))
    return [pair for pair in pairs if _is_comment(*pair, alone=len(pairs) == 1)]


def _is_comment(unit: Unit, letter: fields.Letter, *, alone: bool) -> bool:
    """Tell whether a box says enough to be a comment: words, and who wrote them or when."""
    named = letter.author is not None and (bool(unit.id) or not alone)
    return bool(letter.body or letter.kind != "comment") and (letter.when is not None or named)


def _records(found: list[tuple[Unit, fields.Letter]]) -> list[ImportedComment]:
    parents = threads.parents([unit for unit, _ in found])
    letters = {id(unit): letter for unit, letter in found}
    idents = {id(unit): unit.id for unit, _ in found}
    for parent in parents.values():
        # A reply has to name what it answers, so a comment without an id gets one from its own words.
        letter = letters[id(parent)]
        words = f"{letter.author}\n{letter.when.iso if letter.when else ''}\n{letter.body}"
        idents[id(parent)] = parent.id or hashlib.sha256(words.encode()).hexdigest()[:10]
    return [
        ImportedComment(
            number=at + 1,
            id=idents[id(unit)],
            author=letter.author,
            date=letter.when.iso or None if letter.when else None,
            body=letter.body,
            reply_to=(idents[id(parents[at])],) if at in parents else (),
            kind=letter.kind,
        )
        for at, (unit, letter) in enumerate(found)
    ]


def _elements(found: list[tuple[Unit, fields.Letter]]) -> list[Element]:
    """Return the boxes of the comments, and the section around them where it holds hardly anything else."""
    elements = {unit.element for unit, _ in found}
    outer = [root for unit, _ in found if threads.living(unit.outer, elements) is None for root in unit.roots]
    if not outer:
        return []
    boxes = set(outer)
    section, best = outer[0].getparent(), None
    while section is not None and section.tag not in ("body", "main", "html"):
        marked = "section" in roles(section) | claimed(section.get("id") or "")
        if marked and len(text_of(section, most=BESIDE, skip=boxes)) <= BESIDE:
            best = section
        section = section.getparent()
    if best is None:
        return outer
    return [best, *(each for each in outer if best not in set(each.iterancestors()))]
