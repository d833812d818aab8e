"""What stands on a cover, and what is said of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import books
from overprint import pipeline
from overprint.compose import compose, contrast, covered, theme
from overprint.diagnostics import NOWHERE, Made
from overprint.model import Composed

QUILL = "authors: [ada-quill]\n"
BYLINE = re.compile(r'<p class="cover-author"[^>]*>(.*?)</p>')
EDITOR = re.compile(r'<p class="cover-editor"[^>]*>(.*?)</p>')


def composed(root: Path) -> Made[Composed]:
    manuscript, book = pipeline.validate(root, draft=False).value
    return compose(book, manuscript.project)


def with_people(root: Path, writers: int, *, edited: bool) -> Composed:
    ids = [f"writer-{letter}" for letter in "abcdefghij"[:writers]]
    key = "editors: [ada-quill]\n" if edited else ""
    essay = books.text("essay").replace(QUILL, f"authors: [{', '.join(ids)}]\n")
    books.write(root, book=books.text("book") + key, essay=essay)
    for ident in ids:
        (root / f"manuscript/people/{ident}.md").write_text(f"---\nname: {ident.title()}\n---\n\nWrites.\n", "utf-8")
    return composed(root).value


@pytest.mark.parametrize(
    ("writers", "edited", "bylines", "editors"),
    [
        (1, False, ["Writer-A"], []),
        (1, True, ["Writer-A"], []),
        (2, True, ["Writer-A", "Writer-B"], ["edited by Ada Quill"]),
        (4, False, ["Writer-A", "Writer-B", "Writer-C", "Writer-D"], []),
        (5, False, ["Writer-A, Writer-B, Writer-C, Writer-D and Writer-E"], []),
        (5, True, [], ["edited by Ada Quill"]),
        (9, False, [], []),
    ],
)
def test_the_cover_names_few_people(
    writers: int, edited: bool, bylines: list[str], editors: list[str], tmp_path: Path
) -> None:
    html = re.sub(r" ?<br>", " ", with_people(tmp_path, writers, edited=edited).cover.html)
    assert BYLINE.findall(html) == bylines
    assert EDITOR.findall(html) == editors


def test_the_words_for_who_cannot_see_it_have_no_markup(tmp_path: Path) -> None:
    books.write(tmp_path, book=books.text("book").replace("Small Book", "After *Her* & “Bees”\nsubtitle: An essay"))
    made = composed(tmp_path).value
    assert made.cover.alt == "Cover: After Her & “Bees”. An essay, by Ada Quill"
    assert "After <em>Her</em> &amp; “Bees”" in re.sub("<br>", "", made.cover.html)
    first = covered(made, tmp_path / "cover.jpg").chapters[0]
    assert (first.name, first.media, first.epub_type) == ("cover", "epub", "cover")
    assert 'alt="Cover: After Her &amp; “Bees”. An essay, by Ada Quill" role="doc-cover"' in first.html


def test_a_picture_of_your_own_is_the_cover(tmp_path: Path) -> None:
    books.write(tmp_path, book=books.text("book") + "cover: images/front.jpg\ncover_alt: a hive at dusk\n")
    cover = composed(tmp_path).value.cover
    assert (cover.html, cover.picture) == ("", tmp_path / "manuscript/images/front.jpg")
    assert cover.alt == "Cover: Small Book, by Ada Quill: a hive at dusk"


def test_a_title_that_nobody_can_read_is_told(tmp_path: Path) -> None:
    books.write(tmp_path, book=books.text("book").replace("Small Book", "Donaudampfschifffahrtsgesellschaftskapitän"))
    [said] = composed(tmp_path).diagnostics
    assert (said.code, str(said.place)) == ("B115", "manuscript/book.yaml:1:8")


@pytest.mark.parametrize("name", theme.ours())
def test_the_words_of_our_covers_stand_out(name: str, tmp_path: Path) -> None:
    tokens = theme.find(name, None, NOWHERE).facts["tokens"]
    assert contrast.contrast(tokens["cover-ink"], tokens["cover-ground"]) >= contrast.LEAST
    books.write(tmp_path, book=books.text("book") + f"theme: {name}\n")
    assert composed(tmp_path).diagnostics == ()


def test_words_that_do_not_stand_out_are_told(tmp_path: Path) -> None:
    books.write(tmp_path, book=books.text("book") + 'look:\n  cover_ground: "#777"\n  cover_ink: lightgrey\n')
    [said] = composed(tmp_path).diagnostics
    assert (said.code, str(said.place)) == ("B114", "manuscript/book.yaml:8:14")
    assert "lightgrey on #777 has a contrast of 3.0" in said.message


def test_a_theme_that_says_nothing_of_covers_has_one(tmp_path: Path) -> None:
    books.write(tmp_path, book=books.text("book") + "theme: bare\n")
    folder = tmp_path / "themes/bare"
    folder.mkdir(parents=True)
    facts = (
        "name: Bare\nabout: nothing\n"
        "tokens: {text-face: '\"EB Garamond\", serif', text-size: 11pt, leading: 14pt, indent: 1em}\n"
        "page: {trim: A5, top: 56pt, bottom: 77pt, inner: 62pt, outer: 48pt}\n"
        "sinks: {halftitle: 0, title: 0, copyright: 9, contents: 0, opener: 0, dedication: 0, part: 0, colophon: 9}\n"
    )
    (folder / "theme.yaml").write_text(facts, "utf-8")
    assert re.search(r'cover-title" style="font-size: 60pt', composed(tmp_path).value.cover.html)
