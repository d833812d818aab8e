"""Who made the book and who let it be printed: catalogue roles, lives at the back, the permissions page."""

from __future__ import annotations

from collections.abc import Iterator

from overprint import markup
from overprint.assemble import letters
from overprint.diagnostics import Diagnostic
from overprint.model import Bio, Creator, Grant, Manuscript, Person

OPENERS = {"foreword": "aui", "preface": "aui", "introduction": "aui", "afterword": "aft"}
"""MARC relators of those who write around the essays."""


def _roles(manuscript: Manuscript) -> Iterator[tuple[str, str]]:
    """Yield each MARC relator with a person's id, authors first.

    Readers come last, and only those whose printed comments name them.
    """
    for essay in manuscript.essays:
        yield from (("aut", author) for author in essay.authors)
    yield from (("edt", editor) for editor in manuscript.project.editors)
    for section in manuscript.sections:
        yield from ((OPENERS.get(section.kind, "ctb"), author) for author in section.authors)
    for essay in manuscript.essays:
        for comment in essay.comments:
            if comment.include and not comment.anonymise:
                yield "ctb", comment.author


def creators(manuscript: Manuscript) -> Iterator[Creator]:
    """Yield the people of the catalogue record, each in the first role that they have; an editor always is one."""
    seen: set[str] = set()
    for role, ident in _roles(manuscript):
        person = manuscript.people.get(ident)
        if person and (ident not in seen or role == "edt"):
            seen.add(ident)
            yield Creator(person.name, person.sort, role)


def contributors(manuscript: Manuscript, said: list[Diagnostic], *, draft: bool) -> tuple[Bio, ...]:
    """Return the lives of all who are named in the book, as a catalogue files them."""
    if manuscript.project.bios == "essay":
        return ()
    practice = "" if draft else manuscript.project.language
    bios = []
    for person in sorted(_named(manuscript), key=lambda person: (person.sort.casefold(), person.id)):
        if person.bio.value:
            ident = f"contributors-{person.id}"
            made = markup.fragment(person.bio, ident, language=practice)
            said += made.diagnostics
            bios.append(Bio(ident, person.name, made.value.html))
    return tuple(bios)


def _named(manuscript: Manuscript) -> Iterator[Person]:
    roles = _roles(manuscript)
    return (
        manuscript.people[ident] for ident in dict.fromkeys(ident for _, ident in roles) if ident in manuscript.people
    )


def grants(manuscript: Manuscript) -> Iterator[Grant]:
    """Yield who let the editor print what; nobody is named here who is not named in the book."""
    for essay in manuscript.essays:
        names = tuple(manuscript.people[author].name for author in essay.authors if author in manuscript.people)
        yield Grant(essay.slug, ", ".join(names), essay.permission, essay.permission_note)
        language = essay.language or manuscript.project.language
        order, labels = letters.order(essay, manuscript.project.comments.numbering)
        chosen = {comment.number: comment for comment in essay.comments if comment.include}
        for number in (number for root, replies in order.items() for number in (root, *replies)):
            comment = chosen[number]
            name = letters.printed_name(comment, manuscript, language)
            yield Grant(essay.slug, name, comment.consent, comment.consent_note, comment=True, label=labels[number])
