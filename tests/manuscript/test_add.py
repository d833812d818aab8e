from __future__ import annotations

import dataclasses
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import books
from overprint import outputs
from overprint.diagnostics import Stop
from overprint.manuscript import add, read
from overprint.model import Imported, ImportedBio, ImportedComment

FOUND = Imported(
    slug="her",
    body="Leaving the cinema.",
    title="Her: a film",
    authors=("Mark Example",),
    date="2014-02-20",
    language="en-AU",
    publication="Overland & Co",
    bios=(ImportedBio("Mark Example", "Mark writes."),),
    comments=(
        ImportedComment(1, "comment-7", "Jane", "2014-02-21", "Thanks."),
        ImportedComment(2, "comment-9", None, None, "Me too.", ("comment-7",)),
    ),
)


def tree(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_what_was_found_reads_back(tmp_path: Path) -> None:
    [added] = add.add(books.write(tmp_path), (FOUND,)).value
    assert (added.folder, added.people) == ("manuscript/essays/02-her", ("manuscript/people/mark-example.md",))
    made = read.manuscript(tmp_path)
    assert made.diagnostics == ()
    essay = made.value.essays[1]
    assert (essay.title, essay.authors, essay.date, essay.language) == (
        "Her: a film",
        ("mark-example",),
        "2014-02-20",
        "en-AU",
    )
    assert (essay.source.publication, essay.permission, essay.body.value) == ("Overland & Co", "pending", FOUND.body)
    assert [(each.author, each.source_id, each.reply_to, each.include) for each in essay.comments] == [
        ("Jane", "comment-7", (), False),
        ("", "comment-9", (1,), False),
    ]
    assert made.value.people["mark-example"].bio.value == "Mark writes."


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    add.add(books.write(tmp_path), (FOUND,))
    before = tree(tmp_path)
    with pytest.raises(Stop, match="already in the manuscript"):
        add.add(tmp_path, (dataclasses.replace(FOUND, body="Other."),))
    assert tree(tmp_path) == before


def test_a_known_person_stays_as_edited(tmp_path: Path) -> None:
    books.write(tmp_path)
    made = add.add(
        tmp_path, (dataclasses.replace(FOUND, authors=("Ada Quill",), bios=(ImportedBio("Ada Quill", "New."),)),)
    )
    assert [each.code for each in made.diagnostics] == ["I231"]
    assert (tmp_path / "manuscript/people/ada-quill.md").read_text() == books.text("person")


def test_contents_grows_and_its_remarks_stay(tmp_path: Path) -> None:
    book = books.text("book") + "contents:   # the order\n  - essays/01-bees   # first\n\nlinks: hide\n"
    add.add(books.write(tmp_path, book=book), (FOUND,))
    after = (tmp_path / "manuscript/book.yaml").read_text()
    assert after == book.replace("# first\n", "# first\n  - essays/02-her\n")


def test_a_failed_write_leaves_no_half_essay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    books.write(tmp_path)

    before = tree(tmp_path)
    put = outputs.put_in_place
    left = 1

    def full(made: Mapping[Path, Path]) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(28, "No space left on device")
        put(made)

    monkeypatch.setattr(outputs, "put_in_place", full)
    with pytest.raises(Stop, match="No space left"):
        add.add(tmp_path, (FOUND,))
    (tmp_path / ".overprint/.lock").unlink()
    assert tree(tmp_path) == before


LINE = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"), min_size=1
).map(lambda line: unicodedata.normalize("NFC", line))


@settings(max_examples=60)
@given(LINE, LINE)
def test_any_title_and_name_in_composed_form_read_back(title: str, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        comment = ImportedComment(1, "", name, None, "Hello.")
        add.add(books.write(Path(folder)), (dataclasses.replace(FOUND, title=title, comments=(comment,)),))
        essay = read.manuscript(Path(folder)).value.essays[1]
    assert essay.title == title.strip()
    assert essay.comments[0].author == name.strip()


def test_two_sources_with_one_name_change_nothing(tmp_path: Path) -> None:
    before = tree(books.write(tmp_path))
    with pytest.raises(Stop, match="already in the manuscript"):
        add.add(tmp_path, (FOUND, FOUND))
    assert tree(tmp_path) == before


def test_numbers_go_on_after_ninety_nine(tmp_path: Path) -> None:
    (books.write(tmp_path) / "manuscript/essays/100-ants").mkdir()
    [added] = add.add(tmp_path, (FOUND,)).value
    assert added.folder == "manuscript/essays/101-her"


def test_authors_whose_letters_file_names_do_not_have(tmp_path: Path) -> None:
    [added] = add.add(books.write(tmp_path), (dataclasses.replace(FOUND, authors=("影", "光")),)).value
    assert added.people == ("manuscript/people/her-author-1.md", "manuscript/people/her-author-2.md")
    made = read.manuscript(tmp_path)
    assert made.diagnostics == ()
    assert [made.value.people[each].name for each in made.value.essays[1].authors] == ["影", "光"]


def test_a_comment_cannot_open_another(tmp_path: Path) -> None:
    body = "Before.\n---\ncomment: 9\ninclude: yes\nconsent: granted\n---\nAfter."
    forged = ImportedComment(1, "", "Mallory", None, body)
    add.add(books.write(tmp_path), (dataclasses.replace(FOUND, comments=(forged,)),))
    made = read.manuscript(tmp_path)
    assert made.diagnostics == ()
    assert [(each.number, each.include) for each in made.value.essays[1].comments] == [(1, False)]


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029", "\ufeff", "\x7f", "\U0001f41d"])
def test_characters_that_yaml_would_change(char: str, tmp_path: Path) -> None:
    add.add(books.write(tmp_path), (dataclasses.replace(FOUND, title=f"a{char}b"),))
    assert read.manuscript(tmp_path).value.essays[1].title == f"a{char}b"


def test_a_book_with_the_line_ends_of_windows_keeps_them(tmp_path: Path) -> None:
    book = (books.text("book") + "contents:\n  - essays/01-bees\n").replace("\n", "\r\n")
    add.add(books.write(tmp_path, book=book), (FOUND,))
    after = (tmp_path / "manuscript/book.yaml").read_bytes().decode()
    assert after == book + "  - essays/02-her\r\n"
    assert [each.slug for each in read.manuscript(tmp_path).value.essays] == ["bees", "her"]
