"""What the tests of the layout share: a small book's sheet and typefaces, and one call that lays out a body."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from overprint import typefaces
from overprint.diagnostics import Made
from overprint.model import Face
from overprint.render.pdf import Layout, PdfJob, Piece, Style
from overprint.render.pdf.book import render

SHEET = """@page { size: A6; margin: 15mm; @top-center { content: string(title) } }
html { font-family: "EB Garamond" }
h1 { string-set: title content() }
.note { float: footnote }
.running { position: running(head) }
p.drop::first-letter { font-size: 2em }
p.before::before { content: "generated " }
"""

BEFORE = '<!DOCTYPE html><html lang="en"><head><title>A Book</title></head><body>'

Lay = Callable[..., Made[Layout]]


@pytest.fixture(scope="session")
def faces() -> tuple[Face, ...]:
    return typefaces.faces("EB Garamond")


@pytest.fixture
def job(faces: tuple[Face, ...]) -> Callable[..., PdfJob]:
    def make(body: str, sheet: str = "", **more: Any) -> PdfJob:
        more.setdefault("faces", faces)
        resources = more.pop("resources", ())
        places = more.pop("places", {})
        style = Style((("styles/base.css", SHEET), ("styles/print.css", sheet)), resources=resources, **more)
        return PdfJob((Piece("book", body, resources),), style, BEFORE, "</body></html>", places)

    return make


@pytest.fixture
def lay(job: Callable[..., PdfJob], tmp_path: Path) -> Lay:
    def run(body: str, sheet: str = "", **more: Any) -> Made[Layout]:
        limits = more.pop("limits", None)
        return render(job(body, sheet, **more), tmp_path / "book.pdf", limits=limits)

    return run


@pytest.fixture
def own_weasyprint() -> Iterator[None]:
    """Have WeasyPrint loaded anew, as it comes: a test that laid out pages in this process has changed it."""
    loaded = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "weasyprint"}
    for name in loaded:
        del sys.modules[name]
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        del sys.modules[name]
    sys.modules.update(loaded)
