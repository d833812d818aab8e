"""The texts that rules read."""

from __future__ import annotations

from collections.abc import Iterator

from overprint.model import Comment, Essay, Manuscript, Text


def printed(manuscript: Manuscript) -> Iterator[Text]:
    """Yield all that is printed: essays, chosen comments, lives, front and back matter."""
    for essay in manuscript.essays:
        yield essay.body
        yield from (comment.body for comment in essay.comments if comment.include)
    yield from (person.bio for person in manuscript.people.values())
    yield from (section.body for section in manuscript.sections)


def comments(manuscript: Manuscript) -> Iterator[tuple[Essay, Comment]]:
    """Yield all comments, chosen or not, with their essays."""
    for essay in manuscript.essays:
        for comment in essay.comments:
            yield essay, comment
