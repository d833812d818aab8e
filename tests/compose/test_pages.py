from __future__ import annotations

from pathlib import Path

from lxml import etree

import books
from overprint import pipeline
from overprint.compose import compose
from overprint.model import Composed


def composed(root: Path, **overlay: str) -> Composed:
    manuscript, book = pipeline.validate(books.write(root, **overlay)).value
    return compose(book, manuscript.project).value


def html(of: Composed, name: str) -> str:
    return next(chapter.html for chapter in of.chapters if chapter.name == name)


def test_the_order_of_the_book(tmp_path: Path) -> None:
    assert [(chapter.name, chapter.matter, chapter.media) for chapter in composed(tmp_path).chapters] == [
        ("front-halftitle", "front", "print"),
        ("front-titlepage", "front", "both"),
        ("front-copyright", "front", "both"),
        ("front-contents", "front", "print"),
        ("bees", "body", "both"),
        ("bees-comments", "body", "both"),
    ]


def test_every_chapter_is_well_formed_and_has_one_h1_at_most(tmp_path: Path) -> None:
    for chapter in composed(tmp_path).chapters:
        root = etree.fromstring(f'<div xmlns:epub="http://www.idpf.org/2007/ops">{chapter.html}</div>')
        assert len(list(root.iter("h1"))) <= 1, chapter.name


def test_titles_are_escaped_and_their_markdown_kept(tmp_path: Path) -> None:
    essay = books.text("essay").replace("title: On Bees", 'title: "After *Her* & <b>"')
    made = composed(tmp_path, essay=essay)
    assert "After <em>Her</em> &amp; &lt;b&gt;" in html(made, "bees")
    assert made.contents[0].title == "After Her & <b>"


def test_replies_stand_under_what_they_answer(tmp_path: Path) -> None:
    root = etree.fromstring(html(composed(tmp_path), "bees-comments"))
    reply = root.find(".//article/article")
    assert reply is not None
    words = [part.strip() for part in map(str, reply.itertext()) if part.strip()]
    assert words == ["3.", "Ada Quill", "replies", "in reply to", "Rowan Tull", "Wasps are busy too."]


def test_an_unprinted_parent_is_named_in_words(tmp_path: Path) -> None:
    comments = books.text("comments").replace("reply_to: 1", "reply_to: 2")
    assert "in reply to Jane (not printed)" in html(composed(tmp_path, comments=comments), "bees-comments")


def test_handles_are_not_set_in_small_capitals(tmp_path: Path) -> None:
    comments = books.text("comments").replace("Rowan Tull", "palimpsest_69")
    assert '<span class="handle">palimpsest_69</span>' in html(composed(tmp_path, comments=comments), "bees-comments")


def test_catalogues_show_titles_without_markup(tmp_path: Path) -> None:
    made = composed(tmp_path, book=books.text("book").replace("Small Book", '"Reading *Her*"'))
    assert made.book.title == "Reading Her"
    assert "Reading <em>Her</em>" in html(made, "front-titlepage")


def anthology(root: Path, overlay: dict[str, str] | None = None) -> Composed:
    manuscript, book = pipeline.validate(books.write_anthology(root, overlay)).value
    return compose(book, manuscript.project).value


def test_the_order_of_an_anthology(tmp_path: Path) -> None:
    assert [(chapter.name, chapter.matter) for chapter in anthology(tmp_path).chapters] == [
        ("front-halftitle", "front"),
        ("front-titlepage", "front"),
        ("front-copyright", "front"),
        ("front-dedication", "front"),
        ("front-contents", "front"),
        ("front-foreword", "front"),
        ("part-1", "body"),
        ("bees", "body"),
        ("bees-comments", "body"),
        ("wax", "body"),
        ("wax-comments", "body"),
        ("winter", "body"),
        ("back-note-on-the-text", "back"),
        ("back-contributors", "back"),
        ("back-permissions", "back"),
        ("back-colophon", "back"),
    ]


def test_the_contents_of_an_anthology(tmp_path: Path) -> None:
    found = [(entry.title, [child.title for child in entry.children]) for entry in anthology(tmp_path).contents]
    assert found == [
        ("Foreword", []),
        ("The Hive", ["On Bees", "On Wax"]),
        ("On Winter", ["About Bo Reed"]),
        ("A Note on the Text", []),
        ("Contributors", []),
        ("Permissions", []),
        ("Colophon", []),
    ]


def test_the_editor_is_named_and_notes_below_a_comment_are_marked(tmp_path: Path) -> None:
    made = anthology(tmp_path)
    assert "edited by Bo Reed" in html(made, "front-titlepage")
    assert "[The comb was in <em>Kent</em>. —Ed.]" in html(made, "wax-comments")
    assert (
        '‘On Wax’ is licensed under <a class="no-note" rel="license" '
        'href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>.'
    ) in html(made, "front-copyright")


def test_the_body_opens_with_the_first_part_or_essay(tmp_path: Path) -> None:
    made = anthology(tmp_path / "parts")
    assert [name for name in ("part-1", "bees", "wax") if ' first"' in html(made, name)] == ["part-1"]
    assert 'class="essay first"' in html(composed(tmp_path / "none"), "bees")


def test_the_contents_keep_the_italics_of_titles(tmp_path: Path) -> None:
    made = anthology(tmp_path)
    part = made.contents[1]
    assert (part.title, part.shown) == ("The Hive", "The <em>Hive</em>")
    assert '<a href="part-1.xhtml#part-1">The <em>Hive</em></a>' in html(made, "front-contents")


def test_essays_and_forewords_open_alike(tmp_path: Path) -> None:
    made = anthology(tmp_path)
    opened = [chapter.name for chapter in made.chapters if '<p class="opening' in chapter.html]
    assert opened == ["front-foreword", "bees", "wax", "winter"]


def test_one_ornament_stands_before_several_lives(tmp_path: Path) -> None:
    made = anthology(tmp_path)
    assert html(made, "wax").count('class="bio"') == 2
    assert html(made, "wax").count('class="ornament"') == 1


def test_a_letter_tells_its_date_and_whom_it_answers(tmp_path: Path) -> None:
    comments = books.text("comments").replace("reply_to: 1", "reply_to: 1\ndate: 2025-03-16")
    head = etree.fromstring(html(composed(tmp_path, comments=comments), "bees-comments")).find(
        ".//article/article/header"
    )
    assert head is not None
    words = etree.tostring(head, encoding="unicode", method="text")
    assert " ".join(words.split()) == "3. Ada Quill replies 16 March 2025, in reply to Rowan Tull"


def test_titles_in_another_language_say_so_in_the_contents(tmp_path: Path) -> None:
    winter = "manuscript/essays/03-winter/essay.md"
    german = books.ANTHOLOGY[winter].replace("title: On Winter", "title: Über den Winter\nlanguage: de")
    made = anthology(tmp_path, {winter: german})
    entries = {each.title: each.language for each in made.contents}
    assert entries["Über den Winter"] == "de"
    assert entries["Foreword"] == ""
    assert '<a href="winter.xhtml#winter" lang="de" xml:lang="de">Über den Winter</a>' in html(made, "front-contents")
