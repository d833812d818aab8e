"""Rules on the manuscript and on the book; each is one function whose docstring is its manual page."""

from __future__ import annotations

from overprint.checks import book, comments, joined_words, manuscript, text
from overprint.diagnostics import Diagnostic
from overprint.model import Book, Manuscript

__all__ = ["of_book", "of_manuscript"]


def of_manuscript(subject: Manuscript) -> tuple[Diagnostic, ...]:
    """Return what the rules say of a manuscript."""
    rules = (manuscript.RULES, comments.RULES, text.RULES, joined_words.RULES)
    return tuple(finding for each in rules for finding in each.run(subject))


def of_book(subject: Book) -> tuple[Diagnostic, ...]:
    """Return what the rules say of an assembled book."""
    return book.RULES.run(subject)
