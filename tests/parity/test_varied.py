"""No false alarm: books of every kind of matter, as they were built, hold what their manuscript chose."""

from __future__ import annotations

from pathlib import Path

import pytest

from overprint import pipeline
from parity import varied

FEW, ALL = (1, 6, 31, 53), range(200)
"""Those that are always tried have notes with lists, words that run backwards, and names that answers repeat."""


@pytest.mark.parametrize("number", [*FEW, *(pytest.param(each, marks=pytest.mark.judged) for each in ALL)])
def test_an_untouched_book_has_no_fault(number: int, tmp_path: Path) -> None:
    profile = varied.write(tmp_path, number)
    made = pipeline.build(tmp_path, ["epub", "pdf", "screen"], profile=profile)
    whole = pipeline.Parity(tmp_path)
    said = [each.message for built in made.value for each in whole.of(built.path).diagnostics]
    assert said == []
    assert {built.path.name.partition(".")[2] for built in made.value} == {"epub", "print.pdf", "screen.pdf"}


def test_the_same_number_is_the_same_book(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        varied.write(tmp_path / folder, 7)
    files = sorted((tmp_path / "a").rglob("*.*"))
    assert len(files) >= 4
    assert all(each.read_bytes() == (tmp_path / "b" / each.relative_to(tmp_path / "a")).read_bytes() for each in files)
