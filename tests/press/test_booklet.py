"""The order of pages on folded sheets, and where they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

import books
from overprint import pipeline
from overprint.press import booklet
from overprint.press.booklet import ROOM, Side, impose, section_size, sides
from overprint.press.profile import Profile
from press.pages import a_page


def folded(printed: list[Side], section: int) -> list[int | None]:
    """Fold sheets, lay them into each other, bind the sections, and return the pages as a reader turns them."""
    pages: list[int | None] = []
    sheets = [(printed[at], printed[at + 1]) for at in range(0, len(printed), 2)]
    while sheets:
        size = next((at for at in range(1, len(sheets)) if sheets[at][0].depth == 0), len(sheets))
        assert size * 4 <= section
        own, sheets = sheets[:size], sheets[size:]
        pages += [page for front, back in own for page in (front.right, back.left)]
        pages += [page for front, back in reversed(own) for page in (back.right, front.left)]
    return pages


@given(st.integers(1, 200), st.sampled_from([4, 8, 16, 32, 200]))
def test_a_folded_book_reads_in_order_with_blanks_at_its_end(pages: int, section: int) -> None:
    read = folded(list(sides(pages, section)), section)
    assert read[:pages] == list(range(pages))
    assert read[pages:] == [None] * (-pages % 4)


def test_a_section_of_eight() -> None:
    assert [(side.left, side.right) for side in sides(8, 8)] == [(7, 0), (1, 6), (5, 2), (3, 4)]


def test_a_printers_multiple_is_a_section() -> None:
    assert section_size(30, Profile("", "", multiple=32)) == 32
    assert section_size(63) == 64
    assert section_size(65, Profile("", "", multiple=2)) == 16


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of seven pages; each has a bar as high as its number, two thirds of the way out from its spine."""
    pdf = pikepdf.new()
    for number in range(1, 8):
        x = 100 if number % 2 else 50
        a_page(pdf, f"{x} 0 4 {number * 20} re f", (0, 0, 154, 200))
    pdf.save(tmp_path / "book.pdf")
    return tmp_path / "book.pdf"


def bars(page: Any) -> list[tuple[int, int]]:
    """Return where bars stand on a side, and how high they are in steps of 20."""
    image = page.render(scale=2, grayscale=True).to_pil().point(lambda value: 255 if value < 128 else 0)
    left, right = (image.crop((x, 2 * ROOM, x + 300, 448)).getbbox() for x in (56, 364))
    return [(box[0] + x, round((box[3] - box[1]) / 40)) for box, x in ((left, 56), (right, 364)) if box]


def test_pages_stand_beside_the_fold_and_inner_ones_closer(book: Path, tmp_path: Path) -> None:
    made = impose(book, tmp_path / "booklet.pdf", 8, paper=2)
    sides = [bars(page) for page in pypdfium2.PdfDocument(tmp_path / "booklet.pdf")]
    assert [[high for _, high in side] for side in sides] == [[1], [2, 7], [6, 3], [4, 5]]
    fold = 2 * (ROOM + 154)
    assert sides[0][0][0] == fold + 200
    assert [x for x, _ in sides[1]] == [fold - 208, fold + 200]
    assert [x for x, _ in sides[2]] == [fold - 208 + 4, fold + 200 - 4]
    assert made.value == 2
    assert [said.message for said in made.diagnostics] == [
        "the last sheet of the booklet has 1 page blank: 2 sheets for 7 pages"
    ]


def test_marks_say_where_to_cut_and_fold(book: Path, tmp_path: Path) -> None:
    impose(book, tmp_path / "booklet.pdf", 8)
    page = pypdfium2.PdfDocument(tmp_path / "booklet.pdf")[0].render(scale=4, grayscale=True).to_pil()
    top = page.crop((0, 0, page.width, 4 * 20)).point(lambda value: 255 if value < 200 else 0)
    columns = [x for x in range(top.width) if top.crop((x, 0, x + 1, top.height)).getbbox()]
    assert {round(x / 4) for x in columns} == {24, 178, 332}


def test_marks_stand_outside_the_bleed(book: Path, tmp_path: Path) -> None:
    with pikepdf.open(book, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            page.MediaBox = page.BleedBox = pikepdf.Array([-9, -9, 163, 209])
            page.TrimBox = pikepdf.Array([0, 0, 154, 200])
            page.Contents = pdf.make_stream(b"0.9 g -9 -9 172 218 re f")
        pdf.save()
    impose(book, tmp_path / "booklet.pdf", 8)
    with pikepdf.open(tmp_path / "booklet.pdf") as pdf:
        assert [float(each) for each in pdf.pages[1].TrimBox] == [33, 33, 33 + 308, 33 + 200]
    page = pypdfium2.PdfDocument(tmp_path / "booklet.pdf")[1].render(scale=4, grayscale=True).to_pil()
    black = page.point(lambda value: 255 if value < 200 else 0).getbbox()
    inked = page.point(lambda value: 255 if 200 <= value < 240 else 0).getbbox()
    assert black is not None
    assert inked is not None
    assert [round(each / 4) for each in black] == [7, 7, 367, 259]
    assert [round(each / 4) for each in inked] == [24, 24, 350, 242]


def test_the_same_book_gives_the_same_booklet(book: Path, tmp_path: Path) -> None:
    for name in ("one.pdf", "other.pdf"):
        impose(book, tmp_path / name, booklet.SECTION)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "other.pdf").read_bytes()


@pytest.mark.parametrize("printer", ["", "mine"])
def test_a_booklet_is_built_beside_the_book_and_of_its_pages(tmp_path: Path, printer: str) -> None:
    root = books.write(tmp_path / "book")
    (root / "profiles").mkdir()
    own = "title: A printer\nlike: ingram\npages: {multiple: 8}\n"
    (root / "profiles/mine.yaml").write_text(own, "utf-8")
    made = pipeline.build(root, ["booklet"], profile=printer)
    (built,) = made.value
    assert built.path.name.endswith(".booklet.pdf")
    with pikepdf.open(built.path) as pdf:
        assert built.pages == len(pdf.pages)
        shown = sum(len(page.resources.XObject.keys()) for page in pdf.pages)
        intents: Any = pdf.Root.get("/OutputIntents", [])
        assert [str(each.OutputConditionIdentifier) for each in intents] == (["CGATS TR 001"] if printer else [])
    if printer:
        assert shown == 2 * built.pages
        assert shown % 8 == 0
    else:
        assert 2 * built.pages - 3 <= shown <= 2 * built.pages
    assert not list(built.path.parent.glob("*.print.pdf"))
