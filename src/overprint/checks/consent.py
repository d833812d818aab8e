"""Rules on what the writers of comments allowed, and on the names of those who wish to have none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overprint.checks.prose import prose
from overprint.checks.rules import Rules, Say
from overprint.checks.texts import comments
from overprint.diagnostics import Diagnostic, Severity
from overprint.model import Comment, Essay, Manuscript

RULES = Rules[Manuscript]()
ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT


@RULES.rule("M507", ERROR, "the writer of comment {number} refused, and it is included", "write `include: no`")
def refused_but_included(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A comment whose writer said no is never printed.

    Bad, in comments.md:
        ---
        comment: 1
        include: yes
        consent: refused
        ---

        I keep wasps.
    Good, in comments.md:
        ---
        comment: 1
        include: no
        consent: refused
        ---

        I keep wasps.
    """
    for _, comment in comments(manuscript):
        if comment.include and comment.consent == "refused":
            yield say(comment.at("include"), number=comment.number)


@RULES.rule(
    "M508",
    WARNING,
    "the consent of comment {number}’s writer is pending",
    'record the answer: `overprint comments consent {slug} {number} granted --note "e-mail, 3 March"`',
    gates_release=True,
)
def consent_pending(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """You may try out a book while you wait for a reader's answer, but not publish it.

    Bad, in comments.md:
        ---
        comment: 1
        include: yes
        consent: pending
        ---

        I keep wasps.
    Good, in comments.md:
        ---
        comment: 1
        include: yes
        consent: granted
        consent_note: e-mail, 3 March
        ---

        I keep wasps.
    """
    for essay, comment in comments(manuscript):
        if comment.include and comment.consent == "pending":
            yield say(comment.at("consent"), number=comment.number, slug=essay.slug)


@RULES.rule(
    "M521",
    HINT,
    "nothing says how the writer of comment {number} consented, unlike with others",
    'write it after `consent_note:`, such as "e-mail, 3 March"',
)
def consent_without_note(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """You may be asked years later who allowed what, and when.

    The notes go into the permissions ledger that is written beside the books.

    Bad, in comments.md:
        ---
        comment: 1
        include: yes
        consent: granted
        consent_note: e-mail, 3 March
        ---

        I keep wasps.

        ---
        comment: 2
        include: yes
        consent: granted
        ---

        Wasps are busy too.
    Good, in comments.md:
        ---
        comment: 1
        include: yes
        consent: granted
        consent_note: e-mail, 3 March
        ---

        I keep wasps.

        ---
        comment: 2
        include: yes
        consent: not-needed
        ---

        Wasps are busy too.
    """
    granted = [comment for _, comment in comments(manuscript) if comment.include and comment.consent == "granted"]
    if any(comment.consent_note for comment in granted):
        for comment in granted:
            if not comment.consent_note:
                yield say(comment.at("consent"), number=comment.number)


def _name(comment: Comment, manuscript: Manuscript) -> str:
    person = manuscript.people.get(comment.author)
    return person.name if person else comment.author


@RULES.rule(
    "M522",
    WARNING,
    "“{name}” stands here, and comment {number} is printed without that name",
    "write […] or [another name] for it here",
)
def name_elsewhere(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """`anonymise:` takes a name away from above a comment.

    Where the text itself is signed, or another reader uses the name, everyone can still tell who wrote.

    Bad, in comments.md:
        ---
        comment: 1
        author: Jane Marsh
        anonymise: initials
        include: yes
        ---

        I keep wasps.

        ---
        comment: 2
        author: Rowan Tull
        include: yes
        ---

        Cheers Jane, wasps are busy too.
    Good, in comments.md:
        ---
        comment: 1
        author: Jane Marsh
        anonymise: initials
        include: yes
        ---

        I keep wasps.

        ---
        comment: 2
        author: Rowan Tull
        include: yes
        ---

        Cheers [J.], wasps are busy too.
    """
    for essay in manuscript.essays:
        hidden, shown = _hidden(essay, manuscript)
        for text in (essay.body, *(each.body for each in essay.comments if each.include)) if hidden else ():
            for first in sorted(hidden.keys() & set(_WORD.findall(text.value))):
                made = prose(text)
                for found in re.finditer(rf"\b{first}\b(?:[ .'’-]+\w+){{0,3}}", made.words):
                    name = _named(found, hidden[first], shown)
                    if name:
                        yield say(made.place(found.start()), name=name, number=hidden[first][name])


_WORD = re.compile(r"\w+")
_GREETED = re.compile(r"(?:@|\b(?:hi|to|dear|cheers|thanks|hello),? )\Z", re.IGNORECASE)
_SPOKEN = re.compile(r"\s?[,:!–—]|[’']s|[.]?\s*\Z")


def _hidden(essay: Essay, manuscript: Manuscript) -> tuple[dict[str, dict[str, int]], set[str]]:
    """Return the names that are not printed, by their first words, with their comments; and first words that are.

    A first word also stands for the first of its names.
    """
    printed = [each for each in essay.comments if each.include]
    shown = {_name(each, manuscript).partition(" ")[0] for each in printed if not each.anonymise}
    hidden: dict[str, dict[str, int]] = {}
    for each in printed:
        name = _name(each, manuscript) if each.anonymise else ""
        if first := _WORD.search(name):
            names = hidden.setdefault(first[0], {})
            names.setdefault(name, each.number)
            names.setdefault(first[0], each.number)
    return hidden, shown


def _named(found: re.Match[str], names: dict[str, int], shown: set[str]) -> str:
    """Return the whole name that stands here, or its first word where it is used to someone and could be no other's."""
    ends = [end.end() for end in _WORD.finditer(found[0])]
    whole = next((found[0][:end] for end in reversed(ends) if found[0][:end] in names), "")
    first = _WORD.match(found[0])
    if first is None or whole != first[0]:
        return whole
    around = found.string[max(0, found.start() - 8) : found.start()], found.string[found.start() + first.end() :][:50]
    used = _GREETED.search(around[0]) or _SPOKEN.match(around[1])
    return whole if used and whole not in shown and len(whole) > 2 else ""


@RULES.rule(
    "M523",
    WARNING,
    "comment {number} is printed as “{shown}”, which is its writer's name",
    "write another name, or delete the line",
)
def anonymised_as_self(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """`anonymise:` holds what to print instead of the name: `initials`, or words such as “A reader”.

    Bad, in comments.md:
        ---
        comment: 1
        author: Jane
        anonymise: jane
        include: yes
        ---

        I keep wasps.
    Good, in comments.md:
        ---
        comment: 1
        author: Jane
        anonymise: A beekeeper
        include: yes
        ---

        I keep wasps.
    """
    for _, comment in comments(manuscript):
        shown, name = comment.anonymise, _name(comment, manuscript)
        if comment.include and shown and shown.casefold() in {name.casefold(), name.partition(" ")[0].casefold()}:
            yield say(comment.at("anonymise"), number=comment.number, shown=shown)


_ASKS = re.compile(
    r"(?<!not )\banonym|\bnot (?:to )?be named\b|\bwithout (?:the|my|her|his|their|a) name\b|\bno name\b"
    r"|\bname withheld\b|\bwithhold\w* (?:the |my |her |his |their )?name\b|\binitials only\b|\bonly initials\b",
    re.IGNORECASE,
)


@RULES.rule(
    "M524",
    WARNING,
    "comment {number} is printed with its writer's name, and the note says “{words}”",
    "write `anonymise: initials`, or the words to print instead",
)
def asked_for_no_name(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A note on the writer or on the consent that speaks of printing without a name is easily forgotten.

    Only the key `anonymise:` takes the name away.

    Bad, in comments.md:
        ---
        comment: 1
        author: Jane Marsh
        include: yes
        consent: granted
        consent_note: e-mail, 3 March; wants to be anonymous
        ---

        I keep wasps.
    Good, in comments.md:
        ---
        comment: 1
        author: Jane Marsh
        anonymise: A reader
        include: yes
        consent: granted
        consent_note: e-mail, 3 March; wants to be anonymous
        ---

        I keep wasps.
    """
    for _, comment in comments(manuscript):
        if comment.include and comment.author and not comment.anonymise:
            for key, note in (("consent_note", comment.consent_note), ("author_note", comment.author_note)):
                if found := _ASKS.search(note):
                    start, end = max(0, note.rfind(" ", 0, max(0, found.start() - 12))), found.end() + 12
                    yield say(comment.at(key), number=comment.number, words=note[start:end].strip())
