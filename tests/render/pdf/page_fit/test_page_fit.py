"""Pages end level: a line more in a paragraph, white where white is, facing pages made again; and all text is there."""

from __future__ import annotations

import hashlib
import importlib
import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overprint.model import Face
from overprint.render.pdf import Style, tasks
from overprint.render.pdf.audit import Blocks
from overprint.render.pdf.desk import Desk
from overprint.render.pdf.page_fit import spreads
from overprint.render.pdf.page_fit.fill import Foot
from overprint.render.pdf.page_fit.said import bad_end, uneven
from overprint.render.pdf.piece import LaidOut
from overprint.render.pdf.tailored import Answers, tailored

READ = {
    "layout.block.block_container_layout": "65842ca53a8391eb",
    "layout.column.columns_layout": "7a05cce3272fc581",
    "layout.page.make_all_pages": "b5e4034894841caa",
    "layout.page.make_page": "656f183328e8b1b5",
    "layout.page.page_height": "71a0230377c0354e",
    "layout.page.remake_page": "1ff09b2dffa17839",
}
"""What was read of WeasyPrint, and the sum of its source."""

LINE, ROOM = 15.0, 22
"""Points, and lines on a page."""

SHEET = f"""@page {{ size: 300pt {ROOM * LINE + 60}pt; margin: 30pt }}
html {{ font: 11.5pt/{LINE}pt "EB Garamond" }} body {{ margin: 0 }}
p {{ margin: 0; text-align: justify; hyphens: auto; hyphenate-limit-chars: 6 3 3; orphans: 2; widows: 2 }}
p + p {{ text-indent: {LINE}pt }}
h2 {{ font-size: 1em; margin: {LINE}pt 0; break-after: avoid }}
.box {{ height: {8 * LINE}pt }} .essay {{ break-before: right }} .ragged {{ text-align: left }}
.note {{ float: footnote; font-size: 10pt; line-height: 12pt }}
::footnote-call {{ line-height: 0 }} .two {{ columns: 2; column-gap: 20pt }}
"""
WORDS = (
    "Leaving the hives this week after watching the bees, three strong urges came over the keeper, one after the other:"
    " to walk back in and watch the very next swarm; to write, at last, about their well-known sophistication – nobody"
    " had – and to immerse herself “in that wonderful world” again, notwithstanding her responsibilities."
).split()

Lay = Callable[..., LaidOut]


@pytest.fixture
def at(faces: tuple[Face, ...]) -> Desk:
    return tasks._begun(Style((("base.css", SHEET),), faces))


@pytest.fixture
def lay(at: Desk) -> Lay:
    def laid(body: str) -> LaidOut:
        answers = Answers(first=True)
        html = f'<!DOCTYPE html><html lang="en-GB"><head><title>A</title></head><body>{body}</body></html>'
        with at.heard(), tailored(at.weasyprint, answers):
            return LaidOut(at, html, answers)

    return laid


def paragraph(words: int, first: int = 0, kind: str = "") -> str:
    return f"<p class='{kind}'>{' '.join(WORDS[(first + at) % len(WORDS)] for at in range(words))}</p>"


def feet(laid: LaidOut) -> list[Foot]:
    return [page._page_box.foot for page in laid.pages]


def lines(laid: LaidOut) -> list[list[float]]:
    """Return the tops of the lines on each page, in lines from the page's head."""
    boxes = [[box for box in page._page_box.children[0].descendants() if is_line(box)] for page in laid.pages]
    return [[(box.position_y * 0.75 - 30) / LINE for box in page] for page in boxes]


def is_line(box: Any) -> bool:
    return type(box).__name__ == "LineBox"


def words_of(laid: LaidOut) -> str:
    texts = (
        box.text for page in laid.pages for box in page._page_box.children[0].descendants() if hasattr(box, "text")
    )
    return re.sub(r"[\s\u00ad\u2010-]+", "", "".join(texts))


def hints(laid: LaidOut) -> list[str]:
    blocks = Blocks(laid.html.etree_element.find("body"), laid.context.style_for, {})
    names = [str(number) for number in range(1, len(laid.pages) + 1)]
    return [bad_end(*each, names).message for each in uneven(blocks, laid.pages)]


@pytest.mark.parametrize("name", READ)
@pytest.mark.usefixtures("own_weasyprint")
def test_it_is_the_code_that_was_read(name: str) -> None:
    """Another WeasyPrint may do otherwise: read the function again before the sum is renewed."""
    module, _, last = name.rpartition(".")
    source = inspect.getsource(getattr(importlib.import_module(f"weasyprint.{module}"), last))
    assert hashlib.sha256(source.encode()).hexdigest()[:16] == READ[name]


def block(count: int) -> str:
    return f"<div style='height: {count * LINE}pt'></div>"


THREE = paragraph(22) * 9
"""Paragraphs of three lines, which are never torn."""


@pytest.fixture
def plain(at: Desk, lay: Lay) -> Lay:
    """Lay out a body with no page filled or made again."""

    def laid(body: str) -> LaidOut:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(at.weasyprint.page_fit), "_fill", lambda *_: 0)
            patch.setattr(spreads, "TRIES", 0)
            return lay(body)

    return laid


def test_a_paragraph_takes_a_line_more(lay: Lay, plain: Lay) -> None:
    body = block(9) + paragraph(90) + THREE
    before, after = plain(body), lay(body)
    assert [feet(each)[0].free for each in (before, after)] == [1, 0]
    assert feet(after)[0] == Foot(goes_on=True, lines=ROOM, room=ROOM, free=0, lacks=0, notes=False, low=False)
    assert [max(lines(each)[0]) for each in (before, after)] == pytest.approx([ROOM - 2, ROOM - 1])
    assert len(lines(after)[0]) == len(lines(before)[0]) + 1
    assert lines(after)[1] == pytest.approx(lines(before)[1])
    assert words_of(after) == words_of(before)


def test_no_space_becomes_too_wide_for_it(lay: Lay) -> None:
    laid = lay(block(9) + paragraph(90) + THREE)
    chosen = [
        box.total_fit for box in laid.pages[0]._page_box.descendants() if is_line(box) and hasattr(box, "total_fit")
    ]
    # Half as wide again is the most that a space of a quarter of an em may become: 0.4 em.
    assert max(line.ratio for line in chosen if not line.place.forced) <= 1.26


def test_white_is_added_above_a_heading_and_not_below(lay: Lay, plain: Lay) -> None:
    body = paragraph(20, kind="ragged") + block(10) + "<h2>Head</h2>" + paragraph(14, 3, "ragged") + THREE
    before, after = plain(body), lay(body)
    assert [feet(each)[0].free for each in (before, after)] == [1, 0]
    head = next(at for at, top in enumerate(lines(before)[0]) if top > 10)
    assert lines(after)[0][:head] == pytest.approx(lines(before)[0][:head])
    assert lines(after)[0][head:] == pytest.approx([top + 1 for top in lines(before)[0][head:]])


def test_a_page_before_a_forced_break_ends_where_it_ends(lay: Lay, plain: Lay) -> None:
    essay = f"<section class=essay>{block(9) + paragraph(90)}</section>"
    assert [lines(each) for each in (lay(essay * 2),)] == [lines(each) for each in (plain(essay * 2),)]
    assert [foot.goes_on for foot in feet(lay(essay * 2))] == [False, False, False]


def test_a_hole_stays_and_is_told(lay: Lay) -> None:
    laid = lay(paragraph(80) + "<div class=box></div>" * 2 + paragraph(30))
    assert feet(laid)[0].free == 22 - 9 - 8
    (said,) = hints(laid)
    assert said.startswith("page 1 ends 5 lines early, ")


def test_facing_pages_both_end_a_line_early(lay: Lay, plain: Lay) -> None:
    body = block(22) + paragraph(84) + paragraph(60, 4) + paragraph(70, 9) + THREE * 2
    before, after = plain(body), lay(body)
    assert [foot.level for foot in feet(before)[1:3]] == [0, 2]
    assert [foot.level for foot in feet(after)[1:3]] == [1, 1]
    assert [foot.low for foot in feet(after)[:4]] == [False, True, True, False]
    assert [page._page_box.height for page in after.pages] == [page._page_box.height for page in before.pages]
    assert max(lines(after)[1]) == pytest.approx(max(lines(after)[2])) == pytest.approx(ROOM - 2)
    assert words_of(after) == words_of(before)
    assert len(hints(before)) == 1
    assert not hints(after)


def test_what_does_not_end_level_is_told(lay: Lay) -> None:
    laid = lay(block(22) + paragraph(72) + paragraph(60, 4) + paragraph(70, 9) + THREE * 2)
    assert [foot.level for foot in feet(laid)[1:3]] == [1, 2]
    (said,) = hints(laid)
    assert said.startswith("pages 2 and 3 do not end level: page 3 ends a line early, near “")


@pytest.mark.parametrize(
    ("body", "plainly", "fitted"),
    [
        (block(4) + paragraph(85) + paragraph(75, 5) + paragraph(30, 9), [22, 3], [20, 5]),
        (block(5) + paragraph(85, 4) + paragraph(92, 5) + paragraph(12, 9), [22, 4], [21, 5]),
        (block(2) + paragraph(85) + paragraph(75, 5) + paragraph(30, 9), [20, 3], [22]),
    ],
    ids=["a line early", "a line early, and full", "a paragraph tighter"],
)
def test_the_last_lines_do_not_stand_alone(
    body: str, plainly: list[int], fitted: list[int], lay: Lay, plain: Lay
) -> None:
    before, after = plain(body), lay(body)
    assert [foot.lines for foot in feet(before)] == plainly
    assert [foot.lines for foot in feet(after)] == fitted
    assert words_of(after) == words_of(before)
    assert hints(before)[0].startswith(f"page 2 holds only {plainly[1]} lines, ")
    assert not hints(after)


def test_lines_that_stand_alone_are_told(lay: Lay) -> None:
    laid = lay(block(4) + paragraph(85, 4) + paragraph(92, 5) + paragraph(12, 9))
    assert [foot.lines for foot in feet(laid)] == [21, 4]
    assert [each[:26] for each in hints(laid)] == ["page 2 holds only 4 lines,"]


def test_notes_end_a_page_level(lay: Lay) -> None:
    note = "<span class=note>A note.</span>"
    laid = lay(block(9) + f"<p>{'word ' * 30}{note}</p>" + THREE)
    (first, *_) = feet(laid)
    assert first.notes
    assert first.free <= 1
    assert first.level == 0
    assert not hints(laid)


def test_each_column_is_filled(lay: Lay, plain: Lay) -> None:
    short = [
        sum(foot.free for words in range(60, 100, 4) for foot in feet(how(columns_of(words)))) for how in (plain, lay)
    ]
    assert short[1] < short[0]
    assert words_of(lay(columns_of(88))) == words_of(plain(columns_of(88)))


def columns_of(words: int) -> str:
    return f"<div class=two>{paragraph(words)}{paragraph(60, 4)}{paragraph(70, 9)}{THREE}{paragraph(90)}</div>"


PARTS = st.one_of(
    st.builds(paragraph, st.integers(1, 130), st.integers(0, 60)),
    st.builds(lambda count: f"<div style='height: {count * LINE}pt'></div>", st.integers(1, 9)),
    st.builds(lambda count: f"<h2>Head</h2>{paragraph(count)}", st.integers(20, 60)),
    st.builds(lambda count: f"<p>{'word ' * count}<span class=note>{'note ' * count}</span></p>", st.integers(1, 40)),
    st.just("</section><section class=essay>"),
)


@given(parts=st.lists(PARTS, min_size=4, max_size=16))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_lost_and_all_stands_on_the_grid(parts: list[str], lay: Lay, plain: Lay) -> None:
    body = f"<section class=essay>{''.join(parts)}</section>"
    before, after = plain(body), lay(body)
    assert words_of(after) == words_of(before)
    for page, foot in zip(lines(after), feet(after), strict=True):
        assert page == pytest.approx([round(top) for top in page], abs=0.01)
        assert not page or max(page) <= ROOM - 1 - foot.low + 0.01
    assert len(hints(after)) <= len(hints(before))
    again = lay(body)
    assert (lines(again), feet(again)) == (lines(after), feet(after))
