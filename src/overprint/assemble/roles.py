"""Who made the book and who let it be printed: catalogue roles, lives at the back, the permissions page."""

from __future__ import annotations

from collections.abc import Iterator

from overprint import markup
from overprint.assemble import letters
from overprint.diagnostics import Diagnostic
from overprint.model import Bio, Creator, Grant, Manuscript, Person

OPENERS = {"foreword": "aui", "preface": "aui", "introduction": "aui", "afterword": "aft"}
"""MARC relators of those who write around the essays."""
FEW = 12
"""How many readers a catalogue names who wrote but a comment; of more, none: it is no list of everybody."""


def _roles(manuscript: Manuscript) -> Iterator[tuple[str, str]]:
    """Yield each MARC relator with a person's id, authors first.

    Readers come last, and only those whose printed comments name them.
    """
    for essay in manuscript.essays:
        yield from (("aut", author) for author in essay.authors)
    project = manuscript.project
    made = {"edt": project.editors, "trl": project.translators, "ill": project.illustrators}
    yield from ((role, ident) for role, people in made.items() for ident in people)
    for section in manuscript.sections:
        yield from ((OPENERS.get(section.kind, "ctb"), author) for author in section.authors)
    for essay in manuscript.essays:
        for comment in essay.comments:
            if comment.include and not comment.anonymise:
                yield "ctb", comment.author


def creators(manuscript: Manuscript) -> tuple[Creator, ...]:
    """Return the people of the catalogue record, each in all their roles; who wrote more is not named for a comment.

    Of readers it names those who have a file of their own, where they are few.
    """
    seen: set[str] = set()
    made: list[Creator] = []
    readers: list[Creator] = []
    written = {author for essay in manuscript.essays for author in essay.authors}
    written |= {author for section in manuscript.sections for author in section.authors}
    for role, ident in dict.fromkeys(_roles(manuscript)):
        person = manuscript.people.get(ident)
        if person and (ident not in seen or role != "ctb"):
            seen.add(ident)
            only_reads = role == "ctb" and ident not in written
            (readers if only_reads else made).append(Creator(person.name, person.sort, role))
    return (*made, *(readers if len(readers) <= FEW else ()))


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
