"""Characters that no typeface of the book has, before anything is laid out."""

from __future__ import annotations

from pathlib import Path

import pytest

import books
from overprint import pipeline
from overprint.typefaces import fallbacks


def said(root: Path, **files: str) -> list[str]:
    made = pipeline.validate(books.write(root, **files))
    return [f"{each.place}: {each.message}" for each in made.diagnostics if each.code == "M424"]


def test_each_is_named_with_its_place_in_each_text(tmp_path: Path) -> None:
    essay = books.text("essay").replace("sweet", "ÜŸ ᚠᚢᚠ").replace("On Bees", "On ᚦ Bees")
    file, says = "manuscript/essays/01-bees/essay.md", "no typeface of the book has"
    assert said(tmp_path, essay=essay) == [
        f"{file}:2:11: {says} “ᚦ” (U+16A6, runic letter thurisaz thurs thorn)",
        f"{file}:13:10: {says} “ᚠ” (U+16A0, runic letter fehu feoh fe f)",
        f"{file}:13:11: {says} “ᚢ” (U+16A2, runic letter uruz ur u)",
    ]


@pytest.mark.parametrize("theme", ["octavo", "plain", "gazette"])
def test_what_a_theme_or_a_stand_in_has(tmp_path: Path, theme: str) -> None:
    essay = books.text("essay").replace(
        "sweet", "sweet e\u0301 ﬁ Ἐν Жизнь 日本 😀 ❤️ العربية ½ → † <!-- ᚠ --> [it](https://example.org/ᚠ)"
    )
    assert said(tmp_path, essay=essay, book=books.text("book") + f"theme: {theme}\n") == []


def test_without_further_typefaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fallbacks, "installed", lambda family: False)
    made = pipeline.validate(books.write(tmp_path, essay=books.text("essay").replace("sweet", "日")))
    (found,) = (each for each in made.diagnostics if each.code == "M424")
    assert "pip install 'overprint[scripts]'" in found.hint


def test_comments_count_when_they_are_chosen(tmp_path: Path) -> None:
    comments = books.text("comments").replace("Rowan Tull", "Rowan ᚠ").replace("marmalade", "ᚢ")
    assert [each.partition(": ")[0] for each in said(tmp_path, comments=comments)] == [
        "manuscript/essays/01-bees/comments.md:3:15"
    ]


def test_a_screen_has_typefaces_of_its_own(tmp_path: Path) -> None:
    essay = books.text("essay").replace("sweet", "ᚠ")
    assert said(tmp_path, essay=essay, book=books.text("book") + "outputs: [epub]\n") == []
