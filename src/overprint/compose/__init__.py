"""Book + theme → chapters in XHTML, the one markup both books share, and the cascade of CSS."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from overprint import typefaces
from overprint.compose import cascade, scripts, theme
from overprint.diagnostics import Made
from overprint.model import Book, Composed, Project

if TYPE_CHECKING:
    from overprint.compose.printing import Sheaf

__all__ = ["compose", "covered", "sheaf"]


def compose(book: Book, project: Project) -> Made[Composed]:
    """Return the book as both renderers take it.

    Raises:
        Stop: the theme is unknown or its typefaces are missing.
    """
    # Jinja2 is loaded only to build: a check asks for a theme's typefaces alone.
    from overprint.compose import pages
    from overprint.compose.cover import cover

    dressed = cascade.look(project, code=scripts.has_code(book))
    look = scripts.with_stand_ins(dressed.value, book)
    chosen = theme.of(project)
    free, own = typefaces.names(look.faces), typefaces.names(look.faces, free=False)
    chapters = pages.chapters(book, chosen, look.setting, free, own)
    # Catalogues and windows show titles without markup.
    catalogued = dataclasses.replace(
        book, title=pages.plain(book.title, book.language), subtitle=pages.plain(book.subtitle, book.language)
    )
    front = cover(book, project, chosen, look)
    made = Composed(catalogued, chapters, pages.contents(book), look, front.value)
    return Made(made, dressed.diagnostics + front.diagnostics)


def sheaf(composed: Composed) -> Sheaf:
    """Return the book as print wants it: see `printing`."""
    from overprint.compose.printing import sheaf as printed

    return printed(composed)


def covered(composed: Composed, picture: Path) -> Composed:
    """Return the book with a picture as its cover: see `cover`."""
    from overprint.compose.cover import covered as with_cover

    return with_cover(composed, picture)
