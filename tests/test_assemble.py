from __future__ import annotations

from pathlib import Path

import books
from overprint import pipeline
from overprint.model import Book, Letter


def comment(number: int, author: str = "Jane", reply_to: str = "", more: str = "", include: str = "yes") -> str:
    keys = f"---\ncomment: {number}\nauthor: {author}\ninclude: {include}\nconsent: granted\n{more}"
    return f"{keys}{f'reply_to: {reply_to}' if reply_to else ''}\n---\n\nText {number}.\n\n"


def book(root: Path, *comments: str, added: str = "") -> Book:
    made = pipeline.validate(books.write(root, comments="".join(comments), book=books.text("book") + added))
    return made.value[1]


def threads(letters: tuple[Letter, ...]) -> list[object]:
    return [(each.label, threads(each.replies)) if each.replies else each.label for each in letters]


def test_threads_are_two_deep_at_most(tmp_path: Path) -> None:
    made = book(tmp_path, comment(1), comment(2, "Bo", "1"), comment(3, "Cy", "2"), comment(4))
    letters = made.pieces[0].letters
    assert threads(letters) == [("1", ["2", "3"]), "4"]
    assert letters[0].replies[1].answers == (("bees-comment-2", "Bo"),)


def test_an_answer_to_two_stands_alone_and_names_both(tmp_path: Path) -> None:
    made = book(tmp_path, comment(1), comment(2, "Bo"), comment(3, "ada-quill", "[2, 1]"))
    letter = made.pieces[0].letters[2]
    assert letter.answers == (("bees-comment-2", "Bo"), ("bees-comment-1", "Jane"))
    assert letter.by_author


def test_an_answer_to_what_is_not_printed(tmp_path: Path) -> None:
    made = book(tmp_path, comment(1, include="no"), comment(2, "Bo", "1"))
    assert [(each.label, each.answers) for each in made.pieces[0].letters] == [("2", (("", "Jane"),))]


def test_a_reply_that_stands_before_its_parent_in_the_file(tmp_path: Path) -> None:
    made = book(tmp_path, comment(2, "Bo", "1"), comment(1))
    assert [each.label for each in made.pieces[0].letters] == ["2", "1"]
    assert made.pieces[0].letters[0].answers == (("bees-comment-1", "Jane"),)


def test_numbers_as_the_editor_wants(tmp_path: Path) -> None:
    written = (comment(3), comment(7, "Bo"), comment(9, "Cy", "3"))
    for numbering, expected in (
        ("source", [("3", ["9"]), "7"]),
        ("restart", [("1", ["2"]), "3"]),
        ("none", [("", [""]), ""]),
    ):
        made = book(tmp_path / numbering, *written, added=f"comments: {{numbering: {numbering}}}\n")
        assert threads(made.pieces[0].letters) == expected


def test_names_as_the_editor_wants(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        comment(1, "Rowan Tull", more="anonymise: initials\n"),
        comment(2, "Rowan Tull", more="anonymise: A neighbour\n"),
        comment(3, '""'),
    )
    assert [each.name for each in made.pieces[0].letters] == ["R.\xa0T.", "A neighbour", "A reader"]


def test_only_what_was_chosen_is_in_the_book(tmp_path: Path) -> None:
    made = pipeline.validate(books.write(tmp_path)).value[1]
    assert "marmalade" not in repr(made)
    assert [(each.name, each.role) for each in made.creators] == [("Ada Quill", "aut")]


def test_a_person_who_wrote_only_a_comment_is_a_contributor(tmp_path: Path) -> None:
    (tmp_path / "manuscript/people").mkdir(parents=True)
    (tmp_path / "manuscript/people/bo-reed.md").write_text("---\nname: Bo Reed\n---\n")
    made = book(tmp_path, comment(1, "bo-reed"))
    assert [(each.sort, each.role) for each in made.creators] == [("Quill, Ada", "aut"), ("Reed, Bo", "ctb")]


def test_who_wants_no_name_is_named_nowhere(tmp_path: Path) -> None:
    (tmp_path / "manuscript/people").mkdir(parents=True)
    (tmp_path / "manuscript/people/bo-reed.md").write_text("---\nname: Bo Reed\n---\n")
    refused = comment(2, "Cy Dark", include="no").replace("granted", "refused")
    made = book(tmp_path, comment(1, "bo-reed", "2", more="anonymise: A neighbour\n"), refused)
    assert made.pieces[0].letters[0].answers == (("", "A reader"),)
    assert "Bo Reed" not in repr(made)
    assert "Cy Dark" not in repr(made)


def test_quotes_and_dashes_are_set_by_language_and_the_manuscript_stays(tmp_path: Path) -> None:
    typed = books.text("essay").replace("It is sweet.", "It's \"*sweet*\" -- `it's` 35 mm.")
    made = pipeline.validate(books.write(tmp_path, essay=typed), draft=False).value[1]
    assert "<p>It’s ‘<em>sweet</em>’ – <code>it's</code> 35\xa0mm.</p>".replace(" –", "\xa0–") in made.pieces[0].html
    german = typed.replace("title: On Bees", "title: On Bees\nlanguage: de")
    made = pipeline.validate(books.write(tmp_path, essay=german), draft=False).value[1]
    assert "„<em>sweet</em>“" in made.pieces[0].html
    assert (tmp_path / "manuscript/essays/01-bees/essay.md").read_text("utf-8") == german


def test_notes_and_breaks_do_not_part_a_quotation(tmp_path: Path) -> None:
    typed = books.text("essay").replace("It is sweet.", "He said 'yes[^1]' and\\\n'no' to O'<sup>Neill</sup>.")
    made = pipeline.validate(books.write(tmp_path, essay=typed), draft=False).value[1]
    assert "‘yes<a" in made.pieces[0].html
    assert "</a>’ and<br/>\n‘no’ to O’<sup>Neill</sup>." in made.pieces[0].html


def anthology(root: Path, settings: str = "") -> Book:
    book = books.ANTHOLOGY["manuscript/book.yaml"] + settings
    return pipeline.validate(books.write_anthology(root, {"manuscript/book.yaml": book})).value[1]


def test_everybody_has_the_role_they_had(tmp_path: Path) -> None:
    assert [(each.name, each.role) for each in anthology(tmp_path).creators] == [
        ("Ada Quill", "aut"),
        ("Bo Reed", "aut"),
        ("Bo Reed", "edt"),
        ("Cy Ash", "aui"),
    ]


def test_lives_stand_at_the_end_of_essays_or_of_the_book_or_at_both(tmp_path: Path) -> None:
    both = anthology(tmp_path / "both")
    assert [bio.name for bio in both.contributors] == ["Cy Ash", "Ada Quill", "Bo Reed"]
    assert [len(piece.bios) for piece in both.pieces] == [1, 2, 1]
    book = books.ANTHOLOGY["manuscript/book.yaml"]
    for setting, at_back, at_end in (("contributors", 3, 0), ("essay", 0, 1)):
        overlay = {"manuscript/book.yaml": book.replace("bios: both", f"bios: {setting}")}
        made = pipeline.validate(books.write_anthology(tmp_path / setting, overlay)).value[1]
        assert (len(made.contributors), len(made.pieces[0].bios)) == (at_back, at_end)


def test_the_permissions_page_names_nobody_whom_the_book_does_not(tmp_path: Path) -> None:
    grants = anthology(tmp_path).grants
    assert [(each.piece, each.label, each.name, each.consent, each.note) for each in grants if each.piece == "wax"] == [
        ("wax", "", "Bo Reed, Ada Quill", "granted", ""),
        ("wax", "1", "C.\xa0T.\xa0E.", "granted", "letter, 3 March 2025"),
    ]
    assert not any("Jane" in each.name or "Cyrus" in each.name for each in grants)


def test_two_places_may_not_have_one_name(tmp_path: Path) -> None:
    folder = "manuscript/essays/04-bees-comments/essay.md"
    overlay = {folder: books.text("essay"), "manuscript/book.yaml": books.text("book")}
    made = pipeline.validate(books.write_anthology(tmp_path, overlay))
    said = [(each.code, str(each.place)) for each in made.diagnostics if each.severity == "error"]
    assert said == [("M141", f"{folder}:1:1")]
    assert "`bees-comments`: one in manuscript/essays/01-bees" in next(
        each.message for each in made.diagnostics if each.code == "M141"
    )


def test_a_picture_of_the_front_matter_stays_in_the_manuscript(tmp_path: Path) -> None:
    overlay = {
        "manuscript/frontmatter/02-foreword.md": "![A hive](hive.svg)\n\n![A map](map.svg)\n",
        "manuscript/frontmatter/hive.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>\n',
        "map.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>\n',
    }
    books.write_anthology(tmp_path, overlay)
    (tmp_path / "manuscript/frontmatter/map.svg").symlink_to(tmp_path / "map.svg")
    made = pipeline.validate(tmp_path)
    said = [(each.code, str(each.place)) for each in made.diagnostics if each.severity == "error"]
    assert said == [("M311", "manuscript/frontmatter/02-foreword.md:3:10")]
    assert [image.name for image in made.value[1].images] == [
        "images/front-foreword/hive.svg",
        "images/front-foreword/map.svg",
    ]


def test_headings_in_comments_stand_below_the_comments_own(tmp_path: Path) -> None:
    words = {"I keep wasps.": "## Wasps\n\nI keep wasps.", "Wasps are busy too.": "## Bees\n\nWasps are busy too."}
    written = books.text("comments")
    for old, new in words.items():
        written = written.replace(old, new)
    [letter] = pipeline.validate(books.write(tmp_path, comments=written)).value[1].pieces[0].letters
    assert '<h3 id="bees-comment-1-wasps">' in letter.html
    assert '<h4 id="bees-comment-3-bees">' in letter.replies[0].html
