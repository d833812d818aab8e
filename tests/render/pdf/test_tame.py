from __future__ import annotations

import time
from pathlib import Path

import pytest
from PIL import Image

from overprint.diagnostics import Place
from overprint.model import Resource
from overprint.render.pdf.tame import oversized, tame


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100 + "</div>" * 100,
        "<p>one" * 500,
        "<br>" * 500,
        "<div><br/><img src=x></div>" * 500,
        "<p>" + "word " * 1000,
        "<p>" + "well-" * 1000,
        "<p>" + "a&shy;" * 2000,
        "<p>" + "中" * 2000,
        "<script>" + "x" * 2000 + "</script>",
    ],
)
def test_tame(html: str) -> None:
    assert tame(html) == ()


def test_depth_is_told_once_with_its_place() -> None:
    (said,) = tame('<section id="here">' + "<b>" * 300)
    assert said.message == "near #here: elements are nested more than 100 deep"


def test_long_word_is_told_with_its_start() -> None:
    (said,) = tame("<p>so " + "abc" * 400 + " on")
    assert said.message == "a word of 1200 characters starts with “abcabcabcabcabcabcabcabcabcabc”"


def test_tables_without_end_are_told() -> None:
    rows = "<tr><td>a<td>b</tr>" * 6001
    assert [said.code for said in tame(f'<table id="t">{rows}</table>')] == ["P023"]
    assert tame(f"<table>{rows[: len(rows) // 2]}</table>" * 3) == ()
    assert [said.code for said in tame('<table><td colspan="1000000">x</table>')] == ["P023"]
    assert [said.code for said in tame(f'<table><td rowspan="{"9" * 5000}">x</table>')] == ["P023"]


def test_a_book_in_one_paragraph_is_told() -> None:
    (said,) = tame('<p id="p">' + "word " * 40_000)
    assert said.message == "near #p: 200000 characters stand without a new paragraph; 150000 are the most"


def test_pictures_of_too_many_dots_are_told_with_their_place(tmp_path: Path) -> None:
    large, small, broken = tmp_path / "large.png", tmp_path / "small.png", tmp_path / "broken.png"
    Image.new("1", (12_000, 12_000)).save(large)
    Image.new("1", (12, 12)).save(small)
    broken.write_bytes(b"no picture")
    files = [Resource(path.name, "image/png", path, Place("essay.md", 3, 1)) for path in (large, small, broken)]
    (said,) = oversized(files)
    assert (said.code, said.place.line) == ("P009", 3)
    assert said.message == ("picture “large.png” cannot be shown: it has 144 million dots, and 60 million are the most")


def test_hostile_documents_take_no_time() -> None:
    start = time.process_time()
    assert tame("<div>" * 100_000 + "</b>" * 100_000)
    assert tame("<p>" + "x" * 1_000_000)
    assert time.process_time() - start < 3
