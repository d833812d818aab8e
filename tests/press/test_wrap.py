"""The printed cover: how wide it is, what stands where, what tills read, and when it no longer fits."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from typer.testing import CliRunner

import books
import judges
from overprint import pipeline
from overprint.bindery import Bindery
from overprint.cli import app
from overprint.compose import compose
from overprint.diagnostics import NOWHERE, Exit, Made, Stop
from overprint.model import Composed, Project
from overprint.press import icc, wrap
from overprint.press import profile as profiles
from overprint.press.profile import Bleed, Box, Intent, Paper, Profile, Spine
from overprint.render import cover
from overprint.render.pdf.cache import Cache
from press.pages import a_press

THEMES = ("octavo", "plain", "gazette")
ISBN = "978-0-306-40615-7"
KDP = profiles.find("kdp", None, NOWHERE)
GROUNDS = {"octavo": (239, 230, 210), "plain": (15, 76, 92), "gazette": (168, 35, 26)}
BLURB = (
    "Whom do we love when we love a voice? In six weeks of a winter, an essay on a film found four hundred readers "
    "who wrote back, and did not agree.",
    "Here are the essay and the letters: from a projectionist, a nurse on nights, a widower, a boy of fifteen.",
)
LIFE = (
    "---\nname: Ada Quill\n---\n\nAda Quill keeps *bees*, and [a page](https://example.org).\n\nNever printed here.\n"
)


def book(root: Path, keys: str = "", *, blurb: tuple[str, ...] = BLURB, title: str = "The Light in the Booth") -> Path:
    about = "description: |\n" + "\n\n".join(f"  {each}" for each in blurb) + "\n"
    own = books.text("book").replace("Small Book", f'"{title}"') + about
    own += "" if "isbn_print" in keys else f"isbn_print: {ISBN}\n"
    root.mkdir(exist_ok=True)
    return books.write(root, book=own + keys, person=LIFE)


def composed(root: Path) -> tuple[Composed, Project]:
    manuscript, made = pipeline.validate(root, draft=False).value
    return compose(made, manuscript.project).value, manuscript.project


@dataclasses.dataclass
class Bound:
    """A cover that was made: the file, what was said, where it is folded, and its picture at 300 dpi."""

    path: Path
    said: Made[None]
    size: tuple[float, float]
    folds: tuple[float, float]
    bleed: float

    def picture(self) -> Image.Image:
        opened: Any = pypdfium2.PdfDocument
        with opened(self.path) as document:
            picture: Image.Image = document[0].render(scale=300 / 72).to_pil().convert("RGB")
        return picture

    def words(self) -> Iterator[tuple[str, tuple[float, float, float, float], bool]]:
        """Yield each line: what it says, its box from the upper left corner of the sheet, whether it is turned."""
        with pymupdf.open(str(self.path)) as pdf:  # type: ignore[no-untyped-call]
            for block in pdf[0].get_text("dict")["blocks"]:
                for line in block.get("lines", ()):
                    turned = abs(line["dir"][1]) > 0.5
                    yield "".join(span["text"] for span in line["spans"]).strip(), line["bbox"], turned


def bound(root: Path, pages: int, profile: Profile = KDP) -> Bound:
    made, project = composed(root)
    target, proof, picture = (root / name for name in ("made.pdf", "proof.png", "front.jpg"))
    if made.cover.picture:
        cover.render(made, picture)
    place = project.at("profile")
    said = Bindery(profile, place, project).bind(made, pages, picture, target, proof, Cache(root.parent / "cache"))
    paper = wrap.paper(profile, project.paper)
    size = wrap.size(profile, paper or Paper("", 0), made.look.trim, pages, coded=True)
    left = size.bleed + size.trim[0]
    whole = 2 * left + size.spine, size.trim[1] + 2 * size.bleed
    return Bound(target, said, whole, (left, left + size.spine), size.bleed)


def test_a_spine_is_as_thick_as_the_pages_on_the_paper() -> None:
    white, cream = (wrap.paper(KDP, name) for name in ("", "cream"))
    assert white
    assert cream
    assert wrap.paper(KDP, "vellum") is None
    thin = wrap.size(KDP, white, (432, 648), 300, coded=False)
    assert thin.spine == pytest.approx(300 * 0.002252 * 72, abs=1e-3)
    assert wrap.size(KDP, cream, (432, 648), 300, coded=False).spine == pytest.approx(54, abs=1e-3)
    assert thin.bleed == 9
    assert thin.clear == 4.5
    assert thin.box == (144, 86.4, 18, 18)
    assert wrap.size(KDP, white, (432, 648), 78, coded=False).clear is None
    assert wrap.size(KDP, white, (432, 648), 79, coded=False).clear == 4.5


def test_a_printer_who_says_nothing_of_a_box_gets_one_where_there_is_an_isbn() -> None:
    paper = Paper("thin", 0.1)
    plain = Profile("mine", "", spine=Spine((paper,), 2, None, None), bleed=Bleed(8, 8, 8))
    assert wrap.size(plain, paper, (360, 576), 100, coded=True).box == wrap.BOX
    made = wrap.size(plain, paper, (360, 576), 100, coded=False)
    assert (made.box, made.spine, made.clear, made.bleed) == (None, 12, 0, 8)


@pytest.mark.parametrize(
    ("profile", "colour"),
    [
        (Profile("a", "", colour="mono"), "srgb"),
        (Profile("a", "", colour="mono", standard="x1a", intent=Intent("A", "", "", "grey.icc")), "cmyk"),
        (Profile("a", "", colour="cmyk", intent=Intent("A", "", "", "ours.icc")), "cmyk"),
        (Profile("a", "", colour="srgb"), "srgb"),
    ],
)
def test_a_cover_has_colours_and_bleeds_on_all_sides(profile: Profile, colour: str) -> None:
    inks = wrap.inks(dataclasses.replace(profile, cover_bleed=9, bleed=Bleed(1, 1, 1)))
    assert (inks.colour, inks.bleed) == (colour, Bleed(9, 9, 9, 9))
    assert not inks.intent or inks.intent.icc == ("ours.icc" if profile.colour == "cmyk" else "")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("trim", "pages"), [("5 x 8 in", 60), ("6 x 9 in", 500), ("5 x 8 in", 120)])
def test_all_stands_where_it_belongs_and_the_barcode_is_read(theme: str, trim: str, pages: int, tmp_path: Path) -> None:
    price = "price: 14.99 USD\n" if pages == 500 else ""
    made = bound(book(tmp_path / "book", f"theme: {theme}\ntrim: {trim}\n{price}"), pages)
    assert made.said.diagnostics == ()
    with pikepdf.open(made.path) as pdf:
        [page] = pdf.pages
        boxes = [[float(each) for each in box] for box in (page.mediabox, page.trimbox, page.bleedbox)]
    wide, high = made.size
    assert boxes[0] == boxes[2] == pytest.approx([0, 0, wide, high], abs=0.01)
    assert boxes[1] == pytest.approx([9, 9, wide - 9, high - 9], abs=0.01)

    picture = made.picture()
    assert [picture.getpixel((x, 2)) for x in (2, picture.width // 2, picture.width - 3)] == [GROUNDS[theme]] * 3
    add_on = zxingcpp.EanAddOnSymbol.Require if price else zxingcpp.EanAddOnSymbol.Ignore
    [read] = zxingcpp.read_barcodes(picture, ean_add_on_symbol=add_on)
    assert read.text == ISBN.replace("-", "") + ("51499" if price else "")

    fold, far = made.folds
    back, spine, front = list[str](), list[str](), list[str]()
    for words, box, turned in made.words():
        (spine if turned else back if box[2] < fold else front).append(words)
        inside = (fold + 4.4, far - 4.4) if turned else (9 + 17.9, fold - 17.9) if box[2] < fold else (far, wide - 27)
        ink = (box[0] + box[2]) / 2 if turned else box[0]
        assert inside[0] <= ink <= inside[1], words
        assert 9 + 17.9 <= box[1] < box[3] <= high - 27, words
    told = " ".join(back)
    assert all(" ".join(each.split()) in told for each in BLURB)
    assert "keeps bees, and a page." in told
    assert "Never printed" not in told
    assert "The Light" in " ".join(front)
    assert any("The Light in the Booth" in each for each in spine) == (pages >= 79)
    assert bool(spine) == (pages >= 79)
    _spine_is_clear(picture, made)


def _spine_is_clear(picture: Image.Image, made: Bound) -> None:
    """See that nothing is printed nearer to the folds than the printer says: each row has one colour there."""
    dot = 300 / 72
    for start, end in ((made.folds[0], made.folds[0] + 4.5), (made.folds[1] - 4.5, made.folds[1])):
        strip = picture.crop((math.ceil(start * dot), 0, math.floor(end * dot), picture.height))
        for y in range(0, strip.height, 3):
            row = strip.crop((0, y, strip.width, y + 1))
            assert all(high - low < 8 for low, high in row.getextrema()), y  # type: ignore[misc]


def test_words_are_black_alone_and_so_are_bars(tmp_path: Path) -> None:
    made = bound(book(tmp_path / "book"), 200)
    colours, fills = set[tuple[float, ...]](), set[tuple[float, ...]]()
    with pikepdf.open(made.path) as pdf:
        assert pdf.pdf_version == "1.4"
        colour: tuple[float, ...] = ()
        for each in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(each.operator) in {"g", "rg", "k"}:
                colour = tuple(float(part) for part in each.operands)
            elif str(each.operator) in {"Tj", "TJ"}:
                colours.add(colour)
            elif str(each.operator) in {"f", "f*"}:
                fills.add(colour)
    assert (0.0,) in colours
    assert {len(each) for each in colours - {(0.0,)}} == {3}  # the ornament
    assert len(colours) == 2
    assert (0.0,) in fills


@pytest.mark.parametrize("theme", THEMES)
def test_a_long_title_stays_on_the_spine_and_in_its_colour(theme: str, tmp_path: Path) -> None:
    title = "On the Quiet Arts of Waiting for Nothing in Particular, and Its Joys"
    made = bound(book(tmp_path / "book", f"theme: {theme}\ntrim: 5 x 8 in\n", title=title), 300)
    turned = [(words, box) for words, box, is_turned in made.words() if is_turned]
    [(_, box)] = [each for each in turned if each[0].startswith("On the Quiet")]
    assert box[3] <= 9 + 576 * (0.55 if theme == "gazette" else 0.95)
    ends = sorted((box[1], box[3]) for _, box in turned)
    assert all(one[1] <= other[0] for one, other in pairwise(ends))


def test_a_title_without_room_is_left_out_and_said(tmp_path: Path) -> None:
    made = bound(book(tmp_path / "book", "trim: 5 x 8 in\n", title="Very " * 60 + "Long"), 300)
    assert [each.code for each in made.said.diagnostics] == ["B134"]
    assert not any(turned for _, _, turned in made.words())


@pytest.mark.parametrize(
    ("keys", "blurb", "code", "place", "words"),
    [
        ("", ("A word or two. " * 300,), "B133", "description", "no room for a description of"),
        ("paper: vellum\n", BLURB, "B137", "paper", "`vellum` is not a paper of kdp"),
        ("price: 12.00 EUR\n", BLURB, "B138", "price", "no sign for EUR"),
    ],
)
def test_what_cannot_be_printed_is_said_with_its_line(
    keys: str, blurb: tuple[str, ...], code: str, place: str, words: str, tmp_path: Path
) -> None:
    root = book(tmp_path / "book", keys, blurb=blurb)
    made = bound(root, 200)
    [said] = made.said.diagnostics
    assert said.code == code
    assert words in said.message
    assert said.hint
    line = (root / "manuscript/book.yaml").read_text("utf-8").splitlines()[said.place.line - 1]
    assert line.startswith(f"{place}:")
    assert not made.path.exists()


def test_a_box_that_is_too_small_for_the_barcode(tmp_path: Path) -> None:
    made = bound(book(tmp_path / "book"), 200, dataclasses.replace(KDP, barcode=Box(70, 40, 18, 18)))
    assert [each.code for each in made.said.diagnostics] == ["B139"]
    assert not made.path.exists()


@pytest.mark.parametrize(("pixels", "codes"), [(2400, []), (1400, ["B141"]), (350, ["B140"])])
def test_a_picture_of_the_editors_fills_the_front_unless_it_is_too_small(
    pixels: int, codes: list[str], tmp_path: Path
) -> None:
    root = book(tmp_path / "book", "trim: 6 x 9 in\ncover: front.jpg\n")
    Image.new("RGB", (pixels, pixels * 8 // 5), (20, 140, 60)).save(root / "manuscript/front.jpg")
    made = bound(root, 200)
    assert [each.code for each in made.said.diagnostics] == codes
    assert made.path.exists() == (codes != ["B140"])
    if made.path.exists():
        picture = made.picture()
        right = round(made.folds[1] / 72 * 300) + 2
        for at in ((right, 3), (picture.width - 3, 3), (right, picture.height - 3), (picture.width - 3, 2000)):
            assert picture.getpixel(at) == pytest.approx((20, 140, 60), abs=4)
        assert picture.getpixel((right - 6, 2000)) == GROUNDS["octavo"]


def test_without_an_isbn_the_printers_box_is_white_and_without_a_box_there_is_none(tmp_path: Path) -> None:
    root = book(tmp_path / "book")
    path = root / "manuscript/book.yaml"
    path.write_text(path.read_text("utf-8").replace(f"isbn_print: {ISBN}\n", ""), "utf-8")
    for profile, colour in ((KDP, (255, 255, 255)), (dataclasses.replace(KDP, barcode=None), GROUNDS["octavo"])):
        picture = bound(root, 200, profile).picture()
        at = round((9 + 396 - 18 - 72) / 72 * 300), round((9 + 612 - 18 - 43) / 72 * 300)
        assert picture.getpixel(at) == colour
        assert zxingcpp.read_barcodes(picture) == []


def test_the_proof_shows_where_it_is_cut_and_folded(tmp_path: Path) -> None:
    made = bound(book(tmp_path / "book", "theme: plain\n"), 300)
    with Image.open(tmp_path / "book/proof.png") as proof:
        assert proof.size == pytest.approx([each / 72 * 150 for each in made.size], abs=1)
        column = round(made.folds[0] / 72 * 150)
        seen = {proof.getpixel((x, y)) for x in range(column - 2, column + 3) for y in range(0, proof.height, 2)}
    assert {(0, 130, 200), (255, 255, 255)} <= seen


@judges.needs_qpdf
@judges.needs_ghostscript
@pytest.mark.parametrize("name", ["offset", "offset-x1a"])
@pytest.mark.parametrize("theme", THEMES)
def test_in_four_inks_the_barcode_and_black_words_are_on_one_plate(theme: str, name: str, tmp_path: Path) -> None:
    root = book(tmp_path / "book", f"theme: {theme}\ntrim: 5.5 x 8.5 in\n")
    (root / "FOGRA39L_coated.icc").write_bytes(a_press())
    found = dataclasses.replace(profiles.find(name, None, NOWHERE), spine=Spine((Paper("art", 0.2),), 1, None, None))
    made = bound(root, 300, icc.settled(found, root, NOWHERE))
    assert made.said.diagnostics == ()
    assert judges.qpdf(made.path) == []
    with pikepdf.open(made.path) as pdf:
        page = pdf.pages[0]
        trim, bleed, paper = ([float(each) for each in box] for box in (page.trimbox, page.bleedbox, page.mediabox))
        assert trim[0] - bleed[0] == pytest.approx(made.bleed, abs=0.01)
        assert bleed[0] - paper[0] >= 20  # the marks
        left, bottom = trim[0] + 396 - 27 - 144, trim[1] + 27
        areas = {"box": [left, bottom, left + 144, bottom + 86.4], "head": [bleed[0], trim[3] - 72, trim[2], bleed[3]]}
        for area, corners in areas.items():
            for box in ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox"):
                page.obj[box] = pikepdf.Array(corners)
            pdf.save(tmp_path / f"{area}.pdf")
    [(cyan, magenta, yellow, black)] = judges.inks(tmp_path / "box.pdf")
    assert cyan + magenta + yellow == 0
    assert black > 0.05
    [inks] = judges.inks(tmp_path / "head.pdf")
    assert sum(inks[:3]) > 0.05  # the ground is in colour


MINE = "title: A printer\nlike: kdp\npages: {least: 2}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = book(tmp_path / "book", "profile: mine\n")
    (root / "profiles").mkdir()
    (root / "profiles/mine.yaml").write_text(MINE, "utf-8")
    return root


def test_it_is_built_with_the_pages_and_is_stale_when_they_change(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    layout = pipeline.Layouting(cache=project.parent / "cache")
    made = pipeline.build(project, ["pdf", "cover"], layout=layout)
    names = {each.path.name.removeprefix("the-light-in-the-booth.") for each in made.value}
    assert names == {"print.pdf", "cover.jpg", "cover.pdf", "cover.proof.png"}
    [pages] = {each.pages for each in made.value if each.pages}
    build = project / "build"
    wrapped, printed = (build / f"the-light-in-the-booth.{name}.pdf" for name in ("cover", "print"))
    with pikepdf.open(wrapped) as pdf:
        width = float(pdf.pages[0].trimbox[2]) - float(pdf.pages[0].trimbox[0])
    assert width == pytest.approx(2 * 396 + pages * 0.002252 * 72, abs=0.01)
    first = wrapped.read_bytes()
    assert pipeline.check_covers([build], project) == ((wrapped, ()),)

    pipeline.build(project, ["wrap"], layout=layout)
    assert wrapped.read_bytes() == first

    essay = project / "manuscript/essays/01-bees/essay.md"
    essay.write_text(essay.read_text("utf-8") + "\n\nOne more word about bees." * 120 + "\n", "utf-8")
    more = next(each.pages for each in pipeline.build(project, ["pdf"], layout=layout).value if each.pages)
    assert more > pages
    [(_, [said])] = pipeline.check_covers([build], project)
    assert said.code == "P052"
    assert f"of {pages} pages" in said.message
    assert f"of {more} pages" in said.message
    ran = CliRunner().invoke(app, ["check", "--format", "concise"])
    assert ran.exit_code == Exit.CONTENT
    assert "P052" in ran.output

    pipeline.build(project, ["pdf", "cover"], layout=layout)
    assert CliRunner().invoke(app, ["check"]).exit_code == 0
    path = project / "manuscript/book.yaml"
    path.write_text(path.read_text("utf-8") + "paper: cream\n", "utf-8")
    [(_, [said])] = pipeline.check_covers([build], project)
    assert "on white paper" in said.message
    assert "on cream paper" in said.message
    assert printed.exists()


def test_a_cover_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    for name in ("a.cover.pdf", "a.print.pdf"):
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.save(tmp_path / name)
    assert wrap.stale(tmp_path / "a.cover.pdf", tmp_path / "a.print.pdf") == ()


def test_nothing_is_replaced_where_the_cover_cannot_be_made(project: Path) -> None:
    layout = pipeline.Layouting(cache=project.parent / "cache")
    [before] = [each.path for each in pipeline.build(project, ["pdf"], layout=layout).value]
    held = before.read_bytes()
    path = project / "manuscript/book.yaml"
    path.write_text(path.read_text("utf-8").replace("Whom do we", "A word or two. " * 300 + "Whom do we"), "utf-8")
    with pytest.raises(Stop) as stop:
        pipeline.build(project, ["pdf", "cover"], layout=layout)
    assert [each.code for each in stop.value.diagnostics if each.severity == "error"] == ["B133"]
    assert stop.value.exit is Exit.CONTENT
    assert before.read_bytes() == held
    assert not list(before.parent.glob("*.cover.*"))


def test_an_isbn_with_a_wrong_digit_is_said_before_anything_is_made(tmp_path: Path) -> None:
    root = book(tmp_path / "book", "isbn_print: 978-0-306-40615-8\n")
    with pytest.raises(Stop) as stop:
        pipeline.build(root, ["pdf", "cover"], profile="kdp")
    [said] = stop.value.diagnostics
    assert (said.code, said.place.path) == ("M125", "manuscript/book.yaml")
    assert "should be 7" in said.message


def test_without_a_formula_it_is_said_how_to_get_one(project: Path) -> None:
    path = project / "manuscript/book.yaml"
    path.write_text(path.read_text("utf-8").replace("profile: mine\n", ""), "utf-8")
    for names, profile, code in ((["wrap"], "", "B135"), (["wrap"], "lulu", "B135")):
        with pytest.raises(Stop) as stop:
            pipeline.build(project, names, profile=profile)
        [said] = stop.value.diagnostics
        assert said.code == code
        assert "spine:" in said.hint
    (project / "profiles/mine.yaml").write_text("title: A printer\nlike: lulu\npages: {least: 2}\n", "utf-8")
    layout = pipeline.Layouting(cache=project.parent / "cache")
    made = pipeline.build(project, ["pdf", "cover"], profile="mine", layout=layout)
    assert [each.code for each in made.diagnostics] == ["B136"]
    assert not list((project / "build").glob("*.cover.pdf"))


def test_a_formula_of_your_own_is_written_as_the_how_to_says(project: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/how-to/cover.md").read_text("utf-8")
    written = page.partition("### If the printer")[2].partition("```yaml\n")[2].partition("```")[0]
    (project / "profiles/mine.yaml").write_text(written, "utf-8")
    found = profiles.find("mine", project, NOWHERE)
    made = bound(project, 200, found)
    assert made.said.diagnostics == ()
    assert made.folds[1] - made.folds[0] == pytest.approx((200 * 0.0025 + 0.02) * 72, abs=0.01)
    assert any(turned for _, _, turned in made.words())


def test_keys_of_the_cover_are_checked_with_the_manuscript(project: Path) -> None:
    path = project / "manuscript/book.yaml"
    path.write_text(path.read_text("utf-8") + "paper: vellum\nprice: a lot\n", "utf-8")
    assert [each.code for each in pipeline.validate(project).diagnostics] == ["B137", "B138"]
