"""What is set aside in WeasyPrint is what was read, comes back, and does what the joining needs."""

from __future__ import annotations

import hashlib
import importlib
import inspect
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from overprint.model import Face
from overprint.render.pdf import Piece, Style, tailored, tasks
from overprint.render.pdf.desk import Desk, desk
from overprint.render.pdf.fragment import Fragment
from overprint.render.pdf.piece import LaidOut
from overprint.render.pdf.tailored import Answers

READ = {
    "css.ComputedStyle": "4ff0512c0af12674",
    "css.StyleFor": "dac5a13261681453",
    "css.targets.CounterLookupItem": "96cc13d13b3fcbb8",
    "css.targets.TargetCollector": "ea382c293323197b",
    "css.targets.TargetLookupItem": "909e7c4a3a07714c",
    "css.targets.anchor_name_from_token": "c690ab4e5d0e7687",
    "css.tokens.Pending": "7dafa4a32b2e3c78",
    "document.Document": "54092421bd31096c",
    "document.DocumentMetadata": "caea48480357554f",
    "document.Page": "69061840d66b7804",
    "draw.draw_page": "d5bda6b6e6758688",
    "draw.draw_stacking_context": "c5811b178bdff82e",
    "formatting_structure.build.build_formatting_structure": "cec02c4844472c92",
    "formatting_structure.build.element_to_box": "2d0a37e45b7f3e0c",
    "formatting_structure.build.update_counters": "c1f45fc248aa5358",
    "formatting_structure.boxes.MarginBox": "79a17d1578a5dbfe",
    "formatting_structure.boxes.PageBox": "8d44dc3f384a59e5",
    "html.get_html_metadata": "bc30b27717b2a9f8",
    "layout.LayoutContext": "211f859ff4e2d663",
    "layout.initialize_page_maker": "5bb3c878d722af53",
    "layout.layout_document": "a5cbf437e99caf72",
    "layout.background.layout_box_backgrounds": "617a870678c82755",
    "layout.block._add_break_values": "547eb148b813c006",
    "layout.block.block_level_page_break": "4c36f807aa76498f",
    "layout.page.PageType": "65723918222fd268",
    "layout.page._update_page_groups": "baae519d41beefe1",
    "layout.page.make_margin_boxes": "4a2d2e301eb3bc47",
    "layout.page.make_page": "656f183328e8b1b5",
    "layout.page.margin_box_content_layout": "9ebcc7de57732126",
    "layout.page.page_height": "71a0230377c0354e",
    "layout.page.page_width": "dd3fd2b21aba5bbf",
    "layout.page.remake_page": "1ff09b2dffa17839",
    "layout.page.set_page_type_computed_styles": "4e68b396b35c4a06",
    "pdf.add_outlines": "9f5d6afde78956a1",
    "pdf.generate_pdf": "626343ef25c396e8",
    "pdf.resolve_links": "f95937bb4e4f1007",
    "pdf.anchors.add_links": "262e8b9b299892a7",
    "pdf.fonts.Font": "1888854798bf8726",
    "pdf.fonts.build_fonts_dictionary": "fc551bef35d0d6c3",
    "pdf.stream.Stream": "624257224db6f66d",
    "pdf.tags.add_tags": "f0e74575b0bafaf3",
    "pdf.tags._build_box_tree": "f716251a83e7096e",
    "stacking.StackingContext": "ec586508cac97684",
}
"""What was read of WeasyPrint 70.0, and the sum of its source."""

NAMES = (
    ("formatting_structure.build", "element_to_box"),
    ("document", "TargetCollector"),
    ("layout", "initialize_page_maker"),
    ("layout", "make_margin_boxes"),
    ("layout.page", "PageType"),
    ("pdf", "resolve_links"),
    ("pdf", "add_outlines"),
    ("pdf", "build_fonts_dictionary"),
)

SHEET = """@page { size: 60mm 60mm; margin: 8mm; @top-center { content: 'head' } }
html { font: 9pt "EB Garamond" } body { margin: 0 }
"""
BEFORE, AFTER = '<!DOCTYPE html><html lang="en"><head><title>A</title></head><body><div>', "</div></body></html>"

Laid = Callable[..., LaidOut]


@pytest.fixture
def made(faces: tuple[Face, ...]) -> Desk:
    desk.cache_clear()
    return tasks._begun(Style((("base.css", SHEET),), faces))


@pytest.fixture
def laid(made: Desk) -> Laid:
    def lay(html: str, **answers: Any) -> LaidOut:
        told = Answers(**answers)
        with tailored.tailored(made.weasyprint, told):
            return LaidOut(made, BEFORE + html + AFTER, told)

    return lay


def of(name: str) -> Any:
    *modules, last = name.split(".")
    return getattr(importlib.import_module(".".join(("weasyprint", *modules))), last)


@pytest.mark.parametrize("name", READ)
@pytest.mark.usefixtures("own_weasyprint")
def test_it_is_the_code_that_was_read(name: str) -> None:
    """Another WeasyPrint may do otherwise: read the function again before the sum is renewed."""
    from weasyprint.layout import page

    # A named tuple has no source of its own.
    source = repr(page.PageType._fields) if name.endswith("PageType") else inspect.getsource(of(name))
    assert hashlib.sha256(source.encode()).hexdigest()[:16] == READ[name]


def test_it_is_weasyprint_as_tried(made: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert made.weasyprint.__version__ == tailored.TRIED_WITH
    monkeypatch.setattr(made.weasyprint, "__version__", "71.0")
    with pytest.raises(RuntimeError, match=r"WeasyPrint 70\.0 is needed, this is 71\.0"):
        tailored.tailored(made.weasyprint, Answers()).__enter__()


def test_all_comes_back_even_after_a_failure(made: Desk) -> None:
    there = [of(f"{module}.{name}") for module, name in NAMES]
    with suppress(KeyError), tailored.tailored(made.weasyprint, Answers()):
        assert all(of(f"{module}.{name}") is not own for (module, name), own in zip(NAMES, there, strict=True))
        raise KeyError
    assert [of(f"{module}.{name}") for module, name in NAMES] == there


def test_pages_begin_where_they_are_told(laid: Laid) -> None:
    facts = list(laid("<p>a</p><p style='break-before: page'>b</p>", before=41).page_facts())
    # What is told is not counted twice: the joining adds it.
    assert [page["number"] for page in facts] == [1, 2]
    assert [page["kind"][3] for page in facts] == [tailored.NEVER_FIRST, tailored.NEVER_FIRST + 1]
    assert [page["kind"][3] for page in laid("<p>a</p>", first=True).page_facts()] == [0]


def test_margins_are_left_out(made: Desk, laid: Laid) -> None:
    whole = LaidOut(made, f"{BEFORE}<p>a</p>{AFTER}", Answers(first=True))
    assert [text(whole), text(laid("<p>a</p>"))] == ["ahead", "a"]


def test_page_numbers_of_other_pieces_are_asked_for(laid: Laid) -> None:
    html = "<style>a::after { content: target-counter(attr(href), page) }</style><a href='#there'>see</a>"
    unknown, known = laid(html), laid(html, pages={"there": 7})
    assert list(unknown.answers.asked) == list(known.answers.asked) == ["there"]
    assert text(unknown) == f"see{tailored.UNKNOWN_PAGE}"
    assert text(known) == "see7"
    assert not known.own_number_matters()


def test_page_numbers_of_its_own_matter(laid: Laid) -> None:
    own = "<style>a::after { content: target-counter(attr(href), page) }</style><a href='#here' id='here'>see</a>"
    page = "<style>p::after { content: counter(page) }</style><p>page </p>"
    assert (text(laid(own, before=4)), text(laid(page, before=4))) == ("see5", "page 5")
    assert laid(own).own_number_matters()
    assert laid(page).own_number_matters()
    assert not laid("<p>a</p>").own_number_matters()


@pytest.mark.parametrize(
    ("html", "reasons"),
    [
        ("<p>a</p>", []),
        ("<style>a::after { content: target-text(attr(href)) }</style><a href='#there'>b</a>", ["target-text()"]),
        ("<p style='position: running(head)'>a</p><p>b</p>", ["position: running()"]),
        ("<p style='position: fixed'>a</p>", ["position: fixed"]),
        ("<style>@page { counter-increment: sheet }</style><p>a</p>", ["counter-increment: sheet in @page"]),
    ],
)
def test_why_a_piece_cannot_stand_alone(laid: Laid, html: str, reasons: list[str]) -> None:
    assert laid(html).needs() == reasons


@pytest.mark.parametrize(
    ("sheet", "reasons"),
    [
        ("", []),
        ("p { counter-increment: p }", []),
        ("div { counter-increment: part }", ["a counter part that runs from piece to piece"]),
        ("html { counter-reset: p } p { counter-increment: p }", ["a counter p that runs from piece to piece"]),
        ("html { counter-reset: p 5 }", []),
        ("p::before { content: open-quote }", ["a counter quote that runs from piece to piece"]),
        ("p::before { content: open-quote } p::after { content: close-quote }", []),
        ("html::before { content: 'a' }", ["html::before"]),
        ("body { padding-bottom: 1px }", ["a margin above or below body"]),
    ],
)
def test_what_a_piece_shares_with_others(laid: Laid, sheet: str, reasons: list[str]) -> None:
    assert list(laid(f"<style>{sheet}</style><p>a</p>").joins()) == reasons


def test_a_fragment_does_not_tell_what_was_laid_out_before(faces: tuple[Face, ...]) -> None:
    sheet = SHEET + "p { color: var(--tone, shrill) } .a { font-size: var(--size, none) }"
    style = Style((("base.css", sheet),), faces)
    orders = [
        tasks.PieceOrder(style, BEFORE + html + AFTER, Piece(name, html), False)
        for name, html in (("a", "<p class='a'>a <b>b</b></p><p id='a'>中</p>"), ("b", "<p id='a'>b<i>c</i></p>"))
    ]
    alone = []
    for order in orders:
        desk.cache_clear()
        alone.append(tasks.lay_out(order))
    desk.cache_clear()
    assert [tasks.lay_out(order) for order in (*orders, *orders)] == alone * 2
    said = [[each[1] for each in Fragment.unpacked(made).head["said"]] for made in alone]
    assert any("`font-size: none`" in each for each in said[0])
    assert [any("`color: shrill`" in each for each in some) for some in said] == [True, True]


def text(laid_out: LaidOut) -> str:
    return "".join(
        child.text for page in laid_out.pages for child in page._page_box.descendants() if hasattr(child, "text")
    ).strip()
