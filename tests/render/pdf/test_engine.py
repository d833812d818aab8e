"""What the engine lays out, and what it says when a piece fails, does not settle or loses words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import books
import chores
import printed
from overprint import pipeline
from overprint.diagnostics import Exit, Made, Place, Stop
from overprint.model import Face
from overprint.render.pdf import Layout, Limits, PdfJob, Piece, Style, book, messages, tasks
from overprint.render.pdf.cache import Cache
from overprint.render.pdf.workers import Workers

SHEET = """@page { size: 80mm 80mm; margin: 10mm; @bottom-center { content: counter(page) } }
html { font: 9pt "EB Garamond" } body { margin: 0 } div { break-before: right }
.contents a::after { content: target-counter(attr(href), page) }
.note { float: footnote }
"""
BEFORE, AFTER = '<!DOCTYPE html><html lang="en"><head><title>A</title></head><body>', "</body></html>"
CONTENTS = Piece("contents", '<div class="contents"><p><a href="#bees">Bees</a> <a href="#wax">Wax</a></p></div>')
BEES, WAX = (Piece(name, f'<div><p id="{name}">About {name}, at length.</p></div>') for name in ("bees", "wax"))
PLACES = {name: Place(f"manuscript/essays/{name}/essay.md", 1) for name in ("bees", "wax")}
ENDLESS = Piece("wax", f'<div id="wax">{"<div style=display:flex>" * 14}x{"</div>" * 14}</div>')

Make = Callable[..., PdfJob]


@pytest.fixture
def make(faces: tuple[Face, ...]) -> Make:
    def made(*pieces: Piece, sheet: str = "") -> PdfJob:
        style = Style((("base.css", SHEET), ("print.css", sheet)), faces)
        return PdfJob(pieces or (CONTENTS, BEES, WAX), style, BEFORE, AFTER, PLACES)

    return made


class Failing(Workers):
    """Workers of which the one that has to lay out `wax` does a chore instead."""

    chore: tuple[Any, ...] = (chores.crash,)

    def submit(self, task: Callable[..., bytes], /, *args: Any, **more: Any) -> Future[bytes]:  # type: ignore[override]
        if isinstance(args[0], tasks.PieceOrder) and "wax" in args[0].piece.name:
            task, *args = self.chore  # type: ignore[assignment]
        return super().submit(task, *args, **more)


def test_a_piece_that_meets_a_limit_names_its_essay(make: Make, tmp_path: Path) -> None:
    target = tmp_path / "book.pdf"
    target.write_bytes(b"the last one")
    with pytest.raises(Stop) as stop:
        book.render(make(CONTENTS, BEES, ENDLESS), target, limits=Limits(cpu=1, per_kb=0), jobs=2)
    (said,) = stop.value.diagnostics
    assert (said.code, said.place, stop.value.exit) == ("P001", PLACES["wax"], Exit.CANNOT)
    assert said.message == "the layout was stopped after 1 seconds of computing"
    assert target.read_bytes() == b"the last one"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("chore", "code"),
    [((chores.crash,), "P003"), ((chores.leave, 1), "P003"), ((chores.fail,), "P005"), ((chores.recurse,), "P005")],
)
def test_a_piece_that_crashes_names_its_essay(
    make: Make, tmp_path: Path, chore: tuple[Any, ...], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(chores.__file__).parent))
    monkeypatch.setattr(Failing, "chore", chore)
    monkeypatch.setattr(book, "Workers", Failing)
    with pytest.raises(Stop) as stop:
        book.render(make(), tmp_path / "book.pdf")
    (said,) = stop.value.diagnostics
    assert (said.code, said.place, stop.value.exit) == (code, PLACES["wax"], Exit.CANNOT)
    assert list(tmp_path.iterdir()) == []


def test_the_last_good_book_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    books.write_anthology(tmp_path)
    layout = pipeline.Layouting(cache=tmp_path / "cache")
    pipeline.build(tmp_path, ["pdf"], layout=layout)
    built = tmp_path / "build" / "small-book.print.pdf"
    before = hashlib.sha256(built.read_bytes()).digest()

    essay = tmp_path / "manuscript/essays/02-wax/essay.md"
    essay.write_text(essay.read_text().replace("Wax remembers.", "Wax forgets."))
    with monkeypatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(chores.__file__).parent))
        patch.setattr(book, "Workers", Failing)
        with pytest.raises(Stop) as stop:
            pipeline.build(tmp_path, ["pdf"], layout=layout)
    (said,) = stop.value.diagnostics
    assert (said.code, said.place.path, stop.value.exit) == ("P003", "manuscript/essays/02-wax/essay.md", Exit.CANNOT)
    assert hashlib.sha256(built.read_bytes()).digest() == before

    pipeline.build(tmp_path, ["pdf"], layout=layout)
    assert hashlib.sha256(built.read_bytes()).digest() != before


def test_page_numbers_that_never_settle(make: Make, tmp_path: Path) -> None:
    """The number 3 takes two pages more, which makes a 5 of it, which takes none."""
    long = " ".join(["three"] * 600)
    sheet = f'@counter-style odd {{ system: fixed; symbols: a b "{long}" d e f g }}'
    job = make(CONTENTS, BEES, sheet=sheet + ".contents a::after { content: target-counter(attr(href), page, odd) }")
    made = printed.joined(job, tmp_path / "book.pdf")
    assert [each.code for each in made.diagnostics if each.code != "P013"] == ["P021"]
    printed.checked(tmp_path / "book.pdf")


def test_page_numbers_settle(make: Make, tmp_path: Path) -> None:
    many = Piece("bees", '<div id="bees">' + "<p style='break-after: page'>a</p>" * 99 + "</div>")
    made = printed.joined(make(CONTENTS, many, WAX), tmp_path / "book.pdf")
    assert made.diagnostics == ()
    letters = [letter[0] for letter in printed.seen(tmp_path / "book.pdf")["page 1"]["letters"]]
    assert "".join(letters).startswith("Bees3 Wax103")


def test_lost_words_name_their_block(make: Make, tmp_path: Path) -> None:
    note = " ".join(["word"] * 1500)
    wax = Piece("wax", f'<div><p id="wax">Text<span class="note">{note}</span> goes on.</p></div>')
    made = printed.joined(make(CONTENTS, BEES, wax), tmp_path / "book.pdf")
    (said,) = [each for each in made.diagnostics if each.code == "P015"]
    assert said.place == PLACES["wax"]
    assert "near #wax: “word word" in said.message


def test_what_is_said_is_said_again_from_what_was_kept(make: Make, tmp_path: Path) -> None:
    faulty = Piece("wax", '<div><p id="wax">中 <a href="#nowhere">a</a> <a href="#bees">b</a></p></div>')
    job, cache = make(CONTENTS, BEES, faulty, sheet="p { foo: bar }"), Cache(tmp_path / "cache")
    first = printed.joined(job, tmp_path / "book.pdf", cache=cache)
    assert sorted(each.code for each in first.diagnostics) == ["P010", "P012", "P013"]
    assert {each.place.path for each in first.diagnostics} == {PLACES["wax"].path, "print.css"}
    assert printed.joined(job, tmp_path / "book.pdf", cache=cache) == first
    other = make(CONTENTS, Piece("bees", BEES.html.replace("length", "last")), faulty, sheet="p { foo: bar }")
    assert printed.joined(other, tmp_path / "book.pdf", cache=cache).diagnostics == first.diagnostics


def test_a_link_to_a_piece_that_has_gone(make: Make, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    assert printed.joined(make(), tmp_path / "book.pdf", cache=cache).diagnostics == ()
    said = printed.joined(make(CONTENTS, BEES), tmp_path / "book.pdf", cache=cache).diagnostics
    assert [each.message.partition(",")[0] for each in said if each.code == "P013"] == ["a link leads to “#wax”"]


LONGER = WAX.html.replace("</p>", '</p><p style="break-before: page">More.</p>')


@pytest.mark.parametrize(
    ("pieces", "done"),
    [
        # The letters are those of the typefaces that there are.
        ((CONTENTS, BEES, Piece("wax", WAX.html.replace("length", "enthgl"))), ["lay_out"]),
        # A page more at the end has a new folio, and no number of the contents changes.
        ((CONTENTS, BEES, Piece("wax", LONGER)), ["lay_out", "draw", "subset_fonts"]),
        # Two pages more in the middle: a number of the contents changes, and folios are new.
        (
            (CONTENTS, Piece("bees", LONGER.replace("wax", "bees") * 2), WAX),
            ["lay_out", "lay_out", "draw", "subset_fonts"],
        ),
        ((CONTENTS, WAX, BEES), ["lay_out"]),
    ],
)
def test_only_what_has_changed_is_laid_out(
    make: Make, tmp_path: Path, pieces: tuple[Piece, ...], done: list[str]
) -> None:
    cache, workers = Cache(tmp_path / "cache"), printed.AtOnce()
    printed.joined(make(), tmp_path / "book.pdf", cache=cache)
    printed.joined(make(*pieces), tmp_path / "book.pdf", cache=cache, executor=workers)
    assert workers.done == done


def test_the_watch_is_told_of_each_piece(make: Make, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    pieces = [Piece(each.name, each.html, title=each.name.title()) for each in (BEES, WAX)]
    book.render(make(*pieces), tmp_path / "book.pdf", executor=printed.AtOnce(), watch=lambda *each: told.append(each))
    assert sorted(told) in ([(1, 2, "Bees"), (2, 2, "Wax")], [(1, 2, "Wax"), (2, 2, "Bees")])


def test_a_body_that_is_lost_is_laid_out_again(make: Make, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    made: Made[Layout] = printed.joined(make(), tmp_path / "book.pdf", cache=cache)
    before = (tmp_path / "book.pdf").read_bytes()
    for entry in cache.folder.iterdir():
        # Heads are small, and without the moved bodies and the whole book only heads are left.
        if entry.stat().st_size > 3000 or b"/StructElem" in entry.read_bytes():
            entry.unlink()
    assert printed.joined(make(), tmp_path / "book.pdf", cache=cache) == made
    assert (tmp_path / "book.pdf").read_bytes() == before


def test_one_document_tells_why(make: Make, tmp_path: Path) -> None:
    made = printed.joined(make(sheet="div { break-before: page }"), tmp_path / "book.pdf")
    assert made.diagnostics == (messages.WHOLE.at(reason="break-before: page"),)
    assert printed.joined(make(BEES, sheet="div { break-before: page }"), tmp_path / "book.pdf").diagnostics == ()


def test_a_book_of_tiny_pieces_is_not_taken_for_damaged(make: Make, tmp_path: Path) -> None:
    """Strict libraries refuse a file that has fewer than three bytes for each of its object numbers."""
    tiny = [Piece(f"p{number}", f"<div><p>{number}</p></div>") for number in range(60)]
    printed.joined(make(*tiny), tmp_path / "book.pdf")
    with pikepdf.open(tmp_path / "book.pdf") as book:
        assert len(book.pages) == 119
