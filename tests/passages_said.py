"""A book of one essay with one comment, and what the rules on words and on privacy say of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from overprint import checks
from overprint.checks import passages, privacy
from overprint.diagnostics import Diagnostic, Place
from overprint.model import Comment, Essay, Manuscript, Project, Text


def book(body: str = "", comment: str = "", *, language: str = "en-GB", **keys: str) -> Manuscript:
    letter = Comment(1, "Rowan Tull", Text(comment, Place("comments.md", 7, 1)), include=True)
    essay = Essay("a", "essays/a", "A", Text(body, Place("essay.md", 9, 1)), comments=(letter,))
    return Manuscript(Project(Path(), "b", "B", language, "urn:x:1", "2025-01-01"), (replace(essay, **keys),), {})  # type: ignore[arg-type]


def run(manuscript: Manuscript) -> tuple[Diagnostic, ...]:
    reading = passages.read(manuscript)
    of_words = (found for group in checks.OF_PASSAGES[:-1] for found in group.RULES.run(reading))
    return (*of_words, *privacy.RULES.run(manuscript))


def said(body: str, **keys: str) -> list[tuple[str, str]]:
    return [(each.code, str(each.place)) for each in run(book(body, **keys))]


def codes(found: tuple[Diagnostic, ...]) -> set[str]:
    return {each.code for each in found}
