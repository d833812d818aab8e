"""Rules on essays as a whole: who wrote them, whether they may be printed, and what their keys say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.model import Essay, Manuscript, Section

RULES = Rules[Manuscript]()
ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT


@RULES.rule("M110", ERROR, "there is no person `{id}`", "write manuscript/people/{id}.md, or name one of: {known}")
def unknown_person(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """`authors:` names people by their file in `people/`, without `.md`, so that one life serves many essays.

    Bad, in essay.md:
        ---
        authors: [ada-quil]
        ---
    Good, in essay.md:
        ---
        authors: [ada-quill]
        ---
    """
    known = ", ".join(sorted(manuscript.people)) or "none yet"
    named = [(each.at(f"authors.{n}"), ident) for each in _signed(manuscript) for n, ident in enumerate(each.authors)]
    project = manuscript.project
    made = {"editors": project.editors, "translators": project.translators, "illustrators": project.illustrators}
    named += [(project.at(f"{key}.{n}"), ident) for key, each in made.items() for n, ident in enumerate(each)]
    for place, ident in named:
        if ident not in manuscript.people:
            yield say(place, id=ident, known=known)


def _signed(manuscript: Manuscript) -> tuple[Essay | Section, ...]:
    return (*manuscript.essays, *manuscript.sections)


@RULES.rule("M134", WARNING, "`{id}` is named twice as an author", "delete one of them")
def author_twice(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Each name in `authors:` is printed below the title, and the life at the end.

    Bad, in essay.md:
        ---
        authors: [ada-quill, ada-quill]
        ---
    Good, in essay.md:
        ---
        authors: [ada-quill]
        ---
    """
    for each in _signed(manuscript):
        for number, author in enumerate(each.authors):
            if author in each.authors[:number]:
                yield say(each.at(f"authors.{number}"), id=author)


@RULES.rule("M116", ERROR, "permission for this essay is refused", "take it out of `contents:`, or ask again")
def permission_refused(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """An essay whose author said no is never printed.

    Bad, in essay.md:
        ---
        permission: refused
        ---
    Good, in essay.md:
        ---
        permission: granted
        ---
    """
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
    """You may try out a book while you wait for an author's answer, but not publish it.

    Bad, in essay.md:
        ---
        permission: pending
        ---
    Good, in essay.md:
        ---
        permission: granted
        permission_note: letter of 3 March
        ---
    """
    for essay in manuscript.essays:
        if essay.permission == "pending":
            yield say(essay.at("permission"))


@RULES.rule(
    "M136",
    HINT,
    "nothing says how permission for this essay was given, unlike with others",
    'write it after `permission_note:`, such as "letter of 3 March"',
)
def permission_without_note(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """You may be asked years later who allowed what, and when.

    The notes go into the permissions ledger that is written beside the books.

    Bad, in essays/02-wasps/essay.md:
        ---
        title: On Wasps
        authors: [ada-quill]
        permission: granted
        permission_note: letter of 3 March
        ---

        Wasps are busy too.
    Good, in essay.md:
        ---
        permission_note: letter of 3 March
        ---
    """
    granted = [essay for essay in manuscript.essays if essay.permission == "granted"]
    if any(essay.permission_note for essay in granted):
        yield from (say(essay.at("permission")) for essay in granted if not essay.permission_note)


@RULES.rule("M219", ERROR, "the essay has no text", "write it below the second `---`")
def empty_essay(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """An essay is its keys between two lines of `---`, then its text.

    Bad, in essays/02-wasps/essay.md:
        ---
        title: On Wasps
        authors: [ada-quill]
        ---
    Good, in essays/02-wasps/essay.md:
        ---
        title: On Wasps
        authors: [ada-quill]
        ---

        Wasps are busy too.
    """
    for essay in manuscript.essays:
        if not essay.body.value.strip():
            yield say(essay.place)


@RULES.rule(
    "M129", WARNING, "two essays are titled `{title}`", "give one a subtitle, or check that it is not there twice"
)
def same_title(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Two lines of the contents would be alike, and a reader could not tell them apart.

    Bad, in essays/02-again/essay.md:
        ---
        title: On Bees
        authors: [ada-quill]
        ---

        Bees are busy again.
    Good, in essays/02-again/essay.md:
        ---
        title: On Bees
        subtitle: A Second Look
        authors: [ada-quill]
        ---

        Bees are busy again.
    """
    seen: set[str] = set()
    for essay in manuscript.essays:
        known = f"{essay.title}\n{essay.subtitle}".casefold()
        if essay.title and known in seen:
            yield say(essay.at("title"), title=essay.title)
        seen.add(known)


_SEPARATOR = re.compile(r"\s*[|–—»·:-]\s*")


@RULES.rule("M142", WARNING, "the title ends with the name of its source, {name}", "delete it, and the sign before it")
def title_with_site(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Web pages put the site's name behind the title for the browser's window. It is no part of the title.

    Bad, in essay.md:
        ---
        title: On Bees | The Hive
        ---
    Good, in essay.md:
        ---
        title: On Bees and the Hive
        ---
    """
    for essay in manuscript.essays:
        site = essay.source.publication
        head, tail = essay.title[: -len(site) or None], essay.title[-len(site) :]
        if site and tail.casefold() == site.casefold() and head.strip() and _SEPARATOR.search(head[-3:]):
            yield say(essay.at("title"), name=site)


_STOPPED = re.compile(r"(?:^|\s)[^\W\d_]{4,}\.$")


@RULES.rule("M143", HINT, "the title ends with a full stop", "delete it, unless it is meant")
def stopped_title(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Titles take no full stop; question and exclamation marks stay.

    Bad, in essay.md:
        ---
        title: On Bees and Wasps.
        ---
    Good, in essay.md:
        ---
        title: Bees, Wasps etc.
        ---
    """
    for essay in manuscript.essays:
        if _STOPPED.search(essay.title):
            yield say(essay.at("title"))


@RULES.rule("M130", WARNING, "the essay is dated {date}, after the book, {edition}", "check both dates")
def after_the_book(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """`date:` in book.yaml is the date of this edition, and nothing in it can be later.

    In an essay it is the day when the essay first appeared.

    Bad, in essay.md:
        ---
        date: 2026
        ---
    Good, in essay.md:
        ---
        date: 2025
        ---
    """
    edition = manuscript.project.date
    for essay in manuscript.essays:
        known = min(len(essay.date), len(edition))
        if known and essay.date[:known] > edition[:known]:
            yield say(essay.at("date"), date=essay.date, edition=edition)
