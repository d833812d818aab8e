"""Rules on the manuscript as the editor wrote it."""

from __future__ import annotations

from collections.abc import Iterator

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.model import Comment, Essay, Manuscript

RULES = Rules[Manuscript]()
ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT


def _comments(manuscript: Manuscript) -> Iterator[tuple[Essay, Comment]]:
    for essay in manuscript.essays:
        for comment in essay.comments:
            yield essay, comment


@RULES.rule("M110", ERROR, "there is no person `{id}`", "write manuscript/people/{id}.md, or name one of: {known}")
def unknown_person(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """`authors:` names people by their file in `people/`, without `.md`, so that one life serves many essays."""
    for essay in manuscript.essays:
        for author in essay.authors:
            if author not in manuscript.people:
                known = ", ".join(sorted(manuscript.people)) or "none yet"
                yield say(essay.at("authors"), id=author, known=known)


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
    for essay, comment in _comments(manuscript):
        known = {other.number for other in essay.comments}
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
    for essay, comment in _comments(manuscript):
        chosen = {other.number for other in essay.comments if other.include}
        unchosen = {other.number for other in essay.comments} - chosen
        for parent in comment.reply_to:
            if comment.include and parent in unchosen:
                yield say(comment.at("reply_to"), number=comment.number, parent=parent)


@RULES.rule("M504", ERROR, "comment {number} replies to itself", "name the comment that it answers")
def reply_cycle(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A comment cannot answer itself, nor an answer to it."""
    for essay in manuscript.essays:
        parents = {comment.number: comment.reply_to for comment in essay.comments}
        for comment in essay.comments:
            if _answers_itself(comment.number, parents):
                yield say(comment.at("reply_to"), number=comment.number)


def _answers_itself(number: int, parents: dict[int, tuple[int, ...]]) -> bool:
    seen: set[int] = set()
    ahead = list(parents[number])
    while ahead:
        parent = ahead.pop()
        if parent == number:
            return True
        if parent not in seen:
            seen.add(parent)
            ahead += parents.get(parent, ())
    return False


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
