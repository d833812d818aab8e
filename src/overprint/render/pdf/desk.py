"""What a worker keeps between tasks: WeasyPrint, the style sheets it has read, and the typefaces. Worker side."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from overprint.diagnostics import Diagnostic, Exit, Stop
from overprint.model import Resource
from overprint.render.pdf.black_ink import ink_in_black
from overprint.render.pdf.decoration import pass_over_decoration
from overprint.render.pdf.fetcher import SealedFetcher, face_url, files, table
from overprint.render.pdf.files import read
from overprint.render.pdf.hot_paths import quicken
from overprint.render.pdf.job import BASE, Style
from overprint.render.pdf.letter_numbers import number_letters
from overprint.render.pdf.listen import Ignored, Listener
from overprint.render.pdf.notes_stay import keep_notes
from overprint.render.pdf.page_fit import fit_pages
from overprint.render.pdf.total_fit import compose_paragraphs


class Desk:
    """One look of a book, read by WeasyPrint and ready for any number of documents.

    Attributes:
        doing: in words, for the case that it fails.
        listener: hears what WeasyPrint says.
        composer: breaks paragraphs into lines; None leaves it to WeasyPrint.
        fetcher: opens the files of the look and the pictures of the piece at hand, and no others.
        shared: the typefaces, counter styles and colour profiles; WeasyPrint wants the same objects everywhere.
    """

    def __init__(self, style: Style) -> None:
        """Read the sheets."""
        import weasyprint
        from weasyprint.css.counters import CounterStyle
        from weasyprint.css.tokens import Pending
        from weasyprint.text.fonts import FontConfiguration

        keep_notes(weasyprint)
        ink_in_black()
        quicken(weasyprint)
        self.composer = compose_paragraphs(weasyprint)
        fit_pages(weasyprint, self.composer)
        pass_over_decoration(weasyprint)
        number_letters(weasyprint)
        self.weasyprint: Any = weasyprint
        self.style = style
        self.doing = "reading the style sheets"
        self.fetcher = SealedFetcher(table(style))
        sheets = {"typefaces": _face_sheet(style), **dict(style.stylesheets)}
        self.listener = Listener(sheets, self.fetcher.refused)
        self._ignored = Ignored(Pending)
        # Each of these must be the same object for all sheets and documents, and each gets the fetcher: one that
        # is left out opens files by itself (CVE-2026-55073).
        self.shared: dict[str, Any] = {
            "font_config": FontConfiguration(),
            "counter_style": CounterStyle(),
            "color_profiles": {},
        }
        self.sheets: list[Any] = []
        self._faces: dict[bytes, int] = {}
        with self.heard():
            for name, text in sheets.items():
                self.doing = f"reading the style sheet “{name}”"
                self.listener.sheet = name
                base = f"{BASE}styles/sheet.css"
                self.sheets.append(weasyprint.CSS(string=text, base_url=base, url_fetcher=self.fetcher, **self.shared))
            self.listener.sheet = ""
        self._said_of_sheets = (*self.fetcher.refused.values(), *self.listener.heard)

    def face_of(self, content: bytes) -> int | None:
        """Return the number of the look's typeface with this content, None for another machine's own."""
        if not self._faces:
            self._faces = {hashlib.sha256(read(face.path)).digest(): at for at, face in enumerate(self.style.faces)}
        return self._faces.get(hashlib.sha256(content).digest())

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Listen to WeasyPrint as long as the context lasts; what fails in it says what was being done.

        What the composer knows of a document's paragraphs ends with the context.
        """
        logger = logging.getLogger("weasyprint")
        logger.addHandler(self.listener)
        try:
            yield
        except Exception as failure:
            if type(failure).__name__ == "URLFetchingError" and self.fetcher.refused:
                # WeasyPrint lets this one through for a colour profile only.
                raise Stop(*self.fetcher.refused.values(), exit=Exit.CONTENT) from failure
            failure.add_note(self.doing)
            raise
        finally:
            logger.removeHandler(self.listener)
            if self.composer:
                # It holds the pages of the document: 20 MB for which the worker would be replaced.
                self.composer.begin()

    def said(self) -> tuple[Diagnostic, ...]:
        """Return what was said of the sheets and, since `begin`, of the document."""
        return (*self._said_of_sheets, *self.said_of_document())

    def said_of_document(self) -> tuple[Diagnostic, ...]:
        """Return what was said since `begin`."""
        return (*self.fetcher.refused.values(), *self.listener.heard)

    def begin(self, resources: Iterable[Resource] = ()) -> None:
        """Forget what was said of the last document, and serve the files of the next."""
        self.fetcher.serve(files(resources))
        self.listener.heard.clear()
        self.listener.missing.clear()
        self._ignored.forget()

    def html(self, document: str) -> Any:
        """Return a document as WeasyPrint reads it."""
        return self.weasyprint.HTML(string=document, base_url=f"{BASE}text/book.html", url_fetcher=self.fetcher)

    def options(self, **more: Any) -> dict[str, Any]:
        """Return WeasyPrint's options for this look."""
        return {
            **self.weasyprint.DEFAULT_OPTIONS,
            # Without a version WeasyPrint 70.0 puts a name space of PDF 2.0 into a file of 1.7.
            "pdf_version": "1.7",
            "pdf_tags": True,
            "output_intent": "srgb" if self.style.srgb else None,
            "optimize_images": False,
            # Whole fonts would extract as the wrong text: their ToUnicode tables do not know ligatures.
            "full_fonts": False,
            "stylesheets": self.sheets,
            **more,
        }


@lru_cache(maxsize=1)
def desk(style: Style) -> Desk:
    """Return the desk for a look; the last one is kept."""
    return Desk(style)


def _face_sheet(style: Style) -> str:
    return "\n".join(
        f"@font-face {{ font-family: {quoted(face.family)}; font-weight: {face.weight:d}; font-style: {face.style};"
        f" src: url({quoted(face_url(index, face.path))}) }}"
        for index, face in enumerate(style.faces)
    )


def quoted(text: str) -> str:
    """Return text as a CSS string, whatever is in it."""
    return '"' + "".join(char if char.isalnum() or char in " -_/.:" else f"\\{ord(char):x} " for char in text) + '"'
