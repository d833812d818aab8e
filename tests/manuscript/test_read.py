from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import books
from overprint import pipeline
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


ESSAYS = "manuscript/essays"


def said(root: Path) -> list[tuple[str, str]]:
    return [(each.code, str(each.place)) for each in pipeline.validate(root).diagnostics]


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("comment: 1\nauthor: Rowan Tull", 'comment: 1\nauthor: "Rowan Tull', "M106", "3:9"),
        ("comment: 1\n", "comment: one\n", "M105", "2:10"),
        ("comment: 1\n", "", "M101", "2:1"),
        ("consent: granted\n---\n", "consent: granted\n", "M126", "1:1"),
        ("include: no\n---\n", "include: no\n", "M126", "11:1"),
    ],
)
def test_a_broken_comment_is_said_once_and_not_of_the_answers_to_it(
    old: str, new: str, code: str, place: str, tmp_path: Path
) -> None:
    comments = books.text("comments").replace(old, new, 1)
    assert comments != books.text("comments")
    assert said(books.write(tmp_path, comments=comments)) == [(code, f"{ESSAYS}/01-bees/comments.md:{place}")]


def test_the_other_answers_are_still_judged_when_all_blocks_can_be_read(tmp_path: Path) -> None:
    comments = books.text("comments").replace("reply_to: 1", "reply_to: [1, 9]")
    assert said(books.write(tmp_path, comments=comments)) == [("M502", f"{ESSAYS}/01-bees/comments.md:22:11")]


@pytest.mark.parametrize(
    ("overlay", "hint"),
    [
        ({"essay": books.text("essay").replace("authors:", "autors:")}, "did you mean `authors`?"),
        ({"essay": books.text("essay").replace("granted", "grantd")}, "did you mean `granted`?"),
        ({"book": books.text("book") + "contents: [essays/01-bee]\n"}, "did you mean `essays/01-bees`?"),
        ({"book": books.text("book") + "contents: [01-bees]\n"}, "did you mean `essays/01-bees`?"),
    ],
)
def test_the_nearest_word_is_offered(overlay: dict[str, str], hint: str, tmp_path: Path) -> None:
    found = read.manuscript(books.write(tmp_path, **overlay)).diagnostics
    assert hint in [each.hint for each in found]


def test_a_person_whose_file_cannot_be_read_is_not_missing_too(tmp_path: Path) -> None:
    assert said(books.write(tmp_path, person="Ada")) == [("M127", "manuscript/people/ada-quill.md:1:1")]


@pytest.mark.parametrize(
    ("make", "code", "place"),
    [
        (lambda essay: essay.mkdir(), "M122", "essay.md:1:1"),
        (lambda essay: essay.symlink_to("/etc/hostname"), "M123", "essay.md:1:1"),
        (lambda essay: essay.symlink_to("nowhere"), "M122", "essay.md:1:1"),
        (lambda essay: essay.with_name("Essay.txt").write_text("Lost?"), "M115", ""),
        (lambda essay: essay.write_bytes(b"---\ntitle: T\n---\n\x00"), "M404", "essay.md:4:1"),
        (lambda essay: essay.write_bytes(b""), "M127", "essay.md:1:1"),
        (lambda essay: essay.with_name("comments.md").mkdir(), "M115", ""),
    ],
)
def test_an_essay_that_is_not_a_text_is_named(
    make: Callable[[Path], None], code: str, place: str, tmp_path: Path
) -> None:
    folder = books.write(tmp_path) / ESSAYS / "02-wasps"
    folder.mkdir()
    make(folder / "essay.md")
    assert (code, f"{ESSAYS}/02-wasps/{place}".rstrip("/")) in said(tmp_path)


def test_comments_that_are_a_folder_are_not_passed_over(tmp_path: Path) -> None:
    comments = books.write(tmp_path) / ESSAYS / "01-bees" / "comments.md"
    comments.unlink()
    comments.mkdir()
    assert said(tmp_path) == [("M122", f"{ESSAYS}/01-bees/comments.md:1:1")]


def test_hidden_files_are_nobodys_work(tmp_path: Path) -> None:
    making = books.write(tmp_path) / ESSAYS / ".making-1"
    making.mkdir()
    (making / "essay.md").write_text("half")
    (tmp_path / "manuscript/people/._ada-quill.md").write_bytes(b"\xff")
    assert said(tmp_path) == []


def test_names_in_any_letters(tmp_path: Path) -> None:
    folder = books.write(tmp_path) / ESSAYS / "02-蜂"
    folder.mkdir()
    (folder / "essay.md").write_text(books.text("essay").replace("ada-quill", "łukasz"), "utf-8")
    (tmp_path / "manuscript/people/łukasz.md").write_text("---\nname: Łukasz Żółć\n---\n", "utf-8")
    made = read.manuscript(tmp_path)
    assert made.diagnostics == ()
    assert made.value.people["łukasz"].sort == "Żółć, Łukasz"
    assert made.value.essays[1].slug == "essay-02"  # files inside an EPUB have ASCII names


def test_an_isbn_is_judged_without_an_identifier_too(tmp_path: Path) -> None:
    book = "\n".join(line for line in books.text("book").split("\n") if "identifier" not in line) + "isbn: 123\n"
    assert said(books.write(tmp_path, book=book)) == [
        ("M101", "manuscript/book.yaml:1:1"),
        ("M125", "manuscript/book.yaml:5:7"),
    ]


def test_an_empty_urn_is_no_isbn(tmp_path: Path) -> None:
    book = books.text("book").replace("urn:uuid:7c1d4c0e-5a0b-4b6e-9a51-0d1f5c9b2a10", '"urn:isbn:"')
    assert said(books.write(tmp_path, book=book)) == [("M125", "manuscript/book.yaml:3:13")]
