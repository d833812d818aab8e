"""Book + theme → chapters in XHTML, the one markup both books share, and the cascade of CSS."""

from __future__ import annotations

import dataclasses

from overprint.compose import cascade, pages, theme
from overprint.compose.printing import Sheaf, sheaf
from overprint.diagnostics import Made
from overprint.model import Book, Composed, Project

__all__ = ["Sheaf", "compose", "sheaf"]


def compose(book: Book, project: Project) -> Made[Composed]:
    """Return the book as both renderers take it.

    Raises:
        Stop: the theme is unknown or its typefaces are missing.
    """
    look = cascade.look(project)
    chapters = pages.chapters(book, theme.of(project), look.value.setting)
    # Catalogues and windows show titles without markup.
    catalogued = dataclasses.replace(
        book, title=pages.plain(book.title, book.language), subtitle=pages.plain(book.subtitle, book.language)
    )
    return Made(Composed(catalogued, chapters, pages.contents(book), look.value), look.diagnostics)
