"""A paragraph that is broken line by line is told with its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from overprint.diagnostics import Place
from overprint.render.pdf.audit import Blocks
from overprint.render.pdf.total_fit import TRIED_WITH
from overprint.render.pdf.total_fit.said import left_alone

WORDS = "The keeper was, notwithstanding the weather, incomprehensibly cheerful. " * 3
SHEET = "p { text-align: justify; hyphens: auto }"


def test_a_paragraph_that_is_left_alone_is_told(lay: Callable[..., Any]) -> None:
    body = f'<p>{WORDS}</p><p id="odd">{WORDS}<span style="display: inline-block">box</span></p>'
    made = lay(body, SHEET, places={"odd": Place("manuscript/essays/bees/essay.md", 7)})
    (said,) = made.diagnostics
    assert said.kind.code == "P025"
    assert said.place == Place("manuscript/essays/bees/essay.md", 7)
    assert "a picture or a box stands in its lines" in said.message


def test_nothing_is_said_of_paragraphs_that_are_composed(lay: Callable[..., Any]) -> None:
    assert not lay(f"<p>{WORDS}</p><h2>Short</h2><p>One line.</p>", SHEET).diagnostics


def test_another_weasyprint_is_told_once() -> None:
    blocks = Blocks(Element("body"), lambda _: {"display": ("block",), "position": ("static",), "float": "none"}, {})
    (said,) = left_alone(None, "99.0", blocks)
    assert said.kind.code == "P029"
    assert "99.0" in said.message
    assert TRIED_WITH in said.hint
