"""The text scrape that the tool must handle first: other people's text, used where it is at hand, never kept here."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest

import books
import judges
from overprint import pipeline
from overprint.diagnostics import Stop

SEED = Path(__file__).parents[2] / "shared" / "seed"
pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the seed essay is not beside this project")


@pytest.fixture
def gold() -> Any:
    return json.loads((SEED / "her.gold.json").read_text("utf-8"))


def imported(root: Path, title: str) -> Path:
    books.write(root)
    found = pipeline.import_sources([SEED / "her.txt"], {"title": title, "slug": "her"})
    pipeline.add(root, found.value)
    return root


def test_the_scrape_becomes_an_essay(tmp_path: Path, gold: Any) -> None:
    manuscript, book = pipeline.validate(imported(tmp_path, "Her")).value
    essay = manuscript.essays[1]
    assert (essay.title, essay.authors, essay.source.publication) == ("Her", ("mark-riboldi",), "Overland")
    assert (essay.date, essay.source.url, essay.language) == ("", "", "en-AU")
    piece = book.pieces[1]
    assert [each.number for each in piece.headings] == ["1", "2", "3"]
    assert piece.html.count("<p>") == 19
    assert [len(re.split(r"\n\n", each.body.value)) for each in essay.comments] == [
        len(each["paragraphs"]) for each in gold["comments"]
    ]
    assert [each.author for each in essay.comments] == ["", "", ""]


def test_names_are_offered_and_never_written(tmp_path: Path) -> None:
    found = pipeline.import_sources([SEED / "her.txt"], {"title": "Her", "slug": "her"})
    offered = " ".join(each.message + each.hint for each in found.diagnostics)
    assert "Jane" in offered
    assert "Hammertime" in offered
    [(_, essay)] = found.value
    assert [each.author for each in essay.comments] == [None, None, None]
    assert len(essay.dropped) == 7
    assert all(each.reason for each in essay.dropped)


def test_without_a_title_it_says_where_and_builds_nothing(tmp_path: Path) -> None:
    root = imported(tmp_path, "")
    said = [each for each in pipeline.validate(root).diagnostics if each.code == "M101"]
    assert [str(each.place) for each in said] == ["manuscript/essays/02-her/essay.md:2:8"]
    with pytest.raises(Stop):
        pipeline.build(root)
    assert not (root / "build").exists()


@judges.needs_java
def test_chosen_comments_and_no_others_are_in_valid_books(tmp_path: Path) -> None:
    root = imported(tmp_path, "Her")
    pipeline.change_comments(root, "her", (1, 3), {"include": "yes"})
    made = pipeline.build(root)
    paths = {each.path.suffix: each.path for each in made.value}
    assert {message.id for message in judges.epubcheck(paths[".epub"])} <= {"CSS-028"}
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(paths[".pdf"]).pages)
    assert "Phoenix is fantastic" in text
    assert "beautiful review" not in text
