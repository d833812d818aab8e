from __future__ import annotations

import json
from pathlib import Path

import pytest

import books
from overprint import forms, pipeline
from overprint.diagnostics import KINDS, Diagnostic, Place


@pytest.fixture
def found(tmp_path: Path) -> tuple[Diagnostic, ...]:
    comments = books.text("comments").replace("consent: granted", "consent: pending").replace("Rowan Tull", '""')
    return pipeline.validate(books.write(tmp_path, comments=comments)).diagnostics


def test_the_caret_stands_under_the_place() -> None:
    each = KINDS["M101"].at(Place("a.md", 3, 20), key="x")
    source = "影影 wide and é combining here"
    _, excerpt, caret, _ = forms.full(each, source).split("\n")
    assert excerpt == f"  | {source}"
    assert caret.index("^") == forms.columns(f"  | {source[:19]}")


def test_a_long_line_is_cut_around_its_place() -> None:
    each = KINDS["M101"].at(Place("a.md", 3, 5000), key="x")
    excerpt, caret = forms.full(each, "a" * 4999 + "HERE" + "b" * 5000).split("\n")[1:3]
    assert len(excerpt) < forms.WIDEST + 8
    assert excerpt[caret.index("^") :].startswith("HERE")


def test_github_puts_a_finding_beside_its_line() -> None:
    each = KINDS["M101"].at(Place("a,b.md", 3, 5), key="50 %\n")
    assert forms.github(each).startswith("::error file=a%2Cb.md,line=3,col=5,title=M101::`50 %25%0A` is missing")


def test_sarif_names_rules_and_places(found: tuple[Diagnostic, ...]) -> None:
    log = json.loads(forms.sarif(found))
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == [each["ruleId"] for each in run["results"]]
    assert {each["level"] for each in run["results"]} <= {"error", "warning", "note"}
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (3, 9)


def test_an_empty_log_is_a_log() -> None:
    assert json.loads(forms.sarif(()))["runs"][0]["results"] == []
