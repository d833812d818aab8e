"""Building for a named printer: margins by the number of pages, blank pages, limits."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from PIL import Image

import books
from overprint import pipeline, pressroom
from overprint.diagnostics import NOWHERE, Exit, Made, Place, Severity, Stop
from overprint.model import Book, Composed, Edges, Look
from overprint.press import profile
from overprint.press.profile import Band, Bleed, Profile
from overprint.pressroom import Printer
from overprint.render.pdf.job import Layout, Sheet
from press.pages import a_press

BANDS = (Band((24, 150), 27), Band((151, 300), 54), Band((301, 500), 63))


def book(root: Path, profile: str, **overlay: str) -> Path:
    books.write(root, **overlay)
    (root / "profiles").mkdir(exist_ok=True)
    (root / "profiles/mine.yaml").write_text(f"title: A printer\n{profile}", "utf-8")
    return root


def margins(path: Path) -> list[float]:
    """Return the left and right margin of the contents, a right page with lines that are full."""
    with pymupdf.open(str(path)) as pdf:  # type: ignore[no-untyped-call]
        page = next(each for each in pdf if each.get_text().startswith("Contents"))
        words = page.get_text("words")
        return [min(word[0] for word in words), page.rect.width - max(word[2] for word in words)]


def composed(inner: float) -> Composed:
    look = Look("octavo", (), "", (), trim=(360, 576), sides=(inner, 42))
    return Composed(Book("a", "A", "en", "urn:uuid:a", "2025-01-01T00:00:00Z", ()), (), (), look)


@pytest.mark.parametrize(
    ("pages", "inner", "hints"),
    [
        ({48: 150}, [48], []),
        ({48: 160, 54: 165}, [48, 54], ["54 pt wide in place of 48 pt"]),
        ({48: 295, 54: 301, 63: 310}, [48, 54, 63], ["63 pt wide in place of 48 pt"]),
    ],
)
def test_pages_are_laid_out_again_where_their_number_asks_for_a_wider_gutter(
    pages: dict[float, int], inner: list[float], hints: list[str]
) -> None:
    asked: list[float] = []

    def lay_out(what: Composed, target: Path) -> Made[Layout]:
        asked.append(what.look.sides[0])
        return Made(Layout((Sheet("", None),) * pages[asked[-1]]))

    printer = Printer(Profile("pod", "", gutters=BANDS), NOWHERE, lambda edges: composed(max(48, edges.inner)))
    made = printer.lay_out(composed(48), Path("none"), lay_out)
    assert asked == inner
    assert made.value[1].pages == pages[inner[-1]]
    assert [hint in said.message for said, hint in zip(made.diagnostics, hints, strict=True)] == [True] * len(hints)


def test_a_printers_margins_are_those_of_the_pages(tmp_path: Path) -> None:
    book(tmp_path, "gutters: [{from: 1, to: 90, inner: 1.25in}]\n")
    made = pipeline.build(tmp_path, ["pdf"], profile="mine")
    [said] = made.diagnostics
    assert said.code == "B128"
    assert "90 pt wide in place of 57 pt" in said.message
    # Not only moved: the line is shorter, and the outer margin is as it was.
    assert margins(made.value[0].path) == pytest.approx([90, 51], abs=0.05)


def test_books_are_filled_up_and_the_hint_counts(tmp_path: Path) -> None:
    book(tmp_path, "pages: {multiple: 16, last_blank: yes}\n")
    made = pipeline.build(tmp_path, ["pdf"], profile="mine")
    [built] = made.value
    assert built.pages % 16 == 0
    with pikepdf.open(built.path) as pdf:
        assert len(pdf.pages) == built.pages
        last = {str(each.operator) for each in pikepdf.parse_content_stream(pdf.pages[-1])}
        assert last <= {"g", "G", "k", "K", "gs", "q", "Q"}  # colours are chosen, and nothing is painted
    assert [each.code for each in made.diagnostics] == ["B129"]


@pytest.mark.parametrize(
    ("multiple", "blank", "pages", "count", "hints"),
    [
        (16, False, 33, 48, ["cut 1 page, and it has 16 fewer; or add up to 15"]),
        (16, True, 34, 48, ["cut 3 pages, and it has 16 fewer; or add up to 13"]),
        (16, True, 31, 32, ["cut 16 pages, and it has 16 fewer"]),
        (None, True, 33, 34, [""]),
        (16, False, 32, 32, []),
    ],
)
def test_a_hint_says_what_saves_a_section_and_what_fills_it(
    multiple: int | None, blank: bool, pages: int, count: int, hints: list[str], tmp_path: Path
) -> None:
    source = tmp_path / "laid-out.pdf"
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(360, 576))
        pdf.save(source)
    printer = Printer(Profile("mine", "", multiple=multiple, last_page_blank=blank), NOWHERE, lambda _: composed(48))
    made = printer.mend(source, tmp_path / "made.pdf", composed(48), pages)
    assert made.value == count
    assert [each.hint for each in made.diagnostics] == hints


@pytest.mark.parametrize(("pages", "code"), [(1, "B125"), (900, "B126")])
def test_kdp_takes_neither_a_leaf_nor_a_brick(pages: int, code: str, tmp_path: Path) -> None:
    printer = Printer(profile.find("kdp", None, NOWHERE), NOWHERE, lambda _: composed(48))
    made = printer.mend(tmp_path / "laid-out.pdf", tmp_path / "made.pdf", composed(48), pages)
    assert [each.code for each in made.diagnostics] == [code]
    assert f"has {pages} page{'s' if pages > 1 else ''}, and" in made.diagnostics[0].message
    assert not (tmp_path / "made.pdf").exists()


def test_a_logo_with_transparent_parts_over_ink_replaces_nothing(tmp_path: Path) -> None:
    book(tmp_path, "like: offset-x1a\n", essay=f"{books.text('essay')}\n![A bee](bee.png)\n")
    logo = Image.new("RGBA", (600, 600), (200, 40, 10, 128))
    logo.save(tmp_path / "manuscript/essays/01-bees/bee.png")
    (tmp_path / "profiles/press.icc").write_bytes(a_press())
    own = "intent: {identifier: FOGRA39, icc: profiles/press.icc}\n"
    (tmp_path / "profiles/mine.yaml").write_text(f"title: A printer\nlike: offset-x1a\n{own}", "utf-8")
    [good] = pipeline.build(tmp_path, ["pdf"], profile="mine").value
    before = good.path.read_bytes()
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/print.css").write_text("figure { background: #eed; }\n", "utf-8")
    with pytest.raises(Stop) as stop:
        pipeline.build(tmp_path, ["pdf"], profile="mine")
    [said] = [each for each in stop.value.diagnostics if each.kind.severity is Severity.ERROR]
    assert (said.code, stop.value.exit) == ("P050", Exit.CONTENT)
    assert re.search(r"page \d+ of the file: a picture with transparent parts", said.message)
    assert good.path.read_bytes() == before


@pytest.mark.parametrize(
    ("own", "code", "exit_code"),
    [
        ("like: kdp\nbleeed: {top: 9pt}\n", "M104", Exit.CONTENT),
        ("like: offset\nintent: {identifier: FOGRA39, icc: profiles/press.icc}\n", "B124", Exit.CANNOT),
        ("like: offset\nintent: {identifier: FOGRA39, icc: profiles/none.icc}\n", "B123", Exit.CANNOT),
    ],
)
def test_a_profile_that_cannot_be_used_replaces_nothing(own: str, code: str, exit_code: Exit, tmp_path: Path) -> None:
    book(tmp_path, own)
    (tmp_path / "profiles/press.icc").write_bytes(a_press()[:2000])
    [good] = pipeline.build(tmp_path, ["pdf"]).value
    before = good.path.read_bytes()
    with pytest.raises(Stop) as stop:
        pipeline.build(tmp_path, ["pdf"], profile="mine")
    assert ([each.code for each in stop.value.diagnostics], stop.value.exit) == ([code], exit_code)
    assert good.path.read_bytes() == before


@pytest.mark.parametrize(
    ("profile", "code", "words"),
    [
        ("pages: {least: 24}\n", "B125", "takes 24 at least"),
        ("pages: {most: 4}\n", "B126", "takes 4 at most"),
        ("trims: [5 x 8 in, 6 x 9 in]\n", "B127", "396 x 612 pt"),
    ],
)
def test_a_book_that_is_not_taken_replaces_nothing(profile: str, code: str, words: str, tmp_path: Path) -> None:
    book(tmp_path, "", book=books.text("book") + "profile: mine\n")
    [good] = pipeline.build(tmp_path, ["pdf"]).value
    before = good.path.read_bytes()
    (tmp_path / "profiles/mine.yaml").write_text(f"title: A printer\n{profile}", "utf-8")
    with pytest.raises(Stop) as stop:
        pipeline.build(tmp_path, ["pdf", "screen"])
    [said] = stop.value.diagnostics
    assert (said.code, said.place.path) == (code, "manuscript/book.yaml")
    assert words in said.message
    assert said.hint
    assert good.path.read_bytes() == before
    assert not (tmp_path / "build/small-book.screen.pdf").exists()


def test_ink_runs_over_the_edge_only_where_the_sheets_say_so(tmp_path: Path) -> None:
    book(tmp_path, "bleed: {top: 9pt, bottom: 9pt, outer: 9pt}\n")

    def sizes() -> set[tuple[float, float]]:
        [built] = pipeline.build(tmp_path, ["pdf"], profile="mine").value
        with pikepdf.open(built.path) as pdf:
            boxes = [[float(each) for each in page.mediabox] for page in pdf.pages]
            return {(box[2] - box[0], box[3] - box[1]) for box in boxes}

    assert sizes() == {(396, 612)}
    (tmp_path / "styles").mkdir(exist_ok=True)
    (tmp_path / "styles/print.css").write_text(":root { --page-bleeds: yes; }\n@page { background: #eee; }\n", "utf-8")
    assert sizes() == {(405, 630)}


def test_a_profile_leaves_the_epub_as_it_is(tmp_path: Path) -> None:
    book(tmp_path, "gutters: [{from: 1, to: 90, inner: 1.25in}]\n")
    [plain] = pipeline.build(tmp_path, ["epub"], tmp_path / "one").value
    [other] = pipeline.build(tmp_path, ["epub"], tmp_path / "two", profile="mine").value
    assert plain.path.read_bytes() == other.path.read_bytes()


def test_edges_are_the_profiles() -> None:
    profile = Profile("pod", "", safety=36, bleed=Bleed(9, 9, 9, 0))
    room = 36 + pressroom.HANGS
    assert pressroom.edges(profile) == Edges(room, room, (9, 9, 9, 0))
    assert pressroom.edges(Profile("any", "")) == Edges()


@pytest.mark.parametrize(("theme", "trim"), [("octavo", "5 x 8 in"), ("plain", "5 x 8 in"), ("gazette", "A5")])
def test_a_small_page_keeps_what_a_printer_wants_clear(theme: str, trim: str, tmp_path: Path) -> None:
    words = "Hyphenated counterrevolutionaries, incomprehensibilities and extraordinarily long words’ ends.\n\n" * 60
    essay = books.text("essay").replace("It is sweet.", words)
    settings = books.text("book") + f"theme: {theme}\ntrim: {trim}\n"
    root = book(tmp_path, "safety: 0.5in\ncolour: mono\n", book=settings, essay=essay)
    [built] = pipeline.build(root, ["pdf"], profile="mine").value  # which holds it against the profile
    assert built.pages > 6


def test_only_inks_need_an_icc_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overprint.press.icc.PLACES", ())
    books.write(tmp_path, book=books.text("book") + "profile: offset\n")
    [screen] = pipeline.build(tmp_path, ["screen"]).value
    assert screen.path.name == "small-book.screen.pdf"
    for output in ("pdf", "booklet"):
        with pytest.raises(Stop) as stop:
            pipeline.build(tmp_path, [output])
        [said] = stop.value.diagnostics
        assert (said.code, stop.value.exit) == ("B123", Exit.CANNOT)
        assert said.place == Place("manuscript/book.yaml", len(books.text("book").splitlines()) + 1, 10)
