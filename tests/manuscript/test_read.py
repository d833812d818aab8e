from __future__ import annotations

from pathlib import Path

import books
from overprint.manuscript import read


def codes(root: Path) -> list[str]:
    return [each.code for each in read.manuscript(root).diagnostics]


def test_the_good_book(tmp_path: Path) -> None:
    made = read.manuscript(books.write(tmp_path))
    assert made.diagnostics == ()
    [essay] = made.value.essays
    assert (essay.slug, essay.title, essay.authors) == ("bees", "On Bees", ("ada-quill",))
    assert [(each.number, each.include, each.reply_to) for each in essay.comments] == [
        (1, True, ()),
        (2, False, ()),
        (3, True, (1,)),
    ]
    assert str(essay.comments[2].body.place) == "manuscript/essays/01-bees/comments.md:27:1"
    assert made.value.people["ada-quill"].sort == "Quill, Ada"


def test_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    plain = read.manuscript(books.write(tmp_path / "a")).value
    other = {
        name: "\ufeff" + books.text(name).replace("\n", "\r\n") for name in ("book", "person", "essay", "comments")
    }
    made = read.manuscript(books.write(tmp_path / "b", **other))
    assert made.diagnostics == ()
    assert made.value.essays == plain.essays


def test_one_broken_comment_sets_off_no_storm(tmp_path: Path) -> None:
    comments = books.text("comments").replace("author: Rowan Tull", "author: Tull: Rowan")
    assert codes(books.write(tmp_path, comments=comments)) == ["M106"]


def test_an_essay_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    books.write(tmp_path)
    other = tmp_path / "manuscript/essays/02-wasps"
    other.mkdir()
    (other / "essay.md").write_bytes(b"\xff\xfe")
    made = read.manuscript(tmp_path)
    assert [each.code for each in made.diagnostics] == ["M119"]
    assert [each.slug for each in made.value.essays] == ["bees"]


def test_two_essays_with_one_name(tmp_path: Path) -> None:
    books.write(tmp_path)
    other = tmp_path / "manuscript/essays/02-bees"
    other.mkdir()
    (other / "essay.md").write_text(books.text("essay"))
    assert codes(tmp_path) == ["M114"]


def test_no_essays(tmp_path: Path) -> None:
    books.write(tmp_path)
    (tmp_path / "manuscript/essays/01-bees/essay.md").unlink()
    assert codes(tmp_path) == ["M121"]


def test_contents_orders_the_book(tmp_path: Path) -> None:
    books.write(tmp_path, book=books.text("book") + "contents:\n  - essays/02-wasps\n  - essays/01-bees\n")
    other = tmp_path / "manuscript/essays/02-wasps"
    other.mkdir()
    (other / "essay.md").write_text(books.text("essay"))
    assert [each.slug for each in read.manuscript(tmp_path).value.essays] == ["wasps", "bees"]
    assert codes(tmp_path) == []


def test_contents_cannot_lead_outside(tmp_path: Path) -> None:
    books.write(tmp_path / "b", book=books.text("book") + "contents: [../../elsewhere]\n")
    assert codes(tmp_path / "b")[0] == "M113"
