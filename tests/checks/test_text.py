"""Rules on signs: their exact places, and the texts that have nothing to mend."""

from __future__ import annotations

from collections import Counter

import pytest

from passages_said import book, run, said


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        ('Ünïcödé 😀 "x”', "M401", "essay.md:9:11"),
        ("Ü.  B", "M402", "essay.md:9:3"),
        ("Ü\n\nÜ\u200bB", "M405", "essay.md:11:2"),
        ("Ü...", "M409", "essay.md:9:2"),
        ("Ü Ã© b", "M412", "essay.md:9:3"),
        ("Ü , b", "M413", "essay.md:9:2"),
        ("Ü (b [c]", "M415", "essay.md:9:3"),
        ("Ü b) c ]", "M415", "essay.md:9:8"),
        ("Ü “(b”", "M415", "essay.md:9:4"),
        ("Ü (b.\n\nThey) came).", "M415", "essay.md:11:11"),
        ("Ü &amp;amp; b", "M420", "essay.md:9:3"),
        ("Ü `\u202e`", "M421", "essay.md:9:4"),
    ],
)
def test_the_exact_place(body: str, code: str, place: str) -> None:
    assert (code, place) in said(body)


@pytest.mark.parametrize(
    "body",
    [
        "He left (and so on.\n\nThis too.) He came.",
        "“One.\n\n“Two,” she said, “and ‘three’.”",
        "| A | B |\n|---|---|\n| a  | b – c |\n| ( | ) |",
        '```\n"a  b" ... the the &nbsp; http://x.org/?utm_a=1\n```',
        "`don't` and [x](a.md 'the title') and <!-- \"the the\" -->.",
        'At 5\' 10" and the 1990s; a \\"sign\\" kept.',
        "Spaß…, Gruß–, “É”… and CAFÉ™; Â and Ã alone, NÃO, AMANHÃ…",
        "👩\u200d🚀 and می\u200cخواهم.",
        "An interval [0, 1) and ½ of 12” tape.",
    ],
)
def test_nothing_to_mend(body: str) -> None:
    assert said(body) == []


def test_mojibake_names_the_repaired_text() -> None:
    [found] = run(book("isnâ€™t"))
    assert found.hint == "write “’”"


def test_languages_keep_their_own_ways() -> None:
    assert said("Quoi ? Die die the the „so“.", language="fr") == []
    assert said("Die die the the „so“.", language="de-DE") == []


def test_a_finding_each() -> None:
    found = run(book("It's the the end..."))
    assert Counter(each.code for each in found) == {"M401": 1, "M414": 1, "M409": 1}
