"""Rules on comments: their threads, their numbers, and their writers' consent."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.model import Comment, Essay, Manuscript

RULES = Rules[Manuscript]()
ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT
LONG = 1200
"""Words; the longest letters that magazines print are shorter."""
MOST_LOOPS = 100
"""Loops of answers that are looked for in one essay."""


def _comments(manuscript: Manuscript) -> Iterator[tuple[Essay, Comment]]:
    for essay in manuscript.essays:
        for comment in essay.comments:
            yield essay, comment


@RULES.rule("M501", ERROR, "comment {number} is empty", "write its text below its second `---`, or delete the block")
def empty_comment(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A comment is its keys between two lines of `---`, then its text."""
    for _, comment in _comments(manuscript):
        if not comment.body.value.strip():
            yield say(comment.place, number=comment.number)


@RULES.rule(
    "M502",
    ERROR,
    "comment {number} replies to comment {parent}, which is not here",
    "use a number that is in this file",
)
def reply_to_nothing(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """`reply_to:` holds the number of the comment that is answered, or a list such as `[1, 3]`."""
    for essay in manuscript.essays:
        known = {comment.number for comment in essay.comments}
        for comment in essay.comments:
            for parent in comment.reply_to:
                if parent not in known:
                    yield say(comment.at("reply_to"), number=comment.number, parent=parent)


@RULES.rule(
    "M503",
    HINT,
    "comment {number} is printed, and comment {parent}, which it answers, is not",
    "choose both, or leave it: the book says whom it answers",
)
def reply_to_unchosen(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A reply can stand without what it answers; the book then says “in reply to Jane (not printed)”."""
    for essay in manuscript.essays:
        chosen = [comment for comment in essay.comments if comment.include]
        unchosen = {comment.number for comment in essay.comments} - {comment.number for comment in chosen}
        for comment in chosen:
            for parent in comment.reply_to:
                if parent in unchosen:
                    yield say(comment.at("reply_to"), number=comment.number, parent=parent)


@RULES.rule("M504", ERROR, "comment {number} replies to itself", "name the comment that it answers")
def reply_cycle(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A comment cannot answer itself, nor an answer to it."""
    for essay in manuscript.essays:
        looped = _looped({comment.number: comment.reply_to for comment in essay.comments})
        for comment in essay.comments:
            if comment.number in looped:
                yield say(comment.at("reply_to"), number=comment.number)


def _looped(parents: dict[int, tuple[int, ...]]) -> set[int]:
    """Return the numbers that stand in a loop of answers; of very many loops, the first."""
    looped: set[int] = set()
    for _ in range(MOST_LOOPS):
        try:
            TopologicalSorter({number: up for number, up in parents.items() if number not in looped}).prepare()
        except CycleError as loop:
            looped.update(loop.args[1])
        else:
            break
    return looped


@RULES.rule(
    "M505", ERROR, "two comments have the number {number}", "give each its own number; the first is on line {line}"
)
def duplicate_number(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Replies, commands and a second import all name comments by their number."""
    for essay in manuscript.essays:
        first: dict[int, Comment] = {}
        for comment in essay.comments:
            other = first.setdefault(comment.number, comment)
            if other is not comment and "comment" in comment.places:
                yield say(comment.at("comment"), number=comment.number, line=other.place.line)


@RULES.rule("M507", ERROR, "the writer of comment {number} refused, and it is included", "write `include: no`")
def refused_but_included(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A comment whose writer said no is never printed."""
    for _, comment in _comments(manuscript):
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
    """You may try out a book while you wait for a reader's answer, but not publish it."""
    for essay, comment in _comments(manuscript):
        if comment.include and comment.consent == "pending":
            yield say(comment.at("consent"), number=comment.number, slug=essay.slug)


@RULES.rule(
    "M514",
    WARNING,
    "comment {number} is dated before comment {parent}, which it answers",
    "check both dates and `reply_to:`",
)
def answer_before_question(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A reply is written after what it answers; otherwise a date or a number is wrong."""
    for essay in manuscript.essays:
        dates = {comment.number: comment.date for comment in essay.comments}
        for comment in essay.comments:
            for parent in comment.reply_to:
                first = dates.get(parent, "")
                if len(first) == len(comment.date) == 10 and comment.date < first:
                    yield say(comment.at("date"), number=comment.number, parent=parent)


@RULES.rule(
    "M515",
    WARNING,
    "comment {number} is signed {name}, as the essay is",
    "write `author: {id}` if they are one person: the book then says that the author replies",
)
def author_unlinked(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The answers of an essay's author are marked, but only where the comment names the person's file."""
    for essay, comment in _comments(manuscript):
        if comment.author in manuscript.people or not comment.include:
            continue
        for person in (manuscript.people.get(author) for author in essay.authors):
            if person and comment.author.casefold() == person.name.casefold():
                yield say(comment.at("author"), number=comment.number, name=person.name, id=person.id)


@RULES.rule("M516", HINT, "comment {number} has {words} words", "cut it, and mark each cut with […]")
def long_comment(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A comment as long as an essay tires readers of the others. Cuts are marked with […], so that nobody is misled."""
    for _, comment in _comments(manuscript):
        words = len(comment.body.value.split())
        if comment.include and words > LONG:
            yield say(comment.body.place, number=comment.number, words=words)


@RULES.rule("M510", WARNING, "comment {number} is a {kind}, which another site made by itself", "write `include: no`")
def machine_made(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Pingbacks and trackbacks are links that sites leave on each other. Nobody wrote them to be read."""
    for _, comment in _comments(manuscript):
        if comment.include and comment.kind != "comment":
            yield say(comment.at("include"), number=comment.number, kind=comment.kind)
