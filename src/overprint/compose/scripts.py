"""Typefaces beyond the theme's: what stands in for the characters of a book that the theme's own lack."""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Iterator
from typing import Any

from overprint import typefaces
from overprint.model import Book, Look


def characters(book: Any) -> Iterator[str]:
    """Yield all that is said in a book, or in a part of one."""
    if isinstance(book, str):
        yield html.unescape(book)
    elif isinstance(book, tuple):
        for each in book:
            yield from characters(each)
    elif dataclasses.is_dataclass(book):
        for field in dataclasses.fields(book):
            yield from characters(getattr(book, field.name))


def has_code(book: Book) -> bool:
    """Tell whether there is code in a book."""
    return any("<code" in words for words in characters(book))


def with_stand_ins(look: Look, book: Book) -> Look:
    """Return the look with further typefaces where the book needs them, each behind the theme's own.

    Raises:
        Stop: a typeface is unfit.
    """
    own = tuple(dict.fromkeys(face.family for face in look.faces))
    further = typefaces.stand_ins(characters(book), (face for face in look.faces if face.family != look.code)).families
    if not further:
        return look
    return dataclasses.replace(
        look,
        print_sheets=tuple((name, behind(sheet, own, further)) for name, sheet in look.print_sheets),
        epub_css=behind(look.epub_css, own, further),
        cover_sheets=tuple((name, behind(sheet, own, further)) for name, sheet in look.cover_sheets),
        faces=(*look.faces, *(face for family in further for face in typefaces.faces(family))),
    )


def behind(sheet: str, own: tuple[str, ...], further: tuple[str, ...]) -> str:
    """Name further families in each value that names one of a theme's own, after the last of these.

    >>> behind('p { font: 1em "Own", "Own Too", serif }', ("Own", "Own Too"), ("New",))
    'p { font: 1em "Own", "Own Too", "New", serif }'
    """
    names = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True))
    family = rf"(?<![\w-])(?:\"(?:{names})\"|'(?:{names})'|(?:{names}))(?=\s*(?:[,;}}!]|$))"
    last = re.compile(rf"{family}(?![^;{{}}]*{family})", re.IGNORECASE)
    more = "".join(f', "{name}"' for name in further)
    return last.sub(lambda found: found.group() + more, sheet)
