"""Files that are bad as a whole: not to be opened, locked, too new; and how findings are told."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from typer.testing import CliRunner

import books
import judges
from overprint.cli import app
from overprint.diagnostics import NOWHERE, Exit, Stop, errors
from overprint.model import Book, Composed, Look
from overprint.press import preflight, wrap
from overprint.press.preflight import ink
from overprint.press.preflight.painted import Reader
from overprint.press.profile import Profile
from overprint.pressroom import Printer
from press.pages import a_page
from press.preflight.spoiling import AREA, AT, Good, codes, put, spoilt

LOCKS = pikepdf.Encryption(owner="a", user="", R=2, aes=False, metadata=False)


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"])
def test_what_is_no_pdf_stops(data: bytes, good: dict[str, Good], tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(data)
    with pytest.raises(Stop) as stop:
        preflight.check(path, good["black"].profile)
    assert (stop.value.exit, [each.code for each in stop.value.diagnostics]) == (Exit.CANNOT, ["P060"])
    assert str(path) not in stop.value.diagnostics[0].message


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_file_that_was_cut_off_is_no_good(part: float, good: dict[str, Good], tmp_path: Path) -> None:
    data = good["black"].path.read_bytes()
    (tmp_path / "bad.pdf").write_bytes(data[: int(len(data) * part)])
    try:
        found = codes(tmp_path / "bad.pdf", good["black"].profile)
    except Stop as stop:
        found = [each.code for each in stop.diagnostics]
    assert {"P060", "P130"} & {*found}


def test_a_damaged_file_is_named(good: dict[str, Good], tmp_path: Path) -> None:
    data = good["black"].path.read_bytes()
    start = data.rindex(b"startxref\n")
    (tmp_path / "bad.pdf").write_bytes(data[:start] + b"startxref\n7\n%%EOF\n")
    assert codes(tmp_path / "bad.pdf", good["black"].profile) == ["P130"]


def test_a_file_with_a_password_stops(good: dict[str, Good], tmp_path: Path) -> None:
    locked = pikepdf.Encryption(owner="a", user="b")
    bad = spoilt(good["black"], tmp_path / "bad.pdf", lambda pdf: None, encryption=locked)
    with pytest.raises(Stop, match="password"):
        preflight.check(bad, good["black"].profile)


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("P118", {"encryption": LOCKS, "force_version": "1.3"}),
        ("P120", {"force_version": "1.5"}),
    ],
)
def test_how_a_file_is_written(code: str, how: dict[str, Any], good: dict[str, Good], tmp_path: Path) -> None:
    bad = spoilt(good["black"], tmp_path / "bad.pdf", lambda pdf: None, **how)
    assert codes(bad, good["black"].profile) == [code]


def test_packed_objects_are_newer_than_the_file_says(good: dict[str, Good], tmp_path: Path) -> None:
    packed = {"object_stream_mode": pikepdf.ObjectStreamMode.generate, "force_version": "1.5"}
    bad = spoilt(good["black"], tmp_path / "bad.pdf", lambda pdf: None, **packed)
    bad.write_bytes(bad.read_bytes().replace(b"%PDF-1.5", b"%PDF-1.3", 1))
    assert codes(bad, good["black"].profile) == ["P120"]


def test_a_file_without_a_number(good: dict[str, Good], tmp_path: Path) -> None:
    data = good["black"].path.read_bytes()
    assert data.count(b"/ID [") == 1
    (tmp_path / "bad.pdf").write_bytes(data.replace(b"/ID [", b"/XX ["))
    assert codes(tmp_path / "bad.pdf", good["black"].profile) == ["P128"]


@pytest.mark.parametrize(
    ("code", "differs"),
    [
        ("P064", {"trims": ((360, 576),)}),
        ("P076", {"pages": (100, None)}),
        ("P078", {"multiple": 32}),
        ("P120", {"pdf_version": "1.2", "intent": None, "standard": ""}),
    ],
)
def test_a_good_file_for_another_printer(code: str, differs: Any, good: dict[str, Good]) -> None:
    wanted = dataclasses.replace(good["black"].profile, pages=(None, None), multiple=None)
    assert codes(good["black"].path, dataclasses.replace(wanted, **differs)) == [code]


def test_many_pages_are_one_finding(good: dict[str, Good], tmp_path: Path) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for at in (0, 2, 3, 4):
            put(f"1 0 0 rg {AREA}", at)(pdf)

    [said] = preflight.check(
        spoilt(good["black"], tmp_path / "a.pdf", spoil), good["black"].profile, "a.pdf"
    ).diagnostics
    assert said.message == "pages 1, 3–5: an area is in DeviceRGB, and the printer takes black ink alone"
    assert (said.place.path, said.place.page) == ("a.pdf", "1")
    assert said.hint == "build it with the printer's profile: `overprint build pdf --profile black`"


def test_ink_is_limited_within_the_bleed_and_said_to_be_unmeasured(
    good: dict[str, Good], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert codes(good["four"].path, good["four"].profile) == []  # black alone, and marks on every plate
    dark = spoilt(good["four"], tmp_path / "a.pdf", put(f"1 1 0 0 k {AREA} 0 0 1 1 k {AREA}"))
    [said] = preflight.check(dark, good["four"].profile).diagnostics
    assert said.code == "P095"
    assert "Ghostscript" in said.hint


@judges.needs_ghostscript
def test_ink_is_measured_where_things_lie_over_each_other(good: dict[str, Good], tmp_path: Path) -> None:
    over = pikepdf.Dictionary(OP=True, op=True, OPM=1)
    painted = put(f"/over2 gs 1 1 0 0 k {AREA} 0 0 1 1 k {AREA}", ExtGState={"/over2": over})
    [said] = preflight.check(spoilt(good["four"], tmp_path / "a.pdf", painted), good["four"].profile).diagnostics
    assert said.message == f"page {AT + 1}: 400 % of ink on a spot, and the printer takes 300 % at most"


def test_a_cover_is_held_against_what_covers_are(good: dict[str, Good], tmp_path: Path) -> None:
    def alone(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[1:]
        pdf.Root.PieceInfo = pikepdf.Dictionary({wrap.OURS: pikepdf.Dictionary()})

    cover = spoilt(good["bare"], tmp_path / "a.cover.pdf", alone)
    assert codes(cover, good["bare"].profile) == []
    wide = spoilt(Good(cover, good["bare"].profile), tmp_path / "b.cover.pdf", put("100 592 50 20 re f", 0))
    assert codes(wide, good["bare"].profile) == ["P071"]


def test_plates_are_added_up_spot_by_spot() -> None:
    one, other = Image.new("L", (3, 600), 51), Image.new("L", (3, 600), 0)
    other.putpixel((2, 599), 255)
    assert ink.heaviest([one, other]) == pytest.approx(120)
    assert ink.heaviest([one]) == pytest.approx(20)


def test_forms_in_a_ring_end() -> None:
    with pikepdf.new() as pdf:
        form = pdf.make_stream(b"0.9 0 0 0.9 0 0 cm /ring Do 1 0 0 rg 0 0 9 9 re f", Subtype=pikepdf.Name.Form)
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(ring=form))
        page = a_page(pdf, "/ring Do", XObject={"/ring": form})
        content = Reader().read(page)
        assert {mark.space for mark in content.marks} == {"DeviceRGB"}
        assert not content.broken


def test_paper_larger_than_a_press_is_not_drawn(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        a_page(pdf, AREA, (0, 0, 900_000, 900_000))
        pdf.save(tmp_path / "a.pdf")
    assert codes(tmp_path / "a.pdf", Profile("mine", "", safety=9)) == ["P131"]


def run(*words: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    return done.exit_code, done.stdout, done.stderr


def test_the_command(good: dict[str, Good], tmp_path: Path) -> None:
    path = good["black"].path
    code, said, found = run("check", path, "--profile", "ingram")
    assert (code, found) == (0, "")
    assert said.startswith(f"{path}: nothing to mend; checked against ")
    assert said.endswith(" rules of profile ingram (2026-11)\n")
    bad = spoilt(good["black"], tmp_path / "bad.pdf", put(f"1 0 0 rg {AREA}"))
    code, said, _ = run("check", bad, "--profile", "ingram", "--format", "json")
    assert (code, json.loads(said)["code"], json.loads(said)["page"]) == (1, "P091", str(AT + 1))
    assert run("check", bad, "--profile", "ingrom")[0] == 2
    assert run("check", tmp_path / "none.pdf", "--profile", "ingram")[0] == 3
    # Without a printer only what every printer refuses is looked at.
    assert "rules of profile print" in run("check", bad)[1]


def test_the_books_profile_is_the_printers(good: dict[str, Good], tmp_path: Path) -> None:
    root = books.write(tmp_path, book=books.text("book") + "profile: ingram\n")
    (root / "build").mkdir()
    shutil.copyfile(good["black"].path, root / "build/another.print.pdf")
    code, said, _ = run("-C", root, "check")
    assert code == 0
    assert "rules of profile ingram" in said


def test_a_build_holds_the_file_against_the_profile(good: dict[str, Good], tmp_path: Path) -> None:
    book = Book("a", "A", "en", "urn:uuid:a", "2025-01-01T00:00:00Z", ())
    composed = Composed(book, (), (), Look("octavo", (), "", (), trim=(396, 612)))
    wide = dataclasses.replace(good["black"].profile, gutters=(), safety=100, file_limit=None, pages=(None, None))
    printer = Printer(wide, NOWHERE, lambda edges: composed)
    with pikepdf.open(good["black"].path) as pdf:
        count = len(pdf.pages)
    made = printer.mend(good["black"].path, tmp_path / "a.print.pdf", composed, count - 1)
    assert {each.code for each in errors(made.diagnostics)} == {"P074"}
    assert {each.place.path for each in errors(made.diagnostics)} == {"a.print.pdf"}
