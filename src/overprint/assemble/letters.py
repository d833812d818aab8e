"""The chosen comments of an essay as printed: threads, numbers, names."""

from __future__ import annotations

import dataclasses
import re

from overprint import markup
from overprint.diagnostics import Diagnostic, Made, warning
from overprint.model import Comment, Essay, Letter, Manuscript, Person

UNNAMED = warning(
    "M506",
    "comment {number} has no name; it is printed as “{shown}”",
    "write the name after `author:` if you know it, or a name to print after `anonymise:`",
    """Overprint never invents a name. Where the source has none, a neutral word is printed.

    Bad, in comments.md:
        ---
        comment: 1
        author:
        include: yes
        ---

        I keep wasps.
    Good, in comments.md:
        ---
        comment: 1
        author:
        anonymise: A beekeeper
        include: yes
        ---

        I keep wasps.
    """,
)
A_READER = {"de": "Leserstimme", "fr": "Un lecteur"}


def of_essay(essay: Essay, manuscript: Manuscript, practice: str) -> Made[tuple[Letter, ...]]:
    """Thread the chosen comments: replies stand under what they answer, at most two deep."""
    said: list[Diagnostic] = []
    others = {comment.number: comment for comment in essay.comments}
    chosen = {comment.number: comment for comment in essay.comments if comment.include}
    threads, labels = order(essay, manuscript.project.comments.numbering)
    made = {
        number: _letter(chosen[number], labels[number], others, essay, manuscript, practice, said, number in threads)
        for number in labels
    }
    return Made(
        tuple(
            dataclasses.replace(made[root], replies=tuple(made[number] for number in replies))
            for root, replies in threads.items()
        ),
        tuple(said),
    )


def order(essay: Essay, numbering: str) -> tuple[dict[int, list[int]], dict[int, str]]:
    """Return the chosen comments that begin a thread with the replies to each, and the printed number of each."""
    top: dict[int, list[int]] = {}
    root_of: dict[int, int] = {}
    for comment in (comment for comment in essay.comments if comment.include):
        printed = [number for number in comment.reply_to if number in root_of]
        if len(comment.reply_to) == 1 and printed:
            root_of[comment.number] = root_of[printed[0]]
            top[root_of[printed[0]]].append(comment.number)
        else:
            root_of[comment.number] = comment.number
            top[comment.number] = []
    return top, _labels([number for root, replies in top.items() for number in (root, *replies)], numbering)


def _labels(order: list[int], numbering: str) -> dict[int, str]:
    if numbering == "none":
        return dict.fromkeys(order, "")
    return {number: str(number if numbering == "source" else place) for place, number in enumerate(order, 1)}


def _letter(
    comment: Comment,
    label: str,
    others: dict[int, Comment],
    essay: Essay,
    manuscript: Manuscript,
    practice: str,
    said: list[Diagnostic],
    opens: bool,
) -> Letter:
    ident = f"{essay.slug}-comment-{comment.number}"
    language = essay.language or manuscript.project.language
    # Its own heading is of the second level, or in an answer of the third.
    level = 3 if opens else 4
    body = markup.fragment(comment.body, ident, folder=f"images/{essay.slug}", level=level, language=practice)
    said += body.diagnostics
    if not comment.author and not comment.anonymise:
        said.append(UNNAMED.at(comment.at("author"), number=comment.number, shown=a_reader(language)))
    answers = tuple(
        (
            f"{essay.slug}-comment-{number}" if others[number].include else "",
            # A writer who refused is not named either.
            a_reader(language)
            if others[number].consent == "refused"
            else printed_name(others[number], manuscript, language),
        )
        for number in comment.reply_to
        if number in others
    )
    return Letter(
        id=ident,
        label=label,
        name=printed_name(comment, manuscript, language),
        date=comment.date,
        html=body.value.html,
        by_author=comment.author in essay.authors and not comment.anonymise,
        answers=answers,
        note=comment.editor_note,
    )


def printed_name(comment: Comment, manuscript: Manuscript, language: str) -> str:
    """Return the name as printed: a person's, the one given, its initials, or a neutral word.

    Nothing is invented: without a name the reader stays “A reader”.
    """
    person: Person | None = manuscript.people.get(comment.author)
    name = person.name if person else comment.author
    if comment.anonymise == "initials":
        return initials(name) or a_reader(language)
    return comment.anonymise or name or a_reader(language)


def initials(name: str) -> str:
    r"""Return a name's initials.

    >>> initials("Rowan Tull"), initials("palimpsest_69")
    ('R.\xa0T.', 'P.')
    """
    return "\u00a0".join(f"{word[0].upper()}." for word in re.findall(r"[^\W\d_][\w’'-]*", name))


def a_reader(language: str) -> str:
    """Return what a reader without a name is called."""
    return A_READER.get(language.partition("-")[0].lower(), "A reader")
