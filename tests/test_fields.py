from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overprint import fields, project
from overprint.diagnostics import Place
from overprint.manuscript.write import scalar

START = Place("book.yaml", 1, 1)


def said(source: str) -> list[tuple[str, str, str]]:
    found = fields.read(source, START, project.KEYS).diagnostics
    return [(each.code, str(each.place), each.hint) for each in found]


@pytest.mark.parametrize(
    ("source", "code", "place"),
    [
        ("title: Her: a film", "M106", "book.yaml:1:11"),
        ('title: "Her', "M106", "book.yaml:1:8"),
        ("title: &a b", "M106", "book.yaml:1:8"),
        ("title: *a", "M106", "book.yaml:1:8"),
        ("title: !!python/object:os.system x", "M106", "book.yaml:1:8"),
        ("\ttitle: x", "M106", "book.yaml:1:1"),
        ("- a", "M106", "book.yaml:1:1"),
        ("title", "M106", "book.yaml:1:1"),
        ("title: [[" * 1 + "[" * 5000, "M106", "book.yaml:1:27"),
        ("[a]: b", "M106", "book.yaml:1:1"),
    ],
)
def test_broken_yaml_is_reworded_with_its_place(source: str, code: str, place: str) -> None:
    found = said(source)
    assert found[0][:2] == (code, place)


def test_a_colon_in_a_title_shows_the_line_mended() -> None:
    assert said("title: Her: a film")[0][2] == 'write title: "Her: a film"'


def test_one_broken_file_says_one_thing() -> None:
    assert len(said("title: Her: a film\ntitel: x\nlanguage: 12")) == 1


def keys_but_required(source: str) -> list[tuple[str, str, str]]:
    return [each for each in said(source) if each[0] != "M101"]


def test_unknown_and_double_keys() -> None:
    assert keys_but_required("titel: x")[0] == ("M104", "book.yaml:1:1", "did you mean `title`?")
    assert keys_but_required("title: a\ntitle: b")[0][:2] == ("M107", "book.yaml:2:1")


@pytest.mark.parametrize("value", ["no", "0012", "12:30", "1e3", "~x", "2014-02-30"])
def test_titles_are_never_typed_by_their_look(value: str) -> None:
    assert fields.read(f"title: {value}", START, project.KEYS).value.text("title") == value


@pytest.mark.parametrize("value", ["2014-02-30", "2014-13", "20 Feb 2014", "14-02-20", "0000-01-01"])
def test_impossible_dates(value: str) -> None:
    assert keys_but_required(f"date: {value}") == [
        ("M108", "book.yaml:1:7", "write the year, month and day as 2025-03-14; month and day may be left out")
    ]


def test_a_choice_offers_the_nearest() -> None:
    assert keys_but_required("links: footnote") == [("M105", "book.yaml:1:8", "did you mean `footnotes`?")]


def test_columns_count_code_points() -> None:
    assert keys_but_required("comments: {title: “Ü” 影, numbering: nope}")[0][1] == "book.yaml:1:37"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff")))
def test_what_is_written_reads_back(value: str) -> None:
    made = fields.read(f"title: {scalar(value)}", START, project.KEYS)
    assert made.value.text("title") == value.strip()


@given(st.text(max_size=200))
def test_no_source_is_too_strange(source: str) -> None:
    fields.read(source, START, project.KEYS)
