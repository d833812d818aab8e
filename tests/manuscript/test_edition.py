"""What `book.yaml` says for catalogues and shops."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import books
from overprint import pipeline, project
from overprint.assemble import assemble, roles
from overprint.compose import pages, theme
from overprint.manuscript import read
from overprint.model import Accessibility, Edition, Subject

GUIDE = Path(__file__).parents[2] / "docs/how-to/tell-shops-and-readers.md"
GIVEN = """\
isbn: 978-0-306-40615-7
isbn_print: 978 1 4028 9462 6
binding: paperback
series:
  name: Bee Books
  number: 2
subjects:
  - Bees
  - thema: DNL
    bisac: LCO010000
    words: Essays
accessibility:
  conforms_to: WCAG 2.2 AA
  certified_by: Jane Marsh
  report: https://example.org/report
"""
READERS = "\n".join(
    f"---\ncomment: {number}\nauthor: reader-{number}\ninclude: yes\nconsent: granted\n---\n\nSo.\n"
    for number in range(1, 14)
)


def write(root: Path, added: str, **overlay: str) -> Path:
    return books.write(root, book=books.text("book") + added, **overlay)


def test_every_key_is_kept(tmp_path: Path) -> None:
    made = project.read(write(tmp_path, GIVEN))
    assert made.diagnostics == ()
    assert made.value.edition == Edition(
        "9781402894626",
        "paperback",
        "Bee Books",
        "2",
        (Subject("Bees"), Subject("Essays", "Thema", "DNL"), Subject("Essays", "BISAC", "LCO010000")),
        Accessibility("WCAG 2.2 AA", "Jane Marsh", report="https://example.org/report"),
        ("978-0-306-40615-7", "978 1 4028 9462 6"),
    )


def test_the_place_of_a_wrong_code(tmp_path: Path) -> None:
    found = project.read(write(tmp_path, "subjects:\n  - Bees\n  - thema: bees\n")).diagnostics
    assert [(each.code, str(each.place)) for each in found] == [("M151", "manuscript/book.yaml:8:5")]


def test_a_series_has_a_name(tmp_path: Path) -> None:
    found = project.read(write(tmp_path, "series:\n  number: 2\n")).diagnostics
    assert [each.code for each in found] == ["M101"]


def test_the_print_isbn_is_judged_too(tmp_path: Path) -> None:
    found = project.read(write(tmp_path, "isbn_print: 978-1-4028-9462-7\n")).diagnostics
    assert [(each.code, str(each.place)) for each in found] == [("M125", "manuscript/book.yaml:6:13")]


def test_translators_and_illustrators_are_people_of_the_book(tmp_path: Path) -> None:
    write(tmp_path, "translators: cy\nillustrators: [ada-quill, cyy]\n")
    (tmp_path / "manuscript/people/cy.md").write_text("---\nname: Cy Ash\n---\n\nCy Ash speaks Latin.\n")
    found = pipeline.validate(tmp_path).diagnostics
    assert [(each.code, str(each.place)) for each in found] == [("M110", "manuscript/book.yaml:7:27")]
    made = assemble(read.manuscript(tmp_path).value).value
    assert [(each.name, each.role) for each in made.creators] == [
        ("Ada Quill", "aut"),
        ("Cy Ash", "trl"),
        ("Ada Quill", "ill"),
    ]
    title_page = pages.chapters(made, theme.of(project.read(tmp_path).value))[1].html
    assert "translated by Cy Ash" in title_page
    assert "illustrated by Ada Quill" in title_page


def test_a_translator_who_also_wrote_the_foreword_is_named_for_both(tmp_path: Path) -> None:
    book = books.ANTHOLOGY["manuscript/book.yaml"] + "translators: cy-ash\n"
    made = assemble(read.manuscript(books.write_anthology(tmp_path, {"manuscript/book.yaml": book})).value).value
    assert [each.role for each in made.creators if each.name == "Cy Ash"] == ["trl", "aui"]


def test_readers_are_named_where_they_are_few(tmp_path: Path) -> None:
    write(tmp_path, "", comments=READERS)
    for number in range(1, 13):
        (tmp_path / f"manuscript/people/reader-{number}.md").write_text(f"---\nname: Reader {number}\n---\n")
    assert len(roles.creators(read.manuscript(tmp_path).value)) == 13
    (tmp_path / "manuscript/people/reader-13.md").write_text("---\nname: Reader 13\n---\n")
    assert [each.name for each in roles.creators(read.manuscript(tmp_path).value)] == ["Ada Quill"]


def test_two_numbers_are_told_apart(tmp_path: Path) -> None:
    def imprint(added: str) -> str:
        made = assemble(read.manuscript(write(tmp_path, added)).value).value
        return pages.chapters(made, theme.of(project.read(tmp_path).value))[2].html

    assert "ISBN 978-0-306-40615-7" in imprint("isbn: 978-0-306-40615-7\n")
    both = imprint(GIVEN)
    assert "ISBN (EPUB) 978-0-306-40615-7" in both
    assert "ISBN (print) 978 1 4028 9462 6" in both


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL))
def test_the_guide_shows_what_can_be_written(block: str, tmp_path: Path) -> None:
    book = books.text("book").replace("publisher: Testing Press\n", "" if "publisher:" in block else "publisher: P\n")
    assert project.read(books.write(tmp_path, book=book + block)).diagnostics == ()
