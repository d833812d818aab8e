"""Drawings stand on white paper of their own."""

from __future__ import annotations

import pytest
from lxml import etree

from overprint.render.epub import paper

NS = "http://www.w3.org/2000/svg"


@pytest.mark.parametrize(
    ("sizes", "wanted"),
    [
        ('viewBox="-10 -5 40 20"', ("-10", "-5", "40", "20")),
        ('viewBox="0,0,40,20"', ("0", "0", "40", "20")),
        ('width="40" height="20"', ("0", "0", "100%", "100%")),
    ],
)
def test_a_drawing_stands_on_white(sizes: str, wanted: tuple[str, ...]) -> None:
    drawing = f'<svg xmlns="{NS}" {sizes}><title>A line</title><path d="M0 0H9"/></svg>'
    root = etree.fromstring(paper.under(drawing.encode()))
    names = [etree.QName(each).localname for each in root]
    assert names == ["title", "rect", "path"]
    assert tuple(root[1].get(name) for name in ("x", "y", "width", "height")) == wanted
    assert root[1].get("style") == "fill:#fff;stroke:none"
