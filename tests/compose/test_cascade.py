from __future__ import annotations

import re
from pathlib import Path

import pytest

import books
from overprint import project
from overprint.compose import cascade, theme
from overprint.diagnostics import Made, Stop
from overprint.model import Look


def look(root: Path, **styles: str) -> Made[Look]:
    books.write(root)
    (root / "styles").mkdir(exist_ok=True)
    for name, css in styles.items():
        (root / "styles" / f"{name}.css").write_text(css, "utf-8")
    return cascade.look(project.read(root).value)


@pytest.mark.parametrize("name", theme.ours())
def test_no_token_or_modern_css_is_left_for_old_readers(name: str, tmp_path: Path) -> None:
    books.write(tmp_path, book=books.text("book") + f"theme: {name}\n")
    css = cascade.look(project.read(tmp_path).value).value.epub_css
    assert not re.search(r"var\(|calc\(|min\(|max\(|clamp\(|@media|@supports|@page|--", css)
    assert not re.search(r"(?<![-\w])(color|background)\s*:(?!\s*(?:inherit|transparent))", css)


def test_the_projects_styles_come_after_the_themes(tmp_path: Path) -> None:
    made = look(tmp_path, shared="p { color: red }", print="p { color: green }", epub="p { color: blue }")
    css = "".join(text for _, text in made.value.print_sheets)
    assert css.index("text-indent") < css.index("color: red") < css.index("color: green")
    assert "color: blue" not in css
    assert "color: blue" in made.value.epub_css
    assert "@page" not in made.value.epub_css


def test_a_project_can_set_a_token(tmp_path: Path) -> None:
    made = look(tmp_path, shared=":root { --indent: 9em; --own: var(--indent) }\n.x { margin: var(--own) }")
    assert "text-indent: 9em" in made.value.epub_css
    assert any("margin: 9em" in text for _, text in made.value.print_sheets)


def test_an_unknown_token_is_named_with_its_line(tmp_path: Path) -> None:
    made = look(tmp_path, shared="/* one\ntwo */\n.x { margin: var(--indnet) }\n.y { margin: var(--gone, 2em) }")
    assert [(each.code, str(each.place)) for each in made.diagnostics] == [("B102", "styles/shared.css:3:1")]
    assert "margin: 2em" in made.value.epub_css


def test_an_unknown_theme(tmp_path: Path) -> None:
    books.write(tmp_path, book=books.text("book") + "theme: octvo\n")
    with pytest.raises(Stop, match="no theme called `octvo`"):
        cascade.look(project.read(tmp_path).value)
