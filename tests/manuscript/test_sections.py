from __future__ import annotations

from pathlib import Path

import books
from overprint.manuscript import read
from overprint.model import Section

FOREWORD = "manuscript/frontmatter/02-foreword.md"
BOOK = "manuscript/book.yaml"


def sections(root: Path) -> dict[str, Section]:
    return {section.slug: section for section in read.manuscript(root).value.sections}


def said(root: Path, path: str, text: str) -> list[tuple[str, str]]:
    made = read.manuscript(books.write_anthology(root, {path: text}))
    return [(each.code, str(each.place)) for each in made.diagnostics]


def test_the_anthology_is_read_without_a_word(tmp_path: Path) -> None:
    made = read.manuscript(books.write_anthology(tmp_path))
    assert made.diagnostics == ()
    assert [essay.slug for essay in made.value.essays] == ["bees", "wax", "winter"]
    assert [(part.title, part.essays) for part in made.value.parts] == [("The *Hive*", ("bees", "wax"))]


def test_the_name_of_a_file_says_what_it_is(tmp_path: Path) -> None:
    found = sections(books.write_anthology(tmp_path))
    assert {slug: (each.kind, each.matter) for slug, each in found.items()} == {
        "front-dedication": ("dedication", "front"),
        "front-foreword": ("foreword", "front"),
        "back-note-on-the-text": ("", "back"),
        "back-colophon": ("colophon", "back"),
    }


def test_keys_may_be_left_out_and_places_stay_exact(tmp_path: Path) -> None:
    found = sections(books.write_anthology(tmp_path))
    assert str(found["front-dedication"].body.place) == "manuscript/frontmatter/01-dedication.md:1:1"
    assert str(found["front-foreword"].body.place) == f"{FOREWORD}:5:1"
    assert found["front-dedication"].body.value == "For whoever was stung."


def test_a_text_that_is_nothing_known_needs_a_title(tmp_path: Path) -> None:
    path = "manuscript/frontmatter/03-odds-and-ends.md"
    assert said(tmp_path, path, "Words.\n") == [("M101", f"{path}:1:1")]


def test_keys_that_never_close_leave_the_rest_of_the_book(tmp_path: Path) -> None:
    assert said(tmp_path, FOREWORD, "---\nauthors: cy-ash\n\nRead on.\n") == [("M126", f"{FOREWORD}:1:1")]


def test_a_kind_may_be_given(tmp_path: Path) -> None:
    path = "manuscript/backmatter/02-last-words.md"
    books.write_anthology(tmp_path, {path: "---\nkind: afterword\n---\n\nWords.\n"})
    assert sections(tmp_path)["back-last-words"].kind == "afterword"
    assert said(tmp_path, path, "---\nkind: afterwrd\n---\n\nWords.\n") == [("M105", f"{path}:2:7")]


def test_a_part_needs_a_title_and_essays(tmp_path: Path) -> None:
    book = books.ANTHOLOGY[BOOK].replace("part: The *Hive*", "part:")
    assert said(tmp_path / "a", BOOK, book) == [("M101", f"{BOOK}:10:10")]
    book = books.ANTHOLOGY[BOOK].replace("    essays: [essays/01-bees, essays/02-wax]\n", "")
    assert ("M101", f"{BOOK}:10:5") in said(tmp_path / "b", BOOK, book)


def test_an_unknown_essay_is_shown_where_its_line_stands(tmp_path: Path) -> None:
    book = books.ANTHOLOGY[BOOK].replace("essays/02-wax", "essays/02-wex")
    assert ("M113", f"{BOOK}:11:30") in said(tmp_path / "a", BOOK, book)
    book = books.ANTHOLOGY[BOOK].replace("- essays/03-winter", "- essays/03-wynter")
    assert ("M113", f"{BOOK}:12:5") in said(tmp_path / "b", BOOK, book)


def test_an_essay_stands_in_the_book_once(tmp_path: Path) -> None:
    book = books.ANTHOLOGY[BOOK] + "  - essays/02-wax\n"
    assert said(tmp_path, BOOK, book) == [("M140", f"{BOOK}:13:5")]


def test_comments_in_files_follow_those_in_comments_md(tmp_path: Path) -> None:
    second = "---\ncomment: 9\nauthor: Jo\nreply_to: 1\n---\n\nLast.\n"
    books.write_anthology(tmp_path, {"manuscript/essays/01-bees/comments/02-jo.md": second})
    bees = read.manuscript(tmp_path).value.essays[0]
    assert [comment.number for comment in bees.comments] == [1, 2, 3, 9]
    assert str(bees.comments[3].place) == "manuscript/essays/01-bees/comments/02-jo.md:1:1"
