"""WeasyPrint moves notes away from their calls; pinned here, with the cure."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from overprint.render.pdf.notes_stay import TRIED_WITH, keep_notes

SHEET = """
@page { size: 200pt HEIGHTpt; margin: 10pt; @footnote { padding-top: 8pt } }
body { font: 10pt/12pt monospace; margin: 0 } p { margin: 0; orphans: 2; widows: 2 }
.note { float: footnote; footnote-policy: line }
"""
PARAGRAPH = "<p>one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen</p>"
DOCUMENT = (
    f"<html lang=en><body>{PARAGRAPH}<p>a call<span class=note>a note</span> here</p>{PARAGRAPH * 4}</body></html>"
)


@pytest.fixture
def weasyprint(own_weasyprint: None) -> Any:
    """Give a WeasyPrint whose layout can be changed."""
    import weasyprint

    return weasyprint


def drifts(weasyprint: Any, height: int) -> bool:
    pages = (
        weasyprint.HTML(string=DOCUMENT)
        .render(stylesheets=[weasyprint.CSS(string=SHEET.replace("HEIGHT", str(height)))])
        .pages
    )
    of: dict[str, int] = {}
    for number, page in enumerate(pages):
        for box in page._page_box.descendants():
            of.setdefault((box.element_tag or "").partition("::")[2], number)
    return of["footnote-call"] != of["footnote-marker"]


HEIGHTS = range(90, 190, 3)


def test_notes_stay_with_their_calls(weasyprint: Any) -> None:
    assert weasyprint.__version__ == TRIED_WITH
    assert any(drifts(weasyprint, height) for height in HEIGHTS), "WeasyPrint is mended: the cure can go"
    assert keep_notes(weasyprint)
    assert not any(drifts(weasyprint, height) for height in HEIGHTS)


def test_another_weasyprint_is_left_alone(weasyprint: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    block = importlib.import_module("weasyprint.layout.block")
    own = block._linebox_layout
    monkeypatch.setattr(weasyprint, "__version__", "99.0")
    assert not keep_notes(weasyprint)
    assert block._linebox_layout is own
