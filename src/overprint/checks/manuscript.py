"""Rules on essays and people as the editor wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.model import Essay, Manuscript, Section

RULES = Rules[Manuscript]()
ERROR, WARNING = Severity.ERROR, Severity.WARNING


@RULES.rule("M110", ERROR, "there is no person `{id}`", "write manuscript/people/{id}.md, or name one of: {known}")
def unknown_person(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """`authors:` names people by their file in `people/`, without `.md`, so that one life serves many essays."""
    known = ", ".join(sorted(manuscript.people)) or "none yet"
    named = [(each.at(f"authors.{n}"), ident) for each in _signed(manuscript) for n, ident in enumerate(each.authors)]
    named += [(manuscript.project.at(f"editors.{n}"), ident) for n, ident in enumerate(manuscript.project.editors)]
    for place, ident in named:
        if ident not in manuscript.people:
            yield say(place, id=ident, known=known)


def _signed(manuscript: Manuscript) -> tuple[Essay | Section, ...]:
    return (*manuscript.essays, *manuscript.sections)


@RULES.rule("M116", ERROR, "permission for this essay is refused", "take it out of `contents:`, or ask again")
def permission_refused(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """An essay whose author said no is never printed."""
    for essay in manuscript.essays:
        if essay.permission == "refused":
            yield say(essay.at("permission"))


@RULES.rule(
    "M117",
    WARNING,
    "permission for this essay is pending",
    "write `permission: granted` when you have it, and how after `permission_note:`",
    gates_release=True,
)
def permission_pending(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """You may try out a book while you wait for an author's answer, but not publish it."""
    for essay in manuscript.essays:
        if essay.permission == "pending":
            yield say(essay.at("permission"))


@RULES.rule("M219", ERROR, "the essay has no text", "write it below the second `---`")
def empty_essay(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """An essay is its keys between two lines of `---`, then its text."""
    for essay in manuscript.essays:
        if not essay.body.value.strip():
            yield say(essay.place)


@RULES.rule("M111", WARNING, "{name} wrote an essay and has no bio", "write one below the second `---` of {path}")
def author_without_bio(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A few words on its author stand at the end of every essay. Without them the book has a gap there."""
    authors = dict.fromkeys(author for essay in manuscript.essays for author in essay.authors)
    for person in (manuscript.people[author] for author in authors if author in manuscript.people):
        if person.place.path and not person.bio.value.strip():  # a file that cannot be read has been named already
            yield say(person.place, name=person.name, path=person.place.path)


@RULES.rule("M128", Severity.HINT, "nobody in the book is {name}", "delete {path}, or name `{id}` as an author")
def unused_person(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The file of a person whom no essay and no comment names does nothing; often a name is misspelt elsewhere."""
    named = {author for each in _signed(manuscript) for author in each.authors} | set(manuscript.project.editors)
    named |= {comment.author for essay in manuscript.essays for comment in essay.comments}
    for person in manuscript.people.values():
        if person.place.path and person.id not in named:
            yield say(person.place, name=person.name, path=person.place.path, id=person.id)


@RULES.rule(
    "M129", WARNING, "two essays are titled `{title}`", "give one a subtitle, or check that it is not there twice"
)
def same_title(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Two lines of the contents would be alike, and a reader could not tell them apart."""
    seen: set[str] = set()
    for essay in manuscript.essays:
        known = f"{essay.title}\n{essay.subtitle}".casefold()
        if essay.title and known in seen:
            yield say(essay.at("title"), title=essay.title)
        seen.add(known)
