"""Rules on how comments hang together: their numbers, their replies and their dates."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from overprint.checks.rules import Rules, Say
from overprint.checks.texts import comments
from overprint.diagnostics import Diagnostic, Severity
from overprint.model import Comment, Manuscript

RULES = Rules[Manuscript]()
ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT
DAY = len("2025-03-14")
MOST_LOOPS = 100
"""Loops of answers that are looked for in one essay."""


@RULES.rule(
    "M502",
    ERROR,
    "comment {number} replies to comment {parent}, which is not here",
    "use a number that is in this file",
)
def reply_to_nothing(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """`reply_to:` holds the number of the comment that is answered, or a list such as `[1, 3]`.

    Bad, in comments.md:
        ---
        comment: 1
        reply_to: 9
        ---

        Wasps are busy too.
    Good, in comments.md:
        ---
        comment: 1
        ---

        I keep wasps.

        ---
        comment: 2
        reply_to: 1
        ---

        Wasps are busy too.
    """
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
    """A reply can stand without what it answers; the book then says “in reply to Jane (not printed)”.

    Bad, in comments.md:
        ---
        comment: 1
        include: no
        ---

        I keep wasps.

        ---
        comment: 2
        reply_to: 1
        include: yes
        ---

        Wasps are busy too.
    Good, in comments.md:
        ---
        comment: 1
        include: yes
        ---

        I keep wasps.

        ---
        comment: 2
        reply_to: 1
        include: yes
        ---

        Wasps are busy too.
    """
    for essay in manuscript.essays:
        chosen = [comment for comment in essay.comments if comment.include]
        unchosen = {comment.number for comment in essay.comments} - {comment.number for comment in chosen}
        for comment in chosen:
            for parent in comment.reply_to:
                if parent in unchosen:
                    yield say(comment.at("reply_to"), number=comment.number, parent=parent)


@RULES.rule("M504", ERROR, "comment {number} replies to itself", "name the comment that it answers")
def reply_cycle(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A comment cannot answer itself, nor an answer to it.

    Bad, in comments.md:
        ---
        comment: 1
        reply_to: 2
        ---

        I keep wasps.

        ---
        comment: 2
        reply_to: 1
        ---

        Wasps are busy too.
    Good, in comments.md:
        ---
        comment: 1
        ---

        I keep wasps.

        ---
        comment: 2
        reply_to: 1
        ---

        Wasps are busy too.
    """
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
    """Replies, commands and a second import all name comments by their number.

    Bad, in comments.md:
        ---
        comment: 1
        ---

        I keep wasps.

        ---
        comment: 1
        ---

        Wasps are busy too.
    Good, in comments.md:
        ---
        comment: 1
        ---

        I keep wasps.

        ---
        comment: 2
        ---

        Wasps are busy too.
    """
    for essay in manuscript.essays:
        first: dict[int, Comment] = {}
        for comment in essay.comments:
            other = first.setdefault(comment.number, comment)
            if other is not comment and "comment" in comment.places:
                yield say(comment.at("comment"), number=comment.number, line=other.place.line)


@RULES.rule(
    "M514",
    WARNING,
    "comment {number} is dated before comment {parent}, which it answers",
    "check both dates and `reply_to:`",
)
def answer_before_question(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A reply is written after what it answers; otherwise a date or a number is wrong.

    Bad, in comments.md:
        ---
        comment: 1
        date: 2025-03-15
        ---

        I keep wasps.

        ---
        comment: 2
        date: 2025-03-14
        reply_to: 1
        ---

        Wasps are busy too.
    Good, in comments.md:
        ---
        comment: 1
        date: 2025-03-15
        ---

        I keep wasps.

        ---
        comment: 2
        date: 2025-03-15
        reply_to: 1
        ---

        Wasps are busy too.
    """
    for essay in manuscript.essays:
        dates = {comment.number: comment.date for comment in essay.comments}
        for comment in essay.comments:
            for parent in comment.reply_to:
                first = dates.get(parent, "")
                if len(first) == len(comment.date) == DAY and comment.date < first:
                    yield say(comment.at("date"), number=comment.number, parent=parent)


@RULES.rule(
    "M520", WARNING, "comment {number} is dated before the essay, {date}", "check both dates: the year is often wrong"
)
def before_the_essay(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Nobody comments on an essay before it appears.

    Often a date in English order, such as 3/4/2014, was read the other way round.

    Bad, in essay.md:
        ---
        date: 2014-02-20
        ---
    and in comments.md:
        ---
        comment: 1
        date: 2014-02-03
        ---

        I keep wasps.
    Good, in essay.md:
        ---
        date: 2014-02-20
        ---
    and in comments.md:
        ---
        comment: 1
        date: 2014-02-20
        ---

        I keep wasps.
    """
    for essay, comment in comments(manuscript):
        # A comment from the other side of the world may be a day older than the essay.
        if len(essay.date) == len(comment.date) == DAY and _is_days_before(comment.date, essay.date):
            yield say(comment.at("date"), number=comment.number, date=essay.date)


def _is_days_before(one: str, other: str) -> bool:
    return one < other and (datetime.date.fromisoformat(other) - datetime.date.fromisoformat(one)).days > 1
