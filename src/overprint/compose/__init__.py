"""Book + theme → chapters in XHTML, the one markup both books share, and the cascade of CSS."""

from __future__ import annotations

from overprint.compose import cascade, pages
from overprint.compose.printing import print_document
from overprint.diagnostics import Made
from overprint.model import Book, Composed, Project

__all__ = ["compose", "print_document"]


def compose(book: Book, project: Project) -> Made[Composed]:
    """Return the book as both renderers take it.

    Raises:
        Stop: the theme is unknown or its typefaces are missing.
    """
    look = cascade.look(project)
    chapters = pages.chapters(book, cascade.theme_folder(project))
    return Made(Composed(book, chapters, pages.contents(book), look.value), look.diagnostics)
