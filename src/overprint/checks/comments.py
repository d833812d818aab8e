"""Rules on comments: what they hold, and how they are signed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overprint.checks.prose import prose
from overprint.checks.rules import Rules, Say
from overprint.checks.texts import comments, printed
from overprint.diagnostics import Diagnostic, Severity
from overprint.model import Manuscript

RULES = Rules[Manuscript]()
ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT
LONG = 1200
"""Words; the longest letters that magazines print are shorter."""


@RULES.rule("M501", ERROR, "comment {number} is empty", "write its text below its second `---`, or delete the block")
def empty_comment(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A comment is its keys between two lines of `---`, then its text.

    Bad, in comments.md:
        ---
        comment: 1
        author: Rowan Tull
        ---
    Good, in comments.md:
        ---
        comment: 1
        author: Rowan Tull
        ---

        I keep wasps.
    """
    for _, comment in comments(manuscript):
        if not comment.body.value.strip():
            yield say(comment.place, number=comment.number)


@RULES.rule("M510", WARNING, "comment {number} is a {kind}, which another site made by itself", "write `include: no`")
def machine_made(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Pingbacks and trackbacks are links that sites leave on each other. Nobody wrote them to be read.

    Bad, in comments.md:
        ---
        comment: 1
        author: A Blog About Wasps
        kind: pingback
        include: yes
        ---

        […] see On Bees […]
    Good, in comments.md:
        ---
        comment: 1
        author: A Blog About Wasps
        kind: pingback
        include: no
        ---

        […] see On Bees […]
    """
    for _, comment in comments(manuscript):
        if comment.include and comment.kind != "comment":
            yield say(comment.at("include"), number=comment.number, kind=comment.kind)


_IN_WORD = re.compile(r"(?<=[^\W\d_])\[(?:…|\.\.\.)\](?=[^\W\d_])")


@RULES.rule("M512", WARNING, "this cut stands inside a word", "put a space before and after […]")
def cut_in_word(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A mark […] says that words are left out. Set within a word it looks as if letters were.

    Bad, in comments.md:
        ---
        comment: 1
        author: Rowan Tull
        include: yes
        ---

        I keep wa[…]sps and bees.
    Good, in comments.md:
        ---
        comment: 1
        author: Rowan Tull
        include: yes
        ---

        I keep wasps […] and bees[…].
    """
    for text in printed(manuscript):
        if "[…]" in text.value or "[...]" in text.value:
            made = prose(text)
            yield from (say(made.place(found.start())) for found in _IN_WORD.finditer(made.words))


@RULES.rule(
    "M515",
    WARNING,
    "comment {number} is signed {name}, as the essay is",
    "write `author: {id}` if they are one person: the book then says that the author replies",
)
def author_unlinked(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The answers of an essay's author are marked, but only where the comment names the person's file.

    Bad, in comments.md:
        ---
        comment: 1
        author: Ada Quill
        include: yes
        ---

        I keep bees.
    Good, in comments.md:
        ---
        comment: 1
        author: ada-quill
        include: yes
        ---

        I keep bees.
    """
    for essay, comment in comments(manuscript):
        if comment.author in manuscript.people or not comment.include:
            continue
        for person in (manuscript.people.get(author) for author in essay.authors):
            if person and comment.author.casefold() == person.name.casefold():
                yield say(comment.at("author"), number=comment.number, name=person.name, id=person.id)


@RULES.rule("M516", HINT, "comment {number} has {words} words", "cut it, and mark each cut with […]")
def long_comment(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A comment of more than 1,200 words tires readers of the others.

    Cuts are marked with […], so that nobody is misled.

    Bad, in comments.md:
        ---
        comment: 1
        author: Rowan Tull
        include: yes
        ---

        I keep wasps. (1300 times)
    Good, in comments.md:
        ---
        comment: 1
        author: Rowan Tull
        include: yes
        ---

        I keep wasps. […] They are busy too.
    """
    for _, comment in comments(manuscript):
        if comment.include and len(comment.body.value) > LONG and (words := len(comment.body.value.split())) > LONG:
            yield say(comment.body.place, number=comment.number, words=words)


@RULES.rule("M525", WARNING, "comments {first} and {number} have the same text", "leave one out, if it was sent twice")
def sent_twice(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Readers press a button twice when a page is slow, and imports can take in a comment with its copy.

    Bad, in comments.md:
        ---
        comment: 1
        author: Rowan Tull
        include: yes
        ---

        I keep wasps, and they are busy too.

        ---
        comment: 2
        author: Rowan Tull
        include: yes
        ---

        I keep wasps, and they are busy too.
    Good, in comments.md:
        ---
        comment: 1
        author: Rowan Tull
        include: yes
        ---

        I keep wasps, and they are busy too.

        ---
        comment: 2
        author: Rowan Tull
        include: no
        ---

        I keep wasps, and they are busy too.
    """
    for essay in manuscript.essays:
        seen: dict[str, int] = {}
        for comment in essay.comments:
            if comment.include and " " in comment.body.value:
                first = seen.setdefault(comment.body.value, comment.number)
                if first != comment.number:
                    yield say(comment.body.place, first=first, number=comment.number)
