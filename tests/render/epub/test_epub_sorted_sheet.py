"""The sheet in order: it means the same, and says each thing once."""

from __future__ import annotations

import re

import pytest
import weasyprint
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from overprint.render.epub import sorted_sheet

PAGE = '<html><body class="a"><section class="b"><p class="a b">x</p><p>y</p><p class="c">z</p></section></body></html>'
ROOT = etree.fromstring(PAGE)
KINDS = sorted_sheet.kinds([ROOT])


def lines(css: str) -> list[str]:
    return sorted_sheet.sort(css, KINDS).splitlines()


@pytest.mark.parametrize(
    ("css", "wanted"),
    [
        (".a { top: 0 } p { left: 0 }", ["p { left: 0; }", ".a { top: 0; }"]),
        ("p { top: 0 } p { left: 0 }", ["p { top: 0; left: 0; }"]),
        ("p { top: 0 } p { top: 1em }", ["p { top: 1em; }"]),
        ("p, .a { top: 0 }", ["p, .a { top: 0; }"]),
        ("p { top: 0 } section { top: 0 }", ["p, section { top: 0; }"]),
        # No element is of both kinds, so that one rule may pass the other.
        (".a { top: 0 } .c { top: 1em } .a { left: 0 }", [".c { top: 1em; }", ".a { top: 0; left: 0; }"]),
        # One is, and each sets what the other sets: one rule comes twice.
        (
            ".a { top: 0; left: 0 } .b { top: 1em; left: 1em } .a { left: 2em }",
            [".a { top: 0; }", ".b { top: 1em; left: 1em; }", ".a { left: 2em; }"],
        ),
        (
            ".a { margin-top: 0 } .b { margin: 1em } .a { top: 0 } .b { top: 1em }",
            [".a { margin-top: 0; top: 0; }", ".b { margin: 1em; top: 1em; }"],
        ),
        ("p::before { content: '\\2003' }", ['p::before { content: "\\2003 "; }']),
        ("@font-face { font-family: A } p {}", ["@font-face { font-family: A }"]),
        (
            "p:not(.a) { top: 0 } .a[id] { top: 1em } p:first-letter { top: 2em } #x { top: 0 } p::before { top: 3em }",
            [
                "p:first-letter { top: 2em; }",
                "p::before { top: 3em; }",
                "p:not(.a) { top: 0; }",
                ".a[id] { top: 1em; }",
                "#x { top: 0; }",
            ],
        ),
    ],
)
def test_rules_are_sorted_and_joined(css: str, wanted: list[str]) -> None:
    assert lines(css) == wanted


PROPERTIES = st.sampled_from(["margin", "margin-top", "border", "border-top", "border-color"])
VALUES = st.sampled_from(["0", "1px", "2px"])
SELECTORS = st.sampled_from([".a", ".b", "p", "p.a", "p.b", "*"])
RULES = st.lists(
    st.tuples(
        st.lists(SELECTORS, min_size=1, max_size=2), st.lists(st.tuples(PROPERTIES, VALUES), min_size=1, max_size=3)
    ),
    max_size=8,
)


def styled(css: str) -> list[dict[str, str]]:
    """Return what each element of the page is made to look like."""
    html = weasyprint.HTML(string=f"<style>{css}</style>{PAGE}")
    style_for = weasyprint.css.get_all_computed_styles(html)
    names = ("margin_top", "margin_left", "top", "border_top_width", "border_top_color", "border_left_width")
    elements = [each for each in html.etree_element.iter() if each.tag in {"body", "section", "p"}]
    return [{name: str(style_for(each)[name]) for name in names} for each in elements]


@given(RULES)
def test_no_element_looks_otherwise(rules: list[tuple[list[str], list[tuple[str, str]]]]) -> None:
    written = []
    for selectors, declared in rules:
        body = "".join(
            f"{name}: {'red' if name.endswith('color') else f'{value} solid' if 'border' in name else value};"
            for name, value in declared
        )
        written.append(f"{', '.join(selectors)} {{ {body} position: relative; border-style: solid }}")
    css = "\n".join(written)
    assert styled(sorted_sheet.sort(css, KINDS)) == styled(css)


def test_every_selector_comes_once_where_it_can() -> None:
    css = "".join(f".a {{ top: {number}px }} p {{ left: {number}px }} " for number in range(9))
    assert re.findall(r"^[^{]+", "\n".join(lines(css)), re.MULTILINE) == ["p ", ".a "]
