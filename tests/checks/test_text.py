"""Each rule on words: the examples of its manual page, its exact places, and the texts that have nothing to mend."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import books
import overprint
from overprint import checks
from overprint.checks import passages, privacy
from overprint.diagnostics import KINDS, Diagnostic, Place
from overprint.manuscript import read
from overprint.model import Comment, Essay, Manuscript, Person, Project, Text

ROOT = Path(__file__).parents[2]
RULES = (*checks.OF_PASSAGES[:-1], privacy)
CODES = [kind.code for group in RULES for kind, _ in group.RULES._rules]


def examples(code: str, label: str) -> list[str]:
    found = re.findall(rf"^{label}: (.*)$", KINDS[code].manual, re.MULTILINE)
    return [re.sub(r"\\u([0-9a-f]{4})", lambda sign: chr(int(sign[1], 16)), each) for each in found]


def book(body: str = "", comment: str = "", *, language: str = "en-GB", **keys: str) -> Manuscript:
    letter = Comment(1, "Rowan Tull", Text(comment, Place("comments.md", 7, 1)), include=True)
    essay = Essay("a", "essays/a", "A", Text(body, Place("essay.md", 9, 1)), comments=(letter,))
    return Manuscript(Project(Path(), "b", "B", language, "urn:x:1", "2025-01-01"), (replace(essay, **keys),), {})  # type: ignore[arg-type]


def run(manuscript: Manuscript) -> tuple[Diagnostic, ...]:
    reading = passages.read(manuscript)
    of_words = (found for group in checks.OF_PASSAGES[:-1] for found in group.RULES.run(reading))
    return (*of_words, *privacy.RULES.run(manuscript))


def said(body: str, **keys: str) -> list[tuple[str, str]]:
    return [(each.code, str(each.place)) for each in run(book(body, **keys))]


def codes(found: tuple[Diagnostic, ...]) -> set[str]:
    return {each.code for each in found}


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


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        ('Ünïcödé 😀 "x”', "M401", "essay.md:9:11"),
        ("Ü.  B", "M402", "essay.md:9:3"),
        ("Ü\n\nÜ\u200bB", "M405", "essay.md:11:2"),
        ("Ü – b. C – d. E—f", "M406", "essay.md:9:16"),
        ("Ü—b. C—d. E – f", "M406", "essay.md:9:13"),
        ("😀 ü - b", "M408", "essay.md:9:5"),
        ("Ü...", "M409", "essay.md:9:2"),
        ("Ü realise, organise, organize", "M410", "essay.md:9:22"),
        ("Ü Ã© b", "M412", "essay.md:9:3"),
        ("Ü , b", "M413", "essay.md:9:2"),
        ("Ü the\nthe b", "M414", "essay.md:10:1"),
        ("> Ü the\n> the b", "M414", "essay.md:10:3"),
        ("Ü (b [c]", "M415", "essay.md:9:3"),
        ("Ü b) c ]", "M415", "essay.md:9:8"),
        ("Ü &amp;amp; b", "M420", "essay.md:9:3"),
        ("Ü `\u202e`", "M421", "essay.md:9:4"),
        ("Ü\n\n> ##", "M422", "essay.md:11:3"),
        ("Ü.\n\n#######", "M422", "essay.md:11:1"),
        ("## {#a}", "M422", "essay.md:9:1"),
        ("Ü.\n\n1. The Ark\n\nIt sank.", "M205", "essay.md:11:1"),
        ("Ü.\n\n## Share this:", "M216", "essay.md:11:4"),
        ("Ü [b](http://c.de) https://f.gh", "M306", "essay.md:9:7"),
        ("[Ü](<http://c.de>)\n\n[x]: http://g.hi", "M306", "essay.md:11:6"),
        ("Ü <https://c.de/?a=1&fbclid=2>", "M305", "essay.md:9:22"),
        ("Ü [*here*](#a)", "M302", "essay.md:9:5"),
    ],
)
def test_the_exact_place(body: str, code: str, place: str) -> None:
    assert (code, place) in said(body)


FINE = [
    "“One.\n\n“Two,” she said, “and ‘three’.”",
    "A note – here – and 1914–18, and 10 – 12 of them; the end—",
    "1. One\n\n2. Two\n\n3. Three\n\nAnd so on.",
    "1. One\n\n   More of it.\n\nAnd so on.",
    "| A | B |\n|---|---|\n| a  | b – c |\n| ( | ) |",
    '```\n"a  b" ... the the &nbsp; http://x.org/?utm_a=1\n```',
    "`don't` and [x](a.md 'the title') and <!-- \"the the\" -->.",
    'At 5\' 10" and the 1990s; a \\"sign\\" kept.',
    "Spaß…, Gruß–, “É”… and CAFÉ™; Â and Ã alone, NÃO, AMANHÃ…",
    "The Color Purple, in colour with colord; an honorary, humorous, laborious emphasis with emphases.",
    "> We organize it.\n\nWe organise it.",
    "Line one,  \nline two.\\\nAnd [sic] (yes).",
    "👩\u200d🚀 and می\u200cخواهم.",
    "**Bold.**\n\n**Bold** and **bold**",
    "See (https://example.org/a_(b)) and [it](https://example.org/a_(b)).",
    "What it is is good; he had had it; “no no”; to and fro; a A.",
    "[^1]\n\n[^1]:  Well.",
    "An interval [0, 1) and ½ of 12” tape.",
]


@pytest.mark.parametrize("body", FINE)
def test_nothing_to_mend(body: str) -> None:
    assert said(body) == []


def test_languages_keep_their_own_ways() -> None:
    assert said("Quoi ? Die die the the „so“.", language="fr") == []
    assert said("Die die the the „so“.", language="de-DE") == []


def test_titles_and_abstracts_are_read_too() -> None:
    assert ("M401", "f.md:2:8") in said("", title="It's", places={"title": Place("f.md", 2, 8)})  # type: ignore[arg-type]
    assert ("M409", "f.md:1:1") in said("", abstract="Well...", place=Place("f.md", 1, 1))  # type: ignore[arg-type]


def test_lives_are_read_too() -> None:
    life = Person("a", "A", "A", bio=Text("Ü don't", Place("people/a.md", 5, 1)))
    found = run(replace(book(), people={"a": life}))
    assert [(each.code, str(each.place)) for each in found] == [("M401", "people/a.md:5:6")]


def test_a_rule_stops_at_fifty_in_an_essay() -> None:
    assert len(run(book("don't " * 60))) == passages.MOST


def test_mojibake_names_the_repaired_text() -> None:
    [found] = run(book("isnâ€™t"))
    assert found.hint == "write “’”"


PRIVATE = [
    ("Ü jane.doe+x@mail.example.com", "comments.md:7:3"),
    ("Ü\n<mailto:jane@example.org>", "comments.md:8:9"),
    ("Ü from 192.168.10.7.", "comments.md:7:8"),
    ("Ü call (555) 123-4567 now", "comments.md:7:8"),
    ("Ü call 020 7946 0958", "comments.md:7:8"),
    ("![Ü](https://gravatar.com/avatar/0bc8)", "comments.md:7:14"),
    ("Ü call +49 (0)30 901820", "comments.md:7:8"),
]


@pytest.mark.parametrize("chosen", [True, False])
@pytest.mark.parametrize(("body", "place"), PRIVATE)
def test_private_data_is_found(body: str, place: str, chosen: bool) -> None:
    made = book("", body)
    [essay] = made.essays
    essay = replace(essay, comments=(replace(essay.comments[0], include=chosen),))
    found = run(replace(made, essays=(essay,)))
    assert [("M509", place)] == [(each.code, str(each.place)) for each in found]


def test_private_data_in_the_name_of_a_writer() -> None:
    letter = Comment(3, "jane@example.com", Text(), places={"author": Place("c.md", 3, 9)})
    [found] = run(replace(book(), essays=(replace(book().essays[0], comments=(letter,)),)))
    assert (found.code, str(found.place), found.message) == (
        "M509",
        "c.md:3:9",
        "an e-mail address stands in comment 3",
    )


@pytest.mark.parametrize(
    "body",
    [
        "In 1998-2004 and 2025-03-14, 10:30, 1,000,000 or 1 000 000 people on pp. 100-200.",
        "Version 1.2.3.4, section 10.2.3, 127.0.0.1, @jane@social.example and ISBN 0-306-40615-2.",
        "See https://example.org/2014/02/20/555-123-4567 and doi 10.1000/182.",
    ],
)
def test_what_is_not_private(body: str) -> None:
    assert "M509" not in codes(run(book("", body)))


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


def test_a_finding_each() -> None:
    found = run(book("It's the the end..."))
    assert Counter(each.code for each in found) == {"M401": 1, "M414": 1, "M409": 1}
