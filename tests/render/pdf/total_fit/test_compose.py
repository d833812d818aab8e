"""Whole paragraphs on WeasyPrint's pages: each line fills its measure, and the text is what it was."""

from __future__ import annotations

import hashlib
import importlib
import inspect
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pymupdf
import pytest

from overprint import typefaces
from overprint.render.pdf.hot_paths import quicken
from overprint.render.pdf.notes_stay import keep_notes
from overprint.render.pdf.total_fit import TRIED_WITH, Composer, compose_paragraphs

READ = {
    "draw.text.draw_text": "ebaf96239c6ca363",
    "layout.block._break_line": "2b92255d94ab45f7",
    "layout.block._linebox_layout": "e07bbe000974787e",
    "layout.block.find_earlier_page_break": "c2bbdcdfdf408cbc",
    "layout.inline.add_word_spacing": "879516e71f1b80fa",
    "layout.inline.get_next_linebox": "67af458c2545e74f",
    "layout.inline.iter_line_boxes": "04aec48abfcad809",
    "layout.inline.skip_first_whitespace": "deb2f1a5e2a6c035",
    "layout.inline.split_inline_box": "3a0cb7ca7e34c7ef",
    "layout.inline.split_inline_level": "d98c008c8fc00582",
    "layout.inline.split_text_box": "8c564329599ef23f",
    "layout.inline.text_align": "e953d41b87ccfc30",
    "layout.float.avoid_collisions": "5fc7793c573af328",
    "text.line_break.create_layout": "6587192cc0ab3ffa",
    "text.line_break.first_line_metrics": "55ec5d0b58b29a8b",
    "text.line_break.line_size": "03fa04fd51fc69aa",
    "text.line_break.split_first_line": "39ad1016863ca34d",
}
"""What was read of WeasyPrint, and the sum of its source."""

SHEET = """
@page { size: 288pt 400pt; margin: 30pt 34pt }
html { font: 11.5pt/15pt "EB Garamond" } body { margin: 0 }
p { margin: 0; text-align: justify; hyphens: auto; hyphenate-limit-chars: 6 3 3; orphans: 2; widows: 2 }
p + p { text-indent: 15pt }
.note { float: footnote; font-size: 9pt; line-height: 12pt; text-align: left }
::footnote-call { font-size: .72em; line-height: 0; vertical-align: .42em }
.dropcap { float: left; font-size: 57pt; line-height: 45pt; height: 45pt; margin-top: -1pt; padding-right: 2pt }
.caps { font-variant-caps: small-caps; letter-spacing: .06em } .nowrap { white-space: nowrap }
.two { columns: 2; column-gap: 12pt } .padded { padding: 0 6pt; border-left: 1pt solid }
.left { float: left; width: 50pt; height: 40pt } .first::first-letter { font-size: 2em }
"""
WORDS = (
    "Leaving the hives this week after watching the bees, three strong urges came over the keeper, one after the other:"
    " to walk back in and watch the very next swarm; to write, at last, about their well-known sophistication – nobody"
    " had – and to immerse herself “in that wonderful world” again, notwithstanding her responsibilities. "
)
MIXED = (
    'She read <i>Where the Wild Bees Are</i> (2009) and the <a href="https://example.org">notes of an uncommonly'
    ' careful observer</a>, m<sup>2</sup> for m<sup>2</sup>, <span class="caps">in small capitals</span>, '
    '<b class="padded">padded and bold</b>, an inter\u00adcontinental undertaking of twenty-first-century keepers;'
    ' <span class="nowrap">these four words stay</span> together, as does 35\u00a0mm. '
)


@lru_cache(maxsize=1)
def typeset() -> tuple[Any, Any]:
    """Return the typefaces, which WeasyPrint should load but once, and the sheet."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    keep_notes(weasyprint)
    quicken(weasyprint)
    assert compose_paragraphs(weasyprint)
    fonts = FontConfiguration()
    faces = "".join(
        f'@font-face {{ font-family: "{each.family}"; font-weight: {each.weight}; font-style: {each.style};'
        f" src: url({each.path.as_uri()}) }}"
        for each in typefaces.faces("EB Garamond")
    )
    return weasyprint.CSS(string=faces + SHEET, font_config=fonts), fonts


@pytest.fixture(autouse=True, scope="module")
def typefaces_are_given_back() -> Iterator[None]:
    """WeasyPrint takes its typefaces down badly when the interpreter ends."""
    yield
    typeset.cache_clear()


class Laid:
    """A body on its pages."""

    def __init__(self, body: str, sheet: str = "", looseness: int = 0) -> None:
        import weasyprint

        sheets, fonts = typeset()
        html = weasyprint.HTML(string=f'<!DOCTYPE html><html lang="en-GB"><body>{body}</body></html>')
        self.composer: Composer = weasyprint.composer
        self.composer.begin(dict.fromkeys(html.etree_element.iter("p"), looseness))
        more = weasyprint.CSS(string=sheet, font_config=fonts)
        self.document = html.render(stylesheets=[sheets, more], font_config=fonts)

    def pages(self) -> list[list[Any]]:
        """Return the chosen lines of each page, as WeasyPrint's boxes."""
        return [
            [box for box in page._page_box.descendants() if vars(box).get("total_fit") and not hasattr(box, "text")]
            for page in self.document.pages
        ]

    def lines(self) -> list[Any]:
        return [line for page in self.pages() for line in page]

    def pdf(self) -> Any:
        opened: Any = pymupdf.open
        return opened(stream=self.document.write_pdf())

    def planned(self) -> list[str]:
        """Return the text of each chosen line, from the paragraphs."""
        return [
            plan.paragraph.text[line.start.at : line.place.end] for plan in self.composer.plans for line in plan.lines
        ]


def texts(box: Any) -> list[Any]:
    if hasattr(box, "text"):
        return [box]
    return [each for child in box.children if child.is_in_normal_flow() for each in texts(child)]


def text(line: Any) -> str:
    shown = "".join(box.text for box in texts(line))
    return shown[:-1] if line.total_fit.place.added else shown


def right(line: Any) -> float:
    last = texts(line)[-1]
    return float(last.position_x + last.width)


def edge(line: Any, page: Any) -> float:
    box = page._page_box
    return float(box.content_box_x() + box.width + line.total_fit.right)


@pytest.mark.parametrize("name", READ)
def test_weasyprint_is_as_it_was_read(own_weasyprint: None, name: str) -> None:
    path, _, function = name.rpartition(".")
    source = inspect.getsource(getattr(importlib.import_module(f"weasyprint.{path}"), function))
    assert hashlib.sha256(source.encode()).hexdigest()[:16] == READ[name], "read it again, and try it again"


BODIES = {
    "plain": f"<p>{WORDS * 3}</p><p>{WORDS}</p>",
    "mixed": f"<p>{MIXED * 3}</p><p>{WORDS}{MIXED}</p>",
    "drop cap": f'<p><span class="dropcap">L</span><span class="caps">eaving the hives</span>{WORDS[16:]}{WORDS}</p>',
    "notes": f'<p>{WORDS}<span class="note">A note. {WORDS}</span> {WORDS}<i>in<span class="note">Two.</span></i></p>'
    * 4,
    "break": f"<p>{WORDS}<br>A new line. {WORDS}</p>",
    "float above": f'<div class="left"></div><p>{WORDS * 2}</p>',
    "many pages": f"<p>{WORDS}{MIXED}{WORDS}</p>" * 12,
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_lines_fill_their_measure_and_hold_all_text(body: str) -> None:
    laid = Laid(body)
    assert not laid.composer.left
    for page, lines in zip(laid.document.pages, laid.pages(), strict=True):
        for line in lines:
            if not line.total_fit.place.forced:
                assert right(line) == pytest.approx(edge(line, page), abs=0.1), text(line)
            assert line.total_fit.ratio >= -1.05
    assert [text(line).strip() for line in laid.lines()] == [each.strip() for each in laid.planned()]
    whole = "".join(plan.paragraph.text for plan in laid.composer.plans)
    assert re.sub(r"\s", "", "".join(map(text, laid.lines()))) == re.sub(r"\s", "", whole)


def test_spaces_are_more_even_than_weasyprint_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def widest() -> float:
        pdf = Laid(f"<p>{WORDS * 4}</p>" * 2, "@page { size: 356pt 400pt }").pdf()
        gaps = []
        for page in pdf:
            rows: dict[int, list[tuple[float, ...]]] = {}
            for word in page.get_text("words"):
                rows.setdefault(round(word[3]), []).append(word)
            for row in rows.values():
                gaps += [b[0] - a[2] for a, b in pairwise(sorted(row)) if b[0] > a[2]]
        return max(gaps)

    ours = widest()
    monkeypatch.setattr("overprint.render.pdf.total_fit.compose._is_justified", lambda box: False)
    assert ours < 0.42 * 11.5 < widest()


@pytest.mark.parametrize("align", ["justify", "left"])
def test_the_text_of_the_pdf_is_whole(align: str) -> None:
    laid = Laid(BODIES["plain"], f"p {{ text-align: {align} }}")
    assert bool(laid.lines()) is (align == "justify")
    shown = "".join(page.get_text() for page in laid.pdf())
    # A soft hyphen is no letter: whoever copies or searches has the word.
    assert "\N{SOFT HYPHEN}\n" in shown
    assert "\u2010" not in shown
    assert " ".join(shown.replace("\N{SOFT HYPHEN}\n", "").replace("-\n", "-").split()) == " ".join((WORDS * 4).split())


@pytest.mark.parametrize("align", ["justify", "left"])
@pytest.mark.parametrize(
    ("cap", "rest"),
    [
        ("L", '<span class="caps">eaving the hives</span>'),
        ("L", "eaving the hives"),
        ("I", "’m leaving the hives"),
        ("A", ' <span class="caps">bee leaves the hives</span>'),
        ("A", " bee leaves the hives"),
    ],
)
def test_a_drop_cap_is_a_shape_and_its_letter_stands_with_its_word(cap: str, rest: str, align: str) -> None:
    whole = "dropcap whole" if rest.startswith(" ") else "dropcap"
    body = f'<h1>Bees</h1><p><span class="{whole}">{cap}</span>{rest}, {WORDS * 3}</p><p>{WORDS}</p>'
    page = Laid(body, f"p {{ text-align: {align} }}").pdf()[0]
    shown = " ".join(page.get_text().split())
    words = re.sub("<[^>]*>", "", rest)
    assert shown.startswith(f"Bees {cap}{words}, Leaving")
    assert len(page.search_for(f"{cap}{words}, Leaving")) == 1
    (shape,) = page.get_drawings()
    # Three lines tall, from the margin on.
    assert 35 < shape["rect"].height < 45
    assert shape["rect"].x0 == pytest.approx(34, abs=2)
    assert shape["fill"] == (0, 0, 0)


def test_no_page_ends_and_no_three_lines_end_with_a_hyphen() -> None:
    seen = 0
    for height in range(300, 420, 15):
        laid = Laid(BODIES["many pages"] + BODIES["notes"], f"@page {{ size: 230pt {height}pt }}")
        hyphens = [line.total_fit.place.hyphen for line in laid.lines()]
        seen += sum(hyphens)
        assert not any(all(three) for three in zip(hyphens, hyphens[1:], hyphens[2:], strict=False))
        assert [page[-1].total_fit.place.hyphen for page in laid.pages()[:-1] if page] == [False] * (
            len(laid.document.pages) - 1
        )
    assert seen


def test_last_lines_are_not_too_short() -> None:
    for count in range(1, 30):
        laid = Laid(f"<p>{WORDS} {'bee ' * count}so</p>")
        last = laid.lines()[-1]
        assert sum(box.width for box in texts(last)) >= 2 * 11.5 / 0.75


def test_no_two_lines_begin_with_the_same_word() -> None:
    for count in range(30):
        first = [
            text(line).split(" ")[0] for line in Laid(f"<p>{'a ' * count}{'the bees of the keeper ' * 12}</p>").lines()
        ]
        assert all(above != below for above, below in pairwise(first))


def test_the_same_document_twice_is_the_same() -> None:
    one, two = (Laid(BODIES["many pages"] + BODIES["notes"]).document.write_pdf() for _ in range(2))
    assert one == two


def test_columns() -> None:
    laid = Laid(f'<div class="two">{BODIES["plain"]}{BODIES["mixed"]}</div>')
    assert not laid.composer.left
    whole = "".join(plan.paragraph.text for plan in laid.composer.plans)
    assert re.sub(r"\s", "", "".join(map(text, laid.lines()))) == re.sub(r"\s", "", whole)


def test_looseness() -> None:
    looser = tighter = 0
    for width in range(300, 450, 15):
        body = f"<p>{WORDS * 4}</p>"
        tall = f"@page {{ size: {width}pt 1000pt }}"  # the end of a page may have its own way
        (plan,) = Laid(body, tall).composer.plans
        could, now = plan.could_take(), len(plan.lines)
        assert now in could <= {now - 1, now, now + 1}
        for looseness in (-1, 1):
            (other,) = Laid(body, tall, looseness).composer.plans
            if now + looseness in could:
                assert len(other.lines) == now + looseness
        looser, tighter = looser + (now + 1 in could), tighter + (now - 1 in could)
    assert looser
    assert tighter


LEFT = {
    "right to left": (f'<p dir="rtl">שלום {WORDS}</p>', "right to left"),
    "first letter": (f'<p class="first">{WORDS}</p>', "first letter"),
    "float inside": (f'<p>{WORDS}<span class="left"></span>{WORDS}</p>', "moves to the side"),
    "inline block": (f'<p>{WORDS}<span style="display: inline-block">box</span></p>', "picture or a box"),
    "kept spaces": (f'<p>{WORDS}<code style="white-space: pre-wrap">a  b</code></p>', "spaces"),
    "long word": (f"<p>{WORDS}{'w' * 90}</p>", "longer than the line"),
}


@pytest.mark.parametrize(("body", "reason"), LEFT.values(), ids=LEFT)
def test_what_is_not_modelled_is_left_to_weasyprint(body: str, reason: str) -> None:
    laid = Laid(f"{body}<p>{WORDS}</p>")
    (said,) = laid.composer.left.values()
    assert reason in said
    assert [plan.paragraph.text.strip() for plan in laid.composer.plans if plan.lines][-1] == WORDS.strip()
    shown = "".join(page.get_text() for page in laid.pdf())
    assert shown.count("Leaving the hives") >= 2 or "first" in body


def test_ragged_text_is_left_without_a_word() -> None:
    laid = Laid(f'<p style="text-align: left">{WORDS}</p><pre>{WORDS}</pre><p></p>')
    assert not laid.composer.left
    assert not laid.composer.plans


def test_another_weasyprint_is_left_alone(own_weasyprint: None, monkeypatch: pytest.MonkeyPatch) -> None:
    import weasyprint
    from weasyprint.layout import block

    own = block.iter_line_boxes
    monkeypatch.setattr(weasyprint, "__version__", "99.0")
    assert compose_paragraphs(weasyprint) is None
    assert block.iter_line_boxes is own


def test_once_is_enough(own_weasyprint: None) -> None:
    import weasyprint
    from weasyprint.layout import block

    composer = compose_paragraphs(weasyprint)
    ours = block.iter_line_boxes
    assert composer
    assert compose_paragraphs(weasyprint) is composer
    assert block.iter_line_boxes is ours
    assert weasyprint.__version__ == TRIED_WITH
