"""WeasyPrint moves notes away from their calls; pinned here, with the cure."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import floats, lists

from overprint.render.pdf.notes_stay import TRIED_WITH, keep_notes, room_for_notes

SHEET = """
@page { size: 200pt HEIGHTpt; margin: 10pt; @footnote { padding-top: 8pt } }
body { font: 10pt/12pt monospace; margin: 0 } p { margin: 0; orphans: 2; widows: 2 }
.note { float: footnote; footnote-policy: line }
"""
PARAGRAPH = "<p>one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen</p>"
ONE_COLUMN = f"{PARAGRAPH}<p>a call<span class=note>a note</span> here</p>{PARAGRAPH * 4}"
NOTED = "<p>one two three<span class=note>a note</span> four five six seven eight nine ten eleven twelve thirteen</p>"
TWO_COLUMNS = f"<div style='columns: 2; column-fill: balance'>{(PARAGRAPH * 2 + NOTED) * 12}</div>"
HEIGHTS = range(90, 190, 3)


@pytest.fixture
def weasyprint(own_weasyprint: None) -> Any:
    """Give a WeasyPrint whose layout can be changed."""
    import weasyprint

    return weasyprint


def strays(weasyprint: Any, body: str) -> bool:
    """Tell whether a page of any of the heights has a call whose note is on another."""
    return any(_strays(weasyprint, body, height) for height in HEIGHTS)


def _strays(weasyprint: Any, body: str, height: int) -> bool:
    sheet = weasyprint.CSS(string=SHEET.replace("HEIGHT", str(height)))
    pages = weasyprint.HTML(string=f"<html lang=en><body>{body}</body></html>").render(stylesheets=[sheet]).pages
    of: dict[str, dict[Any, int]] = {"footnote-call": {}, "footnote-marker": {}}
    for number, page in enumerate(pages):
        for box in page._page_box.descendants():
            kind = (box.element_tag or "").partition("::")[2]
            if kind in of:
                of[kind].setdefault(box.element, number)
    assert len(of["footnote-call"]) == body.count("class=note")
    return of["footnote-call"] != of["footnote-marker"]


@pytest.mark.parametrize("body", [ONE_COLUMN, TWO_COLUMNS], ids=["one column", "two columns"])
def test_notes_stay_with_their_calls(body: str, weasyprint: Any) -> None:
    assert weasyprint.__version__ == TRIED_WITH
    assert strays(weasyprint, body), "WeasyPrint is mended: the cure can go"
    assert keep_notes(weasyprint)
    assert not strays(weasyprint, body)


def test_another_weasyprint_is_left_alone(weasyprint: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    block, column = (importlib.import_module(f"weasyprint.layout.{name}") for name in ("block", "column"))
    own = block._linebox_layout, block.columns_layout, column.columns_layout
    monkeypatch.setattr(weasyprint, "__version__", "99.0")
    assert not keep_notes(weasyprint)
    assert (block._linebox_layout, block.columns_layout, column.columns_layout) == own


@given(heights=lists(floats(0, 500), min_size=1, max_size=4))
def test_room_is_found_whatever_the_notes_take(heights: list[float]) -> None:
    """Less room for notes leaves more lines on the page, and more notes: here as much as it likes."""
    given_room = [0.0]
    for turn in range(400):
        room = room_for_notes(given_room, heights[turn % len(heights)])
        if room == given_room[-1]:
            break
        given_room.append(room)
    assert given_room[-1] >= heights[turn % len(heights)]
    assert turn < 399
