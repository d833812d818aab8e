"""What is made for printers and for screens before the judges of PDF: veraPDF, qpdf and Ghostscript.

No free judge of PDF/X is known. The file of PDF/X-4 also claims PDF/A-2b, which veraPDF judges.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

import books
import judges
from overprint import pipeline
from overprint.diagnostics import NOWHERE
from overprint.press import icc, preflight, profile
from overprint.press.finish import finish
from overprint.press.profile import Profile
from press.pages import FACTS, a_press

SPECIMEN = Path(__file__).parents[1] / "specimen"
EXAMPLE = Path(__file__).parents[2] / "manuscript"
PRINTERS = ["kdp", "ingram", "lulu", "offset", "offset-x1a"]
NEAR = 6
"""Of 255, for a page; readers show inks by their own rules, and black ink alone is no full black to them."""
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200">
<defs><linearGradient id="a"><stop offset="0" stop-color="#a00"/><stop offset="1" stop-color="#00f"/></linearGradient>
<radialGradient id="b"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#0a0"/></radialGradient>
<pattern id="c" width="20" height="20" patternUnits="userSpaceOnUse"><circle cx="9" cy="9" r="6" fill="#c03"/></pattern>
</defs><rect width="190" height="90" fill="url(#a)"/><rect x="200" width="190" height="90" fill="url(#b)"/>
<rect y="100" width="190" height="90" fill="url(#c)"/><circle cx="300" cy="145" r="40" fill="#888" stroke="#06c"/>
<rect x="350" y="150" width="40" height="40" fill="#f00" fill-opacity="0.5"/></svg>
"""


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the laid-out PDF of a book with pictures of many kinds, and no printer."""
    names = ("photograph.jpg", "screenshot.png", "logo.png", "inks.jpg", "bits.png", "drawing.svg")
    shown = "\n\n".join(f"![A picture]({name})" for name in names)
    root = books.write(tmp_path_factory.mktemp("book"), essay=f"{books.text('essay')}\n{shown}\n")
    folder = root / "manuscript/essays/01-bees"
    across, down = (each.resize((600, 300)) for each in (Image.linear_gradient("L"), Image.radial_gradient("L")))
    photograph = Image.merge("RGB", (across, down, ImageChops.invert(across)))
    photograph.save(folder / "photograph.jpg")
    photograph.save(folder / "screenshot.png")
    logo = photograph.copy()
    logo.putalpha(down)
    logo.save(folder / "logo.png")
    photograph.convert("CMYK").save(folder / "inks.jpg")
    photograph.convert("1").save(folder / "bits.png")
    (folder / "drawing.svg").write_text(DRAWING, "utf-8")
    [built] = pipeline.build(root, ["pdf"]).value
    return built.path


def printer(name: str, folder: Path) -> Profile:
    """Return one of our profiles; those with four inks are of a press that needs no licence."""
    (folder / "FOGRA39L_coated.icc").write_bytes(a_press())
    return icc.settled(profile.find(name, None, NOWHERE), folder, NOWHERE)


def finished(source: Path, folder: Path, name: str) -> Path:
    target = folder / f"{name}.pdf"
    assert finish(source, target, printer(name, folder), **FACTS).diagnostics == ()
    return target


def seen(path: Path, page: int) -> Image.Image:
    """Return what is within the trim of a page, in grey."""
    pdf = pypdfium2.PdfDocument(path)
    pdf[page].set_mediabox(*pdf[page].get_trimbox())
    image: Image.Image = pdf[page].render(scale=0.5).to_pil().convert("L")
    return image


@judges.needs_qpdf
@pytest.mark.parametrize("name", PRINTERS)
def test_pages_look_as_they_did_for_every_printer(illustrated: Path, tmp_path: Path, name: str) -> None:
    made = finished(illustrated, tmp_path, name)
    assert judges.qpdf(made) == []
    with pikepdf.open(made) as pdf:
        count = len(pdf.pages)
    for page in range(count):
        before, after = seen(illustrated, page), seen(made, page)
        assert before.size == after.size
        assert ImageStat.Stat(ImageChops.difference(before, after)).mean[0] < NEAR, page + 1


@pytest.mark.parametrize("name", PRINTERS)
def test_preflight_says_only_what_is_so(illustrated: Path, tmp_path: Path, name: str) -> None:
    made = preflight.check(finished(illustrated, tmp_path, name), printer(name, tmp_path))
    # The book is short, its last page is not blank, its pictures are coarse, and the line over its notes is thin.
    wanted = {"kdp": {"P076", "P089"}, "ingram": {"P079"}, "lulu": {"P076"}}.get(name, set())
    assert {each.code for each in made.diagnostics} - judges.UNSEPARATED == wanted | {"P101"}


@judges.needs_ghostscript
@pytest.mark.parametrize("name", PRINTERS)
def test_pages_of_words_have_black_ink_alone(illustrated: Path, tmp_path: Path, name: str) -> None:
    made = finished(illustrated, tmp_path, name)
    with pikepdf.open(made) as pdf:
        for page in pdf.pages:  # crop marks are on every plate
            page.mediabox = page.trimbox
        coloured = [bool(page.resources.get("/XObject")) for page in pdf.pages]
        pdf.save(tmp_path / "cut.pdf")
    one_ink = printer(name, tmp_path).colour == "mono"
    plates = judges.inks(tmp_path / "cut.pdf")
    assert any(coloured)
    for pictured, (cyan, magenta, yellow, _) in zip(coloured, plates, strict=True):
        assert (cyan + magenta + yellow == 0) or (pictured and not one_ink)
    assert one_ink or any(sum(page[:3]) for page in plates)
    assert sum(page[3] for page in plates) > 0


@judges.needs_vera
def test_pdf_x_4_is_pdf_a_too(illustrated: Path, tmp_path: Path) -> None:
    assert judges.verapdf(finished(illustrated, tmp_path, "offset"), "2b") == []


@judges.needs_vera
@judges.needs_icc
@judges.needs_ghostscript
def test_coated_paper_is_printed_with_the_free_profile(
    illustrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(icc, "PLACES", (str(judges.ICC.parent),))
    found = icc.settled(profile.find("offset", None, NOWHERE), tmp_path, NOWHERE)
    assert finish(illustrated, tmp_path / "made.pdf", found, **FACTS).diagnostics == ()
    assert judges.verapdf(tmp_path / "made.pdf", "2b") == []
    with pikepdf.open(tmp_path / "made.pdf") as pdf:
        assert pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes() == judges.ICC.read_bytes()
    assert any(min(page[:3]) > 0.01 for page in judges.inks(tmp_path / "made.pdf"))


@judges.needs_vera
@pytest.mark.parametrize(
    "book",
    ["example", "gazette", *(pytest.param(each, marks=pytest.mark.judged) for each in ("octavo", "plain"))],
)
def test_screens_are_for_all_readers(tmp_path: Path, book: str) -> None:
    shutil.copytree(EXAMPLE if book == "example" else SPECIMEN / "manuscript", tmp_path / "manuscript")
    if book != "example":
        with (tmp_path / "manuscript/book.yaml").open("a") as settings:
            settings.write(f"\ntheme: {book}\n")
    [built] = pipeline.build(tmp_path, ["screen"]).value
    assert judges.verapdf(built.path, "ua1") == []


@judges.needs_vera
def test_a_spoilt_file_is_seen(illustrated: Path) -> None:
    assert judges.verapdf(illustrated, "2b")
