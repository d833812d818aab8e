from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

import books
from overprint import pipeline, project
from overprint.compose import cascade, theme
from overprint.diagnostics import NOWHERE, Stop
from overprint.model import Look

PAGE = Path(__file__).parents[2] / "docs/how-to/own-theme.md"


def own(root: Path, name: str, facts: str, **others: str) -> Path:
    books.write(root, book=books.text("book") + f"theme: {name}\n")
    (root / "themes" / name).mkdir(parents=True)
    (root / "themes" / name / "theme.yaml").write_text(facts, "utf-8")
    for path, written in others.items():
        target = root / "themes" / name / path.replace("__", "/").replace("_", ".")
        target.parent.mkdir(exist_ok=True)
        target.write_text(written, "utf-8")
    return root


def look(root: Path) -> Look:
    return cascade.look(project.read(root).value).value


def printed(root: Path) -> str:
    return "".join(text for _, text in look(root).print_sheets)


def test_there_are_three_themes_of_ours(tmp_path: Path) -> None:
    assert theme.known(None) == ("gazette", "octavo", "plain")
    assert theme.known(own(tmp_path, "mine", "base: plain\n")) == ("gazette", "octavo", "plain", "mine")


@pytest.mark.parametrize("name", theme.ours())
def test_each_of_ours_says_what_it_is(name: str) -> None:
    facts = theme.find(name, None, NOWHERE).facts
    assert facts["name"].lower() == name
    assert facts["about"]


def test_a_theme_rests_on_another(tmp_path: Path) -> None:
    root = own(tmp_path, "mine", "base: plain\ntokens: {indent: 9em}\n", print_css=".x { color: teal }")
    sheets = look(root).print_sheets
    names = [name for name, _ in sheets]
    assert names.index("plain/print.css") < names.index("themes/mine/print.css")
    assert "text-indent: 9em" in sheets[0][1]
    assert "color: teal" in printed(root)
    assert look(root).setting.text is not None


def test_ones_own_theme_may_bear_the_name_of_ours(tmp_path: Path) -> None:
    root = own(tmp_path, "plain", "base: plain\nabout: mine\n", shared_css=".mine { margin: 0 }")
    assert theme.find("plain", root, NOWHERE).facts["about"] == "mine"
    assert ".mine" in look(root).epub_css
    assert ".titlepage" in look(root).epub_css


@pytest.mark.parametrize(
    ("facts", "code", "said"),
    [
        ("name: Mine\n", "B111", "neither a page nor a base"),
        ("base: mine\n", "B101", "no theme called `mine`"),
        ("base: palin\n", "B101", "no theme called `palin`"),
        ("base: plain\nspage: {}\n", "B111", "has the key `spage`"),
        ("base: plain\ntokens: teal\n", "B111", "`tokens` takes keys of its own"),
        ("base: [plain]\n", "B111", "`base` takes a word"),
        ("- plain\n", "B111", "holds no keys"),
        ("base: plain\ntokens: {a: &x 1, b: *x}\n", "M106", ""),
        ("base: plain\npage: {trim: huge}\n", "B111", "`huge` is no trim"),
        ("page: {trim: A5, top: 1in, bottom: 1in, inner: 1in, outer: 1in}\n", "B111", "`tokens` lacks `text-face`"),
        ("base: plain\npage: {top: 2em}\n", "B109", "`2em` is not a length"),
        ("base: plain\ncover: {cover-title: large}\n", "B117", "`cover-title` in the theme's `cover:` cannot be used"),
        ("base: plain\ncover: {cover-title: {sizes: 60}}\n", "B117", "`sizes` takes pairs"),
        ("base: plain\ncover: {cover-title: {sizes: [[40, 4], [60, 2]]}}\n", "B117", "the largest size first"),
        ("base: plain\ncover: {cover-title: {leading: wide}}\n", "B117", "`leading` takes a number"),
        ("base: plain\ncover: {cover-motto: {sizes: [[40, 4]]}}\n", "B117", "`cover-motto` in the theme's"),
        ("base: plain\ncover: {cover-title: {face: Arial}}\n", "B118", "`Arial` is not a token"),
        ("base: plain\ncover: {cover-title: {tracking: yes}}\n", "B117", "`tracking` takes a number"),
        ("base: plain\nlines: {h4: large}\n", "B117", "`h4` in the theme's `lines:` cannot be used"),
        ("base: plain\nlines: {h4: {size: 9pt}}\n", "B117", "it has no `width`"),
        ("base: plain\nlines: {h3: {sise: 9pt}}\n", "B117", "it has the key `sise`; there are size, width,"),
        ("base: plain\nlines: {h3: {tracking: wide}}\n", "B117", "`tracking` takes a number"),
        ("base: plain\nlines: {h3: {caps: small}}\n", "B117", "`caps` takes yes or no"),
        ("base: plain\nlines: {h3: {size: 9}}\n", "B109", "`9` is not a length"),
        ("base: plain\nopening: {dropcap: three}\n", "B111", "`dropcap` in `opening` takes a whole number"),
        ("base: plain\nopening: {lead-in: 3}\n", "B111", "`lead-in` in `opening` takes yes or no"),
        ("base: plain\nopening: {drop-cap: 3}\n", "B111", "`opening` has the key `drop-cap`"),
        ("base: plain\npage: {columns: 0}\n", "B111", "`columns` in `page` takes a whole number"),
        ("base: plain\nsinks: {opener: 2em}\n", "B111", "`opener` in `sinks` takes a whole number"),
    ],
)
def test_what_is_wrong_with_a_theme(facts: str, code: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(Stop) as stop:
        look(own(tmp_path, "mine", facts))
    assert stop.value.diagnostics[0].code == code
    assert said in stop.value.diagnostics[0].message


def test_a_check_says_what_is_wrong_with_a_theme(tmp_path: Path) -> None:
    def found(name: str) -> list[str]:
        books.write(tmp_path, book=books.text("book") + f"theme: {name}\n")
        return [each.code for each in pipeline.validate(tmp_path).diagnostics if each.code.startswith("B")]

    assert [found(name) for name in ("octavo", "octvo", "../themes/octavo")] == [[], ["B101"], ["B101"]]
    own(tmp_path, "mine", "base: plain\ntokens: teal\n")
    assert [found(name) for name in ("mine", "plain")] == [["B111"], []]


def test_a_theme_is_found_by_its_name_alone(tmp_path: Path) -> None:
    own(tmp_path / "there", "mine", "base: plain\n")
    books.write(tmp_path / "here", book=books.text("book") + "theme: ../../there/themes/mine\n")
    with pytest.raises(Stop, match="no theme called"):
        look(tmp_path / "here")


def test_a_typeface_lacks_what_is_then_not_asked_for(tmp_path: Path) -> None:
    books.write(tmp_path, book=books.text("book") + "look: {text_face: Newsreader}\n")
    css = printed(tmp_path)
    assert "oldstyle-nums" not in css
    assert "all-small-caps" not in css
    books.write(tmp_path)
    assert "oldstyle-nums" in printed(tmp_path)
    assert "all-small-caps" in printed(tmp_path)


def test_notes_follow_the_text_face(tmp_path: Path) -> None:
    books.write(tmp_path, book=books.text("book") + "theme: plain\nlook: {text_face: EB Garamond}\n")
    assert "SmText" not in printed(tmp_path)
    assert {face.family for face in look(tmp_path).faces} == {"EB Garamond", "Source Serif 4 Display", "Libre Franklin"}


def test_a_template_of_ones_own(tmp_path: Path) -> None:
    root = own(
        tmp_path,
        "mine",
        "base: plain\n",
        templates__essay_xhtml='{% extends "overprint/essay.xhtml" %}{% block kicker %}<p>Kicked</p>{% endblock %}',
    )
    made = pipeline.build(root, ["epub"], tmp_path / "out")
    assert not made.diagnostics
    text = books_text(made.value[0].path, "bees.xhtml")
    assert "<p>Kicked</p>" in text
    assert "kicker" not in text


def books_text(epub: Path, name: str) -> str:
    with zipfile.ZipFile(epub) as book:
        return book.read(next(each for each in book.namelist() if each.endswith(name))).decode()


@pytest.mark.parametrize(
    "template",
    [
        "{{ nothing }}",
        "{% if %}",
        "{{ ''.__class__.__mro__ }}",
        "{% for each in range(10 ** 9) %}x{% endfor %}",
        '{% include "../theme.yaml" %}',
        '{% include "out.xhtml" %}',
    ],
)
def test_a_template_reaches_for_nothing_but_the_book(template: str, tmp_path: Path) -> None:
    root = own(tmp_path / "book", "mine", "base: plain\n", templates__halftitle_xhtml=template)
    (tmp_path / "out.xhtml").write_text("secret", "utf-8")
    (root / "themes/mine/templates/out.xhtml").symlink_to(tmp_path / "out.xhtml")
    with pytest.raises(Stop) as stop:
        pipeline.build(root, ["epub"], tmp_path / "out")
    assert [each.code for each in stop.value.diagnostics] == ["B112"]


def test_a_sheet_that_leads_out_of_the_project_is_refused(tmp_path: Path) -> None:
    root = own(tmp_path / "book", "mine", "base: plain\n")
    (tmp_path / "out.css").write_text("p { color: red }", "utf-8")
    (root / "themes/mine/print.css").symlink_to(tmp_path / "out.css")
    with pytest.raises(Stop) as stop:
        look(root)
    assert [each.code for each in stop.value.diagnostics] == ["M123"]


def test_the_theme_of_the_manual_builds(tmp_path: Path) -> None:
    found = re.findall(r"In `(themes/[^`]+)`[^\n]*\n\n```\w+\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(found) == 4
    books.write(tmp_path, book=books.text("book") + "theme: broadsheet\n")
    for path, written in found:
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(written, "utf-8")
    made = pipeline.build(tmp_path, ["epub", "pdf"], tmp_path / "out")
    assert not made.diagnostics
    assert {each.path.suffix: each.pages > 0 for each in made.value} == {".epub": False, ".pdf": True}
