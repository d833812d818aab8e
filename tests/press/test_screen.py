"""The screen's PDF: the printed pages, centred, with links, tags and what PDF/UA asks of a file."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

import books
from overprint import pipeline
from overprint.press.screen import FINEST, screen


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = books.write(tmp_path_factory.mktemp("book"))
    made = pipeline.build(root, ["pdf", "screen"])
    assert [each.path.name for each in made.value] == ["small-book.print.pdf", "small-book.screen.pdf"]
    assert made.value[0].pages == made.value[1].pages
    assert made.value[1].size < made.value[0].size
    return root / "build"


@pytest.fixture(scope="module")
def files(built: Path) -> tuple[pikepdf.Pdf, pikepdf.Pdf]:
    return pikepdf.open(built / "small-book.print.pdf"), pikepdf.open(built / "small-book.screen.pdf")


def test_pages_and_their_numbers_are_those_of_print(files: tuple[pikepdf.Pdf, pikepdf.Pdf]) -> None:
    printed, shown = files
    assert [page.label for page in shown.pages] == [page.label for page in printed.pages]
    for one, other in zip(printed.pages, shown.pages, strict=True):
        assert pikepdf.unparse_content_stream(pikepdf.parse_content_stream(one)) == pikepdf.unparse_content_stream(
            pikepdf.parse_content_stream(other)
        )


def test_margins_are_equal(files: tuple[pikepdf.Pdf, pikepdf.Pdf]) -> None:
    printed, shown = files
    # Octavo's are 57 pt at the spine and 51 pt opposite, on a page of 396 x 612 pt.
    shifts = {
        (number % 2, float(other.mediabox[0]) - float(one.mediabox[0]))
        for number, (one, other) in enumerate(zip(printed.pages, shown.pages, strict=True))
    }
    assert shifts == {(0, 3.0), (1, -3.0)}
    assert {float(page.mediabox[2] - page.mediabox[0]) for page in shown.pages} == {396.0}


def test_it_says_that_it_is_made_for_all_readers(files: tuple[pikepdf.Pdf, pikepdf.Pdf]) -> None:
    shown = files[1]
    with shown.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert metadata["dc:title"] == "Small Book"
    root = shown.Root
    assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("en-GB", True)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert "/Outlines" in root
    assert any("/Annots" in page.obj for page in shown.pages)


def test_two_builds_are_the_same(built: Path, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        screen(built / "small-book.print.pdf", tmp_path / name, (57, 51), title="A Small Book")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_photographs_have_no_more_than_a_screen_shows(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(360, 576))
        noise = Image.effect_noise((2400, 1200), 90).convert("RGB")
        made = io.BytesIO()
        noise.save(made, "JPEG", quality=95)
        facts = {"/Subtype": pikepdf.Name.Image, "/Width": 2400, "/Height": 1200, "/BitsPerComponent": 8}
        photo = pdf.make_stream(made.getvalue(), {**facts, "/ColorSpace": pikepdf.Name.DeviceRGB})
        photo.Filter = pikepdf.Name.DCTDecode
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(p=photo))
        pdf.save(tmp_path / "printed.pdf")
    screen(tmp_path / "printed.pdf", tmp_path / "shown.pdf", (0, 0), title="A")
    with pikepdf.open(tmp_path / "shown.pdf") as pdf:
        shown = pdf.pages[0].obj.Resources.XObject.p
        assert (int(shown.Width), int(shown.Height)) == (5 * FINEST, 5 * FINEST // 2)
        assert isinstance(shown, pikepdf.Stream)
        assert pikepdf.PdfImage(shown).as_pil_image().size == (5 * FINEST, 5 * FINEST // 2)
        assert len(shown.read_raw_bytes()) < len(made.getvalue()) / 3


def test_pages_with_ink_to_the_edge_show_what_is_left_after_the_cut(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(378, 594))
        pdf.pages[0].trimbox = pikepdf.Array([9, 9, 369, 585])
        pdf.save(tmp_path / "printed.pdf")
    screen(tmp_path / "printed.pdf", tmp_path / "shown.pdf", (60, 40), title="A")
    with pikepdf.open(tmp_path / "shown.pdf") as pdf:
        assert [float(each) for each in pdf.pages[0].mediabox] == [9, 9, 369, 585]
