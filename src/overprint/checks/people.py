"""Rules on people and their lives."""

from __future__ import annotations

from collections.abc import Iterator

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.model import Essay, Manuscript, Person, Section

RULES = Rules[Manuscript]()
WARNING, HINT = Severity.WARNING, Severity.HINT


@RULES.rule("M111", WARNING, "{name} wrote an essay and has no bio", "write one below the second `---` of {path}")
def author_without_bio(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A few words on its author stand at the end of every essay. Without them the book has a gap there.

    Bad, in people/jane.md:
        ---
        name: Jane Marsh
        ---
    and in essay.md:
        ---
        authors: [jane]
        ---
    Good, in people/jane.md:
        ---
        name: Jane Marsh
        ---

        Jane Marsh keeps wasps.
    and in essay.md:
        ---
        authors: [ada-quill, jane]
        ---
    """
    authors = dict.fromkeys(author for essay in manuscript.essays for author in essay.authors)
    for person in (manuscript.people[author] for author in authors if author in manuscript.people):
        if person.place.path and not person.bio.value.strip():  # a file that cannot be read has been named already
            yield say(person.place, name=person.name, path=person.place.path)


@RULES.rule("M128", HINT, "nobody in the book is {name}", "delete {path}, or name `{id}` as an author")
def unused_person(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The file of a person whom no essay and no comment names does nothing; often a name is misspelt elsewhere.

    Bad, in people/jane.md:
        ---
        name: Jane Marsh
        ---

        Jane Marsh keeps wasps.
    Good, in people/jane.md:
        ---
        name: Jane Marsh
        ---

        Jane Marsh keeps wasps.
    and in comments.md:
        ---
        comment: 1
        author: jane
        ---

        I keep wasps.
    """
    signed: tuple[Essay | Section, ...] = (*manuscript.essays, *manuscript.sections)
    project = manuscript.project
    named = {author for each in signed for author in each.authors}
    named |= {*project.editors, *project.translators, *project.illustrators}
    named |= {comment.author for essay in manuscript.essays for comment in essay.comments}
    for person in manuscript.people.values():
        if person.place.path and person.id not in named:
            yield say(person.place, name=person.name, path=person.place.path, id=person.id)


@RULES.rule(
    "M133", WARNING, "{name} has two files: this and {other}", "keep one, and name it wherever the other is named"
)
def person_twice(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """One person is one file in `people/`. With two, the contributors and the library's catalogue name her twice.

    Bad, in people/ada.md:
        ---
        name: Ada Quill
        ---

        Ada Quill keeps bees.
    Good, in people/ada.md:
        ---
        name: Ada Marsh
        ---

        Ada Marsh keeps wasps.
    """
    first: dict[str, Person] = {}
    for person in manuscript.people.values():
        other = first.setdefault(" ".join(person.name.casefold().split()), person)
        if other is not person and person.place.path and other.place.path:
            yield say(person.place, name=person.name, other=other.place.path)
