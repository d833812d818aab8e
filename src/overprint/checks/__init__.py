"""Rules on the manuscript and on the book; each is one function whose docstring is its manual page."""

from __future__ import annotations

from overprint.checks import (
    book,
    broken_links,
    comments,
    consent,
    headings,
    joined_words,
    leftovers,
    manuscript,
    mentions,
    names,
    people,
    pictures,
    settings,
    sources,
    structure,
    text,
    threads,
)
from overprint.diagnostics import Diagnostic
from overprint.model import Book, Manuscript

__all__ = ["OF_MANUSCRIPT", "of_book", "of_manuscript"]

OF_MANUSCRIPT = (
    settings,
    manuscript,
    people,
    headings,
    structure,
    leftovers,
    text,
    joined_words,
    names,
    broken_links,
    pictures,
    comments,
    threads,
    mentions,
    consent,
    sources,
)


def of_manuscript(subject: Manuscript) -> tuple[Diagnostic, ...]:
    """Return what the rules say of a manuscript."""
    return tuple(said for group in OF_MANUSCRIPT for said in group.RULES.run(subject))


def of_book(subject: Book) -> tuple[Diagnostic, ...]:
    """Return what the rules say of an assembled book."""
    return book.RULES.run(subject)
