from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from overprint.diagnostics import Exit, Stop
from overprint.model import Resource
from overprint.render.pdf import Limits, PdfJob, Piece
from overprint.render.pdf.book import _limits, render

ENDLESS = '<div style="display: flex">' * 14 + "x" + "</div>" * 14


def book(body: str) -> PdfJob:
    return PdfJob((Piece("a", body),), before='<html lang="en"><title>A</title><body>')


def stopped(run: Callable[[], object]) -> str:
    with pytest.raises(Stop) as stop:
        run()
    (said,) = stop.value.diagnostics
    assert stop.value.exit is Exit.CANNOT
    assert said.hint
    return f"{said.code} {said.message}"


def test_too_long_a_wait(tmp_path: Path) -> None:
    said = stopped(lambda: render(book(ENDLESS), tmp_path / "x.pdf", limits=Limits(wall=1)))
    assert said == "P001 the layout was stopped after 1 seconds of waiting"


def test_too_much_computing(tmp_path: Path) -> None:
    said = stopped(lambda: render(book(ENDLESS), tmp_path / "x.pdf", limits=Limits(cpu=1)))
    assert said == "P001 the layout was stopped after 1 seconds of computing"


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit memory")
def test_too_much_memory(tmp_path: Path) -> None:
    many = book("<p>a</p>" * 20_000)
    said = stopped(lambda: render(many, tmp_path / "x.pdf", limits=Limits(memory=190 << 20)))
    assert said == "P002 the layout was stopped because it needs more than 190 MB of memory"


def test_a_book_of_text_may_take_half_of_what_one_with_pictures_may() -> None:
    shown = PdfJob((Piece("a", "<p>a</p>", resources=(Resource("images/a.png", "image/png", Path("a.png")),)),))
    assert [_limits(each).memory >> 30 for each in (book("<p>a</p>"), shown)] == [1, 2]


def test_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A module that stands where the user stands must not be run in place of ours.
    (tmp_path / "weasyprint.py").write_text("raise OSError('run')")
    monkeypatch.chdir(tmp_path)
    said = stopped(lambda: render(book("<p>a"), Path("no", "x.pdf")))
    assert said == "P018 the PDF cannot be written: No such file or directory"


def test_too_large_a_file_is_told(lay: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overprint.render.pdf.link.LARGEST", 2000)
    with pytest.raises(Stop) as stop:
        lay("<p>Some words.</p>")
    assert [each.code for each in stop.value.diagnostics] == ["P042"]


def test_missing_pango_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library \\'libpango-1.0-0\\'')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    said = stopped(lambda: render(book("<p>a</p>"), tmp_path / "x.pdf"))
    assert said == "P004 the layout cannot start: cannot load library 'libpango-1.0-0'"
