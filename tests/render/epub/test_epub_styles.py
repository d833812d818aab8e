"""The style sheet: plain enough for old engines, whole without a network."""

from __future__ import annotations

import pytest

from overprint.diagnostics import Diagnostic, Stop
from overprint.render.epub import styles


def refused(css: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(Stop) as stop:
        styles.check(css, frozenset())
    return stop.value.diagnostics


@pytest.mark.parametrize(
    ("css", "thing"),
    [
        ("p { color: var(--ink) }", "var()"),
        ("p { margin: CALC(1em + 2px) }", "calc()"),
        ("p { margin: min(1em, 2px) }", "min()"),
        ("p { margin: max(1em, 2px) }", "max()"),
        ("p { margin: clamp(1em, 2px, 3px) }", "clamp()"),
        ("@media (min-width: 1px) { p { margin: 0 } }", "@media"),
        ("@supports (margin: 0) { p { margin: 0 } }", "@supports"),
        ("p:has(a) { margin: 0 }", ":has()"),
        (":is(p, li) { margin: 0 }", ":is()"),
        (":where(p) { margin: 0 }", ":where()"),
        (":root { --ink: black }", "the custom property --ink"),
        ("p { em { margin: 0 } }", "a rule inside a rule"),
        ("p { margin: v\\61r(--ink) }", "var()"),
        ("img { max-height: 98vh }", "the unit vh"),
        ("p { margin: 1REM }", "the unit REM"),
        ("@namespace epub 'http://www.idpf.org/2007/ops';", "@namespace"),
    ],
)
def test_refuses_what_old_engines_do_not_survive(css: str, thing: str) -> None:
    found = refused("body { margin: 0 }\n\n" + css)
    assert found[0].code == "E021"
    assert f" uses {thing}, " in found[0].message
    assert (found[0].place.path, found[0].place.line) == ("css/book.css", 3)


@pytest.mark.parametrize(
    "css",
    [
        "@import 'a.css';",
        "p { background: url(https://example.org/a.png) }",
        "p { background: url('../images/a.png') }",
        "p { background: u\\72l(a.png) }",
        "@font-face { src: url(a.ttf) }",
        "p { background: image-set('a.png') }",
    ],
)
def test_refuses_to_load(css: str) -> None:
    assert [each.code for each in refused(css)] == ["E022"]


@pytest.mark.parametrize("css", ["p { content: 'a\n }", "p ) { }", "p { background: url(a b) }"])
def test_refuses_what_cannot_be_read(css: str) -> None:
    assert "E023" in {each.code for each in refused(css)}


def test_refuses_what_nests_without_end() -> None:
    with pytest.raises(Stop) as stop:
        styles.check(f"p {{ margin: {'calc(1pt + ' * 3000}1pt{')' * 3000} }}", frozenset())
    assert {each.code for each in stop.value.diagnostics} == {"E021"}
    assert len(stop.value.diagnostics) == styles.MOST


def test_keeps_plain_css() -> None:
    css = (
        "/* var(--ink) @media :has( */ p.max, p:not(.is), li:nth-child(2n+1) { content: 'calc(1) @media'; margin: 0 }\n"
        "@page { margin: 1em }\n@font-face { font-family: A }\np { background: url(../images/star.gif) }"
    )
    styles.check(css, frozenset({"images/star.gif"}))


def test_declarations_know_their_selectors_and_places() -> None:
    css = "@page { margin: 0 }\nbody, p { COLOR: red;\n top: 0 }"
    found = [(selectors, each.lower_name, each.source_line) for selectors, each in styles.declarations(css)]
    assert found == [("body, p", "color", 2), ("body, p", "top", 3)]


def test_says_all_that_is_wrong_at_once() -> None:
    assert len(refused("p { margin: calc(1px) }\n@media print { p { margin: min(1px, 2px) } }")) == 4


def test_wishes() -> None:
    css = (
        "body { font-family: 'EB Garamond', serif } h1 { font: italic bold 2em/300 Vollkorn SC } "
        "@page { margin: 0 } h2 { font-weight: 600; line-height: 500 } p::after { content: '\\2766 ' }"
    )
    wishes = styles.wishes(css)
    assert "eb garamond" in wishes.families
    assert "vollkorn sc" in wishes.families
    assert {600, 700} <= wishes.weights
    assert 500 not in wishes.weights
    assert "❦" in wishes.characters
