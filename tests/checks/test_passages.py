"""All rules on words: the examples of their manual pages, what they read, and how long they take."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

import books
import overprint
from overprint import checks
from overprint.checks import passages, privacy
from overprint.diagnostics import KINDS, Place
from overprint.manuscript import read
from overprint.model import Person, Text
from passages_said import book, codes, run, said

ROOT = Path(__file__).parents[2]
RULES = (*checks.OF_PASSAGES[:-1], privacy)
CODES = [kind.code for group in RULES for kind, *_ in group.RULES._rules]


def examples(code: str, label: str) -> list[str]:
    found = re.findall(rf"^{label}: (.*)$", KINDS[code].manual, re.MULTILINE)
    return [re.sub(r"\\u([0-9a-f]{4})", lambda sign: chr(int(sign[1], 16)), each) for each in found]


def test_every_rule_has_examples_and_words() -> None:
    for code in CODES:
        assert examples(code, "Bad"), code
        assert examples(code, "Good"), code
        assert not KINDS[code].manual.startswith(("Bad", "Good")), code


@pytest.mark.parametrize(("code", "line"), [(code, line) for code in CODES for line in examples(code, "Bad")])
def test_bad(code: str, line: str) -> None:
    assert code in codes(run(book(line, line)))


@pytest.mark.parametrize(("code", "line"), [(code, line) for code in CODES for line in examples(code, "Good")])
def test_good(code: str, line: str) -> None:
    assert code not in codes(run(book(line, line)))


def test_titles_and_abstracts_are_read_too() -> None:
    assert ("M401", "f.md:2:8") in said("", title="It's", places={"title": Place("f.md", 2, 8)})  # type: ignore[arg-type]
    assert ("M409", "f.md:1:1") in said("", abstract="Well...", place=Place("f.md", 1, 1))  # type: ignore[arg-type]


def test_lives_are_read_too() -> None:
    life = Person("a", "A", "A", bio=Text("Ü don't", Place("people/a.md", 5, 1)))
    found = run(replace(book(), people={"a": life}))
    assert [(each.code, str(each.place)) for each in found] == [("M401", "people/a.md:5:6")]


def test_a_rule_stops_at_fifty_in_an_essay() -> None:
    assert len(run(book("don't " * 60))) == passages.MOST


@pytest.mark.parametrize("root", [ROOT, Path(overprint.__file__).parent / "starter"])
def test_the_example_and_the_starter_have_nothing_to_mend(root: Path) -> None:
    assert run(read.manuscript(root).value) == ()


def test_the_good_book_has_nothing_to_mend(tmp_path: Path) -> None:
    assert run(read.manuscript(books.write(tmp_path)).value) == ()


@pytest.mark.parametrize(
    "unit",
    [
        "A word, [a link](https://a.b/c) and “more”.\n\n",
        "“(",
        "“\n\n)\n\n",
        "the ",
        " ",
        ". ",
        "a.",
        "0.",
        "+1 ",
        "Ã",
        "- ",
        "&a",
        "1-",
    ],
)
def test_a_long_essay_takes_a_moment(unit: str) -> None:
    body = (unit * 100_000)[:100_000]
    start = time.process_time()
    run(book(body, body))
    assert time.process_time() - start < 3
