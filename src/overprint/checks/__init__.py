"""Rules on the manuscript and on the book; each is one function whose docstring is its manual page."""

from __future__ import annotations

from overprint.checks import (
    book,
    broken_links,
    characters,
    comments,
    consent,
    cover,
    headings,
    joined_words,
    leftovers,
    links,
    manuscript,
    mentions,
    names,
    paragraphs,
    passages,
    people,
    pictures,
    privacy,
    settings,
    sources,
    structure,
    text,
    threads,
    usage,
)
from overprint.diagnostics import Diagnostic
from overprint.model import Book, Manuscript

__all__ = ["OF_MANUSCRIPT", "OF_PASSAGES", "of_book", "of_manuscript"]

OF_MANUSCRIPT = (
    settings,
    cover,
    manuscript,
    people,
    headings,
    structure,
    leftovers,
    names,
    broken_links,
    pictures,
    characters,
    comments,
    threads,
    mentions,
    consent,
    privacy,
    sources,
)
OF_PASSAGES = (paragraphs, text, usage, links, joined_words)


def of_manuscript(subject: Manuscript, most: int = passages.MOST) -> tuple[Diagnostic, ...]:
    """Return what the rules say of a manuscript, a rule on words at most so often in an essay."""
    reading = passages.read(subject, most)
    whole = (said for group in OF_MANUSCRIPT for said in group.RULES.run(subject))
    return (*whole, *(said for group in OF_PASSAGES for said in group.RULES.run(reading)))


def of_book(subject: Book) -> tuple[Diagnostic, ...]:
    """Return what the rules say of an assembled book."""
    return book.RULES.run(subject)
