"""An anthology with parts, front and back matter: both books, as the judges and a reader see them."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

import books
import judges
from overprint import pipeline


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = books.write_anthology(tmp_path_factory.mktemp("anthology"))
    made = pipeline.build(root)
    assert made.diagnostics == ()
    return {each.path.suffix: each.path for each in made.value}


@judges.needs_java
def test_the_judge_of_epubs_has_nothing_to_say_but_that_fonts_are_embedded(built: dict[str, Path]) -> None:
    assert [said.id for said in judges.epubcheck(built[".epub"])] == ["CSS-028"]


def test_front_matter_has_roman_folios_and_the_body_begins_at_one(built: dict[str, Path]) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(built[".pdf"]).pages]
    contents = next(page for page in pages if page.lstrip().startswith("Contents"))
    lines = [line.replace(".", " ").split() for line in contents.splitlines() if "." in line]
    found = {line[0] if len(line) < 3 else " ".join(line[:-1]): line[-1] for line in lines}
    assert (found["Foreword"], found["The Hive"], found["On Bees"]) == ("ix", "1", "3")
    foreword = next(page for page in pages if "Read on" in page)
    assert foreword.rstrip().endswith("ix")


def test_every_text_begins_on_a_right_hand_page(built: dict[str, Path]) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(built[".pdf"]).pages]
    for words in ("For whoever was stung", "Read on", "Wax remembers", "It is short", "never been stung", "Set in EB"):
        [*_, last] = [number for number, page in enumerate(pages, 1) if words in page]
        assert last % 2 == 1, words
