"""A book joined from pieces is the book that WeasyPrint lays out as one document, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image

import books
import printed
from overprint import pipeline
from overprint.compose import compose
from overprint.model import Face, Resource
from overprint.render.pdf import PdfJob, Piece, Style, book

ROOT = Path(__file__).parents[3]

SHEET = """
@page { size: 66mm 62mm; margin: 12mm 9mm 10mm 8mm;
  @top-center { content: string(running, first-except); font-size: 7pt }
  @bottom-center { content: counter(page); font-size: 7pt } }
@page :left { margin-left: 9mm; margin-right: 8mm; @top-center { content: string(book) } }
@page :blank { @top-center { content: none } @bottom-center { content: none } }
@page front { @top-center { content: none } @bottom-center { content: counter(page, lower-roman) } }
@page :nth(1 of opening) { counter-reset: page 1 }
html { font: 9pt/1.3 "EB Garamond"; font-variant-numeric: oldstyle-nums }
body { margin: 0 }
.front { page: front; break-before: right }
.essay, .back { break-before: right; counter-reset: footnote }
.essay.first { page: opening }
.book { string-set: book content(text); font-size: 20pt }
.essay h1 { string-set: running content(text); font-size: 14pt }
p { margin: 0; text-align: justify; hyphens: auto; orphans: 2; widows: 2 }
p + p { text-indent: 1em }
.note { float: footnote; font-size: 7pt }
.contents a::after { content: leader(".") target-counter(attr(href), page) }
figure { margin: 3mm 0 } img { width: 20mm } figcaption { font-size: 7pt }
table { border-collapse: collapse; font-size: 8pt } td, th { border: .3pt solid; padding: 1mm }
"""
BEFORE = (
    '<!DOCTYPE html><html lang="en"><head><title>A Book of Bees</title><meta name="author" content="Ada Quill">'
    '<meta name="dcterms.created" content="2025-03-14"></head><body>'
)
RIGHT_TO_LEFT = BEFORE.replace("<html", '<html dir="rtl"')
WORDS = "The keeper was, notwithstanding the weather, incomprehensibly cheerful: “Bees do not sleep, they shiver.” "
HALFTITLE = '<section class="front"><h1 class="book" id="half">A Book of Bees</h1></section>'
NOTES = (
    '<p>A call<span class="note" id="{id}-n1">A note with <a href="https://example.org/{id}">an address</a>.</span> and'
    ' another<span class="note" id="{id}-n2">Second note. {words}</span> in the text.</p>'
)
FIGURE = (
    '<figure><img src="../images/comb.png" alt="A comb of {id}"><figcaption>Figure: the comb</figcaption></figure>'
    '<img src="../images/own-{id}.png" alt="Its own"><img src="../images/clear.png" alt="Clear" style="opacity: .5">'
)
TABLE = (
    '<table><caption>Yields</caption><thead><tr><th>Year<th scope="col">Honey</thead><tbody>'
    '<tr><th scope="row">2024<td>12 kg<tr><td colspan="2">none</tbody></table><ul><li>one<ul><li>two</ul></ul>'
    "<ol><li><p>first</p><li>second</ol><blockquote><p>Said.</p></blockquote><dl><dt>Hive<dd>A box</dl>"
)
COMMENTS = (
    '<section class="essay" id="{id}-comments"><h1>On {id}</h1><article id="{id}-comment-1"><h2>Rowan Tull</h2>'
    '<p>I keep <a href="#{id}">wasps</a>, <a href="#{other}-comment-1">other</a>. {words}</p></article></section>'
)


def essay(name: str, paragraphs: int = 4, more: str = "", kind: str = "essay") -> str:
    words = f"<p>{WORDS}<a href='https://example.org/{name}'>There</a>, <em>in italics</em> or <b>bold</b>.</p>"
    return f'<section class="{kind}" id="{name}"><h1>On {name.title()}</h1>{words * paragraphs}{more}</section>'


def contents(*names: str) -> Piece:
    lines = "".join(f'<li><a href="#{name}">On {name.title()}</a></li>' for name in names)
    return Piece("contents", f'<nav class="front contents" id="toc"><h1>Contents</h1><ol>{lines}</ol></nav>')


def numbered(*bodies: str) -> tuple[Piece, ...]:
    return tuple(Piece(f"piece-{at}", body) for at, body in enumerate(bodies))


def job_of(
    pieces: Iterable[Piece], sheet: str, faces: tuple[Face, ...], files: tuple[Resource, ...] = (), before: str = BEFORE
) -> PdfJob:
    """Return the book; each piece has a box of its own around it, as `compose` makes it."""
    boxed = tuple(Piece(each.name, f'<div class="matter">{each.html}</div>', files) for each in pieces)
    return PdfJob(
        boxed, Style((("styles/base.css", SHEET), ("styles/print.css", sheet)), faces, files), before, "</body></html>"
    )


@dataclass(frozen=True)
class Case:
    """Pieces, a sheet over the first one, what the document begins with, and why it cannot be laid out in pieces."""

    pieces: tuple[Piece, ...]
    sheet: str = ""
    before: str = BEFORE
    whole: str = ""
    pictures: tuple[str, ...] = field(default=())


HALF = Piece("half", HALFTITLE)
BEES, WAX, WINTER = essay("bees", 3, kind="essay first"), essay("wax", 1), essay("winter", 5)
"""Essays of two pages, one and three: blank pages follow some."""
THREE = (HALF, contents("bees", "wax", "winter"), *numbered(BEES, WAX, WINTER))


def filled(template: str, name: str, other: str = "bees") -> str:
    return template.format(id=name, other=other, words=WORDS)


CASES = {
    "plain": Case(THREE),
    "one piece": Case((Piece("bees", BEES),)),
    "notes": Case(
        (
            HALF,
            *(
                Piece(name, essay(name, 3, filled(NOTES, name) + f"<p>{WORDS * 3}</p>"))
                for name in ("bees", "wax", "winter")
            ),
        )
    ),
    "figures and tables": Case(
        (
            HALF,
            contents("bees", "wax"),
            *(Piece(name, essay(name, 2, filled(FIGURE + TABLE + FIGURE, name))) for name in ("bees", "wax")),
        ),
        pictures=("comb", "own-bees", "own-wax", "clear"),
    ),
    "comments": Case(
        (
            contents("bees", "wax"),
            Piece("bees", BEES + filled(COMMENTS, "bees", "wax")),
            Piece("wax", WAX + filled(COMMENTS, "wax")),
        )
    ),
    "parts, front and back matter": Case(
        (
            Piece("half", HALFTITLE + '<section class="front" style="break-before: page"><p>For bees.</p></section>'),
            contents("preface", "hive", "bees", "wax", "colophon"),
            Piece("preface", essay("preface", 5, kind="front")),
            Piece("hive", '<section class="essay" id="hive"><h1>Part <em>one</em></h1></section>'),
            Piece("bees", BEES),
            Piece("wax", WAX),
            Piece("colophon", essay("colophon", 1, kind="back")),
        ),
        "h1 { bookmark-level: 2 } #hive h1, .front h1, .back h1 { bookmark-level: 1; bookmark-state: closed }",
    ),
}

HEADS = {
    "left and right": "@page :left { @top-left { content: counter(page) } @bottom-center { content: normal } }"
    "@page :right { @top-right { content: counter(page, upper-roman) '·' string(running, start) } }",
    "first and blank": "@page :first { margin: 20mm; @bottom-center { content: 'first' } }"
    "@page :blank { @top-center { content: 'after ' string(running) } @bottom-left { content: counter(page) } }",
    "nth": "@page :nth(1 of opening) { @top-left { content: 'opens' } } @page :nth(2 of opening) { margin-top: 25mm;"
    " @top-left { content: 'second' } } .essay { page: opening }",
    "total": "@page { @bottom-right { content: counter(page) ' of ' counter(pages) } }",
    "strings": "@page { @top-left { content: string(h, first) } @top-right { content: string(h, last) }"
    "@top-center { content: string(h, start) } @bottom-left { content: string(h, first-except) }"
    "@bottom-right { content: string(book) }"
    "@left-middle { content: string(running) '\\a' counter(page); white-space: pre; width: 5mm; font-size: 4pt } }"
    "p { string-set: h content(text) } .essay h1 { string-set: h 'Opening', running content(text) }",
    "borders": "@page { border: 1pt solid #a00; padding: 1mm; background: #ffe;"
    " @top-center { border-bottom: 1pt dotted; width: 100%; color: rgba(200, 0, 0, .5) }"
    " @top-left-corner { content: ''; background: #080; margin: 2mm } }",
    "marks and bleed": "@page { marks: crop cross; bleed: 3mm } .front { background: #eee }",
}
CASES |= {f"heads: {name}": Case(THREE, sheet) for name, sheet in HEADS.items()}

REFERENCE = '<p class="see">See <a href="#{0}-end">its end</a> and <a href="#{1}-end">the other</a>.</p>'
CASES |= {
    "own page numbers": Case(
        (
            HALF,
            contents("bees", "wax"),
            *(
                Piece(
                    name,
                    essay(
                        name, 6, REFERENCE.format(name, other) + f"<p>{WORDS}</p><p class='here' id='{name}-end'>H</p>"
                    ),
                )
                for name, other in (("bees", "wax"), ("wax", "bees"))
            ),
        ),
        ".see a::after { content: ' (page ' target-counter(attr(href), page) ')' }"
        ".here::after { content: 'ere is ' counter(page, lower-roman) }",
    ),
    "text of another": Case(
        THREE,
        ".contents a::before { content: target-text(attr(href)) ' ' }",
        whole="target-text()",
    ),
    "left": Case(THREE, ".essay { break-before: left }", whole="break-before: left"),
    "recto": Case(THREE, ".essay { break-before: recto }"),
    "right to left": Case(THREE, ".front, .essay { break-before: recto }", RIGHT_TO_LEFT),
    "right to left, right": Case(THREE, before=RIGHT_TO_LEFT, whole="break-before: right"),
    "right to left, verso": Case(THREE, ".front, .essay { break-before: verso }", RIGHT_TO_LEFT, "break-before: right"),
    "see-through margins": Case(THREE, "@page { @top-center { opacity: .5 } }", whole="a picture or a gradient"),
    "links between": Case(
        (
            *numbered(
                essay("bees", 2, '<p><a href="#wax">wax</a> <a href="#winter-deep">deep</a></p>'),
                essay("wax", 2, '<p><a href="#bees">bees</a> <a href="#wax">itself</a></p>'),
                essay("winter", 7, f'<p id="winter-deep"><a href="#toc">contents</a>{WORDS}</p>'),
            ),
            contents("bees", "wax", "winter"),
        )
    ),
    "other sizes": Case(THREE, "@page opening { size: 100mm 90mm } @page front { size: 72mm 80mm }"),
    "running element": Case(
        THREE,
        ".essay h1 { position: running(head) } @page { @top-center { content: element(head) } }",
        whole="element() in a margin",
    ),
    "running element that is not shown": Case(
        THREE,
        ".essay h1 { position: running(head) }",
        whole="position: running()",
    ),
    "fixed": Case(THREE, "#bees h1 { position: fixed; top: -10mm; font-size: 6pt }", whole="position: fixed"),
    "running counter": Case(
        THREE,
        "body { counter-reset: p } p { counter-increment: p } p::before { content: counter(p) ' ' }",
        whole="a counter p that runs from piece to piece",
    ),
    "counter of what surrounds essays": Case(
        THREE,
        ".matter { counter-increment: part } h1::before { content: counter(part) ' ' }",
        whole="a counter part that runs from piece to piece",
    ),
    "notes through the book": Case(
        numbered(*(essay(name, 2, filled(NOTES, name), "chapter") for name in ("bees", "wax"))),
        ".chapter { break-before: right }",
        whole="a counter footnote that runs from piece to piece",
    ),
    "an open quotation": Case(
        numbered('<section class="essay"><p><i class="open">open</i></section>', essay("wax", 1)),
        ".open::before { content: open-quote } b::before { content: open-quote }",
        whole="a counter quote that runs from piece to piece",
    ),
    "counters within a piece": Case(
        THREE,
        ".essay { counter-increment: part; counter-reset: p footnote } p { counter-increment: p }"
        "p::before { content: counter(part) '.' counter(p) ' ' }",
    ),
    "margin of the body": Case(THREE, "body { margin-top: 3mm }", whole="a margin above or below body"),
    "generated in the body": Case(THREE, "body::after { content: 'The End' }", whole="body::after"),
    "any page": Case(THREE, ".essay { break-before: page }", whole="break-before: page"),
    "no break": Case(THREE, ".essay { break-before: auto }", whole="break-before: auto"),
    "page counter": Case(
        THREE, "@page { counter-increment: page sheet; @bottom-left { content: counter(sheet) } }", whole="counter"
    ),
    "picture in a margin": Case(
        THREE,
        "@page { @top-left { content: url(../images/comb.png) } }",
        whole="a picture",
        pictures=("comb",),
    ),
}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Resource]:
    folder = tmp_path_factory.mktemp("pictures")
    made = {}
    for at, name in enumerate(("comb", "own-bees", "own-wax", "clear")):
        mode, colour = ("RGBA", (9, 99, 200, 99)) if name == "clear" else ("RGB", (50 * at, 200, 90))
        picture = Image.new(mode, (40, 20), colour)
        picture.putpixel((at, at), tuple(255 for _ in mode))
        picture.save(folder / f"{name}.png")
        made[name] = Resource(f"images/{name}.png", "image/png", folder / f"{name}.png")
    return made


def assert_equal(job: PdfJob, folder: Path, whole: str) -> None:
    workers = printed.AtOnce()
    made = printed.joined(job, folder / "joined.pdf", executor=workers)
    printed.stock(job, folder / "stock.pdf")
    told = [each for each in made.diagnostics if each.code == "P022"]
    assert ("lay_out_whole" in workers.done) == bool(whole)
    assert [each.message for each in told] == [each.message for each in told if f"`{whole}" in each.message]
    assert len(told) == bool(whole)
    ours, theirs = printed.seen(folder / "joined.pdf"), printed.seen(folder / "stock.pdf")
    assert ours.keys() == theirs.keys()
    for part, there in theirs.items():
        assert ours[part] == there, part
    printed.checked(folder / "joined.pdf")
    assert [sheet.label for sheet in made.value.sheets] == printed.labels(folder / "joined.pdf")


@pytest.mark.parametrize("name", CASES)
def test_joined_is_as_one_document(
    name: str, faces: tuple[Face, ...], pictures: dict[str, Resource], tmp_path: Path
) -> None:
    case = CASES[name]
    files = tuple(pictures[each] for each in case.pictures)
    assert_equal(job_of(case.pieces, case.sheet, faces, files, case.before), tmp_path, case.whole)


@pytest.mark.parametrize("name", ["example", "anthology"])
def test_a_book_is_as_one_document(name: str, tmp_path: Path) -> None:
    root = ROOT if name == "example" else books.write_anthology(tmp_path)
    manuscript, read = pipeline.validate(root).value
    job = pipeline._job(compose(read, manuscript.project).value, {})
    assert_equal(job, tmp_path, "")


@pytest.mark.parametrize("name", ["plain", "parts, front and back matter", "heads: nth"])
def test_page_labels_are_as_of_one_document(name: str, faces: tuple[Face, ...], tmp_path: Path) -> None:
    job = job_of(CASES[name].pieces, CASES[name].sheet, faces)
    made = printed.joined(job, tmp_path / "joined.pdf")
    whole = book._whole(job, printed.AtOnce())[1]
    assert made.value.sheets == whole.sheets
    assert made.value.notes == whole.notes
