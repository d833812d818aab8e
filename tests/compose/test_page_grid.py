from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import books
from overprint import lengths, project, typefaces
from overprint.compose import cascade, on_grid, page_grid, theme
from overprint.compose.balance import balance
from overprint.diagnostics import NOWHERE, Stop
from overprint.model import Edges, Measure, Setting


def tokens(name: str, size: str | None = None, **known: str) -> dict[str, float]:
    facts = theme.find(name, None, NOWHERE).facts
    trim = lengths.trim(size) if size else None
    made = page_grid.tokens(facts, {**facts["tokens"], **known}, trim, NOWHERE)
    return {key: float(value.removesuffix("pt")) for key, value in made.items()}


LEADINGS = st.sampled_from(["11pt", "13.5pt", "16pt"])


@pytest.mark.parametrize(
    ("name", "lines", "measure"), [("octavo", 32, 288), ("plain", 33, 309.5), ("gazette", 41, 391.9)]
)
def test_a_theme_has_its_own_page(name: str, lines: int, measure: float) -> None:
    made = tokens(name)
    leading = float(theme.find(name, None, NOWHERE).facts["tokens"]["leading"].removesuffix("pt"))
    assert made["block"] == lines * leading
    assert made["measure"] == pytest.approx(measure, abs=0.1)


@given(
    st.sampled_from(theme.ours()),
    st.floats(360, 880),
    st.floats(500, 1280),
    LEADINGS,
)
def test_any_trim_keeps_grid_and_proportion(name: str, width: float, height: float, leading: str) -> None:
    usual, made = tokens(name, leading=leading), tokens(name, f"{width:.2f} x {height:.2f} pt", leading=leading)
    lines = made["block"] / float(leading.removesuffix("pt"))
    assert lines == pytest.approx(round(lines), abs=1e-3)
    assert made["margin-top"] + made["block"] + made["margin-bottom"] == pytest.approx(made["trim-height"], abs=0.05)
    assert made["margin-top"] + made["block"] + made["margin-bottom"] < made["trim-height"]
    assert made["margin-inner"] + made["measure"] + made["margin-outer"] == pytest.approx(made["trim-width"], abs=0.02)
    for edge, whole in (("inner", "width"), ("outer", "width")):
        was, now = (each[f"margin-{edge}"] / each[f"trim-{whole}"] for each in (usual, made))
        assert now == pytest.approx(was, abs=1e-3)
    shares = [each["margin-top"] / (each["margin-top"] + each["margin-bottom"]) for each in (usual, made)]
    assert shares[1] == pytest.approx(shares[0], abs=1e-3)
    for sink in (each for each in made if each.startswith("sink-")):
        assert made[sink] / float(leading.removesuffix("pt")) == pytest.approx(round(made[sink] / float(leading[:-2])))
        assert made[sink] / made["block"] == pytest.approx(usual[sink] / usual["block"], abs=0.06)


@pytest.mark.parametrize("name", theme.ours())
def test_a_printer_gets_no_less_at_head_and_foot(name: str) -> None:
    facts = theme.find(name, None, NOWHERE).facts
    usual = tokens(name)
    made = page_grid.tokens(facts, facts["tokens"], lengths.trim("A5"), NOWHERE, Edges(40, 40))
    small = {key: float(value.removesuffix("pt")) for key, value in made.items()}
    if small["trim-height"] < usual["trim-height"]:
        assert small["margin-top"] >= usual["margin-top"]
        assert small["margin-bottom"] >= usual["margin-bottom"]
    assert small["block"] % float(facts["tokens"]["leading"].removesuffix("pt")) == pytest.approx(0, abs=0.01)


def test_columns_share_the_measure() -> None:
    made = tokens("gazette")
    assert 2 * made["column"] + made["gap"] == pytest.approx(made["measure"], abs=0.02)
    assert made["column"] == pytest.approx(187, abs=0.1)


def test_a_page_with_no_room_is_refused_where_it_was_asked_for(tmp_path: Path) -> None:
    books.write(tmp_path, book=books.text("book") + "theme: gazette\ntrim: A6\n")
    with pytest.raises(Stop) as stop:
        cascade.look(project.read(tmp_path).value)
    (said,) = stop.value.diagnostics
    assert (said.code, str(said.place)) == ("B110", "manuscript/book.yaml:7:7")


def test_trim_and_look_reach_the_sheets(tmp_path: Path) -> None:
    asked = "trim: 5 x 8 in\nlook: {text_size: 11pt, leading: 1cm, ink: '#223344', text_face: Source Serif 4}\n"
    books.write(tmp_path, book=books.text("book") + asked)
    made = project.read(tmp_path)
    assert not made.diagnostics
    css = "".join(text for _, text in cascade.look(made.value).value.print_sheets)
    assert "size: 360pt 576pt" in css
    assert "font-size: 11pt; line-height: 28.3465pt; color: #223344" in css
    assert 'font-family: "Source Serif 4", serif' in css


def test_styles_come_after_the_look(tmp_path: Path) -> None:
    books.write(tmp_path, book=books.text("book") + "look: {leading: 16pt}\n")
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/print.css").write_text(":root { --leading: 20pt }", "utf-8")
    css = "".join(text for _, text in cascade.look(project.read(tmp_path).value).value.print_sheets)
    assert "line-height: 20pt" in css
    assert "line-height: 16pt" not in css


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("trim: huge", "a width and a height, such as 5 x 8 in"),
        ("trim: 5 x 8", "a width and a height, such as 5 x 8 in"),
        ("trim: 1 x 2 in", "a width and a height, such as 5 x 8 in"),
        ("trim: 99 x 99 in", "a width and a height, such as 5 x 8 in"),
        ("look: {text_size: 12}", "a size on paper"),
        ("look: {text_size: 1.2em}", "a size on paper"),
        ("look: {text_face: Garamond}", "EB Garamond"),
        ("look:\n  ink: #223344", 'its number in quotes, such as "#a8231a"'),
        ("look: {ink: 'url(x)'}", "a colour"),
    ],
)
def test_what_is_no_look_is_named(asked: str, wanted: str, tmp_path: Path) -> None:
    books.write(tmp_path, book=books.text("book") + asked + "\n")
    (said,) = project.read(tmp_path).diagnostics
    assert said.code == ("B130" if "face" in asked else "M105")
    assert wanted in f"{said.message}; {said.hint}"


@given(st.integers(1, 400), st.floats(9, 24), st.floats(9, 60), st.floats(0, 30))
def test_titles_end_on_the_grid(letters: int, grid: float, leading: float, above: float) -> None:
    face = next(each.path for each in typefaces.faces("EB Garamond"))
    text, title = Measure(face, 10, 300, leading=grid), Measure(face, 30, 300, leading=leading, above=above)
    part = etree.fromstring(f'<div><h1 class="title">{"word " * (letters // 5)}end</h1></div>')
    balance(part, {"title": title})
    lines = 1 + len(part.findall(".//br"))
    on_grid.keep(part, Setting(text=text, even={"title": title}))
    padding = float(part[0].get("style", "padding-bottom: 0pt").removeprefix("padding-bottom: ").removesuffix("pt"))
    if letters // 5 < 50:
        rest = (above + lines * leading + padding) / grid
        assert rest == pytest.approx(round(rest), abs=0.02 / grid * 2)
    assert 0 <= padding < grid


def test_titles_become_smaller_with_a_narrow_page_and_no_larger_with_a_wide_one() -> None:
    usual, narrow, wide = (tokens("gazette", size) for size in (None, "5 x 8 in", "210 x 297 mm"))
    assert usual["title-size"] == wide["title-size"] == 46
    share = narrow["measure"] / usual["measure"]
    assert share < 0.8
    for name in ("title-size", "title-leading", "standfirst-size"):
        assert narrow[name] == pytest.approx(usual[name] * share, abs=0.01)
