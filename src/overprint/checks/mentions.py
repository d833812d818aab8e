"""Rules on comments that speak of each other: by name, or by number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overprint.checks.prose import FILL, prose
from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.model import Essay, Manuscript

RULES = Rules[Manuscript]()
WARNING, HINT = Severity.WARNING, Severity.HINT


_ADDRESSED = re.compile(
    r"(?:(?i:hi|hello|hey|dear|thanks|thank you|cheers|yes|no|agreed|sorry|well said|good point|exactly|ah|oh),? )?"
    r"@?(?P<name>[^\W\d_][\w’'.-]*(?: [A-Z][\w’'.-]+)?)(?=\s*[,:!.–—-]|$|\n)"
)


@RULES.rule(
    "M513",
    HINT,
    "comment {number} speaks to {name}, who wrote comment {parent}",
    "write `reply_to: {parent}` if it answers that comment",
)
def speaks_to(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Many sites do not record who answers whom; a name at the head of a comment tells.

    With `reply_to:` the book sets the answer below what it answers.

    Bad, in comments.md:
        ---
        comment: 1
        author: Jane Marsh
        ---

        I keep wasps.

        ---
        comment: 2
        author: Rowan Tull
        include: yes
        ---

        Cheers Jane – wasps are busy too.
    Good, in comments.md:
        ---
        comment: 1
        author: Jane Marsh
        ---

        I keep wasps.

        ---
        comment: 2
        author: Rowan Tull
        reply_to: 1
        include: yes
        ---

        Cheers Jane – wasps are busy too.
    """
    for essay in manuscript.essays:
        earlier: dict[str, tuple[str, int]] = {}
        for comment in essay.comments:
            if comment.include and not comment.reply_to and earlier:
                found = _ADDRESSED.match(comment.body.value)
                name, parent = earlier.get(_known(found["name"]) if found else "", ("", 0))
                if name and name != comment.author:
                    place = comment.body.place.moved(0, found.start("name") + 1 if found else 0)
                    yield say(place, number=comment.number, name=name, parent=parent)
            if comment.author:
                person = manuscript.people.get(comment.author)
                known = person.name if person else comment.author
                for called in (known, known.partition(" ")[0]):
                    earlier[_known(called)] = (known, comment.number)


def _known(name: str) -> str:
    return name.casefold().strip("@.-").removesuffix("’s").removesuffix("'s")


_REFERRED = re.compile(
    r"(?:(?i:\bcomments?|\bcommenters?|\bletters?|\bposts?)(?: (?:no\.|number))? ?|(?<![\w&])@)#?(\d{1,3})"
    r"\b(?![.,]\d|/|:|\]|%)"
)


@RULES.rule(
    "M517",
    WARNING,
    "this speaks of comment {other}, {fault}",
    "write the number that it has in the book, in [brackets]",
)
def speaks_of_number(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Readers name each other's comments by their number on the page.

    If the book leaves some out, or counts them from one, the words lead to another comment or to none.

    Bad, in comments.md:
        ---
        comment: 1
        include: no
        ---

        I keep wasps.

        ---
        comment: 2
        include: yes
        ---

        As comment 1 says, wasps are busy.
    Good, in comments.md:
        ---
        comment: 1
        include: yes
        ---

        I keep wasps.

        ---
        comment: 2
        include: yes
        ---

        As comment 1 says, wasps are busy. So are my 3 letters.
    """
    numbering = manuscript.project.comments.numbering
    for essay in manuscript.essays:
        faults = _faults(essay, numbering)
        for comment in essay.comments if faults else ():
            for found in _REFERRED.finditer(comment.body.value) if comment.include else ():
                fault, made = faults.get(int(found[1])), prose(comment.body)
                if fault and int(found[1]) != comment.number and made.words[found.start(1)] != FILL:
                    yield say(made.place(found.start()), other=found[1], fault=fault)


def _faults(essay: Essay, numbering: str) -> dict[int, str]:
    """Return what is wrong with naming a comment of the essay by its number."""
    chosen = [comment.number for comment in essay.comments if comment.include]
    alike = numbering == "source" or (numbering == "restart" and chosen == list(range(1, len(chosen) + 1)))
    unprinted = {comment.number: "which is not printed" for comment in essay.comments if not comment.include}
    fault = (
        "and comments have no numbers in the book" if numbering == "none" else "which has another number in the book"
    )
    return unprinted | ({} if alike else dict.fromkeys(chosen, fault))
