"""The marks that a fix sets in the file are those that the books would have set by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import books
from overprint import pipeline
from overprint.checks.choice import Choice
from overprint.diagnostics import Diagnostic, Place, warning
from overprint.fixes.passage import passage
from overprint.fixes.quotes import curly
from overprint.fixes.sheet import edited
from overprint.markup import fragment
from overprint.model import Text

SAID = warning("X401", "a straight mark", "set it", "A kind of message that only this test declares.").at(Place())
PIECES = "Her he 's 't 90s 12 it *so* _so_ **b** `a\"` [a](https://b.c) [^1] <sup>2</sup> \\*".split()
MARKS = ["", " ", " ", "'", '"', '"', ", ", ". ", "\n\n", "(", ")", "—", "’", "“", "”"]
BODIES = st.lists(st.tuples(st.sampled_from(MARKS), st.sampled_from(PIECES)), max_size=12).map(
    lambda pairs: "".join(mark + piece for mark, piece in pairs)
)


def mended(body: str, language: str) -> str:
    there = passage(Text(body), language)
    found: dict[int, Diagnostic] = {at: SAID for at, sign in enumerate(there.words) if sign in "\"'"}
    return edited(body, {edit for _, edits in curly(there, found) for edit in edits})


def printed(body: str, language: str) -> str:
    return fragment(Text(body + "\n\n[^1]: A note."), "x", language=language).value.html


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BODIES, st.sampled_from(["en-GB", "en-US", "de", "fr", "nl"]))
def test_a_fix_changes_nothing_in_the_books(tmp_path: Path, body: str, language: str) -> None:
    essay = books.text("essay").partition("\n\n")[0] + "\n\n"
    books.write(tmp_path, essay=essay + body, book=books.text("book").replace("en-GB", language))
    pipeline.fix(tmp_path, Choice(select=("M401",)))
    after = (tmp_path / "manuscript/essays/01-bees/essay.md").read_text("utf-8").removeprefix(essay)
    assert printed(after, language) == printed(body, language)


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ('He said "no.', 'He said "no.'),
        ('"One" and "two', '‘One’ and "two'),
        ("'One and it's", "'One and it’s"),
        ("dogs' bowls, 'so' they say", "dogs’ bowls, ‘so’ they say"),
        ('"In 1999"', "‘In 1999’"),
        ('5\' 10" tall and 12"', '5\' 10" tall and 12"'),
        ('“Her" end', "“Her” end"),
        ('A " alone', 'A " alone'),
    ],
)
def test_both_marks_or_none(body: str, after: str) -> None:
    assert mended(body, "en-GB") == after
