from __future__ import annotations

from pathlib import Path

import pytest

import books
from overprint import pipeline
from overprint.checks.choice import Choice
from overprint.diagnostics import Severity, Stop

PENDING = books.text("comments").replace("consent: granted", "consent: pending")
NAMELESS = PENDING.replace("Rowan Tull", '""')


def codes(root: Path, choice: Choice = pipeline.EVERYTHING, **overlay: str) -> list[str]:
    return [each.code for each in pipeline.validate(books.write(root, **overlay), choice).diagnostics]


def test_findings_are_chosen_by_code(tmp_path: Path) -> None:
    assert codes(tmp_path, comments=NAMELESS) == ["M506", "M508"]
    assert codes(tmp_path, Choice(ignore=("M508",)), comments=NAMELESS) == ["M506"]
    assert codes(tmp_path, Choice(select=("M508",)), comments=NAMELESS) == ["M508"]
    assert codes(tmp_path, Choice(ignore=("M5",)), comments=NAMELESS) == []


def test_book_yaml_leaves_findings_out(tmp_path: Path) -> None:
    assert codes(tmp_path, comments=NAMELESS, book=books.text("book") + "rules: {ignore: [M506]}\n") == ["M508"]


def test_an_error_is_always_shown(tmp_path: Path) -> None:
    essay = books.text("essay").replace("title: On Bees", 'title: ""')
    assert codes(tmp_path, Choice(ignore=("M",)), essay=essay) == ["M101"]


def test_a_remark_silences_one_line(tmp_path: Path) -> None:
    essay = books.text("essay").replace("It is sweet.", "![](a.png) <!-- overprint: ignore M312 -->\n\n![](b.png)")
    said = pipeline.validate(books.write(tmp_path, essay=essay)).diagnostics
    assert [(each.code, each.place.line) for each in said if each.code == "M312"] == [("M312", 15)]


def test_a_release_leaves_no_consent_open(tmp_path: Path) -> None:
    books.write(
        tmp_path, comments=PENDING, essay=books.text("essay").replace("permission: granted", "permission: pending")
    )
    said = pipeline.validate(tmp_path, release=True).diagnostics
    assert [(each.code, each.severity) for each in said] == [("M508", Severity.ERROR), ("M117", Severity.ERROR)]
    with pytest.raises(Stop):
        pipeline.build(tmp_path, release=True)
    assert not (tmp_path / "build").exists()


def test_a_release_leaves_no_picture_undescribed(tmp_path: Path) -> None:
    books.write(tmp_path, essay=books.text("essay").replace("It is sweet.", "![](a.png)"))
    found = {each.code: each.severity for each in pipeline.validate(tmp_path).diagnostics}
    assert found["M312"] is Severity.WARNING
    found = {each.code: each.severity for each in pipeline.validate(tmp_path, release=True).diagnostics}
    assert found["M312"] is Severity.ERROR
