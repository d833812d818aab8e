"""The process that lays out pages: it limits itself, takes an order from stdin and writes a report to stdout.

It is the only place where other people's HTML, CSS, pictures and typefaces meet WeasyPrint.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import os
import pickle
import resource
import sys
import threading
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from overprint.diagnostics import Diagnostic, Exit
from overprint.render.pdf import messages
from overprint.render.pdf.job import BASE, Limits, Order, PdfJob, Report
from overprint.render.pdf.listen import Listener, shown
from overprint.render.pdf.notes_stay import keep_notes
from overprint.render.pdf.tame import tame

# WeasyPrint calls itself about a dozen times for each level of nesting; Python's own limit ends at `ul > li` 50 deep.
CALLS = 10_000


def main() -> None:
    """Do one order."""
    _die_with(int(sys.argv[1]))
    channel = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not end up in the report.
    os.dup2(2, 1)
    order: Order = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the parent, which is ourselves
    _limit(order.limits, order.job)
    sys.setrecursionlimit(CALLS)
    channel.write(_done(order).to_json())
    channel.close()


def _die_with(lifeline: int) -> None:
    """End when the parent ends, however it ends: the other end of the pipe is closed with it."""

    def watch() -> None:
        os.read(lifeline, 1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _limit(limits: Limits, job: PdfJob) -> None:
    cpu = max(1, round(limits.seconds(job)[0]))
    for what, most, at_last in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_AS, limits.memory, limits.memory),
        # The soft limit sends a signal of its own, the hard one only the signal that also means "out of memory".
        (resource.RLIMIT_CPU, cpu, cpu + 5),
        (resource.RLIMIT_FSIZE, limits.file, limits.file),
    ):
        # macOS refuses RLIMIT_AS, and nobody may raise a limit that is already lower.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, at_last))


def _done(order: Order) -> Report:
    """Return what came of an order; no exception leaves here."""
    task = _Task(order)
    trace = ""
    try:
        return task.run()
    except MemoryError:
        return Report(diagnostics=(messages.MEMORY.at(megabytes=order.limits.memory >> 20),), exit=Exit.CANNOT)
    except RecursionError:
        why = messages.FAILED.at(task=task.doing, reason="something in it is nested too deep")
    except Exception as failure:  # whatever it was, the editor needs one sentence
        refused = tuple(task.refused)
        if refused and type(failure).__name__ == "URLFetchingError":
            # WeasyPrint lets this one through for a colour profile only.
            return Report(diagnostics=refused, exit=Exit.CONTENT)
        why = messages.FAILED.at(task=task.doing, reason=shown(f"{type(failure).__name__}: {failure}".rstrip(": ")))
        trace = traceback.format_exc()
    return Report(diagnostics=(why, *task.said()), exit=Exit.CANNOT, trace=trace)


@dataclass
class _Task:
    """One order being done; `doing` says in words what, for the case that it fails."""

    order: Order
    doing: str = "loading the libraries"
    listener: Listener | None = None
    found: list[Diagnostic] = field(default_factory=list)
    refusals: dict[str, Diagnostic] = field(default_factory=dict)

    @property
    def refused(self) -> Iterator[Diagnostic]:
        return iter(self.refusals.values())

    def said(self) -> tuple[Diagnostic, ...]:
        heard = self.listener.heard if self.listener else []
        return (*self.found, *self.refused, *heard)

    def run(self) -> Report:
        job = self.order.job
        if wild := tame(job.html):
            return Report(diagnostics=wild, exit=Exit.CONTENT)
        try:
            import weasyprint
        except OSError as reason:
            why = messages.NO_PANGO.at(reason=shown(str(reason).partition("\n")[0], 100), install=messages.LIBRARIES)
            return Report(diagnostics=(why,), exit=Exit.CANNOT)
        keep_notes(weasyprint)
        pdf, pages = self._lay_out(weasyprint)
        try:
            self.order.target.write_bytes(pdf)
        except OSError as reason:
            why = messages.UNWRITABLE.at(reason=reason.strerror)
            return Report(diagnostics=(why, *self.said()), exit=Exit.CANNOT)
        return Report(pages, self.said())

    def _lay_out(self, weasyprint: Any) -> tuple[bytes, int]:
        from overprint.render.pdf.audit import Blocks, astray, drifted, lost, unprintable
        from overprint.render.pdf.fetcher import SealedFetcher, table

        job = self.order.job
        fetcher = SealedFetcher(table(job))
        self.refusals = fetcher.refused
        sheets = {"typefaces": _face_sheet(job), **dict(job.stylesheets)}
        self.listener = listener = Listener(sheets, fetcher.refused)
        logging.getLogger("weasyprint").addHandler(listener)

        document, style_of = self._pages(weasyprint, fetcher, sheets)
        self.doing = "comparing the pages with the text"
        body = document._html.etree_element.find("body")
        blocks = Blocks(body, style_of, job.places)
        self.found += lost(blocks, document.pages)
        self.found += astray(blocks, document.pages)
        self.found += drifted(blocks, document.pages)
        self._strip_attachments(document)
        self.doing = "writing the PDF"
        made = io.BytesIO()
        document.write_pdf(made, **_options(job))
        self.found += unprintable(blocks, document.pages, list(listener.missing))
        return made.getvalue(), len(document.pages)

    def _pages(self, weasyprint: Any, fetcher: Any, sheets: dict[str, str]) -> tuple[Any, Any]:
        """Return the laid-out document, and a function that tells an element's style."""
        from weasyprint.css.counters import CounterStyle
        from weasyprint.document import Document
        from weasyprint.text.fonts import FontConfiguration

        kept: list[Any] = []

        class Watched(Document):  # type: ignore[misc]
            """Keeps the computed styles, which tell what is displayed: WeasyPrint throws them away."""

            @classmethod
            def _build_layout_context(cls, *args: Any) -> Any:
                kept.append(super()._build_layout_context(*args))
                return kept[0]

        # Each of these must be the same object for all sheets and the document, and each gets the fetcher: one that
        # is left out opens files by itself (CVE-2026-55073).
        shared = {"font_config": FontConfiguration(), "counter_style": CounterStyle(), "color_profiles": {}}
        read = []
        for name, text in sheets.items():
            self.doing = f"reading the style sheet “{name}”"
            self._hear(name)
            base = f"{BASE}styles/sheet.css"
            read.append(weasyprint.CSS(string=text, base_url=base, url_fetcher=fetcher, **shared))
        self._hear("")
        self.doing = "reading the document"
        html = weasyprint.HTML(string=self.order.job.html, base_url=f"{BASE}text/book.html", url_fetcher=fetcher)
        self.doing = "laying out the pages"
        options = {**weasyprint.DEFAULT_OPTIONS, **_options(self.order.job), "stylesheets": read}
        document = Watched._render(html, *shared.values(), options)
        return document, kept[0].style_for

    def _hear(self, sheet: str) -> None:
        if self.listener:
            self.listener.sheet = sheet

    def _strip_attachments(self, document: Any) -> None:
        """Take out files that a link would put inside the PDF: nobody asks for them in a book."""
        asked = [target for page in document.pages for kind, target, *_ in page.links if kind == "attachment"]
        asked += ["an attachment" for _ in document.metadata.attachments]
        self.found += [messages.REFUSED.at(url=shown(target)) for target in asked]
        document.metadata.attachments = []
        for page in document.pages:
            page.links = [link for link in page.links if link[0] != "attachment"]


def _face_sheet(job: PdfJob) -> str:
    from overprint.render.pdf.fetcher import face_url

    return "\n".join(
        f"@font-face {{ font-family: {_quoted(face.family)}; font-weight: {face.weight:d}; font-style: {face.style};"
        f" src: url({_quoted(face_url(index, face.path))}) }}"
        for index, face in enumerate(job.faces)
    )


def _quoted(text: str) -> str:
    """Return text as a CSS string, whatever is in it."""
    return '"' + "".join(char if char.isalnum() or char in " -_/.:" else f"\\{ord(char):x} " for char in text) + '"'


def _options(job: PdfJob) -> dict[str, Any]:
    # The identifier must not come from the clock or from chance, as PDF makers like it.
    content = "\0".join((job.html, *(part for sheet in job.stylesheets for part in sheet)))
    return {
        "pdf_identifier": hashlib.sha256(content.encode()).hexdigest()[:32].encode(),
        "pdf_tags": True,
        "output_intent": "srgb" if job.srgb else None,
        "optimize_images": False,
        # Whole fonts would extract as the wrong text: their ToUnicode tables do not know ligatures.
        "full_fonts": False,
    }


if __name__ == "__main__":
    main()
